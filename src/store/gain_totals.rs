//! What sales realized, by position and year.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use hashbrown::HashMap;
use rusqlite::{OptionalExtension, Row};

use super::StoreError;
use super::events::StreamKey;
use super::statements::Statements;
use super::values::text;
use crate::domain::{Disposal, GainTotals, TooLarge};

/// The gains, by position and year, that a unit of work has changed; written at the commit.
#[derive(Default)]
pub(super) struct GainCache(HashMap<StreamKey, BTreeMap<i32, GainTotals>>);

impl GainCache {
    /// Adds what a position's sales realized to its years.
    pub(super) fn add(
        &mut self,
        statements: &mut Statements<'_>,
        key: StreamKey,
        disposals: &[Disposal],
    ) -> Result<(), StoreError> {
        disposals.iter().try_for_each(|disposal| self.change(statements, key, disposal, GainTotals::plus))
    }

    /// Subtracts what sales that no longer count had realized from a position's years.
    pub(super) fn take_out<'d>(
        &mut self,
        statements: &mut Statements<'_>,
        key: StreamKey,
        disposals: impl IntoIterator<Item = &'d Disposal>,
    ) -> Result<(), StoreError> {
        disposals.into_iter().try_for_each(|disposal| self.change(statements, key, disposal, GainTotals::minus))
    }

    fn change(
        &mut self,
        statements: &mut Statements<'_>,
        key: StreamKey,
        disposal: &Disposal,
        change: fn(&GainTotals, &GainTotals) -> Result<GainTotals, TooLarge>,
    ) -> Result<(), StoreError> {
        let year = disposal.sold_on.year();
        let totals = match self.0.entry(key).or_default().entry(year) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(open) => open.insert(stored(statements, key, year)?),
        };
        *totals = change(totals, &GainTotals::of(disposal))?;
        Ok(())
    }

    /// Clears the years of a position that is rebuilt.
    pub(super) fn clear(&mut self, statements: &mut Statements<'_>, key: StreamKey) -> Result<(), StoreError> {
        static SQL: &str = "DELETE FROM gain_totals WHERE portfolio = ?1 AND stock = ?2";
        statements.get(SQL)?.execute(key)?;
        self.0.remove(&key);
        Ok(())
    }

    /// Writes the years that have changed.
    pub(super) fn write(&mut self, statements: &mut Statements<'_>) -> Result<(), StoreError> {
        static SQL: &str = "INSERT OR REPLACE INTO gain_totals
                (portfolio, stock, year, quantity, proceeds, cost_basis, gain, short_term_gain, long_term_gain)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        static DELETE: &str = "DELETE FROM gain_totals WHERE portfolio = ?1 AND stock = ?2 AND year = ?3";
        let positions = std::mem::take(&mut self.0).into_iter();
        let years = positions.flat_map(|(key, years)| years.into_iter().map(move |(year, totals)| (key, year, totals)));
        for ((portfolio, stock), year, totals) in years {
            // The last sale of the year was reverted.
            if totals == GainTotals::default() {
                statements.get(DELETE)?.execute((portfolio, stock, year))?;
                continue;
            }
            statements.get(SQL)?.execute((
                portfolio,
                stock,
                year,
                totals.quantity.plain(),
                totals.proceeds.plain(),
                totals.cost_basis.plain(),
                totals.gain.plain(),
                totals.short_term_gain.plain(),
                totals.long_term_gain.plain(),
            ))?;
        }
        Ok(())
    }
}

fn stored(statements: &mut Statements<'_>, (portfolio, stock): StreamKey, year: i32) -> Result<GainTotals, StoreError> {
    static SQL: &str = "SELECT quantity, proceeds, cost_basis, gain, short_term_gain, long_term_gain
            FROM gain_totals WHERE portfolio = ?1 AND stock = ?2 AND year = ?3";
    let found = statements.get(SQL)?.query_row((portfolio, stock, year), |row| gain_totals(row, 0));
    Ok(found.optional()?.unwrap_or_default())
}

/// The totals in six columns of a row.
pub(super) fn gain_totals(row: &Row<'_>, first: usize) -> rusqlite::Result<GainTotals> {
    let column = |n: usize| first.saturating_add(n);
    Ok(GainTotals {
        quantity: text(row, column(0))?,
        proceeds: text(row, column(1))?,
        cost_basis: text(row, column(2))?,
        gain: text(row, column(3))?,
        short_term_gain: text(row, column(4))?,
        long_term_gain: text(row, column(5))?,
    })
}
