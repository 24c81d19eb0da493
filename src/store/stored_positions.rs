//! Positions as they are stored: totals, open lots and realized gains.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::events::StreamKey;
use super::statements::Statements;
use super::values::{halves, id, integer, natural, optional, text};
use super::{RealizedBy, StoreError, disposals};
use crate::domain::{
    Bought, CostRank, Day, Disposal, Lot, LotChange, LotKey, LotsNeeded, Moment, Money, Position, PositionTotals,
    Quantity, Shares,
};

/// Reads stored positions by their row numbers.
#[derive(Clone, Copy)]
pub(super) struct StoredPositions<'b> {
    pub(super) connection: &'b Connection,
}

impl StoredPositions<'_> {
    /// The stored totals of a position. If it does not exist, they still take the stock's splits and
    /// conversions into account, because a first trade before one of these cannot simply be applied last.
    pub(super) fn totals(self, (portfolio, stock): StreamKey) -> Result<PositionTotals, StoreError> {
        let sql =
            "SELECT quantity, cost_basis, realized_gain, dividends, first_trade_date, last_trade_date, last_moment,
                       reordered_on, lots_changed_on FROM positions WHERE portfolio = ?1 AND stock = ?2";
        let found = self.connection.prepare_cached(sql)?.query_row((portfolio, stock), totals).optional()?;
        if let Some(totals) = found {
            return Ok(totals);
        }
        let last_entry = self.last_fact(stock)?;
        Ok(PositionTotals { last_entry, ..PositionTotals::default() })
    }

    /// The last day and moment of a split or conversion of a stock, voided or not.
    pub(super) fn last_fact(self, stock: i64) -> Result<Option<(Day, Moment)>, StoreError> {
        let sql = "SELECT (SELECT max(effective_date) FROM splits WHERE stock = ?1),
            (SELECT max(effective_date) FROM conversions WHERE stock = ?1),
            (SELECT max(effective_date) FROM conversions WHERE new_stock = ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let days = statement.query_row([stock], |row| Ok([optional(row, 0)?, optional(row, 1)?, optional(row, 2)?]))?;
        let [split, own, other]: [Option<Day>; 3] = days;
        let conversion = own.max(other).map(|day| (day, Moment::Conversion));
        Ok(split.map(|day| (day, Moment::Split)).max(conversion))
    }

    /// The open lots that a command can affect, by day and place.
    pub(super) fn lots(self, key: StreamKey, needed: LotsNeeded) -> Result<Vec<Lot>, StoreError> {
        let (mut missing, direction) = match needed {
            LotsNeeded::None => return Ok(Vec::new()),
            LotsNeeded::Oldest(quantity) => (Some(Shares::from(quantity)), "ASC"),
            LotsNeeded::Newest(quantity) => (Some(Shares::from(quantity)), "DESC"),
            LotsNeeded::Dearest(quantity) => return self.dearest_lots(key, quantity),
            LotsNeeded::All => (None, "ASC"),
        };
        let sql = format!(
            "{LOT} WHERE portfolio = ?1 AND stock = ?2
            ORDER BY acquired_on {direction}, moment {direction}, place {direction}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut lots = Vec::new();
        for lot in statement.query_map(key, lot)? {
            let lot = lot?;
            let quantity = lot.quantity.clone();
            lots.push(lot);
            match missing {
                // The displayed quantity of the last lot may be slightly more or less than its exact one.
                Some(left) if left < quantity => break,
                Some(left) => missing = Some(left.minus(&quantity).unwrap_or_default()),
                None => {}
            }
        }
        Ok(lots)
    }

    /// The lots with the highest cost per share that hold this quantity, and all that may cost as much as the
    /// last of them. If a split or a conversion left fractions, all lots, because the displayed quantities
    /// depend on each other.
    fn dearest_lots(self, key: StreamKey, quantity: Quantity) -> Result<Vec<Lot>, StoreError> {
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
            // Lots with the same exact rank come oldest first, which is the order in which they leave.
            if missing.is_none() && (last != Some(rank) || rank.is_exact()) {
                break;
            }
            let lot = lot(row)?;
            if !lot.quantity.is_plain() {
                return self.lots(key, LotsNeeded::All);
            }
            // The displayed quantity of the last lot may be slightly more or less than its exact one.
            missing =
                missing.filter(|left| *left >= lot.quantity).map(|left| left.minus(&lot.quantity).unwrap_or_default());
            last = Some(rank);
            lots.push(lot);
        }
        Ok(lots)
    }

    /// Whether, on any day, purchases of the stock were put before the sales that needed them.
    pub(super) fn was_reordered(self, (_, stock): StreamKey) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM positions WHERE stock = ?1 AND reordered_on IS NOT NULL";
        Ok(self.connection.prepare_cached(sql)?.exists([stock])?)
    }

    /// The open lot with this key, if there is one.
    pub(super) fn lot_at(self, (portfolio, stock): StreamKey, at: LotKey) -> Result<Option<Lot>, StoreError> {
        let sql = format!(
            "{LOT} WHERE portfolio = ?1 AND stock = ?2 AND acquired_on = ?3 AND moment = ?4
            AND place = ?5"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let key = (portfolio, stock, at.acquired_on.plain(), at.moment, integer(at.place));
        let mut rows = statement.query_map(key, lot)?;
        Ok(rows.next().transpose()?)
    }

    /// What the sales of a position realized, by the events that recorded them.
    pub(super) fn disposals(self, key: StreamKey) -> Result<BTreeMap<RealizedBy, Vec<Disposal>>, StoreError> {
        let sql = "SELECT d.sale, t.id_high, t.id_low, t.trade_date, d.parts
            FROM events e CROSS JOIN disposals d ON d.sale = e.sequence CROSS JOIN transactions t ON t.sequence = d.sale
            WHERE e.portfolio = ?1 AND e.stock = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let sales = statement.query_map(key, |row| {
            Ok((
                RealizedBy::Transaction(natural(row, 0)?),
                disposals::parts(row, (id(row, [1, 2])?, text(row, 3)?), 4)?,
            ))
        })?;
        let sql = "SELECT g.conversion, c.conversion_id, c.effective_date, g.parts
            FROM conversion_gains g CROSS JOIN conversions c ON c.sequence = g.conversion
            WHERE g.portfolio = ?1 AND g.stock = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let conversions = statement.query_map(key, |row| {
            Ok((RealizedBy::Conversion(natural(row, 0)?), disposals::parts(row, (text(row, 1)?, text(row, 2)?), 3)?))
        })?;
        Ok(sales.chain(conversions).collect::<Result<_, _>>()?)
    }
}

/// Writes the totals of a position, and those of its lots that have changed.
pub(super) fn write_position(
    statements: &mut Statements<'_>,
    key: StreamKey,
    position: &Position,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT OR REPLACE INTO positions
            (portfolio, stock, quantity, cost_basis, realized_gain, dividends, first_trade_date, last_trade_date,
            last_moment, reordered_on, lots_changed_on)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    static DELETE: &str = "DELETE FROM positions WHERE portfolio = ?1 AND stock = ?2";
    static DELETE_SUMMARY: &str = "DELETE FROM summaries WHERE portfolio = ?1 AND stock = ?2";
    if position.is_stale() {
        return Err(StoreError::Damaged(format!("the position of {} was left stale", position.key().symbol)));
    }
    let (portfolio, stock) = key;
    let totals = position.totals();
    // Nothing was recorded for it, and conversions no longer give it any lots.
    if position.version() == 0 && totals.first_trade_date.is_none() {
        statements.get(DELETE)?.execute(key)?;
        statements.get(DELETE_SUMMARY)?.execute(key)?;
        return position.holding().lots().changes().try_for_each(|change| write_lot(statements, key, position, change));
    }
    statements.get(SQL)?.execute((
        portfolio,
        stock,
        totals.quantity.exact(),
        totals.cost_basis.plain(),
        totals.realized_gain.plain(),
        totals.dividends.plain(),
        totals.first_trade_date.map(Day::plain),
        totals.last_entry.map(|(day, _)| day.plain()),
        totals.last_entry.map(|(_, moment)| moment),
        totals.reordered_on.map(Day::plain),
        totals.lots_changed_on.map(Day::plain),
    ))?;
    position.holding().lots().changes().try_for_each(|change| write_lot(statements, key, position, change))
}

/// Writes a lot that changed.
pub(super) fn write_lot(
    statements: &mut Statements<'_>,
    (portfolio, stock): StreamKey,
    position: &Position,
    change: LotChange<'_>,
) -> Result<(), StoreError> {
    static WRITE: &str =
        "INSERT OR REPLACE INTO open_lots (portfolio, stock, acquired_on, moment, place, lot_high, lot_low,
             quantity, cost_basis, bought_shares, bought_cost, cost_rank)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    static DELETE: &str = "DELETE FROM open_lots
        WHERE portfolio = ?1 AND stock = ?2 AND acquired_on = ?3 AND moment = ?4 AND place = ?5";
    match change {
        LotChange::Opened(lot) | LotChange::Changed(lot) => {
            let (high, low) = halves(lot.lot_id);
            statements.get(WRITE)?.execute((
                portfolio,
                stock,
                lot.key.acquired_on.plain(),
                lot.key.moment,
                integer(lot.key.place),
                high,
                low,
                lot.quantity.exact(),
                lot.cost_basis.plain(),
                Some(&lot.bought.shares).filter(|shares| **shares != lot.quantity).map(Shares::exact),
                Some(lot.bought.cost).filter(|cost| *cost != lot.cost_basis).map(Money::plain),
                position.holding().cost_rank(lot).map(CostRank::number),
            ))?;
        }
        LotChange::Closed(LotKey { acquired_on, moment, place }) => {
            let key = (portfolio, stock, acquired_on.plain(), moment, integer(place));
            statements.get(DELETE)?.execute(key)?;
        }
    }
    Ok(())
}

fn totals(row: &Row<'_>) -> rusqlite::Result<PositionTotals> {
    Ok(PositionTotals {
        quantity: text(row, 0)?,
        cost_basis: text(row, 1)?,
        realized_gain: text(row, 2)?,
        dividends: text(row, 3)?,
        first_trade_date: optional(row, 4)?,
        last_entry: optional(row, 5)?.zip(optional(row, 6)?),
        reordered_on: optional(row, 7)?,
        lots_changed_on: optional(row, 8)?,
    })
}

/// Selects what [`lot`] reads, and the rank by cost.
pub(super) const LOT: &str = "SELECT lot_high, lot_low, acquired_on, moment, place, quantity, cost_basis,
    coalesce(bought_shares, quantity), coalesce(bought_cost, cost_basis), cost_rank FROM open_lots";

pub(super) fn lot(row: &Row<'_>) -> rusqlite::Result<Lot> {
    Ok(Lot {
        lot_id: id(row, [0, 1])?,
        key: LotKey { acquired_on: text(row, 2)?, moment: text(row, 3)?, place: natural(row, 4)? },
        quantity: text(row, 5)?,
        cost_basis: text(row, 6)?,
        bought: Bought { shares: text(row, 7)?, cost: text(row, 8)? },
    })
}
