//! No deal that can be read makes the calculator panic, and a broken ladder never pays.

use super::*;
use proptest::prelude::*;

/// Everything that can be computed; each part either sound or refused.
fn compute(deal: &Deal, volumes: &Volumes) -> [bool; 5] {
    let statement = statement(deal, volumes);
    if let Ok(statement) = &statement {
        check_sum(statement);
    }
    [
        statement.is_ok(),
        examples(deal).is_ok(),
        results(deal).is_ok(),
        curve(deal).is_ok(),
        cliffs(deal).is_ok(),
    ]
}

const BOUNDS: &[&str] = &[
    "USD 0",
    "USD 100",
    "USD 200.50",
    "USD 999999999999999.99",
    "EUR 0",
    "EUR 100",
    "0 activations",
    "1 activation",
    "10 activations",
    "10 referrals",
    "999999999999999 activations",
    "5%",
    "6 months",
];

const REWARDS: &[&str] = &[
    "0%",
    "10%",
    "99.999999%",
    "USD 500",
    "EUR 500",
    "USD 999999999999999.99",
];

/// A tier of a ladder that may be nonsense: places in `BOUNDS` and `REWARDS`.
type Odd = (usize, Option<usize>, usize);

fn text(basis: &str, tiers: &[Odd]) -> String {
    let mut text = format!(
        "[economics.tiers]\nmetric = \"m\"\nperiod = \"quarter\"\nbasis = \"{basis}\"\n\
         boundary = \"tier-above\"\nreset = \"never\"\n"
    );
    for (from, to, pays) in tiers {
        text = format!(
            "{text}[[economics.tiers.tier]]\nfrom = \"{}\"\npays = \"{}\"\n",
            BOUNDS[*from], REWARDS[*pays]
        );
        if let Some(to) = to {
            text = format!("{text}to = \"{}\"\n", BOUNDS[*to]);
        }
    }
    text
}

/// Whether a ladder is one, said in another way: places in rising order of one kind, each tier where the last ended.
fn is_ladder(slice: bool, tiers: &[Odd]) -> bool {
    let kinds: [&[usize]; 2] = [&[0, 1, 2, 3], &[6, 7, 8, 10]];
    kinds.iter().enumerate().any(|(kind, kind_bounds)| {
        let mut next = Some(kind_bounds[0]);
        let rises = tiers.iter().all(|(from, to, _)| {
            let follows = next == Some(*from);
            next = *to;
            let ends = to.is_none_or(|to| kind_bounds.contains(&to) && to > *from);
            follows && ends
        });
        let shares = tiers.iter().all(|(_, _, pays)| *pays < 3);
        let sums = tiers.iter().all(|(_, _, pays)| *pays == 3 || *pays == 5);
        let pays = if kind == 0 {
            shares
        } else {
            sums || (shares && !slice)
        };
        !tiers.is_empty() && rises && next.is_none() && pays
    })
}

const FORECAST: &str = "[forecast]\nperiod = \"two years\"\ncompany_margin = \"33%\"\n\
    partner_cost = \"USD 1\"\n\
    [forecast.low]\nactivations = \"0 activations\"\n\
    [forecast.expected]\nsourced_revenue = \"USD 1000.01\"\nactivations = \"77 activations\"\n\
    [forecast.high]\nsourced_revenue = \"USD 5000\"\nactivations = \"100 activations\"\n";

/// Ladders of which many are sound: bounds of one kind in order, with an accident now and then.
fn ladder() -> impl Strategy<Value = Vec<Odd>> {
    let wild = prop::collection::vec(
        (
            0..BOUNDS.len(),
            prop::option::of(0..BOUNDS.len()),
            0..REWARDS.len(),
        ),
        0..4,
    );
    let nearly = (
        any::<bool>(),
        1_usize..=3,
        0_usize..4,
        prop::collection::vec(0..6_usize, 3),
    )
        .prop_map(|(money, tiers, accident, pays)| {
            let kind: [usize; 4] = if money { [0, 1, 2, 3] } else { [6, 7, 8, 10] };
            let allowed: [usize; 6] = if money {
                [0, 1, 2, 0, 1, 2]
            } else {
                [3, 3, 5, 3, 5, 3]
            };
            (0..tiers)
                .map(|tier| {
                    let to = (tier + 1 < tiers).then(|| kind[tier + 1]);
                    let from = kind[if accident == tier + 1 { tier + 1 } else { tier }];
                    (from, to, allowed[pays[tier]])
                })
                .collect()
        });
    prop_oneof![wild, nearly]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn a_broken_ladder_never_pays(ladder in ladder(), which in 0_usize..3, with_forecast: bool) {
        let basis = ["slice", "whole", "prospective"][which];
        let forecast = if with_forecast { FORECAST } else { "" };
        let deal = dollars(&format!("{}{forecast}", text(basis, &ladder)));
        let volumes = Volumes { activations: 12, ..sourced("150.25") };
        let sound = compute(&deal, &volumes);
        if !is_ladder(which == 0, &ladder) {
            prop_assert_eq!(sound, [false, false, !with_forecast, false, false]);
            let finding = statement(&deal, &volumes).expect_err("a broken ladder");
            prop_assert!(!finding.message.is_empty() && !finding.help.is_empty());
        } else if ladder.iter().all(|(_, to, pays)| !matches!(to, Some(3 | 10)) && *pays != 5) {
            prop_assert_eq!(sound, [true; 5]);
        }
    }

    #[test]
    fn large_and_negative_amounts_do_not_panic(
        digits in prop::collection::vec(any::<i64>(), 4),
        scale in 0_u32..=12,
        count: u64,
        months: u32,
        rate in prop::sample::select(vec!["0%", "100%", "99.999999%", "0.000001%"]),
    ) {
        let deal = dollars(&format!(
            "[economics.revenue_share]\nfirst_term = \"{rate}\"\nlimit = \"5 years\"\n\
             [economics.revenue_share.renewal]\nrate = \"{rate}\"\n\
             [[economics.revenue_share.step_down]]\nafter = \"3 months\"\nrate = \"1%\"\n\
             [economics.referral_fee]\nfee = \"{rate}\"\ngate = \"g\"\ncap = \"USD 999999999999999\"\n\
             [economics.bounty]\namount = \"USD 999999999999999\"\nmetric = \"m\"\ngate = \"g\"\n\
             [economics.fixed_fee]\namount = \"USD 999999999999999\"\nper = \"month\"\ncovers = \"work\"\n\
             [economics.spiff]\namount = \"USD 1\"\nmetric = \"m\"\nruns = \"100 years\"\ncap = \"USD 1\"\n\
             [economics.cap]\namount = \"USD 999999999999999\"\nper = \"month\"\n\
             [economics.floor]\namount = \"USD 1\"\nper = \"month\"\n{}",
            tiers("slice", "tier-above", KNOWN)
        ));
        let money = |index: usize| Money::new(Decimal::new(digits[index], scale), Currency::USD);
        let mut volumes = Volumes {
            sourced: money(0),
            renewal: money(1),
            activations: count,
            spiff: count,
            ends: Ends::of_months(months),
            ..nothing()
        };
        volumes.accumulated.sourced = money(2);
        volumes.referrals.push(Referrals { count, revenue: money(3), earlier: usd("0"), fees: usd("0") });
        volumes.aged.push(Aged {
            revenue: money(3),
            months,
            term: CustomerTerm::First,
            influenced: false,
            engaged: false,
        });
        compute(&deal, &volumes);
    }
}

#[test]
fn currencies_do_not_mix() {
    let models = [
        "[economics.referral_fee]\nfee = \"EUR 5\"\ngate = \"g\"\n",
        "[economics.referral_fee]\nfee = \"5%\"\ngate = \"g\"\ncap = \"EUR 5\"\n",
        "[economics.bounty]\namount = \"EUR 5\"\nmetric = \"m\"\ngate = \"g\"\n",
        "[economics.fixed_fee]\namount = \"EUR 5\"\nper = \"year\"\ncovers = \"work\"\n",
        "[economics.spiff]\namount = \"EUR 5\"\nmetric = \"m\"\nruns = \"1 year\"\ncap = \"USD 5\"\n",
        "[economics.spiff]\namount = \"USD 5\"\nmetric = \"m\"\nruns = \"1 year\"\ncap = \"EUR 5\"\n",
        "[[economics.bonus]]\nsegment = \"s\"\npays = \"EUR 5\"\n",
        "[economics.minimum]\nmetric = \"m\"\namount = \"EUR 5\"\nper = \"year\"\n\
         consequence = \"It ends.\"\ncure = \"30 days\"\n",
        "[economics.cap]\namount = \"EUR 5\"\nper = \"year\"\n",
        "[economics.floor]\namount = \"EUR 5\"\nper = \"year\"\n",
    ];
    for model in models {
        let finding = statement(&dollars(model), &nothing()).expect_err(model);
        assert_eq!(
            (finding.code, finding.at.text()),
            (Code::WrongType, "EUR 5")
        );
    }
    let euros = Volumes::new(Currency::EUR);
    assert!(statement(&dollars(""), &euros).is_err());
    let forecast = FORECAST.replace("USD 1000.01", "EUR 1000.01");
    let finding = results(&dollars(&forecast)).expect_err("euros");
    assert_eq!(finding.at.text(), "EUR 1000.01");
}

#[test]
fn a_deal_without_economics_pays_nothing_to_anyone() {
    let deal = read("");
    assert!(statement(&deal, &nothing()).is_err());
    assert_eq!(examples(&deal), Ok(None));
    assert_eq!(results(&deal), Ok(None));
    assert_eq!(curve(&deal), Ok(None));
    assert_eq!(cliffs(&deal), Ok(Vec::new()));
}
