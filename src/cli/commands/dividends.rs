//! `dividends`.

use std::collections::BTreeMap;

use crate::app::{AppError, DividendRow, DividendsBy, DividendsFilter, dividend_report, dividends_together};
use crate::cli::args::{DividendsArgs, DividendsLine, Range};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Value, figure};
use crate::cli::views::{RecordTotals, ReportingTotal, note_rates, total_in, with_foreign};
use crate::domain::{CalendarUnit, Currency, Money, Percentage};

pub(in crate::cli) fn dividends(args: &DividendsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let to = to.unwrap_or(context.today).not_after(context.today).map_err(AppError::Value)?;
    let conversion = args.conversion.conversion();
    let (portfolios, symbol) = (context.portfolios.clone(), args.symbol.clone());
    let filter = DividendsFilter { portfolios, symbol, from, to, conversion };
    let by = match args.by {
        DividendsLine::Payment => DividendsBy::Payment,
        DividendsLine::Symbol => DividendsBy::Symbol,
        DividendsLine::Year => DividendsBy::Period(CalendarUnit::Year),
        DividendsLine::Quarter => DividendsBy::Period(CalendarUnit::Quarter),
        DividendsLine::Month => DividendsBy::Period(CalendarUnit::Month),
    };
    let (rows, used, total) = context.read(|reader| {
        let (rows, used) = dividend_report(reader, &filter, by)?;
        let currencies = rows.iter().map(|row| row.currency);
        let total = ReportingTotal::of(context.total_in(conversion), currencies, |conversion| {
            dividends_together(reader, &filter, conversion)
        })?;
        Ok((rows, used, total))
    })?;
    let mut added = RecordTotals::of(args.totals.then_some(SUMMED), context.page.format())?;
    let members = with_foreign(MEMBERS, &["original_currency"], conversion);
    for row in &rows {
        added.add(&record(row, &members));
    }
    context.page.list(&Listing {
        members: &members,
        records: &|| {
            let mut records: Vec<Record> = rows.iter().map(|row| record(row, &members)).collect();
            records.extend(added.records(&members));
            records
        },
        table: &|| table(&rows, by, total.known()),
        nothing: Some("no dividends; `stockbook dividend` records one"),
    })?;
    let has_yields = rows.iter().any(|row| row.yield_on_cost.is_some());
    if by == DividendsBy::Symbol && has_yields {
        let first = to.months_before(12).next().unwrap_or(to);
        context.page.note_below_table(&format!(
            "on cost, on value: what was paid from {first} to {to}, on what is held on that day"
        ))?;
    }
    total.note(&context.page)?;
    note_rates(&context.page, conversion, &used)
}

/// The members that have totals.
const SUMMED: &[&str] = &["payments", "amount", "withholding", "net_amount"];

const MEMBERS: &[&str] = &[
    "transaction_id",
    "date",
    "ex_date",
    "portfolio",
    "symbol",
    "period",
    "currency",
    "payments",
    "amount",
    "withholding",
    "net_amount",
    "yield_amount",
    "yield_on_cost_percentage",
    "yield_on_value_percentage",
];

fn record(row: &DividendRow, members: &[&'static str]) -> Record {
    let payment = row.payment.as_ref();
    let values = [
        Value::optional(payment.map(|payment| payment.transaction_id).as_ref()),
        Value::optional(payment.map(|payment| payment.date).as_ref()),
        Value::optional(payment.and_then(|payment| payment.ex_date).as_ref()),
        Value::optional_text(row.portfolio.as_ref()),
        Value::optional_text(row.symbol.as_ref()),
        Value::optional_text(row.period.as_ref()),
        Value::text(&row.currency),
        Value::Count(row.payments),
        Value::exact(&row.amount),
        Value::exact(&row.withholding),
        Value::exact(&row.net_amount()),
        Value::exact(&row.yielding),
        Value::optional(row.yield_on_cost.as_ref()),
        Value::optional(row.yield_on_value.as_ref()),
        Value::optional_text(row.original_currency.as_ref()),
    ];
    Record(members.iter().copied().zip(values).collect())
}

/// A column, and the text of its cell in a row.
type Part<'p> = (Column, Box<dyn Fn(&DividendRow) -> String + 'p>);

fn table(rows: &[DividendRow], by: DividendsBy, in_one: Option<(Currency, &Option<DividendRow>)>) -> Table {
    let first = rows.first();
    let has_portfolios = rows.iter().any(|row| Some(&row.portfolio) != first.map(|first| &first.portfolio));
    let has_currencies = rows.iter().any(|row| Some(row.currency) != first.map(|first| first.currency));
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut column = |column: Column, text: Box<dyn Fn(&DividendRow) -> String>| parts.push((column, text));
    let symbol = |row: &DividendRow| row.symbol.as_ref().map(ToString::to_string).unwrap_or_default();
    match by {
        DividendsBy::Payment => {
            let date = |row: &DividendRow| row.payment.map(|payment| payment.date.to_string()).unwrap_or_default();
            column(Column::key("date", 100), Box::new(date));
            column(Column::distinguishing("symbol", 99), Box::new(symbol));
        }
        DividendsBy::Symbol => {
            column(Column::key("symbol", 100), Box::new(symbol));
            column(Column::number("payments", 40), Box::new(|row| figure::count(row.payments)));
        }
        DividendsBy::Period(_) => {
            let period = |row: &DividendRow| row.period.map(|period| period.to_string()).unwrap_or_default();
            column(Column::key("period", 100), Box::new(period));
            column(Column::number("payments", 40), Box::new(|row| figure::count(row.payments)));
        }
    }
    if has_portfolios {
        let portfolio = |row: &DividendRow| row.portfolio.as_ref().map(ToString::to_string).unwrap_or_default();
        column(Column::distinguishing("portfolio", 97), Box::new(portfolio));
    }
    column(Column::number("amount", 95), Box::new(|row| figure::money(row.amount, row.currency)));
    column(Column::number("withheld", 60), Box::new(|row| figure::money(row.withholding, row.currency)));
    column(Column::number("net", 80), Box::new(|row| figure::money(row.net_amount(), row.currency)));
    let share = |percentage: Option<Percentage>| percentage.map(figure::share).unwrap_or_default();
    column(Column::number("on cost", 85), Box::new(move |row| share(row.yield_on_cost)));
    column(Column::number("on value", 86), Box::new(move |row| share(row.yield_on_value)));
    if has_currencies {
        column(Column::distinguishing("currency", 96), Box::new(|row| row.currency.to_string()));
    }
    if by == DividendsBy::Payment {
        let id = |row: &DividendRow| row.payment.map(|it| figure::short_id(it.transaction_id)).unwrap_or_default();
        column(Column::key("id", 50), Box::new(id));
    }
    let data = rows.iter().map(|row| Row::Data(parts.iter().map(|(_, text)| Cell::plain(text(row))).collect()));
    let own = totals(rows).into_iter().map(|(currency, total)| (format!("total {currency}"), total));
    let in_one = in_one.and_then(|(currency, total)| Some((total_in(currency), total.clone()?)));
    let totals: Vec<(String, DividendRow)> = own.chain(in_one).collect();
    let totals = totals.iter().map(|(lead, total)| {
        let cells = parts.iter().enumerate().map(|(at, (column, text))| match column.header {
            _ if at == 0 => Cell::plain(lead.clone()),
            "amount" | "withheld" | "net" | "payments" => Cell::plain(text(total)),
            _ => Cell::empty(),
        });
        Row::Total(cells.collect())
    });
    let rows = data.chain(totals).collect();
    Table { columns: parts.iter().map(|(column, _)| *column).collect(), rows }
}

/// The totals of the rows by currency; a sum that is too large is left out.
fn totals(rows: &[DividendRow]) -> BTreeMap<Currency, DividendRow> {
    let mut totals: BTreeMap<Currency, Option<DividendRow>> = BTreeMap::new();
    let plus = |one: Money, other: Money| one.plus(other).ok();
    for row in rows {
        let sum = match totals.remove(&row.currency) {
            None => Some(row.clone()),
            Some(sum) => sum.and_then(|sum| {
                Some(DividendRow {
                    payments: sum.payments.saturating_add(row.payments),
                    amount: plus(sum.amount, row.amount)?,
                    withholding: plus(sum.withholding, row.withholding)?,
                    ..sum
                })
            }),
        };
        totals.insert(row.currency, sum);
    }
    totals.into_iter().filter_map(|(currency, sum)| Some((currency, sum?))).collect()
}
