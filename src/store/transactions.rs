//! Transactions.

use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::values::{integer, optional, text, uuid};
use super::{Book, StoreError, UnitOfWork};
use crate::domain::{
    Currency, Day, Disposal, Fee, Money, Note, PortfolioName, Price, Quantity, Symbol, TransactionId, TransactionType,
};

/// A transaction as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionRow {
    /// Its id.
    pub transaction_id: TransactionId,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// Purchase or sale.
    pub transaction_type: TransactionType,
    /// The day of the trade.
    pub trade_date: Day,
    /// Shares that changed hands.
    pub quantity: Quantity,
    /// Price per share.
    pub price: Price,
    /// The broker's fee.
    pub fee: Fee,
    /// Cash that moved.
    pub total_amount: Money,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The user's note.
    pub note: Option<Note>,
}

/// Which transactions to list. `None` does not restrict.
#[derive(Debug, Clone, Default)]
pub struct TransactionFilter {
    /// Only of this portfolio.
    pub portfolio: Option<PortfolioName>,
    /// Only of this stock.
    pub symbol: Option<Symbol>,
    /// Only of this type.
    pub transaction_type: Option<TransactionType>,
    /// Only from this day on.
    pub from: Option<Day>,
    /// Only up to this day.
    pub to: Option<Day>,
    /// Only the last so many.
    pub tail: Option<u64>,
}

const COLUMNS: &str = "SELECT t.transaction_id, f.name, s.symbol, t.type, t.trade_date, t.quantity, t.price, t.fee,
        t.total_amount, s.currency, t.note
    FROM transactions t JOIN portfolios f ON f.portfolio = t.portfolio JOIN stocks s ON s.stock = t.stock";

impl UnitOfWork<'_> {
    /// The transaction with this id.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn transaction(&self, id: TransactionId) -> Result<Option<TransactionRow>, StoreError> {
        self.index_transactions()?;
        let sql = format!("{COLUMNS} WHERE t.transaction_id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id.uuid().as_bytes()], transaction).optional()?)
    }

    /// Whether there is a transaction with this id.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn has_transaction(&mut self, id: TransactionId) -> Result<bool, StoreError> {
        static SQL: &str = "SELECT 1 FROM transactions WHERE transaction_id = ?1";
        self.index_transactions()?;
        Ok(self.statements.get(SQL)?.exists([id.uuid().as_bytes()])?)
    }

    /// What a sale realized, lot by lot.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn disposals(&self, sale: TransactionId) -> Result<Vec<Disposal>, StoreError> {
        disposals(self.connection, sale)
    }
}

impl Book {
    /// The transactions that pass a filter, by trade date and order of recording.
    ///
    /// # Errors
    /// If the book cannot be read, or as `take` fails.
    pub fn for_each_transaction<E: From<StoreError>>(
        &self,
        filter: &TransactionFilter,
        take: &mut dyn FnMut(TransactionRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let text = |value: &dyn ToString| -> Box<dyn ToSql> { Box::new(value.to_string()) };
        let conditions = [
            ("f.name =", filter.portfolio.as_ref().map(|it| text(it))),
            ("s.symbol =", filter.symbol.as_ref().map(|it| text(it))),
            ("t.type =", filter.transaction_type.as_ref().map(|it| text(it))),
            ("t.trade_date >=", filter.from.as_ref().map(|it| text(it))),
            ("t.trade_date <=", filter.to.as_ref().map(|it| text(it))),
        ];
        let mut sql = format!("{COLUMNS} WHERE true");
        let mut params: Vec<Box<dyn ToSql>> = Vec::new();
        for (condition, value) in conditions {
            if let Some(value) = value {
                params.push(value);
                sql = format!("{sql} AND {condition} ?{}", params.len());
            }
        }
        let Some(tail) = filter.tail else {
            sql.push_str(" ORDER BY t.trade_date, t.sequence");
            return self.each(&sql, &params, take);
        };
        params.push(Box::new(integer(tail)));
        sql = format!("{sql} ORDER BY t.trade_date DESC, t.sequence DESC LIMIT ?{}", params.len());
        let mut newest_first = Vec::new();
        self.each(&sql, &params, &mut |row| {
            newest_first.push(row);
            Ok::<_, E>(())
        })?;
        newest_first.into_iter().rev().try_for_each(take)
    }

    fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        params: &[Box<dyn ToSql>],
        take: &mut dyn FnMut(TransactionRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.connection.prepare(sql).map_err(StoreError::from)?;
        let rows = statement.query_map(rusqlite::params_from_iter(params), transaction).map_err(StoreError::from)?;
        for row in rows {
            take(row.map_err(StoreError::from)?)?;
        }
        Ok(())
    }
}

fn transaction(row: &Row<'_>) -> rusqlite::Result<TransactionRow> {
    Ok(TransactionRow {
        transaction_id: TransactionId::new(uuid(row, 0)?),
        portfolio: text(row, 1)?,
        symbol: text(row, 2)?,
        transaction_type: text(row, 3)?,
        trade_date: text(row, 4)?,
        quantity: text(row, 5)?,
        price: text(row, 6)?,
        fee: text(row, 7)?,
        total_amount: text(row, 8)?,
        currency: text(row, 9)?,
        note: optional(row, 10)?,
    })
}

fn disposals(connection: &Connection, sale: TransactionId) -> Result<Vec<Disposal>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.lot_id, d.acquired_on, t.trade_date, d.quantity, d.proceeds, d.cost_basis, d.gain
         FROM transactions t JOIN disposals d ON d.sale = t.sequence
         WHERE t.transaction_id = ?1 ORDER BY d.part",
    )?;
    let rows = statement.query_map([sale.uuid().as_bytes()], |row| {
        Ok(Disposal {
            sale_id: sale,
            lot_id: TransactionId::new(uuid(row, 0)?),
            acquired_on: text(row, 1)?,
            sold_on: text(row, 2)?,
            quantity: text(row, 3)?,
            proceeds: text(row, 4)?,
            cost_basis: text(row, 5)?,
            gain: text(row, 6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
