//! On the cover: the deal's terms that changed with what follows from them, and what each side gets.

use super::cover::grouped;
use super::labels::Which;
use super::words::fill;
use super::{ResultLine, Results, Term, Writer};
use crate::document::Anchor;

/// How many places of a term are seen before the others unfold.
const SEEN: usize = 8;

impl Writer<'_> {
    pub(super) fn terms(&mut self) {
        let words = self.words;
        let columns = [
            &words.term,
            &words.was,
            &words.is,
            &words.effect,
            &words.places,
        ];
        let columns: Vec<&str> = columns.iter().map(|word| word.as_str()).collect();
        let sheet = self.sheet;
        self.page.element("h2", &words.terms);
        self.page.fixed("\n<div class=\"terms\">");
        self.table_head(&words.terms, &columns, 0);
        for (place, term) in sheet.terms.iter().enumerate() {
            self.term(place, term);
        }
        self.end_table();
        self.page.fixed("</div>\n");
    }

    fn term(&mut self, place: usize, term: &Term) {
        let words = self.words;
        self.page
            .tag("tr")
            .put("id", format_args!("term_{}", place + 1))
            .open();
        self.page.tag("th").fixed("scope", "row").open();
        self.page.text(&term.name);
        if let Some(reason) = &term.reason {
            self.page.tag("span").fixed("class", "more").open();
            self.page.text(&fill(&words.reason, "reason", reason));
            self.page.close("span");
        }
        self.page.close("th");
        for (class, value) in [("was", &term.was), ("is", &term.is)] {
            self.page.open("td");
            let (class, text) = match value {
                Some(value) => (class, value),
                None => ("more", &words.absent),
            };
            self.page.tag("span").set("class", class).open();
            self.page.text(text);
            self.page.close("span");
            self.page.close("td");
        }
        self.page.open("td");
        for (place, line) in term.effect.iter().enumerate() {
            if place > 0 {
                self.page.fixed("<br>");
            }
            self.page.text(line);
        }
        self.page.close("td");
        self.page.tag("td").fixed("class", "places").open();
        // A term may show in half a document: the first places are seen, the others are a click away.
        let seen = if term.changes.len() > SEEN + 1 {
            SEEN
        } else {
            term.changes.len()
        };
        let (first, others) = term.changes.split_at(seen);
        self.places(first);
        if !others.is_empty() {
            self.page.fixed("<details><summary>");
            self.page
                .text(&fill(&words.more_places, "count", &grouped(others.len())));
            self.page.close("summary");
            self.places(others);
            self.page.close("details");
        }
        if let Some(clause) = &term.clause {
            self.clause(clause);
        }
        self.page.fixed("</td></tr>\n");
    }

    /// Links to changes.
    fn places(&mut self, numbers: &[usize]) {
        for number in numbers {
            self.page
                .tag("a")
                .put("href", format_args!("#c{number}"))
                .open();
            self.page.number(*number);
            self.page.close("a");
            self.page.text(" ");
        }
    }

    fn clause(&mut self, clause: &Anchor) {
        let name = self.places.name(clause);
        if name.short().is_empty() {
            return;
        }
        let link = self
            .places
            .link(clause, Which::New)
            .or_else(|| self.places.link(clause, Which::Old));
        self.page.tag("span").fixed("class", "more").open();
        match link {
            Some(link) => {
                self.page
                    .tag("a")
                    .fixed("class", "ref")
                    .set("href", &link)
                    .open();
                self.page.text(&name.full());
                self.page.close("a");
            }
            None => self.page.text(&name.full()),
        }
        self.page.close("span");
    }

    pub(super) fn results(&mut self, results: &Results) {
        let words = self.words;
        let mut columns = vec![words.side.as_str(), ""];
        columns.extend(results.volumes.iter().map(String::as_str));
        self.page.element("h2", &words.results);
        self.page.line();
        self.page
            .tag("div")
            .fixed("class", "scroll")
            .fixed("role", "region")
            .fixed("tabindex", "0")
            .set("aria-label", &words.results)
            .open();
        self.page.fixed("<table><thead><tr><th scope=\"col\">");
        self.page.text(&words.side);
        self.page.fixed("</th><td></td>");
        for volume in &results.volumes {
            self.page.fixed("<th scope=\"col\" class=\"n\">");
            self.page.text(volume);
            self.page.close("th");
        }
        self.page.fixed("</tr></thead>\n<tbody>\n");
        for line in &results.lines {
            self.result(line);
        }
        self.end_table();
    }

    /// What one side gets: the old figures in a row, the new ones below.
    fn result(&mut self, line: &ResultLine) {
        let words = self.words;
        for (name, figures) in [(&words.before, &line.was), (&words.after, &line.is)] {
            self.page.open("tr");
            if name == &words.before {
                self.page
                    .tag("th")
                    .fixed("scope", "rowgroup")
                    .fixed("rowspan", "2")
                    .open();
                self.page.text(&line.side);
                self.page.close("th");
            }
            self.page.fixed("<th scope=\"row\" class=\"turn\">");
            self.page.text(name);
            self.page.close("th");
            for (place, figure) in figures.iter().enumerate() {
                let same = line.was.get(place) == line.is.get(place);
                self.page.tag("td").fixed("class", "n").open();
                if same || figure.is_empty() {
                    self.page.text(figure);
                } else {
                    let class = if name == &words.before { "was" } else { "is" };
                    self.page.tag("span").set("class", class).open();
                    self.page.text(figure);
                    self.page.close("span");
                }
                self.page.close("td");
            }
            self.page.fixed("</tr>\n");
        }
    }
}
