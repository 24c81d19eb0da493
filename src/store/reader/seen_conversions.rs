//! Lists conversions among the transactions of the portfolios that they affected.

use super::conversions::{COLUMNS, NAMES, conversion};
use super::has_rows;
use super::transactions::{TransactionFilter, TransactionRow, Transactions};
use crate::domain::{ConversionKind, Fee, Money, TransactionType};
use crate::store::StoreError;
use crate::store::values::{listed, shown, text};

impl Transactions<'_> {
    /// The conversions that match a filter, once for each portfolio that had traded the stock before.
    pub(super) fn seen_conversions(self, filter: &TransactionFilter) -> Result<Vec<TransactionRow>, StoreError> {
        let kind = match filter.transaction_type {
            None => None,
            Some(TransactionType::SpinOff) => Some(ConversionKind::SpinOff),
            Some(TransactionType::Exchange) => Some(ConversionKind::Exchange),
            Some(
                TransactionType::Buy
                | TransactionType::Sell
                | TransactionType::Dividend
                | TransactionType::Split
                | TransactionType::TransferIn
                | TransactionType::TransferOut
                | TransactionType::ReturnCapital
                | TransactionType::AdjustCost,
            ) => return Ok(Vec::new()),
        };
        if !has_rows(self.reader.connection, "conversions")? {
            return Ok(Vec::new());
        }
        let sql = format!(
            "{COLUMNS}, f.name {NAMES} CROSS JOIN positions p ON p.stock = t.stock
                 CROSS JOIN portfolios f ON f.portfolio = p.portfolio AND f.portfolio = coalesce(t.portfolio, f.portfolio)
             WHERE (?1 IS NULL OR f.listed_as IN (SELECT value FROM json_each(?1)))
                 AND (?2 IS NULL OR ?2 IN (o.listed_as, n.listed_as))
                 AND (?3 IS NULL OR t.effective_date >= ?3) AND (?4 IS NULL OR t.effective_date <= ?4)
                 AND (?5 OR t.voided_at IS NULL) AND (?6 IS NULL OR t.kind = ?6)
                 AND p.first_trade_date <= t.effective_date
             ORDER BY t.effective_date, t.sequence, f.name"
        );
        let mut statement = self.reader.connection.prepare_cached(&sql)?;
        let params = (
            listed(&filter.portfolios),
            shown(filter.symbol.as_ref()),
            shown(filter.from.as_ref()),
            shown(filter.to.as_ref()),
            filter.with_voided,
            kind.map(ConversionKind::as_str),
        );
        let rows = statement.query_map(params, |row| {
            let converted = conversion(row)?;
            Ok(TransactionRow {
                sequence: converted.sequence,
                place: converted.sequence,
                transaction_id: converted.conversion_id,
                portfolio: text(row, 21)?,
                symbol: converted.stock.1.clone(),
                transaction_type: match converted.kind {
                    ConversionKind::SpinOff => TransactionType::SpinOff,
                    ConversionKind::Exchange => TransactionType::Exchange,
                },
                trade_date: converted.effective_date,
                trade_time: None,
                quantity: None,
                price: None,
                fee: Fee::ZERO,
                total_amount: Money::ZERO,
                currency: converted.currency,
                note: None,
                voided_at: converted.voided_at,
                withholding: None,
                ex_date: None,
                ratio: None,
                conversion: Some(Box::new(converted)),
                picked: Vec::new(),
                as_of: None,
                settled: None,
                charged: None,
                paid: None,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
