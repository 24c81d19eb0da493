//! A fee as it is typed.

use std::str::FromStr;

use crate::domain::{Cash, Fee, ValueError};
use crate::formats::CurrencyMark;
use crate::formats::typed::{self, Marked};

/// A broker's fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum FeeArg {
    /// In the stock's currency, possibly with its symbol.
    Own(Marked<Fee>),
    /// In the named currency.
    Charged(Cash),
}

impl FeeArg {
    pub(in crate::cli) fn own(self) -> Option<Fee> {
        match self {
            Self::Own(fee) => Some(fee.value),
            Self::Charged(_) => None,
        }
    }

    pub(in crate::cli) fn charged(self) -> Option<Cash> {
        match self {
            Self::Own(_) => None,
            Self::Charged(cash) => Some(cash),
        }
    }

    /// The symbol, if it stands for several currencies.
    pub(in crate::cli) fn mark(self) -> Option<CurrencyMark> {
        match self {
            Self::Own(fee) => fee.mark,
            Self::Charged(_) => None,
        }
    }
}

impl FromStr for FeeArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let error = match typed::fee(text) {
            Ok(Marked { value, mark: Some(CurrencyMark::Code(currency)) }) => {
                return Ok(Self::Charged(Cash { amount: value.into(), currency }));
            }
            Ok(own @ Marked { mark: Some(CurrencyMark::Dollar | CurrencyMark::Yen) | None, .. }) => {
                return Ok(Self::Own(own));
            }
            Err(error) => error,
        };
        match typed::cash(text) {
            Ok(cash) => Ok(Self::Charged(cash)),
            Err(named) => Err(if named.code == "invalid_currency" { named } else { error }),
        }
    }
}
