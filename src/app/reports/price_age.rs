//! Whether a price is recent enough to value a stock.

use crate::domain::Day;
use crate::store::SummaryRow;

/// The number of days after which a price is old.
const OLD_AFTER: i64 = 14;

/// The state of a position's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceAge {
    /// Recent enough, or nothing is held.
    Fresh,
    /// There is no price.
    Missing,
    /// It is more than a fortnight older than the day of the report.
    Old {
        /// Its day.
        date: Day,
    },
    /// The shares were traded after it, possibly at another price.
    BeforeLastTrade {
        /// Its day.
        date: Day,
        /// The day of the last entry.
        traded: Day,
    },
}

impl PriceAge {
    /// The state of a position's price on a day.
    #[must_use]
    pub fn of(row: &SummaryRow, on: Day) -> Self {
        match row.valuation.price_date {
            _ if row.quantity.is_zero() => Self::Fresh,
            None => Self::Missing,
            Some(date) => Self::of_price(date, row.last_entry_date, on),
        }
    }

    /// The state of a price, given the day of the last entry.
    #[must_use]
    pub fn of_price(date: Day, last_entry: Option<Day>, on: Day) -> Self {
        match last_entry {
            _ if on.days_since(date) > OLD_AFTER => Self::Old { date },
            Some(traded) if traded > date => Self::BeforeLastTrade { date, traded },
            Some(_) | None => Self::Fresh,
        }
    }
}
