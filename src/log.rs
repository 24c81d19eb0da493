//! The audit log: one line for each event, chained by the hash of the line before.
//!
//! A line is made, and assigned its offset in the file, inside the unit of work; the [handler](AuditLog)
//! copies it there. What is in the file later is verified against the book's history.

mod error;
mod event;
mod file;
mod handler;
mod hash;
mod head;
mod in_step;
mod line;
mod new_log;
mod verification;

pub use error::LogError;
pub use event::{EventLine, RecordedEvent};
pub use file::{LogFile, LogIdentity, log_path, move_log_aside, read_log};
pub use handler::AuditLog;
pub use hash::EventHash;
pub use head::Head;
pub use in_step::LogInStep;
pub use new_log::PreparedLog;
pub(crate) use new_log::{LogCopy, NewLog};
pub use verification::{LogSnapshot, LogState, Problem, ProblemKind, Verdict, Witness, compare, verify};

/// More bytes than any line of a log has; a reader need not hold more at once.
pub(crate) const LONGEST_LINE: u64 = 1 << 24;
