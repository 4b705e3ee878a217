//! What an account earned, as bytes: what events add to it, and what is kept of it between statements.

use super::record::{Bytes, date, decimal, number};
use super::sort::broken;
use crate::deal::StageEvent;
use crate::events::pay::{AccountPay, Cell, Earned, Pays, Pending};
use crate::units::Date;
use std::io::Result;

/// What an event adds to an account.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    /// A volume.
    Cell(Cell),
    /// The partner was not engaged with it.
    Missed,
    /// A milestone of a stage.
    Milestone(u8, Date),
}

impl Mark {
    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Mark::Cell(cell) => {
                pays(out, cell.pays);
                date(out, Some(cell.date).filter(|date| *date != Date::MIN));
                out.push(cell.stretch);
                decimal(out, cell.base);
            }
            Mark::Missed => out.push(20),
            Mark::Milestone(stage, day) => {
                out.extend_from_slice(&[21, stage]);
                date(out, Some(day));
            }
        }
    }

    /// Reads one, and adds it to its account.
    pub(super) fn read(bytes: &[u8], account: &mut AccountPay) -> Result<()> {
        let mut bytes = Bytes::new(bytes);
        match bytes.byte()? {
            20 => account.missed = true,
            21 => {
                let stage = bytes.byte()?;
                account.reach(stage, bytes.day()?);
            }
            tag => {
                let pays = pays_of(tag, &mut bytes)?;
                let date = bytes.date()?.unwrap_or(Date::MIN);
                account.add(Cell {
                    pays,
                    date,
                    stretch: bytes.byte()?,
                    base: bytes.decimal()?,
                });
            }
        }
        Ok(())
    }
}

fn pays(out: &mut Vec<u8>, pays: Pays) {
    match pays {
        Pays::Referral => out.push(0),
        Pays::FirstTerm { influenced } => out.extend_from_slice(&[1, u8::from(influenced)]),
        Pays::Tiers {
            part,
            tier,
            influenced,
        } => {
            let influenced = u8::from(influenced);
            match tier {
                Some(tier) => out.extend_from_slice(&[2, influenced, part, tier]),
                None => out.extend_from_slice(&[3, influenced, part]),
            }
        }
        Pays::Renewal { engaged } => out.extend_from_slice(&[4, u8::from(engaged)]),
        Pays::Aged {
            months,
            renewal,
            influenced,
            engaged,
        } => {
            let flags = [renewal, influenced, engaged].map(u8::from);
            out.push(5);
            out.extend_from_slice(&flags);
            number(out, u128::from(months));
        }
        Pays::Bounty { influenced } => out.extend_from_slice(&[6, u8::from(influenced)]),
        Pays::Spiff => out.push(7),
        Pays::Bonus { bonus, influenced } => {
            out.extend_from_slice(&[8, u8::from(influenced)]);
            number(out, u128::from(bonus));
        }
        Pays::Clawback => out.push(9),
        Pays::Split => out.push(10),
    }
}

fn pays_of(tag: u8, bytes: &mut Bytes<'_>) -> Result<Pays> {
    Ok(match tag {
        0 => Pays::Referral,
        1 => Pays::FirstTerm {
            influenced: bytes.flag()?,
        },
        2 => Pays::Tiers {
            influenced: bytes.flag()?,
            part: bytes.byte()?,
            tier: Some(bytes.byte()?),
        },
        3 => Pays::Tiers {
            influenced: bytes.flag()?,
            part: bytes.byte()?,
            tier: None,
        },
        4 => Pays::Renewal {
            engaged: bytes.flag()?,
        },
        5 => Pays::Aged {
            renewal: bytes.flag()?,
            influenced: bytes.flag()?,
            engaged: bytes.flag()?,
            months: bytes.number()?,
        },
        6 => Pays::Bounty {
            influenced: bytes.flag()?,
        },
        7 => Pays::Spiff,
        8 => Pays::Bonus {
            influenced: bytes.flag()?,
            bonus: bytes.number()?,
        },
        9 => Pays::Clawback,
        10 => Pays::Split,
        _ => return Err(broken()),
    })
}

const STAGES: [Option<StageEvent>; 4] = [
    None,
    Some(StageEvent::Earned),
    Some(StageEvent::Stays),
    Some(StageEvent::Milestone),
];

/// Appends what is kept of an account; its volumes are not, as they were worked into the rest.
pub(super) fn keep(out: &mut Vec<u8>, account: &AccountPay) {
    for amount in [
        account.tier_before,
        account.referral_paid,
        account.referral_fees,
        account.referral_settled,
        account.paid,
    ] {
        decimal(out, amount);
    }
    number(out, account.earned.len() as u128);
    for earned in &account.earned {
        out.push(earned.stretch);
        date(out, Some(earned.date).filter(|date| *date != Date::MIN));
        decimal(out, earned.amount);
    }
    number(out, account.pending.len() as u128);
    for pending in &account.pending {
        date(out, Some(pending.due).filter(|date| *date != Date::MIN));
        let on = STAGES.iter().position(|known| *known == pending.on);
        let on = on.and_then(|on| u8::try_from(on).ok()).unwrap_or(0);
        out.extend_from_slice(&[pending.stage, on]);
        decimal(out, pending.amount);
    }
    number(out, account.milestones.len() as u128);
    for (stage, day) in &account.milestones {
        out.push(*stage);
        date(out, Some(*day));
    }
}

/// What was kept of an account.
pub(super) fn kept(bytes: &mut Bytes<'_>) -> Result<AccountPay> {
    let mut account = AccountPay {
        tier_before: bytes.decimal()?,
        referral_paid: bytes.decimal()?,
        referral_fees: bytes.decimal()?,
        referral_settled: bytes.decimal()?,
        paid: bytes.decimal()?,
        ..AccountPay::default()
    };
    for _ in 0..bytes.number::<usize>()? {
        account.earned.push(Earned {
            stretch: bytes.byte()?,
            date: bytes.date()?.unwrap_or(Date::MIN),
            amount: bytes.decimal()?,
        });
    }
    for _ in 0..bytes.number::<usize>()? {
        account.pending.push(Pending {
            due: bytes.date()?.unwrap_or(Date::MIN),
            stage: bytes.byte()?,
            on: *STAGES.get(usize::from(bytes.byte()?)).ok_or_else(broken)?,
            amount: bytes.decimal()?,
        });
    }
    for _ in 0..bytes.number::<usize>()? {
        let stage = bytes.byte()?;
        account.milestones.push((stage, bytes.day()?));
    }
    Ok(account)
}
