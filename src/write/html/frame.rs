//! The frame of a page: head, style, running heads, contents, and the words for the script.

use super::Writer;
use crate::document::{Label, Section, walk};
use sha2::{Digest, Sha256};

impl Writer<'_> {
    /// The whole page.
    pub(super) fn frame(&mut self) {
        self.page.fixed("<!doctype html>\n");
        self.page
            .tag("html")
            .set("lang", &self.look.language)
            .open();
        self.page.line();
        self.head_element();
        self.page.open("body");
        self.page.line();
        self.page.fixed("<a class=\"skip\" href=\"#text_\">");
        self.page.text(&self.look.skip);
        self.page.fixed("</a>\n<div class=\"side\">\n");
        self.banner();
        self.contents();
        self.page
            .fixed("</div>\n<main id=\"text_\" tabindex=\"-1\">\n");
        self.section(self.part.root(), 0);
        self.page.fixed("</main>\n");
        self.keys();
        self.page.open("script");
        self.page.code(&self.look.script.text);
        self.page.fixed("</script>\n</body>\n</html>\n");
    }

    fn head_element(&mut self) {
        self.page.fixed("<head>\n<meta charset=\"utf-8\">\n");
        self.page
            .tag("meta")
            .fixed("http-equiv", "Content-Security-Policy")
            .put(
                "content",
                format_args!(
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; \
                     img-src data:; base-uri 'none'; form-action 'none'",
                    self.look.script.digest()
                ),
            )
            .open();
        self.page.fixed(
            "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>",
        );
        let title = self.full_title(self.part.root());
        self.page.text(&title);
        self.page.fixed("</title>\n<style>\n");
        self.page.code(&self.look.style);
        self.running_heads(&title);
        self.page.fixed("</style>\n</head>\n");
    }

    /// The label and title of a section as bare text.
    fn full_title(&self, section: &Section) -> String {
        let title = walk::text(&section.title);
        match self.part.label(section) {
            Some(label) => format!("{label} {title}"),
            None => title,
        }
    }

    /// What stands in the margins of printed pages: title and part above, imprint and page below.
    fn running_heads(&mut self, title: &str) {
        self.page.fixed("@page{@top-left{content:");
        self.page.css_string(title);
        self.page.fixed("}@bottom-left{content:");
        self.page
            .css_string(self.part.imprint().unwrap_or_default());
        self.page.fixed("}@bottom-right{content:");
        self.page.css_string(&self.look.page);
        self.page.fixed("\" \"counter(page)\" \"");
        self.page.css_string(&self.look.of);
        self.page.fixed("\" \"counter(pages)}}\n");
        let parts = walk::sections(self.part.root())
            .filter(|section| matches!(section.label, Label::Part | Label::Exhibit));
        for (number, section) in parts.enumerate() {
            // The title of the page stands on the left already.
            let head = if section.anchor == self.part.root().anchor {
                String::new()
            } else {
                self.full_title(section)
            };
            self.page.fixed("@page part-");
            self.page.number(number);
            self.page.fixed("{@top-right{content:");
            self.page.css_string(&head);
            self.page.fixed("}}\n");
        }
    }

    /// The imprint: which draft this is.
    fn banner(&mut self) {
        self.page.fixed("<header>\n");
        if let Some(imprint) = self.part.imprint() {
            self.page.tag("p").fixed("class", "imprint").open();
            self.page.text(imprint);
            self.page.close("p");
            self.page.line();
        }
        self.page.fixed("</header>\n");
    }

    /// The words that the script needs, inert without it.
    fn keys(&mut self) {
        const KEYS: [&str; 8] = ["j", "k", "]", "[", "t", "/", "p", "?"];
        let look = self.look;
        self.page.tag("template").fixed("id", "keys_").open();
        self.page
            .fixed("<div class=\"tools\"><button type=\"button\" data-do=\"print\">");
        self.page.text(&look.print);
        self.page
            .fixed("</button><button type=\"button\" data-do=\"help\">");
        self.page.text(&look.keys);
        self.page
            .fixed("</button></div><div class=\"filter\"><label for=\"filter_\">");
        self.page.text(&look.filter);
        self.page
            .fixed("</label><input id=\"filter_\" type=\"search\" autocomplete=\"off\">");
        self.page
            .tag("output")
            .fixed("for", "filter_")
            .set("data-found", &look.found)
            .open();
        self.page
            .fixed("</output></div><dialog aria-labelledby=\"help_\"><h2 id=\"help_\">");
        self.page.text(&look.keys);
        self.page.fixed("</h2><dl>");
        for (key, action) in KEYS.iter().zip(&look.actions) {
            self.page.fixed("<div><dt><kbd>");
            self.page.text(key);
            self.page.fixed("</kbd></dt>");
            self.page.element("dd", action);
            self.page.fixed("</div>");
        }
        self.page
            .fixed("</dl><p><label><input type=\"checkbox\" checked> ");
        self.page.text(&look.switch);
        self.page
            .fixed("</label></p><p><button type=\"button\" data-do=\"close\">");
        self.page.text(&look.close);
        self.page.fixed("</button></p></dialog></template>\n");
    }
}

/// The SHA-256 of `text` in Base64: what lets this script run and no other.
pub(in crate::write) fn digest(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(44);
    for three in Sha256::digest(text.as_bytes()).chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            if place <= three.len() {
                let letter = (bits >> (18 - 6 * place)) & 63;
                out.push(char::from(LETTERS[usize::try_from(letter).unwrap_or(0)]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn the_digest_is_the_known_one() {
        // The example of FIPS 180-2, in Base64.
        assert_eq!(
            digest("abc"),
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
    }
}
