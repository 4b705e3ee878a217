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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_half_goes_where_the_mode_says() {
        for (mode, rounded) in [
            (RoundingMode::HalfUp, ["0.13", "0.14", "-0.13", "0.12"]),
            (RoundingMode::HalfEven, ["0.12", "0.14", "-0.12", "0.12"]),
            (RoundingMode::Down, ["0.12", "0.13", "-0.12", "0.12"]),
            (RoundingMode::Up, ["0.13", "0.14", "-0.13", "0.13"]),
        ] {
            let values = ["0.125", "0.135", "-0.125", "0.121"];
            let rounding = Rounding { mode, place: 2 };
            assert_eq!(
                values.map(|value| rounding
                    .round(Decimal::from_str_exact(value).expect(value))
                    .to_string()),
                rounded,
                "{mode:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn rounding_stays_close(digits: i64, scale in 0_u32..=12, place in 0_u32..=6) {
            let value = Decimal::new(digits, scale);
            let unit = Decimal::new(1, place);
            let half = unit / Decimal::TWO;
            for mode in RoundingMode::ALL {
                let rounded = Rounding { mode: *mode, place }.round(value);
                let error = (rounded - value).abs();
                prop_assert!(rounded.scale() <= place.max(value.scale()));
                prop_assert_eq!((rounded / unit).fract(), Decimal::ZERO);
                match mode {
                    RoundingMode::HalfUp | RoundingMode::HalfEven => prop_assert!(error <= half),
                    RoundingMode::Down => {
                        prop_assert!(error < unit && rounded.abs() <= value.abs());
                    }
                    RoundingMode::Up => {
                        prop_assert!(error < unit && rounded.abs() >= value.abs());
                    }
                }
            }
        }
    }
}
