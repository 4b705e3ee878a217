//! The words in pictures.

use crate::deal::Text;
use crate::deal::record::record;
use crate::source::At;

record! {
    /// The words of all pictures.
    pub struct PictureWords {
        /// Payout by volume.
        payout: PayoutWords,
        /// Both sides' results.
        results: ResultWords,
        /// Key dates.
        timeline: TimelineWords,
        /// Who does what.
        raci: RaciWords,
        /// The escalation ladder.
        ladder: LadderWords,
        /// The path of an asset.
        path: PathWords,
        /// The documents.
        map: MapWords,
    }
}

record! {
    /// The words of the payout by volume.
    pub struct PayoutWords {
        /// What it is called.
        title: At<Text>,
        /// What a reader is meant to see, with `{metric}`, `{volume}` and `{amount}`.
        description: At<Text>,
        /// The same without an example, with `{metric}`.
        plain: At<Text>,
        /// The axis of volumes, with `{metric}`.
        across: At<Text>,
        /// The axis of payouts.
        up: At<Text>,
        /// The line.
        line: At<Text>,
        /// The marked example, with `{volume}` and `{amount}`.
        example: At<Text>,
    }
}

record! {
    /// The words of both sides' results.
    pub struct ResultWords {
        /// What it is called.
        title: At<Text>,
        /// What a reader is meant to see.
        description: At<Text>,
        /// The axis.
        up: At<Text>,
        /// What is paid.
        payout: At<Text>,
        /// What a party keeps, with `{party}`.
        keeps: At<Text>,
        /// Low volume.
        low: At<Text>,
        /// Expected volume.
        expected: At<Text>,
        /// High volume.
        high: At<Text>,
    }
}

record! {
    /// The words of the timeline.
    pub struct TimelineWords {
        /// What it is called.
        title: At<Text>,
        /// What a reader is meant to see, with `{from}` and `{to}`.
        description: At<Text>,
        /// What a bar means.
        edge: At<Text>,
        /// What a ring means.
        regular: At<Text>,
        /// What a diamond means.
        deadline: At<Text>,
        /// The time of exclusivity.
        exclusivity: At<Text>,
        /// The time after the last day for notice.
        too_late: At<Text>,
        /// The tail.
        tail: At<Text>,
    }
}

record! {
    /// The words of the matrix of responsibilities.
    pub struct RaciWords {
        /// What it is called.
        title: At<Text>,
        /// What a reader is meant to see.
        description: At<Text>,
        /// What the first letter means.
        accountable: At<Text>,
        /// What the second letter means.
        responsible: At<Text>,
        /// What the third letter means.
        consulted: At<Text>,
        /// What the fourth letter means.
        informed: At<Text>,
        /// The first letter.
        accountable_letter: At<Text>,
        /// The second letter.
        responsible_letter: At<Text>,
        /// The third letter.
        consulted_letter: At<Text>,
        /// The fourth letter.
        informed_letter: At<Text>,
    }
}

record! {
    /// The words of the escalation ladder.
    pub struct LadderWords {
        /// What it is called.
        title: At<Text>,
        /// What a reader is meant to see.
        description: At<Text>,
        /// How soon a level answers, with `{respond}`.
        reply: At<Text>,
        /// When an issue reaches a level, with `{time}`.
        total: At<Text>,
        /// When an issue reaches the first level.
        first: At<Text>,
    }
}

record! {
    /// The words of the path of an asset.
    pub struct PathWords {
        /// What it is called.
        title: At<Text>,
        /// What a reader is meant to see.
        description: At<Text>,
        /// The first step.
        submit: At<Text>,
        /// The check.
        check: At<Text>,
        /// A yes.
        approve: At<Text>,
        /// A no.
        reject: At<Text>,
        /// What follows a no.
        mend: At<Text>,
        /// What follows a yes.
        publish: At<Text>,
        /// What silence means, if it is a yes.
        approved_by_silence: At<Text>,
        /// What silence means, if it is a no.
        rejected_by_silence: At<Text>,
        /// What silence means, if it goes up.
        escalated_by_silence: At<Text>,
        /// When silence is.
        silence: At<Text>,
        /// How long the approver has, with `{window}`.
        clock: At<Text>,
    }
}

record! {
    /// The words of the map of documents.
    pub struct MapWords {
        /// What it is called.
        title: At<Text>,
        /// What a reader is meant to see.
        description: At<Text>,
        /// What stands at the top.
        first: At<Text>,
        /// What an arrow means.
        arrow: At<Text>,
        /// What an exhibit decides.
        exhibit: At<Text>,
        /// What the master decides.
        master: At<Text>,
        /// What the key terms decide.
        key_terms: At<Text>,
        /// Amendments.
        amendment: At<Text>,
        /// Which amendment wins.
        amendment_note: At<Text>,
    }
}
