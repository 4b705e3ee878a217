//! `engross coverage`: what reviewers look for, and what the deal makes of it.
//!
//! As JSON:
//!
//! ```text
//! { "agreement": { "title", "draft", "digest" },
//!   "summary": { "present", "absent", "undecided", "all" },
//!   "groups": [ { "key", "title", "heads": [
//!     { "key", "title", "state": "present" | "absent" | "undecided",
//!       "clauses": [ { "clause", "title", "section", "anchor" } ],
//!       "notes": [ { "kind": "in-part" | "no-clause" | "missing" | "not-listed" | "left-out" | "reason" | "denied" | "in-deal",
//!                    "text", and "path", "clause", "reason", "at" where it has them } ] } ] } ] }
//! ```

use super::Outcome;
use super::draft::look;
use super::drafted::{Drafted, columns, drafted, place, place_json, print_json};
use super::files::{DealArgs, shown};
use super::package::MANIFEST;
use crate::diagnostic::Style;
use crate::document::picture::Pictures;
use crate::draft::coverage::{
    Note, PAGE, Printed, Review, Reviewed, State, how, note, page, places, review, state, summary,
    title,
};
use crate::write;
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

const AFTER: &str = "\
A head is absent only if somebody said so: `[clauses] x = { leave_out = \"why\" }` or `[absent] x = \"why\"` in the
deal, or a clause of the agreement. What nobody decided is undecided.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// How to print it
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,

    /// Write the page `coverage.internal.html` to this folder, which must not be one that the other side gets
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The folder of the agreement, which the page links to [default: `out` beside the deal file]
    #[arg(long, value_name = "DIR")]
    agreement: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum PageFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// An internal page with links into the agreement
    Html,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    if let Some(out) = &args.out {
        anyhow::ensure!(
            !out.join(MANIFEST).exists(),
            "`{}` is a package for the other side; write internal pages to another folder",
            shown(out)
        );
    }
    let Some(made) = drafted(&args.deal, style)? else {
        return Ok(Outcome::Findings);
    };
    let review = review(&made.deal, &made.library, &made.draft)
        .context("the heads of the library cannot be reviewed")?;
    match (args.format, &args.out) {
        (PageFormat::Html, _) | (PageFormat::Text, Some(_)) => html(args, &made, &review),
        (PageFormat::Text, None) => {
            std::io::stdout().write_all(text(&made, &review).as_bytes())?;
            Ok(Outcome::Clean)
        }
        (PageFormat::Json, None) => print_json(&as_json(&made, &review)),
        (PageFormat::Json, Some(_)) => {
            anyhow::bail!("`--out` writes the page; print JSON without it")
        }
    }
}

fn text(made: &Drafted, review: &Review<'_>) -> String {
    let words = &made.library.coverage.words;
    let mut rows = Vec::new();
    for (_, heads) in &review.groups {
        rows.extend(heads.iter().map(|head| row(made, head)));
    }
    // One set of columns for all groups: their lines are printed together and parted afterwards.
    let printed = columns(&rows, "  ");
    let mut lines = printed.lines();
    let mut text = format!(
        "Coverage of the {}, draft {}, {}\n",
        made.deal.agreement.title, *made.deal.agreement.draft, made.draft.digest
    );
    for (group, heads) in &review.groups {
        let _ = writeln!(text, "\n{}", group.title);
        for line in lines.by_ref().take(heads.len()) {
            text.push_str(line);
            text.push('\n');
        }
    }
    let _ = writeln!(text, "\n{}", summary(review, words));
    if review.count(State::Undecided) > 0 {
        let _ = writeln!(text, "{}", how(review, words));
    }
    text
}

fn row(made: &Drafted, reviewed: &Reviewed<'_>) -> Vec<String> {
    let words = &made.library.coverage.words;
    let mut last = numbers(&reviewed.clauses);
    for one in &reviewed.notes {
        let said = note(one, words);
        last.push(match note_place(one) {
            Some(at) => format!("{said} ({})", place(at)),
            None => said,
        });
    }
    vec![
        title(reviewed),
        state(reviewed.state, words).to_owned(),
        last.join("; "),
    ]
}

/// The numbers of the sections: `Section 7.1, 7.3`, `Exhibit A, 5.1, 5.3`.
fn numbers(clauses: &[Printed]) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut before = "";
    for place in places(clauses) {
        let (words, number) = place.number.rsplit_once(' ').unwrap_or_default();
        let counted = number.starts_with(|letter: char| letter.is_ascii_digit());
        match numbers.last_mut() {
            Some(last) if counted && words == before => {
                last.push_str(", ");
                last.push_str(number);
            }
            Some(_) | None => numbers.push(place.number.clone()),
        }
        before = words;
    }
    numbers
}

/// Where the deal says what a note says.
fn note_place(note: &Note) -> Option<&crate::source::Span> {
    match note {
        Note::LeftOut { at, .. } | Note::Reason { at, .. } => Some(at),
        Note::InPart
        | Note::NoClause
        | Note::Missing { .. }
        | Note::NotListed { .. }
        | Note::Denied
        | Note::InDeal { .. } => None,
    }
}

fn as_json(made: &Drafted, review: &Review<'_>) -> Value {
    let groups: Vec<Value> = review
        .groups
        .iter()
        .map(|(group, heads)| {
            json!({
                "key": group.key.as_str(),
                "title": group.title.as_str(),
                "heads": heads.iter().map(|head| head_json(made, head)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "agreement": {
            "title": made.deal.agreement.title.as_str(),
            "draft": made.deal.agreement.draft.value,
            "digest": made.draft.digest,
        },
        "summary": {
            "present": review.count(State::Present),
            "absent": review.count(State::Absent),
            "undecided": review.count(State::Undecided),
            "all": review.all(),
        },
        "groups": groups,
    })
}

fn head_json(made: &Drafted, reviewed: &Reviewed<'_>) -> Value {
    let clauses: Vec<Value> = reviewed
        .clauses
        .iter()
        .map(|clause| {
            json!({
                "clause": clause.clause,
                "title": clause.title,
                "section": clause.number,
                "anchor": clause.anchor.as_str(),
            })
        })
        .collect();
    json!({
        "key": reviewed.head.key.as_str(),
        "title": reviewed.head.title.as_str(),
        "state": match reviewed.state {
            State::Present => "present",
            State::Absent => "absent",
            State::Undecided => "undecided",
        },
        "clauses": clauses,
        "notes": reviewed.notes.iter().map(|note| note_json(made, note)).collect::<Vec<_>>(),
    })
}

fn note_json(made: &Drafted, note: &Note) -> Value {
    let mut fields = Map::new();
    let mut put = |key: &str, value: &str| {
        fields.insert(key.to_owned(), value.into());
    };
    let kind = match note {
        Note::InPart => "in-part",
        Note::NoClause => "no-clause",
        Note::Missing { path } => {
            put("path", path);
            "missing"
        }
        Note::NotListed { clause } => {
            put("clause", clause);
            "not-listed"
        }
        Note::LeftOut { clause, reason, .. } => {
            put("clause", clause);
            put("reason", reason);
            "left-out"
        }
        Note::Reason { reason, .. } => {
            put("reason", reason);
            "reason"
        }
        Note::Denied => "denied",
        Note::InDeal { path } => {
            put("path", path);
            "in-deal"
        }
    };
    put("kind", kind);
    put("text", &self::note(note, &made.library.coverage.words));
    if let Some(at) = note_place(note) {
        fields.insert("at".to_owned(), place_json(at));
    }
    Value::Object(fields)
}

fn html(args: &Args, made: &Drafted, review: &Review<'_>) -> anyhow::Result<Outcome> {
    let agreement = args
        .agreement
        .clone()
        .unwrap_or_else(|| made.folder.join("out"));
    let from = args.out.clone().unwrap_or_else(|| PathBuf::from("."));
    let folder = way(&from, &agreement)?;
    let pages = page(review, &made.deal, &made.library, &made.draft, &folder)
        .context("a section of the agreement has a name that begins with `coverage`")?;
    let part = pages.part(PAGE).context("the page has no text")?;
    let page = write::html(&part, &Pictures::new(), &look(&made.deal, &made.library));
    let Some(out) = &args.out else {
        std::io::stdout().write_all(page.as_bytes())?;
        return Ok(Outcome::Clean);
    };
    std::fs::create_dir_all(out)
        .with_context(|| format!("cannot make the folder `{}`", out.display()))?;
    let path = out.join(format!("{PAGE}.html"));
    // Written beside and moved, so that nobody reads half a page.
    let beside = out.join(format!(".{PAGE}.new"));
    std::fs::write(&beside, page)
        .and_then(|()| std::fs::rename(&beside, &path))
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{}", summary(review, &made.library.coverage.words))?;
    writeln!(stdout, "Wrote {}", shown(&path))?;
    Ok(Outcome::Clean)
}

/// The way from one folder to another as the beginning of a link, such as `../out/`.
pub(super) fn way(from: &Path, to: &Path) -> anyhow::Result<String> {
    let from = plain(from)?;
    let to = plain(to)?;
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut way = "../".repeat(from.len() - shared);
    for name in &to[shared..] {
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                way.push(char::from(byte));
            } else {
                let _ = write!(way, "%{byte:02X}");
            }
        }
        way.push('/');
    }
    Ok(way)
}

/// The names of the folders on the way from the root, without `.` and `..`.
fn plain(path: &Path) -> anyhow::Result<Vec<String>> {
    let path = std::path::absolute(path)
        .with_context(|| format!("cannot find the folder `{}`", path.display()))?;
    let mut names = Vec::new();
    for part in path.components() {
        match part {
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
            Component::ParentDir => {
                names.pop();
            }
            Component::Normal(name) => names.push(name.to_string_lossy().into_owned()),
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::way;
    use std::path::Path;

    #[test]
    fn a_link_leads_from_folder_to_folder() {
        for (from, to, link) in [
            ("/deals/a/internal", "/deals/a/out", "../out/"),
            ("/deals/a", "/deals/a/out", "out/"),
            ("/deals/a/out", "/deals/a/out", ""),
            ("/deals/./b/../a", "/deals/c d#1/out", "../c%20d%231/out/"),
        ] {
            let found = way(Path::new(from), Path::new(to)).expect("two folders");
            assert_eq!(found, link);
        }
    }
}
