//! What one has, in the money that one lives in.

use std::collections::HashMap;

use super::conversion::{Conversion, Converter};
use super::holdings::{HoldingsFilter, holdings};
use super::pooled_costs::{PooledCosts, pooled_costs};
use super::read_model::ReadModel;
use crate::app::AppError;
use crate::domain::{
    CostBasisMethod, Currency, Day, Figure, FineAmount, FoundRate, Money, Portfolio, Price, Stock, StockId, Valuation,
};
use crate::store::{Reader, SummaryRow};

/// A position, its figures in the currency of the report. What sales realized and dividends paid is not among
/// them: that takes a rate for each of their days, which [`gains`](super::for_each_gain_in) looks up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingIn {
    /// The position.
    pub row: SummaryRow,
    /// The currency in which it is traded.
    pub original_currency: Currency,
    /// The part of the unrealized gain that the price made; not known without a price.
    pub price_gain: Option<Money>,
    /// The part that the currency made: what the cost is worth on the day, less the cost.
    pub currency_gain: Money,
    /// The rate of the day, rounded half to even at ten places.
    pub rate: Option<Figure>,
    /// The day of the recorded rate.
    pub rate_date: Day,
}

/// As [`holdings`], in another currency: costs at the rates of the purchases' days, values at that of `day`.
///
/// # Errors
/// As there, or if a rate is missing.
pub fn holdings_in(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    conversion: Conversion,
    day: Day,
) -> Result<Vec<HoldingIn>, AppError> {
    let rows = holdings(reader, filter)?;
    let known = filter.known_on.map_or(Ok(reader), |instant| reader.as_known_on(instant))?;
    let mut costs = Costs {
        reader: known,
        model: ReadModel::new(reader, filter.as_of, filter.known_on)?,
        is_past: filter.as_of.is_some() || filter.known_on.is_some(),
        rates: Converter::new(known, conversion)?,
        replayed: HashMap::new(),
    };
    let mut held = Vec::with_capacity(rows.len());
    for row in rows {
        let cost = costs.of(&row)?;
        let today = costs.rates.rate(row.currency, day)?;
        held.push(converted(row, conversion.into, cost.rounded()?, &today)?);
    }
    costs.rates.conclude()?;
    Ok(held)
}

fn converted(row: SummaryRow, into: Currency, cost_basis: Money, today: &FoundRate) -> Result<HoldingIn, AppError> {
    let original_currency = row.currency;
    let at_rate = |amount: Money| FineAmount::of(amount).times(today).rounded();
    let market_value = row.valuation.market_value.map(at_rate).transpose()?;
    let unrealized_gain = market_value.map(|value| value.minus(cost_basis)).transpose()?;
    let currency_gain = at_rate(row.cost_basis)?.minus(cost_basis)?;
    let price_gain = unrealized_gain.map(|gain| gain.minus(currency_gain)).transpose()?;
    let price = row.valuation.price.and_then(|price| at_rate(Money::from(Figure::from(price))).ok());
    let valuation = Valuation {
        average_cost: cost_basis.per_share(&row.quantity).and_then(Result::ok),
        price: price.and_then(|price| Price::try_from(Figure::from(price)).ok()),
        price_date: row.valuation.price_date,
        market_value,
        unrealized_gain,
        unrealized_gain_percentage: unrealized_gain.and_then(|gain| gain.percentage_of(cost_basis)?.ok()),
    };
    let (realized_gain, dividends) = (Money::ZERO, Money::ZERO);
    let row = SummaryRow { currency: into, cost_basis, valuation, realized_gain, dividends, ..row };
    let (rate, rate_date) = (today.shown().ok(), today.date);
    Ok(HoldingIn { row, original_currency, price_gain, currency_gain, rate, rate_date })
}

/// What positions cost.
struct Costs<'b> {
    reader: Reader<'b>,
    model: ReadModel<'b>,
    is_past: bool,
    rates: Converter<'b>,
    replayed: HashMap<StockId, PooledCosts>,
}

impl Costs<'_> {
    fn of(&mut self, row: &SummaryRow) -> Result<FineAmount, AppError> {
        if row.quantity.is_zero() {
            return Ok(FineAmount::default());
        }
        let (stock, portfolio) = (self.model.stock(&row.symbol)?, self.model.portfolio(&row.portfolio)?);
        if self.is_past || self.has_pool(&stock, &portfolio)? {
            return self.replayed(&stock, &portfolio);
        }
        let mut sum = FineAmount::default();
        for (lot_id, acquired_on, cost) in self.reader.entries().open_lots(portfolio.id(), &stock)? {
            let rate = self.rates.rate_of(lot_id, row.currency, acquired_on)?;
            sum = sum.plus(&FineAmount::of(cost).times(&rate));
        }
        Ok(sum)
    }

    /// Whether the lots of a position may be in a pool, or come from one.
    fn has_pool(&self, stock: &Stock, portfolio: &Portfolio) -> Result<bool, AppError> {
        let is_average = |portfolio: &Portfolio| portfolio.cost_basis_method() == CostBasisMethod::Average;
        Ok(is_average(portfolio) || self.reader.portfolios().holding(stock)?.iter().any(is_average))
    }

    fn replayed(&mut self, stock: &Stock, portfolio: &Portfolio) -> Result<FineAmount, AppError> {
        if !self.replayed.contains_key(&stock.id()) {
            let entries = self.model.entries(stock, None)?;
            let costs = pooled_costs(entries, stock.profile().currency, &mut self.rates)?;
            self.replayed.insert(stock.id(), costs);
        }
        let held = self.replayed.get(&stock.id()).and_then(|costs| costs.held.get(&portfolio.id()));
        Ok(held.map(|cost| cost.known(stock.profile().currency, &mut self.rates)).unwrap_or_default())
    }
}
