//! Whether a deal holds to a walk-away rule, and with what values.
//!
//! In: a [`Rule`], and all that it may name. Out: a [`Verdict`], or why the rule cannot be decided, at its characters.
//! What the deal leaves out is `none`, and so is everything under it; it equals `none` alone, and has no size or order.

use super::expression::{Fault, Rule};
use super::value::{Mismatch, Value};
use crate::units::{Decimal, Numerals};
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue};
use std::cmp::Ordering;

/// What a rule comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Whether the deal holds to it.
    pub(super) holds: bool,
    /// The terms that were looked at, with their values.
    pub(super) values: Vec<(String, String)>,
}

/// All that a rule may name.
pub(super) struct Scope<'a> {
    /// The tables of the deal, and what stands beside it.
    pub(super) names: Vec<(&'static str, Value<'a>)>,
    /// How values are printed.
    pub(super) numerals: Numerals,
}

/// Decides a rule.
pub(super) fn judge(rule: &Rule, scope: &Scope<'_>) -> Result<Verdict, Fault> {
    let mut judge = Judge {
        rule,
        scope,
        bound: Vec::new(),
        values: Vec::new(),
    };
    let found = judge.value(rule.root())?;
    match found {
        Value::Flag(holds) => Ok(Verdict {
            holds,
            values: telling(judge.values),
        }),
        other => Err(Fault::new(
            rule.extent(rule.root()),
            format!("a rule is yes or no, and this is {}", other.kind()),
            "compare it with a value, such as `exclusivity == none`",
        )),
    }
}

/// The values without the tables that one of their keys speaks for.
fn telling(values: Vec<(String, String)>) -> Vec<(String, String)> {
    let speaks = |path: &str| {
        let under = |other: &String| {
            other
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        values.iter().any(|(other, _)| under(other))
    };
    let told: Vec<bool> = values.iter().map(|(path, _)| !speaks(path)).collect();
    let mut told = told.into_iter();
    let mut values = values;
    values.retain(|_| told.next().unwrap_or(true));
    values
}

struct Judge<'r, 's, 'a> {
    rule: &'r Rule,
    scope: &'s Scope<'a>,
    /// Names of loops, the innermost last.
    bound: Vec<(String, Value<'a>)>,
    values: Vec<(String, String)>,
}

impl<'a> Judge<'_, '_, 'a> {
    fn value(&mut self, piece: &IdedExpr) -> Result<Value<'a>, Fault> {
        let value = self.unnoted(piece)?;
        if self.is_path(piece) {
            self.note(piece, &value);
        }
        Ok(value)
    }

    fn unnoted(&mut self, piece: &IdedExpr) -> Result<Value<'a>, Fault> {
        match &piece.expr {
            Expr::Ident(name) => Ok(self.name(name)),
            Expr::Literal(literal) => self.literal(piece, literal),
            Expr::List(list) => {
                let elements: Result<Vec<_>, _> = list
                    .elements
                    .iter()
                    .map(|element| self.value(element))
                    .collect();
                elements.map(Value::List)
            }
            Expr::Select(select) => {
                let table = self.unnoted(&select.operand)?;
                let found = match table {
                    Value::Record(fields) => fields
                        .into_iter()
                        .find(|(key, _)| *key == select.field)
                        .map_or(Value::Absent, |(_, value)| value),
                    Value::Absent
                    | Value::Flag(_)
                    | Value::Number(_)
                    | Value::Text(_)
                    | Value::Money(_)
                    | Value::Rate(_)
                    | Value::Count(_)
                    | Value::Period(_)
                    | Value::Date(_)
                    | Value::List(_) => Value::Absent,
                };
                if select.test {
                    return Ok(Value::Flag(found != Value::Absent));
                }
                Ok(found)
            }
            Expr::Call(call) => self.call(piece, call),
            Expr::Comprehension(loops) => self.comprehension(loops),
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => Err(self.unable(piece)),
        }
    }

    fn name(&self, name: &str) -> Value<'a> {
        let bound = self.bound.iter().rev().find(|(known, _)| known == name);
        if let Some((_, value)) = bound {
            return value.clone();
        }
        let known = self.scope.names.iter().find(|(known, _)| *known == name);
        known.map_or(Value::Absent, |(_, value)| value.clone())
    }

    fn literal(&self, piece: &IdedExpr, literal: &LiteralValue) -> Result<Value<'a>, Fault> {
        Ok(match literal {
            LiteralValue::Boolean(flag) => Value::Flag(*flag.inner()),
            LiteralValue::Int(number) => Value::Number(Decimal::from(*number.inner())),
            LiteralValue::UInt(number) => Value::Number(Decimal::from(*number.inner())),
            LiteralValue::Null => Value::Absent,
            LiteralValue::String(text) => Value::Text(text.inner().to_owned().into()),
            LiteralValue::Double(_) | LiteralValue::Bytes(_) => return Err(self.unable(piece)),
        })
    }

    fn call(&mut self, piece: &IdedExpr, call: &CallExpr) -> Result<Value<'a>, Fault> {
        let args: Vec<&IdedExpr> = call
            .target
            .as_deref()
            .into_iter()
            .chain(&call.args)
            .collect();
        match (call.func_name.as_str(), args.as_slice()) {
            ("_&&_", [one, two]) => self.both(one, two, false),
            ("_||_", [one, two]) => self.both(one, two, true),
            ("!_", [one]) => Ok(Value::Flag(!self.flag(one)?)),
            ("@not_strictly_false", [one]) => self.value(one),
            ("_?_:_", [test, yes, no]) => {
                if self.flag(test)? {
                    self.value(yes)
                } else {
                    self.value(no)
                }
            }
            ("_==_" | "_!=_", [one, two]) => {
                let (left, right) = (self.value(one)?, self.value(two)?);
                let same = left
                    .same(&right)
                    .map_err(|why| self.mismatch(one, two, &left, &right, why))?;
                Ok(Value::Flag(same == (call.func_name == "_==_")))
            }
            (compare @ ("_<_" | "_<=_" | "_>_" | "_>=_"), [one, two]) => {
                let order = self.order(one, two)?;
                Ok(Value::Flag(match compare {
                    "_<_" => order == Ordering::Less,
                    "_<=_" => order != Ordering::Greater,
                    "_>_" => order == Ordering::Greater,
                    _ => order != Ordering::Less,
                }))
            }
            ("@in", [one, two]) => {
                let (left, right) = (self.value(one)?, self.value(two)?);
                let Value::List(items) = &right else {
                    return Err(self.expected(two, &right, "a list"));
                };
                let any = items.iter().any(|item| left.same(item) == Ok(true));
                Ok(Value::Flag(any))
            }
            ("_[_]", [list, index]) => self.entry(list, index),
            ("size", [one]) => match self.value(one)? {
                Value::List(items) => Ok(Value::Number(Decimal::from(items.len()))),
                Value::Text(text) => Ok(Value::Number(Decimal::from(text.chars().count()))),
                Value::Absent => Ok(Value::Number(Decimal::ZERO)),
                other => Err(self.expected(one, &other, "a list")),
            },
            (test @ ("contains" | "startsWith" | "endsWith"), [one, two]) => {
                let (text, part) = (self.text(one)?, self.text(two)?);
                Ok(Value::Flag(match test {
                    "contains" => text.contains(&part),
                    "startsWith" => text.starts_with(&part),
                    _ => text.ends_with(&part),
                }))
            }
            ("-_", [one]) => match self.value(one)? {
                Value::Number(number) => Ok(Value::Number(-number)),
                other => Err(self.expected(one, &other, "a whole number")),
            },
            (sum @ ("_+_" | "_-_"), [one, two]) => self.sum(piece, one, two, sum == "_+_"),
            _ => Err(self.unable(piece)),
        }
    }

    /// `&&` and `||`: a side that decides makes up for one that cannot be decided.
    fn both(&mut self, one: &IdedExpr, two: &IdedExpr, decides: bool) -> Result<Value<'a>, Fault> {
        let left = self.flag(one);
        if left == Ok(decides) {
            return Ok(Value::Flag(decides));
        }
        let right = self.flag(two);
        match (left, right) {
            (_, Ok(right)) if right == decides => Ok(Value::Flag(decides)),
            (Ok(_), Ok(_)) => Ok(Value::Flag(!decides)),
            (Err(fault), _) | (Ok(_), Err(fault)) => Err(fault),
        }
    }

    fn sum(
        &mut self,
        piece: &IdedExpr,
        one: &IdedExpr,
        two: &IdedExpr,
        plus: bool,
    ) -> Result<Value<'a>, Fault> {
        let (left, right) = (self.value(one)?, self.value(two)?);
        let too_large = || {
            let help = "compare the two amounts as they are";
            Fault::new(self.rule.extent(piece), "the sum is too large", help)
        };
        match (&left, &right) {
            (Value::Number(one), Value::Number(two)) => {
                let sum = if plus {
                    one.checked_add(*two)
                } else {
                    one.checked_sub(*two)
                };
                sum.map(Value::Number).ok_or_else(too_large)
            }
            (Value::Money(one), Value::Money(two)) if one.currency() == two.currency() => {
                let sum = if plus {
                    one.plus(*two)
                } else {
                    one.minus(*two)
                };
                sum.map(Value::Money).ok_or_else(too_large)
            }
            (Value::List(one), Value::List(two)) if plus => {
                Ok(Value::List([one.as_slice(), two].concat()))
            }
            _ => Err(self.mismatch(one, two, &left, &right, Mismatch::Kinds)),
        }
    }

    /// An entry of a list: by its place from 0, or by the id of a table.
    fn entry(&mut self, list: &IdedExpr, index: &IdedExpr) -> Result<Value<'a>, Fault> {
        let items = match self.unnoted(list)? {
            Value::List(items) => items,
            Value::Absent => return Ok(Value::Absent),
            other => return Err(self.expected(list, &other, "a list")),
        };
        let wanted = self.unnoted(index)?;
        let found = match &wanted {
            Value::Number(place) => usize::try_from(*place)
                .ok()
                .and_then(|place| items.get(place).cloned()),
            Value::Text(id) => items
                .iter()
                .find(|item| match item {
                    Value::Record(fields) => fields
                        .iter()
                        .any(|(key, value)| *key == "id" && *value == Value::Text(id.clone())),
                    _ => false,
                })
                .cloned(),
            other => return Err(self.expected(index, other, "a place from 0, or an id")),
        };
        Ok(found.unwrap_or(Value::Absent))
    }

    fn comprehension(&mut self, loops: &ComprehensionExpr) -> Result<Value<'a>, Fault> {
        let items = match self.value(&loops.iter_range)? {
            Value::List(items) => items,
            Value::Absent => Vec::new(),
            other => return Err(self.expected(&loops.iter_range, &other, "a list")),
        };
        let mut so_far = self.unnoted(&loops.accu_init)?;
        let depth = self.bound.len();
        for item in items {
            self.bound.push((loops.iter_var.clone(), item));
            self.bound.push((loops.accu_var.clone(), so_far.clone()));
            let step = match self.unnoted(&loops.loop_cond) {
                Ok(Value::Flag(false)) => None,
                Ok(_) => Some(self.unnoted(&loops.loop_step)),
                Err(fault) => Some(Err(fault)),
            };
            self.bound.truncate(depth);
            match step {
                Some(step) => so_far = step?,
                None => break,
            }
        }
        self.bound.push((loops.accu_var.clone(), so_far));
        let result = self.unnoted(&loops.result);
        self.bound.truncate(depth);
        result
    }

    fn flag(&mut self, piece: &IdedExpr) -> Result<bool, Fault> {
        match self.value(piece)? {
            Value::Flag(flag) => Ok(flag),
            // What the deal leaves out, asked for yes or no, is no.
            Value::Absent => Ok(false),
            other => {
                let message = format!("yes or no is needed here, and this is {}", other.kind());
                let help = "compare it with a value, or with `none`";
                Err(Fault::new(self.rule.extent(piece), message, help))
            }
        }
    }

    fn text(&mut self, piece: &IdedExpr) -> Result<String, Fault> {
        match self.value(piece)? {
            Value::Text(text) => Ok(text.into_owned()),
            other => Err(self.expected(piece, &other, "words")),
        }
    }

    fn order(&mut self, one: &IdedExpr, two: &IdedExpr) -> Result<Ordering, Fault> {
        let (left, right) = (self.value(one)?, self.value(two)?);
        match left.order(&right) {
            Ok(Some(order)) => Ok(order),
            Ok(None) => Err(self.mismatch(one, two, &left, &right, Mismatch::Order)),
            Err(why) => Err(self.mismatch(one, two, &left, &right, why)),
        }
    }

    fn mismatch(
        &self,
        one: &IdedExpr,
        two: &IdedExpr,
        left: &Value<'_>,
        right: &Value<'_>,
        why: Mismatch,
    ) -> Fault {
        let both = || {
            let (one, two) = (self.rule.extent(one), self.rule.extent(two));
            one.start.min(two.start)..one.end.max(two.end)
        };
        let (literal, like) = match right {
            Value::Text(_) => (two, left),
            _ => (one, right),
        };
        match why {
            Mismatch::Absent => {
                let lost = if *left == Value::Absent { one } else { two };
                Fault::new(
                    self.rule.extent(lost),
                    "the deal leaves this out, so it has no size",
                    "ask first whether it is there: `x != none && x > ...`",
                )
            }
            Mismatch::Unread => Fault::new(
                self.rule.extent(literal),
                format!("this is compared with {} and is none", like.kind()),
                format!("write {}", like.example()),
            ),
            Mismatch::Currencies => Fault::new(
                both(),
                "these are amounts in two currencies",
                "compare amounts in the currency of the deal",
            ),
            Mismatch::Nouns => Fault::new(
                both(),
                "these are counts of two different things",
                "write the same noun, or a whole number without one",
            ),
            Mismatch::Order => Fault::new(
                both(),
                "which of these is longer hangs on the calendar",
                "write both in days, or both in months",
            ),
            Mismatch::Kinds => Fault::new(
                both(),
                format!("{} and {} cannot be compared", left.kind(), right.kind()),
                format!("compare the first with {}", left.example()),
            ),
        }
    }

    fn expected(&self, piece: &IdedExpr, found: &Value<'_>, wanted: &str) -> Fault {
        Fault::new(
            self.rule.extent(piece),
            format!("{wanted} is needed here, and this is {}", found.kind()),
            format!("write {wanted}, or compare with {}", found.example()),
        )
    }

    fn unable(&self, piece: &IdedExpr) -> Fault {
        Fault::new(
            self.rule.extent(piece),
            "a rule cannot compute this",
            "compare terms with values, and join comparisons with `&&`, `||` and `!`",
        )
    }

    /// Whether a piece is a term of the deal: a name, not of a loop, with keys and places after it.
    fn is_path(&self, piece: &IdedExpr) -> bool {
        match &piece.expr {
            Expr::Ident(name) => {
                name != "none" && !self.bound.iter().any(|(known, _)| known == name)
            }
            Expr::Select(select) => !select.test && self.is_path(&select.operand),
            Expr::Call(call) if call.func_name == "_[_]" => {
                call.args.first().is_some_and(|list| self.is_path(list))
            }
            Expr::Call(_)
            | Expr::Unspecified
            | Expr::Comprehension(_)
            | Expr::List(_)
            | Expr::Literal(_)
            | Expr::Map(_)
            | Expr::Struct(_) => false,
        }
    }

    fn note(&mut self, piece: &IdedExpr, value: &Value<'_>) {
        let path = self.rule.text(self.rule.extent(piece)).to_owned();
        let printed = value.print(&self.scope.numerals);
        if !self.values.iter().any(|(known, _)| *known == path) {
            self.values.push((path, printed));
        }
    }
}
