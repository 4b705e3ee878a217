//! A share that may be more than the whole: "150% of what was paid".

use super::{Rate, Unit};
use crate::diagnostic::Complaint;
use rust_decimal::Decimal;

/// A multiple of something in percent, such as a cap of 150% of the sums paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Percent {
    text: String,
    percent: Decimal,
}

impl Percent {
    /// As a deal file writes it: `150%`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.percent.is_zero()
    }
}

impl Unit for Percent {
    const EXPECTED: &'static str = "a percentage such as \"150%\"";
    const PATTERN: &'static str = r"^[0-9]{1,4}(\.[0-9]{1,4})?%$";

    fn from_text(text: &str) -> Result<Percent, Complaint> {
        let number = text.strip_suffix('%').unwrap_or_default();
        let figures = number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        match Decimal::from_str_exact(number) {
            Ok(percent) if figures && percent <= Decimal::from(1000) && percent.scale() <= 4 => {
                Ok(Percent {
                    text: text.to_owned(),
                    percent,
                })
            }
            // What is wrong with it is wrong with every rate.
            Ok(_) | Err(_) => match Rate::from_text(text) {
                Ok(rate) => Ok(Percent {
                    text: format!("{}%", rate.percent().normalize()),
                    percent: rate.percent(),
                }),
                Err(complaint) => Err(complaint),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_whole_is_fine_and_nonsense_is_not() {
        for text in ["100%", "150%", "1000%", "12.5%", "1250bp"] {
            assert!(Percent::from_text(text).is_ok(), "{text}");
        }
        for text in ["", "%", "150", "1001%", "-5%", "1e2%", "a%", "1.5.2%"] {
            assert!(Percent::from_text(text).is_err(), "{text}");
        }
    }
}
