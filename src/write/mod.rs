//! Resolved documents to bytes: one file or folder per format.
//!
//! A writer takes a [`Part`](crate::document::resolve::Part), in which every reference is known to lead
//! somewhere. It knows no deals and decides no words.

pub mod html;
pub mod markdown;

pub use html::{Look, html};
pub use markdown::markdown;
