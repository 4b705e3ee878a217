//! Runs of words: emphasis, references, terms.

use super::Writer;
use super::markup::Tag;
use crate::document::resolve::Form;
use crate::document::{Anchor, Inline, walk};

/// Whether the uses of terms in a run become links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terms {
    /// Yes, the first in each section: a page full of underlines is read by nobody.
    Linked,
    /// No: headings and captions stay calm.
    Plain,
}

/// A link that leads to `anchor` in `file`, or in this page.
fn leading<'t>(tag: Tag<'t>, file: Option<&str>, anchor: &Anchor) -> Tag<'t> {
    match file {
        Some(file) => tag.join("href", &[file, ".html#", anchor.as_str()]),
        None => tag.join("href", &["#", anchor.as_str()]),
    }
}

impl Writer<'_> {
    /// Writes a run of words with links from terms to their meaning.
    ///
    /// Not in a note, which would take the link away from the clause that binds; and not from a run to itself,
    /// as in "Acme Ltd (“Acme”)".
    pub(super) fn run(&mut self, words: &[Inline]) {
        if self.in_note {
            return self.words(words, Terms::Plain);
        }
        let terms = self.part.resolved().terms();
        walk::leaves(words, &mut |inline| {
            if let Inline::Definition(term) = inline
                && let Some((place, _)) = terms.get(term)
            {
                self.linked[place] = true;
            }
        });
        self.words(words, Terms::Linked);
    }

    /// Writes a run of words.
    pub(super) fn words(&mut self, words: &[Inline], terms: Terms) {
        for inline in words {
            match inline {
                Inline::Text(text) => match terms {
                    Terms::Linked => self.text_with_terms(text),
                    Terms::Plain => self.page.text(text),
                },
                Inline::Strong(inner) => {
                    self.page.open("strong");
                    self.words(inner, terms);
                    self.page.close("strong");
                }
                Inline::Emphasis(inner) => {
                    self.page.open("em");
                    self.words(inner, terms);
                    self.page.close("em");
                }
                Inline::Reference(to) => {
                    let shown = self.part.reference(self.section, to, self.form);
                    let class = self.reference_class();
                    if !shown.linked {
                        self.page.tag("span").fixed("class", class).open();
                        self.page.text(&shown.text);
                        self.page.close("span");
                        continue;
                    }
                    let tag = self.page.tag("a").fixed("class", class);
                    leading(tag, shown.file, to).open();
                    self.page.text(&shown.text);
                    self.page.close("a");
                }
                Inline::Definition(term) => self.definition(term),
                Inline::Link { url, text } => self.way_out(url, text),
                Inline::Inert(source) if source == Inline::BREAK => self.page.fixed("<br>"),
                Inline::Inert(source) => self.page.element("code", source),
                Inline::Enumerator(label) => self.page.text(label),
            }
        }
    }

    /// A reference in short is a name, and not broken.
    fn reference_class(&self) -> &'static str {
        match self.form {
            Form::Full => "ref",
            Form::Short => "ref short",
        }
    }

    /// The place where a term gets its meaning.
    fn definition(&mut self, term: &str) {
        let known = self.part.resolved().terms().get(term);
        let tag = self.page.tag("dfn");
        match known {
            Some((_, known)) => tag.set("id", known.anchor.as_str()).open(),
            None => tag.open(),
        }
        self.page.text("\u{201C}");
        self.page.text(term);
        self.page.text("\u{201D}");
        self.page.close("dfn");
    }

    /// A link out of the package. The tree promises a scheme; a page that trusts nobody looks again.
    fn way_out(&mut self, url: &str, text: &str) {
        if url.starts_with("https://") || url.starts_with("mailto:") {
            self.page
                .tag("a")
                .set("href", url)
                .fixed("rel", "noopener noreferrer")
                .open();
            self.page.text(text);
            self.page.close("a");
        } else {
            self.page.text(text);
        }
    }

    fn text_with_terms(&mut self, text: &str) {
        let terms = self.part.resolved().terms();
        let mut written = 0;
        for (range, term) in terms.uses(text) {
            if std::mem::replace(&mut self.linked[term], true) {
                continue;
            }
            let to = &terms.list()[term];
            if !self.part.reaches(&to.section) {
                continue;
            }
            let file = self.part.file(&to.section);
            self.page.text(&text[written..range.start]);
            let tag = self.page.tag("a").fixed("class", "term");
            leading(tag, file, &to.anchor).open();
            self.page.text(&text[range.clone()]);
            self.page.close("a");
            written = range.end;
        }
        self.page.text(&text[written..]);
    }
}
