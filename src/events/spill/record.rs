//! Events, and what they mean, as bytes.
//!
//! Numbers are written seven bits at a time, the lowest first; texts with their length before them. A file is a number.

use super::sort::broken;
use crate::deal::EventKind;
use crate::events::account::{Account, Credit, Standing};
use crate::events::column::{COLUMNS, Column};
use crate::events::event::{Event, Row};
use crate::events::ledger::{Class, What};
use crate::units::{Currency, Date, Decimal, Money};
use std::sync::Arc;

/// Appends a number.
pub(super) fn number(out: &mut Vec<u8>, number: u128) {
    let Ok(mut small) = u64::try_from(number) else {
        let mut large = number;
        while large >= 0x80 {
            out.push(low(large) | 0x80);
            large >>= 7;
        }
        out.push(low(large));
        return;
    };
    while small >= 0x80 {
        out.push(low(u128::from(small)) | 0x80);
        small >>= 7;
    }
    out.push(low(u128::from(small)));
}

/// The lowest seven bits.
fn low(number: u128) -> u8 {
    u8::try_from(number & 0x7F).unwrap_or(0)
}

/// The number at a place, which moves behind it; `None` if the bytes end before.
pub(super) fn number_at(bytes: &[u8], at: &mut usize) -> Option<u128> {
    let mut small = 0_u64;
    let mut shift = 0;
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if shift < 56 {
            small |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(u128::from(small));
            }
            shift += 7;
            continue;
        }
        let mut large = u128::from(small) | u128::from(byte & 0x7F) << shift;
        let mut byte = byte;
        while byte >= 0x80 {
            shift += 7;
            if shift > 126 {
                return None;
            }
            byte = *bytes.get(*at)?;
            *at += 1;
            large |= u128::from(byte & 0x7F) << shift;
        }
        return Some(large);
    }
}

pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u128);
    out.extend_from_slice(text.as_bytes());
}

/// Appends a date; none is 0.
pub(super) fn date(out: &mut Vec<u8>, date: Option<Date>) {
    let code = date.map_or(0, |date| {
        let year = i32::from(date.year()) + 10_000;
        (year * 16 + i32::from(date.month())) * 32 + i32::from(date.day())
    });
    number(out, u128::from(code.unsigned_abs()));
}

/// Appends an amount with its scale, as it is.
pub(super) fn decimal(out: &mut Vec<u8>, amount: Decimal) {
    let bytes = amount.serialize();
    out.push(bytes[2] | bytes[3]);
    let digits = bytes[4..].iter().rev();
    number(
        out,
        digits.fold(0, |all, byte| all << 8 | u128::from(*byte)),
    );
}

/// Bytes being read.
#[derive(Debug)]
pub(super) struct Bytes<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Bytes<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Bytes<'b> {
        Bytes { bytes, at: 0 }
    }

    pub(super) fn byte(&mut self) -> std::io::Result<u8> {
        let byte = self.bytes.get(self.at).copied().ok_or_else(broken)?;
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn flag(&mut self) -> std::io::Result<bool> {
        Ok(self.byte()? != 0)
    }

    /// A number of the type that is wanted.
    pub(super) fn number<N: TryFrom<u128>>(&mut self) -> std::io::Result<N> {
        let number = number_at(self.bytes, &mut self.at).ok_or_else(broken)?;
        N::try_from(number).map_err(|_| broken())
    }

    pub(super) fn text(&mut self) -> std::io::Result<&'b str> {
        let length: usize = self.number()?;
        let end = self.at.checked_add(length).ok_or_else(broken)?;
        let bytes = self.bytes.get(self.at..end).ok_or_else(broken)?;
        self.at = end;
        std::str::from_utf8(bytes).map_err(|_| broken())
    }

    pub(super) fn date(&mut self) -> std::io::Result<Option<Date>> {
        let code: i32 = self.number()?;
        if code == 0 {
            return Ok(None);
        }
        let part = |value: i32| i8::try_from(value).map_err(|_| broken());
        let year = i16::try_from(code / 512 - 10_000).map_err(|_| broken())?;
        let day = Date::new(year, part(code / 32 % 16)?, part(code % 32)?);
        day.ok_or_else(broken).map(Some)
    }

    pub(super) fn day(&mut self) -> std::io::Result<Date> {
        self.date()?.ok_or_else(broken)
    }

    pub(super) fn decimal(&mut self) -> std::io::Result<Decimal> {
        let flags = self.byte()?;
        let digits: u128 = self.number()?;
        let mut bytes = [0; 16];
        (bytes[2], bytes[3]) = (flags & 0x7F, flags & 0x80);
        bytes[4..].copy_from_slice(&digits.to_le_bytes()[..12]);
        Ok(Decimal::deserialize(bytes))
    }
}

/// What is the same in all records.
#[derive(Debug, Clone)]
pub(super) struct Codec {
    files: Vec<Arc<str>>,
    /// The currency of every amount.
    currency: Currency,
}

const CREDITS: [Option<Credit>; 5] = [
    None,
    Some(Credit::Sourced),
    Some(Credit::Influenced),
    Some(Credit::Both),
    Some(Credit::None),
];

const STANDINGS: [Option<Standing>; 5] = [
    None,
    Some(Standing::Full),
    Some(Standing::Split),
    Some(Standing::Influenced),
    Some(Standing::Nothing),
];

/// Appends the place of a value among those that there are.
fn one_of<T: PartialEq>(out: &mut Vec<u8>, all: &[T], value: &T) {
    let place = all.iter().position(|known| known == value);
    out.push(
        place
            .and_then(|place| u8::try_from(place).ok())
            .unwrap_or(0),
    );
}

pub(super) fn standing(out: &mut Vec<u8>, standing: Option<Standing>) {
    one_of(out, &STANDINGS, &standing);
}

pub(super) fn standing_of(bytes: &mut Bytes<'_>) -> std::io::Result<Option<Standing>> {
    let place = usize::from(bytes.byte()?);
    STANDINGS.get(place).copied().ok_or_else(broken)
}

impl Codec {
    pub(super) fn new(currency: Currency) -> Codec {
        Codec {
            files: Vec::new(),
            currency,
        }
    }

    /// Appends an event.
    pub(super) fn event(&mut self, out: &mut Vec<u8>, event: &Event) {
        let row = &event.row;
        let known = self.files.iter().rposition(|known| **known == *row.file);
        let file = known.unwrap_or_else(|| {
            self.files.push(Arc::clone(&row.file));
            self.files.len() - 1
        });
        number(out, file as u128);
        number(out, u128::from(row.line));
        date(out, Some(event.date));
        one_of(out, EventKind::ALL, &event.kind);
        one_of(out, &CREDITS, &event.attribution);
        out.push(u8::from(event.amount.is_some()) | u8::from(event.by_silence) << 1);
        if let Some(amount) = event.amount {
            decimal(out, amount.amount());
        }
        text(out, &row.text);
        number(out, u128::from(row.shown));
        let filled = row.cells.iter().enumerate();
        let filled = filled.filter(|(_, (start, end))| start != end);
        let map = filled.clone().fold(0_u16, |map, (at, _)| map | 1 << at);
        out.extend_from_slice(&map.to_le_bytes());
        for (_, (start, end)) in filled {
            number(out, u128::from(*start));
            number(out, u128::from(end - start));
        }
    }

    /// The event that was written.
    pub(super) fn event_of(&self, bytes: &mut Bytes<'_>) -> std::io::Result<Event> {
        let file = self
            .files
            .get(bytes.number::<usize>()?)
            .ok_or_else(broken)?;
        let line = bytes.number()?;
        let date = bytes.day()?;
        let kind = EventKind::ALL.get(usize::from(bytes.byte()?));
        let kind = *kind.ok_or_else(broken)?;
        let attribution = CREDITS.get(usize::from(bytes.byte()?)).ok_or_else(broken)?;
        let flags = bytes.byte()?;
        let amount = if flags & 1 != 0 {
            Some(Money::new(bytes.decimal()?, self.currency))
        } else {
            None
        };
        let text = bytes.text()?.into();
        let shown = bytes.number()?;
        let map = u16::from_le_bytes([bytes.byte()?, bytes.byte()?]);
        let mut cells = [(0, 0); COLUMNS];
        for (at, cell) in cells.iter_mut().enumerate() {
            if map & 1 << at != 0 {
                let start: u16 = bytes.number()?;
                let length: u16 = bytes.number()?;
                *cell = (start, start.checked_add(length).ok_or_else(broken)?);
            }
        }
        Ok(Event {
            date,
            kind,
            amount,
            attribution: *attribution,
            by_silence: flags & 2 != 0,
            row: Row {
                file: Arc::clone(file),
                line,
                text,
                cells,
                shown,
            },
        })
    }

    /// Appends an event with what it means, and what pay asks of its account.
    pub(super) fn entry(&mut self, out: &mut Vec<u8>, event: &Event, entry: &Entry<'_>) {
        self.event(out, event);
        match entry.what {
            What::Noted => out.push(0),
            What::Repeated => out.push(1),
            What::Accepted => out.push(2),
            What::Left => out.push(3),
            What::Activated => out.push(4),
            What::TooLate => out.push(7),
            What::Revenue { net, class } => {
                out.push(5);
                decimal(out, net);
                out.push(u8::from(class.renewal));
                number(out, u128::from(class.months));
            }
            What::Spent(amount) => {
                out.push(6);
                decimal(out, amount);
            }
        }
        out.push(u8::from(entry.account.is_some()));
        let Some((at, account)) = entry.account else {
            return;
        };
        number(out, u128::from(at));
        standing(out, account.standing);
        out.push(u8::from(account.accepted.is_some()));
        out.push(u8::from(account.disengaged.is_some()));
        date(out, account.customer_since());
        decimal(out, account.waiting);
        number(out, account.segments.len() as u128);
        for segment in &account.segments {
            number(out, u128::from(*segment));
        }
    }

    /// The event that was written, what it means, and an account that answers what pay asks of it.
    pub(super) fn entry_of(&self, bytes: &[u8]) -> std::io::Result<(Event, What, Numbered)> {
        let mut bytes = Bytes::new(bytes);
        let event = self.event_of(&mut bytes)?;
        let what = match bytes.byte()? {
            0 => What::Noted,
            1 => What::Repeated,
            2 => What::Accepted,
            3 => What::Left,
            4 => What::Activated,
            5 => What::Revenue {
                net: bytes.decimal()?,
                class: Class {
                    renewal: bytes.flag()?,
                    months: bytes.number()?,
                },
            },
            6 => What::Spent(bytes.decimal()?),
            7 => What::TooLate,
            _ => return Err(broken()),
        };
        if !bytes.flag()? {
            return Ok((event, what, None));
        }
        let at = bytes.number()?;
        let mut account = Account::new(event.cell(Column::Account));
        account.standing = standing_of(&mut bytes)?;
        // Whether, and not when, is all that pay asks.
        account.accepted = bytes.flag()?.then_some(event.date);
        account.disengaged = bytes.flag()?.then_some(event.date);
        account.first_invoice = bytes.date()?;
        account.waiting = bytes.decimal()?;
        for _ in 0..bytes.number::<usize>()? {
            account.segments.push(bytes.number()?);
        }
        Ok((event, what, Some((at, account))))
    }
}

/// An account, if there is one, with the number that orders it among all.
pub(super) type Numbered = Option<(u64, Account)>;

/// What an event means, with its account and the number that orders it among all.
#[derive(Debug)]
pub(super) struct Entry<'l> {
    pub(super) what: What,
    pub(super) account: Option<(u64, &'l Account)>,
}
