//! Walk-away rules as they are written: the Common Expression Language, read by the crate `cel`.
//!
//! In: the text of a rule. Out: a [`Rule`] whose every piece knows its bytes and whose every name exists, or what is
//! wrong at its characters. What a rule comes to is the business of [`super::judge`]: the crate's own evaluation
//! knows floats, and neither money nor shares.

use crate::deal::SHAPE;
use crate::deal::shape::Shape;
use crate::units::nearest;
use cel::Program;
use cel::common::ast::{Expr, IdedExpr, LiteralValue};
use std::ops::Range;

/// The longest rule, in bytes: a longer one is two rules.
const LONGEST: usize = 600;
/// How deep brackets may stand in one another. The reader of the crate goes down a level of the stack for each.
const DEEPEST: usize = 12;

/// What is wrong with a rule, at its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) within: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Fault {
    pub(super) fn new(
        within: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Fault {
        Fault {
            within,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// A rule that was read.
pub(super) struct Rule {
    program: Program,
    text: String,
    /// The byte at which each character begins.
    starts: Vec<usize>,
}

/// The names of a rule that are not tables of the deal, each with what stands under it.
pub(super) const BESIDES: [(&str, &[&str]); 3] = [
    ("ours", &["low", "expected", "high", "alternative"]),
    ("theirs", &["low", "expected", "high", "alternative"]),
    ("none", &[]),
];

/// The functions of a rule. The macros `has`, `all`, `exists`, `exists_one`, `filter` and `map` are the language's.
pub(super) const FUNCTIONS: [&str; 4] = ["size", "contains", "startsWith", "endsWith"];

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with its form or its names.
    pub(super) fn read(text: &str) -> Result<Rule, Vec<Fault>> {
        let whole = 0..text.len();
        if text.len() > LONGEST {
            let message = format!("the rule is longer than {LONGEST} bytes");
            return Err(vec![Fault::new(whole, message, "make two rules of it")]);
        }
        if deepest(text) > DEEPEST {
            let message = format!("brackets stand more than {DEEPEST} deep in one another");
            return Err(vec![Fault::new(whole, message, "make two rules of it")]);
        }
        let program = Program::compile(text).map_err(|errors| {
            // One slip can make nonsense of all that follows it.
            let first = errors.errors.into_iter().next();
            let at = first.as_ref().map_or(0, |error| error.pos.1);
            let at = usize::try_from(at).unwrap_or(1).saturating_sub(1);
            vec![syntax(text, at)]
        })?;
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        starts.push(text.len());
        let rule = Rule {
            program,
            text: text.to_owned(),
            starts,
        };
        let mut faults = Vec::new();
        rule.shape(rule.root(), &mut Vec::new(), &mut faults);
        if faults.is_empty() {
            Ok(rule)
        } else {
            Err(faults)
        }
    }

    /// The whole rule.
    pub(super) fn root(&self) -> &IdedExpr {
        self.program.expression()
    }

    /// The text of some bytes of the rule.
    pub(super) fn text(&self, within: Range<usize>) -> &str {
        self.text.get(within).unwrap_or_default()
    }

    /// The bytes of a piece: from its first name or value to its last.
    pub(super) fn extent(&self, piece: &IdedExpr) -> Range<usize> {
        let own = self.own(piece);
        let mut extent = own.clone();
        let mut widen = |other: &IdedExpr| {
            let other = self.extent(other);
            extent = extent.start.min(other.start)..extent.end.max(other.end);
        };
        match &piece.expr {
            Expr::Call(call) => {
                call.target.iter().for_each(|target| widen(target));
                call.args.iter().for_each(widen);
            }
            Expr::Select(select) => widen(&select.operand),
            Expr::Comprehension(loops) => widen(&loops.iter_range),
            Expr::List(list) => list.elements.iter().for_each(widen),
            Expr::Unspecified
            | Expr::Ident(_)
            | Expr::Literal(_)
            | Expr::Map(_)
            | Expr::Struct(_) => {}
        }
        // The bracket that closes an index, a call or a list is no piece of its own.
        let closed = |open: char, close: char| {
            self.text[own.start..extent.end].starts_with(open)
                && self.text[extent.end..].starts_with(close)
        };
        if closed('[', ']') || closed('(', ')') {
            extent.end += 1;
        }
        extent
    }

    /// The bytes where the piece itself stands: its name, its value, its operator; a selected key without the point.
    fn own(&self, piece: &IdedExpr) -> Range<usize> {
        let (first, last) = self
            .program
            .source_info()
            .offset_for(piece.id)
            .unwrap_or((0, 0));
        let byte = |character: u32| {
            let place = usize::try_from(character).unwrap_or(usize::MAX);
            self.starts.get(place).copied().unwrap_or(self.text.len())
        };
        let own = byte(first)..byte(last.saturating_add(1));
        match &piece.expr {
            Expr::Select(select) if !select.test => {
                let rest = self.text.get(own.end..).unwrap_or_default();
                let start = own.end + (rest.len() - rest.trim_start().len());
                start..(start + select.field.len()).min(self.text.len())
            }
            // A call stands at its bracket; its name is before it.
            Expr::Call(call) if self.text[..own.start].ends_with(&call.func_name) => {
                own.start - call.func_name.len()..own.end
            }
            Expr::Select(_)
            | Expr::Unspecified
            | Expr::Call(_)
            | Expr::Comprehension(_)
            | Expr::Ident(_)
            | Expr::List(_)
            | Expr::Literal(_)
            | Expr::Map(_)
            | Expr::Struct(_) => own,
        }
    }

    /// What a piece can be, if it is a path into the deal; every name in it that does not exist is a fault.
    fn shape(
        &self,
        piece: &IdedExpr,
        bound: &mut Vec<(String, Option<Shape>)>,
        faults: &mut Vec<Fault>,
    ) -> Option<Shape> {
        match &piece.expr {
            Expr::Ident(name) => self.named(piece, name, bound, faults),
            Expr::Select(select) => {
                if let Some(key) = Self::beside(select.operand.as_ref(), bound) {
                    self.known_beside(piece, key, &select.field, faults);
                    return None;
                }
                let shape = self.shape(&select.operand, bound, faults)?;
                self.key(piece, shape, &select.field, faults)
            }
            Expr::Call(call) => {
                let target = call
                    .target
                    .as_ref()
                    .and_then(|target| self.shape(target, bound, faults));
                let args: Vec<Option<Shape>> = call
                    .args
                    .iter()
                    .map(|arg| self.shape(arg, bound, faults))
                    .collect();
                if call.func_name == "_[_]" {
                    return match args.first().copied().flatten().map(Shape::present) {
                        Some(Shape::List(each)) => Some(*each),
                        Some(_) | None => None,
                    };
                }
                let own = call.func_name.contains(['_', '@', '!']);
                if !own && !FUNCTIONS.contains(&call.func_name.as_str()) {
                    let help = nearest(&call.func_name, FUNCTIONS).map_or_else(
                        || format!("the functions are `{}`", FUNCTIONS.join("`, `")),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!("there is no function `{}`", call.func_name);
                    let own = self.own(piece);
                    let name = own.start..own.start + call.func_name.len();
                    faults.push(Fault::new(name, message, help));
                }
                target.and(None)
            }
            Expr::Comprehension(loops) => {
                let range = self.shape(&loops.iter_range, bound, faults);
                let each = match range.map(Shape::present) {
                    Some(Shape::List(each)) => Some(*each),
                    Some(_) | None => None,
                };
                bound.push((loops.iter_var.clone(), each));
                bound.push((loops.accu_var.clone(), None));
                for part in [
                    &loops.accu_init,
                    &loops.loop_cond,
                    &loops.loop_step,
                    &loops.result,
                ] {
                    self.shape(part, bound, faults);
                }
                bound.truncate(bound.len() - 2);
                None
            }
            Expr::List(list) => {
                for element in &list.elements {
                    self.shape(element, bound, faults);
                }
                None
            }
            Expr::Literal(literal) => {
                self.literal(piece, literal, faults);
                None
            }
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                let message = "a rule has no tables of its own";
                let help = "compare one key with one value";
                faults.push(Fault::new(self.extent(piece), message, help));
                None
            }
        }
    }

    fn named(
        &self,
        piece: &IdedExpr,
        name: &str,
        bound: &[(String, Option<Shape>)],
        faults: &mut Vec<Fault>,
    ) -> Option<Shape> {
        if let Some((_, shape)) = bound.iter().rev().find(|(known, _)| known == name) {
            return *shape;
        }
        if BESIDES.iter().any(|(known, _)| *known == name) {
            return None;
        }
        self.key(piece, SHAPE, name, faults)
    }

    /// The name beside the deal that a piece is, unless a loop has taken it.
    fn beside(
        piece: &IdedExpr,
        bound: &[(String, Option<Shape>)],
    ) -> Option<&'static [&'static str]> {
        let Expr::Ident(name) = &piece.expr else {
            return None;
        };
        if bound.iter().any(|(known, _)| known == name) {
            return None;
        }
        let (_, keys) = BESIDES.iter().find(|(known, _)| known == name)?;
        Some(keys)
    }

    fn known_beside(
        &self,
        piece: &IdedExpr,
        keys: &[&'static str],
        key: &str,
        faults: &mut Vec<Fault>,
    ) {
        if !keys.contains(&key) {
            let message = format!("there is no `{key}` under this name");
            let help = match keys {
                [] => "`none` stands for what the deal leaves out".to_owned(),
                keys => format!("known there: {}", keys.join(", ")),
            };
            faults.push(Fault::new(self.own(piece), message, help));
        }
    }

    fn key(
        &self,
        piece: &IdedExpr,
        shape: Shape,
        key: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<Shape> {
        let at = match &piece.expr {
            Expr::Select(select) if select.test => self.extent(piece),
            _ => self.own(piece),
        };
        match shape.present() {
            Shape::Record(record) => {
                let found = record.field(key).map(|field| field.shape);
                if found.is_none() {
                    let keys = record.fields.iter().map(|field| field.key);
                    let help = nearest(key, keys.clone()).map_or_else(
                        || format!("known there: {}", keys.collect::<Vec<_>>().join(", ")),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!("the deal has no term `{key}` here");
                    faults.push(Fault::new(at, message, help));
                }
                found
            }
            Shape::List(_) => {
                let message = format!("this is a list, and `{key}` stands in one of its entries");
                let help = "write `[0]` for the first entry, or `.all(each, ...)` or `.exists(each, ...)` for several";
                faults.push(Fault::new(at, message, help));
                None
            }
            Shape::Leaf(_) | Shape::Flag | Shape::Number => {
                let message = format!("this is one value, with no `{key}` under it");
                faults.push(Fault::new(at, message, "leave the last name out"));
                None
            }
            Shape::Choices | Shape::Reasons | Shape::Option(_) => None,
        }
    }

    fn literal(&self, piece: &IdedExpr, literal: &LiteralValue, faults: &mut Vec<Fault>) {
        match literal {
            LiteralValue::Double(_) => faults.push(Fault::new(
                self.extent(piece),
                "a number with a point is not exact",
                "write money, shares and counts as text with a unit, such as 'USD 1250.50' or '12.5%'",
            )),
            LiteralValue::Bytes(_) => faults.push(Fault::new(
                self.extent(piece),
                "a rule knows no bytes",
                "write words in quotation marks",
            )),
            LiteralValue::Boolean(_)
            | LiteralValue::Int(_)
            | LiteralValue::Null
            | LiteralValue::String(_)
            | LiteralValue::UInt(_) => {}
        }
    }
}

/// What a rule that cannot be read says at its character `at`.
fn syntax(text: &str, at: usize) -> Fault {
    let start = text
        .char_indices()
        .nth(at)
        .map_or(text.len(), |(start, _)| start);
    let rest = &text[start..];
    let word: usize = rest
        .char_indices()
        .find(|(_, letter)| letter.is_whitespace())
        .map_or(rest.len(), |(end, _)| end);
    let found = &rest[..word];
    let (message, help) = match found {
        "" => (
            "the rule ends before it says anything".to_owned(),
            "compare a term with a value, such as `exclusivity == none`".to_owned(),
        ),
        "=" => (
            "`=` compares nothing".to_owned(),
            "write `==` for the same, `!=` for another".to_owned(),
        ),
        "and" | "AND" | "&" => (format!("`{found}` is no word of a rule"), "write `&&`".to_owned()),
        "or" | "OR" | "|" => (format!("`{found}` is no word of a rule"), "write `||`".to_owned()),
        "not" | "NOT" => (format!("`{found}` is no word of a rule"), "write `!`".to_owned()),
        _ => (
            "the rule cannot be read from here on".to_owned(),
            "rules are written in CEL: names, `==`, `!=`, `<`, `<=`, `&&`, `||`, `!`, brackets; words in quotation marks"
                .to_owned(),
        ),
    };
    // Where the text is over, its last character is shown.
    let end = start + word;
    let within = if word == 0 {
        let last = text.char_indices().next_back().map_or(0, |(last, _)| last);
        last..text.len()
    } else {
        start..end
    };
    Fault::new(within, message, help)
}

/// How deep brackets and signs stand in one another; those in quotation marks count too, which only errs on the safe
/// side.
fn deepest(text: &str) -> usize {
    let mut depth: usize = 0;
    let mut signs: usize = 0;
    let mut deepest = 0;
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' | '?' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '!' | '-' => signs += 1,
            letter if !letter.is_whitespace() => signs = 0,
            _ => {}
        }
        deepest = deepest.max(depth + signs);
    }
    deepest
}
