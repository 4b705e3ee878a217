//! How wide words are, near enough: advances of a common sans serif in thousandths of its size.
//!
//! The reader's font is not known, so everything is taken a little wider than it is in Helvetica, Arial or
//! Liberation Sans, which the style sheet asks for first.

use crate::write::html::markup::harmless;

/// A size and weight of type, with the class that sets it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    /// The class in the style sheet.
    pub(super) class: &'static str,
    /// Its size in units of the drawing.
    pub(super) size: i64,
    /// What its letters take more than the regular ones, in hundredths.
    pub(super) spread: i64,
    /// From one line to the next.
    pub(super) leading: i64,
}

/// Running words.
pub(super) const TEXT: Face = Face {
    class: "t",
    size: 13,
    spread: 106,
    leading: 16,
};

/// Words that stand out.
pub(super) const BOLD: Face = Face {
    class: "b",
    size: 13,
    spread: 114,
    leading: 16,
};

/// Marks of axes and notes.
pub(super) const SMALL: Face = Face {
    class: "s",
    size: 12,
    spread: 106,
    leading: 15,
};

/// Advances of the ASCII characters from space to tilde.
const ADVANCES: [i64; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The width of `text` set in `face`, rounded up.
pub(super) fn width(text: &str, face: Face) -> i64 {
    rounded(text.chars().map(advance).sum(), face)
}

/// The width of characters with these advances, in thousandths of the size, rounded up.
fn rounded(advances: i64, face: Face) -> i64 {
    (advances * face.size * face.spread + 99_999) / 100_000
}

fn advance(character: char) -> i64 {
    let code = u32::from(harmless(character));
    match code {
        0..=0x1F => 278,
        0x20..=0x7E => usize::try_from(code - 0x20).map_or(1000, |at| ADVANCES[at]),
        0x300..=0x36F | 0x200B..=0x200F => 0,
        0x80..=0x10FF => 780,
        _ => 1050,
    }
}

/// `text` in lines no wider than `room`, at most `most` of them; what does not fit ends in an ellipsis.
///
/// Broken at spaces; a word that is wider than the room is broken where it must be.
pub(super) fn wrap(text: &str, face: Face, room: i64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    // The advances in `line`, and that of a space.
    let mut taken = 0;
    let space = advance(' ');
    for word in text.split_whitespace() {
        for piece in pieces(word, face, room) {
            let gap = !line.is_empty() && !piece.continues;
            let joined = taken + if gap { space } else { 0 } + piece.advances;
            if line.is_empty() || rounded(joined, face) <= room {
                if gap {
                    line.push(' ');
                }
                line.push_str(piece.text);
                taken = joined;
            } else {
                lines.push(std::mem::replace(&mut line, piece.text.to_owned()));
                taken = piece.advances;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            loop {
                let short = format!("{}…", last.trim_end());
                if last.is_empty() || width(&short, face) <= room {
                    *last = short;
                    break;
                }
                last.pop();
            }
        }
    }
    lines
}

/// A word or a part of one.
struct Piece<'w> {
    text: &'w str,
    /// The sum of its advances.
    advances: i64,
    /// Whether it goes on from the piece before it, without a space.
    continues: bool,
}

/// `word` in pieces that fit into the room, or of one character.
fn pieces(word: &str, face: Face, room: i64) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(1);
    let (mut start, mut advances) = (0, 0);
    for (at, character) in word.char_indices() {
        let wider = advances + advance(character);
        if at > start && rounded(wider, face) > room {
            pieces.push(Piece {
                text: &word[start..at],
                advances,
                continues: start > 0,
            });
            (start, advances) = (at, advance(character));
        } else {
            advances = wider;
        }
    }
    pieces.push(Piece {
        text: &word[start..],
        advances,
        continues: start > 0,
    });
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_within_their_room() {
        let text = "Approve co-branded advertising Donaudampfschifffahrtsgesellschaftskapitän now";
        for room in [40, 80, 160] {
            for line in wrap(text, TEXT, room, 99) {
                assert!(width(&line, TEXT) <= room, "{line:?} in {room}");
            }
        }
        assert_eq!(wrap("one two three", TEXT, 10_000, 3), ["one two three"]);
        assert_eq!(wrap("", TEXT, 100, 3), Vec::<String>::new());
        assert_eq!(wrap("one two three four", TEXT, 40, 2).len(), 2);
        assert!(wrap("one two three four", TEXT, 40, 2)[1].ends_with('…'));
    }
}
