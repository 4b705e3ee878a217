//! Early reviews: figures so far, and what a meeting agrees on before a period is over.

use super::all;
use crate::history::{FIRST, SIGN, reviewed, shell};
use std::fs;

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
