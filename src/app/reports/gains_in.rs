//! Realized gains in one currency.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

use super::conversion::{Conversion, Converter, ForeignGain, UsedRates, shown_parts};
use super::costs_in::{CostsIn, follow, is_followed};
use super::gains::{GainRow, GainsBy, GainsFilter, for_each_sale};
use super::read_model::ReadModel;
use crate::app::AppError;
use crate::domain::{Currency, Disposal, FineAmount, FoundRate, Money, PortfolioFilter, Symbol, TooLarge, Year};
use crate::store::{LotGain, Reader, SaleGain, SaleOrder};

/// Like [`for_each_lot_gain`](super::for_each_lot_gain), in another currency. Purchases and sales are
/// converted at the rates of their days or, if they were settled in that currency, at that of the settlement.
/// Returns the days of the rates.
///
/// # Errors
/// As for [`for_each_lot_gain`](super::for_each_lot_gain), or if a rate is missing.
pub fn for_each_lot_gain_in(
    reader: Reader<'_>,
    filter: &GainsFilter,
    conversion: Conversion,
    take: &mut dyn FnMut(LotGain, ForeignGain) -> Result<(), AppError>,
) -> Result<Vec<UsedRates>, AppError> {
    let (sales, used) = sales_in(reader, filter, conversion)?;
    for (sale, parts) in sales {
        sale.by_lot().zip(parts).try_for_each(|(lot, part)| take(lot, part))?;
    }
    Ok(used)
}

/// Like [`for_each_gain`](super::for_each_gain), in another currency.
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
    let (sales, used) = sales_in(reader, filter, conversion)?;
    let mut sums: BTreeMap<(Option<Symbol>, Option<i32>), (GainRow, ForeignGain)> = BTreeMap::new();
    for (sale, parts) in sales {
        let Some(foreign) = parts.into_iter().map(Ok).reduce(|sum, part| sum?.plus(&part?)) else { continue };
        let (sale, foreign) = (GainRow::of(sale)?, foreign?);
        let (symbol, year) = match by {
            GainsBy::Sale => {
                take(sale, foreign)?;
                continue;
            }
            GainsBy::Symbol => (sale.symbol, None),
            GainsBy::Year => (None, sale.year),
        };
        match sums.entry((symbol.clone(), year)) {
            Entry::Occupied(mut sum) => {
                let (row, of_all) = sum.get_mut();
                (row.totals, *of_all) = (row.totals.plus(&sale.totals)?, of_all.plus(&foreign)?);
            }
            Entry::Vacant(open) => {
                let portfolio = filter.portfolios.only().cloned();
                let symbol = symbol.or_else(|| filter.symbol.clone());
                let year = year.or(filter.period.whole_year().map(Year::number));
                open.insert((GainRow { portfolio, symbol, sale: None, year, ..sale }, foreign));
            }
        }
    }
    sums.into_values().try_for_each(|(row, foreign)| take(row, foreign))?;
    Ok(used)
}

/// Sales in the currency of a report, each with the effects of price and currency on each lot.
type SalesIn = Vec<(SaleGain, Vec<ForeignGain>)>;

/// The sales, by day and order of recording, and the days of the rates.
fn sales_in(
    reader: Reader<'_>,
    filter: &GainsFilter,
    conversion: Conversion,
) -> Result<(SalesIn, Vec<UsedRates>), AppError> {
    let known = filter.known_on.map_or(Ok(reader), |instant| reader.as_known_on(instant))?;
    let rates = Converter::new(known, conversion)?;
    let mut sales = Vec::new();
    let mut collect = || {
        for_each_sale_in((reader, known), filter, (&rates, SaleOrder::Day), &mut |sale, converted| {
            sales.push(converted.by_lot(sale, conversion.into)?);
            Ok(())
        })
    };
    match filter.known_on {
        // What was known at an instant does not change, so that it needs no transaction.
        Some(_) => collect()?,
        None => reader.at_one_moment(collect)?,
    }
    Ok((sales, rates.conclude()?))
}

/// Passes each sale to `take`, with its figures in the currency of the report.
///
/// # Errors
/// If the book cannot be read, or whatever error `take` returns. A missing rate is noted in `rates`.
pub(super) fn for_each_sale_in(
    (reader, known): (Reader<'_>, Reader<'_>),
    filter: &GainsFilter,
    (rates, order): (&Converter<'_>, SaleOrder),
    take: &mut dyn FnMut(SaleGain, SaleIn) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let followed = followed_costs(known, filter, rates)?;
    for_each_sale(reader, filter, order, &mut |sale| {
        let converted = SaleIn::of(&sale, &followed, rates)?;
        take(sale, converted)
    })
}

/// The costs of sales of those stocks whose costs [depend on more than their
/// purchases](costs_in::is_followed).
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

/// A sale in the currency of a report, not rounded.
pub(super) struct SaleIn {
    /// The costs of its lots.
    costs: Vec<FineAmount>,
    at_sale: Rc<FoundRate>,
}

impl SaleIn {
    /// # Errors
    /// If the book cannot be read. A missing rate is noted in `rates`.
    pub(super) fn of(sale: &SaleGain, followed: &CostsIn, rates: &Converter<'_>) -> Result<Self, AppError> {
        let lots = &sale.disposals;
        let known = followed.sold(sale).filter(|costs| costs.len() == lots.len());
        rates.expect(if known.is_some() { 1 } else { lots.len().saturating_add(1) })?;
        let at_sale = rates.rate_of(sale.sale_id, sale.currency, sale.sold_on)?;
        let costs = if let Some(known) = known {
            known.iter().map(|cost| cost.known(sale.currency, rates)).collect()
        } else {
            let cost = |lot: &Disposal| {
                let bought = rates.rate_of(lot.lot_id, sale.currency, lot.acquired_on)?;
                Ok(FineAmount::at(lot.cost_basis, &bought))
            };
            lots.iter().map(cost).collect::<Result<_, AppError>>()?
        };
        Ok(Self { costs, at_sale })
    }

    /// What the sale realized: its rounded proceeds less the rounded cost of its lots.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub(super) fn gain(&self, sale: &SaleGain) -> Result<Money, TooLarge> {
        let proceeds = sale.disposals.iter().try_fold(Money::ZERO, |sum, lot| sum.plus(lot.proceeds))?;
        FineAmount::at(proceeds, &self.at_sale).rounded()?.minus(FineAmount::sum(&self.costs).rounded()?)
    }

    /// The sale in the currency, and the effects of price and currency on each lot. The totals are rounded,
    /// and the figures of the lots add up to them.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub(super) fn by_lot(self, sale: SaleGain, currency: Currency) -> Result<(SaleGain, Vec<ForeignGain>), TooLarge> {
        let SaleGain { disposals, currency: original, .. } = sale;
        let at_sale = |amount: fn(&Disposal) -> Money| {
            let amounts: Vec<_> = disposals.iter().map(|lot| FineAmount::at(amount(lot), &self.at_sale)).collect();
            shown_parts(&amounts)
        };
        let (proceeds, worth) = (at_sale(|lot| lot.proceeds)?, at_sale(|lot| lot.cost_basis)?);
        let figures = proceeds.into_iter().zip(shown_parts(&self.costs)?).zip(worth);
        let (mut converted, mut parts) = (Vec::with_capacity(disposals.len()), Vec::with_capacity(disposals.len()));
        for (lot, ((proceeds, cost_basis), worth)) in disposals.into_iter().zip(figures) {
            let gain = proceeds.minus(cost_basis)?;
            parts.push(ForeignGain::new(Some(original), gain, worth.minus(cost_basis)?)?);
            converted.push(Disposal { proceeds, cost_basis, gain, ..lot });
        }
        Ok((SaleGain { currency, disposals: converted, ..sale }, parts))
    }
}
