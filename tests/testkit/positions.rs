//! A position and its trades, for tests, benchmarks and the fuzzer.

use stockbook::domain::{
    Consideration, Currency, Day, Fee, PortfolioId, PortfolioName, PositionKey, Quantity, Side, StockId, Trade,
    TransactionId,
};
use uuid::Uuid;

/// ACME, in dollars, in the portfolio `main`.
pub(crate) fn acme() -> PositionKey {
    PositionKey {
        portfolio_id: PortfolioId::new(Uuid::from_u128(1)),
        portfolio: PortfolioName::main(),
        stock_id: StockId::new(Uuid::from_u128(2)),
        symbol: "ACME".parse().unwrap(),
        currency: Currency::USD,
    }
}

/// A trade without a fee, a time or anything else that may be left out.
pub(crate) fn trade(id: u128, side: Side, date: Day, quantity: Quantity, consideration: Consideration) -> Trade {
    Trade {
        id: TransactionId::new(Uuid::from_u128(id)),
        side,
        date,
        time: None,
        quantity,
        consideration,
        fee: Fee::ZERO,
        note: None,
        picked: Vec::new(),
        identity: None,
        replaces: None,
        as_of: None,
        settled: None,
        charged: None,
    }
}
