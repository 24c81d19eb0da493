//! Rates of return: what the invested money earned, and what the holding itself earned.
//!
//! Both are computed from the same cash flows, from the investor's point of view: what is paid in is
//! negative, what is paid out positive. Holdings at the beginning of the period count as paid in on its
//! first day, and holdings at its end as paid out on its last.
//!
//! ```
//! use stockbook::domain::returns::{CashFlow, money_weighted};
//!
//! let flow = |on: &str, amount: &str| {
//!     Ok::<_, Box<dyn std::error::Error>>(CashFlow { on: on.parse()?, amount: amount.parse()? })
//! };
//! // 365 days from one to the other.
//! let rate = money_weighted(&[flow("2024-01-01", "-500")?, flow("2024-12-31", "900")?])?;
//! assert_eq!(rate.to_string(), "80");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod money_weighted;
mod present_value;
mod time_weighted;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{Day, Money, Percentage};

pub use money_weighted::money_weighted;
pub use time_weighted::{TimeWeightedReturn, ValuedFlow, time_weighted};

/// The number of days in a year for annual rates, as in spreadsheets; leap years are ignored.
const DAYS_OF_A_YEAR: i32 = 365;

/// Money that moved between the investor and the holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashFlow {
    /// The day on which it moved.
    pub on: Day,
    /// Paid in if negative, paid out if positive.
    pub amount: Money,
}

/// Why there is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRate {
    /// No money moved.
    #[error("nothing was invested in this period")]
    NothingInvested,
    /// Money was paid out and none was paid in.
    #[error("money came back, but none was paid in")]
    NothingPaidIn,
    /// All money moved on one day.
    #[error("all the money moved on one day, {on}")]
    OneDay {
        /// The day.
        on: Day,
    },
    /// The present value of the cash flows is 0 at no rate.
    #[error("no annual rate fits the cash flows")]
    NoneFits,
    /// The present value of the cash flows is 0 at several rates.
    #[error("more than one annual rate fits the cash flows: {}", listed(.rates))]
    SeveralFit {
        /// The rates, lowest first.
        rates: Vec<Percentage>,
    },
    /// The present value comes so close to 0 without crossing it that there may be no such rate, one or two.
    #[error("the cash flows do not determine one annual rate")]
    Unsettled,
    /// The rate has more than 18 digits before the point.
    #[error("the rate has more digits than a book can hold")]
    TooLarge,
    /// The value of the holding is unknown at a time when money moved.
    #[error("the value on {on} is not known: record a price of that day or before")]
    UnknownValue {
        /// The day.
        on: Day,
    },
    /// What has a value, or paid something, grew from nothing: free shares, or a dividend after the last share was sold.
    #[error("nothing was there to grow before {on}")]
    FromNothing {
        /// The day on which it had a value.
        on: Day,
    },
    /// The period is too short to be annualized.
    #[error("a return over less than a year is not annualized")]
    UnderAYear,
}

fn listed(rates: &[Percentage]) -> String {
    let texts: Vec<_> = rates.iter().map(|rate| format!("{rate} %")).collect();
    texts.split_last().map_or_else(String::new, |(last, rest)| format!("{} and {last}", rest.join(", ")))
}

/// A ratio, such as 0.5 for a half, as a percentage; `None` with more than 18 digits before the point.
fn percentage(ratio: Decimal) -> Option<Percentage> {
    let percent = ratio.checked_mul(Decimal::ONE_HUNDRED)?;
    let limit = Decimal::try_from_i128_with_scale(1_000_000_000_000_000_000, 0).ok()?;
    let rounded = percent.round_dp_with_strategy(6, RoundingStrategy::MidpointNearestEven);
    (rounded.abs() < limit).then(|| rounded.to_string().parse().ok())?
}

/// Days from one day to another.
fn days_between(first: Day, last: Day) -> i32 {
    i32::try_from(last.days_since(first)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
