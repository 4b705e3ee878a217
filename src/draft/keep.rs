//! What was signed keeps its places: numbers and letters of a signed agreement never move.
//!
//! In: the tree of the agreement as signed, and a new one. Out: the new one, in which every section that was signed
//! stands where it stood. One that the deal leaves out now is a heading that says so; a new one comes last among its
//! neighbours. What stands under the headings is not touched.

use crate::document::{Inline, Section};

/// Gives `new` the sections of `signed` in their order, and `reserved` as the title of those that it left out.
pub(super) fn keep(signed: &Section, new: &mut Section, reserved: &str) {
    let mut rest = std::mem::take(&mut new.sections);
    for was in &signed.sections {
        let place = rest.iter().position(|section| section.anchor == was.anchor);
        match place {
            Some(place) => {
                let mut section = rest.remove(place);
                keep(was, &mut section, reserved);
                new.sections.push(section);
            }
            None => new.sections.push(Section {
                anchor: was.anchor.clone(),
                label: was.label,
                title: vec![Inline::Text(reserved.to_owned())],
                blocks: Vec::new(),
                sections: Vec::new(),
            }),
        }
    }
    // The signature page stands last, whatever is new.
    let last = match new.sections.last() {
        Some(section) if section.label == crate::document::Label::Title && !rest.is_empty() => {
            new.sections.pop()
        }
        Some(_) | None => None,
    };
    new.sections.append(&mut rest);
    new.sections.extend(last);
}

/// Whether a section is one that was left out after signature.
pub(super) fn is_reserved(section: &Section) -> bool {
    section.blocks.is_empty() && section.sections.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Label;

    fn section(anchor: &str, sections: Vec<Section>) -> Section {
        Section {
            anchor: anchor.parse().expect("an anchor"),
            label: Label::Number,
            title: vec![Inline::Text(anchor.to_owned())],
            blocks: Vec::new(),
            sections,
        }
    }

    fn names(of: &Section) -> Vec<String> {
        of.sections
            .iter()
            .map(|section| crate::document::walk::text(&section.title))
            .collect()
    }

    #[test]
    fn what_is_left_out_is_reserved_and_what_is_new_comes_last() {
        let leaf = |name: &str| section(name, Vec::new());
        let signed = section("whole", vec![leaf("a"), leaf("b"), leaf("c")]);
        let mut new = section("whole", vec![leaf("new"), leaf("c"), leaf("a")]);
        keep(&signed, &mut new, "[Reserved]");
        assert_eq!(names(&new), ["a", "[Reserved]", "c", "new"]);
        let mut same = signed.clone();
        keep(&signed, &mut same, "[Reserved]");
        assert_eq!(same, signed);
    }
}
