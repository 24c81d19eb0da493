//! The key of a position.

use super::{Currency, Entry, EntryKind, PortfolioId, PortfolioName, StockId, Symbol};

/// A portfolio and a stock, with the names that events and messages use for them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PositionKey {
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// The portfolio's name.
    pub portfolio: PortfolioName,
    /// The stock.
    pub stock_id: StockId,
    /// The stock's symbol.
    pub symbol: Symbol,
    /// The stock's currency, in which all amounts of the position are given.
    pub currency: Currency,
}

impl PositionKey {
    /// Whether an entry can change the position: one of its stock, or of the other stock of a
    /// conversion, in its portfolio.
    #[must_use]
    pub fn is_changed_by(&self, entry: &Entry) -> bool {
        let is_of_stock = entry.stock == self.stock_id
            || matches!(&entry.kind, EntryKind::Conversion(conversion) if conversion.new_stock == self.stock_id);
        is_of_stock && entry.portfolio().is_none_or(|portfolio| portfolio == self.portfolio_id)
    }
}
