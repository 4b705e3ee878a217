//! Source that stays source: code, HTML, images, addresses.

use super::Reader;
use crate::document::Block;
use pulldown_cmark::{Event, LinkType, TagEnd};
use std::ops::Range;

/// Source that is gathered until its end tag.
#[derive(Debug)]
pub(super) enum Gathering {
    Image {
        depth: usize,
        alt: String,
        link: Target,
    },
    Code {
        info: String,
        text: String,
    },
    Html(String),
    /// An address between angle brackets.
    Address,
}

/// Where a link leads.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) kind: LinkType,
    pub(super) url: String,
    pub(super) title: String,
    pub(super) id: String,
}

impl<'t> Reader<'t> {
    /// Takes an event that belongs to source that is gathered; says whether it did.
    pub(super) fn gathered(&mut self, event: &Event<'t>, at: &Range<usize>) -> bool {
        let Some(gathering) = &mut self.gathering else {
            return false;
        };
        match (gathering, event) {
            (Gathering::Code { text, .. } | Gathering::Html(text), Event::Text(more))
            | (Gathering::Html(text), Event::Html(more)) => text.push_str(more),
            (Gathering::Code { info, text }, Event::End(TagEnd::CodeBlock)) => {
                let source = fenced(info, text);
                self.gathering = None;
                self.block(Block::Inert(source), at);
            }
            (Gathering::Html(text), Event::End(TagEnd::HtmlBlock)) => {
                let source = text.trim_end().to_owned();
                self.gathering = None;
                self.block(Block::Inert(source), at);
            }
            (Gathering::Address, Event::End(_)) => {
                self.gathering = None;
                let source = self.source[at.clone()].to_owned();
                self.words().inert(source);
            }
            (Gathering::Image { depth, .. }, Event::Start(_)) => *depth += 1,
            (Gathering::Image { depth, .. }, Event::End(_)) if *depth > 0 => *depth -= 1,
            (Gathering::Image { alt, link, .. }, Event::End(_)) => {
                let written = format!("![{}]{}", escaped(alt), link.rest());
                self.gathering = None;
                let source = self.verbatim(at).unwrap_or(written);
                self.words().inert(source);
            }
            (
                Gathering::Image { alt, .. },
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text),
            ) => alt.push_str(text),
            (Gathering::Image { alt, .. }, Event::SoftBreak | Event::HardBreak) => alt.push(' '),
            (Gathering::Image { alt, .. }, Event::FootnoteReference(label)) => {
                alt.extend(["[^", label, "]"]);
            }
            (_, _) => {}
        }
        true
    }
}

impl Target {
    /// What follows the text of the link.
    pub(super) fn rest(&self) -> String {
        match self.kind {
            LinkType::Reference => format!("[{}]", self.id),
            LinkType::Collapsed => "[]".to_owned(),
            LinkType::Shortcut => String::new(),
            LinkType::Inline
            | LinkType::ReferenceUnknown
            | LinkType::CollapsedUnknown
            | LinkType::ShortcutUnknown
            | LinkType::Autolink
            | LinkType::Email
            | LinkType::WikiLink { .. } => format!("({})", target(&self.url, &self.title)),
        }
    }
}

/// An address and a title as Markdown has them.
pub(super) fn target(url: &str, title: &str) -> String {
    let mut text = String::from("<");
    for c in url.chars() {
        match c {
            '<' | '>' | '\\' => text.extend(['\\', c]),
            '\n' | '\r' => text.push_str("%0A"),
            '&' => text.push_str("&amp;"),
            c => text.push(c),
        }
    }
    text.push('>');
    if !title.is_empty() {
        text.push_str(" \"");
        for c in title.chars() {
            match c {
                '"' | '\\' => text.extend(['\\', c]),
                '\n' | '\r' => text.push(' '),
                '&' => text.push_str("&amp;"),
                c => text.push(c),
            }
        }
        text.push('"');
    }
    text
}

/// The text of an image, so that nothing in it is a mark.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if "\\`*_[]<>&!|~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

pub(super) fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Words set as code.
pub(super) fn code_span(code: &str) -> String {
    let code = on_one_line(code);
    let fence = "`".repeat(longest(&code, '`') + 1);
    let room = code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty());
    let space = if room { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

/// Lines set as code.
pub(super) fn fenced(info: &str, code: &str) -> String {
    let mark = if info.contains('`') { '~' } else { '`' };
    let length = (longest(code, mark) + 1).max(3);
    let fence: String = std::iter::repeat_n(mark, length).collect();
    let info = on_one_line(info);
    let line = if code.is_empty() || code.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{fence}{info}\n{code}{line}{fence}")
}

/// The longest run of `mark` in `text`.
pub(super) fn longest(text: &str, mark: char) -> usize {
    let runs = text.split(|c: char| c != mark);
    runs.map(str::len).max().unwrap_or(0)
}
