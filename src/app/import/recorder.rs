//! Recording rows one by one in the order of their days.

mod companies;
mod corporate_actions;
mod exchanged;
mod openings;
mod reported_conversions;
mod reversals;
mod splits;

use std::rc::Rc;

use hashbrown::HashMap;

use super::day_in_book::DayRow;
use super::directory::{Directory, OfPosition};
use super::duplicates::{Duplicates, tax_not_in_book};
use super::file::{DividendRow, ImportRow, PriceRow, TradeRow, TransferRow};
use super::known_rows::{Found, Judged, KnownRows, Similar};
use super::late_rows::{LateRows, Rematch};
use super::price_rows::{PriceRows, record_trade_price};
use super::refusal::{Refusal, check_currency, is_similar};
use super::row_facts::RowFacts;
use super::sort_buffer::BufferedRow;
use super::sorted_rows::ReadFiles;
use super::stated_stocks::StatedStocks;
use super::to_enter::ToEnter;
use super::{ImportReceipt, ImportRequest, PriceBasis};
use crate::app::fees::with_known_fee;
use crate::app::picking::picked_lots;
use crate::app::prices::{price_doubt, rebase_advice};
use crate::app::same_record::{Asked, NewId};
use crate::app::transfers::transfer_shares;
use crate::app::{AppError, Destination};
use crate::domain::{Day, DomainError, KnownIdentity, LotsNeeded, Position, Sequence, Symbol, TransactionId};
use crate::store::{StoreError, UnitOfWork};

pub(super) use companies::note_conversions;
pub(super) use exchanged::exchanged;
pub(super) use reversals::{ReversalOutcome, check_reversal};

/// Records rows in a unit of work.
pub(super) struct Recorder<'i, 'b> {
    unit: &'i mut UnitOfWork<'b>,
    request: &'i ImportRequest<'i>,
    receipt: ImportReceipt,
    directory: Directory<'i>,
    known: KnownRows,
    prices: PriceRows,
    late: LateRows,
    duplicates: Duplicates,
    /// The rows that change the terms of conversions, with their places.
    conversions: Vec<(TransactionId, (u64, u64))>,
    /// The last refused event of each stock that the user has to enter.
    to_enter: HashMap<Symbol, ToEnter>,
}

/// A row and its place.
pub(super) struct Placed<'r> {
    /// The index of the file.
    pub(super) file: u64,
    pub(super) line: u64,
    pub(super) row: &'r ImportRow,
    /// The result of matching the rows of its day.
    pub(super) judged: Option<Judged>,
}

impl<'i, 'b> Recorder<'i, 'b> {
    /// `stated` is what the rows state about their stocks.
    pub(super) fn new(unit: &'i mut UnitOfWork<'b>, request: &'i ImportRequest<'i>, stated: &'i StatedStocks) -> Self {
        Self {
            unit,
            request,
            receipt: ImportReceipt::default(),
            directory: Directory::new(request, stated),
            known: KnownRows::new(request.twins),
            prices: PriceRows::default(),
            late: LateRows::default(),
            duplicates: Duplicates::default(),
            conversions: Vec::new(),
            to_enter: HashMap::new(),
        }
    }

    /// Moves on to a day; returns whether its rows have to be [matched](Self::judge) together.
    pub(super) fn go_to(&mut self, day: Day) -> Result<bool, StoreError> {
        self.known.go_to(self.unit, day)
    }

    /// Matches the rows of a day with the book's transactions.
    pub(super) fn judge(&mut self, rows: &[BufferedRow], files: &ReadFiles) -> Result<Vec<Option<Judged>>, StoreError> {
        let mut of_day = Vec::with_capacity(rows.len());
        for BufferedRow { file, row, .. } in rows {
            let facts = match row {
                ImportRow::Trade(row) => Some((&row.portfolio, RowFacts::from(row))),
                ImportRow::Dividend(row) => Some((&row.portfolio, RowFacts::from(row))),
                ImportRow::Transfer(row) => Some((&row.portfolio, RowFacts::from(row))),
                ImportRow::CostChange(row) => Some((&row.portfolio, RowFacts::from(row))),
                ImportRow::WriteOff(row) => Some((&row.portfolio, RowFacts::from(row))),
                ImportRow::Split(_)
                | ImportRow::Convert(_)
                | ImportRow::CorporateAction(_)
                | ImportRow::CashInLieu(_)
                | ImportRow::Price(_) => None,
            };
            of_day.push(match facts {
                Some((portfolio, facts)) => {
                    let position = self.directory.find_position(self.unit, (portfolio.as_ref(), facts.symbol))?;
                    position.map(|position| DayRow { file: *file, table: files.table(*file), position, facts })
                }
                None => None,
            });
        }
        self.known.judge(self.unit, &of_day)
    }

    /// Records a row. A row that is refused changes nothing.
    pub(super) fn record(&mut self, placed: Placed<'_>) -> Result<(), Refusal> {
        let Placed { file, line, row, judged } = placed;
        self.receipt.count(row);
        match row {
            ImportRow::Price(row) => self.record_price(row, (file, line)),
            ImportRow::Trade(row) => self.record_trade(row, (file, line), judged).map(drop),
            ImportRow::Dividend(row) => self.record_dividend(row, file, judged),
            ImportRow::Split(row) => self.record_split(row, (file, line)),
            ImportRow::Transfer(row) => self.record_transfer(row, (file, line), judged),
            ImportRow::Convert(row) => self.record_conversion(row, (file, line)),
            ImportRow::CostChange(row) => self.record_cost_change(row, (file, line), judged),
            ImportRow::WriteOff(row) => self.record_write_off(row, (file, line), judged),
            ImportRow::CorporateAction(row) => self.record_corporate_action(row, (file, line)),
            ImportRow::CashInLieu(row) => self.record_cash_in_lieu(row, (file, line)),
        }
    }

    fn record_price(&mut self, row: &PriceRow, (file, line): (u64, u64)) -> Result<(), Refusal> {
        let mut stock = self.directory.stock(self.unit, &row.symbol)?;
        check_currency(&stock, row.currency)?;
        let Self { unit, request, prices, receipt, .. } = self;
        prices.record(unit, request, Rc::make_mut(&mut stock), (row, file, line), receipt)?;
        self.directory.change(&row.symbol, stock);
        Ok(())
    }

    /// Records a trade; returns its id if it is new.
    fn record_trade(
        &mut self,
        row: &TradeRow,
        at: (u64, u64),
        judged: Option<Judged>,
    ) -> Result<Option<TransactionId>, Refusal> {
        if self.request.records_trade_prices && row.as_of.is_none() {
            let mut stock = self.directory.stock(self.unit, &row.symbol)?;
            if record_trade_price(self.unit, &mut stock, row, &mut self.receipt)? {
                self.directory.change(&row.symbol, stock);
            }
        }
        let position = self.directory.position(self.unit, (row.portfolio.as_ref(), &row.symbol), row.currency)?;
        let picked = if row.lots.is_empty() {
            Vec::new()
        } else {
            picked_lots(self.unit.reader(), &position.portfolio, &row.lots, &row.symbol, row.quantity)
                .map_err(Refusal::from_any)?
        };
        let terms = row.terms(position.portfolio.name());
        let asked = (&row.into(), &terms.asked(&picked));
        let Some(new) = self.new_id(&position, asked, (at.0, judged))? else { return Ok(None) };
        let trade = terms.trade(new, row.date, picked);
        let trade = with_known_fee(self.unit.reader(), &position.stock, trade).map_err(Refusal::from_any)?;
        self.enter(&position, (&row.symbol, row.date, new.id), at, |position, place| position.execute(&trade, place))?;
        Ok(Some(new.id))
    }

    /// Carries out a decision on a position for a row of `day`, and notes if the position has to be rebuilt.
    fn enter(
        &mut self,
        position: &OfPosition,
        (symbol, date, id): (&Symbol, Day, TransactionId),
        at: (u64, u64),
        decision: impl Fn(&mut Position, Sequence) -> Result<(), DomainError>,
    ) -> Result<(), Refusal> {
        if self.decide(position, decision)? {
            self.late.note(symbol, date, id, at);
        }
        self.receipt.count_imported();
        Ok(())
    }

    /// Carries out a decision on a position; returns whether the position has to be rebuilt.
    fn decide(
        &mut self,
        OfPosition { portfolio, stock }: &OfPosition,
        decision: impl Fn(&mut Position, Sequence) -> Result<(), DomainError>,
    ) -> Result<bool, Refusal> {
        self.unit.with_position(portfolio, stock, LotsNeeded::All, |position, place| {
            if let Err(error) = decision(position, place) {
                let is_too_little =
                    matches!(error, DomainError::InsufficientQuantity { .. } | DomainError::NothingToAdjust { .. });
                if !is_too_little {
                    return Err(error.into());
                }
                // A purchase of the same day may follow; this is decided once all rows are recorded.
                position.mark_stale();
                decision(position, place)?;
            }
            Ok(position.is_stale())
        })
    }

    fn record_dividend(&mut self, row: &DividendRow, file: u64, judged: Option<Judged>) -> Result<(), Refusal> {
        let position = self.directory.position(self.unit, (row.portfolio.as_ref(), &row.symbol), row.currency)?;
        let asked = (&row.into(), &row.asked(position.portfolio.name()));
        let Some(new) = self.new_id(&position, asked, (file, judged))? else { return Ok(()) };
        let dividend = row.dividend(new);
        self.decide(&position, |position, place| position.receive_dividend(&dividend, place))?;
        self.receipt.count_imported();
        Ok(())
    }

    fn record_transfer(&mut self, row: &TransferRow, at: (u64, u64), judged: Option<Judged>) -> Result<(), Refusal> {
        let position = self.directory.position(self.unit, (row.portfolio.as_ref(), &row.symbol), None)?;
        if let Destination::Portfolio(to) = &row.to {
            self.directory.position(self.unit, (Some(to), &row.symbol), None)?;
        }
        let from = position.portfolio.name().clone();
        let asked = (&row.into(), &row.asked(&from));
        let Some(new) = self.new_id(&position, asked, (at.0, judged))? else { return Ok(()) };
        let id = new.id;
        transfer_shares(self.unit, &row.request(&from, new)).map_err(Refusal::from_any)?;
        self.late.note_place(id, at);
        self.receipt.count_imported();
        Ok(())
    }

    /// Skips a row that the book already has.
    fn skip(&mut self, known: Sequence) -> Result<(), Refusal> {
        self.receipt.skip_duplicate();
        Ok(self.duplicates.note(self.unit, known)?)
    }

    /// The id under which to record a row of a position; `None` if it is skipped.
    fn new_id(
        &mut self,
        position: &OfPosition,
        asked: (&RowFacts<'_>, &Asked<'_>),
        at: (u64, Option<Judged>),
    ) -> Result<Option<NewId>, Refusal> {
        match self.known.find(self.unit, at, asked, position)? {
            Found::New(new) => return Ok(Some(new)),
            Found::Known(known) => {
                self.receipt.warnings.extend(tax_not_in_book(self.unit, asked.0, known)?);
                self.skip(known)?;
            }
            Found::Repeated => {
                let receipt = &mut self.receipt;
                receipt.skip_duplicate();
                receipt.repeated = receipt.repeated.saturating_add(1);
            }
            Found::Similar(new, known) => {
                let receipt = &mut self.receipt;
                receipt.similar = receipt.similar.saturating_add(1);
                match self.request.similar {
                    Similar::Refuse => return Err(is_similar(&known)),
                    Similar::Record => return Ok(Some(new)),
                    Similar::Skip => {
                        let (identity, transaction_id) = (new.identity.unwrap_or(new.id), known.transaction_id);
                        receipt.identities.push(KnownIdentity { identity, transaction_id });
                        self.known.take_for(identity, *known);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Rebuilds the positions with rows out of order; returns the rows that are then invalid, and where the others are.
    pub(super) fn rematch(&mut self) -> Result<(Rematch, LateRows), AppError> {
        let mut late = std::mem::take(&mut self.late);
        let rematch = late.rematch(self.unit)?;
        self.receipt.notes.extend(rematch.reordered.iter().map(ToString::to_string));
        Ok((rematch, late))
    }

    /// Checks that new prices, and prices before a new split, count shares as of the day that is assumed for them.
    pub(super) fn check_prices(&mut self) -> Result<(), AppError> {
        for (stock, is_split) in self.directory.stocks() {
            let symbol = &stock.profile().symbol;
            if let (Some(period), PriceBasis::Unsaid) = (self.prices.period(symbol), self.request.price_basis) {
                if let Some(doubt) = price_doubt(self.unit, stock, period)? {
                    return Err(
                        DomainError::AdjustmentUnclear { symbol: symbol.clone(), doubt: Box::new(doubt) }.into()
                    );
                }
            } else if is_split && let Some(doubt) = price_doubt(self.unit, stock, [Day::FIRST, Day::LAST])? {
                self.receipt.notes.push(rebase_advice(symbol, &doubt));
            }
        }
        Ok(())
    }

    pub(super) fn conclude(mut self) -> ImportReceipt {
        self.receipt.note_repeated();
        self.receipt.duplicates = self.duplicates.into_rows();
        self.directory.conclude(&mut self.receipt);
        self.receipt
    }
}
