//! `[agreement]` and `[term]`: what the paper is called, how it is written, how long it lasts.

use super::record::{choice, record};
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::{Calendar, Count, Date, DayRule, MonthEnd, NumberWords, Period};

record! {
    /// What the agreement is called, when it starts, and how it is written.
    pub struct Agreement {
        /// The name of the agreement, such as "Strategic Alliance Agreement".
        title: At<Text>,
        /// The outline to use from the library; "partnership" if left out.
        outline: Option<At<super::text::Id>>,
        /// The number of this draft, counted up by hand with each version that leaves the house.
        draft: At<u32>,
        /// The day from which the agreement holds. Leave it out while it is open: the documents then say
        /// that it holds from the last signature, and leave the dates that follow from it open.
        effective: Option<At<Date>>,
        /// What the parties want to reach together, as a clause that follows "so that", such as
        /// "healthcare providers get analytics that fit their systems".
        purpose: At<Text>,
        /// What is sold or built together: a noun phrase such as "the Lumen analytics platform".
        product: At<Text>,
        /// The language of the documents, as a language tag.
        language: At<Language>,
        /// How figures are written.
        figures: At<Figures>,
        /// How counts are written in sentences: "to-ten" spells out one to ten, "digits" never, "both" prints
        /// five (5).
        count_words: At<NumberWords>,
        /// Days besides Saturday and Sunday that are not business days.
        holidays: Vec<At<Date>>,
        /// Whose calendar decides what a business day is, such as "banks in London are open".
        business_days: At<Text>,
        /// Where a computed day is not a business day: "previous" or "following" business day counts instead,
        /// "modified-following" stays within the month, "none" leaves the day as it is.
        business_day_rule: At<DayRule>,
        /// Where a month has no such day (31 January plus one month): the "last-day" of that month or the
        /// "next-day" after it.
        month_end: At<MonthEnd>,
    }
}

impl Agreement {
    /// The conventions that days are counted by.
    pub fn calendar(&self) -> Calendar {
        Calendar {
            holidays: self.holidays.iter().map(|date| date.value).collect(),
            month_end: Some(self.month_end.value),
            day_rule: self.business_day_rule.value,
        }
    }
}

choice! {
    /// The language of the documents.
    pub enum Language {
        /// English.
        English = "en",
    }
}

choice! {
    /// How figures are written.
    pub enum Figures {
        /// 1,250.50
        Comma = "1,250.50",
        /// 1.250,50
        Point = "1.250,50",
        /// 1'250.50
        Apostrophe = "1'250.50",
        /// 1 250,50
        Space = "1 250,50",
    }
}

record! {
    /// How long the agreement lasts, how it renews and how it ends.
    pub struct Term {
        /// How long it lasts from the effective date, such as "24 months".
        initial: At<Period>,
        /// How it goes on after that.
        renewal: Option<Renewal>,
        /// Leaving without a cause.
        convenience: Option<Convenience>,
        /// How long a breach may be mended after notice before the other party may end the agreement.
        cure: At<Period>,
        /// How long payments that are overdue may be mended after notice; `cure` if left out.
        payment_cure: Option<At<Period>>,
        /// How long commissions run on after the end for what was earned before: the tail.
        tail: Option<Tail>,
        /// How long existing customers keep being served after the end.
        wind_down: Option<At<Period>>,
        /// Whether a party may end the agreement when a competitor takes control of the other.
        change_of_control: Option<ChangeOfControl>,
    }
}

record! {
    /// How the agreement goes on after its first term.
    pub struct Renewal {
        /// Whether it goes on by itself or only if both say so.
        kind: At<RenewalKind>,
        /// How long each renewal lasts.
        period: At<Period>,
        /// How long before the end a party must say that it does not renew (automatic), or that it wants
        /// to (by agreement).
        notice: At<Period>,
        /// How often it may renew at most; without limit if left out.
        limit: Option<At<Count>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// How an agreement goes on.
    pub enum RenewalKind {
        /// By itself, unless a party gives notice.
        Automatic = "automatic",
        /// Only if both parties say so in writing.
        ByAgreement = "by-agreement",
    }
}

record! {
    /// Leaving without a cause.
    pub struct Convenience {
        /// Who may.
        by: At<WhoMay>,
        /// How long before.
        notice: At<Period>,
        /// From how long after the effective date on; from the start if left out.
        not_before: Option<At<Period>>,
        /// Why it is so; needed where only one party may.
        reason: Option<Reason>,
    }
}

choice! {
    /// Who has a right.
    pub enum WhoMay {
        /// Either party.
        Either = "either",
        /// Only the party with the side `company`.
        Company = "company",
        /// Only the party with the side `partner`.
        Partner = "partner",
    }
}

record! {
    /// Payments that run on after the end.
    pub struct Tail {
        /// How long.
        period: At<Period>,
        /// For what, as a clause: "accounts that were registered before the end and sign within the tail".
        covers: At<Text>,
        /// When it is lost, as a clause that follows "if": "the agreement ended for the partner's breach".
        unless: Option<At<Text>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// Ending the agreement when a competitor takes control of a party.
    pub struct ChangeOfControl {
        /// How long after the news of it a party may give notice.
        window: At<Period>,
        /// How long before the end that notice must come.
        notice: At<Period>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}
