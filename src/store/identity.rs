//! The id, clock and source of ids of a unit of work.

use uuid::Uuid;

use crate::domain::Instant;

/// The id, clock and source of ids of a unit of work.
#[derive(Debug, Clone, Copy)]
pub struct Identity {
    /// The id of the command, which is looked up if the outcome of a commit is unknown.
    pub command_id: Uuid,
    /// The clock, read once this unit of work has the lock, so that times increase with the sequence.
    pub now: fn() -> Instant,
    /// Generates the ids of events.
    pub new_id: fn() -> Uuid,
}

impl Identity {
    /// For work that records nothing.
    pub(super) const NONE: Self = Self { command_id: Uuid::nil(), now: || Instant::LAST, new_id: Uuid::nil };
}
