//! A small reader of pages, written apart from the writer: what a browser's tokenizer would see.
//!
//! It knows tags, attributes in double quotes, text, and the elements whose content is not markup. Anything
//! else, such as a comment or a bare ampersand, is a failure.

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::write) enum Token {
    /// The beginning of an element.
    Open {
        name: String,
        attributes: Vec<(String, String)>,
        /// Whether it has no content and no end.
        empty: bool,
    },
    /// The end of an element.
    Close(String),
    /// Words, with their references to characters replaced.
    Text(String),
}

impl Token {
    /// What of it must not depend on the words: its name, the names of its attributes, and the values of those
    /// that do something.
    pub(in crate::write) fn shape(&self) -> Option<String> {
        match self {
            Token::Open {
                name, attributes, ..
            } => {
                let attributes: Vec<String> = attributes
                    .iter()
                    .map(|(key, value)| match key.as_str() {
                        "class" | "role" | "style" | "rel" => format!("{key}={value}"),
                        _ => key.clone(),
                    })
                    .collect();
                Some(format!("<{name} {}>", attributes.join(" ")))
            }
            Token::Close(name) => Some(format!("</{name}>")),
            Token::Text(_) => None,
        }
    }
}

/// Elements without content.
const EMPTY: [&str; 3] = ["meta", "input", "br"];

/// The tokens of `page`.
pub(in crate::write) fn of(page: &str) -> Vec<Token> {
    let mut rest = page.strip_prefix("<!doctype html>").expect("a page");
    let mut tokens = Vec::new();
    while let Some(at) = rest.find('<') {
        if at > 0 {
            tokens.push(Token::Text(words(&rest[..at])));
        }
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').expect("the end of a tag");
            tokens.push(Token::Close(name.to_owned()));
            rest = after;
            continue;
        }
        let (token, after) = open(rest);
        rest = after;
        let raw = match &token {
            Token::Open { name, .. } if name == "style" || name == "script" => {
                Some(format!("</{name}>"))
            }
            Token::Open { .. } | Token::Close(_) | Token::Text(_) => None,
        };
        tokens.push(token);
        if let Some(end) = raw {
            // Not markup inside: only its own end tag ends it.
            let (_, after) = rest.split_once(&end).expect("an end");
            rest = &rest[rest.len() - after.len() - end.len()..];
        }
    }
    assert!(rest.trim().is_empty(), "text after the page: {rest}");
    tokens
}

/// A tag that opens, after its `<`, and what follows it.
fn open(text: &str) -> (Token, &str) {
    let end = text.find([' ', '>', '/']).expect("the end of a name");
    let name = text[..end].to_owned();
    assert!(
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        "not a tag: <{text:.40}"
    );
    let mut rest = &text[end..];
    let mut attributes = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix("/>") {
            return (
                Token::Open {
                    name,
                    attributes,
                    empty: true,
                },
                after,
            );
        }
        if let Some(after) = rest.strip_prefix('>') {
            let empty = EMPTY.contains(&name.as_str());
            return (
                Token::Open {
                    name,
                    attributes,
                    empty,
                },
                after,
            );
        }
        rest = rest.strip_prefix(' ').expect("a space before an attribute");
        let end = rest.find(['=', ' ', '>']).expect("the end of an attribute");
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(after) => {
                let (value, after) = after.split_once('"').expect("the end of a value");
                rest = after;
                words(value)
            }
            None => String::new(),
        };
        attributes.push((key, value));
    }
}

/// Text with its references replaced; there are five, and no ampersand beside them.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, after) = rest[at + 1..]
            .split_once(';')
            .expect("the end of a reference");
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            other => panic!("&{other};"),
        });
        rest = after;
    }
    out.push_str(rest);
    out
}
