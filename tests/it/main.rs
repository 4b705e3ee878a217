//! All integration tests, in one binary.

mod cases;
mod docs;
mod explain;
mod findings;
