//! Who must approve which deviation before a package leaves the house, and who did.
//!
//! In: `approvals.toml`, the deal, its draft. Out: a finding for each deviation that nobody approved, or whose approval
//! was for another text. A deviation is a clause in other than its preferred wording, a clause that was left out, or a
//! limit of the house that the deal is beyond. An approval names the digest of what it approves, so that it is void
//! once that changes.

use super::check::decide;
use super::judge::Scope;
use super::sent::sha256;
use super::standing::{Standing, scope};
use super::table;
use crate::deal::record::record;
use crate::deal::{Choice, Deal, Id, Rank, Text};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::digest::feed;
use crate::document::{Document, walk};
use crate::draft::Draft;
use crate::library::Library;
use crate::source::{At, Source, Span};
use crate::units::{Date, nearest};
use std::sync::Arc;

/// The name of the file, beside the deal.
pub const APPROVALS: &str = "approvals.toml";

/// Who approves a wording that the house calls "escalate", if no policy says so.
const OWNER: &str = "legal";

record! {
    /// The house's policy for a deal, and what was approved under it.
    pub struct Approvals {
        /// Who approves which kind of deviation.
        policy: Option<Policy>,
        /// Limits of the house: beyond them somebody must approve.
        limit: Vec<Limit>,
        /// What was approved.
        approval: Vec<Approval>,
    }
}

record! {
    /// Who approves, kind by kind; a kind that is left out needs nobody.
    pub struct Policy {
        /// A clause in its acceptable wording.
        acceptable: Option<At<Text>>,
        /// A clause in the wording of last resort; "legal" if left out.
        escalate: Option<At<Text>>,
        /// A clause that is left out.
        left_out: Option<At<Text>>,
    }
}

record! {
    /// A limit of the house.
    pub struct Limit {
        /// Its name.
        id: At<Id>,
        /// What it says, in a sentence.
        says: At<Text>,
        /// The limit as an expression over the deal, as walk-away rules are written.
        rule: At<Text>,
        /// Who approves a deal beyond it.
        by: At<Text>,
    }
}

record! {
    /// An approval.
    pub struct Approval {
        /// What is approved: "clause liability-cap", "left out: audit" or "limit share-ceiling".
        of: At<Text>,
        /// The role that approves.
        by: At<Text>,
        /// The person.
        name: At<Text>,
        /// The day.
        on: At<Date>,
        /// The digest of what is approved, as `engross pack` prints it.
        digest: At<Text>,
    }
}

/// Something that somebody must approve.
struct Deviation {
    of: String,
    by: String,
    what: String,
    digest: String,
    at: Span,
}

/// Reads an approvals file.
pub fn approvals(source: &Arc<Source>, report: &mut Report) -> Option<Approvals> {
    table(source, report)
}

/// Reports every deviation that nobody approved as it is; returns what was approved, each by its scope.
pub fn approved(
    approvals: Option<&Approvals>,
    deal: &Deal,
    library: &Library,
    draft: &Draft,
    report: &mut Report,
) -> Vec<String> {
    let mut deviations = wordings(approvals, deal, library, draft);
    if let Some(approvals) = approvals {
        let scope = scope(deal, &Standing::default());
        for limit in &approvals.limit {
            deviations.extend(beyond(limit, &scope, report));
        }
    }
    unneeded(approvals, &deviations, report);
    let mut scopes = Vec::new();
    for deviation in deviations {
        let given = approvals.into_iter().flat_map(|known| &known.approval);
        let given: Vec<&Approval> = given
            .filter(|one| one.of.as_str() == deviation.of && one.by.as_str() == deviation.by)
            .collect();
        if given
            .iter()
            .any(|one| one.digest.as_str() == deviation.digest)
        {
            scopes.push(format!("{} {}", deviation.of, deviation.digest));
            continue;
        }
        let add = format!(
            "`[[approval]]` with `of = \"{}\"`, `by = \"{}\"`, a name, a day and `digest = \"{}\"`",
            deviation.of, deviation.by, deviation.digest
        );
        report.push(match given.last() {
            Some(stale) => Diagnostic::error(
                Code::NotApproved,
                &stale.digest.span,
                format!(
                    "{} approved another text of `{}` than the one that would be sent",
                    deviation.by, deviation.of
                ),
            )
            .also(&deviation.at, deviation.what)
            .help(format!(
                "have {} look at it again, then write {add}",
                deviation.by
            )),
            None => Diagnostic::error(
                Code::NotApproved,
                &deviation.at,
                format!(
                    "{}, and {} has not approved it",
                    deviation.what, deviation.by
                ),
            )
            .help(format!(
                "ask {}, then add to {APPROVALS} {add}",
                deviation.by
            )),
        });
    }
    scopes
}

/// Says which approvals are of nothing: a name that was mistyped, or a deviation that is gone.
fn unneeded(approvals: Option<&Approvals>, deviations: &[Deviation], report: &mut Report) {
    for approval in approvals.into_iter().flat_map(|known| &known.approval) {
        let of = approval.of.as_str();
        if deviations.iter().any(|deviation| deviation.of == of) {
            continue;
        }
        let near = nearest(of, deviations.iter().map(|deviation| deviation.of.as_str()));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "take it out; the record of what was sent keeps what was approved".to_owned(),
        };
        report.push(
            Diagnostic::warning(
                Code::UnusedAllowance,
                &approval.of.span,
                format!("nothing that would be sent needs an approval of `{of}`"),
            )
            .help(help),
        );
    }
}

/// Clauses in other wordings, and those that were left out.
fn wordings(
    approvals: Option<&Approvals>,
    deal: &Deal,
    library: &Library,
    draft: &Draft,
) -> Vec<Deviation> {
    let policy = approvals.and_then(|known| known.policy.as_ref());
    let who = |of: fn(&Policy) -> &Option<At<Text>>| {
        let named = policy.and_then(|policy| of(policy).as_ref());
        named.map(|by| by.as_str().to_owned())
    };
    let mut found = Vec::new();
    for (name, choice) in &deal.clauses.choices {
        let id = name.id();
        let (by, of, what, scope) = match &choice.value {
            Choice::Rank(Rank::Preferred) => continue,
            Choice::Rank(rank) => {
                let by = match rank {
                    Rank::Acceptable => who(|policy| &policy.acceptable),
                    Rank::Escalate => {
                        Some(who(|policy| &policy.escalate).unwrap_or_else(|| OWNER.to_owned()))
                    }
                    Rank::Preferred => None,
                };
                let what = format!("the clause `{id}` has its {} wording", rank.as_str());
                (
                    by,
                    format!("clause {id}"),
                    what,
                    printed(id, *rank, library, draft),
                )
            }
            Choice::LeaveOut(reason) => {
                let what = format!("the clause `{id}` is left out");
                let of = format!("left out: {id}");
                (who(|policy| &policy.left_out), of, what, reason.to_string())
            }
        };
        let Some(by) = by else { continue };
        found.push(Deviation {
            digest: short(&format!("{of}\n{scope}")),
            of,
            by,
            what,
            at: choice.span.clone(),
        });
    }
    found
}

/// All that a clause says in the draft; its wording with its tags if it has no section of its own.
fn printed(id: &str, rank: Rank, library: &Library, draft: &Draft) -> String {
    let documents = draft.resolved.documents().iter();
    let mut sections = documents.flat_map(|document| walk::sections(&document.root));
    if let Some(section) = sections.find(|section| section.anchor.as_str() == id) {
        let alone = Document {
            name: String::new(),
            imprint: None,
            root: section.clone(),
        };
        let mut bytes = Vec::new();
        feed(&alone, &mut |piece| bytes.extend_from_slice(piece));
        return sha256(&bytes);
    }
    let clause = library.clauses.get(id);
    let variant = clause.and_then(|clause| clause.variant(rank));
    variant.map_or_else(String::new, |variant| variant.body.text().to_owned())
}

/// The limit as a deviation, if the deal is beyond it.
fn beyond(limit: &Limit, scope: &Scope<'_>, report: &mut Report) -> Option<Deviation> {
    match decide(limit.rule.as_str(), scope) {
        Ok(verdict) if verdict.holds => None,
        Ok(verdict) => {
            let mut text = limit.rule.to_string();
            for (path, value) in &verdict.values {
                text = format!("{text}\n{path} {value}");
            }
            let of = format!("limit {}", limit.id.as_str());
            Some(Deviation {
                digest: short(&format!("{of}\n{text}")),
                what: format!("the deal is beyond the limit `{}`", limit.id.as_str()),
                of,
                by: limit.by.to_string(),
                at: limit.rule.span.clone(),
            })
        }
        Err(faults) => {
            for fault in faults {
                report.push(super::check::told(&fault, &limit.rule));
            }
            None
        }
    }
}

/// The first letters of the digest of a scope, enough to be typed and compared.
fn short(scope: &str) -> String {
    sha256(scope.as_bytes()).chars().take(16).collect()
}
