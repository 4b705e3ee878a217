//! A library read and checked.
//!
//! In: the texts of its files. Out: a [`Library`], or every finding at its place. What knows nothing of each other is
//! read side by side: clauses, and the words of everything else.

use super::clause::{self, Clause};
use super::{CalendarWords, INTERNAL, ModelWords, PictureWords, PrintedWords, ReviewWords};
use super::{Coverage, Late, Library, LibraryFile, Outline, Renderer, TermNames, Trust, words};
use super::{StatementWords, coverage, outline, paths, references, terms};
use crate::deal::shape::RecordShape;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};

impl Library {
    /// Loads a library, and checks it unless it is known to be sound. `root` is all that a template may see.
    ///
    /// Everything wrong with it is in the report; `None` if it cannot be used.
    pub fn load(
        files: Vec<LibraryFile>,
        root: &'static RecordShape,
        trust: Trust,
        report: &mut Report,
    ) -> Option<Library> {
        let mut before = Report::new();
        let (wordings, others): (Vec<LibraryFile>, Vec<LibraryFile>) = files
            .into_iter()
            .partition(|file| file.path.starts_with("clauses/") && file.path.ends_with(".md"));
        let mut of_others = Report::new();
        let (read, others) = rayon::join(
            || read_clauses(wordings, trust, &mut before),
            || Others::read(others, trust, &mut of_others),
        );
        let mut clauses = BTreeMap::new();
        // Clauses and outlines whose files are there and cannot be used: that is told once, at its place.
        let mut unread: BTreeSet<String> = BTreeSet::new();
        for read in read {
            unread.extend(read.unread);
            if let Some(clause) = read.clause {
                add(&mut clauses, clause, &mut before);
            }
        }
        before.append(of_others);
        let check = || match trust {
            Trust::Check => check(&clauses, &unread, &others, root),
            Trust::Sound => Report::new(),
        };
        // What the template engine has to say counts where our own checks, in plainer words, find nothing.
        let (checked, compiled) = rayon::join(check, || Renderer::new(&clauses, trust));
        before.append(checked);
        let renderer = compiled.map_err(|broken| broken.tell(&mut before)).ok();
        let broken = before.has_errors();
        report.append(before);
        let renderer = renderer.filter(|_| !broken)?;
        Some(Library {
            clauses,
            outlines: others.outlines,
            words: others.words?,
            calendar: others.calendar?,
            models: others.models?,
            pictures: others.pictures?,
            reviews: others.reviews?,
            coverage: others.coverage?,
            statement: others.statement?,
            terms: others.terms?,
            style: others.style,
            script: others.script,
            renderer,
        })
    }
}

/// What is wrong with clauses that can be read one by one.
fn check(
    clauses: &BTreeMap<String, Clause>,
    unread: &BTreeSet<String>,
    others: &Others,
    root: &'static RecordShape,
) -> Report {
    let mut found = Report::new();
    let outlines = &others.outlines;
    for outline in outlines.values() {
        outline::check(outline, clauses, unread, &mut found);
    }
    if !others.unread_outline {
        for clause in clauses.values() {
            check_listed(clause, outlines, &mut found);
        }
    }
    let mut ids = outline::anchors(outlines, clauses);
    ids.extend(unread.iter().cloned());
    let ids = (!others.unread_outline).then_some(&ids);
    paths::check(clauses, root, ids, &mut found);
    if let Some(ids) = ids {
        references::check(clauses, ids, &mut found);
    }
    if let Some(coverage) = &others.coverage {
        coverage::check(coverage, clauses, unread, root, &mut found);
    }
    if let Some(terms) = &others.terms {
        terms::check(terms, root, &mut found);
    }
    found
}

/// What a library has besides clauses.
#[derive(Default)]
struct Others {
    outlines: BTreeMap<String, Outline>,
    /// Whether there is an outline that cannot be used.
    unread_outline: bool,
    words: Option<PrintedWords>,
    calendar: Option<CalendarWords>,
    models: Option<ModelWords>,
    pictures: Option<PictureWords>,
    reviews: Option<Late<ReviewWords>>,
    coverage: Option<Late<Coverage>>,
    statement: Option<Late<StatementWords>>,
    terms: Option<Late<TermNames>>,
    style: String,
    script: String,
}

impl Others {
    fn read(files: Vec<LibraryFile>, trust: Trust, report: &mut Report) -> Others {
        let mut others = Others::default();
        let mut missing: BTreeSet<&str> = WORDS.into_iter().collect();
        for LibraryFile { path, text } in files {
            missing.remove(path.as_str());
            let source = Source::held(path.as_str(), text);
            match path.as_str() {
                "templates/words.toml" => others.words = words::table(&source, report),
                "templates/calendar.toml" => others.calendar = words::table(&source, report),
                "templates/models.toml" => others.models = words::table(&source, report),
                "templates/pictures.toml" => others.pictures = words::table(&source, report),
                "templates/review.toml" => others.reviews = Late::read(source, trust, report),
                "templates/coverage.toml" => others.coverage = Late::read(source, trust, report),
                "templates/statement.toml" => others.statement = Late::read(source, trust, report),
                "templates/terms.toml" => others.terms = Late::read(source, trust, report),
                "templates/page.css" => source.text.as_ref().clone_into(&mut others.style),
                "templates/page.js" => source.text.as_ref().clone_into(&mut others.script),
                // What `engross new` starts from; it has a reader of its own.
                "templates/new-deal.toml" => {}
                // Words of papers for our own side: no draft sees them, and their layer reads them itself.
                internal if internal.starts_with(INTERNAL) => {}
                path => {
                    let Some(name) = outline_name(path) else {
                        continue;
                    };
                    match outline::read(&source, report) {
                        Some(outline) => {
                            others.outlines.insert(name.to_owned(), outline);
                        }
                        None => others.unread_outline = true,
                    }
                }
            }
        }
        for path in missing {
            report.push(missing_words(path));
        }
        others
    }
}

/// What was read of one clause file.
struct ReadClause {
    clause: Option<Clause>,
    /// The name that others know the clause by, if its file has no clause of that name.
    unread: Option<String>,
}

/// Reads clause files, one half beside the other: they know nothing of each other.
fn read_clauses(mut files: Vec<LibraryFile>, trust: Trust, report: &mut Report) -> Vec<ReadClause> {
    let second = files.split_off(files.len() / 2);
    let read = |files: Vec<LibraryFile>| {
        let mut report = Report::new();
        let read: Vec<ReadClause> = files
            .into_iter()
            .map(|LibraryFile { path, text }| {
                let source = Source::held(path, text);
                let clause = clause::read(&source, trust, &mut report);
                let file = clause::file_name(&source);
                let named = clause.as_ref().map(|clause| clause.id.as_str()) == file;
                ReadClause {
                    unread: file.filter(|_| !named).map(str::to_owned),
                    clause,
                }
            })
            .collect();
        (read, report)
    };
    let (first, second) = rayon::join(|| read(files), || read(second));
    let mut clauses = Vec::new();
    for (read, found) in [first, second] {
        clauses.extend(read);
        report.append(found);
    }
    clauses
}

/// `partnership` for `templates/partnership.toml`.
fn outline_name(path: &str) -> Option<&str> {
    path.strip_prefix("templates/")?.strip_suffix(".toml")
}

/// The files of printed words that every library has.
const WORDS: [&str; 8] = [
    "templates/terms.toml",
    "templates/review.toml",
    "templates/coverage.toml",
    "templates/statement.toml",
    "templates/words.toml",
    "templates/calendar.toml",
    "templates/models.toml",
    "templates/pictures.toml",
];

fn missing_words(path: &str) -> Diagnostic {
    let nowhere = Source::new(path, "");
    Diagnostic::error(
        Code::MissingKey,
        &Span::whole(&nowhere),
        format!("the library has no file `{path}`"),
    )
    .help("copy it from the folder that `engross library export` writes")
}

fn add(clauses: &mut BTreeMap<String, Clause>, clause: Clause, report: &mut Report) {
    if let Some(first) = clauses.get(clause.id.as_str()) {
        report.push(
            Diagnostic::error(
                Code::DuplicateId,
                &clause.id.span,
                format!("two clauses have the id `{}`", clause.id.as_str()),
            )
            .also(&first.id.span, "the first one")
            .help("give one of them another id, and its file the same name"),
        );
        return;
    }
    clauses.insert(clause.id.as_str().to_owned(), clause);
}

/// A clause that no outline lists can never be printed.
fn check_listed(clause: &Clause, outlines: &BTreeMap<String, Outline>, report: &mut Report) {
    let id = clause.id.as_str();
    // That its file has another name is told already.
    if clause::file_name(clause.id.span.source()) != Some(id) {
        return;
    }
    if outlines.values().any(|outline| outline.lists(id)) {
        return;
    }
    report.push(
        Diagnostic::warning(
            Code::UnlistedClause,
            &clause.id.span,
            format!("clause `{id}` is in no outline"),
        )
        .help("list it in an outline under `templates/`, or delete it"),
    );
}
