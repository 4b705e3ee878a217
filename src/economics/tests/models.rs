//! Each model by itself, and the limits around all of them.

use super::*;
use crate::economics::volumes::Part;

#[test]
fn referrals_earn_a_share_up_to_the_cap_or_a_sum() {
    let fee = |fee: &str| {
        dollars(&format!(
            "[economics.referral_fee]\nfee = \"{fee}\"\ngate = \"lead\"\ncap = \"USD 1000\"\n"
        ))
    };
    let mut volumes = nothing();
    for revenue in ["8000", "30000"] {
        volumes.referrals.push(Referrals {
            count: 1,
            revenue: usd(revenue),
            earlier: usd("0"),
            fees: usd("0"),
        });
    }
    let statement = pay(&fee("10%"), &volumes);
    assert_eq!(statement.total, usd("1800"));
    assert_eq!(
        statement.lines[1].trace[1],
        Step::Capped {
            amount: usd("3000"),
            most: usd("1000")
        }
    );
    assert_eq!(pay(&fee("USD 700"), &volumes).total, usd("1400"));
}

#[test]
fn renewals_are_paid_while_engaged_and_step_down() {
    let deal = dollars(
        "[economics.revenue_share]\nfirst_term = \"20%\"\nlimit = \"60 months\"\n\
         [economics.revenue_share.renewal]\nrate = \"5%\"\nwhile_engaged = [\"visit\"]\n\
         [[economics.revenue_share.step_down]]\nafter = \"24 months\"\nrate = \"4%\"\n\
         [[economics.revenue_share.step_down]]\nafter = \"3 years\"\nrate = \"3%\"\n",
    );
    let mut volumes = Volumes {
        renewal: usd("1000"),
        renewal_unengaged: usd("1000"),
        ..sourced("1000")
    };
    for (months, engaged) in [(23, true), (24, true), (36, true), (36, false), (60, true)] {
        volumes.aged.push(Aged {
            revenue: usd("1000"),
            months,
            term: CustomerTerm::Renewal,
            influenced: false,
            engaged,
        });
    }
    let amounts = lines(&pay(&deal, &volumes));
    assert_eq!(
        amounts,
        [
            (Model::FirstTerm, "200".to_owned()),
            (Model::Renewal, "50".to_owned()),
            (Model::Renewal, "0".to_owned()),
            (Model::Renewal, "50".to_owned()),
            (Model::StepDown, "40".to_owned()),
            (Model::StepDown, "30".to_owned()),
            (Model::StepDown, "0".to_owned()),
            (Model::StepDown, "0".to_owned()),
        ]
    );
}

#[test]
fn all_models_pay_together() {
    let deal = dollars(
        "[economics.revenue_share]\nfirst_term = \"10%\"\n\
         [economics.bounty]\namount = \"USD 500\"\nmetric = \"activations\"\ngate = \"a\"\nlimit = \"8 activations\"\n\
         [economics.fixed_fee]\namount = \"USD 1000\"\nper = \"month\"\ncovers = \"training\"\n\
         [economics.spiff]\namount = \"USD 100\"\nmetric = \"activations\"\nruns = \"6 months\"\ncap = \"USD 2000\"\n\
         [[economics.bonus]]\nsegment = \"trusts\"\npays = \"2%\"\n\
         [[economics.bonus]]\nsegment = \"clinics\"\npays = \"USD 50\"\n\
         [economics.clawback]\nwindow = \"12 months\"\nshare = \"50%\"\ntrigger = \"it leaves\"\n\
         [economics.cap]\namount = \"USD 20000\"\nper = \"year\"\n\
         [economics.floor]\namount = \"USD 9000\"\nper = \"quarter\"\n",
    );
    let mut volumes = Volumes {
        activations: 10,
        spiff: 10,
        ends: Ends::of_months(3),
        left: usd("3000"),
        ..sourced("100000")
    };
    volumes.paid.spiff = usd("1500");
    for (segment, activations) in [("trusts", 3), ("clinics", 2)] {
        volumes.segments.push(SegmentVolume {
            segment: segment.to_owned(),
            revenue: usd("40000"),
            activations,
            influenced_activations: 0,
        });
    }
    let statement = pay(&deal, &volumes);
    assert_eq!(
        lines(&statement),
        [
            (Model::FirstTerm, "10000".to_owned()),
            (Model::Bounty, "4000".to_owned()),
            (Model::FixedFee, "3000".to_owned()),
            (Model::Spiff, "500".to_owned()),
            (Model::Bonus, "800".to_owned()),
            (Model::Bonus, "100".to_owned()),
            (Model::Clawback, "-1500".to_owned()),
        ]
    );
    assert_eq!(statement.total, usd("16900"));
    // The cap leaves what earlier statements of the year did not pay.
    volumes.paid.within_cap = usd("15000");
    let capped = pay(&deal, &volumes);
    assert_eq!(capped.total, usd("5000"));
    assert_eq!(capped.lines.last().map(|line| line.model), Some(Model::Cap));
    // The floor fills up when its period ends, and not before.
    let quiet = Volumes {
        left: usd("2000"),
        ..nothing()
    };
    let owed = pay(&deal, &quiet);
    assert_eq!((owed.total, owed.carried_over), (usd("-1000"), true));
    let ended = Volumes {
        ends: Ends::of_months(3),
        ..quiet
    };
    assert_eq!(pay(&deal, &ended).total, usd("9000"));
}

#[test]
fn a_missed_minimum_is_told() {
    let deal = dollars(
        "[economics.minimum]\nmetric = \"m\"\namount = \"USD 400000\"\nper = \"quarter\"\n\
         consequence = \"It ends.\"\ncure = \"30 days\"\n",
    );
    let mut volumes = sourced("700000");
    assert_eq!(minimum(&deal, &volumes), Ok(None));
    volumes.ends = Ends::of_months(6);
    let told = minimum(&deal, &volumes).expect("sound").expect("a minimum");
    assert_eq!(told.missing, Some(Base::Money(usd("100000"))));
}

#[test]
fn a_minimum_is_less_in_a_period_that_is_covered_in_part() {
    let text = |amount: &str| {
        format!(
            "[economics.minimum]\nmetric = \"m\"\namount = \"{amount}\"\nper = \"quarter\"\n\
             consequence = \"It ends.\"\ncure = \"30 days\"\n"
        )
    };
    let mut volumes = sourced("0");
    volumes.ends = Ends::of_months(6);
    volumes.ends.parts.quarter[0] = Some(Part { days: 31, of: 90 });
    // 90,000 times 31 of 90 days, and 90,000 for the quarter that is whole.
    let told = minimum(&dollars(&text("USD 90000")), &volumes);
    let told = told.expect("sound").expect("a minimum");
    assert_eq!(told.required, Base::Money(usd("121000")));
    let told = minimum(&dollars(&text("10 leads")), &volumes);
    let told = told.expect("sound").expect("a minimum");
    // 10 times 31 of 90 is 3.4.
    assert_eq!(told.required, Base::Count(13));
}

#[test]
fn small_statements_are_carried_over() {
    let text =
        format!("{DOLLARS}least = \"USD 250\"\n[economics.revenue_share]\nfirst_term = \"10%\"\n")
            .replace("dispute = {", "in_return = \"Speed.\"\ndispute = {");
    let deal = read(&text);
    assert!(pay(&deal, &sourced("2499")).carried_over);
    assert!(!pay(&deal, &sourced("2500")).carried_over);
}
