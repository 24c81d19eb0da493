//! The total of several currencies in a reporting currency.

use super::rates::rates_words;
use crate::app::{AppError, Conversion, UsedRates};
use crate::cli::page::Page;
use crate::domain::Currency;

/// The total in the reporting currency.
pub(in crate::cli) enum ReportingTotal<T> {
    /// None is requested, or there is only one currency.
    None,
    /// The total.
    Known(Conversion, T, Vec<UsedRates>),
    /// The reason why it is unknown: a missing rate.
    Lacks(Conversion, String),
}

impl<T> ReportingTotal<T> {
    /// Makes a report in the requested currency, if rows are in several.
    ///
    /// # Errors
    /// Whatever error `report` returns, except a missing rate.
    pub(in crate::cli) fn of(
        asked: Option<Conversion>,
        currencies: impl IntoIterator<Item = Currency>,
        report: impl FnOnce(Conversion) -> Result<(T, Vec<UsedRates>), AppError>,
    ) -> Result<Self, AppError> {
        let mut currencies = currencies.into_iter();
        let first = currencies.next();
        let Some(conversion) = asked.filter(|_| currencies.any(|other| Some(other) != first)) else {
            return Ok(Self::None);
        };
        match report(conversion) {
            Ok((figures, used)) => Ok(Self::Known(conversion, figures, used)),
            Err(AppError::NoRate(missing)) => Ok(Self::Lacks(conversion, missing.to_string())),
            Err(error) => Err(error),
        }
    }

    /// The figures, if there are any, and their currency.
    pub(in crate::cli) fn known(&self) -> Option<(Currency, &T)> {
        match self {
            Self::Known(conversion, figures, _) => Some((conversion.into, figures)),
            Self::None | Self::Lacks(..) => None,
        }
    }

    /// The days of the rates, or which rate is missing.
    pub(in crate::cli) fn words(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Known(_, _, used) if used.is_empty() => None,
            Self::Known(conversion, _, used) => Some(rates_words(*conversion, used)),
            Self::Lacks(conversion, why) => Some(format!("no total in {}: {why}", conversion.into)),
        }
    }

    /// Prints that below a table.
    pub(in crate::cli) fn note(&self, page: &Page) -> Result<(), AppError> {
        self.words().map_or(Ok(()), |words| page.note_below_table(&words))
    }
}

/// The heading of a total.
pub(in crate::cli) fn total_in(currency: Currency) -> String {
    format!("all in {currency}")
}
