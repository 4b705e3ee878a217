//! `[economics.payment]`: when and how payment is made, and what happens with disputes.

use super::record::{choice, record};
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::{Money, Period, Rate};

record! {
    /// When and how payment is made.
    pub struct Payment {
        /// What makes a payment fall due.
        basis: At<PaymentBasis>,
        /// The period that a statement covers.
        statements: At<StatementPeriod>,
        /// How long after the end of a period its statement comes.
        statement_due: At<Period>,
        /// How long after the statement payment is made.
        due: At<Period>,
        /// Parts that are paid at milestones. Leave them out to pay all at once.
        stage: Vec<Stage>,
        /// Sums below this are carried over to the next statement.
        least: Option<At<Money>>,
        /// Interest on late payment, per year.
        late_interest: Option<At<Rate>>,
        /// Whether a party may set off what the other owes it.
        set_off: At<SetOff>,
        /// What happens with sums that a party disputes.
        dispute: Dispute,
        /// What was given for faster payment, as a sentence.
        in_return: Option<At<Text>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// What makes a payment fall due.
    pub enum PaymentBasis {
        /// The customer has paid.
        Collection = "collection",
        /// The customer was invoiced.
        Invoice = "invoice",
        /// The activation was verified.
        Activation = "activation",
        /// The referral was accepted.
        Acceptance = "acceptance",
    }
}

choice! {
    /// The period that a statement covers.
    pub enum StatementPeriod {
        /// A calendar month.
        Month = "month",
        /// A calendar quarter.
        Quarter = "quarter",
    }
}

impl StatementPeriod {
    /// How many months it has.
    pub fn months(self) -> u32 {
        match self {
            StatementPeriod::Month => 1,
            StatementPeriod::Quarter => 3,
        }
    }
}

record! {
    /// A part that is paid at a milestone.
    pub struct Stage {
        /// How much of the whole.
        share: At<Rate>,
        /// When, as a clause that follows "when": "the activation is verified".
        when: At<Text>,
        /// How long after the first event, if the milestone is a date.
        after: Option<At<Period>>,
        /// What tells a statement that it has come. A deal with stages needs it before statements are made.
        on: Option<At<StageEvent>>,
    }
}

choice! {
    /// What tells a statement that a stage of payment has come.
    pub enum StageEvent {
        /// The commission is earned.
        Earned = "earned",
        /// The time `after` the commission was earned is over, and the customer has not left in it.
        Stays = "stays",
        /// An event of the kind "milestone" for the customer says so, and the time `after` is over. If there is none
        /// by the end of that time, the stage is not owed.
        Milestone = "milestone",
    }
}

choice! {
    /// Whether sums may be set off.
    pub enum SetOff {
        /// Neither party may.
        None = "none",
        /// Either party may, for sums that are not disputed.
        Undisputed = "undisputed",
    }
}

record! {
    /// What happens with sums that a party disputes.
    pub struct Dispute {
        /// How long after a statement it may be disputed.
        window: At<Period>,
        /// The largest share of a statement that may be held back.
        cap: At<Rate>,
        /// How long the parties have to settle it before it escalates.
        settle: At<Period>,
    }
}
