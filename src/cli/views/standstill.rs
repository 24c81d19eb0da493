//! Periods in which nothing changed.

use crate::domain::CalendarPeriod;

/// A sentence about periods in which nothing changes.
pub(in crate::cli) fn standstill(first: CalendarPeriod, last: CalendarPeriod) -> String {
    format!("{first} to {last}: no money moved, and no price changed")
}
