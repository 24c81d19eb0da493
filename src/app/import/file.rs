//! CSV files of trades and prices, read row by row.
//!
//! [`FileRows`] reads any source of bytes and returns each row as values of the domain, or what is wrong with it. It
//! does not know the book: whether a symbol exists or a trade is already recorded is for the caller to decide. Files
//! of any size are read in bounded memory.

mod column;
mod companies;
mod date;
mod delimiter;
mod header;
mod layout;
mod number;
mod prices;
mod records;
mod row;
#[cfg(test)]
mod tests;
mod trades;

use std::io::{self, Read};

pub use column::{Column, ColumnMapping};
pub(super) use companies::changed_by;
pub use companies::{CashInLieuRow, ConvertRow, CorporateActionRow, CostChangeRow, Direction, WriteOffRow};
pub use prices::PriceRow;
pub use trades::{DividendRow, SplitRow, TradeRow};

use crate::app::{Destination, LotChoice};
use crate::domain::{
    Day, ExternalId, Instant, Moment, PortfolioName, Quantity, Side, Symbol, TimeOfDay, TransactionType,
};
use crate::formats::Fault;
pub use crate::formats::{CurrencyMark, DateFormat, RowFault, TimeZone};
use header::Header;
use layout::Layout;
use records::Records;
use row::Row;

/// The user's options for a file.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The stock of all rows: `--symbol`.
    pub symbol: Option<Symbol>,
    /// The file's names for our columns: `--map`.
    pub columns: Vec<ColumnMapping>,
    /// The format of dates: `--date-format`; without it only unambiguous dates are read.
    pub date_format: Option<DateFormat>,
    /// The time zone in which instants are turned into days: `--time-zone`.
    pub time_zone: Option<TimeZone>,
    /// The last day that a date may name.
    pub today: Day,
}

/// The content of one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ImportRow {
    /// A purchase, a sale or an opening lot.
    Trade(TradeRow),
    /// A dividend.
    Dividend(DividendRow),
    /// A split.
    Split(SplitRow),
    /// Shares that move to another portfolio or leave the book.
    Transfer(TransferRow),
    /// A spin-off or an exchange.
    Convert(Box<ConvertRow>),
    /// A return of capital or an addition to cost.
    CostChange(CostChangeRow),
    /// A sale of shares for nothing.
    WriteOff(WriteOffRow),
    /// A corporate action whose effect on cost the row does not state.
    CorporateAction(Box<CorporateActionRow>),
    /// Cash in lieu of a fraction.
    CashInLieu(CashInLieuRow),
    /// A price of a stock on a day.
    Price(PriceRow),
}

/// A transfer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TransferRow {
    /// The day.
    pub date: Day,
    /// The time.
    pub time: Option<TimeOfDay>,
    /// The instant, if the file states the offset from UTC.
    pub instant: Option<Instant>,
    /// The stock.
    pub symbol: Symbol,
    /// The number of shares.
    pub quantity: Quantity,
    /// The portfolio that they leave.
    pub portfolio: Option<PortfolioName>,
    /// The portfolio that receives them; `None` if they leave the book.
    pub to: Destination,
    /// The lots that move.
    pub lots: Vec<LotChoice>,
    /// The file's id for it.
    pub id: Option<ExternalId>,
    /// The currency that the row names, although it has no money.
    pub currency: Option<CurrencyMark>,
}

impl ImportRow {
    /// The day on which it counts.
    #[must_use]
    pub fn day(&self) -> Day {
        match self {
            Self::Trade(trade) => trade.date,
            Self::Dividend(dividend) => dividend.date,
            Self::Split(split) => split.date,
            Self::Transfer(transfer) => transfer.date,
            Self::Convert(row) => row.date,
            Self::CostChange(row) => row.date,
            Self::WriteOff(row) => row.date,
            Self::CorporateAction(row) => row.date,
            Self::CashInLieu(row) => row.date,
            Self::Price(price) => price.date,
        }
    }

    /// The stock.
    #[must_use]
    pub fn symbol(&self) -> &Symbol {
        match self {
            Self::Trade(trade) => &trade.symbol,
            Self::Dividend(dividend) => &dividend.symbol,
            Self::Split(split) => &split.symbol,
            Self::Transfer(transfer) => &transfer.symbol,
            Self::Convert(row) => &row.symbol,
            Self::CostChange(row) => &row.symbol,
            Self::WriteOff(row) => &row.symbol,
            Self::CorporateAction(row) => &row.symbol,
            Self::CashInLieu(row) => &row.symbol,
            Self::Price(price) => &price.symbol,
        }
    }

    /// All symbols in it, for renaming.
    pub(super) fn symbols_mut(&mut self) -> impl Iterator<Item = &mut Symbol> {
        let (symbol, new_symbol) = match self {
            Self::Trade(trade) => (&mut trade.symbol, None),
            Self::Dividend(dividend) => (&mut dividend.symbol, None),
            Self::Split(split) => (&mut split.symbol, None),
            Self::Transfer(transfer) => (&mut transfer.symbol, None),
            Self::Convert(row) => (&mut row.symbol, Some(&mut row.new_symbol)),
            Self::CostChange(row) => (&mut row.symbol, None),
            Self::WriteOff(row) => (&mut row.symbol, None),
            Self::CorporateAction(row) => (&mut row.symbol, None),
            Self::CashInLieu(row) => (&mut row.symbol, None),
            Self::Price(price) => (&mut price.symbol, None),
        };
        std::iter::once(symbol).chain(new_symbol)
    }

    /// Its portfolio, its id in the file, and its type.
    pub(super) fn given_id(&self) -> Option<((Option<PortfolioName>, ExternalId), TransactionType)> {
        let (portfolio, id, kind) = match self {
            Self::Trade(trade) => (&trade.portfolio, &trade.id, trade.side.into()),
            Self::Dividend(dividend) => (&dividend.portfolio, &dividend.id, TransactionType::Dividend),
            Self::Split(split) => (&split.portfolio, &split.id, TransactionType::Split),
            Self::Transfer(transfer) => (&transfer.portfolio, &transfer.id, TransactionType::TransferOut),
            Self::Convert(row) => (&row.portfolio, &row.id, row.kind.into()),
            Self::CostChange(row) => (&row.portfolio, &row.id, row.kind.into()),
            Self::WriteOff(row) => (&row.portfolio, &row.id, TransactionType::Sell),
            Self::CashInLieu(row) => (&row.portfolio, &row.id, TransactionType::Sell),
            Self::CorporateAction(_) | Self::Price(_) => return None,
        };
        Some(((portfolio.clone(), id.clone()?), kind))
    }

    /// Whether it picks lots.
    pub(super) fn picks_lots(&self) -> bool {
        match self {
            Self::Trade(TradeRow { lots, .. }) | Self::Transfer(TransferRow { lots, .. }) => !lots.is_empty(),
            Self::Dividend(_)
            | Self::Split(_)
            | Self::Convert(_)
            | Self::CostChange(_)
            | Self::WriteOff(_)
            | Self::CorporateAction(_)
            | Self::CashInLieu(_)
            | Self::Price(_) => false,
        }
    }

    /// Removes its id.
    pub(super) fn forget_id(&mut self) {
        match self {
            Self::Trade(trade) => trade.id = None,
            Self::Dividend(dividend) => dividend.id = None,
            Self::Split(split) => split.id = None,
            Self::Transfer(transfer) => transfer.id = None,
            Self::Convert(row) => row.id = None,
            Self::CostChange(row) => row.id = None,
            Self::WriteOff(row) => row.id = None,
            Self::CashInLieu(row) => row.id = None,
            Self::CorporateAction(_) | Self::Price(_) => {}
        }
    }

    /// Removes its time.
    pub(super) fn forget_time(&mut self) {
        match self {
            Self::Trade(trade) => (trade.time, trade.instant) = (None, None),
            Self::Dividend(dividend) => (dividend.time, dividend.instant) = (None, None),
            Self::Transfer(transfer) => (transfer.time, transfer.instant) = (None, None),
            Self::Split(_)
            | Self::Convert(_)
            | Self::CostChange(_)
            | Self::WriteOff(_)
            | Self::CorporateAction(_)
            | Self::CashInLieu(_)
            | Self::Price(_) => {}
        }
    }

    /// Where it belongs within its day.
    #[must_use]
    pub fn moment(&self) -> Moment {
        match self {
            Self::Trade(TradeRow { time: None, as_of: Some(_), side, .. }) => match side {
                Side::Buy => Moment::Before,
                Side::Sell => Moment::Split,
            },
            Self::Trade(trade) => trade.time.map_or(Moment::After, Moment::At),
            Self::Dividend(dividend) => dividend.time.map_or(Moment::After, Moment::At),
            Self::Split(_) => Moment::Split,
            Self::Convert(_) => Moment::Conversion,
            Self::Transfer(transfer) => transfer.time.map_or(Moment::After, Moment::At),
            // It sells what is left at the end of the day.
            Self::WriteOff(_) => Moment::Last,
            Self::CostChange(_) | Self::CorporateAction(_) | Self::CashInLieu(_) | Self::Price(_) => Moment::After,
        }
    }

    /// The currency that the row states.
    #[must_use]
    pub fn currency(&self) -> Option<CurrencyMark> {
        match self {
            Self::Trade(trade) => trade.currency,
            Self::Dividend(dividend) => dividend.currency,
            Self::Split(split) => split.currency,
            Self::Transfer(transfer) => transfer.currency,
            Self::Convert(row) => row.currency,
            Self::CostChange(row) => row.currency,
            Self::WriteOff(row) => row.currency,
            Self::CorporateAction(_) => None,
            Self::CashInLieu(row) => row.currency,
            Self::Price(price) => price.currency,
        }
    }

    /// Whether it has an amount or a price.
    #[must_use]
    pub fn has_money(&self) -> bool {
        match self {
            Self::Trade(_) | Self::Dividend(_) | Self::CostChange(_) | Self::CashInLieu(_) | Self::Price(_) => true,
            Self::Split(_) | Self::Transfer(_) | Self::Convert(_) | Self::WriteOff(_) | Self::CorporateAction(_) => {
                false
            }
        }
    }
}

/// The content of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Trades, dividends and splits: the file has an `action` column.
    Trades,
    /// Prices.
    Prices,
}

/// The summary of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSummary {
    /// Rows returned, bad ones included and blank ones excluded.
    pub rows: u64,
    /// The content of the file; `None` if it was refused before that was known.
    pub kind: Option<FileKind>,
    /// Columns of a trades file that were ignored, safe to print.
    pub ignored_columns: Vec<String>,
}

/// The rows of a file. Each comes with the line on which it begins, counted from 1, or with what is wrong with it. A
/// fault of the file as a whole comes last.
pub struct FileRows<'o, R> {
    options: &'o ReadOptions,
    reading: Reading<R>,
    summary: FileSummary,
}

/// The state of a reader.
enum Reading<R> {
    /// The header has not been read.
    Source(R),
    /// The header has been read.
    Rows(Box<(Records<R>, Header, Layout)>),
    /// At the end.
    Done,
}

/// A row with the line on which it begins, or a fault with its line.
pub type NumberedRow = (u64, Result<ImportRow, RowFault>);

impl<'o, R: Read> FileRows<'o, R> {
    /// The rows of a source of bytes, read lazily.
    pub fn new(source: R, options: &'o ReadOptions) -> Self {
        Self { options, reading: Reading::Source(source), summary: FileSummary::default() }
    }

    /// What is known about the file so far.
    #[must_use]
    pub fn summary(&self) -> &FileSummary {
        &self.summary
    }

    /// The next row. The error is that of the source, or a [`RowFault`] wrapped in an [`io::Error`].
    fn advance(&mut self) -> io::Result<Option<NumberedRow>> {
        if let Reading::Source(_) = self.reading
            && let Reading::Source(source) = std::mem::replace(&mut self.reading, Reading::Done)
        {
            self.reading = Reading::Rows(Box::new(self.begin(source)?));
        }
        let Reading::Rows(reading) = &mut self.reading else { return Ok(None) };
        let (records, header, layout) = &mut **reading;
        let Some(line) = records.advance()? else { return Ok(None) };
        let row = Row::new(records.fields(), header, self.options);
        let row = row.and_then(|row| layout.read(&row)).map_err(|fault| fault.at(line));
        self.summary.rows = self.summary.rows.saturating_add(1);
        Ok(Some((line, row)))
    }

    fn begin(&mut self, source: R) -> io::Result<(Records<R>, Header, Layout)> {
        let refuse = |fault: Fault, line| io::Error::other(fault.at(line));
        let mut records = Records::open(source)?;
        let Some(line) = records.advance()? else {
            let empty = "the file is empty; the first line must name the columns";
            return Err(refuse(Fault::new("empty_file", empty), 1));
        };
        let header = Header::read(records.fields()).map_err(|fault| refuse(fault, line))?;
        let layout = Layout::resolve(&header, self.options).map_err(|fault| refuse(fault, line))?;
        self.summary.kind = Some(layout.kind());
        self.summary.ignored_columns = layout.ignored_columns(&header);
        Ok((records, header, layout))
    }
}

impl<R: Read> Iterator for FileRows<'_, R> {
    type Item = io::Result<NumberedRow>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.advance().or_else(|error| {
            self.reading = Reading::Done;
            let fault = error.downcast::<RowFault>()?;
            Ok(Some((fault.line, Err(fault))))
        });
        next.transpose()
    }
}
