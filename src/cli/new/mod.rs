//! `engross new`: a folder with a new deal, from a term sheet or from a few questions.

mod ask;

use super::files::{self, shown};
use super::{Outcome, check, counted, show};
use crate::deal::schema::json_schema;
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::intake::{self, Answers, Form, NewDeal};
use crate::library::{LibraryFile, embedded};
use crate::negotiation;
use crate::source::{Source, Span};
use anyhow::Context;
use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What every new folder keeps out of a repository: what can be made again, and what is ours alone.
const IGNORED: &str = "out/\nnegotiation.toml\ninternal/\n*.internal.*\n";
const SCHEMA: &str = "deal.schema.json";
const TEMPLATE: &str = "templates/new-deal.toml";
const NEGOTIATION_SCHEMA: &str = "negotiation.schema.json";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder that does not exist yet, or is empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,

    /// A term sheet: a `.toml`, or a `.csv` with two columns, key and value
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,

    /// Ask nothing, even on a terminal
    #[arg(long)]
    no_input: bool,

    /// A house's own clause library instead of the embedded one
    #[arg(long, value_name = "DIR")]
    library: Option<PathBuf>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    if !is_free(&args.dir, &mut report)? {
        show(&report, style)?;
        return Ok(Outcome::Findings);
    }
    let template = template(args.library.as_deref())?;
    let Some((source, form)) = sheet(args, &mut report)? else {
        show(&report, style)?;
        return Ok(Outcome::Findings);
    };
    let name = match form {
        Form::Toml => files::SHEETS[0],
        Form::Table => files::SHEETS[1],
    };
    let answers = Answers::read(&source, form, &mut report);
    let deal = answers
        .as_ref()
        .and_then(|answers| intake::fill(&template, answers, name, SCHEMA, &mut report));
    show(&report, style)?;
    let (Some(answers), Some(deal), false) = (answers, deal, report.has_errors()) else {
        writeln!(
            std::io::stdout(),
            "{}. Nothing was written.",
            check::summary(&report)
        )?;
        return Ok(Outcome::Findings);
    };
    let negotiation = negotiation(args.library.as_deref())?;
    write(&args.dir, name, &source, &deal, &negotiation)?;
    tell(&args.dir, name, &answers, &deal)?;
    Ok(Outcome::Clean)
}

/// Whether a new deal may be written there.
fn is_free(dir: &Path, report: &mut Report) -> anyhow::Result<bool> {
    let mut entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot look into `{}`", shown(dir)));
        }
    };
    if entries.next().is_none() {
        return Ok(true);
    }
    let source = Source::new(shown(dir), "");
    report.push(
        Diagnostic::error(
            Code::BadOutput,
            &Span::whole(&source),
            "the folder is not empty, and nothing in it is overwritten",
        )
        .help("name a new folder"),
    );
    Ok(false)
}

/// What a deal starts from: the house's, or the embedded one.
fn template(library: Option<&Path>) -> anyhow::Result<Arc<Source>> {
    let find = |files: Vec<LibraryFile>| files.into_iter().find(|file| file.path == TEMPLATE);
    let own = match library {
        Some(folder) => find(files::library_files(folder)?)
            .map(|file| Source::new(shown(&folder.join(file.path)), file.text)),
        None => None,
    };
    own.or_else(|| find(embedded()).map(|file| Source::new(file.path, file.text)))
        .with_context(|| format!("`{TEMPLATE}` is missing"))
}

/// The negotiation file that a new deal starts with, the house's or the embedded one.
fn negotiation(library: Option<&Path>) -> anyhow::Result<String> {
    let find = |files: Vec<LibraryFile>| {
        let mut files = files.into_iter();
        files.find(|file| file.path == negotiation::NEW)
    };
    let own = match library {
        Some(folder) => find(files::library_files(folder)?),
        None => None,
    };
    let found = own.or_else(|| find(embedded()));
    let found = found.with_context(|| format!("`{}` is missing", negotiation::NEW))?;
    Ok(found.text.into_owned())
}

/// The term sheet: the file, the answers of whoever sits at the terminal, or one without answers.
fn sheet(args: &Args, report: &mut Report) -> anyhow::Result<Option<(Arc<Source>, Form)>> {
    if let Some(path) = &args.from {
        let source = files::source(path, report)?;
        return Ok(source.map(|(source, _)| {
            let form = Form::of(&source.name);
            (source, form)
        }));
    }
    let asks = !args.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let answers = if asks { ask::ask()? } else { Vec::new() };
    let source = Source::new(files::SHEETS[0], intake::written(&answers));
    Ok(Some((source, Form::Toml)))
}

/// Writes the folder; the deal last, so that a folder with a deal is complete.
fn write(
    dir: &Path,
    sheet: &str,
    source: &Source,
    deal: &NewDeal,
    negotiation: &str,
) -> anyhow::Result<()> {
    fs::create_dir_all(dir).with_context(|| format!("cannot make the folder `{}`", shown(dir)))?;
    let mut schema = serde_json::to_string_pretty(&json_schema())?;
    schema.push('\n');
    let mut internal = serde_json::to_string_pretty(&negotiation::json_schema())?;
    internal.push('\n');
    for (name, text) in [
        (".gitignore", IGNORED),
        (SCHEMA, &schema),
        (NEGOTIATION_SCHEMA, &internal),
        (negotiation::NAME, negotiation),
        (sheet, &source.text),
        ("deal.toml", &deal.text),
    ] {
        let path = dir.join(name);
        fs::File::create_new(&path)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            })
            .with_context(|| format!("cannot write `{}`", shown(&path)))?;
    }
    Ok(())
}

/// Says what was made, what is open, and what to do next.
fn tell(dir: &Path, sheet: &str, answers: &Answers, deal: &NewDeal) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let dir = shown(dir);
    let dir = dir.trim_end_matches('/');
    writeln!(out, "Created {dir}/")?;
    let values = counted(answers.given.len(), "value");
    let open = match deal.open.len() {
        0 => "nothing open".to_owned(),
        count => format!("{count} still open"),
    };
    for (name, what) in [
        ("deal.toml", format!("{values} from {sheet}, {open}")),
        (
            sheet,
            "`engross check` compares the deal with it ever after".to_owned(),
        ),
        (
            negotiation::NAME,
            "what our side alone knows: never rendered for the other side".to_owned(),
        ),
        (SCHEMA, "for completion and help in an editor".to_owned()),
        (
            NEGOTIATION_SCHEMA,
            "the same for the negotiation file".to_owned(),
        ),
        (
            ".gitignore",
            "keeps out/, internal/ and negotiation.toml out of the repository".to_owned(),
        ),
    ] {
        writeln!(out, "  {name:25}{what}")?;
    }
    if !deal.open.is_empty() {
        let keys: Vec<&str> = deal.open.iter().map(|open| open.key).collect();
        writeln!(out, "Open: {}", keys.join(", "))?;
    }
    let quote = if dir.contains(' ') { "\"" } else { "" };
    writeln!(out, "Next: engross check {quote}{dir}{quote}")?;
    Ok(())
}
