//! The identity of a row, by which a file that is imported again is known.

use hashbrown::{HashMap, HashSet};

use super::file::{DividendRow, SplitRow, TradeRow};
use crate::domain::{Consideration, Day, ExternalId, Fee, Plain, PortfolioId, Symbol, TransactionId, TransactionType};

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
    /// The ids of the rows without an `id`.
    made_up: HashSet<TransactionId>,
    name: Vec<u8>,
}

/// The recipe's version. Books depend on it: a new recipe needs a new number beside the old one.
const RECIPE: &str = "stockbook import row 1";

impl RowIdentities {
    /// The identity of a row of a file, by the file's place among the files.
    pub(super) fn identify(&mut self, file: u64, portfolio: PortfolioId, row: &impl Identified) -> RowIdentity {
        if let Some(given) = row.id() {
            return RowIdentity { id: given.resolve(portfolio), is_repeated: false };
        }
        // Identical rows have the same day, and days come in order: older ones can be forgotten.
        if self.day != Some(row.day()) {
            self.day = Some(row.day());
            self.seen.clear();
            self.made_up.clear();
        }
        self.name.clear();
        row.write_content(&mut self.name);
        let first = made_up(portfolio, &mut self.name, 1);
        let ordinal = self.seen.entry((file, first)).or_default();
        *ordinal = ordinal.saturating_add(1);
        let id = if *ordinal == 1 { first } else { made_up(portfolio, &mut self.name, *ordinal) };
        RowIdentity { id, is_repeated: !self.made_up.insert(id) }
    }
}

/// The id of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowIdentity {
    pub(super) id: TransactionId,
    /// Whether an earlier row without an `id` was the same trade: another file's, that is.
    pub(super) is_repeated: bool,
}

/// The id of the so-manieth row that says the same.
fn made_up(portfolio: PortfolioId, content: &mut Vec<u8>, ordinal: u64) -> TransactionId {
    let length = content.len();
    content.extend_from_slice(Plain::of_number(ordinal).as_bytes());
    let id = TransactionId::named(portfolio, &content);
    content.truncate(length);
    id
}

/// A row that has an identity.
pub(super) trait Identified {
    /// Its day.
    fn day(&self) -> Day;
    /// What the file calls it.
    fn id(&self) -> Option<&ExternalId>;
    /// Writes what it says in UTF-8, each part on a line of its own; the ordinal follows.
    fn write_content(&self, content: &mut Vec<u8>);
}

impl Identified for TradeRow {
    fn day(&self) -> Day {
        self.date
    }

    fn id(&self) -> Option<&ExternalId> {
        self.id.as_ref()
    }

    fn write_content(&self, content: &mut Vec<u8>) {
        let action = if self.as_of.is_some() { "OPENING" } else { TransactionType::from(self.side).as_str() };
        let (kind, amount) = match self.consideration {
            Consideration::Price(price) => ("price ", price.plain()),
            Consideration::Amount(amount) => ("amount ", amount.plain()),
        };
        let (quantity, fee) = (self.quantity.plain(), self.fee.unwrap_or(Fee::ZERO).plain());
        let parts = [action.as_bytes(), quantity.as_bytes(), kind.as_bytes(), amount.as_bytes(), fee.as_bytes()];
        write_row(content, self.date, parts, &self.symbol);
    }
}

impl Identified for DividendRow {
    fn day(&self) -> Day {
        self.date
    }

    fn id(&self) -> Option<&ExternalId> {
        self.id.as_ref()
    }

    fn write_content(&self, content: &mut Vec<u8>) {
        let amount = self.amount.plain();
        let parts = [b"DIVIDEND", b"".as_slice(), b"amount ", amount.as_bytes(), b"0"];
        write_row(content, self.date, parts, &self.symbol);
    }
}

impl Identified for SplitRow {
    fn day(&self) -> Day {
        self.date
    }

    fn id(&self) -> Option<&ExternalId> {
        self.id.as_ref()
    }

    fn write_content(&self, content: &mut Vec<u8>) {
        let terms = self.terms.to_string();
        let parts = [b"SPLIT", terms.as_bytes(), b"", b"", b"0"];
        write_row(content, self.date, parts, &self.symbol);
    }
}

fn write_row(content: &mut Vec<u8>, date: Day, [action, quantity, kind, amount, fee]: [&[u8]; 5], symbol: &Symbol) {
    for part in [RECIPE.as_bytes(), date.plain().as_bytes(), action, symbol.as_str().as_bytes(), quantity] {
        content.extend_from_slice(part);
        content.push(b'\n');
    }
    for part in [kind, amount, b"\n", fee, b"\n"] {
        content.extend_from_slice(part);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::Side;

    fn row(date: &str) -> TradeRow {
        TradeRow {
            date: date.parse().unwrap(),
            time: None,
            instant: None,
            side: Side::Buy,
            as_of: None,
            symbol: "ACME".parse().unwrap(),
            quantity: "10".parse().unwrap(),
            consideration: Consideration::Price("1.5".parse().unwrap()),
            fee: None,
            portfolio: None,
            note: None,
            id: None,
            currency: None,
            lots: Vec::new(),
        }
    }

    #[test]
    fn the_recipe_never_changes() {
        let portfolio = PortfolioId::new(Uuid::from_u128(1));
        let RowIdentity { id, .. } = RowIdentities::default().identify(0, portfolio, &row("2024-01-02"));
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
        assert_ne!(ids[0].id, ids[1].id);
        assert!(!ids.iter().any(|identity| identity.is_repeated));
        assert_eq!(import(), ids);
    }

    #[test]
    fn rows_of_two_files_are_the_same_trade() {
        let portfolio = PortfolioId::new(Uuid::from_u128(1));
        let mut identities = RowIdentities::default();
        let [first, second] = [0, 1].map(|file| identities.identify(file, portfolio, &row("2024-01-02")));
        assert_eq!((first.id, first.is_repeated), (second.id, false));
        assert!(second.is_repeated);
    }
}
