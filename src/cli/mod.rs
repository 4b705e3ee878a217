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
mod named;
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
use named::Named;
use std::io::{IsTerminal, Write};
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
    New(Named<new::Args>),
    /// Check a deal: its file, its clauses, and the agreement that they make
    Check(Named<check::Args>),
    /// Write the agreement of a deal, with its exhibits
    Draft(Named<draft::Args>),
    /// Show what reviewers look for: present, absent on purpose, or undecided
    Coverage(Named<coverage::Args>),
    /// Write the paper that our side prepares a meeting with, to a folder of its own
    Brief(Named<brief::Args>),
    /// Record what a meeting agreed, opened and proposed
    Meeting(Named<meeting::Args>),
    /// Write the letter after a meeting: agreed, open, what comes next
    Summary(Named<letter::SummaryArgs>),
    /// Write a letter of intent: what is settled, what is open, and the little that binds
    Loi(Named<letter::LetterArgs>),
    /// Write an addendum of limited scope, with which a pilot may start while terms are open
    Addendum(Named<letter::LetterArgs>),
    /// Look a package through, bind it to its approvals, and record it as sent: the only way to a package that may go out
    Pack(Named<pack::Args>),
    /// Show terms that changed after they were agreed, without being reopened
    Drift(Named<drift::Args>),
    /// Record a concession and what comes for it: both halves or neither
    Trade(Named<trade::Args>),
    /// Show where the words of a section come from: clause, wording, keys of the deal
    Why(Named<why::Args>),
    /// Show every place where a value of the deal appears
    Where(Named<r#where::Args>),
    /// Make the statement of a month or quarter from events
    Statement(Named<statement::Args>),
    /// Tell every event and every step behind a line of a statement
    ExplainLine(Named<statement::LineArgs>),
    /// Change terms in the deal file, each with its reason
    Set(Named<set::Args>),
    /// Show what a change would come to for both sides, and write nothing
    WhatIf(Named<what_if::Args>),
    /// Play the deal through, month by month and over a range of volumes
    Simulate(Named<simulate::Args>),
    /// Record what was signed; from then on the master never moves
    SignOff(Named<sign_off::Args>),
    /// Review a period: triggers, exclusivity, amendment, restated exhibits, scorecard
    Review(Named<review::Args>),
    /// Put together what is in force on a day
    InForce(Named<in_force::Args>),
    /// List every edition of each exhibit, its dates and what it replaced
    Register(Named<register::Args>),
    /// Show what changed between two deals, documents or revisions, as lawyers mark it
    Redline(Named<redline::Args>),
    /// Say why a finding matters, with an example and how it is mended
    Explain(Named<explain::Args>),
    /// Mend what nobody could dispute: spaces at edges, invisible characters
    Fix(Named<fix::Args>),
    /// Print the JSON Schema of deal files, of negotiation files, or of what `check --format json` prints
    Schema(Named<schema::Args>),
    /// Work with the clause library
    Library(Named<library::Args>),
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
    // Most commands are over before a third thread would have begun, and each thread keeps memory of its own. If
    // there can be no second one, the first does everything. It begins while the command line is read. To ask how
    // many cores there are takes longer than a second thread costs where there is one.
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .use_current_thread()
        .build_global();
    files::begin_library();
    let cli = Cli::parse();
    let style = match cli.color {
        ColorChoice::Always => Style::Coloured,
        ColorChoice::Never => Style::Plain,
        ColorChoice::Auto if wants_colour() => Style::Coloured,
        ColorChoice::Auto => Style::Plain,
    };
    let outcome = match cli.command {
        Command::New(Named(args)) => new::run(&args, style),
        Command::Check(Named(args)) => check::run(&args, style),
        Command::Draft(Named(args)) => draft::run(&args, style),
        Command::Coverage(Named(args)) => coverage::run(&args, style),
        Command::Brief(Named(args)) => brief::run(&args, style),
        Command::Meeting(Named(args)) => meeting::run(&args, style),
        Command::Summary(Named(args)) => letter::summary(&args, style),
        Command::Loi(Named(args)) => letter::intent(&args, style),
        Command::Addendum(Named(args)) => letter::addendum(&args, style),
        Command::Pack(Named(args)) => pack::run(&args, style),
        Command::Drift(Named(args)) => drift::run(&args, style),
        Command::Trade(Named(args)) => trade::run(&args, style),
        Command::Why(Named(args)) => why::run(&args, style),
        Command::Where(Named(args)) => r#where::run(&args, style),
        Command::Statement(Named(args)) => statement::run(&args, style),
        Command::ExplainLine(Named(args)) => statement::explain(&args, style),
        Command::Set(Named(args)) => set::run(&args, style),
        Command::WhatIf(Named(args)) => what_if::run(&args, style),
        Command::Simulate(Named(args)) => simulate::run(&args, style),
        Command::SignOff(Named(args)) => sign_off::run(&args, style),
        Command::Review(Named(args)) => review::run(&args, style),
        Command::InForce(Named(args)) => in_force::run(&args, style),
        Command::Register(Named(args)) => register::run(&args, style),
        Command::Redline(Named(args)) => redline::run(&args, style),
        Command::Explain(Named(args)) => explain::run(&args),
        Command::Fix(Named(args)) => fix::run(&args, style),
        Command::Schema(Named(args)) => schema::run(&args),
        Command::Library(Named(args)) => library::run(&args),
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
