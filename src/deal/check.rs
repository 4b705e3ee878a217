//! Rules across tables.

use super::Deal;
use crate::diagnostic::Report;

/// Checks a deal.
pub fn check(_deal: &Deal, _report: &mut Report) {}
