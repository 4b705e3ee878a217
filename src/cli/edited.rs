//! A deal file that a command changes: read, changed, checked, and put in its place in one step.

use super::files::{self, DealArgs};
use super::{Outcome, check, show};
use crate::deal::Deal;
use crate::deal::edit::{Assignment, Edited, edit};
use crate::diagnostic::{Report, Style};
use crate::source::Source;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// A deal file to be changed.
pub(super) struct Open {
    pub(super) path: PathBuf,
    pub(super) source: Arc<Source>,
    pub(super) deal: Deal,
    /// Whether a byte order mark stood before the text.
    marked: bool,
}

/// Reads the deal file; `None` if it cannot be used, and then the report says why.
pub(super) fn open(args: &DealArgs, report: &mut Report) -> anyhow::Result<Option<Open>> {
    let (path, _) = files::deal_path(&args.deal)?;
    anyhow::ensure!(
        path != std::path::Path::new("-"),
        "this command changes the deal file; name one"
    );
    let Some((source, marked)) = files::source(&path, report)? else {
        return Ok(None);
    };
    Ok(Deal::read(&source, report).map(|deal| Open {
        path,
        source,
        deal,
        marked,
    }))
}

/// Applies the assignments, all or none, and writes the deal. `None` if nothing was written; findings are printed.
pub(super) fn write(
    open: &Open,
    assignments: &[Assignment],
    report: &mut Report,
    style: Style,
) -> anyhow::Result<Option<Edited>> {
    let edited = if report.has_errors() {
        None
    } else {
        edit(&open.source, assignments, report)
    };
    show(report, style)?;
    let Some(edited) = edited else {
        refused(report)?;
        return Ok(None);
    };
    let mark = if open.marked { "\u{FEFF}" } else { "" };
    files::replace(
        &open.path,
        format!("{mark}{}", edited.source.text).as_bytes(),
    )?;
    Ok(Some(edited))
}

/// Says that nothing was written.
pub(super) fn refused(report: &Report) -> anyhow::Result<Outcome> {
    writeln!(
        std::io::stderr(),
        "{}. Nothing was written.",
        check::summary(report)
    )?;
    Ok(Outcome::Findings)
}

/// A word of the command line as a text with a place, so that a finding can show it.
pub(super) fn word(flag: &str, text: &str) -> crate::source::At<String> {
    let source = Source::new(flag, text);
    let span = crate::source::Span::new(&source, 0..text.len());
    crate::source::At::new(text.to_owned(), span)
}
