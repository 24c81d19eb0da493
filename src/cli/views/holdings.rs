//! Holdings.

use std::collections::BTreeMap;

use crate::cli::output::{Cell, Column, Row, Rows, Table, Tone, figure};
use crate::domain::{Currency, Money, Percentage};
use crate::store::SummaryRow;

/// The holdings as a table, with a total per currency.
pub(in crate::cli) fn holdings_table(rows: &[SummaryRow]) -> Table {
    let has_portfolios = rows.iter().any(|row| Some(&row.portfolio) != rows.first().map(|first| &first.portfolio));
    let mut columns = vec![
        Column::key("symbol", 100),
        Column::text("company", 40),
        Column::number("quantity", 90),
        Column::number("avg cost", 35),
        Column::number("cost basis", 70),
        Column::number("price", 60),
        Column::number("value", 95),
        Column::number("gain", 80),
        Column::number("gain %", 75),
        Column::number("realized", 50),
    ];
    if has_portfolios {
        columns.insert(1, Column::telling("portfolio", 85));
    }
    let has_currencies = rows.iter().any(|row| Some(row.currency) != rows.first().map(|first| first.currency));
    if has_currencies {
        columns.push(Column::telling("currency", 85));
    }
    let mut lines = Rows::default();
    for row in rows {
        let mut cells = data_cells(row);
        if has_portfolios {
            cells.insert(1, Cell::plain(row.portfolio.as_str()));
        }
        if has_currencies {
            cells.push(Cell::plain(row.currency.code()));
        }
        lines.push(&Row::Data(cells));
    }
    for (currency, total) in totals(rows) {
        let mut cells = total.cells(currency);
        if has_portfolios {
            cells.insert(1, Cell::empty());
        }
        lines.push(&Row::Total(cells));
    }
    Table { columns, rows: lines }
}

fn data_cells(row: &SummaryRow) -> Vec<Cell> {
    let money = |amount: Money| Cell::plain(figure::money(amount, row.currency));
    let valuation = &row.valuation;
    let average = valuation.average_cost.map(|cost| figure::money(cost, row.currency));
    vec![
        Cell::plain(row.symbol.as_str()),
        Cell::plain(row.company_name.as_str()),
        Cell::plain(figure::shares(&row.quantity)),
        Cell::plain(average.unwrap_or_default()),
        money(row.cost_basis),
        valuation.price.map_or_else(Cell::empty, |price| Cell::plain(figure::price(price, row.currency))),
        valuation.market_value.map_or_else(Cell::empty, money),
        gain(valuation.unrealized_gain, row.currency),
        percentage(valuation.unrealized_gain_percentage, valuation.unrealized_gain),
        gain(Some(row.realized_gain), row.currency),
    ]
}

fn gain(amount: Option<Money>, currency: Currency) -> Cell {
    amount.map_or_else(Cell::empty, |gain| Cell::new(figure::signed_money(gain, currency), figure::tone(gain)))
}

fn percentage(percentage: Option<Percentage>, gain: Option<Money>) -> Cell {
    let tone = gain.map_or(Tone::Plain, figure::tone);
    percentage.map_or_else(Cell::empty, |it| Cell::new(figure::percentage(it), tone))
}

/// What the rows of one currency come to. A sum with an unknown part is unknown.
#[derive(Default)]
struct Total {
    cost_basis: Option<Money>,
    market_value: Option<Money>,
    unrealized_gain: Option<Money>,
    realized_gain: Option<Money>,
}

impl Total {
    fn cells(&self, currency: Currency) -> Vec<Cell> {
        let money = |amount: Option<Money>| {
            amount.map_or_else(Cell::empty, |amount| Cell::plain(figure::money(amount, currency)))
        };
        let share = self.unrealized_gain.zip(self.cost_basis);
        let share = share.and_then(|(gain, cost)| gain.percentage_of(cost)).and_then(Result::ok);
        vec![
            Cell::plain(format!("total {currency}")),
            Cell::empty(),
            Cell::empty(),
            Cell::empty(),
            money(self.cost_basis),
            Cell::empty(),
            money(self.market_value),
            gain(self.unrealized_gain, currency),
            percentage(share, self.unrealized_gain),
            gain(self.realized_gain, currency),
        ]
    }
}

fn totals(rows: &[SummaryRow]) -> BTreeMap<Currency, Total> {
    let mut totals: BTreeMap<Currency, Total> = BTreeMap::new();
    let zero = Some(Money::ZERO);
    let none = || Total { cost_basis: zero, market_value: zero, unrealized_gain: zero, realized_gain: zero };
    let plus = |sum: Option<Money>, amount: Option<Money>| sum.zip(amount).and_then(|(a, b)| a.plus(b).ok());
    for row in rows {
        let total = totals.entry(row.currency).or_insert_with(none);
        total.cost_basis = plus(total.cost_basis, Some(row.cost_basis));
        total.realized_gain = plus(total.realized_gain, Some(row.realized_gain));
        // A closed position is worth nothing, whether it has a price or not.
        if !row.quantity.is_zero() {
            total.market_value = plus(total.market_value, row.valuation.market_value);
            total.unrealized_gain = plus(total.unrealized_gain, row.valuation.unrealized_gain);
        }
    }
    totals
}
