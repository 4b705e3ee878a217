//! The words of statements: `templates/statement.toml`.

use crate::deal::Text;
use crate::deal::record::record;
use crate::source::At;

record! {
    /// The words of statements.
    pub struct StatementWords {
        /// The title of the page.
        title: At<Text>,
        /// The line that says which statement it is.
        mark: At<Text>,
        /// What is paid.
        pays: At<Text>,
        /// What is carried over.
        carried: At<Text>,
        /// That nothing is paid.
        nothing: At<Text>,
        /// When it is due.
        due_note: At<Text>,
        /// What the page is not.
        draft_note: At<Text>,
        /// That an amendment divides the time.
        divided: At<Text>,
        /// That an agreement year ends within the time.
        divided_year: At<Text>,
        /// What it does not divide.
        divided_note: At<Text>,
        /// An event that silence at a gate decided.
        by_silence: At<Text>,
        /// How many silence decided.
        read_silent: At<Text>,
        /// A line that is about the days before an amendment.
        line_until: At<Text>,
        /// A line that is about the days from an amendment on.
        line_from: At<Text>,
        /// A line that is about the days between two amendments.
        line_between: At<Text>,
        /// The words `earned`.
        earned: At<Text>,
        /// The words `earned_table`.
        earned_table: At<Text>,
        /// The words `number`.
        number: At<Text>,
        /// The words `what`.
        what: At<Text>,
        /// The words `base`.
        base: At<Text>,
        /// The words `pays_column`.
        pays_column: At<Text>,
        /// The words `amount`.
        amount: At<Text>,
        /// The words `rounding`.
        rounding: At<Text>,
        /// The words `total`.
        total: At<Text>,
        /// The words `no_lines`.
        no_lines: At<Text>,
        /// The words `to_pay`.
        to_pay: At<Text>,
        /// The words `to_pay_table`.
        to_pay_table: At<Text>,
        /// The words `held`.
        held: At<Text>,
        /// The words `released`.
        released: At<Text>,
        /// The words `carried_over`.
        carried_over: At<Text>,
        /// The words `settled`.
        settled: At<Text>,
        /// The words `set_off`.
        set_off: At<Text>,
        /// The words `guarantee`.
        guarantee: At<Text>,
        /// The words `interest`.
        interest: At<Text>,
        /// The words `pay`.
        pay: At<Text>,
        /// The words `pay_carried`.
        pay_carried: At<Text>,
        /// The words `disputed`.
        disputed: At<Text>,
        /// The words `lines`.
        lines: At<Text>,
        /// The words `line_title`.
        line_title: At<Text>,
        /// The words `clause`.
        clause: At<Text>,
        /// The words `arithmetic`.
        arithmetic: At<Text>,
        /// The words `events`.
        events: At<Text>,
        /// The words `event`.
        event: At<Text>,
        /// The words `day`.
        day: At<Text>,
        /// The words `account`.
        account: At<Text>,
        /// The words `volume`.
        volume: At<Text>,
        /// The words `place`.
        place: At<Text>,
        /// The words `more`.
        more: At<Text>,
        /// The words `no_events`.
        no_events: At<Text>,
        /// The words `slice`.
        slice: At<Text>,
        /// The words `slice_last`.
        slice_last: At<Text>,
        /// The words `reached`.
        reached: At<Text>,
        /// The words `times`.
        times: At<Text>,
        /// The words `each`.
        each: At<Text>,
        /// The words `limited`.
        limited: At<Text>,
        /// The words `capped`.
        capped: At<Text>,
        /// The words `floored`.
        floored: At<Text>,
        /// The words `step_down`.
        step_down: At<Text>,
        /// The words `ended`.
        ended: At<Text>,
        /// The words `not_engaged`.
        not_engaged: At<Text>,
        /// The words `part`.
        part: At<Text>,
        /// The words `taken_off`.
        taken_off: At<Text>,
        /// The words `rounded`.
        rounded: At<Text>,
        /// The words `customers`.
        customers: At<Text>,
        /// The words `customers_table`.
        customers_table: At<Text>,
        /// The words `customers_note`.
        customers_note: At<Text>,
        /// The words `returned`.
        returned: At<Text>,
        /// The words `returned_table`.
        returned_table: At<Text>,
        /// The words `left_on`.
        left_on: At<Text>,
        /// The words `paid_before`.
        paid_before: At<Text>,
        /// The words `measures`.
        measures: At<Text>,
        /// The words `measures_table`.
        measures_table: At<Text>,
        /// The words `measure`.
        measure: At<Text>,
        /// The words `value`.
        value: At<Text>,
        /// The words `by_hand`.
        by_hand: At<Text>,
        /// The words `share_of`.
        share_of: At<Text>,
        /// The words `share_of_none`.
        share_of_none: At<Text>,
        /// The words `minimum`.
        minimum: At<Text>,
        /// The words `minimum_met`.
        minimum_met: At<Text>,
        /// The words `minimum_missed`.
        minimum_missed: At<Text>,
        /// The words `minimum_by_hand`.
        minimum_by_hand: At<Text>,
        /// The words `earlier`.
        earlier: At<Text>,
        /// The words `earlier_table`.
        earlier_table: At<Text>,
        /// The words `statement`.
        statement: At<Text>,
        /// The words `commission`.
        commission: At<Text>,
        /// The words `payment`.
        payment: At<Text>,
        /// The words `read`.
        read: At<Text>,
        /// The words `read_events`.
        read_events: At<Text>,
        /// The words `read_later`.
        read_later: At<Text>,
        /// The words `read_pending`.
        read_pending: At<Text>,
        /// The words `left_out`.
        left_out: At<Text>,
    }
}
