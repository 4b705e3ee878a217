//! What drafting costs, warm and in the library. `scripts/bench` runs this and the cold figures.
//!
//! The yardstick is what the same text costs with nothing but a template engine and a Markdown parser: Tera fills
//! in the same wordings from the same values, and pulldown-cmark makes HTML of what comes out. Ours does the same
//! and all the rest: arithmetic, checks, a tree, numbers, references, defined terms, pictures, and the Markdown as
//! a file. A second yardstick is stricter than any real template: the finished Markdown as one flat text with holes,
//! without a condition or a loop in it. Both ratios are printed; the first is the one with a limit.
//!
//! `cargo bench --bench draft -- --write-library DIR` writes the library that makes 200 clauses of the sample;
//! `-- --ours N` and `-- --bare N` do nothing but write the agreement so many times, for a profiler.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench measures time, and reads and writes files"
)]

use divan::Bencher;
use engross::deal::{self, Deal};
use engross::diagnostic::{Report, Style, render};
use engross::document::walk;
use engross::draft::{self, Draft, Wordings};
use engross::library::{Library, LibraryFile, Trust, embedded};
use engross::source::Source;
use engross::write::{self, Look};
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// The allocator of the program, for ours and for the bare tools alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The deal that is drafted.
const SAMPLE: &str = include_str!("../samples/saas-alliance/deal.toml");

/// So many clauses has the agreement of the second limit.
const MANY: usize = 200;

/// Ours may cost so many times what the bare tools cost, in hundredths.
const LIMIT: u128 = 300;

fn main() {
    // One thread, as in a server that drafts many deals: what is measured is work, not waiting.
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread()
        .build_global()
        .expect("a pool of one thread");
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|word| word == "--write-library") {
        let folder = arguments
            .get(at + 1)
            .expect("a folder after --write-library");
        for file in many() {
            let path = Path::new(folder).join(&file.path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, file.text.as_bytes()).expect("a file");
        }
        return;
    }
    let count = |flag: &str| {
        let at = arguments.iter().position(|word| word == flag)?;
        arguments.get(at + 1)?.parse::<usize>().ok()
    };
    if let Some(count) = count("--ours") {
        let work = work(embedded());
        let deals = work.deals.iter().cycle().take(count);
        deals.for_each(|deal| {
            divan::black_box(written(&work, deal, 1));
        });
        return;
    }
    if let Some(count) = count("--bare") {
        let work = work(embedded());
        let mut wordings = Wordings::of(&work.deals[0], &work.library).expect("a deal");
        (0..count).for_each(|_| {
            divan::black_box(filled(&mut wordings));
        });
        return;
    }
    divan::main();
    if arguments.iter().any(|word| word == "--bench") {
        ratio();
    }
}

/// Deals and a library, read.
struct Work {
    /// The sample, and others with other names and figures: no draft repeats the one before it.
    deals: Vec<Deal>,
    library: Library,
    look: Look,
}

fn work(files: Vec<LibraryFile>) -> Work {
    let mut report = Report::new();
    let deals: Option<Vec<Deal>> = OTHERS
        .into_iter()
        .map(|others| read(&renamed(others), &mut report))
        .collect();
    let library = Library::load(files, draft::root(), Trust::Check, &mut report);
    let (Some(deals), Some(library)) = (deals, library) else {
        panic!("{}", render(&report, Style::Plain));
    };
    let look = Look {
        style: library.style.clone(),
        script: library.script.clone().into(),
        ..Look::default()
    };
    Work {
        deals,
        library,
        look,
    }
}

/// What stands in the sample, and the other names and figures of each deal.
const OTHERS: [[&str; 3]; 4] = [
    ["Tallowmere", "Oakhythe", "12.5%"],
    ["Barrowmere", "Elmhythe", "12.4%"],
    ["Hollowmere", "Ashhythe", "12.6%"],
    ["Willowmere", "Yewhythe", "12.7%"],
];

/// The sample with other names and figures.
fn renamed(others: [&str; 3]) -> String {
    let pairs = OTHERS[0].iter().zip(others);
    pairs.fold(SAMPLE.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn read(text: &str, report: &mut Report) -> Option<Deal> {
    let deal = Deal::read(&Source::new("deal.toml", text), report)?;
    deal::check::check(&deal, report);
    Some(deal)
}

fn drafted(work: &Work, deal: &Deal) -> Draft {
    let mut report = Report::new();
    draft::draft(deal, &work.library, &mut report)
        .unwrap_or_else(|| panic!("{}", render(&report, Style::Plain)))
}

/// The bytes of the first `parts` documents of a deal in Markdown and HTML; the first is the agreement with its
/// exhibits.
fn written(work: &Work, deal: &Deal, parts: usize) -> usize {
    let draft = drafted(work, deal);
    let parts = draft.resolved.parts().take(parts);
    parts
        .map(|part| {
            write::markdown(&part).len() + write::html(&part, &draft.pictures, &work.look).len()
        })
        .sum()
}

#[divan::bench]
fn agreement(bencher: Bencher) {
    let work = work(embedded());
    let mut deals = work.deals.iter().cycle();
    bencher.bench_local(|| written(&work, deals.next().expect("a deal"), 1));
}

#[divan::bench]
fn agreement_and_each_part_alone(bencher: Bencher) {
    let work = work(embedded());
    let mut deals = work.deals.iter().cycle();
    bencher.bench_local(|| written(&work, deals.next().expect("a deal"), usize::MAX));
}

#[divan::bench]
fn agreement_by_bare_tools(bencher: Bencher) {
    let work = work(embedded());
    let mut wordings = Wordings::of(&work.deals[0], &work.library).expect("a deal");
    bencher.bench_local(|| filled(&mut wordings));
}

#[divan::bench]
fn agreement_as_a_flat_text(bencher: Bencher) {
    let bare = Bare::of(&work(embedded()));
    bencher.bench_local(|| bare.written());
}

#[divan::bench]
fn check_of_200_clauses(bencher: Bencher) {
    let Work { library, .. } = work(many());
    bencher.bench_local(|| {
        let mut report = Report::new();
        let deal = read(SAMPLE, &mut report).expect("a deal");
        let draft = draft::draft(&deal, &library, &mut report).expect("a draft");
        report.append(draft::proofread(&deal, &library, &draft));
        draft
    });
}

#[divan::bench]
fn advice_on_a_library(bencher: Bencher) {
    let Work { library, .. } = work(embedded());
    bencher.bench_local(|| library.advice());
}

#[divan::bench(args = [Trust::Sound, Trust::Check])]
fn library_load(trust: Trust) -> Library {
    Library::load(embedded(), draft::root(), trust, &mut Report::new()).expect("a library")
}

/// The wordings of the agreement, filled in by Tera and turned into HTML by pulldown-cmark.
fn filled(wordings: &mut Wordings<'_>) -> usize {
    let markdown = wordings.text();
    markdown.len() + html(&markdown)
}

/// The bytes of the HTML that pulldown-cmark makes.
fn html(markdown: &str) -> usize {
    let mut html = String::with_capacity(markdown.len() * 2);
    let options = pulldown_cmark::Options::ENABLE_TABLES;
    let events = pulldown_cmark::Parser::new_ext(markdown, options);
    pulldown_cmark::html::push_html(&mut html, events);
    html.len()
}

/// The finished text as one flat template.
struct Bare {
    tera: tera::Tera,
    context: tera::Context,
    substitutions: usize,
    text: String,
}

impl Bare {
    /// A template whose result is the Markdown of the agreement, with as many values as its clauses print.
    fn of(work: &Work) -> Bare {
        let draft = drafted(work, &work.deals[0]);
        let part = draft.resolved.parts().next().expect("an agreement");
        let text = write::markdown(&part);
        let substitutions = walk::sections(part.root())
            .filter_map(|section| work.library.clauses.get(section.anchor.as_str()))
            .map(|clause| clause.variants[0].body.text().matches("{{").count())
            .sum();
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        let every = words.len() / substitutions;
        let mut context = tera::Context::new();
        let mut template = String::with_capacity(text.len() * 2);
        let mut count = 0;
        for (at, word) in words.iter().enumerate() {
            if at % every == 0 && count < substitutions {
                context.insert_value(format!("v{count}"), tera::Value::from(*word));
                write!(template, "{{{{ v{count} }}}}").expect("a string");
                count += 1;
            } else {
                template.push_str(word);
            }
        }
        let mut tera = tera::Tera::new();
        tera.add_raw_template("agreement", &template)
            .expect("a template");
        assert_eq!(tera.render("agreement", &context).expect("a text"), text);
        Bare {
            tera,
            context,
            substitutions,
            text,
        }
    }

    /// The bytes of the Markdown and the HTML.
    fn written(&self) -> usize {
        let markdown = self
            .tera
            .render("agreement", &self.context)
            .expect("a text");
        markdown.len() + html(&markdown)
    }
}

/// The embedded library with so many clauses more that the sample has [`MANY`].
fn many() -> Vec<LibraryFile> {
    let work = work(embedded());
    let now = walk::sections(&drafted(&work, &work.deals[0]).resolved.documents()[0].root)
        .filter(|section| section.sections.is_empty())
        .count();
    let mut files = embedded();
    let outline = files
        .iter_mut()
        .find(|file| file.path == "templates/partnership.toml")
        .expect("an outline");
    let ids: Vec<String> = (now..MANY)
        .map(|count| format!("\"more-{count}\""))
        .collect();
    let article = format!(
        "  {{ id = \"more\", title = \"More clauses\", clauses = [{}] }},\n",
        ids.join(", ")
    );
    let place = outline
        .text
        .find("  { id = \"reading\"")
        .expect("the last article");
    outline.text.to_mut().insert_str(place, &article);
    for count in now..MANY {
        files.push(LibraryFile {
            path: format!("clauses/master/more-{count}.md"),
            text: MORE.replace("COUNT", &count.to_string()).into(),
        });
    }
    files
}

/// A clause of common length, with common tags.
const MORE: &str = "+++
id = \"more-COUNT\"
title = \"Matter COUNT\"
provenance = \"Written for the benches of engross.\"
+++
**{{ company.short }} and {{ partner.short }} agree on matter COUNT.** Each party tells the other at once when something changes that bears on it. [](#precedence) decides what prevails. The parties look at it in every review, and write down what they have found.

1. {{ company.short }} keeps records of it for {{ term.initial }}.
1. {{ partner.short }} answers questions about it in writing, as [](#notices) says.

{% if economics %}It does not change what is due under [](#statements).{% endif %}

> **Why.** A matter that both parties have written down is settled once.
";

/// Prints how many times the cost of the bare tools the agreement costs.
///
/// The bare tools are measured before and after, and the better of the two counts: what our runs leave of the
/// heap can slow them by half, and that is not their fault. Everything runs on one thread, so that time is work.
fn ratio() {
    let work = work(embedded());
    let bare = Bare::of(&work);
    let mut wordings: Vec<Wordings<'_>> = work
        .deals
        .iter()
        .map(|deal| Wordings::of(deal, &work.library).expect("a deal that can be drafted"))
        .collect();
    let count = wordings.len();
    let mut next = (0..count).cycle();
    let mut fill = || filled(&mut wordings[next.next().expect("a deal")]);
    let before = (median(500, || bare.written()), median(300, &mut fill));
    let mut deals = work.deals.iter().cycle();
    let ours = median(200, || written(&work, deals.next().expect("a deal"), 1));
    let after = (median(500, || bare.written()), median(300, &mut fill));
    let (flat, same) = (before.0.min(after.0), before.1.min(after.1));
    let times = |theirs: Duration| {
        let hundredths = ours.as_nanos() * 100 / theirs.as_nanos();
        (
            hundredths,
            format!("{}.{:02}", hundredths / 100, hundredths % 100),
        )
    };
    println!(
        "the agreement ({} KB of Markdown, {} values): {ours:.2?}",
        bare.text.len() / 1000,
        bare.substitutions,
    );
    let (hundredths, ratio) = times(same);
    println!(
        "by bare tools: {same:.2?}, ratio {ratio}, at most {}: {}",
        LIMIT / 100,
        if hundredths <= LIMIT {
            "met"
        } else {
            "not met"
        }
    );
    let (_, ratio) = times(flat);
    println!("as one flat text with holes: {flat:.2?}, ratio {ratio}");
}

/// The median time of `act`, after some runs that do not count.
fn median(count: usize, mut act: impl FnMut() -> usize) -> Duration {
    let mut time = || {
        let start = Instant::now();
        divan::black_box(act());
        start.elapsed()
    };
    for _ in 0..count / 10 {
        time();
    }
    let mut times: Vec<Duration> = (0..count).map(|_| time()).collect();
    times.sort();
    times[count / 2]
}
