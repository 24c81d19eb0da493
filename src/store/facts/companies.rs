//! The rows of splits and conversions.

use super::identities;
use crate::domain::{StockConvertedEvent, StockSplitEvent};
use crate::store::StoreError;
use crate::store::statements::Statements;
use crate::store::values::shown;

pub(super) fn split(
    statements: &mut Statements<'_>,
    number: i64,
    stock: i64,
    split: &StockSplitEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO splits (sequence, split_id, stock, effective_date, new_shares, old_shares)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    identities::map(statements, split.identity, split.split_id)?;
    statements.get(SQL)?.execute((
        number,
        split.split_id.plain(),
        stock,
        split.effective_date.plain(),
        split.terms.new_shares.plain(),
        split.terms.old_shares.plain(),
    ))?;
    Ok(())
}

pub(super) fn convert(
    statements: &mut Statements<'_>,
    number: i64,
    stock: i64,
    converted: &StockConvertedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO conversions (sequence, conversion_id, kind, stock, new_stock, effective_date,
                   new_shares, old_shares, cost_share, new_value, old_value, cash, pay, rule, cash_in_lieu, portfolio)
               VALUES (?1, ?2, ?3, ?4, (SELECT stock FROM stocks WHERE stock_id = ?5), ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                   ?13, ?14, ?15, (SELECT portfolio FROM portfolios WHERE listed_as = ?16))";
    let terms = &converted.terms;
    identities::map(statements, converted.identity, converted.conversion_id)?;
    statements.get(SQL)?.execute(rusqlite::params![
        number,
        converted.conversion_id.plain(),
        converted.kind.as_str(),
        stock,
        converted.new_stock_id.uuid().as_bytes(),
        converted.effective_date.plain(),
        terms.ratio.new_shares.plain(),
        terms.ratio.old_shares.plain(),
        shown(terms.cost_share.as_ref()),
        shown(terms.new_value.as_ref()),
        shown(terms.old_value.as_ref()),
        shown(terms.cash.as_ref()),
        shown(terms.pay.as_ref()),
        shown(terms.rule.as_ref()),
        shown(terms.cash_in_lieu.as_ref()),
        shown(converted.portfolio.as_ref()),
    ])?;
    Ok(())
}
