//! `gains`.

mod table;

use table::GainTable;

use crate::app::{
    AppError, Conversion, ForeignGain, GainRow, GainsBy, GainsFilter, LotGain, Period, Reader, UsedRates,
    for_each_gain, for_each_gain_in, for_each_lot_gain, for_each_lot_gain_in, listed_symbol,
};
use crate::cli::args::{GainsArgs, GainsLine, Range};
use crate::cli::context::Context;
use crate::cli::dates::past_moment;
use crate::cli::output::{Format, Record, Value};
use crate::cli::views::{DISPOSAL_MEMBERS, RecordTotals, ReportingTotal, disposal, note_rates, with_foreign};
use crate::domain::GainTotals;

pub(in crate::cli) fn gains(args: GainsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let known_on = past_moment(args.known_on, context.today, context.now())?;
    let period = args.year.map_or(Period::Days { from, to }, Period::Year);
    let conversion = args.conversion.conversion();
    let totals = RecordTotals::of(args.totals.then_some(SUMMED), context.page.format())?;
    context.read(|reader| {
        let symbol = args.symbol.map(|symbol| listed_symbol(reader, &symbol)).transpose()?;
        let filter = GainsFilter { portfolios: context.portfolios.clone(), symbol, period, known_on };
        let report = Report { reader, filter, conversion, context };
        match args.by {
            GainsLine::Lot => report.by_lot(totals),
            GainsLine::Sale => report.by(GainsBy::Sale, totals),
            GainsLine::Symbol => report.by(GainsBy::Symbol, totals),
            GainsLine::Year => report.by(GainsBy::Year, totals),
        }
    })
}

const NOTHING: &str = "no sales; `stockbook sell` records one";

/// The requested report.
struct Report<'a> {
    reader: Reader<'a>,
    filter: GainsFilter,
    /// The currency of the report; those of the sales unless given.
    conversion: Option<Conversion>,
    context: &'a Context<'a>,
}

/// Passes rows on, each with the effects of price and currency, and returns the rates that were used.
type ForEach<'f, R> = &'f dyn Fn(&mut Take<'_, R>) -> Result<Vec<UsedRates>, AppError>;
type Take<'t, R> = dyn FnMut(R, Option<ForeignGain>) -> Result<(), AppError> + 't;

impl Report<'_> {
    fn by_lot(&self, totals: RecordTotals) -> Result<(), AppError> {
        let record = |lot: &LotGain| disposal(&lot.disposal, &lot.portfolio, &lot.symbol, lot.currency);
        self.show(table::of_lots(), (DISPOSAL_MEMBERS, record), totals, &|take| match self.conversion {
            None => for_each_lot_gain(self.reader, &self.filter, &mut |lot| take(lot, None)).map(|()| Vec::new()),
            Some(conversion) => for_each_lot_gain_in(self.reader, &self.filter, conversion, &mut |lot, foreign| {
                take(lot, Some(foreign))
            }),
        })
    }

    fn by(&self, by: GainsBy, totals: RecordTotals) -> Result<(), AppError> {
        self.show(table::of_sums(by), (MEMBERS, record), totals, &|take| match self.conversion {
            None => for_each_gain(self.reader, &self.filter, by, &mut |row| take(row, None)).map(|()| Vec::new()),
            Some(conversion) => for_each_gain_in(self.reader, &self.filter, by, conversion, &mut |row, foreign| {
                take(row, Some(foreign))
            }),
        })
    }

    fn show<R>(
        &self,
        mut table: GainTable<R>,
        (members, record): (&[&'static str], fn(&R) -> Record),
        mut totals: RecordTotals,
        for_each: ForEach<'_, R>,
    ) -> Result<(), AppError> {
        let page = &self.context.page;
        if page.format() == Format::Table {
            let used = for_each(&mut |row, foreign| Ok(table.take(&row, foreign)?))?;
            if self.conversion.is_none() {
                return self.print_with_total(table);
            }
            page.print(&page.draw_or_note(&table.finish(None), NOTHING))?;
            return note_rates(page, self.conversion, &used);
        }
        let members = with_foreign(members, FOREIGN_MEMBERS, self.conversion);
        page.stream_records(&members, |print| {
            for_each(&mut |row, foreign| {
                let record = foreign.iter().fold(record(&row), add_foreign);
                totals.add(&record);
                print(&record)
            })?;
            totals.records(&members).iter().try_for_each(print)
        })
    }

    /// Prints a table with a total in the reporting currency.
    fn print_with_total<R>(&self, table: GainTable<R>) -> Result<(), AppError> {
        let page = &self.context.page;
        let total = ReportingTotal::of(self.context.total_in(None), table.currencies(), |conversion| {
            let mut sum = GainTotals::default();
            let used = for_each_gain_in(self.reader, &self.filter, GainsBy::Year, conversion, &mut |row, _| {
                sum = sum.plus(&row.totals)?;
                Ok(())
            })?;
            Ok((sum, used))
        })?;
        page.print(&page.draw_or_note(&table.finish(total.known()), NOTHING))?;
        total.note(page)
    }
}

/// The members that have totals. A sum of shares of different stocks means nothing.
const SUMMED: &[&str] =
    &["proceeds", "cost_basis", "gain", "short_term_gain", "long_term_gain", "price_gain", "currency_gain"];

/// The members that a report in one currency adds.
const FOREIGN_MEMBERS: &[&str] = &["original_currency", "price_gain", "currency_gain"];

fn add_foreign(mut record: Record, gain: &ForeignGain) -> Record {
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
