//! Resolved documents to bytes: one file or folder per format.
//!
//! A writer takes a [`Part`](crate::document::resolve::Part), in which every reference is known to lead
//! somewhere. It knows no deals and decides no words.

pub mod markdown;

pub use markdown::markdown;
