//! `chart`.

use rust_decimal::Decimal;

use crate::app::{AppError, ValueFilter, ValueOverTime, ValuePoint, value_over_time};
use crate::cli::args::{ChartArgs, ChartStep, Range};
use crate::cli::context::Context;
use crate::cli::output::{
    Cell, Chart, Column, Format, Listing, Record, Row, Table, Value, axis_amount, chart_columns, figure, top_of,
};
use crate::cli::views::{NOT_COUNTED, ReportingTotal, about_prices, note_rates, what_prices_lack};
use crate::domain::{CalendarPeriod, CalendarUnit, Day, Money};

pub(in crate::cli) fn chart(args: &ChartArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let to = to.unwrap_or(context.today).not_after(context.today).map_err(AppError::Value)?;
    let conversion = args.conversion.conversion();
    let (portfolios, symbol) = (context.portfolios.clone(), args.symbol.clone());
    let filter = ValueFilter { portfolios, symbol, from, to, conversion };
    let is_picture = context.page.format() == Format::Table;
    let days = |first: Day, last: Day| {
        let mut days = listed_days(args.by, first, last);
        if is_picture {
            days.extend(drawn_days(first, last));
        }
        days.sort_unstable();
        days.dedup();
        days
    };
    let (mut charts, used, total) = context.read(|reader| {
        let (charts, used) = value_over_time(reader, &filter, &days)?;
        let currencies = charts.iter().map(|chart| chart.currency);
        let total = ReportingTotal::of(context.total_in(conversion), currencies, |conversion| {
            let filter = ValueFilter { conversion: Some(conversion), ..filter.clone() };
            value_over_time(reader, &filter, &|first, last| listed_days(args.by, first, last))
        })?;
        Ok((charts, used, total))
    })?;
    let in_one = total.known().map(|(_, charts)| charts.as_slice()).unwrap_or_default();
    charts.retain(|chart| chart.points.iter().any(|point| *point != nothing(point.date)));
    let mut still = None;
    if is_picture {
        let pictures: Vec<String> = charts.iter().map(|chart| picture(chart, context)).collect();
        context.page.print(&pictures.join("\n"))?;
        let days = |chart: &ValueOverTime| listed_days(args.by, first(chart), to);
        for chart in &mut charts {
            let (days, changed) = (days(chart), last_change(&chart.points));
            chart.points.retain(|point| days.contains(&point.date));
            if args.by.is_none() {
                still = still.max(leave_out_the_same(&mut chart.points, changed));
            }
        }
        if !charts.is_empty() {
            context.page.print("\n")?;
        }
    }
    let points = || charts.iter().flat_map(|chart| chart.points.iter().map(move |point| (chart, point)));
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| points().map(|(chart, point)| record(chart, point)).collect(),
        table: &|| table(&charts, in_one),
        nothing: Some("nothing was held; `stockbook buy` records a purchase"),
    })?;
    if let Some(day) = still {
        context.page.note_below_table(&format!("nothing changed from {day} on"))?;
    }
    let ages = charts.iter().flat_map(|chart| chart.price_ages.iter().map(|(symbol, age)| (symbol, *age)));
    if let Some(text) = what_prices_lack(ages, context.another_day(to)) {
        context.page.add_below(&text)?;
    }
    total.note(&context.page)?;
    note_rates(&context.page, conversion, &used)
}

fn is_same(one: &ValuePoint, other: &ValuePoint) -> bool {
    (one.cost_basis, one.market_value) == (other.cost_basis, other.market_value) && other.market_value.is_some()
}

/// The last day with other figures than at the end, also among days that are only drawn.
fn last_change(points: &[ValuePoint]) -> Option<Day> {
    let last = points.last()?;
    points.iter().rev().find(|point| !is_same(point, last)).map(|point| point.date)
}

/// Removes the points between the first after the last change and the last one; returns the day of the first
/// if any were removed.
fn leave_out_the_same(points: &mut Vec<ValuePoint>, changed: Option<Day>) -> Option<Day> {
    let last = points.pop()?;
    let same = points.iter().rev().take_while(|point| Some(point.date) > changed && is_same(point, &last)).count();
    points.truncate(points.len().saturating_sub(same.saturating_sub(1)));
    let first = points.last().filter(|_| same > 1).map(|point| point.date);
    points.push(last);
    first
}

fn nothing(date: Day) -> ValuePoint {
    ValuePoint { date, cost_basis: Money::ZERO, market_value: Some(Money::ZERO) }
}

fn first(chart: &ValueOverTime) -> Day {
    chart.points.first().map_or(Day::FIRST, |point| point.date)
}

/// The days with figures: the first, the last, and the ends of the periods between.
fn listed_days(by: Option<ChartStep>, first: Day, last: Day) -> Vec<Day> {
    let ends = |unit: CalendarUnit| {
        let periods = std::iter::successors(Some(CalendarPeriod::of(first, unit)), |period| period.next());
        let mut days: Vec<Day> = periods.map(CalendarPeriod::last).take_while(|day| *day < last).collect();
        days.insert(0, first);
        days.push(last);
        days.dedup();
        days
    };
    match by {
        Some(ChartStep::Year) => ends(CalendarUnit::Year),
        Some(ChartStep::Quarter) => ends(CalendarUnit::Quarter),
        Some(ChartStep::Month) => ends(CalendarUnit::Month),
        Some(ChartStep::Day) => {
            std::iter::successors(Some(first), |day| day.next()).take_while(|day| *day <= last).collect()
        }
        None => match last.days_since(first) {
            ..=400 => ends(CalendarUnit::Month),
            401..=1200 => ends(CalendarUnit::Quarter),
            _ => ends(CalendarUnit::Year),
        },
    }
}

/// At least as many days as any chart has columns.
const DRAWN: i64 = 200;

fn drawn_days(first: Day, last: Day) -> Vec<Day> {
    let all = last.days_since(first);
    let day = |column: i64| {
        let ahead = all.saturating_mul(column).checked_div(DRAWN).and_then(|days| u64::try_from(days).ok());
        let date = first.calendar().checked_add_days(chrono::Days::new(ahead.unwrap_or_default()));
        date.map_or(last, Day::nearest)
    };
    (0..=DRAWN).map(day).collect()
}

/// The chart of a currency, under its name.
fn picture(over_time: &ValueOverTime, context: &Context<'_>) -> String {
    let amounts = over_time.points.iter().flat_map(|point| [Some(point.cost_basis), point.market_value]);
    let largest = amounts.flatten().map(Money::decimal).max().unwrap_or_default();
    let columns = chart_columns(context.page.screen, axis_amount(top_of(largest)).len());
    let (first, last) = (first(over_time), over_time.points.last().map_or(Day::LAST, |point| point.date));
    let shown = (0..columns).filter_map(|column| {
        let ahead = last.days_since(first).saturating_mul(i64::try_from(column).ok()?);
        let ahead = ahead.checked_div(i64::try_from(columns.saturating_sub(1).max(1)).ok()?)?;
        let past = over_time.points.partition_point(|point| point.date.days_since(first) <= ahead);
        over_time.points.get(past.checked_sub(1)?)
    });
    let (values, costs): (Vec<Option<Decimal>>, Vec<Decimal>) =
        shown.map(|point| (point.market_value.map(Money::decimal), point.cost_basis.decimal())).unzip();
    let chart = Chart { values, costs, ends: [first, last].map(|day| day.to_string()), label: &axis_amount };
    let unpriced: Vec<_> = over_time.unpriced.iter().collect();
    let first_unknown = over_time.points.iter().find(|point| point.market_value.is_none()).map(|point| point.date);
    let left_out: Vec<_> = over_time.left_out.iter().collect();
    let notes = [
        about_prices("no price on some of these days, so no value", &unpriced, first_unknown),
        about_prices(NOT_COUNTED, &left_out, None),
    ];
    let note = notes.into_iter().flatten().collect::<String>();
    format!("{}\n{}{}", over_time.currency, chart.draw(context.page.screen), context.page.fitted(&note))
}

const MEMBERS: &[&str] = &["currency", "date", "cost_basis", "market_value", "gain", "gain_percentage", "left_out"];

fn record(chart: &ValueOverTime, point: &ValuePoint) -> Record {
    let gain = gain(point);
    let percentage = gain.and_then(|gain| gain.percentage_of(point.cost_basis)).and_then(Result::ok);
    let values = [
        Value::text(&chart.currency),
        Value::exact(&point.date),
        Value::exact(&point.cost_basis),
        Value::optional(point.market_value.as_ref()),
        Value::optional(gain.as_ref()),
        Value::optional(percentage.as_ref()),
        Value::Words(chart.left_out.iter().map(ToString::to_string).collect()),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}

fn gain(point: &ValuePoint) -> Option<Money> {
    point.market_value.and_then(|value| value.minus(point.cost_basis).ok())
}

fn table(charts: &[ValueOverTime], in_one: &[ValueOverTime]) -> Table {
    let mut columns = vec![
        Column::key("date", 100),
        Column::number("cost", 80),
        Column::number("value", 95),
        Column::number("gain", 90),
        Column::number("gain %", 85),
    ];
    let has_currencies = charts.len() > 1;
    if has_currencies {
        columns.push(Column::key("currency", 98));
    }
    let row = |chart: &ValueOverTime, point: &ValuePoint| {
        let currency = chart.currency;
        let gain = gain(point);
        let tone = gain.map(figure::tone);
        let toned =
            |text: Option<String>| text.zip(tone).map_or_else(Cell::empty, |(text, tone)| Cell::new(text, tone));
        let percentage = gain.and_then(|gain| gain.percentage_of(point.cost_basis)).and_then(Result::ok);
        let value = point.market_value.map(|value| figure::money(value, currency));
        let mut cells = vec![
            Cell::plain(point.date.to_string()),
            Cell::plain(figure::money(point.cost_basis, currency)),
            value.map_or_else(Cell::empty, Cell::plain),
            toned(gain.map(|gain| figure::signed_money(gain, currency))),
            toned(percentage.map(figure::percentage)),
        ];
        if has_currencies {
            cells.push(Cell::plain(currency.code()));
        }
        cells
    };
    let points = |charts: &[ValueOverTime]| -> Vec<Vec<Cell>> {
        charts.iter().flat_map(|chart| chart.points.iter().map(|point| row(chart, point))).collect()
    };
    let own = points(charts).into_iter().map(Row::Data);
    Table { columns, rows: own.chain(points(in_one).into_iter().map(Row::Total)).collect() }
}
