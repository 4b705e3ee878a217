//! The columns of events, and where they stand in a file.

/// A column of events, by what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// A name that no other event has.
    Id,
    /// The day on which it happened.
    Date,
    /// Whom it is about: an organisation, by the same name or number in every row.
    Account,
    /// What happened.
    Kind,
    /// How much, without a sign.
    Amount,
    /// The currency of the amount, as an ISO 4217 code.
    Currency,
    /// What part of an invoice it is, which of several results of an account, or which stage of a payment.
    Item,
    /// The segments of the account, with `+` between them.
    Segment,
    /// Where the account is.
    Territory,
    /// Who brought the account.
    Attribution,
    /// The registration that it is about.
    Registration,
    /// The invoice or the statement that it is about.
    Invoice,
    /// Why: the code of a rejection, of an exit, of an incident.
    Reason,
}

/// How many columns there are.
pub(super) const COLUMNS: usize = 13;

impl Column {
    /// Every column, in the order in which a house that has no export yet would write them.
    pub const ALL: [Column; COLUMNS] = [
        Column::Id,
        Column::Date,
        Column::Account,
        Column::Kind,
        Column::Amount,
        Column::Currency,
        Column::Item,
        Column::Segment,
        Column::Territory,
        Column::Attribution,
        Column::Registration,
        Column::Invoice,
        Column::Reason,
    ];

    /// The columns without which no event can be read.
    pub(super) const NEEDED: [Column; 4] =
        [Column::Id, Column::Date, Column::Account, Column::Kind];

    /// Its place in [`Column::ALL`].
    pub(super) fn index(self) -> usize {
        self as usize
    }

    /// Its heading, unless the settings have another one for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Column::Id => "id",
            Column::Date => "date",
            Column::Account => "account",
            Column::Kind => "kind",
            Column::Amount => "amount",
            Column::Currency => "currency",
            Column::Item => "item",
            Column::Segment => "segment",
            Column::Territory => "territory",
            Column::Attribution => "attribution",
            Column::Registration => "registration",
            Column::Invoice => "invoice",
            Column::Reason => "reason",
        }
    }
}

/// Where the columns of one file stand: for each, the number of its field, if the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) fields: [Option<usize>; COLUMNS],
}
