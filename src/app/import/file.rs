//! CSV files of trades and prices, read row by row.
//!
//! [`FileRows`] takes any source of bytes and hands over what each row says, as values of the
//! domain, or what is wrong with it. It knows no book: whether a symbol exists or a trade is there
//! already is for the caller to say. A file of any size is read in bounded memory.

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

/// What the caller says about a file.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The stock that the whole file is of: `--symbol`.
    pub symbol: Option<Symbol>,
    /// What the file calls our columns: `--map`.
    pub columns: Vec<ColumnMapping>,
    /// How the file writes its dates, if not in an unambiguous form: `--date-format`.
    pub date_format: Option<DateFormat>,
    /// The time zone whose days count for points in time: `--time-zone`.
    pub time_zone: Option<TimeZone>,
    /// The day after which no date can be.
    pub today: Day,
}

/// What one row says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ImportRow {
    /// A purchase, sale or lot held from before.
    Trade(TradeRow),
    /// A dividend.
    Dividend(DividendRow),
    /// A split.
    Split(SplitRow),
    /// Shares that move from one portfolio to another.
    Transfer(TransferRow),
    /// A spin-off or an exchange.
    Convert(Box<ConvertRow>),
    /// Capital that is returned, or cost that is added.
    CostChange(CostChangeRow),
    /// A sale for nothing of all that is held.
    WriteOff(WriteOffRow),
    /// What moves cost between stocks, in a way that the row does not tell.
    CorporateAction(Box<CorporateActionRow>),
    /// Cash for the fraction of a share.
    CashInLieu(CashInLieuRow),
    /// The price of a stock on a day.
    Price(PriceRow),
}

/// A transfer as a row tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TransferRow {
    /// The day.
    pub date: Day,
    /// The time.
    pub time: Option<TimeOfDay>,
    /// The point in time, where the file tells it with its offset from UTC.
    pub instant: Option<Instant>,
    /// The stock.
    pub symbol: Symbol,
    /// Shares that move.
    pub quantity: Quantity,
    /// The portfolio that they leave.
    pub portfolio: Option<PortfolioName>,
    /// Where they come to.
    pub to: Destination,
    /// The lots that move.
    pub lots: Vec<LotChoice>,
    /// What the file calls it.
    pub id: Option<ExternalId>,
    /// What the row names as the currency, though it has no money.
    pub currency: Option<CurrencyMark>,
}

impl ImportRow {
    /// The day that it is of.
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

    /// The symbols in it, to be changed.
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

    /// The portfolio and id that its file gives it, and what it is.
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

    /// Whether it names the lots that it takes.
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

    /// Takes its id from it.
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

    /// Takes its time from it.
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

    /// When on its day it counts.
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
            // What is left in the end.
            Self::WriteOff(_) => Moment::Last,
            Self::CostChange(_) | Self::CorporateAction(_) | Self::CashInLieu(_) | Self::Price(_) => Moment::After,
        }
    }

    /// What the row says of its currency.
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

/// What a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Trades, dividends and splits: the file has an `action` column.
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

/// The rows of a file, one by one: the line on which a row begins, counted from 1, and the row or
/// what is wrong with it. What is wrong with the file as a whole comes as one such fault, the last.
pub struct FileRows<'o, R> {
    options: &'o ReadOptions,
    reading: Reading<R>,
    summary: FileSummary,
}

/// How far the reading of a file has come.
enum Reading<R> {
    /// Not begun.
    Source(R),
    /// Past the header.
    Rows(Box<(Records<R>, Header, Layout)>),
    /// Over.
    Done,
}

/// A row and the line on which it begins, or the line and what is wrong with it.
pub type NumberedRow = (u64, Result<ImportRow, RowFault>);

impl<'o, R: Read> FileRows<'o, R> {
    /// The rows of a source of bytes, which is read as rows are asked for.
    pub fn new(source: R, options: &'o ReadOptions) -> Self {
        Self { options, reading: Reading::Source(source), summary: FileSummary::default() }
    }

    /// What the file was found to be so far.
    #[must_use]
    pub fn summary(&self) -> &FileSummary {
        &self.summary
    }

    /// The next row. An error is that of the source, or a [`RowFault`] in the coat of one.
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
