//! What a file was found to be.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::activity::{Activity, Security};
use super::table::NotRecorded;
use crate::domain::Day;

/// Sections whose names are kept.
const SECTIONS: usize = 32;

/// What a file was found to be, as far as it was read.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Rows read; lines above and below a table are none.
    pub rows: u64,
    /// Rows by kind that are understood and not recorded.
    pub not_recorded: BTreeMap<NotRecorded, u64>,
    /// Lines below a table.
    pub footer_lines: u64,
    /// Rows by the name of their section, of sections that no table reads.
    pub unread_sections: BTreeMap<String, u64>,
    steps: Steps,
}

/// In which direction the days of a file go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOrder {
    /// The first row is the oldest.
    OldestFirst,
    /// The first row is the newest: of the rows of a day the last came first.
    NewestFirst,
    /// The days do not tell: rows stand as they came.
    AsListed,
}

/// Steps from one day to another.
#[derive(Debug, Clone, Default)]
struct Steps {
    last: Option<Day>,
    up: u64,
    down: u64,
    /// Of each stock, its last day.
    stocks: HashMap<Security, Day>,
    stocks_up: u64,
    stocks_down: u64,
}

impl Summary {
    /// The direction by the majority of the steps from day to day of each stock, or else of all rows.
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

    /// Goes on to the row of an activity.
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
