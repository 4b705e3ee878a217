//! Redlines to bytes: one file or folder per format.
//!
//! In: a [`Redline`](crate::redline::Redline) that has been proved, and what its two documents are called. Out:
//! bytes. Writers here mark what the redline says and decide nothing about it; a writer for a word processor
//! would stand beside them.

pub mod markdown;
pub mod page;
pub mod rows;

pub use markdown::markdown;
