//! Holdings in one currency.

use super::holdings_totals::totals;
use crate::app::{HoldingIn, HoldingsBy, SummaryRow};
use crate::cli::output::{Cell, Column, Row, Rows, Table, figure};
use crate::domain::{Currency, Figure, Money};

/// The index of the portfolio column, which a table by symbol does not have.
const PORTFOLIO: usize = 1;

/// The holdings as a table, with a total.
pub(in crate::cli) fn holdings_in_table(held: &[HoldingIn], by: HoldingsBy) -> Table {
    let mut columns = vec![
        Column::distinguishing("symbol", 100),
        Column::distinguishing("portfolio", 60),
        Column::number("quantity", 90),
        Column::number("cost basis", 70),
        Column::number("price", 50),
        Column::number("value", 95),
        Column::number("gain", 85),
        Column::number("price gain", 82),
        Column::number("currency gain", 81),
        Column::key("currency", 75),
        Column::key("traded in", 65),
    ];
    let line = |mut cells: Vec<Cell>| match by {
        HoldingsBy::Position => cells,
        HoldingsBy::Symbol => {
            cells.remove(PORTFOLIO);
            cells
        }
    };
    if by == HoldingsBy::Symbol {
        columns.remove(PORTFOLIO);
    }
    let mut rows = Rows::default();
    for holding in held {
        let (row, currency) = (&holding.row, holding.row.currency);
        let price = row.valuation.price.map(|price| figure::money(Figure::from(price).into(), currency));
        let mut cells = vec![
            Cell::plain(row.symbol.as_str()),
            Cell::plain(row.portfolio.as_str()),
            Cell::plain(figure::shares(&row.quantity)),
            money(Some(row.cost_basis), currency),
            price.map_or_else(Cell::empty, Cell::plain),
            money(row.valuation.market_value, currency),
        ];
        cells.extend(gains([row.valuation.unrealized_gain, holding.price_gain, Some(holding.currency_gain)], currency));
        cells.extend([Cell::plain(currency.code()), Cell::plain(holding.original_currency.code())]);
        rows.push(&Row::Data(line(cells)));
    }
    if let Some(total) = total(held) {
        rows.push(&Row::Total(line(total)));
    }
    Table { columns, rows }
}

/// The totals of all rows: value and gain are those of holdings with a price.
fn total(held: &[HoldingIn]) -> Option<Vec<Cell>> {
    let currency = held.first()?.row.currency;
    let rows: Vec<SummaryRow> = held.iter().map(|it| it.row.clone()).collect();
    let total = totals(&rows).remove(&currency)?;
    let mut cells = vec![
        Cell::plain(format!("total {currency}")),
        Cell::empty(),
        Cell::empty(),
        money(total.cost_basis.known(), currency),
        Cell::empty(),
        money(total.market_value.known(), currency),
    ];
    let [price_gain, currency_gain] = parts_of_gain(held);
    cells.extend(gains([total.unrealized_gain.known(), price_gain, currency_gain], currency));
    cells.extend([Cell::empty(), Cell::empty()]);
    Some(cells)
}

/// The parts of the gain of holdings with a price that are due to the price and to the currency. `None`
/// without such holdings, or with more digits than a book can hold.
pub(in crate::cli) fn parts_of_gain(held: &[HoldingIn]) -> [Option<Money>; 2] {
    let mut parts = held.iter().filter_map(|it| Some([it.price_gain?, it.currency_gain]));
    let plus = |[price, currency]: [Money; 2], [of_price, of_currency]: [Money; 2]| {
        Some([price.plus(of_price).ok()?, currency.plus(of_currency).ok()?])
    };
    parts.next().and_then(|first| parts.try_fold(first, plus)).map_or([None; 2], |parts| parts.map(Some))
}

fn money(amount: Option<Money>, currency: Currency) -> Cell {
    amount.map_or_else(Cell::empty, |amount| Cell::plain(figure::money(amount, currency)))
}

fn gains(amounts: [Option<Money>; 3], currency: Currency) -> [Cell; 3] {
    let cell = |gain: Money| Cell::new(figure::signed_money(gain, currency), figure::tone(gain));
    amounts.map(|amount| amount.map_or_else(Cell::empty, cell))
}
