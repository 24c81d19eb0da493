//! What the book has of a day, as far as rows may tell of the same.

use std::cell::OnceCell;

use hashbrown::{HashMap, HashSet};
use uuid::Version;

use super::directory::OfPosition;
use super::identity::is_made_up;
use super::past_imports::PastImports;
use super::row_facts::{Action, RowFacts, recorded};
use super::sorted_rows::OWN;
use crate::domain::{Consideration, Day, Money, PortfolioName, Symbol, TransactionId, TransactionType};
use crate::store::{IdStatus, StoreError, TransactionRow, UnitOfWork};

/// The transactions of a day that the book had before this unit of work, voided ones too; loaded once they are
/// needed.
#[derive(Default)]
pub(super) struct DayInBook {
    day: Option<Day>,
    is_empty: bool,
    is_loaded: bool,
    known: HashMap<(PortfolioName, Symbol), Vec<Known>>,
    ids: HashSet<TransactionId>,
}

/// A row of a day that is judged together.
pub(super) struct DayRow<'r> {
    /// By its place among the files.
    pub(super) file: u64,
    /// The table by which its file is read.
    pub(super) table: &'r str,
    pub(super) position: OfPosition,
    pub(super) facts: RowFacts<'r>,
}

struct Known {
    transaction: TransactionRow,
    /// Whether a row is this one.
    is_taken: bool,
    is_made_up: OnceCell<bool>,
}

impl DayInBook {
    /// Goes on to a day; whether the book has something of it.
    pub(super) fn go_to(&mut self, unit: &mut UnitOfWork<'_>, day: Day) -> Result<bool, StoreError> {
        if self.day != Some(day) {
            let is_empty = unit.begins_book()
                || !unit.reader().transactions().has_recorded_before_on(unit.first_sequence(), day)?;
            *self = Self { day: Some(day), is_empty, ..Self::default() };
        }
        Ok(!self.is_empty)
    }

    /// Loads them.
    pub(super) fn load(&mut self, unit: &mut UnitOfWork<'_>) -> Result<(), StoreError> {
        let day = self.day.filter(|_| !self.is_empty && !self.is_loaded);
        let Some(day) = day else { return Ok(()) };
        self.is_loaded = true;
        for transaction in unit.reader().transactions().recorded_before_on(unit.first_sequence(), day)? {
            self.ids.insert(transaction.transaction_id);
            let names = (transaction.portfolio.clone(), transaction.symbol.clone());
            let known = Known { transaction, is_taken: false, is_made_up: OnceCell::new() };
            self.known.entry(names).or_default().push(known);
        }
        Ok(())
    }

    /// What is known of an identity that a transaction of no other day can have.
    pub(super) fn id_status(&self, unit: &mut UnitOfWork<'_>, id: TransactionId) -> Result<IdStatus, StoreError> {
        let is_elsewhere = !self.ids.contains(&id) && unit.reader().records().known_under(id)? == id;
        if is_elsewhere { Ok(IdStatus::Free) } else { unit.reader().records().id_status(id) }
    }

    /// Learns that a row is this transaction.
    pub(super) fn take(&mut self, position: &OfPosition, id: TransactionId) {
        let of_position = self.known.get_mut(&position.names()).into_iter().flatten();
        of_position.filter(|known| known.transaction.transaction_id == id).for_each(|known| known.is_taken = true);
    }

    /// Takes the transaction to which a row is most similar, and that no other row is.
    pub(super) fn take_similar(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        imports: &mut PastImports,
        row: &DayRow<'_>,
    ) -> Result<Option<TransactionRow>, StoreError> {
        let mut open = Vec::new();
        for known in self.known.get_mut(&row.position.names()).into_iter().flatten() {
            if known.can_be(&row.facts) && !known.has_other_id(unit, imports, row)? {
                open.push(known);
            }
        }
        let exactness = |known: &&mut Known| {
            let TransactionRow { trade_time, fee, .. } = &known.transaction;
            (*trade_time == row.facts.time, *fee == row.facts.fee)
        };
        // Of equally similar ones the first.
        Ok(open.into_iter().rev().max_by_key(exactness).map(|known| {
            known.is_taken = true;
            known.transaction.clone()
        }))
    }
}

impl Known {
    /// Whether a row may be this one, which no other row is.
    fn can_be(&self, row: &RowFacts<'_>) -> bool {
        !self.is_taken && self.transaction.voided_at.is_none() && is_like(&self.transaction, row)
    }

    /// Whether both it and a row have an id from the same table: not the same one, or it would be that row. What was
    /// typed with an id has one as StockBook's own tables have them.
    fn has_other_id(
        &self,
        unit: &mut UnitOfWork<'_>,
        imports: &mut PastImports,
        row: &DayRow<'_>,
    ) -> Result<bool, StoreError> {
        if row.facts.id.is_none() || self.is_made_up(&row.position) {
            return Ok(false);
        }
        Ok(match imports.of(unit, self.transaction.sequence)? {
            Some(import) => import.completed.format.split(", ").any(|table| table == row.table),
            // A random one may have been given or made up.
            None => row.table == OWN && self.transaction.transaction_id.uuid().get_version() == Some(Version::Sha1),
        })
    }

    /// Whether its id follows from what it says.
    fn is_made_up(&self, position: &OfPosition) -> bool {
        *self.is_made_up.get_or_init(|| {
            let by_amount = recorded(&self.transaction);
            let by_price = by_amount.zip(self.transaction.price);
            let by_price =
                by_price.map(|(facts, price)| RowFacts { consideration: Consideration::Price(price), ..facts });
            let id = self.transaction.transaction_id;
            [by_amount, by_price].iter().flatten().any(|facts| is_made_up(id, position.ids(), facts))
        })
    }
}

/// The same shares and money on the same day, to half a cent, unless times tell them apart.
pub(super) fn is_like(known: &TransactionRow, row: &RowFacts<'_>) -> bool {
    let Some(known) = recorded(known) else { return false };
    if row.day != known.day {
        return false;
    }
    // All that was held is told by what was sold of it.
    if row.action == Action::WriteOff {
        return known.action == Action::Other(TransactionType::Sell) && known.gross() == Some(Money::ZERO);
    }
    if row.quantity != known.quantity {
        return false;
    }
    let is_same_amount = row.gross().zip(known.gross()).is_some_and(|(one, other)| one.is_near(other));
    let is_other_time = row.time.zip(known.time).is_some_and(|(one, other)| one != other);
    row.action == known.action && is_same_amount && !is_other_time
}
