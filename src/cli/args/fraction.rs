//! The fraction of a share that a split or a conversion leaves, and that was sold.

use clap::{Arg, Args};

use super::RoundArg;
use crate::domain::Money;
use crate::formats::CurrencyMark;
use crate::formats::typed::{self, Marked};

#[derive(Debug, Args)]
#[command(mut_arg("round", rounding_shares))]
pub(in crate::cli) struct FractionArgs {
    #[arg(from_global)]
    pub(in crate::cli) round: Option<RoundArg>,
    /// The cash received for the fraction of a new share
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, requires = "round", value_parser = typed::amount)]
    pub(in crate::cli) cash_in_lieu: Option<Marked<Money>>,
}

/// The option `--round` of a command that rounds shares instead of the numbers of its result.
fn rounding_shares(round: Arg) -> Arg {
    round
        .global(false)
        .help_heading(None::<&str>)
        .help("Round the new shares; the fraction was sold for --cash-in-lieu")
        .value_name("ROUND")
        .requires("cash_in_lieu")
        .allow_negative_numbers(false)
        .value_parser(RoundArg::shares())
        // After the date.
        .display_order(0)
}

impl FractionArgs {
    /// What it was sold for.
    pub(in crate::cli) fn proceeds(&self) -> Option<Money> {
        self.cash_in_lieu.map(|amount| amount.value)
    }

    /// The currency symbol that came with it.
    pub(in crate::cli) fn mark(&self) -> Option<CurrencyMark> {
        self.cash_in_lieu.and_then(|amount| amount.mark)
    }
}
