#![expect(clippy::arithmetic_side_effects, reason = "the numbers made up here are small")]

use proptest::prelude::*;

use super::*;

fn shares(text: &str) -> Shares {
    text.parse().unwrap()
}

fn ratio_of(new: u64, old: u64) -> SplitRatio {
    if new == old { SplitRatio::NONE } else { ratio(&format!("{new}:{old}")) }
}

fn ratio(text: &str) -> SplitRatio {
    text.parse::<crate::domain::SplitTerms>().unwrap().ratio()
}

#[test]
fn one_for_three_and_back_is_what_it_was() {
    let third = shares("10").split(&ratio("1:3")).unwrap();
    assert_eq!((third.exact().as_str(), third.to_string().as_str()), ("10/3", "3.3333333333"));
    assert_eq!(third.split(&ratio("3:1")).unwrap(), shares("10"));
    assert_eq!(third.plus(&third).and_then(|it| it.plus(&third)), Ok(shares("10")));
}

#[test]
fn what_a_decimal_can_say_needs_no_fraction() {
    assert_eq!(shares("10").split(&ratio("1:4")).unwrap().exact(), "2.5");
    assert_eq!(shares("10").split(&ratio("2.5:1")).unwrap().exact(), "25");
    assert_eq!(shares("7").split(&ratio("3:2")).unwrap().exact(), "10.5");
    assert_eq!(shares("20/30").exact(), "2/3");
}

#[test]
fn fractions_are_compared_by_what_they_are_and_not_by_what_they_show() {
    assert!(shares("10/3") > shares("3.3333333333"));
    assert!(shares("20/3") < shares("6.6666666667"));
    assert_eq!(shares("20/3").to_string(), "6.6666666667");
    assert!(shares("1/3") < shares("1/2"));
}

#[test]
fn a_number_that_no_book_holds_is_refused() {
    assert_eq!(shares("999999999999999999").split(&ratio("2:1")), Err(TooLarge));
    let mut tiny = shares("1");
    for _ in 0..60 {
        tiny = tiny.split(&ratio("1:3")).unwrap();
    }
    assert!(tiny.shown().is_zero() && !tiny.is_zero());
    for _ in 0..60 {
        tiny = tiny.split(&ratio("3:1")).unwrap();
    }
    assert_eq!(tiny, shares("1"));
}

#[test]
fn a_stock_dividend_of_three_percent_is_exact_for_thirty_years() {
    let mut held = shares("100");
    for _ in 0..30 {
        held = held.split(&ratio("103:100")).unwrap();
    }
    // bc: 100 * 1.03^30 = 242.726247118966632…
    assert_eq!(held.to_string(), "242.726247119");
    assert_eq!(held.exact().parse(), Ok(held.clone()));
    assert_eq!(held.minus(&held.rounded()).unwrap().plus(&held.rounded()), Ok(held));
}

#[test]
fn what_gets_longer_than_any_real_number_of_shares_is_rounded() {
    let mut held = shares("100");
    for n in 0..300 {
        held = held.split(&ratio(if n % 2 == 0 { "1.0123456789:1" } else { "1:1.0123456788" })).unwrap();
    }
    assert!(held.exact().len() < 2_600); // two terms of 4,096 bits

    // (1.0123456789 ÷ 1.0123456788)^150 = 1.00000001481707…
    assert_eq!(held.to_string().get(..12), Some("100.00000148"));
}

#[test]
fn what_is_no_number_of_shares_is_not_read() {
    let endless = "9".repeat(100_000);
    for bad in ["", "1/", "/2", "1/0", "1/-2", "1.5/1.5", "1e3", "a", "+5", "1_000", "1_000/7", "1/1_0", &endless] {
        assert!(bad.parse::<Shares>().is_err(), "{bad}");
    }
}

#[test]
fn ten_places_are_shown_and_a_number_with_more_is_not_plain() {
    for (text, decimal, shown, is_plain) in [
        ("10", Some("10"), "10", true),
        ("0.1234567891", Some("0.1234567891"), "0.1234567891", true),
        ("0.12345678915", Some("0.12345678915"), "0.1234567892", false),
        ("0.00000000005", Some("0.00000000005"), "0", false),
        ("10/3", None, "3.3333333333", false),
    ] {
        let shares = shares(text);
        assert_eq!(shares.as_decimal(), decimal.map(|decimal| decimal.parse().unwrap()), "{text}");
        assert_eq!((shares.to_string().as_str(), shares.is_plain()), (shown, is_plain), "{text}");
    }
}

proptest! {
    /// Of `amount`, the part that a ÷ b shares are of c ÷ d: amount × a × d ÷ (b × c).
    #[test]
    fn a_part_and_an_order_are_those_of_the_fractions(
        (a, b, c, d) in (1_i128..200, 1_i128..60, 1_i128..200, 1_i128..60),
        amount in -1_000_000_i64..1_000_000,
    ) {
        let [part, whole] = [(a, b), (c, d)].map(|(above, below)| shares(&format!("{above}/{below}")));
        prop_assert_eq!(part.cmp(&whole), (a * d).cmp(&(c * b)));
        let of_amount = part.part_of(&whole, amount.into()).unwrap().unwrap();
        let units = of_amount.mantissa() * 10_i128.pow(DERIVED_PLACES - of_amount.scale());
        let off = units * b * c - i128::from(amount) * a * d * 10_i128.pow(DERIVED_PLACES);
        prop_assert!(2 * off.abs() <= b * c, "{} of {}: {}", part, whole, of_amount);
    }

    #[test]
    fn splits_and_their_contraries_leave_no_trace(
        amount in 1_i64..1_000_000_000_000, scale in 0_u32..=6,
        splits in prop::collection::vec((1_u64..=9, 1_u64..=9), 1..6),
    ) {
        let start = Shares::of_decimal(Decimal::new(amount, scale).normalize());
        let mut now = start.clone();
        for (new, old) in &splits {
            now = now.split(&ratio_of(*new, *old)).unwrap();
            prop_assert_eq!(now.exact().parse::<Shares>().unwrap(), now.clone());
        }
        for (new, old) in &splits {
            now = now.split(&ratio_of(*old, *new)).unwrap();
        }
        prop_assert_eq!(now, start);
    }
}
