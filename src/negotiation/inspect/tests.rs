use super::views::{folded, views};
use super::{Packed, inspect};
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::library::{Library, Trust, embedded};
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
        let found = views(&text)
            .iter()
            .any(|view| view.text.contains(&folded(SECRET)));
        assert!(found, "{}", String::from_utf8_lossy(&text));
    }
}

fn findings(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", DEAL), &mut report).expect("a deal");
    let mut text = "schema = 1\nours = \"acme\"\nthesis = \"Short.\"\n".to_owned();
    let _ = write!(
        text,
        "[[pressure]]\nkind = \"deadline\"\nsaid = '''{SECRET}'''\n"
    );
    let negotiation = Negotiation::read(&Source::new("negotiation.toml", text), &mut report);
    let negotiation = negotiation.expect("a negotiation file");
    let files = embedded();
    let library = Library::load(files, crate::draft::root(), Trust::Sound, &mut report);
    let library = library.expect("the embedded library");
    let packed = [Packed { name, bytes }];
    inspect(&packed, Some(&negotiation), &deal, &library, &mut report);
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
    assert!(findings("agreement.html", b"<p>We take 8 %.</p>").is_empty());
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
        ("a.docx", "PK"),
        ("a.md", "as brief.internal.md says"),
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
    ] {
        assert!(findings(name, text.as_bytes()).is_empty(), "{name}: {text}");
    }
}
