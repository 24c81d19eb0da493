//! What the entries of positions come to, in the figures that reports show.

mod gain;
mod holding_period;
mod price_history;
pub mod returns;
mod valuation;

pub use gain::GainTotals;
pub use holding_period::{HoldingPeriod, Term};
pub use price_history::{EntryOrder, PriceChange, PriceHistory, TradePrice};
pub use valuation::{Quote, Valuation, weights};
