//! Bytes found eight at a time: most of a contract is small letters, and nobody asks for those.

/// The lowest bit of each of eight bytes.
const LOW: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The place of the first capital letter of English.
pub(super) fn capital(bytes: &[u8]) -> Option<usize> {
    let eights = bytes.chunks_exact(8);
    for (place, eight) in eights.enumerate() {
        if let Some(at) = first(capitals(eight)) {
            return Some(place * 8 + at);
        }
    }
    // The last eight bytes once more, as far as there are so many: what was seen of them holds none.
    match bytes.len().checked_sub(8) {
        Some(start) => Some(start + first(capitals(&bytes[start..]))?),
        None => bytes.iter().position(u8::is_ascii_uppercase),
    }
}

/// The highest bit of each byte that is a capital letter; of no other bits.
fn capitals(eight: &[u8]) -> u64 {
    let eight = u64::from_le_bytes(eight.try_into().unwrap_or_default());
    // Seven bits of each byte: no sum runs over into the next.
    let seven = eight & !HIGH;
    let from = |letter: u8| seven + LOW * u64::from(0x80 - letter);
    from(b'A') & !from(b'Z' + 1) & !eight & HIGH
}

/// Which of eight bytes is the first whose highest bit is set.
fn first(bits: u64) -> Option<usize> {
    (bits != 0).then(|| bits.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_byte_anywhere_is_a_capital_or_not() {
        for length in 1..=20 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    for other in [b'a', b'@', b'[', 0, 0xC1, 0xFF] {
                        let mut bytes = vec![other; length];
                        bytes[place] = byte;
                        let plain = bytes.iter().position(u8::is_ascii_uppercase);
                        assert_eq!(capital(&bytes), plain, "{bytes:?}");
                    }
                }
            }
        }
    }
}
