//! The commands: the only code that reads, writes, asks or prints.
//!
//! One file per command. Results go to stdout, findings and messages to stderr. Exit status: 0 clean, 1 findings,
//! 2 wrong usage, 3 the outside world (disk, lock).
#![expect(
    clippy::disallowed_methods,
    reason = "this is the layer that touches the disk"
)]

mod brief;
mod check;
mod coverage;
mod draft;
mod drafted;
mod drift;
mod edited;
mod events;
mod explain;
mod files;
mod fix;
mod in_force;
mod internal;
mod letter;
mod library;
mod meeting;
mod new;
mod pack;
mod package;
mod redline;
mod register;
mod review;
mod schema;
mod set;
mod sign_off;
mod signed;
mod simulate;
mod statement;
mod trade;
mod what_if;
mod r#where;
mod why;

use crate::diagnostic::{Report, Style, render};
use clap::{ColorChoice, Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::process::ExitCode;

/// Turns a typed deal file into a partnership agreement with its exhibits.
#[derive(Debug, Parser)]
#[command(name = "engross", version, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,

    #[command(subcommand)]
    command: Command,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  clean
  1  findings: something in the deal or the library is wrong; nothing was written
  2  wrong usage
  3  the outside world: a file, a folder, a lock";

#[derive(Debug, Subcommand)]
enum Command {
    /// Begin a deal: a folder with a deal file, from a term sheet or a few questions
    New(new::Args),
    /// Check a deal: its file, its clauses, and the agreement that they make
    Check(check::Args),
    /// Write the agreement of a deal, with its exhibits
    Draft(draft::Args),
    /// Show what reviewers look for: present, absent on purpose, or undecided
    Coverage(coverage::Args),
    /// Write the paper that our side prepares a meeting with, to a folder of its own
    Brief(brief::Args),
    /// Record what a meeting agreed, opened and proposed
    Meeting(meeting::Args),
    /// Write the letter after a meeting: agreed, open, what comes next
    Summary(letter::SummaryArgs),
    /// Write a letter of intent: what is settled, what is open, and the little that binds
    Loi(letter::LetterArgs),
    /// Write an addendum of limited scope, with which a pilot may start while terms are open
    Addendum(letter::LetterArgs),
    /// Look a package through, bind it to its approvals, and record it as sent: the only way to a package that may go out
    Pack(pack::Args),
    /// Show terms that changed after they were agreed, without being reopened
    Drift(drift::Args),
    /// Record a concession and what comes for it: both halves or neither
    Trade(trade::Args),
    /// Show where the words of a section come from: clause, wording, keys of the deal
    Why(why::Args),
    /// Show every place where a value of the deal appears
    Where(r#where::Args),
    /// Make the statement of a month or quarter from events
    Statement(statement::Args),
    /// Tell every event and every step behind a line of a statement
    ExplainLine(statement::LineArgs),
    /// Change terms in the deal file, each with its reason
    Set(set::Args),
    /// Show what a change would come to for both sides, and write nothing
    WhatIf(what_if::Args),
    /// Play the deal through, month by month and over a range of volumes
    Simulate(simulate::Args),
    /// Record what was signed; from then on the master never moves
    SignOff(sign_off::Args),
    /// Review a period: triggers, exclusivity, amendment, restated exhibits, scorecard
    Review(review::Args),
    /// Put together what is in force on a day
    InForce(in_force::Args),
    /// List every edition of each exhibit, its dates and what it replaced
    Register(register::Args),
    /// Show what changed between two deals, documents or revisions, as lawyers mark it
    Redline(redline::Args),
    /// Say why a finding matters, with an example and how it is mended
    Explain(explain::Args),
    /// Mend what nobody could dispute: spaces at edges, invisible characters
    Fix(fix::Args),
    /// Print the JSON Schema of deal files, of negotiation files, or of what `check --format json` prints
    Schema(schema::Args),
    /// Work with the clause library
    Library(library::Args),
}

/// How a command ended, if the outside world let it end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    Misused,
}

/// Runs the command line that the program was started with.
pub fn run() -> ExitCode {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    // Most commands are over before a third thread would have begun, and each thread keeps memory of its own. If
    // there can be no second one, the first does everything. It begins while the command line is read.
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(cores.min(2))
        .use_current_thread()
        .build_global();
    let cli = Cli::parse();
    let style = match cli.color {
        ColorChoice::Always => Style::Coloured,
        ColorChoice::Never => Style::Plain,
        ColorChoice::Auto if wants_colour() => Style::Coloured,
        ColorChoice::Auto => Style::Plain,
    };
    let outcome = match cli.command {
        Command::New(args) => new::run(&args, style),
        Command::Check(args) => check::run(&args, style),
        Command::Draft(args) => draft::run(&args, style),
        Command::Coverage(args) => coverage::run(&args, style),
        Command::Brief(args) => brief::run(&args, style),
        Command::Meeting(args) => meeting::run(&args, style),
        Command::Summary(args) => letter::summary(&args, style),
        Command::Loi(args) => letter::intent(&args, style),
        Command::Addendum(args) => letter::addendum(&args, style),
        Command::Pack(args) => pack::run(&args, style),
        Command::Drift(args) => drift::run(&args, style),
        Command::Trade(args) => trade::run(&args, style),
        Command::Why(args) => why::run(&args, style),
        Command::Where(args) => r#where::run(&args, style),
        Command::Statement(args) => statement::run(&args, style),
        Command::ExplainLine(args) => statement::explain(&args, style),
        Command::Set(args) => set::run(&args, style),
        Command::WhatIf(args) => what_if::run(&args, style),
        Command::Simulate(args) => simulate::run(&args, style),
        Command::SignOff(args) => sign_off::run(&args, style),
        Command::Review(args) => review::run(&args, style),
        Command::InForce(args) => in_force::run(&args, style),
        Command::Register(args) => register::run(&args, style),
        Command::Redline(args) => redline::run(&args, style),
        Command::Explain(args) => explain::run(&args),
        Command::Fix(args) => fix::run(&args, style),
        Command::Schema(args) => schema::run(&args),
        Command::Library(args) => library::run(&args),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Misused) => ExitCode::from(2),
        Err(error) => {
            // The reader of a pipe may have had enough; that is no error of ours.
            let closed = error
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe);
            if !closed {
                let _ = writeln!(std::io::stderr(), "error: {error:#}");
            }
            ExitCode::from(3)
        }
    }
}

/// Whether findings go to a terminal that shows colours.
fn wants_colour() -> bool {
    let choice = anstream::AutoStream::choice(&std::io::stderr());
    std::io::stderr().is_terminal() && choice != anstream::ColorChoice::Never
}

/// Prints all findings to stderr.
fn show(report: &Report, style: Style) -> anyhow::Result<()> {
    std::io::stderr().write_all(render(report, style).as_bytes())?;
    Ok(())
}

/// `1 clause`, `2 clauses`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
