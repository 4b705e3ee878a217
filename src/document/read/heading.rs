//! Headings: names, labels, and the nesting of sections.

use super::run::{JOINT, Run};
use crate::diagnostic::{Code, Complaint};
use crate::document::{Block, Inline, Label, Section, walk};
use std::ops::Range;

/// Sections that are still open, the title first; each is one level deeper than the one before.
#[derive(Debug, Default)]
pub(super) struct Outline {
    open: Vec<Section>,
}

impl Outline {
    /// Gives `blocks`, which stood before a heading or the end, to the section that they stand in.
    pub(super) fn fill(&mut self, blocks: Vec<Block>, complaints: &mut Vec<Complaint>) {
        if let Some(section) = self.open.last_mut() {
            section.blocks = blocks;
        } else if !blocks.is_empty() {
            complaints.push(Complaint::new(
                Code::DocumentShape,
                0..0,
                "text stands before the title",
                "begin the document with its title: a line that starts with `# `",
            ));
        }
    }

    /// Opens a section with the heading `run` at `level`, closing those that it does not stand under.
    ///
    /// Returns whether it is the title of the document.
    pub(super) fn open(
        &mut self,
        level: usize,
        run: Run,
        source: &str,
        at: &Range<usize>,
        complaints: &mut Vec<Complaint>,
    ) -> bool {
        let Some(section) = section(run, source, at, complaints) else {
            return false;
        };
        let fits = if self.open.is_empty() {
            level == 1
        } else {
            (2..=self.open.len() + 1).contains(&level)
        };
        if !fits {
            let (message, help) = match (self.open.len(), level) {
                (0, _) => (
                    "the first heading is not a title",
                    "begin the document with a heading of one `#`",
                ),
                (_, 1) => (
                    "the document has a second title",
                    "give headings after the title two `#` or more",
                ),
                (_, _) => (
                    "the heading skips a level",
                    "give it one `#` more than the heading that it stands under",
                ),
            };
            complaints.push(Complaint::new(
                Code::DocumentShape,
                at.clone(),
                message,
                help,
            ));
        }
        let level = level.clamp(1, self.open.len() + 1).max(2);
        while self.open.len() >= level {
            self.close();
        }
        self.open.push(section);
        self.open.len() == 1
    }

    fn close(&mut self) {
        if let Some(section) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.sections.push(section);
        }
    }

    /// The title and all that stands under it.
    pub(super) fn finish(mut self) -> Option<Section> {
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop()
    }
}

/// The heading `run` as a section without content; `source` is what was written.
fn section(
    mut run: Run,
    source: &str,
    at: &Range<usize>,
    complaints: &mut Vec<Complaint>,
) -> Option<Section> {
    let first = run.take_name(complaints);
    let suffix = run.take_suffix(source);
    let Some(anchor) = first.or(suffix) else {
        complaints.push(Complaint::new(
            Code::BadAnchor,
            at.clone(),
            "the heading has no name",
            "put one at its start, such as `<a id=\"liability-cap\"></a>`: lower-case words joined by hyphens",
        ));
        return None;
    };
    let unlabelled = match run.take_tail() {
        0 => Label::Title,
        1 => Label::Part,
        _ => Label::Number,
    };
    let label = run.head().and_then(take_label).unwrap_or(unlabelled);
    let title = run.finish(false);
    if title.is_empty() {
        complaints.push(Complaint::new(
            Code::DocumentShape,
            at.clone(),
            "the heading has no words",
            "write a title, or delete the heading",
        ));
        return None;
    }
    refuse_targets(&title, at, complaints);
    Some(Section {
        anchor,
        label,
        title,
        blocks: Vec::new(),
        sections: Vec::new(),
    })
}

/// Takes a computed label off the start of a title: a number starts with a figure, an exhibit with a word.
fn take_label(head: &mut String) -> Option<Label> {
    let joint = head.rfind(JOINT)?;
    let label = if head.starts_with(|c: char| c.is_ascii_digit()) {
        Label::Number
    } else if joint > 0 {
        Label::Exhibit
    } else {
        Label::Title
    };
    head.drain(..joint + JOINT.len_utf8());
    Some(label)
}

/// Takes a computed label off the start of an item, such as `(a)`, and returns it.
pub(super) fn take_item_label(head: &mut String) -> Option<String> {
    if !head.starts_with('(') {
        return None;
    }
    let joint = head.find(JOINT)?;
    let inside = head[..joint].strip_prefix('(')?.strip_suffix(')')?;
    let fits = |c: char| c.is_ascii_alphanumeric();
    if inside.is_empty() || !inside.chars().all(fits) {
        return None;
    }
    let label = head[..joint].to_owned();
    head.drain(..joint + JOINT.len_utf8());
    Some(label)
}

/// Complains about words in a title that lead somewhere: a title is what others lead to.
pub(super) fn refuse_targets(title: &[Inline], at: &Range<usize>, complaints: &mut Vec<Complaint>) {
    walk::leaves(title, &mut |inline| {
        let what = match inline {
            Inline::Reference(_) => "a reference",
            Inline::Definition(_) => "a definition",
            Inline::Link { .. } => "a link",
            Inline::Text(_)
            | Inline::Strong(_)
            | Inline::Emphasis(_)
            | Inline::Inert(_)
            | Inline::Enumerator(_) => return,
        };
        complaints.push(Complaint::new(
            Code::RefusedMarkup,
            at.clone(),
            format!("{what} stands in a title"),
            "move it into the text under the title",
        ));
    });
}
