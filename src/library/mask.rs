//! Template tags found, lines of tags dropped, tags masked; places in the result lead back to the file.

use crate::source::{Source, Span};
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `{{ ... }}`: prints.
    Print,
    /// `{% ... %}`: decides or repeats.
    Block,
    /// `{! ... !}`: a remark.
    Remark,
}

/// One tag of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// What it does.
    pub(super) kind: TagKind,
    /// The whole tag.
    pub(super) whole: Range<usize>,
    /// What stands between its braces and dashes.
    pub(super) inner: Range<usize>,
}

/// A text made from a part of a file by leaving things out, which knows where each byte came from.
#[derive(Debug, Clone)]
pub struct Body {
    source: Arc<Source>,
    text: String,
    /// Where a piece begins, here and in the file.
    pieces: Vec<(usize, usize)>,
    /// The template tags in the text, in order: everybody asks for them, so they are found once.
    tags: Vec<Tag>,
}

/// A body that is made when it is first looked at: most alternatives never are.
#[derive(Debug, Clone)]
pub struct LateBody {
    source: Arc<Source>,
    range: Range<usize>,
    body: OnceLock<Body>,
}

impl LateBody {
    /// The body of the bytes `range` of a file.
    pub(super) fn new(source: &Arc<Source>, range: Range<usize>) -> LateBody {
        LateBody {
            source: Arc::clone(source),
            range,
            body: OnceLock::new(),
        }
    }
}

impl Deref for LateBody {
    type Target = Body;

    fn deref(&self) -> &Body {
        self.body
            .get_or_init(|| Body::new(&self.source, self.range.clone()))
    }
}

impl Body {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its template tags, in order.
    pub(super) fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The place in the file of some bytes of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.back(range.start);
        let end = if range.is_empty() {
            start
        } else {
            self.back(range.end - 1) + 1
        };
        Span::new(&self.source, start..end.max(start))
    }

    /// The text between two tags, by its number: before the first tag 0, behind it 1.
    pub(super) fn prose(&self, number: usize) -> Option<&str> {
        let from = match number.checked_sub(1) {
            Some(before) => self.tags.get(before)?.whole.end,
            None => 0,
        };
        let to = self
            .tags
            .get(number)
            .map_or(self.text.len(), |tag| tag.whole.start);
        self.text.get(from..to)
    }

    fn back(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(here, _)| *here <= at);
        match index.checked_sub(1).map(|index| self.pieces[index]) {
            Some((here, there)) => there + (at - here),
            None => at,
        }
    }

    fn push(&mut self, from: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push((self.text.len(), from));
            self.text.push_str(text);
        }
    }

    /// Notes a tag of the text that is pushed next, which begins at `from` where the tag was found.
    fn hold(&mut self, tag: &Tag, from: usize) {
        let here = |range: &Range<usize>| {
            let start = range.start - from + self.text.len();
            start..start + range.len()
        };
        let (whole, inner) = (here(&tag.whole), here(&tag.inner));
        self.tags.push(Tag {
            kind: tag.kind,
            whole,
            inner,
        });
    }

    fn empty(source: &Arc<Source>, length: usize) -> Body {
        Body {
            source: Arc::clone(source),
            text: String::with_capacity(length),
            pieces: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// The bytes `range` of a file. A line that holds nothing but deciding tags prints nothing: its white
    /// space is dropped, so that nobody has to trim it by hand to keep a table in one piece.
    pub(super) fn new(source: &Arc<Source>, range: Range<usize>) -> Body {
        let text = &source.text[range.clone()];
        let tags = tags(text);
        let mut body = Body::empty(source, text.len());
        let mut tags = tags.iter().peekable();
        let mut start = 0;
        let mut held: Vec<&Tag> = Vec::new();
        body.tags.reserve_exact(tags.len());
        while start < text.len() {
            // A line ends at the first line break outside a tag.
            let mut end = start;
            let mut only_tags = true;
            loop {
                let line_break = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
                let Some(tag) = tags.next_if(|tag| tag.whole.start < line_break) else {
                    only_tags &= text[end..line_break].trim().is_empty();
                    end = line_break;
                    break;
                };
                only_tags &=
                    tag.kind != TagKind::Print && text[end..tag.whole.start].trim().is_empty();
                held.push(tag);
                end = tag.whole.end;
            }
            if only_tags && !held.is_empty() {
                for tag in held.drain(..) {
                    body.hold(tag, tag.whole.start);
                    body.push(range.start + tag.whole.start, &text[tag.whole.clone()]);
                }
            } else {
                for tag in held.drain(..) {
                    body.hold(tag, start);
                }
                body.push(range.start + start, &text[start..end]);
            }
            start = end;
        }
        body
    }

    /// The text as the Markdown reader may check it before anything is filled in: what prints is a letter,
    /// what decides is gone.
    pub(super) fn masked(&self) -> Body {
        let mut masked = Body::empty(&self.source, self.text.len());
        let mut from = 0;
        for tag in &self.tags {
            masked.push(self.back(from), &self.text[from..tag.whole.start]);
            let inner = self.text[tag.inner.clone()].trim_start();
            let branch = inner.starts_with("else") || inner.starts_with("elif");
            match tag.kind {
                TagKind::Print => masked.push(self.back(tag.whole.start), "x"),
                // Of two branches only one is ever printed: a table must not run on into other text.
                TagKind::Block
                    if branch
                        && masked.text.ends_with('\n')
                        && !starts_with_row(&self.text[tag.whole.end..]) =>
                {
                    masked.push(self.back(tag.whole.start), "\n");
                }
                TagKind::Block | TagKind::Remark => {}
            }
            from = tag.whole.end;
        }
        if from < self.text.len() {
            masked.push(self.back(from), &self.text[from..]);
        }
        masked
    }
}

/// Whether the first text after any tags is a row of a table.
fn starts_with_row(text: &str) -> bool {
    let mut text = text.trim_start();
    while let Some(tag) = text.starts_with("{%").then(|| text.find("%}")).flatten() {
        text = text[tag + 2..].trim_start();
    }
    text.starts_with('|')
}

/// All tags of a template, in order.
pub(super) fn tags(text: &str) -> Vec<Tag> {
    scan(text).0
}

/// Where a tag begins that never ends.
pub(super) fn unclosed(text: &str) -> Option<usize> {
    scan(text).1
}

fn scan(text: &str) -> (Vec<Tag>, Option<usize>) {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{') {
        let start = from + open;
        let (kind, close) = match text.as_bytes().get(start + 1) {
            Some(b'{') => (TagKind::Print, "}}"),
            Some(b'%') => (TagKind::Block, "%}"),
            Some(b'!') => (TagKind::Remark, "!}"),
            _ => {
                from = start + 1;
                continue;
            }
        };
        let Some(length) = end_of(&text[start + 2..], close) else {
            return (tags, Some(start));
        };
        let inner_end = start + 2 + length;
        let end = inner_end + 2;
        let mut inner = start + 2..inner_end;
        if text[inner.clone()].starts_with('-') {
            inner.start += 1;
        }
        if text[inner.clone()].ends_with('-') {
            inner.end -= 1;
        }
        tags.push(Tag {
            kind,
            whole: start..end,
            inner,
        });
        from = end;
    }
    (tags, None)
}

/// Where `close` stands, not counting text in quotation marks.
fn end_of(text: &str, close: &str) -> Option<usize> {
    let (bytes, close) = (text.as_bytes(), close.as_bytes());
    let mut quote = None;
    for (at, letter) in bytes.iter().enumerate() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if close != b"!}" && matches!(letter, b'"' | b'\'' | b'`') => quote = Some(letter),
            None if *letter == close[0] && bytes[at..].starts_with(close) => return Some(at),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Body {
        Body::new(&Source::new("a.md", text), 0..text.len())
    }

    #[test]
    fn a_line_of_tags_prints_nothing() {
        let made = body(
            "| a |\n|---|\n  {% for x in y %}\n| {{ x }} |\n{% endfor %}{% if z %}\nEnd{% endif %}\n",
        );
        assert_eq!(
            made.text(),
            "| a |\n|---|\n{% for x in y %}| {{ x }} |\n{% endfor %}{% if z %}End{% endif %}\n"
        );
        assert_eq!(made.masked().text(), "| a |\n|---|\n| x |\nEnd\n");
    }

    #[test]
    fn tags_are_known_where_they_stand() {
        let made = body(
            "a {{ b }}\n  {% if x -%}\n {! no !}{% endif %}\n{{ c }} {% if \"é\" %}\nd{% endif %}",
        );
        assert_eq!(made.tags(), tags(made.text()));
        assert_eq!(made.tags().len(), 7);
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let made = body("a\n{% if x %}\n<b>\n{% endif %}\n").masked();
        let at = made.text().find("<b>").expect("kept");
        assert_eq!(made.span(at..at + 3).text(), "<b>");
        let made = body("see {{ ref }} <b>").masked();
        let at = made.text().find("<b>").expect("kept");
        assert_eq!(made.span(at..at + 3).text(), "<b>");
    }

    #[test]
    fn quotation_marks_hide_braces() {
        assert_eq!(tags("{{ \"}}\" }} x").len(), 1);
        assert_eq!(tags("{{ \"}}\" }} x")[0].whole, 0..10);
    }
}
