//! The identity of a row, by which a row that is imported again is recognized.

use hashbrown::{HashMap, HashSet};

use super::row_facts::RowFacts;
use crate::domain::{Consideration, Day, Money, Plain, PortfolioId, Quantity, StockId, TimeOfDay, TransactionId};

/// Assigns ids to rows in the order of their days.
///
/// A row with an `id` has that id. Any other gets the version 5 UUID of its portfolio, its content and its ordinal
/// among equal rows of its file: two equal trades in one file are two trades, and importing the file again adds
/// nothing.
pub(super) struct RowIdentities {
    recipe: Recipe,
    twins: Twins,
    day: Option<Day>,
    /// How often a content has occurred in each file, by the id of its first row.
    seen: HashMap<(u64, TransactionId), u64>,
    /// The ids assigned to rows without an `id`.
    made_up: HashSet<TransactionId>,
    content: Vec<u8>,
}

/// How equal rows of several files are related.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Twins {
    /// They are one transaction, which several files contain.
    #[default]
    Same,
    /// Each is a transaction of its own.
    Distinct,
}

/// The recipe of an identity. Books depend on it: a new recipe needs a new number, and the old ones stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recipe {
    /// The recipe of an earlier version.
    Earlier,
    Latest,
}

/// The id of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowIdentity {
    pub(super) id: TransactionId,
    /// Whether an earlier row without an `id`, which must be of another file, was the same trade.
    pub(super) is_repeated: bool,
}

impl RowIdentities {
    pub(super) fn new(recipe: Recipe, twins: Twins) -> Self {
        Self { recipe, twins, day: None, seen: HashMap::new(), made_up: HashSet::new(), content: Vec::new() }
    }

    /// The identity of a row; `file` is the index of its file.
    pub(super) fn identify(
        &mut self,
        file: u64,
        (portfolio, stock): (PortfolioId, StockId),
        row: &RowFacts<'_>,
    ) -> RowIdentity {
        if let Some(given) = row.id {
            return RowIdentity { id: given.resolve(portfolio), is_repeated: false };
        }
        // Equal rows have the same day, and days come in order: those of earlier days can be forgotten.
        if self.day != Some(row.day) {
            self.day = Some(row.day);
            self.seen.clear();
            self.made_up.clear();
        }
        let file = if self.twins == Twins::Distinct { 0 } else { file };
        self.recipe.write(&mut self.content, stock, row);
        let first = made_up(portfolio, &mut self.content, 1);
        let ordinal = self.seen.entry((file, first)).or_default();
        *ordinal = ordinal.saturating_add(1);
        let id = if *ordinal == 1 { first } else { made_up(portfolio, &mut self.content, *ordinal) };
        RowIdentity { id, is_repeated: !self.made_up.insert(id) }
    }
}

/// Whether an id was derived from this content, as one of its first occurrences, rather than given by a file
/// or the user.
pub(super) fn is_made_up(id: TransactionId, (portfolio, stock): (PortfolioId, StockId), row: &RowFacts<'_>) -> bool {
    /// The number of equal trades of a day that are checked.
    const FEW: u64 = 100;
    let mut content = Vec::new();
    [Recipe::Latest, Recipe::Earlier].into_iter().any(|recipe| {
        recipe.write(&mut content, stock, row);
        (1..=FEW).any(|ordinal| made_up(portfolio, &mut content, ordinal) == id)
    })
}

/// The id of the nth row with this content.
fn made_up(portfolio: PortfolioId, content: &mut Vec<u8>, ordinal: u64) -> TransactionId {
    let length = content.len();
    content.extend_from_slice(Plain::of_number(ordinal).as_bytes());
    let id = TransactionId::named(portfolio, &content);
    content.truncate(length);
    id
}

impl Recipe {
    /// Writes the content of a row in UTF-8, one line for each part; the ordinal follows.
    fn write(self, content: &mut Vec<u8>, stock: StockId, row: &RowFacts<'_>) {
        content.clear();
        match self {
            Self::Earlier => write_earlier(content, row),
            Self::Latest => write_latest(content, stock, row),
        }
    }
}

/// Price and amount are reduced to the same total, and an instant to UTC, so that it does not matter which of them the
/// file states.
fn write_latest(content: &mut Vec<u8>, stock: StockId, row: &RowFacts<'_>) {
    write_lines(content, [b"stockbook import row 2", Plain::of_uuid(stock.uuid()).as_bytes()]);
    if let Some(instant) = row.instant {
        write_lines(content, [instant.to_string().as_bytes()]);
    } else {
        content.extend_from_slice(row.day.plain().as_bytes());
        content.push(b' ');
        write_lines(content, [bytes(row.time.map(TimeOfDay::plain).as_ref())]);
    }
    let (quantity, total) = (row.quantity.map(Quantity::plain), row.gross().map(Money::plain));
    write_lines(content, [row.action.as_str().as_bytes(), bytes(quantity.as_ref()), bytes(total.as_ref())]);
    // As charged, because the fee in the stock's currency depends on the rate.
    match row.charged {
        Some(charged) => write_lines(content, [charged.to_string().as_bytes()]),
        None => write_lines(content, [row.fee.plain().as_bytes()]),
    }
}

fn write_earlier(content: &mut Vec<u8>, row: &RowFacts<'_>) {
    let (day, quantity, fee) = (row.day.plain(), row.quantity.map(Quantity::plain), row.fee.plain());
    let (kind, amount) = match row.consideration {
        Consideration::Price(price) => ("price ", price.plain()),
        Consideration::Amount(amount) => ("amount ", amount.plain()),
    };
    let (action, symbol) = (row.action.as_str(), row.symbol.as_str());
    write_lines(
        content,
        [b"stockbook import row 1", day.as_bytes(), action.as_bytes(), symbol.as_bytes(), bytes(quantity.as_ref())],
    );
    content.extend_from_slice(kind.as_bytes());
    write_lines(content, [amount.as_bytes(), fee.as_bytes()]);
}

fn write_lines<const N: usize>(content: &mut Vec<u8>, parts: [&[u8]; N]) {
    for part in parts {
        content.extend_from_slice(part);
        content.push(b'\n');
    }
}

fn bytes(text: Option<&Plain>) -> &[u8] {
    text.map_or(b"", Plain::as_bytes)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::app::import::file::TradeRow;
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
            settled: None,
            charged: None,
        }
    }

    fn owner() -> (PortfolioId, StockId) {
        (PortfolioId::new(Uuid::from_u128(1)), StockId::new(Uuid::from_u128(2)))
    }

    fn identify(rows: &[(u64, TradeRow)], twins: Twins) -> Vec<RowIdentity> {
        identify_by(Recipe::Latest, rows, twins)
    }

    fn identify_by(recipe: Recipe, rows: &[(u64, TradeRow)], twins: Twins) -> Vec<RowIdentity> {
        let mut identities = RowIdentities::new(recipe, twins);
        rows.iter().map(|(file, row)| identities.identify(*file, owner(), &row.into())).collect()
    }

    #[test]
    fn the_recipes_never_change() {
        let mut at_noon = row("2024-01-02");
        at_noon.time = "12:00".parse().ok();
        let mut in_new_york = at_noon.clone();
        in_new_york.instant = "2024-01-02T12:00:00-05:00".parse().ok();
        let ids = identify(&[(0, row("2024-01-02")), (0, at_noon), (0, in_new_york)], Twins::Same);
        // Python: uuid.uuid5(uuid.UUID(int=1), "stockbook import row 2\n" + str(uuid.UUID(int=2)) +
        //     "\n2024-01-02 \nBUY\n10\n15\n0\n1"), then with "2024-01-02 12:00:00" and with
        //     "2024-01-02T17:00:00.000000Z" in place of the date
        assert_eq!(
            ids.iter().map(|identity| identity.id.to_string()).collect::<Vec<_>>(),
            [
                "e93cce7b-3de3-54f3-8158-6388db4bd701",
                "2dcdd092-eb28-527a-8550-3970e0dbb305",
                "ce0e322e-e374-562a-8fa4-f3ff27a90811"
            ]
        );
        // Python: uuid.uuid5(uuid.UUID(int=1), "stockbook import row 1\n2024-01-02\nBUY\nACME\n10\nprice 1.5\n0\n1")
        let earlier = identify_by(Recipe::Earlier, &[(0, row("2024-01-02"))], Twins::Same);
        assert_eq!(earlier[0].id.to_string(), "5cfb1c42-8beb-5962-a74c-cb8d84fe2f71");
    }

    #[test]
    fn a_price_and_the_amount_that_it_makes_are_the_same_trade() {
        let by_amount = TradeRow { consideration: Consideration::Amount("15".parse().unwrap()), ..row("2024-01-02") };
        let [one, other] = identify(&[(0, row("2024-01-02")), (1, by_amount)], Twins::Same)[..] else { panic!() };
        assert_eq!(one.id, other.id);
        assert!(other.is_repeated);
    }

    #[test]
    fn equal_rows_of_a_file_are_told_apart_and_found_again() {
        let rows = ["2024-01-02", "2024-01-02", "2024-01-03"].map(|date| (0, row(date)));
        let ids = identify(&rows, Twins::Same);
        assert_ne!(ids[0].id, ids[1].id);
        assert!(!ids.iter().any(|identity| identity.is_repeated));
        assert_eq!(identify(&rows, Twins::Same), ids);
    }

    #[test]
    fn equal_rows_of_two_files_are_one_trade_unless_they_are_declared_distinct() {
        let rows = [(0, row("2024-01-02")), (1, row("2024-01-02"))];
        let same = identify(&rows, Twins::Same);
        assert_eq!((same[0].id, same[0].is_repeated), (same[1].id, false));
        assert!(same[1].is_repeated);
        let distinct = identify(&rows, Twins::Distinct);
        assert_ne!(distinct[0].id, distinct[1].id);
        assert!(!distinct[1].is_repeated);
    }
}
