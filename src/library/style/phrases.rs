//! Words and marks that have a better form: archaisms, doublets, straight quotation marks, typed numbers.

use super::Remark;
use super::finder::Finder;
use crate::diagnostic::Code;
use std::ops::Range;
use std::sync::LazyLock;

/// Words that nobody says, and what to say.
const ARCHAISMS: &[(&str, &str)] = &[
    ("aforementioned", "name the thing again"),
    ("aforesaid", "name the thing again"),
    ("forthwith", "write “without delay” or a time"),
    ("henceforth", "write “from then on” or a date"),
    ("hereby", "leave it out"),
    ("herein", "write “in the Agreement” or refer to the Section"),
    ("hereinabove", "refer to the Section"),
    ("hereinafter", "define the term in quotation marks"),
    ("hereinbefore", "refer to the Section"),
    ("hereof", "write “of the Agreement” or refer to the Section"),
    ("hereto", "write “to the Agreement”"),
    ("heretofore", "write “until now” or a date"),
    (
        "hereunder",
        "write “under the Agreement” or refer to the Section",
    ),
    ("herewith", "write “with” and what it is"),
    ("in the event that", "write “if”"),
    ("in witness whereof", "leave it out: the signatures show it"),
    ("inter alia", "write “among others”"),
    ("mutatis mutandis", "say what changes"),
    (
        "notwithstanding",
        "write “despite”, or say which rule prevails",
    ),
    ("prior to", "write “before”"),
    ("provided that", "write “if”, or begin a new sentence"),
    ("pursuant to", "write “under”"),
    (
        "shall",
        "write “will” for a duty, “may” for a choice, “must” for a condition",
    ),
    ("subsequent to", "write “after”"),
    ("thereafter", "write “after that”"),
    ("therefrom", "write “from it”"),
    ("therein", "write “in it”"),
    ("thereof", "write “of it”"),
    ("theretofore", "write “until then”"),
    ("thereto", "write “to it”"),
    ("thereunder", "write “under it”"),
    ("therewith", "write “with it”"),
    ("to wit", "write “namely”"),
    ("whatsoever", "leave it out"),
    ("whereas", "say it in a plain sentence of the purpose"),
    ("whereby", "write “by which”"),
    ("wherein", "write “in which”"),
    ("whereof", "write “of which”"),
    ("witnesseth", "leave it out"),
];

/// Two words for one thing, and the one that is enough.
const DOUBLETS: &[(&str, &str)] = &[
    ("any and all", "all"),
    ("by and among", "among"),
    ("by and between", "between"),
    ("cease and desist", "stop"),
    ("costs and expenses", "costs"),
    ("covenants and agrees", "agrees"),
    ("covenant and agree", "agree"),
    ("due and payable", "due"),
    ("each and every", "each"),
    ("final and conclusive", "final"),
    ("free and clear", "free"),
    ("full force and effect", "force"),
    ("furnish and supply", "supply"),
    ("goods and chattels", "goods"),
    ("if and when", "if"),
    ("indemnify and hold harmless", "indemnify"),
    ("made and entered into", "made"),
    ("null and void", "void"),
    ("over and above", "besides"),
    ("perform and discharge", "perform"),
    ("release and discharge", "release"),
    ("represent and warrant", "warrant"),
    ("represents and warrants", "warrants"),
    ("right, title, and interest", "rights"),
    ("right, title and interest", "rights"),
    ("save and except", "except"),
    ("sole and exclusive", "only"),
    ("terms and conditions", "terms"),
    ("true and correct", "correct"),
    ("unless and until", "until"),
];

/// Words that name a numbered place when a number follows.
const PLACES: &[&str] = &[
    "section",
    "sections",
    "article",
    "articles",
    "clause",
    "clauses",
    "paragraph",
    "paragraphs",
];

/// Words that name a lettered document when a letter follows.
const DOCUMENTS: &[&str] = &["exhibit", "schedule", "annex", "appendix", "attachment"];

/// Words after which "above" and "below" point at a place on the page.
const POINTERS: &[&str] = &[
    "as",
    "contained",
    "defined",
    "described",
    "forth",
    "given",
    "listed",
    "mentioned",
    "named",
    "out",
    "provided",
    "referred",
    "section",
    "see",
    "set",
    "shown",
    "specified",
    "stated",
    "table",
    "the",
];

/// Everything above that is looked for in running text, in that order.
static HABITS: LazyLock<Finder<'static>> = LazyLock::new(|| {
    let lists = ARCHAISMS.iter().chain(DOUBLETS);
    Finder::new(lists.map(|(phrase, _)| *phrase).chain(["and/or"]))
});

/// `words` are the words of `text`.
pub(super) fn remarks(text: &str, words: &[Range<usize>], remarks: &mut Vec<Remark>) {
    let lower = text.to_ascii_lowercase();
    for (habit, within) in HABITS.matches(&lower, words) {
        let written = &text[within.clone()];
        let doublet = habit.checked_sub(ARCHAISMS.len());
        let (code, message, help) = match (ARCHAISMS.get(habit), doublet.map(|at| DOUBLETS.get(at)))
        {
            (Some((_, instead)), _) => (
                Code::Archaism,
                format!("`{written}` is not how people speak"),
                (*instead).to_owned(),
            ),
            (None, Some(Some((_, instead)))) => (
                Code::Doublet,
                format!("`{written}` says one thing twice"),
                format!("write “{instead}”"),
            ),
            (None, Some(None) | None) => (
                Code::AndOr,
                "`and/or` leaves the reader to choose".to_owned(),
                "write “a or b, or both”, or the one that is meant".to_owned(),
            ),
        };
        remarks.push(Remark::new(code, within, message, help));
    }
    straight_quotes(text, remarks);
    neighbours(text, &lower, words, remarks);
    amounts(text, remarks);
}

fn straight_quotes(text: &str, remarks: &mut Vec<Remark>) {
    let is_straight = |byte: u8| matches!(byte, b'"' | b'\'');
    for (start, _) in text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| is_straight(*byte))
    {
        remarks.push(Remark::new(
            Code::StraightQuote,
            start..start + 1,
            "a straight quotation mark",
            "write “ and ”, or ’ for an apostrophe",
        ));
    }
}

/// Findings about a word and its neighbours.
fn neighbours(text: &str, lower: &str, words: &[Range<usize>], remarks: &mut Vec<Remark>) {
    for (place, word) in words.iter().enumerate() {
        let here = &lower[word.clone()];
        let before = place.checked_sub(1).map(|place| words[place].clone());
        let after = words.get(place + 1).cloned();
        if let Some(before) = &before
            && &lower[before.clone()] == here
            && &text[before.end..word.start] == " "
            && here.len() > 1
            && here.chars().all(char::is_alphabetic)
            && !["had", "that"].contains(&here)
        {
            let help = "write it once";
            let message = format!("`{here}` stands twice");
            remarks.push(Remark::new(
                Code::DoubledWord,
                before.start..word.end,
                message,
                help,
            ));
        }
        if let Some(after) = &after
            && &text[word.end..after.start] == " "
        {
            let next = &text[after.clone()];
            let number = next.starts_with(|c: char| c.is_ascii_digit());
            let letter = next.len() == 1 && next.starts_with(|c: char| c.is_ascii_uppercase());
            let numbered = number && PLACES.contains(&here);
            let lettered = (number || letter) && DOCUMENTS.contains(&here);
            if numbered || lettered {
                let message = format!("`{}` is typed by hand", &text[word.start..after.end]);
                let help = "refer by the id, as in `[](#liability-cap)`: numbers are computed";
                remarks.push(Remark::new(
                    Code::TypedReference,
                    word.start..after.end,
                    message,
                    help,
                ));
            }
        }
        if here == "above" || here == "below" {
            let pointer = before
                .as_ref()
                .is_some_and(|before| POINTERS.contains(&&lower[before.clone()]));
            let ends = text[word.end..].starts_with(['.', ',', ';', ':', ')', '-']);
            if pointer || ends {
                remarks.push(Remark::new(
                    Code::AboveBelow,
                    word.clone(),
                    format!("`{here}` is no place that a reader can find"),
                    "refer by the id, as in `[](#liability-cap)`, or say “in this Section”",
                ));
            }
        }
    }
}

/// Sums of money and percentages: they belong to the deal, where they are checked and negotiated.
fn amounts(text: &str, remarks: &mut Vec<Remark>) {
    let mut end = 0;
    while let Some(skipped) = text.as_bytes()[end..].iter().position(u8::is_ascii_digit) {
        let start = end + skipped;
        let length = text[start..]
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
            .unwrap_or(text.len() - start);
        end = start + length;
        let before = text[..start].trim_end_matches([' ', '\u{a0}']);
        let sign = before.chars().next_back();
        let word = before
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let currency = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let money = currency || sign.is_some_and(|sign| matches!(sign, '$' | '€' | '£' | '¥'));
        let after = text[end..].trim_start_matches([' ', '\u{a0}']);
        let share =
            after.starts_with('%') || after.starts_with("per cent") || after.starts_with("percent");
        if money || share {
            let kind = if money {
                "a sum of money"
            } else {
                "a percentage"
            };
            remarks.push(Remark::new(
                Code::TypedAmount,
                start..end,
                format!("{kind} is typed into the wording"),
                "take it from the deal, as in `{{ legal.liability.cap_amount }}`",
            ));
        }
    }
}
