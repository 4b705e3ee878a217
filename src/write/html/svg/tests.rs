//! What every picture keeps: words inside the sheet and none over another, nothing but text from data.

use super::*;
use crate::document::picture::{Event, Mark, Timeline, Window};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

/// Fails if words of `sheet` stand over each other or outside of it.
fn check_words(name: &str, sheet: &Sheet) {
    let (width, height) = sheet.size();
    let words = sheet.words();
    for (place, area) in words.iter().enumerate() {
        assert!(
            area.left >= 0 && area.top >= 0 && area.right <= width && area.bottom <= height,
            "{name}: words outside of {width} x {height}: {area:?}"
        );
        for other in &words[place + 1..] {
            assert!(!area.meets(other), "{name}: {area:?} over {other:?}");
        }
    }
}

/// Fails if a coordinate of the drawing is outside of its view.
fn check_coordinates(name: &str, svg: &str) {
    let numbers = |text: &str| -> Vec<i64> {
        text.split([' ', ','])
            .map(|number| number.parse().expect("an integer"))
            .collect()
    };
    let view = svg.split("viewBox=\"").nth(1).expect("a view");
    let view = numbers(view.split('"').next().expect("an end"));
    let within = |numbers: &[i64], limit: i64| {
        for number in numbers {
            assert!((0..=limit).contains(number), "{name}: {number} of {limit}");
        }
    };
    for tag in svg
        .split('<')
        .filter(|tag| !tag.starts_with("svg") && !tag.starts_with("pattern"))
    {
        for pair in tag.split("=\"").collect::<Vec<_>>().windows(2) {
            let key = pair[0].rsplit(' ').next().expect("a name");
            let value = pair[1].split('"').next().expect("an end");
            match key {
                "x" | "x1" | "x2" | "cx" => within(&numbers(value), view[2]),
                "y" | "y1" | "y2" | "cy" => within(&numbers(value), view[3]),
                "points" => {
                    for point in numbers(value).chunks(2) {
                        within(&point[..1], view[2]);
                        within(&point[1..], view[3]);
                    }
                }
                _ => {}
            }
        }
    }
}

fn anchor(name: &str) -> Anchor {
    name.parse().expect("an anchor")
}

fn svg(name: &str, picture: &Picture) -> String {
    let mut page = Markup::default();
    draw(&mut page, &anchor(name), picture);
    page.finish()
}

#[test]
fn words_never_overlap_and_nothing_leaves_the_view() {
    for (name, picture) in samples::all() {
        check_words(name, &drawn(&anchor(name), &picture));
        check_coordinates(name, &svg(name, &picture));
    }
}

#[test]
fn a_picture_is_the_same_every_time() {
    for ((name, one), (_, two)) in samples::all().into_iter().zip(samples::all()) {
        assert_eq!(svg(name, &one), svg(name, &two));
    }
}

#[test]
fn an_edge_is_filled_on_the_side_that_owns_it() {
    let whole = svg("cliffs", &samples::cliffs());
    let dots: Vec<&str> = whole
        .split("<circle class=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    // For each edge two dots on the rail, then two on the line that jumps.
    assert_eq!(dots, ["hollow", "full"].repeat(4));
}

#[test]
fn the_worked_example_and_every_jump_are_labelled() {
    assert!(svg("payout", &samples::payout()).contains("154,750.00</text>"));
    let cliffs = svg("cliffs", &samples::cliffs());
    assert!(cliffs.contains(">+6,250.00</text>") && cliffs.contains(">+25,000.00</text>"));
}

/// A timeline of three years with a review each quarter and a deadline each year.
fn crowded(days: &[i16], label: &str) -> Picture {
    let from = date(2027, 1, 1);
    let event = |&offset: &i16| {
        let on = from + i64::from(offset).days();
        Event {
            on,
            when: on.to_string(),
            label: label.to_owned(),
            mark: Mark::Deadline,
        }
    };
    let window = |&offset: &i16| Window {
        from: from + i64::from(offset).days(),
        to: (from + i64::from(offset + 30).days()).min(date(2030, 1, 1)),
        label: label.to_owned(),
    };
    Picture {
        title: label.to_owned(),
        description: label.to_owned(),
        drawing: Drawing::Timeline(Timeline {
            from,
            to: date(2030, 1, 1),
            ticks: Vec::new(),
            events: days.iter().map(event).collect(),
            windows: days.iter().map(window).collect(),
            legend: vec![(Mark::Deadline, label.to_owned())],
        }),
    }
}

/// Labels of contracts and of those who would break them.
fn labels() -> impl Strategy<Value = String> {
    proptest::string::string_regex("([!-~]{1,9} ){1,8}(\u{202E}|</title>|-->|é|日本)")
        .expect("a pattern")
}

proptest! {
    #[test]
    fn flags_never_overlap(days in proptest::collection::vec(0_i16..1095, 0..14), label in labels()) {
        let picture = crowded(&days, &label);
        check_words("crowded", &drawn(&anchor("crowded"), &picture));
        check_coordinates("crowded", &svg("crowded", &picture));
    }

    #[test]
    fn hostile_labels_are_text(label in labels()) {
        for (name, mut picture) in samples::all() {
            spoil(&mut picture, &label);
            check_words(name, &drawn(&anchor(name), &picture));
            let clean = svg(name, &picture).replace("&#39;", "").replace("&amp;", "");
            let tags = |text: &str| text.matches('<').count();
            let lines = clean.matches("<text").count();
            // Every tag is one that we know: nothing of the label became markup.
            let ours = ["<svg", "</svg>", "<title", "</title>", "<desc", "</desc>", "<defs>", "</defs>", "<pattern",
                "</pattern>", "<line", "<circle", "<rect", "<polyline", "<polygon", "<text", "</text>"];
            let known: usize = ours.iter().map(|tag| clean.matches(tag).count()).sum();
            prop_assert_eq!(tags(&clean), known);
            prop_assert_eq!(lines, clean.matches("</text>").count());
            prop_assert_eq!(clean.matches("</title>").count(), 1);
            let turned = clean.contains('\u{202E}');
            prop_assert!(!turned);
        }
    }
}

/// Puts `label` in every place of `picture` that holds words.
fn spoil(picture: &mut Picture, label: &str) {
    let set = |text: &mut String| label.clone_into(text);
    set(&mut picture.title);
    set(&mut picture.description);
    match &mut picture.drawing {
        Drawing::Chart(chart) => {
            set(&mut chart.across.label);
            set(&mut chart.up.label);
            chart.lines.iter_mut().for_each(|line| set(&mut line.name));
            chart.bands.iter_mut().for_each(set);
            for edge in &mut chart.boundaries {
                edge.jump.iter_mut().for_each(set);
            }
            chart
                .example
                .iter_mut()
                .for_each(|example| set(&mut example.label));
        }
        Drawing::Bars(bars) => {
            bars.series.iter_mut().for_each(set);
            bars.groups
                .iter_mut()
                .for_each(|group| set(&mut group.label));
        }
        Drawing::Timeline(timeline) => {
            timeline
                .events
                .iter_mut()
                .for_each(|event| set(&mut event.label));
            timeline
                .windows
                .iter_mut()
                .for_each(|window| set(&mut window.label));
            timeline
                .ticks
                .iter_mut()
                .for_each(|tick| set(&mut tick.label));
            timeline
                .legend
                .iter_mut()
                .for_each(|(_, meaning)| set(meaning));
        }
        Drawing::Matrix(matrix) => {
            for group in &mut matrix.groups {
                set(&mut group.name);
                group.columns.iter_mut().for_each(set);
            }
            matrix.rows.iter_mut().for_each(|row| set(&mut row.label));
            matrix
                .legend
                .iter_mut()
                .for_each(|(_, meaning)| set(meaning));
        }
        Drawing::Ladder(ladder) => {
            for rung in &mut ladder.rungs {
                set(&mut rung.who);
                set(&mut rung.reply);
                set(&mut rung.total);
            }
        }
        Drawing::Path(path) => {
            path.lanes.iter_mut().for_each(set);
            path.steps.iter_mut().for_each(|step| set(&mut step.label));
        }
        Drawing::Map(map) => {
            for document in &mut map.documents {
                set(&mut document.name);
                set(&mut document.note);
            }
            set(&mut map.first);
            set(&mut map.arrow);
        }
    }
}
