//! Whether a price can be taken for what a stock is worth.

use crate::domain::Day;
use crate::store::SummaryRow;

/// Days after which a price is old.
const OLD_AFTER: i64 = 14;

/// What is to be said of the price of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceAge {
    /// It can be taken for what the stock is worth, or nothing is held.
    Fresh,
    /// There is none.
    Missing,
    /// It is from more than a fortnight before the day of the report.
    Old {
        /// Its day.
        date: Day,
    },
    /// The shares were traded since, at another price for all that is known.
    BeforeLastTrade {
        /// Its day.
        date: Day,
        /// The day of the last entry.
        traded: Day,
    },
}

impl PriceAge {
    /// That of a position's price, on a day.
    #[must_use]
    pub fn of(row: &SummaryRow, on: Day) -> Self {
        match row.valuation.price_date {
            _ if row.quantity.is_zero() => Self::Fresh,
            None => Self::Missing,
            Some(date) => Self::of_price(date, row.last_entry_date, on),
        }
    }

    /// That of a price of what is held, by the day of the last entry.
    #[must_use]
    pub fn of_price(date: Day, last_entry: Option<Day>, on: Day) -> Self {
        match last_entry {
            _ if on.days_since(date) > OLD_AFTER => Self::Old { date },
            Some(traded) if traded > date => Self::BeforeLastTrade { date, traded },
            Some(_) | None => Self::Fresh,
        }
    }
}
