//! What distinguishes one unit of work from another.

use uuid::Uuid;

use crate::domain::Instant;

/// What distinguishes one unit of work from another.
#[derive(Debug, Clone, Copy)]
pub struct Identity {
    /// The command. Where the outcome of a commit is not known, this is what is looked up.
    pub command_id: Uuid,
    /// The clock, read once it is this unit of work's turn, so that times follow the sequence.
    pub now: fn() -> Instant,
    /// Makes up the ids of events.
    pub new_id: fn() -> Uuid,
}

impl Identity {
    /// Of work that records nothing.
    pub(super) const NONE: Self = Self { command_id: Uuid::nil(), now: || Instant::LAST, new_id: Uuid::nil };
}
