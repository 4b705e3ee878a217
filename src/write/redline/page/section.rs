//! Sections, one below the other: each heading with the lines under it.

use super::Writer;
use super::labels::Which;
use super::line::numbers;
use crate::document::{Anchor, Label};
use crate::redline::{Form, MarkedLine, Weight};

/// The lines from a heading to the next.
struct Stretch {
    first: usize,
    end: usize,
    depth: usize,
    /// Which kinds of change it holds: substance, wording, move, noise.
    kinds: [bool; 4],
}

impl Writer<'_> {
    /// The whole text. In it a line feed is the end of a line or cell and nothing else, so that lines which are one in
    /// one of the documents are one in what is left of the page.
    pub(super) fn text(&mut self) {
        let stretches = self.stretches();
        let mut level = 0;
        let mut table_of_joined = 0;
        for (place, stretch) in stretches.iter().enumerate() {
            self.open_section(&stretches, place);
            let mut at = stretch.first;
            while at < stretch.end {
                while self
                    .labels
                    .joined
                    .get(table_of_joined)
                    .is_some_and(|run| run.0 < at)
                {
                    table_of_joined += 1;
                }
                let joined = self.labels.joined.get(table_of_joined).copied();
                match joined {
                    Some((first, last, which)) if first == at && last < stretch.end => {
                        let class = match which {
                            Which::Old => "joined one-old",
                            Which::New => "joined one-new",
                        };
                        self.page.tag("div").set("class", class).open();
                        for place in first..=last {
                            self.line(place, &mut level);
                        }
                        self.page.close("div");
                        at = last + 1;
                    }
                    Some(_) | None => {
                        self.line(at, &mut level);
                        at += 1;
                    }
                }
            }
            self.page.close("section");
        }
    }

    /// The sections, flat: each heading with the lines under it.
    fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for (place, line) in self.redline.lines.iter().enumerate() {
            let depth = match line.form() {
                Some(Form::Heading { depth, .. }) => Some(*depth),
                Some(Form::Block { .. }) | None => None,
            };
            match (depth, stretches.last_mut()) {
                (None, Some(last)) => last.end = place + 1,
                (depth, _) => stretches.push(Stretch {
                    first: place,
                    end: place + 1,
                    depth: depth.unwrap_or(0),
                    kinds: [false; 4],
                }),
            }
            if let Some(last) = stretches.last_mut() {
                numbers(line, &mut |number| {
                    let change = number
                        .checked_sub(1)
                        .and_then(|at| self.redline.changes.get(at));
                    if let Some(change) = change {
                        last.kinds[match change.weight {
                            Weight::Substance => 0,
                            Weight::Wording => 1,
                            Weight::Move => 2,
                            Weight::Noise => 3,
                        }] = true;
                    }
                });
            }
        }
        stretches
    }

    fn open_section(&mut self, stretches: &[Stretch], place: usize) {
        let stretch = &stretches[place];
        let line = &self.redline.lines[stretch.first];
        let changed = stretch.kinds.contains(&true);
        let under = stretches[place + 1..]
            .iter()
            .take_while(|next| next.depth > stretch.depth)
            .any(|next| next.kinds.contains(&true));
        let mut class = String::new();
        if let Some(Form::Heading {
            label: Label::Part | Label::Exhibit,
            ..
        }) = line.form()
        {
            class.push_str("major ");
        }
        for (has, name) in stretch
            .kinds
            .iter()
            .zip(["has-s ", "has-w ", "has-m ", "has-n "])
        {
            if *has {
                class.push_str(name);
            }
        }
        if !changed && under {
            class.push_str("way ");
        }
        let tag = self.page.tag("section");
        let tag = match named(line) {
            Some((anchor, Which::New)) => tag.put("id", format_args!("at_{anchor}")),
            Some((anchor, Which::Old)) => tag.put("id", format_args!("was_{anchor}")),
            None => tag,
        };
        match class.trim_end() {
            "" => tag.open(),
            class => tag.set("class", class).open(),
        }
    }
}

/// The name that a line gives to its section.
fn named(line: &MarkedLine) -> Option<(&Anchor, Which)> {
    let heading = |form: &'_ Option<Form>| matches!(form, Some(Form::Heading { .. }));
    if heading(&line.new) && line.in_new() {
        return super::labels::anchor(line, Which::New).map(|anchor| (anchor, Which::New));
    }
    if heading(&line.old) {
        return super::labels::anchor(line, Which::Old).map(|anchor| (anchor, Which::Old));
    }
    None
}
