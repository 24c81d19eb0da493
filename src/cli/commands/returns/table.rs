//! Returns as a table.

use super::named;
use crate::app::{Rate, Returns, Scope};
use crate::cli::output::{Cell, Column, Row, Table, figure};
use crate::cli::views::{RowOfReturns, about_prices, gaps, total_in};
use crate::domain::{Day, Money, Percentage, Symbol};

/// The rows, with the total under a rule, and the total in one currency.
pub(super) fn table(all: &[&Returns], in_one: &[Returns], versus: Option<&Symbol>) -> Table {
    let mut columns = vec![
        Column::key("of", 100),
        Column::key("from", 60),
        Column::number("invested", 70),
        Column::number("withdrawn", 55),
        Column::number("dividends", 50),
        Column::number("value", 92),
        Column::key("priced", 58),
        Column::number("weight", 52),
        Column::number("gain", 94),
        Column::number("annual, by money", 98),
        Column::number("by time", 95),
        Column::number("annual, by time", 72),
        Column::distinguishing("currency", 65),
    ];
    let is_converted = all.iter().any(|returns| returns.foreign.is_some());
    if is_converted {
        columns.extend([
            Column::number("price gain", 83),
            Column::number("currency gain", 82),
            Column::number("currency itself", 84),
        ]);
    }
    if versus.is_some() {
        columns.extend([Column::number("benchmark", 99), Column::number("ahead by", 99)]);
    }
    let mut shares = figure::RoundedParts::default();
    let mut cells = |returns: &Returns, title: String| {
        let currency = returns.currency;
        let money = |amount: Option<Money>| {
            amount.map_or_else(Cell::empty, |amount| Cell::plain(figure::money(amount, currency)))
        };
        let signed = |gain: Option<Money>| {
            gain.map_or_else(Cell::empty, |gain| Cell::new(figure::signed_money(gain, currency), figure::tone(gain)))
        };
        let mut cells = vec![
            Cell::plain(title),
            Cell::plain(returns.from.to_string()),
            money(returns.invested),
            money(returns.withdrawn),
            money(Some(returns.dividends)),
            money(returns.market_value),
            returns.price_date.map_or_else(Cell::empty, |date| Cell::plain(date.to_string())),
            returns
                .weight
                .map_or_else(Cell::empty, |it| Cell::plain(shares.next((named(&returns.scope).0, currency), it))),
            signed(returns.gain),
            rate(&returns.money_weighted),
            rate(&returns.time_weighted),
            rate(&returns.time_weighted_annualized),
            Cell::plain(currency.code()),
        ];
        if is_converted {
            let foreign = returns.foreign.as_ref();
            let gains = [foreign.and_then(|it| it.price_gain), returns.currency_gain()];
            cells.extend(gains.map(signed));
            cells.push(percentage(foreign.and_then(|it| it.currency_return)));
        }
        if versus.is_some() {
            cells.extend([percentage(returns.versus), percentage(returns.excess())]);
        }
        if returns.scope == Scope::Total { Row::Total(cells) } else { Row::Data(cells) }
    };
    let mut rows: Vec<Row> = all.iter().map(|returns| cells(returns, title(&returns.scope))).collect();
    rows.extend(in_one.iter().map(|returns| cells(returns, total_in(returns.currency))));
    Table { columns, rows: rows.into_iter().collect() }
}

pub(super) fn title(scope: &Scope) -> String {
    match scope {
        Scope::Position(portfolio, symbol) => format!("{symbol} in {portfolio}"),
        Scope::Symbol(symbol) => symbol.to_string(),
        Scope::Portfolio(portfolio) => format!("portfolio {portfolio}"),
        Scope::Total => "total".to_owned(),
    }
}

fn rate(rate: &Rate) -> Cell {
    percentage(rate.as_ref().ok().copied())
}

fn percentage(percentage: Option<Percentage>) -> Cell {
    percentage.map_or_else(Cell::empty, |it| Cell::new(figure::percentage(it), figure::percentage_tone(it)))
}

/// Why there are gaps in the table, and what its sums exclude.
pub(super) fn reasons(all: &[&Returns], today: Day) -> String {
    let rows =
        all.iter().map(|returns| RowOfReturns { title: title(&returns.scope), returns, reason: returns.reason() });
    gaps(&rows.collect::<Vec<_>>(), today)
}

/// Why there is nothing to compare with, and the command that records the first missing price.
pub(super) fn no_benchmark(versus: &Symbol, all: &[&Returns], today: Day) -> Option<String> {
    let mut days: Vec<Day> = all.iter().filter_map(|returns| returns.versus_unknown).collect();
    days.sort_unstable();
    days.dedup();
    let first = *days.first()?;
    let when = if days.len() > 1 { "some of these days".to_owned() } else { format!("{first} or before") };
    let what = format!("no price on {when} to compare with");
    about_prices(&what, &[versus], Some(first).filter(|day| *day != today))
}
