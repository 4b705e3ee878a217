//! The frame of the page: head, style, controls, and what the script needs.

use super::Writer;
use super::cover::grouped;
use super::words::fill;
use crate::redline::Weight;
use crate::write::html::frame::digest;

impl Writer<'_> {
    /// The whole page.
    pub(super) fn frame(&mut self) {
        let words = self.words;
        self.page.fixed("<!doctype html>\n");
        self.page.tag("html").set("lang", &words.language).open();
        self.page.line();
        self.head_element();
        self.page
            .fixed("<body>\n<a class=\"skip\" href=\"#text_\">");
        self.page.text(&words.skip);
        self.page
            .fixed("</a>\n<div class=\"side\">\n<header>\n<p class=\"imprint\">");
        let imprint = self.imprint();
        self.page.text(&imprint);
        self.page.fixed("</p>\n</header>\n");
        self.controls();
        self.list();
        self.page.fixed("</div>\n");
        let key = format!("{} {}", self.old.digest, self.new.digest);
        self.page
            .tag("main")
            .fixed("id", "text_")
            .fixed("tabindex", "-1")
            .set("data-key", &key)
            .set("data-old", self.old.name)
            .set("data-new", self.new.name)
            .open();
        self.page.line();
        self.cover();
        self.page
            .tag("article")
            .fixed("class", "text")
            .fixed("id", "document_")
            .set("aria-label", &words.text)
            .open();
        self.page.line();
        self.text();
        self.page.fixed("</article>\n</main>\n");
        self.kit();
        self.page.open("script");
        self.page.code(&self.look.script);
        self.page.fixed("</script>\n</body>\n</html>\n");
    }

    fn imprint(&self) -> String {
        let named = fill(&self.words.imprint, "old", self.old.name);
        fill(&named, "new", self.new.name)
    }

    fn head_element(&mut self) {
        let words = self.words;
        self.page.fixed("<head>\n<meta charset=\"utf-8\">\n");
        self.page
            .tag("meta")
            .fixed("http-equiv", "Content-Security-Policy")
            .put(
                "content",
                format_args!(
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; \
                     base-uri 'none'; form-action 'none'",
                    digest(&self.look.script)
                ),
            )
            .open();
        self.page.fixed(
            "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>",
        );
        let title = fill(&words.title, "title", &self.title());
        self.page.text(&title);
        self.page.fixed("</title>\n<style>\n");
        self.page.code(&self.look.style);
        let imprint = self.imprint();
        self.page.fixed("@page{@top-left{content:");
        self.page.css_string(&title);
        self.page.fixed("}@bottom-left{content:");
        self.page.css_string(&imprint);
        self.page.fixed("}@bottom-right{content:");
        self.page.css_string(&words.page);
        self.page.fixed("\" \"counter(page)\" \"");
        self.page.css_string(&words.of);
        self.page
            .fixed("\" \"counter(pages)}}\n</style>\n</head>\n");
    }

    /// What is shown: all of it works by the state of the boxes alone, but for two texts side by side.
    fn controls(&mut self) {
        let words = self.words;
        self.page
            .tag("div")
            .fixed("class", "view")
            .fixed("role", "region")
            .set("aria-label", &words.controls)
            .open();
        self.page.fixed("\n<details><summary>");
        self.page.text(&words.controls);
        self.page
            .fixed("</summary>\n<fieldset class=\"pick\"><legend>");
        self.page.text(&words.view);
        self.page.fixed("</legend>");
        for (id, name, checked) in [
            ("both_", &words.both, true),
            ("new_", &words.new_text, false),
            ("side_", &words.side_by_side, false),
            ("old_", &words.old_text, false),
        ] {
            let tag = self.page.tag("label");
            if id == "side_" {
                tag.fixed("class", "wide-only").open();
            } else {
                tag.open();
            }
            let tag = self
                .page
                .tag("input")
                .fixed("type", "radio")
                .fixed("name", "view")
                .set("id", id)
                .fixed("autocomplete", "off");
            if checked {
                tag.fixed("checked", "").open();
            } else {
                tag.open();
            }
            self.page.text(" ");
            self.page.text(name);
            self.page.close("label");
        }
        self.page.fixed("</fieldset>\n<fieldset><legend>");
        self.page.text(&words.mark);
        self.page.fixed("</legend>");
        for (id, name, weight) in [
            ("k_substance", &words.substance, Weight::Substance),
            ("k_wording", &words.wording, Weight::Wording),
            ("k_move", &words.moves, Weight::Move),
            ("k_noise", &words.noise, Weight::Noise),
        ] {
            let count = self
                .redline
                .changes
                .iter()
                .filter(|change| change.weight == weight)
                .count();
            self.box_for(id, "kind", true);
            self.page.text(name);
            self.page.fixed(" <span class=\"count\">");
            self.page.text(&grouped(count));
            self.page.fixed("</span></label>");
        }
        self.page.fixed("</fieldset>\n");
        self.box_for("only_", "only", false);
        self.page.text(&words.only_changed);
        self.page
            .fixed("</label>\n<p class=\"hidden-note\" role=\"status\">");
        self.page.text(&words.hidden);
        self.page.fixed("</p></details></div>\n");
    }

    /// A box to tick, within its label, which is left open.
    fn box_for(&mut self, id: &str, name: &str, checked: bool) {
        self.page.open("label");
        let tag = self
            .page
            .tag("input")
            .fixed("type", "checkbox")
            .set("name", name)
            .set("id", id)
            .fixed("autocomplete", "off");
        if checked {
            tag.fixed("checked", "").open();
        } else {
            tag.open();
        }
        self.page.text(" ");
    }

    /// What the script puts into the page, inert without it.
    fn kit(&mut self) {
        let words = self.words;
        self.page
            .fixed("<template id=\"redline_\"><div class=\"tools\">");
        for (action, name) in [
            ("previous", &words.previous),
            ("next", &words.next),
            ("print", &words.print),
            ("help", &words.keys),
            ("csv", &words.export_csv),
            ("json", &words.export_json),
        ] {
            self.page
                .tag("button")
                .fixed("type", "button")
                .set("data-do", action)
                .open();
            self.page.text(name);
            self.page.close("button");
        }
        self.page.fixed("</div>");
        self.page
            .tag("div")
            .fixed("class", "progress")
            .set("data-words", &words.progress)
            .set("data-lost", &words.lost)
            .open();
        self.page
            .tag("progress")
            .fixed("value", "0")
            .set("aria-label", &words.changes)
            .open();
        self.page
            .fixed("</progress><output></output></div><label class=\"tick\">");
        self.page
            .tag("input")
            .fixed("type", "checkbox")
            .set("data-words", &words.tick)
            .open();
        self.page
            .fixed("</label><dialog aria-labelledby=\"help_\"><h2 id=\"help_\">");
        self.page.text(&words.keys);
        self.page.fixed("</h2><dl>");
        for (key, does) in [
            ("n", &words.key_next),
            ("p", &words.key_previous),
            ("r", &words.key_reviewed),
            ("s", &words.key_substance),
            ("c", &words.key_changed),
            ("o", &words.key_old),
            ("i", &words.key_new),
            ("b", &words.key_side),
            ("?", &words.key_help),
        ] {
            self.page.fixed("<div><dt><kbd>");
            self.page.text(key);
            self.page.fixed("</kbd></dt>");
            self.page.element("dd", does);
            self.page.fixed("</div>");
        }
        self.page.fixed("</dl>");
        for (id, name) in [("single_", &words.switch), ("said_", &words.said)] {
            self.page.open("p");
            self.box_for(id, id, true);
            self.page.text(name);
            self.page.fixed("</label></p>");
        }
        self.page
            .fixed("<p><button type=\"button\" data-do=\"close\">");
        self.page.text(&words.close);
        self.page.fixed("</button></p></dialog></template>\n");
    }
}
