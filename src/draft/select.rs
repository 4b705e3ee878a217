//! Which clauses an agreement has, and in which wording.

use super::is_present;
use super::view::ExhibitSeen;
use crate::deal::fact::Fact;
use crate::deal::{Choice, Deal, Id, Rank};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::index::{Index, Names};
use crate::library::{Article, Clause, DEFAULT_OUTLINE, Library, Outline, Part, PartLabel};
use crate::source::Span;
use crate::units::nearest;

/// The clauses of one agreement.
#[derive(Debug)]
pub(super) struct Selection<'l> {
    /// The plan that it follows.
    pub(super) outline: &'l Outline,
    /// The ids of all clauses, articles and parts that it has.
    pub(super) included: Names,
    /// The clauses with their wordings, by id.
    chosen: Index<&'l str, (&'l Clause, Rank)>,
    /// The exhibits, in the order in which the agreement will most likely refer to them first, which is the order of
    /// their letters.
    pub(super) exhibits: Vec<ExhibitSeen>,
    /// So many of them, the first, come first because wordings name them; the others follow in the order of the
    /// outline.
    pub(super) named: usize,
}

impl<'l> Selection<'l> {
    /// Every clause of an outline in its preferred wording, for a paper that belongs to an agreement which has the
    /// clauses `included`.
    pub(super) fn whole(
        outline: &'l Outline,
        library: &'l Library,
        included: impl IntoIterator<Item = String>,
    ) -> Selection<'l> {
        let articles = outline.part.iter().flat_map(|part| &part.articles);
        let ids = articles.flat_map(Article::clauses).chain(&outline.cover);
        let chosen: Index<&str, (&Clause, Rank)> = ids
            .filter_map(|id| library.clauses.get(id.as_str()))
            .map(|clause| (clause.id.as_str(), (clause, Rank::Preferred)))
            .collect();
        let here = chosen.keys().map(|id| (*id).to_owned());
        Selection {
            outline,
            included: included.into_iter().chain(here).collect(),
            chosen,
            exhibits: Vec::new(),
            named: 0,
        }
    }

    /// The clause `id` and its wording, if the agreement has it.
    pub(super) fn chosen(&self, id: &str) -> Option<(&'l Clause, Rank)> {
        self.chosen.get(id).copied()
    }

    /// All clauses with their wordings, in the order of the outline.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'l Clause, Rank)> {
        self.chosen.values().copied()
    }

    /// Whether the agreement has this clause, article or part.
    pub(super) fn has(&self, id: &str) -> bool {
        self.included.contains(id)
    }

    /// Whether the outline has a part or an article of this name, in this deal or not.
    pub(super) fn outline_knows(&self, id: &str) -> bool {
        self.outline.part.iter().any(|part| {
            part.id.as_str() == id
                || part
                    .articles
                    .iter()
                    .any(|article| article.id().as_str() == id)
        })
    }

    /// The section with the table of terms that are defined elsewhere.
    pub(super) fn elsewhere(&self) -> Option<&'l Id> {
        let articles = self.outline.part.iter().flat_map(|part| &part.articles);
        let headings = articles.filter_map(|article| match article {
            Article::Heading(heading) => Some(heading),
            Article::Clause(_) => None,
        });
        headings
            .filter(|heading| heading.elsewhere.as_ref().is_some_and(|flag| flag.value))
            .rfind(|heading| self.has(heading.id.as_str()))
            .map(|heading| &heading.id.value)
    }

    /// The section that prints the clause `id`: its own, the glossary that it went into, or the cover.
    pub(super) fn section_of<'s>(&'s self, id: &'s str) -> &'s str {
        if self
            .outline
            .cover
            .iter()
            .any(|clause| clause.as_str() == id)
        {
            return super::assemble::WHOLE;
        }
        let glossary = self
            .outline
            .part
            .iter()
            .flat_map(|part| &part.articles)
            .find(|article| {
                article
                    .glossary()
                    .iter()
                    .any(|clause| clause.as_str() == id)
            });
        glossary.map_or(id, |article| article.id().as_str())
    }

    /// The exhibits in the order of the outline.
    pub(super) fn exhibits_by_outline(&self) -> Vec<ExhibitSeen> {
        let exhibits = self.exhibit_parts().map(|part| ExhibitSeen {
            id: part.id.as_str().to_owned(),
            title: part.heading(|clause| self.has(clause)).to_string(),
        });
        exhibits.collect()
    }

    fn exhibit_parts(&self) -> impl Iterator<Item = &'l Part> {
        let is_exhibit = |part: &&Part| part.label.value == PartLabel::Exhibit;
        let parts = self.outline.part.iter().filter(is_exhibit);
        parts.filter(|part| self.has(part.id.as_str()))
    }

    /// Puts the exhibits in the order in which the wordings name them, as far as the first list of exhibits, and then
    /// in that of the outline.
    fn foresee_exhibits(&mut self) {
        let mut named = Vec::new();
        self.name_exhibits(&mut named);
        let place = |id: &str| named.iter().position(|name| *name == id);
        let mut exhibits = self.exhibits_by_outline();
        exhibits.sort_by_key(|exhibit| place(&exhibit.id).unwrap_or(usize::MAX));
        self.exhibits = exhibits;
        self.named = named.len();
    }

    /// Adds the exhibits to which the wordings refer before the first list of exhibits, in that order.
    fn name_exhibits(&self, named: &mut Vec<&'l str>) {
        let mut inside: Index<&str, &str> = Index::default();
        let mut count = 0;
        for part in self.exhibit_parts() {
            count += 1;
            let exhibit = part.id.as_str();
            inside.insert(exhibit, exhibit);
            for article in &part.articles {
                inside.insert(article.id().as_str(), exhibit);
                inside.extend(article.clauses().map(|id| (id.as_str(), exhibit)));
            }
        }
        let variants = self.all().filter_map(|(clause, rank)| clause.variant(rank));
        for text in variants.map(|variant| variant.body.text()) {
            let (before, list) = match text.split_once(LIST) {
                Some((before, _)) => (before, true),
                None => (text, false),
            };
            for reference in before.split("](#").skip(1) {
                let target = reference.split(')').next().unwrap_or_default();
                if let Some(exhibit) = inside.get(target)
                    && self.has(target)
                    && !named.contains(exhibit)
                {
                    named.push(exhibit);
                }
            }
            if list || named.len() == count {
                break;
            }
        }
    }
}

/// What a wording says where it lists the exhibits.
pub(super) const LIST: &str = " in exhibits";

/// Chooses the clauses of a deal.
pub(super) fn select<'l>(
    deal: &Deal,
    facts: &Fact<'_>,
    library: &'l Library,
    report: &mut Report,
) -> Option<Selection<'l>> {
    let outline = outline(deal, library, report)?;
    check_names(deal, library, report);
    let mut selection = Selection {
        outline,
        included: Names::default(),
        chosen: Index::default(),
        exhibits: Vec::new(),
        named: 0,
    };
    for id in &outline.cover {
        add_clause(id.as_str(), deal, facts, library, &mut selection, report);
    }
    for part in &outline.part {
        let mut any = false;
        for article in &part.articles {
            any |= add_article(article, part, deal, facts, library, &mut selection, report);
        }
        if any {
            selection.included.insert(part.id.as_str().to_owned());
        }
    }
    selection.foresee_exhibits();
    check_risks(deal, &selection, report);
    Some(selection)
}

fn add_article<'l>(
    article: &Article,
    part: &Part,
    deal: &Deal,
    facts: &Fact<'_>,
    library: &'l Library,
    selection: &mut Selection<'l>,
    report: &mut Report,
) -> bool {
    let mut any = false;
    for id in article.clauses() {
        any |= add_clause(id.as_str(), deal, facts, library, selection, report);
    }
    match article {
        Article::Clause(_) => any,
        Article::Heading(heading) => {
            // A table of terms has no clause of its own: it stands wherever its exhibit does.
            let elsewhere = heading.elsewhere.as_ref().is_some_and(|flag| flag.value)
                && part
                    .articles
                    .iter()
                    .flat_map(Article::clauses)
                    .any(|id| selection.has(id.as_str()));
            if any || elsewhere {
                selection.included.insert(heading.id.as_str().to_owned());
            }
            any || elsewhere
        }
    }
}

/// Chooses the wording of one clause; false if the agreement does not have it.
fn add_clause<'l>(
    id: &str,
    deal: &Deal,
    facts: &Fact<'_>,
    library: &'l Library,
    selection: &mut Selection<'l>,
    report: &mut Report,
) -> bool {
    let Some(clause) = library.clauses.get(id) else {
        return false;
    };
    let needed = clause
        .needs
        .iter()
        .all(|need| is_present(facts, need.as_str()));
    let rank = match deal.clauses.of(id) {
        Some(Choice::LeaveOut(_)) => {
            if needed && clause.essential {
                essential(deal, clause, report);
            }
            return false;
        }
        Some(Choice::Rank(rank)) => *rank,
        None => Rank::Preferred,
    };
    if !needed {
        return false;
    }
    if clause.variant(rank).is_none() {
        missing_rank(deal, clause, rank, report);
        return false;
    }
    selection.chosen.insert(clause.id.as_str(), (clause, rank));
    selection.included.insert(id.to_owned());
    true
}

fn outline<'l>(deal: &Deal, library: &'l Library, report: &mut Report) -> Option<&'l Outline> {
    let name = deal
        .agreement
        .outline
        .as_ref()
        .map_or(DEFAULT_OUTLINE, |outline| outline.as_str());
    let found = library.outlines.get(name);
    if found.is_none() {
        let at = deal
            .agreement
            .outline
            .as_ref()
            .map_or_else(|| deal.agreement.at.clone(), |outline| outline.span.clone());
        let known: Vec<&str> = library.outlines.keys().map(String::as_str).collect();
        report.push(
            Diagnostic::error(
                Code::UnknownName,
                &at,
                format!("the library has no outline `{name}`"),
            )
            .help(format!("its outlines are `{}`", known.join("`, `"))),
        );
    }
    found
}

/// Names of clauses in the deal must be names of clauses in the library.
fn check_names(deal: &Deal, library: &Library, report: &mut Report) {
    let named = deal.clauses.choices.iter().map(|(name, _)| name);
    let risks = deal.risk.iter().flat_map(|risk| &risk.answered_by);
    for name in named.chain(risks) {
        if library.clauses.contains_key(name.id()) {
            continue;
        }
        let help = nearest(name.id(), library.clauses.keys().map(String::as_str)).map_or_else(
            || "`engross library export` shows all clauses".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        report.push(
            Diagnostic::error(
                Code::UnknownName,
                &name.span,
                format!("the library has no clause `{}`", name.id()),
            )
            .help(help),
        );
    }
}

/// A risk whose answer is not in the agreement is not answered.
fn check_risks(deal: &Deal, selection: &Selection<'_>, report: &mut Report) {
    for risk in &deal.risk {
        for answer in &risk.answered_by {
            let known = selection.has(answer.id());
            if !known && selection.outline.lists(answer.id()) {
                report.push(
                    Diagnostic::error(
                        Code::UnansweredRisk,
                        &answer.span,
                        format!(
                            "the clause `{}` answers this risk and is not in the agreement",
                            answer.id()
                        ),
                    )
                    .also(&risk.what.span, "the risk")
                    .help("give the deal what the clause needs, or name another clause"),
                );
            }
        }
    }
}

/// A clause that the deal cannot do without is left out.
fn essential(deal: &Deal, clause: &Clause, report: &mut Report) {
    let id = clause.id.as_str();
    let choices = &mut deal.clauses.choices.iter();
    let Some((name, _)) = choices.find(|(name, _)| name.id() == id) else {
        return;
    };
    let help = match clause.needs.last() {
        Some(need) => format!(
            "delete this line; if nothing of it was agreed, delete `{}` from the deal instead",
            need.as_str()
        ),
        None => "delete this line; a house’s own library may word the clause otherwise".to_owned(),
    };
    report.push(
        Diagnostic::error(
            Code::MissingPart,
            &name.span,
            format!("`{id}` cannot be left out: what it says stands nowhere else"),
        )
        .help(help),
    );
}

fn missing_rank(deal: &Deal, clause: &Clause, rank: Rank, report: &mut Report) {
    let at: Option<Span> = deal
        .clauses
        .choices
        .iter()
        .find(|(name, _)| name.id() == clause.id.as_str())
        .map(|(_, choice)| choice.span.clone());
    let ranks: Vec<&str> = clause
        .variants
        .iter()
        .map(|variant| variant.rank.as_str())
        .collect();
    report.push(
        Diagnostic::error(
            Code::UnknownChoice,
            at.as_ref().unwrap_or(&clause.id.span),
            format!(
                "the clause `{}` has no `{}` wording",
                clause.id.as_str(),
                rank.as_str()
            ),
        )
        .help(format!("it has: {}", ranks.join(", "))),
    );
}
