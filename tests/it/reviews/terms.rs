//! Which terms a time is worked out by: statements and reviews of quarters before and after an amendment, within which
//! one comes, and after the renewal.

use super::activations;
use crate::history::{FIRST, SECOND, SIGN, reviewed, shell};
use crate::kit;
use std::fs;

/// What a review changes holds from its day: statements of the time before stay what they were.
#[test]
fn a_statement_is_worked_out_by_the_terms_of_its_time() {
    let folder = reviewed(&[SIGN, FIRST]);
    let path = folder.path();
    fs::write(
        path.join("q3.csv"),
        "id,date,account,kind,amount,currency,item,segment,attribution,invoice,reason\n\
         n1,2027-07-05,Newcomer,invoice,1000,USD,,health-uk,sourced,N1,\n\
         n2,2027-07-06,Newcomer,collection,1000,USD,,,,N1,\n",
    )
    .expect("written");
    let statement = |period: &str| {
        let ran = shell(
            path,
            &format!(
                "engross statement deal --events \"$EVENTS\"/2027-q1.csv --events \"$EVENTS\"/2027-q2.csv \
                 --events q3.csv --period {period}"
            ),
        );
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let files = kit::files(&path.join("deal/statements").join(period));
        (ran, files)
    };
    let before = [statement("2027-Q1").1, statement("2027-Q2").1];
    let ran = shell(path, SECOND);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for (period, before) in ["2027-Q1", "2027-Q2"].into_iter().zip(before) {
        assert!(statement(period).1 == before, "{period} is another now");
    }
    // The third quarter has the amended registration, and names the amended exhibit.
    let (_, third) = statement("2027-Q3");
    let page = String::from_utf8_lossy(&third["statement.md"]).into_owned();
    assert!(
        page.contains("USD 200,000.00") || page.contains("Tier Scale"),
        "{page}"
    );
    // What the deal file says and nobody signed is told, and pays nothing.
    let deal = path.join("deal/deal.toml");
    let text = fs::read_to_string(&deal).expect("a deal");
    fs::write(&deal, text.replace("pays = \"15%\"", "pays = \"55%\"")).expect("written");
    let (ran, again) = statement("2027-Q3");
    assert!(ran.err.contains("warning[not-in-force]"), "{}", ran.err);
    assert!(again == third, "a rate that nobody signed pays");
    let ran = shell(
        path,
        "engross explain-line deal --events \"$EVENTS\"/2027-q1.csv --events \"$EVENTS\"/2027-q2.csv \
         --events q3.csv --period 2027-Q3 --line 1",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("15%"), "{}", ran.out);
}

/// The links of a review's statement lead to what was signed.
#[test]
fn the_statement_of_a_review_leads_to_the_agreement() {
    let folder = reviewed(&[SIGN, FIRST]);
    let review = folder.path().join("deal/reviews/2027-q1");
    let page = fs::read_to_string(review.join("statement-2027-q1.md")).expect("a statement");
    let links: Vec<&str> = page
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(['#', ')']).next())
        .filter(|link| !link.is_empty())
        .collect();
    assert!(!links.is_empty());
    for link in links {
        assert!(review.join(link).is_file(), "{link}");
    }
}

/// A review after the term was renewed, of years in which little happened: a count of one, quarters without events.
#[test]
fn a_year_after_the_renewal_is_reviewed_like_any_other() {
    let folder = reviewed(&["cp -r \"$SAMPLES\"/saas-alliance deal && \
         sed -i 's/regular = \"quarterly\"/regular = \"yearly\"/' deal/deal.toml && \
         engross sign-off deal --on 2026-12-15"]);
    // The term of 24 months ends on 31 December 2028, and is then renewed year by year.
    for year in [2027, 2028, 2029] {
        fs::write(
            folder.path().join("events.csv"),
            activations(&[&format!("{year}-05-01")]),
        )
        .expect("written");
        let review = format!(
            "engross review deal --on {}-01-10 --events events.csv",
            year + 1
        );
        let ran = shell(folder.path(), &review);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(
            ran.err.contains(&format!("`--quiet-period {year}-Q1`")),
            "{}",
            ran.err
        );
        let quiet = ["Q1", "Q3", "Q4"].map(|name| format!(" --quiet-period {year}-{name}"));
        let ran = shell(folder.path(), &format!("{review}{}", quiet.concat()));
        assert_eq!(ran.code, Some(0), "{year}: {}", ran.err);
        assert!(ran.out.contains("one activation "), "{}", ran.out);
    }
    let record = fs::read_to_string(folder.path().join("deal/engross.lock")).expect("a record");
    let states: Vec<&str> = record
        .lines()
        .filter_map(|line| line.strip_prefix("exclusivity = "))
        .collect();
    assert_eq!(states, ["\"reverted\"", "\"ended\"", "\"ended\""]);
    // The term of 24 months and one renewal are over: the next one ends on 31 December 2030. The scorecard knows its days.
    let scorecard = fs::read_to_string(folder.path().join("deal/reviews/2029/scorecard.md"));
    let scorecard = scorecard.expect("a scorecard");
    let next: Vec<&str> = scorecard
        .split("*Next dates*")
        .nth(1)
        .expect("next dates")
        .lines()
        .filter(|line| line.contains("20"))
        .collect();
    assert_eq!(
        next,
        [
            "| 21 January 2030 | Last day for the Statement of the fourth quarter of 2029 | Tallowmere |",
            "| 28 January 2030 | Last day for the review of the year 2029 | Both parties |",
            "| 2 October 2030 | Last day for notice about renewal | Either party |",
            "| 2 November 2030 | The window for negotiating terms for the next year opens | Both parties |",
            "| 31 December 2030 | Last day to reach the minimum of Sourced Net Revenue | Oakhythe |",
            "| 31 December 2030 | Last day of the renewed term | Both parties |",
        ],
        "{scorecard}"
    );
}

/// Where the words let a change wait until the second month after the review, it comes within a quarter: the statement
/// of that quarter is divided, and the next review goes on.
#[test]
fn an_amendment_within_a_quarter_divides_its_statement() {
    let folder = reviewed(&["cp -r \"$SAMPLES\"/saas-alliance deal && \
         sed -i 's/^assignment = \"preferred\"/&\\ntrigger-effect = \"acceptable\"/' deal/deal.toml && \
         engross sign-off deal --on 2026-12-15"]);
    let set = shell(
        folder.path(),
        "engross set deal economics.tiers.2.pays=14% --reason 'Agreed.'",
    );
    assert!(
        set.out
            .contains("from the first day of a statement on divides no statement"),
        "{}",
        set.out
    );
    let ran = shell(folder.path(), FIRST);
    assert!(
        ran.out
            .contains("It divides the statement 2027-Q2: what is earned up to 31 May 2027"),
        "{}{}",
        ran.out,
        ran.err
    );
    let ran = shell(
        folder.path(),
        "engross statement deal --events \"$EVENTS\"/2027-q1.csv --events \"$EVENTS\"/2027-q2.csv \
         --period 2027-Q2",
    );
    for line in [
        // 575,300 at 12.5%, 106,300 at 14%, and 136,600 above USD 1,000,000 at 15%.
        "Tier Growth, until 31 May 2027       USD 71,912.50",
        "Tier Growth, from 1 June 2027        USD 14,882.00",
        "Tier Scale, from 1 June 2027         USD 20,490.00",
    ] {
        assert!(ran.out.contains(line), "{}{}", ran.out, ran.err);
    }
    let page = fs::read_to_string(folder.path().join("deal/statements/2027-Q2/statement.md"));
    assert!(
        page.expect("a page")
            .contains("Other terms hold from 1 June 2027.")
    );
    let ran = shell(
        folder.path(),
        "engross review deal --on 2027-07-14 --events \"$EVENTS\"/2027-q2.csv",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

/// A trigger is judged by the terms that are in force on the last day of its window. The first review is held late, and
/// its amendment, which makes the mark of a trigger easier to reach, holds from 1 August: the quarter to 30 June is
/// judged by the mark as it was signed. What has fired does not fire again while its change has yet to come.
#[test]
fn a_period_is_judged_by_the_terms_that_were_in_force_on_its_last_day() {
    let folder = reviewed(&["cp -r \"$SAMPLES\"/saas-alliance deal && \
         sed -i 's/^assignment = \"preferred\"/&\\ntrigger-effect = \"acceptable\"/' deal/deal.toml && \
         sed -i 's/^threshold = \"16 activations\"/threshold = \"4 activations\"/' deal/deal.toml && \
         engross sign-off deal --on 2026-12-15"]);
    let ran = shell(
        folder.path(),
        "engross review deal --on 2027-06-10 --events \"$EVENTS\"/2027-q1.csv \
         --set reviews.trigger.support-check.threshold='1 tickets' --reason 'Agreed.'",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let line = |ran: &kit::Run, id: &str| {
        let mut lines = ran.out.lines();
        let found = lines.find(|line| line.trim_start().starts_with(id));
        found
            .unwrap_or_else(|| panic!("{id}: {}", ran.out))
            .to_owned()
    };
    assert!(ran.out.contains("effective 1 August 2027"), "{}", ran.out);
    assert!(
        line(&ran, "protection-step").ends_with("fired"),
        "{}",
        ran.out
    );
    let ran = shell(
        folder.path(),
        "engross review deal --on 2027-07-14 --events \"$EVENTS\"/2027-q2.csv",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let support = line(&ran, "support-check");
    assert!(support.contains("more than six tickets"), "{support}");
    assert!(support.ends_with("not reached"), "{support}");
    let step = line(&ran, "protection-step");
    assert!(step.ends_with("has done its work"), "{step}");
}
