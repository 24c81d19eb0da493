//! Explanations in another currency.

use super::{GainExplanation, StockExplanation};
use crate::app::AppError;
use crate::app::reports::conversion::{Conversion, Converter, ForeignGain, RateUse};
use crate::app::reports::gains::GainsFilter;
use crate::app::reports::gains_in::{SaleIn, followed_costs};
use crate::app::reports::holdings::HoldingsFilter;
use crate::app::reports::holdings_in::{HoldingIn, Realized, held_in};
use crate::domain::{Currency, Day, GainTotals};
use crate::store::Reader;

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

/// The figures of each lot on which something was realized.
///
/// # Errors
/// If a rate is missing, or if the book cannot be read.
pub fn explain_gain_in(
    reader: Reader<'_>,
    explained: &GainExplanation,
    conversion: Conversion,
) -> Result<ExplainedIn<GainIn>, AppError> {
    let rates = Converter::new(reader, conversion)?;
    let mut figures = Vec::new();
    for gain in explained.by_position() {
        let filter = GainsFilter { symbol: Some(gain.symbol.clone()), ..GainsFilter::default() };
        let followed = followed_costs(reader, &filter, &rates)?;
        let (gain, parts) = SaleIn::of(&gain, &followed, &rates)?.by_lot(gain, conversion.into)?;
        let lots = gain.disposals.iter().zip(parts);
        figures.extend(lots.map(|(lot, foreign)| GainIn { totals: GainTotals::of(lot), foreign }));
    }
    let mut trail = rates.trail();
    trail.retain(|used| used.day <= explained.record.date());
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
