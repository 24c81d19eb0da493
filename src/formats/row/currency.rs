//! What the figures of a row are counted in.

use crate::formats::CurrencyMark;

/// The currency of a row's figures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowCurrency {
    /// The currency, if anything says it.
    pub(crate) mark: Option<CurrencyMark>,
    /// Whether the row counts in hundredths of it.
    pub(crate) is_in_hundredths: bool,
}
