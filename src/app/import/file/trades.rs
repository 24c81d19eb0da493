//! Rows of purchases and sales.

use super::column::Column;
use super::currency_mark::CurrencyMark;
use super::fault::Fault;
use super::number;
use super::row::Row;
use crate::domain::{
    Consideration, Day, ExternalId, Fee, Money, Note, PortfolioName, Price, Quantity, Side, Symbol, excerpt,
};

/// A purchase or sale as a row tells it; what the row leaves open is `None`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TradeRow {
    /// The day of the trade.
    pub date: Day,
    /// Purchase or sale.
    pub side: Side,
    /// The stock.
    pub symbol: Symbol,
    /// Shares that change hands.
    pub quantity: Quantity,
    /// Price or amount, before fees.
    pub consideration: Consideration,
    /// The broker's fee.
    pub fee: Option<Fee>,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The user's note.
    pub note: Option<Note>,
    /// What the file calls the trade.
    pub id: Option<ExternalId>,
    /// The currency, by its own column or by a mark such as `$` or `EUR` on a number.
    pub currency: Option<CurrencyMark>,
}

/// Where a trades file has its columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TradeColumns {
    pub(super) date: usize,
    pub(super) action: usize,
    pub(super) symbol: Option<usize>,
    pub(super) quantity: usize,
    pub(super) price: Option<usize>,
    pub(super) amount: Option<usize>,
    pub(super) fee: Option<usize>,
    pub(super) portfolio: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) id: Option<usize>,
    pub(super) currency: Option<usize>,
    pub(super) lot: Option<usize>,
}

impl TradeColumns {
    pub(super) fn read(&self, row: &Row<'_>) -> Result<TradeRow, Fault> {
        let date = row.day(self.date)?;
        let side = side(row.required(self.action, Column::Action)?)?;
        if row.optional(self.lot).is_some() {
            let fault = Fault::new("unsupported_column", "picking lots in a file is not supported");
            return Err(fault.with_hint("leave the lot empty; the portfolio's cost basis method matches the sale"));
        }
        let symbol = row.symbol(self.symbol)?;
        let quantity = number::quantity(row.required(self.quantity, Column::Quantity)?, side, row.commas())?;
        let mut currency = row.currency(self.currency)?;
        Ok(TradeRow {
            date,
            side,
            symbol,
            quantity,
            consideration: self.consideration(row, &mut currency)?,
            fee: row.optional(self.fee).map(|cell| row.money(cell, &mut currency, str::parse)).transpose()?,
            portfolio: row.words(self.portfolio).map(str::parse).transpose()?,
            note: row.words(self.note).map(str::parse).transpose()?,
            id: row.words(self.id).map(str::parse).transpose()?,
            currency,
        })
    }

    fn consideration(&self, row: &Row<'_>, currency: &mut Option<CurrencyMark>) -> Result<Consideration, Fault> {
        match (row.optional(self.price), row.optional(self.amount)) {
            (Some(price), None) => Ok(Consideration::Price(row.money(price, currency, str::parse::<Price>)?)),
            (None, Some(amount)) => Ok(Consideration::Amount(row.money(amount, currency, Money::entered)?)),
            (Some(_), Some(_)) => {
                let fault = Fault::new("price_and_amount", "both the price and the amount are given");
                Err(fault.with_hint("leave one of them empty"))
            }
            (None, None) => {
                let fault = Fault::new("missing_value", "neither the price nor the amount is given");
                Err(fault.with_hint("give the price per share, or the amount before fees"))
            }
        }
    }
}

fn side(action: &str) -> Result<Side, Fault> {
    if action.eq_ignore_ascii_case("buy") {
        Ok(Side::Buy)
    } else if action.eq_ignore_ascii_case("sell") {
        Ok(Side::Sell)
    } else {
        let message = format!("action `{}` is not supported; known are buy and sell", excerpt(action));
        Err(Fault::new("unsupported_action", message))
    }
}
