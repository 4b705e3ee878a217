//! What is packed or coded inside a file: nobody can look into it, so it does not leave the house.

use super::Hidden;
use super::views::coded;

/// How archives and compressed files begin.
const PACKED: [&[u8]; 8] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!\x1a",
    b"BZh9",
];

/// Longer than any digest: bytes in base64 from here on are a file within the file.
const LONG: usize = 60;

/// Archives in a file, as they are or in base64 or hex, and bytes that are no text in a coded form.
pub(super) fn hidden(bytes: &[u8]) -> Vec<Hidden> {
    const HELP: &str = "take it out: what leaves the house can be read as it is";
    let mut found = Vec::new();
    let packed = PACKED.iter().find_map(|magic| {
        bytes
            .windows(magic.len())
            .position(|window| window == *magic)
    });
    if let Some(at) = packed {
        found.push(Hidden {
            what: "something packed or compressed begins here",
            at,
            help: HELP,
        });
    }
    let text = String::from_utf8_lossy(bytes);
    for (at, decoded) in coded(&text) {
        let long = decoded.len() >= LONG && std::str::from_utf8(&decoded).is_err();
        let what = if PACKED.iter().any(|magic| decoded.starts_with(magic)) {
            "something packed or compressed begins here, in a coded form"
        } else if long && mixed(&text[at..]) {
            "a long piece that no person can read stands here"
        } else {
            continue;
        };
        found.push(Hidden {
            what,
            at,
            help: HELP,
        });
    }
    found
}

/// Whether letters are mixed as only codes mix them: words, paths and lines of dashes are not.
fn mixed(run: &str) -> bool {
    let start = run.as_bytes().get(..LONG).unwrap_or_default();
    let has = |test: fn(&u8) -> bool| start.iter().any(test);
    let all = [
        u8::is_ascii_uppercase as fn(&u8) -> bool,
        u8::is_ascii_lowercase,
        u8::is_ascii_digit,
    ];
    all.into_iter().all(has)
}
