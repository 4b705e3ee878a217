//! Negotiation files by chance, each text and each figure of them with a mark that stands nowhere else.

use std::fmt::Write;

/// What every sum begins with.
pub(super) const SUM: &str = "9173642";

/// What every share begins with.
pub(super) const SHARE: &str = "63.917";

/// A source of chance that gives the same in every run.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(super) fn word(&mut self) -> String {
        let length = 3 + self.below(9);
        (0..length)
            .map(|_| char::from(b'a' + u8::try_from(self.below(26)).expect("a letter")))
            .collect()
    }

    pub(super) fn words(&mut self) -> String {
        let count = 1 + self.below(7);
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    pub(super) fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let limit = u64::try_from(words.len()).expect("a few words");
        words[usize::try_from(self.below(limit)).expect("a place")]
    }
}

/// A negotiation file with every key, each text beginning with a mark of its own.
pub(super) fn random(ours: &str, theirs: &str, mark: &str, chance: &mut Chance) -> String {
    let mut place = 0;
    let mut text = String::new();
    let mut say = |chance: &mut Chance| {
        place += 1;
        format!("\"{mark}{place:03} {}\"", chance.words())
    };
    let party = |chance: &mut Chance| chance.of(&[ours, theirs]).to_owned();
    let _ = write!(
        text,
        "schema = 1\nours = \"{ours}\"\nthesis = {}\n",
        say(chance)
    );
    let margin = 1 + chance.below(9);
    let _ = write!(
        text,
        "[estimate]\ncompany_margin = \"{SHARE}{margin}%\"\npartner_cost = \"USD {SUM}{}\"\n",
        chance.below(10)
    );
    for number in 0..chance.below(4) {
        let _ = write!(
            text,
            "[[alternative]]\nof = \"{}\"\nwhat = {}\nvalue = \"USD {SUM}{}\"\nbecause = {}\nbest = {}\n",
            party(chance),
            say(chance),
            chance.below(10),
            say(chance),
            number == 0
        );
    }
    for number in 0..chance.below(4) {
        let rule = chance.of(&[
            "exclusivity == none",
            "legal.audit != none",
            "party.size() == 3",
            "nonsense &&&",
        ]);
        let _ = write!(
            text,
            "[[walk_away]]\nid = \"rule-{number}\"\nsays = {}\nrule = \"{rule}\"\nbecause = {}\n",
            say(chance),
            say(chance)
        );
    }
    for number in 0..chance.below(4) {
        let _ = write!(
            text,
            "[[issue]]\nid = \"issue-{number}\"\ntitle = {}\nterms = [\"term.cure\"]\nbucket = \"{}\"\nworth = \"USD {SUM}{}\"\nin_return = [{}]\ntopic = \"{}\"\n[issue.ours]\nposition = {}\ninterest = {}\noptions = [{}]\n[issue.theirs]\nposition = {}\ninterest = {}\noptions = [{}]\n",
            say(chance),
            chance.of(&["must-have", "tradable", "giveaway"]),
            chance.below(10),
            say(chance),
            chance.of(&["economics", "data", "term"]),
            say(chance),
            say(chance),
            say(chance),
            say(chance),
            say(chance),
            say(chance)
        );
    }
    for number in 0..chance.below(3) {
        let _ = write!(
            text,
            "[[trade]]\nid = \"trade-{number}\"\ngive = {}\nget = {}\ngive_terms = [\"term.cure\"]\nget_terms = [\"term.initial\"]\ncost = \"USD {SUM}{}\"\ngain = \"USD {SUM}9\"\n",
            say(chance),
            say(chance),
            chance.below(10)
        );
    }
    let _ = write!(
        text,
        "[[pressure]]\nkind = \"{}\"\nsaid = {}\n[[question]]\nid = \"q\"\ntopic = \"data\"\nask = {}\nlearns = {}\n[[script]]\nid = \"s\"\nsituation = \"trading\"\nsay = {}\n",
        chance.of(&["deadline", "one-sided"]),
        say(chance),
        say(chance),
        say(chance),
        say(chance)
    );
    let _ = write!(
        text,
        "[[meeting]]\ndate = \"2026-10-14\"\nattendees = [{}]\nagreed = [{}]\nopen = [{}]\nnext = [{}]\nheard = [{}]\n",
        say(chance),
        say(chance),
        say(chance),
        say(chance),
        say(chance)
    );
    text
}
