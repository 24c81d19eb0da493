//! Reads what a line of the log says about its place in the chain.

use crate::domain::Sequence;
use crate::log::EventHash;

/// A line's own number and the hash of the line before that it contains; `None` if it contains none that can
/// be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) sequence: Option<Sequence>,
    pub(super) previous_hash: Option<EventHash>,
}

impl Link {
    /// Reads the members from the two ends, where every event line has them, so that a line that is
    /// damaged in the middle still links.
    pub(super) fn of(line: &[u8]) -> Self {
        Self { sequence: leading_number(line), previous_hash: trailing_hash(line) }
    }
}

fn leading_number(line: &[u8]) -> Option<Sequence> {
    let rest = line.strip_prefix(b"{\"sequence\":")?;
    let digits = rest.split(|byte| *byte == b',').next()?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn trailing_hash(line: &[u8]) -> Option<EventHash> {
    let rest = line.strip_suffix(b"\"}\n")?;
    let (before, digits) = rest.split_at_checked(rest.len().checked_sub(64)?)?;
    let hash = std::str::from_utf8(digits).ok()?.parse().ok()?;
    before.ends_with(b",\"previous_hash\":\"").then_some(hash)
}
