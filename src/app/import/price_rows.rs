//! Recording rows that are prices.

use std::rc::Rc;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::file::{PriceRow, TradeRow};
use super::refusal::{Refusal, RowRefusal};
use super::{ImportReceipt, ImportRequest};
use crate::domain::{Consideration, Day, Price, PriceInForce, Stock, Symbol};
use crate::store::UnitOfWork;

/// The prices recorded by rows so far.
#[derive(Default)]
pub(super) struct PriceRows {
    day: Option<Day>,
    /// The prices of the current day. Days come in order: older ones can be forgotten.
    seen: HashMap<Symbol, SeenPrice>,
    /// The first and last day for which each stock has a new price.
    periods: HashMap<Symbol, [Day; 2]>,
}

/// A price and the row that states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SeenPrice {
    price: Price,
    /// The index of the file.
    file: u64,
    line: u64,
}

impl PriceRows {
    /// Records the price of a row unless the book has it.
    pub(super) fn record(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        request: &ImportRequest<'_>,
        stock: &mut Stock,
        (row, file, line): (&PriceRow, u64, u64),
        receipt: &mut ImportReceipt,
    ) -> Result<(), Refusal> {
        let PriceRow { date, price, .. } = *row;
        if let Some(earlier) = self.earlier(row, file, line) {
            if earlier.price != price {
                return Err(conflicting(request, row, earlier));
            }
            receipt.skip_duplicate();
            return Ok(());
        }
        receipt.priced.insert(row.symbol.clone());
        let basis_date = request.price_basis.of(date);
        let new = PriceInForce { date, basis_date, price };
        let in_force = unit.reader().prices().in_force(stock, date, basis_date)?;
        if in_force == Some(new) {
            receipt.skip_duplicate();
            return Ok(());
        }
        let replaced = u64::from(in_force.is_some_and(|old| old.date == date));
        stock.update_price(new, in_force);
        unit.save(stock)?;
        receipt.prices = receipt.prices.saturating_add(1);
        receipt.prices_replaced = receipt.prices_replaced.saturating_add(replaced);
        let [first, last] = self.periods.entry(row.symbol.clone()).or_insert([date; 2]);
        (*first, *last) = (date.min(*first), date.max(*last));
        Ok(())
    }

    /// The first and last day for which the stock has a new price.
    pub(super) fn period(&self, symbol: &Symbol) -> Option<[Day; 2]> {
        self.periods.get(symbol).copied()
    }

    /// The price that an earlier row states for this stock and day; if there is none, remembers this row.
    fn earlier(&mut self, row: &PriceRow, file: u64, line: u64) -> Option<SeenPrice> {
        if self.day != Some(row.date) {
            self.day = Some(row.date);
            self.seen.clear();
        }
        match self.seen.entry(row.symbol.clone()) {
            Entry::Occupied(earlier) => Some(*earlier.get()),
            Entry::Vacant(none) => {
                none.insert(SeenPrice { price: row.price, file, line });
                None
            }
        }
    }
}

/// Records the price of a trade for its day, unless the book has a price of that day or it is not a valid price.
pub(super) fn record_trade_price(
    unit: &mut UnitOfWork<'_>,
    stock: &mut Rc<Stock>,
    row: &TradeRow,
    receipt: &mut ImportReceipt,
) -> Result<bool, Refusal> {
    let price = match row.consideration {
        Consideration::Price(price) => Some(price),
        Consideration::Amount(amount) => {
            let per_share = amount.per_share(&row.quantity.into()).and_then(Result::ok);
            per_share.and_then(|price| price.to_string().parse().ok())
        }
    };
    let Some(price) = price else { return Ok(false) };
    let in_force = unit.reader().prices().in_force(stock, row.date, row.date)?;
    if in_force.is_some_and(|known| known.date == row.date) {
        return Ok(false);
    }
    let changed = Rc::make_mut(stock);
    changed.update_price(PriceInForce { date: row.date, basis_date: row.date, price }, in_force);
    unit.save(changed)?;
    receipt.prices = receipt.prices.saturating_add(1);
    receipt.priced.insert(row.symbol.clone());
    Ok(true)
}

fn conflicting(request: &ImportRequest<'_>, row: &PriceRow, earlier: SeenPrice) -> Refusal {
    let PriceRow { date, symbol, price, .. } = row;
    let SeenPrice { price: other, file, line } = earlier;
    let file = request.file_name(file);
    Refusal::Row(RowRefusal {
        code: "conflicting_price",
        message: format!("the price of {symbol} on {date} is {price} here and {other} at {file}:{line}"),
        hint: Some("keep one of the two".to_owned()),
        is_by_itself: true,
    })
}
