//! The book's transactions of a day, which rows are matched with.

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

/// The transactions of a day that were in the book before this unit of work, voided ones included; loaded on demand.
#[derive(Default)]
pub(super) struct DayInBook {
    day: Option<Day>,
    is_empty: bool,
    is_loaded: bool,
    known: HashMap<(PortfolioName, Symbol), Vec<Known>>,
    ids: HashSet<TransactionId>,
}

/// One of the rows of a day that are matched together.
pub(super) struct DayRow<'r> {
    /// The index of its file.
    pub(super) file: u64,
    /// The name of the table that reads its file.
    pub(super) table: &'r str,
    pub(super) position: OfPosition,
    pub(super) facts: RowFacts<'r>,
}

struct Known {
    transaction: TransactionRow,
    /// Whether a row has been matched with it.
    is_taken: bool,
    is_made_up: OnceCell<bool>,
}

impl DayInBook {
    /// Moves on to a day; returns whether the book has any transaction of it.
    pub(super) fn go_to(&mut self, unit: &mut UnitOfWork<'_>, day: Day) -> Result<bool, StoreError> {
        if self.day != Some(day) {
            let is_empty = unit.begins_book()
                || !unit.reader().transactions().has_recorded_before_on(unit.first_sequence(), day)?;
            *self = Self { day: Some(day), is_empty, ..Self::default() };
        }
        Ok(!self.is_empty)
    }

    /// Loads the transactions.
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

    /// Looks up an id that no transaction of another day can have.
    pub(super) fn id_status(&self, unit: &mut UnitOfWork<'_>, id: TransactionId) -> Result<IdStatus, StoreError> {
        let is_elsewhere = !self.ids.contains(&id) && unit.reader().records().known_under(id)? == id;
        if is_elsewhere { Ok(IdStatus::Free) } else { unit.reader().records().id_status(id) }
    }

    /// Marks a transaction as matched.
    pub(super) fn take(&mut self, position: &OfPosition, id: TransactionId) {
        let of_position = self.known.get_mut(&position.names()).into_iter().flatten();
        of_position.filter(|known| known.transaction.transaction_id == id).for_each(|known| known.is_taken = true);
    }

    /// Takes the transaction that is most similar to a row among those not matched yet and alike.
    pub(super) fn take_similar(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        imports: &mut PastImports,
        row: &DayRow<'_>,
        alike: fn(&TransactionRow, &RowFacts<'_>) -> bool,
    ) -> Result<Option<TransactionRow>, StoreError> {
        let mut open = Vec::new();
        for known in self.known.get_mut(&row.position.names()).into_iter().flatten() {
            if known.is_open() && alike(&known.transaction, &row.facts) && !known.has_other_id(unit, imports, row)? {
                open.push(known);
            }
        }
        let exactness = |known: &&mut Known| {
            let TransactionRow { trade_time, fee, .. } = &known.transaction;
            (*trade_time == row.facts.time, *fee == row.facts.fee)
        };
        // The first of equally similar ones.
        Ok(open.into_iter().rev().max_by_key(exactness).map(|known| {
            known.is_taken = true;
            known.transaction.clone()
        }))
    }
}

impl Known {
    /// Whether a row may be this transaction, which is not matched yet.
    fn is_open(&self) -> bool {
        !self.is_taken && self.transaction.voided_at.is_none()
    }

    /// Whether both the transaction and the row have an id from the same table. The ids must then differ,
    /// because otherwise they would have matched. An id typed by the user counts as one from StockBook's own
    /// tables.
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
            // A random id may have been given by the user or generated by StockBook.
            None => row.table == OWN && self.transaction.transaction_id.uuid().get_version() == Some(Version::Sha1),
        })
    }

    /// Whether its id is derived from its content.
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

/// Equal shares and money before fees and taxes on the same day, to half a cent, with no times that differ.
pub(super) fn is_like(known: &TransactionRow, row: &RowFacts<'_>) -> bool {
    recorded(known).is_some_and(|known| has_shares_of(&known, row) && are_near(known.gross(), row.gross()))
}

/// Like `is_like`, but with equal cash after fees and taxes, because these may have been read differently.
pub(super) fn has_cash_of(known: &TransactionRow, row: &RowFacts<'_>) -> bool {
    recorded(known).is_some_and(|known| has_shares_of(&known, row) && are_near(known.cash(), row.cash()))
}

fn has_shares_of(known: &RowFacts<'_>, row: &RowFacts<'_>) -> bool {
    let is_same = match row.action {
        // The quantity of `sell all` is what was held; the recorded sale has it.
        Action::WriteOff => known.action == Action::Other(TransactionType::Sell),
        Action::Opening | Action::Other(_) => row.action == known.action && row.quantity == known.quantity,
    };
    let is_other_time = row.time.zip(known.time).is_some_and(|(one, other)| one != other);
    is_same && row.day == known.day && !is_other_time
}

fn are_near(one: Option<Money>, other: Option<Money>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.is_near(other))
}
