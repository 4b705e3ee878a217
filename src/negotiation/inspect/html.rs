//! Where a page hides things: comments, attributes that no reader sees, what is not displayed, properties.

use super::{Hidden, Piece};

/// The properties that every page has, and that say nothing.
const PLAIN_META: [&str; 2] = ["viewport", "color-scheme"];

/// What a page holds and does not show.
pub(super) fn hidden(page: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    let mut all = |mark: &str, what: &'static str, help: &'static str| {
        for (at, _) in page.match_indices(mark) {
            found.push(Hidden { what, at, help });
        }
    };
    all(
        "<!--",
        "a comment stands in the page",
        "take it out of the library",
    );
    for mark in [
        "display:none;\"",
        "visibility:hidden",
        "font-size:0",
        " hidden>",
        " hidden=\"\">",
    ] {
        all(
            mark,
            "a piece of the page is not shown",
            "take it out of the library",
        );
    }
    for (at, _) in page.match_indices("<meta") {
        let tag = page[at..].split('>').next().unwrap_or_default();
        let name = tag
            .split("name=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let known = name.is_none_or(|name| PLAIN_META.contains(&name));
        if !known {
            found.push(Hidden {
                what: "the page has a property that its readers do not see",
                at,
                help: "write the page with engross, which gives it none",
            });
        }
    }
    for mark in ["http://", "src=\"https:", "href=\"file:"] {
        for (at, _) in page.match_indices(mark) {
            // The name space of drawings is no address.
            if page[at..].starts_with("http://www.w3.org/") {
                continue;
            }
            found.push(Hidden {
                what: "the page fetches or names something outside itself",
                at,
                help: "take the address out of the deal or the library",
            });
        }
    }
    found
}

/// The page without its style sheet, and the style sheet.
pub(super) fn parts(page: &[u8]) -> Vec<Piece> {
    let text = String::from_utf8_lossy(page);
    let end = "</style>";
    let sheet = text.find("<style>").and_then(|start| {
        let length = text[start..].find(end)?;
        Some(start..start + length + end.len())
    });
    // A page that is no text is read as the bytes that it is.
    let Some(sheet) = sheet.filter(|_| std::str::from_utf8(page).is_ok()) else {
        return super::whole(page);
    };
    let piece = |text: String, read: bool| Piece {
        bytes: text.into_bytes(),
        read,
    };
    vec![
        piece(
            format!("{}\n{}", &text[..sheet.start], &text[sheet.end..]),
            true,
        ),
        piece(text[sheet].to_owned(), false),
    ]
}
