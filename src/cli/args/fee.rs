//! A fee as it is typed.

use std::str::FromStr;

use crate::domain::{Cash, Fee, ValueError};

/// A broker's fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum FeeArg {
    /// In the stock's currency.
    Own(Fee),
    /// In a currency that is named.
    Charged(Cash),
}

impl FeeArg {
    pub(in crate::cli) fn own(self) -> Option<Fee> {
        match self {
            Self::Own(fee) => Some(fee),
            Self::Charged(_) => None,
        }
    }

    pub(in crate::cli) fn charged(self) -> Option<Cash> {
        match self {
            Self::Own(_) => None,
            Self::Charged(cash) => Some(cash),
        }
    }
}

impl FromStr for FeeArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let own = match text.parse() {
            Ok(fee) => return Ok(Self::Own(fee)),
            Err(error) => error,
        };
        match text.parse::<Cash>() {
            Ok(cash) => Ok(Self::Charged(cash)),
            Err(error) => Err(if error.code == "invalid_currency" { error } else { own }),
        }
    }
}
