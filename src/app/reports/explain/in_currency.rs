//! Explanations in another currency.

use super::{SaleExplanation, StockExplanation};
use crate::app::AppError;
use crate::app::reports::conversion::{Conversion, Converter, ForeignGain, RateUse};
use crate::app::reports::gains::GainsFilter;
use crate::app::reports::gains_in::{SaleIn, followed_costs};
use crate::app::reports::holdings::HoldingsFilter;
use crate::app::reports::holdings_in::{HoldingIn, Realized, held_in};
use crate::domain::{Currency, Day, GainTotals};
use crate::store::{Reader, SaleGain};

/// Figures of an explanation in another currency, and the rates behind them.
#[derive(Debug, Clone)]
pub struct ExplainedIn<T> {
    /// The currency.
    pub currency: Currency,
    /// The figures, in the order of the explanation.
    pub figures: Vec<T>,
    /// The rates, by day.
    pub rates: Vec<RateUse>,
}

/// The gain of a sale on one lot, or in total.
#[derive(Debug, Clone)]
pub struct GainIn {
    /// The figures.
    pub totals: GainTotals,
    /// The parts of the gain due to the price and to the currency.
    pub foreign: ForeignGain,
}

/// The figures of each lot of a sale.
///
/// # Errors
/// If a rate is missing, or if the book cannot be read.
pub fn explain_gain_in(
    reader: Reader<'_>,
    explained: &SaleExplanation,
    conversion: Conversion,
) -> Result<ExplainedIn<GainIn>, AppError> {
    let rates = Converter::new(reader, conversion)?;
    let sale = &explained.sale;
    let filter = GainsFilter { symbol: Some(sale.symbol.clone()), ..GainsFilter::default() };
    let followed = followed_costs(reader, &filter, &rates)?;
    let gain = SaleGain {
        portfolio: sale.portfolio.clone(),
        symbol: sale.symbol.clone(),
        currency: sale.currency,
        sale_id: sale.transaction_id,
        sold_on: sale.trade_date,
        disposals: explained.lots.iter().map(|lot| lot.disposal.clone()).collect(),
    };
    let (gain, parts) = SaleIn::of(&gain, &followed, &rates)?.by_lot(gain, conversion.into)?;
    let lots = gain.disposals.iter().zip(parts);
    let figures = lots.map(|(lot, foreign)| GainIn { totals: GainTotals::of(lot), foreign }).collect();
    let mut trail = rates.trail();
    trail.retain(|used| used.day <= sale.trade_date);
    rates.conclude()?;
    Ok(ExplainedIn { currency: conversion.into, figures, rates: trail })
}

impl ExplainedIn<GainIn> {
    /// The totals of the lots.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub fn total(&self) -> Result<Option<GainIn>, AppError> {
        let mut sum: Option<GainIn> = None;
        for figures in &self.figures {
            sum = Some(match sum {
                None => figures.clone(),
                Some(sum) => {
                    GainIn { totals: sum.totals.plus(&figures.totals)?, foreign: sum.foreign.plus(&figures.foreign)? }
                }
            });
        }
        Ok(sum)
    }
}

/// The figures of each open holding of a stock, at the rates of a day.
///
/// # Errors
/// If a rate is missing, or if the book cannot be read.
pub fn explain_holding_in(
    reader: Reader<'_>,
    explained: &StockExplanation,
    (conversion, day): (Conversion, Day),
) -> Result<ExplainedIn<HoldingIn>, AppError> {
    let rates = Converter::new(reader, conversion)?;
    let filter = HoldingsFilter {
        portfolios: explained.holdings.iter().map(|holding| holding.portfolio.clone()).collect(),
        symbols: vec![explained.stock.profile().symbol.clone()],
        ..HoldingsFilter::default()
    };
    let figures = held_in((reader, reader), &filter, (&rates, day), Realized::Omitted)?;
    let trail = rates.trail();
    rates.conclude()?;
    Ok(ExplainedIn { currency: conversion.into, figures, rates: trail })
}
