//! Markdown to the tree: the only reader, and the inverse of the Markdown writer.
//!
//! In: `CommonMark` with pipe tables. Out: blocks, or a whole document, and a complaint with its bytes for
//! everything that the tree cannot say. The same reader runs over the source of a clause, its template tags
//! masked by as many other bytes, and over the text that the clause renders to.
//!
//! Some spellings mean more than they show, so that every Markdown viewer shows a good text:
//!
//! | written | read as |
//! |---|---|
//! | `[](#liability)`, `[any text](file.md#liability)` | a reference; its words are computed |
//! | `**“Net Revenue”**` | the definition of a term |
//! | `> ...` | a note |
//! | `*Payout by volume* {#figure-payout}` before a table | its caption and name |
//! | `<a id="liability"></a>` at the start of a heading or caption | its name |
//! | `- (a)`, no-break space, text | an item of an ordered list |
//! | `9.1` or `Exhibit A:`, no-break space, title | a label, which is computed |
//! | a heading that ends in one no-break space | a part with numbers of its own |
//! | a heading that ends in two | a numbered section that is alone and so shows no number |
//! | a paragraph in emphasis right after the title | the imprint |
//! | the same, beginning with a no-break space | a caption all the same |
//! | the same, ending with one | running text all the same |
//!
//! Everywhere else a no-break space is a space.

mod canonical;
mod flow;
mod frame;
mod heading;
mod refusal;
mod row;
mod run;

use super::{Block, Document, Inline};
use crate::diagnostic::{Code, Complaint};
use flow::{Reader, Shape};

/// The blocks of one clause body, and what is wrong with it.
///
/// The bytes of the complaints count from the start of `markdown`. Blocks at fault are left out.
pub fn blocks(markdown: &str) -> (Vec<Block>, Vec<Complaint>) {
    let read = Reader::read(markdown, Shape::Body);
    (read.blocks, read.complaints)
}

/// The words of one line that is not Markdown's to break into blocks, such as a title.
///
/// A title names what it stands over: it holds no references, definitions or links.
pub fn line(markdown: &str) -> (Vec<Inline>, Vec<Complaint>) {
    let (blocks, mut complaints) = blocks(markdown);
    let whole = 0..markdown.len();
    let mut lines = blocks.into_iter();
    let words = match (lines.next(), lines.next()) {
        (Some(Block::Paragraph(words)), None) => words,
        (None, None) => Vec::new(),
        (Some(_), _) | (None, Some(_)) => {
            complaints.push(Complaint::new(
                Code::RefusedMarkup,
                whole.clone(),
                "this is more than one line of text",
                "write it on one line, without lists, tables or notes; put `\\` before a mark that is meant literally",
            ));
            Vec::new()
        }
    };
    heading::refuse_targets(&words, &whole, &mut complaints);
    (words, complaints)
}

/// A whole written document, as the Markdown writer makes it; `name` is its file name without the ending.
///
/// # Errors
///
/// Every complaint about its text or its shape.
pub fn document(name: &str, markdown: &str) -> Result<Document, Vec<Complaint>> {
    let mut read = Reader::read(markdown, Shape::Whole);
    let Some(root) = read.root else {
        read.complaints.push(Complaint::new(
            Code::DocumentShape,
            0..0,
            "the document has no title",
            "begin it with a line such as `# <a id=\"agreement\"></a>Partnership Agreement`",
        ));
        return Err(read.complaints);
    };
    if read.complaints.is_empty() {
        Ok(Document {
            name: name.to_owned(),
            imprint: read.imprint,
            root,
        })
    } else {
        Err(read.complaints)
    }
}

#[cfg(test)]
mod tests;
