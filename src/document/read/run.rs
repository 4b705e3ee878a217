//! A run of words while it is read: pieces in the order in which they stand, then inlines in canonical form.

use super::canonical::{Style, Words};
use crate::diagnostic::{Code, Complaint};
use crate::document::{Anchor, Inline};
use std::ops::Range;

/// The space that joins a computed label to its text. Canonical text never contains it.
pub(super) const JOINT: char = '\u{a0}';

/// A paragraph, heading or cell that is being read.
#[derive(Debug)]
pub(super) struct Run {
    /// Where it starts in the source.
    pub(super) start: usize,
    pub(super) pieces: Vec<Piece>,
    strong: usize,
    emphasis: usize,
    link: Option<Opened>,
}

/// The inside of a link that is still open.
#[derive(Debug)]
struct Opened {
    url: String,
    text: String,
    at: Range<usize>,
}

/// A piece of a run and its marks.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) what: What,
}

/// What a piece is.
#[derive(Debug)]
pub(super) enum What {
    Text(String),
    Reference(Anchor),
    Link {
        url: String,
        text: String,
    },
    /// `<a id="..."></a>`: the name of what it stands in.
    Name(Anchor, Range<usize>),
}

impl Run {
    pub(super) fn new(start: usize) -> Run {
        Run {
            start,
            pieces: Vec::new(),
            strong: 0,
            emphasis: 0,
            link: None,
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
            return;
        }
        let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
        if let Some(Piece {
            strong: is_strong,
            emphasis: is_emphasis,
            what: What::Text(before),
        }) = self.pieces.last_mut()
            && *is_strong == strong
            && *is_emphasis == emphasis
        {
            before.push_str(text);
        } else {
            self.push(What::Text(text.to_owned()));
        }
    }

    pub(super) fn push(&mut self, what: What) {
        self.pieces.push(Piece {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            what,
        });
    }

    pub(super) fn strong(&mut self, open: bool) {
        self.strong = if open {
            self.strong + 1
        } else {
            self.strong.saturating_sub(1)
        };
    }

    pub(super) fn emphasis(&mut self, open: bool) {
        self.emphasis = if open {
            self.emphasis + 1
        } else {
            self.emphasis.saturating_sub(1)
        };
    }

    pub(super) fn open_link(&mut self, url: String, at: Range<usize>) {
        self.link = Some(Opened {
            url,
            text: String::new(),
            at,
        });
    }

    /// Ends a link: into the package it is a reference, onto the web or to a mailbox a way out.
    pub(super) fn close_link(&mut self) -> Result<(), Complaint> {
        let Some(Opened { url, text, at }) = self.link.take() else {
            return Ok(());
        };
        if let Some(name) = target_in_package(&url) {
            let anchor = name.parse().map_err(|why| {
                Complaint::new(
                    Code::BadAnchor,
                    at,
                    format!("`{name}` is not the name of a section"),
                    format!("{why}: write a link such as `[](#liability-cap)`"),
                )
            })?;
            self.push(What::Reference(anchor));
        } else if (url.starts_with("https:") || url.starts_with("mailto:")) && url.len() > 7 {
            let url = tidy(&url);
            let mut text = plain(text).trim().to_owned();
            if text.is_empty() {
                text.clone_from(&url);
            }
            self.push(What::Link { url, text });
        } else {
            return Err(Complaint::new(
                Code::LinkTarget,
                at,
                format!("a link to `{url}` is not allowed"),
                "link to `https:` or `mailto:`, or refer to a section with `[](#its-name)`",
            ));
        }
        Ok(())
    }

    /// Takes the name at the start of the run off it; complains about names anywhere else.
    pub(super) fn take_name(&mut self, complaints: &mut Vec<Complaint>) -> Option<Anchor> {
        let mut first = None;
        let mut place = 0;
        self.pieces.retain_mut(|piece| {
            place += 1;
            match &piece.what {
                What::Name(anchor, _) if place == 1 => {
                    first = Some(anchor.clone());
                    false
                }
                What::Name(_, at) => {
                    complaints.push(Complaint::new(
                        Code::RawHtml,
                        at.clone(),
                        "a name stands in the middle of the text",
                        "names go to the start of a heading or of the caption right before a table",
                    ));
                    false
                }
                What::Text(_) | What::Reference(_) | What::Link { .. } => true,
            }
        });
        first
    }

    /// Takes a name of the form `{#name}` off the end of the run, given the source of the run.
    pub(super) fn take_suffix(&mut self, source: &str) -> Option<Anchor> {
        let source = source.trim_end();
        let open = source.rfind("{#")?;
        if source[..open].ends_with('\\') {
            return None;
        }
        let suffix = &source[open..];
        let anchor = suffix.strip_prefix("{#")?.strip_suffix('}')?.parse().ok()?;
        let Some(Piece {
            what: What::Text(last),
            ..
        }) = self.pieces.last_mut()
        else {
            return None;
        };
        // A joint before it is part of a heading.
        let before = last.trim_end().strip_suffix(suffix)?;
        let kept = before.trim_end_matches(' ').len();
        last.truncate(kept);
        if last.is_empty() {
            self.pieces.pop();
        }
        Some(anchor)
    }

    /// Whether there are words and all of them have a stress.
    pub(super) fn is_emphasis(&self) -> bool {
        !self.pieces.is_empty() && self.pieces.iter().all(|piece| piece.emphasis)
    }

    /// The text at the start, if it has no marks.
    pub(super) fn head(&mut self) -> Option<&mut String> {
        match self.pieces.first_mut() {
            Some(Piece {
                strong: false,
                emphasis: false,
                what: What::Text(text),
            }) => Some(text),
            Some(_) | None => None,
        }
    }

    /// Takes the joints off the end, and says how many there were.
    pub(super) fn take_tail(&mut self) -> usize {
        let Some(Piece {
            what: What::Text(text),
            ..
        }) = self.pieces.last_mut()
        else {
            return 0;
        };
        let kept = text.trim_end_matches(JOINT).len();
        let joints = text[kept..].chars().count();
        text.truncate(kept);
        if kept == 0 {
            self.pieces.pop();
        }
        joints
    }

    /// Takes the joint off the start, and says whether there was one.
    pub(super) fn take_front(&mut self) -> bool {
        let Some(text) = self.head() else {
            return false;
        };
        if !text.starts_with(JOINT) {
            return false;
        }
        text.drain(..JOINT.len_utf8());
        if text.is_empty() {
            self.pieces.remove(0);
        }
        true
    }

    /// The words in canonical form; with `unstressed`, as if nothing had a stress.
    pub(super) fn finish(self, unstressed: bool) -> Vec<Inline> {
        let mut words = Words::default();
        for piece in self.pieces {
            let style = match (piece.strong, piece.emphasis && !unstressed) {
                (true, _) => Style::Strong,
                (false, true) => Style::Emphasis,
                (false, false) => Style::Plain,
            };
            words.style(style);
            match piece.what {
                What::Text(text) => words.text(plain(text)),
                What::Reference(anchor) => words.leaf(Inline::Reference(anchor)),
                What::Link { url, text } => words.leaf(Inline::Link { url, text }),
                What::Name(..) => {}
            }
        }
        words.finish()
    }
}

/// The text on one line: joints, breaks and control characters are spaces.
fn plain(text: String) -> String {
    // A look at the bytes, for nearly all texts are plain: in UTF-8 the joint and the control characters
    // beyond ASCII begin with 0xC2.
    let suspect = |byte: u8| byte < b' ' || byte == 0x7f || byte == 0xc2;
    if text
        .bytes()
        .fold(false, |found, byte| found | suspect(byte))
    {
        text.replace(|c: char| c == JOINT || c.is_control(), " ")
    } else {
        text
    }
}

/// The name that a link into the package gives: what follows `#` or `file.md#`.
fn target_in_package(url: &str) -> Option<&str> {
    let (file, name) = url.split_once('#')?;
    let is_file = file.strip_suffix(".md").is_some_and(|file| {
        !file.is_empty()
            && file
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    (file.is_empty() || is_file).then_some(name)
}

/// The address with everything that no address may hold written as `%` and two digits.
fn tidy(url: &str) -> String {
    let mut tidy = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                tidy.push('%');
                for digit in [byte >> 4, byte & 15] {
                    tidy.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        } else {
            tidy.push(c);
        }
    }
    tidy
}
