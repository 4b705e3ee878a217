//! Random packages in canonical form, for the properties that every reader and writer has.

use super::resolve::{Lone, Package, Resolved, Words, resolve};
use super::{Align, Anchor, Block, Column, Document, Inline, Label, List, Section, Table, walk};
use proptest::collection::vec;
use proptest::prelude::*;

/// The words that a package is usually printed with.
pub(crate) fn words() -> Words {
    Words {
        section: "Section".into(),
        exhibit: "Exhibit".into(),
        of: "of".into(),
        the: "the".into(),
        this: "this".into(),
        this_exhibit: "this Exhibit".into(),
    }
}

pub(crate) fn anchor(name: &str) -> Anchor {
    name.parse().unwrap()
}

/// A resolved package: one document, and its parts and exhibits alone.
pub(crate) fn resolved() -> impl Strategy<Value = Resolved> {
    (section(3), proptest::option::of(text())).prop_map(|(mut root, imprint)| {
        Names::default().section(&mut root);
        let names: Vec<Anchor> = walk::sections(&root)
            .flat_map(|section| {
                let mut names = vec![section.anchor.clone()];
                walk::tables(&section.blocks, &mut |table| {
                    names.extend(table.anchor.clone());
                });
                names
            })
            .collect();
        aim(&mut root, &names);
        let lone = walk::sections(&root)
            .skip(1)
            .filter(|section| matches!(section.label, Label::Exhibit | Label::Part))
            .map(|section| Lone {
                name: format!("lone-{}", section.anchor),
                anchor: section.anchor.clone(),
            })
            .collect();
        let documents = vec![Document {
            name: "agreement".into(),
            imprint,
            root,
        }];
        resolve(Package { documents, lone }, words()).unwrap()
    })
}

/// Text in canonical form: no edge spaces, and all that Markdown could take for a mark.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "1. ",
        "1) ",
        "- ",
        "+ ",
        "* ",
        "# ",
        "## x ##",
        "> ",
        "=",
        "---",
        "***",
        "___",
        "~~x~~",
        "{#x}",
        "{.x}",
        "&amp;",
        "&#49;",
        "&copy",
        "<b>",
        "</a>",
        "<!--",
        "](x)",
        "![",
        "[x]",
        "[x]: y",
        "[^1]",
        "`a`",
        "$x$",
        "https://a.b/c",
        "(a) ",
        "(1)",
        "\\|",
        "\\\\",
        "|",
        "a_b",
        "_a_",
        "*a*",
        "**",
        "__",
        "R&D",
        "x^2^",
        ": x",
        "\\",
        "!",
        "a",
        "Net Revenue",
        "“",
        "”",
        "“x”",
        "\"x\"",
        "’s",
        "é",
        "—",
        "€",
        "Ⓐ",
        "中",
        "\u{301}",
        "🙂",
        "\u{3000}",
        " ",
        " ",
        " ",
        "  ",
        "9.1",
        "Exhibit A:",
        "%",
        "@x",
        "''",
        "...",
        "/",
        "x",
        "<https://a.b>",
        "\t|",
    ]);
    let pieces = prop_oneof![
        4 => nasty.prop_map(str::to_owned),
        2 => "[ -~]{1,3}",
        2 => "[a-z]{1,5} ",
    ];
    vec(pieces, 1..7).prop_map(|pieces| {
        let text = pieces.concat().replace('\t', " ");
        let text = text.trim();
        if text.is_empty() {
            "x".into()
        } else {
            text.to_owned()
        }
    })
}

fn marked() -> impl Strategy<Value = Vec<Inline>> {
    prop_oneof![
        5 => text().prop_map(|text| vec![Inline::Text(unquoted(text))]),
        1 => (0..99usize).prop_map(|to| vec![Inline::Reference(anchor(&format!("to-{to}")))]),
        1 => link().prop_map(|link| vec![link]),
        1 => (text(), 0..99usize, link()).prop_map(|(text, to, link)| vec![
            Inline::Text(text + " "),
            Inline::Reference(anchor(&format!("to-{to}"))),
            link,
        ]),
    ]
}

/// A phrase in quotation marks that stands out would be a definition.
fn unquoted(text: String) -> String {
    if text.starts_with(['“', '"']) && text.ends_with(['”', '"']) {
        "x".into()
    } else {
        text
    }
}

fn link() -> impl Strategy<Value = Inline> {
    ("[a-zA-Z0-9/?=&;()_*~#!,.'$:@+-]{0,8}", text()).prop_map(|(rest, text)| Inline::Link {
        url: format!("https://x{rest}"),
        text,
    })
}

#[derive(Debug, Clone)]
enum Atom {
    Text(String, bool, bool),
    Other(Inline),
}

/// Words in canonical form. `plain` leaves out what titles may not hold, `stress` emphasis.
fn run(plain: bool, stress: bool) -> impl Strategy<Value = Vec<Inline>> {
    let text_atom =
        (text(), any::<bool>(), any::<bool>()).prop_map(|(text, a, b)| Atom::Text(text, a, b));
    let strong = if plain {
        text()
            .prop_map(|text| vec![Inline::Text(unquoted(text))])
            .boxed()
    } else {
        marked().boxed()
    };
    let mut kinds = vec![
        (4, text_atom.boxed()),
        (
            1,
            strong
                .clone()
                .prop_map(|inner| Atom::Other(Inline::Strong(inner)))
                .boxed(),
        ),
    ];
    if stress {
        kinds.push((
            1,
            strong
                .prop_map(|inner| Atom::Other(Inline::Emphasis(inner)))
                .boxed(),
        ));
    }
    if !plain {
        kinds.push((
            1,
            (0..99usize)
                .prop_map(|to| Atom::Other(Inline::Reference(anchor(&format!("to-{to}")))))
                .boxed(),
        ));
        kinds.push((
            1,
            text()
                .prop_map(|text| Atom::Other(Inline::Definition(text)))
                .boxed(),
        ));
        kinds.push((1, link().prop_map(Atom::Other).boxed()));
    }
    vec(proptest::strategy::Union::new_weighted(kinds), 1..6).prop_map(canonical)
}

fn canonical(atoms: Vec<Atom>) -> Vec<Inline> {
    let mut words: Vec<Inline> = Vec::new();
    let class = |inline: &Inline| match inline {
        Inline::Text(_) => 0,
        Inline::Strong(_) | Inline::Definition(_) => 1,
        Inline::Emphasis(_) => 2,
        Inline::Reference(_) | Inline::Link { .. } | Inline::Inert(_) | Inline::Enumerator(_) => 3,
    };
    let last = atoms.len() - 1;
    for (at, atom) in atoms.into_iter().enumerate() {
        let inline = match atom {
            Atom::Text(text, before, after) => {
                let before = if before && !words.is_empty() { " " } else { "" };
                let after = if after && at < last { " " } else { "" };
                Inline::Text(format!("{before}{text}{after}"))
            }
            Atom::Other(inline) => inline,
        };
        let same = words.last().map(class) == Some(class(&inline));
        if !same || class(&inline) == 3 {
            words.push(inline);
        }
    }
    if let Some(Inline::Text(text)) = words.last_mut() {
        *text = text.trim_end().to_owned();
    }
    words
}

fn table() -> impl Strategy<Value = Table> {
    let align = prop::sample::select(vec![Align::Start, Align::Center, Align::End]);
    let heading = run(false, true);
    let caption = prop_oneof![Just(Vec::new()), run(false, false)];
    (vec((heading, align), 1..4), any::<bool>(), caption).prop_flat_map(
        |(columns, named, caption)| {
            let cell = prop_oneof![1 => Just(Vec::new()), 3 => run(false, true)];
            let row = vec(cell, columns.len());
            vec(row, 0..3).prop_map(move |rows| Table {
                anchor: named.then(|| anchor("t")),
                caption: caption.clone(),
                columns: columns
                    .iter()
                    .map(|(heading, align)| Column {
                        heading: heading.clone(),
                        align: *align,
                    })
                    .collect(),
                rows,
            })
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        4 => run(false, true).prop_map(Block::Paragraph),
        1 => text().prop_map(|text| Block::Paragraph(vec![Inline::Emphasis(vec![Inline::Text(unquoted(text))])])),
        2 => table().prop_map(Block::Table),
    ];
    leaf.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            (any::<bool>(), vec(vec(inner.clone(), 1..3), 1..4))
                .prop_map(|(ordered, items)| Block::List(List { ordered, items })),
            vec(inner, 1..3).prop_map(Block::Note),
        ]
    })
}

fn section(depth: u32) -> BoxedStrategy<Section> {
    let label = prop::sample::select(vec![
        Label::Title,
        Label::Number,
        Label::Number,
        Label::Part,
        Label::Exhibit,
    ]);
    let children = if depth == 0 {
        Just(Vec::new()).boxed()
    } else {
        vec(section(depth - 1), 0..3).boxed()
    };
    (label, run(true, true), vec(block(), 0..4), children)
        .prop_map(|(label, title, blocks, sections)| Section {
            anchor: anchor("s"),
            label,
            title,
            blocks,
            sections,
        })
        .boxed()
}

/// Gives everything a name of its own.
#[derive(Default)]
struct Names(usize);

impl Names {
    fn next(&mut self) -> usize {
        self.0 += 1;
        self.0
    }

    fn section(&mut self, section: &mut Section) {
        section.anchor = anchor(&format!("s-{}", self.next()));
        self.blocks(&mut section.blocks);
        for child in &mut section.sections {
            self.section(child);
        }
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        each_run(blocks, &mut |words| {
            for inline in words {
                if let Inline::Definition(term) = inline {
                    let bare = term.replace(['“', '”', '"'], "");
                    *term = format!("{} {}", bare.trim(), self.next());
                    *term = term.trim().to_owned();
                }
            }
        });
        each_table(blocks, &mut |table| {
            if let Some(name) = &mut table.anchor {
                *name = anchor(&format!("t-{}", self.next()));
            }
        });
    }
}

/// Leads every reference to one of `names`.
fn aim(section: &mut Section, names: &[Anchor]) {
    each_run(&mut section.blocks, &mut |words| aim_words(words, names));
    for child in &mut section.sections {
        aim(child, names);
    }
}

fn aim_words(words: &mut [Inline], names: &[Anchor]) {
    for inline in words {
        match inline {
            Inline::Reference(to) => {
                let number: usize = to.as_str()[3..].parse().unwrap();
                *to = names[number % names.len()].clone();
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) => aim_words(inner, names),
            Inline::Text(_)
            | Inline::Definition(_)
            | Inline::Link { .. }
            | Inline::Inert(_)
            | Inline::Enumerator(_) => {}
        }
    }
}

fn each_run(blocks: &mut [Block], see: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Paragraph(words) => see(words),
            Block::List(list) => {
                for item in &mut list.items {
                    each_run(item, see);
                }
            }
            Block::Table(table) => {
                see(&mut table.caption);
                for column in &mut table.columns {
                    see(&mut column.heading);
                }
                for cell in table.rows.iter_mut().flatten() {
                    see(cell);
                }
            }
            Block::Note(inner) => each_run(inner, see),
            Block::Inert(_) => {}
        }
    }
}

fn each_table(blocks: &mut [Block], see: &mut impl FnMut(&mut Table)) {
    for block in blocks {
        match block {
            Block::Table(table) => see(table),
            Block::List(list) => {
                for item in &mut list.items {
                    each_table(item, see);
                }
            }
            Block::Note(inner) => each_table(inner, see),
            Block::Paragraph(_) | Block::Inert(_) => {}
        }
    }
}
