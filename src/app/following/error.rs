//! Why a follower stops.

use std::io;
use std::path::{Path, PathBuf};

#[cfg(feature = "amqp")]
use super::broker::BrokerError;
use super::name::FollowerName;
use crate::domain::Sequence;
use crate::store::StoreError;

/// Why a follower stops, or why its recipient did not accept events.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// Another process is running it.
    #[error("the follower {0} is run by another process, or a program that it started has not ended")]
    Busy(FollowerName),
    /// There is no follower of that name.
    #[error("there is no follower {0}")]
    Unknown(FollowerName),
    /// There is no such event to begin after.
    #[error("the book has no event {0} yet")]
    NoEvent(Sequence),
    /// Its cursor is invalid.
    #[error("the cursor of the follower {name} cannot be read: {}: {cause}", path.display())]
    Unreadable {
        /// The follower.
        name: FollowerName,
        /// The cursor.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The log does not continue at the cursor.
    #[error("the audit log does not continue from event {sequence} as the follower knows it")]
    Parted {
        /// The follower.
        name: FollowerName,
        /// The last event that it knows.
        sequence: Sequence,
    },
    /// A file of the follower cannot be used.
    #[error("cannot use {}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The log cannot be read.
    #[error("cannot read the audit log: {cause}")]
    Log {
        /// Why.
        cause: String,
    },
    /// The program cannot be started.
    #[error("cannot run {program}: {cause}")]
    NotStarted {
        /// The program.
        program: String,
        /// Why.
        cause: io::Error,
    },
    /// The program did not accept events.
    #[error("{program} {why}")]
    Refused {
        /// The program.
        program: String,
        /// The exit code that says so.
        code: u8,
        /// How it ended, after its name.
        why: String,
    },
    /// A broker did not receive events.
    #[cfg(feature = "amqp")]
    #[error(transparent)]
    Broker(#[from] BrokerError),
    /// The book cannot be read.
    #[error(transparent)]
    Book(#[from] StoreError),
}

impl FollowError {
    pub(super) fn unusable(path: &Path, cause: io::Error) -> Self {
        Self::File { path: path.to_owned(), cause }
    }

    /// Whether another attempt may succeed.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Refused { .. } => true,
            #[cfg(feature = "amqp")]
            Self::Broker(error) => error.may_pass(),
            Self::Busy(_)
            | Self::Unknown(_)
            | Self::NoEvent(_)
            | Self::Unreadable { .. }
            | Self::Parted { .. }
            | Self::File { .. }
            | Self::Log { .. }
            | Self::NotStarted { .. }
            | Self::Book(_) => false,
        }
    }

    /// A stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Busy(_) => "busy",
            Self::Unknown(_) => "unknown_handler",
            Self::NoEvent(_) => "unknown_event",
            Self::Unreadable { .. } => "cursor_unreadable",
            Self::Parted { .. } => "history_differs",
            Self::File { .. } | Self::Log { .. } => "io_error",
            Self::NotStarted { .. } => "program_not_started",
            Self::Refused { .. } => "program_failed",
            #[cfg(feature = "amqp")]
            Self::Broker(error) => error.code(),
            Self::Book(error) => error.code(),
        }
    }

    /// A way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Busy(_) => Some("wait longer with --wait, or use another name".to_owned()),
            Self::Unknown(_) => Some("`stockbook handlers` lists them".to_owned()),
            Self::NoEvent(_) => Some("`stockbook audit --tail 1` shows the last one".to_owned()),
            Self::Unreadable { name, .. } => Some(format!("start over after `stockbook handlers forget {name}`")),
            Self::Parted { name, .. } => Some(format!(
                "look with `stockbook audit verify`; \
                 for another book's cursor, `stockbook handlers replay {name}` starts over"
            )),
            Self::Refused { .. } => Some("the events will be delivered again next time".to_owned()),
            #[cfg(feature = "amqp")]
            Self::Broker(error) => error.hint(),
            Self::File { .. } | Self::Log { .. } | Self::NotStarted { .. } => None,
            Self::Book(error) => error.hint().map(str::to_owned),
        }
    }
}
