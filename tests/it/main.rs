//! All integration tests, in one binary.

mod cases;
mod coverage;
mod docs;
mod provenance;
