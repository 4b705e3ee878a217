//! Pairs of tokens to pieces: what is kept, struck and put in, and where lines end.

use super::flat::{Content, Leaf, Line, Span, spans};
use super::token::{Renames, Side, Stream};
use super::words::Pairs;
use super::{Body, Edit, MarkedLine, Moved, Piece, Was, clean, table, words};
use crate::document::Inline;

/// A marked line, and which lines of the two documents end in it.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub line: MarkedLine,
    pub old: Option<usize>,
    pub new: Option<usize>,
}

/// What comes next in a redline.
#[derive(Debug, Clone, Copy)]
enum Event<'d> {
    /// A leaf; for a kept one, what it was.
    Leaf(Edit, Span<'d>, Option<Span<'d>>),
    /// The end of a line of either document or both.
    End(Option<usize>, Option<usize>),
}

/// The lines of both documents.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a, 'd> {
    pub old: &'a [Line<'d>],
    pub new: &'a [Line<'d>],
    pub renames: &'a Renames<'d>,
}

impl<'d> Sides<'_, 'd> {
    /// The marked lines of these lines of both documents, compared as one run of words.
    ///
    /// `between` is shown each as it ends, and may add to them.
    pub fn runs(
        self,
        old: &[usize],
        new: &[usize],
        between: &mut impl FnMut(&mut Vec<Drawn>),
        drawn: &mut Vec<Drawn>,
    ) {
        let stream = |side, lines: &[Line<'d>], places: &[usize], renames: &Renames<'_>| {
            let mut stream = Stream::new(side);
            for place in places {
                stream.add(&lines[*place], *place, renames);
            }
            stream
        };
        let old = stream(Side::Old, self.old, old, &Renames::new());
        let new = stream(Side::New, self.new, new, self.renames);
        let pairs = clean::clean(&old.tokens, &new.tokens, common(&old, &new), false);
        let mut pieces = Vec::new();
        draw(&old, &new, &pairs, &mut |event| match event {
            Event::Leaf(edit, span, was) => put(&mut pieces, edit, span, was),
            Event::End(old, new) => {
                // A table has no words before its end: those that wait belong to the line after it.
                let line = self.table(old, new).unwrap_or_else(|| {
                    let pieces = in_order(std::mem::take(&mut pieces));
                    self.drawn(Body::Words(pieces), old, new)
                });
                drawn.push(line);
                between(drawn);
            }
        });
    }

    /// The marked line of a table that one of the documents has alone.
    fn table(self, old: Option<usize>, new: Option<usize>) -> Option<Drawn> {
        let of = |line: &Line<'d>| match line.content {
            Content::Table(table) => Some(table),
            Content::Words(_) => None,
        };
        let table = match (old, new) {
            (Some(at), None) => table::whole(of(&self.old[at])?, Edit::Deleted),
            (None, Some(at)) => table::whole(of(&self.new[at])?, Edit::Inserted),
            // The ends of two tables are never one token.
            (Some(_), Some(_)) | (None, None) => return None,
        };
        Some(self.drawn(Body::Table(table), old, new))
    }

    fn drawn(self, body: Body, old: Option<usize>, new: Option<usize>) -> Drawn {
        Drawn {
            line: MarkedLine {
                old: old.map(|at| self.old[at].form.clone()),
                new: new.map(|at| self.new[at].form.clone()),
                moved: None,
                body,
                change: None,
            },
            old,
            new,
        }
    }

    /// The marked line of two lines that are one.
    pub fn pair(self, old: usize, new: usize) -> Drawn {
        let body = match (&self.old[old].content, &self.new[new].content) {
            (Content::Words(was), Content::Words(is)) => Body::Words(pieces(was, is, self.renames)),
            (Content::Table(was), Content::Table(is)) => {
                Body::Table(table::compare(was, is, self.renames))
            }
            // Lines of different classes are never paired.
            (Content::Words(_), Content::Table(is)) => {
                Body::Table(table::whole(is, Edit::Inserted))
            }
            (Content::Table(_), Content::Words(is)) => Body::Words(all(is, Edit::Inserted)),
        };
        self.drawn(body, Some(old), Some(new))
    }

    /// The marked line of a line of the old document alone, with `edit` for all in it.
    pub fn old_line(self, at: usize, edit: Edit, moved: Moved) -> Drawn {
        let mut drawn = self.drawn(whole(&self.old[at].content, edit), Some(at), None);
        drawn.line.moved = Some(moved);
        drawn
    }
}

/// All that stands in a line, with one fate.
fn whole(content: &Content<'_>, edit: Edit) -> Body {
    match content {
        Content::Words(spans) => Body::Words(all(spans, edit)),
        Content::Table(of) => Body::Table(table::whole(of, edit)),
    }
}

/// A run of words with one fate.
pub(super) fn all(spans: &[Span<'_>], edit: Edit) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(spans.len());
    for span in spans {
        put(&mut pieces, edit, *span, None);
    }
    pieces
}

/// What became of a run of words within one line, title or cell.
pub(super) fn pieces(old: &[Span<'_>], new: &[Span<'_>], renames: &Renames<'_>) -> Vec<Piece> {
    if old == new {
        return all(new, Edit::Kept);
    }
    if old.is_empty() {
        return all(new, Edit::Inserted);
    }
    if new.is_empty() {
        return all(old, Edit::Deleted);
    }
    let mut was = Stream::new(Side::Old);
    was.run(old, &Renames::new());
    let mut is = Stream::new(Side::New);
    is.run(new, renames);
    let pairs = clean::clean(&was.tokens, &is.tokens, common(&was, &is), true);
    let mut pieces = Vec::new();
    draw(&was, &is, &pairs, &mut |event| match event {
        Event::Leaf(edit, span, was) => put(&mut pieces, edit, span, was),
        Event::End(_, _) => {}
    });
    in_order(pieces)
}

/// The pieces with what is struck before what is put in, in every run of edits, and without the spaces that both
/// begin or end with.
fn in_order(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut struck: Vec<Piece> = Vec::new();
    let mut written: Vec<Piece> = Vec::new();
    for piece in pieces {
        match piece.edit {
            Edit::Deleted => join(&mut struck, piece),
            Edit::Inserted => join(&mut written, piece),
            Edit::Kept => {
                close(&mut all, &mut struck, &mut written);
                join(&mut all, piece);
            }
        }
    }
    close(&mut all, &mut struck, &mut written);
    all
}

/// Ends a run of edits.
fn close(all: &mut Vec<Piece>, struck: &mut Vec<Piece>, written: &mut Vec<Piece>) {
    let before = shared(struck.first_mut(), written.first_mut(), Place::Start);
    let after = shared(struck.last_mut(), written.last_mut(), Place::End);
    if let Some(space) = before {
        join(all, space);
    }
    for piece in struck.drain(..).chain(written.drain(..)) {
        if !matches!(&piece.leaf, Inline::Text(text) if text.is_empty()) {
            join(all, piece);
        }
    }
    if let Some(space) = after {
        join(all, space);
    }
}

#[derive(Clone, Copy)]
enum Place {
    Start,
    End,
}

/// Takes the space that two pieces both begin or end with.
fn shared(struck: Option<&mut Piece>, written: Option<&mut Piece>, place: Place) -> Option<Piece> {
    let (struck, written) = (struck?, written?);
    if struck.style != written.style {
        return None;
    }
    let style = struck.style;
    let (Inline::Text(was), Inline::Text(is)) = (&mut struck.leaf, &mut written.leaf) else {
        return None;
    };
    let edge = |text: &str| match place {
        Place::Start => text.chars().next(),
        Place::End => text.chars().next_back(),
    };
    let space = edge(was).filter(|letter| letter.is_whitespace() && Some(*letter) == edge(is))?;
    for text in [was, is] {
        match place {
            Place::Start => {
                text.remove(0);
            }
            Place::End => {
                text.pop();
            }
        }
    }
    Some(Piece {
        edit: Edit::Kept,
        leaf: Inline::Text(space.to_string()),
        style,
        was: None,
        change: None,
    })
}

/// Adds a piece, to the one before it if both are text of one fate and style.
fn join(pieces: &mut Vec<Piece>, piece: Piece) {
    if let Some(last) = pieces.last_mut()
        && let (Inline::Text(before), Inline::Text(text)) = (&mut last.leaf, &piece.leaf)
        && last.edit == piece.edit
        && last.style == piece.style
        && last.was.as_ref().map(|was| was.style) == piece.was.as_ref().map(|was| was.style)
    {
        before.push_str(text);
        if let Some(Was {
            leaf: Inline::Text(before),
            ..
        }) = &mut last.was
        {
            before.push_str(text);
        }
        return;
    }
    pieces.push(piece);
}

/// What became of a title, heading or cell.
pub(super) fn of_words(old: &[Inline], new: &[Inline], renames: &Renames<'_>) -> Vec<Piece> {
    pieces(&spans(old), &spans(new), renames)
}

fn common(old: &Stream<'_>, new: &Stream<'_>) -> Pairs {
    let keys =
        |stream: &Stream<'_>| -> Vec<u64> { stream.tokens.iter().map(|token| token.key).collect() };
    words::common(&keys(old), &keys(new))
}

/// Adds a leaf, to the piece before it if it can be one with it.
fn put(pieces: &mut Vec<Piece>, edit: Edit, span: Span<'_>, was: Option<Span<'_>>) {
    let was = was.filter(|was| *was != span);
    if let Leaf::Text(text) = span.leaf {
        if text.is_empty() {
            return;
        }
        if let Some(last) = pieces.last_mut()
            && let Inline::Text(before) = &mut last.leaf
            && last.edit == edit
            && last.style == span.style
            && last.was.as_ref().map(|was| was.style) == was.map(|was| was.style)
        {
            before.push_str(text);
            if let Some(Was {
                leaf: Inline::Text(before),
                ..
            }) = &mut last.was
            {
                before.push_str(text);
            }
            return;
        }
    }
    pieces.push(Piece {
        edit,
        leaf: span.leaf.inline(),
        style: span.style,
        was: was.map(|was| Was {
            leaf: was.leaf.inline(),
            style: was.style,
        }),
        change: None,
    });
}

/// Shows `see` all that is in the two streams, what is struck before what is put in.
fn draw<'d>(old: &Stream<'d>, new: &Stream<'d>, pairs: &Pairs, see: &mut impl FnMut(Event<'d>)) {
    let mut next = (0, 0);
    for pair in pairs {
        edit(old, new, next, *pair, see);
        let (was, is) = (old.tokens[pair.0], new.tokens[pair.1]);
        leads(old.lead(was), new.lead(is), see);
        match (old.body(was), new.body(is)) {
            (Some(was), Some(is)) => leaf(was, is, see),
            (Some(_) | None, None) | (None, Some(_)) => {
                see(Event::End(Some(was.line as usize), Some(is.line as usize)));
            }
        }
        next = (pair.0 + 1, pair.1 + 1);
    }
    edit(old, new, next, (old.tokens.len(), new.tokens.len()), see);
}

/// Tokens of the old stream that go and tokens of the new that come.
fn edit<'d>(
    old: &Stream<'d>,
    new: &Stream<'d>,
    from: (usize, usize),
    to: (usize, usize),
    see: &mut impl FnMut(Event<'d>),
) {
    let gone = &old.tokens[from.0..to.0];
    let come = &new.tokens[from.1..to.1];
    // The space before what is replaced stays, if it is the same.
    let mut shared = false;
    if let (Some(was), Some(is)) = (gone.first(), come.first()) {
        let (was, is) = (old.lead(*was), new.lead(*is));
        if was.len() == is.len() && was.iter().zip(is).all(|(was, is)| stands(was, is)) {
            shared = true;
            for (was, is) in was.iter().zip(is) {
                see(Event::Leaf(Edit::Kept, *is, Some(*was)));
            }
        }
    }
    for (place, token) in gone.iter().enumerate() {
        if !(shared && place == 0) {
            for span in old.lead(*token) {
                see(Event::Leaf(Edit::Deleted, *span, None));
            }
        }
        see(match old.body(*token) {
            Some(span) => Event::Leaf(Edit::Deleted, span, None),
            None => Event::End(Some(token.line as usize), None),
        });
    }
    for (place, token) in come.iter().enumerate() {
        if !(shared && place == 0) {
            for span in new.lead(*token) {
                see(Event::Leaf(Edit::Inserted, *span, None));
            }
        }
        see(match new.body(*token) {
            Some(span) => Event::Leaf(Edit::Inserted, span, None),
            None => Event::End(None, Some(token.line as usize)),
        });
    }
}

/// Whether what stands before a token is the same: a typed label is, with whatever number.
fn stands(was: &Span<'_>, is: &Span<'_>) -> bool {
    let label = |span: &Span<'_>| matches!(span.leaf, Leaf::Whole(Inline::Enumerator(_)));
    was.leaf == is.leaf || (label(was) && label(is))
}

/// What stands before a token that stays: what is common at both ends stays too.
fn leads<'d>(old: &[Span<'d>], new: &[Span<'d>], see: &mut impl FnMut(Event<'d>)) {
    let start = old
        .iter()
        .zip(new)
        .take_while(|(was, is)| stands(was, is))
        .count();
    let most = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(|(was, is)| stands(was, is))
        .count();
    let kept = |old: &[Span<'d>], new: &[Span<'d>], see: &mut dyn FnMut(Event<'d>)| {
        for (was, is) in old.iter().zip(new) {
            see(Event::Leaf(Edit::Kept, *is, Some(*was)));
        }
    };
    kept(&old[..start], &new[..start], see);
    for span in &old[start..old.len() - end] {
        see(Event::Leaf(Edit::Deleted, *span, None));
    }
    for span in &new[start..new.len() - end] {
        see(Event::Leaf(Edit::Inserted, *span, None));
    }
    kept(&old[old.len() - end..], &new[new.len() - end..], see);
}

/// A token that stays, which may be set in another way or written with other quotation marks.
fn leaf<'d>(was: Span<'d>, is: Span<'d>, see: &mut impl FnMut(Event<'d>)) {
    let references = matches!(
        (was.leaf, is.leaf),
        (
            Leaf::Whole(Inline::Reference(_)),
            Leaf::Whole(Inline::Reference(_))
        )
    );
    if was.leaf == is.leaf || references {
        see(Event::Leaf(Edit::Kept, is, Some(was)));
    } else {
        see(Event::Leaf(Edit::Deleted, was, None));
        see(Event::Leaf(Edit::Inserted, is, None));
    }
}
