//! The summary of a file.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::activity::{Activity, Security};
use super::table::NotRecorded;
use crate::domain::Day;

/// The number of section names that are kept.
const SECTIONS: usize = 32;

/// What has been found in a file so far.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// The number of rows read, without the lines above and below a table.
    pub rows: u64,
    /// The number of rows that are understood and not recorded, by kind.
    pub not_recorded: BTreeMap<NotRecorded, u64>,
    /// The number of lines below a table.
    pub footer_lines: u64,
    /// The number of rows in sections that no table reads, by name.
    pub unread_sections: BTreeMap<String, u64>,
    steps: Steps,
}

/// The chronological direction of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOrder {
    /// Oldest first.
    OldestFirst,
    /// Newest first: of the rows of a day, too, the last is the oldest.
    NewestFirst,
    /// Undecided: the rows keep their order.
    AsListed,
}

/// The number of changes of date in either direction.
#[derive(Debug, Clone, Default)]
struct Steps {
    last: Option<Day>,
    up: u64,
    down: u64,
    /// The last day of each stock.
    stocks: HashMap<Security, Day>,
    stocks_up: u64,
    stocks_down: u64,
}

impl Summary {
    /// The majority of steps from day to day within each stock, or else among all rows.
    #[must_use]
    pub fn order(&self) -> RowOrder {
        let Steps { up, down, stocks_up, stocks_down, .. } = &self.steps;
        match (stocks_up.cmp(stocks_down)).then(up.cmp(down)) {
            std::cmp::Ordering::Greater => RowOrder::OldestFirst,
            std::cmp::Ordering::Less => RowOrder::NewestFirst,
            std::cmp::Ordering::Equal => RowOrder::AsListed,
        }
    }

    pub(crate) fn count(&mut self, kind: NotRecorded) {
        let count = self.not_recorded.entry(kind).or_default();
        *count = count.saturating_add(1);
    }

    /// Counts a row of a section that no table reads.
    pub(crate) fn leave_section(&mut self, name: &str) {
        if self.unread_sections.len() < SECTIONS || self.unread_sections.contains_key(name) {
            let count = self.unread_sections.entry(name.to_owned()).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Adds the day of an activity.
    pub(crate) fn step(&mut self, activity: &Activity) {
        let (security, Some(day)) = (&activity.security, activity.when.map(|when| when.day)) else { return };
        let steps = &mut self.steps;
        count(steps.last.replace(day), day, &mut steps.up, &mut steps.down);
        match steps.stocks.get_mut(security) {
            Some(last) => count(Some(std::mem::replace(last, day)), day, &mut steps.stocks_up, &mut steps.stocks_down),
            None => {
                steps.stocks.insert(security.clone(), day);
            }
        }
    }
}

fn count(last: Option<Day>, day: Day, up: &mut u64, down: &mut u64) {
    let Some(last) = last else { return };
    *up = up.saturating_add(u64::from(day > last));
    *down = down.saturating_add(u64::from(day < last));
}
