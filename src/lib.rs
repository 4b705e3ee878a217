//! engross turns a typed deal file into a partnership agreement with its exhibits.
//!
//! A compiler in one direction: deal in, documents out. The modules stand in the order of their layers; each
//! uses only those above it. `ARCHITECTURE.md` draws the way of the data.

pub mod index;
pub mod skim;

pub mod source;

pub mod diagnostic;

pub mod units;

pub mod document;

pub mod deal;

pub mod intake;
pub mod settings;

pub mod explain;

pub mod economics;

pub mod events;

pub mod library;

pub mod redline;

pub mod write;

pub mod foreign;

pub mod draft;

pub mod comparison;

pub mod negotiation;
pub mod review;

pub mod cli;
