//! `performance`.

use crate::app::{AppError, Flows, PeriodReturns, ReturnsBy, ReturnsFilter, until_standstill};
use crate::cli::args::{CalendarUnitArg, PerformanceArgs, Range};
use crate::cli::context::Context;
use crate::cli::output::{
    Cell, Column, Format, Listing, Record, Row, Screen, Table, Tone, Value, bar_around_zero, figure, with_bars,
};
use crate::cli::views::{
    FOREIGN_RETURN, ReportingTotal, RowOfReturns, foreign_return, gaps, note_rates, oldest_price, standstill,
    with_foreign,
};
use crate::domain::{CalendarUnit, Day, Percentage};

pub(in crate::cli) fn performance(args: &PerformanceArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let to = to.unwrap_or(context.today).not_after(context.today).map_err(AppError::Value)?;
    let (portfolios, symbol) = (context.portfolios.clone(), args.symbol.clone());
    let (conversion, by) = (args.conversion.conversion(), ReturnsBy::Total);
    let filter = ReturnsFilter { portfolios, symbol, from, to, by, versus: None, flows: Flows::Omitted, conversion };
    let unit = match args.by {
        CalendarUnitArg::Year => CalendarUnit::Year,
        CalendarUnitArg::Quarter => CalendarUnit::Quarter,
        CalendarUnitArg::Month => CalendarUnit::Month,
    };
    let members = with_foreign(MEMBERS, FOREIGN_RETURN, conversion);
    let (periods, used, total) = context.read(|reader| {
        let (periods, used) = crate::app::performance(reader, &filter, unit)?;
        let currencies = periods.iter().map(|period| period.returns.currency);
        let total = ReportingTotal::of(context.total_in(conversion), currencies, |conversion| {
            let filter = ReturnsFilter { conversion: Some(conversion), ..filter.clone() };
            crate::app::performance(reader, &filter, unit)
        })?;
        Ok((periods, used, total))
    })?;
    let in_one = total.known().map(|(_, periods)| periods.as_slice()).unwrap_or_default();
    let (in_one, _) = until_standstill(in_one);
    let (moving, still) = until_standstill(&periods);
    context.page.list(&Listing {
        members: &members,
        records: &|| periods.iter().map(record).collect(),
        table: &|| {
            with_bars(context.page.screen, |width| {
                table((moving, in_one), width.map(|width| (width, context.page.screen)))
            })
        },
        nothing: Some("no money moved in this period"),
    })?;
    if let (Some(first), Some(last)) = (still.first(), still.last()) {
        context.page.note_below_table(&standstill(first.period, last.period))?;
    }
    let end = moving.last().map(|it| it.period);
    let last = moving.iter().filter(|it| Some(it.period) == end);
    if still.is_empty()
        && let Some(warning) = oldest_price(last.map(|it| &it.returns), context.another_day(to))
    {
        context.page.add_below(&warning)?;
    }
    note_rates(&context.page, conversion, &used)?;
    total.note(&context.page)?;
    if context.page.format() == Format::Table {
        context.page.print(&context.page.fitted(&reasons(moving, context.today)))
    } else {
        Ok(())
    }
}

const MEMBERS: &[&str] = &[
    "period",
    "from",
    "to",
    "currency",
    "opening_value",
    "paid_in",
    "taken_out",
    "dividends",
    "gain",
    "market_value",
    "time_weighted_return_percentage",
    "reason",
    "left_out",
];

fn record(PeriodReturns { period, returns }: &PeriodReturns) -> Record {
    let values = [
        Value::text(period),
        Value::exact(&returns.from),
        Value::exact(&returns.to),
        Value::text(&returns.currency),
        Value::optional(returns.opening_value.as_ref()),
        Value::optional(returns.paid_in.as_ref()),
        Value::optional(returns.withdrawn.as_ref()),
        Value::exact(&returns.dividends),
        Value::optional(returns.gain.as_ref()),
        Value::optional(returns.market_value.as_ref()),
        Value::optional(returns.time_weighted.as_ref().ok()),
        Value::optional_text(returns.time_weighted.as_ref().err()),
        Value::Words(returns.left_out.iter().map(|(symbol, _)| symbol.to_string()).collect()),
    ];
    foreign_return(Record(MEMBERS.iter().copied().zip(values).collect()), returns)
}

fn table((periods, in_one): (&[PeriodReturns], &[PeriodReturns]), bars: Option<(usize, Screen)>) -> Table {
    let has_currencies =
        periods.iter().any(|it| Some(it.returns.currency) != periods.first().map(|first| first.returns.currency));
    let mut columns = vec![
        Column::key("period", 100),
        Column::number("opening", 60),
        Column::number("paid in", 70),
        Column::number("dividends", 50),
        Column::number("gain", 90),
        Column::number("value", 80),
        Column::number("by time", 95),
    ];
    let is_converted = periods.iter().any(|it| it.returns.foreign.is_some());
    if is_converted {
        columns.extend([Column::number("price gain", 66), Column::number("currency gain", 67)]);
    }
    if has_currencies {
        columns.push(Column::key("currency", 98));
    }
    columns.extend(bars.map(|_| Column::key("", 10)));
    let rates = periods.iter().filter_map(|it| it.returns.time_weighted.as_ref().ok());
    let largest = rates.map(|rate| rate.decimal().abs()).max().unwrap_or_default();
    let row = |PeriodReturns { period, returns }: &PeriodReturns| {
        let currency = returns.currency;
        let optional = |text: Option<String>| text.map_or_else(Cell::empty, Cell::plain);
        let gain = returns.gain.map(|gain| Cell::new(figure::signed_money(gain, currency), figure::tone(gain)));
        let moved = returns.paid_in.zip(returns.withdrawn).and_then(|(paid, taken)| paid.minus(taken).ok());
        let rate = returns.time_weighted.as_ref().ok().copied();
        let tone = rate.map_or(Tone::Plain, figure::percentage_tone);
        let mut cells = vec![
            Cell::plain(period.to_string()),
            optional(returns.opening_value.map(|value| figure::money(value, currency))),
            optional(moved.map(|moved| figure::signed_money(moved, currency))),
            Cell::plain(figure::money(returns.dividends, currency)),
            gain.unwrap_or_else(Cell::empty),
            optional(returns.market_value.map(|value| figure::money(value, currency))),
            rate.map_or_else(Cell::empty, |rate| Cell::new(figure::percentage(rate), tone)),
        ];
        if is_converted {
            let gains = [returns.foreign.and_then(|it| it.price_gain), returns.currency_gain()];
            cells.extend(gains.map(|gain| optional(gain.map(|gain| figure::signed_money(gain, currency)))));
        }
        if has_currencies {
            cells.push(Cell::plain(currency.code()));
        }
        cells.extend(bars.map(|(width, screen)| {
            let drawn = |rate: Percentage| bar_around_zero(rate.decimal(), largest, width, screen);
            rate.map_or_else(Cell::empty, |rate| Cell::new(drawn(rate), tone))
        }));
        cells
    };
    let own = periods.iter().map(|period| Row::Data(row(period)));
    Table { columns, rows: own.chain(in_one.iter().map(|period| Row::Total(row(period)))).collect() }
}

/// Why there are gaps in the table.
fn reasons(periods: &[PeriodReturns], today: Day) -> String {
    let rows = periods.iter().map(|PeriodReturns { period, returns }| {
        let reason = returns.time_weighted.as_ref().err().map(ToString::to_string);
        RowOfReturns { title: period.to_string(), returns, reason }
    });
    let lines = gaps(&rows.collect::<Vec<_>>(), today);
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}
