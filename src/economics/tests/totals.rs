//! Whatever is combined, rounded and limited: the lines and the rounding difference are the total.

use super::*;
use crate::units::RoundingMode;
use proptest::prelude::*;

fn models() -> Vec<(&'static str, String)> {
    vec![
        ("tiers", tiers("slice", "tier-below", KNOWN)),
        (
            "share",
            "[economics.revenue_share]\nfirst_term = \"3.333333%\"\n\
             [economics.revenue_share.renewal]\nrate = \"7.77%\"\n"
                .to_owned(),
        ),
        (
            "referral",
            "[economics.referral_fee]\nfee = \"1.23457%\"\ngate = \"lead\"\n".to_owned(),
        ),
        (
            "bounty",
            "[economics.bounty]\namount = \"USD 333.33\"\nmetric = \"a\"\ngate = \"a\"\n".to_owned(),
        ),
        (
            "fee",
            "[economics.fixed_fee]\namount = \"USD 99.99\"\nper = \"month\"\ncovers = \"training\"\n"
                .to_owned(),
        ),
        (
            "bonus",
            "[[economics.bonus]]\nsegment = \"trusts\"\npays = \"0.0001%\"\n".to_owned(),
        ),
        (
            "clawback",
            "[economics.clawback]\nwindow = \"1 year\"\nshare = \"33.3333%\"\ntrigger = \"it leaves\"\n"
                .to_owned(),
        ),
        (
            "cap",
            "[economics.cap]\namount = \"USD 50000.55\"\nper = \"quarter\"\n".to_owned(),
        ),
        (
            "floor",
            "[economics.floor]\namount = \"USD 10000.45\"\nper = \"quarter\"\n".to_owned(),
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_combination_adds_up(
        chosen in prop::collection::vec(any::<bool>(), 9),
        mode in prop::sample::select(RoundingMode::ALL),
        places in 0_u32..=3,
        by_line: bool,
        money in prop::collection::vec(0_i64..=200_000_000, 6),
        activations in 0_u64..200,
    ) {
        let models = models();
        let mut text = DOLLARS
            .replace("half-up", mode.word())
            .replace("places = 2", &format!("places = {places}"));
        if !by_line {
            text = text.replace("\"line\"", "\"total\"");
        }
        let has = |name: &str| {
            models.iter().zip(&chosen).any(|((model, _), chosen)| *chosen && *model == name)
        };
        for ((_, model), _) in models.iter().zip(&chosen).filter(|(_, chosen)| **chosen) {
            text += model;
        }
        let deal = read(&text);
        let money = |index: usize| Money::new(Decimal::new(money[index], 2), Currency::USD);
        let mut volumes = Volumes {
            sourced: money(0),
            renewal: money(1),
            left: money(2),
            activations,
            ends: Ends::of_months(3),
            ..nothing()
        };
        volumes.accumulated.sourced = money(3);
        volumes.referrals.push(Referrals { count: 1, revenue: money(4), earlier: usd("0"), fees: usd("0") });
        volumes.segments.push(SegmentVolume {
            segment: "trusts".to_owned(),
            revenue: money(5),
            activations,
            influenced_activations: 0,
        });
        let statement = pay(&deal, &volumes);

        let rounding = Rounding { mode, place: places };
        let unit = Decimal::new(1, places);
        let paid: Decimal = statement.lines.iter().map(|line| line.paid.amount()).sum();
        prop_assert_eq!(rounding.round(paid), statement.total.amount());
        prop_assert!((statement.total.amount() / unit).fract().is_zero());
        for line in &statement.lines {
            let rounded = rounding.round(line.amount.amount());
            prop_assert_eq!(line.paid.amount(), if by_line { rounded } else { line.amount.amount() });
        }
        let most = Decimal::from_str_exact("50000.55").expect("a number");
        let least = Decimal::from_str_exact("10000.45").expect("a number");
        if has("cap") {
            prop_assert!(statement.total.amount() <= most);
        }
        if has("floor") {
            prop_assert!(statement.total.amount() >= least);
        }
    }

    #[test]
    fn stages_are_the_total(
        cuts in prop::collection::btree_set(1_i64..100_000_000, 0..5),
        total in -1_000_000_i64..1_000_000,
        mode in prop::sample::select(RoundingMode::ALL),
    ) {
        let mut text = DOLLARS.replace("half-up", mode.word());
        let mut from = 0;
        for to in cuts.iter().copied().chain([100_000_000]) {
            let share = Decimal::new(to - from, 6);
            text = format!("{text}[[economics.payment.stage]]\nshare = \"{share}%\"\nwhen = \"it is paid\"\n");
            from = to;
        }
        let deal = read(&text);
        let total = Money::new(Decimal::new(total, 2), Currency::USD);
        let parts = stages(deal.economics.as_ref().expect("economics"), total).expect("sound");
        let sum: Decimal = parts.iter().map(|part| part.amount.amount()).sum();
        prop_assert_eq!(sum, total.amount());
        prop_assert_eq!(parts.len(), cuts.len() + 1);
        for part in &parts {
            prop_assert!(part.amount.is_zero() || part.amount.is_negative() == total.is_negative());
        }
    }
}

#[test]
fn stages_that_are_not_the_whole_are_refused() {
    let deal = dollars("[[economics.payment.stage]]\nshare = \"80%\"\nwhen = \"it is paid\"\n");
    let economics = deal.economics.as_ref().expect("economics");
    let finding = stages(economics, usd("100")).expect_err("80%");
    assert_eq!(finding.at.text(), "80%");
}

#[test]
fn no_stage_pays_more_than_is_left() {
    let text = DOLLARS.replace("half-up", "up")
        + &"[[economics.payment.stage]]\nshare = \"25%\"\nwhen = \"it is paid\"\n".repeat(4);
    let deal = read(&text);
    let economics = deal.economics.as_ref().expect("economics");
    let parts = stages(economics, usd("0.02")).expect("sound");
    let amounts: Vec<Money> = parts.iter().map(|part| part.amount).collect();
    assert_eq!(amounts, [usd("0.01"), usd("0.01"), usd("0"), usd("0")]);
}
