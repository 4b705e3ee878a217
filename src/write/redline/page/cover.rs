//! The cover sheet: which texts, the proof, the legend, changed terms, results, statistics, renumbering.

use super::labels::Which;
use super::words::fill;
use super::{Side, Writer};
use crate::document::Anchor;
use crate::redline::Weight;

/// Up to how many rows a table of statistics stands unfolded.
const UNFOLDED: usize = 12;

/// The changes of one section.
#[derive(Debug, Clone, Default)]
struct Count {
    /// Substance, wording, moves, noise.
    kinds: [usize; 4],
    inserted: usize,
    deleted: usize,
}

impl Count {
    fn add(&mut self, weight: Weight, inserted: usize, deleted: usize) {
        self.kinds[place(weight)] += 1;
        self.inserted += inserted;
        self.deleted += deleted;
    }
}

/// The place of a kind in tables of them.
fn place(weight: Weight) -> usize {
    match weight {
        Weight::Substance => 0,
        Weight::Wording => 1,
        Weight::Move => 2,
        Weight::Noise => 3,
    }
}

impl Writer<'_> {
    /// The whole cover sheet.
    pub(super) fn cover(&mut self) {
        let words = self.words;
        self.page
            .fixed("<section class=\"sheet\" id=\"cover_\">\n<p class=\"kicker\">");
        self.page.text(&words.kicker);
        self.page.fixed("</p>\n<h1>");
        let title = fill(&words.title, "title", &self.title());
        self.page.text(&title);
        self.page.fixed("</h1>\n<div class=\"versions\">\n");
        for which in [Which::Old, Which::New] {
            self.version(which);
        }
        self.page.fixed("</div>\n");
        self.page.fixed("<div class=\"proof\"><div><p>");
        self.page.text(&words.proof);
        self.page.fixed("</p><p>");
        self.page.text(&words.check);
        self.page.fixed("</p></div></div>\n");
        if self.redline.changes.is_empty() {
            self.page.element("p", &words.same);
            self.page.line();
        }
        self.sums();
        self.legend();
        if !self.sheet.terms.is_empty() {
            self.terms();
        }
        if let Some(results) = &self.sheet.results {
            self.results(results);
        }
        if !self.redline.changes.is_empty() {
            self.kinds();
            self.sections();
        }
        self.renumbered();
        self.page.fixed("</section>\n");
    }

    fn version(&mut self, which: Which) {
        let words = self.words;
        let (side, name): (Side<'_>, &str) = match which {
            Which::Old => (self.old, &words.from),
            Which::New => (self.new, &words.to),
        };
        self.page.open("dl");
        self.page.element("dt", name);
        self.page.element("dd", side.name);
        let imprint = side.part.imprint();
        if let Some(imprint) = imprint {
            self.page.element("dd", imprint);
        }
        if !imprint.is_some_and(|imprint| imprint.contains(side.digest)) {
            self.page.tag("dd").fixed("class", "digest").open();
            self.page.text(&fill(&words.digest, "digest", side.digest));
            self.page.close("dd");
        }
        self.page.fixed("</dl>\n");
    }

    fn sums(&mut self) {
        let words = self.words;
        let stats = &self.redline.stats;
        self.page.fixed("<dl class=\"sums\">");
        for (count, name) in [
            (self.redline.changes.len(), &words.sum_changes),
            (stats.inserted, &words.sum_inserted),
            (stats.deleted, &words.sum_deleted),
            (stats.moved, &words.sum_moved),
            (self.redline.renumbered.len(), &words.sum_renumbered),
        ] {
            self.page.open("div");
            self.page.element("dt", name);
            self.page.element("dd", &grouped(count));
            self.page.close("div");
        }
        self.page.fixed("</dl>\n");
    }

    fn legend(&mut self) {
        let words = self.words;
        self.page.element("h2", &words.legend);
        self.page.fixed("\n<ul class=\"legend\" role=\"list\">");
        for (class, text) in [
            ("like-ins", &words.like_inserted),
            ("like-del", &words.like_deleted),
            ("like-from", &words.like_from),
            ("like-to", &words.like_to),
            ("like", &words.like_mark),
            ("like", &words.like_number),
        ] {
            self.page.open("li");
            self.page.tag("span").set("class", class).open();
            self.page.text(text);
            self.page.fixed("</span></li>");
        }
        self.page.fixed("</ul>\n");
    }

    /// Begins a table with these columns; the last ones are figures, which stand to the right.
    pub(super) fn table_head(&mut self, name: &str, columns: &[&str], figures: usize) {
        self.page
            .tag("div")
            .fixed("class", "scroll")
            .fixed("role", "region")
            .fixed("tabindex", "0")
            .set("aria-label", name)
            .open();
        self.page.fixed("<table><thead><tr>");
        for (place, column) in columns.iter().enumerate() {
            let tag = self.page.tag("th").fixed("scope", "col");
            if place + figures >= columns.len() {
                tag.fixed("class", "n").open();
            } else {
                tag.open();
            }
            self.page.text(column);
            self.page.close("th");
        }
        self.page.fixed("</tr></thead>\n<tbody>\n");
    }

    pub(super) fn end_table(&mut self) {
        self.page.fixed("</tbody></table></div>\n");
    }

    /// How many changes there are of each kind, and what the kinds are.
    fn kinds(&mut self) {
        let words = self.words;
        let mut counts = [0; 4];
        for change in &self.redline.changes {
            counts[place(change.weight)] += 1;
        }
        self.page.element("h2", &words.kinds);
        self.page.fixed("\n<dl class=\"weights\">");
        for ((name, meaning), count) in [
            (&words.substance, &words.substance_is),
            (&words.wording, &words.wording_is),
            (&words.moves, &words.moves_is),
            (&words.noise, &words.noise_is),
        ]
        .into_iter()
        .zip(counts)
        {
            self.page.open("div");
            self.page.element("dt", name);
            self.page.tag("dd").fixed("class", "sum").open();
            self.page.text(&grouped(count));
            self.page.close("dd");
            self.page.tag("dd").fixed("class", "is-what").open();
            self.page.text(meaning);
            self.page.fixed("</dd></div>");
        }
        self.page.fixed("</dl>\n");
    }

    /// How many changes there are in each section.
    fn sections(&mut self) {
        let words = self.words;
        let redline = self.redline;
        let mut sections: Vec<(&Anchor, Count)> = Vec::new();
        for change in &redline.changes {
            let known = sections
                .iter()
                .rposition(|(anchor, _)| **anchor == change.section);
            let at = known.unwrap_or_else(|| {
                sections.push((&change.section, Count::default()));
                sections.len() - 1
            });
            sections[at]
                .1
                .add(change.weight, change.inserted, change.deleted);
        }
        self.fold(
            &words.sections,
            sections.len(),
            "",
            sections.len() <= UNFOLDED,
        );
        let columns = [
            &words.section,
            &words.substance,
            &words.wording,
            &words.moves,
            &words.noise,
            &words.added,
            &words.removed,
        ];
        let columns: Vec<&str> = columns.iter().map(|word| word.as_str()).collect();
        self.table_head(&words.sections, &columns, 6);
        for (anchor, count) in &sections {
            self.page.fixed("<tr><th scope=\"row\">");
            let name = self.places.name(anchor).full();
            let link = self
                .places
                .link(anchor, Which::New)
                .or_else(|| self.places.link(anchor, Which::Old));
            match link {
                Some(link) => {
                    self.page.tag("a").set("href", &link).open();
                    self.page.text(&name);
                    self.page.close("a");
                }
                None => self.page.text(&name),
            }
            self.page.close("th");
            for figure in count.kinds.iter().chain([&count.inserted, &count.deleted]) {
                self.page.fixed("<td class=\"n\">");
                // A nought would be read before the figures that matter.
                if *figure > 0 {
                    self.page.text(&grouped(*figure));
                }
                self.page.close("td");
            }
            self.page.fixed("</tr>\n");
        }
        self.end_table();
        self.page.fixed("</details>\n");
    }

    /// Opens a part of the sheet that folds; its end is a `</details>`.
    fn fold(&mut self, name: &str, count: usize, remark: &str, open: bool) {
        self.page
            .fixed(if open { "<details open>" } else { "<details>" });
        self.page.fixed("<summary>");
        self.page.text(name);
        self.page.fixed(" <small>");
        self.page.text(&grouped(count));
        self.page.fixed("</small></summary>\n");
        if !remark.is_empty() {
            self.page.tag("p").fixed("class", "more").open();
            self.page.text(remark);
            self.page.close("p");
            self.page.line();
        }
    }

    /// The sections whose numbers follow from other changes.
    fn renumbered(&mut self) {
        let words = self.words;
        let redline = self.redline;
        if redline.renumbered.is_empty() {
            return;
        }
        self.fold(
            &words.renumbered,
            redline.renumbered.len(),
            &words.renumbered_is,
            false,
        );
        let columns = [&words.old_number, &words.new_number, &words.section];
        let columns: Vec<&str> = columns.iter().map(|word| word.as_str()).collect();
        self.table_head(&words.renumbered, &columns, 0);
        for it in &redline.renumbered {
            self.page.open("tr");
            for number in [&it.old, &it.new] {
                self.page
                    .element("td", number.as_ref().unwrap_or(&words.none));
            }
            self.page.open("td");
            let name = self.places.name(&it.anchor);
            match self.places.link(&it.anchor, Which::New) {
                Some(link) => {
                    self.page.tag("a").set("href", &link).open();
                    self.page.text(&name.title);
                    self.page.close("a");
                }
                None => self.page.text(&name.title),
            }
            self.page.fixed("</td></tr>\n");
        }
        self.end_table();
        self.page.fixed("</details>\n");
    }
}

/// A count with its thousands apart.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
