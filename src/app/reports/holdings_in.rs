//! Holdings in one currency.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::conversion::{Conversion, Converter, UsedRates};
use super::costs_in::{CostsIn, follow, is_followed};
use super::gains::{GainsFilter, Period};
use super::gains_in::for_each_sale_in;
use super::holdings::{HoldingsFilter, both, holdings, merge, past_holdings};
use super::read_model::ReadModel;
use crate::app::AppError;
use crate::domain::{
    Currency, Day, EntryKind, Figure, FineAmount, FoundRate, Money, PortfolioFilter, PortfolioName, Position, Price,
    StockId, Symbol, TooLarge, TransactionId, TransactionType, Valuation,
};
use crate::store::{OpenLot, Reader, SaleOrder, SummaryRow, TransactionFilter};

/// A position with its figures in the currency of the report. Realized gains and dividends are 0 in its row
/// unless they were [requested](Realized).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingIn {
    /// The position.
    pub row: SummaryRow,
    /// The currency in which it is traded.
    pub original_currency: Currency,
    /// The part of the unrealized gain due to the price; `None` without a price.
    pub price_gain: Option<Money>,
    /// The part due to the currency: the original cost at the rate of the day, less the converted cost.
    pub currency_gain: Money,
    /// The rate of the day, rounded half to even at ten places.
    pub rate: Option<Figure>,
    /// The day of the recorded rate.
    pub rate_date: Day,
}

/// Whether to include realized gains and dividends, which need rates for the day of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Realized {
    /// Those of each position.
    Included,
    /// None; they are 0.
    Omitted,
}

/// Like [`holdings`], in another currency: costs at the rates of the purchases' days, values at that of
/// `day`.
///
/// # Errors
/// As for [`holdings`], or if a rate is missing.
pub fn holdings_in(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    (conversion, day): (Conversion, Day),
    realized: Realized,
) -> Result<(Vec<HoldingIn>, Vec<UsedRates>), AppError> {
    reader.at_one_moment(|| {
        let known = filter.known_on.map_or(Ok(reader), |instant| reader.as_known_on(instant))?;
        let rates = Converter::new(known, conversion)?;
        let held = held_in((reader, known), filter, (&rates, day), realized)?;
        Ok((held, rates.conclude()?))
    })
}

/// Like [`holdings_by_symbol`](super::holdings_by_symbol), in another currency.
///
/// # Errors
/// As for [`holdings_by_symbol`](super::holdings_by_symbol).
pub fn holdings_in_by_symbol(held: Vec<HoldingIn>) -> Result<Vec<HoldingIn>, TooLarge> {
    let mut stocks: BTreeMap<Symbol, HoldingIn> = BTreeMap::new();
    for holding in held {
        let merged = match stocks.get(&holding.row.symbol) {
            Some(sum) => HoldingIn {
                row: merge(&sum.row, &holding.row)?,
                price_gain: both(sum.price_gain, holding.price_gain)?,
                currency_gain: sum.currency_gain.plus(holding.currency_gain)?,
                ..sum.clone()
            },
            None => holding,
        };
        stocks.insert(merged.row.symbol.clone(), merged);
    }
    Ok(stocks.into_values().collect())
}

/// The rows of [`holdings_in`], with rates from `rates`.
///
/// # Errors
/// As [`holdings_in`], except that a missing rate is noted in `rates`.
pub(super) fn held_in(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &HoldingsFilter,
    (rates, day): (&Converter<'_>, Day),
    realized: Realized,
) -> Result<Vec<HoldingIn>, AppError> {
    let is_past = filter.as_of.is_some() || filter.known_on.is_some();
    let (mut rows, costs) =
        if is_past { past_costs((reader, known), filter, rates)? } else { costs(reader, filter, rates)? };
    match realized {
        Realized::Included => add_realized((reader, known), filter, rates, &mut rows)?,
        Realized::Omitted => {
            for row in &mut rows {
                (row.realized_gain, row.dividends) = (Money::ZERO, Money::ZERO);
            }
        }
    }
    let mut held = Vec::with_capacity(rows.len());
    for (row, cost) in rows.into_iter().zip(costs) {
        let today = rates.rate(row.currency, day)?;
        held.push(converted(row, rates.currency(), cost.rounded()?, &today)?);
    }
    Ok(held)
}

fn converted(row: SummaryRow, into: Currency, cost_basis: Money, today: &FoundRate) -> Result<HoldingIn, AppError> {
    let original_currency = row.currency;
    let at_rate = |amount: Money| FineAmount::at(amount, today).rounded();
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

/// Adds realized gains and gross dividends up to the day of a filter to the rows.
fn add_realized(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &HoldingsFilter,
    rates: &Converter<'_>,
    rows: &mut [SummaryRow],
) -> Result<(), AppError> {
    // The present symbol of the only stock asked for: the filter may have a former one.
    let symbol = match filter.symbols.as_slice() {
        [asked] => Some(rows.first().map_or_else(|| asked.clone(), |row| row.symbol.clone())),
        _ => None,
    };
    let period = Period::Days { from: None, to: filter.as_of };
    let sold = GainsFilter {
        portfolios: filter.portfolios.clone(),
        symbol: symbol.clone(),
        period,
        known_on: filter.known_on,
    };
    let mut realized: BTreeMap<Named, Money> = BTreeMap::new();
    for_each_sale_in((reader, known), &sold, (rates, SaleOrder::Any), &mut |sale, converted| {
        let gain = converted.gain(&sale)?;
        let sum = realized.entry((sale.portfolio, sale.symbol)).or_default();
        *sum = sum.plus(gain)?;
        Ok(())
    })?;
    let mut dividends: BTreeMap<Named, Money> = BTreeMap::new();
    for_each_dividend(reader, (filter, symbol), &mut |position, amount, currency, (id, day)| {
        let gross = FineAmount::at(amount, &*rates.rate_of(id, currency, day)?).rounded()?;
        let sum = dividends.entry(position).or_default();
        *sum = sum.plus(gross)?;
        Ok(())
    })?;
    for row in rows {
        let key = (row.portfolio.clone(), row.symbol.clone());
        row.realized_gain = realized.get(&key).copied().unwrap_or_default();
        row.dividends = dividends.get(&key).copied().unwrap_or_default();
    }
    Ok(())
}

/// A position by its names.
type Named = (PortfolioName, Symbol);

/// Passes on the dividends up to the day of a filter, gross, as they were known at its instant.
fn for_each_dividend(
    reader: Reader<'_>,
    (filter, symbol): (&HoldingsFilter, Option<Symbol>),
    take: &mut dyn FnMut(Named, Money, Currency, (TransactionId, Day)) -> Result<(), AppError>,
) -> Result<(), AppError> {
    if filter.known_on.is_none() {
        let paid = TransactionFilter {
            symbol,
            transaction_type: Some(TransactionType::Dividend),
            to: filter.as_of,
            ..TransactionFilter::of(&filter.portfolios)
        };
        return reader.transactions().for_each(&paid, &mut |row| {
            let gross = row.gross_amount().ok_or(TooLarge)?;
            take((row.portfolio, row.symbol), gross, row.currency, (row.transaction_id, row.trade_date))
        });
    }
    let model = ReadModel::new(reader, filter.as_of, filter.known_on)?;
    for stock in model.stocks(symbol.as_ref())? {
        let entries = model.entries(&stock, &filter.portfolios)?;
        let is_asked_for = entries.asked_for();
        let keys: Vec<_> = entries.blanks.iter().map(Position::key).filter(|key| is_asked_for(key)).collect();
        for entry in &entries.entries {
            let EntryKind::Dividend { amount, .. } = entry.kind else { continue };
            let Some(key) = keys.iter().find(|key| key.is_changed_by(entry)) else { continue };
            take((key.portfolio.clone(), key.symbol.clone()), amount, key.currency, (entry.id, entry.date))?;
        }
    }
    Ok(())
}

/// Positions as they are now, and their costs.
fn costs(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    rates: &Converter<'_>,
) -> Result<(Vec<SummaryRow>, Vec<FineAmount>), AppError> {
    let (rows, model) = (holdings(reader, filter)?, ReadModel::of(reader));
    let mut followed: HashMap<StockId, Option<CostsIn>> = HashMap::new();
    let (mut known, mut open) = (Vec::with_capacity(rows.len()), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let (stock, portfolio) = (model.stock(&row.symbol)?, model.portfolio(&row.portfolio)?);
        let costs = match followed.entry(stock.id()) {
            Entry::Occupied(costs) => costs.into_mut(),
            Entry::Vacant(place) if !is_followed(reader, &stock)? => place.insert(None),
            Entry::Vacant(place) => {
                let entries = model.entries(&stock, &PortfolioFilter::ALL)?;
                place.insert(Some(follow(entries, rates, &mut |_, _, _| {})?.1))
            }
        };
        known.push(match costs {
            Some(costs) => costs.held(&stock.position_in(&portfolio)).known(row.currency, rates),
            None => FineAmount::default(),
        });
        if costs.is_none() {
            let lots = reader.entries().open_lots(portfolio.id(), &stock)?;
            open.push((at, stock, lots));
        }
    }
    rates.expect(open.iter().map(|(.., lots)| lots.len()).sum())?;
    for (at, stock, lots) in open {
        if let Some(cost) = known.get_mut(at) {
            *cost = cost_of(&lots, stock.profile().currency, rates)?;
        }
    }
    Ok((rows, known))
}

/// The cost of open lots, each at the rate of its purchase.
fn cost_of(lots: &[OpenLot], currency: Currency, rates: &Converter<'_>) -> Result<FineAmount, AppError> {
    let mut sum = FineAmount::default();
    // Lots of one day have the same rate, unless they have settlement amounts.
    for lots in lots.chunk_by(|one, next| one.acquired_on == next.acquired_on) {
        let (mut of_day, mut day) = (Money::ZERO, None);
        for lot in lots {
            if rates.is_settled(lot.lot_id)? {
                let settled = rates.rate_of(lot.lot_id, currency, lot.acquired_on)?;
                sum.add(&FineAmount::at(lot.cost_basis, &settled));
            } else {
                (of_day, day) = (of_day.plus(lot.cost_basis)?, Some(lot.acquired_on));
            }
        }
        if let Some(day) = day {
            sum.add(&FineAmount::at(of_day, &*rates.rate(currency, day)?));
        }
    }
    Ok(sum)
}

/// Positions as of a day or as known at an instant, and their costs.
fn past_costs(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &HoldingsFilter,
    rates: &Converter<'_>,
) -> Result<(Vec<SummaryRow>, Vec<FineAmount>), AppError> {
    let mut costs = CostsIn::default();
    let rows = past_holdings(reader, filter, &mut |entries| {
        let is_asked_for = entries.asked_for();
        let (mut positions, of_stock) = follow(entries, rates, &mut |_, _, _| {})?;
        positions.retain(|position| is_asked_for(position.key()));
        costs.extend(of_stock);
        Ok(positions)
    })?;
    let model = ReadModel::of(known);
    let cost = |row: &SummaryRow| {
        let (stock, portfolio) = (model.stock(&row.symbol)?, model.portfolio(&row.portfolio)?);
        Ok(costs.held(&stock.position_in(&portfolio)).known(row.currency, rates))
    };
    let known = rows.iter().map(cost).collect::<Result<_, AppError>>()?;
    Ok((rows, known))
}
