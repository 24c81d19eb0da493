//! Running use cases on a book.

use std::path::PathBuf;
use std::time::{Duration, Instant as Moment};

use uuid::Uuid;

use crate::bus::{Delivery, EventBus, EventPublisher, ForeignEffect};
use crate::domain::{BookId, CostBasisMethod, Instant, Portfolio, PortfolioId, PortfolioName, StoredEvent};
use crate::store::{Access, Book, CommitError, Draft, Identity, StoreError, UnitOfWork};

/// Where the book is and what surrounds it: the clock, the source of ids, the handlers.
pub struct Session<'a> {
    /// The file.
    pub book: PathBuf,
    /// How long to wait for another process that writes.
    pub patience: Duration,
    /// The clock.
    pub now: fn() -> Instant,
    /// Makes up ids.
    pub new_id: fn() -> Uuid,
    /// Subscribes the handlers to a bus for a book.
    pub subscribe: for<'b> fn(&'b Book) -> EventBus<'b>,
    /// Tells the user something while they wait.
    pub announce: &'a dyn Fn(&str),
    /// Whether the user wants to stop.
    pub is_interrupted: &'a dyn Fn() -> bool,
}

/// Whether a unit of work is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is recorded.
    Record,
    /// It is carried out and rolled back.
    DryRun,
}

/// What became of a unit of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is recorded.
    Recorded,
    /// It was only tried.
    DryRun,
    /// There was nothing to record: it had been recorded before.
    Unchanged,
}

/// A use case that was carried out.
#[derive(Debug)]
pub struct Recorded<T> {
    /// Its result.
    pub value: T,
    /// What became of it.
    pub outcome: Outcome,
    /// The events that it recorded, or would; of a very large unit of work only the latest.
    pub events: Vec<StoredEvent>,
    /// What came of the deliveries before and after it.
    pub deliveries: Vec<Delivery>,
}

/// Why a session came to an end, where neither the book nor the domain says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// The user stopped it.
    #[error("interrupted; nothing was recorded")]
    Interrupted,
    /// The system failed while committing, and the book cannot be read to see what became of it.
    #[error("outcome unknown: the system failed while committing, and the book cannot be read")]
    OutcomeUnknown,
}

impl Session<'_> {
    /// How often a waiting process tries again.
    const RETRY: Duration = Duration::from_millis(100);
    /// How long a process waits without a word.
    const SILENCE: Duration = Duration::from_secs(1);

    /// Carries out a use case that records something. If there is no book, it is begun.
    ///
    /// # Errors
    /// As `work` fails, or if the book cannot be opened or written. Nothing was recorded then,
    /// unless the error is [`SessionError::OutcomeUnknown`].
    pub fn write<T>(
        &self,
        mode: Mode,
        mut work: impl FnMut(&mut UnitOfWork<'_>) -> anyhow::Result<T>,
    ) -> anyhow::Result<Recorded<T>> {
        let identity = Identity { command_id: (self.new_id)(), occurred_at: (self.now)(), new_id: self.new_id };
        let attempt = match Book::open(&self.book) {
            Ok(book) => self.write_to(&book, mode, identity, &mut work)?,
            Err(StoreError::NoBook(_)) => self.first_use(mode, identity, &mut work)?,
            Err(error) => return Err(error.into()),
        };
        match attempt {
            Attempt::Done(recorded) => Ok(recorded),
            Attempt::Unsure(mut recorded, cause) => {
                recorded.deliveries.push(self.look_up(identity.command_id, cause)?);
                Ok(recorded)
            }
        }
    }

    /// Carries out a use case that only reads. Handlers that are behind are brought up to date
    /// first, if that can be done without waiting.
    ///
    /// # Errors
    /// If there is no book or it cannot be read, or as `work` fails.
    pub fn read<T>(&self, work: impl FnOnce(&Book) -> anyhow::Result<T>) -> anyhow::Result<(T, Delivery)> {
        let book = Book::open(&self.book)?;
        book.set_patience(Self::RETRY)?;
        let mut delivery = (self.subscribe)(&book).catch_up();
        // Whoever holds the book delivers what it records.
        delivery.lagging.retain(|lag| !is_busy(&lag.cause));
        book.set_patience(self.patience)?;
        Ok((work(&book)?, delivery))
    }

    fn write_to<T>(
        &self,
        book: &Book,
        mode: Mode,
        identity: Identity,
        work: &mut dyn FnMut(&mut UnitOfWork<'_>) -> anyhow::Result<T>,
    ) -> anyhow::Result<Attempt<T>> {
        if book.access() == Access::ReadOnly {
            return Err(StoreError::Unwritable(format!("{} is read-only", book.path().display())).into());
        }
        let mut bus = (self.subscribe)(book);
        let before = match mode {
            Mode::Record => self.caught_up(book, &mut bus)?,
            Mode::DryRun => Delivery::default(),
        };
        let mut unit = self.begin(book, identity)?;
        let value = work(&mut unit)?;
        let events = unit.recent_events().to_vec();
        let outcome = outcome(mode, &unit);
        let mut recorded = Recorded { value, outcome, events, deliveries: vec![before] };
        if outcome != Outcome::Recorded {
            return Ok(Attempt::Done(recorded));
        }
        match unit.commit(&mut bus) {
            Ok(delivery) => recorded.deliveries.push(delivery),
            Err(CommitError::NotCommitted(error)) => return Err(error.into()),
            Err(CommitError::Unknown(error)) => return Ok(Attempt::Unsure(recorded, error.into())),
        }
        Ok(Attempt::Done(recorded))
    }

    /// Begins a book with its first unit of work.
    fn first_use<T>(
        &self,
        mode: Mode,
        identity: Identity,
        work: &mut dyn FnMut(&mut UnitOfWork<'_>) -> anyhow::Result<T>,
    ) -> anyhow::Result<Attempt<T>> {
        let draft = match mode {
            Mode::Record => Draft::begin(&self.book, identity.command_id)?,
            Mode::DryRun => Draft::rehearse(&self.book)?,
        };
        if let Err(foreign) = (self.subscribe)(draft.book()).examine() {
            // What looks like another book's may be that of a book begun in the meantime.
            return match Book::open(&self.book) {
                Ok(book) => self.write_to(&book, mode, identity, work),
                Err(_) => Err(foreign),
            };
        }
        let mut unit = draft.book().begin(identity)?;
        unit.begin_book(BookId::new((self.new_id)()))?;
        let main = PortfolioId::new((self.new_id)());
        unit.save(&mut Portfolio::create(main, PortfolioName::main(), CostBasisMethod::default()))?;
        let value = work(&mut unit)?;
        let events = unit.recent_events().to_vec();
        let outcome = outcome(mode, &unit);
        let mut recorded = Recorded { value, outcome, events, deliveries: Vec::new() };
        if outcome != Outcome::Recorded {
            return Ok(Attempt::Done(recorded));
        }
        // Nothing is delivered before the book is in its place.
        let _ = unit.commit(&mut Later)?;
        match draft.publish() {
            Ok(()) => {}
            Err(StoreError::BegunElsewhere(_)) => {
                return self.write_to(&Book::open(&self.book)?, mode, identity, work);
            }
            Err(error) => return Ok(Attempt::Unsure(recorded, error)),
        }
        match Book::open(&self.book) {
            Ok(book) => recorded.deliveries.push((self.subscribe)(&book).catch_up()),
            // It is recorded all the same; the next command that can open the book delivers.
            Err(error) => recorded.deliveries.push(Delivery {
                notes: vec![format!("recorded, but not delivered yet: {error}")],
                ..Delivery::default()
            }),
        }
        Ok(Attempt::Done(recorded))
    }

    /// Brings handlers up to date before a unit of work begins; refuses to go on where something
    /// that a handler keeps was changed by someone else.
    fn caught_up(&self, book: &Book, bus: &mut EventBus<'_>) -> anyhow::Result<Delivery> {
        book.set_patience(self.patience)?;
        let mut delivery = bus.catch_up();
        let fatal = delivery.lagging.iter().position(|lag| is_busy(&lag.cause) || lag.cause.is::<ForeignEffect>());
        match fatal {
            Some(at) => Err(self.with_patience(delivery.lagging.swap_remove(at).cause)),
            None => Ok(delivery),
        }
    }

    /// Waits for the write lock: without a word at first, then with one, and not for ever.
    fn begin<'b>(&self, book: &'b Book, identity: Identity) -> anyhow::Result<UnitOfWork<'b>> {
        book.set_patience(Self::RETRY.min(self.patience))?;
        let started = Moment::now();
        let mut is_silent = true;
        loop {
            match book.begin(identity) {
                Ok(unit) => {
                    book.set_patience(self.patience)?;
                    return Ok(unit);
                }
                Err(StoreError::Busy(_)) if (self.is_interrupted)() => return Err(SessionError::Interrupted.into()),
                Err(StoreError::Busy(_)) if started.elapsed() < self.patience => {
                    if is_silent && started.elapsed() > Self::SILENCE {
                        (self.announce)("waiting for another process that is writing to the book");
                        is_silent = false;
                    }
                }
                Err(error) => return Err(self.with_patience(error.into())),
            }
        }
    }

    fn with_patience(&self, error: anyhow::Error) -> anyhow::Error {
        if is_busy(&error) { StoreError::Busy(self.patience.as_secs()).into() } else { error }
    }

    /// After a failed commit, with the connection dropped: finds out in a fresh look at the book
    /// whether the work is there, and if so, goes on.
    fn look_up(&self, command_id: Uuid, cause: StoreError) -> anyhow::Result<Delivery> {
        let book = match Book::open(&self.book) {
            Ok(book) => book,
            Err(StoreError::NoBook(_)) => return Err(cause.into()),
            Err(_) => return Err(SessionError::OutcomeUnknown.into()),
        };
        match book.events().knows_command(command_id) {
            Ok(true) => Ok((self.subscribe)(&book).catch_up()),
            Ok(false) => Err(cause.into()),
            Err(_) => Err(SessionError::OutcomeUnknown.into()),
        }
    }
}

/// A unit of work after its commit.
enum Attempt<T> {
    /// It is as it says.
    Done(Recorded<T>),
    /// The commit failed: the work may be there or not.
    Unsure(Recorded<T>, StoreError),
}

fn outcome(mode: Mode, unit: &UnitOfWork<'_>) -> Outcome {
    match mode {
        _ if unit.is_empty() => Outcome::Unchanged,
        Mode::Record => Outcome::Recorded,
        Mode::DryRun => Outcome::DryRun,
    }
}

fn is_busy(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(StoreError::Busy(_)))
}

/// Leaves all events to be caught up with.
struct Later;

impl EventPublisher for Later {
    fn publish_batch(&mut self, _events: &[StoredEvent]) -> Delivery {
        Delivery::default()
    }
}
