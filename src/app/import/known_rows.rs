//! What the book has of the rows of an import: under their identities, or similar to them.

use hashbrown::{HashMap, HashSet};

use super::day_in_book::{DayInBook, DayRow, is_like};
use super::directory::OfPosition;
use super::identity::{Recipe, RowIdentities, RowIdentity, Twins};
use super::past_imports::PastImports;
use super::refusal::Refusal;
use super::row_facts::RowFacts;
use crate::app::record::BookRecord;
use crate::app::same_record::{self, Asked, NewId};
use crate::domain::{Day, ExternalId, PortfolioId, Sequence, TransactionId};
use crate::store::{IdStatus, StoreError, TransactionRow, UnitOfWork};

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
    /// Something new that is similar to what the book has.
    Similar(NewId, Box<TransactionRow>),
    /// What the book has, under the id that the file gives it or under the row's identity.
    Known(Sequence),
    /// An equal row of another file.
    Repeated,
}

/// Tells rows that are new from those that the book has.
///
/// A row may tell of a transaction that the book has under another identity: it was typed, or its fee was
/// filled in since. Which one answers for which row is decided by all rows of a day together, where the book
/// has something of that day.
pub(super) struct KnownRows {
    twins: Twins,
    identities: RowIdentities,
    in_book: DayInBook,
    imports: PastImports,
    /// What rows of this command are taken for, by their identities.
    taken_for: HashMap<TransactionId, TransactionRow>,
}

/// What was found out about a row by all rows of its day.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    identity: RowIdentity,
    /// What the book has of it; nothing if that was not looked up.
    known: Option<KnownBy>,
    similar: Option<Box<TransactionRow>>,
}

/// What the book has of a row.
#[derive(Debug, Clone, Copy)]
enum KnownBy {
    /// What has the id that the file gives the row.
    GivenId(Option<TransactionId>),
    /// What is known of the identity that follows from what the row says.
    Content(IdStatus),
}

impl Judged {
    /// Whether it is none of those that the book has, nor an equal row of another file.
    fn is_open(&self) -> bool {
        match self.known {
            Some(KnownBy::GivenId(id)) => id.is_none(),
            Some(KnownBy::Content(IdStatus::Free | IdStatus::Undone)) => !self.identity.is_repeated,
            Some(KnownBy::Content(IdStatus::Recorded(_))) | None => false,
        }
    }
}

impl KnownRows {
    pub(super) fn new(twins: Twins) -> Self {
        let identities = RowIdentities::new(Recipe::Latest, twins);
        Self {
            twins,
            identities,
            in_book: DayInBook::default(),
            imports: PastImports::default(),
            taken_for: HashMap::new(),
        }
    }

    /// Goes on to a day; whether the book has something of it, voided or not.
    pub(super) fn go_to(&mut self, unit: &mut UnitOfWork<'_>, day: Day) -> Result<bool, StoreError> {
        self.in_book.go_to(unit, day)
    }

    /// Finds out which rows of the day are similar to something: of those that the book does not have under their
    /// identities, to what no other row is. What is not to be judged is `None`.
    pub(super) fn judge(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        rows: &[Option<DayRow<'_>>],
    ) -> Result<Vec<Option<Judged>>, StoreError> {
        let mut judged: Vec<Option<Judged>> = Vec::with_capacity(rows.len());
        for row in rows {
            judged.push(row.as_ref().map(|row| self.judge_alone(unit, row)).transpose()?);
        }
        if !judged.iter().flatten().any(Judged::is_open) {
            return Ok(judged);
        }
        self.in_book.load(unit)?;
        for (row, judged) in pairs(rows, &mut judged) {
            self.take_known(unit, row, judged)?;
        }
        self.find_earlier(unit, rows, &mut judged)?;
        let mut seen = HashSet::new();
        let open = pairs(rows, &mut judged).filter(|(_, judged)| judged.is_open() && seen.insert(judged.identity.id));
        // Those go first that can be fewer transactions.
        let mut open: Vec<_> = open.collect();
        open.sort_by_key(|(row, _)| (row.facts.time.is_none(), row.facts.id.is_none()));
        for (row, judged) in open {
            judged.similar = self.in_book.take_similar(unit, &mut self.imports, row)?.map(Box::new);
        }
        Ok(judged)
    }

    fn judge_alone(&mut self, unit: &mut UnitOfWork<'_>, row: &DayRow<'_>) -> Result<Judged, StoreError> {
        let identity = self.identities.identify(row.file, row.position.ids(), &row.facts);
        let known = match row.facts.id {
            Some(given) => {
                let record = same_record::find::<StoreError>(unit, given, row.position.portfolio.id())?;
                KnownBy::GivenId(record.map(|record| record.id()))
            }
            None => KnownBy::Content(unit.reader().records().id_status(identity.id)?),
        };
        Ok(Judged { identity, known: Some(known), similar: None })
    }

    /// Learns which transaction a row is.
    fn take_known(&mut self, unit: &mut UnitOfWork<'_>, row: &DayRow<'_>, judged: &Judged) -> Result<(), StoreError> {
        let id = match judged.known {
            Some(KnownBy::GivenId(id)) => id,
            Some(KnownBy::Content(IdStatus::Recorded(_))) => {
                Some(unit.reader().records().known_under(judged.identity.id)?)
            }
            Some(KnownBy::Content(IdStatus::Free | IdStatus::Undone)) | None => None,
        };
        if let Some(id) = id {
            self.in_book.take(&row.position, id);
        }
        Ok(())
    }

    /// Looks for open rows under the identities that an earlier version gave them.
    fn find_earlier(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        rows: &[Option<DayRow<'_>>],
        judged: &mut [Option<Judged>],
    ) -> Result<(), StoreError> {
        let mut identities = RowIdentities::new(Recipe::Earlier, self.twins);
        for (row, judged) in pairs(rows, judged).filter(|(row, _)| row.facts.id.is_none()) {
            let earlier = identities.identify(row.file, row.position.ids(), &row.facts).id;
            if judged.is_open()
                && let known @ IdStatus::Recorded(_) = self.in_book.id_status(unit, earlier)?
            {
                judged.known = Some(KnownBy::Content(known));
                self.in_book.take(&row.position, unit.reader().records().known_under(earlier)?);
            }
        }
        Ok(())
    }

    /// Learns that a row with this identity is taken for a transaction.
    pub(super) fn take_for(&mut self, identity: TransactionId, known: TransactionRow) {
        self.taken_for.insert(identity, known);
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
        let Judged { identity, known, similar } = judged.unwrap_or_else(|| {
            let identity = self.identities.identify(file, position.ids(), facts);
            Judged { identity, known: None, similar: None }
        });
        if identity.is_repeated {
            return Ok(Found::Repeated);
        }
        let new = if let Some(given) = facts.id {
            if let Some(known) = self.recorded(unit, (given, identity.id), owner, (facts, asked))? {
                return Ok(Found::Known(known));
            }
            let fresh = unit.fresh_id();
            NewId::given::<StoreError>(unit, Some(given), owner, fresh)?
        } else {
            let standing = match known {
                Some(KnownBy::Content(standing)) => standing,
                // Nobody could know an id that was made up before the book: it follows from its portfolio's,
                // which is random.
                Some(KnownBy::GivenId(_)) | None if unit.begins_book() => IdStatus::Free,
                Some(KnownBy::GivenId(_)) | None => unit.reader().records().id_status(identity.id)?,
            };
            match standing {
                IdStatus::Recorded(known) => return Ok(Found::Known(known)),
                IdStatus::Free => NewId { id: identity.id, identity: None },
                IdStatus::Undone => NewId { id: unit.fresh_id(), identity: Some(identity.id) },
            }
        };
        Ok(match similar {
            Some(similar) => Found::Similar(new, similar),
            None => Found::New(new),
        })
    }

    /// What the book has of what is asked for under the id that a file gives it, or an earlier row of it was taken for.
    fn recorded(
        &self,
        unit: &mut UnitOfWork<'_>,
        (given, id): (&ExternalId, TransactionId),
        owner: PortfolioId,
        (facts, asked): (&RowFacts<'_>, &Asked<'_>),
    ) -> Result<Option<Sequence>, Refusal> {
        let found = match self.taken_for.get(&id) {
            Some(known) => Some(BookRecord::Transaction(known.clone())),
            None => same_record::find::<StoreError>(unit, given, owner)?,
        };
        let Some(record) = found else { return Ok(None) };
        let is_taken_for = match &record {
            BookRecord::Transaction(known) if self.taken_for.contains_key(&id) => is_like(known, facts),
            BookRecord::Transaction(_) | BookRecord::Split(_) | BookRecord::Conversion(_) => {
                is_taken_for(unit, &record, given, owner)?
            }
        };
        if !is_taken_for {
            asked.as_known(&record).check::<Refusal>(unit, given, &record)?;
        }
        Ok(Some(record.sequence()))
    }
}

/// The rows that are judged, and what is found out about them.
fn pairs<'p, 'r>(
    rows: &'p [Option<DayRow<'r>>],
    judged: &'p mut [Option<Judged>],
) -> impl Iterator<Item = (&'p DayRow<'r>, &'p mut Judged)> {
    rows.iter().flatten().zip(judged.iter_mut().flatten())
}

/// Whether a record has another id, and an import was told to take a row with this one for it.
fn is_taken_for(
    unit: &mut UnitOfWork<'_>,
    record: &BookRecord,
    given: &ExternalId,
    owner: PortfolioId,
) -> Result<bool, StoreError> {
    let ids: Vec<_> = [Some(given.resolve(owner)), given.reference(owner)].into_iter().flatten().collect();
    if ids.contains(&record.id()) {
        return Ok(false);
    }
    // What was entered again after `undo` says what it stands for.
    let events = unit.flushed()?.records().recording_events(record.id())?;
    Ok(!events.iter().filter_map(|event| event.data.identity()).any(|identity| ids.contains(&identity)))
}
