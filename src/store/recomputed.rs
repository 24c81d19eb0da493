//! Rebuilds the positions of a stock from everything that was recorded for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::events::StreamKey;
use super::stored_positions::{write_lot, write_position};
use super::values::{MOMENT, parsed};
use super::{RealizedBy, StoreError, Summaries, UnitOfWork};
use crate::bus::StreamNumber;
use crate::domain::{
    AggregateRoot, CostBasisMethod, Day, DomainError, Entry, LotChange, LotsNeeded, Moment, Position, TransactionId,
    count_openings, rebuild,
};

/// A portfolio's row number, and the last day and moment of anything recorded there that affects a stock's
/// lots, voided or not.
type Trader = (i64, Option<(Day, Moment)>);

/// Rebuilt positions, and the events of their transactions.
pub(super) struct Recomputed {
    /// The symbols of their stocks, for a message.
    pub(super) symbols: String,
    pub(super) positions: Vec<Position>,
    pub(super) sequences: HashMap<TransactionId, RealizedBy>,
    /// Why what was recorded is impossible, if it is.
    pub(super) refusal: Option<DomainError>,
}

/// The portfolios, by the row number of the stock, in which each stock was traded, was recorded as matched
/// anew, or may have arrived by a conversion.
pub(super) fn traded(unit: &UnitOfWork<'_>) -> Result<BTreeMap<i64, Vec<Trader>>, StoreError> {
    let sql = format!(
        "SELECT t.stock, t.portfolio, CASE t.type WHEN 'DIVIDEND' THEN NULL
                ELSE max(t.trade_date || {MOMENT}, iif(t.type = 'BUY', coalesce(t.as_of || '1', ''), '')) END
        FROM transactions t"
    );
    let mut statement = unit.connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    // Grouped here: SQLite would sort all transactions first.
    let mut last: BTreeMap<(i64, i64), Option<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mark = row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)?;
        let known = last.entry((row.get(0)?, row.get(1)?)).or_default();
        if mark > known.as_deref() {
            *known = mark.map(str::to_owned);
        }
    }
    let mut traded: BTreeMap<i64, Vec<Trader>> = BTreeMap::new();
    let mut facts: HashMap<i64, Option<(Day, Moment)>> = HashMap::new();
    for ((stock, portfolio), last) in last {
        let last = last.as_deref().and_then(|mark| mark.split_at_checked(10));
        let mark = |(day, moment)| Ok::<_, rusqlite::Error>((parsed::<Day>(2, day)?, parsed::<Moment>(2, moment)?));
        let fact = last_fact(unit, &mut facts, stock)?;
        traded.entry(stock).or_default().push((portfolio, last.map(mark).transpose()?.max(fact)));
    }
    add_rematched(unit, &mut traded, &mut facts)?;
    add_converted(unit, &mut traded, &mut facts)?;
    Ok(traded)
}

fn last_fact(
    unit: &UnitOfWork<'_>,
    facts: &mut HashMap<i64, Option<(Day, Moment)>>,
    stock: i64,
) -> Result<Option<(Day, Moment)>, StoreError> {
    if let Some(known) = facts.get(&stock) {
        return Ok(*known);
    }
    let fact = unit.positions.stored.last_fact(stock)?;
    facts.insert(stock, fact);
    Ok(fact)
}

/// Adds the positions that are only known to have been matched anew, which earlier versions recorded for some
/// positions that conversions might have affected.
fn add_rematched(
    unit: &UnitOfWork<'_>,
    traded: &mut BTreeMap<i64, Vec<Trader>>,
    facts: &mut HashMap<i64, Option<(Day, Moment)>>,
) -> Result<(), StoreError> {
    let mut statement =
        unit.connection.prepare("SELECT portfolio, stock FROM streams WHERE portfolio > 0 AND stock > 0")?;
    let streams = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for key in streams.collect::<Result<Vec<StreamKey>, _>>()? {
        let (portfolio, stock) = key;
        let traders = traded.entry(stock).or_default();
        if traders.iter().all(|(trader, _)| *trader != portfolio) {
            traders.push((portfolio, last_fact(unit, facts, stock)?));
        }
    }
    Ok(())
}

/// Adds the positions to which conversions, including voided ones, may have given shares.
fn add_converted(
    unit: &UnitOfWork<'_>,
    traded: &mut BTreeMap<i64, Vec<Trader>>,
    facts: &mut HashMap<i64, Option<(Day, Moment)>>,
) -> Result<(), StoreError> {
    let sql = "SELECT stock, new_stock, portfolio FROM conversions";
    let mut statement = unit.connection.prepare(sql)?;
    let conversions = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let conversions = conversions.collect::<Result<Vec<(i64, i64, Option<i64>)>, _>>()?;
    loop {
        let mut is_done = true;
        for (stock, new_stock, only) in &conversions {
            let givers: Vec<i64> = traded.get(stock).into_iter().flatten().map(|(portfolio, _)| *portfolio).collect();
            for portfolio in givers.into_iter().filter(|giver| only.is_none_or(|only| only == *giver)) {
                let takers = traded.entry(*new_stock).or_default();
                if takers.iter().all(|(taker, _)| *taker != portfolio) {
                    takers.push((portfolio, last_fact(unit, facts, *new_stock)?));
                    is_done = false;
                }
            }
        }
        if is_done {
            return Ok(());
        }
    }
}

/// Rebuilds all positions of some stocks together, because transfers and conversions may have moved lots
/// between any of them.
pub(super) fn recompute(
    unit: &mut UnitOfWork<'_>,
    numbers: &[i64],
    traded: &BTreeMap<i64, Vec<Trader>>,
) -> Result<Recomputed, StoreError> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut conversions = BTreeMap::new();
    let mut symbols = Vec::new();
    let mut sequences = HashMap::new();
    let mut positions = Vec::new();
    let mut last_entries = Vec::new();
    for number in numbers {
        let stock = unit.reader().stocks().at(*number)?;
        let stock = stock.ok_or_else(|| StoreError::Damaged(format!("there is no stock {number}")))?;
        symbols.push(stock.profile().symbol.to_string());
        entries.extend(unit.reader().splits().of_stock(&stock)?.iter().map(|split| split.entry(stock.id())));
        for conversion in unit.reader().conversions().of_stock(&stock)? {
            sequences.insert(conversion.conversion_id, RealizedBy::Conversion(conversion.sequence));
            conversions.insert(conversion.sequence, conversion.entry());
        }
        for (number, last_entry) in traded.get(number).into_iter().flatten() {
            let found = unit.reader().portfolios().at(*number)?;
            let Some(portfolio) = found else { continue };
            last_entries.push(*last_entry);
            positions.push(unit.blank_position(&portfolio, &stock)?);
            for stored in unit.reader().entries().of_position(portfolio.id(), &stock)? {
                sequences.insert(stored.entry.id, RealizedBy::Transaction(stored.sequence));
                entries.push(stored.entry);
            }
        }
    }
    entries.extend(conversions.into_values());
    count_openings(&mut entries)?;
    let refusal = rebuild(&mut positions, entries).refusals.into_iter().next().map(|refusal| refusal.error);
    for (position, last_entry) in positions.iter_mut().zip(last_entries) {
        position.note_last_entry(last_entry);
    }
    Ok(Recomputed { symbols: symbols.join(", "), positions, sequences, refusal })
}

/// Rebuilds the positions that earlier versions stored differently: they applied transfers in the order of
/// recording, rounded the displayed lots of each sale after splits independently, and did not store the state
/// of lots when they were sold. If rebuilding would make an entry impossible, the stored position is kept.
pub(super) fn remake_positions(unit: &mut UnitOfWork<'_>) -> Result<(), StoreError> {
    let sql = "SELECT stock FROM transactions
                   WHERE type IN ('TRANSFER_IN', 'TRANSFER_OUT', 'RETURN_CAPITAL', 'ADJUST_COST')
               UNION SELECT stock FROM splits WHERE voided_at IS NULL
               UNION SELECT stock FROM conversions UNION SELECT new_stock FROM conversions";
    let mut statement = unit.connection.prepare(sql)?;
    let moved = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    if moved.is_empty() {
        return Ok(());
    }
    let traded = traded(unit)?;
    let (mut keys, mut done): (Vec<StreamKey>, BTreeSet<i64>) = (Vec::new(), BTreeSet::new());
    for stock in moved {
        if done.contains(&stock) {
            continue;
        }
        let linked = unit.reader().conversions().linked(stock)?;
        done.extend(&linked);
        let linked: Vec<i64> = linked.into_iter().collect();
        let Recomputed { positions, sequences, refusal, .. } = recompute(unit, &linked, &traded)?;
        if refusal.is_some() {
            // The state of these lots when they were sold is unknown, so no sale of them can be reverted.
            let sql = "UPDATE positions SET lots_changed_on = last_trade_date WHERE stock = ?1";
            linked.iter().try_for_each(|stock| unit.connection.execute(sql, [stock]).map(drop))?;
            continue;
        }
        for position in positions {
            let key = unit.appender.stream_key(position.stream())?;
            unit.replace_position(position, &sequences)?;
            if let Some(position) = unit.positions.take(key) {
                write_position(&mut unit.statements, key, &position)?;
            }
            keys.push(key);
        }
    }
    unit.positions.gains.write(&mut unit.statements)?;
    let summaries = Summaries::on(unit.connection);
    keys.into_iter().try_for_each(|(portfolio, stock)| summaries.refresh(StreamNumber { portfolio, stock }))
}

/// Ranks the lots of a book of an earlier version.
pub(super) fn rank_lots(unit: &mut UnitOfWork<'_>) -> Result<(), StoreError> {
    let sql = "SELECT DISTINCT l.portfolio, l.stock
        FROM portfolios f CROSS JOIN open_lots l ON l.portfolio = f.portfolio WHERE f.cost_basis_method = ?1";
    let mut statement = unit.connection.prepare(sql)?;
    let ranked = statement.query_map([CostBasisMethod::Hifo.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for key in ranked.collect::<Result<Vec<StreamKey>, _>>()? {
        let portfolio = unit.reader().portfolios().at(key.0)?;
        let stock = unit.reader().stocks().at(key.1)?;
        let Some((portfolio, stock)) = portfolio.zip(stock) else { continue };
        let position =
            unit.load_position(&portfolio, &stock, key, unit.positions.stored.lots(key, LotsNeeded::All)?)?;
        let mut lots = position.holding().lots().iter();
        lots.try_for_each(|lot| write_lot(&mut unit.statements, key, &position, LotChange::Changed(lot)))?;
    }
    Ok(())
}
