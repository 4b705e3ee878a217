//! Runs of words: text, marks, and what stays source.

use super::label::{self, Place};
use crate::document::Inline;

/// Words in the making.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The open marks, the words outside all of them first.
    open: Vec<(Mark, Vec<Inline>)>,
    words: Vec<Inline>,
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
        let mark = if self.open.iter().any(|(open, _)| *open == mark) {
            self.inert(source.to_owned());
            Mark::Inert(source)
        } else {
            mark
        };
        let outside = std::mem::take(&mut self.words);
        self.open.push((mark, outside));
    }

    pub(super) fn close(&mut self) {
        let Some((mark, outside)) = self.open.pop() else {
            return;
        };
        let inside = std::mem::replace(&mut self.words, outside);
        match mark {
            Mark::Strong if !inside.is_empty() => self.push(Inline::Strong(inside)),
            Mark::Emphasis if !inside.is_empty() => self.push(Inline::Emphasis(inside)),
            Mark::Strong | Mark::Emphasis => {}
            Mark::Inert(source) => {
                for inline in inside {
                    self.push(inline);
                }
                self.inert(source.to_owned());
            }
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
