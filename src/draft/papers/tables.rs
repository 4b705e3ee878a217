//! What the clauses of papers may see: amendments, reviews, simulations.

use super::super::seen::seen;

seen! {
    /// An amendment.
    pub struct AmendmentSeen {
        /// What it is called: "Amendment No. 2".
        name: String,
        /// The day that it carries.
        date: String,
        /// From which day it holds.
        from: String,
        /// The day before that.
        before: String,
        /// The day on which the agreement took effect.
        effective: String,
        /// The period that was reviewed; empty without a review.
        review: String,
        /// The amendments before it.
        earlier: Vec<EarlierSeen>,
        /// The exhibits that are restated.
        exhibits: Vec<RestatedSeen>,
        /// Whether the key terms are replaced too.
        key_terms: bool,
        /// The terms that change.
        terms: Vec<ChangeSeen>,
        /// Whether the agreement itself prescribes every change.
        prescribed: bool,
        /// Whether the parties agreed on some.
        agreed: bool,
        /// The section by which the exclusivity reverted or was won back, as a reference; empty if nothing of it changes.
        reverted: String,
        /// Whether such changes take effect by themselves.
        by_itself: bool,
        /// The section on replacing an exhibit, as a reference.
        replacing: String,
        /// The section on amendments, as a reference.
        amending: String,
        /// The section on how a trigger takes effect, as a reference.
        effect: String,
        /// Who signs.
        signers: Vec<SignerSeen>,
    }
}

seen! {
    /// An earlier amendment.
    pub struct EarlierSeen {
        /// What it is called.
        name: String,
        /// The day that it carries.
        date: String,
    }
}

seen! {
    /// A restated exhibit.
    pub struct RestatedSeen {
        /// "Exhibit A".
        label: String,
        /// Its title.
        title: String,
        /// How often it has been restated.
        number: String,
        /// The number of the edition before; absent for what was signed.
        prior: Option<String>,
    }
}

seen! {
    /// A term that changes.
    pub struct ChangeSeen {
        /// What it is called.
        term: String,
        /// The sections that say it, as references; empty if none does.
        section: String,
        /// What it was.
        was: String,
        /// What it is.
        now: String,
        /// Why.
        why: String,
    }
}

seen! {
    /// Somebody who signs.
    pub struct SignerSeen {
        /// The full name of the party.
        party: String,
        /// The person.
        name: String,
        /// The function.
        title: String,
    }
}

seen! {
    /// What a review found.
    pub struct ReviewSeen {
        /// The period, in words.
        period: String,
        /// The period, in a few letters: "2027-q2".
        short: String,
        /// Whether it is an early review, which tells figures so far and lets no trigger fire.
        early: bool,
        /// Its first day.
        from: String,
        /// Its last day.
        to: String,
        /// The day of the review.
        on: String,
        /// What each party was promised, and what came of it.
        promised: Vec<PromisedSeen>,
        /// Every trigger.
        triggers: Vec<TriggerSeen>,
        /// The triggers that fired.
        fired: Vec<TriggerSeen>,
        /// The exclusivity: one entry, or none.
        exclusivity: Vec<ExclusivitySeen>,
        /// Every guarantee.
        guarantees: Vec<GuaranteeSeen>,
        /// The minimum commitment: one entry, or none.
        minimum: Vec<MinimumSeen>,
        /// What the gates let pass, if events tell.
        gates: Vec<GateSeen>,
        /// Registrations that run out before the next review.
        expiring: Vec<ExpiringSeen>,
        /// What the amendment that comes of it is called; empty without one.
        amendment: String,
        /// From which day the changes hold.
        changes_from: String,
        /// The terms that change.
        changes: Vec<ChangeSeen>,
        /// What follows.
        actions: Vec<ActionSeen>,
        /// The next key dates.
        next: Vec<NextSeen>,
    }
}

seen! {
    /// A promise and its result.
    pub struct PromisedSeen {
        /// The party that was promised it.
        party: String,
        /// What.
        what: String,
        /// The measure.
        measure: String,
        /// The target.
        target: String,
        /// The figure of the period.
        now: String,
        /// The figure of the last twelve months.
        year: String,
    }
}

seen! {
    /// A trigger and its number.
    pub struct TriggerSeen {
        /// The measure.
        measure: String,
        /// The window.
        window: String,
        /// The mark.
        mark: String,
        /// The figure.
        figure: String,
        /// What happens.
        effect: String,
        /// Whether the mark was reached.
        reached: bool,
        /// Whether it fired.
        fires: bool,
        /// Whether it has done its work before.
        spent: bool,
        /// How many reviews in a row it was reached.
        run: String,
        /// How many it must be.
        needed: String,
    }
}

seen! {
    /// Where the exclusivity stands.
    pub struct ExclusivitySeen {
        /// The state: "granted", "at-risk", "in-cure", "reverted", "regained" or "ended".
        state: String,
        /// The measure that decides.
        measure: String,
        /// The segment.
        segment: String,
        /// The figure.
        figure: String,
        /// What it must be.
        amount: String,
        /// The last day for the commitment.
        due: String,
        /// The last day to make a miss good.
        cure_ends: String,
    }
}

seen! {
    /// A guarantee and its number.
    pub struct GuaranteeSeen {
        /// Who gives it.
        giver: String,
        /// What it is called.
        name: String,
        /// The mark.
        mark: String,
        /// The figure.
        figure: String,
        /// What came of it: "over", "applies", "quiet" or "open".
        result: String,
    }
}

seen! {
    /// The minimum commitment.
    pub struct MinimumSeen {
        /// Who gave it.
        giver: String,
        /// The measure.
        measure: String,
        /// What must be reached.
        amount: String,
        /// What is reached.
        figure: String,
        /// The last day.
        due: String,
        /// Whether it is reached.
        reached: bool,
        /// Whether its period is over.
        over: bool,
    }
}

seen! {
    /// What a gate let pass.
    pub struct GateSeen {
        /// What passes it.
        name: String,
        /// How many passed.
        accepted: String,
        /// How many did not.
        rejected: String,
        /// Why, the most frequent reason first; absent if none was rejected.
        reasons: Option<String>,
    }
}

seen! {
    /// A registration that runs out.
    pub struct ExpiringSeen {
        /// The account.
        account: String,
        /// Its last day.
        until: String,
    }
}

seen! {
    /// Something to be done.
    pub struct ActionSeen {
        /// What.
        what: String,
        /// Who.
        who: String,
        /// By which day.
        by: String,
    }
}

seen! {
    /// A key date to come.
    pub struct NextSeen {
        /// The day.
        date: String,
        /// What happens.
        what: String,
        /// Who must act.
        who: String,
    }
}

seen! {
    /// A deal played through.
    pub struct SimulationSeen {
        /// Whether triggers can fire in it.
        triggers: bool,
        /// Low, expected and high.
        cases: Vec<PlayedSeen>,
        /// The range.
        range: Vec<PlayedSeen>,
        /// Each month.
        months: Vec<MonthSeen>,
        /// What happens.
        happenings: Vec<HappeningSeen>,
        /// The expected volume, with the gates deciding in one way or another.
        gates: Vec<GatesSeen>,
        /// What is odd.
        findings: Vec<String>,
    }
}

seen! {
    /// A run in which the gates decide in one way.
    pub struct GatesSeen {
        /// How they decide.
        manner: String,
        /// How many results have passed in the end.
        passed: String,
        /// What is paid.
        payout: String,
        /// What the company keeps.
        company: String,
        /// What the partner keeps.
        partner: String,
        /// What becomes of the exclusivity.
        exclusivity: String,
    }
}

seen! {
    /// One run.
    pub struct PlayedSeen {
        /// Its name.
        name: String,
        /// The revenue.
        revenue: String,
        /// What is paid.
        payout: String,
        /// What the company keeps.
        company: String,
        /// What the partner keeps.
        partner: String,
    }
}

seen! {
    /// One month: what is paid.
    pub struct MonthSeen {
        /// Its number.
        number: String,
        /// At low volume.
        low: String,
        /// At expected volume.
        expected: String,
        /// At high volume.
        high: String,
    }
}

seen! {
    /// Something that happens.
    pub struct HappeningSeen {
        /// At which volume.
        case: String,
        /// In which month.
        month: String,
        /// What.
        what: String,
    }
}
