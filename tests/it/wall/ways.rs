//! A mark in every way in which it could be written, looked for in bytes.

use super::random::{SHARE, SUM};

/// The marks of an internal file, in all their ways.
pub(super) struct Marks(Vec<Vec<u8>>);

impl Marks {
    /// Every way to write the mark of texts and those of figures.
    pub(super) fn of(mark: &str) -> Marks {
        let grouped = [",", ".", " ", "'", "_"].map(|mark| format!("91{mark}736{mark}42"));
        let mut all: Vec<Vec<u8>> = [mark, SUM, SHARE, "63,917"]
            .iter()
            .flat_map(|mark| ways(mark))
            .collect();
        all.extend(grouped.iter().map(|sum| sum.clone().into_bytes()));
        // The ways are ways: a text with the mark is found in each of them.
        let marks = Marks(all);
        for way in &marks.0 {
            assert!(marks.stand_in(&[b"x".as_slice(), way, b"y"].concat()));
        }
        marks
    }

    /// Whether one of them stands there.
    pub(super) fn stand_in(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        self.0.iter().any(|way| match std::str::from_utf8(way) {
            Ok(way) => text.contains(way),
            Err(_) => bytes
                .windows(way.len())
                .any(|window| window == way.as_slice()),
        })
    }
}

/// Whether something packed stands there, as it is or in base64: then nobody could look for anything in it.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    let magic = [
        &b"PK\x03\x04"[..],
        b"\x1f\x8b\x08",
        b"\x28\xb5\x2f\xfd",
        b"UEsDB",
        b"H4sIA",
        b"504b0304",
        b"1f8b08",
    ];
    magic.iter().any(|magic| bytes.starts_with(magic))
        || [&b"PK\x03\x04"[..], b"base64,UEsDB", b"base64,H4sI"]
            .iter()
            .any(|magic| bytes.windows(magic.len()).any(|window| window == *magic))
}

/// A mark in the ways in which it could be written.
pub(super) fn ways(mark: &str) -> Vec<Vec<u8>> {
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
