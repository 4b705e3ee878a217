//! Inlines in the canonical form that `Inline` describes, put together piece by piece.

use crate::document::Inline;

/// The mark that a group of pieces has. Strong wins over emphasis: marks do not nest.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    #[default]
    Plain,
    Strong,
    Emphasis,
}

/// Inlines in canonical form, while they are put together.
#[derive(Default)]
pub(super) struct Words {
    done: Vec<Inline>,
    group: Vec<Inline>,
    style: Style,
}

impl Words {
    pub(super) fn style(&mut self, style: Style) {
        if style != self.style {
            self.close();
            self.style = style;
        }
    }

    pub(super) fn text(&mut self, text: String) {
        add_text(&mut self.group, text);
    }

    pub(super) fn leaf(&mut self, leaf: Inline) {
        self.group.push(leaf);
    }

    /// Ends a group: spaces at its edges go outside, and a term in quotation marks is a definition.
    fn close(&mut self) {
        let mut group = std::mem::take(&mut self.group);
        if group.is_empty() {
            return;
        }
        let marked: fn(Vec<Inline>) -> Inline = match self.style {
            Style::Plain if self.done.is_empty() => {
                self.done = group;
                return;
            }
            Style::Plain => {
                for inline in group {
                    match inline {
                        Inline::Text(text) => add_text(&mut self.done, text),
                        other @ (Inline::Strong(_)
                        | Inline::Emphasis(_)
                        | Inline::Reference(_)
                        | Inline::Definition(_)
                        | Inline::Link { .. }
                        | Inline::Inert(_)
                        | Inline::Enumerator(_)) => self.done.push(other),
                    }
                }
                return;
            }
            Style::Strong => Inline::Strong,
            Style::Emphasis => Inline::Emphasis,
        };
        let before = trim(&mut group, false);
        let after = trim(&mut group, true);
        add_text(&mut self.done, before);
        if !group.is_empty() {
            let term = match (&*group, self.style) {
                ([Inline::Text(text)], Style::Strong) => quoted(text),
                (_, Style::Plain | Style::Strong | Style::Emphasis) => None,
            };
            let inline = term.map_or_else(|| marked(group), Inline::Definition);
            self.done.push(inline);
        }
        add_text(&mut self.done, after);
    }

    pub(super) fn finish(mut self) -> Vec<Inline> {
        self.close();
        trim(&mut self.done, false);
        trim(&mut self.done, true);
        self.done
    }
}

/// Adds `text` to the text at the end of `words`, or as a new one.
fn add_text(words: &mut Vec<Inline>, text: String) {
    if text.is_empty() {
    } else if let Some(Inline::Text(before)) = words.last_mut() {
        before.push_str(&text);
    } else {
        words.push(Inline::Text(text));
    }
}

/// Takes the spaces off one end of `words` and returns them.
fn trim(words: &mut Vec<Inline>, end: bool) -> String {
    let inline = if end {
        words.last_mut()
    } else {
        words.first_mut()
    };
    let Some(Inline::Text(text)) = inline else {
        return String::new();
    };
    let spaces: String = if end {
        text.split_off(text.trim_end().len())
    } else {
        let count = text.len() - text.trim_start().len();
        text.drain(..count).collect()
    };
    if text.is_empty() {
        words.remove(if end { words.len() - 1 } else { 0 });
    }
    spaces
}

/// The phrase in `text`, if that is one phrase in double quotation marks.
fn quoted(text: &str) -> Option<String> {
    let curly = text
        .strip_prefix('“')
        .and_then(|text| text.strip_suffix('”'));
    let straight = || {
        text.strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
    };
    let phrase = curly.or_else(straight)?.trim();
    (!phrase.is_empty() && !phrase.contains(['“', '”', '"'])).then(|| phrase.to_owned())
}
