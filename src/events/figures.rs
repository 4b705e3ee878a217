//! Dates and amounts as exports write them.

use crate::diagnostic::{Code, Complaint};
use crate::settings::{DateForm, DecimalMark};
use crate::units::{Currency, Date, Decimal, Unit};

/// The date of a cell.
///
/// # Errors
///
/// If it is written in another form, or there is no such day: with the day that may be meant.
pub(super) fn date(cell: &str, form: DateForm) -> Result<Date, Complaint> {
    match form {
        DateForm::YearMonthDay => plain(cell).map_or_else(
            || {
                Date::from_text(cell).map_err(|complaint| Complaint {
                    help: format!(
                        "{}; files with other dates have `date = \"...\"` under `[events]` of `engross.toml`",
                        complaint.help
                    ),
                    ..complaint
                })
            },
            Ok,
        ),
        DateForm::Timestamp => match cell.split_once(['T', ' ']) {
            Some((day, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => {
                Date::from_text(day)
            }
            Some(_) | None => Date::from_text(cell),
        },
        DateForm::DayMonthYear | DateForm::MonthDayYear => {
            let parts: Vec<&str> = cell.split(['/', '.', '-']).collect();
            let digits = |part: &&str| {
                !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
            };
            let [first, second, year] = parts[..] else {
                return Err(other(cell, form));
            };
            if !parts.iter().all(digits) || year.len() != 4 || first.len() > 2 || second.len() > 2 {
                return Err(other(cell, form));
            }
            let (day, month) = match form {
                DateForm::MonthDayYear => (second, first),
                DateForm::DayMonthYear | DateForm::YearMonthDay | DateForm::Timestamp => {
                    (first, second)
                }
            };
            Date::from_text(&format!("{year}-{month:0>2}-{day:0>2}")).map_err(|complaint| {
                Complaint {
                    within: 0..cell.len(),
                    ..complaint
                }
            })
        }
    }
}

fn other(cell: &str, form: DateForm) -> Complaint {
    Complaint::new(
        Code::BadDate,
        0..cell.len(),
        format!("`{cell}` is not a date of the form {}", form.as_str()),
        "correct it, or the form of dates: `date` under `[events]` of `engross.toml`",
    )
}

/// A date of the form 2027-04-30 in a usual year, without looking for what else may be meant.
fn plain(cell: &str) -> Option<Date> {
    let bytes = cell.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_i16, |number, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + i16::from(byte - b'0'))
        })
    };
    let year = number(0..4)?;
    if !(1900..2200).contains(&year) {
        return None;
    }
    let month = i8::try_from(number(5..7)?).ok()?;
    let day = i8::try_from(number(8..10)?).ok()?;
    Date::new(year, month, day)
}

/// The most digits before the decimal mark: with them every sum of a statement stays exact.
const MOST_DIGITS: usize = 15;

/// The amount of a cell: digits, in groups of three or not, and at most as many decimals as the currency has.
///
/// # Errors
///
/// If it is anything else, negative, or more than can be computed exactly.
pub(super) fn amount(
    cell: &str,
    mark: DecimalMark,
    currency: Currency,
) -> Result<Decimal, Complaint> {
    let (decimal, other_mark) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let whole = 0..cell.len();
    let refuse = |message: String, help: String| {
        Err(Complaint::new(Code::BadMoney, whole.clone(), message, help))
    };
    if cell.starts_with(['-', '\u{2212}', '(']) {
        return refuse(
            format!("`{cell}` is less than nothing"),
            "write it without a sign: the kind says whether it adds or takes off, such as `refund` or `discount`"
                .to_owned(),
        );
    }
    let (before, after) = cell.split_once(decimal).unwrap_or((cell, ""));
    let Some(digits) = ungrouped(before) else {
        return refuse(
            format!("`{cell}` is not an amount"),
            format!(
                "write digits, with `{decimal}` before the decimals; other files have `decimal = \"{other_mark}\"` \
                 under `[events]` of `engross.toml`"
            ),
        );
    };
    if !after.bytes().all(|byte| byte.is_ascii_digit())
        || (after.is_empty() && cell.contains(decimal))
    {
        return refuse(
            format!("`{cell}` is not an amount"),
            format!(
                "write digits after `{decimal}`; other files have `decimal = \"{other_mark}\"` under `[events]` of \
                 `engross.toml`"
            ),
        );
    }
    let kept = after.trim_end_matches('0');
    let places = usize::from(currency.exponent().unwrap_or(0));
    if after.len() == 3 && places < 3 && (1..=3).contains(&before.len()) && before != "0" {
        return Err(Complaint::new(
            Code::BadMoney,
            whole,
            format!("`{cell}` may mean {before}{after}, or {before} and a fraction"),
            format!(
                "write `{before}{after}`, or `{before}{decimal}{}`; if `{decimal}` stands between thousands in all rows, \
                 write `decimal = \"{other_mark}\"` under `[events]` of `engross.toml`",
                &after[..2]
            ),
        ));
    }
    if kept.len() > places {
        let code = currency.code();
        return refuse(
            format!(
                "`{cell}` has {} decimals, and {code} has {places}",
                kept.len()
            ),
            format!(
                "round it, or if `{decimal}` stands between thousands write `decimal = \"{other_mark}\"` under \
                 `[events]` of `engross.toml`"
            ),
        );
    }
    if digits.trim_start_matches('0').len() > MOST_DIGITS {
        return Err(Complaint::new(
            Code::TooLarge,
            whole,
            format!("`{cell}` is larger than can be computed exactly"),
            "check the number of zeros",
        ));
    }
    let number = digits
        .bytes()
        .chain(kept.bytes())
        .fold(0_i64, |number, byte| number * 10 + i64::from(byte - b'0'));
    let scale = u32::try_from(kept.len()).unwrap_or(0);
    Ok(Decimal::new(number, scale))
}

/// The digits of a number without the marks between its groups; `None` if it is none.
fn ungrouped(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let is_mark = |letter: char| {
        matches!(
            letter,
            ',' | '.' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}'
        )
    };
    let mark = text.chars().find(|letter| is_mark(*letter))?;
    let groups: Vec<&str> = text.split(mark).collect();
    let digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let sound = groups.iter().all(digits)
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3);
    sound.then(|| groups.concat())
}
