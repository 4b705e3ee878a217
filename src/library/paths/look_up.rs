//! The paths of one expression, looked up in what a template may see.

use super::super::expression::{Expression, Path};
use super::{Name, TEXT, Walk};
use crate::deal::shape::{Leaf, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Period, Unit, nearest};
use std::collections::BTreeSet;

impl Walk<'_> {
    /// Checks every path of an expression; the shape of what it gives, if known.
    ///
    /// `needed` says that the value itself must be there: it is printed or gone through.
    pub(super) fn look_up(
        &mut self,
        what: &Expression,
        names: &[Name],
        needed: bool,
    ) -> Option<Shape> {
        match what {
            Expression::Path(path) => self.look_up_path(path, names, needed),
            Expression::Literal(_) => Some(TEXT),
            Expression::Not(inner) => {
                self.look_up(inner, names, false);
                Some(Shape::Flag)
            }
            Expression::And(left, right) => {
                self.look_up(left, names, false);
                let before = self.known.clone();
                let mut facts = BTreeSet::new();
                self.facts(left, names, true, &mut facts);
                self.known.extend(facts);
                let shape = self.look_up(right, names, false);
                self.known = before;
                shape
            }
            Expression::Or(left, right) => {
                let shape = self.look_up(left, names, false);
                let before = self.known.clone();
                let mut facts = BTreeSet::new();
                self.facts(left, names, false, &mut facts);
                self.known.extend(facts);
                self.look_up(right, names, needed);
                self.known = before;
                shape.map(Shape::present)
            }
            Expression::Equal(left, right) => {
                self.look_up(left, names, false);
                self.look_up(right, names, false);
                self.comparable(left, right, names);
                self.comparable(right, left, names);
                Some(Shape::Flag)
            }
            Expression::In(left, right) => {
                self.look_up(left, names, false);
                self.look_up(right, names, true);
                self.known_anchor(left, right);
                Some(Shape::Flag)
            }
            Expression::Choice { yes, condition, no } => {
                self.look_up(condition, names, false);
                let before = self.known.clone();
                let mut facts = BTreeSet::new();
                self.facts(condition, names, true, &mut facts);
                self.known.extend(facts);
                let shape = self.look_up(yes, names, needed);
                self.known.clone_from(&before);
                let mut facts = BTreeSet::new();
                self.facts(condition, names, false, &mut facts);
                self.known.extend(facts);
                self.look_up(no, names, needed);
                self.known = before;
                shape
            }
            Expression::Filter {
                value,
                name: (name, at),
                arguments,
            } => {
                let shape = self.look_up(value, names, true);
                for argument in arguments {
                    self.look_up(argument, names, true);
                }
                self.filter(name, at);
                if name == "period"
                    && let Expression::Literal(Some((text, within))) = value.as_ref()
                    && Period::from_text(text).is_err()
                {
                    self.error(
                        within.clone(),
                        &format!("`{text}` is not a length of time"),
                        "write a number and its unit, such as \"10 business days\"",
                    );
                }
                match name.as_str() {
                    "length" => Some(Shape::Number),
                    "first" | "last" => match shape {
                        Some(Shape::List(each)) => Some(*each),
                        other => other,
                    },
                    _ => Some(TEXT),
                }
            }
            Expression::Parts(parts) => {
                for part in parts {
                    self.look_up(part, names, true);
                }
                Some(TEXT)
            }
        }
    }

    fn look_up_path(&mut self, path: &Path, names: &[Name], needed: bool) -> Option<Shape> {
        let (first, _) = path.keys.first()?;
        let given = names.iter().rev().find(|name| name.name == *first);
        if given.is_some_and(|name| name.shape.is_none()) {
            return None;
        }
        let part = |length: usize| Path {
            keys: path.keys[..length].to_vec(),
            at: path.at.clone(),
        };
        // A slip of the pen comes first: a path that does not exist cannot be absent either.
        for length in 1..=path.keys.len() {
            if self.resolve(&part(length), names).is_none() {
                self.unknown_key(&part(length), names);
                return None;
            }
        }
        for length in 1..=path.keys.len() {
            let part = part(length);
            let (shape, full) = self.resolve(&part, names)?;
            let last = length == path.keys.len();
            let absent = matches!(shape, Shape::Option(_)) && !self.known.contains(&full);
            if absent && (!last || needed) {
                let shown: Vec<&str> = part.keys.iter().map(|(key, _)| key.as_str()).collect();
                let shown = shown.join(".");
                self.error_code(
                    Code::MaybeAbsent,
                    path.at.clone(),
                    &format!("`{shown}` may be absent from a deal"),
                    &format!("put the words inside `{{% if {shown} %}}`, or add it to the clause's `needs`"),
                );
                return None;
            }
            if last {
                return Some(if absent { shape } else { shape.present() });
            }
        }
        None
    }

    fn unknown_key(&mut self, path: &Path, names: &[Name]) {
        let Some(((key, at), before)) = path.keys.split_last() else {
            return;
        };
        let shown: Vec<&str> = path.keys.iter().map(|(key, _)| key.as_str()).collect();
        let span = self.body.span(at.clone());
        if before.is_empty() {
            let mut roots: Vec<&str> = self.root.fields.iter().map(|field| field.key).collect();
            roots.extend(names.iter().map(|name| name.name.as_str()));
            let help = nearest(key, roots.iter().copied()).map_or_else(
                || "templates see the tables of the deal file, and what the tool computes from them".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.report.push(
                Diagnostic::error(
                    Code::UnknownPath,
                    &span,
                    format!("`{key}` is not known here"),
                )
                .help(help),
            );
            return;
        }
        let parent = Path {
            keys: before.to_vec(),
            at: path.at.clone(),
        };
        if let Some((shape, _)) = self.resolve(&parent, names) {
            self.report
                .push(unknown(&span, &shown.join("."), key, shape));
        }
    }

    /// A word that is compared with a choice must be one of its words.
    fn comparable(&mut self, path: &Expression, word: &Expression, names: &[Name]) {
        let (Expression::Path(path), Expression::Literal(Some((word, at)))) = (path, word) else {
            return;
        };
        let Some((shape, _)) = self.resolve(path, names) else {
            return;
        };
        if let Shape::Leaf(leaf) = shape.present()
            && !leaf.choices.is_empty()
            && leaf.choices.iter().all(|(choice, _)| choice != word)
        {
            let words: Vec<&str> = leaf.choices.iter().map(|(choice, _)| *choice).collect();
            let keys: Vec<&str> = path.keys.iter().map(|(key, _)| key.as_str()).collect();
            self.error(
                at.clone(),
                &format!("`{}` is never \"{word}\"", keys.join(".")),
                &format!("it is one of \"{}\"", words.join("\", \"")),
            );
        }
    }

    /// A name that is looked for in `included` must be one that can be there.
    fn known_anchor(&mut self, name: &Expression, list: &Expression) {
        let (Expression::Literal(Some((name, at))), Expression::Path(list)) = (name, list) else {
            return;
        };
        let Some(anchors) = self.anchors else {
            return;
        };
        if list.keys.len() == 1 && list.keys[0].0 == "included" && !anchors.contains(name) {
            let help = nearest(name, anchors.iter().map(String::as_str)).map_or_else(
                || "name a clause, an article or a part of an outline".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.error_code(
                Code::UnknownReference,
                at.clone(),
                &format!("`{name}` is in no outline"),
                &help,
            );
        }
    }

    pub(super) fn printable(&mut self, printed: &Expression, shape: Option<Shape>) {
        let whole = match printed {
            Expression::Path(path) => path.at.clone(),
            _ => return,
        };
        let what = match shape {
            Some(Shape::Record(_)) => "a table",
            Some(Shape::List(_)) => "a list",
            Some(Shape::Flag) => "`true` or `false`",
            Some(Shape::Choices | Shape::Reasons) => "a table",
            Some(Shape::Leaf(Leaf { names: Some(_), .. })) => "a name of something else",
            Some(Shape::Leaf(_) | Shape::Number | Shape::Option(_)) | None => return,
        };
        self.error(
            whole,
            &format!("{what} cannot be printed as it is"),
            "print one of its values, such as `.name`, or join a list with `| list`",
        );
    }
}

fn keys(shape: Shape) -> Vec<&'static str> {
    match shape.present() {
        Shape::Record(record)
        | Shape::Leaf(Leaf {
            names: Some(record),
            ..
        }) => record.fields.iter().map(|field| field.key).collect(),
        Shape::Leaf(_)
        | Shape::Flag
        | Shape::Number
        | Shape::List(_)
        | Shape::Choices
        | Shape::Reasons
        | Shape::Option(_) => Vec::new(),
    }
}

pub(super) fn unknown(at: &crate::source::Span, path: &str, key: &str, shape: Shape) -> Diagnostic {
    let keys = keys(shape);
    let help = match (nearest(key, keys.iter().copied()), shape.present()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Shape::List(_)) => {
            "it is a list: go through it with `{% for one in list %}`".to_owned()
        }
        (None, _) if keys.is_empty() => "nothing stands under it".to_owned(),
        (None, _) => format!("known here: {}", keys.join(", ")),
    };
    Diagnostic::error(
        Code::UnknownPath,
        at,
        format!("`{path}`: there is no `{key}`"),
    )
    .help(help)
}
