//! Recording the splits of a file.

use std::rc::Rc;

use super::Recorder;
use crate::app::held_shares::{held_as_known, held_before};
use crate::app::import::file::SplitRow;
use crate::app::import::refusal::{Refusal, RowRefusal};
use crate::app::import::to_enter::ToEnter;
use crate::app::same_record::NewId;
use crate::app::splits::{SimilarSplit, apply_split, similar_split, was_voided};
use crate::domain::{Day, Figure, Moment, Portfolio, Sequence, SplitTerms, Stock, shell_word};
use crate::store::UnitOfWork;

impl Recorder<'_, '_> {
    /// Records a split, unless the book has it.
    ///
    /// # Errors
    /// If its ratio is not known, or contradicts a split that the book has; or if the book cannot be read.
    pub(super) fn record_split(&mut self, row: &SplitRow, at: (u64, u64)) -> Result<(), Refusal> {
        let mut stock = self.directory.stock(self.unit, &row.symbol)?;
        let owner = match (&row.portfolio, row.added) {
            (None, None) => self.directory.owner_of_references(self.unit)?,
            (named, _) => self.directory.portfolio(self.unit, named.as_ref())?,
        };
        let terms = match (row.terms, row.added) {
            (Some(terms), _) => terms,
            (None, Some(added)) => match split_by_added(self.unit, (&owner, &stock), row, added) {
                Ok(SplitByAdded::New(terms)) => terms,
                Ok(SplitByAdded::Known(sequence, terms)) => {
                    if !is_of_split(self.unit, (&stock, &owner), added, (row.date, terms))? {
                        self.receipt.warnings.push(other_shares(&self.request.place(at), (row, added), terms));
                    }
                    return self.skip(sequence);
                }
                Err(refusal) => {
                    let to_enter = ToEnter { day: row.date, at, names_portfolio: false };
                    self.to_enter.insert(row.symbol.clone(), to_enter);
                    return Err(refusal);
                }
            },
            (None, None) => return Ok(()),
        };
        if row.added.is_some()
            && let of_day = self.unit.reader().splits().between(&stock, [row.date; 2])?
            && let Some(known) = of_day.iter().find(|it| it.voided_at.is_none() && it.terms.is_nearly(terms))
        {
            return self.skip(known.sequence);
        }
        self.receipt.splits.insert(format!("{} {terms} on {}", row.symbol, row.date));
        let owner = owner.id();
        let is_recorded = match &row.id {
            Some(given) => row.asked(terms).recorded::<Refusal>(self.unit, given, owner)?.is_some(),
            None => false,
        };
        // A voided split is still known.
        if is_recorded || was_voided(self.unit, &stock, row.date, terms)? {
            self.receipt.skip_duplicate();
            return Ok(());
        }
        match similar_split::<Refusal>(self.unit, &stock, row.date, terms)? {
            None => {}
            Some(SimilarSplit::Same(known)) => return self.skip(known.sequence),
            Some(SimilarSplit::Nearby(known)) => {
                self.receipt.warnings.push(nearby(&self.request.place(at), (row, terms), known.effective_date));
                return self.skip(known.sequence);
            }
        }
        let fresh = self.unit.fresh_id();
        let new = NewId::given::<Refusal>(self.unit, row.id.as_ref(), owner, fresh)?;
        apply_split::<Refusal>(self.unit, Rc::make_mut(&mut stock), new, row.date, (terms, None))?;
        if !self.unit.stale_portfolios(&stock)?.is_empty() {
            self.late.note(&row.symbol, row.date, new.id, at);
        }
        self.directory.change(&row.symbol, stock);
        self.directory.note_split(&row.symbol);
        self.receipt.count_imported();
        Ok(())
    }
}

/// The warning about a row that is taken for a recorded split of another day.
fn nearby(place: &str, (row, terms): (&SplitRow, SplitTerms), known: Day) -> String {
    let SplitRow { symbol, date, .. } = row;
    let word = shell_word(symbol.as_str());
    format!(
        "{place}: the split {terms} of {symbol} on {date} is taken for the one on {known} that the book has; \
         if it is another, record it with `stockbook split {word} {terms} --date {date} --force`"
    )
}

/// The warning about a row whose shares do not follow from the recorded split of the day.
fn other_shares(place: &str, (row, added): (&SplitRow, Figure), known: SplitTerms) -> String {
    let SplitRow { symbol, date, .. } = row;
    let told = if added.is_negative() { "took" } else { "added" };
    format!(
        "{place}: a split that {told} {} {symbol} on {date} is taken for the split {known} of that day that the book \
         has, by which it would be another number of shares; compare what is held with the broker's figures",
        added.abs()
    )
}

/// The split of which a row states only the shares added.
enum SplitByAdded {
    /// One of these terms, derived from the shares held before.
    New(SplitTerms),
    /// The one of that day that the book has.
    Known(Sequence, SplitTerms),
}

fn split_by_added(
    unit: &mut UnitOfWork<'_>,
    (portfolio, stock): (&Portfolio, &Stock),
    row: &SplitRow,
    added: Figure,
) -> Result<SplitByAdded, Refusal> {
    let of_day = unit.reader().splits().between(stock, [row.date; 2])?;
    if let Some(known) = of_day.iter().find(|split| split.voided_at.is_none()) {
        return Ok(SplitByAdded::Known(known.sequence, known.terms));
    }
    let held = held_before(unit, portfolio, stock, row.date).map_err(Refusal::from_any)?;
    SplitTerms::of_added(&held, added).map(SplitByAdded::New).ok_or_else(|| {
        let SplitRow { symbol, date, .. } = row;
        let told = if added.is_negative() {
            format!("a split took {} of {held} {symbol} on {date}", added.abs())
        } else {
            format!("a split added {added} {symbol} to {held} on {date}")
        };
        let command = format!("stockbook split {} NEW:OLD --date {date}", shell_word(symbol.as_str()));
        Refusal::Row(RowRefusal {
            code: "split_ratio_unknown",
            message: format!("{told}, which is no whole ratio; enter {command}"),
            hint: Some("look its ratio up, enter the command, and import again".to_owned()),
            is_by_itself: false,
        })
    })
}

/// Whether a number of shares, negative if they left, is what a recorded split added or took away, or all
/// that was held after it or before it. A fraction may have been paid for in cash.
pub(super) fn is_of_split(
    unit: &mut UnitOfWork<'_>,
    (stock, portfolio): (&Stock, &Portfolio),
    added: Figure,
    (day, terms): (Day, SplitTerms),
) -> Result<bool, Refusal> {
    let eve = (day.previous().unwrap_or(day), Moment::Last);
    // From the entries, because positions with rows of this file may not have been rebuilt yet.
    let before = Figure::from(&held_as_known(unit.flushed()?, portfolio, stock, eve).map_err(Refusal::from_any)?);
    let after = before.times(terms.new_shares.into()).ok().and_then(|all| all.over(terms.old_shares.into())?.ok());
    let Some(after) = after.filter(|after| !after.is_zero()) else { return Ok(false) };
    let all = if added.is_negative() { before } else { after };
    let room = if after == after.rounded(0) { Figure::half_a_unit(4) } else { Figure::ONE };
    let is_about = |one: Figure, other: Figure| one.minus(other).is_ok_and(|gap| gap.abs() < room);
    Ok(is_about(added.abs(), all) || before.plus(added).is_ok_and(|left| is_about(left, after)))
}
