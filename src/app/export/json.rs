//! Everything as one JSON document, made of the lists that the commands print.

mod lots;
mod rows;

use std::io::{self, BufWriter, Write};

use rows::{
    ConversionJson, GainJson, ImportJson, PortfolioJson, PriceJson, RateJson, SplitJson, StockJson, TransactionJson,
};
use serde::Serialize;

use super::ExportRequest;
use super::chronicle::Chronicle;
use crate::app::AppError;
use crate::domain::Day;
use crate::store::{ConversionRow, SaleFilter, SaleOrder, TransactionFilter};

/// A document that is written member by member, each a list of any length.
struct Document<'o> {
    out: BufWriter<&'o mut dyn Write>,
    before: &'static str,
}

impl<'o> Document<'o> {
    fn begin(out: &'o mut dyn Write) -> Self {
        Self { out: BufWriter::new(out), before: "{" }
    }

    fn list(
        &mut self,
        name: &str,
        rows: impl FnOnce(&mut List<'_, BufWriter<&'o mut dyn Write>>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        write!(self.out, "{}\"{name}\":[", self.before)?;
        self.before = ",\n";
        let mut list = List { out: &mut self.out, before: "\n" };
        rows(&mut list)?;
        Ok(write!(self.out, "]")?)
    }

    fn end(mut self) -> io::Result<()> {
        writeln!(self.out, "}}")?;
        self.out.flush()
    }
}

struct List<'l, W> {
    out: &'l mut W,
    before: &'static str,
}

impl<W: Write> List<'_, W> {
    fn push(&mut self, row: &impl Serialize) -> Result<(), AppError> {
        write!(self.out, "{}", self.before)?;
        self.before = ",\n";
        Ok(serde_json::to_writer(&mut *self.out, row).map_err(std::io::Error::from)?)
    }
}

pub(super) fn write(
    chronicle: &Chronicle<'_>,
    request: &ExportRequest<'_>,
    out: &mut dyn Write,
) -> Result<(), AppError> {
    let reader = chronicle.reader;
    let symbols = chronicle.symbols_in(&request.portfolios)?;
    let stocks = || chronicle.stocks.values().filter(|stock| symbols.contains(&stock.profile().symbol));
    let (portfolios, from, to) = (&request.portfolios, request.from, request.to);
    let mut document = Document::begin(out);
    document.list("portfolios", |list| {
        let wanted = chronicle.portfolios.iter().filter(|portfolio| request.is_of(portfolio.name()));
        wanted.into_iter().try_for_each(|portfolio| list.push(&PortfolioJson::of(portfolio)))
    })?;
    document.list("stocks", |list| stocks().try_for_each(|stock| list.push(&StockJson::of(stock))))?;
    document.list("splits", |list| {
        let splits = stocks().flat_map(|stock| chronicle.splits_of(&stock.profile().symbol));
        let mut wanted = splits.filter(|split| request.covers(split.effective_date));
        wanted.try_for_each(|split| list.push(&SplitJson::of(split)))
    })?;
    document.list("conversions", |list| {
        let is_wanted = |row: &&ConversionRow| {
            request.covers(row.effective_date)
                && row.portfolio_name().is_none_or(|only| request.is_of(only))
                && (symbols.contains(&row.stock.1) || symbols.contains(&row.new_stock.1))
        };
        chronicle.conversions().filter(is_wanted).try_for_each(|row| list.push(&ConversionJson::of(row)))
    })?;
    document.list("transactions", |list| {
        let filter = TransactionFilter { from, to, with_voided: true, ..TransactionFilter::of(portfolios) };
        reader.transactions().for_each(&filter, &mut |row| {
            request.pause()?;
            list.push(&TransactionJson::of(&row))
        })
    })?;
    document.list("gains", |list| {
        let filter = SaleFilter { portfolios: portfolios.clone(), from, to, symbol: None };
        reader.transactions().for_each_sale(&filter, SaleOrder::Day, &mut |sale| {
            sale.by_lot().try_for_each(|gain| list.push(&GainJson::of(&gain)))
        })
    })?;
    document.list("lots", |list| lots::write(chronicle, request, &mut |lot| list.push(lot)))?;
    document.list("prices", |list| {
        for stock in stocks() {
            let prices = reader.prices().recorded(stock, None, None)?;
            let mut wanted = prices.iter().filter(|price| request.covers(price.date));
            wanted.try_for_each(|price| list.push(&PriceJson::of(stock, price)))?;
        }
        Ok(())
    })?;
    document.list("rates", |list| {
        let (first, last) = (from.unwrap_or(Day::FIRST), to.unwrap_or(Day::LAST));
        for pair in reader.rates().pairs()? {
            let rates = reader.rates().recorded(pair, first, last)?;
            rates.into_iter().try_for_each(|rate| list.push(&RateJson::of(pair, rate)))?;
        }
        Ok(())
    })?;
    document.list("imports", |list| {
        reader.commands().imports()?.iter().try_for_each(|import| list.push(&ImportJson::of(import)))
    })?;
    Ok(document.end()?)
}
