//! The number of shares of a sale or a transfer, as it is typed.

use std::str::FromStr;

use crate::app::{AllShares, AppError, UnitOfWork};
use crate::domain::{Quantity, ValueError};
use crate::formats::typed;

/// A number of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum SharesArg {
    /// This many.
    Exactly(Quantity),
    /// All that are held.
    All,
}

impl FromStr for SharesArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if text.eq_ignore_ascii_case("all") { Ok(Self::All) } else { typed::quantity(text).map(Self::Exactly) }
    }
}

impl SharesArg {
    /// The quantity.
    pub(in crate::cli) fn or_all(self, all: &AllShares<'_>, unit: &mut UnitOfWork<'_>) -> Result<Quantity, AppError> {
        match self {
            Self::Exactly(quantity) => Ok(quantity),
            Self::All => all.quantity(unit),
        }
    }
}
