//! The figures that reports show, computed from the entries of positions.

mod conversion;
mod gain;
mod holding_period;
mod price_history;
mod rematched_sale;
pub mod returns;
mod valuation;

pub use conversion::{FineAmount, FoundRate, RateWay, find_rate};
pub use gain::GainTotals;
pub use holding_period::{HoldingPeriod, Term};
pub use price_history::{EntryOrder, PriceChange, PriceHistory, TradePrice};
pub use rematched_sale::RematchedSale;
pub use valuation::{Quote, Valuation, weights};
