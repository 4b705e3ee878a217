//! The figures that a person has worked out.

use super::*;

#[test]
fn the_known_ladder_pays_slice_by_slice() {
    let deal = dollars(&tiers("slice", "tier-below", KNOWN));
    let statement = pay(&deal, &sourced("1240000"));
    let amounts: Vec<Money> = statement.lines.iter().map(|line| line.amount).collect();
    assert_eq!(amounts, [usd("25000"), usd("93750"), usd("36000")]);
    assert_eq!(statement.total, usd("154750"));
    assert_eq!(
        statement.lines[1].trace,
        [
            Step::Slice {
                from: Base::Money(usd("250000")),
                to: Some(Base::Money(usd("1000000"))),
                before: Base::Money(usd("0")),
                volume: Base::Money(usd("1240000")),
                slice: Base::Money(usd("750000")),
            },
            Step::Times {
                base: usd("750000"),
                rate: Rate::from_text("12.5%").expect("a rate"),
                amount: usd("93750"),
            },
        ]
    );
    let whole = dollars(&tiers("whole", "tier-below", KNOWN));
    assert_eq!(pay(&whole, &sourced("1240000")).total, usd("186000"));
    let shorter = [("10%", "200000"), ("12.5%", "1000000"), ("15%", "")];
    let shorter = dollars(&tiers("slice", "tier-below", &shorter));
    assert_eq!(pay(&shorter, &sourced("1240000")).total, usd("156000"));
}

#[test]
fn a_boundary_belongs_to_its_owner() {
    for (boundary, pays) in [("tier-below", "25000"), ("tier-above", "31250")] {
        let deal = dollars(&tiers("whole", boundary, KNOWN));
        assert_eq!(pay(&deal, &sourced("250000")).total, usd(pays));
        assert_eq!(pay(&deal, &sourced("249999")).total, usd("24999.90"));
        assert_eq!(pay(&deal, &sourced("250001")).total, usd("31250.13"));
    }
    // Things are whole: the tenth activation brings the count to ten.
    let tiers_of_ten = [("USD 500", "10 activations"), ("USD 600", "")];
    for (boundary, pays) in [("tier-below", "5000"), ("tier-above", "5100")] {
        let deal = dollars(&tiers("slice", boundary, &tiers_of_ten));
        let volumes = Volumes {
            activations: 10,
            ..nothing()
        };
        assert_eq!(pay(&deal, &volumes).total, usd(pays), "{boundary}");
    }
}

#[test]
fn whole_makes_up_for_earlier_statements() {
    let deal = dollars(&tiers("whole", "tier-below", KNOWN));
    let mut volumes = sourced("100000");
    volumes.accumulated.sourced = usd("200000");
    let statement = pay(&deal, &volumes);
    assert_eq!(
        lines(&statement),
        [
            (Model::Tiers, "37500".to_owned()),
            (Model::TiersEarlier, "-20000".to_owned())
        ]
    );
    // Nothing is made up for where no other tier was reached.
    volumes.accumulated.sourced = usd("300000");
    assert_eq!(
        lines(&pay(&deal, &volumes)),
        [(Model::Tiers, "12500".to_owned())]
    );
}

#[test]
fn prospective_pays_at_the_tier_reached_before() {
    let deal = dollars(&tiers("prospective", "tier-below", KNOWN));
    let mut volumes = sourced("1240000");
    assert_eq!(pay(&deal, &volumes).total, usd("124000"));
    volumes.accumulated.sourced = usd("300000");
    assert_eq!(pay(&deal, &volumes).total, usd("155000"));
}

const ATTRIBUTION: &str = r#"
[attribution]
sourced = "it registered it"
influenced = "it helped"
influenced_share = "50%"
both_touched = "split"
split = "60%"
window = "90 days"
evidence = []
"#;

#[test]
fn influenced_revenue_earns_a_part_of_the_tier_reached() {
    let economics = tiers("slice", "tier-below", KNOWN);
    let deal = dollars(&format!("{economics}{ATTRIBUTION}"));
    let volumes = Volumes {
        influenced: usd("320000"),
        ..sourced("1240000")
    };
    let statement = pay(&deal, &volumes);
    assert_eq!(statement.lines.len(), 4);
    let influenced = &statement.lines[3];
    assert_eq!(influenced.amount, usd("24000"));
    assert_eq!(influenced.tier, Some(2));
    assert_eq!(influenced.factor, Rate::from_text("50%").ok());
    // Without a share there is no number.
    let alone = dollars(&economics);
    let finding = super::statement(&alone, &volumes).expect_err("no share");
    assert_eq!(finding.code, Code::MissingKey);
}

#[test]
fn the_revenue_base_counts_item_by_item() {
    let base = r#"
[economics.base]
metric = "net-revenue"
discounts = "deducted"
refunds = "deducted"
chargebacks = "deducted"
taxes = "excluded"
setup_fees = "included"
services = "excluded"
pass_through = "excluded"
uncollected = "deducted"
[economics.base.example]
list_fees = "USD 48000"
discounts = "USD 4800"
refunds = "USD 1200"
chargebacks = "USD 600"
taxes = "USD 10720"
setup_fees = "USD 3000"
services = "USD 6500"
pass_through = "USD 900"
uncollected = "USD 2000"
"#;
    let net = |text: &str| {
        let deal = dollars(text);
        let economics = deal.economics.expect("economics");
        super::base(&economics).expect("sound").expect("an example")
    };
    let example = net(base);
    assert_eq!(example.net, usd("42400"));
    let keys: Vec<&str> = example.lines.iter().map(|line| line.item.key()).collect();
    assert_eq!(keys.len(), 9);
    assert_eq!(keys[0], "list_fees");
    assert_eq!(
        net(&base.replace("\"deducted\"", "\"excluded\"")).net,
        usd("42400")
    );
    assert_eq!(
        net(&base.replace("\"deducted\"", "\"included\"")).net,
        usd("51000")
    );
    assert_eq!(
        net(&base.replace("\"excluded\"", "\"included\"")).net,
        usd("60520")
    );
}

const FORECAST: &str = r#"
[forecast]
period = "one agreement year"
company_margin = "62%"
partner_cost = "USD 60000"
[forecast.low]
sourced_revenue = "USD 600000"
[forecast.expected]
sourced_revenue = "USD 1240000"
influenced_revenue = "USD 320000"
renewal_revenue = "USD 380000"
[forecast.high]
sourced_revenue = "USD 2100000"
"#;

#[test]
fn examples_and_results_follow_the_deal() {
    let text = format!(
        "{}[economics.revenue_share.renewal]\nrate = \"5%\"\nwhile_engaged = [\"visit\"]\n\
         [[economics.payment.stage]]\nshare = \"66.6666%\"\nwhen = \"paid\"\n\
         [[economics.payment.stage]]\nshare = \"33.3334%\"\nwhen = \"kept\"\n\
         [economics.clawback]\nwindow = \"12 months\"\nshare = \"50%\"\ntrigger = \"it leaves\"\n\
         {ATTRIBUTION}{FORECAST}",
        tiers("slice", "tier-below", KNOWN)
    );
    let deal = dollars(&text);
    let examples = examples(&deal).expect("sound").expect("examples");
    let total = |example: &Option<Example>| {
        let example = example.as_ref().expect("an example");
        check_sum(&example.statement);
        example.statement.total
    };
    assert_eq!(total(&examples.expected), usd("154750"));
    assert_eq!(total(&examples.first_term), usd("10000"));
    assert_eq!(total(&examples.influenced), usd("5000"));
    assert_eq!(total(&examples.renewal), usd("5000"));
    assert_eq!(total(&examples.clawback), usd("-5000"));
    assert_eq!(examples.split.map(|split| split.amount), Some(usd("6000")));
    let boundaries: Vec<[Money; 3]> = examples
        .boundaries
        .iter()
        .map(|row| [&row.below, &row.at, &row.above].map(|side| side.statement.total))
        .collect();
    assert_eq!(
        boundaries,
        [
            [usd("24999.90"), usd("25000"), usd("25000.13")],
            [usd("118749.88"), usd("118750"), usd("118750.15")],
        ]
    );
    let parts: Vec<Money> = examples.stages.iter().map(|part| part.amount).collect();
    assert_eq!(parts, [usd("6666.66"), usd("3333.34")]);

    let results = results(&deal).expect("sound").expect("results");
    assert_eq!(results.months, 12);
    let expected = &results.outcomes[1];
    // 154,750 from the tiers, 24,000 influenced, 19,000 renewals.
    assert_eq!(expected.payout, usd("197750"));
    assert_eq!(expected.company, Some(usd("1005050")));
    assert_eq!(expected.partner, Some(usd("137750")));
    assert_eq!(
        results.assumptions,
        [Assumption::RenewalsEngaged, Assumption::InfluencedAtEnd]
    );
}

#[test]
fn quarterly_tiers_divide_the_forecast() {
    let text = tiers("slice", "tier-below", KNOWN).replace("\"year\"", "\"quarter\"");
    let deal = dollars(&format!("{text}{FORECAST}"));
    let examples = examples(&deal).expect("sound").expect("examples");
    // 310,000 in each quarter: 25,000 and 7,500.
    let expected = examples.expected.expect("an example");
    assert_eq!(expected.statement.total, usd("130000"));
    assert_eq!(expected.statement.lines.len(), 2);
}

#[test]
fn the_curve_has_a_corner_at_each_boundary() {
    for (basis, corners) in [
        (
            "slice",
            &["0 0", "250000 25000", "1000000 118750", "2800000 388750"][..],
        ),
        (
            "whole",
            &[
                "0 0",
                "250000 25000",
                "250000 31250",
                "1000000 125000",
                "1000000 150000",
                "2800000 420000",
            ],
        ),
    ] {
        let deal = dollars(&format!("{}{FORECAST}", tiers(basis, "tier-below", KNOWN)));
        let curve = curve(&deal).expect("sound").expect("a curve");
        let points: Vec<String> = curve
            .points
            .iter()
            .map(|point| match point.volume {
                Base::Money(volume) => {
                    format!("{} {}", volume.amount(), point.payout.amount().normalize())
                }
                Base::Count(_) => panic!("tiers of money"),
            })
            .collect();
        assert_eq!(points, corners);
    }
    let cliffs_of = |basis, ladder: &[(&str, &str)]| {
        let deal = dollars(&tiers(basis, "tier-below", ladder));
        let cliffs = cliffs(&deal).expect("sound");
        let sizes = cliffs.iter().map(|cliff| (cliff.size, cliff.worse_off));
        sizes.collect::<Vec<_>>()
    };
    let falling = [("10%", "1000"), ("5%", "")];
    assert_eq!(cliffs_of("slice", &falling), []);
    assert_eq!(cliffs_of("whole", &falling), [(usd("50"), WorseOff::Payee)]);
    assert_eq!(
        cliffs_of("prospective", &falling),
        [(usd("50"), WorseOff::Payee)]
    );
    assert_eq!(cliffs_of("prospective", KNOWN), []);
    assert_eq!(
        cliffs_of("whole", KNOWN),
        [
            (usd("6250"), WorseOff::Payer),
            (usd("25000"), WorseOff::Payer)
        ]
    );
}

#[test]
fn trailing_months_are_paid_one_by_one() {
    let ladder =
        tiers("whole", "tier-below", KNOWN).replace("\"year\"", "\"trailing-twelve-months\"");
    let mut volumes = sourced("100000");
    volumes.accumulated.sourced = usd("200000");
    // The month reaches the second tier; the months before are not made up for.
    assert_eq!(pay(&dollars(&ladder), &volumes).total, usd("12500"));
    // 100,000 a month: two months at 10%, eight at 12.5%, two at 15%.
    let deal = dollars(&format!(
        "{ladder}[forecast]\nperiod = \"the first year\"\nlow = {{}}\nhigh = {{}}\n\
         [forecast.expected]\nsourced_revenue = \"USD 1200000\"\n"
    ));
    let results = results(&deal).expect("sound").expect("results");
    assert_eq!(
        results.outcomes[1].payout,
        usd("150000"),
        "20,000 and 100,000 and 30,000"
    );
    assert_eq!(results.assumptions, [Assumption::EvenPeriods]);
}

#[test]
fn a_count_can_set_the_share_of_revenue() {
    let ladder = tiers("whole", "tier-above", KNOWN)
        .replace("USD 250000", "10 activations")
        .replace("USD 1000000", "20 activations")
        .replace("USD 0", "0 activations");
    let volumes = Volumes {
        activations: 10,
        ..sourced("1000")
    };
    assert_eq!(pay(&dollars(&ladder), &volumes).total, usd("125"));
    let slices = dollars(&ladder.replace("\"whole\"", "\"slice\""));
    assert!(super::statement(&slices, &volumes).is_err());
}

#[test]
fn a_forecast_says_how_long_it_is() {
    for (period, months) in [
        ("one agreement year", 12),
        ("the first year", 12),
        ("the first six months", 6),
        ("2 years", 24),
        ("the third quarter of 2027", 3),
        ("the launch", 12),
    ] {
        let deal = dollars(&format!(
            "[forecast]\nperiod = \"{period}\"\nlow = {{}}\nexpected = {{}}\nhigh = {{}}\n"
        ));
        let results = results(&deal).expect("sound").expect("results");
        assert_eq!(results.months, months, "{period}");
        let guessed = results.assumptions.contains(&Assumption::TwelveMonths);
        assert_eq!(guessed, period == "the launch");
    }
}
