//! Runs of words: text, marks, and what stays source.

use super::label::{self, Place};
use crate::document::Inline;

/// Words in the making.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The open marks, the words outside all of them first.
    open: Vec<(Mark, Vec<Inline>)>,
    words: Vec<Inline>,
    /// Whether a mark of each kind is open.
    strong: bool,
    emphasis: bool,
}

/// A mark around words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    /// The mark in a mark of its own kind, kept as source.
    Inert(&'static str),
}

impl Run {
    fn push(&mut self, inline: Inline) {
        match (self.words.last_mut(), inline) {
            (_, Inline::Text(text)) if text.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => self.words.push(inline),
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let text = if text.contains(char::is_control) {
            text.replace(char::is_control, " ")
        } else {
            text.to_owned()
        };
        self.push(Inline::Text(text));
    }

    pub(super) fn inert(&mut self, source: String) {
        self.push(Inline::Inert(source));
    }

    pub(super) fn enumerator(&mut self, label: String) {
        self.push(Inline::Enumerator(label));
    }

    pub(super) fn open(&mut self, mark: Mark, source: &'static str) {
        let taken = match mark {
            Mark::Strong => &mut self.strong,
            Mark::Emphasis => &mut self.emphasis,
            Mark::Inert(_) => return,
        };
        if *taken {
            // Its words go on where they are: there may be thousands of such marks in one another.
            self.inert(source.to_owned());
            self.open.push((Mark::Inert(source), Vec::new()));
            return;
        }
        *taken = true;
        let outside = std::mem::take(&mut self.words);
        self.open.push((mark, outside));
    }

    pub(super) fn close(&mut self) {
        let Some((mark, outside)) = self.open.pop() else {
            return;
        };
        let wrap: fn(Vec<Inline>) -> Inline = match mark {
            Mark::Strong => {
                self.strong = false;
                Inline::Strong
            }
            Mark::Emphasis => {
                self.emphasis = false;
                Inline::Emphasis
            }
            Mark::Inert(source) => {
                self.inert(source.to_owned());
                return;
            }
        };
        let inside = std::mem::replace(&mut self.words, outside);
        if !inside.is_empty() {
            self.push(wrap(inside));
        }
    }

    /// The words, a typed label at their start apart.
    pub(super) fn finish(mut self, place: Place) -> Vec<Inline> {
        while !self.open.is_empty() {
            self.close();
        }
        trim(&mut self.words);
        label::take(&mut self.words, place);
        self.words
    }
}

/// Takes the spaces off both ends, which no parser keeps.
fn trim(words: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = words.first_mut() {
        let kept = text.trim_start_matches(' ').len();
        text.drain(..text.len() - kept);
    }
    if let Some(Inline::Text(text)) = words.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
    }
    words.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
}
