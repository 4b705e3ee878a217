//! The contrast of the colours in the style sheet, as WCAG 2.2 computes it, in whole numbers.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../../../templates/page.css");

/// Pairs of text and ground, and the contrast that they need in hundredths: 4.5 for text, 3 for marks.
const PAIRS: [(&str, &str, i128); 12] = [
    ("ink", "paper", 450),
    ("ink", "raised", 450),
    ("ink", "wash", 450),
    ("quiet", "paper", 450),
    ("quiet", "raised", 450),
    ("accent", "paper", 450),
    ("accent", "raised", 450),
    ("accent", "wash", 450),
    ("paper", "ink", 450),
    ("edge", "paper", 300),
    ("edge", "raised", 300),
    ("accent", "raised", 300),
];

/// The custom properties that `block` sets to a colour.
fn colours(block: &str) -> BTreeMap<&str, u32> {
    block
        .split(';')
        .filter_map(|line| {
            let (name, value) = line
                .trim()
                .trim_start_matches('{')
                .trim()
                .strip_prefix("--")?
                .split_once(':')?;
            let digits = value.trim().strip_prefix('#')?;
            let value = u32::from_str_radix(digits, 16).ok()?;
            let full = if digits.len() == 3 {
                let digit = |place: u32| (value >> (4 * place)) & 15;
                17 * (digit(2) << 16 | digit(1) << 8 | digit(0))
            } else {
                value
            };
            Some((name, full))
        })
        .collect()
}

/// The linear value of a channel of sRGB, in millionths.
fn linear(channel: u32) -> i128 {
    let channel = i128::from(channel);
    if channel <= 10 {
        // Below 0.04045 the curve is a line.
        return channel * 1_000_000 * 100 / (255 * 1292);
    }
    // ((c + 0.055) / 1.055) ^ 2.4 is the fifth root of the twelfth power; the base is in thousandths.
    let base = (channel * 1_000_000 / 255 + 55_000) / 1_055;
    let power = base.pow(12);
    let (mut low, mut high) = (0_i128, 1_000_000_i128);
    while low < high {
        let middle = (low + high + 1) / 2;
        // Millionths to the fifth are 10^30; thousandths to the twelfth are 10^36.
        if middle.pow(5) * 1_000_000 <= power {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// The contrast of two colours, in hundredths.
fn contrast(one: u32, two: u32) -> i128 {
    let luminance = |colour: u32| {
        let channel = |shift: u32| linear((colour >> shift) & 255);
        (2126 * channel(16) + 7152 * channel(8) + 722 * channel(0)) / 10_000
    };
    let (one, two) = (luminance(one), luminance(two));
    (one.max(two) + 50_000) * 100 / (one.min(two) + 50_000)
}

#[test]
fn contrast_is_computed_as_the_standard_does() {
    assert_eq!(contrast(0xFF_FF_FF, 0), 2100);
    // Known from the guidance on the criterion: #767676 on white is 4.54.
    assert!((453..=455).contains(&contrast(0x76_76_76, 0xFF_FF_FF)));
}

/// The colours of a style sheet: by day, by night, on paper.
fn themes(style: &str) -> [BTreeMap<&str, u32>; 3] {
    let block = |from: &str| {
        let (_, rest) = style.split_once(from).expect("a theme");
        let (block, _) = rest.split_once('}').expect("its end");
        colours(block)
    };
    let light = block(":root {");
    let mut dark = light.clone();
    dark.extend(block("@media (prefers-color-scheme: dark) {\n  :root {"));
    let mut print = light.clone();
    print.extend(block("@media print {\n  :root {"));
    [light, dark, print]
}

#[test]
fn the_marks_of_a_redline_can_be_read() {
    const MARKS: [(&str, &str, i128); 13] = [
        ("ins", "ins-wash", 450),
        ("ins", "paper", 450),
        ("ins", "move-wash", 450),
        ("del", "del-wash", 450),
        ("del", "paper", 450),
        ("del", "move-wash", 450),
        ("move", "move-wash", 450),
        ("move", "paper", 450),
        ("ink", "ins-wash", 450),
        ("ins", "raised", 450),
        ("ins", "wash", 450),
        ("del", "raised", 450),
        ("del", "wash", 450),
    ];
    let own = themes(include_str!("../../../../templates/redline.css"));
    let base = themes(STYLE);
    for (theme, (mut colours, own)) in ["light", "dark", "print"]
        .iter()
        .zip(base.into_iter().zip(own))
    {
        colours.extend(own);
        for (text, ground, least) in MARKS {
            let found = contrast(colours[text], colours[ground]);
            assert!(
                found >= least,
                "{theme}: {text} on {ground} has {found}, needs {least}"
            );
        }
    }
}

#[test]
fn both_themes_and_paper_can_be_read() {
    let [light, dark, print] = themes(STYLE);
    for (theme, colours) in [("light", &light), ("dark", &dark), ("print", &print)] {
        for (text, ground, least) in PAIRS {
            let found = contrast(colours[text], colours[ground]);
            assert!(
                found >= least,
                "{theme}: {text} on {ground} has {found}, needs {least}"
            );
        }
    }
    assert_ne!(light["paper"], dark["paper"]);
}
