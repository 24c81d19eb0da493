//! Rates of return against published examples, other programs, and flows made for a rate.

#![expect(clippy::arithmetic_side_effects, reason = "the numbers made up here are small")]

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

/// `2024-01-01 -100, 2024-12-31 110`.
fn flows(text: &str) -> Vec<CashFlow> {
    let read = |flow: &str| {
        let (on, amount) = flow.split_once(' ').unwrap();
        CashFlow { on: on.parse().unwrap(), amount: amount.parse().unwrap() }
    };
    text.split(", ").map(read).collect()
}

fn xirr(text: &str) -> Result<String, NoRate> {
    money_weighted(&flows(text)).map(|rate| rate.to_string())
}

mod the_money_weighted_return {
    use super::*;

    #[test]
    fn is_that_of_published_examples() {
        for (source, text, rate) in [
            (
                "Microsoft's documentation of XIRR: 0.373362535",
                "2008-01-01 -10000, 2008-03-01 2750, 2008-10-30 4250, 2009-02-15 3250, 2009-04-01 2750",
                "37.336253",
            ),
            ("Portfolio Performance, against Excel: 0.050140747", "2010-01-01 -200, 2010-12-31 210", "5.014075"),
            ("pyxirr, 63 days: -0.9989769231734277", "2021-06-09 -134.09, 2021-08-11 40.86", "-99.897692"),
            ("hledger, roi of a heavy loss", "2017-01-01 -100, 2017-06-01 -100, 2018-01-01 20", "-95.733315"),
            ("the xirr crate: 0.1635371584432641", XIRR_CRATE, "16.353716"),
            ("an even trade is 0, not nothing", "2017-01-01 -100, 2017-06-01 -100, 2018-01-01 200", "0"),
        ] {
            assert_eq!(xirr(text).as_deref(), Ok(rate), "{source}");
        }
    }

    const XIRR_CRATE: &str = "2015-06-11 -1000, 2015-07-21 -9000, 2018-06-10 20000, 2015-10-17 -3000";

    /// 48 made-up histories, whose rates were found with 60 digits by mpmath 1.4.1, which also saw
    /// that there is only one up to 10^14 %; pyxirr 0.10.8 finds the same.
    #[test]
    fn is_that_of_other_programs() {
        let mut checked = 0;
        for row in csv::Reader::from_reader(&include_bytes!("tests/random_flows.csv")[..]).records() {
            let row = row.unwrap();
            assert_eq!(xirr(&row[1]).as_deref(), Ok(&row[0]), "{}", &row[1]);
            checked += 1;
        }
        assert_eq!(checked, 48);
    }

    #[test]
    fn of_a_few_days_is_as_large_as_it_is() {
        // 1.1^365 = 1,283,305,580,313,352.69…, of which a solver in binary fractions finds 13 digits.
        let rate = xirr("2021-06-09 -100, 2021-06-10 110").unwrap();
        assert!(rate.starts_with("1283305580313") && rate.len() == 18, "{rate}");
        assert_eq!(xirr("2021-06-09 -100, 2021-06-10 1").as_deref(), Ok("-100"));
        assert_eq!(xirr("2021-06-09 -100, 2021-06-10 1000"), Err(NoRate::TooLarge));
    }

    #[test]
    fn is_none_where_there_are_several_and_says_which() {
        for (source, text, rates) in [
            (
                "Lorie and Savage, \"Three Problems in Rationing Capital\", 1955: the oil pump",
                "2001-01-01 -1600, 2002-01-01 10000, 2003-01-01 -10000",
                "25 % and 400 %",
            ),
            ("1.1 and 1.2", "2001-01-01 -100, 2002-01-01 230, 2003-01-01 -132", "10 % and 20 %"),
            (
                "1.1, 1.2 and 1.3",
                "2001-01-01 -1000, 2002-01-01 3600, 2003-01-01 -4310, 2004-01-01 1716",
                "10 %, 20 % and 30 %",
            ),
        ] {
            let refused = xirr(text).unwrap_err().to_string();
            assert_eq!(refused, format!("more than one annual rate fits the cash flows: {rates}"), "{source}");
        }
    }

    /// 10¹⁰ − 1.1 · 10¹⁰x + 1.1x² is 0 for the growths 1.1 and 10⁻¹⁰, and 1 − 10¹⁷x + 1.1 · 10¹⁷x² for 1.1 and
    /// 10¹⁷.
    #[test]
    fn is_the_one_that_can_be_told_from_a_loss_of_everything_and_has_at_most_eighteen_digits() {
        assert_eq!(xirr("2001-01-01 -10000000000, 2002-01-01 11000000000, 2003-01-01 -1.1").as_deref(), Ok("10"));
        assert_eq!(
            xirr("2001-01-01 -1, 2002-01-01 100000000000000000, 2003-01-01 -110000000000000000").as_deref(),
            Ok("10")
        );
    }

    #[test]
    fn of_a_lifetime_is_found_as_well_as_that_of_a_year() {
        // 100 · 1.1⁶⁰ + 100 · 1.1³⁰, which a growth of 10¹⁶ a year carries beyond all binary fractions.
        let flows = "1960-01-01 -100, 1989-12-24 -100, 2019-12-17 32193.10418103";
        assert_eq!(xirr(flows).as_deref(), Ok("10"));
    }

    #[test]
    fn is_none_where_none_fits() {
        for (source, text, why) in [
            (
                "Brealey and Myers: 1000, -3000, 2500",
                "2001-01-01 1000, 2002-01-01 -3000, 2003-01-01 2500",
                NoRate::NoneFits,
            ),
            ("x² − 2x + 1.21 has no real root", "2001-01-01 -100, 2002-01-01 200, 2003-01-01 -121", NoRate::NoneFits),
            ("what is left after the first day", "2001-01-01 -100, 2001-01-01 100, 2002-01-01 5", NoRate::NoneFits),
            ("(1 − 1.1x)²", "2001-01-01 -100, 2002-01-01 220, 2003-01-01 -121", NoRate::Unsettled),
            ("all is given", "2001-01-01 100, 2002-01-01 0", NoRate::NothingPaidIn),
            ("nothing moved", "2001-01-01 0", NoRate::NothingInvested),
            ("no time went by", "2001-01-01 -5, 2001-01-01 6", NoRate::OneDay { on: "2001-01-01".parse().unwrap() }),
        ] {
            assert_eq!(xirr(text), Err(why), "{source}");
        }
        assert_eq!(money_weighted(&[]), Err(NoRate::NothingInvested));
    }

    #[test]
    fn of_what_is_lost_is_what_it_is_when_next_to_nothing_comes_back() {
        for (what, lost, rate) in [
            ("all of it", "2024-01-03 -500, 2024-03-01 0", Ok("-100")),
            ("paid in twice", "2024-01-03 -500, 2024-02-03 -20, 2024-03-01 0", Ok("-100")),
            ("a part sold on the first day", "2024-01-03 -500, 2024-01-03 50, 2024-03-01 0", Ok("-100")),
            ("more paid in on the last day", "2024-01-03 -500, 2024-03-01 -20, 2024-03-01 0", Ok("-100")),
            // -100 + 50x - 30x² is negative for all x.
            ("what was left", "2021-01-01 -100, 2022-01-01 50, 2023-01-01 -30, 2024-01-01 0", Ok("-100")),
            // A dividend of 3 on 100 after a year: 3 ÷ 100 = 0.03.
            ("all but a dividend", "2021-01-01 -100, 2022-01-01 3, 2023-01-01 0", Ok("-97")),
            (
                "within a day",
                "2024-01-03 -500, 2024-01-03 0",
                Err(NoRate::OneDay { on: "2024-01-03".parse().unwrap() }),
            ),
        ] {
            assert_eq!(xirr(lost), rate.map(str::to_owned), "{what}");
            if let Some((before, _)) = lost.rsplit_once(' ').filter(|_| xirr(lost).is_ok()) {
                assert_eq!(xirr(&format!("{before} 0.0000000001")), xirr(lost), "{what}, next to nothing");
            }
        }
    }

    proptest! {
        /// Flows a year apart that are the coefficients of (1 − g₁x)(1 − g₂x)… for the growths g.
        #[test]
        fn finds_every_rate_that_flows_were_made_for(
            percents in prop::collection::btree_set((-90_i64..300).prop_map(|percent| percent - percent % 3), 1..5),
            amount in 1_i64..1_000_000,
        ) {
            let mut coefficients = vec![Decimal::from(-amount)];
            for percent in &percents {
                let growth = Decimal::new(100 + percent, 2);
                let shifted: Vec<_> = coefficients.iter().map(|c| c.checked_mul(growth).unwrap()).collect();
                coefficients.push(Decimal::ZERO);
                for (coefficient, shifted) in coefficients.iter_mut().skip(1).zip(shifted) {
                    *coefficient = coefficient.checked_sub(shifted).unwrap();
                }
            }
            let first: Day = "2001-01-01".parse().unwrap();
            let flows: Vec<_> = (0..).zip(&coefficients).map(|(year, amount)| CashFlow {
                on: Day::try_from(first.calendar() + chrono::Days::new(365 * year)).unwrap(),
                amount: amount.to_string().parse().unwrap(),
            }).collect();
            let expected: Vec<Percentage> = percents.iter().map(|percent| percent.to_string().parse().unwrap()).collect();
            match money_weighted(&flows) {
                Ok(rate) => prop_assert_eq!(vec![rate], expected),
                Err(NoRate::SeveralFit { rates }) => prop_assert_eq!(rates, expected),
                Err(other) => prop_assert!(false, "{:?}", other),
            }
        }
    }
}

mod the_time_weighted_return {
    use super::*;

    /// Flows as above, each with what was kept: `2024-01-01 -100 0`.
    fn twr(text: &str) -> Result<TimeWeightedReturn, NoRate> {
        let read = |valued: &str| {
            let (flow, kept) = valued.rsplit_once(' ').unwrap();
            ValuedFlow { flow: flows(flow)[0], kept: kept.parse().ok() }
        };
        let flows: Vec<ValuedFlow> = text.split(", ").map(read).collect();
        time_weighted(&flows, flows[0].flow.on..=flows[flows.len() - 1].flow.on)
    }

    fn total(text: &str) -> Result<String, NoRate> {
        twr(text).map(|returned| returned.total.to_string())
    }

    #[test]
    fn is_that_of_published_examples() {
        for (source, text, percent) in [
            (
                "a forum's CFA example: 0 % and 70 %, the shares at 50, 50, then 80 and a dividend of 5 each",
                "2013-01-01 -200 0, 2014-01-01 100 100, 2015-01-01 10 160, 2015-01-01 160 0",
                "70",
            ),
            (
                "a GIPS example: 5 %, then 1,350,000 ÷ 1,250,000",
                "2023-01-01 -1000000 0, 2023-03-15 -200000 1050000, 2023-06-30 1350000 0",
                "13.4",
            ),
            (
                "hledger, roi: eleven times more money halfway, 56.59 ÷ 50.93",
                "2019-06-28 -50.93 0, 2019-07-01 -509.3 50.93, 2019-12-30 622.49 0",
                "11.113293",
            ),
        ] {
            assert_eq!(total(text).as_deref(), Ok(percent), "{source}");
        }
    }

    #[test]
    fn of_more_than_a_year_is_annualized_and_of_less_is_not() {
        // 1.7^(1 ÷ 2) = 1.303840…
        let two_years = twr("2013-01-01 -200 0, 2014-01-01 100 100, 2015-01-01 170 0").unwrap();
        assert_eq!(two_years.annualized.unwrap().to_string(), "30.384048");
        let a_year = twr("2023-01-01 -100 0, 2024-01-01 110 0").unwrap();
        assert_eq!(a_year.annualized, Ok(a_year.total));
        assert_eq!(twr("2024-01-02 -100 0, 2024-12-31 110 0").unwrap().annualized, Err(NoRate::UnderAYear));
        assert_eq!(twr("2022-01-01 -100 0, 2024-01-01 0 0").unwrap().annualized.unwrap().to_string(), "-100");
    }

    #[test]
    fn by_the_year_counts_the_days_from_the_first_to_the_last_on_which_something_was_held() {
        let flows = ["2020-01-01 -100", "2021-12-31 121", "2023-05-01 1"].map(|flow| flows(flow)[0]);
        let valued = flows.map(|flow| ValuedFlow { flow, kept: Some(Money::ZERO) });
        let held = |last: &str| "2020-01-01".parse().unwrap()..=last.parse().unwrap();
        let annual = |last| time_weighted(&valued, held(last)).unwrap().annualized.map(|rate| rate.to_string());
        // 1.22 over 730 days: 1.22^(1 ÷ 2) = 1.104536…; the payment of 1 came when nothing was held.
        assert_eq!(annual("2021-12-31").as_deref(), Ok("10.45361"));
        assert_eq!(annual("2020-12-30"), Err(NoRate::UnderAYear));
    }

    #[test]
    fn of_a_holding_that_ends_and_begins_again_skips_the_time_between() {
        // 110 ÷ 100 × 60 ÷ 50 = 1.32
        assert_eq!(
            total("2024-01-01 -100 0, 2024-02-01 110 0, 2024-06-01 -50 0, 2024-07-01 60 0").as_deref(),
            Ok("32")
        );
    }

    #[test]
    fn counts_a_dividend_paid_when_nothing_is_held_any_more() {
        // (110 + 5) ÷ 100 × 60 ÷ 50 = 1.38
        let late = "2024-01-01 -100 0, 2024-02-01 110 0, 2024-03-01 5 0, 2024-06-01 -50 0, 2024-07-01 60 0";
        assert_eq!(total(late).as_deref(), Ok("38"));
    }

    #[test]
    fn is_lowered_by_fees_where_they_were_paid() {
        // Sold 99 of 100 shares at 100 for a fee of 50: (9,850 + 100) ÷ 10,000; nothing after it.
        assert_eq!(total("2024-01-01 -10000 0, 2024-02-01 9850 100, 2024-03-01 100 0").as_deref(), Ok("-0.5"));
        // Bought one share at 100 for a fee of 10 beside one: 200 ÷ 210.
        assert_eq!(total("2024-01-01 -100 0, 2024-02-01 -110 100, 2024-03-01 200 0").as_deref(), Ok("-4.761905"));
    }

    #[test]
    fn is_none_where_something_is_not_known() {
        let on: Day = "2024-02-01".parse().unwrap();
        assert_eq!(time_weighted(&[], on..=on), Err(NoRate::NothingInvested));
        assert_eq!(total("2024-01-01 -100 0, 2024-02-01 -10 ?, 2024-03-01 120 0"), Err(NoRate::UnknownValue { on }));
        assert_eq!(total("2024-01-01 0 0, 2024-02-01 120 0"), Err(NoRate::FromNothing { on }));
        assert_eq!(total("2024-01-01 -100 0, 2024-03-01 0 0").as_deref(), Ok("-100"));
    }

    proptest! {
        /// Shares bought and sold at the day's price leave the return what it is for one share.
        #[test]
        fn is_that_of_the_price_whatever_is_bought_and_sold(
            days in prop::collection::vec((1_i64..100_000, -50_i64..100), 2..30),
        ) {
            let (mut shares, mut steps) = (0_i64, Vec::new());
            let mut day: Day = "2001-01-01".parse().unwrap();
            let mut first = None;
            for (price, trade) in &days {
                let trade = (*trade).max(1 - shares);
                let kept = shares.min(shares + trade);
                let flow = CashFlow { on: day, amount: (-trade * price).to_string().parse().unwrap() };
                steps.push(ValuedFlow { flow, kept: (kept * price).to_string().parse().ok() });
                first.get_or_insert(*price);
                shares += trade;
                day = day.next().unwrap();
            }
            let (last, _) = days.last().unwrap();
            let flow = CashFlow { on: day, amount: (shares * last).to_string().parse().unwrap() };
            steps.push(ValuedFlow { flow, kept: Some(Money::ZERO) });
            let expected: Money = (last - first.unwrap()).to_string().parse().unwrap();
            let expected = expected.percentage_of(first.unwrap().to_string().parse().unwrap()).unwrap().unwrap();
            let held = steps[0].flow.on..=day;
            prop_assert_eq!(time_weighted(&steps, held).unwrap().total, expected);
        }
    }
}

#[test]
fn a_percentage_has_at_most_eighteen_digits_before_the_point() {
    let shown = |ratio: &str| percentage(ratio.parse().unwrap()).map(|percent| percent.to_string());
    for (ratio, percent) in [
        ("9999999999999999.99", Some("999999999999999999")),
        ("-9999999999999999.99", Some("-999999999999999999")),
        ("10000000000000000", None),
        ("-10000000000000000", None),
        ("0.000000005", Some("0")),
        ("0.000000015", Some("0.000002")),
    ] {
        assert_eq!(shown(ratio).as_deref(), percent, "{ratio}");
    }
}
