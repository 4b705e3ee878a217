//! Documents and sections, found by what people call them.

use super::Lost;
use crate::document::resolve::Part;
use crate::document::{Anchor, Label, Section, walk};
use crate::draft::Draft;
use crate::draft::select::Selection;
use crate::source::Span;
use crate::units::nearest;

/// The document with this file name.
pub(super) fn part<'d>(draft: &'d Draft, name: &str) -> Result<Part<'d>, Lost> {
    let name = name.trim();
    let bare = [".md", ".html", ".docx", ".pdf"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    draft.resolved.part(bare).ok_or_else(|| {
        let names: Vec<&str> = draft.resolved.parts().map(|part| part.name()).collect();
        let help = nearest(bare, names.iter().copied()).map_or_else(
            || format!("the documents are `{}`", names.join("`, `")),
            |near| format!("did you mean `{near}`?"),
        );
        Lost {
            message: format!("the agreement has no document `{bare}`"),
            help,
        }
    })
}

/// The section of `part` that goes by `wanted`: an anchor, or a number such as `7.1`, `A, 5.3` or `Exhibit A`.
pub(super) fn section<'d>(part: &Part<'d>, wanted: &str) -> Result<&'d Section, Lost> {
    let wanted = wanted.trim();
    let mut sections = Vec::new();
    let root = part.root();
    gather(root, root, &mut sections);
    if let Ok(anchor) = wanted.parse::<Anchor>() {
        let by_name = sections
            .iter()
            .find(|(_, section)| section.anchor == anchor || holds(section, &anchor));
        if let Some((_, section)) = by_name {
            return Ok(section);
        }
    }
    let (letter, number) = label(wanted);
    let numbers = part.resolved().numbers();
    let by_number = sections.iter().find(|(home, section)| {
        let at_home = match (&letter, home.label) {
            (Some(letter), Label::Exhibit) => numbers.get(&home.anchor) == Some(letter),
            (None, Label::Exhibit) => std::ptr::eq(*home, root),
            (None, Label::Part | Label::Title | Label::Number) => true,
            (Some(_), Label::Part | Label::Title | Label::Number) => false,
        };
        let own = match section.label {
            Label::Exhibit => number.is_empty(),
            Label::Number => numbers.get(&section.anchor) == Some(number.as_str()),
            Label::Title | Label::Part => false,
        };
        at_home && own
    });
    if let Some((_, section)) = by_number {
        return Ok(section);
    }
    let names = sections.iter().map(|(_, section)| section.anchor.as_str());
    let help = nearest(wanted, names).map_or_else(
        || "name it by its number, such as `7.1` or `A, 5.3`, or by its clause, such as `liability-cap`".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Lost {
        message: format!("the document `{}` has no section `{wanted}`", part.name()),
        help,
    })
}

/// Where the outline has the heading `id`, if it is one.
pub(super) fn heading(selection: &Selection<'_>, id: &str) -> Option<Span> {
    if selection.chosen(id).is_some() {
        return None;
    }
    let parts = &selection.outline.part;
    let part = parts.iter().find(|part| part.id.as_str() == id);
    let articles = parts.iter().flat_map(|part| &part.articles);
    let mut articles = articles.map(crate::library::Article::id);
    part.map(|part| &part.id)
        .or_else(|| articles.find(|article| article.as_str() == id))
        .map(|found| found.span.clone())
}

/// Every section with the part whose numbers it takes.
fn gather<'d>(
    section: &'d Section,
    home: &'d Section,
    sections: &mut Vec<(&'d Section, &'d Section)>,
) {
    let home = match section.label {
        Label::Part | Label::Exhibit => section,
        Label::Title | Label::Number => home,
    };
    sections.push((home, section));
    for child in &section.sections {
        gather(child, home, sections);
    }
}

/// Whether the section holds the table `anchor`.
fn holds(section: &Section, anchor: &Anchor) -> bool {
    let mut found = false;
    walk::tables(&section.blocks, &mut |table| {
        found |= table.anchor.as_ref() == Some(anchor);
    });
    found
}

/// The letter and the number of `Exhibit A, 5.3`, `A.5.3`, `Section 7.1`, `7.1`.
fn label(wanted: &str) -> (Option<String>, String) {
    let lower = wanted.to_lowercase();
    let bare = ["section ", "exhibit "]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let digits = bare.find(|letter: char| letter.is_ascii_digit());
    let (letter, number) = bare.split_at(digits.unwrap_or(bare.len()));
    let letter = letter.trim_matches(|mark: char| !mark.is_alphabetic());
    let number = number.trim_end_matches(['.', ' ']);
    (
        (!letter.is_empty()).then(|| letter.to_uppercase()),
        number.to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn sections_have_many_names() {
        for (wanted, letter, number) in [
            ("7.1", None, "7.1"),
            ("Section 7.1", None, "7.1"),
            ("7.", None, "7"),
            ("Exhibit A, 5.3", Some("A"), "5.3"),
            ("a.5.3", Some("A"), "5.3"),
            ("A5.3", Some("A"), "5.3"),
            ("Exhibit B", Some("B"), ""),
        ] {
            let found = label(wanted);
            assert_eq!((found.0.as_deref(), found.1.as_str()), (letter, number));
        }
    }
}
