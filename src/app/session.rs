//! Running use cases on a book.

mod lock_wait;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use uuid::Uuid;

use super::AppError;
use super::following::FollowError;
use crate::bus::{Batch, Delivery, EventBus, EventPublisher, ForeignEffect, Lag, StoredEvent};
use crate::domain::{
    BookCreatedEvent, BookId, CostBasisMethod, DomainEvent, Instant, Portfolio, PortfolioId, PortfolioName, Sequence,
};
use crate::log::PreparedLog;
/// What a session passes to use cases: the open book, its reader, and the unit of work.
pub use crate::store::{Book, Reader, UnitOfWork};
use crate::store::{CommitError, Identity, NewBook, StoreError};
pub(super) use lock_wait::{LockWait, refuse_read_only};

/// Where the book is and its environment: the clock, the source of ids, the handlers.
pub struct Session<'a> {
    /// The file.
    pub book: PathBuf,
    /// How long to wait for another process that is writing.
    pub patience: Duration,
    /// The clock.
    pub now: fn() -> Instant,
    /// Generates ids.
    pub new_id: fn() -> Uuid,
    /// Subscribes the handlers to a bus for a book.
    pub subscribe: for<'b> fn(&'b Book) -> EventBus<'b>,
    /// Tells the user what happens while a command runs.
    pub notify: &'a dyn Fn(Notice<'_>),
    /// Set once the user has asked to stop.
    pub interrupted: &'a Arc<AtomicBool>,
}

/// What a user should know while a command runs, or although it succeeded.
#[derive(Debug, Clone, Copy)]
pub enum Notice<'n> {
    /// Another process is writing, and this one waits for it.
    Waiting,
    /// The unit of work is about to be committed.
    Committing,
    /// A handler found and repaired something.
    Repaired(&'n str),
    /// A handler could not be brought up to date.
    Lagging(&'n Lag, Outcome),
    /// The events are recorded, but the book could not be opened again to deliver them.
    Undelivered(&'n AppError),
}

/// Whether to record something or only to try it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is committed.
    Record,
    /// It is carried out and rolled back.
    DryRun,
}

/// The outcome of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something new is recorded, or would be in a dry run.
    New,
    /// There was nothing to record, or it has already been recorded.
    Unchanged,
}

/// The result of a use case.
#[derive(Debug)]
pub struct Recorded<T> {
    /// Its result.
    pub value: T,
    /// Whether it was recorded or only tried.
    pub mode: Mode,
    /// The outcome.
    pub outcome: Outcome,
    /// The events that it recorded, or would record; for a very large unit of work, not all of them.
    pub events: Vec<StoredEvent>,
}

type Work<'w, T> = &'w mut dyn FnMut(&mut UnitOfWork<'_>) -> Result<T, AppError>;

impl Session<'_> {
    /// Runs a use case that records something. If there is no book, it is created.
    ///
    /// # Errors
    /// Whatever error `work` returns, or if the book cannot be opened or written. Nothing was recorded
    /// then, unless the error is [`AppError::OutcomeUnknown`].
    pub fn write<T>(
        &self,
        mode: Mode,
        mut work: impl FnMut(&mut UnitOfWork<'_>) -> Result<T, AppError>,
    ) -> Result<Recorded<T>, AppError> {
        let identity = Identity { command_id: (self.new_id)(), now: self.now, new_id: self.new_id };
        let mut wait = LockWait::of(self);
        let attempt = match wait.open() {
            Ok(book) => self.write_to(book, wait, mode, identity, &mut work)?,
            Err(error) if is_no_book(&error) => self.first_use(wait, mode, identity, &mut work)?,
            Err(error) => return Err(error),
        };
        match attempt {
            Attempt::Done(recorded) => Ok(recorded),
            Attempt::Unsure(recorded, cause) => {
                self.find_outcome(identity.command_id, cause)?;
                Ok(recorded)
            }
        }
    }

    /// Runs a use case that only reads. Handlers that are behind are first brought up to date, if
    /// possible without waiting.
    ///
    /// # Errors
    /// If there is no book or it cannot be read, or whatever error `work` returns.
    pub fn read<T>(&self, work: impl FnOnce(&Book) -> Result<T, AppError>) -> Result<T, AppError> {
        self.read_after(&|_| Ok(()), work)
    }

    /// Runs a use case that only reads, and delivers nothing.
    ///
    /// # Errors
    /// As in [`Self::read`].
    pub fn read_undelivered<T>(&self, work: impl FnOnce(&Book) -> Result<T, AppError>) -> Result<T, AppError> {
        work(&LockWait::of(self).open_to_read()?)
    }

    /// Delivers the events after `from` to a handler again; returns whether there is such a handler.
    ///
    /// # Errors
    /// If the book cannot be opened or written, or if the handler cannot process the events.
    pub fn replay(&self, name: &str, from: Sequence) -> Result<bool, AppError> {
        let mut wait = LockWait::of(self);
        let book = wait.open()?;
        refuse_read_only(&book)?;
        if from > 0 && book.events().load(from)?.is_none() {
            return Err(FollowError::NoEvent(from).into());
        }
        let mut bus = (self.subscribe)(&book);
        let replayed = wait.retry_on(&book, &mut || bus.replay(name, from).map_err(AppError::of_handler))?;
        let Some(mut delivery) = replayed else { return Ok(false) };
        match delivery.lagging.pop() {
            Some(lag) => Err(AppError::of_handler(lag.cause)),
            None => Ok(true),
        }
    }

    /// Brings the handlers up to date after a repair.
    pub(super) fn follow_up(&self, book: &Book, wait: &mut LockWait<'_, '_>) -> Result<Delivery, AppError> {
        let mut bus = (self.subscribe)(book);
        wait.retry_on(book, &mut || catch_up(&mut bus))
    }

    fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Called every now and then by anything that reads the whole book.
    ///
    /// # Errors
    /// If the user has asked to stop.
    pub(super) fn pause(&self) -> Result<(), AppError> {
        if self.is_interrupted() { Err(AppError::Interrupted) } else { Ok(()) }
    }

    /// Runs a use case that reads the effects of handlers, which must not have been changed by someone else.
    ///
    /// # Errors
    /// As in [`Self::read`]; or if a handler finds that its effect was changed by someone else.
    pub fn read_sound<T>(&self, work: impl FnOnce(&Book) -> Result<T, AppError>) -> Result<T, AppError> {
        let is_foreign = |lag: &Lag| lag.cause.is::<ForeignEffect>();
        let check = |delivery: &mut Delivery| match delivery.lagging.iter().position(is_foreign) {
            Some(at) => Err(AppError::of_handler(delivery.lagging.swap_remove(at).cause)),
            None => Ok(()),
        };
        self.read_after(&check, |book| {
            // If the lock was not available, nothing has been inspected yet.
            (self.subscribe)(book).inspect().map_err(AppError::of_handler)?;
            work(book)
        })
    }

    fn read_after<T>(
        &self,
        check: &dyn Fn(&mut Delivery) -> Result<(), AppError>,
        work: impl FnOnce(&Book) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let book = LockWait::of(self).open_to_read()?;
        let mut delivery = self.catch_up_at_once(&book)?;
        delivery.notes.iter().for_each(|note| (self.notify)(Notice::Repaired(note)));
        check(&mut delivery)?;
        let value = work(&book)?;
        // The process that holds the book delivers what it records.
        delivery.lagging.retain(|lag| !is_behind_another(lag));
        delivery.lagging.iter().for_each(|lag| (self.notify)(Notice::Lagging(lag, Outcome::Unchanged)));
        Ok(value)
    }

    /// Delivers what can be delivered without waiting for other processes.
    fn catch_up_at_once(&self, book: &Book) -> Result<Delivery, StoreError> {
        book.set_patience(LockWait::RETRY.min(self.patience))?;
        let delivery = (self.subscribe)(book).catch_up();
        book.set_patience(self.patience)?;
        Ok(delivery)
    }

    fn write_to<T>(
        &self,
        mut book: Book,
        mut wait: LockWait<'_, '_>,
        mode: Mode,
        identity: Identity,
        work: Work<'_, T>,
    ) -> Result<Attempt<T>, AppError> {
        book.watch(self.interrupted)?;
        let book = &book;
        refuse_read_only(book)?;
        let mut bus = (self.subscribe)(book);
        let before = match mode {
            Mode::Record if !book.is_older() => wait.retry_on(book, &mut || catch_up(&mut bus))?,
            Mode::Record | Mode::DryRun => bus.inspect().map(|()| Delivery::default()).map_err(AppError::of_handler)?,
        };
        before.notes.iter().for_each(|note| (self.notify)(Notice::Repaired(note)));
        let (unit, value) = book.interruptible(|| {
            let mut unit = wait.retry_on(book, &mut || Ok(book.begin(identity)?))?;
            let value = work(&mut unit)?;
            Ok::<_, AppError>((unit, value))
        })?;
        let recorded = conclude(value, mode, &unit);
        if mode == Mode::DryRun || recorded.outcome == Outcome::Unchanged {
            self.report(&Delivery { notes: Vec::new(), ..before }, Outcome::Unchanged);
            return Ok(Attempt::Done(recorded));
        }
        book.set_patience(self.patience.min(LockWait::RETRY))?;
        (self.notify)(Notice::Committing);
        match unit.commit(&mut bus) {
            Ok(delivery) => self.finish_delivery(&mut bus, delivery),
            Err(CommitError::NotCommitted(error)) => return Err(error.into()),
            Err(CommitError::Unknown(error)) => return Ok(Attempt::Unsure(recorded, error.into())),
        }
        Ok(Attempt::Done(recorded))
    }

    /// Creates a book with its first unit of work.
    fn first_use<T>(
        &self,
        mut wait: LockWait<'_, '_>,
        mode: Mode,
        identity: Identity,
        work: Work<'_, T>,
    ) -> Result<Attempt<T>, AppError> {
        let new_book = match mode {
            Mode::Record => NewBook::begin(&self.book, identity.command_id),
            Mode::DryRun => NewBook::rehearse(&self.book),
        };
        let new_book = match new_book {
            Err(StoreError::BegunElsewhere(_)) => return self.write_to(wait.open()?, wait, mode, identity, work),
            new_book => new_book?,
        };
        if let Err(foreign) = (self.subscribe)(new_book.book()).inspect() {
            // What looks like another book's log may belong to a book created in the meantime.
            return match wait.open() {
                Ok(book) => self.write_to(book, wait, mode, identity, work),
                Err(_) => Err(AppError::of_handler(foreign)),
            };
        }
        let mut unit = new_book.begin_unit(identity)?;
        let created = BookCreatedEvent {
            book_id: BookId::new((self.new_id)()),
            format_version: BookCreatedEvent::FORMAT_VERSION,
        };
        unit.record(DomainEvent::BookCreated(created))?;
        let main = PortfolioId::new((self.new_id)());
        unit.save(&mut Portfolio::create(main, PortfolioName::main(), CostBasisMethod::default()))?;
        let value = work(&mut unit)?;
        let recorded = conclude(value, mode, &unit);
        if mode == Mode::DryRun {
            return Ok(Attempt::Done(recorded));
        }
        // Nothing is delivered before the book is in place.
        (self.notify)(Notice::Committing);
        let _ = unit.commit(&mut DeferredDelivery).map_err(StoreError::from)?;
        match new_book.publish() {
            Ok(log) => self.deliver_anew(log),
            Err(StoreError::BegunElsewhere(_)) => {
                let book = wait.open()?;
                return self.write_to(book, wait, mode, identity, work);
            }
            Err(error) => return Ok(Attempt::Unsure(recorded, error)),
        }
        Ok(Attempt::Done(recorded))
    }

    /// Opens the new book to deliver its first events.
    fn deliver_anew(&self, log: Option<PreparedLog>) {
        let opened = LockWait::after_commit(self).open().and_then(|book| {
            book.set_patience(self.patience.min(LockWait::RETRY))?;
            Ok(book)
        });
        match opened {
            Ok(book) => {
                book.prepare_log(log);
                let mut bus = (self.subscribe)(&book);
                let delivery = bus.catch_up();
                self.finish_delivery(&mut bus, delivery);
            }
            // The events are recorded; the next command that can open the book delivers them.
            Err(error) => (self.notify)(Notice::Undelivered(&error)),
        }
    }

    /// Completes a delivery that another process holds up, and reports its outcome. The events are recorded
    /// even if the wait times out or the user stops it.
    fn finish_delivery(&self, bus: &mut EventBus<'_>, mut delivery: Delivery) {
        let mut wait = LockWait::after_commit(self);
        while delivery.lagging.iter().any(is_behind_another) && wait.should_retry() {
            delivery = bus.catch_up();
        }
        self.report(&delivery, Outcome::New);
    }

    fn report(&self, delivery: &Delivery, outcome: Outcome) {
        delivery.notes.iter().for_each(|note| (self.notify)(Notice::Repaired(note)));
        delivery.lagging.iter().for_each(|lag| (self.notify)(Notice::Lagging(lag, outcome)));
    }

    /// After a failed commit, with the connection dropped: opens the book again to find out whether the
    /// work was committed, and if so, delivers it.
    fn find_outcome(&self, command_id: Uuid, cause: StoreError) -> Result<(), AppError> {
        let is_known =
            LockWait::after_commit(self).open().and_then(|book| Ok(book.events().knows_command(command_id)?));
        match is_known {
            Ok(true) => self.deliver_anew(None),
            Ok(false) => return Err(cause.into()),
            Err(error) if is_no_book(&error) => return Err(cause.into()),
            Err(_) => return Err(AppError::OutcomeUnknown),
        }
        Ok(())
    }
}

/// A unit of work after its commit.
enum Attempt<T> {
    /// Committed, or nothing to commit, as the outcome says.
    Done(Recorded<T>),
    /// The commit failed: the work may have been committed or not.
    Unsure(Recorded<T>, StoreError),
}

fn conclude<T>(value: T, mode: Mode, unit: &UnitOfWork<'_>) -> Recorded<T> {
    let outcome = if unit.is_empty() { Outcome::Unchanged } else { Outcome::New };
    Recorded { value, mode, outcome, events: unit.recent_events().to_vec() }
}

/// Brings handlers up to date before a unit of work begins; fails if the effect of a handler was changed
/// by someone else, or if the lock is not available.
fn catch_up(bus: &mut EventBus<'_>) -> Result<Delivery, AppError> {
    let mut delivery = bus.catch_up();
    match delivery.lagging.iter().position(|lag| is_behind_another(lag) || lag.cause.is::<ForeignEffect>()) {
        Some(fatal) => Err(AppError::of_handler(delivery.lagging.swap_remove(fatal).cause)),
        None => Ok(delivery),
    }
}

fn is_no_book(error: &AppError) -> bool {
    matches!(error, AppError::Store(StoreError::NoBook(_)))
}

/// Whether nothing was delivered because another process holds the book.
fn is_behind_another(lag: &Lag) -> bool {
    matches!(lag.cause.downcast_ref(), Some(StoreError::Busy))
}

/// A publisher that leaves all events to a later delivery.
struct DeferredDelivery;

impl EventPublisher for DeferredDelivery {
    fn publish_batch(&mut self, _batch: Batch<'_>) -> Delivery {
        Delivery::default()
    }
}
