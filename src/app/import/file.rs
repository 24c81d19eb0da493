//! CSV files of trades and prices, read row by row.
//!
//! [`read_rows`] takes any source of bytes and hands over what each row says, as values of the
//! domain, or what is wrong with it. It knows no book: whether a symbol exists or a trade is there
//! already is for the caller to say. A file of any size is read in bounded memory.

mod column;
mod currency_mark;
mod date;
mod date_format;
mod delimiter;
mod encoding;
mod fault;
mod header;
mod layout;
mod lines;
mod number;
mod prices;
mod records;
mod row;
#[cfg(test)]
mod tests;
mod trades;

use std::io::{self, Read};

pub use column::{Column, ColumnMapping};
pub use currency_mark::CurrencyMark;
pub use date_format::DateFormat;
pub use fault::RowFault;
pub use prices::PriceRow;
pub use trades::TradeRow;

use crate::domain::{Day, Symbol};
use fault::Fault;
use header::Header;
use layout::Layout;
use records::Records;
use row::Row;

/// What the caller says about a file.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The stock that the whole file is of: `--symbol`.
    pub symbol: Option<Symbol>,
    /// What the file calls our columns: `--map`.
    pub columns: Vec<ColumnMapping>,
    /// How the file writes its dates, if not in an unambiguous form: `--date-format`.
    pub date_format: Option<DateFormat>,
    /// The day after which no date can be.
    pub today: Day,
}

/// What one row says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ImportRow {
    /// A purchase or sale.
    Trade(TradeRow),
    /// The price of a stock on a day.
    Price(PriceRow),
}

/// What a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Purchases and sales: the file has an `action` column.
    Trades,
    /// Prices.
    Prices,
}

/// What a file was found to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSummary {
    /// Rows handed over, the faulty ones included; blank rows do not count.
    pub rows: u64,
    /// What the file is of; `None` if a fault of the file as a whole left that open.
    pub kind: Option<FileKind>,
    /// Columns of a trades file that were not read, safe to print.
    pub ignored_columns: Vec<String>,
}

/// Reads all rows of a file.
///
/// `take` gets the line on which a row begins, counted from 1, and the row or what is wrong with
/// it. What is wrong with the file as a whole is handed over as one such fault, which ends the
/// reading.
///
/// # Errors
/// If the source cannot be read, or with the first error that `take` returns, which ends the
/// reading.
pub fn read_rows<E: From<io::Error>>(
    source: impl Read,
    options: &ReadOptions,
    mut take: impl FnMut(u64, Result<ImportRow, RowFault>) -> Result<(), E>,
) -> Result<FileSummary, E> {
    let mut summary = FileSummary::default();
    match each_row(source, options, &mut summary, &mut take) {
        Ok(()) => Ok(summary),
        Err(Stop::Caller(error)) => Err(error),
        Err(Stop::File(error)) => {
            let fault = error.downcast::<RowFault>()?;
            take(fault.line, Err(fault))?;
            Ok(summary)
        }
    }
}

/// What ends the reading before the last row.
enum Stop<E> {
    /// The file: an I/O error, or a [`RowFault`] in the coat of one.
    File(io::Error),
    /// The caller.
    Caller(E),
}

impl<E> From<io::Error> for Stop<E> {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

impl<E> From<RowFault> for Stop<E> {
    fn from(fault: RowFault) -> Self {
        Self::File(io::Error::other(fault))
    }
}

fn each_row<E: From<io::Error>>(
    source: impl Read,
    options: &ReadOptions,
    summary: &mut FileSummary,
    take: &mut impl FnMut(u64, Result<ImportRow, RowFault>) -> Result<(), E>,
) -> Result<(), Stop<E>> {
    let mut records = Records::open(source)?;
    let Some(line) = records.advance()? else {
        return Err(Fault::new("empty_file", "the file is empty; the first line must name the columns").at(1).into());
    };
    let header = Header::read(records.fields()).map_err(|fault| fault.at(line))?;
    let layout = Layout::resolve(&header, options).map_err(|fault| fault.at(line))?;
    summary.kind = Some(layout.kind());
    summary.ignored_columns = layout.ignored_columns(&header);
    while let Some(line) = records.advance()? {
        let row = Row::new(records.fields(), &header, options, records.delimiter());
        let row = row.and_then(|row| layout.read(&row)).map_err(|fault| fault.at(line));
        summary.rows = summary.rows.saturating_add(1);
        take(line, row).map_err(Stop::Caller)?;
    }
    Ok(())
}
