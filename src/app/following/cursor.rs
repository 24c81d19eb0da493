//! The position of a follower in the log, stored beside the book.
//!
//! A cursor is a file of its own rather than a row in the book: a follower never takes the book's lock,
//! and a command that records something never reads a cursor.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant as Moment};

use serde::{Deserialize, Serialize};

use super::error::FollowError;
use super::name::FollowerName;
use crate::bus::StoredEvent;
use crate::domain::{Instant, Sequence};
use crate::files::{beside, no_follow_options, sync_folder_of};
use crate::log::EventHash;

/// A position between two lines of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LogPosition {
    /// The event before it; 0 at the beginning.
    pub(super) sequence: Sequence,
    /// The SHA-256 of that event's line, by which a follower recognizes the log.
    pub(super) hash: EventHash,
    /// The offset of that line.
    pub(super) line_start: u64,
    /// The offset of its end, which is that of the next line.
    pub(super) line_end: u64,
}

impl LogPosition {
    /// Before the first event.
    pub(super) fn beginning() -> Self {
        Self { sequence: 0, hash: EventHash::NONE, line_start: 0, line_end: 0 }
    }

    /// After an event.
    pub(super) fn after(event: &StoredEvent) -> Self {
        Self {
            sequence: event.sequence,
            hash: EventHash::of(&event.line),
            line_start: event.start_offset(),
            line_end: event.end_offset,
        }
    }
}

/// The content of a follower's file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Cursor {
    pub(super) place: LogPosition,
    /// When its program last accepted events.
    pub(super) last_delivery: Option<Instant>,
    /// Why its program did not accept the events after `place`, if it did not.
    pub(super) last_error: Option<String>,
}

impl Cursor {
    pub(super) fn at(place: LogPosition) -> Self {
        Self { place, last_delivery: None, last_error: None }
    }
}

/// The folder that contains the followers of a book.
#[derive(Clone)]
pub(super) struct Followers(PathBuf);

impl Followers {
    /// The followers of the book at `book`: in `book.db.followers`, beside it.
    pub(super) fn of(book: &Path) -> Self {
        Self(beside(book, ".followers"))
    }

    /// Their names, in alphabetical order.
    pub(super) fn names(&self) -> Result<Vec<FollowerName>, FollowError> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(FollowError::unusable(&self.0, error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| FollowError::unusable(&self.0, error))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                names.extend(path.file_stem().and_then(|stem| stem.to_str()?.parse::<FollowerName>().ok()));
            }
        }
        names.sort();
        Ok(names)
    }

    /// A follower's cursor, if it has one.
    pub(super) fn load(&self, name: &FollowerName) -> Result<Option<Cursor>, FollowError> {
        let path = self.cursor(name);
        match fs::read(&path) {
            Ok(bytes) => match serde_json::from_slice(&bytes) {
                Ok(cursor) => Ok(Some(cursor)),
                Err(error) => Err(FollowError::Unreadable { name: name.clone(), path, cause: error.to_string() }),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FollowError::unusable(&path, error)),
        }
    }

    /// Whether some process is running a follower now.
    pub(super) fn is_running(&self, name: &FollowerName) -> bool {
        File::open(self.lock(name)).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    /// Like [`Self::claim`], for an existing follower.
    pub(super) fn claim_known(&self, name: &FollowerName, patience: Duration) -> Result<Claim, FollowError> {
        if self.names()?.contains(name) { self.claim(name, patience) } else { Err(FollowError::Unknown(name.clone())) }
    }

    /// Waits until no other process runs the follower, and keeps others from running it.
    pub(super) fn claim(&self, name: &FollowerName, patience: Duration) -> Result<Claim, FollowError> {
        const PAUSE: Duration = Duration::from_millis(20);
        self.begin().map_err(|error| FollowError::unusable(&self.0, error))?;
        let path = self.lock(name);
        let lock = private().write(true).open(&path).map_err(|error| FollowError::unusable(&path, error))?;
        let started = Moment::now();
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if started.elapsed() < patience => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(FollowError::Busy(name.clone())),
                Err(TryLockError::Error(error)) => return Err(FollowError::unusable(&path, error)),
            }
        }
        // A program survives if the process that runs it is killed. It inherits the lock, so that no other
        // one is started before it has ended.
        #[cfg(unix)]
        rustix::io::fcntl_setfd(&lock, rustix::io::FdFlags::empty())
            .map_err(|error| FollowError::unusable(&path, error.into()))?;
        Ok(Claim { followers: self.clone(), name: name.clone(), lock })
    }

    fn begin(&self) -> std::io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(&self.0) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
            Ok(()) => sync_folder_of(&self.0),
        }
    }

    fn cursor(&self, name: &FollowerName) -> PathBuf {
        self.0.join(format!("{name}.json"))
    }

    fn lock(&self, name: &FollowerName) -> PathBuf {
        self.0.join(format!("{name}.lock"))
    }
}

/// The exclusive right to run a follower. It ends when it is dropped, even if programs are still
/// running.
pub(super) struct Claim {
    followers: Followers,
    name: FollowerName,
    lock: File,
}

impl Claim {
    /// The follower's cursor, if it has one.
    pub(super) fn load(&self) -> Result<Option<Cursor>, FollowError> {
        self.followers.load(&self.name)
    }

    /// Makes a cursor durable.
    pub(super) fn save(&self, cursor: &Cursor) -> Result<(), FollowError> {
        let path = self.followers.cursor(&self.name);
        let new = path.with_extension("new");
        let write = || {
            let mut file = private().write(true).truncate(true).open(&new)?;
            file.write_all(&serde_json::to_vec(cursor)?)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&new, &path)?;
            sync_folder_of(&path)
        };
        write().map_err(|error| FollowError::unusable(&path, error))
    }

    /// An unnamed file with the input of a program.
    pub(super) fn input(&self, bytes: &[u8]) -> std::io::Result<File> {
        use std::io::Seek as _;
        let path = self.followers.cursor(&self.name).with_extension("input");
        let mut file = private().read(true).write(true).truncate(true).open(&path)?;
        let _ = fs::remove_file(&path);
        file.write_all(bytes)?;
        file.rewind()?;
        Ok(file)
    }

    /// Removes the follower.
    pub(super) fn forget(self) -> Result<(), FollowError> {
        let path = self.followers.cursor(&self.name);
        let removed = fs::remove_file(&path).and_then(|()| sync_folder_of(&path));
        removed.map_err(|error| FollowError::unusable(&path, error))?;
        let _ = fs::remove_file(self.followers.lock(&self.name));
        let _ = fs::remove_dir(&self.followers.0);
        Ok(())
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Closing the file would not release the lock, because a program that is still running has it open as
        // well.
        let _ = self.lock.unlock();
    }
}

/// Options that open a file only its owner can access, creating it if necessary, and that follow no symbolic
/// link.
fn private() -> OpenOptions {
    let mut options = no_follow_options();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
