//! Terms changed in the text of a deal file: comments and order stay, and each change has its reason beside it.
//!
//! In: the text, and assignments such as `economics.tiers.tier.1.to = "USD 200000"`. Out: the new text, read as a
//! deal and checked, and what changed; or a report, and then nothing has changed. Entries of a list are named by
//! their place, counted from 1, or by their id. What must follow a term is told ([`following`]), never guessed.

mod follow;
mod path;
mod place;

pub use follow::following;

use super::check;
use super::shape::Shape;
use super::{Deal, syntax};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Source};
use path::{Step, Target, resolve};
use place::{put, put_reason, reach, remark};
use std::sync::Arc;
use toml_edit::{DocumentMut, Item, Value};

/// One change that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The term, such as `economics.tiers.tier.1.to`.
    pub path: At<String>,
    /// Its new value as text, a list as `["a", "b"]`; `None` takes the term out.
    pub to: Option<At<String>>,
    /// Why, as it is written beside the term.
    pub reason: Option<String>,
    /// What is written above the term as a comment, for changes that leave its reason as it is.
    pub remark: Option<String>,
}

/// A deal file with its changes.
#[derive(Debug)]
pub struct Edited {
    /// The new text, under the name of the old.
    pub source: Arc<Source>,
    /// What it says.
    pub deal: Deal,
    /// Every term that was assigned, in the order of the assignments.
    pub changes: Vec<Changed>,
}

/// One term that was assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The path with places counted from 1: `economics.tiers.tier.1.to`.
    pub path: String,
    /// What stood there.
    pub from: Option<String>,
    /// What stands there now.
    pub to: Option<String>,
}

impl Changed {
    /// Whether the term has another value now.
    pub fn differs(&self) -> bool {
        self.from != self.to
    }
}

impl Assignment {
    /// Reads `path=value`, as it is typed on a command line.
    ///
    /// # Errors
    ///
    /// If there is no `=`: the finding, with its way out.
    pub fn parse(text: &Arc<Source>, reason: Option<&str>) -> Result<Assignment, Diagnostic> {
        let whole = crate::source::Span::new(text, 0..text.text.len());
        let Some(equals) = text.text.find('=') else {
            return Err(Diagnostic::error(
                Code::BadAssignment,
                &whole,
                format!("`{}` gives no term a value", text.text),
            )
            .help("write the path of a term, `=`, and its value: `economics.cap.amount=\"USD 500000\"`"));
        };
        let piece = |range: std::ops::Range<usize>| {
            let raw = &text.text[range.clone()];
            let start = range.start + (raw.len() - raw.trim_start().len());
            let value = raw.trim().to_owned();
            let span = crate::source::Span::new(text, start..start + value.len());
            At::new(value, span)
        };
        Ok(Assignment {
            path: piece(0..equals),
            to: Some(piece(equals + 1..text.text.len())),
            reason: reason.map(str::to_owned),
            remark: None,
        })
    }
}

/// Applies the assignments to the text of a deal file, all or none.
///
/// What is wrong with an assignment, or with the deal that would come of it, is in the report; then the answer is
/// `None`. Findings that are no errors are reported and stop nothing.
pub fn edit(
    source: &Arc<Source>,
    assignments: &[Assignment],
    report: &mut Report,
) -> Option<Edited> {
    let before = report.errors();
    let edited = rewrite(source, assignments, report)?;
    check::check(&edited.deal, report);
    (report.errors() == before).then_some(edited)
}

/// As [`edit`], but what the rules across tables say of the new deal is not looked at.
pub fn rewrite(
    source: &Arc<Source>,
    assignments: &[Assignment],
    report: &mut Report,
) -> Option<Edited> {
    let before = report.errors();
    let (text, changes) = rewritten(source, assignments, report)?;
    if report.errors() > before {
        return None;
    }
    let source = Source::new(source.name.clone(), text);
    let deal = Deal::read(&source, report)?;
    Some(Edited {
        source,
        deal,
        changes,
    })
}

/// The paths of assignments with their ids and short forms written out: `economics.tiers.tier.1.to`. As it was
/// written where one leads nowhere.
pub fn whole_paths<'a>(
    source: &Arc<Source>,
    assignments: impl IntoIterator<Item = &'a Assignment>,
) -> Vec<String> {
    let mut assignments = assignments.into_iter().peekable();
    if assignments.peek().is_none() {
        return Vec::new();
    }
    let lines = Lines::of(&source.text);
    let document: Option<DocumentMut> = lines.unix(&source.text).parse().ok();
    let whole = |assignment: &Assignment| {
        document
            .as_ref()
            .and_then(|document| resolve(document, &assignment.path).ok())
            .map_or_else(|| assignment.path.value.clone(), |target| target.path())
    };
    assignments.map(whole).collect()
}

/// The new text, and what changed in it. The deal that it makes is not looked at.
fn rewritten(
    source: &Arc<Source>,
    assignments: &[Assignment],
    report: &mut Report,
) -> Option<(String, Vec<Changed>)> {
    let lines = Lines::of(&source.text);
    let Ok(mut document) = lines.unix(&source.text).parse::<DocumentMut>() else {
        // The reader of deals tells the same better.
        if let Err(error) = toml::de::DeTable::parse(&source.text) {
            report.push(syntax(source, &error));
        } else {
            Deal::read(source, report);
        }
        return None;
    };
    let mut changes = Vec::new();
    for assignment in assignments {
        match resolve(&document, &assignment.path) {
            Ok(target) => match assign(&mut document, &target, assignment) {
                Ok(changed) => changes.push(changed),
                Err(finding) => report.push(*finding),
            },
            Err(finding) => report.push(*finding),
        }
    }
    Some((lines.as_before(&document.to_string()), changes))
}

/// How the lines of a text end.
struct Lines {
    windows: bool,
    last_open: bool,
}

impl Lines {
    fn of(text: &str) -> Lines {
        Lines {
            windows: text.contains("\r\n"),
            last_open: !text.ends_with('\n'),
        }
    }

    fn unix(&self, text: &str) -> String {
        if self.windows {
            text.replace("\r\n", "\n")
        } else {
            text.to_owned()
        }
    }

    fn as_before(&self, text: &str) -> String {
        let text = if self.last_open {
            text.strip_suffix('\n').unwrap_or(text)
        } else {
            text
        };
        if self.windows {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        }
    }
}

/// Sets one term, and its reason.
fn assign(
    document: &mut DocumentMut,
    target: &Target,
    assignment: &Assignment,
) -> Result<Changed, Box<Diagnostic>> {
    let new = match &assignment.to {
        Some(to) => Some(value(target, to, &assignment.path)?),
        None => None,
    };
    let changed = Changed {
        path: target.path(),
        from: here(document.as_item(), &target.steps).and_then(printed),
        to: new
            .as_ref()
            .and_then(|new| printed(&Item::Value(new.clone()))),
    };
    let Some((last, above)) = target.steps.split_last() else {
        return Err(Box::new(no_value(target, &assignment.path)));
    };
    // What stands there already keeps the remark on why.
    if !changed.differs() {
        return Ok(changed);
    }
    let table = reach(document, above, &assignment.path)?;
    put(table, last, new, &assignment.path)?;
    if let Some(reason) = &assignment.reason
        && changed.differs()
    {
        if let Some(depth) = target.reasoned {
            let table = reach(document, &target.steps[..depth], &assignment.path)?;
            put_reason(table, reason);
        } else {
            let table = reach(document, above, &assignment.path)?;
            remark(table, last, reason);
        }
    }
    if let Some(text) = &assignment.remark
        && changed.differs()
    {
        let table = reach(document, above, &assignment.path)?;
        remark(table, last, text);
    }
    Ok(changed)
}

/// The item at the end of `steps`, if it is there.
fn here<'d>(item: &'d Item, steps: &[Step]) -> Option<&'d Item> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(item);
    };
    let next = match step {
        Step::Key(key) => item.get(key.as_str())?,
        Step::Entry(index) => item.get(*index)?,
    };
    here(next, rest)
}

/// A value as it is read: text without its quotation marks.
fn printed(item: &Item) -> Option<String> {
    match item {
        Item::Value(Value::String(text)) => Some(text.value().clone()),
        Item::Value(value) => {
            let mut value = value.clone();
            value.decor_mut().clear();
            Some(value.to_string())
        }
        Item::Table(table) => Some(table.to_string().trim().to_owned()),
        Item::ArrayOfTables(_) | Item::None => None,
    }
}

/// The value that an assignment writes, in the form that its term takes.
fn value(target: &Target, to: &At<String>, path: &At<String>) -> Result<Value, Box<Diagnostic>> {
    let text = to.as_str();
    let wrong = |code: Code, what: &str, help: &str| {
        Box::new(Diagnostic::error(code, &to.span, format!("`{text}` is not {what}")).help(help))
    };
    match target.shape.present() {
        Shape::Leaf(_) => Ok(Value::from(unquoted(text))),
        Shape::Flag => text
            .parse::<bool>()
            .map(Value::from)
            .map_err(|_| wrong(Code::WrongType, "`true` or `false`", "write one of the two")),
        Shape::Number => text
            .parse::<u32>()
            .map(|number| Value::from(i64::from(number)))
            .map_err(|_| wrong(Code::BadCount, "a whole number", "write a number such as 2")),
        Shape::List(_) if text.starts_with('[') => text.parse::<Value>().map_err(|_| {
            wrong(
                Code::WrongType,
                "a list",
                "write `[\"one\", \"two\"]`, each text in quotation marks",
            )
        }),
        Shape::Choices | Shape::Reasons if text.starts_with('{') => {
            text.parse::<Value>().map_err(|_| {
                wrong(
                    Code::WrongType,
                    "a table on one line",
                    "write `{ leave_out = \"why\" }`",
                )
            })
        }
        Shape::Choices | Shape::Reasons if target.named => Ok(Value::from(unquoted(text))),
        Shape::Record(_) | Shape::List(_) | Shape::Choices | Shape::Reasons | Shape::Option(_) => {
            Err(Box::new(no_value(target, path)))
        }
    }
}

/// The text, without the quotation marks of somebody who quoted for TOML as well as for the shell.
fn unquoted(text: &str) -> &str {
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
}

fn no_value(target: &Target, path: &At<String>) -> Diagnostic {
    let help = match target.shape.present() {
        Shape::Record(record) => {
            let keys: Vec<&str> = record.fields.iter().map(|field| field.key).collect();
            format!("name one value under it: `{}`", keys.join("`, `"))
        }
        Shape::List(_) => {
            "name an entry by its place, counted from 1, or by its id; a list of texts is written `[\"one\", \"two\"]`".to_owned()
        }
        Shape::Leaf(_)
        | Shape::Flag
        | Shape::Number
        | Shape::Choices
        | Shape::Reasons
        | Shape::Option(_) => "name one value".to_owned(),
    };
    Diagnostic::error(
        Code::UnknownTerm,
        &path.span,
        format!("`{}` is more than one value", path.value),
    )
    .help(help)
}

#[cfg(test)]
mod tests;
