//! The papers of a review: scorecard, amendment, restated exhibits, calendar, the next version of the deal.

use super::super::package::PackageFile;
use super::super::signed::Signing;

use super::copy::{Copied, EVENTS};
use super::inputs::Figures;
use super::restated::Made;
use crate::deal::edit::Edited;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::Document;
use crate::document::picture::Pictures;
use crate::document::resolve::{Part, Resolved};
use crate::draft::papers::{ChangeSeen, Plan, Tells, paper};
use crate::draft::statement::{PAGE, Shown, page};
use crate::draft::{Draft, calendar};
use crate::library::fill;
use crate::redline::{accept, redline, reject};
use crate::review::telling::Meeting;
use crate::write::redline::page as redlined_page;
use crate::write::{self, Format, Look};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// What the papers are made from.
pub(super) struct Desk<'a> {
    pub(super) signing: &'a Signing,
    pub(super) meeting: &'a Meeting<'a>,
    pub(super) made: &'a Made,
    pub(super) edited: &'a Edited,
    pub(super) figures: &'a Figures,
}

/// Every file of the package, and the terms that change as the papers tell of them; `None` if a paper cannot be
/// written.
pub(super) fn files(
    desk: &Desk<'_>,
    report: &mut Report,
) -> Option<(Vec<PackageFile>, Vec<ChangeSeen>)> {
    let look = super::super::draft::look(desk.meeting.new, desk.meeting.library);
    // What is told of the review, and what is only written anew, know nothing of each other.
    let (told, written) = rayon::join(
        || desk.told(&look, report),
        || {
            let statements = desk.statements(&look)?;
            Some((desk.restated(&look), statements))
        },
    );
    let (mut files, terms) = told?;
    let (restated, statements) = written?;
    for (exhibit, written, proved) in restated {
        files.extend(written);
        if !proved {
            report.push(
                Diagnostic::error(
                    Code::DocumentShape,
                    &desk.meeting.new.agreement.at,
                    format!("the redline of `{exhibit}` failed its proof"),
                )
                .help("please report this with the deal: it is a fault of engross"),
            );
        }
    }
    files.extend(statements);
    if desk.made.amendment.is_some() {
        files.push(PackageFile::of(
            "deal.toml".to_owned(),
            desk.edited.source.text.as_bytes().to_vec(),
        ));
    }
    let dates = calendar(desk.meeting.new, &desk.made.draft.schedule);
    if !dates.events.is_empty() {
        files.push(PackageFile::of(
            "key-dates.ics".to_owned(),
            write::calendar(&dates).into_bytes(),
        ));
    }
    if let Some(copy) = &desk.figures.copy {
        let bytes = match copy {
            Copied::Held(text) => text.as_bytes().to_vec(),
            // Its bytes are written from the file that has them.
            Copied::Aside(_) => Vec::new(),
        };
        files.push(PackageFile::of(EVENTS.to_owned(), bytes));
    }
    files.sort_by(|one, two| one.name.cmp(&two.name));
    Some((files, terms))
}

/// An exhibit with its files, and whether its redline held.
type Restated<'a> = (&'a str, Vec<PackageFile>, bool);

impl Desk<'_> {
    /// The scorecard and the amendment, and the terms that they tell of.
    fn told(
        &self,
        look: &Look,
        report: &mut Report,
    ) -> Option<(Vec<PackageFile>, Vec<ChangeSeen>)> {
        let (meeting, made) = (self.meeting, self.made);
        let library = meeting.library;
        let terms = meeting.terms();
        let mut files = Vec::new();
        let name = meeting.time();
        let seen = meeting.scorecard(made.amendment, &made.editions, &terms);
        let imprint = fill(library.words.imprint_review.as_str(), &[("period", &name)]);
        let scorecard = paper(
            meeting.new,
            library,
            Plan {
                outline: "scorecard",
                name: "scorecard",
                title: &fill(library.reviews.scorecard.as_str(), &[("period", &name)]),
                imprint: &imprint,
            },
            Tells::Review(&seen),
            report,
        )?;
        all(&scorecard, &Pictures::default(), look, &mut files);
        if let Some(number) = made.amendment {
            let seen = meeting.amendment(number, &self.signing.record, &made.editions, &terms);
            let title = fill(
                library.reviews.amendment.as_str(),
                &[("number", &number.to_string())],
            );
            let amendment = paper(
                meeting.new,
                library,
                Plan {
                    outline: "amendment",
                    name: "amendment",
                    title: &title,
                    imprint: &self.imprint(number),
                },
                Tells::Amendment(&seen),
                report,
            )?;
            all(&amendment, &Pictures::default(), look, &mut files);
        }
        Some((files, terms))
    }

    /// The line under the title of what is restated.
    fn imprint(&self, number: u32) -> String {
        fill(
            self.meeting.library.words.imprint_restated.as_str(),
            &[
                ("amendment", &number.to_string()),
                ("date", &self.meeting.from.print()),
            ],
        )
    }

    /// Each exhibit that is restated, and its redline. Exhibits know nothing of each other.
    fn restated(&self, look: &Look) -> Vec<Restated<'_>> {
        let made = self.made;
        let Some(number) = made.amendment else {
            return Vec::new();
        };
        let resolved = made.draft.resolved.clone();
        let issued = resolved.with_imprint(&self.imprint(number));
        let restated = made.editions.par_iter().map(|edition| {
            let mut files = Vec::new();
            // The agreement that an exhibit refers to is elsewhere: it was signed, and is not issued again.
            if let Some(part) = issued.part(&edition.exhibit).map(Part::alone) {
                for format in Format::ALL {
                    files.push(PackageFile::of(
                        format!("{}.{}", edition.exhibit, format.ending()),
                        write::write(&part, &made.draft.pictures, look, format),
                    ));
                }
            }
            let proved = redlined(made.before(), &made.draft, &edition.exhibit, &mut files);
            (edition.exhibit.as_str(), files, proved)
        });
        restated.collect()
    }

    /// The statements of the period; `None` if one cannot be written.
    fn statements(&self, look: &Look) -> Option<Vec<PackageFile>> {
        let mut files = Vec::new();
        for (name, statement) in &self.figures.statements {
            let shown = Shown {
                made: statement,
                deal: self.meeting.old,
                library: self.meeting.library,
                draft: self.made.before(),
                left_out: 0,
            };
            // Both `amendments/01` and `reviews/2027-q1` stand two folders below the deal.
            let (resolved, folds) = page(&shown, Some("../../signed/"))?;
            let look = Look {
                folds,
                ..look.clone()
            };
            if let Some(part) = resolved.part(PAGE) {
                for format in Format::ALL {
                    files.push(PackageFile::of(
                        format!("{PAGE}-{}.{}", name.to_lowercase(), format.ending()),
                        write::write(&part, &Pictures::default(), &look, format),
                    ));
                }
            }
        }
        Some(files)
    }
}

/// What changed in an exhibit, marked as lawyers mark it. False if the redline fails its proof: it is not issued.
fn redlined(before: &Draft, after: &Draft, exhibit: &str, files: &mut Vec<PackageFile>) -> bool {
    let (Some(old), Some(new)) = (before.resolved.part(exhibit), after.resolved.part(exhibit))
    else {
        return false;
    };
    let document = |part: &Part<'_>| Document {
        name: exhibit.to_owned(),
        imprint: None,
        root: part.root().clone(),
    };
    let (from, to) = (document(&old), document(&new));
    let redline = redline(&from, &to);
    if accept(&redline).as_ref() != Some(&to) || reject(&redline).as_ref() != Some(&from) {
        return false;
    }
    let side = |part, digest| redlined_page::Side {
        part,
        name: exhibit,
        digest,
    };
    let (old, new) = (side(&old, &before.digest), side(&new, &after.digest));
    let sheet = redlined_page::Sheet::default();
    files.push(PackageFile::of(
        format!("redline-{exhibit}.html"),
        redlined_page::page(&redline, old, new, &sheet, &redlined_page::Look::default())
            .into_bytes(),
    ));
    files.push(PackageFile::of(
        format!("redline-{exhibit}.md"),
        write::redline::markdown(
            &redline,
            old,
            new,
            &sheet,
            &redlined_page::Words::default(),
            false,
        )
        .into_bytes(),
    ));
    true
}

/// A paper in every format.
fn all(resolved: &Resolved, pictures: &Pictures, look: &Look, files: &mut Vec<PackageFile>) {
    for part in resolved.parts() {
        for format in Format::ALL {
            files.push(PackageFile::of(
                format!("{}.{}", part.name(), format.ending()),
                write::write(&part, pictures, look, format),
            ));
        }
    }
}

/// The words of an exhibit, without the line that says which draft it is.
pub(super) fn words(draft: &Draft, exhibit: &str) -> Option<String> {
    let part = draft.resolved.part(exhibit)?.without_imprint();
    let bytes = write::write(&part, &draft.pictures, &Look::default(), Format::Md);
    String::from_utf8(bytes).ok()
}
