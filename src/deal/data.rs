//! `[data]`: what data is shared, how often, for what purpose.

use super::names::PartyName;
use super::record::{choice, record};
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::Period;

record! {
    /// What data is shared, how often, for what purpose.
    pub struct DataSharing {
        /// The data, item by item.
        item: Vec<DataItem>,
        /// How long shared data is kept after it has served its purpose.
        keep: At<Period>,
        /// How soon it is deleted or given back after the end.
        delete_within: At<Period>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// One item of shared data.
    pub struct DataItem {
        /// What, as a noun phrase: "pipeline by account and stage".
        what: At<Text>,
        /// Who gives it.
        from: At<PartyName>,
        /// Who gets it.
        to: At<PartyName>,
        /// What for, as a noun phrase.
        purpose: At<Text>,
        /// How often.
        cadence: At<DataCadence>,
        /// Whether people can be known from it.
        personal: At<bool>,
        /// On what legal footing, such as "legitimate interests"; needed if people can be known from it.
        footing: Option<At<Text>>,
        /// Whether it goes deeper than running the alliance needs.
        deeper: Option<At<bool>>,
        /// What is given in return for deeper access, as a noun phrase.
        in_return: Option<At<Text>>,
    }
}

choice! {
    /// How often data is shared.
    pub enum DataCadence {
        /// Each time it arises.
        AsItArises = "as-it-arises",
        /// Every day.
        Daily = "daily",
        /// Every week.
        Weekly = "weekly",
        /// Every month.
        Monthly = "monthly",
        /// Every quarter.
        Quarterly = "quarterly",
        /// Once.
        Once = "once",
    }
}
