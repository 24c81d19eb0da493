//! What sales realized, in the money that one lives in.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::conversion::{Conversion, Converter, ForeignGain, UsedRates, shown_parts};
use super::costs_in::{CostsIn, follow, is_followed};
use super::gains::{GainRow, GainsBy, GainsFilter, for_each_lot_gain};
use super::read_model::ReadModel;
use crate::app::AppError;
use crate::domain::{
    Currency, Disposal, FineAmount, FoundRate, GainTotals, Money, PortfolioFilter, Symbol, TooLarge, Year,
};
use crate::store::{LotGain, Reader};

/// As [`for_each_lot_gain`], in another currency: purchases at the rate of their day, sales at theirs, and what
/// was settled in that currency with that amount. The days of the rates come back.
///
/// # Errors
/// As there, or if a rate is missing.
pub fn for_each_lot_gain_in(
    reader: Reader<'_>,
    filter: &GainsFilter,
    conversion: Conversion,
    take: &mut dyn FnMut(LotGain, ForeignGain) -> Result<(), AppError>,
) -> Result<Vec<UsedRates>, AppError> {
    let known = filter.known_on.map_or(Ok(reader), |instant| reader.as_known_on(instant))?;
    let rates = Converter::new(known, conversion)?;
    let lots = match filter.known_on {
        // A read as known at an instant is of one moment already.
        Some(_) => lot_gains_in((reader, known), filter, &rates)?,
        None => reader.at_one_moment(|| lot_gains_in((reader, known), filter, &rates))?,
    };
    let used = rates.conclude()?;
    lots.into_iter().try_for_each(|(lot, foreign)| take(lot, foreign))?;
    Ok(used)
}

/// As [`for_each_gain`](super::for_each_gain), in another currency.
///
/// # Errors
/// As [`for_each_lot_gain_in`].
pub fn for_each_gain_in(
    reader: Reader<'_>,
    filter: &GainsFilter,
    by: GainsBy,
    conversion: Conversion,
    take: &mut dyn FnMut(GainRow, ForeignGain) -> Result<(), AppError>,
) -> Result<Vec<UsedRates>, AppError> {
    type Key = (usize, Option<Symbol>, Option<i32>);
    let mut sums: BTreeMap<Key, (GainRow, ForeignGain)> = BTreeMap::new();
    let (mut sales, mut last) = (0_usize, None);
    let used = for_each_lot_gain_in(reader, filter, conversion, &mut |lot, foreign| {
        let LotGain { portfolio, symbol, currency, disposal } = lot;
        let (sale, year) = (Some((disposal.sale_id, disposal.sold_on)), disposal.sold_on.year());
        let of_position = Some((sale, portfolio.clone(), symbol.clone()));
        if last != of_position {
            (sales, last) = (sales.saturating_add(1), of_position);
        }
        let totals = GainTotals::of(&disposal);
        let key = match by {
            GainsBy::Sale => (sales, None, None),
            GainsBy::Symbol => (0, Some(symbol.clone()), None),
            GainsBy::Year => (0, None, Some(year)),
        };
        if let Some((row, sum)) = sums.get_mut(&key) {
            row.totals = row.totals.plus(&totals)?;
            *sum = sum.plus(&foreign)?;
            return Ok(());
        }
        let row = match by {
            GainsBy::Sale => {
                let (portfolio, symbol) = (Some(portfolio), Some(symbol));
                GainRow { portfolio, symbol, currency, totals, sale, year: Some(year) }
            }
            GainsBy::Symbol | GainsBy::Year => GainRow {
                portfolio: filter.portfolios.only().cloned(),
                symbol: key.1.clone().or_else(|| filter.symbol.clone()),
                currency,
                totals,
                sale: None,
                year: key.2.or(filter.period.whole_year().map(Year::number)),
            },
        };
        sums.insert(key, (row, foreign));
        Ok(())
    })?;
    sums.into_values().try_for_each(|(row, foreign)| take(row, foreign))?;
    Ok(used)
}

/// What sales realized on each lot, of a reader and of what it knows at the instant of the filter.
///
/// # Errors
/// If the book cannot be read. That a rate is missing is noted.
fn lot_gains_in(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &GainsFilter,
    rates: &Converter<'_>,
) -> Result<Vec<(LotGain, ForeignGain)>, AppError> {
    let mut lots = Vec::new();
    for_each_sale_in((reader, known), filter, rates, &mut |sale, converted| {
        lots.extend(converted.by_lot(sale, rates.currency())?);
        Ok(())
    })?;
    Ok(lots)
}

/// Hands over each sale, with its figures in the currency of the report.
///
/// # Errors
/// If the book cannot be read, or as `take` fails. That a rate is missing is noted.
pub(super) fn for_each_sale_in(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &GainsFilter,
    rates: &Converter<'_>,
    take: &mut dyn FnMut(Vec<LotGain>, SaleIn) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let followed = followed_costs(known, filter, rates)?;
    let mut sale = Vec::<LotGain>::new();
    let mut convert = |sale: Vec<LotGain>| {
        let converted = SaleIn::of(&sale, &followed, rates)?;
        converted.map_or(Ok(()), |converted| take(sale, converted))
    };
    for_each_lot_gain(reader, filter, &mut |lot| {
        let is_next = sale.last().is_some_and(|last| !is_of_one_sale(last, &lot));
        let done = if is_next { std::mem::take(&mut sale) } else { Vec::new() };
        sale.push(lot);
        convert(done)
    })?;
    convert(sale)
}

fn is_of_one_sale(one: &LotGain, other: &LotGain) -> bool {
    one.disposal.sale_id == other.disposal.sale_id && one.portfolio == other.portfolio && one.symbol == other.symbol
}

/// What the parts of sales had cost of the stocks where that follows from more than their purchases.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn followed_costs(
    reader: Reader<'_>,
    filter: &GainsFilter,
    rates: &Converter<'_>,
) -> Result<CostsIn, AppError> {
    let model = ReadModel::of(reader);
    let mut followed = CostsIn::default();
    for stock in model.stocks(filter.symbol.as_ref())? {
        if is_followed(reader, &stock)? {
            followed.extend(follow(model.entries(&stock, &PortfolioFilter::ALL)?, rates, &mut |_, _, _| {})?.1);
        }
    }
    Ok(followed)
}

/// A sale in the currency of a report, by its lots; not rounded yet.
pub(super) struct SaleIn {
    proceeds: Vec<FineAmount>,
    costs: Vec<FineAmount>,
    at_sale: Rc<FoundRate>,
}

impl SaleIn {
    /// Nothing of no lots.
    ///
    /// # Errors
    /// If the book cannot be read. That a rate is missing is noted.
    pub(super) fn of(lots: &[LotGain], followed: &CostsIn, rates: &Converter<'_>) -> Result<Option<Self>, AppError> {
        let Some(first) = lots.first() else { return Ok(None) };
        let original = first.currency;
        let known = followed.sold(first).filter(|costs| costs.len() == lots.len());
        rates.expect(if known.is_some() { 1 } else { lots.len().saturating_add(1) })?;
        let at_sale = rates.rate_of(first.disposal.sale_id, original, first.disposal.sold_on)?;
        let proceeds = lots.iter().map(|lot| FineAmount::at(lot.disposal.proceeds, &at_sale)).collect();
        let costs = if let Some(known) = known {
            known.iter().map(|cost| cost.known(original, rates)).collect()
        } else {
            let cost = |LotGain { disposal, .. }: &LotGain| {
                let bought = rates.rate_of(disposal.lot_id, original, disposal.acquired_on)?;
                Ok(FineAmount::at(disposal.cost_basis, &bought))
            };
            lots.iter().map(cost).collect::<Result<_, AppError>>()?
        };
        Ok(Some(Self { proceeds, costs, at_sale }))
    }

    /// What it realized: its proceeds, rounded, less what its lots had cost, rounded.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub(super) fn gain(&self) -> Result<Money, TooLarge> {
        let [proceeds, cost] = [&self.proceeds, &self.costs].map(|parts| FineAmount::sum(parts).rounded());
        proceeds?.minus(cost?)
    }

    /// What it realized on its lots. Its figures are rounded as a whole, and its parts add up to them.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub(super) fn by_lot(
        self,
        lots: Vec<LotGain>,
        currency: Currency,
    ) -> Result<Vec<(LotGain, ForeignGain)>, TooLarge> {
        let worth: Vec<_> = lots.iter().map(|lot| FineAmount::at(lot.disposal.cost_basis, &self.at_sale)).collect();
        let [proceeds, costs, worth] = [self.proceeds, self.costs, worth].map(|parts| shown_parts(&parts));
        let mut converted = Vec::with_capacity(lots.len());
        for (((lot, proceeds), cost_basis), worth) in lots.into_iter().zip(proceeds?).zip(costs?).zip(worth?) {
            let gain = proceeds.minus(cost_basis)?;
            let foreign = ForeignGain::new(Some(lot.currency), gain, worth.minus(cost_basis)?)?;
            let disposal = Disposal { proceeds, cost_basis, gain, ..lot.disposal };
            converted.push((LotGain { currency, disposal, ..lot }, foreign));
        }
        Ok(converted)
    }
}
