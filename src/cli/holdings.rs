//! `holdings`.

use std::collections::BTreeMap;

use super::args::{Format, HoldingsArgs};
use super::context::{Context, json_array, say_too_long};
use super::dates::{past_day, past_moment};
use super::render::{Cell, Column, Csv, Record, Row, Rows, Table, Tone, Value, figure};
use crate::app::{self, HoldingsFilter};
use crate::domain::{Currency, Day, Money, Percentage};
use crate::store::SummaryRow;

pub(super) fn holdings(args: &HoldingsArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let filter = HoldingsFilter {
        portfolio: context.portfolio.clone(),
        with_closed: args.all,
        as_of: past_day(args.as_of, context.today)?,
        known_on: past_moment(args.known_on, context.today, context.now())?,
    };
    let rows = context.read(|book| app::holdings(book, &filter))?;
    for row in rows.iter().filter(|row| row.market_value.is_none()) {
        let figure = if row.price.is_none() { "price" } else { "value" };
        row.price_date.iter().for_each(|date| say_too_long(figure, &row.symbol, *date));
    }
    let seen_on = filter.as_of.or_else(|| args.known_on.map(|moment| moment.day(context.today)));
    let records = || records(&rows, seen_on.unwrap_or(context.today));
    let text = match context.format() {
        Format::Table => context.draw_or_note(&table(&rows), "nothing is held; `stockbook buy` records a purchase"),
        Format::Json => json_array(&records())?,
        Format::Csv => csv(&records(), MEMBERS)?,
    };
    context.print(&text)
}

/// Records as CSV, with a header even where there are none.
pub(super) fn csv(records: &[Record], header: &[&str]) -> anyhow::Result<String> {
    let mut text = Vec::new();
    let mut csv = Csv::new(&mut text, header)?;
    for record in records {
        csv.record(&record.fields())?;
    }
    csv.finish()?;
    Ok(String::from_utf8(text)?)
}

const MEMBERS: &[&str] = &[
    "portfolio",
    "symbol",
    "company_name",
    "sector",
    "industry",
    "currency",
    "quantity",
    "average_cost",
    "cost_basis",
    "price",
    "price_date",
    "market_value",
    "unrealized_gain",
    "unrealized_gain_percentage",
    "realized_gain",
    "dividends",
    "weight_percentage",
    "price_age_days",
];

/// The holdings as records, with the age of their prices on a day.
fn records(rows: &[SummaryRow], on: Day) -> Vec<Record> {
    let weighed = rows.iter().zip(app::holding_weights(rows));
    weighed.map(|(row, weight)| record(row, weight, row.price_date.map(|date| price_age(date, on)))).collect()
}

/// How many days old a price is on a day.
pub(super) fn price_age(price_date: Day, on: Day) -> u64 {
    u64::try_from(on.days_since(price_date)).unwrap_or_default()
}

fn record(row: &SummaryRow, weight: Option<Percentage>, price_age: Option<u64>) -> Record {
    let values = [
        Value::text(&row.portfolio),
        Value::text(&row.symbol),
        Value::text(&row.company_name),
        Value::optional_text(row.sector.as_ref()),
        Value::optional_text(row.industry.as_ref()),
        Value::text(&row.currency),
        Value::exact(&row.quantity),
        Value::optional(row.average_cost.as_ref()),
        Value::exact(&row.cost_basis),
        Value::optional(row.price.as_ref()),
        Value::optional(row.price_date.as_ref()),
        Value::optional(row.market_value.as_ref()),
        Value::optional(row.unrealized_gain.as_ref()),
        Value::optional(row.unrealized_gain_percentage.as_ref()),
        Value::exact(&row.realized_gain),
        Value::exact(&row.dividends),
        Value::optional(weight.as_ref()),
        price_age.map_or(Value::Null, Value::Count),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}

/// The holdings as a table, with a total per currency.
pub(super) fn table(rows: &[SummaryRow]) -> Table {
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
        columns.insert(1, Column::text("portfolio", 85));
    }
    let has_currencies = rows.iter().any(|row| Some(row.currency) != rows.first().map(|first| first.currency));
    if has_currencies {
        columns.push(Column::key("currency", 85));
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
    let average = row.average_cost.map(|cost| figure::money(cost, row.currency));
    vec![
        Cell::plain(row.symbol.as_str()),
        Cell::plain(row.company_name.as_str()),
        Cell::plain(figure::shares(&row.quantity)),
        Cell::plain(average.unwrap_or_default()),
        money(row.cost_basis),
        row.price.map_or_else(Cell::empty, |price| Cell::plain(figure::price(price, row.currency))),
        row.market_value.map_or_else(Cell::empty, money),
        gain(row.unrealized_gain, row.currency),
        percentage(row.unrealized_gain_percentage, row.unrealized_gain),
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
            total.market_value = plus(total.market_value, row.market_value);
            total.unrealized_gain = plus(total.unrealized_gain, row.unrealized_gain);
        }
    }
    totals
}
