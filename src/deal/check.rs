//! Rules across tables.
