//! Taking back and correcting what was recorded. Nothing is ever edited: a mistake is voided, and
//! entered again.

use std::collections::{BTreeMap, HashSet};

use super::lookup::{known_portfolio, known_record, known_stock};
use super::rematch::{Cause, rematch_stale};
use crate::domain::{
    Consideration, CostBasisMethod, Day, Dividend, DomainError, ExternalId, Fee, LotsNeeded, Money, Note, Portfolio,
    PortfolioName, PositionTotals, Quantity, Side, Stock, Symbol, Trade, TransactionId, TransactionType,
    TransactionVoidedEvent,
};
use crate::store::{Book, RematchedSale, SplitRow, StoreError, TransactionRow, UnitOfWork};

/// Something that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A trade, dividend or transfer.
    Transaction(TransactionRow),
    /// A split.
    Split(SplitRow),
}

impl Record {
    fn find(unit: &mut UnitOfWork<'_>, id: TransactionId) -> anyhow::Result<Self> {
        if let Some(transaction) = unit.transaction(id)? {
            return Ok(Self::Transaction(transaction));
        }
        let split = unit.split(id)?.map(Self::Split);
        split.ok_or_else(|| anyhow::anyhow!("{id} is neither a transaction nor a split"))
    }

    /// The record with this id, for a reader.
    pub(super) fn read(book: &Book, id: TransactionId) -> anyhow::Result<Self> {
        if let Some(transaction) = book.transaction(id)?.into_iter().next() {
            return Ok(Self::Transaction(transaction));
        }
        let split = book.split(id)?.map(Self::Split);
        split.ok_or_else(|| anyhow::anyhow!("{id} is neither a transaction nor a split"))
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TransactionId {
        match self {
            Self::Transaction(transaction) => transaction.transaction_id,
            Self::Split(split) => split.split_id,
        }
    }

    /// Its day.
    #[must_use]
    pub fn date(&self) -> Day {
        match self {
            Self::Transaction(transaction) => transaction.trade_date,
            Self::Split(split) => split.effective_date,
        }
    }

    /// Its stock.
    #[must_use]
    pub fn symbol(&self) -> &Symbol {
        match self {
            Self::Transaction(transaction) => &transaction.symbol,
            Self::Split(split) => &split.symbol,
        }
    }

    fn is_voided(&self) -> bool {
        match self {
            Self::Transaction(transaction) => transaction.voided_at.is_some(),
            Self::Split(split) => split.voided_at.is_some(),
        }
    }
}

/// What was voided.
#[derive(Debug, Clone)]
pub struct VoidReceipt {
    /// The records, as they were.
    pub records: Vec<Record>,
    /// Sales that realize another gain because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Voids a transaction or split. One that was voided before is left as it is.
///
/// # Errors
/// If the id is unknown, if a later entry could not stand any more, or if the book cannot be read
/// or written.
pub fn void_record(
    unit: &mut UnitOfWork<'_>,
    id: &ExternalId,
    portfolio: Option<&Portfolio>,
    reason: Option<&Note>,
) -> anyhow::Result<VoidReceipt> {
    let record = Record::find(unit, known_record(unit, id, portfolio)?)?;
    if record.is_voided() {
        return Ok(VoidReceipt { records: vec![record], rematched: Vec::new() });
    }
    void_all(unit, vec![record], reason)
}

/// Voids what the last command recorded.
///
/// # Errors
/// If it recorded nothing that can be voided, or as [`void_record`].
pub fn undo(unit: &mut UnitOfWork<'_>) -> anyhow::Result<VoidReceipt> {
    let mut known = HashSet::new();
    let mut records = Vec::new();
    for id in unit.last_recorded()?.into_iter().filter(|id| known.insert(*id)) {
        let record = Record::find(unit, id)?;
        if !record.is_voided() {
            records.push(record);
        }
    }
    if records.is_empty() {
        return Err(DomainError::NotAmendable {
            what: "the last command recorded no transaction, dividend, split or transfer that could be voided"
                .to_owned(),
            hint: "`stockbook audit --tail 3 -O table` shows what it did; `stockbook void <ID>` voids what came before",
        }
        .into());
    }
    let reason: Note = "undo".parse()?;
    void_all(unit, records, Some(&reason))
}

fn void_all(unit: &mut UnitOfWork<'_>, records: Vec<Record>, reason: Option<&Note>) -> anyhow::Result<VoidReceipt> {
    take_back(unit, &records, LotsNeeded::None)?;
    let mut stocks: Vec<(Stock, Cause)> = Vec::new();
    for record in &records {
        let stock = void(unit, record, reason)?;
        let cause = Cause::transaction(record.id(), record.date());
        match stocks.iter_mut().find(|(known, _)| known.id() == stock.id()) {
            Some((_, known)) => known.from_date = known.from_date.min(cause.from_date),
            None => stocks.push((stock, cause)),
        }
    }
    let mut rematched = Vec::new();
    for (stock, cause) in stocks {
        rematched.extend(rematch_stale(unit, &stock, cause)?);
    }
    Ok(VoidReceipt { records, rematched })
}

/// Takes transactions that are to be voided out of their positions; one of which they are not the
/// last is stale then. `needed` are the lots that can be touched by what is entered in their place.
fn take_back(unit: &mut UnitOfWork<'_>, records: &[Record], needed: LotsNeeded) -> anyhow::Result<()> {
    let mut by_position: BTreeMap<(&Symbol, PortfolioName), Vec<TransactionId>> = BTreeMap::new();
    for record in records {
        let Record::Transaction(transaction) = record else { continue };
        for portfolio in unit.facts()?.portfolios_of(transaction.transaction_id)? {
            let position = (&transaction.symbol, portfolio.name().clone());
            by_position.entry(position).or_default().push(transaction.transaction_id);
        }
    }
    for ((symbol, portfolio), ids) in by_position {
        let (stock, portfolio) = (known_stock(unit, symbol)?, known_portfolio(unit, &portfolio)?);
        unit.take_back(&portfolio, &stock, &ids, needed)?;
    }
    Ok(())
}

/// Records that something is void. The positions that a split touched are stale then; a transaction
/// was [taken back](take_back) before.
fn void(unit: &mut UnitOfWork<'_>, record: &Record, reason: Option<&Note>) -> anyhow::Result<Stock> {
    let voided = TransactionVoidedEvent { transaction_id: record.id(), reason: reason.cloned() };
    match record {
        Record::Transaction(transaction) => {
            let stock = known_stock(unit, &transaction.symbol)?;
            for portfolio in unit.facts()?.portfolios_of(transaction.transaction_id)? {
                unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, _| {
                    position.void(voided.clone());
                    Ok::<_, StoreError>(())
                })?;
            }
            Ok(stock)
        }
        Record::Split(split) => {
            let mut stock = known_stock(unit, &split.symbol)?;
            stock.void(voided);
            unit.save(&mut stock)?;
            for portfolio in unit.portfolios_with(&stock)? {
                unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, _| {
                    position.mark_stale();
                    Ok::<_, StoreError>(())
                })?;
            }
            Ok(stock)
        }
    }
}

/// What is to be different about a transaction. What is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Amendment {
    /// Shares that changed hands.
    pub quantity: Option<Quantity>,
    /// Price or amount, before fees; of a dividend the amount.
    pub consideration: Option<Consideration>,
    /// The broker's fee.
    pub fee: Option<Fee>,
    /// The tax that was withheld from a dividend.
    pub withholding: Option<Money>,
    /// The day.
    pub date: Option<Day>,
    /// The user's note.
    pub note: Option<Note>,
}

/// A transaction that was voided and entered again.
#[derive(Debug, Clone)]
pub struct AmendReceipt {
    /// What was voided.
    pub voided: TransactionId,
    /// What was entered in its place.
    pub transaction: TransactionRow,
    /// What the position comes to now.
    pub position: PositionTotals,
    /// Sales that realize another gain because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Voids a trade or dividend and enters it again with what is different, in one unit of work. On
/// the same day it takes the place of what it replaces.
///
/// # Errors
/// If the id is unknown, voided, a split's or a transfer's, if an entry could not stand any more,
/// or if the book cannot be read or written.
pub fn amend(
    unit: &mut UnitOfWork<'_>,
    id: &ExternalId,
    owner: Option<&Portfolio>,
    amendment: &Amendment,
    fresh_id: TransactionId,
) -> anyhow::Result<AmendReceipt> {
    let refuse = |what: String, hint| DomainError::NotAmendable { what, hint };
    let record = Record::find(unit, known_record(unit, id, owner)?)?;
    if record.is_voided() {
        let hint = "`stockbook history <ID>` tells what took its place";
        return Err(refuse(format!("{} is voided already", record.id()), hint).into());
    }
    let Record::Transaction(old) = &record else {
        return Err(refuse(format!("{} is a split", record.id()), "void it, and record it again").into());
    };
    let portfolio = known_portfolio(unit, &old.portfolio)?;
    let date = amendment.date.unwrap_or(old.trade_date);
    let amended = amended(old, amendment, fresh_id, date)?;
    take_back(unit, std::slice::from_ref(&record), amended.lots_needed(portfolio.cost_basis_method()))?;
    let stock = void(unit, &record, Some(&"amended".parse()?))?;
    match amended {
        Amended::Trade(trade) => {
            let replaced = unit.facts()?.entry(portfolio.id(), old.transaction_id)?;
            let replaced = replaced.filter(|replaced| replaced.entry.date == date);
            unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, next| {
                let place = replaced.map_or(next, |replaced| replaced.entry.place);
                position.execute(&trade, place).map_err(anyhow::Error::from)
            })?;
        }
        Amended::Dividend(dividend) => {
            unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, place| {
                position.receive_dividend(&dividend, place).map_err(anyhow::Error::from)
            })?;
        }
    }
    let rematched = rematch_stale(unit, &stock, Cause::transaction(fresh_id, date.min(old.trade_date)))?;
    let transaction = unit.transaction(fresh_id)?.ok_or_else(|| anyhow::anyhow!("the transaction is not there"))?;
    let position = unit.current_totals(&portfolio, &stock)?;
    Ok(AmendReceipt { voided: record.id(), transaction, position, rematched })
}

enum Amended {
    Trade(Trade),
    Dividend(Dividend),
}

impl Amended {
    /// The lots that it can touch.
    fn lots_needed(&self, method: CostBasisMethod) -> LotsNeeded {
        match self {
            Self::Trade(Trade { side: Side::Sell, quantity, picked, .. }) => {
                LotsNeeded::for_sale(method, *quantity, picked)
            }
            Self::Trade(Trade { side: Side::Buy, .. }) | Self::Dividend(_) => LotsNeeded::None,
        }
    }
}

/// The transaction as it is to be entered again.
fn amended(old: &TransactionRow, amendment: &Amendment, id: TransactionId, date: Day) -> Result<Amended, DomainError> {
    let refuse = |what: String, hint| DomainError::NotAmendable { what, hint };
    let damaged = || refuse(format!("{} lacks a quantity or amount", old.transaction_id), "copy back a backup");
    let note = amendment.note.clone().or_else(|| old.note.clone());
    let gross = old.gross_amount();
    let side = match old.transaction_type {
        TransactionType::Buy => Side::Buy,
        TransactionType::Sell => Side::Sell,
        TransactionType::Dividend => {
            let is_trade = amendment.quantity.is_some() || amendment.fee.is_some();
            let amount = match amendment.consideration {
                Some(Consideration::Amount(amount)) => Some(amount),
                Some(Consideration::Price(_)) => None,
                None => gross,
            };
            let amount = amount.filter(|_| !is_trade).ok_or_else(|| {
                refuse(
                    format!("{} is a dividend: it has no quantity, price or fee", old.transaction_id),
                    "give --amount, --withholding, --date or --note",
                )
            })?;
            let withholding = amendment.withholding.or(old.withholding).unwrap_or_default();
            let replaces = Some(old.transaction_id);
            let ex_date = old.ex_date;
            return Ok(Amended::Dividend(Dividend { id, date, ex_date, amount, withholding, note, replaces }));
        }
        TransactionType::TransferIn | TransactionType::TransferOut | TransactionType::Split => {
            let what = format!("{} is a transfer", old.transaction_id);
            return Err(refuse(what, "void it, and record it again"));
        }
    };
    if amendment.withholding.is_some() {
        let what = format!("{} is a trade: nothing was withheld from it", old.transaction_id);
        return Err(refuse(what, "give --fee for what the broker took"));
    }
    let (quantity, price) = (old.quantity.ok_or_else(damaged)?, old.price.ok_or_else(damaged)?);
    let was_priced = price.times(quantity).ok() == gross;
    let consideration = match (amendment.consideration, was_priced, amendment.quantity) {
        (Some(given), _, _) => given,
        (None, true, _) => Consideration::Price(price),
        (None, false, None) => Consideration::Amount(gross.ok_or_else(damaged)?),
        (None, false, Some(_)) => {
            let what = format!("{} was entered by its amount, which another quantity leaves open", old.transaction_id);
            return Err(refuse(what, "give --price or --amount with --quantity"));
        }
    };
    Ok(Amended::Trade(Trade {
        id,
        side,
        date,
        quantity: amendment.quantity.unwrap_or(quantity),
        consideration,
        fee: amendment.fee.unwrap_or(old.fee),
        note,
        picked: old.picked.clone(),
        replaces: Some(old.transaction_id),
        // A lot that was counted as of its own day goes on to be.
        as_of: old.as_of.map(|as_of| if as_of == old.trade_date { date } else { as_of.max(date) }),
    }))
}
