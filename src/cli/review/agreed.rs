//! What a review starts from: what was signed and amended, found as it was recorded, and the deal as it is now.

use super::super::files;
use super::super::signed::{self, Signing};
use super::Args;
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::draft::Draft;
use crate::events::Version;
use crate::library::Library;
use crate::source::Source;
use crate::units::Date;
use std::path::Path;
use std::sync::Arc;

/// What lies beside the record.
pub(super) struct Opened {
    /// The library that was signed with.
    pub(super) library: Library,
    /// The deal file.
    pub(super) source: Arc<Source>,
    /// What it says.
    pub(super) deal: Deal,
}

/// Compares all that was recorded with what is there, and beside that reads the library and the deal. `None` if
/// anything is wrong: it is in the report.
pub(super) fn open(
    args: &Args,
    path: &Path,
    signing: &Signing,
    report: &mut Report,
) -> anyhow::Result<Option<Opened>> {
    let mut of_files = Report::new();
    let read = || {
        let library = signed::library(signing, args.deal.library.as_deref(), &mut of_files)?;
        let source = files::source(path, &mut of_files)?.map(|(source, _)| source);
        let deal = (source.as_ref()).and_then(|source| Deal::read(source, &mut of_files));
        anyhow::Ok(library.zip(source).zip(deal))
    };
    let (audited, read) = rayon::join(|| signed::audit::before_review(signing, report), read);
    audited?;
    let read = read?;
    report.append(of_files);
    let opened = read.map(|((library, source), deal)| Opened {
        library,
        source,
        deal,
    });
    Ok(opened.filter(|_| !report.has_errors()))
}

/// What was agreed: the signed deal, and what each amendment made of it.
pub(super) struct Agreed {
    /// Each deal with the number of its amendment and the day from which it holds; 0 is the signed one.
    versions: Vec<(u32, Date, Deal)>,
    /// The agreement as it was signed.
    pub(super) signed: Draft,
}

impl Agreed {
    /// Reads every version, and drafts the first one anew. `None` if something is not as it was recorded: it is in the
    /// report.
    pub(super) fn read(
        signing: &Signing,
        library: &Library,
        report: &mut Report,
    ) -> anyhow::Result<Option<Agreed>> {
        let Some(versions) = signing.versions(report)? else {
            return Ok(None);
        };
        let first = versions.first();
        let signed = first.and_then(|(_, _, deal)| signing.draft_of(deal, library, report));
        Ok(signed.map(|signed| Agreed { versions, signed }))
    }

    /// The deal as the last amendment made it.
    pub(super) fn newest(&self) -> &Deal {
        &self.versions[self.versions.len() - 1].2
    }

    /// The deal as an amendment made it.
    pub(super) fn version(&self, amendment: u32) -> &Deal {
        let found = (self.versions.iter()).find(|(number, _, _)| *number == amendment);
        found.map_or(self.newest(), |(_, _, deal)| deal)
    }

    /// All versions, the oldest first.
    pub(super) fn versions(&self) -> Vec<Version<'_>> {
        let all = self.versions.iter();
        all.map(|(_, from, deal)| Version { from: *from, deal })
            .collect()
    }
}
