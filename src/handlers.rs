//! Reactions to events. Known to the composition root alone.

mod audit_log;
mod summary_cache;

pub use audit_log::AuditLog;
pub use summary_cache::SummaryCache;
