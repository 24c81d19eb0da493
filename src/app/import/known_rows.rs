//! Matching the rows of an import with the book: by identity, or by similarity.

use hashbrown::{HashMap, HashSet};

use super::day_in_book::{DayInBook, DayRow, has_cash_of, is_like};
use super::directory::OfPosition;
use super::identity::{Recipe, RowIdentities, RowIdentity, Twins};
use super::past_imports::PastImports;
use super::refusal::Refusal;
use super::row_facts::RowFacts;
use crate::app::record::BookRecord;
use crate::app::same_record::{self, Asked, NewId};
use crate::domain::{Day, ExternalId, PortfolioId, Sequence, TransactionId};
use crate::store::{IdStatus, StoreError, TransactionRow, UnitOfWork};

/// How rows are treated that are similar to a transaction in the book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Similar {
    /// They are refused.
    #[default]
    Refuse,
    /// They are taken for that transaction, now and in later imports.
    Skip,
    /// They are recorded as transactions of their own.
    Record,
}

/// What the book knows about a row.
pub(super) enum Found {
    /// It is new.
    New(NewId),
    /// It is new but similar to a transaction in the book.
    Similar(NewId, Box<TransactionRow>),
    /// It is in the book, under the file's id or under its derived identity.
    Known(Sequence),
    /// It equals a row of another file.
    Repeated,
}

/// Distinguishes new rows from those that are already in the book.
///
/// The book may have a row's transaction under another identity, because it was typed or its fee was added
/// later. If the book has transactions of a day, all rows of that day are matched with them together.
pub(super) struct KnownRows {
    twins: Twins,
    identities: RowIdentities,
    in_book: DayInBook,
    imports: PastImports,
    /// The transactions that rows of this command are taken for, by the rows' identities.
    taken_for: HashMap<TransactionId, TransactionRow>,
}

/// What matching the rows of the day has found out about a row.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    identity: RowIdentity,
    /// The transaction in the book; `None` if it was not looked up.
    known: Option<KnownBy>,
    similar: Option<Box<TransactionRow>>,
}

/// What the book has under a row's identity.
#[derive(Debug, Clone, Copy)]
enum KnownBy {
    /// The transaction with the id that the file gives.
    GivenId(Option<TransactionId>),
    /// The status of the identity derived from the row's content.
    Content(IdStatus),
}

impl Judged {
    /// Whether it is neither in the book nor equal to a row of another file.
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

    /// Moves on to a day; returns whether the book has any transaction of it, voided or not.
    pub(super) fn go_to(&mut self, unit: &mut UnitOfWork<'_>, day: Day) -> Result<bool, StoreError> {
        self.in_book.go_to(unit, day)
    }

    /// Finds the rows of the day that are similar to a transaction: one that no row matches by identity. The result is
    /// `None` for rows that are not to be matched.
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
        // The rows with the fewest candidates come first.
        let mut open: Vec<_> = open.collect();
        open.sort_by_key(|(row, _)| (row.facts.time.is_none(), row.facts.id.is_none()));
        // If the totals before fees and taxes match nothing, those after them may.
        for alike in [is_like, has_cash_of] {
            for (row, judged) in open.iter_mut().filter(|(_, judged)| judged.similar.is_none()) {
                judged.similar = self.in_book.take_similar(unit, &mut self.imports, row, alike)?.map(Box::new);
            }
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

    /// Marks the transaction that a row represents.
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

    /// Looks up unmatched rows under the identities of earlier recipes.
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

    /// Notes that a row with this identity is taken for a transaction.
    pub(super) fn take_for(&mut self, identity: TransactionId, known: TransactionRow) {
        self.taken_for.insert(identity, known);
    }

    /// Determines what the book knows about a row. A row whose id belongs to a record with other content is
    /// refused.
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
                // A derived id cannot be guessed before the book exists: it depends on the portfolio's id, which is
                // random.
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

    /// The status of the id that a file gives, or that an earlier row was taken for.
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
            BookRecord::Transaction(known) if self.taken_for.contains_key(&id) => {
                is_like(known, facts) || has_cash_of(known, facts)
            }
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

/// The rows of a day to match, and the results.
fn pairs<'p, 'r>(
    rows: &'p [Option<DayRow<'r>>],
    judged: &'p mut [Option<Judged>],
) -> impl Iterator<Item = (&'p DayRow<'r>, &'p mut Judged)> {
    rows.iter().flatten().zip(judged.iter_mut().flatten())
}

/// Whether the record has another id because an earlier import was told to take the row for it.
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
    // A record entered again after `undo` names the one it replaces.
    let events = unit.flushed()?.records().recording_events(record.id())?;
    Ok(!events.iter().filter_map(|event| event.data.identity()).any(|identity| ids.contains(&identity)))
}
