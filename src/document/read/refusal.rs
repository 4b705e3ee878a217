//! What Markdown may not hold here, and what to do instead.

use crate::diagnostic::{Code, Complaint};
use std::ops::Range;

/// A thing that is refused.
pub(super) struct Refusal {
    code: Code,
    message: &'static str,
    help: &'static str,
}

impl Refusal {
    /// The complaint about it at these bytes.
    pub(super) fn at(&self, within: &Range<usize>) -> Complaint {
        Complaint::new(self.code, within.clone(), self.message, self.help)
    }
}

/// A link whose address stands elsewhere.
pub(super) const LINK_DEFINITION: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "a link is defined apart from its place",
    help: "write the address where the link stands: `[text](https://example.com)`; put `\\` before a `[` that is meant literally",
};

/// Words set as code.
pub(super) const CODE: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "code stands in the text",
    help: "write it as plain words; put `\\` before a backtick that is meant literally",
};

/// A footnote, or its mark.
pub(super) const FOOTNOTE: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "a footnote stands in the text",
    help: "say it in the text, or in a note: a line that starts with `> `",
};

/// A line across the page.
pub(super) const RULE: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "a line is drawn across the text",
    help: "delete it: sections divide a document",
};

/// A box to tick.
pub(super) const TASK: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "an item has a box to tick",
    help: "write a plain item; put `\\` before a `[` that is meant literally",
};

/// Any HTML but the name of a heading or caption.
pub(super) const HTML: Refusal = Refusal {
    code: Code::RawHtml,
    message: "raw HTML stands in the text",
    help: "use `**bold**` or `*stress*`, or delete it; put `\\` before a `<` that is meant literally",
};

/// A heading where there may be none.
pub(super) const HEADING: Refusal = Refusal {
    code: Code::HeadingInText,
    message: "a heading stands inside a clause",
    help: "make it a clause of its own, or begin the paragraph with `**bold**` words; a line of `-` or `=` under a text makes a heading too",
};

/// Words that a link shows only when pointed at.
pub(super) const LINK_TITLE: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "a link has a hidden title",
    help: "delete what stands in quotation marks after the address",
};

/// A picture.
pub(super) const IMAGE: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "an image stands in the text",
    help: "delete it: pictures are drawn from the tables that they stand with; put `\\` before a `!` that is meant literally",
};

/// Lines set as code.
pub(super) const CODE_BLOCK: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "a block of code stands in the text",
    help: "write plain paragraphs, and start their lines with fewer than four spaces",
};

/// Words struck out.
pub(super) const STRUCK: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "words are struck out",
    help: "delete them; put `\\` before a `~` that is meant literally",
};

/// What the parser is not asked to read.
pub(super) const OTHER: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "markup that a contract cannot print",
    help: "write plain paragraphs, lists and tables",
};

/// A list or note under too many others.
pub(super) const DEPTH: Refusal = Refusal {
    code: Code::RefusedMarkup,
    message: "lists and notes stand too deep in one another",
    help: "write shorter lists one after the other",
};

/// A row without its table: no parser would say that the table is broken.
pub(super) const STRAY_ROW: Refusal = Refusal {
    code: Code::CellCount,
    message: "a row of a table stands in running text",
    help: "put an empty line before the table, a line such as `|---|---|` under its headings, and none between its rows",
};
