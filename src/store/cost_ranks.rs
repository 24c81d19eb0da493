//! Open lots by their cost per share, through an index: where sales take the highest cost first.

use rusqlite::Row;

use super::events::StreamKey;
use super::positions::{LOT, lot};
use super::values::text;
use super::{StoreError, UnitOfWork};
use crate::domain::{CostBasisMethod, CostRank, Lot, LotChange, LotsNeeded, Quantity, Shares, SplitTerms};

impl UnitOfWork<'_> {
    /// The lots with the highest cost per share that hold this quantity, and all that may cost as much as
    /// the last of them. Where splits may have left fractions, what is shown of a lot depends on all others.
    pub(super) fn dearest_lots(&self, key: StreamKey, quantity: Quantity) -> Result<Vec<Lot>, StoreError> {
        if !self.splits_are_whole(key)? {
            return self.open_lots(key, LotsNeeded::All);
        }
        let sql = format!(
            "{LOT} WHERE portfolio = ?1 AND stock = ?2 AND cost_rank IS NOT NULL
            ORDER BY cost_rank DESC, acquired_on, moment, place"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(key)?;
        let (mut missing, mut lots) = (Some(Shares::from(quantity)), Vec::new());
        let mut last: Option<CostRank> = None;
        while let Some(row) = rows.next()? {
            let rank = CostRank::restore(row.get(9)?);
            // Of lots with the same exact rank the oldest go first, as they come.
            if missing.is_none() && (last != Some(rank) || rank.is_exact()) {
                break;
            }
            let lot = lot(row)?;
            // What is shown of the last lot can be a trifle more or less than there is of it.
            missing =
                missing.filter(|left| *left >= lot.quantity).map(|left| left.minus(&lot.quantity).unwrap_or_default());
            last = Some(rank);
            lots.push(lot);
        }
        Ok(lots)
    }

    /// Whether every share became a whole number of shares by the splits of a stock.
    fn splits_are_whole(&self, (_, stock): StreamKey) -> Result<bool, StoreError> {
        let sql = "SELECT new_shares, old_shares FROM splits WHERE stock = ?1 AND voided_at IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let terms = |row: &Row<'_>| Ok(SplitTerms { new_shares: text(row, 0)?, old_shares: text(row, 1)? });
        let terms = statement.query_map([stock], terms)?.collect::<Result<Vec<_>, _>>()?;
        Ok(terms.iter().all(|terms| terms.ratio().is_whole()))
    }

    /// Ranks the lots of a book that an earlier version made.
    pub(super) fn rank_lots(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT DISTINCT l.portfolio, l.stock
            FROM portfolios f CROSS JOIN open_lots l ON l.portfolio = f.portfolio WHERE f.cost_basis_method = ?1";
        let mut statement = self.connection.prepare(sql)?;
        let ranked = statement.query_map([CostBasisMethod::Hifo.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for key in ranked.collect::<Result<Vec<StreamKey>, _>>()? {
            let portfolio = self.reader().portfolios().at(key.0)?;
            let stock = self.reader().stocks().at(key.1)?;
            let Some((portfolio, stock)) = portfolio.zip(stock) else { continue };
            let position = self.load_position(&portfolio, &stock, key, self.open_lots(key, LotsNeeded::All)?)?;
            position.lots().iter().try_for_each(|lot| self.write_lot(key, &position, LotChange::Changed(lot)))?;
        }
        Ok(())
    }
}
