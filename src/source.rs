//! Text that a person wrote, and places in it.
//!
//! In: a name and a text. Out: [`Span`]s that know their file, so a message can always say where.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text with a name: the deal file, a clause, a template.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user would type it, with `/` between folders.
    pub name: String,
    /// The text: all of it, or a piece of a file that is too large to keep.
    pub text: Cow<'static, str>,
    /// The number of its first line; 1 for a whole text.
    pub first_line: usize,
}

impl Source {
    /// A shared source, ready to hand out spans.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Source> {
        Source::held(name, Cow::Owned(text.into()))
    }

    /// The same for a text that may be a part of the program, which is then not copied.
    pub fn held(name: impl Into<String>, text: Cow<'static, str>) -> Arc<Source> {
        Arc::new(Source {
            name: name.into(),
            text,
            first_line: 1,
        })
    }

    /// A piece of a longer text that begins at the line `first_line`, so that places in it are places in the whole.
    pub fn piece(
        name: impl Into<String>,
        text: impl Into<String>,
        first_line: usize,
    ) -> Arc<Source> {
        Arc::new(Source {
            name: name.into(),
            text: Cow::Owned(text.into()),
            first_line,
        })
    }
}

/// A range of bytes of one [`Source`].
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    source: Arc<Source>,
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes `range` of `source`, cut back to the text and to whole characters.
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Span {
        let clamp = |at: usize| {
            let mut at = at.min(source.text.len());
            while !source.text.is_char_boundary(at) {
                at -= 1;
            }
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        let start = clamp(range.start);
        Span {
            source: Arc::clone(source),
            start,
            end: clamp(range.end).max(start),
        }
    }

    /// The start of a file, for findings about the file as a whole.
    pub fn whole(source: &Arc<Source>) -> Span {
        Span::new(source, 0..0)
    }

    /// The file this place is in.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The bytes of this place.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text at this place.
    pub fn text(&self) -> &str {
        &self.source.text[self.range()]
    }

    /// A part of this place: `within` counts bytes from its start.
    #[must_use]
    pub fn part(&self, within: Range<usize>) -> Span {
        let start = self.start as usize;
        Span::new(&self.source, start + within.start..start + within.end)
    }

    /// Line and column of the start, both from 1; the column counts characters.
    pub fn line_column(&self) -> (usize, usize) {
        self.place(self.start)
    }

    /// Line and column of the first character after this place, both from 1.
    pub fn end_line_column(&self) -> (usize, usize) {
        self.place(self.end)
    }

    fn place(&self, at: u32) -> (usize, usize) {
        let (line, column) = line_column(&self.source.text[..at as usize]);
        (line + self.source.first_line - 1, column)
    }
}

/// Line and column of what follows `before`.
fn line_column(before: &str) -> (usize, usize) {
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}..{}]", self.source.name, self.start, self.end)
    }
}

/// A value and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> At<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> At<T> {
        At { value, span }
    }
}

impl<T: std::fmt::Display> std::fmt::Display for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
