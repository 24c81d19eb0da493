//! Holdings in one currency.

use crate::app::{HoldingIn, HoldingsBy};
use crate::cli::output::{Cell, Column, Row, Rows, Table, figure};
use crate::domain::{Currency, Figure, Money};

/// Which column is that of portfolios, which stocks in whichever have not.
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

/// The totals of all rows; one with an unknown part is unknown.
fn total(held: &[HoldingIn]) -> Option<Vec<Cell>> {
    let currency = held.first()?.row.currency;
    // A closed position has a value of 0, whether it has a price or not.
    let sum = |figure: fn(&HoldingIn) -> Option<Money>| {
        let mut open = held.iter().filter(|it| !it.row.quantity.is_zero());
        open.try_fold(Money::ZERO, |sum, it| sum.plus(figure(it)?).ok())
    };
    let mut cells = vec![
        Cell::plain(format!("total {currency}")),
        Cell::empty(),
        Cell::empty(),
        money(sum(|it| Some(it.row.cost_basis)), currency),
        Cell::empty(),
        money(sum(|it| it.row.valuation.market_value), currency),
    ];
    let gain = sum(|it| it.row.valuation.unrealized_gain);
    cells.extend(gains([gain, sum(|it| it.price_gain), sum(|it| Some(it.currency_gain))], currency));
    cells.extend([Cell::empty(), Cell::empty()]);
    Some(cells)
}

fn money(amount: Option<Money>, currency: Currency) -> Cell {
    amount.map_or_else(Cell::empty, |amount| Cell::plain(figure::money(amount, currency)))
}

fn gains(amounts: [Option<Money>; 3], currency: Currency) -> [Cell; 3] {
    let cell = |gain: Money| Cell::new(figure::signed_money(gain, currency), figure::tone(gain));
    amounts.map(|amount| amount.map_or_else(Cell::empty, cell))
}
