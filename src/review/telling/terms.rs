//! The terms that change, as the papers of a review tell of them.

use super::Meeting;
use super::changed::is_term;
use crate::deal::Deal;
use crate::deal::changes::TermChange;
use crate::draft::papers::ChangeSeen;
use crate::draft::provenance::{How, Sighting, Whereabouts, whereabouts_of};
use crate::library::{fill, in_words, listed};

impl Meeting<'_> {
    /// The terms that change and are printed.
    pub fn terms(&self) -> Vec<ChangeSeen> {
        let terms: Vec<&TermChange> = self.changes.iter().filter(|one| is_term(one)).collect();
        if terms.is_empty() {
            return Vec::new();
        }
        let paths: Vec<&str> = terms
            .iter()
            .filter_map(|change| change.new_path.as_deref())
            .collect();
        let found = whereabouts_of(self.new, self.library, self.draft, &paths).unwrap_or_default();
        let mut found = found.into_iter();
        let mut told = Vec::new();
        for change in terms {
            let places = change.new_path.as_ref().and_then(|_| found.next());
            told.push(self.term(change, places.and_then(Result::ok).as_ref()));
        }
        told
    }

    /// `places` are those where the term appears.
    fn term(&self, change: &TermChange, places: Option<&Whereabouts>) -> ChangeSeen {
        let words = &self.library.reviews;
        let value = |text: &Option<String>| {
            text.as_ref().map_or_else(
                || words.left_out.as_str().to_owned(),
                |text| in_words(change.path(), text),
            )
        };
        // How a house ranks its wordings is its own affair: the attached edition shows what they say.
        let wording = change.path().strip_prefix("clauses.");
        let (term, was, now) = if let Some(id) = wording {
            let clause = self.library.clauses.get(id);
            let title = clause.map_or(id, |clause| clause.title.as_str());
            (
                fill(words.wording.as_str(), &[("clause", title)]),
                words.wording_before.as_str().to_owned(),
                words.wording_now.as_str().to_owned(),
            )
        } else {
            let name = self.library.terms.name(change.path(), &change.entries);
            (
                name.unwrap_or_else(|| change.words.clone()),
                value(&change.was),
                value(&change.is),
            )
        };
        let (was, now) = match change.path() {
            "exclusivity.reverted" | "exclusivity.regained" => self.exclusive(change, was, now),
            _other => (was, now),
        };
        ChangeSeen {
            term,
            section: places.map_or_else(String::new, |places| self.section(places)),
            was,
            now,
            why: self.why(change),
        }
    }

    /// Where the exclusivity stood and stands, in words.
    fn exclusive(&self, change: &TermChange, was: String, now: String) -> (String, String) {
        let words = &self.library.reviews;
        let day = |word: &str, date: &str| fill(word, &[("date", date)]);
        let regained = change.path() == "exclusivity.regained";
        let before = |deal: &Deal| {
            let terms = deal.exclusivity.as_ref();
            terms.and_then(|terms| terms.reverted.as_ref().map(|date| date.print()))
        };
        let was = match (&change.was, regained.then(|| before(self.new)).flatten()) {
            (Some(_), _) => was,
            (None, Some(reverted)) => day(words.reverted.as_str(), &reverted),
            (None, None) => words.holds.as_str().to_owned(),
        };
        let word = if regained {
            &words.won_back
        } else {
            &words.reverted
        };
        let now = match &change.is {
            Some(date) => day(word.as_str(), date),
            None => now,
        };
        (was, now)
    }

    /// The sections that print a term, as a reader of the amendment finds them; empty if none does.
    ///
    /// Key terms sum up what sections of exhibits say, so those go first.
    fn section(&self, places: &Whereabouts) -> String {
        let prints = |sighting: &&Sighting| sighting.hows.contains(&How::Printed);
        let in_exhibit = |sighting: &&Sighting| {
            let documents = &sighting.documents;
            documents.iter().any(|name| name.starts_with("exhibit-"))
        };
        let found = &places.found;
        let mut shown: Vec<&Sighting> = found
            .iter()
            .filter(|sighting| prints(sighting) && in_exhibit(sighting))
            .collect();
        if shown.is_empty() {
            let other = found.iter().find(in_exhibit);
            shown.extend(other.or_else(|| found.iter().find(prints)));
        }
        let references: Vec<String> = shown
            .iter()
            .map(|sighting| self.reference(sighting.printed.anchor.as_str()))
            .collect();
        let references: Vec<&str> = references.iter().map(String::as_str).collect();
        listed(&references, self.library.words.and.as_str())
    }
}
