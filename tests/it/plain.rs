//! What other readers see of a written document: its structure and its text.

use comrak::nodes::{AstNode, NodeValue};
use engross::document::{Document, walk};

/// All words of a tree, one line for each run, titles too.
pub fn words(document: &Document) -> String {
    let mut text = String::new();
    for section in walk::sections(&document.root) {
        text.push_str(&walk::text(&section.title));
        text.push('\n');
        walk::runs(&section.blocks, &mut |words| {
            text.push_str(&walk::text(words));
            text.push('\n');
        });
    }
    text
}

/// The structure and the text of Markdown, as comrak reads it with all that GitHub adds.
pub fn comrak(markdown: &str) -> (String, String) {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut structure = String::new();
    let mut text = String::new();
    show(root, &mut structure, &mut text);
    (structure, text)
}

fn show<'a>(node: &'a AstNode<'a>, structure: &mut String, text: &mut String) {
    let (name, ends_line) = match &node.data.borrow().value {
        NodeValue::Text(words) => {
            text.push_str(words);
            return;
        }
        NodeValue::SoftBreak | NodeValue::LineBreak => {
            text.push(' ');
            return;
        }
        // Names of terms are made of their words.
        NodeValue::HtmlInline(html) if html.starts_with("<a id=\"term-") => {
            ("<a id=\"term-\">".to_owned(), false)
        }
        NodeValue::HtmlInline(html) => (html.clone(), false),
        NodeValue::Document => ("document".to_owned(), true),
        NodeValue::Heading(heading) => (format!("h{}", heading.level), true),
        NodeValue::Paragraph => ("paragraph".to_owned(), true),
        NodeValue::List(_) => ("list".to_owned(), true),
        NodeValue::Item(_) => ("item".to_owned(), true),
        NodeValue::BlockQuote => ("note".to_owned(), true),
        NodeValue::Table(table) => (format!("table of {}", table.num_columns), true),
        NodeValue::TableRow(_) => ("row".to_owned(), true),
        NodeValue::TableCell => ("cell".to_owned(), true),
        NodeValue::Strong => ("strong".to_owned(), false),
        NodeValue::Emph => ("emphasis".to_owned(), false),
        NodeValue::Link(_) => ("link".to_owned(), false),
        other => panic!("{other:?} in what we write"),
    };
    structure.push_str(&name);
    structure.push(if ends_line { '\n' } else { ' ' });
    for child in node.children() {
        show(child, structure, text);
    }
    structure.push('/');
    if ends_line {
        text.push('\n');
    }
}

/// The tags of a page with the names of their attributes, and its text. Of pictures, whose lines break
/// where the words end, only which tags there are.
pub fn html(page: &str) -> (String, String) {
    let mut structure = String::new();
    let mut text = String::new();
    let mut drawn = std::collections::BTreeSet::new();
    let mut in_picture = false;
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        if !in_picture {
            decode(&rest[..open], &mut text);
        }
        let (tag, after) = tag(&rest[open..]);
        rest = after;
        let name = tag.split(' ').next().unwrap_or_default();
        match name {
            "svg" => in_picture = true,
            "/svg" => in_picture = false,
            "style" | "script" => {
                let close = format!("</{name}");
                let end = rest.find(&close).expect("it ends");
                rest = &rest[end..];
            }
            _ => {}
        }
        if in_picture {
            drawn.insert(tag);
        } else {
            // How wide a table is set depends on how long its words are.
            let shown = match name {
                "table" | "tr" | "th" | "td" => tag.replace(" class=", ""),
                _ => tag.clone(),
            };
            structure.push_str(&shown);
            structure.push('\n');
            // What is divided by more than a mark around words does not touch.
            if !matches!(
                name,
                "b" | "i" | "em" | "strong" | "span" | "a" | "dfn" | "bdi"
            ) && !matches!(
                name,
                "/b" | "/i" | "/em" | "/strong" | "/span" | "/a" | "/dfn" | "/bdi"
            ) {
                text.push('\n');
            }
        }
    }
    decode(rest, &mut text);
    for tag in drawn {
        structure.push_str(&tag);
        structure.push('\n');
    }
    (structure, text)
}

/// The name of the tag that `html` begins with and the names of its attributes; and what follows it.
fn tag(html: &str) -> (String, &str) {
    let mut quoted = false;
    let mut shown = String::new();
    for (at, byte) in html.bytes().enumerate().skip(1) {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return (shown, &html[at + 1..]),
            _ if !quoted => shown.push(char::from(byte)),
            _ => {}
        }
    }
    panic!("a tag does not end: {}", &html[..html.len().min(80)])
}

/// Adds text with its characters that are written by name or number.
fn decode(html: &str, text: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let end = rest[at..].find(';').expect("it ends") + at;
        match &rest[at + 1..end] {
            "lt" => text.push('<'),
            "gt" => text.push('>'),
            "amp" => text.push('&'),
            "quot" => text.push('"'),
            "#39" => text.push('\''),
            other => panic!("&{other}; in a page"),
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
}
