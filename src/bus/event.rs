//! An event as the store holds it and the bus delivers it.

use crate::domain::{EventType, Sequence};

/// A recorded event: its line, which is made once and copied from then on, and the line's offset in the
/// audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the history.
    pub sequence: Sequence,
    /// The stream that it belongs to.
    pub stream: StreamNumber,
    /// Its type.
    pub event_type: EventType,
    /// Its line in the audit log, line feed included.
    pub line: String,
    /// Where the line ends in the audit log, in bytes from the start.
    pub end_offset: u64,
}

/// A stream as the store numbers it: by the events that created its portfolio and its stock, 0 where it
/// has none. The book's own stream is (0, 0).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamNumber {
    /// The portfolio, 0 for none.
    pub portfolio: i64,
    /// The stock, 0 for none.
    pub stock: i64,
}

impl StoredEvent {
    /// Where the line begins in the audit log, in bytes from the start.
    #[must_use]
    pub fn start_offset(&self) -> u64 {
        self.end_offset.saturating_sub(u64::try_from(self.line.len()).unwrap_or(u64::MAX))
    }
}
