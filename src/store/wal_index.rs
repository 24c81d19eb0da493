//! Checks the index of the WAL, a file beside the book that every process maps into its memory, for two
//! problems that SQLite would detect too late.
//!
//! - *Room.* SQLite extends the file by writing one byte in every 4 KiB. If the disk has no room for the
//!   rest, writing to the mapped memory kills the process (`SIGBUS`). When room is short, the index is
//!   kept in the memory of a process that has the book to itself meanwhile; and where blocks are smaller
//!   than 4 KiB, room is allocated at once for everything that the index may grow to.
//! - *Locks that are normally held for microseconds*, unless their holder is stopped. SQLite retries
//!   them for ten seconds, whatever its timeout.

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
    /// Bytes that suffice for the index and for whatever else is written before another process opens the
    /// book.
    const ROOM: u64 = 1 << 20;
    /// A process that holds such a lock has released it by then, unless it is stopped.
    const USUAL: Duration = Duration::from_millis(50);

    /// How many bytes of the file SQLite expects to allocate by writing one of them.
    const STRIDE: u64 = 4096;

    /// Where the index of this book should be.
    pub(super) fn of(book: &Path) -> Self {
        match disk(book) {
            Some(Disk { free, .. }) if free < Self::ROOM => Self::Private,
            Some(_) | None => Self::Shared,
        }
    }

    /// Waits for a process that has briefly locked the file, if the index is in the file.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if that takes longer than usual and longer than the user's patience.
    pub(super) fn await_others(self, book: &Path, patience: Duration) -> Result<(), StoreError> {
        // Closing the file here would release the locks that SQLite holds on it elsewhere in this
        // process.
        if self == Self::Private || OpenGuard::is_any_open() {
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

    /// Allocates room for the index of the longest WAL that the disk can hold, if blocks are smaller than
    /// SQLite assumes. To be called once a connection has read and thereby created the file.
    ///
    /// # Errors
    /// If there is no room.
    #[cfg(target_os = "linux")]
    pub(super) fn reserve(self, book: &Path) -> Result<(), StoreError> {
        use rustix::fs::{FallocateFlags, fallocate};
        use rustix::io::Errno;

        // The sizes in bytes of a part of the index, and of the WAL pages that it covers.
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
        // Closing it would release the locks that SQLite holds on it.
        std::mem::forget(file);
        match reserved {
            Err(Errno::NOSPC) => Err(StoreError::DiskFull),
            // Not every file system supports this.
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// On other systems blocks are not that small.
    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unnecessary_wraps, reason = "as elsewhere")]
    pub(super) fn reserve(self, _book: &Path) -> Result<(), StoreError> {
        Ok(())
    }

    /// Configures a new connection, before it reads.
    pub(super) fn prepare(self, connection: &Connection) -> Result<(), StoreError> {
        match self {
            Self::Shared => Ok(()),
            Self::Private => Ok(connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?),
        }
    }
}

/// The number of books that this process has open.
static OPENED: AtomicUsize = AtomicUsize::new(0);

/// Proof that a book is open, while it exists.
pub(super) struct OpenGuard(());

impl OpenGuard {
    pub(super) fn now() -> Self {
        OPENED.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// Whether this process has any book open.
    pub(super) fn is_any_open() -> bool {
        OPENED.load(Ordering::SeqCst) > 0
    }
}

impl Drop for OpenGuard {
    fn drop(&mut self) {
        OPENED.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A file system: its free space, and the size of its blocks, in bytes.
struct Disk {
    free: u64,
    block: u64,
}

/// The file system of the book; `None` if the system does not say.
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

/// Whether the book's file system has no room for another file, however small.
#[cfg(unix)]
pub(super) fn has_no_room_for_files(book: &Path) -> bool {
    rustix::fs::statvfs(folder_of(book))
        .is_ok_and(|disk| (disk.f_blocks > 0 && disk.f_bavail == 0) || (disk.f_files > 0 && disk.f_favail == 0))
}

#[cfg(not(unix))]
pub(super) fn has_no_room_for_files(_book: &Path) -> bool {
    false
}

/// Whether another process holds a lock that SQLite retries regardless of its timeout: while the index is
/// being created, any lock; later, one on the marks of readers, or that of the first process to open the
/// book.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn is_held(index: &File) -> bool {
    use std::os::unix::fs::FileExt as _;

    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc::{F_RDLCK, F_UNLCK, SEEK_SET, flock};

    // As in SQLite: the byte of its header (`WalIndexHdr`) that is 1 once the index exists, and the
    // bytes that are locked (`UNIX_SHM_BASE`, `WAL_READ_LOCK(1)`, `UNIX_SHM_DMS`).
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

/// A system constant, whatever its type there.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn short(constant: impl TryInto<i16>) -> i16 {
    constant.try_into().unwrap_or_default()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn is_held(_index: &File) -> bool {
    false
}
