//! What can happen to rates of exchange.

use serde::{Deserialize, Serialize};

use super::{Currency, Day, ExchangeRate};

/// The rate of a pair on a day was recorded or replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRateUpdatedEvent {
    /// The currency of which one unit is counted.
    pub base_currency: Currency,
    /// The currency in which it is counted.
    pub quote_currency: Currency,
    /// The day.
    pub rate_date: Day,
    /// The rate of that very day until now, if it had one.
    pub old_rate: Option<ExchangeRate>,
    /// The rate from now on.
    pub new_rate: ExchangeRate,
}

/// A recorded rate was taken back: from now on the day has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRateRemovedEvent {
    /// The currency of which one unit is counted.
    pub base_currency: Currency,
    /// The currency in which it is counted.
    pub quote_currency: Currency,
    /// The day.
    pub rate_date: Day,
    /// The rate until now.
    pub old_rate: ExchangeRate,
    /// The rate from now on: none, always.
    pub new_rate: Option<ExchangeRate>,
}
