//! Why a finding matters, an example that fails, what engross says about it, and the example mended.
//!
//! The examples are the fixtures of the tests, so they cannot go stale: `tests/cases/bad/<code>/` holds a deal,
//! `expected.txt` with what is said of it, and `mended.diff` with what makes it right.

use crate::deal::invisible;
use crate::diagnostic::Code;
use crate::units::nearest;
use rust_embed::RustEmbed;
use std::fmt::Write;

#[derive(RustEmbed)]
#[folder = "tests/cases/"]
#[include = "bad/*/expected.txt"]
#[include = "bad/*/mended.diff"]
#[include = "library/*/expected.txt"]
#[include = "events/*/expected.txt"]
#[include = "events/*/mended.diff"]
#[include = "commands/*/expected.txt"]
#[include = "commands/*/mended.diff"]
#[exclude = "*--*"]
struct Cases;

/// What is to be said of a code.
struct Page {
    code: Code,
    /// What engross says of the example that fails.
    says: Option<String>,
    /// What makes the example right, as the lines of a difference.
    mended: Option<String>,
}

/// Why the code matters and its example, for a terminal.
pub fn explain(code: Code) -> String {
    let page = page(code);
    let mut text = format!("{code}\n\n{}", wrapped(code.why(), "  "));
    if let Some(says) = &page.says {
        let _ = write!(text, "\nAn example that fails:\n\n{}", indented(says));
    }
    if let Some(mended) = &page.mended {
        let _ = write!(text, "\nMended:\n\n{}", indented(mended));
    }
    let _ = write!(text, "\n{}", wrapped(&standing(code), ""));
    text
}

/// Every code with why it matters, one a line.
pub fn list() -> String {
    Code::ALL.iter().fold(String::new(), |mut text, code| {
        let _ = writeln!(text, "{:<23} {}", code.as_str(), code.why());
        text
    })
}

/// The code that is called `name`.
///
/// # Errors
///
/// If there is none: what may have been meant.
pub fn find(name: &str) -> Result<Code, String> {
    if let Some(code) = Code::named(name) {
        return Ok(code);
    }
    let names = || Code::ALL.iter().map(|code| code.as_str());
    if let Some(near) = nearest(name, names()) {
        return Err(format!("did you mean `{near}`?"));
    }
    let parts: Vec<&str> = names()
        .filter(|code| name.len() > 2 && code.contains(name))
        .collect();
    if parts.is_empty() {
        return Err("`engross explain` lists all codes".to_owned());
    }
    Err(format!("there is `{}`", parts.join("`, `")))
}

/// The pages of a book (mdBook), by file name: one for each code, an index, and `SUMMARY.md`.
pub fn book() -> Vec<(String, String)> {
    let mut index = format!(
        "{MARK}\n# Findings\n\nWhat `engross check` and `engross draft` may find, and why each matters.\n\n"
    );
    let mut summary = format!("{MARK}\n# Summary\n\n[Findings](README.md)\n\n");
    let mut files = Vec::new();
    for code in Code::ALL.iter().copied() {
        let _ = writeln!(index, "- [`{code}`]({code}.md): {}", code.why());
        let _ = writeln!(summary, "- [{code}]({code}.md)");
        files.push((format!("{code}.md"), markdown(&page(code))));
    }
    files.push(("README.md".to_owned(), index));
    files.push(("SUMMARY.md".to_owned(), summary));
    files
}

/// The first line of every page, by which a later run knows that it may write over it.
pub const MARK: &str = "<!-- Written by `engross explain --markdown`. -->";

fn markdown(page: &Page) -> String {
    let code = page.code;
    let mut text = format!("{MARK}\n# `{code}`\n\n{}\n", code.why());
    if let Some(says) = &page.says {
        let _ = write!(text, "\n## An example that fails\n\n```text\n{says}```\n");
    }
    if let Some(mended) = &page.mended {
        let _ = write!(text, "\n## Mended\n\n```diff\n{mended}```\n");
    }
    let _ = write!(text, "\n{}\n", standing(code));
    text
}

fn page(code: Code) -> Page {
    let read = |path: &str| {
        let file = Cases::get(path)?;
        // Tools on Windows may check files out with their own line ends.
        Some(visible(
            &String::from_utf8_lossy(&file.data).replace("\r\n", "\n"),
        ))
    };
    let says = read(&format!("bad/{code}/expected.txt"))
        .or_else(|| read(&format!("library/{code}/expected.txt")))
        .or_else(|| read(&format!("events/{code}/expected.txt")))
        .or_else(|| read(&format!("commands/{code}/expected.txt")))
        .map(|all| of_code(&all, code));
    let mended = read(&format!("bad/{code}/mended.diff"))
        .or_else(|| read(&format!("events/{code}/mended.diff")))
        .or_else(|| read(&format!("commands/{code}/mended.diff")))
        .map(|diff| shown(&diff));
    Page { code, says, mended }
}

/// The text with what nobody could see written as `<U+200B>`: an example must not do what it warns of.
fn visible(text: &str) -> String {
    text.chars().fold(String::new(), |mut all, letter| {
        if invisible(letter).is_some() {
            let _ = write!(all, "<U+{:04X}>", u32::from(letter));
        } else {
            all.push(letter);
        }
        all
    })
}

/// The findings with this code among several that were printed.
fn of_code(printed: &str, code: Code) -> String {
    let mut text = String::new();
    let mut ours = false;
    for line in printed.lines() {
        let heading = ["error[", "warning[", "advice["]
            .iter()
            .find_map(|start| line.strip_prefix(start));
        if let Some(rest) = heading {
            ours = rest.split(']').next() == Some(code.as_str());
        }
        if ours {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The lines of a difference, without its head; dots stand for what is the same.
fn shown(diff: &str) -> String {
    let mut text = String::new();
    for line in diff.lines().skip(2) {
        let line = line.trim_end();
        if line.starts_with("@@") {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                text.push_str("\n ...\n");
            }
        } else if !(line.is_empty() && (text.is_empty() || text.ends_with(" ...\n"))) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn standing(code: Code) -> String {
    if code.must_be_mended() {
        format!("While `{code}` stands nothing is written, so `engross.toml` cannot allow it.")
    } else if code.is_internal() {
        format!(
            "Only our side sees `{code}`, and only where it asks: `engross.toml`, which others read, cannot allow it."
        )
    } else {
        format!("`engross.toml` may allow `{code}` with a reason, or change how bad it is.")
    }
}

/// Lines of at most 80 characters, each with `indent` before it.
fn wrapped(words: &str, indent: &str) -> String {
    let mut text = String::new();
    let mut line = indent.to_owned();
    for word in words.split_whitespace() {
        if line.trim().is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() > 80 {
            let _ = writeln!(text, "{line}");
            line = format!("{indent}{word}");
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    let _ = writeln!(text, "{line}");
    text
}

/// Each line with four spaces before it.
fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "{}", format!("    {line}").trim_end());
        all
    })
}
