//! The same bytes read in every way in which a text may be written: as it is, in UTF-16, in base64, in hex, with
//! percent signs, with entities or escapes, without tags.
//!
//! All views are folded alike: small letters, one space between words, plain marks. What was folded in the same way
//! is found in them.

use super::spelling::Read;

/// One way to read a file.
pub(super) struct View {
    /// The text, folded.
    pub(super) read: Read,
    /// How it is written, as the end of a message.
    pub(super) how: &'static str,
    /// Whether a few letters of it may come about by chance: it was decoded from bytes that may be anything, or is for
    /// programs.
    pub(super) by_chance: bool,
}

const UTF16: &str = ", in UTF-16";
const HEX: &str = ", in hex";
const BASE64: &str = ", in base64";

/// The shortest run of letters that may be coded text.
const RUN: usize = 16;

/// Every way to read `bytes`, which a person reads or only programs do.
pub(super) fn views(bytes: &[u8], read: bool) -> Vec<View> {
    let plain = String::from_utf8_lossy(bytes);
    let mut views = vec![View {
        read: Read::new(folded(&plain)),
        how: "",
        by_chance: !read,
    }];
    let mut add = |text: String, how: &'static str| {
        let text = folded(&text);
        if !text.is_empty() && views.iter().all(|known| known.read.text != text) {
            let by_chance = !read || [UTF16, HEX, BASE64].contains(&how);
            views.push(View {
                read: Read::new(text),
                how,
                by_chance,
            });
        }
    };
    let unmarked = without_tags(&plain);
    add(entities(&unmarked), ", as the text of a page");
    add(entities(&plain), ", with entities");
    add(plain.replace('\\', ""), ", with escapes");
    add(percent(&plain), ", with percent signs");
    for start in 0..2 {
        add(
            utf16(bytes.get(start..).unwrap_or_default(), u16::from_le_bytes),
            UTF16,
        );
        add(
            utf16(bytes.get(start..).unwrap_or_default(), u16::from_be_bytes),
            UTF16,
        );
    }
    add(runs(&plain, is_hex, hex), HEX);
    for start in 0..4 {
        let of = |run: &str| base64(run.get(start..).unwrap_or_default());
        add(runs(&plain, is_base64, of), BASE64);
    }
    views
}

/// Small letters, one space between words, plain quotation marks.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = true;
    for letter in text.chars() {
        let letter = match letter {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201C}' | '\u{201D}' => '"',
            letter if letter.is_whitespace() => ' ',
            letter => letter,
        };
        if letter == ' ' && space {
            continue;
        }
        space = letter == ' ';
        folded.extend(letter.to_lowercase());
    }
    folded.trim().to_owned()
}

fn without_tags(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => bare.push(letter),
            _ => {}
        }
    }
    bare
}

/// `&amp;`, `&#39;`, `&#x27;` as the characters that they stand for.
fn entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let letter = end.and_then(|end| {
            let letter = match &rest[1..end] {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                "nbsp" => Some(' '),
                name => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok(),
                        None => number.parse().ok(),
                    };
                    char::from_u32(code?)
                }
            };
            Some((letter?, end + 1))
        });
        let (letter, length) = letter.unwrap_or(('&', 1));
        plain.push(letter);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = pair.and_then(|pair| byte(pair[0], pair[1])) {
            plain.push(byte);
            at += 3;
        } else {
            plain.push(if bytes[at] == b'+' { b' ' } else { bytes[at] });
            at += 1;
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        // A text that is not UTF-16 is noise in it, and has nothing to be found.
        .filter(|letter| *letter == ' ' || !letter.is_control())
        .collect()
}

/// The runs of letters that an encoding may be, decoded; the words between them are left out.
fn runs(text: &str, is: fn(char) -> bool, decode: impl Fn(&str) -> Vec<u8>) -> String {
    let mut decoded = String::new();
    for run in text.split(|letter: char| !is(letter)) {
        if run.len() >= RUN {
            decoded.push_str(&String::from_utf8_lossy(&decode(run)));
            decoded.push('\n');
        }
    }
    decoded
}

/// The coded runs of a text, each with its place and what it decodes to.
pub(super) fn coded(text: &str) -> Vec<(usize, Vec<u8>)> {
    let mut found = Vec::new();
    let mut at = 0;
    for run in text.split_inclusive(|letter: char| !is_base64(letter)) {
        let letters = run.trim_end_matches(|letter: char| !is_base64(letter));
        if letters.len() >= RUN {
            let bytes = if letters.chars().all(is_hex) {
                hex(letters)
            } else {
                base64(letters)
            };
            found.push((at, bytes));
        }
        at += run.len();
    }
    found
}

fn is_hex(letter: char) -> bool {
    letter.is_ascii_hexdigit()
}

fn is_base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '-' | '_' | '=')
}

fn hex(run: &str) -> Vec<u8> {
    let pairs = run.as_bytes().chunks_exact(2);
    pairs.filter_map(|pair| byte(pair[0], pair[1])).collect()
}

fn byte(high: u8, low: u8) -> Option<u8> {
    let digit = |letter: u8| char::from(letter).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

fn base64(run: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(run.len());
    let (mut bits, mut count) = (0u32, 0);
    for letter in run.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xFF).unwrap_or_default());
        }
    }
    bytes
}
