//! Tests of the whole calculator.
