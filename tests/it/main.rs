//! All integration tests, in one binary.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their cases from the disk and the environment"
)]

mod book;
mod cases;
mod commands;
mod compare;
mod coverage;
mod docs;
mod explain;
mod findings;
mod golden;
#[cfg(unix)]
mod history;
mod hostile;
mod kit;
mod leaks;
mod library;
mod mutation;
mod new;
#[cfg(unix)]
mod package;
mod plain;
mod provenance;
mod readability;
mod redline;
#[cfg(unix)]
mod reversion;
mod reviews;
mod roundtrip;
mod same_bytes;
mod samples;
mod schema;
mod statement;
mod talks;
mod tidy;
mod wall;
