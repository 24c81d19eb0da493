//! Realized gains, for readers.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use rusqlite::{OptionalExtension, Params, Row};

use super::Transactions;
use super::transactions::OF_STOCK;
use crate::domain::{Currency, Day, Disposal, GainTotals, PortfolioFilter, PortfolioName, Symbol, TransactionId, Year};
use crate::store::events::StreamKey;
use crate::store::gain_totals::gain_totals;
use crate::store::values::{halves, id, listed, shown, text};
use crate::store::{StoreError, disposals};

/// Which sales to include. `None` does not restrict.
#[derive(Debug, Clone, Default)]
pub struct SaleFilter {
    /// Only in these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only this stock.
    pub symbol: Option<Symbol>,
    /// Only from this day on.
    pub from: Option<Day>,
    /// Only up to this day.
    pub to: Option<Day>,
}

impl SaleFilter {
    /// The parameters of a query for sales: stock, portfolios, first and last day.
    fn params(&self) -> impl Params {
        (
            shown(self.symbol.as_ref()),
            listed(&self.portfolios),
            shown(self.from.as_ref()).unwrap_or_default(),
            self.to.unwrap_or(Day::LAST).to_string(),
        )
    }
}

/// In which order to read sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleOrder {
    /// By day and order of recording.
    Day,
    /// In the order in which they are found, which takes half the time.
    Any,
}

/// What a sale realized, or a conversion in one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleGain {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The sale; otherwise the conversion, or the return of capital.
    pub sale_id: TransactionId,
    /// Its day.
    pub sold_on: Day,
    /// What it realized on each lot.
    pub disposals: Vec<Disposal>,
}

impl SaleGain {
    /// The same, lot by lot.
    pub fn by_lot(self) -> impl Iterator<Item = LotGain> {
        let Self { portfolio, symbol, currency, disposals, .. } = self;
        let of_lot =
            move |disposal| LotGain { portfolio: portfolio.clone(), symbol: symbol.clone(), currency, disposal };
        disposals.into_iter().map(of_lot)
    }
}

/// The gain that a sale realized on one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotGain {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The disposal.
    pub disposal: Disposal,
}

/// The gains that the sales of a position realized in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearGain {
    /// The stock.
    pub symbol: Symbol,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The year.
    pub year: i32,
    /// The totals.
    pub totals: GainTotals,
}

/// The names of a position, and the currency of its stock.
type PositionNames = (PortfolioName, Symbol, Currency);

/// The query for realized gains, of one stock or of all. The order of joins is the one in which rows are
/// found by key.
fn realized(symbol: Option<&Symbol>, order: SaleOrder) -> String {
    let (sales, is_wanted) = match symbol {
        Some(_) => (format!("{OF_STOCK} CROSS JOIN disposals d ON d.sale = t.sequence"), "o.listed_as = ?1"),
        None => ("disposals d CROSS JOIN transactions t ON t.sequence = d.sale".to_owned(), "?1 IS NULL"),
    };
    let order = match order {
        SaleOrder::Day => " ORDER BY t.trade_date, coalesce(t.place, t.sequence)",
        SaleOrder::Any => "",
    };
    format!(
        "SELECT t.portfolio, t.stock, t.id_high, t.id_low, t.trade_date, d.parts FROM {sales}
         WHERE {is_wanted} AND (?2 IS NULL OR t.portfolio IN
                (SELECT portfolio FROM portfolios WHERE listed_as IN (SELECT value FROM json_each(?2))))
            AND t.trade_date BETWEEN ?3 AND ?4
            AND t.type IN ('SELL', 'RETURN_CAPITAL'){order}"
    )
}

impl Transactions<'_> {
    /// The disposals of a sale, lot by lot.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn disposals(self, sale: TransactionId) -> Result<Vec<Disposal>, StoreError> {
        let sql = "SELECT t.id_high, t.id_low, t.trade_date, d.parts
            FROM transactions t JOIN disposals d ON d.sale = t.sequence WHERE t.id_high = ?1 AND t.id_low = ?2";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let found = statement
            .query_row(halves(sale), |row| disposals::parts(row, (id(row, [0, 1])?, text(row, 2)?), 3))
            .optional()?;
        Ok(found.unwrap_or_default())
    }

    /// Passes what the sales and conversions that match a filter realized to `take`.
    ///
    /// # Errors
    /// If the book cannot be read, or whatever error `take` returns.
    pub fn for_each_sale<E: From<StoreError>>(
        self,
        filter: &SaleFilter,
        order: SaleOrder,
        take: &mut dyn FnMut(SaleGain) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut conversions = self.conversion_gains(filter)?.into_iter().peekable();
        let sql = realized(filter.symbol.as_ref(), order);
        let mut statement = self.reader.connection.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(filter.params()).map_err(StoreError::from)?;
        let mut known = HashMap::new();
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let sale = self.sale_gain(row, &mut known)?;
            while let Some(earlier) = conversions.next_if(|earlier| earlier.sold_on <= sale.sold_on) {
                take(earlier)?;
            }
            take(sale)?;
        }
        conversions.try_for_each(take)
    }

    fn sale_gain(self, row: &Row<'_>, known: &mut HashMap<StreamKey, PositionNames>) -> Result<SaleGain, StoreError> {
        let position = (row.get(0)?, row.get(1)?);
        let (portfolio, symbol, currency) = match known.entry(position) {
            Entry::Occupied(names) => names.get().clone(),
            Entry::Vacant(open) => open.insert(self.position_names(position)?).clone(),
        };
        let (sale_id, sold_on) = (id(row, [2, 3])?, text(row, 4)?);
        let disposals = disposals::parts(row, (sale_id, sold_on), 5)?;
        Ok(SaleGain { portfolio, symbol, currency, sale_id, sold_on, disposals })
    }

    fn position_names(self, position: StreamKey) -> Result<PositionNames, StoreError> {
        let sql = "SELECT f.name, s.symbol, s.currency FROM portfolios f CROSS JOIN stocks s
            WHERE f.portfolio = ?1 AND s.stock = ?2";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        Ok(statement.query_row(position, |row| Ok((text(row, 0)?, text(row, 1)?, text(row, 2)?)))?)
    }

    /// What conversions realized, by day and order of recording.
    fn conversion_gains(self, filter: &SaleFilter) -> Result<Vec<SaleGain>, StoreError> {
        let sql = format!(
            "{CONVERTED} WHERE (?1 IS NULL OR s.listed_as = ?1)
                 AND (?2 IS NULL OR f.listed_as IN (SELECT value FROM json_each(?2)))
                 AND c.effective_date BETWEEN ?3 AND ?4 ORDER BY c.effective_date, c.sequence, f.name, s.symbol"
        );
        let mut statement = self.reader.connection.prepare_cached(&sql)?;
        Ok(statement.query_map(filter.params(), converted_gains)?.collect::<Result<_, _>>()?)
    }

    /// What a conversion realized on each lot, by portfolio and stock.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn realized_by_conversion(self, id: TransactionId) -> Result<Vec<LotGain>, StoreError> {
        let sql = "SELECT f.name, s.symbol, s.currency, c.conversion_id, c.effective_date, g.parts
            FROM conversions c CROSS JOIN portfolios f CROSS JOIN conversion_gains g
                ON g.portfolio = f.portfolio AND g.stock IN (c.stock, c.new_stock) AND g.conversion = c.sequence
            CROSS JOIN stocks s ON s.stock = g.stock
            WHERE c.conversion_id = ?1 ORDER BY f.name, s.symbol";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let found = statement.query_map([id.plain()], converted_gains)?;
        Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flat_map(SaleGain::by_lot).collect())
    }

    /// Realized gains by position and year, from the stored totals.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn year_gains(
        self,
        portfolios: &PortfolioFilter,
        symbol: Option<&Symbol>,
        year: Option<Year>,
    ) -> Result<Vec<YearGain>, StoreError> {
        // The positions of a stock are found by an index.
        let totals = if symbol.is_some() {
            "positions p CROSS JOIN gain_totals g ON g.portfolio = p.portfolio AND g.stock = p.stock"
        } else {
            "gain_totals g"
        };
        let conditions = [
            (
                " AND g.portfolio IN (SELECT portfolio FROM portfolios
                    WHERE listed_as IN (SELECT value FROM json_each(?)))",
                listed(portfolios),
            ),
            (" AND p.stock = (SELECT stock FROM stocks WHERE listed_as = ?)", symbol.map(ToString::to_string)),
            (" AND g.year = CAST(? AS INTEGER)", year.map(|year| year.number().to_string())),
        ];
        let mut sql = format!(
            "SELECT s.symbol, s.currency, g.year, g.quantity, g.proceeds, g.cost_basis, g.gain, g.short_term_gain,
                g.long_term_gain
            FROM {totals} CROSS JOIN stocks s ON s.stock = g.stock WHERE true"
        );
        let mut params = Vec::new();
        for (condition, value) in conditions {
            if let Some(value) = value {
                sql.push_str(condition);
                params.push(value);
            }
        }
        let mut statement = self.reader.connection.prepare(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(params))?;
        let mut gains: Vec<YearGain> = Vec::new();
        while let Some(row) = rows.next()? {
            // The years of a position are consecutive rows, so its stock is read only for the first.
            let same =
                gains.last().filter(|last| row.get_ref(0).is_ok_and(|it| it.as_str() == Ok(last.symbol.as_str())));
            let (symbol, currency) = match same {
                Some(last) => (last.symbol.clone(), last.currency),
                None => (text(row, 0)?, text(row, 1)?),
            };
            gains.push(YearGain { symbol, currency, year: row.get(2)?, totals: gain_totals(row, 3)? });
        }
        Ok(gains)
    }
}

const CONVERTED: &str = "SELECT f.name, s.symbol, s.currency, c.conversion_id, c.effective_date, g.parts
    FROM conversion_gains g CROSS JOIN conversions c ON c.sequence = g.conversion
    CROSS JOIN portfolios f ON f.portfolio = g.portfolio CROSS JOIN stocks s ON s.stock = g.stock";

fn converted_gains(row: &Row<'_>) -> rusqlite::Result<SaleGain> {
    let (portfolio, symbol, currency) = (text(row, 0)?, text(row, 1)?, text(row, 2)?);
    let (sale_id, sold_on) = (text(row, 3)?, text(row, 4)?);
    let disposals = disposals::parts(row, (sale_id, sold_on), 5)?;
    Ok(SaleGain { portfolio, symbol, currency, sale_id, sold_on, disposals })
}
