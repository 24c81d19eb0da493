//! The currency of a report.

use super::conversion::{Conversion, Converter, UsedRates};
use crate::app::AppError;
use crate::domain::{Currency, Day, FineAmount, FoundRate, Money, TransactionId};
use crate::store::Reader;

/// The currency of the amounts in a report: that of each stock, or one for all.
pub(super) enum ReportCurrency<'b> {
    /// Each amount in the currency of its stock.
    Own,
    /// All amounts in one.
    One(Box<Converter<'b>>),
}

impl<'b> ReportCurrency<'b> {
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn new(reader: Reader<'b>, conversion: Option<Conversion>) -> Result<Self, AppError> {
        Ok(match conversion {
            Some(conversion) => Self::One(Box::new(Converter::new(reader, conversion)?)),
            None => Self::Own,
        })
    }

    /// The converter of a report in one currency.
    pub(super) fn rates(&self) -> Option<&Converter<'b>> {
        match self {
            Self::Own => None,
            Self::One(rates) => Some(rates),
        }
    }

    /// The currency in which amounts in `own` are reported.
    pub(super) fn of(&self, own: Currency) -> Currency {
        self.rates().map_or(own, Converter::currency)
    }

    /// An amount at the rate of a day, rounded half to even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold, or if the book cannot be read.
    pub(super) fn on(&self, amount: Money, own: Currency, day: Day) -> Result<Money, AppError> {
        match self {
            Self::One(rates) if !amount.is_zero() => at(amount, &*rates.rate(own, day)?),
            Self::Own | Self::One(_) => Ok(amount),
        }
    }

    /// An amount that a transaction moved, at the rate of its settlement or else at that of its day.
    ///
    /// # Errors
    /// As [`Self::on`].
    pub(super) fn moved(
        &self,
        amount: Money,
        own: Currency,
        (id, day): (TransactionId, Day),
    ) -> Result<Money, AppError> {
        match self {
            Self::One(rates) if !amount.is_zero() => at(amount, &*rates.rate_of(id, own, day)?),
            Self::Own | Self::One(_) => Ok(amount),
        }
    }

    /// The days of the rates that were used; none in a report in the stocks' own currencies.
    ///
    /// # Errors
    /// [`AppError::NoRate`] if a rate was missing.
    pub(super) fn conclude(self) -> Result<Vec<UsedRates>, AppError> {
        match self {
            Self::Own => Ok(Vec::new()),
            Self::One(rates) => rates.conclude(),
        }
    }
}

fn at(amount: Money, rate: &FoundRate) -> Result<Money, AppError> {
    Ok(FineAmount::at(amount, rate).rounded()?)
}
