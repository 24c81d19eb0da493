//! The audit log of a book that is being created.
//!
//! A large first unit of work writes its lines next to the book while it makes them, so that they need not be
//! read again once it is committed. Until the book is in place, this log has a private name; it is removed if
//! the unit of work fails.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
#[cfg(target_os = "linux")]
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::log_path;
use crate::bus::StoredEvent;
use crate::files::pending::{PendingFile, clear_leftovers};

/// A log that is written before its book is in place.
pub(crate) struct NewLog {
    log: PathBuf,
    unique: Uuid,
    pending: RefCell<Option<PendingFile>>,
}

/// Writes lines to a log that is not in place yet.
pub(crate) struct LogCopy {
    file: File,
    end: u64,
    /// The offset up to which the system has been asked to write the file to disk.
    sent: u64,
}

/// A log under its private name that holds all lines of the history up to some event.
pub struct PreparedLog {
    pending: PendingFile,
    end: u64,
}

impl NewLog {
    pub(crate) fn of(book: &Path, unique: Uuid) -> Self {
        Self { log: log_path(book), unique, pending: RefCell::new(None) }
    }

    /// Creates it with the first events of the history; returns the writer for the rest.
    pub(crate) fn begin(&self, first: &[StoredEvent]) -> io::Result<LogCopy> {
        clear_leftovers(&self.log);
        let pending = PendingFile::create(&self.log, self.unique)?;
        let mut copy = LogCopy { file: pending.file().try_clone()?, end: 0, sent: 0 };
        let lines: String = first.iter().map(|event| event.line.as_str()).collect();
        copy.append(lines.as_bytes())?;
        *self.pending.borrow_mut() = Some(pending);
        Ok(copy)
    }

    /// The file, if it was created.
    pub(crate) fn file(&self) -> Option<File> {
        self.pending.borrow().as_ref().and_then(|pending| pending.file().try_clone().ok())
    }

    /// Discards it.
    pub(crate) fn discard(&self) {
        self.pending.take();
    }

    /// What was written, provided that it is the whole of a history that ends at `end`.
    pub(crate) fn into_prepared(self, end: u64) -> Option<PreparedLog> {
        let pending = self.pending.into_inner()?;
        let is_whole = pending.file().metadata().is_ok_and(|metadata| metadata.len() == end);
        is_whole.then_some(PreparedLog { pending, end })
    }
}

impl LogCopy {
    /// The number of bytes that are sent to disk at a time.
    const STRETCH: u64 = 4 * 1024 * 1024;
    /// The largest page size in bytes of any supported system.
    const PAGE: u64 = 64 * 1024;

    pub(crate) fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        self.file.write_all(lines)?;
        self.end = self.end.saturating_add(u64::try_from(lines.len()).unwrap_or(u64::MAX));
        if self.end.saturating_sub(self.sent) >= Self::STRETCH {
            self.send();
        }
        Ok(())
    }

    /// Asks the system to start writing whole pages, so that little is left for the final sync. It
    /// promises nothing: only that sync reports failures.
    fn send(&mut self) {
        let whole = self.end.saturating_sub(self.end % Self::PAGE);
        // Linux starts writing pages that are declared not to be needed, without waiting for the disk.
        #[cfg(target_os = "linux")]
        let _ = rustix::fs::fadvise(
            &self.file,
            self.sent,
            NonZeroU64::new(whole.saturating_sub(self.sent)),
            rustix::fs::Advice::DontNeed,
        );
        self.sent = whole;
    }

    /// Discards it: half of it is useless, and the book may need the space.
    pub(crate) fn give_up(self) {
        let _ = self.file.set_len(0);
    }
}

impl PreparedLog {
    /// Its length in bytes.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Makes it durable and gives it its name, which must not be taken. The name itself is durable once
    /// the folder is synced.
    ///
    /// # Errors
    /// If the name is taken, or the disk fails.
    pub fn publish(self, log: &Path) -> io::Result<()> {
        self.pending.publish(log)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_a_log_with_every_line_takes_the_place_of_the_book_s() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.db");
        let begun = || {
            let log = NewLog::of(&book, Uuid::nil());
            let mut copy = log.begin(&[]).unwrap();
            copy.append(b"one\ntwo\n").unwrap();
            (log, copy)
        };
        assert!(NewLog::of(&book, Uuid::nil()).into_prepared(0).is_none(), "never begun");
        for end in [0, 7, 9] {
            assert!(begun().0.into_prepared(end).is_none(), "{end}");
        }
        let (log, copy) = begun();
        copy.give_up();
        assert!(log.into_prepared(8).is_none(), "given up");
        let (log, _) = begun();
        log.discard();
        assert!(log.into_prepared(8).is_none(), "discarded");
        let prepared = begun().0.into_prepared(8).unwrap();
        assert_eq!(prepared.end(), 8);
        prepared.publish(&log_path(&book)).unwrap();
        assert_eq!(fs::read(log_path(&book)).unwrap(), b"one\ntwo\n");
    }
}
