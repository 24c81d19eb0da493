//! Explains the arithmetic behind a figure, recomputed from the entries that determine it.

mod gain;
mod holding;
mod in_currency;
mod realizing;
mod trace;

pub use gain::{GainExplanation, RealizedBy, RealizedPart, explain_gain};
pub use holding::{HoldingExplanation, LotPurchase, PositionStep, StockExplanation, explain_holding};
pub use in_currency::{ExplainedIn, GainIn, explain_gain_in, explain_holding_in};
pub use realizing::RealizingRecord;
pub use trace::{LotExplanation, LotStep};
