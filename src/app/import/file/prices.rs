//! Rows of prices.

use super::column::Column;
use super::row::{Row, money};
use crate::domain::{Day, Price, Symbol};
use crate::formats::CurrencyMark;
use crate::formats::Fault;

/// A price of a stock on a day.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PriceRow {
    /// The day.
    pub date: Day,
    /// The stock.
    pub symbol: Symbol,
    /// The price per share.
    pub price: Price,
    /// The currency, from its own column or from a mark such as `$` or `EUR` on the price.
    pub currency: Option<CurrencyMark>,
}

/// The positions of the columns of a prices file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PriceColumns {
    pub(super) date: usize,
    pub(super) symbol: Option<usize>,
    pub(super) price: usize,
    pub(super) currency: Option<usize>,
}

impl PriceColumns {
    pub(super) fn read(&self, row: &Row<'_>) -> Result<PriceRow, Fault> {
        let date = row.when(self.date, None)?.day;
        let symbol = row.symbol(self.symbol)?;
        let mut currency = row.currency(self.currency)?;
        let price = money(row.required(self.price, Column::Price)?, &mut currency, str::parse)?;
        Ok(PriceRow { date, symbol, price, currency })
    }
}
