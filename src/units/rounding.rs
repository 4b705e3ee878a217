//! How a computed amount becomes one that can be paid.

use super::choice::choice;
use rust_decimal::{Decimal, RoundingStrategy};

/// What happens to the part that is too small to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum RoundingMode {
    /// To the nearest; a half goes away from zero: 0.125 becomes 0.13.
    #[default]
    HalfUp,
    /// To the nearest; a half goes to the even neighbour: 0.125 becomes 0.12.
    HalfEven,
    /// Toward zero: the rest is dropped.
    Down,
    /// Away from zero.
    Up,
}

choice! {
    RoundingMode: HalfUp = "half-up", HalfEven = "half-even", Down = "down", Up = "up";
    pattern "^(half-up|half-even|down|up)$";
    expected "\"half-up\", \"half-even\", \"down\" or \"up\""
}

/// A mode and the decimal place that it works at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rounding {
    /// What happens to the rest.
    pub mode: RoundingMode,
    /// How many decimals are kept.
    pub place: u32,
}

impl Rounding {
    /// The value with at most `place` decimals.
    pub fn round(self, value: Decimal) -> Decimal {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
            RoundingMode::Down => RoundingStrategy::ToZero,
            RoundingMode::Up => RoundingStrategy::AwayFromZero,
        };
        value.round_dp_with_strategy(self.place, strategy)
    }
}
