//! Runs of words with their marks.

use super::Writer;
use super::labels::Which;
use crate::redline::{Edit, End, Moved, Piece, Style, Weight, What};

/// What a whole line, row or cell is, around its pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outer {
    /// In both documents: its pieces say themselves what they are.
    None,
    /// In one of them alone.
    One(Which, Option<usize>, Option<Moved>),
}

impl Outer {
    /// What is left to be marked of a piece in a line that is marked itself.
    pub(super) fn within(self, edit: Edit) -> Edit {
        match (self, edit) {
            (Outer::None, edit) => edit,
            (Outer::One(_, _, Some(_)), edit) => edit,
            (Outer::One(Which::New, _, None), Edit::Inserted)
            | (Outer::One(Which::Old, _, None), Edit::Deleted) => Edit::Kept,
            (Outer::One(_, _, None), edit) => edit,
        }
    }

    /// Whose words a piece that is not marked itself is.
    fn side(self, edit: Edit) -> Option<Which> {
        match (self, edit) {
            (_, Edit::Inserted) => Some(Which::New),
            (_, Edit::Deleted) => Some(Which::Old),
            (Outer::None, Edit::Kept) => None,
            (Outer::One(which, _, _), Edit::Kept) => Some(which),
        }
    }
}

/// The class that the filters know a change by.
pub(super) fn class(weight: Weight) -> &'static str {
    match weight {
        Weight::Substance => "k-s",
        Weight::Wording => "k-w",
        Weight::Move => "k-m",
        Weight::Noise => "k-n",
    }
}

impl Writer<'_> {
    /// The class of a change; none for what has no number.
    pub(super) fn kind(&self, change: Option<usize>) -> &'static str {
        let change = change.and_then(|number| self.redline.changes.get(number.checked_sub(1)?));
        change.map_or("k-n", |change| class(change.weight))
    }

    /// Begins what is inserted or deleted, and says so.
    pub(super) fn begin(&mut self, which: Which, change: Option<usize>, moved: Option<Moved>) {
        self.begin_as(which, change, moved, false);
        let words = self.words;
        let said = match (which, moved) {
            (Which::New, None) => &words.say_inserted,
            (Which::Old, None) => &words.say_deleted,
            (Which::New, Some(_)) => &words.say_moved_here,
            (Which::Old, Some(_)) => &words.say_moved_away,
        };
        self.say(which, said);
        self.page.text(" ");
        self.unsay(which);
    }

    /// Ends what was begun.
    pub(super) fn end(&mut self, which: Which) {
        self.say(which, " ");
        self.page.text(&self.words.say_end);
        self.unsay(which);
        self.finish(which);
    }

    /// Words that are only heard, within what belongs to `which`: in the element of the other side, so that
    /// they go with either and are no side's text. An element, because generated content is not read out
    /// everywhere, and a name on `ins` or `del` is not allowed.
    fn say(&mut self, which: Which, text: &str) {
        match which {
            Which::New => self.page.fixed("<del class=\"say\" role=\"none\">"),
            Which::Old => self.page.fixed("<ins class=\"say\" role=\"none\">"),
        }
        self.page.text(text);
    }

    pub(super) fn unsay(&mut self, which: Which) {
        match which {
            Which::New => self.page.close("del"),
            Which::Old => self.page.close("ins"),
        }
    }

    /// Begins an element without a word about it.
    pub(super) fn begin_as(
        &mut self,
        which: Which,
        change: Option<usize>,
        moved: Option<Moved>,
        mark: bool,
    ) {
        let kind = self.kind(change);
        let name = self.name_of(change, moved);
        let tag = self.page.tag(match which {
            Which::New => "ins",
            Which::Old => "del",
        });
        let tag = match (moved.is_some(), mark) {
            (true, false) => tag.put("class", format_args!("m {kind}")),
            (true, true) => tag.put("class", format_args!("mark m {kind}")),
            (false, true) => tag.put("class", format_args!("mark {kind}")),
            (false, false) => tag.set("class", kind),
        };
        let tag = match change {
            Some(change) => tag.put("data-c", change),
            None => tag,
        };
        match name {
            Some((letter, number)) => tag.put("id", format_args!("{letter}{number}")).open(),
            None => tag.open(),
        }
    }

    pub(super) fn finish(&mut self, which: Which) {
        self.page.close(match which {
            Which::New => "ins",
            Which::Old => "del",
        });
    }

    /// The name of the element that begins here: `c3` where change 3 begins, `d3` where the other end of it does,
    /// if it is a move.
    pub(super) fn name_of(
        &mut self,
        change: Option<usize>,
        moved: Option<Moved>,
    ) -> Option<(char, usize)> {
        let number = change?;
        let named = self.named.get_mut(number)?;
        let end = moved.map(|moved| moved.end);
        match *named {
            Named::Not => {
                *named = Named::Once(end);
                Some(('c', number))
            }
            Named::Once(first) if end.is_some() && first.is_some() && end != first => {
                *named = Named::Both;
                Some(('d', number))
            }
            Named::Once(_) | Named::Both => None,
        }
    }

    /// The pieces of a line or cell, and its end, which is a line feed that belongs to whom the end belongs.
    pub(super) fn run(
        &mut self,
        pieces: &[Piece],
        outer: Outer,
        end: Edit,
        end_change: Option<usize>,
    ) {
        let mut at = 0;
        let mut ended = false;
        let alone = pieces
            .iter()
            .all(|piece| piece.edit == end && outer.within(piece.edit) == end);
        while at < pieces.len() {
            let first = &pieces[at];
            let edit = outer.within(first.edit);
            let count = pieces[at..]
                .iter()
                .take_while(|piece| {
                    outer.within(piece.edit) == edit && piece.change == first.change
                })
                .count();
            let run = &pieces[at..at + count];
            at += count;
            let which = match edit {
                Edit::Kept => None,
                Edit::Inserted => Some(Which::New),
                Edit::Deleted => Some(Which::Old),
            };
            if let Some(which) = which {
                self.begin(which, first.change, None);
            }
            for piece in run {
                self.piece(piece, outer);
            }
            if let Some(which) = which {
                if at == pieces.len() && alone {
                    // The end of a paragraph that is new or gone as a whole needs no sign of its own.
                    self.page.line();
                    ended = true;
                }
                self.end(which);
            }
        }
        if ended {
            return;
        }
        let which = match end {
            Edit::Kept => None,
            Edit::Inserted => Some(Which::New),
            Edit::Deleted => Some(Which::Old),
        };
        match which {
            None => self.page.line(),
            Some(which) => {
                self.begin_as(which, end_change, None, !pieces.is_empty());
                self.page.line();
                self.finish(which);
            }
        }
    }

    /// One piece in its style.
    fn piece(&mut self, piece: &Piece, outer: Outer) {
        let set = piece.edit == Edit::Kept
            && piece
                .was
                .as_ref()
                .is_some_and(|was| was.style != piece.style);
        if set {
            let kind = self.kind(piece.change);
            let name = self.name_of(piece.change, None);
            let tag = self
                .page
                .tag("span")
                .put("class", format_args!("set {kind}"));
            let tag = match piece.change {
                Some(change) => tag.put("data-c", change),
                None => tag,
            };
            match name {
                Some((letter, number)) => tag.put("id", format_args!("{letter}{number}")).open(),
                None => tag.open(),
            }
        }
        let tags: &[&'static str] = match piece.style {
            Style::Plain => &[],
            Style::Strong => &["strong"],
            Style::Emphasis => &["em"],
            Style::EmphasisInStrong => &["strong", "em"],
            Style::StrongInEmphasis => &["em", "strong"],
        };
        for tag in tags {
            self.page.open(tag);
        }
        self.leaf(piece, outer.side(piece.edit));
        for tag in tags.iter().rev() {
            self.page.close(tag);
        }
        if set {
            self.page.close("span");
        }
    }

    /// Begins a remark within what belongs to `which`, which is no side's text; [`Writer::end_aside`] ends it.
    pub(super) fn aside(&mut self, which: Which) {
        match which {
            Which::New => self.page.fixed("<del class=\"aside\" role=\"none\">"),
            Which::Old => self.page.fixed("<ins class=\"aside\" role=\"none\">"),
        }
    }

    pub(super) fn end_aside(&mut self, which: Which) {
        self.unsay(which);
    }

    /// The remark at one end of a move: where the other one is.
    pub(super) fn other_end(&mut self, moved: Moved, which: Which) {
        let Some(it) = self.redline.moves.get(moved.id) else {
            return;
        };
        let other = match moved.end {
            End::From => it.to,
            End::To => it.from,
        };
        let name = self.place_of(other, moved.end);
        let template = match moved.end {
            End::From => &self.words.moved_to,
            End::To => &self.words.moved_from,
        };
        let text = super::words::fill(template, "place", name.short());
        // The end that is read first has the name of the change.
        let letter = match self.named.get(it.change) {
            Some(Named::Once(first)) if *first == Some(moved.end) => 'd',
            Some(Named::Not | Named::Once(_) | Named::Both) | None => 'c',
        };
        self.aside(which);
        self.page
            .tag("a")
            .put("href", format_args!("#{letter}{}", it.change))
            .open();
        self.page.text(&text);
        self.page.close("a");
        self.end_aside(which);
    }
}

/// Which elements of a change have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// None yet.
    Not,
    /// The first one, which is this end of a move if it is one.
    Once(Option<End>),
    /// Both ends of a move.
    Both,
}

/// Whether a change is one of form alone.
pub(super) fn formed(what: What) -> bool {
    match what {
        What::Formed => true,
        What::Inserted
        | What::Deleted
        | What::Replaced
        | What::Moved
        | What::Split
        | What::Merged
        | What::Set => false,
    }
}
