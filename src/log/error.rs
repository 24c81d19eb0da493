//! Why the audit log could not be read or written, and what to do about it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::files::{is_for_want_of_files, other_than_file};

/// The log could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// Something other than a regular file is at the log's path.
    #[error("{} is {what}, not a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What is there.
        what: &'static str,
    },
    /// A regular file that somebody other than the book's owner may have made.
    #[error("{} is {what}, not the book's own", path.display())]
    NotOwn {
        /// The path.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// It needs a repair in the middle, but may only be appended to.
    #[error("{} is append-only and needs a repair", .0.display())]
    AppendOnly(PathBuf),
    /// It cannot be moved aside.
    #[error("cannot move {} aside: {cause}", path.display())]
    Stuck {
        /// The log.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// An operating system error.
    #[error("cannot {doing} {}: {cause}", path.display())]
    Failed {
        /// What was attempted: `open`.
        doing: &'static str,
        /// The log.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
}

impl LogError {
    /// The log at `path` could not be opened. Names what is at the path, where that explains more than
    /// the system's error.
    pub(super) fn opening(path: &Path, cause: io::Error) -> Self {
        match fs::symlink_metadata(path) {
            Ok(metadata) if let Some(what) = other_than_file(&metadata) => {
                Self::NotAFile { path: path.to_owned(), what }
            }
            Ok(_) | Err(_) => Self::failed("open", path, cause),
        }
    }

    /// An operation on the log at `path` failed.
    #[must_use]
    pub fn failed(doing: &'static str, path: &Path, cause: io::Error) -> Self {
        Self::Failed { doing, path: path.to_owned(), cause }
    }

    /// Whether there is no log.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Failed { cause, .. } if cause.kind() == ErrorKind::NotFound)
    }

    /// Whether the log was not even opened, because too many files are open.
    #[must_use]
    pub fn is_for_want_of_files(&self) -> bool {
        matches!(self, Self::Failed { cause, .. } if is_for_want_of_files(cause))
    }

    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAFile { .. } => "log_not_a_file",
            Self::NotOwn { .. } => "log_not_own",
            Self::AppendOnly(_) => "log_append_only",
            Self::Stuck { .. } => "log_stuck",
            Self::Failed { .. } => "io_error",
        }
    }

    /// What to do about it, and what happens after that.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NotAFile { .. } | Self::NotOwn { .. } => "`stockbook audit repair` moves it aside and writes the log",
            Self::AppendOnly(_) => "make it writable with `chattr -a`, and the next command repairs it",
            Self::Stuck { .. } => {
                "allow it with `chattr -a -i` on the file or `chmod u+w` on its folder, and try again"
            }
            Self::Failed { cause, .. } if is_for_want_of_files(cause) => {
                "allow for more open files (`ulimit -n`), and the next command writes it"
            }
            Self::Failed { cause, .. } => {
                let known = REMEDIES.iter().find(|(kinds, _)| kinds.contains(&cause.kind()));
                known.map_or("the next command writes it", |(_, remedy)| remedy)
            }
        }
    }
}

const REMEDIES: [(&[ErrorKind], &str); 4] = [
    (&[ErrorKind::StorageFull, ErrorKind::QuotaExceeded], "make room, and the next command writes it"),
    (&[ErrorKind::FileTooLarge], "raise the limit on the size of files, and the next command writes it"),
    (
        &[ErrorKind::PermissionDenied],
        "allow it with `chmod u+rw` or `chattr -i`, also on its folder, and the next command writes it",
    ),
    (&[ErrorKind::ReadOnlyFilesystem], "make the file system writable, and the next command writes it"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_followed_by_what_to_do() {
        // Linux: ENOSPC, EDQUOT, EFBIG, EACCES, EPERM, EROFS, EMFILE, EIO.
        let advised = |(errno, advice): (i32, &str)| {
            let error = LogError::failed("write", Path::new("log"), io::Error::from_raw_os_error(errno));
            assert!(error.advice().contains(advice), "{error}: {}", error.advice());
        };
        [
            (28, "room"),
            (122, "room"),
            (27, "limit"),
            (13, "chmod"),
            (1, "chattr"),
            (30, "file system"),
            (24, "ulimit -n"),
            (5, "next command"),
        ]
        .into_iter()
        .for_each(advised);
    }
}
