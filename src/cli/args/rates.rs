//! What can be typed about rates of exchange.

use clap::Args;

use super::RangeArgs;
use crate::cli::dates::DateArg;
use crate::domain::{Currency, ExchangeRate};
use crate::formats::typed;

#[derive(Debug, Args)]
pub(in crate::cli) struct UpdateRateArgs {
    /// The currency that is priced, an ISO 4217 code
    pub(in crate::cli) base: Currency,
    /// The currency of the price
    pub(in crate::cli) quote: Currency,
    /// The value of one unit of BASE in QUOTE
    #[arg(allow_negative_numbers = true, value_parser = typed::rate)]
    pub(in crate::cli) rate: ExchangeRate,
    /// The day: YYYY-MM-DD, today or yesterday
    #[arg(long, default_value = "today")]
    pub(in crate::cli) date: DateArg,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RemoveRateArgs {
    /// The currency that is priced
    pub(in crate::cli) base: Currency,
    /// The currency of the price
    pub(in crate::cli) quote: Currency,
    /// The day of the rate: YYYY-MM-DD, today or yesterday
    pub(in crate::cli) date: DateArg,
    /// All rates from that day to this one
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) to: Option<DateArg>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesArgs {
    /// The currency that is priced; without it, the last rate of each pair is listed
    #[arg(requires = "quote")]
    pub(in crate::cli) base: Option<Currency>,
    /// The currency of the price
    pub(in crate::cli) quote: Option<Currency>,
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
}
