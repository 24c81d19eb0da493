use super::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_product_keeps_all_of_its_digits_or_is_refused() {
    assert_eq!(mul(d("1.0000000001"), d("1.0000000001")), Ok(d("1.00000000020000000001")));
    // 18 significant digits by 18: 36 digits, more than a decimal holds.
    assert_eq!(mul(d("123456789.123456789"), d("987654321.987654321")), Err(TooLarge));
    // 5^20 × 2^20 = 10^20, beyond 18 digits before the point.
    assert_eq!(mul(d("95367431640625"), d("1048576")), Err(TooLarge));
    // The product has 29 digits, but the last ones are zeros.
    assert_eq!(mul(d("0.0000000005"), d("0.0000000002")), Ok(d("0.0000000000000000001")));
    // 5^40 × 10^−28 × 2^40 = 10^12: a product of 41 digits, of which all but the first are zeros; then one more
    // than that, whose last digit is not.
    let fine = d("0.9094947017729282379150390625");
    assert_eq!(mul(fine, d("1099511627776")), Ok(d("1000000000000")));
    assert_eq!(mul(fine, d("1099511627777")), Err(TooLarge));
    // 10^40 + 1 is a product of these two: a last digit that is not 0 is never dropped for the zeros before it.
    assert_eq!(mul(d("0.0019721061166646717498359681"), d("507072105070721")), Err(TooLarge));
}

#[test]
fn a_sum_that_would_lose_its_last_digits_is_refused() {
    assert_eq!(add(d("0.1"), d("0.2")), Ok(d("0.3")));
    assert_eq!(add(d("999999999999999999"), d("1")), Err(TooLarge));
    assert_eq!(add(d("100000000000000000"), d("0.00000000000000000001")), Err(TooLarge));
}

#[test]
fn a_quotient_is_rounded_once_half_to_even() {
    let tenth = |a, b, c| mul_div(d(a), d(b), d(c), 1).unwrap().unwrap();
    assert_eq!(tenth("1", "1", "4"), d("0.2")); // 0.25
    assert_eq!(tenth("3", "1", "4"), d("0.8")); // 0.75
    assert_eq!(tenth("-3", "1", "4"), d("-0.8"));
    assert_eq!(tenth("3", "1", "-4"), d("-0.8"));
    assert_eq!(tenth("0.2500000000000001", "1", "1"), d("0.3"));
    assert_eq!(mul_div(d("10"), d("1"), d("3"), 10).unwrap(), Ok(d("3.3333333333")));
    assert_eq!(mul_div(d("1"), d("1"), d("0"), 10), None);
}

#[test]
fn a_quotient_goes_to_the_nearest_number_and_from_the_middle_to_the_even_one() {
    let no_split = (NonZeroU64::MIN, NonZeroU64::MIN);
    for above in -40_i64..=40 {
        for below in (-9_i64..=9).filter(|below| *below != 0) {
            let distance = |whole: &i64| (above - whole * below).abs();
            let nearest = (-41..=41).min_by_key(|whole| (distance(whole), whole % 2 != 0)).unwrap();
            let [dividend, one, divisor] = [above, 1, below].map(Decimal::from);
            assert_eq!(mul_div(dividend, one, divisor, 0), Some(Ok(nearest.into())), "{above} ÷ {below}");
            assert_eq!(mul_div_by(dividend, one, divisor, no_split, 0), Some(Ok(nearest.into())), "{above} ÷ {below}");
        }
    }
}

#[test]
fn a_quotient_of_the_largest_values_is_exact() {
    let big = d("999999999999999999.9999999999");
    assert_eq!(mul_div(big, big, big, 10).unwrap(), Ok(big));
}

#[test]
fn products_of_any_length_are_compared_to_the_last_digit() {
    let (big, more) = (d("999999999999999999.9999999998"), d("999999999999999999.9999999999"));
    assert_eq!(compare_products([big, big, more], [big, more, big]), Ordering::Equal);
    assert_eq!(compare_products([big, big, more], [big, more, more]), Ordering::Less);
    assert_eq!(compare_products([more, big], [big, big]), Ordering::Greater);
}

#[test]
fn a_market_value_that_is_too_fine_is_rounded_at_ten_places() {
    // 123456789.123456789 × 1.0000000001 = 123456789.1358024679123456789 (28 digits: exact)
    assert_eq!(mul_to_fit(d("123456789.123456789"), d("1.0000000001")), Ok(d("123456789.1358024679123456789")));
    // 9876543219.123456789 × 1.0000000001 = 9876543220.1111111109123456789, beyond 96 bits
    assert_eq!(mul_to_fit(d("9876543219.123456789"), d("1.0000000001")), Ok(d("9876543220.1111111109")));
    assert_eq!(mul_to_fit(d("999999999999999999"), d("10")), Err(TooLarge));
}

proptest::proptest! {
    #[test]
    fn the_short_way_and_the_long_way_come_to_the_same(
        a in -1_000_000_000_000_i64..1_000_000_000_000,
        b in -1_000_000_000_i64..1_000_000_000,
        c in 1_i64..1_000_000_000_000,
        scales in (0_u32..=10, 0_u32..=10, 0_u32..=10),
    ) {
        let (a, b, c) = (Decimal::new(a, scales.0), Decimal::new(b, scales.1), Decimal::new(c, scales.2));
        let short = mul_div(a, b, c, DERIVED_PLACES).unwrap();
        let (numerator, scale) = product(a, b).unwrap();
        let numerator = numerator.checked_mul(power_of_ten(c.scale()).unwrap()).unwrap();
        let long = rounded(numerator, I256::new(c.mantissa()), scale, DERIVED_PLACES);
        proptest::prop_assert_eq!(short, long);
    }

    #[test]
    fn a_short_sum_is_the_long_one(
        (a, b) in proptest::prelude::any::<(i64, i64)>(),
        shifts in (0_u32..64, 0_u32..64),
        scales in (0_u32..=20, 0_u32..=20),
    ) {
        let (a, b) = (Decimal::new(a >> shifts.0, scales.0), Decimal::new(b >> shifts.1, scales.1));
        let scale = scales.0.max(scales.1);
        let long = |combined: Option<I256>| exact(combined.unwrap(), scale);
        let (left, right) = (scaled(a, scale).unwrap(), scaled(b, scale).unwrap());
        proptest::prop_assert_eq!(add(a, b), long(left.checked_add(right)));
        proptest::prop_assert_eq!(sub(a, b), long(left.checked_sub(right)));
    }
}
