//! The sections of a page.

use maud::{Markup, html};

use super::chart;
use super::table::{Head, change, gain, money, name, share, table, table_of_money, unknown, words};
use crate::app::{
    AllocationBy, AllocationPart, CurrencyOverview, DividendRow, GainRow, PageFigures, PeriodReturns, PriceAge,
    ValueOverTime, ValuePoint, until_standstill,
};
use crate::cli::output::figure;
use crate::cli::views::{ReportingTotal, standstill, unpriced};
use crate::domain::{CalendarUnit, Money};

/// The totals of each currency.
pub(super) fn overview(figures: &PageFigures, total: &ReportingTotal<Vec<CurrencyOverview>>) -> Markup {
    html! {
        div class="tiles" {
            @for of in &figures.overview.currencies { (tile("Value in ", of)) }
            @if let Some((_, all)) = total.known() { @for of in all { (tile("All in ", of)) } }
            @if figures.overview.currencies.is_empty() { p { "Nothing was held." } }
        }
        @if let Some(words) = total.words() { p class="note" { (words) "." } }
    }
}

fn tile(title: &str, of: &CurrencyOverview) -> Markup {
    let change_of_day = of.day_change.as_ref();
    html! {
        div class="tile" {
            h3 { (title) (of.currency) }
            p class="large" { (money(of.market_value, of.currency)) }
            dl {
                div { dt { "Cost" } dd { (money(of.market_value.map(|_| of.cost_basis), of.currency)) } }
                div {
                    dt { "Gain" }
                    dd { (gain(of.unrealized_gain, of.currency)) " (" (change(of.unrealized_gain_percentage)) ")" }
                }
                @if let Some(day) = change_of_day {
                    div { dt { "Change since " (day.since) } dd { (gain(Some(day.amount), of.currency)) } }
                }
                div { dt { "Realized gains" } dd { (gain(Some(of.realized_gain), of.currency)) } }
                div { dt { "Dividends, 12 months" } dd { (money(Some(of.dividends_twelve_months), of.currency)) } }
                div { dt { "Total return" } dd { (gain(of.total_return, of.currency)) } }
                @if of.unpriced > 0 {
                    div { dt { "Positions without a price" } dd { (of.unpriced) " not counted" } }
                    div { dt { "Cost of these" } dd { (money(Some(of.unpriced_cost_basis), of.currency)) } }
                }
            }
        }
    }
}

pub(super) fn values(figures: &PageFigures) -> Markup {
    html! {
        @for over_time in &figures.values {
            (chart::value(over_time))
            @if !over_time.unpriced.is_empty() {
                p class="note" {
                    "No value is known of days on which there was no price of "
                    @for (at, symbol) in over_time.unpriced.iter().enumerate() { @if at > 0 { ", " } (name(symbol)) }
                    "."
                }
            }
            @if !over_time.left_out.is_empty() {
                p class="note" {
                    "Without "
                    @for (at, symbol) in over_time.left_out.iter().enumerate() { @if at > 0 { ", " } (name(symbol)) }
                    ", whose price is not known on any of these days."
                }
            }
            details { summary { "Value over time in figures, " (over_time.currency) } (value_table(over_time)) }
        }
        @if figures.values.is_empty() { p { "Nothing was held." } }
    }
}

/// The distance between two points of a chart that have figures; the last one always has.
const LISTED_EVERY: usize = 20;

fn value_table(over_time: &ValueOverTime) -> Markup {
    let currency = over_time.currency;
    let last = over_time.points.len().saturating_sub(1);
    let listed = over_time.points.iter().enumerate().filter(|(at, _)| at.is_multiple_of(LISTED_EVERY) || *at == last);
    let row = |point: &ValuePoint| {
        let won = point.market_value.and_then(|value| value.minus(point.cost_basis).ok());
        let (cost, value) = (money(Some(point.cost_basis), currency), money(point.market_value, currency));
        (currency, vec![words(&point.date.to_string()), cost, value, gain(won, currency)])
    };
    let heads = [Head::Text("Date"), Head::Number("Cost"), Head::Number("Value"), Head::Number("Gain")];
    table_of_money("Value and cost", &heads, listed.map(|(_, point)| row(point)).collect())
}

pub(super) fn holdings(figures: &PageFigures) -> Markup {
    let all = &figures.holdings;
    let has_portfolios = all.iter().any(|row| Some(&row.portfolio) != all.first().map(|first| &first.portfolio));
    let rows = all.iter().map(|row| {
        let valuation = &row.valuation;
        let price = valuation.price.map(|price| figure::price(price, row.currency));
        let stock = html! {
            (name(&row.symbol))
            // If a file did not name the company, it was named like the stock.
            @if row.company_name.as_str() != row.symbol.as_str() {
                br; span class="company" { (name(&row.company_name)) }
            }
            // As a column of its own, it would be the last one, with no room for a long name.
            @if has_portfolios { div class="company place" { "in " (name(&row.portfolio)) } }
        };
        let cells = vec![
            stock,
            money(valuation.market_value, row.currency),
            gain(valuation.unrealized_gain, row.currency),
            change(valuation.unrealized_gain_percentage),
            words(&figure::shares(&row.quantity)),
            price.map_or_else(unknown, |price| words(&price)),
            valuation.price_date.map_or_else(unknown, |date| words(&date.to_string())),
            money(Some(row.cost_basis), row.currency),
        ];
        (row.currency, cells)
    });
    let rows: Vec<_> = rows.collect();
    let heads = [
        Head::Text("Stock"),
        Head::Number("Value"),
        Head::Number("Gain"),
        Head::Number("Gain %"),
        Head::Number("Quantity"),
        Head::Number("Price"),
        Head::Number("Priced"),
        Head::Number("Cost"),
    ];
    or_nothing(rows.is_empty(), "Nothing was held.", || table_of_money("What was held on the last day", &heads, rows))
}

pub(super) fn allocations(figures: &PageFigures) -> Markup {
    // Without any known sector, a table of sectors would only repeat that for each currency.
    let is_told = |by: AllocationBy, parts: &[AllocationPart]| {
        by == AllocationBy::Stock || parts.iter().any(|part| part.name.is_some())
    };
    html! {
        @for (by, allocation) in &figures.allocations {
            @if is_told(*by, &allocation.parts) { (allocation_table(*by, &allocation.parts)) }
        }
    }
}

fn allocation_table(by: AllocationBy, parts: &[AllocationPart]) -> Markup {
    let largest = parts.iter().filter_map(|part| part.percentage).max().unwrap_or_default();
    let mut shares = figure::RoundedParts::default();
    let row = |part: &AllocationPart| {
        let picture = chart::bar(part.percentage, largest);
        let share = part.percentage.map_or_else(unknown, |share| words(&shares.next(part.currency, share)));
        let name = part.name.as_ref().map_or_else(|| words("unknown"), name);
        (part.currency, vec![name, share, picture, money(Some(part.market_value), part.currency)])
    };
    let (caption, title) = part_words(by);
    let heads = [Head::Text(title), Head::Number("Share"), Head::Picture, Head::Number("Value")];
    let rows: Vec<_> = parts.iter().map(row).collect();
    or_nothing(rows.is_empty(), "Nothing with a price was held.", || table_of_money(caption, &heads, rows))
}

fn part_words(by: AllocationBy) -> (&'static str, &'static str) {
    match by {
        AllocationBy::Stock => ("By stock", "Stock"),
        AllocationBy::Sector => ("By sector", "Sector"),
        AllocationBy::Industry => ("By industry", "Industry"),
        AllocationBy::Currency => ("By currency", "Currency"),
        AllocationBy::Portfolio => ("By portfolio", "Portfolio"),
    }
}

pub(super) fn performance(figures: &PageFigures) -> Markup {
    let rate = |it: &PeriodReturns| it.returns.time_weighted.as_ref().ok().copied();
    let rates = figures.performance.iter().filter_map(rate);
    let largest = rates.map(|rate| rate.decimal().abs()).max().unwrap_or_default();
    let row = |it: &PeriodReturns| {
        let (returns, currency) = (&it.returns, it.returns.currency);
        let minus = |one: Option<Money>, other: Option<Money>| one.zip(other).and_then(|(one, it)| one.minus(it).ok());
        let moved = minus(returns.paid_in, returns.withdrawn);
        let moved = moved.map_or_else(unknown, |moved| words(&figure::signed_money(moved, currency)));
        let cells = vec![
            words(&it.period.to_string()),
            change(rate(it)),
            chart::bar_around_zero(rate(it), largest),
            gain(returns.gain, currency),
            money(returns.market_value, currency),
            money(returns.opening_value, currency),
            moved,
            money(Some(returns.dividends), currency),
        ];
        (currency, cells)
    };
    let heads = [
        Head::Text(unit_word(figures.unit)),
        Head::Number("Return"),
        Head::Picture,
        Head::Number("Gain"),
        Head::Number("Value"),
        Head::Number("Opening"),
        Head::Number("Paid in"),
        Head::Number("Dividends"),
    ];
    let (moving, still) = until_standstill(&figures.performance);
    let rows: Vec<_> = moving.iter().map(row).collect();
    let unpriced = unpriced(moving.iter().map(|it| &it.returns));
    html! {
        (or_nothing(rows.is_empty(), "No money moved.", || {
            table_of_money("Time-weighted returns, not annualized", &heads, rows)
        }))
        @if let (Some(first), Some(last)) = (still.first(), still.last()) {
            p class="note" { (standstill(first.period, last.period)) }
        }
        @for (reason, titles) in reasons(moving) { p class="note" { (titles.join(", ")) ": " (reason) } }
        @if !unpriced.is_empty() {
            p class="note" {
                "Nothing is known of days on which there was no price of "
                @for (at, (symbol, _)) in unpriced.iter().enumerate() { @if at > 0 { ", " } (name(symbol)) }
                "."
            }
        }
        @for it in moving.iter().filter(|it| !it.returns.left_out.is_empty()) {
            p class="note" {
                (it.period) ", " (it.returns.currency) ": without "
                @for (at, (symbol, _)) in it.returns.left_out.iter().enumerate() { @if at > 0 { ", " } (name(symbol)) }
                ", whose value is not known."
            }
        }
    }
}

/// Why periods have no return, each reason once with its periods.
fn reasons(periods: &[PeriodReturns]) -> Vec<(String, Vec<String>)> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for it in periods.iter().filter(|it| it.returns.unknown.is_empty()) {
        let Err(reason) = &it.returns.time_weighted else { continue };
        let (reason, title) = (reason.to_string(), format!("{} {}", it.period, it.returns.currency));
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, titles)) => titles.push(title),
            None => reasons.push((reason, vec![title])),
        }
    }
    reasons
}

fn unit_word(unit: CalendarUnit) -> &'static str {
    match unit {
        CalendarUnit::Year => "Year",
        CalendarUnit::Quarter => "Quarter",
        CalendarUnit::Month => "Month",
    }
}

pub(super) fn gains(figures: &PageFigures) -> Markup {
    let of_year = |row: &GainRow| words(&row.year.map(|year| year.to_string()).unwrap_or_default());
    let of_stock = |row: &GainRow| row.symbol.as_ref().map_or_else(unknown, name);
    html! {
        @if figures.gains_by_year.is_empty() {
            p { "Nothing was sold." }
        } @else {
            (gain_table("By year and term", "Year", &figures.gains_by_year, of_year))
            (gain_table("By stock and term", "Stock", &figures.gains_by_symbol, of_stock))
        }
    }
}

fn gain_table(caption: &str, title: &'static str, rows: &[GainRow], first: impl Fn(&GainRow) -> Markup) -> Markup {
    let row = |row: &GainRow| {
        let (totals, currency) = (&row.totals, row.currency);
        let cells = vec![
            first(row),
            gain(Some(totals.gain), currency),
            gain(Some(totals.short_term_gain), currency),
            gain(Some(totals.long_term_gain), currency),
            money(Some(totals.proceeds), currency),
            money(Some(totals.cost_basis), currency),
        ];
        (currency, cells)
    };
    let heads = [
        Head::Text(title),
        Head::Number("Gain"),
        Head::Number("Short-term"),
        Head::Number("Long-term"),
        Head::Number("Proceeds"),
        Head::Number("Cost"),
    ];
    table_of_money(caption, &heads, rows.iter().map(row).collect())
}

pub(super) fn dividends(figures: &PageFigures) -> Markup {
    let row = |row: &DividendRow| {
        let cells = vec![
            words(&row.period.map(|period| period.to_string()).unwrap_or_default()),
            money(Some(row.amount), row.currency),
            money(Some(row.withholding), row.currency),
            money(Some(row.net_amount()), row.currency),
            share(row.yield_on_cost),
            share(row.yield_on_value),
        ];
        (row.currency, cells)
    };
    let heads = [
        Head::Text(unit_word(figures.unit)),
        Head::Number("Gross"),
        Head::Number("Withheld"),
        Head::Number("Net"),
        Head::Number("On cost"),
        Head::Number("On value"),
    ];
    let rows: Vec<_> = figures.dividends.iter().map(row).collect();
    or_nothing(rows.is_empty(), "No dividends came in.", || table_of_money("Dividends and their yields", &heads, rows))
}

pub(super) fn prices(figures: &PageFigures) -> Markup {
    let described = |age: &PriceAge| match age {
        PriceAge::Fresh => (None, String::new()),
        PriceAge::Missing => (None, "no price, so not counted".to_owned()),
        PriceAge::Old { date } => (Some(*date), "more than a fortnight old".to_owned()),
        PriceAge::BeforeLastTrade { date, traded } => (Some(*date), format!("older than the trade on {traded}")),
    };
    let rows: Vec<Vec<Markup>> = figures
        .overview
        .outdated
        .iter()
        .map(|(symbol, age)| {
            let (date, why) = described(age);
            vec![name(symbol), date.map_or_else(unknown, |date| words(&date.to_string())), words(&why)]
        })
        .collect();
    let heads = [Head::Text("Symbol"), Head::Text("Latest price"), Head::Text("What about it")];
    or_nothing(rows.is_empty(), "Every price is recent.", || table("Missing and old prices", &heads, &rows))
}

pub(super) fn audit(figures: &PageFigures) -> Markup {
    html! {
        @match &figures.head {
            Some((sequence, hash)) => {
                p {
                    "The book had " (figure::count(*sequence)) " events. The last one has the hash "
                    code { (hash) } ". Keep this page: "
                    code { "stockbook audit verify --head " (sequence) ":" (hash) }
                    " finds out whether any of them was changed since."
                }
            }
            None => { p { "The book has no events." } }
        }
    }
}

fn or_nothing(is_empty: bool, nothing: &str, table: impl FnOnce() -> Markup) -> Markup {
    if is_empty {
        html! { p { (nothing) } }
    } else {
        table()
    }
}
