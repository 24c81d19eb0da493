//! What sales realized, by position and year.

use rusqlite::{OptionalExtension, Row};

use super::events::StreamKey;
use super::values::text;
use super::{StoreError, UnitOfWork};
use crate::domain::{Disposal, GainTotals, TooLarge};

impl UnitOfWork<'_> {
    /// Adds what a position's sales realized to its years; written at the commit.
    pub(super) fn add_gains(&mut self, key: StreamKey, disposals: &[Disposal]) -> Result<(), StoreError> {
        self.change_gains(key, disposals, GainTotals::plus)
    }

    /// Takes what sales that do not count any more had realized out of a position's years.
    pub(super) fn take_gains<'d>(
        &mut self,
        key: StreamKey,
        disposals: impl IntoIterator<Item = &'d Disposal>,
    ) -> Result<(), StoreError> {
        self.change_gains(key, disposals, GainTotals::minus)
    }

    fn change_gains<'d>(
        &mut self,
        key: StreamKey,
        disposals: impl IntoIterator<Item = &'d Disposal>,
        change: fn(&GainTotals, &GainTotals) -> Result<GainTotals, TooLarge>,
    ) -> Result<(), StoreError> {
        let mut disposals = disposals.into_iter();
        disposals.try_for_each(|it| self.change_year((key, it.sold_on.year()), &GainTotals::of(it), change))
    }

    /// Changes what the sales of a position in a year come to.
    pub(super) fn change_year(
        &mut self,
        year: (StreamKey, i32),
        by: &GainTotals,
        change: fn(&GainTotals, &GainTotals) -> Result<GainTotals, TooLarge>,
    ) -> Result<(), StoreError> {
        let totals = match self.gain_totals.get(&year) {
            Some(totals) => totals.clone(),
            None => self.stored_gain_totals(year)?,
        };
        self.gain_totals.insert(year, change(&totals, by)?);
        Ok(())
    }

    /// Forgets the years of a position, which is made anew.
    pub(super) fn clear_gains(&mut self, key: StreamKey) -> Result<(), StoreError> {
        static SQL: &str = "DELETE FROM gain_totals WHERE portfolio = ?1 AND stock = ?2";
        self.statements.get(SQL)?.execute(key)?;
        self.gain_totals.retain(|(of, _), _| *of != key);
        Ok(())
    }

    pub(super) fn write_gains(&mut self) -> Result<(), StoreError> {
        static SQL: &str = "INSERT OR REPLACE INTO gain_totals
                (portfolio, stock, year, quantity, proceeds, cost_basis, gain, short_term_gain, long_term_gain)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        static DELETE: &str = "DELETE FROM gain_totals WHERE portfolio = ?1 AND stock = ?2 AND year = ?3";
        for (((portfolio, stock), year), totals) in std::mem::take(&mut self.gain_totals) {
            // The last sale of the year was taken back.
            if totals.quantity.is_zero() {
                self.statements.get(DELETE)?.execute((portfolio, stock, year))?;
                continue;
            }
            self.statements.get(SQL)?.execute((
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

    fn stored_gain_totals(&mut self, ((portfolio, stock), year): (StreamKey, i32)) -> Result<GainTotals, StoreError> {
        static SQL: &str = "SELECT quantity, proceeds, cost_basis, gain, short_term_gain, long_term_gain
            FROM gain_totals WHERE portfolio = ?1 AND stock = ?2 AND year = ?3";
        let found = self.statements.get(SQL)?.query_row((portfolio, stock, year), |row| gain_totals(row, 0));
        Ok(found.optional()?.unwrap_or_default())
    }
}

/// The totals that stand in six columns of a row.
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
