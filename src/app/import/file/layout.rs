//! Finding our columns in a file.

use super::column::{Column, ColumnMapping};
use super::header::{Header, same_name};
use super::prices::PriceColumns;
use super::row::Row;
use super::trades::TradeColumns;
use super::{FileKind, ImportRow, ReadOptions};
use crate::domain::excerpt;
use crate::formats::Fault;

/// The price column of a file about one stock: `Date,Open,High,Low,Close,Volume`.
const CLOSE: &str = "close";

/// The columns that are read from a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Trades { columns: TradeColumns, read: Vec<usize> },
    Prices(PriceColumns),
}

impl Layout {
    /// Finds our columns in the header; all that are missing are named at once.
    pub(super) fn resolve(header: &Header, options: &ReadOptions) -> Result<Self, Fault> {
        let search = Search { header, options, missing: Vec::new() };
        search.check_mappings()?;
        let action = search.find(Column::Action)?;
        // A file with quantities but no action is an incomplete trades file, not a prices file.
        let trades = action.is_some() || search.find(Column::Quantity)?.is_some();
        if trades { search.trades() } else { search.prices() }
    }

    pub(super) fn kind(&self) -> FileKind {
        match self {
            Self::Trades { .. } => FileKind::Trades,
            Self::Prices(_) => FileKind::Prices,
        }
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<ImportRow, Fault> {
        match self {
            Self::Trades { columns, .. } => columns.read(row),
            Self::Prices(columns) => columns.read(row).map(ImportRow::Price),
        }
    }

    /// Named columns of a trades file that are ignored. A prices file may have any others.
    pub(super) fn ignored_columns(&self, header: &Header) -> Vec<String> {
        match self {
            Self::Prices(_) => Vec::new(),
            Self::Trades { read, .. } => {
                let names = header.names().enumerate();
                let ignored = names.filter(|(at, name)| !name.is_empty() && !read.contains(at));
                ignored.map(|(_, name)| excerpt(name)).collect()
            }
        }
    }
}

/// The search for our columns, with what is missing so far.
struct Search<'h> {
    header: &'h Header,
    options: &'h ReadOptions,
    missing: Vec<&'static str>,
}

impl Search<'_> {
    fn check_mappings(&self) -> Result<(), Fault> {
        let mappings = &self.options.columns;
        let absent = |mapping: &&ColumnMapping| !self.header.names().any(|name| same_name(name, mapping.header()));
        let absent: Vec<_> = mappings.iter().filter(absent).map(|mapping| excerpt(mapping.header())).collect();
        if !absent.is_empty() {
            let fault = Fault::new("missing_column", format!("missing mapped columns: {}", absent.join(", ")));
            return Err(fault.with_hint(format!("the file has: {}", self.header.shown())));
        }
        for column in Column::ALL {
            if mappings.iter().filter(|mapping| mapping.column() == column).count() > 1 {
                return Err(Fault::new("invalid_map", format!("column {} is mapped more than once", column.name())));
            }
        }
        Ok(())
    }

    /// The position of a column: under the name that the user maps it to, or else under its own, unless the user maps
    /// that name to another column.
    fn find(&self, column: Column) -> Result<Option<usize>, Fault> {
        let mappings = &self.options.columns;
        if let Some(mapping) = mappings.iter().find(|mapping| mapping.column() == column) {
            return self.header.position(mapping.header());
        }
        if mappings.iter().any(|mapping| same_name(mapping.header(), column.name())) {
            return Ok(None);
        }
        self.header.position(column.name())
    }

    /// The position of a required column; 0 if missing, in which case [`Self::finish`] refuses the file.
    fn require(&mut self, column: Column) -> Result<usize, Fault> {
        let found = self.find(column)?;
        Ok(self.expect(found, column.name()))
    }

    fn expect(&mut self, found: Option<usize>, name: &'static str) -> usize {
        if found.is_none() {
            self.missing.push(name);
        }
        found.unwrap_or_default()
    }

    fn symbol(&mut self) -> Result<Option<usize>, Fault> {
        let found = self.find(Column::Symbol)?;
        if self.options.symbol.is_none() {
            self.expect(found, Column::Symbol.name());
        }
        Ok(found)
    }

    fn trades(mut self) -> Result<Layout, Fault> {
        let columns = TradeColumns {
            date: self.require(Column::Date)?,
            time: self.find(Column::Time)?,
            action: self.require(Column::Action)?,
            symbol: self.symbol()?,
            quantity: self.require(Column::Quantity)?,
            price: self.find(Column::Price)?,
            amount: self.find(Column::Amount)?,
            fee: self.find(Column::Fee)?,
            portfolio: self.find(Column::Portfolio)?,
            note: self.find(Column::Note)?,
            id: self.find(Column::Id)?,
            currency: self.find(Column::Currency)?,
            lot: self.find(Column::Lot)?,
            as_of: self.find(Column::AsOf)?,
        };
        self.expect(columns.price.or(columns.amount), "price or amount");
        let mut read = Vec::new();
        for column in Column::ALL {
            read.extend(self.find(column)?);
        }
        self.finish(Layout::Trades { columns, read })
    }

    fn prices(mut self) -> Result<Layout, Fault> {
        let date = self.require(Column::Date)?;
        let symbol = self.symbol()?;
        let price = match self.find(Column::Price)? {
            Some(price) => Some(price),
            None => self.header.position(CLOSE)?,
        };
        let price = self.expect(price, Column::Price.name());
        let currency = self.find(Column::Currency)?;
        self.finish(Layout::Prices(PriceColumns { date, symbol, price, currency }))
    }

    fn finish(self, layout: Layout) -> Result<Layout, Fault> {
        let Some(first) = self.missing.first() else { return Ok(layout) };
        let first = first.split(' ').next().unwrap_or(first);
        let columns = if self.missing.len() == 1 { "column" } else { "columns" };
        let fault = Fault::new("missing_column", format!("missing {columns}: {}", self.missing.join(", ")));
        let stock = if self.missing.contains(&Column::Symbol.name()) {
            "; a file of one stock is read with `--symbol SYMBOL`"
        } else {
            ""
        };
        Err(fault.with_hint(format!(
            "the file has: {}; say which one it is with `--map {first}=HEADER`{stock}",
            self.header.shown()
        )))
    }
}
