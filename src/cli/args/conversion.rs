//! The currency of a report, as it is typed.

use clap::Args;

use super::whole::whole;
use crate::app::Conversion;
use crate::domain::Currency;

#[derive(Debug, Clone, Copy, Args)]
pub(in crate::cli) struct ConversionArgs {
    /// In this currency: each transaction at the rate of its day, what is held at that of the report's day
    #[arg(long = "in", value_name = "CCY")]
    into: Option<Currency>,
    /// How many days old a rate may be
    #[arg(long, value_name = "DAYS", requires = "into", default_value_t = Conversion::MAX_RATE_AGE, allow_negative_numbers = true,
          value_parser = whole::<u16>("number of days", 0, u16::MAX.into()))]
    max_rate_age: u16,
}

impl ConversionArgs {
    /// The requested conversion, if any.
    pub(in crate::cli) fn conversion(self) -> Option<Conversion> {
        self.into.map(|into| Conversion { into, max_rate_age: self.max_rate_age })
    }
}
