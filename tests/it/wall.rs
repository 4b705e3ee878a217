//! The wall: nothing that only our side knows reaches anything that the other side could see.
//!
//! Commands are run as a user runs them, with one negotiation file, with another, and with none: all bytes that they
//! write, the names and the order of files, what they say, and how they end must be the same.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks at what was written to the disk"
)]

use crate::findings::engross;
use crate::kit;
use engross::deal::{Deal, check};
use engross::diagnostic::{Report, Style, render};
use engross::negotiation::Negotiation;
use engross::source::Source;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A source of chance that gives the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn word(&mut self) -> String {
        let length = 3 + self.below(9);
        (0..length)
            .map(|_| char::from(b'a' + u8::try_from(self.below(26)).expect("a letter")))
            .collect()
    }

    fn words(&mut self) -> String {
        let count = 1 + self.below(7);
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let limit = u64::try_from(words.len()).expect("a few words");
        words[usize::try_from(self.below(limit)).expect("a place")]
    }
}

/// A negotiation file with every key, each text beginning with a mark of its own.
fn random(ours: &str, theirs: &str, mark: &str, chance: &mut Chance) -> String {
    let mut place = 0;
    let mut text = String::new();
    let mut say = |chance: &mut Chance| {
        place += 1;
        format!("\"{mark}{place:03} {}\"", chance.words())
    };
    let party = |chance: &mut Chance| chance.of(&[ours, theirs]).to_owned();
    let _ = write!(
        text,
        "schema = 1\nours = \"{ours}\"\nthesis = {}\n",
        say(chance)
    );
    let margin = chance.below(99);
    let _ = write!(
        text,
        "[estimate]\ncompany_margin = \"{margin}%\"\npartner_cost = \"USD {}\"\n",
        chance.below(1_000_000)
    );
    for number in 0..chance.below(4) {
        let _ = write!(
            text,
            "[[alternative]]\nof = \"{}\"\nwhat = {}\nvalue = \"USD {}\"\nbecause = {}\nbest = {}\n",
            party(chance),
            say(chance),
            chance.below(1_000_000),
            say(chance),
            number == 0
        );
    }
    for number in 0..chance.below(4) {
        let rule = chance.of(&[
            "exclusivity == none",
            "legal.audit != none",
            "party.size() == 3",
            "nonsense &&&",
        ]);
        let _ = write!(
            text,
            "[[walk_away]]\nid = \"rule-{number}\"\nsays = {}\nrule = \"{rule}\"\nbecause = {}\n",
            say(chance),
            say(chance)
        );
    }
    for number in 0..chance.below(4) {
        let _ = write!(
            text,
            "[[issue]]\nid = \"issue-{number}\"\ntitle = {}\nterms = [\"term.cure\"]\nbucket = \"{}\"\nworth = \"USD {}\"\nin_return = [{}]\ntopic = \"{}\"\n[issue.ours]\nposition = {}\ninterest = {}\noptions = [{}]\n[issue.theirs]\nposition = {}\ninterest = {}\noptions = [{}]\n",
            say(chance),
            chance.of(&["must-have", "tradable", "giveaway"]),
            chance.below(1_000_000),
            say(chance),
            chance.of(&["economics", "data", "term"]),
            say(chance),
            say(chance),
            say(chance),
            say(chance),
            say(chance),
            say(chance)
        );
    }
    for number in 0..chance.below(3) {
        let _ = write!(
            text,
            "[[trade]]\nid = \"trade-{number}\"\ngive = {}\nget = {}\ngive_terms = [\"term.cure\"]\nget_terms = [\"term.initial\"]\ncost = \"USD {}\"\ngain = \"USD 9\"\n",
            say(chance),
            say(chance),
            chance.below(1000)
        );
    }
    let _ = write!(
        text,
        "[[pressure]]\nkind = \"{}\"\nsaid = {}\n[[question]]\nid = \"q\"\ntopic = \"data\"\nask = {}\nlearns = {}\n[[script]]\nid = \"s\"\nsituation = \"trading\"\nsay = {}\n",
        chance.of(&["deadline", "one-sided"]),
        say(chance),
        say(chance),
        say(chance),
        say(chance)
    );
    let _ = write!(
        text,
        "[[meeting]]\ndate = \"2026-10-14\"\nattendees = [{}]\nagreed = [{}]\nopen = [{}]\nnext = [{}]\nheard = [{}]\n",
        say(chance),
        say(chance),
        say(chance),
        say(chance),
        say(chance)
    );
    text
}

/// All that a run of the commands for the other side leaves behind.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    said: Vec<(Option<i32>, String, String)>,
    files: BTreeMap<String, Vec<u8>>,
}

/// What stands in every internal field.
const MARK: &str = "zqcanary";

const COMMANDS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "sarif"],
    &["check", "--format", "github"],
    &["check", "--format", "short"],
    &["draft"],
    &["coverage", "--format", "json"],
    &["where", "term.cure"],
    &["fix", "--diff"],
    &["loi"],
    &["addendum"],
    &[
        "redline",
        "deal.toml",
        "other.toml",
        "--format",
        "md,html,json",
        "--out",
        "red",
    ],
];

/// Runs every command for the other side in a copy of a sample, with this negotiation file beside it.
fn seen(sample: &Path, negotiation: Option<&str>, commands: &[&[&str]]) -> Seen {
    let folder = tempfile::tempdir().expect("a folder");
    // The same name of the folder in every run: it stands in no message, and must not be a difference.
    let deal = folder.path().join("deal");
    fs::create_dir(&deal).expect("a folder");
    for (name, bytes) in kit::files(sample) {
        if !name.contains('/') && !name.starts_with("negotiation") {
            fs::write(deal.join(name), bytes).expect("a copy");
        }
    }
    let text = fs::read_to_string(deal.join("deal.toml")).expect("a deal");
    fs::write(
        deal.join("other.toml"),
        text.replacen("draft = ", "draft = 1", 1),
    )
    .expect("written");
    if let Some(text) = negotiation {
        fs::write(deal.join("negotiation.toml"), text).expect("written");
    }
    let said = commands.iter().map(|words| engross(&deal, words)).collect();
    let mut files = kit::files(&deal);
    files.remove("negotiation.toml");
    Seen { said, files }
}

fn samples() -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(kit::root().join("samples")).expect("samples");
    let mut samples: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    samples.sort();
    samples
}

fn parties(sample: &Path) -> (String, String) {
    let text = fs::read_to_string(sample.join("deal.toml")).expect("a deal");
    let source = Source::new("deal.toml", text);
    let deal = Deal::read(&source, &mut Report::new()).expect("a deal");
    let id = |place: usize| deal.party[place].id.as_str().to_owned();
    (id(0), id(1))
}

#[test]
fn the_other_side_sees_the_same_whatever_we_know() {
    let mut chance = Chance(0x2026_1125_0000_0001);
    let ways = ways(MARK);
    let holds = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        ways.iter().any(|way| match std::str::from_utf8(way) {
            Ok(way) => text.contains(way),
            Err(_) => bytes
                .windows(way.len())
                .any(|window| window == way.as_slice()),
        })
    };
    // The ways are ways: a text with the mark is found in each of them.
    for way in &ways {
        assert!(holds(&[b"x".as_slice(), way, b"y"].concat()));
    }
    for sample in samples() {
        let (ours, theirs) = parties(&sample);
        let without = seen(&sample, None, COMMANDS);
        assert!(without.files.len() > 5, "something was written");
        for (name, bytes) in &without.files {
            // Nothing is zipped, so nothing can be hidden in a zipped form.
            for magic in [&b"PK\x03\x04"[..], b"\x1f\x8b", b"\x28\xb5\x2f\xfd"] {
                assert!(!bytes.starts_with(magic), "{name}");
            }
        }
        let with = |text: &str| {
            let with = seen(&sample, Some(text), COMMANDS);
            assert_eq!(with.said, without.said, "{}", sample.display());
            let names = |seen: &Seen| seen.files.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&with), names(&without));
            // The canary of each field sings nowhere, however it might be written.
            for (_, out, err) in &with.said {
                assert!(
                    !holds(out.as_bytes()) && !holds(err.as_bytes()),
                    "{out}{err}"
                );
            }
            for (name, bytes) in &with.files {
                assert!(!holds(name.as_bytes()) && !holds(bytes), "{name}");
            }
            for (name, bytes) in &with.files {
                assert!(
                    bytes == &without.files[name],
                    "{}: {name}",
                    sample.display()
                );
            }
        };
        let text = random(&ours, &theirs, MARK, &mut chance);
        assert!(text.matches(MARK).count() > 10, "every field has its own");
        with(&text);
        // One that cannot be read changes nothing either.
        with("schema = \"zqcanary\"\nthesis = 7\n[[walk_away]\n");
    }
}

#[test]
fn thousands_of_pairs_of_what_we_know_give_one_answer() {
    let text = kit::read("tests/cases/good/minimal/deal.toml");
    let answer = |negotiation: &str| {
        let source = Source::new("deal.toml", text.as_str());
        let mut ours = Report::new();
        let mut theirs = Report::new();
        let deal = Deal::read(&source, &mut theirs).expect("a deal");
        let known = Negotiation::read(&Source::new("negotiation.toml", negotiation), &mut ours);
        // What we know is read and judged in the same process, before and between.
        if let Some(known) = &known {
            engross::negotiation::check(known, &deal, &mut ours);
            let shown = format!("{known:?} {known:#?}");
            assert!(!shown.contains(MARK), "{shown}");
        }
        check::check(&deal, &mut theirs);
        (
            render(&theirs, Style::Plain),
            known.is_some(),
            format!("{deal:?}"),
        )
    };
    let mut chance = Chance(0x2026_1125_0000_0002);
    let (mut read, mut first) = (0, None);
    for _ in 0..2_000 {
        let one = answer(&random("acme", "beta", MARK, &mut chance));
        let two = answer(&random("beta", "acme", MARK, &mut chance));
        read += usize::from(one.1) + usize::from(two.1);
        assert_eq!((&one.0, &one.2), (&two.0, &two.2));
        let seen = (one.0, one.2);
        assert_eq!(first.get_or_insert_with(|| seen.clone()), &seen);
    }
    assert_eq!(read, 4_000, "every random file is one that can be read");
    let made = [kit::draft(&text).files(), kit::draft(&text).files()];
    assert_eq!(made[0], made[1]);
}

/// A mark in the ways in which it could be written.
fn ways(mark: &str) -> Vec<Vec<u8>> {
    let each = |of: &dyn Fn(u8) -> String| mark.bytes().map(of).collect::<String>().into_bytes();
    let mut ways = vec![
        mark.as_bytes().to_vec(),
        mark.to_uppercase().into_bytes(),
        mark.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        mark.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        each(&|byte| format!("{byte:02x}")),
        each(&|byte| format!("{byte:02X}")),
        each(&|byte| format!("%{byte:02x}")),
        each(&|byte| format!("%{byte:02X}")),
        each(&|byte| format!("&#{byte};")),
        each(&|byte| format!("&#x{byte:x};")),
        each(&|byte| format!("&#x{byte:X};")),
        each(&|byte| format!("\\u{byte:04x}")),
    ];
    for shift in 0..3 {
        // The letters of base64 that hang on the mark alone, whatever stands before it.
        let bits: Vec<u8> = [vec![0; shift], mark.bytes().collect()].concat();
        let coded = base64(&bits);
        let start = (shift * 8).div_ceil(6);
        let end = bits.len() * 8 / 6;
        ways.push(coded[start..end].to_vec());
    }
    ways
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |place: usize| {
        bytes
            .get(place / 8)
            .map_or(0, |byte| (byte >> (7 - place % 8)) & 1)
    };
    let letters = (0..(bytes.len() * 8).div_ceil(6)).map(|letter| {
        let value = (0..6).fold(0u8, |value, place| (value << 1) | bit(letter * 6 + place));
        LETTERS[usize::from(value)]
    });
    letters.collect()
}
