//! The identity of a row, by which a file that is imported again is known.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use uuid::Uuid;

use super::file::TradeRow;
use crate::domain::{Consideration, Day, ExternalId, Fee, PortfolioId, TransactionId};

/// Gives rows their ids, in the order of their days.
///
/// A row with an `id` has that id. One without gets the version 5 UUID of its portfolio and its
/// content, with its ordinal among identical rows of its file: so two identical trades in one file
/// are two trades, and the same file imported again holds nothing new.
#[derive(Default)]
pub(super) struct RowIdentities {
    day: Option<Day>,
    /// How often a content has come up in a file, by the id of its first row.
    seen: HashMap<(u64, TransactionId), u64>,
}

/// The recipe's version. Books depend on it: a new recipe needs a new number beside the old one.
const RECIPE: &str = "stockbook import row 1";

impl RowIdentities {
    /// The identity of a row of a file, by the file's place among the files.
    pub(super) fn identify(&mut self, file: u64, portfolio: PortfolioId, row: &TradeRow) -> TransactionId {
        match &row.id {
            Some(id @ (ExternalId::Uuid(_) | ExternalId::Reference(_))) => id.resolve(portfolio),
            None => {
                // Identical rows have the same day, and days come in order: older ones can be forgotten.
                if self.day != Some(row.date) {
                    self.day = Some(row.date);
                    self.seen.clear();
                }
                let content = content(row);
                let id = |ordinal: u64| {
                    let name = [content.as_str(), &ordinal.to_string()].concat();
                    TransactionId::new(Uuid::new_v5(&portfolio.uuid(), name.as_bytes()))
                };
                let first = id(1);
                match self.seen.entry((file, first)) {
                    Entry::Vacant(unseen) => {
                        unseen.insert(1);
                        first
                    }
                    Entry::Occupied(mut seen) => {
                        let ordinal = seen.get().saturating_add(1);
                        seen.insert(ordinal);
                        id(ordinal)
                    }
                }
            }
        }
    }
}

/// What a row says, each part on a line of its own; the ordinal follows.
fn content(row: &TradeRow) -> String {
    let (kind, amount) = match row.consideration {
        Consideration::Price(price) => ("price", price.plain()),
        Consideration::Amount(amount) => ("amount", amount.plain()),
    };
    let TradeRow { date, side, symbol, quantity, .. } = row;
    let (date, quantity, fee) = (date.plain(), quantity.plain(), row.fee.unwrap_or(Fee::ZERO).plain());
    let (side, symbol) = (side.as_str(), symbol.as_str());
    let consideration = [kind, " ", amount.as_str()].concat();
    [RECIPE, date.as_str(), side, symbol, quantity.as_str(), &consideration, fee.as_str(), ""].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Side;

    fn row(date: &str) -> TradeRow {
        TradeRow {
            date: date.parse().unwrap(),
            side: Side::Buy,
            symbol: "ACME".parse().unwrap(),
            quantity: "10".parse().unwrap(),
            consideration: Consideration::Price("1.5".parse().unwrap()),
            fee: None,
            portfolio: None,
            note: None,
            id: None,
            currency: None,
        }
    }

    #[test]
    fn the_recipe_never_changes() {
        let portfolio = PortfolioId::new(Uuid::from_u128(1));
        let id = RowIdentities::default().identify(0, portfolio, &row("2024-01-02"));
        // Python: uuid.uuid5(uuid.UUID(int=1), "stockbook import row 1\n2024-01-02\nBUY\nACME\n10\nprice 1.5\n0\n1")
        assert_eq!(id.to_string(), "5cfb1c42-8beb-5962-a74c-cb8d84fe2f71");
    }

    #[test]
    fn identical_rows_of_a_file_are_told_apart_and_found_again() {
        let portfolio = PortfolioId::new(Uuid::from_u128(1));
        let import = || {
            let mut identities = RowIdentities::default();
            ["2024-01-02", "2024-01-02", "2024-01-03"].map(|date| identities.identify(0, portfolio, &row(date)))
        };
        let ids = import();
        assert_ne!(ids[0], ids[1]);
        assert_eq!(import(), ids);
    }

    #[test]
    fn rows_of_two_files_are_the_same_trade() {
        let portfolio = PortfolioId::new(Uuid::from_u128(1));
        let mut identities = RowIdentities::default();
        let first = identities.identify(0, portfolio, &row("2024-01-02"));
        assert_eq!(identities.identify(1, portfolio, &row("2024-01-02")), first);
    }
}
