//! Reactions to events, but for the [audit log](crate::log)'s. Known to the composition root alone.

mod summary_cache;

pub use summary_cache::SummaryCache;
