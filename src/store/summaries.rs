//! The summary cache: every position at its market value.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::reader::{prices, splits};
use super::values::{optional, shown, text};
use super::{Reader, StoreError};
use crate::bus::StreamNumber;
use crate::domain::{
    CompanyName, Currency, Day, Industry, Moment, Money, PortfolioName, PositionTotals, Quote, Sector, Shares,
    StockProfile, Symbol, Valuation,
};

/// A position as `holdings` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// Its company.
    pub company_name: CompanyName,
    /// The company's sector.
    pub sector: Option<Sector>,
    /// The company's industry.
    pub industry: Option<Industry>,
    /// The currency of all amounts in the row.
    pub currency: Currency,
    /// Shares held.
    pub quantity: Shares,
    /// The cost basis of the shares held.
    pub cost_basis: Money,
    /// The latest price and the figures that follow from it.
    pub valuation: Valuation,
    /// Gains and losses of all sales.
    pub realized_gain: Money,
    /// Dividends received, gross.
    pub dividends: Money,
    /// The day of the last recorded entry that affects its lots.
    pub last_entry_date: Option<Day>,
}

impl SummaryRow {
    /// A position valued at the latest price.
    #[must_use]
    pub fn new(
        portfolio: PortfolioName,
        profile: StockProfile,
        totals: &PositionTotals,
        quote: Option<&Quote>,
    ) -> Self {
        let StockProfile { symbol, company_name, sector, industry, currency, isin: _ } = profile;
        Self {
            portfolio,
            symbol,
            company_name,
            sector,
            industry,
            currency,
            quantity: totals.quantity.clone(),
            cost_basis: totals.cost_basis,
            valuation: Valuation::of(totals, quote),
            realized_gain: totals.realized_gain,
            dividends: totals.dividends,
            last_entry_date: totals.last_entry.map(|(day, _)| day),
        }
    }
}

/// The table that keeps a [`SummaryRow`] for every position.
#[derive(Clone, Copy)]
pub struct Summaries<'b> {
    connection: &'b Connection,
}

impl<'b> Summaries<'b> {
    /// The name of the handler that maintains the table, and of its checkpoint.
    pub const KEEPER: &'static str = "summary_cache";
    /// The table's name.
    pub(super) const TABLE: &'static str = "summaries";

    pub(super) fn on(connection: &'b Connection) -> Self {
        Self { connection }
    }

    /// Recomputes the rows of all positions that a stream affects: the position itself, or all those of a
    /// stock or a portfolio.
    ///
    /// # Errors
    /// If the book cannot be read or written.
    pub fn refresh(&self, stream: StreamNumber) -> Result<(), StoreError> {
        let StreamNumber { portfolio, stock } = stream;
        if stock == 0 {
            return self.refresh_each("SELECT portfolio, stock FROM positions WHERE portfolio = ?1", [portfolio]);
        }
        if portfolio > 0 {
            return self.refresh_one((portfolio, stock));
        }
        // An event of a stock may be a conversion into another.
        let linked = Reader::on(self.connection).conversions().linked(stock)?;
        let of_stock = "SELECT portfolio, stock FROM positions WHERE stock = ?1";
        linked.into_iter().try_for_each(|stock| self.refresh_each(of_stock, [stock]))
    }

    /// Recomputes all rows.
    ///
    /// # Errors
    /// As [`Self::refresh`].
    pub fn refresh_all(&self) -> Result<(), StoreError> {
        self.refresh_each("SELECT portfolio, stock FROM positions", [])
    }

    fn refresh_each(self, positions: &str, params: impl rusqlite::Params) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(positions)?;
        let keys = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        keys.collect::<Result<Vec<_>, _>>()?.into_iter().try_for_each(|key| self.refresh_one(key))
    }

    fn refresh_one(self, (portfolio, stock): (i64, i64)) -> Result<(), StoreError> {
        let sql = format!("{} WHERE p.portfolio = ?1 AND p.stock = ?2", compute());
        let found = self.connection.prepare_cached(&sql)?.query_row((portfolio, stock), computed).optional()?;
        // A position that was never written, such as one with a split but no trades.
        let Some(row) = found else { return Ok(()) };
        let Valuation { average_cost, price, price_date, market_value, unrealized_gain, unrealized_gain_percentage } =
            row.valuation;
        let sql = "INSERT OR REPLACE INTO summaries VALUES
                   (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
        self.connection.prepare_cached(sql)?.execute(rusqlite::params![
            portfolio,
            stock,
            row.portfolio.as_str(),
            row.symbol.as_str(),
            row.company_name.as_str(),
            shown(row.sector.as_ref()),
            shown(row.industry.as_ref()),
            row.currency.code(),
            row.quantity.exact(),
            shown(average_cost.as_ref()),
            row.cost_basis.to_string(),
            shown(price.as_ref()),
            shown(price_date.as_ref()),
            shown(market_value.as_ref()),
            shown(unrealized_gain.as_ref()),
            shown(unrealized_gain_percentage.as_ref()),
            row.realized_gain.to_string(),
            row.dividends.to_string(),
        ])?;
        Ok(())
    }
}

/// Whether anything that counts was recorded for the position `p`.
const COUNTS: &str = "(p.first_trade_date IS NOT NULL OR p.dividends <> '0')";

/// Selects the position, its names, its latest price and the splits since, from which a row is computed.
fn compute() -> String {
    let ratios = splits::ratios_between("p.stock", "coalesce(r.basis_date, r.price_date)", "'9999-12-31'");
    format!(
        "SELECT f.name, s.symbol, s.company_name, s.sector, s.industry, s.currency,
            p.quantity, p.cost_basis, p.realized_gain, p.dividends, p.first_trade_date, p.last_trade_date,
            r.price_date, r.price, r.basis_date, {ratios}
        FROM positions p JOIN portfolios f ON f.portfolio = p.portfolio JOIN stocks s ON s.stock = p.stock
        LEFT JOIN prices r ON r.stock = p.stock AND r.price_date =
            (SELECT max(price_date) FROM prices WHERE prices.stock = p.stock)"
    )
}

fn computed(row: &Row<'_>) -> rusqlite::Result<SummaryRow> {
    let totals = PositionTotals {
        quantity: text(row, 6)?,
        cost_basis: text(row, 7)?,
        realized_gain: text(row, 8)?,
        dividends: text(row, 9)?,
        first_trade_date: optional(row, 10)?,
        last_entry: optional(row, 11)?.map(|day| (day, Moment::Last)),
        reordered_on: None,
        lots_changed_on: None,
    };
    let has_price = row.get_ref(12)? != ValueRef::Null;
    let quote =
        || Ok::<_, rusqlite::Error>(Quote { recorded: prices::price_at(row, 12)?, splits: splits::ratio(row, 15)? });
    let quote = has_price.then(quote).transpose()?;
    let profile = StockProfile {
        symbol: text(row, 1)?,
        company_name: text(row, 2)?,
        sector: optional(row, 3)?,
        industry: optional(row, 4)?,
        currency: text(row, 5)?,
        isin: None,
    };
    Ok(SummaryRow::new(text(row, 0)?, profile, &totals, quote.as_ref()))
}

fn cached(row: &Row<'_>) -> rusqlite::Result<SummaryRow> {
    Ok(SummaryRow {
        portfolio: text(row, 0)?,
        symbol: text(row, 1)?,
        company_name: text(row, 2)?,
        sector: optional(row, 3)?,
        industry: optional(row, 4)?,
        currency: text(row, 5)?,
        quantity: text(row, 6)?,
        cost_basis: text(row, 8)?,
        valuation: Valuation {
            average_cost: optional(row, 7)?,
            price: optional(row, 9)?,
            price_date: optional(row, 10)?,
            market_value: optional(row, 11)?,
            unrealized_gain: optional(row, 12)?,
            unrealized_gain_percentage: optional(row, 13)?,
        },
        realized_gain: text(row, 14)?,
        dividends: text(row, 15)?,
        last_entry_date: optional(row, 16)?,
    })
}

impl Reader<'_> {
    /// Every position at its market value, by portfolio and symbol; read from the cache if that is up to
    /// date, and otherwise computed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn position_summaries(self) -> Result<Vec<SummaryRow>, StoreError> {
        let (sql, read): (String, fn(&Row<'_>) -> rusqlite::Result<SummaryRow>) = if self
            .events()
            .reached_by(Summaries::KEEPER)?
            == self.events().head()?
        {
            let columns = "portfolio_name, symbol, company_name, sector, industry, currency, summaries.quantity, average_cost,
                           summaries.cost_basis, price, price_date, market_value, unrealized_gain, unrealized_gain_percentage,
                           summaries.realized_gain, summaries.dividends, p.last_trade_date";
            let removed = |table: &str, key: &str| {
                format!("EXISTS (SELECT 1 FROM {table} WHERE {key} = summaries.{key} AND removed_at IS NOT NULL)")
            };
            let (stock, portfolio) = (removed("stocks", "stock"), removed("portfolios", "portfolio"));
            let sql = format!(
                "SELECT {columns} FROM summaries JOIN positions p USING (portfolio, stock)
                 WHERE NOT {stock} AND NOT {portfolio} AND {COUNTS} ORDER BY portfolio_name, symbol"
            );
            (sql, cached)
        } else {
            let there = "WHERE s.removed_at IS NULL AND f.removed_at IS NULL";
            (format!("{} {there} AND {COUNTS} ORDER BY f.name, s.symbol", compute()), computed)
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
