//! The overview as text.

use std::path::Path;

use crate::app::{CurrencyOverview, DayChange, Overview, PriceAge, StockGain};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Row, Table, figure, printable};
use crate::cli::views::{NOT_COUNTED, about_prices, total_in};
use crate::domain::{Money, Percentage, Symbol};

/// The width of the labels on the left.
const WORDS: usize = 20;
/// The usual width of an amount, with the gap before it.
const AMOUNT: usize = 16;

/// The text shown before there is a book.
pub(super) fn welcome(book: &Path) -> String {
    let book = book.display().to_string();
    let book = printable(&book);
    format!(
        "There is no book yet at {book}.\nThese commands begin one:\n\n  \
         stockbook add-stock AAPL 'Apple Inc.'\n  \
         stockbook buy AAPL 10 150.25 --fee 1 --date 2024-01-02\n  \
         stockbook update-price AAPL 180\n\n\
         To begin with the file of a broker: `stockbook import --add-stocks FILE`;\n\
         `stockbook formats` lists what it reads.\n"
    )
}

pub(super) fn overview(overview: &Overview, in_one: &[CurrencyOverview], context: &Context<'_>) -> String {
    if overview.currencies.is_empty() {
        let nothing =
            "Nothing is held yet: `stockbook buy` records a purchase,\n`stockbook import` reads a broker's file.\n";
        return context.page.wrapped_sentences(nothing);
    }
    let room = context.page.screen.width.filter(|width| *width > 0).map_or(80, usize::from);
    let abreast = room.saturating_sub(WORDS).checked_div(AMOUNT).unwrap_or(1).max(1);
    let tables = overview.currencies.chunks(abreast).map(|currencies| context.page.draw(&sums(currencies)));
    let mut parts: Vec<String> = tables.collect();
    if let Some(all) = in_one.first() {
        parts.push(format!("{}\n\n{}", total_in(all.currency), context.page.draw(&sums(in_one))));
    }
    parts.push(context.page.fitted(&best_and_worst(&overview.stocks)));
    parts.push(context.page.fitted(&outdated(&overview.outdated)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// The currencies side by side, each as wide as its amounts.
fn sums(currencies: &[CurrencyOverview]) -> Table {
    let columns = std::iter::once(Column::key("", 100));
    let columns = columns.chain(currencies.iter().map(|of| Column::number(of.currency.code(), 90))).collect();
    let row = |words: &str, cell: &dyn Fn(&CurrencyOverview) -> Cell| {
        Row::Data(std::iter::once(Cell::plain(words)).chain(currencies.iter().map(cell)).collect())
    };
    let money = |amount: Money, of: &CurrencyOverview| Cell::plain(figure::money(amount, of.currency));
    let some = |amount: Money, of: &CurrencyOverview| {
        if amount == Money::ZERO { Cell::empty() } else { money(amount, of) }
    };
    let change = |of: &CurrencyOverview| of.day_change;
    let rows = [
        row("value", &|of| of.market_value.map_or_else(Cell::empty, |value| money(value, of))),
        row("cost basis", &|of| of.market_value.map_or_else(Cell::empty, |_| money(of.cost_basis, of))),
        row("cost, unpriced", &|of| some(of.unpriced_cost_basis, of)),
        row("gain", &|of| gain(of.unrealized_gain, of)),
        row("", &|of| percentage(of.unrealized_gain_percentage, of.unrealized_gain)),
        row("  by the price", &|of| gain(of.foreign.map(|it| it.price_gain), of)),
        row("  by the currency", &|of| gain(of.foreign.map(|it| it.currency_gain), of)),
        row("day's change", &|of| gain(change(of).map(|change| change.amount), of)),
        row("", &|of| percentage(change(of).and_then(|it| it.percentage), change(of).map(|it| it.amount))),
        row("  on", &|of| of.day.map_or_else(Cell::empty, |day| Cell::plain(day.to_string()))),
        row("  since", &|of| {
            change(of).map_or_else(Cell::empty, |DayChange { since, .. }| Cell::plain(since.to_string()))
        }),
        row("realized gain", &|of| gain(Some(of.realized_gain).filter(|gain| *gain != Money::ZERO), of)),
        row("dividends", &|of| money(of.dividends, of)),
        row("  of 12 months", &|of| money(of.dividends_twelve_months, of)),
        row("total return", &|of| gain(of.total_return, of)),
    ];
    Table { columns, rows: rows.into_iter().filter(has_figures).collect() }
}

/// Whether any currency has a figure in a row.
fn has_figures(row: &Row) -> bool {
    let (Row::Data(cells) | Row::Total(cells)) = row;
    cells.iter().skip(1).any(|cell| !cell.text.is_empty())
}

fn gain(amount: Option<Money>, of: &CurrencyOverview) -> Cell {
    amount.map_or_else(Cell::empty, |gain| Cell::new(figure::signed_money(gain, of.currency), figure::tone(gain)))
}

fn percentage(percentage: Option<Percentage>, of: Option<Money>) -> Cell {
    let tone = of.map(figure::tone);
    let cell = percentage.zip(tone).map(|(it, tone)| Cell::new(figure::percentage(it), tone));
    cell.unwrap_or_else(Cell::empty)
}

/// The stocks with the largest and smallest gains.
fn best_and_worst(stocks: &[StockGain]) -> String {
    let (Some(best), Some(worst)) = (stocks.first(), stocks.last()) else { return String::new() };
    let shown: Vec<_> = [("best", best), ("worst", worst)].into_iter().take(stocks.len()).collect();
    let gains = shown.iter().map(|(_, gain)| figure::signed_amount(gain.unrealized_gain, gain.currency));
    let gains: Vec<String> = gains.collect();
    let symbols = shown.iter().map(|(_, gain)| gain.symbol.as_str().len()).max().unwrap_or_default();
    let widest = gains.iter().map(String::len).max().unwrap_or_default();
    let line = |((word, stock), gain): (&(&str, &StockGain), &String)| {
        let percentage = figure::percentage(stock.unrealized_gain_percentage);
        let weight = stock.weight.map(|it| format!("  weight {}", figure::share(it)));
        let weight = weight.unwrap_or_default();
        format!("{word:<5}  {:<symbols$}  {gain:>widest$}  {percentage}{weight}\n", stock.symbol.as_str())
    };
    shown.iter().zip(&gains).map(line).collect()
}

/// The prices that are missing or old, with the command that records one.
fn outdated(outdated: &[(Symbol, PriceAge)]) -> String {
    let (mut missing, mut old, mut oldest) = (Vec::new(), Vec::new(), None);
    for (symbol, age) in outdated {
        match age {
            PriceAge::Fresh => {}
            PriceAge::Missing => missing.push(symbol),
            PriceAge::Old { date } | PriceAge::BeforeLastTrade { date, .. } => {
                old.push(symbol);
                oldest = oldest.into_iter().chain([*date]).min();
            }
        }
    }
    let since = oldest.map(|day| format!("old prices, the oldest of {day}")).unwrap_or_default();
    [about_prices(NOT_COUNTED, &missing, None), about_prices(&since, &old, None)].into_iter().flatten().collect()
}
