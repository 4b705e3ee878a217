//! Which values a wording looked up on its way to the page.
//!
//! In: a wording and what a template may see. Out: every path that one deal makes it print, or that decided what
//! it prints. It goes through the tags as the template engine does: one branch of an `if`, each round of a
//! `for` with its place in the list. What it cannot work out, such as a sum, it takes for either way, so that it
//! may name a path too many and never one too few.

use super::expression::{self, Expression, Path, Statement};
use super::mask::{Body, TagKind};
use crate::source::Span;
use std::ops::Range;
use tera::value::Key;
use tera::{Context, Map, Value};

/// What a wording does with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It prints it.
    Printed,
    /// It decides by it what else is printed, or how often.
    Decides,
}

/// A value that a wording looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Where it stands in what a template sees, places in a list counted from 1: `economics.tiers.tier.2.pays`.
    /// Whether the agreement has the clause `x` is called `included.x`.
    pub path: String,
    /// What it is for.
    pub role: Role,
    /// The tag's path in the clause file.
    pub at: Span,
}

/// Every value that `body` looks up when it is filled in from `context`, in the order of the text.
pub fn trace(body: &Body, context: &Context) -> Vec<Use> {
    let mut tags = body.tags().iter().filter_map(|tag| {
        let inner = &body.text()[tag.inner.clone()];
        match tag.kind {
            TagKind::Remark => None,
            TagKind::Print => expression::expression(inner, tag.inner.start)
                .ok()
                .map(Step::Print),
            TagKind::Block => expression::statement(inner, tag.inner.start)
                .ok()
                .map(Step::Do),
        }
    });
    let mut nodes = Vec::new();
    parse(&mut tags, &mut nodes);
    let mut trace = Trace {
        body,
        context,
        names: Vec::new(),
        uses: Vec::new(),
    };
    trace.go(&nodes);
    trace.uses
}

enum Step {
    Print(Expression),
    Do(Statement),
}

/// A piece of a template, tags only.
enum Node {
    Print(Expression),
    /// Each condition, nothing for `else`, with what it leads to.
    If(Vec<(Option<Expression>, Vec<Node>)>),
    For(String, Expression, Vec<Node>),
    Set(String, Expression),
}

/// Reads nodes up to the tag that ends them, which it returns.
fn parse(steps: &mut impl Iterator<Item = Step>, nodes: &mut Vec<Node>) -> Option<Statement> {
    while let Some(step) = steps.next() {
        match step {
            Step::Print(printed) => nodes.push(Node::Print(printed)),
            Step::Do(Statement::Set { name, value }) => nodes.push(Node::Set(name, value)),
            Step::Do(Statement::For { name, list }) => {
                let mut inner = Vec::new();
                parse(steps, &mut inner);
                nodes.push(Node::For(name, list, inner));
            }
            Step::Do(Statement::If(condition)) => {
                let mut branches = Vec::new();
                let mut condition = Some(condition);
                loop {
                    let mut inner = Vec::new();
                    let end = parse(steps, &mut inner);
                    branches.push((condition.take(), inner));
                    match end {
                        Some(Statement::ElseIf(next)) => condition = Some(next),
                        Some(Statement::Else) => {}
                        Some(
                            Statement::If(_)
                            | Statement::EndIf
                            | Statement::For { .. }
                            | Statement::EndFor
                            | Statement::Set { .. }
                            | Statement::Other(_),
                        )
                        | None => break,
                    }
                }
                nodes.push(Node::If(branches));
            }
            Step::Do(
                end @ (Statement::ElseIf(_)
                | Statement::Else
                | Statement::EndIf
                | Statement::EndFor),
            ) => return Some(end),
            Step::Do(Statement::Other(_)) => {}
        }
    }
    None
}

/// What an expression came to; no value if that is not known here.
#[derive(Clone, Default)]
struct Found {
    value: Option<Value>,
    path: Option<String>,
}

impl Found {
    fn flag(value: Option<bool>) -> Found {
        Found {
            value: value.map(Value::from),
            path: None,
        }
    }

    fn truth(&self) -> Option<bool> {
        self.value.as_ref().map(Value::is_truthy)
    }
}

struct Trace<'a> {
    body: &'a Body,
    context: &'a Context,
    names: Vec<(String, Found)>,
    uses: Vec<Use>,
}

impl Trace<'_> {
    fn go(&mut self, nodes: &[Node]) {
        let names = self.names.len();
        for node in nodes {
            match node {
                Node::Print(printed) => {
                    self.look_up(printed, Role::Printed);
                }
                Node::Set(name, value) => {
                    let found = self.look_up(value, Role::Decides);
                    self.names.push((name.clone(), found));
                }
                Node::If(branches) => {
                    for (condition, inner) in branches {
                        let holds = condition.as_ref().map_or(Some(true), |condition| {
                            self.look_up(condition, Role::Decides).truth()
                        });
                        if holds != Some(false) {
                            self.go(inner);
                        }
                        if holds == Some(true) {
                            break;
                        }
                    }
                }
                Node::For(name, list, inner) => {
                    let list = self.look_up(list, Role::Decides);
                    let items = list.value.as_ref().and_then(Value::as_array);
                    let items = items.unwrap_or_default().to_vec();
                    let length = items.len();
                    for (index, item) in items.into_iter().enumerate() {
                        let found = Found {
                            value: Some(item),
                            path: list
                                .path
                                .as_ref()
                                .map(|path| format!("{path}.{}", index + 1)),
                        };
                        self.names.push((name.clone(), found));
                        self.names.push(("loop".to_owned(), round(index, length)));
                        self.go(inner);
                        self.names.truncate(self.names.len() - 2);
                    }
                }
            }
        }
        self.names.truncate(names);
    }

    fn look_up(&mut self, what: &Expression, role: Role) -> Found {
        match what {
            Expression::Path(path) => self.path(path, role),
            Expression::Literal(text) => Found {
                value: text.as_ref().map(|(text, _)| Value::normal_string(text)),
                path: None,
            },
            Expression::Not(inner) => {
                let inner = self.look_up(inner, Role::Decides);
                Found::flag(inner.truth().map(|truth| !truth))
            }
            Expression::And(left, right) => {
                let left = self.look_up(left, Role::Decides);
                if left.truth() == Some(false) {
                    return Found::flag(Some(false));
                }
                let right = self.look_up(right, role);
                match (left.truth(), right.truth()) {
                    (_, Some(false)) => Found::flag(Some(false)),
                    (Some(_), _) => right,
                    (None, _) => Found::default(),
                }
            }
            Expression::Or(left, right) => {
                let before = self.uses.len();
                let found = self.look_up(left, role);
                match found.truth() {
                    Some(true) => found,
                    Some(false) => {
                        for used in &mut self.uses[before..] {
                            used.role = Role::Decides;
                        }
                        self.look_up(right, role)
                    }
                    None => {
                        let right = self.look_up(right, role);
                        Found::flag(right.truth().filter(|truth| *truth))
                    }
                }
            }
            Expression::Equal(left, right) => {
                let left = self.look_up(left, Role::Decides);
                let right = self.look_up(right, Role::Decides);
                Found::flag(same(&left, &right))
            }
            Expression::In(left, right) => self.contains(left, right),
            Expression::Choice { yes, condition, no } => {
                match self.look_up(condition, Role::Decides).truth() {
                    Some(true) => self.look_up(yes, role),
                    Some(false) => self.look_up(no, role),
                    None => {
                        self.look_up(yes, role);
                        self.look_up(no, role);
                        Found::default()
                    }
                }
            }
            Expression::Filter {
                value,
                name: (name, _),
                arguments,
            } => {
                let before = self.uses.len();
                let found = self.look_up(value, role);
                for argument in arguments {
                    self.look_up(argument, role);
                }
                if matches!(name.as_str(), "first" | "last") {
                    return self.end_of_list(&found, name == "first", before);
                }
                // A filter changes how words look, not whether there are any.
                Found {
                    value: found
                        .value
                        .filter(|value| name != "length" && value.as_str().is_some()),
                    path: None,
                }
            }
            Expression::Parts(parts) => {
                for part in parts {
                    self.look_up(part, role);
                }
                Found::default()
            }
        }
    }

    /// The first or last entry of a list; the uses from `before` on were of the whole list.
    fn end_of_list(&mut self, list: &Found, first: bool, before: usize) -> Found {
        let items = list.value.as_ref().and_then(Value::as_array);
        let Some(items) = items.filter(|items| !items.is_empty()) else {
            return Found::default();
        };
        let index = if first { 0 } else { items.len() - 1 };
        let path = list
            .path
            .as_ref()
            .map(|path| format!("{path}.{}", index + 1));
        if let (Some(used), Some(path)) = (self.uses[before..].last_mut(), &path) {
            used.path.clone_from(path);
        }
        Found {
            value: items.get(index).cloned(),
            path,
        }
    }

    fn contains(&mut self, item: &Expression, list: &Expression) -> Found {
        if let (Expression::Literal(Some((name, _))), Expression::Path(path)) = (item, list)
            && let [(key, _)] = path.keys.as_slice()
            && key == "included"
        {
            let found = self.find(path);
            self.note(format!("included.{name}"), Role::Decides, &path.at);
            return Found::flag(holds(&found, name));
        }
        let item = self.look_up(item, Role::Decides);
        let list = self.look_up(list, Role::Decides);
        let name = item.value.as_ref().and_then(Value::as_str);
        Found::flag(name.and_then(|name| holds(&list, name)))
    }

    fn path(&mut self, path: &Path, role: Role) -> Found {
        let found = self.find(path);
        if let Some(full) = &found.path {
            self.note(full.clone(), role, &path.at);
        }
        found
    }

    fn note(&mut self, path: String, role: Role, at: &Range<usize>) {
        self.uses.push(Use {
            path,
            role,
            at: self.body.span(at.clone()),
        });
    }

    fn find(&self, path: &Path) -> Found {
        let Some(((first, _), rest)) = path.keys.split_first() else {
            return Found::default();
        };
        let mut found = match self.names.iter().rev().find(|(name, _)| name == first) {
            Some((_, found)) => found.clone(),
            None => Found {
                value: Some(self.context.get(first).cloned().unwrap_or_else(Value::none)),
                path: Some(first.clone()),
            },
        };
        for (key, _) in rest {
            found.value = found.value.map(|value| {
                let inner = value.as_map().and_then(|map| map.get(&Key::Str(key)));
                inner.cloned().unwrap_or_else(Value::none)
            });
            if let Some(path) = &mut found.path {
                path.push('.');
                path.push_str(key);
            }
        }
        found
    }
}

/// What `loop` is in the round `index` of `length`.
fn round(index: usize, length: usize) -> Found {
    let number = |count: usize| Value::from(u64::try_from(count).unwrap_or(u64::MAX));
    let mut map = Map::default();
    map.insert(Key::Str("index"), number(index + 1));
    map.insert(Key::Str("index0"), number(index));
    map.insert(Key::Str("length"), number(length));
    map.insert(Key::Str("first"), Value::from(index == 0));
    map.insert(Key::Str("last"), Value::from(index + 1 == length));
    Found {
        value: Some(Value::from(map)),
        path: None,
    }
}

/// Whether both are the same words, if both are words or one of them is nothing.
fn same(left: &Found, right: &Found) -> Option<bool> {
    let (left, right) = (left.value.as_ref()?, right.value.as_ref()?);
    let nothing = |value: &Value| value.is_none() || value.is_undefined();
    match (left.as_str(), right.as_str()) {
        (Some(left), Some(right)) => Some(left == right),
        (Some(_), None) if nothing(right) => Some(false),
        (None, Some(_)) if nothing(left) => Some(false),
        (None | Some(_), None | Some(_)) => None,
    }
}

/// Whether the list holds `name`, if it is a list.
fn holds(list: &Found, name: &str) -> Option<bool> {
    let items = list.value.as_ref()?.as_array()?;
    Some(items.iter().any(|item| item.as_str() == Some(name)))
}

#[cfg(test)]
mod tests;
