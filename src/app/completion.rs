//! Names and ids from the book, offered while a command line is being typed.

use std::collections::BTreeMap;
use std::path::Path;

use super::lookup::range_of;
use super::{AppError, BookRecord};
use crate::domain::{CompanyName, Currency, Portfolio, Symbol, TransactionId, TransactionType};
use crate::store::{Book, CommandState, ImportRow, TransactionFilter, TransactionRow, glance};

/// A book opened without side effects: no lock, no wait, nothing created or changed.
pub struct Glance {
    book: Book,
}

/// How a book uses a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurrencyUse {
    /// Stocks are traded in it.
    Stocks,
    /// There are rates for it, but no stocks.
    Rates,
}

/// Which records to offer. An empty member does not restrict.
#[derive(Debug, Default)]
pub struct RecordFilter {
    /// Of one of these types.
    pub types: &'static [TransactionType],
    /// Of this stock.
    pub symbol: Option<Symbol>,
}

impl RecordFilter {
    fn has(&self, row: &TransactionRow) -> bool {
        (self.types.is_empty() || self.types.contains(&row.transaction_type))
            && self.symbol.as_ref().is_none_or(|only| *only == row.symbol)
    }
}

impl Glance {
    /// How many records are offered at a time.
    const RECORDS: u32 = 50;
    /// From this number of digits on, an id is searched for in the whole book.
    const SELECTIVE_DIGITS: usize = 4;

    /// Opens the book's file as it is.
    ///
    /// # Errors
    /// If there is no book, or if it cannot be read.
    pub fn at(path: &Path) -> Result<Self, AppError> {
        Ok(Self { book: glance(path)? })
    }

    /// The stocks, by symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stocks(&self) -> Result<Vec<(Symbol, CompanyName)>, AppError> {
        Ok(self.book.reader().stocks().names()?)
    }

    /// The currencies of stocks and of rates, by code.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn currencies(&self) -> Result<BTreeMap<Currency, CurrencyUse>, AppError> {
        let reader = self.book.reader();
        let mut currencies = BTreeMap::new();
        for pair in reader.rates().pairs()? {
            currencies.extend([pair.base(), pair.quote()].map(|currency| (currency, CurrencyUse::Rates)));
        }
        currencies.extend(reader.stocks().currencies()?.into_iter().map(|it| (it, CurrencyUse::Stocks)));
        Ok(currencies)
    }

    /// The portfolios, by name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolios(&self) -> Result<Vec<Portfolio>, AppError> {
        Ok(self.book.reader().portfolios().all()?)
    }

    /// Records that count and whose ids begin with `beginning`, the latest first; only some if there are
    /// many.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn records(&self, wanted: &RecordFilter, beginning: &str) -> Result<Vec<BookRecord>, AppError> {
        let transactions = self.book.reader().transactions();
        let mut rows = Vec::new();
        if let Some((first, last)) = range_of(beginning, Self::SELECTIVE_DIGITS) {
            let ids = [first, last].map(TransactionId::new);
            rows = transactions.some_between(ids, Self::RECORDS)?;
        }
        let filter = TransactionFilter {
            symbol: wanted.symbol.clone(),
            // If there are several types, records of other types are dropped from the result below.
            transaction_type: if let [only] = wanted.types { Some(*only) } else { None },
            tail: Some(Self::RECORDS.into()),
            ..TransactionFilter::default()
        };
        transactions.for_each(&filter, &mut |row| {
            rows.push(row);
            Ok::<_, AppError>(())
        })?;
        rows.retain(|row| wanted.has(row) && row.transaction_id.to_string().starts_with(beginning));
        rows.sort_by_key(|row| (row.trade_date, row.sequence));
        rows.reverse();
        rows.dedup_by_key(|row| row.transaction_id);
        Ok(rows.into_iter().map(BookRecord::Transaction).collect())
    }

    /// Whether exactly one transaction has an id that begins with these digits.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_of_one(&self, digits: &str) -> Result<bool, AppError> {
        let Some((first, last)) = range_of(digits, Self::SELECTIVE_DIGITS) else { return Ok(false) };
        let ids = [first, last].map(TransactionId::new);
        let mut found = self.book.reader().transactions().some_between(ids, Self::RECORDS)?;
        found.dedup_by_key(|row| row.transaction_id);
        Ok(found.len() <= 1)
    }

    /// The imports that have not been undone, the latest first.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportRow>, AppError> {
        let mut imports = self.book.reader().commands().imports()?;
        imports.retain(|import| import.state == CommandState::Stands);
        imports.reverse();
        Ok(imports)
    }
}
