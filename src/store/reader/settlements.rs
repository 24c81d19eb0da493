//! The amounts in other currencies with which transactions were settled or paid.

use rusqlite::{OptionalExtension, Row};

use super::Transactions;
use crate::domain::{Currency, Money, TransactionId};
use crate::store::StoreError;
use crate::store::values::{cash, halves, id, natural, optional, text};

/// An amount in another currency, and the corresponding amount in the stock's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    /// In the other currency.
    pub cash: Money,
    /// In the stock's.
    pub amount: Money,
}

/// The columns of a settlement, and of the payment of a dividend.
const COLUMNS: &str = "SELECT id_high, id_low, settlement_amount, settlement_currency, total_amount,
    iif(type = 'DIVIDEND', paid_amount, NULL), paid_currency, withholding FROM transactions";

impl Transactions<'_> {
    /// The settlement amount of a transaction in a currency, with its total in the stock's currency; for a
    /// dividend paid in that currency, the payment with its gross amount.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn settlement(self, of: TransactionId, currency: Currency) -> Result<Option<Settlement>, StoreError> {
        let sql = format!(
            "{COLUMNS} WHERE id_high = ?1 AND id_low = ?2
                AND (settlement_amount IS NOT NULL OR (paid_amount IS NOT NULL AND type = 'DIVIDEND')) LIMIT 1"
        );
        let mut statement = self.reader.connection.prepare_cached(&sql)?;
        let found = statement.query_row(halves(of), |row| settlement(row, currency)).optional()?;
        Ok(found.flatten().map(|(_, settlement)| settlement))
    }

    /// Like [`Self::settlement`], for all transactions.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn settled_in(self, currency: Currency) -> Result<Vec<(TransactionId, Settlement)>, StoreError> {
        let sql = format!("{COLUMNS} WHERE settlement_currency = ?1 OR (paid_currency = ?1 AND type = 'DIVIDEND')");
        let mut statement = self.reader.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([currency.code()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(settlement(row, currency)?);
        }
        Ok(found)
    }

    /// An upper bound of the number of transactions settled or paid in a currency: it includes voided ones,
    /// and counts those twice that were both settled and paid in it.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn settled_in_count(self, currency: Currency) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM transactions WHERE settlement_currency = ?1)
            + (SELECT count(*) FROM transactions WHERE paid_currency = ?1 AND type = 'DIVIDEND')";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        Ok(statement.query_row([currency.code()], |row| natural(row, 0))?)
    }
}

fn settlement(row: &Row<'_>, currency: Currency) -> rusqlite::Result<Option<(TransactionId, Settlement)>> {
    let total: Money = text(row, 4)?;
    let withheld: Money = optional(row, 7)?.unwrap_or_default();
    let settled = cash(row, [2, 3])?.map(|cash| (cash.amount, total, cash.currency));
    let paid =
        cash(row, [5, 6])?.zip(total.plus(withheld).ok()).map(|(paid, gross)| (paid.amount, gross, paid.currency));
    let own = [settled, paid].into_iter().flatten().find(|(.., of)| *of == currency);
    own.map(|(cash, amount, _)| Ok((id(row, [0, 1])?, Settlement { cash, amount }))).transpose()
}
