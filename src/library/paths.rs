//! Every path of every tag, checked when the library is loaded.
//!
//! A path must exist, and where a value may be absent it may only be used where the template has made sure
//! that it is there: because the clause needs it, or inside an `if` that asks for it. So a misspelt path is
//! an error at its characters, never a clause that silently vanishes.

mod look_up;

use look_up::unknown;

use super::clause::{Clause, Variant};
use super::expression::{self, Expression, Path, Statement};
use super::mask::{Body, TagKind, unclosed};
use crate::deal::TermPath;
use crate::deal::shape::{Leaf, RecordShape, Shape};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;
use crate::units::nearest;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The filters that clauses may use.
pub(super) const FILTERS: &[&str] = &[
    "list", "list_or", "sentence", "period", "lower", "upper", "length", "first", "last", "join",
];

/// Checks all templates of all clauses. `anchors` are the names that references may lead to, if they are known.
pub(super) fn check(
    clauses: &BTreeMap<String, Clause>,
    root: &'static RecordShape,
    anchors: Option<&BTreeSet<String>>,
    report: &mut Report,
) {
    for clause in clauses.values() {
        let known = needs(&clause.needs, root, report);
        for variant in &clause.variants {
            Walk {
                root,
                anchors,
                body: &variant.body,
                report,
                scopes: Vec::new(),
                known: known.clone(),
                fresh: 0,
            }
            .template(variant);
        }
    }
}

/// The paths that are there because the clause needs them.
pub(super) fn needs(
    needs: &[At<TermPath>],
    root: &'static RecordShape,
    report: &mut Report,
) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for need in needs {
        let mut shape = Shape::Record(root);
        let mut path = String::new();
        for key in need.as_str().split('.') {
            let Some(next) = step(shape, key) else {
                report.push(unknown(&need.span, need.as_str(), key, shape));
                break;
            };
            shape = next;
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
            known.insert(path.clone());
        }
    }
    known
}

/// What stands under `key` of a value of this shape.
fn step(shape: Shape, key: &str) -> Option<Shape> {
    match shape.present() {
        Shape::Record(record) => record.field(key).map(|field| field.shape),
        Shape::Leaf(Leaf {
            names: Some(seen), ..
        }) => seen.field(key).map(|field| field.shape),
        Shape::Leaf(_)
        | Shape::Flag
        | Shape::Number
        | Shape::List(_)
        | Shape::Choices
        | Shape::Reasons => None,
        Shape::Option(_) => None,
    }
}

/// A name that a template gives: by `for` or `set`.
#[derive(Clone)]
struct Name {
    name: String,
    /// `None` if that was reported as an error: what follows from it is not worth telling.
    shape: Option<Shape>,
    /// The path that it stands for, or one of its own.
    path: String,
}

/// A block that is open, and what holds again once it is closed.
struct Scope {
    names: usize,
    known: BTreeSet<String>,
    /// What holds in the next branch: the condition so far was not met.
    otherwise: BTreeSet<String>,
    closes: Closes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Closes {
    If,
    For,
}

struct Walk<'a> {
    root: &'static RecordShape,
    anchors: Option<&'a BTreeSet<String>>,
    body: &'a Body,
    report: &'a mut Report,
    scopes: Vec<(Scope, Vec<Name>)>,
    known: BTreeSet<String>,
    fresh: usize,
}

impl Walk<'_> {
    fn template(&mut self, variant: &Variant) {
        let text = variant.body.text();
        let mut names: Vec<Name> = Vec::new();
        for tag in self.body.tags() {
            let inner = &text[tag.inner.clone()];
            let start = tag.inner.start;
            match tag.kind {
                TagKind::Remark => {}
                TagKind::Print => match expression::expression(inner, start) {
                    Ok(printed) => {
                        let printed_shape = self.look_up(&printed, &names, true);
                        self.printable(&printed, printed_shape);
                    }
                    Err(error) => self.unreadable(&error.message, error.at),
                },
                TagKind::Block => match expression::statement(inner, start) {
                    Ok(statement) => self.statement(statement, &mut names, tag.whole.clone()),
                    Err(error) => {
                        self.unreadable(&error.message, error.at);
                        self.open_unread(inner, &mut names);
                    }
                },
            }
        }
        if let Some(start) = unclosed(text) {
            let line = text[start..].find('\n').unwrap_or(text.len() - start);
            self.error(
                start..start + line,
                "a tag is not closed, or a quotation mark in it",
                "end it with the braces that it begins with: `{{ ... }}`, `{% ... %}`, `{! ... !}`",
            );
        } else if !self.scopes.is_empty() {
            let end = text.trim_end().len();
            self.error(
                end.saturating_sub(1)..end,
                "an `if` or `for` is not closed",
                "add `{% endif %}` or `{% endfor %}`",
            );
        }
    }

    fn statement(&mut self, statement: Statement, names: &mut Vec<Name>, tag: Range<usize>) {
        match statement {
            Statement::If(condition) => {
                self.look_up(&condition, names, false);
                self.open(Closes::If, names);
                self.branch(&condition, names);
            }
            Statement::ElseIf(condition) => {
                self.other_branch(names, &tag);
                self.look_up(&condition, names, false);
                self.branch(&condition, names);
            }
            Statement::Else => self.other_branch(names, &tag),
            Statement::EndIf => self.close(Closes::If, names, tag),
            Statement::EndFor => self.close(Closes::For, names, tag),
            Statement::For { name, list } => {
                let shape = self.look_up(&list, names, true);
                let each = match shape.map(Shape::present) {
                    Some(Shape::List(each)) => Some(*each),
                    Some(_) => {
                        self.error(
                            tag,
                            "this is not a list",
                            "`for` goes through lists only; use the value as it is",
                        );
                        None
                    }
                    None => None,
                };
                self.open(Closes::For, names);
                self.fresh += 1;
                names.push(Name {
                    path: format!("{name}#{}", self.fresh),
                    name,
                    shape: each,
                });
                names.push(Name {
                    name: "loop".to_owned(),
                    shape: Some(Shape::Record(&LOOP)),
                    path: "loop".to_owned(),
                });
            }
            Statement::Set { name, value } => {
                let shape = self.look_up(&value, names, false);
                self.fresh += 1;
                let path = match &value {
                    Expression::Path(path) => self
                        .resolve(path, names)
                        .map_or_else(String::new, |(_, path)| path),
                    _ => format!("{name}#{}", self.fresh),
                };
                names.push(Name { name, shape, path });
            }
            Statement::Other(word) => self.error(
                tag,
                &format!("clauses do not use `{word}`"),
                "a clause decides with `if`, repeats with `for` and names with `set`; nothing else",
            ),
        }
    }

    /// Opens the block that a tag was meant to open, so that its end is not reported too.
    fn open_unread(&mut self, inner: &str, names: &mut Vec<Name>) {
        let mut words = inner.split_whitespace();
        match (words.next(), words.next()) {
            (Some("if"), _) => self.open(Closes::If, names),
            (Some("for"), name) => {
                self.open(Closes::For, names);
                names.push(Name {
                    name: name.unwrap_or_default().to_owned(),
                    shape: None,
                    path: String::new(),
                });
            }
            (Some(_) | None, _) => {}
        }
    }

    fn open(&mut self, closes: Closes, names: &[Name]) {
        let scope = Scope {
            names: names.len(),
            known: self.known.clone(),
            otherwise: self.known.clone(),
            closes,
        };
        self.scopes.push((scope, names.to_vec()));
    }

    /// Enters a branch in which `condition` holds.
    fn branch(&mut self, condition: &Expression, names: &[Name]) {
        let mut otherwise = BTreeSet::new();
        self.facts(condition, names, false, &mut otherwise);
        let mut facts = BTreeSet::new();
        self.facts(condition, names, true, &mut facts);
        if let Some((scope, _)) = self.scopes.last_mut() {
            scope.otherwise.extend(otherwise);
        }
        self.known.extend(facts);
    }

    fn other_branch(&mut self, names: &mut Vec<Name>, tag: &Range<usize>) {
        match self.scopes.last() {
            Some((scope, _)) => {
                self.known = scope.otherwise.clone();
                names.truncate(scope.names);
            }
            None => self.error(
                tag.clone(),
                "there is no open `if` here",
                "delete the tag, or open an `if` before it",
            ),
        }
    }

    fn close(&mut self, closes: Closes, names: &mut Vec<Name>, tag: Range<usize>) {
        match self.scopes.pop() {
            Some((scope, before)) if scope.closes == closes => {
                self.known = scope.known;
                *names = before;
            }
            Some(_) | None => self.error(
                tag,
                "this closes nothing that is open",
                "every `if` has its `endif`, every `for` its `endfor`, and they do not cross",
            ),
        }
    }

    /// Adds to `facts` what is known to be there if `condition` comes out as `outcome`.
    fn facts(
        &self,
        condition: &Expression,
        names: &[Name],
        outcome: bool,
        facts: &mut BTreeSet<String>,
    ) {
        match (condition, outcome) {
            (Expression::Path(path), true) => facts.extend(self.prefixes(path, names)),
            (Expression::Not(inner), _) => self.facts(inner, names, !outcome, facts),
            (Expression::And(left, right), true) | (Expression::Or(left, right), false) => {
                self.facts(left, names, outcome, facts);
                self.facts(right, names, outcome, facts);
            }
            (Expression::Equal(left, right), true) => {
                for (side, other) in [(left, right), (right, left)] {
                    if let (Expression::Path(path), Expression::Literal(Some(_))) =
                        (side.as_ref(), other.as_ref())
                    {
                        facts.extend(self.prefixes(path, names));
                    }
                }
            }
            _ => {}
        }
    }

    fn prefixes(&self, path: &Path, names: &[Name]) -> Vec<String> {
        (1..=path.keys.len())
            .filter_map(|length| {
                let part = Path {
                    keys: path.keys[..length].to_vec(),
                    at: path.at.clone(),
                };
                self.resolve(&part, names).map(|(_, path)| path)
            })
            .collect()
    }

    /// The shape of a path and the path in full, if it exists.
    fn resolve(&self, path: &Path, names: &[Name]) -> Option<(Shape, String)> {
        let (first, _) = path.keys.first()?;
        let (mut shape, mut full) = match names.iter().rev().find(|name| name.name == *first) {
            Some(name) => (name.shape?, name.path.clone()),
            None => (self.root.field(first)?.shape, first.clone()),
        };
        for (key, _) in &path.keys[1..] {
            shape = step(shape, key)?;
            full.push('.');
            full.push_str(key);
        }
        Some((shape, full))
    }

    fn filter(&mut self, name: &str, at: &Range<usize>) {
        if name == "safe" {
            self.error(
                at.clone(),
                "`safe` would let data become markup",
                "delete it: data is always printed as text",
            );
        } else if !FILTERS.contains(&name) {
            let help = nearest(name, FILTERS.iter().copied()).map_or_else(
                || format!("the filters are {}", FILTERS.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            self.error(at.clone(), &format!("there is no filter `{name}`"), &help);
        }
    }

    fn unreadable(&mut self, message: &str, at: Range<usize>) {
        self.error(
            at,
            message,
            "a tag holds paths, texts in quotation marks, `and`, `or`, `not`, `==`, `in`, filters and `if ... else`",
        );
    }

    fn error(&mut self, at: Range<usize>, message: &str, help: &str) {
        self.error_code(Code::BadTag, at, message, help);
    }

    fn error_code(&mut self, code: Code, at: Range<usize>, message: &str, help: &str) {
        self.report
            .push(Diagnostic::error(code, &self.body.span(at), message).help(help));
    }
}

/// A text of any kind.
const TEXT: Shape = Shape::Leaf(Leaf {
    expected: "text",
    pattern: "",
    choices: &[],
    names: None,
});

const LOOP: RecordShape = RecordShape {
    name: "loop",
    doc: "Where a `for` is.",
    fields: &[
        number("index", "The number of this round, from 1."),
        number("index0", "The number of this round, from 0."),
        number("length", "How many rounds there are."),
        flag("first", "Whether this is the first round."),
        flag("last", "Whether this is the last round."),
    ],
};

const fn number(key: &'static str, doc: &'static str) -> crate::deal::shape::FieldShape {
    crate::deal::shape::FieldShape {
        key,
        doc,
        shape: Shape::Number,
    }
}

const fn flag(key: &'static str, doc: &'static str) -> crate::deal::shape::FieldShape {
    crate::deal::shape::FieldShape {
        key,
        doc,
        shape: Shape::Flag,
    }
}
