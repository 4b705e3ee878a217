//! The printed words that stand in no clause: lawyers own them too.

use crate::deal::record::{Field, Reader, record};
use crate::deal::{Id, Text};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::resolve::Words;
use crate::source::{At, Source, Span};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

record! {
    /// The words of references, of generated tables, and of the line that says which draft it is.
    pub struct PrintedWords {
        /// Before the number of a section.
        section: At<Text>,
        /// Before the letter of an exhibit.
        exhibit: At<Text>,
        /// Between a section and its part.
        of: At<Text>,
        /// Before the title of a part, seen from outside.
        the: At<Text>,
        /// Before the title of a part, seen from inside.
        this: At<Text>,
        /// An exhibit, seen from inside.
        this_exhibit: At<Text>,
        /// Between two lengths of time.
        and: At<Text>,
        /// The heading over terms, in the table of terms that are defined elsewhere.
        glossary_term: At<Text>,
        /// The heading over the places where they are defined.
        glossary_where: At<Text>,
        /// The line that says which draft this is, with `{draft}` and `{digest}`.
        imprint: At<Text>,
        /// What stands under the title of an exhibit, with `{title}`.
        exhibit_of: At<Text>,
        /// The same once the effective date is known, with `{title}` and `{date}`.
        exhibit_of_dated: At<Text>,
        /// The heading of a section that was left out after signature.
        reserved: At<Text>,
        /// Under the title of a restated exhibit, with `{number}`, `{date}` and `{amendment}`.
        restated: At<Text>,
        /// The line on what was signed, with `{date}` and `{digest}`.
        imprint_signed: At<Text>,
        /// The line on a restated exhibit, with `{amendment}` and `{date}`.
        imprint_restated: At<Text>,
        /// The line on a text after signature that is not in force, with `{digest}`.
        imprint_proposed: At<Text>,
        /// The line on the papers of a review, with `{period}`.
        imprint_review: At<Text>,
        /// The line on what is in force, with `{date}`.
        imprint_in_force: At<Text>,
    }
}

/// `text` with each `{name}` replaced by its value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let value = rest.find('}').and_then(|close| {
            let name = &rest[1..close];
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, close + 1))
        });
        let (text, length) = value.unwrap_or((&rest[..1], 1));
        filled.push_str(text);
        rest = &rest[length..];
    }
    filled.push_str(rest);
    filled
}

impl PrintedWords {
    /// The words that references are printed with.
    pub fn references(&self) -> Words {
        let word = |text: &At<Text>| text.as_str().to_owned();
        Words {
            section: word(&self.section),
            exhibit: word(&self.exhibit),
            of: word(&self.of),
            the: word(&self.the),
            this: word(&self.this),
            this_exhibit: word(&self.this_exhibit),
        }
    }
}

record! {
    /// What a kind of key date is called, and the clause it follows from.
    pub struct DateWords {
        /// What happens.
        what: At<Text>,
        /// Who must act.
        who: At<Text>,
        /// The clause.
        clause: At<Id>,
    }
}

record! {
    /// The words of key dates.
    pub struct CalendarWords {
        /// The agreement begins.
        effective: DateWords,
        /// An early review.
        early_review: DateWords,
        /// A regular review.
        regular_review: DateWords,
        /// The yearly window for negotiating opens.
        annual_window: DateWords,
        /// The last day for notice of non-renewal.
        notice: DateWords,
        /// The commitment for exclusivity is due.
        exclusivity_commitment: DateWords,
        /// Exclusivity ends.
        exclusivity_end: DateWords,
        /// A guarantee ends.
        guarantee_end: DateWords,
        /// A minimum commitment is due.
        minimum: DateWords,
        /// A statement is due.
        statement: DateWords,
        /// The first term ends.
        term_end: DateWords,
        /// The last day of a renewed term.
        renewed_end: DateWords,
        /// The tail ends.
        tail_end: DateWords,
        /// The spiff ends.
        spiff_end: DateWords,
    }
}

record! {
    /// What each way of paying is called in a table.
    pub struct ModelWords {
        /// A fee for a referral.
        referral_fee: At<Text>,
        /// A share of a customer's first term.
        first_term: At<Text>,
        /// A tier, with `{tier}`.
        tiers: At<Text>,
        /// What another tier paid already.
        tiers_earlier: At<Text>,
        /// What influenced accounts do not earn of sums in tiers.
        less_influenced: At<Text>,
        /// What accounts whose credit is split do not earn.
        less_split: At<Text>,
        /// A share of renewals.
        renewal: At<Text>,
        /// A lower share after a while.
        step_down: At<Text>,
        /// A sum for each activation.
        bounty: At<Text>,
        /// A fee per period.
        fixed_fee: At<Text>,
        /// A prize.
        spiff: At<Text>,
        /// An extra for a segment, with `{segment}`.
        bonus: At<Text>,
        /// What is paid back.
        clawback: At<Text>,
        /// What is missing to the least.
        floor: At<Text>,
        /// What is over the most.
        cap: At<Text>,
        /// The same for influenced accounts, with `{model}` and `{share}`.
        influenced: At<Text>,
    }
}

record! {
    /// The words of reviews that stand in no clause.
    pub struct ReviewWords {
        /// The title of an amendment, with `{number}`.
        amendment: At<Text>,
        /// The title of a scorecard, with `{period}`.
        scorecard: At<Text>,
        /// Why a trigger moved a term, with `{measure}`, `{figure}`, `{window}`, `{date}` and `{mark}`.
        fired: At<Text>,
        /// Why another term changed, with `{date}`.
        agreed: At<Text>,
        /// A window inside a sentence, with `{window}`.
        window: At<Text>,
        /// A mark that must be passed, with `{mark}`.
        above: At<Text>,
        /// A mark that must be reached.
        at_least: At<Text>,
        /// A mark to fall short of.
        below: At<Text>,
        /// The same, of things that are counted.
        fewer: At<Text>,
        /// A mark not to pass.
        at_most: At<Text>,
        /// A mark that counts only several times in a row, with `{mark}` and `{count}`.
        in_a_row: At<Text>,
        /// A figure that nobody gave.
        unknown: At<Text>,
        /// A share of nothing.
        nothing: At<Text>,
        /// The value of a term that is not there.
        left_out: At<Text>,
        /// Instead of the effect of a trigger, where another one decides, with the `{value}` that holds.
        overruled: At<Text>,
        /// A wording that changes, with `{clause}`.
        wording: At<Text>,
        /// What it was.
        wording_before: At<Text>,
        /// What it is.
        wording_now: At<Text>,
        /// An action: send the restated exhibits, with `{exhibits}`.
        restate: At<Text>,
        /// An action: sign, with `{number}`.
        sign: At<Text>,
        /// An action: make a commitment good, with `{measure}`, `{figure}` and `{amount}`.
        make_good: At<Text>,
        /// An action: keep a commitment that is at risk, with `{due}` too.
        keep: At<Text>,
        /// An action: confirm that exclusivity has ended.
        confirm: At<Text>,
        /// An action: say that the commitment was missed, where the exclusivity ends only then.
        notify: At<Text>,
        /// Why the exclusivity reverted, with `{amount}`, `{due}` and `{cure_ends}`.
        reverted_why: At<Text>,
        /// Why it was won back, with `{measure}`, `{figure}` and `{amount}`.
        won_back_why: At<Text>,
        /// That an edition does not say it yet, as a cell.
        holds: At<Text>,
        /// That it reverted on `{date}`, as a cell.
        reverted: At<Text>,
        /// That it was won back by `{date}`, as a cell.
        won_back: At<Text>,
        /// An action: what a guarantee asks for, with `{remedy}` and `{name}`.
        guarantee: At<Text>,
        /// Who acts: both.
        both: At<Text>,
        /// Who acts: a role, with `{party}` and `{title}`.
        person: At<Text>,
        /// The title of a simulation, with `{title}`.
        simulation: At<Text>,
        /// The line under it, with `{draft}`.
        simulation_imprint: At<Text>,
        /// The picture over a range.
        range_title: At<Text>,
        /// What a reader is meant to see in it.
        range_description: At<Text>,
        /// Its axis of volumes, with `{currency}`.
        range_across: At<Text>,
        /// Its axis of sums, with `{currency}`.
        range_up: At<Text>,
        /// The picture of the months.
        months_title: At<Text>,
        /// What a reader is meant to see in it.
        months_description: At<Text>,
        /// Its axis of months.
        months_across: At<Text>,
        /// Its axis of sums, with `{currency}`.
        months_up: At<Text>,
        /// The line of what is paid.
        paid: At<Text>,
        /// The line of what a party keeps, with `{party}`.
        keeps: At<Text>,
        /// Low volume.
        low: At<Text>,
        /// Expected volume.
        expected: At<Text>,
        /// High volume.
        high: At<Text>,
        /// What the deal does not tell.
        not_stated: At<Text>,
        /// A trigger fires, with `{measure}` and `{effect}`.
        fires: At<Text>,
        /// A tier is reached, with `{name}`.
        tier: At<Text>,
        /// Exclusivity is kept.
        kept: At<Text>,
        /// Its commitment is missed.
        missed: At<Text>,
        /// Its commitment is made good.
        cured: At<Text>,
        /// It ends.
        reverts: At<Text>,
        /// The gates decide at once.
        at_once: At<Text>,
        /// They decide on the last day.
        last_day: At<Text>,
        /// Nobody decides.
        silence: At<Text>,
        /// A decision that nobody made in time.
        by_silence: At<Text>,
        /// What an early review looks at, with `{period}`.
        early: At<Text>,
        /// Each result is rejected once and mended.
        mended_once: At<Text>,
        /// Nothing happens on the way.
        nothing_happens: At<Text>,
        /// The deal has no exclusivity.
        no_exclusivity: At<Text>,
        /// The picture of the gates.
        gates_title: At<Text>,
        /// What a reader is meant to see in it.
        gates_description: At<Text>,
        /// Its axis of months.
        gates_across: At<Text>,
        /// Its axis of results.
        gates_up: At<Text>,
    }
}

/// Reads a whole file as one table.
pub(super) fn table<T: Field>(source: &Arc<Source>, report: &mut Report) -> Option<T> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in crate::deal::telling(&source.text, &errors) {
        let at = Span::new(source, error.span().unwrap_or(0..0));
        report.push(
            Diagnostic::error(Code::Syntax, &at, error.message()).help(
                "the file is TOML: text stands in quotation marks, tables begin with `[name]`",
            ),
        );
    }
    if !errors.is_empty() {
        return None;
    }
    let node = Spanned::new(0..0, DeValue::Table(table.into_inner()));
    T::read(&node, &mut Reader::new(source, report))
}
