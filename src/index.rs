//! Side tables by name: what is known of each name, in the order in which it was met.
//!
//! A contract asks hundreds of times what a name stands for, and to hash a name is faster than to compare it with
//! seven others. The hash is the same in every run, and so is the order.

use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

/// What is known of each name.
pub type Index<K, V> = IndexMap<K, V, FixedState>;

/// Names that are there, in the order in which they were met.
pub type Names = IndexSet<String, FixedState>;
