//! `gains`.

mod table;

use crate::app::{
    AppError, Conversion, ForeignGain, GainRow, GainsBy, GainsFilter, Period, for_each_gain, for_each_gain_in,
    for_each_lot_gain, for_each_lot_gain_in, listed_symbol,
};
use crate::app::{LotGain, Reader};
use crate::cli::args::{GainsArgs, GainsLine, Range};
use crate::cli::context::Context;
use crate::cli::dates::past_moment;
use crate::cli::output::{ForEachRecord, Format, Record, Value};
use crate::cli::views::{DISPOSAL_MEMBERS, RecordTotals, ReportingTotal, disposal, note_rates};
use crate::domain::GainTotals;

pub(in crate::cli) fn gains(args: GainsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let known_on = past_moment(args.known_on, context.today, context.now())?;
    let period = args.year.map_or(Period::Days { from, to }, Period::Year);
    let mut totals = RecordTotals::of(args.totals.then_some(SUMMED), context.page.format())?;
    let totals = &mut totals;
    context.read(|reader| {
        let symbol = args.symbol.map(|symbol| listed_symbol(reader, &symbol)).transpose()?;
        let filter = GainsFilter { portfolios: context.portfolios.clone(), symbol, period, known_on };
        if let Some(conversion) = args.conversion.conversion() {
            return match args.by {
                GainsLine::Lot => by_lot_in(conversion, reader, &filter, totals, context),
                GainsLine::Sale => by_in(GainsBy::Sale, conversion, reader, &filter, totals, context),
                GainsLine::Symbol => by_in(GainsBy::Symbol, conversion, reader, &filter, totals, context),
                GainsLine::Year => by_in(GainsBy::Year, conversion, reader, &filter, totals, context),
            };
        }
        match args.by {
            GainsLine::Lot => by_lot(reader, &filter, totals, context),
            GainsLine::Sale => by(GainsBy::Sale, reader, &filter, totals, context),
            GainsLine::Symbol => by(GainsBy::Symbol, reader, &filter, totals, context),
            GainsLine::Year => by(GainsBy::Year, reader, &filter, totals, context),
        }
    })
}

const NOTHING: &str = "no sales; `stockbook sell` records one";

fn by_lot(
    reader: Reader<'_>,
    filter: &GainsFilter,
    totals: &mut RecordTotals,
    context: &Context<'_>,
) -> Result<(), AppError> {
    if context.page.format() == Format::Table {
        let mut lots = table::of_lots();
        for_each_lot_gain(reader, filter, &mut |lot| Ok(lots.take(&lot)?))?;
        return print_with_total(lots, reader, filter, context);
    }
    let record = |lot: &LotGain| disposal(&lot.disposal, &lot.portfolio, &lot.symbol, lot.currency);
    stream(DISPOSAL_MEMBERS, totals, context, |take| for_each_lot_gain(reader, filter, &mut |lot| take(&record(&lot))))
}

fn by(
    by: GainsBy,
    reader: Reader<'_>,
    filter: &GainsFilter,
    totals: &mut RecordTotals,
    context: &Context<'_>,
) -> Result<(), AppError> {
    if context.page.format() == Format::Table {
        let mut sums = table::of_sums(by);
        for_each_gain(reader, filter, by, &mut |row| Ok(sums.take(&row)?))?;
        return print_with_total(sums, reader, filter, context);
    }
    stream(MEMBERS, totals, context, |take| for_each_gain(reader, filter, by, &mut |row| take(&record(&row))))
}

/// Prints a table with a total in the reporting currency.
fn print_with_total<R>(
    table: table::GainTable<R>,
    reader: Reader<'_>,
    filter: &GainsFilter,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let total = ReportingTotal::of(context.total_in(None), table.currencies(), |conversion| {
        let mut sum = GainTotals::default();
        let used = for_each_gain_in(reader, filter, GainsBy::Year, conversion, &mut |row, _| {
            sum = sum.plus(&row.totals)?;
            Ok(())
        })?;
        Ok((sum, used))
    })?;
    context.page.print(&context.page.draw_or_note(&table.finish(total.known()), NOTHING))?;
    total.note(&context.page)
}

fn by_lot_in(
    conversion: Conversion,
    reader: Reader<'_>,
    filter: &GainsFilter,
    totals: &mut RecordTotals,
    context: &Context<'_>,
) -> Result<(), AppError> {
    if context.page.format() == Format::Table {
        let mut lots = table::of_lots();
        let used =
            for_each_lot_gain_in(reader, filter, conversion, &mut |lot, foreign| Ok(lots.take_in(&lot, &foreign)?))?;
        context.page.print(&context.page.draw_or_note(&lots.finish(None), NOTHING))?;
        return note_rates(&context.page, Some(conversion), &used);
    }
    let members: Vec<&'static str> = DISPOSAL_MEMBERS.iter().chain(FOREIGN_MEMBERS).copied().collect();
    stream(&members, totals, context, |take| {
        for_each_lot_gain_in(reader, filter, conversion, &mut |lot, gain| {
            let record = disposal(&lot.disposal, &lot.portfolio, &lot.symbol, lot.currency);
            take(&foreign(record, &gain))
        })
        .map(|_| ())
    })
}

fn by_in(
    by: GainsBy,
    conversion: Conversion,
    reader: Reader<'_>,
    filter: &GainsFilter,
    totals: &mut RecordTotals,
    context: &Context<'_>,
) -> Result<(), AppError> {
    if context.page.format() == Format::Table {
        let mut sums = table::of_sums(by);
        let used =
            for_each_gain_in(reader, filter, by, conversion, &mut |row, foreign| Ok(sums.take_in(&row, &foreign)?))?;
        context.page.print(&context.page.draw_or_note(&sums.finish(None), NOTHING))?;
        return note_rates(&context.page, Some(conversion), &used);
    }
    let members: Vec<&'static str> = MEMBERS.iter().chain(FOREIGN_MEMBERS).copied().collect();
    stream(&members, totals, context, |take| {
        let mut take = |row, gain| take(&foreign(record(&row), &gain));
        for_each_gain_in(reader, filter, by, conversion, &mut |row, gain| take(row, gain)).map(|_| ())
    })
}

/// Prints records one by one, followed by their totals.
fn stream(
    members: &[&'static str],
    totals: &mut RecordTotals,
    context: &Context<'_>,
    for_each: impl FnOnce(&mut ForEachRecord<'_>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    context.page.stream_records(members, |take| {
        for_each(&mut |record| {
            totals.add(record);
            take(record)
        })?;
        totals.records(members).iter().try_for_each(take)
    })
}

/// The members that have totals. A sum of shares of different stocks means nothing.
const SUMMED: &[&str] =
    &["proceeds", "cost_basis", "gain", "short_term_gain", "long_term_gain", "price_gain", "currency_gain"];

/// The members that a report in one currency adds.
const FOREIGN_MEMBERS: &[&str] = &["original_currency", "price_gain", "currency_gain"];

fn foreign(mut record: Record, gain: &ForeignGain) -> Record {
    let values = [
        Value::optional_text(gain.original_currency.as_ref()),
        Value::exact(&gain.price_gain),
        Value::exact(&gain.currency_gain),
    ];
    record.0.extend(FOREIGN_MEMBERS.iter().copied().zip(values));
    record
}

const MEMBERS: &[&str] = &[
    "portfolio",
    "symbol",
    "currency",
    "quantity",
    "proceeds",
    "cost_basis",
    "gain",
    "short_term_gain",
    "long_term_gain",
    "sale_id",
    "sold_on",
    "year",
];

fn record(row: &GainRow) -> Record {
    let GainTotals { quantity, proceeds, cost_basis, gain, short_term_gain, long_term_gain } = &row.totals;
    let (sale_id, sold_on) = row.sale.unzip();
    let year = row.year.and_then(|year| u64::try_from(year).ok());
    let values = [
        Value::optional_text(row.portfolio.as_ref()),
        Value::optional_text(row.symbol.as_ref()),
        Value::text(&row.currency),
        Value::exact(&quantity),
        Value::exact(&proceeds),
        Value::exact(&cost_basis),
        Value::exact(&gain),
        Value::exact(&short_term_gain),
        Value::exact(&long_term_gain),
        Value::optional(sale_id.as_ref()),
        Value::optional(sold_on.as_ref()),
        year.map_or(Value::Null, Value::Count),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}
