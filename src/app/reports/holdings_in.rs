//! What one has, in the money that one lives in.

use std::collections::{BTreeMap, HashMap};

use super::conversion::{Conversion, Converter, UsedRates};
use super::costs_in::{CostsIn, follow, is_followed};
use super::gains::{GainsFilter, Period};
use super::gains_in::lot_gains_in;
use super::holdings::{HoldingsFilter, holdings};
use super::read_model::ReadModel;
use crate::app::AppError;
use crate::domain::{
    Currency, Day, Figure, FineAmount, FoundRate, Money, PortfolioFilter, PortfolioName, Price, Stock, StockId, Symbol,
    TooLarge, TransactionType, Valuation,
};
use crate::store::{Reader, SummaryRow, TransactionFilter};

/// A position, its figures in the currency of the report. What sales realized and dividends paid is nothing in its row
/// unless that was asked for.
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

/// Whether realized gains and dividends are reported: that takes a rate for each of their days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Income {
    /// It is.
    Told,
    /// It is not.
    Untold,
}

/// As [`holdings`], in another currency: costs at the rates of the purchases' days, values at that of `day`.
///
/// # Errors
/// As there, or if a rate is missing.
pub fn holdings_in(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    (conversion, day): (Conversion, Day),
    income: Income,
) -> Result<(Vec<HoldingIn>, Vec<UsedRates>), AppError> {
    let known = filter.known_on.map_or(Ok(reader), |instant| reader.as_known_on(instant))?;
    let rates = Converter::new(known, conversion)?;
    let held = held_in((reader, known), filter, (&rates, day), income)?;
    Ok((held, rates.conclude()?))
}

/// The positions of a reader, and of what it knows at the instant of the filter.
///
/// # Errors
/// As [`holdings_in`], but for that a rate is missing, which is noted.
pub(super) fn held_in(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &HoldingsFilter,
    (rates, day): (&Converter<'_>, Day),
    income: Income,
) -> Result<Vec<HoldingIn>, AppError> {
    let mut rows = holdings(reader, filter)?;
    match income {
        Income::Told => add_income((reader, known), filter, rates, &mut rows)?,
        Income::Untold => {
            for row in &mut rows {
                (row.realized_gain, row.dividends) = (Money::ZERO, Money::ZERO);
            }
        }
    }
    let mut costs = Costs {
        reader: known,
        model: ReadModel::new(reader, filter.as_of, filter.known_on)?,
        is_past: filter.as_of.is_some() || filter.known_on.is_some(),
        rates,
        followed: HashMap::new(),
    };
    let mut held = Vec::with_capacity(rows.len());
    for row in rows {
        let cost = costs.of(&row)?;
        let today = costs.rates.rate(row.currency, day)?;
        held.push(converted(row, rates.currency(), cost.rounded()?, &today)?);
    }
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
    let row = SummaryRow { currency: into, cost_basis, valuation, ..row };
    let (rate, rate_date) = (today.shown().ok(), today.date);
    Ok(HoldingIn { row, original_currency, price_gain, currency_gain, rate, rate_date })
}

/// Puts into rows what sales realized and dividends paid, gross, up to the day of a filter.
fn add_income(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &HoldingsFilter,
    rates: &Converter<'_>,
    rows: &mut [SummaryRow],
) -> Result<(), AppError> {
    type Position = (PortfolioName, Symbol);
    let (portfolios, symbol) = (filter.portfolios.clone(), only(&filter.symbols));
    let period = Period::Days { from: None, to: filter.as_of };
    let sold =
        GainsFilter { portfolios: portfolios.clone(), symbol: symbol.clone(), period, known_on: filter.known_on };
    let mut realized: BTreeMap<Position, Money> = BTreeMap::new();
    for (lot, _) in lot_gains_in((reader, known), &sold, rates)? {
        let sum = realized.entry((lot.portfolio, lot.symbol)).or_default();
        *sum = sum.plus(lot.disposal.gain)?;
    }
    let paid = TransactionFilter {
        portfolios,
        symbol,
        transaction_type: Some(TransactionType::Dividend),
        to: filter.as_of,
        ..TransactionFilter::default()
    };
    let mut dividends: BTreeMap<Position, Money> = BTreeMap::new();
    known.transactions().for_each(&paid, &mut |row| {
        let rate = rates.rate_of(row.transaction_id, row.currency, row.trade_date)?;
        let gross = FineAmount::of(row.gross_amount().ok_or(TooLarge)?).times(&rate).rounded()?;
        let sum = dividends.entry((row.portfolio, row.symbol)).or_default();
        *sum = sum.plus(gross)?;
        Ok::<_, AppError>(())
    })?;
    for row in rows {
        let key = (row.portfolio.clone(), row.symbol.clone());
        row.realized_gain = realized.get(&key).copied().unwrap_or_default();
        row.dividends = dividends.get(&key).copied().unwrap_or_default();
    }
    Ok(())
}

fn only<T: Clone>(names: &[T]) -> Option<T> {
    names.first().filter(|_| names.len() == 1).cloned()
}

/// What positions cost.
struct Costs<'r, 'b> {
    reader: Reader<'b>,
    model: ReadModel<'b>,
    is_past: bool,
    rates: &'r Converter<'b>,
    followed: HashMap<StockId, Option<CostsIn>>,
}

impl Costs<'_, '_> {
    fn of(&mut self, row: &SummaryRow) -> Result<FineAmount, AppError> {
        if row.quantity.is_zero() {
            return Ok(FineAmount::default());
        }
        let (stock, portfolio) = (self.model.stock(&row.symbol)?, self.model.portfolio(&row.portfolio)?);
        if let Some(costs) = self.followed(&stock)? {
            let cost = costs.held(&stock.position_in(&portfolio));
            return Ok(cost.known(row.currency, self.rates));
        }
        let mut sum = FineAmount::default();
        let lots = self.reader.entries().open_lots(portfolio.id(), &stock)?;
        // Lots of one day have one rate, unless they were settled with an amount of their own.
        for lots in lots.chunk_by(|one, next| one.acquired_on == next.acquired_on) {
            let mut of_day = Money::ZERO;
            let mut rate = None;
            for lot in lots {
                if lot.is_settled {
                    let settled = self.rates.rate_of(lot.lot_id, row.currency, lot.acquired_on)?;
                    sum = sum.plus(&FineAmount::of(lot.cost_basis).times(&settled));
                } else {
                    rate = Some(self.rates.rate(row.currency, lot.acquired_on)?);
                    of_day = of_day.plus(lot.cost_basis)?;
                }
            }
            if let Some(rate) = rate {
                sum = sum.plus(&FineAmount::of(of_day).times(&rate));
            }
        }
        Ok(sum)
    }

    /// The costs of a stock, where they do not follow from its open lots.
    fn followed(&mut self, stock: &Stock) -> Result<Option<&CostsIn>, AppError> {
        if !self.followed.contains_key(&stock.id()) {
            let is_followed = self.is_past || is_followed(self.reader, stock)?;
            let costs = if is_followed {
                Some(follow(self.model.entries(stock, &PortfolioFilter::ALL)?, self.rates, &mut |_, _, _| {})?)
            } else {
                None
            };
            self.followed.insert(stock.id(), costs);
        }
        Ok(self.followed.get(&stock.id()).and_then(Option::as_ref))
    }
}
