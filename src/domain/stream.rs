//! The streams that events belong to, and positions in them.

use super::{PortfolioId, StockId};

/// An event's number in the book's history, from 1 without gaps.
pub type Sequence = u64;

/// How many events a stream holds.
pub type Version = u64;

/// The events of one aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stream {
    /// The book itself.
    Book,
    /// One stock and its prices.
    Stock(StockId),
    /// One portfolio.
    Portfolio(PortfolioId),
    /// The rates of exchange.
    Rates,
    /// One stock in one portfolio.
    Position(PortfolioId, StockId),
}
