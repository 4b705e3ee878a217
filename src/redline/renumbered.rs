//! What insertions and deletions do to numbers: a table, as no number is part of what is compared.

use super::{Body, Edit, Form, MarkedLine, Renumbered};
use crate::document::number::Numbers;
use crate::document::{Document, Inline};

/// What has another number now, in the new order.
pub(super) fn renumbered(old: &Document, new: &Document, lines: &[MarkedLine]) -> Vec<Renumbered> {
    let was = Numbers::of(std::slice::from_ref(old));
    let is = Numbers::of(std::slice::from_ref(new));
    let mut all = Vec::new();
    let mut section = new.root.anchor.clone();
    for line in lines.iter().filter(|line| line.in_new()) {
        if let Some(Form::Heading { anchor, .. }) = &line.new {
            section = anchor.clone();
        }
        if let (
            Some(Form::Heading { anchor: before, .. }),
            Some(Form::Heading { anchor: after, .. }),
        ) = (&line.old, &line.new)
            && was.get(before) != is.get(after)
        {
            all.push(Renumbered {
                anchor: after.clone(),
                old: was.get(before).map(str::to_owned),
                new: is.get(after).map(str::to_owned),
            });
        }
        let Body::Words(pieces) = &line.body else {
            continue;
        };
        for piece in pieces.iter().filter(|piece| piece.edit == Edit::Kept) {
            let before = piece.was.as_ref().map(|was| &was.leaf);
            if let (Inline::Enumerator(after), Some(Inline::Enumerator(before))) =
                (&piece.leaf, before)
                && before != after
            {
                all.push(Renumbered {
                    anchor: section.clone(),
                    old: Some(before.trim().to_owned()),
                    new: Some(after.trim().to_owned()),
                });
            }
        }
    }
    all
}
