//! The papers of a review: scorecard, amendment, restated exhibits, calendar, the next version of the deal.

use super::super::package::PackageFile;
use super::super::signed::Signing;
use super::Made;
use super::inputs::{Copied, EVENTS, Figures};
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

/// Every file of the package; `None` if a paper cannot be written.
pub(super) fn files(
    signing: &Signing,
    meeting: &Meeting<'_>,
    terms: &[ChangeSeen],
    made: &Made,
    edited: &Edited,
    figures: &Figures,
    report: &mut Report,
) -> Option<Vec<PackageFile>> {
    let library = meeting.library;
    let look = super::super::draft::look(meeting.new, library);
    let mut files = Vec::new();
    let name = meeting.time();
    let seen = meeting.scorecard(made.amendment, &made.editions, terms);
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
    all(&scorecard, &Pictures::default(), &look, &mut files);
    if let Some(number) = made.amendment {
        let seen = meeting.amendment(number, &signing.record, &made.editions, terms);
        let title = fill(
            library.reviews.amendment.as_str(),
            &[("number", &number.to_string())],
        );
        let imprint = fill(
            library.words.imprint_restated.as_str(),
            &[
                ("amendment", &number.to_string()),
                ("date", &meeting.from.print()),
            ],
        );
        let amendment = paper(
            meeting.new,
            library,
            Plan {
                outline: "amendment",
                name: "amendment",
                title: &title,
                imprint: &imprint,
            },
            Tells::Amendment(&seen),
            report,
        )?;
        all(&amendment, &Pictures::default(), &look, &mut files);
        let issued = made.draft.resolved.clone().with_imprint(&imprint);
        // Exhibits know nothing of each other.
        let restated = made.editions.par_iter().map(|edition| {
            let mut files = Vec::new();
            // The agreement that an exhibit refers to is elsewhere: it was signed, and is not issued again.
            if let Some(part) = issued.part(&edition.exhibit).map(Part::alone) {
                for format in Format::ALL {
                    files.push(PackageFile {
                        name: format!("{}.{}", edition.exhibit, format.ending()),
                        bytes: write::write(&part, &made.draft.pictures, &look, format),
                    });
                }
            }
            let proved = redlined(&made.before, &made.draft, &edition.exhibit, &mut files);
            (edition, files, proved)
        });
        let restated: Vec<_> = restated.collect();
        for (edition, written, proved) in restated {
            files.extend(written);
            if !proved {
                report.push(
                    Diagnostic::error(
                        Code::DocumentShape,
                        &meeting.new.agreement.at,
                        format!("the redline of `{}` failed its proof", edition.exhibit),
                    )
                    .help("please report this with the deal: it is a fault of engross"),
                );
            }
        }
        files.push(PackageFile {
            name: "deal.toml".to_owned(),
            bytes: edited.source.text.clone().into_bytes(),
        });
    }
    let dates = calendar(meeting.new, &made.draft.schedule);
    if !dates.events.is_empty() {
        files.push(PackageFile {
            name: "key-dates.ics".to_owned(),
            bytes: write::calendar(&dates).into_bytes(),
        });
    }
    for (name, statement) in &figures.statements {
        let shown = Shown {
            made: statement,
            deal: meeting.old,
            library,
            draft: &made.before,
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
                files.push(PackageFile {
                    name: format!("{PAGE}-{}.{}", name.to_lowercase(), format.ending()),
                    bytes: write::write(&part, &Pictures::default(), &look, format),
                });
            }
        }
    }
    if let Some(copy) = &figures.copy {
        let bytes = match copy {
            Copied::Held(text) => text.clone().into_bytes(),
            // Its bytes are written from the file that has them.
            Copied::Aside(_) => Vec::new(),
        };
        files.push(PackageFile {
            name: EVENTS.to_owned(),
            bytes,
        });
    }
    files.sort_by(|one, two| one.name.cmp(&two.name));
    Some(files)
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
    files.push(PackageFile {
        name: format!("redline-{exhibit}.html"),
        bytes: redlined_page::page(&redline, old, new, &sheet, &redlined_page::Look::default())
            .into_bytes(),
    });
    files.push(PackageFile {
        name: format!("redline-{exhibit}.md"),
        bytes: write::redline::markdown(
            &redline,
            old,
            new,
            &sheet,
            &redlined_page::Words::default(),
            false,
        )
        .into_bytes(),
    });
    true
}

/// A paper in every format.
fn all(resolved: &Resolved, pictures: &Pictures, look: &Look, files: &mut Vec<PackageFile>) {
    for part in resolved.parts() {
        for format in Format::ALL {
            files.push(PackageFile {
                name: format!("{}.{}", part.name(), format.ending()),
                bytes: write::write(&part, pictures, look, format),
            });
        }
    }
}

/// The words of an exhibit, without the line that says which draft it is.
pub(super) fn words(draft: &Draft, exhibit: &str) -> Option<String> {
    let part = draft.resolved.part(exhibit)?.without_imprint();
    let bytes = write::write(&part, &draft.pictures, &Look::default(), Format::Md);
    String::from_utf8(bytes).ok()
}
