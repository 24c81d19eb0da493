//! Rows of corporate actions other than splits.

use std::rc::Rc;

use super::Recorder;
use super::reported_conversions::{conversions_near, has_these_shares, otherwise};
use crate::app::AppError;
use crate::app::conversions::{
    check_stocks, converted, enter_conversion, like, nothing_converted, only_holder, repeated,
};
use crate::app::held_shares::held_in_the_end;
use crate::app::import::file::{ConvertRow, CostChangeRow, WriteOffRow};
use crate::app::import::known_rows::Judged;
use crate::app::import::refusal::{Refusal, check_currency};
use crate::app::record::BookRecord;
use crate::app::same_record::{Asked, NewId};
use crate::domain::{
    Consideration, ConversionTerms, CostAdjustment, DomainError, ExternalId, Fee, Money, Quantity, Sequence, Side,
    Stock, Trade,
};
use crate::formats::RatioIs;
use crate::store::UnitOfWork;

impl Recorder<'_, '_> {
    pub(super) fn record_conversion(&mut self, row: &ConvertRow, at: (u64, u64)) -> Result<(), Refusal> {
        let mut stock = self.directory.stock(self.unit, &row.symbol)?;
        check_currency(&stock, row.currency)?;
        let new_stock = self.directory.stock_beside(self.unit, &row.new_symbol, &stock)?;
        check_stocks(row.kind, &stock, &new_stock)?;
        let owner = match (&row.portfolio, row.ratio_is) {
            (None, RatioIs::Stated) => self.directory.owner_of_references(self.unit)?,
            (named, _) => self.directory.portfolio(self.unit, named.as_ref())?,
        };
        let asked = Asked {
            portfolio: row.portfolio.as_ref(),
            date: Some(row.date),
            conversion: Some((&new_stock.profile().symbol, &row.terms)),
            ..Asked::new(row.kind.into(), &row.symbol)
        };
        let known = match &row.id {
            Some(given) => asked.recorded::<Refusal>(self.unit, given, owner.id())?.map(|record| record.sequence()),
            None => None,
        };
        let known = match (known, row.ratio_is) {
            (Some(known), _) => Some(known),
            // The shares of one account give the ratio only if no fraction was left over.
            (None, RatioIs::OfShares) => {
                let near = conversions_near(self.unit, &stock, &owner, row.date)?;
                let known = near.iter().find(|it| it.new_stock.0 == new_stock.id() && it.kind == row.kind);
                if let Some(known) = known
                    && !has_these_shares(self, known, &owner, row.terms.ratio)?
                {
                    let ConvertRow { symbol, new_symbol, date, terms: ConversionTerms { ratio, .. }, .. } = row;
                    let (new, old, instead) = (ratio.new_shares, ratio.old_shares, otherwise(known));
                    self.receipt.warnings.push(format!(
                        "{}: {new} {new_symbol} for {old} {symbol} on {date} are taken for what the book has; \
                         {instead}; compare what is held with the broker's figures",
                        self.request.place(at)
                    ));
                }
                known.map(|conversion| conversion.sequence)
            }
            (None, RatioIs::Stated) => None,
        };
        let known = match known {
            Some(known) => Some(known),
            None => conversion_like(self.unit, row, [&stock, &new_stock], &asked)?,
        };
        if let Some(known) = known {
            return self.skip(known);
        }
        let fresh = self.unit.fresh_id();
        let new = NewId::given::<Refusal>(self.unit, row.id.as_ref(), owner.id(), fresh)?;
        let only = match (&row.portfolio, row.terms.cash_in_lieu) {
            (None, Some(_)) => Some(only_holder(self.unit, &stock, row.date).map_err(Refusal::from_any)?),
            (only, _) => only.clone(),
        };
        let terms = (row.kind, &row.terms, only);
        enter_conversion(self.unit, Rc::make_mut(&mut stock), &new_stock, new, row.date, terms)?;
        self.directory.change(&row.symbol, stock);
        // The positions of both stocks are rebuilt together.
        self.late.note(&row.symbol, row.date, new.id, at);
        self.late.note(&row.new_symbol, row.date, new.id, at);
        self.conversions.push((new.id, at));
        self.receipt.count_imported();
        Ok(())
    }

    pub(super) fn record_cost_change(
        &mut self,
        row: &CostChangeRow,
        at: (u64, u64),
        judged: Option<Judged>,
    ) -> Result<(), Refusal> {
        let position = self.directory.position(self.unit, (row.portfolio.as_ref(), &row.symbol), row.currency)?;
        let asked = (&row.into(), &row.asked(position.portfolio.name()));
        let Some(NewId { id, identity }) = self.new_id(&position, asked, (at.0, judged))? else { return Ok(()) };
        let (kind, date, amount, note) = (row.kind, row.date, row.amount, row.note.clone());
        let adjustment = CostAdjustment { id, identity, kind, date, amount, note };
        self.enter(&position, (&row.symbol, row.date, id), at, |position, place| {
            position.adjust_cost(&adjustment, place)
        })
    }

    pub(super) fn record_write_off(
        &mut self,
        row: &WriteOffRow,
        at: (u64, u64),
        judged: Option<Judged>,
    ) -> Result<(), Refusal> {
        let position = self.directory.position(self.unit, (row.portfolio.as_ref(), &row.symbol), row.currency)?;
        let asked = (&row.into(), &row.asked(position.portfolio.name()));
        let Some(NewId { id, identity }) = self.new_id(&position, asked, (at.0, judged))? else { return Ok(()) };
        let (portfolio, stock) = (&position.portfolio, &position.stock);
        let held = held_in_the_end(self.unit.flushed()?, portfolio, stock, row.date).map_err(Refusal::from_any)?;
        let Some(quantity) = Quantity::of_all(&held) else {
            let (symbol, portfolio) = (row.symbol.clone(), Some(portfolio.name().clone()));
            let elsewhere = Vec::new();
            return Err(DomainError::NothingToAdjust { symbol, portfolio, date: row.date, elsewhere }.into());
        };
        let trade = Trade {
            id,
            identity,
            side: Side::Sell,
            date: row.date,
            time: None,
            quantity,
            consideration: Consideration::Amount(Money::ZERO),
            fee: Fee::ZERO,
            note: row.note.clone(),
            picked: Vec::new(),
            replaces: None,
            as_of: None,
            settled: None,
            charged: None,
        };
        self.enter(&position, (&row.symbol, row.date, id), at, |position, place| position.execute(&trade, place))
    }
}

/// Notes conversions that found no shares to convert, or that repeat another one, once all rows are recorded.
pub(in crate::app::import) fn note_conversions(recorder: &mut Recorder<'_, '_>) -> Result<(), AppError> {
    for (id, at) in std::mem::take(&mut recorder.conversions) {
        let reader = recorder.unit.flushed()?;
        let Some(row) = reader.conversions().find(id)? else { continue };
        let idle = if converted(reader, &row)?.is_empty() { Some(nothing_converted(reader, &row)?) } else { None };
        let notes = [idle, repeated(reader, &row)?];
        let place = recorder.request.place(at);
        recorder.receipt.notes.extend(notes.iter().flatten().map(|note| format!("{place}: {note}")));
    }
    Ok(())
}

/// The event of the same conversion, if it is in the book. A conversion of all portfolios also counts for
/// each of them, and a voided one is still known.
fn conversion_like(
    unit: &mut UnitOfWork<'_>,
    row: &ConvertRow,
    stocks: [&Stock; 2],
    asked: &Asked<'_>,
) -> Result<Option<Sequence>, Refusal> {
    let mut voided = None;
    for known in unit.reader().conversions().between(stocks, row.date)? {
        let given: ExternalId = known.conversion_id.to_string().parse()?;
        let of_known = Asked { portfolio: known.portfolio_name().and(asked.portfolio), ..asked.clone() };
        let (sequence, voided_at) = (known.sequence, known.voided_at);
        if of_known.check::<Refusal>(unit, &given, &BookRecord::Conversion(Box::new(known))).is_err() {
            continue;
        }
        match voided_at {
            None => return Ok(Some(sequence)),
            at if !unit.reader().commands().is_undone(at)? => voided = Some(sequence),
            Some(_) => {}
        }
    }
    // A different conversion on that day is refused.
    Ok(like(unit, stocks, row.date, asked).map_err(Refusal::from_any)?.map(|row| row.sequence).or(voided))
}
