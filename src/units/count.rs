//! Counts: whole numbers of something.

use super::figure;
use super::money::WHOLE_DIGITS;
use super::refusal::{Refusal, check_spaces, quote};
use super::{Numerals, Unit};
use crate::diagnostic::{Code, Complaint};
use iso_currency::Currency;

/// A whole number of something, such as 40 activations.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Count {
    /// How many.
    pub number: u64,
    /// Of what, as it was written: `activations`.
    pub noun: String,
}

impl Count {
    /// `number` of `noun`.
    pub fn new(number: u64, noun: impl Into<String>) -> Count {
        Count {
            number,
            noun: noun.into(),
        }
    }

    /// So many of what `plural` names; one of them is named in the singular.
    pub fn counted(number: u64, plural: &str) -> Count {
        match number {
            1 => Count::new(1, singular(plural)),
            number => Count::new(number, plural),
        }
    }

    /// Whether two count the same things: one of them is named in the singular.
    pub fn counts_the_same(&self, other: &Count) -> bool {
        self.noun == other.noun || singular(&self.noun) == singular(&other.noun)
    }

    /// `1,250 activations`
    pub fn print(&self, numerals: &Numerals) -> String {
        format!("{} {}", numerals.print_number(self.number), self.noun)
    }
}

/// A noun without the ending of a plural.
pub fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem = noun.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
    stem.unwrap_or(noun).to_owned()
}

impl Unit for Count {
    const EXPECTED: &'static str = "a whole number of something, such as \"40 activations\"";
    const PATTERN: &'static str = r"^[0-9][0-9,_]* [^\s0-9].*$";

    fn from_text(text: &str) -> Result<Count, Complaint> {
        read(text).map_err(|refusal| refusal.complaint(Count::EXPECTED, read))
    }
}

fn read(text: &str) -> Result<Count, Refusal> {
    check_spaces(text, Code::BadCount)?;
    let whole = 0..text.len();
    if figure::is_bare(text) {
        let number = figure::read(text).map_or_else(|_| "40".to_owned(), |figure| figure.plain);
        return Err(Refusal::new(
            Code::BareNumber,
            whole,
            format!("{} does not say what it counts", quote(text)),
        )
        .hint(format!(
            "write what is counted, such as \"{number} activations\""
        )));
    }
    let Some((number, noun)) = text.split_once(' ') else {
        let noun = text.trim_start_matches(|character: char| !character.is_alphabetic());
        let number = &text[..text.len() - noun.len()];
        let message = format!("{} is not a count", quote(text));
        return Err(
            Refusal::new(Code::BadCount, whole, message).instead([format!("{number} {noun}")])
        );
    };
    let figure = figure::read(number).map_err(|slip| {
        Refusal::new(Code::BadCount, slip.within, slip.message).instead(
            slip.readings
                .iter()
                .map(|reading| format!("{reading} {noun}")),
        )
    })?;
    let within = 0..number.len();
    if figure.decimals > 0 {
        let message = format!("{} is not a whole number", quote(number));
        let readings = figure.whole_readings();
        return Err(Refusal::new(Code::BadCount, within, message)
            .instead(readings.map(|reading| format!("{reading} {noun}"))));
    }
    if figure.whole_digits > WHOLE_DIGITS {
        return Err(
            Refusal::new(Code::TooLarge, within, "the number is too large")
                .hint("check the number of zeros: at most 15 digits"),
        );
    }
    check_noun(text, number, noun)?;
    match figure.plain.parse() {
        Ok(number) => Ok(Count::new(number, noun)),
        Err(_) => Err(Refusal::new(
            Code::BadCount,
            within,
            "the number is too large",
        )),
    }
}

/// Refuses a noun that is none: a currency, a percentage, an invisible character.
fn check_noun(text: &str, number: &str, noun: &str) -> Result<(), Refusal> {
    let start = number.len() + 1;
    if Currency::from_code(noun).is_some() {
        let message = format!("{} is an amount of money, not a count", quote(text));
        return Err(
            Refusal::new(Code::BadCount, start..text.len(), message).hint(format!(
                "name what is counted; money is written \"{noun} {number}\""
            )),
        );
    }
    if ["percent", "per cent", "bp", "bps"].contains(&noun) {
        let message = format!("{} is a rate, not a count", quote(text));
        return Err(
            Refusal::new(Code::BadCount, start..text.len(), message).hint(format!(
                "name what is counted; a rate is written \"{number}%\""
            )),
        );
    }
    let fits = |at: usize, character: char| {
        character.is_alphabetic()
            || (at > 0 && (character.is_alphanumeric() || " -'\u{2019}/&.()".contains(character)))
    };
    let unfit = noun
        .char_indices()
        .find(|(at, character)| !fits(*at, *character));
    if let Some((at, character)) = unfit {
        let at = start + at;
        let message = format!(
            "{} has no place in the name of what is counted",
            quote(&character.to_string())
        );
        return Err(Refusal::new(
            Code::BadCount,
            at..at + character.len_utf8(),
            message,
        ));
    }
    Ok(())
}
