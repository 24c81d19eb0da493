//! The rows that hold facts, beside the events that they were made from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Events, Reader, Rows, equal, number, text, uuid};

impl Reader<'_> {
    /// The rows that a program loads are what the events say.
    pub(super) fn facts_are_those_of(&self, events: &Events) -> Result<(), String> {
        let stored = |sql: &str| Ok::<_, String>(self.rows(sql)?.into_iter().collect::<BTreeSet<_>>());
        let (stock, portfolio) = (uuid("stock_id"), uuid("portfolio_id"));
        for (kind, members, sql) in [
            (
                "TransactionExecutedEvent",
                &[
                    "transaction_id",
                    "portfolio_id",
                    "stock_id",
                    "transaction_type",
                    "trade_date",
                    "quantity",
                    "price",
                    "fee",
                ][..],
                &format!(
                    "SELECT {ID}, {portfolio}, {stock}, type, trade_date, quantity, price, fee
                 FROM transactions JOIN portfolios USING (portfolio) JOIN stocks USING (stock)
                 WHERE type NOT IN ('DIVIDEND', 'RETURN_CAPITAL', 'ADJUST_COST')"
                ),
            ),
            (
                "DividendReceivedEvent",
                &["transaction_id", "portfolio_id", "stock_id", "pay_date", NET_AMOUNT, "withholding"],
                &format!(
                    "SELECT {ID}, {portfolio}, {stock}, trade_date, total_amount, withholding
                 FROM transactions JOIN portfolios USING (portfolio) JOIN stocks USING (stock) WHERE type = 'DIVIDEND'"
                ),
            ),
            (
                "CostAdjustedEvent",
                &["transaction_id", "portfolio_id", "stock_id", "adjust_date", "kind", "amount"],
                &format!(
                    "SELECT {ID}, {portfolio}, {stock}, trade_date,
                    iif(type = 'ADJUST_COST', 'addition', 'return_of_capital'), total_amount
                 FROM transactions JOIN portfolios USING (portfolio) JOIN stocks USING (stock)
                 WHERE type IN ('RETURN_CAPITAL', 'ADJUST_COST')"
                ),
            ),
            (
                "StockSplitEvent",
                &["split_id", "stock_id", "effective_date", "new_shares", "old_shares"],
                &format!(
                    "SELECT split_id, {stock}, effective_date, new_shares, old_shares
                 FROM splits JOIN stocks USING (stock)"
                ),
            ),
            (
                "TransactionVoidedEvent",
                &["transaction_id"],
                &format!(
                    "SELECT DISTINCT {ID} FROM transactions WHERE voided_at IS NOT NULL
                 UNION SELECT split_id FROM splits WHERE voided_at IS NOT NULL"
                ),
            ),
        ] {
            let told = events.of(kind).map(|data| members.iter().map(|member| told(data, member)).collect());
            equal(kind, &stored(sql)?, &told.collect::<Result<_, _>>()?)?;
        }
        self.later_facts_are_those_of(events)?;
        let is_first_format = self.rows("PRAGMA user_version")? == [["1"]];
        let (there, basis) = if is_first_format {
            ("", "price_date")
        } else {
            ("WHERE removed_at IS NULL", "coalesce(basis_date, price_date)")
        };
        let stocks = events.left_of(
            ["StockCreatedEvent", "StockEditedEvent", "StockRemovedEvent"],
            &["stock_id"],
            &["symbol", "company_name", "currency"],
        );
        let sql = format!("SELECT {stock}, symbol, company_name, currency FROM stocks {there}");
        equal("stocks", &stored(&sql)?, &stocks)?;
        let portfolios = events.left_of(
            ["PortfolioCreatedEvent", "PortfolioEditedEvent", "PortfolioRemovedEvent"],
            &["portfolio_id"],
            &["name"],
        );
        equal("portfolios", &stored(&format!("SELECT {portfolio}, name FROM portfolios {there}"))?, &portfolios)?;
        let mut prices = BTreeMap::new();
        for (kind, data) in events.all() {
            let (stock, date) = (text(data, "stock_id"), text(data, "price_date"));
            if kind == "StockPriceUpdatedEvent" {
                let basis = data["basis_date"].as_str().map_or_else(|| date.clone(), str::to_owned);
                prices.insert([stock, date], [text(data, "new_price"), basis]);
            } else if kind == "StockPriceRemovedEvent" {
                prices.remove(&[stock, date]);
            }
        }
        let prices = prices.iter().map(|(key, value)| [&key[..], &value[..]].concat()).collect();
        let sql = format!("SELECT {stock}, price_date, price, {basis} FROM prices JOIN stocks USING (stock)");
        equal("prices", &stored(&sql)?, &prices)
    }

    /// The same of what books of the first formats do not have.
    fn later_facts_are_those_of(&self, events: &Events) -> Result<(), String> {
        for (kind, members, (table, sql)) in [
            (
                "StockConvertedEvent",
                &["conversion_id", "kind", "stock_id", "new_stock_id", "effective_date", "new_shares", "old_shares"][..],
                (
                    "conversions",
                    &format!(
                        "SELECT conversion_id, kind, {}, {}, effective_date, new_shares, old_shares FROM conversions c
                         JOIN stocks o ON o.stock = c.stock JOIN stocks n ON n.stock = c.new_stock",
                        uuid("o.stock_id"),
                        uuid("n.stock_id")
                    ),
                ),
            ),
            (
                "ExchangeRateUpdatedEvent",
                &["base_currency", "quote_currency", "rate_date", "new_rate"],
                ("rates", &"SELECT base, quote, rate_date, rate FROM rates WHERE rate IS NOT NULL".to_owned()),
            ),
            (
                "ExchangeRateRemovedEvent",
                &["base_currency", "quote_currency", "rate_date"],
                ("rates", &"SELECT base, quote, rate_date FROM rates WHERE rate IS NULL".to_owned()),
            ),
        ] {
            let is_there = !self.rows(&format!("SELECT 1 FROM sqlite_schema WHERE name = '{table}'"))?.is_empty();
            let stored = if is_there { self.rows(sql)? } else { Rows::new() };
            let told = events.of(kind).map(|data| members.iter().map(|member| text(data, member)).collect());
            equal(kind, &stored.into_iter().collect::<BTreeSet<_>>(), &told.collect())?;
        }
        Ok(())
    }
}

/// A transaction's id: the book has the halves of its UUID, each less 2^63.
const ID: &str = "(WITH
    halves(high, low) AS (SELECT id_high, id_low),
    id(hex) AS (SELECT printf('%016x%016x',
        (high & ~(1 << 63)) | (~high & (1 << 63)), (low & ~(1 << 63)) | (~low & (1 << 63))) FROM halves)
    SELECT substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-' || substr(hex, 13, 4) || '-'
        || substr(hex, 17, 4) || '-' || substr(hex, 21) FROM id)";

/// What is left of a dividend after the tax that is withheld from it: no member, but a column.
const NET_AMOUNT: &str = "net amount";

/// What a column should have.
fn told(data: &Value, column: &str) -> Result<String, String> {
    if column != NET_AMOUNT {
        return Ok(text(data, column));
    }
    let net = number(&text(data, "amount"))? - number(&text(data, "withholding"))?;
    Ok(net.normalize().to_string())
}
