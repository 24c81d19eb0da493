//! Reactions to events, except the [audit log](crate::log). Known to the composition root alone.

mod summary_cache;

pub use summary_cache::SummaryCache;
