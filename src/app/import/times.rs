//! Detecting times that mean nothing.

use super::file::ImportRow;
use crate::domain::TimeOfDay;

/// The times of a file's rows.
#[derive(Debug, Default)]
pub(super) struct Times {
    rows: u64,
    only: Option<TimeOfDay>,
    /// Whether the times differ, or some rows have none.
    differ: bool,
    /// Whether a row is identified by its content alone.
    is_any_without_id: bool,
}

impl Times {
    /// Adds a row.
    pub(super) fn follow(&mut self, row: &ImportRow) {
        let time = match row {
            ImportRow::Trade(row) => row.time,
            ImportRow::Dividend(row) => row.time,
            ImportRow::Transfer(row) => row.time,
            // These never have a time of their own.
            ImportRow::Split(_)
            | ImportRow::Convert(_)
            | ImportRow::CostChange(_)
            | ImportRow::WriteOff(_)
            | ImportRow::CorporateAction(_)
            | ImportRow::CashInLieu(_)
            | ImportRow::Price(_) => return,
        };
        self.differ |= time.is_none() || (self.rows > 0 && time != self.only);
        self.is_any_without_id |= row.given_id().is_none();
        self.only = time;
        self.rows = self.rows.saturating_add(1);
    }

    /// Whether all rows have the same time, as happens when a format requires a time that the broker does not
    /// know. If a row is identified by its content, its time must be kept, because another export of the file
    /// may contain one more row with another time.
    pub(super) fn say_nothing(&self) -> bool {
        self.rows > 1 && !self.differ && !self.is_any_without_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::import::file::DividendRow;
    use crate::domain::Money;

    fn row(time: Option<&str>, id: Option<&str>) -> ImportRow {
        ImportRow::Dividend(DividendRow {
            date: "2024-01-02".parse().unwrap(),
            time: time.map(|time| time.parse().unwrap()),
            instant: None,
            symbol: "ACME".parse().unwrap(),
            ex_date: None,
            amount: "1".parse::<Money>().unwrap(),
            withholding: Money::ZERO,
            portfolio: None,
            note: None,
            id: id.map(|id| id.parse().unwrap()),
            currency: None,
            paid: None,
            settled: None,
            exchanged: None,
        })
    }

    fn say_nothing(rows: &[(Option<&str>, Option<&str>)]) -> bool {
        let mut times = Times::default();
        for (time, id) in rows {
            times.follow(&row(*time, *id));
        }
        times.say_nothing()
    }

    #[test]
    fn a_time_that_all_rows_have_says_nothing_unless_they_are_known_by_it() {
        let (noon, one) = (Some("12:00"), Some("13:00"));
        assert!(say_nothing(&[(noon, Some("a")), (noon, Some("b"))]));
        assert!(!say_nothing(&[(noon, Some("a"))]));
        assert!(!say_nothing(&[(noon, Some("a")), (one, Some("b"))]));
        assert!(!say_nothing(&[(noon, Some("a")), (None, Some("b"))]));
        assert!(!say_nothing(&[(None, Some("a")), (None, Some("b"))]));
        assert!(!say_nothing(&[(noon, None), (noon, Some("b"))]));
    }
}
