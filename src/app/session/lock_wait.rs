//! Waits for other processes that hold the book.

use std::path::Path;
use std::time::{Duration, Instant as Moment};

use super::{Notice, Session};
use crate::app::AppError;
use crate::store::{Access, Book, StoreError};

/// A command's wait for other processes that hold the book: silent at first, then with one notice, and no
/// longer than the session's patience.
pub(in crate::app) struct LockWait<'s, 'a> {
    session: &'s Session<'a>,
    started: Moment,
    is_announced: bool,
    /// Whether something is recorded already, which an interruption cannot undo.
    is_recorded: bool,
}

impl<'s, 'a> LockWait<'s, 'a> {
    /// How long a waiting process pauses between two attempts.
    pub(super) const RETRY: Duration = Duration::from_millis(100);
    /// How long a process waits before it notifies the user.
    const SILENCE: Duration = Duration::from_secs(1);

    /// Starts the wait.
    pub(in crate::app) fn of(session: &'s Session<'a>) -> Self {
        Self { session, started: Moment::now(), is_announced: false, is_recorded: false }
    }

    /// Starts the wait for what comes after a commit.
    pub(super) fn after_commit(session: &'s Session<'a>) -> Self {
        Self { is_recorded: true, ..Self::of(session) }
    }

    /// Retries until no other process is in the way. Each attempt is passed the time for which it may wait
    /// itself.
    ///
    /// # Errors
    /// Whatever error `attempt` returns, busy or not; or if the user stops it.
    pub(in crate::app) fn retry<R>(
        &mut self,
        attempt: &mut dyn FnMut(Duration) -> Result<R, AppError>,
    ) -> Result<R, AppError> {
        loop {
            let result = attempt(self.session.patience.min(Self::RETRY));
            if !self.is_recorded && self.session.is_interrupted() {
                return Err(AppError::Interrupted);
            }
            if !result.as_ref().err().is_some_and(AppError::is_busy) || !self.should_retry() {
                return result;
            }
        }
    }

    /// Like [`Self::retry`], with an open book.
    pub(in crate::app) fn retry_on<R>(
        &mut self,
        book: &Book,
        attempt: &mut dyn FnMut() -> Result<R, AppError>,
    ) -> Result<R, AppError> {
        let result = self.retry(&mut |patience| {
            book.set_patience(patience)?;
            attempt()
        });
        book.set_patience(self.session.patience)?;
        result
    }

    /// Opens the book.
    pub(in crate::app) fn open(&mut self) -> Result<Book, AppError> {
        self.open_by(Book::open)
    }

    /// Opens the book to examine it, whatever its tables.
    pub(in crate::app) fn open_to_examine(&mut self) -> Result<Book, AppError> {
        self.open_by(Book::open_to_examine)
    }

    fn open_by(&mut self, open: fn(&Path, Duration) -> Result<Book, StoreError>) -> Result<Book, AppError> {
        let path = &self.session.book;
        let book = self.retry(&mut |patience| Ok(open(path, patience)?))?;
        book.set_patience(self.session.patience)?;
        Ok(book)
    }

    /// Opens the book for a use case that only reads: a book of an earlier version is read as this
    /// version would have it, and left as it is.
    pub(in crate::app) fn open_to_read(&mut self) -> Result<Book, AppError> {
        Ok(self.open()?.as_of_this_version()?)
    }

    /// Opens the book for a use case that repairs it.
    pub(in crate::app) fn open_to_repair(&mut self) -> Result<Book, AppError> {
        let book = self.open()?;
        self.upgrade_if_older(book)
    }

    /// Prepares an open book for a repair: a book of an earlier version is upgraded first.
    pub(in crate::app) fn upgrade_if_older(&mut self, mut book: Book) -> Result<Book, AppError> {
        refuse_read_only(&book)?;
        if book.is_older() {
            self.retry(&mut |_| Ok(book.upgrade()?))?;
        }
        Ok(book)
    }

    /// Waits a little and returns whether to try again. Notifies the user after some attempts.
    pub(super) fn should_retry(&mut self) -> bool {
        let waited = self.started.elapsed();
        if !self.is_announced && waited > Self::SILENCE && waited < self.session.patience {
            (self.session.notify)(Notice::Waiting);
            self.is_announced = true;
        }
        waited < self.session.patience && !self.session.is_interrupted()
    }
}

/// Refuses a book that is not writable.
pub(in crate::app) fn refuse_read_only(book: &Book) -> Result<(), StoreError> {
    match book.access() {
        Access::ReadWrite => Ok(()),
        Access::ReadOnly => Err(StoreError::Unwritable(format!("{} is read-only", book.path().display()))),
    }
}
