//! A new deal: the house's template with the answers filled in.
//!
//! The template says itself how it is written: it looks like the deal file that it becomes, and what engross does with a
//! line stands behind `#>`.

use super::answers::{escape, quote};
use super::wanted::{DERIVED, wanted};
use super::{Answers, questions};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use crate::units::{Measure, nearest};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

/// The text of a new deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeal {
    /// The deal file.
    pub text: String,
    /// The questions that it leaves open, in the order of the file.
    pub open: Vec<Open>,
}

/// A question that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Its key.
    pub key: &'static str,
    /// What it asks for, in a sentence.
    pub doc: &'static str,
}

/// Fills the template with the answers, which stand in a file of the given name; `schema` is the JSON Schema beside it.
///
/// `None` if the template is faulty, which is in the report.
pub fn fill(
    template: &Arc<Source>,
    answers: &Answers,
    sheet: &str,
    schema: &str,
    report: &mut Report,
) -> Option<NewDeal> {
    let before = report.errors();
    let mut filler = Filler {
        template,
        answers,
        sheet,
        words: wanted(answers),
        body: String::new(),
        open: Vec::new(),
        report,
    };
    filler.run();
    let sound = filler.report.errors() == before;
    let (body, mut open) = (filler.body, filler.open);
    if !wanted(answers).contains("model") {
        open.extend(open_question("model"));
    }
    let mut text = head(answers, sheet, schema, &open);
    text.push_str(body.trim_start());
    sound.then_some(NewDeal { text, open })
}

/// The lines at the top: what the file is, how to read its comments, what is open.
fn head(answers: &Answers, sheet: &str, schema: &str, open: &[Open]) -> String {
    let names = ["company_short", "partner_short"].map(|key| answers.text(key));
    let parties = match names {
        [Some(company), Some(partner)] => format!(" of {company} and {partner}"),
        [Some(name), None] | [None, Some(name)] => format!(" of {name}"),
        [None, None] => String::new(),
    };
    let mut text = format!(
        "#:schema {schema}\n#\n# The deal{parties}, begun by `engross new`. Comments say where its values come from:\n\
         #   from {sheet}: an answer of the term sheet; `engross check` compares the two ever after\n\
         #   house default: what the house usually writes; look at it, then delete the comment\n\
         #   open: not known yet; write the value and delete the `#` before it\n#\n"
    );
    if open.is_empty() {
        text.push_str("# Nothing is open.\n\n");
        return text;
    }
    text.push_str("# Still open:\n");
    let width = open.iter().map(|one| one.key.len()).max().unwrap_or(0);
    for Open { key, doc } in open {
        let _ = writeln!(text, "#   {key:width$}  {doc}");
    }
    text.push('\n');
    text
}

fn open_question(key: &str) -> Option<Open> {
    let question = questions().iter().find(|question| question.key == key)?;
    let doc = question.doc.trim();
    let doc = doc.split_once(". ").map_or(doc, |(first, _)| first);
    Some(Open {
        key: question.key,
        doc: doc.trim_end_matches('.'),
    })
}

struct Filler<'a> {
    template: &'a Arc<Source>,
    answers: &'a Answers,
    sheet: &'a str,
    words: BTreeSet<&'static str>,
    body: String,
    open: Vec<Open>,
    report: &'a mut Report,
}

/// A part that has begun: where, and whether it is kept.
enum Part<'a> {
    If(Span, bool),
    Each(Span, Vec<&'a str>),
}

impl<'a> Filler<'a> {
    fn run(&mut self) {
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut start = 0;
        let template = self.template;
        for raw in template.text.split_inclusive('\n') {
            let line = raw.trim_end();
            let at = Span::new(template, start..start + line.len());
            start += raw.len();
            if line.starts_with("##") {
                continue;
            }
            if let Some(directive) = line.trim_start().strip_prefix("#>") {
                self.directive(directive.trim(), &at, &mut parts);
                continue;
            }
            let kept = parts.iter().all(|part| !matches!(part, Part::If(_, false)));
            match parts.last_mut() {
                Some(Part::Each(_, lines)) => lines.push(line),
                Some(Part::If(..)) | None if kept => self.line(line, &at),
                Some(Part::If(..)) | None => {}
            }
        }
        for part in parts {
            let (Part::If(at, _) | Part::Each(at, _)) = part;
            self.wrong(&at, "this part has no end", "add a line `#> end`");
        }
    }

    fn directive(&mut self, words: &str, at: &Span, parts: &mut Vec<Part<'a>>) {
        if let Some(condition) = words.strip_prefix("if ") {
            let (not, list) = match condition.strip_prefix("not ") {
                Some(list) => (true, list),
                None => (false, condition),
            };
            let mut any = false;
            for word in list.split(',').map(str::trim) {
                self.known(word, at);
                any |= self.words.contains(word);
            }
            parts.push(Part::If(at.clone(), any != not));
        } else if words == "each tiers" {
            parts.push(Part::Each(at.clone(), Vec::new()));
        } else if words == "else"
            && let Some(Part::If(_, kept)) = parts.last_mut()
        {
            *kept = !*kept;
        } else if words == "end"
            && let Some(part) = parts.pop()
        {
            let kept = parts.iter().all(|part| !matches!(part, Part::If(_, false)));
            if let (Part::Each(_, lines), true) = (part, kept) {
                self.tiers(&lines);
            }
        } else {
            let help = "known here: `if a, b`, `if not a`, `else`, `each tiers`, `end`";
            self.wrong(at, "this is no instruction of the template", help);
        }
    }

    /// Reports a word that is no question and does not follow from one.
    fn known(&mut self, word: &str, at: &Span) {
        let words = || {
            questions()
                .iter()
                .map(|question| question.key)
                .chain(DERIVED.iter().copied())
        };
        if words().any(|known| known == word) {
            return;
        }
        let help = match nearest(word, words()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the questions are listed in a term sheet that `engross new` writes".to_owned(),
        };
        self.report.push(
            Diagnostic::error(
                Code::UnknownKey,
                at,
                format!("`{word}` is no question of a term sheet"),
            )
            .help(help),
        );
    }

    fn wrong(&mut self, at: &Span, message: &str, help: &str) {
        self.report
            .push(Diagnostic::error(Code::Syntax, at, message).help(help));
    }

    /// One line that is kept.
    fn line(&mut self, line: &str, at: &Span) {
        let Some((value, marker)) = line.rsplit_once(" #> ") else {
            self.push(line);
            return;
        };
        let Some(((key, otherwise), (name, _))) =
            marker.split_once(", ").zip(value.split_once(" = "))
        else {
            let help = "write `name = \"value\" #> question, or open` or `..., or this`";
            self.wrong(at, "this line cannot be filled in", help);
            return;
        };
        self.known(key, at);
        if let Some(answer) = self.answers.text(key) {
            let line = format!("{name} = {} # from {}", quote(answer), self.sheet);
            self.push_whole(&line);
            return;
        }
        match otherwise {
            "or this" => self.push(&format!("{value} # house default: look at it")),
            "or open" => {
                if let Some(open) = open_question(key) {
                    self.push_whole(&format!("# {value} # open: {}", open.doc));
                    self.open.push(open);
                }
            }
            _ => self.wrong(
                at,
                "a line says what it is without an answer",
                "end it with `or open` or `or this`",
            ),
        }
    }

    /// The tiers, each as the template writes one; one example as a comment if there are none.
    fn tiers(&mut self, lines: &[&str]) {
        let slices = &self.answers.sheet.tiers;
        if slices.is_empty() {
            self.open.extend(open_question("tiers"));
            for line in lines.iter().filter(|line| !line.is_empty()) {
                let value = line.rsplit_once(" #> ").map_or(*line, |(value, _)| value);
                self.push_whole(&format!("# {value} # open"));
            }
            self.push("");
            return;
        }
        let mut from = self.nothing();
        for slice in slices {
            let (pays, to) = slice.parts();
            for line in lines {
                let Some((value, part)) = line.rsplit_once(" #> ") else {
                    self.push(line);
                    continue;
                };
                let name = value.split_once(" = ").map_or(value, |(name, _)| name);
                let text = match part {
                    "pays" => Some(pays),
                    "from" => Some(from.as_str()),
                    "to" => to,
                    _ => None,
                };
                if let Some(text) = text {
                    self.push_whole(&format!("{name} = {} # from {}", quote(text), self.sheet));
                }
            }
            if let Some(to) = to {
                to.clone_into(&mut from);
            }
        }
    }

    /// Where the first tier begins: nothing of what the others end with.
    fn nothing(&self) -> String {
        let end = self
            .answers
            .sheet
            .tiers
            .iter()
            .find_map(|slice| slice.to.as_ref());
        match end {
            Some(Measure::Money(money)) => format!("{} 0", money.currency().code()),
            Some(Measure::Count(count)) => format!("0 {}", count.noun),
            Some(Measure::Rate(_)) => "0%".to_owned(),
            Some(Measure::Period(_)) | None => {
                if self.words.contains("tiers_of_activations") {
                    "0 activations".to_owned()
                } else {
                    format!("{} 0", self.answers.text("currency").unwrap_or("USD"))
                }
            }
        }
    }

    /// A line of the house, with the names of the two.
    fn push(&mut self, line: &str) {
        let mut line = line.to_owned();
        for (mark, key, plain) in [
            ("{company}", "company_short", "the company"),
            ("{partner}", "partner_short", "the partner"),
        ] {
            if let Some(name) = self.answers.text(key) {
                line = line.replace(mark, &escape(name));
            } else {
                // At the start of a text it may be the start of a sentence.
                let first = format!("\"{}{}", plain[..1].to_uppercase(), &plain[1..]);
                line = line
                    .replace(&format!("\"{mark}"), &first)
                    .replace(mark, plain);
            }
        }
        self.push_whole(&line);
    }

    fn push_whole(&mut self, line: &str) {
        // Parts that are left out leave no gaps.
        if line.is_empty() && (self.body.is_empty() || self.body.ends_with("\n\n")) {
            return;
        }
        self.body.push_str(line);
        self.body.push('\n');
    }
}
