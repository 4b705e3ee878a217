//! `[exclusivity]`: narrow, limited in time, tied to performance, with reversion by itself.

use super::names::{MetricName, PartyName, SegmentName};
use super::record::record;
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::{Date, Measure, Period};

record! {
    /// Exclusivity for one party in one segment.
    pub struct Exclusivity {
        /// The party that has it.
        holder: At<PartyName>,
        /// The segment it holds in.
        segment: At<SegmentName>,
        /// What the other party will not do there, as a verb phrase: "appoint another reseller".
        bars: At<Text>,
        /// What stays open, each as a noun phrase.
        except: Vec<At<Text>>,
        /// How long from the effective date.
        period: At<Period>,
        /// What the holder must reach to keep it.
        commitment: Commitment,
        /// How long a miss may be made good.
        cure: At<Period>,
        /// What it becomes if the commitment is missed, as a clause that follows "it".
        reverts_to: At<Text>,
        /// How it can be won back, as a sentence; not at all if left out.
        regain: Option<At<Text>>,
        /// The same as figures, so that a review can tell when it is won back.
        regained_by: Option<Commitment>,
        /// The day on which it reverted. A review writes it, and the exhibit then says so.
        reverted: Option<At<Date>>,
        /// The last day of the time in which it was won back. A review writes it, and the exhibit then says so.
        regained: Option<At<Date>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// What must be reached to keep exclusivity.
    pub struct Commitment {
        /// What is measured.
        metric: At<MetricName>,
        /// How much: a sum or a count.
        amount: At<Measure>,
        /// Within how long from the effective date.
        within: At<Period>,
    }
}
