//! Nothing is lost, and what is written is read as it was.

use super::{read, words, write};
use crate::document::{Block, Document, Inline, Section};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt::Write as _;

/// A document in short: headings with their depth, blocks in brackets.
fn told(document: &Document) -> String {
    fn walk(section: &Section, depth: usize, out: &mut String) {
        let _ = write!(out, "{depth}#{}|{}|", section.anchor, run(&section.title));
        out.push_str(&all(&section.blocks));
        for child in &section.sections {
            walk(child, depth + 1, out);
        }
    }
    fn all(blocks: &[Block]) -> String {
        blocks.iter().map(block).collect()
    }
    fn block(block: &Block) -> String {
        match block {
            Block::Paragraph(words) => format!("p({})", run(words)),
            Block::List(list) => {
                let items = list.items.iter().map(|item| format!("<{}>", all(item)));
                format!("l({})", items.collect::<String>())
            }
            Block::Table(table) => {
                let heads = table.columns.iter().map(|column| &column.heading);
                let cells = heads.chain(table.rows.iter().flatten());
                let cells: Vec<String> = cells.map(|cell| run(cell)).collect();
                format!("t({})", cells.join(" / "))
            }
            Block::Note(inner) => format!("q({})", all(inner)),
            Block::Inert(source) => format!("x({source})"),
        }
    }
    fn run(words: &[Inline]) -> String {
        words
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.clone(),
                Inline::Strong(inner) => format!("*{}*", run(inner)),
                Inline::Emphasis(inner) => format!("/{}/", run(inner)),
                Inline::Inert(source) => format!("{{{source}}}"),
                Inline::Enumerator(label) => format!("[{label}]"),
                Inline::Reference(_) | Inline::Definition(_) | Inline::Link { .. } => {
                    panic!("{inline:?} in a document that is not ours")
                }
            })
            .collect()
    }
    let mut out = String::new();
    walk(&document.root, 0, &mut out);
    out
}

#[test]
fn what_the_tree_can_say_becomes_a_tree_and_the_rest_stays() {
    for (markdown, expected) in [
        ("", "0#section||"),
        (
            "# Terms\n\nHello **you** and *me*.",
            "0#terms|Terms|p(Hello *you* and /me/.)",
        ),
        // Text before the first heading, several headings of the first level, a level that is skipped.
        (
            "Hi.\n\n# A\n\n### B\n\n# A",
            "0#section||p(Hi.)1#section-a|A|2#section-a-section||3#b|B|1#section-a-2|A|",
        ),
        ("Setext\n======\n\nx", "0#setext|Setext|p(x)"),
        // Typed labels.
        (
            "## 4.2 Fees\n\n(a) One.\n\n4.3. Two.",
            "0#section||1#section-section||2#fees|[4.2 ]Fees|p([(a) ]One.)p([4.3. ]Two.)",
        ),
        (
            "# Section 7. Term\n\n**7.1** Length.",
            "0#term|[Section 7. ]Term|p(*[7.1]* Length.)",
        ),
        ("1.5 Million dollars", "0#section||p(1.5 Million dollars)"),
        (
            "3. c\n4. d\n   - e",
            "0#section||l(<p([3. ]c)><p([4. ]d)l(<p(e)>)>)",
        ),
        ("2) x\n\n3) y", "0#section||l(<p([2) ]x)><p([3) ]y)>)"),
        // What stays source.
        (
            "![logo](a.png) and `code` and <b>x</b>",
            "0#section||p({![logo](a.png)} and {`code`} and {<b>}x{</b>})",
        ),
        (
            "[us](https://x.y \"t\")",
            "0#section||p({[}us{](https://x.y \"t\")})",
        ),
        (
            "[us][a], <https://x.y>\n\n[a]: /b\n[c]: /d",
            "0#section||p({[}us{][a]}, {<https://x.y>})x([a]: /b)x([c]: /d)",
        ),
        ("[a]: /u\n<b>", "0#section||x([a]: /u)x(<b>)"),
        ("a\\\nb  \nc", "0#section||p(a{\\\n}b{\\\n}c)"),
        (
            "- [x] done\n- [ ] open",
            "0#section||l(<p({[x] }done)><p({[ ] }open)>)",
        ),
        ("~~old~~ new", "0#section||p({~~}old{~~} new)"),
        (
            "x[^1]\n\n[^1]: The *note*.",
            "0#section||p(x{[^1]})l(<p([[^1]: ]The /note/.)>)",
        ),
        (
            "```rust\nfn x() {}\n```\n\n    indented",
            "0#section||x(```rust\nfn x() {}\n```)x(```\nindented\n```)",
        ),
        (
            "<div>\n<p>x</p>\n</div>\n\n***",
            "0#section||x(<div>\n<p>x</p>\n</div>)x(___)",
        ),
        (
            "---\ntitle: x\n---\n# A",
            "0#section||x(---\ntitle: x\n---)1#a|A|",
        ),
        (
            "> quote\n>\n> ## head",
            "0#section||q(p(quote)p({## }head))",
        ),
        (
            "| a | b |\n|---|--:|\n| 1 | `x` |",
            "0#section||t(a / b / 1 / {`x`})",
        ),
        // A row with a cell too many, which parsers drop.
        (
            "| a |\n|---|\n| 1 | 2 |",
            "0#section||x(| a |\n|---|\n| 1 | 2 |)",
        ),
        (
            "<script>alert(1)</script>",
            "0#section||x(<script>alert(1)</script>)",
        ),
    ] {
        let document = read("x", markdown);
        assert_eq!(told(&document), expected, "{markdown}");
        let written = write(&document);
        assert_eq!(told(&read("x", &written)), expected, "{written}");
    }
}

#[test]
fn deep_nesting_is_kept_as_source() {
    for deep in [
        "> ".repeat(10_000) + "x",
        (0..600)
            .map(|depth| "  ".repeat(depth) + "- x\n")
            .collect::<String>(),
        "- ".repeat(10_000) + "x",
        "*".repeat(20_000) + "x" + &"*".repeat(20_000),
        "[".repeat(20_000) + "x" + &"]".repeat(20_000),
    ] {
        let document = read("x", &deep);
        assert_eq!(read("x", &write(&document)), document);
    }
}

/// Markdown of all kinds, well formed and not.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# ",
        "## ",
        "### A\n",
        "#### 4.2 Fees\n",
        "\n",
        "\n\n",
        "\n\n",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "10. ",
        "> ",
        "  ",
        "    ",
        "\t",
        "text",
        "word ",
        "Section 7.3",
        "(a) ",
        "4.2 ",
        "*",
        "**",
        "_",
        "__",
        "***",
        "~~",
        "`",
        "``",
        "```\n",
        "~~~\n",
        "[",
        "]",
        "(",
        ")",
        "[a](b)",
        "[a]: /u\n",
        "[a]",
        "[a][b]",
        "![i](j.png)",
        "<b>",
        "</b>",
        "<div>\n",
        "<!-- c -->",
        "<script>",
        "<https://x.y>",
        "|",
        "| a | b |\n|---|---|\n",
        "| 1 | 2 |\n",
        "---\n",
        "===\n",
        "+++\n",
        "***\n",
        "[^1]",
        "[^1]: note\n",
        "[x] ",
        "[ ] ",
        "\\",
        "\\\n",
        "  \n",
        "&amp;",
        "&#32;",
        "&nbsp;",
        "&lt;",
        "é",
        "中文",
        "\u{a0}",
        "\u{3000}",
        "🙂",
        "!",
        "\"t\"",
        "1986. ",
        "+",
        "=",
        ":",
        "$x$",
        "a_b_c",
        "“q”",
        "\r\n",
        "\u{0}",
    ]);
    let pieces = prop_oneof![
        6 => piece.prop_map(str::to_owned),
        2 => "[a-z]{1,6} ",
        1 => "[ -~]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_is_read_and_written_and_read_as_the_same(text in markdown()) {
        let document = read("x", &text);
        let written = write(&document);
        let again = read("x", &written);
        prop_assert_eq!(&again, &document, "written: {:?}", written);
        prop_assert_eq!(write(&again), written);
    }

    #[test]
    fn no_word_of_any_text_is_lost(text in markdown()) {
        let text = text.replace('\u{0}', " ");
        let written = write(&read("x", &text));
        prop_assert!(words::all_of(&text, &written), "written: {:?}", written);
    }
}

/// Twenty failures at once, each made small.
#[test]
#[ignore = "for those who change the reader"]
fn hunt() {
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    for seed in 0..20_u8 {
        let config = Config {
            cases: 2_000,
            failure_persistence: None,
            ..Config::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let outcome = runner.run(&markdown(), |text| {
            let document = read("x", &text);
            let written = write(&document);
            let again = read("x", &written);
            prop_assert_eq!(&again, &document);
            let bare = text.replace('\u{0}', " ");
            prop_assert!(words::all_of(&bare, &written));
            Ok(())
        });
        if let Err(proptest::test_runner::TestError::Fail(_, text)) = outcome {
            let document = read("x", &text);
            let written = write(&document);
            println!(
                "TEXT {text:?}\n  {}\n  WRITTEN {written:?}\n  {}",
                told(&document),
                told(&read("x", &written))
            );
        }
    }
}
