//! What becomes of the documents: the agreement before and after the review, and the exhibits that are restated.

use super::super::signed::Signing;
use super::agreed::Agreed;
use super::papers;
use crate::deal::Deal;
use crate::deal::changes::{TermChange, changes};
use crate::diagnostic::Report;
use crate::draft::{Draft, Restated};
use crate::library::Library;
use crate::review::record;
use crate::review::telling::Edition;
use crate::units::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// What becomes of the documents.
pub(super) struct Made {
    /// The agreement with the changes.
    pub(super) draft: Draft,
    /// The exhibits that are restated, and the key terms.
    pub(super) editions: Vec<Edition>,
    /// The number of the amendment, if anything changes.
    pub(super) amendment: Option<u32>,
    /// Every term that changes.
    pub(super) changes: Vec<TermChange>,
    /// The agreement as it was in force before, unless that is how it stays.
    before: Option<Draft>,
}

impl Made {
    /// The agreement as it was in force before.
    pub(super) fn before(&self) -> &Draft {
        self.before.as_ref().unwrap_or(&self.draft)
    }
}

/// The agreement that was in force, and what was found in drafting it.
pub(super) struct Before {
    draft: Option<Draft>,
    report: Report,
}

impl Before {
    /// Drafts the deal that was agreed last.
    pub(super) fn draft(signing: &Signing, library: &Library, agreed: &Agreed) -> Before {
        let mut report = Report::new();
        let marks = signing.marks(u32::MAX);
        let (deal, signed) = (agreed.newest(), &agreed.signed);
        Before {
            draft: signing.draft_after(deal, library, signed, &marks, &mut report),
            report,
        }
    }
}

/// What the agreement is drafted from.
pub(super) struct Working<'a> {
    pub(super) signing: &'a Signing,
    pub(super) library: &'a Library,
    pub(super) agreed: &'a Agreed,
}

impl Working<'_> {
    /// Drafts the agreement with the changes, and finds the exhibits that are not what they were.
    pub(super) fn restate(
        &self,
        before: Before,
        new: &Deal,
        from: Date,
        report: &mut Report,
    ) -> Option<Made> {
        let old = self.agreed.newest();
        let quiet = before.report == Report::new();
        report.append(before.report);
        let before = before.draft?;
        // The same text makes the same agreement, and nothing was found that stands at another place in this file.
        if quiet && old.at.source().text == new.at.source().text {
            return Some(Made {
                draft: before,
                editions: Vec::new(),
                amendment: None,
                changes: Vec::new(),
                before: None,
            });
        }
        let mut marks = self.signing.marks(u32::MAX);
        let (after, changes) =
            rayon::join(|| self.draft(new, &marks, report), || changes(old, new));
        let after = after?;
        let number = self.signing.last() + 1;
        let newest = self.signing.record.newest();
        let moved = newest.into_par_iter().filter(|edition| {
            papers::words(&before, &edition.exhibit) != papers::words(&after, &edition.exhibit)
        });
        let moved: Vec<&record::Edition> = moved.collect();
        let editions: Vec<Edition> = moved
            .into_iter()
            .map(|edition| Edition {
                exhibit: edition.exhibit.clone(),
                letter: edition.letter.clone(),
                title: edition.title.clone(),
                number: edition.number + 1,
            })
            .collect();
        if editions.is_empty() {
            return Some(Made {
                draft: after,
                editions,
                amendment: None,
                changes,
                before: Some(before),
            });
        }
        for edition in &editions {
            marks.retain(|mark| mark.exhibit != edition.exhibit);
            marks.push(Restated {
                exhibit: edition.exhibit.clone(),
                number: edition.number,
                from,
                amendment: number,
            });
        }
        Some(Made {
            draft: self.draft(new, &marks, report)?,
            editions,
            amendment: Some(number),
            changes,
            before: Some(before),
        })
    }

    fn draft(&self, deal: &Deal, marks: &[Restated], report: &mut Report) -> Option<Draft> {
        let signed = &self.agreed.signed;
        (self.signing).draft_after(deal, self.library, signed, marks, report)
    }
}
