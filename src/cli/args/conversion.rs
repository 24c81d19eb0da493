//! The currency of a report, as it is typed.

use clap::Args;

use super::whole::whole;
use crate::app::Conversion;
use crate::domain::Currency;

#[derive(Debug, Clone, Copy, Args)]
pub(in crate::cli) struct ConversionArgs {
    /// Convert to this currency: transactions at the rates of their days, holdings at that of the report's
    /// day
    #[arg(long = "in", value_name = "CCY")]
    into: Option<Currency>,
    /// The maximum age of a rate, in days
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
