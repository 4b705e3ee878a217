use super::{blocks, document, line};
use crate::document::{Align, Block, Inline, Label, walk};
use proptest::prelude::*;

/// What is wrong with `markdown`: each code and the text that it marks.
fn wrong(markdown: &str) -> Vec<String> {
    let (_, complaints) = blocks(markdown);
    complaints
        .into_iter()
        .map(|complaint| {
            assert!(!complaint.help.is_empty());
            assert!(!complaint.message.ends_with('.'));
            format!(
                "{} {}",
                complaint.code,
                markdown[complaint.within].trim_end()
            )
        })
        .collect()
}

/// The blocks of `markdown`, which has nothing wrong, in a short form.
fn read(markdown: &str) -> String {
    let (blocks, complaints) = blocks(markdown);
    assert_eq!(complaints, [], "{markdown}");
    blocks.iter().map(show).collect::<Vec<_>>().join(" / ")
}

fn show(block: &Block) -> String {
    let all = |blocks: &[Block]| blocks.iter().map(show).collect::<Vec<_>>().join(" / ");
    match block {
        Block::Paragraph(words) => show_words(words),
        Block::List(list) => {
            let items: Vec<String> = list.items.iter().map(|item| all(item)).collect();
            let kind = if list.ordered { "ol" } else { "ul" };
            format!("{kind}[{}]", items.join("; "))
        }
        Block::Table(table) => {
            let name = table.anchor.as_ref().map_or("", |anchor| anchor.as_str());
            let aligns: String = table
                .columns
                .iter()
                .map(|column| match column.align {
                    Align::Start => '<',
                    Align::Center => '=',
                    Align::End => '>',
                })
                .collect();
            let row = |cells: Vec<&Vec<Inline>>| {
                let cells: Vec<String> = cells.iter().map(|cell| show_words(cell)).collect();
                cells.join("|")
            };
            let head = row(table.columns.iter().map(|column| &column.heading).collect());
            let rows: Vec<String> = table
                .rows
                .iter()
                .map(|cells| row(cells.iter().collect()))
                .collect();
            format!(
                "table#{name}({}){aligns}[{head}: {}]",
                show_words(&table.caption),
                rows.join("; ")
            )
        }
        Block::Note(inner) => format!("note[{}]", all(inner)),
        Block::Inert(source) => format!("inert[{source}]"),
    }
}

fn show_words(words: &[Inline]) -> String {
    words
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Strong(inner) => format!("<s>{}</s>", show_words(inner)),
            Inline::Emphasis(inner) => format!("<e>{}</e>", show_words(inner)),
            Inline::Reference(to) => format!("<#{to}>"),
            Inline::Definition(term) => format!("<def {term}>"),
            Inline::Link { url, text } => format!("<{url} {text}>"),
            Inline::Inert(source) => format!("inert({source})"),
            Inline::Enumerator(label) => format!("label({label})"),
        })
        .collect()
}

#[test]
fn words_are_in_canonical_form() {
    assert_eq!(read("two\nlines  \nand\\\nfour"), "two lines and four");
    assert_eq!(read("a&nbsp;b &amp; “c”\u{a0}"), "a b & “c”");
    assert_eq!(
        read("***x*** *a **b** c* **a *b* c**"),
        "<s>x</s> <e>a</e> <s>b</s> <e>c</e> <s>a b c</s>"
    );
    assert_eq!(read("a **&#32;b**"), "a  <s>b</s>");
    assert_eq!(read("**a**__b__"), "<s>ab</s>");
    assert_eq!(read("&#32;x&#10;y&#32;"), "x y");
}

#[test]
fn links_are_references_or_ways_out() {
    assert_eq!(read("see [](#liability-cap)."), "see <#liability-cap>.");
    assert_eq!(read("**[Section *9*](agreement.md#a)**"), "<s><#a></s>");
    assert_eq!(
        read("[the *site*](https://a.b/c|d) <https://x.y> <me@x.y> [](mailto:me@x.y)"),
        "<https://a.b/c%7Cd the site> <https://x.y https://x.y> <mailto:me@x.y me@x.y> <mailto:me@x.y mailto:me@x.y>"
    );
}

#[test]
fn a_strong_phrase_in_quotation_marks_is_a_definition() {
    assert_eq!(
        read("**“Net Revenue”** and **\"Fee\"**"),
        "<def Net Revenue> and <def Fee>"
    );
    assert_eq!(
        read("**“A” and “B”** **“”** “C”"),
        "<s>“A” and “B”</s> <s>“”</s> “C”"
    );
}

#[test]
fn lists_have_letters_if_they_are_written_with_figures_or_labels() {
    assert_eq!(read("1. a\n2. b\n   1. c"), "ol[a; b / ol[c]]");
    assert_eq!(read("- (a)\u{a0}a\n- (b)\u{a0}**b**"), "ol[a; <s>b</s>]");
    assert_eq!(read("- (a)&nbsp;a\n\n  b\n\n- (b)&nbsp;c"), "ol[a / b; c]");
    assert_eq!(read("- (a)\u{a0}a\n- b\n- (c) d"), "ul[(a) a; b; (c) d]");
    assert_eq!(read("- a\n* b"), "ul[a] / ul[b]");
}

#[test]
fn tables_take_the_emphasis_before_them_as_caption() {
    let rows = "| A | B |\n|---|--:|\n| 1 | a\\|b |\n| | 2 |";
    let table = "<>[A|B: 1|a|b; |2]";
    assert_eq!(read(rows), format!("table#(){table}"));
    assert_eq!(
        read(&format!("*Payout* {{#figure-payout}}\n\n{rows}")),
        format!("table#figure-payout(Payout){table}")
    );
    assert_eq!(
        read(&format!("<a id=\"x-1\"></a>*Pay **out***\n\n{rows}")),
        format!("table#x-1(Pay <s>out</s>){table}")
    );
    assert_eq!(
        read(&format!("{{#x}}\n\n{rows}")),
        format!("table#x(){table}")
    );
    assert_eq!(
        read(&format!("*Payout*\n\n{rows}")),
        format!("table#(Payout){table}")
    );
    assert_eq!(
        read(&format!("*Payout*\u{a0}\n\n{rows}")),
        format!("<e>Payout</e> / table#(){table}")
    );
    assert_eq!(
        read(&format!("*Payout* of\n\n{rows}")),
        format!("<e>Payout</e> of / table#(){table}")
    );
    assert_eq!(read("*Stress*\n\nmore"), "<e>Stress</e> / more");
    assert_eq!(
        read("> *C*\n>\n> |A|\n> |-|\n> |1|"),
        "note[table#(C)<[A: 1]]"
    );
}

#[test]
fn what_the_tree_cannot_say_is_refused() {
    let refused = [
        ("a <b>x</b>", "raw-html <b>|raw-html </b>"),
        ("<div>\n\nx", "raw-html <div>"),
        ("a <!-- b --> c", "raw-html <!-- b -->"),
        ("<a id=\"x\">y</a>", "raw-html <a id=\"x\">|raw-html </a>"),
        ("y <a id=\"x\"></a>", "raw-html <a id=\"x\"></a>"),
        ("<a id=\"x\"></a>y", "bad-anchor <a id=\"x\"></a>y"),
        ("<a id=\"X\"></a>y", "bad-anchor <a id=\"X\">"),
        ("*y* {#x}\n\nz", "bad-anchor *y* {#x}"),
        ("<a id=\"x\">", "raw-html <a id=\"x\">"),
        (
            "![logo](https://a.b/l.png)",
            "refused-markup ![logo](https://a.b/l.png)",
        ),
        ("a `b` c", "refused-markup `b`"),
        ("    a", "refused-markup a"),
        ("```\na\n```", "refused-markup ```\na\n```"),
        (
            "a[^1]\n\n[^1]: b",
            "refused-markup [^1]|refused-markup [^1]: b",
        ),
        ("a\n\n***\n\nb", "refused-markup ***"),
        ("- [ ] a", "refused-markup [ ]"),
        ("~~a~~", "refused-markup ~~a~~"),
        ("# a", "heading-in-text # a"),
        ("a\n---", "heading-in-text a\n---"),
        ("> # a", "heading-in-text # a"),
        ("[a](javascript:x)", "link-target [a](javascript:x)"),
        ("[a](data:x)", "link-target [a](data:x)"),
        ("[a](http://x.y)", "link-target [a](http://x.y)"),
        ("[a](b.md)", "link-target [a](b.md)"),
        ("[a](../b.md#c)", "link-target [a](../b.md#c)"),
        ("[a](https:)", "link-target [a](https:)"),
        ("[a](#B)", "bad-anchor [a](#B)"),
        (
            "[a](https://x.y \"z\")",
            "refused-markup [a](https://x.y \"z\")",
        ),
        ("[a]\n\n[a]: https://x.y", "refused-markup [a]: https://x.y"),
        ("1986. Great", "refused-markup 1986. Great"),
        ("- a\n-", "refused-markup -"),
        ("|A|B|\n|-|-|\n|1|", "cell-count |1|"),
        ("|A|B|\n|-|-|\n|1|2|3|", "cell-count |1|2|3|"),
        ("|A|B|\n|-|-|\n1|2|", ""),
        ("|A|B|\n|-|-|\nafter", "cell-count after"),
        ("|A|B|\n|1|2|", "cell-count |A|B|"),
    ];
    for (markdown, expected) in refused {
        assert_eq!(wrong(markdown).join("|"), expected, "{markdown}");
    }
    assert_eq!(wrong(&"> ".repeat(9999)).len(), 1);
    assert_eq!(wrong(&"- ".repeat(9999)).len(), 1);
}

#[test]
fn complaints_mark_their_bytes_in_the_whole_text() {
    let (_, complaints) = blocks("ä.\n\n- b\n\n  c <i>d</i>");
    assert_eq!(complaints[0].within, 14..17);
}

#[test]
fn a_title_is_one_line_that_leads_nowhere() {
    assert_eq!(
        show_words(&line("Fees *and* R\\&D").0),
        "Fees <e>and</e> R&D"
    );
    assert_eq!(line("").0, []);
    for title in ["a\n\nb", "- a", "a [](#b)", "**“A”**", "[a](https://b.c)"] {
        assert_eq!(line(title).1.len(), 1, "{title}");
    }
}

#[test]
fn a_document_has_a_title_labels_and_an_imprint() {
    let read = document(
        "agreement",
        "# <a id=\"agreement\"></a>Partnership Agreement\n\n*Draft 3*\n\nIntro.\n\n\
         ## Master Agreement\u{a0} {#master}\n\n\
         ### <a id=\"scope\"></a>1.\u{a0}Scope\n\n#### <a id=\"only\"></a>Only\u{a0}\u{a0}\n\n\
         ## <a id=\"economics\"></a>Exhibit A:\u{a0}Economics\n",
    )
    .unwrap();
    assert_eq!(read.imprint.as_deref(), Some("Draft 3"));
    let sections: Vec<String> = walk::sections(&read.root)
        .map(|section| {
            format!(
                "{} {:?} {}",
                section.anchor,
                section.label,
                walk::text(&section.title)
            )
        })
        .collect();
    assert_eq!(
        sections,
        [
            "agreement Title Partnership Agreement",
            "master Part Master Agreement",
            "scope Number Scope",
            "only Number Only",
            "economics Exhibit Economics",
        ]
    );
    assert_eq!(
        read.root.blocks.iter().map(show).collect::<Vec<_>>(),
        ["Intro."]
    );
    assert_eq!(read.root.sections[1].label, Label::Exhibit);
}

#[test]
fn a_document_out_of_shape_is_refused() {
    for (markdown, code) in [
        ("", "document-shape"),
        ("text", "document-shape document-shape"),
        ("text\n\n# T {#t}", "document-shape"),
        ("## T {#t}", "document-shape"),
        ("# T", "bad-anchor document-shape"),
        ("# T {#t}\n\n# U {#u}", "document-shape"),
        ("# T {#t}\n\n### U {#u}", "document-shape"),
        ("# <a id=\"t\"></a>", "document-shape document-shape"),
        ("# T {#t}\n\n## [x](#y) {#u}", "refused-markup"),
        ("# T {#t}\n\n- # U {#u}", "heading-in-text"),
    ] {
        let complaints = document("x", markdown).unwrap_err();
        let codes: Vec<&str> = complaints
            .iter()
            .map(|complaint| complaint.code.as_str())
            .collect();
        assert_eq!(codes.join(" "), code, "{markdown}");
    }
}

/// `text` as templates print it: every ASCII punctuation mark with a backslash.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_the_reader_panic(
        text in "\\PC*|([-*+>|#~_`!<\\[\\](){}:.1a\"“”& \n\t\\\\\u{a0}]|<a id=\"x\">|</a>|\\{#x\\}|\n\n|\\|-\\|-\\|\n|> |- |1\\. |    |](#x)|](https:b)){0,60}"
    ) {
        let (blocks, complaints) = blocks(&text);
        for complaint in complaints {
            prop_assert!(text.get(complaint.within).is_some());
        }
        walk::runs(&blocks, &mut |_| {});
        let _ = line(&text);
        let _ = document("x", &text);
        let _ = document("x", &format!("# T {{#t}}\n\n{text}"));
    }

    #[test]
    fn escaped_text_is_exactly_that_text(text in crate::document::arbitrary::text()) {
        let escaped = escaped(&text);
        let paragraph = vec![Inline::Text(text.clone())];
        prop_assert_eq!(blocks(&escaped), (vec![Block::Paragraph(paragraph.clone())], vec![]));
        let inside = format!("a {escaped} b");
        prop_assert_eq!(line(&inside).0, vec![Inline::Text(format!("a {text} b"))]);
        let table = format!("| {escaped} | x |\n|-|-|\n| {escaped} | {escaped} |");
        let (read, complaints) = blocks(&table);
        prop_assert_eq!(complaints, vec![]);
        let Some(Block::Table(table)) = read.first() else {
            return Err(TestCaseError::fail("no table"));
        };
        prop_assert_eq!(&table.columns[0].heading, &paragraph);
        prop_assert_eq!(&table.rows, &vec![vec![paragraph.clone(), paragraph]]);
    }
}
