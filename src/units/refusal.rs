//! A complaint in the making: what is wrong with a text, and texts that may have been meant.

use crate::diagnostic::{Code, Complaint};
use std::ops::Range;

/// Why a text is not a value.
#[derive(Debug)]
pub(super) struct Refusal {
    code: Code,
    within: Range<usize>,
    message: String,
    instead: Vec<String>,
    hint: Option<String>,
}

impl Refusal {
    /// A refusal of the bytes `within` of the text.
    pub(super) fn new(code: Code, within: Range<usize>, message: impl Into<String>) -> Refusal {
        Refusal {
            code,
            within,
            message: message.into(),
            instead: Vec::new(),
            hint: None,
        }
    }

    /// The same refusal with whole texts that may have been meant, likeliest first.
    pub(super) fn instead(mut self, texts: impl IntoIterator<Item = String>) -> Refusal {
        for text in texts {
            if !self.instead.contains(&text) {
                self.instead.push(text);
            }
        }
        self
    }

    /// The same refusal with the help for when none of the texts will do.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Refusal {
        self.hint = Some(hint.into());
        self
    }

    /// The complaint, whose help proposes only texts that `read` accepts.
    pub(super) fn complaint<T>(
        self,
        expected: &str,
        read: impl Fn(&str) -> Result<T, Refusal>,
    ) -> Complaint {
        let instead: Vec<String> = self
            .instead
            .into_iter()
            .filter(|text| read(text).is_ok())
            .map(|text| format!("\"{text}\""))
            .collect();
        let help = match (instead.is_empty(), self.hint) {
            (false, _) => format!("write {}", alternatives(&instead)),
            (true, Some(hint)) => hint,
            (true, None) => format!("write {expected}"),
        };
        Complaint::new(self.code, self.within, self.message, help)
    }
}

/// `a`, `a or b`, `a, b or c`
fn alternatives(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [text] => text.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Refuses an empty text, spaces at its edges and two spaces in a row.
pub(super) fn check_spaces(text: &str, code: Code) -> Result<(), Refusal> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Refusal::new(
            Code::EmptyText,
            0..text.len(),
            "the text is empty",
        ));
    }
    if trimmed.len() == text.len() {
        let Some(at) = text.find("  ") else {
            return Ok(());
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        return Err(
            Refusal::new(code, at..at + 2, "two spaces in a row").instead([words.join(" ")])
        );
    }
    let start = text.len() - text.trim_start().len();
    let (within, edge) = if start > 0 {
        (0..start, "starts")
    } else {
        (trimmed.len()..text.len(), "ends")
    };
    let message = format!("{} {edge} with a space", quote(text));
    Err(Refusal::new(code, within, message).instead([trimmed.to_owned()]))
}

/// The text in backticks, fit for a message: invisible characters are spelled out, long texts cut.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut quoted = String::from("`");
    for (index, character) in text.chars().enumerate() {
        if index == LONGEST {
            quoted.push_str("...");
            break;
        }
        if character == '\'' || character == '"' {
            quoted.push(character);
        } else {
            quoted.extend(character.escape_debug());
        }
    }
    quoted.push('`');
    quoted
}
