//! Reviews of events that were made for one question each: exclusivity that is lost and won back, triggers that clash,
//! and runs that are stopped between two steps.

mod early;
mod terms;

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
