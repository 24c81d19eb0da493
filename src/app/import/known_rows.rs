//! What the book has of the rows of an import: under their identities, or similar to them.

use std::cell::OnceCell;

use hashbrown::{HashMap, HashSet};
use uuid::Version;

use super::directory::OfPosition;
use super::identity::{Recipes, RowIdentities, RowIdentity, Twins, is_made_up};
use super::refusal::Refusal;
use super::row_facts::{RowFacts, recorded};
use crate::app::corrections::Record;
use crate::app::same_record::{self, Asked, NewId};
use crate::domain::{Consideration, Day, ExternalId, PortfolioId, PortfolioName, StockId, Symbol, TransactionId};
use crate::store::{Standing, StoreError, TransactionRow, UnitOfWork};

/// What becomes of rows that are similar to something that the book has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Similar {
    /// They are refused.
    #[default]
    Refuse,
    /// They are what the book has, now and in later imports.
    Skip,
    /// They are transactions of their own.
    Record,
}

/// What a row is.
pub(super) enum Found {
    /// Something new.
    New(NewId),
    /// Something new that was not judged by the other rows of its day, of which the book has something.
    Unjudged(NewId),
    /// Something new that is similar to what the book has.
    Similar(NewId, Box<TransactionRow>),
    /// What the book has, under the id that the file gives it or under the row's identity.
    Known(TransactionId),
    /// An equal row of another file.
    Repeated,
}

/// Tells rows that are new from those that the book has.
///
/// A row may tell of a transaction that the book has under another identity: it was typed, or its fee was
/// filled in since. Which one answers for which row is decided by all rows of a day together, where the book
/// has something of that day.
pub(super) struct KnownRows {
    identities: RowIdentities,
    day: Option<Day>,
    /// What the book had of the day before this unit of work.
    known: HashMap<(PortfolioName, Symbol), Vec<Known>>,
}

impl OfPosition {
    fn ids(&self) -> (PortfolioId, StockId) {
        (self.portfolio.id(), self.stock.id())
    }

    fn names(&self) -> (PortfolioName, Symbol) {
        (self.portfolio.name().clone(), self.stock.profile().symbol.clone())
    }
}

struct Known {
    transaction: TransactionRow,
    /// Whether a row is this one.
    is_taken: bool,
    has_given_id: OnceCell<bool>,
}

/// A row of a day that is judged together.
pub(super) struct DayRow<'r> {
    pub(super) file: u64,
    /// None of what is not judged: the row of a split, a price, or a stock or portfolio that is not there.
    pub(super) transaction: Option<(OfPosition, RowFacts<'r>)>,
}

/// What was found out about a row by all rows of its day.
pub(super) struct Judged {
    identity: RowIdentity,
    similar: Option<Box<TransactionRow>>,
}

impl KnownRows {
    pub(super) fn new(unit: &UnitOfWork<'_>, twins: Twins) -> Self {
        let recipes = if unit.begins_book() { Recipes::Latest } else { Recipes::All };
        Self { identities: RowIdentities::new(twins, recipes), day: None, known: HashMap::new() }
    }

    /// Goes on to a day; whether the book has something of it, voided or not.
    pub(super) fn go_to(&mut self, unit: &mut UnitOfWork<'_>, day: Day) -> Result<bool, StoreError> {
        if self.day != Some(day) && !unit.begins_book() {
            self.day = Some(day);
            self.known.clear();
            for transaction in unit.recorded_before_on(day)? {
                let names = (transaction.portfolio.clone(), transaction.symbol.clone());
                let known = Known { transaction, is_taken: false, has_given_id: OnceCell::new() };
                self.known.entry(names).or_default().push(known);
            }
        }
        Ok(!self.known.is_empty())
    }

    /// Finds out which rows of the day are similar to something: of those that the book does not have under their
    /// identities, to what no other row is.
    pub(super) fn judge(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        rows: &[DayRow<'_>],
    ) -> Result<Vec<Option<Judged>>, StoreError> {
        let mut seen = HashSet::new();
        let mut open = Vec::new();
        let mut judged = Vec::with_capacity(rows.len());
        for (index, DayRow { file, transaction }) in rows.iter().enumerate() {
            let Some((position, facts)) = transaction else {
                judged.push(None);
                continue;
            };
            let identity = self.identities.identify(*file, position.ids(), facts);
            if let Some(id) = recorded_under(unit, facts, position.portfolio.id(), &identity)? {
                self.take(position, id);
            } else if seen.insert(identity.id) {
                open.push((index, position, facts));
            }
            judged.push(Some(Judged { identity, similar: None }));
        }
        // Those go first that can be fewer transactions.
        open.sort_by_key(|(_, _, facts)| (facts.time.is_none(), facts.id.is_none()));
        for (index, position, facts) in open {
            if let Some(Some(judged)) = judged.get_mut(index) {
                judged.similar = self.similar(position, facts).map(Box::new);
            }
        }
        Ok(judged)
    }

    fn take(&mut self, position: &OfPosition, id: TransactionId) {
        let of_position = self.known.get_mut(&position.names()).into_iter().flatten();
        of_position.filter(|known| known.transaction.transaction_id == id).for_each(|known| known.is_taken = true);
    }

    /// The transaction to which a row is most similar, and that no other row is.
    fn similar(&mut self, position: &OfPosition, row: &RowFacts<'_>) -> Option<TransactionRow> {
        let of_position = self.known.get_mut(&position.names())?.iter_mut();
        let open = of_position.filter(|known| !known.is_taken && known.is_like(position, row));
        let exactness = |known: &&mut Known| {
            let TransactionRow { trade_time, fee, .. } = &known.transaction;
            (*trade_time == row.time, *fee == row.fee)
        };
        // Of equally similar ones the first.
        let known = open.rev().max_by_key(exactness)?;
        known.is_taken = true;
        Some(known.transaction.clone())
    }

    /// What a row is. Under an id that the file gives it, something else than what is asked for is refused.
    pub(super) fn find(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        (file, judged): (u64, Option<Judged>),
        (facts, asked): (&RowFacts<'_>, &Asked<'_>),
        position: &OfPosition,
    ) -> Result<Found, Refusal> {
        let owner = position.portfolio.id();
        let is_judged = judged.is_some();
        let unjudged = || Judged { identity: self.identities.identify(file, position.ids(), facts), similar: None };
        let Judged { identity, similar } = judged.unwrap_or_else(unjudged);
        if identity.is_repeated {
            return Ok(Found::Repeated);
        }
        let new = match facts.id {
            Some(given) => {
                if let Some(record) = same_record::find::<StoreError>(unit, given, owner)? {
                    if !is_taken_for(unit, &record, given, owner)? {
                        asked.check::<Refusal>(unit, given, &record)?;
                    }
                    return Ok(Found::Known(record.id()));
                }
                let fresh = unit.fresh_id();
                NewId::given::<StoreError>(unit, Some(given), owner, fresh)?
            }
            // Nobody could know an id that was made up before the book: it follows from its portfolio's,
            // which is random.
            None if unit.begins_book() => NewId { id: identity.id, identity: None },
            None => match unit.standing(identity.id)? {
                Standing::Recorded => return Ok(Found::Known(identity.id)),
                Standing::Free => NewId { id: identity.id, identity: None },
                Standing::Undone => NewId { id: unit.fresh_id(), identity: Some(identity.id) },
            },
        };
        if self.go_to(unit, facts.day)? && self.known.contains_key(&position.names()) {
            if let Some(earlier) = identity.earlier
                && unit.standing(earlier)? == Standing::Recorded
            {
                return Ok(Found::Known(earlier));
            }
            if !is_judged {
                return Ok(Found::Unjudged(new));
            }
        }
        Ok(match similar {
            Some(similar) => Found::Similar(new, similar),
            None => Found::New(new),
        })
    }
}

impl Known {
    /// The same shares and money on the same day, to half a cent; unless times or ids tell them apart.
    fn is_like(&self, position: &OfPosition, row: &RowFacts<'_>) -> bool {
        let Some(known) = recorded(&self.transaction) else { return false };
        let is_same_amount = row.gross().zip(known.gross()).is_some_and(|(one, other)| one.is_near(other));
        let is_other_time = row.time.zip(known.time).is_some_and(|(one, other)| one != other);
        self.transaction.voided_at.is_none()
            && (row.action, row.quantity) == (known.action, known.quantity)
            && is_same_amount
            && !is_other_time
            && !(row.id.is_some() && self.has_given_id(position))
    }

    /// Whether a file or a caller gave it an id.
    fn has_given_id(&self, position: &OfPosition) -> bool {
        *self.has_given_id.get_or_init(|| is_given(&self.transaction, position.ids()))
    }
}

/// Whether a transaction's id is neither one that was made up at random nor one that follows from what it says.
fn is_given(known: &TransactionRow, position: (PortfolioId, StockId)) -> bool {
    let id = known.transaction_id;
    if id.uuid().get_version() != Some(Version::Sha1) {
        return false;
    }
    let by_amount = recorded(known);
    let by_price = by_amount.zip(known.price);
    let by_price = by_price.map(|(facts, price)| RowFacts { consideration: Consideration::Price(price), ..facts });
    ![by_amount, by_price].iter().flatten().any(|facts| is_made_up(id, position, facts))
}

/// Whether a record has another id, and an import was told to take a row with this one for it.
fn is_taken_for(
    unit: &mut UnitOfWork<'_>,
    record: &Record,
    given: &ExternalId,
    owner: PortfolioId,
) -> Result<bool, StoreError> {
    let ids: Vec<_> = [Some(given.resolve(owner)), given.reference(owner)].into_iter().flatten().collect();
    if ids.contains(&record.id()) {
        return Ok(false);
    }
    // What was entered again after `undo` says what it stands for.
    let events = unit.recording_events(record.id())?;
    Ok(!events.iter().filter_map(|event| event.data.identity()).any(|identity| ids.contains(&identity)))
}

/// The transaction that the book has under a row's identity, or had until it was voided.
fn recorded_under(
    unit: &mut UnitOfWork<'_>,
    facts: &RowFacts<'_>,
    owner: PortfolioId,
    identity: &RowIdentity,
) -> Result<Option<TransactionId>, StoreError> {
    if let Some(given) = facts.id {
        let record = same_record::find::<StoreError>(unit, given, owner)?;
        return Ok(record.map(|record| record.id()));
    }
    for id in [Some(identity.id), identity.earlier].into_iter().flatten() {
        if unit.standing(id)? == Standing::Recorded {
            return unit.known_under(id).map(Some);
        }
    }
    Ok(None)
}
