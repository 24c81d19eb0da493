//! The index of the WAL: a file beside the book that every process maps into its memory. Before
//! SQLite does so, two things are checked that it finds out too late.
//!
//! - *Room.* SQLite makes the file longer by a byte in every 4 KiB. Where the disk has no room for the
//!   rest, writing to the mapped memory kills the process (`SIGBUS`). With little room left, the
//!   index is kept in the memory of a process that has the book to itself meanwhile; and where blocks are
//!   smaller than that, room is made at once for all that the index may grow to.
//! - *Locks that are held for microseconds*, unless their holder is stopped. SQLite tries for them for
//!   ten seconds, whatever timeout it was given.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant as Moment};

use rusqlite::Connection;

use super::StoreError;
use crate::files::{beside, folder_of, no_follow_options, open_regular};

/// Where a connection keeps the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WalIndex {
    /// In the file, so that others can read and write meanwhile.
    Shared,
    /// In memory: no other process can use the book until the connection is closed.
    Private,
}

impl WalIndex {
    /// Bytes that are enough for the index and for what else is written before others are there.
    const ROOM: u64 = 1 << 20;
    /// Who holds a lock and is not stopped is done by then.
    const USUAL: Duration = Duration::from_millis(50);

    /// Bytes of the file for which a byte that is written makes room.
    const STRIDE: u64 = 4096;

    /// Where the index of this book belongs.
    pub(super) fn of(book: &Path) -> Self {
        match disk(book) {
            Some(Disk { free, .. }) if free < Self::ROOM => Self::Private,
            Some(_) | None => Self::Shared,
        }
    }

    /// Waits for a process that has locked the file for a moment, if that is where the index belongs.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if that takes longer than it usually does and than the user's patience.
    pub(super) fn await_others(self, book: &Path, patience: Duration) -> Result<(), StoreError> {
        // Closing the file here would end the locks that SQLite has on it elsewhere in this process.
        if self == Self::Private || Opened::is_any() {
            return Ok(());
        }
        let Ok(file) = open_regular(no_follow_options().read(true), &beside(book, "-shm")) else { return Ok(()) };
        let started = Moment::now();
        while is_held(&file) {
            if started.elapsed() > patience.max(Self::USUAL) {
                return Err(StoreError::Busy);
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Once a connection has read, and by that made the file: where a block is smaller than what SQLite takes
    /// for one, makes room for the index of the longest WAL that the disk can hold.
    ///
    /// # Errors
    /// If there is no room.
    #[cfg(target_os = "linux")]
    pub(super) fn reserve(self, book: &Path) -> Result<(), StoreError> {
        use rustix::fs::{FallocateFlags, fallocate};
        use rustix::io::Errno;

        // Of a part of the index, and of the pages of a WAL that it has room for.
        const PART: u64 = 1 << 15;
        const PAGES: u64 = 4096 * 4096;
        let Some(Disk { free, .. }) = disk(book).filter(|disk| self == Self::Shared && disk.block < Self::STRIDE)
        else {
            return Ok(());
        };
        let Ok(file) = open_regular(no_follow_options().read(true).write(true), &beside(book, "-shm")) else {
            return Ok(());
        };
        let parts = free.div_ceil(PAGES).saturating_add(1);
        let reserved = fallocate(&file, FallocateFlags::empty(), 0, parts.saturating_mul(PART));
        // Closing it would end the locks that SQLite has on it.
        std::mem::forget(file);
        match reserved {
            Err(Errno::NOSPC) => Err(StoreError::DiskFull),
            // Not every file system can.
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Elsewhere blocks are not that small.
    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unnecessary_wraps, reason = "as elsewhere")]
    pub(super) fn reserve(self, _book: &Path) -> Result<(), StoreError> {
        Ok(())
    }

    /// Tells a new connection, before it reads.
    pub(super) fn prepare(self, connection: &Connection) -> Result<(), StoreError> {
        match self {
            Self::Shared => Ok(()),
            Self::Private => Ok(connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?),
        }
    }
}

/// Books that this process has open.
static OPENED: AtomicUsize = AtomicUsize::new(0);

/// That a book is open, as long as it is there.
pub(super) struct Opened(());

impl Opened {
    pub(super) fn now() -> Self {
        OPENED.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// Whether this process has any open.
    pub(super) fn is_any() -> bool {
        OPENED.load(Ordering::SeqCst) > 0
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        OPENED.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A file system: what it has left, and the size of its blocks, in bytes.
struct Disk {
    free: u64,
    block: u64,
}

/// The disk of the book; `None` where the system does not say.
#[cfg(unix)]
fn disk(book: &Path) -> Option<Disk> {
    let disk = rustix::fs::statvfs(folder_of(book)).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    (disk.f_blocks > 0).then_some(Disk { free, block: disk.f_frsize })
}

#[cfg(not(unix))]
fn disk(_book: &Path) -> Option<Disk> {
    None
}

/// Whether the disk of the book has no room for another file, however small.
#[cfg(unix)]
pub(super) fn has_no_room_for_files(book: &Path) -> bool {
    rustix::fs::statvfs(folder_of(book))
        .is_ok_and(|disk| (disk.f_blocks > 0 && disk.f_bavail == 0) || (disk.f_files > 0 && disk.f_favail == 0))
}

#[cfg(not(unix))]
pub(super) fn has_no_room_for_files(_book: &Path) -> bool {
    false
}

/// Whether another process has a lock that SQLite tries for regardless of its patience: while the index
/// is being made, any; later one of those on the marks of readers, or that of the first to open it.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn is_held(index: &File) -> bool {
    use std::os::unix::fs::FileExt as _;

    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc::{F_RDLCK, F_UNLCK, SEEK_SET, flock};

    // As SQLite has it: the byte of its header (`WalIndexHdr`) that is 1 once the index is made, and
    // the bytes that are locked (`UNIX_SHM_BASE`, `WAL_READ_LOCK(1)`, `UNIX_SHM_DMS`).
    const IS_MADE: u64 = 12;
    const FIRST: i64 = 120;
    const FIRST_MARK: i64 = 124;
    const LAST: i64 = 128;
    let mut is_made = [0];
    let is_made = index.read_exact_at(&mut is_made, IS_MADE).is_ok() && is_made == [1];
    let first = if is_made { FIRST_MARK } else { FIRST };
    let mut lock = flock {
        l_type: short(F_RDLCK),
        l_whence: short(SEEK_SET),
        l_start: first,
        l_len: LAST.saturating_sub(first).saturating_add(1),
        l_pid: 0,
    };
    fcntl(index, FcntlArg::F_GETLK(&mut lock)).is_ok() && lock.l_type != short(F_UNLCK)
}

/// A constant of the system, of whatever type it has there.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn short(constant: impl TryInto<i16>) -> i16 {
    constant.try_into().unwrap_or_default()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn is_held(_index: &File) -> bool {
    false
}
