//! Fees that are charged in a currency other than the stock's.

use super::{FineAmount, Money, Side, TooLarge};

/// A fee that was charged in the settlement currency, converted to the stock's currency. The rate is `gross`,
/// the amount before fees, to the settlement amount without the fee. The result is rounded half to even at
/// ten places; `None` if there is no such rate because one of the two is zero.
///
/// # Errors
/// If a figure has more digits than a book can hold.
pub fn fee_by_settlement(
    side: Side,
    gross: Money,
    (charged, settled): (Money, Money),
) -> Result<Option<Money>, TooLarge> {
    let before_fees = match side {
        Side::Buy => settled.minus(charged)?,
        Side::Sell => settled.plus(charged)?,
    };
    let has_rate = !gross.is_zero() && !before_fees.is_zero() && !before_fees.is_negative();
    has_rate.then(|| FineAmount::of(charged).share(gross, before_fees).rounded()).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fee(side: Side, gross: &str, charged: &str, settled: &str) -> Option<String> {
        let [gross, charged, settled] = [gross, charged, settled].map(|text| text.parse().unwrap());
        fee_by_settlement(side, gross, (charged, settled)).unwrap().map(|fee| fee.to_string())
    }

    #[test]
    fn the_rate_is_that_of_the_amount_before_fees() {
        // 1000 USD for 802 − 2 EUR, and for 798 + 2: 1.25 USD for 1 EUR.
        assert_eq!(fee(Side::Buy, "1000", "2", "802").as_deref(), Some("2.5"));
        assert_eq!(fee(Side::Sell, "1000", "2", "798").as_deref(), Some("2.5"));
        // 2 × 1000 ÷ 900.5, to ten places.
        assert_eq!(fee(Side::Buy, "1000", "2", "902.5").as_deref(), Some("2.2209883398"));
    }

    #[test]
    fn what_makes_no_rate_gives_no_fee() {
        for (side, gross, settled) in
            [(Side::Buy, "0", "2"), (Side::Buy, "1000", "2"), (Side::Buy, "1000", "1"), (Side::Sell, "0", "5")]
        {
            assert_eq!(fee(side, gross, "2", settled), None, "{gross} {settled}");
        }
    }
}
