//! What a review records of exclusivity that was lost or won back: in the deal file, and in the exhibit that grants it.

use crate::history::{SIGN, reviewed, shell};
use crate::kit;
use crate::reviews::activations;
use std::fs;
use std::path::Path;

/// Holds one review after the other, each with its activations; returns what the last one printed.
fn held(folder: &Path, reviews: &[(&str, &[&str])]) -> kit::Run {
    let mut last = None;
    for (on, days) in reviews {
        fs::write(folder.join("events.csv"), activations(days)).expect("written");
        let ran = shell(
            folder,
            &format!("engross review deal --on {on} --events events.csv"),
        );
        assert_eq!(ran.code, Some(0), "{on}\n{}{}", ran.out, ran.err);
        last = Some(ran);
    }
    last.expect("a review")
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("deal").join(name)).unwrap_or_else(|_| panic!("{name}"))
}

/// Four activations by 30 June where six were promised, and none until 30 July.
const LOST: [(&str, &[&str]); 3] = [
    ("2027-04-14", &["2027-02-01", "2027-02-02"]),
    ("2027-07-14", &["2027-05-03", "2027-05-04"]),
    ("2027-10-14", &["2027-07-31"]),
];

#[test]
fn the_exhibit_says_that_the_exclusivity_reverted() {
    let folder = reviewed(&[SIGN]);
    let folder = folder.path();
    let signed = kit::files(&folder.join("deal/signed"));
    let ran = held(folder, &LOST);
    assert!(
        ran.out
            .contains("what became of the exclusivity  not recorded -> reverted on 31 July 2027"),
        "{}",
        ran.out
    );
    let deal = read(folder, "deal.toml");
    assert!(deal.contains("reverted = \"2027-07-31\""), "{deal}");
    assert!(deal.contains("# The commitment was missed: Activation Count had to be at least six"));
    let exhibit = read(folder, "amendments/01/exhibit-territory.md");
    assert!(
        exhibit.contains(
            "On 31 July 2027, Oakhythe’s right in UK Mid-Market Healthcare reverted by itself"
        ),
        "{exhibit}"
    );
    let redline = read(folder, "amendments/01/redline-exhibit-territory.md");
    assert!(redline.contains("<ins><strong>This right has reverted.</strong></ins>"));
    let amendment = read(folder, "amendments/01/amendment.md");
    for words in [
        "prescribes what this Amendment records of the exclusivity. That took effect by itself",
        "happened on the day that it names, under the edition that held then",
        // The signatories sign: no trigger prescribes it.
        "Dana R. Whitlock",
    ] {
        assert!(amendment.contains(words), "{words}: {amendment}");
    }
    assert!(!amendment.contains("The parties agreed"), "{amendment}");
    let key_terms = read(folder, "amendments/01/key-terms.md");
    assert!(key_terms.contains("Reverted on 31 July 2027, as the commitment was missed."));
    // No day of it is still to come.
    let reviews = read(folder, "amendments/01/exhibit-reviews.md");
    assert!(!reviews.contains("ast day of exclusivity"), "{reviews}");
    assert!(
        kit::files(&folder.join("deal/signed")) == signed,
        "the signed text moved"
    );
    // The same review changes nothing, and the next one records nothing again.
    let before = kit::files(&folder.join("deal"));
    let again = shell(
        folder,
        "engross review deal --on 2027-10-14 --events events.csv",
    );
    assert!(again.out.starts_with("Nothing changed"), "{}", again.out);
    assert!(kit::files(&folder.join("deal")) == before);
    let next = held(folder, &[("2028-01-14", &["2027-10-05"])]);
    assert!(next.out.contains("No term changes."), "{}", next.out);
}

/// Lost on 30 July and won back by 30 September, in one quarter; or lost in one and won back in the next.
#[test]
fn the_exhibit_says_that_the_exclusivity_was_won_back() {
    let folder = reviewed(&[SIGN]);
    let folder = folder.path();
    held(folder, &LOST[..2]);
    let ran = held(folder, &[("2027-10-14", &["2027-09-30"; 8])]);
    assert!(
        ran.out
            .contains("reverted on 31 July 2027 -> won back by 30 September 2027"),
        "{}",
        ran.out
    );
    let exhibit = read(folder, "amendments/01/exhibit-territory.md");
    assert!(exhibit.contains("**Lost and won back.**"), "{exhibit}");
    assert!(
        exhibit.contains("It was won back by 30 September 2027"),
        "{exhibit}"
    );
    let deal = read(folder, "deal.toml");
    assert!(
        deal.contains("reverted = \"2027-07-31\"") && deal.contains("regained = \"2027-09-30\"")
    );
    let next = held(folder, &[("2028-01-14", &["2027-10-05"])]);
    assert!(next.out.contains("regained"), "{}", next.out);
    assert!(next.out.contains("No term changes."), "{}", next.out);
}

/// Where the words ask for a notice first, nothing reverts by itself: the review says who has to write.
#[test]
fn a_reversion_that_waits_for_a_notice_is_not_recorded_before_it() {
    let folder = reviewed(&["cp -r \"$SAMPLES\"/saas-alliance deal && \
         sed -i 's/^assignment = \"preferred\"/&\\nexclusivity-reversion = \"acceptable\"/' deal/deal.toml && \
         engross sign-off deal --on 2026-12-15"]);
    let folder = folder.path();
    let ran = held(folder, &LOST);
    assert!(ran.out.contains("missed\n"), "{}", ran.out);
    assert!(ran.out.contains("No term changes."), "{}", ran.out);
    assert!(!read(folder, "deal.toml").contains("reverted ="));
    let scorecard = read(folder, "reviews/2027-q3/scorecard.md");
    assert!(
        scorecard.contains("| Say in writing, with the figures, that the commitment which keeps the exclusivity was missed | Tallowmere |"),
        "{scorecard}"
    );
    // The notice was given on 15 October: it ends ten business days later, and the next review records that.
    fs::write(folder.join("events.csv"), activations(&["2027-10-05"])).expect("written");
    let ran = shell(
        folder,
        "engross review deal --on 2028-01-14 --events events.csv \
         --set exclusivity.reverted=2027-10-29 --reason 'Notice of 15 October 2027.'",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let exhibit = read(folder, "amendments/01/exhibit-territory.md");
    assert!(
        exhibit.contains("On 29 October 2027, Oakhythe’s right"),
        "{exhibit}"
    );
}
