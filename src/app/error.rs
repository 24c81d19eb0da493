//! Why a command fails: what went wrong, its kind, and what to do about it.
//!
//! Every error that can reach the user is a variant of [`AppError`], created where it is known what happened.
//! Kind, code and hint are determined by exhaustive matches, so that an error without them does not compile.

mod missing_rates;

use std::io;

use super::following::FollowError;
use super::import::ImportError;
use crate::bus::ForeignEffect;
use crate::domain::{DomainError, TooLarge, ValueError};
use crate::log::LogError;
use crate::store::{BackupError, OutputError, StoreError};

pub use missing_rates::{MissingRate, MissingRates};

/// Why a command failed. Nothing was recorded, unless it is [`Self::OutcomeUnknown`].
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A value that breaks a rule of its type.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// Arguments that are wrong, whatever the book contains.
    #[error("{message}")]
    Usage {
        /// The stable code for scripts.
        code: &'static str,
        /// What is wrong.
        message: String,
        /// A way out.
        hint: String,
    },
    /// The domain refuses it.
    #[error(transparent)]
    Domain(Box<DomainError>),
    /// A requested figure, most often a total, has more digits than a book can hold.
    #[error("a total has more digits than a book can hold (18 before the point, 28 in all)")]
    TooLarge(#[from] TooLarge),
    /// A report adds up amounts of one currency, but there are several.
    #[error("targets are shares of one total, and there are several currencies: {0}")]
    SeveralCurrencies(String),
    /// Two targets are of one stock, which had another symbol before.
    #[error("--target names {0} twice, by two of its symbols")]
    TargetTwice(String),
    /// A report needs rates that are unknown.
    #[error(transparent)]
    NoRate(Box<MissingRates>),
    /// Files could not be imported.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The book cannot be read or written.
    #[error(transparent)]
    Store(StoreError),
    /// A backup was not made.
    #[error(transparent)]
    Backup(Box<BackupError>),
    /// A file was not written.
    #[error(transparent)]
    Export(#[from] OutputError),
    /// A follower cannot continue.
    #[error(transparent)]
    Follow(Box<FollowError>),
    /// The audit log cannot be read or written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A line of the audit log is not that of an event.
    #[error("a line of the audit log {0}")]
    LogLine(String),
    /// The effect of a handler was changed by someone else.
    #[error(transparent)]
    Foreign(#[from] ForeignEffect),
    /// Any other error of a handler.
    #[error("{0:#}")]
    Handler(anyhow::Error),
    /// A verification found a problem, and has reported it.
    #[error("{message}")]
    Found {
        /// The stable code for scripts.
        code: &'static str,
        /// The message.
        message: String,
        /// What to do about it, if anything.
        hint: Option<String>,
    },
    /// An operating system error, not about the book.
    #[error("cannot {doing}: {cause}")]
    System {
        /// What was attempted: `read formats/bank.toml`.
        doing: String,
        /// Why not.
        cause: io::Error,
    },
    /// Results cannot be written to standard output. This is the meaning of any plain I/O error; code
    /// that reads something says what, with [`Self::system`].
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
    /// The user stopped it.
    #[error("interrupted; nothing was recorded")]
    Interrupted,
    /// The commit failed, and the book cannot be read to find out whether it took effect nevertheless.
    #[error("outcome unknown: the system failed while committing, and the book cannot be read")]
    OutcomeUnknown,
}

/// The kinds of errors, which scripts distinguish by exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The reader of the output is gone, so there is no one to report to.
    ReaderGone,
    /// A file, the system or the book is at fault.
    Environment,
    /// The arguments are wrong, which can be told from them and the clock alone.
    Usage,
    /// The book or an input file does not allow it.
    Refused,
    /// A verification found a problem.
    Found,
    /// Another process holds the book.
    Busy,
    /// It may have been recorded, or not.
    OutcomeUnknown,
    /// The user stopped it.
    Interrupted,
    /// A program run for the user failed with this exit code.
    Program(u8),
}

impl AppError {
    /// The error for a lack of memory.
    #[must_use]
    pub fn out_of_memory() -> Self {
        Self::Store(StoreError::OutOfMemory)
    }

    /// The error for a book that refers to something that does not exist.
    #[must_use]
    pub fn damaged(what: &str) -> Self {
        Self::Store(StoreError::Damaged(what.to_owned()))
    }

    /// The error for an event in the book that this version cannot parse.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub fn unreadable_event(error: serde_json::Error) -> Self {
        Self::Store(StoreError::Damaged(format!("an event cannot be read: {error}")))
    }

    /// A line of the audit log is not that of an event.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub fn unreadable_line(error: serde_json::Error) -> Self {
        Self::LogLine(format!("is not an event: {error}"))
    }

    /// Wraps an operating system error, with what was attempted: `read the audit log`.
    pub fn system(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::System { doing: doing.into(), cause }
    }

    /// Converts an error of a handler, which the bus passes on without knowing its type. An error of an
    /// unknown type counts as one of the environment.
    pub(crate) fn of_handler(cause: anyhow::Error) -> Self {
        let own = |cause: anyhow::Error| cause.downcast::<Self>();
        let foreign = |cause: anyhow::Error| cause.downcast::<ForeignEffect>().map(Self::from);
        let store = |cause: anyhow::Error| cause.downcast::<StoreError>().map(Self::from);
        let log = |cause: anyhow::Error| cause.downcast::<LogError>().map(Self::from);
        own(cause).or_else(foreign).or_else(store).or_else(log).unwrap_or_else(Self::Handler)
    }

    /// The kind, which determines the exit code.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Value(_) | Self::Usage { .. } => ErrorKind::Usage,
            Self::Domain(error) => of_domain(error),
            Self::TooLarge(TooLarge) | Self::SeveralCurrencies(_) | Self::TargetTwice(_) | Self::NoRate(_) => {
                ErrorKind::Refused
            }
            Self::Import(error) => match error {
                ImportError::Input { .. } => ErrorKind::Environment,
                ImportError::Refused { .. } => ErrorKind::Refused,
            },
            Self::Store(error) => of_store(error),
            Self::Backup(error) => of_backup(error),
            Self::Follow(error) => of_follower(error),
            Self::Output(cause) if cause.kind() == io::ErrorKind::BrokenPipe => ErrorKind::ReaderGone,
            Self::Export(_)
            | Self::Log(_)
            | Self::LogLine(_)
            | Self::Foreign(_)
            | Self::Handler(_)
            | Self::System { .. }
            | Self::Output(_) => ErrorKind::Environment,
            Self::Found { .. } => ErrorKind::Found,
            Self::Interrupted => ErrorKind::Interrupted,
            Self::OutcomeUnknown => ErrorKind::OutcomeUnknown,
        }
    }

    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Value(error) => error.code,
            Self::Usage { code, .. } | Self::Found { code, .. } => code,
            Self::Domain(error) => error.code(),
            Self::TooLarge(TooLarge) => "too_large",
            Self::SeveralCurrencies(_) => "several_currencies",
            Self::TargetTwice(_) => "invalid_target",
            Self::NoRate(_) => "no_rate",
            Self::Import(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Backup(error) => error.code(),
            Self::Export(error) => error.code(),
            Self::Follow(error) => error.code(),
            Self::Log(error) => error.code(),
            Self::LogLine(_) => "unreadable_log",
            Self::Foreign(error) => error.code,
            Self::Handler(_) => "internal_error",
            Self::System { .. } | Self::Output(_) => "io_error",
            Self::Interrupted => "interrupted",
            Self::OutcomeUnknown => "outcome_unknown",
        }
    }

    /// What to do about it, if anything.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Value(error) => error.hint.clone(),
            Self::Usage { hint, .. } => Some(hint.clone()),
            Self::Found { hint, .. } => hint.clone(),
            Self::Domain(error) => error.hint(),
            Self::TooLarge(TooLarge) => {
                Some("narrow it down with --portfolio, --symbol or a shorter period".to_owned())
            }
            Self::SeveralCurrencies(_) => Some(
                "count all of it in one with --in, or name a portfolio of one currency with --portfolio".to_owned(),
            ),
            Self::TargetTwice(_) => Some("give each stock once".to_owned()),
            Self::NoRate(missing) => Some(missing.hint()),
            Self::Import(error) => error.hint(),
            Self::Store(error) => error.hint().map(str::to_owned),
            Self::Backup(error) => error.hint(),
            Self::Export(error) => Some(error.hint()),
            Self::Follow(error) => error.hint(),
            Self::Log(error) => Some(error.advice().to_owned()),
            Self::LogLine(_) => Some("`stockbook audit verify` tells what is wrong with it".to_owned()),
            Self::Foreign(error) => Some(error.hint.clone()),
            Self::OutcomeUnknown => {
                Some("repeat the command with the same --id, or look with `stockbook audit --tail 1`".to_owned())
            }
            Self::Handler(_) | Self::System { .. } | Self::Output(_) | Self::Interrupted => None,
        }
    }

    /// Whether another process holds the book.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.kind() == ErrorKind::Busy
    }
}

impl From<DomainError> for AppError {
    fn from(error: DomainError) -> Self {
        Self::Domain(Box::new(error))
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        if let StoreError::Refused(error) = error {
            return error.into();
        }
        if matches!(error, StoreError::Interrupted) { Self::Interrupted } else { Self::Store(error) }
    }
}

impl From<BackupError> for AppError {
    fn from(error: BackupError) -> Self {
        if let BackupError::Book(error) = error {
            return error.into();
        }
        if matches!(error, BackupError::Interrupted) { Self::Interrupted } else { Self::Backup(Box::new(error)) }
    }
}

impl From<FollowError> for AppError {
    fn from(error: FollowError) -> Self {
        if let FollowError::Book(error) = error { error.into() } else { Self::Follow(Box::new(error)) }
    }
}

fn of_domain(error: &DomainError) -> ErrorKind {
    match error {
        DomainError::LotsMissing { .. } => ErrorKind::Environment,
        DomainError::InsufficientQuantity { .. }
        | DomainError::HeldElsewhere { .. }
        | DomainError::LotShort { .. }
        | DomainError::PickedLotsDiffer { .. }
        | DomainError::LeavesUncovered { .. }
        | DomainError::ExcessWithholding { .. }
        | DomainError::SettlementDiffers { .. }
        | DomainError::FeeBeyondSettlement { .. }
        | DomainError::RateNeeded { .. }
        | DomainError::FeeRateNeeded { .. }
        | DomainError::NeedlessRate { .. }
        | DomainError::NothingHeld { .. }
        | DomainError::UnknownId(..)
        | DomainError::AmbiguousId { .. }
        | DomainError::NotAmendable { .. }
        | DomainError::NotASale { .. }
        | DomainError::SymbolExists { .. }
        | DomainError::PortfolioExists { .. }
        | DomainError::UnknownSymbol { .. }
        | DomainError::UnknownPortfolio { .. }
        | DomainError::IdConflict { .. }
        | DomainError::AdjustmentUnclear { .. }
        | DomainError::IndustryWithoutSector { .. }
        | DomainError::CurrencyInUse { .. }
        | DomainError::SplitExists { .. }
        | DomainError::SplitNearby { .. }
        | DomainError::CurrencyMismatch { .. }
        | DomainError::TooLarge { .. }
        | DomainError::PriceTooLarge { .. }
        | DomainError::NoFraction { .. }
        | DomainError::SeveralFractions { .. }
        | DomainError::NothingToAdjust { .. }
        | DomainError::SeveralHolders { .. }
        | DomainError::HoldersChange { .. }
        | DomainError::NotConvertible { .. }
        | DomainError::ConversionExists { .. }
        | DomainError::NoNewFraction { .. } => ErrorKind::Refused,
    }
}

fn of_store(error: &StoreError) -> ErrorKind {
    match error {
        StoreError::Refused(error) => of_domain(error),
        StoreError::TooLarge(_) => ErrorKind::Refused,
        StoreError::Busy => ErrorKind::Busy,
        StoreError::Interrupted => ErrorKind::Interrupted,
        StoreError::NoBook(_)
        | StoreError::NotAFile { .. }
        | StoreError::NotABook { .. }
        | StoreError::Leftover { .. }
        | StoreError::NewerBook { .. }
        | StoreError::Damaged(_)
        | StoreError::Unwritable(_)
        | StoreError::BegunElsewhere(_)
        | StoreError::VersionConflict { .. }
        | StoreError::DiskFull
        | StoreError::OutOfMemory
        | StoreError::TooManyFiles
        | StoreError::Io(_)
        | StoreError::Sqlite(_) => ErrorKind::Environment,
    }
}

fn of_backup(error: &BackupError) -> ErrorKind {
    match error {
        BackupError::Book(error) => of_store(error),
        BackupError::Interrupted => ErrorKind::Interrupted,
        BackupError::Exists(_)
        | BackupError::IsBook(_)
        | BackupError::NotAFile { .. }
        | BackupError::InUse(_)
        | BackupError::LeftOpen { .. }
        | BackupError::NoFolder { .. }
        | BackupError::Unwritable { .. }
        | BackupError::Unsound(_)
        | BackupError::Altered(_) => ErrorKind::Environment,
    }
}

fn of_follower(error: &FollowError) -> ErrorKind {
    match error {
        FollowError::Busy(_) => ErrorKind::Busy,
        FollowError::Unknown(_) | FollowError::NoEvent(_) => ErrorKind::Refused,
        FollowError::Refused { code, .. } => ErrorKind::Program(*code),
        #[cfg(feature = "amqp")]
        FollowError::Broker(_) => ErrorKind::Environment,
        FollowError::Book(error) => of_store(error),
        FollowError::Unreadable { .. }
        | FollowError::Parted { .. }
        | FollowError::File { .. }
        | FollowError::Log { .. }
        | FollowError::NotStarted { .. } => ErrorKind::Environment,
    }
}

#[cfg(test)]
mod tests;
