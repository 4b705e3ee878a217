//! What goes out when a redline does not hold both documents: nothing.

use super::*;
use crate::document::Inline;
use crate::redline::{Body, Edit, Piece};
use clap::Parser;

const OLD: &str = "# Terms\n\nThe fee is 10 percent of all sales.\n\nIt is due in May.\n";
const NEW: &str = "# Terms\n\nThe fee is 12 percent of net sales.\n\nIt is due in May.\n";

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

fn side(name: &str, text: &str) -> Read {
    Read {
        name: name.to_owned(),
        sha256: "0".repeat(64),
        drafted: None,
        text: text.to_owned(),
    }
}

/// Issues the redline of `OLD` and `NEW` as `fault` leaves it. What came of it, and whether the folder was written.
fn issued(options: &[&str], fault: impl FnOnce(&mut Redline)) -> (Outcome, bool) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let typed = ["redline", "old.md", "new.md", "--quiet", "--out"];
    let typed = typed.iter().map(std::convert::AsRef::as_ref);
    let options = options.iter().map(std::convert::AsRef::as_ref);
    let args = Line::parse_from(typed.chain([out.as_os_str()]).chain(options)).args;
    let mut report = Report::new();
    let library = library(&args, &mut report).unwrap().unwrap();
    let (old, new) = (side("old.md", OLD), side("new.md", NEW));
    let pair = Pair::of(&old, &new, &library.words.references());
    let mut made = redline(pair.old.document(), pair.new.document());
    fault(&mut made);
    let formats = [Format::Html, Format::Md, Format::Json];
    let outcome = issue(
        &args,
        &formats,
        [&old, &new],
        &pair,
        made,
        &library,
        Style::Plain,
    );
    (outcome.unwrap(), out.exists())
}

/// The pieces of all lines, to be spoilt.
fn pieces(made: &mut Redline) -> impl Iterator<Item = &mut Piece> {
    made.lines.iter_mut().flat_map(|line| match &mut line.body {
        Body::Words(pieces) => pieces.as_mut_slice(),
        Body::Table(_) => &mut [],
    })
}

/// Another letter in the first piece of text with this fate.
fn misspell(made: &mut Redline, edit: Edit) {
    let mut texts = pieces(made).filter(|piece| piece.edit == edit);
    let text = texts.find_map(|piece| {
        if let Inline::Text(text) = &mut piece.leaf {
            Some(text)
        } else {
            None
        }
    });
    text.expect("text with this fate").push('x');
}

#[test]
fn a_redline_that_holds_both_is_written() {
    assert_eq!(issued(&[], |_| {}), (Outcome::Clean, true));
}

#[test]
fn a_wrong_letter_in_any_kind_of_words_stops_all() {
    for edit in [Edit::Kept, Edit::Inserted, Edit::Deleted] {
        let outcome = issued(&[], |made| misspell(made, edit));
        assert_eq!(outcome, (Outcome::Findings, false), "{edit:?}");
    }
}

#[test]
fn an_insertion_shown_as_kept_stops_all() {
    let outcome = issued(&[], |made| {
        let inserted = pieces(made).find(|piece| piece.edit == Edit::Inserted);
        inserted.expect("an insertion").edit = Edit::Kept;
    });
    assert_eq!(outcome, (Outcome::Findings, false));
}

#[test]
fn a_lost_or_doubled_line_stops_all() {
    let lost = issued(&[], |made| drop(made.lines.pop()));
    assert_eq!(lost, (Outcome::Findings, false));
    let doubled = issued(&[], |made| {
        let last = made.lines.last().expect("a line").clone();
        made.lines.push(last);
    });
    assert_eq!(doubled, (Outcome::Findings, false));
}

#[test]
fn no_resolved_text_comes_of_a_redline_without_its_proof() {
    for how in ["accept", "reject"] {
        let option = ["--resolve", how];
        assert_eq!(issued(&option, |_| {}), (Outcome::Clean, true));
        let spoilt = issued(&option, |made| misspell(made, Edit::Deleted));
        assert_eq!(spoilt, (Outcome::Findings, false));
    }
}
