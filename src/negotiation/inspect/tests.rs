use super::views::{folded, views};
use super::{Known, Packed, inspect};
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::library::{Library, LibraryFile, Trust, embedded};
use crate::negotiation::Negotiation;
use crate::source::Source;
use std::fmt::Write;

const DEAL: &str = include_str!("../../../tests/cases/good/minimal/deal.toml");
const SECRET: &str = "we would take 8 % & \"no more\" if they ask";

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let mut bits = 0u32;
        for place in 0..3 {
            bits = (bits << 8) | u32::from(three.get(place).copied().unwrap_or(0));
        }
        for place in (0..=three.len()).map(|place| 18 - 6 * place) {
            text.push(char::from(LETTERS[((bits >> place) & 63) as usize]));
        }
    }
    text
}

/// The ways in which a value may stand in a file.
fn ways(text: &str) -> Vec<Vec<u8>> {
    let each = |of: &dyn Fn(u8) -> String| text.bytes().map(of).collect::<String>();
    let mut ways = vec![
        text.as_bytes().to_vec(),
        text.to_uppercase().into_bytes(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        each(&|byte| format!("{byte:02x}")).into_bytes(),
        each(&|byte| format!("{byte:02X}")).into_bytes(),
        each(&|byte| format!("%{byte:02X}")).into_bytes(),
        each(&|byte| format!("&#{byte};")).into_bytes(),
        each(&|byte| format!("&#x{byte:x};")).into_bytes(),
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .into_bytes(),
        text.replace(' ', "\n   ").into_bytes(),
        text.replace(' ', "</b> <i>").into_bytes(),
        text.replace('"', "\\\"").replace('%', "\\%").into_bytes(),
    ];
    for before in 0..3 {
        let shifted = [&b"abc"[..before], text.as_bytes(), b"xyz"].concat();
        ways.push(base64(&shifted).into_bytes());
    }
    ways
}

#[test]
fn every_way_of_writing_is_read() {
    for way in ways(SECRET) {
        let text = [b"before ".as_slice(), &way, b" after"].concat();
        let found = views(&text, true)
            .iter()
            .any(|view| view.read.text.contains(&folded(SECRET)));
        assert!(found, "{}", String::from_utf8_lossy(&text));
    }
}

fn findings(name: &str, bytes: &[u8]) -> Vec<String> {
    findings_with(name, bytes, "", "")
}

/// What is found in a file, with a text of the house's own library, and a text that is made of the deal.
fn findings_with(name: &str, bytes: &[u8], house: &str, made: &str) -> Vec<String> {
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", DEAL), &mut report).expect("a deal");
    let mut text = "schema = 1\nours = \"acme\"\nthesis = \"Short.\"\n".to_owned();
    let _ = write!(
        text,
        "[[pressure]]\nkind = \"deadline\"\nsaid = '''{SECRET}'''\n[[alternative]]\nof = \"acme\"\nwhat = \"Yarm\"\nvalue = \"USD 410000\"\n"
    );
    let negotiation = Negotiation::read(&Source::new("negotiation.toml", text), &mut report);
    let negotiation = negotiation.expect("a negotiation file");
    let files = embedded();
    let library = Library::load(files, crate::draft::root(), Trust::Sound, &mut report);
    let library = library.expect("the embedded library");
    let packed = [Packed { name, bytes }];
    let house = [LibraryFile {
        path: "templates/words.toml".to_owned(),
        text: house.to_owned().into(),
    }];
    let made = [Packed {
        name: "agreement.md",
        bytes: made.as_bytes(),
    }];
    let own = [Packed {
        name: "negotiation.toml",
        bytes: b"a copy",
    }];
    let known = Known {
        negotiation: Some(&negotiation),
        approvals: None,
        deal: &deal,
        library: &library,
        house: &house,
        made: &made,
        own: &own,
    };
    inspect(&packed, &known, &mut report);
    let sorted = report.sorted();
    let told = sorted
        .iter()
        .map(|one| format!("{}: {}", one.code, one.message));
    told.collect()
}

#[test]
fn an_internal_value_is_found_and_not_quoted() {
    for way in ways(SECRET) {
        let text = [b"<p>".as_slice(), &way, b"</p>"].concat();
        let found = findings("agreement.html", &text);
        let internal = found.iter().find(|one| one.starts_with("internal-content"));
        let internal = internal.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&text)));
        assert!(internal.contains("line 6"), "{internal}");
        assert!(!internal.contains("no more"), "{internal}");
    }
    assert!(findings("agreement.html", b"<p>We take it.</p>").is_empty());
}

#[test]
fn short_values_are_found_unless_the_deal_gives_them() {
    let long = |word: &str| format!("<p>For this {word} of the two parties.</p>");
    for value in ["USD 410,000", "410000", "8 %", "eight percent", "Yarm"] {
        let text = long(value);
        for way in ways(&text).iter().filter(|way| {
            // A share of two letters is too short to be known in bytes that may be anything.
            value.len() > 4 || std::str::from_utf8(way).is_ok_and(|way| way.contains(value))
        }) {
            let found = findings("agreement.html", way);
            let internal = found.iter().find(|one| one.starts_with("internal-content"));
            let internal = internal.unwrap_or_else(|| panic!("{value}: {found:?}"));
            assert!(
                internal.contains("line ") && !internal.contains(value),
                "{internal}"
            );
        }
        // What follows from the deal is no secret, unless somebody typed it into the library.
        let made = findings_with("agreement.html", text.as_bytes(), "", &text);
        assert_eq!(made, [] as [String; 0], "{value}");
        let typed = findings_with("agreement.html", text.as_bytes(), &text, &text);
        assert!(!typed.is_empty(), "{value}");
    }
    for text in ["USD 1,410,000", "18 %", "Yarmfield", "USD 410"] {
        let found = findings("agreement.html", long(text).as_bytes());
        assert_eq!(found, [] as [String; 0], "{text}");
    }
}

#[test]
fn hiding_places_are_looked_into() {
    for (name, text) in [
        ("a.html", "<p>x<!-- y --></p>"),
        ("a.html", "<meta name=\"author\" content=\"Ana\">"),
        ("a.html", "<p style=\"display:none;\">x</p>"),
        ("a.html", "<img src=\"https://example.com/x\">"),
        ("a.html", "<p>a\u{200B}b</p>"),
        ("a.md", "a <!-- b -->"),
        ("a.md", "[//]: # (b)"),
        ("a.md", "see /home/ana/deals"),
        ("a.ics", "BEGIN:VCALENDAR\r\nX-OWNER:Ana\r\n"),
        ("a.csv", "line,sum\nx,=1+1\n"),
        ("a.csv", "line,sum\nx,\"@SUM(A1)\"\n"),
        ("a.docx", "PK"),
        ("a.md", "as brief.internal.md says"),
        ("a.md", "a copy"),
        ("a.md", "[[walk_away]]"),
        ("a.internal.md", "x"),
        (".a.md", "x"),
        ("Yarm.md", "x"),
        ("we would take 8 % & \"no more\" if they ask.md", "x"),
        ("a.html", "<p>PK\u{3}\u{4}x</p>"),
        (
            "a.html",
            "<img src=\"data:x;base64,UEsDBBQAAAAIAAAAIQAAAAAA\">",
        ),
        (
            "a.html",
            "<img src=\"data:x;base64,H4sIAAAAAAAAA0vMTQUAAAAA\">",
        ),
        (
            "a.html",
            "<img src=\"data:x;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==AAAAAAAAAAAAAAAA\">",
        ),
    ] {
        assert!(
            !findings(name, text.as_bytes()).is_empty(),
            "{name}: {text}"
        );
    }
    for (name, text) in [
        ("a.html", "<meta name=\"viewport\" content=\"x\"><p>x</p>"),
        ("a.md", "a **b** c"),
        ("a.json", "{}"),
        ("a.csv", "line,sum\nx,-4800.00\n\"a - b\",+3\n"),
    ] {
        assert!(findings(name, text.as_bytes()).is_empty(), "{name}: {text}");
    }
}
