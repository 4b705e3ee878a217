//! Reviews of events that were made for one question each: exclusivity that is lost and won back, triggers that clash,
//! and runs that are stopped between two steps.

use crate::history::{FIRST, SECOND, SIGN, reviewed, shell};
use crate::kit;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The events of a period: an account of the exclusive segment is activated on each of the days.
pub(crate) fn activations(days: &[&str]) -> String {
    let mut text =
        "id,date,account,kind,amount,currency,item,segment,attribution,invoice,reason\n".to_owned();
    for (place, day) in days.iter().enumerate() {
        let name = format!("{day}-{place}");
        for (kind, segment, credit) in [
            ("registration", "health-uk", "sourced"),
            ("order", "", ""),
            ("activation", "", ""),
        ] {
            let _ = writeln!(
                text,
                "{kind}-{name},{day},Trust {name},{kind},,,,{segment},{credit},,"
            );
        }
    }
    text
}

/// The state of the exclusivity that each review of a signed deal records, one quarter of activations after the other.
fn states(quarters: &[&[&str]]) -> Vec<String> {
    let folder = reviewed(&[SIGN]);
    for (days, on) in quarters
        .iter()
        .zip(["2027-04-14", "2027-07-14", "2027-10-14", "2028-01-14"])
    {
        fs::write(folder.path().join("events.csv"), activations(days)).expect("written");
        let ran = shell(
            folder.path(),
            &format!("engross review deal --on {on} --events events.csv"),
        );
        assert_eq!(ran.code, Some(0), "{on}\n{}{}", ran.out, ran.err);
    }
    let record = fs::read_to_string(folder.path().join("deal/engross.lock")).expect("a record");
    record
        .lines()
        .filter_map(|line| line.strip_prefix("exclusivity = "))
        .map(|state| state.trim_matches('"').to_owned())
        .collect()
}

/// Six activations by 30 June keep it; 30 days cure a miss; twelve by 30 September win it back.
#[test]
fn exclusivity_is_kept_cured_lost_and_won_back() {
    const WINTER: &[&str] = &["2027-02-01"; 3];
    const SPRING: &[&str] = &["2027-05-03"; 2];
    // The day on which the cure ends still counts.
    assert_eq!(
        states(&[WINTER, SPRING, &["2027-07-30"]]),
        ["granted", "in-cure", "granted"]
    );
    // A day too late it is lost, and twelve in the last quarter come too late to win it back.
    assert_eq!(
        states(&[
            &["2027-02-01"; 2],
            SPRING,
            &["2027-07-31"; 2],
            &["2027-10-01"; 12]
        ]),
        ["at-risk", "in-cure", "reverted", "reverted"]
    );
    // Lost on 30 July and won back on 30 September, within one quarter.
    assert_eq!(
        states(&[WINTER, SPRING, &["2027-09-30"; 7], &["2027-10-01"]]),
        ["granted", "in-cure", "regained", "regained"]
    );
}

/// Everything under the deal, by name.
fn all(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    kit::files(&folder.join("deal"))
}

#[test]
fn a_review_that_was_stopped_is_made_up_by_the_same_one() {
    let folder = reviewed(&[SIGN]);
    let deal = folder.path().join("deal");
    let put = |name: &str, bytes: &[u8]| fs::write(deal.join(name), bytes).expect("written");
    // Stopped between the signed folder and the record.
    let signed = all(folder.path());
    fs::remove_file(deal.join("engross.lock")).expect("removed");
    let ran = shell(folder.path(), "engross sign-off deal --on 2026-12-15");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(all(folder.path()) == signed, "the signature differs");
    for script in [FIRST, SECOND] {
        let before = all(folder.path());
        let ran = shell(folder.path(), script);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let after = all(folder.path());
        for (stopped, names) in [
            ("before the record", &["engross.lock"][..]),
            ("before the deal", &["engross.lock", "deal.toml"]),
        ] {
            for name in names {
                put(name, &before[*name]);
            }
            let ran = shell(folder.path(), script);
            assert_eq!(ran.code, Some(0), "{stopped}: {}", ran.err);
            assert!(all(folder.path()) == after, "{stopped}: {script}");
        }
        // Stopped while the package was put together beside its place.
        let place = if script == FIRST {
            "reviews"
        } else {
            "amendments"
        };
        let name = if script == FIRST { "2027-q1" } else { "01" };
        for name in ["engross.lock", "deal.toml"] {
            put(name, &before[name]);
        }
        fs::rename(
            deal.join(place).join(name),
            deal.join(place).join(format!(".{name}.engross-new")),
        )
        .expect("renamed");
        let ran = shell(folder.path(), script);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(all(folder.path()) == after, "while it was staged: {script}");
        if script == SECOND {
            // Another review does not write over what may have been signed.
            for name in ["engross.lock", "deal.toml"] {
                put(name, &before[name]);
            }
            let left = all(folder.path());
            let ran = shell(
                folder.path(),
                "engross review deal --on 2027-07-15 --events \"$EVENTS\"/2027-q2.csv",
            );
            assert_eq!(ran.code, Some(1), "{}", ran.out);
            assert!(ran.err.contains("error[amendment-order]"), "{}", ran.err);
            assert!(ran.err.contains("run that one again"), "{}", ran.err);
            assert!(all(folder.path()) == left, "something was written");
        }
    }
}

/// Two triggers that move one term two ways: the meeting says which holds.
#[test]
fn the_meeting_decides_between_two_triggers() {
    let script = fs::read_to_string(kit::root().join("tests/cases/commands/trigger-clash/run.sh"))
        .expect("a script");
    let folder = tempfile::tempdir().expect("a folder");
    let refused = shell(folder.path(), &script);
    assert_eq!(refused.code, Some(1), "{}", refused.err);
    let review = script.trim().lines().last().expect("a review");
    let other = shell(
        folder.path(),
        &format!("{review} --set registration.valid='150 days' --reason 'Neither.'"),
    );
    assert!(other.err.contains("error[trigger-clash]"), "{}", other.err);
    let chosen = shell(
        folder.path(),
        &format!("{review} --set registration.valid='120 days' --reason 'The longer time.'"),
    );
    assert_eq!(chosen.code, Some(0), "{}", chosen.err);
    let deal = fs::read_to_string(folder.path().join("alliance/deal.toml")).expect("a deal");
    assert!(deal.contains("valid = \"120 days\""), "{deal}");
    assert_eq!(deal.matches("fired = \"2027-07-01\"").count(), 2);
    // The scorecard says what holds, and not both.
    let scorecard = folder.path().join("alliance/amendments/01/scorecard.md");
    let scorecard = fs::read_to_string(scorecard).expect("a scorecard");
    assert!(!scorecard.contains("for 100 days"), "{scorecard}");
    assert!(
        scorecard.contains("for the same term: 120 days."),
        "{scorecard}"
    );
}

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

/// An early review tells figures so far and moves no term; the same one changes nothing, and what it counted need not be
/// handed in again.
#[test]
fn an_early_review_tells_figures_so_far_and_moves_no_term() {
    let folder = reviewed(&[SIGN]);
    let run = |script: &str| shell(folder.path(), script);
    let review = |on: &str| run(&format!("engross review deal --on {on} --events early.csv"));
    // What had happened by the 30th day, and by the 60th.
    for (file, last) in [("early.csv", "2027-01-31"), ("rest.csv", "2027-12-31")] {
        let ran = run(&format!(
            "awk -F, 'NR == 1 || $2 <= \"{last}\"' \"$EVENTS\"/2027-q1.csv > {file}"
        ));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let ran = review("2027-01-30");
    assert!(
        ran.err
            .contains("the first early review is on 31 January 2027"),
        "{}",
        ran.err
    );
    let deal = fs::read(folder.path().join("deal/deal.toml")).expect("a deal");
    let ran = review("2027-01-31");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out
            .starts_with("Early review of the first 30 days (1 January 2027 to 31 January 2027)"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("not reached so far"), "{}", ran.out);
    // Half of eight leads are below no mark of 50%; nothing has left, as there was nobody who could.
    assert!(
        ran.out
            .contains("lead-check       Lead Acceptance Rate    50%"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("No term changes: triggers are checked"),
        "{}",
        ran.out
    );
    let scorecard = fs::read_to_string(
        folder
            .path()
            .join("deal/reviews/early-30-days/scorecard.md"),
    );
    let scorecard = scorecard.expect("a scorecard");
    assert!(
        scorecard.contains("These are figures so far.")
            // Held on a Sunday; the key dates have it on the Monday.
            && !scorecard.contains("Early review after 30 days")
            && scorecard.contains("Early review after 60 days"),
        "{scorecard}"
    );
    assert!(scorecard.contains("Qualified Lead"), "{scorecard}");
    assert!(!scorecard.contains("No trigger fired"), "{scorecard}");
    assert!(fs::read(folder.path().join("deal/deal.toml")).expect("a deal") == deal);
    // The same one changes nothing, with other figures it is refused.
    let before = all(folder.path());
    let ran = review("2027-01-31");
    assert!(
        ran.out.starts_with("Nothing changed"),
        "{}{}",
        ran.out,
        ran.err
    );
    let ran = run("engross review deal --on 2027-01-31 --events rest.csv");
    assert!(ran.err.contains("error[period-reviewed]"), "{}", ran.err);
    assert!(all(folder.path()) == before);
    // It counts in no row, and its events are there for the regular review, which also takes all of them again.
    let ran = run(
        "awk -F, 'NR == 1 || $2 > \"2027-01-31\"' \"$EVENTS\"/2027-q1.csv > later.csv && \
         engross review deal --on 2027-04-14 --events later.csv",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let whole = reviewed(&[SIGN]);
    let other = shell(whole.path(), FIRST);
    let rows = |out: &str| -> Vec<String> {
        let rows = out.lines().filter(|line| line.starts_with("  "));
        rows.map(str::to_owned).collect()
    };
    assert_eq!(rows(&ran.out), rows(&other.out));
    // A time that a later review has seen is not gone back to.
    let ran = run("engross review deal --on 2027-03-02 --events rest.csv");
    assert!(
        ran.err
            .contains("the time to 2 March 2027 was reviewed on 14 April 2027"),
        "{}",
        ran.err
    );
    let check = run("engross check deal");
    assert_eq!(check.code, Some(0), "{}", check.err);
}

/// What an early review agrees on holds from the day after it, and divides the statement.
#[test]
fn an_early_review_may_agree_on_a_change() {
    let folder = reviewed(&[SIGN]);
    let ran = shell(
        folder.path(),
        "engross review deal --on 2027-03-04 --events \"$EVENTS\"/2027-q1.csv \
         --set economics.tiers.2.pays=13% --reason 'Agreed.'",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("Early review of the first 60 days"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("Amendment No. 1, effective 5 March 2027"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("It divides the statement 2027-Q1"),
        "{}",
        ran.out
    );
    let ran = shell(folder.path(), FIRST);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

/// A yearly minimum that is not reached on its last day is missed; a share of nothing is no share of 0%.
#[test]
fn what_was_missed_or_could_not_be_measured_is_said_so() {
    let folder = reviewed(&["cp -r \"$SAMPLES\"/saas-alliance deal && \
         sed -i 's/regular = \"quarterly\"/regular = \"yearly\"/' deal/deal.toml && \
         engross sign-off deal --on 2026-12-15"]);
    fs::write(
        folder.path().join("events.csv"),
        activations(&["2027-05-01"]),
    )
    .expect("written");
    let ran = shell(
        folder.path(),
        "engross review deal --on 2028-01-10 --events events.csv --quiet-period 2027-Q1 \
         --quiet-period 2027-Q3 --quiet-period 2027-Q4",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let line = ran.out.lines().find(|line| line.contains("lead-check"));
    assert!(
        line.is_some_and(|line| line.contains("nothing to measure")),
        "{}",
        ran.out
    );
    let folders = ["amendments/01", "reviews/2027"];
    let scorecard = folders.iter().find_map(|name| {
        fs::read_to_string(folder.path().join("deal").join(name).join("scorecard.md")).ok()
    });
    let scorecard = scorecard.expect("a scorecard");
    assert!(
        scorecard.contains(
            "Sourced Net Revenue by 31 December 2027 | USD 400,000 | USD 0 | **missed** |"
        ),
        "{scorecard}"
    );
}
