//! Opening the audit log: a regular file, never what a link or a pipe in its place leads to.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::files::{STRANGERS, careful, is_strangers, open_regular, rename_to_new, second_name, sync_folder_of};
use super::place::clear_leftovers;
use super::{Book, LogError};

/// How much of a log counts. Beside a private copy of a book, what others have added since it was made
/// does not.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogExtent {
    before: Option<u64>,
}

impl LogExtent {
    /// For a copy that was made when the log had that size, or later.
    pub(super) fn since(before: u64) -> Self {
        Self { before: Some(before) }
    }

    /// How much of a log of this size counts, where the history ends at `end`.
    #[must_use]
    pub fn of(self, size: u64, end: u64) -> u64 {
        if self.before.is_some_and(|before| before <= end) { size.min(end) } else { size }
    }
}

/// The log, opened for writing.
#[derive(Debug)]
pub enum OpenLog {
    /// Can be written anywhere.
    Seekable(File),
    /// May only be appended to (`chattr +a`): whatever is written goes to its end.
    AppendOnly(File),
}

impl OpenLog {
    /// The handler that keeps the log, by the name of its checkpoint.
    pub const KEEPER: &'static str = "audit_log";

    /// Opens the log at `path`, or makes it; says whether it was made now.
    ///
    /// # Errors
    /// If that is not allowed, or if something else is there than a regular file of the book's owner.
    pub fn at(path: &Path) -> Result<(Self, bool), LogError> {
        let (log, is_new) = Self::open(path).map_err(|cause| LogError::opening(path, cause))?;
        let (Self::Seekable(file) | Self::AppendOnly(file)) = &log;
        if !is_new {
            own(file, path)?;
            keep_private(file, path);
        }
        Ok((log, is_new))
    }

    fn open(path: &Path) -> io::Result<(Self, bool)> {
        let mut options = careful();
        options.read(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.clone().create_new(true).open(path) {
            Ok(file) => {
                clear_leftovers(path);
                #[cfg(unix)]
                {
                    // Whatever the umask takes away.
                    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
                    hand_over(&file, path);
                }
                return Ok((Self::Seekable(file), true));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        match open_regular(&options, path) {
            Ok(file) => Ok((Self::Seekable(file), false)),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                Ok((Self::AppendOnly(open_regular(options.write(false).append(true), path)?), false))
            }
            Err(error) => Err(error),
        }
    }

    /// The file.
    pub fn file(&mut self) -> &mut File {
        match self {
            Self::Seekable(file) | Self::AppendOnly(file) => file,
        }
    }
}

/// The book that a log belongs to: `book.db` of `book.db.audit.jsonl`.
fn book_of(log: &Path) -> Option<Metadata> {
    log.with_extension("").with_extension("").symlink_metadata().ok()
}

/// Refuses a log that somebody else may have put there.
fn own(file: &File, path: &Path) -> Result<(), LogError> {
    let metadata = file.metadata().map_err(|cause| LogError::opening(path, cause))?;
    let strangers = is_strangers(&metadata, book_of(path).as_ref()).then_some(STRANGERS);
    match strangers.or_else(|| second_name(path, &metadata)) {
        Some(what) => Err(LogError::NotOwn { path: path.to_owned(), what }),
        None => Ok(()),
    }
}

/// Takes from others what they may do with a log and not with its book.
fn keep_private(file: &File, path: &Path) {
    #[cfg(unix)]
    if let (Ok(log), Some(book)) = (file.metadata(), book_of(path)) {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let mode = log.mode() & (0o700 | book.mode()) & 0o777;
        if mode != log.mode() & 0o777 {
            // Who is not the owner cannot do this, and can write it at least.
            let _ = file.set_permissions(fs::Permissions::from_mode(mode));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, path);
}

/// Gives a new log to the owner of its book, as SQLite does with its own files, so that a command
/// that an administrator ran leaves nothing that the owner cannot write.
#[cfg(unix)]
fn hand_over(file: &File, path: &Path) {
    use rustix::fs::{Gid, Uid, fchown};
    use std::os::unix::fs::MetadataExt as _;
    let (Some(book), Ok(log)) = (book_of(path), file.metadata()) else { return };
    if book.uid() != log.uid() {
        // Who may not do this can write the log at least.
        let _ = fchown(file, Some(Uid::from_raw(book.uid())), Some(Gid::from_raw(book.gid())));
    }
}

/// Opens the log at `path` for reading.
///
/// # Errors
/// If there is none or it cannot be read, or if something else is there than a regular file of the
/// book's owner.
pub fn read_log(path: &Path) -> Result<File, LogError> {
    let file = open_regular(careful().read(true), path).map_err(|cause| LogError::opening(path, cause))?;
    own(&file, path)?;
    Ok(file)
}

/// Which file stands where a book's log should be, so that another in its place is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogMark(Option<FileId>);

#[cfg(unix)]
type FileId = (u64, u64);
#[cfg(not(unix))]
type FileId = u64;

impl LogMark {
    /// What stands there now.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        #[cfg(unix)]
        let id = |metadata: &Metadata| {
            use std::os::unix::fs::MetadataExt as _;
            (metadata.dev(), metadata.ino())
        };
        #[cfg(not(unix))]
        let id = Metadata::len;
        let path = Book::audit_log_path(book.path());
        Self(fs::symlink_metadata(path).ok().as_ref().map(id))
    }
}

/// Renames whatever stands where the log should be to `….bad-` and `stamp`, and makes the new name
/// durable; nothing is overwritten. `None` if nothing is there.
///
/// # Errors
/// If that is not allowed.
pub fn set_log_aside(path: &Path, stamp: &str) -> Result<Option<PathBuf>, LogError> {
    let aside = |attempt: u32| {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".bad-{stamp}"));
        if attempt > 1 {
            name.push(format!("-{attempt}"));
        }
        path.with_file_name(name)
    };
    let mut names = (1..).map(aside);
    let failed = |cause| LogError::Stuck { path: path.to_owned(), cause };
    loop {
        let Some(name) = names.next() else { return Ok(None) };
        match rename_to_new(path, &name) {
            Ok(()) => {
                sync_folder_of(path).map_err(failed)?;
                return Ok(Some(name));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        }
    }
}
