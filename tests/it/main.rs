//! All integration tests, in one binary.

mod cases;
mod docs;
mod mutation;
mod readability;
