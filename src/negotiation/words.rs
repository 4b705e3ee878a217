//! The words of internal papers, and the house's questions and scripts: `templates/internal/`.
//!
//! In: the files of a library. Out: [`Internal`]; what a house's own library lacks is taken from the embedded one.

use super::file::Bank;
use super::table;
use crate::deal::Text;
use crate::deal::record::record;
use crate::diagnostic::Report;
use crate::library::{INTERNAL, LibraryFile, embedded};
use crate::source::{At, Source};

record! {
    /// The words of the preparation paper.
    pub struct BriefWords {
        /// The title, with `{title}` of the agreement.
        title: At<Text>,
        /// The line on every page, with `{party}`, `{draft}` and `{digest}`.
        mark: At<Text>,
        /// What the paper is, and who may read it, with `{party}`.
        about: At<Text>,
        /// The heading over the thesis.
        thesis: At<Text>,
        /// The heading over what each side is after.
        outcomes: At<Text>,
        /// The heading over the money.
        money: At<Text>,
        /// What the money is, with `{months}`.
        money_about: At<Text>,
        /// Where the money is not known.
        money_unknown: At<Text>,
        /// The heading over alternatives.
        alternatives: At<Text>,
        /// The heading over all issues.
        issues: At<Text>,
        /// The heading over must-haves.
        must_have: At<Text>,
        /// The heading over tradables.
        tradable: At<Text>,
        /// The heading over giveaways.
        giveaway: At<Text>,
        /// The heading over open issues.
        open_issues: At<Text>,
        /// Where no issue is open.
        nothing_open: At<Text>,
        /// The heading over walk-away rules.
        walk_away: At<Text>,
        /// What follows from a rule that is broken.
        broken_about: At<Text>,
        /// Where all rules hold.
        held_about: At<Text>,
        /// The heading over trades.
        trades: At<Text>,
        /// The heading over answers to pressure.
        pressure: At<Text>,
        /// The heading over the last meetings.
        meetings: At<Text>,
        /// Words in tables.
        cell: Cells,
        /// What to answer, and with which draft.
        answer: Answers,
    }
}

record! {
    /// Words in tables and lists.
    pub struct Cells {
        /// Which party.
        party: At<Text>,
        /// What it gets.
        gets: At<Text>,
        /// Which metric shows it.
        shown_by: At<Text>,
        /// What it does for it.
        acts: At<Text>,
        /// Which volume.
        volume: At<Text>,
        /// Low volume.
        low: At<Text>,
        /// Expected volume.
        expected: At<Text>,
        /// High volume.
        high: At<Text>,
        /// What is paid.
        payout: At<Text>,
        /// What a party keeps, with `{party}`.
        keeps: At<Text>,
        /// How much better than its alternative that is, with `{party}`.
        better: At<Text>,
        /// The row of the best alternatives.
        best: At<Text>,
        /// What is not known.
        unknown: At<Text>,
        /// What a party does without the deal.
        alternative: At<Text>,
        /// What it is worth.
        worth: At<Text>,
        /// How we know.
        because: At<Text>,
        /// The best one.
        is_best: At<Text>,
        /// Which issue.
        issue: At<Text>,
        /// Where it stands.
        state: At<Text>,
        /// What we ask for.
        in_return: At<Text>,
        /// Nothing was written down.
        none: At<Text>,
        /// It is agreed, with `{date}`.
        agreed: At<Text>,
        /// It is proposed, with `{party}`.
        proposed: At<Text>,
        /// It was agreed, and is open again.
        reopened: At<Text>,
        /// Nobody has proposed anything.
        open: At<Text>,
        /// It is not on the list of both sides yet.
        unspoken: At<Text>,
        /// Our side.
        ours: At<Text>,
        /// Their side.
        theirs: At<Text>,
        /// What a side says it wants.
        position: At<Text>,
        /// Why it wants it.
        interest: At<Text>,
        /// What else would serve.
        options: At<Text>,
        /// The head of what to ask for.
        ask_for: At<Text>,
        /// The head of questions.
        questions: At<Text>,
        /// The head of what to say.
        say: At<Text>,
        /// The caption of wordings, with `{issue}`.
        wordings: At<Text>,
        /// Which clause.
        clause: At<Text>,
        /// How welcome a wording is.
        rank: At<Text>,
        /// When to give it.
        when: At<Text>,
        /// The wording that we start from.
        preferred: At<Text>,
        /// A wording that may be given without asking.
        acceptable: At<Text>,
        /// A wording that somebody must approve.
        escalate: At<Text>,
        /// When to give the preferred one.
        start: At<Text>,
        /// After the wording that the deal has now.
        now: At<Text>,
        /// Which rule.
        rule: At<Text>,
        /// Whether it holds.
        stands: At<Text>,
        /// It holds.
        holds: At<Text>,
        /// It is broken.
        broken: At<Text>,
        /// It cannot be decided.
        undecided: At<Text>,
        /// With what values.
        values: At<Text>,
        /// The half of a trade that is given.
        if_we: At<Text>,
        /// The half of a trade that comes for it.
        then_they: At<Text>,
        /// What a trade comes to for us.
        balance: At<Text>,
        /// What they do.
        they: At<Text>,
        /// What they said.
        said: At<Text>,
        /// What we answer.
        we: At<Text>,
        /// Who was there.
        attendees: At<Text>,
        /// What was agreed.
        holds_agreed: At<Text>,
        /// What is open.
        holds_open: At<Text>,
        /// What comes next.
        next: At<Text>,
        /// What was heard between the lines.
        heard: At<Text>,
    }
}

record! {
    /// What to answer to each way of pressing, and with which draft.
    pub struct Answers {
        /// A deadline, named.
        deadline: At<Text>,
        /// What to answer, with `{settled}` and `{open}` as counts.
        deadline_answer: At<Text>,
        /// A one-sided demand, named.
        one_sided: At<Text>,
        /// What to answer where the library has wording that binds both.
        one_sided_answer: At<Text>,
        /// What to answer where it has none.
        one_sided_other: At<Text>,
        /// A refusal to talk, named.
        non_negotiable: At<Text>,
        /// What to answer where the library has a narrower wording.
        non_negotiable_answer: At<Text>,
        /// What to answer where it has none.
        non_negotiable_other: At<Text>,
        /// A high first figure, named.
        high_anchor: At<Text>,
        /// What to answer.
        high_anchor_answer: At<Text>,
    }
}

/// The words and the bank of internal papers.
#[derive(Debug)]
pub struct Internal {
    pub(super) brief: BriefWords,
    pub(super) bank: Bank,
    style: String,
}

impl Internal {
    /// Reads the internal files of a library. What is wrong with them is in the report.
    pub fn load(files: &[LibraryFile], report: &mut Report) -> Option<Internal> {
        let own = embedded();
        let find = |name: &str| {
            let path = format!("{INTERNAL}{name}");
            let mut all = files.iter().chain(&own);
            let file = all.find(|file| file.path == path)?;
            Some(Source::new(path, &*file.text))
        };
        let brief = table(&find("brief.toml")?, report);
        let bank = table(&find("bank.toml")?, report);
        Some(Internal {
            brief: brief?,
            bank: bank?,
            style: find("brief.css")?.text.clone().into_owned(),
        })
    }

    /// What internal pages look like, over the style of all pages.
    pub fn style(&self) -> &str {
        &self.style
    }
}
