//! Picking lots for a sale or transfer.

use std::str::FromStr;

use super::lookup::known_lot;
use crate::app::AppError;
use crate::domain::{
    DomainError, ExternalId, PickedLot, Portfolio, Quantity, Shares, Symbol, TooLarge, TransactionId, ValueError,
};
use crate::formats::typed;
use crate::store::Reader;

/// A lot as a user names it: the id of its purchase, and a number of shares.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LotChoice {
    /// The purchase: an id, the beginning of one, or a reference.
    pub lot: ExternalId,
    /// Shares to take; unless given, what the other lots leave of the total.
    pub quantity: Option<Quantity>,
}

impl FromStr for LotChoice {
    type Err = ValueError;

    /// `ID` or `ID:QUANTITY`.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        // A reference can contain a colon; a quantity cannot.
        match text.rsplit_once(':').map(|(lot, quantity)| (lot, typed::quantity(quantity))) {
            Some((lot, Ok(quantity))) => Ok(Self { lot: lot.parse()?, quantity: Some(quantity) }),
            Some((_, Err(_))) | None => Ok(Self { lot: text.parse()?, quantity: None }),
        }
    }
}

/// The lots that a user picked, each once, with the shares to take from it.
///
/// # Errors
/// If a lot is unknown, or if the quantities do not add up to the total.
pub(super) fn picked_lots(
    reader: Reader<'_>,
    portfolio: &Portfolio,
    choices: &[LotChoice],
    symbol: &Symbol,
    asked: Quantity,
) -> Result<Vec<PickedLot>, AppError> {
    let mut named: Vec<(TransactionId, Option<Shares>)> = Vec::new();
    let too_large = |TooLarge| DomainError::TooLarge { figure: "the quantity of the lots", symbol: symbol.clone() };
    let differ = |sum| DomainError::PickedLotsDiffer { portfolio: portfolio.name().clone(), asked, picked: sum };
    for choice in choices {
        let id = known_lot(reader, &choice.lot, portfolio)?;
        let quantity = choice.quantity.map(Shares::from);
        match named.iter_mut().find(|(known, _)| *known == id) {
            Some((_, sum)) => {
                let both = sum.clone().zip(quantity).map(|(sum, more)| sum.plus(&more));
                *sum = both.transpose().map_err(too_large)?;
            }
            None => named.push((id, quantity)),
        }
    }
    let given = named.iter().filter_map(|(_, quantity)| quantity.clone());
    let sum = given.into_iter().try_fold(Shares::ZERO, |sum, quantity| sum.plus(&quantity)).map_err(too_large)?;
    let left = Shares::from(asked).minus(&sum).map_err(too_large)?;
    let open = named.iter().filter(|(_, quantity)| quantity.is_none()).count();
    let fits = if open == 0 { left.is_zero() } else { left > Shares::ZERO };
    if !named.is_empty() && (!fits || open > 1) {
        return Err(differ(sum).into());
    }
    let picked = named.into_iter().map(|(lot_id, quantity)| {
        let quantity = Quantity::shown(&quantity.unwrap_or(left.clone())).ok_or_else(|| differ(sum.clone()))?;
        Ok(PickedLot { lot_id, quantity })
    });
    picked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_is_an_id_and_perhaps_a_quantity() {
        let choice = |text: &str| text.parse::<LotChoice>().unwrap();
        assert_eq!(choice("6ba7b8:2.5").quantity, "2.5".parse().ok());
        assert_eq!(choice("6ba7b8").quantity, None);
        // A reference may look like anything.
        assert_eq!(choice("order:A7").lot.to_string(), "order:A7");
        assert_eq!(choice("order:A7:3").lot.to_string(), "order:A7");
    }
}
