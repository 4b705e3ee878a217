//! Properties that hold for every unit.

mod complaints;

use super::*;
use proptest::prelude::*;
use std::fmt::Debug;

/// A complaint points into the text, at whole characters, and says what to write; what it proposes is accepted.
fn check<T: Unit + Debug>(text: &str) {
    let Err(complaint) = T::from_text(text) else {
        return;
    };
    let at = complaint.within.clone();
    assert!(at.start <= at.end, "{text:?}: {complaint:?}");
    assert!(text.get(at).is_some(), "{text:?}: {complaint:?}");
    assert!(!complaint.message.is_empty() && !complaint.help.is_empty());
    assert!(
        !complaint.message.chars().any(char::is_control),
        "{text:?}: {complaint:?}"
    );
    assert!(!complaint.message.ends_with('.') && !complaint.help.ends_with('.'));
    if let Some(proposed) = complaint.help.strip_prefix("write \"") {
        for text in proposed
            .trim_end_matches('"')
            .split("\" or \"")
            .flat_map(|texts| texts.split("\", \""))
        {
            assert!(T::from_text(text).is_ok(), "{text:?}: {complaint:?}");
        }
    }
}

fn check_all(text: &str) {
    check::<Money>(text);
    check::<Rate>(text);
    check::<Count>(text);
    check::<Period>(text);
    check::<Date>(text);
    check::<Measure>(text);
    check::<Cadence>(text);
}

/// Texts that match the pattern of a unit.
fn written<T: Unit>() -> impl Strategy<Value = String> {
    let pattern = T::PATTERN.trim_start_matches('^').trim_end_matches('$');
    proptest::string::string_regex(pattern).expect("a regular expression")
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in ".*") {
        check_all(&text);
    }

    #[test]
    fn no_slip_makes_a_reader_panic(
        text in "[ €$A-Z-]{0,5}[0-9., _'eE+\u{a0}\u{2212}-]{0,24}[ %bpdayskoursé\u{301}]{0,8}"
    ) {
        check_all(&text);
    }

    #[test]
    fn no_number_of_other_digits_is_read(text in "(USD )?\\p{Nd}{1,30}(%|bp| days| units)?") {
        if !text.is_ascii() {
            check_all(&text);
            prop_assert!(Measure::from_text(&text).is_err());
        }
    }

    #[test]
    fn patterns_do_not_panic(
        money in written::<Money>(),
        rate in written::<Rate>(),
        count in written::<Count>(),
        period in written::<Period>(),
        date in written::<Date>(),
        measure in written::<Measure>(),
    ) {
        for text in [money, rate, count, period, date, measure] {
            check_all(&text);
        }
    }

    #[test]
    fn a_measure_is_read_as_the_unit_that_prints_it(
        cents in 0_i64..=99_999_999_999_999_999,
        millionths in 0_i64..=100_000_000,
        number in 0_u64..=999_999_999_999_999,
        count in 1_u32..=100,
        unit in 0..PeriodUnit::ALL.len(),
    ) {
        let numerals = Numerals { words: NumberWords::Digits, ..Numerals::english() };
        let rate = Rate::new(Decimal::new(millionths, 8)).expect("a rate");
        for measure in [
            Measure::Money(Money::new(Decimal::new(cents, 2), Currency::USD)),
            Measure::Rate(rate),
            Measure::Count(Count::new(number, "activations")),
            Measure::Period(Period::new(count, PeriodUnit::ALL[unit])),
        ] {
            let printed = measure.print(&numerals);
            prop_assert_eq!(Measure::from_text(&printed), Ok(measure));
        }
    }
}
