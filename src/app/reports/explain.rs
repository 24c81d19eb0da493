//! The arithmetic behind a figure, made anew from the entries that it follows from.

mod gain;
mod holding;

pub use gain::{LotExplanation, LotStep, SaleExplanation, explain_gain};
pub use holding::{HoldingExplanation, PositionStep, StockExplanation, explain_holding};
