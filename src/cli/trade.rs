//! `engross trade`: a concession and what comes for it, both in the deal or neither.

use super::files::{self, DealArgs};
use super::{Outcome, edited, internal, meeting, show};
use crate::deal::edit::Assignment;
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::intake::Offer;
use crate::source::Source;
use std::io::Write;

const AFTER: &str = "\
A term is named by its path, with its new value if the trade changes it:

  engross trade deal --giver acme \\
    --if \"Acme pays within 30 days of each Statement\" --give 'economics.payment.due=30 days' \\
    --then \"Beta waits for a part of each Commission\" --get economics.payment.stage \\
    --reason \"Speed for patience.\" --agreed 2027-01-31

Without `--agreed` it is a proposal. Either both halves are written or nothing is.

`--take NAME` proposes a trade that `negotiation.toml` has ready: its words and its terms are written into the deal, where
both sides read them; what it costs and brings us stays. Flags beside it say otherwise, or set a term to a new value:

  engross trade deal --take speed-for-patience --give 'economics.payment.due=30 days'";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// A trade that our side has ready, by its name in the negotiation file
    #[arg(long, value_name = "NAME", conflicts_with = "giver")]
    take: Option<String>,

    /// The party that gives first, by its id
    #[arg(long, value_name = "PARTY", required_unless_present = "take")]
    giver: Option<String>,

    /// What it gives, as a clause that follows "if"
    #[arg(long = "if", value_name = "WORDS", required_unless_present = "take")]
    gives: Option<String>,

    /// What the other gives for it, as a clause that follows "then"
    #[arg(long = "then", value_name = "WORDS", required_unless_present = "take")]
    gets: Option<String>,

    /// A term that is given
    #[arg(long, value_name = "TERM[=VALUE]", required_unless_present = "take")]
    give: Vec<String>,

    /// A term that comes for it
    #[arg(long, value_name = "TERM[=VALUE]", required_unless_present = "take")]
    get: Vec<String>,

    /// Why, as it is written beside the terms that change
    #[arg(long, value_name = "WHY")]
    reason: Option<String>,

    /// The day on which both agreed, such as 2027-01-31
    #[arg(long, value_name = "DATE")]
    agreed: Option<String>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let open = edited::open(&args.deal, &mut report)?;
    let agreed = match &args.agreed {
        Some(text) => meeting::date("--agreed", text, &mut report),
        None => None,
    };
    let words = match &args.take {
        Some(name) => taken(args, name, &mut report)?,
        None => Some(said(args)),
    };
    let (Some(open), Some(words), false) = (open, words, report.has_errors()) else {
        show(&report, style)?;
        return edited::refused(&report);
    };
    let terms = |flag: &str, words: &[String], report: &mut Report| -> Vec<Assignment> {
        let read = |text: &String| {
            if !text.contains('=') {
                return Ok(Assignment {
                    path: edited::word(flag, text),
                    to: None,
                    reason: None,
                    remark: None,
                });
            }
            Assignment::parse(&Source::new(flag, text.as_str()), args.reason.as_deref())
        };
        let mut made = Vec::new();
        for word in words {
            match read(word) {
                Ok(assignment) => made.push(assignment),
                Err(finding) => report.push(finding),
            }
        }
        made
    };
    let offer = Offer {
        giver: edited::word("--giver", &words.giver),
        gives: edited::word("--if", &words.gives),
        gets: edited::word("--then", &words.gets),
        give: terms("--give", &words.give, &mut report),
        get: terms("--get", &words.get, &mut report),
        agreed,
    };
    let assignments = offer.assignments(&open.source, &open.deal, &mut report);
    let Some(edited) = edited::write(&open, &assignments, &mut report, style)? else {
        return Ok(Outcome::Findings);
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "If {}, then {}.", words.gives, words.gets)?;
    let recorded = |path: &str| path.starts_with("trade.");
    for change in edited
        .changes
        .iter()
        .filter(|one| !recorded(&one.path) && one.differs())
    {
        writeln!(
            out,
            "  {}: {} -> {}",
            change.path,
            change.from.as_deref().unwrap_or("nothing"),
            change.to.as_deref().unwrap_or("nothing")
        )?;
    }
    writeln!(out, "Wrote {}", files::shown(&open.path))?;
    Ok(Outcome::Clean)
}

/// A trade in words, wherever they come from.
struct Words {
    giver: String,
    gives: String,
    gets: String,
    give: Vec<String>,
    get: Vec<String>,
}

/// What the flags say.
fn said(args: &Args) -> Words {
    let text = |flag: &Option<String>| flag.clone().unwrap_or_default();
    Words {
        giver: text(&args.giver),
        gives: text(&args.gives),
        gets: text(&args.gets),
        give: args.give.clone(),
        get: args.get.clone(),
    }
}

/// A trade that our side has ready, as far as the flags do not say otherwise. No message quotes the negotiation file: what
/// is printed here may be passed on.
fn taken(args: &Args, name: &str, report: &mut Report) -> anyhow::Result<Option<Words>> {
    let (_, folder) = files::deal_path(&args.deal.deal)?;
    let before = report.errors();
    let ready = internal::ready(&folder, name, report)?;
    if report.errors() > before {
        return Ok(None);
    }
    let word = edited::word("--take", name);
    let Some(ready) = ready else {
        report.push(
            Diagnostic::error(
                Code::UnknownName,
                &word.span,
                format!("no trade with the name `{name}` is ready"),
            )
            .help("`engross brief` lists those that are, each as a `[[trade]]` of the negotiation file"),
        );
        return Ok(None);
    };
    let gives = args.gives.clone().or(ready.gives);
    let gets = args.gets.clone().or(ready.gets);
    let (Some(gives), Some(gets)) = (gives, gets) else {
        report.push(
            Diagnostic::error(
                Code::TradeOneSided,
                &word.span,
                "the trade says only one half in words",
            )
            .help("say the other with `--if` or `--then`, or write it into the negotiation file"),
        );
        return Ok(None);
    };
    Ok(Some(Words {
        giver: ready.giver,
        gives,
        gets,
        give: with_values(ready.give, &args.give),
        get: with_values(ready.get, &args.get),
    }))
}

/// Terms, those that a flag names with the value that it gives; further ones behind them.
fn with_values(terms: Vec<String>, flags: &[String]) -> Vec<String> {
    let path = |flag: &String| flag.split('=').next().unwrap_or_default().trim().to_owned();
    let named: Vec<String> = flags.iter().map(path).collect();
    let kept = terms.into_iter().filter(|term| !named.contains(term));
    kept.chain(flags.iter().cloned()).collect()
}
