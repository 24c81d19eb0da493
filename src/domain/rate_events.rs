//! Events of exchange rates.

use serde::{Deserialize, Serialize};

use super::{Currency, Day, ExchangeRate};

/// The rate of a pair on a day was recorded or replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRateUpdatedEvent {
    /// The currency that is priced.
    pub base_currency: Currency,
    /// The currency of the price.
    pub quote_currency: Currency,
    /// The day.
    pub rate_date: Day,
    /// The former rate of that day, if it had one.
    pub old_rate: Option<ExchangeRate>,
    /// The new rate.
    pub new_rate: ExchangeRate,
}

/// A recorded rate was removed: the day has none from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRateRemovedEvent {
    /// The currency that is priced.
    pub base_currency: Currency,
    /// The currency of the price.
    pub quote_currency: Currency,
    /// The day.
    pub rate_date: Day,
    /// The former rate.
    pub old_rate: ExchangeRate,
    /// Always `None`.
    pub new_rate: Option<ExchangeRate>,
}
