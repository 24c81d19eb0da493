//! Holdings.

use super::holdings_totals::{Sum, Total, totals};
use super::total_in;
use crate::app::{HoldingsBy, SummaryRow, holding_weights};
use crate::cli::args::HoldingsColumn;
use crate::cli::output::{Cell, Column, Row, Rows, Table, Tone, figure};
use crate::domain::{Currency, Money, Percentage};

/// The holdings as a table, with a total per currency, and one in the reporting currency if there is
/// one.
pub(in crate::cli) fn holdings_table(
    rows: &[SummaryRow],
    by: HoldingsBy,
    chosen: &[HoldingsColumn],
    in_one: Option<(Currency, &Option<Total>)>,
) -> Table {
    let chosen = if chosen.is_empty() { usual_columns(rows, by) } else { chosen.to_vec() };
    let mut lines = Rows::default();
    let mut shares = figure::RoundedParts::default();
    for (row, weight) in rows.iter().zip(holding_weights(rows)) {
        let weight = weight.map(|weight| shares.next(row.currency, weight));
        lines.push(&Row::Data(chosen.iter().map(|column| cell(*column, row, weight.as_deref())).collect()));
    }
    let own = totals(rows).into_iter().map(|(currency, total)| (format!("total {currency}"), currency, total));
    let in_one = in_one.and_then(|(currency, total)| Some((total_in(currency), currency, total.clone()?)));
    for (lead, currency, total) in own.chain(in_one) {
        let rest = chosen.iter().skip(1).map(|column| total_cell(*column, &total, currency));
        lines.push(&Row::Total(std::iter::once(Cell::plain(lead)).chain(rest).collect()));
    }
    Table { columns: chosen.into_iter().map(column).collect(), rows: lines }
}

/// The default columns of a table: portfolio and currency only if there are several.
fn usual_columns(rows: &[SummaryRow], by: HoldingsBy) -> Vec<HoldingsColumn> {
    use HoldingsColumn::{
        AverageCost, Company, CostBasis, Currency, Gain, GainPercentage, Portfolio, Price, Priced, Quantity, Realized,
        Symbol, Value, Weight,
    };
    let mut columns = vec![Symbol, Company, Quantity, AverageCost, CostBasis, Price, Priced, Value, Gain];
    columns.extend([GainPercentage, Weight, Realized]);
    if by == HoldingsBy::Position && differs(rows, |row| &row.portfolio) {
        columns.insert(1, Portfolio);
    }
    if differs(rows, |row| &row.currency) {
        columns.push(Currency);
    }
    columns
}

fn differs<T: PartialEq>(rows: &[SummaryRow], value: fn(&SummaryRow) -> &T) -> bool {
    rows.iter().any(|row| Some(value(row)) != rows.first().map(value))
}

fn column(column: HoldingsColumn) -> Column {
    match column {
        HoldingsColumn::Symbol => Column::distinguishing("symbol", 100),
        HoldingsColumn::Portfolio => Column::distinguishing("portfolio", 85),
        HoldingsColumn::Company => Column::text("company", 40),
        HoldingsColumn::Sector => Column::text("sector", 30),
        HoldingsColumn::Industry => Column::text("industry", 25),
        HoldingsColumn::Quantity => Column::number("quantity", 90),
        HoldingsColumn::AverageCost => Column::number("avg cost", 35),
        HoldingsColumn::CostBasis => Column::number("cost basis", 70),
        HoldingsColumn::Price => Column::number("price", 60),
        HoldingsColumn::Priced => Column::key("priced", 58),
        HoldingsColumn::Value => Column::number("value", 95),
        HoldingsColumn::Gain => Column::number("gain", 80),
        HoldingsColumn::GainPercentage => Column::number("gain %", 75),
        HoldingsColumn::Weight => Column::number("weight", 45),
        HoldingsColumn::Realized => Column::number("realized", 50),
        HoldingsColumn::Dividends => Column::number("dividends", 48),
        HoldingsColumn::Currency => Column::distinguishing("currency", 85),
    }
}

fn cell(column: HoldingsColumn, row: &SummaryRow, weight: Option<&str>) -> Cell {
    let currency = row.currency;
    let money = |amount: Money| Cell::plain(figure::money(amount, currency));
    let valuation = &row.valuation;
    match column {
        HoldingsColumn::Symbol => Cell::plain(row.symbol.as_str()),
        HoldingsColumn::Portfolio => Cell::plain(row.portfolio.as_str()),
        HoldingsColumn::Company => Cell::plain(row.company_name.as_str()),
        HoldingsColumn::Sector => optional(row.sector.as_ref(), |sector| Cell::plain(sector.as_str())),
        HoldingsColumn::Industry => optional(row.industry.as_ref(), |industry| Cell::plain(industry.as_str())),
        HoldingsColumn::Quantity => Cell::plain(figure::shares(&row.quantity)),
        HoldingsColumn::AverageCost => {
            optional(valuation.average_cost, |cost| Cell::plain(figure::average_cost(cost, valuation.price, currency)))
        }
        HoldingsColumn::CostBasis => money(row.cost_basis),
        HoldingsColumn::Price => optional(valuation.price, |price| Cell::plain(figure::price(price, currency))),
        HoldingsColumn::Priced => optional(valuation.price_date, |date| Cell::plain(date.to_string())),
        HoldingsColumn::Value => optional(valuation.market_value, money),
        HoldingsColumn::Gain => gain(valuation.unrealized_gain, currency),
        HoldingsColumn::GainPercentage => percentage(valuation.unrealized_gain_percentage, valuation.unrealized_gain),
        HoldingsColumn::Weight => optional(weight, Cell::plain),
        HoldingsColumn::Realized => gain(Some(row.realized_gain), currency),
        HoldingsColumn::Dividends => money(row.dividends),
        HoldingsColumn::Currency => Cell::plain(currency.code()),
    }
}

fn optional<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell) -> Cell {
    value.map_or_else(Cell::empty, cell)
}

fn gain(amount: Option<Money>, currency: Currency) -> Cell {
    optional(amount, |gain| Cell::new(figure::signed_money(gain, currency), figure::tone(gain)))
}

fn percentage(percentage: Option<Percentage>, gain: Option<Money>) -> Cell {
    let tone = gain.map_or(Tone::Plain, figure::tone);
    optional(percentage, |it| Cell::new(figure::percentage(it), tone))
}

fn total_cell(column: HoldingsColumn, total: &Total, currency: Currency) -> Cell {
    let money = |sum: &Sum| optional(sum.known(), |amount| Cell::plain(figure::money(amount, currency)));
    match column {
        HoldingsColumn::CostBasis => money(&total.cost_basis),
        HoldingsColumn::Value => money(&total.market_value),
        HoldingsColumn::Gain => gain(total.unrealized_gain.known(), currency),
        HoldingsColumn::GainPercentage => percentage(total.gain_percentage(), total.unrealized_gain.known()),
        HoldingsColumn::Realized => gain(total.realized_gain.known(), currency),
        HoldingsColumn::Dividends => money(&total.dividends),
        HoldingsColumn::Symbol
        | HoldingsColumn::Portfolio
        | HoldingsColumn::Company
        | HoldingsColumn::Sector
        | HoldingsColumn::Industry
        | HoldingsColumn::Quantity
        | HoldingsColumn::AverageCost
        | HoldingsColumn::Price
        | HoldingsColumn::Priced
        | HoldingsColumn::Weight
        | HoldingsColumn::Currency => Cell::empty(),
    }
}
