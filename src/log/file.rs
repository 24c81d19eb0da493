//! Opens the audit log: a regular file, never the target of a link or a pipe at its path.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::LogError;
use crate::files::pending::clear_leftovers;
use crate::files::{
    ANOTHER_USERS_FILE, belongs_to_another_user, beside, no_follow_options, open_regular, rename_to_new, second_name,
    sync_folder_of,
};

/// Where the audit log of a book is: `book.db.audit.jsonl` beside `book.db`.
#[must_use]
pub fn log_path(book: &Path) -> PathBuf {
    beside(book, ".audit.jsonl")
}

/// The log of a book, and how much of it to consider.
#[derive(Debug, Clone)]
pub struct LogFile {
    path: PathBuf,
    /// Its size when a private copy of the book was made; what other processes have appended since is
    /// ignored.
    size_before_copy: Option<u64>,
}

impl LogFile {
    /// The log of the book at `path`.
    #[must_use]
    pub fn of(book: &Path) -> Self {
        Self { path: log_path(book), size_before_copy: None }
    }

    /// The log as of now, for a private copy of its book that is about to be made.
    #[must_use]
    pub fn before_copy(self) -> Self {
        let size = self.path.metadata().map_or(0, |log| log.len());
        Self { size_before_copy: Some(size), ..self }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many of its bytes to consider if it has `size` bytes and the history ends at `end`.
    #[must_use]
    pub fn counted(&self, size: u64, end: u64) -> u64 {
        if self.size_before_copy.is_some_and(|before| before <= end) { size.min(end) } else { size }
    }
}

/// The log, opened for writing.
#[derive(Debug)]
pub(super) enum OpenLog {
    /// Can be written at any offset.
    Seekable(File),
    /// May only be appended to (`chattr +a`): whatever is written goes to its end.
    AppendOnly(File),
}

impl OpenLog {
    /// Opens the log at `path`, creating it if there is none; says whether it was created.
    ///
    /// # Errors
    /// If that is not allowed, or if something other than a regular file of the book's owner is there.
    pub(super) fn at(path: &Path) -> Result<(Self, bool), LogError> {
        let (log, is_new) = Self::open(path).map_err(|cause| LogError::opening(path, cause))?;
        let (Self::Seekable(file) | Self::AppendOnly(file)) = &log;
        if !is_new {
            check_owner(file, path)?;
            restrict_permissions(file, path);
        }
        Ok((log, is_new))
    }

    fn open(path: &Path) -> io::Result<(Self, bool)> {
        let mut options = no_follow_options();
        options.read(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.clone().create_new(true).open(path) {
            Ok(file) => {
                clear_leftovers(path);
                #[cfg(unix)]
                {
                    // Regardless of the umask.
                    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
                    give_to_owner(&file, path);
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
    pub(super) fn file(&mut self) -> &mut File {
        match self {
            Self::Seekable(file) | Self::AppendOnly(file) => file,
        }
    }
}

/// The metadata of the book that a log belongs to: `book.db` for `book.db.audit.jsonl`.
fn book_of(log: &Path) -> Option<Metadata> {
    log.with_extension("").with_extension("").symlink_metadata().ok()
}

/// Refuses a log that somebody else may have put there.
fn check_owner(file: &File, path: &Path) -> Result<(), LogError> {
    let metadata = file.metadata().map_err(|cause| LogError::opening(path, cause))?;
    let strangers = belongs_to_another_user(&metadata, book_of(path).as_ref()).then_some(ANOTHER_USERS_FILE);
    match strangers.or_else(|| second_name(path, &metadata)) {
        Some(what) => Err(LogError::NotOwn { path: path.to_owned(), what }),
        None => Ok(()),
    }
}

/// Removes permissions on the log that others do not have on its book.
fn restrict_permissions(file: &File, path: &Path) {
    #[cfg(unix)]
    if let (Ok(log), Some(book)) = (file.metadata(), book_of(path)) {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let mode = log.mode() & (0o700 | book.mode()) & 0o777;
        if mode != log.mode() & 0o777 {
            // Only the owner may do this; anyone else can at least write the log.
            let _ = file.set_permissions(fs::Permissions::from_mode(mode));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, path);
}

/// Gives a new log to the owner of its book, as SQLite does with its own files, so that a command run by
/// an administrator leaves no file that the owner cannot write.
#[cfg(unix)]
fn give_to_owner(file: &File, path: &Path) {
    use rustix::fs::{Gid, Uid, fchown};
    use std::os::unix::fs::MetadataExt as _;
    let (Some(book), Ok(log)) = (book_of(path), file.metadata()) else { return };
    if book.uid() != log.uid() {
        // Without the privilege to do this, the log can at least be written.
        let _ = fchown(file, Some(Uid::from_raw(book.uid())), Some(Gid::from_raw(book.gid())));
    }
}

/// Opens the log at `path` for reading.
///
/// # Errors
/// If there is none or it cannot be read, or if something other than a regular file of the book's owner
/// is there.
pub fn read_log(path: &Path) -> Result<File, LogError> {
    let file = open_regular(no_follow_options().read(true), path).map_err(|cause| LogError::opening(path, cause))?;
    check_owner(&file, path)?;
    Ok(file)
}

/// The identity of the file at a log's path, so that a replaced file is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogIdentity(Option<FileId>);

#[cfg(unix)]
type FileId = (u64, u64);
#[cfg(not(unix))]
type FileId = u64;

impl LogIdentity {
    /// The file that is there now.
    #[must_use]
    pub fn of(log: &LogFile) -> Self {
        #[cfg(unix)]
        let id = |metadata: &Metadata| {
            use std::os::unix::fs::MetadataExt as _;
            (metadata.dev(), metadata.ino())
        };
        #[cfg(not(unix))]
        let id = Metadata::len;
        Self(fs::symlink_metadata(&log.path).ok().as_ref().map(id))
    }
}

/// Renames whatever is at the log's path by appending `.bad-` and `stamp`, and makes the new name
/// durable; nothing is overwritten. `None` if nothing is there.
///
/// # Errors
/// If that is not allowed.
pub fn move_log_aside(path: &Path, stamp: &str) -> Result<Option<PathBuf>, LogError> {
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

/// Whether `bytes` can be what a crash left of a line: some of its bytes, with the others zero or missing.
pub(super) fn is_remnant(bytes: &[u8], line: &str) -> bool {
    bytes.iter().zip(line.as_bytes()).all(|(there, ours)| there == ours || *there == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_that_are_moved_aside_at_one_instant_get_names_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        for (content, name) in [("one", "log.bad-now"), ("two", "log.bad-now-2"), ("three", "log.bad-now-3")] {
            fs::write(&path, content).unwrap();
            let aside = move_log_aside(&path, "now").unwrap();
            assert_eq!(aside, Some(folder.path().join(name)));
            assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), content);
        }
        assert_eq!(move_log_aside(&path, "now").unwrap(), None);
    }
}
