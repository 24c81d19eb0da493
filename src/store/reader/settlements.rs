//! What transactions were settled or paid with in other currencies.

use rusqlite::{OptionalExtension, Row};

use super::Transactions;
use crate::domain::{Currency, Money, TransactionId};
use crate::store::StoreError;
use crate::store::values::{cash, halves, id, natural, optional, text};

/// An amount in another currency, and the one in the stock's that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    /// In the other currency.
    pub cash: Money,
    /// In the stock's.
    pub amount: Money,
}

/// What one row says: what it was settled with, and what a dividend was paid with.
const COLUMNS: &str = "SELECT id_high, id_low, settlement_amount, settlement_currency, total_amount,
    iif(type = 'DIVIDEND', paid_amount, NULL), paid_currency, withholding FROM transactions";

impl Transactions<'_> {
    /// What a transaction was settled with in a currency, and its total in the stock's; of a dividend that was paid in
    /// the currency, what was paid, and its gross amount.
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

    /// As [`Self::settlement`], of all transactions.
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

    /// How many were settled or paid in a currency, voided ones too; those of which both is true are counted twice.
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
