//! The unit of a row's figures.

use crate::formats::CurrencyMark;

/// The unit of a row's figures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowCurrency {
    /// The currency, if stated.
    pub(crate) mark: Option<CurrencyMark>,
    /// Whether the figures are hundredths of it.
    pub(crate) is_in_hundredths: bool,
}
