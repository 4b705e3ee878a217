//! Bytes found eight at a time: most of a contract is small letters, and hardly anybody asks for those.

/// The lowest bit of each of eight bytes.
const LOW: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The place of the first byte that `marked` finds: of eight bytes it sets the highest bit of each that is sought.
///
/// It must not look for the letter a.
pub fn first(bytes: &[u8], marked: impl Fn(u64) -> u64) -> Option<usize> {
    let place = |bits: u64| (bits != 0).then(|| bits.trailing_zeros() as usize / 8);
    let (eights, rest) = bytes.as_chunks::<8>();
    for (count, eight) in eights.iter().enumerate() {
        if let Some(at) = place(marked(u64::from_le_bytes(*eight))) {
            return Some(count * 8 + at);
        }
    }
    let last = if let Some(last) = bytes.last_chunk::<8>() {
        // The last eight bytes once more: what was seen of them holds none.
        u64::from_le_bytes(*last)
    } else {
        let padding = LOW * u64::from(b'a');
        let rest = rest.iter().rev();
        rest.fold(padding, |eight, byte| eight << 8 | u64::from(*byte))
    };
    Some(bytes.len().saturating_sub(8) + place(marked(last))?)
}

/// Capital letters of English.
pub fn capitals(eight: u64) -> u64 {
    // Seven bits of each byte: no sum runs over into the next.
    let seven = eight & !HIGH;
    let from = |letter: u8| seven + LOW * u64::from(0x80 - letter);
    from(b'A') & !from(b'Z' + 1) & !eight & HIGH
}

/// What a writer of markup must look at: marks of markup, control characters, and all beyond ASCII.
pub fn markup(eight: u64) -> u64 {
    let seven = eight & !HIGH;
    // The highest bit of each byte that is not the mark.
    let other_than = |mark: u8| (seven ^ (LOW * u64::from(mark))) + !HIGH;
    // Two marks each that differ in one bit: `&` and `'`, `<` and `>`.
    let either = |bit: u64, mark: u8| ((seven & !(LOW * bit)) ^ (LOW * u64::from(mark))) + !HIGH;
    let printed = seven + LOW * 0x60;
    let plain = printed & other_than(b'"') & either(1, b'&') & either(2, b'<') & other_than(0x7F);
    (!plain | eight) & HIGH
}

/// What a writer of Markdown must look at, ``\`*[]<|~$^{_&#!``, and a few bytes that stand between those.
pub fn markdown(eight: u64) -> u64 {
    let seven = eight & !HIGH;
    let from = |mark: u8| seven + LOW * u64::from(0x80 - mark);
    let other_than = |mark: u8| (seven ^ (LOW * u64::from(mark))) + !HIGH;
    let between =
        from(b'!') & !from(b'&' + 1) | from(b'[') & !from(b'`' + 1) | from(b'{') & !from(b'~' + 1);
    (between | !other_than(b'*') | !other_than(b'<')) & !eight & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(marked: fn(u64) -> u64, plain: fn(&u8) -> bool) {
        for length in 1..=20 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    for other in [b'a', b'@', b'[', b' ', 0xC1, 0xFF] {
                        let mut bytes = vec![other; length];
                        bytes[place] = byte;
                        let found = bytes.iter().position(plain);
                        assert_eq!(first(&bytes, marked), found, "{bytes:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        agrees(capitals, u8::is_ascii_uppercase);
        agrees(
            markdown,
            |byte| matches!(byte, b'!'..=b'&' | b'*' | b'<' | b'['..=b'`' | b'{'..=b'~'),
        );
        agrees(markup, |byte| {
            byte.is_ascii_control() || !byte.is_ascii() || b"&<>\"'".contains(byte)
        });
    }
}
