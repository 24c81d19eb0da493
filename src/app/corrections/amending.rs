//! Amending a transaction: it is voided and entered again with changes.

use super::{BookRecord, VoidReceipt, revert, void};
use crate::app::AppError;
use crate::app::currency_marks::check_mark;
use crate::app::fees::with_known_fee;
use crate::app::lookup::{known_portfolio, known_record, known_stock};
use crate::app::picking::{LotChoice, picked_lots};
use crate::app::rematch::{Cause, rematch_stale};
use crate::app::undo::UNDONE;
use crate::domain::{
    Cash, Consideration, CostBasisMethod, Day, Dividend, DomainError, ExternalId, Fee, LotsNeeded, Money, Note,
    PickedLot, Portfolio, PositionTotals, Quantity, RematchedSale, Side, Stock, Symbol, TimeOfDay, Trade,
    TransactionId, TransactionType,
};
use crate::formats::CurrencyMark;
use crate::store::{TransactionRow, UnitOfWork};

/// The changes to a transaction. `None` leaves a member as it is.
#[derive(Debug, Clone, Default)]
pub struct Amendment {
    /// The stock.
    pub symbol: Option<Symbol>,
    /// Shares that changed hands.
    pub quantity: Option<Quantity>,
    /// Price or amount, before fees; for a dividend the gross amount.
    pub consideration: Option<Consideration>,
    /// The broker's fee.
    pub fee: Option<Fee>,
    /// The fee in a currency other than the stock's, instead of `fee`.
    pub charged: Option<Cash>,
    /// The tax that was withheld from a dividend.
    pub withholding: Option<Money>,
    /// The settlement amount in the account's currency.
    pub settled: Option<Cash>,
    /// The day.
    pub date: Option<Day>,
    /// The time of day.
    pub time: Option<TimeOfDay>,
    /// The user's note.
    pub note: Option<Note>,
    /// The lots that a sale takes; the same as before if empty.
    pub lots: Vec<LotChoice>,
    /// The currency symbols that came with the amounts.
    pub marks: Vec<CurrencyMark>,
}

/// A transaction that was voided and entered again.
#[derive(Debug, Clone)]
pub struct AmendReceipt {
    /// The voided transaction.
    pub voided: TransactionId,
    /// The transaction that replaces it.
    pub transaction: TransactionRow,
    /// The totals of its position now.
    pub position: PositionTotals,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Voids a trade or dividend and enters it again with changes, in one unit of work. On the same day it
/// keeps the place of the transaction that it replaces.
///
/// # Errors
/// If the id is unknown, voided, or that of a split or transfer, if an entry would no longer be
/// possible, or if the book cannot be read or written.
pub fn amend(
    unit: &mut UnitOfWork<'_>,
    id: &ExternalId,
    owner: Option<&Portfolio>,
    amendment: &Amendment,
    fresh_id: TransactionId,
) -> Result<AmendReceipt, AppError> {
    let record = BookRecord::find(unit.reader(), known_record(unit.reader(), id, owner)?)?;
    if record.is_voided() {
        let id = record.id();
        let hint = format!("`stockbook history {id}` shows what replaced it");
        return Err(refusal(format!("{id} is voided already"), hint).into());
    }
    let BookRecord::Transaction(old) = &record else {
        let what = format!("{} is {}", record.id(), record.noun());
        return Err(refusal(what, "void it, and record it again").into());
    };
    let portfolio = known_portfolio(unit.reader(), &old.portfolio)?;
    let stock = known_stock(unit.reader(), amendment.symbol.as_ref().unwrap_or(&old.symbol))?;
    amendment.marks.iter().try_for_each(|mark| check_mark(&stock, *mark))?;
    check_currency(old, &stock, amendment)?;
    let picked = picked(unit, old, (&portfolio, &stock), amendment)?;
    let entered = amended(old, amendment, fresh_id, picked)?;
    replace(unit, &record, "amended", (&portfolio, &stock), entered)
}

/// Voids an amended transaction, and enters the former one again.
///
/// # Errors
/// If an entry would no longer be possible, or if the book cannot be read or written.
pub(in crate::app) fn bring_back(
    unit: &mut UnitOfWork<'_>,
    amended_row: &TransactionRow,
    before: TransactionId,
    (fresh_id, identity): (TransactionId, TransactionId),
) -> Result<VoidReceipt, AppError> {
    let record = BookRecord::Transaction(amended_row.clone());
    let Some(old) = unit.reader().transactions().find(before)? else {
        return Err(AppError::damaged(&format!("{before}, which was amended, is not there")));
    };
    let (portfolio, stock) =
        (known_portfolio(unit.reader(), &old.portfolio)?, known_stock(unit.reader(), &old.symbol)?);
    let picked = unit.reader().records().current_lots(&old.picked)?;
    let entered = amended(&old, &Amendment::default(), fresh_id, picked)?.in_place_of(record.id(), identity);
    let AmendReceipt { transaction, rematched, .. } = replace(unit, &record, UNDONE, (&portfolio, &stock), entered)?;
    Ok(VoidReceipt { records: vec![record], entered: Some(transaction), replacement: None, rematched })
}

/// Voids a transaction and enters another one in its place.
fn replace(
    unit: &mut UnitOfWork<'_>,
    record: &BookRecord,
    reason: &str,
    (portfolio, stock): (&Portfolio, &Stock),
    entered: Amended,
) -> Result<AmendReceipt, AppError> {
    let (id, date) = (entered.id(), entered.date());
    let needed = entered.lots_needed(portfolio.cost_basis_method());
    let is_same_stock = record.symbol() == &stock.profile().symbol;
    revert(unit, std::slice::from_ref(record), if is_same_stock { needed } else { LotsNeeded::None })?;
    let old_stock = void(unit, record, Some(&reason.parse()?))?;
    match entered {
        Amended::Trade(trade) => {
            let trade = with_known_fee(unit.reader(), stock, trade)?;
            let kept = unit.reader().records().place_among_versions(portfolio, record.id(), date)?;
            unit.with_position(portfolio, stock, needed, |position, next| {
                if kept.is_some()
                    && !is_same_stock
                    && position.totals().last_entry.is_some_and(|(last, _)| last >= date)
                {
                    // Other entries of that day may come after it.
                    position.mark_stale();
                }
                position.execute(&trade, kept.unwrap_or(next)).map_err(AppError::from)
            })?;
        }
        Amended::Dividend(dividend) => {
            unit.with_position(portfolio, stock, LotsNeeded::None, |position, place| {
                position.receive_dividend(&dividend, place).map_err(AppError::from)
            })?;
        }
    }
    let cause = Cause::transaction(id, date.min(record.date()));
    let mut rematched = rematch_stale(unit, &old_stock, cause)?.sales;
    if !is_same_stock {
        rematched.extend(rematch_stale(unit, stock, cause)?.sales);
    }
    let transaction =
        unit.reader().transactions().find(id)?.ok_or_else(|| AppError::damaged("the transaction is not there"))?;
    let position = unit.current_totals(portfolio, stock)?;
    Ok(AmendReceipt { voided: record.id(), transaction, position, rematched })
}

fn refusal(what: String, hint: impl Into<String>) -> DomainError {
    DomainError::NotAmendable { what, hint: hint.into() }
}

/// Refuses to read amounts of one currency as amounts of another.
fn check_currency(old: &TransactionRow, stock: &Stock, amendment: &Amendment) -> Result<(), DomainError> {
    let is_given = amendment.consideration.is_some()
        && (amendment.fee.is_some() || amendment.charged.is_some() || old.fee == Fee::ZERO)
        && (amendment.withholding.is_some() || old.withholding.is_none_or(Money::is_zero));
    let (symbol, currency) = (&stock.profile().symbol, stock.profile().currency);
    if currency == old.currency || is_given {
        return Ok(());
    }
    let what = format!("the amounts of {} are in {}, and {symbol} is in {currency}", old.transaction_id, old.currency);
    Err(refusal(what, "give all its amounts again, with --price or --amount, --fee and --withholding"))
}

/// The lots that an amended sale takes: the given ones, or those that it took before.
fn picked(
    unit: &UnitOfWork<'_>,
    old: &TransactionRow,
    (portfolio, stock): (&Portfolio, &Stock),
    amendment: &Amendment,
) -> Result<Vec<PickedLot>, AppError> {
    let (id, symbol) = (old.transaction_id, &stock.profile().symbol);
    let (quantity, lots) = (amendment.quantity.or(old.quantity), &amendment.lots);
    if !lots.is_empty() {
        if old.transaction_type != TransactionType::Sell {
            return Err(refusal(format!("{id} is not a sale, and takes no lots"), "leave --lot out").into());
        }
        return quantity
            .map_or(Ok(Vec::new()), |quantity| picked_lots(unit.reader(), portfolio, lots, symbol, quantity));
    }
    let mut picked = unit.reader().records().current_lots(&old.picked)?;
    if picked.is_empty() {
        return Ok(picked);
    }
    if *symbol != old.symbol {
        let what = format!("{id} takes lots of {}, and none of {symbol}", old.symbol);
        return Err(refusal(what, "name those that it is to take with --lot").into());
    }
    match (amendment.quantity, picked.as_mut_slice()) {
        (None, _) => {}
        (Some(quantity), [only]) => only.quantity = quantity,
        (Some(_), _) => {
            let what = format!("{id} takes {} lots, and another quantity leaves open how much of each", picked.len());
            return Err(refusal(what, "give --lot once for each lot, as ID:QUANTITY").into());
        }
    }
    Ok(picked)
}

enum Amended {
    Trade(Trade),
    Dividend(Dividend),
}

impl Amended {
    fn id(&self) -> TransactionId {
        match self {
            Self::Trade(trade) => trade.id,
            Self::Dividend(dividend) => dividend.id,
        }
    }

    fn date(&self) -> Day {
        match self {
            Self::Trade(trade) => trade.date,
            Self::Dividend(dividend) => dividend.date,
        }
    }

    fn in_place_of(self, other: TransactionId, identity: TransactionId) -> Self {
        let (replaces, identity) = (Some(other), Some(identity));
        match self {
            Self::Trade(trade) => Self::Trade(Trade { identity, replaces, ..trade }),
            Self::Dividend(dividend) => Self::Dividend(Dividend { identity, replaces, ..dividend }),
        }
    }

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

fn not_amended(old: &TransactionRow, what: &str) -> DomainError {
    refusal(format!("{} is {what}", old.transaction_id), "void it, and record it again")
}

/// The transaction as it is entered again.
fn amended(
    old: &TransactionRow,
    amendment: &Amendment,
    id: TransactionId,
    picked: Vec<PickedLot>,
) -> Result<Amended, DomainError> {
    let date = amendment.date.unwrap_or(old.trade_date);
    let damaged = || refusal(format!("{} lacks a quantity or amount", old.transaction_id), "restore a backup");
    let note = amendment.note.clone().or_else(|| old.note.clone());
    let gross = old.gross_amount();
    // What an account was charged is a fact of its own, whatever else was wrong.
    let settled = amendment.settled.or(old.settled);
    let side = match old.transaction_type {
        TransactionType::Buy => Side::Buy,
        TransactionType::Sell => Side::Sell,
        TransactionType::Dividend => {
            let is_trade = amendment.quantity.is_some() || amendment.fee.is_some() || amendment.charged.is_some();
            let amount = match amendment.consideration {
                Some(Consideration::Amount(amount)) => Some(amount),
                Some(Consideration::Price(_)) => None,
                None => gross,
            };
            let amount = amount.filter(|_| !is_trade).ok_or_else(|| {
                refusal(
                    format!("{} is a dividend: it has no quantity, price or fee", old.transaction_id),
                    "give --amount, --withholding, --settled, --date, --time or --note",
                )
            })?;
            if let Some(paid) =
                old.paid.filter(|_| amendment.consideration.is_some() || amendment.withholding.is_some())
            {
                let what =
                    format!("{} was paid in {}, from which its amounts follow", old.transaction_id, paid.currency);
                return Err(refusal(what, "void it, and record it again with --currency and --rate"));
            }
            let withholding = amendment.withholding.or(old.withholding).unwrap_or_default();
            let replaces = Some(old.transaction_id);
            let (time, ex_date) = (amendment.time.or(old.trade_time), old.ex_date);
            return Ok(Amended::Dividend(Dividend {
                id,
                identity: None,
                date,
                ex_date,
                time,
                amount,
                withholding,
                note,
                replaces,
                paid: old.paid,
                settled,
            }));
        }
        TransactionType::TransferIn | TransactionType::TransferOut => return Err(not_amended(old, "a transfer")),
        TransactionType::ReturnCapital => return Err(not_amended(old, "a return of capital")),
        TransactionType::AdjustCost => return Err(not_amended(old, "an addition to the cost")),
        // These are records of their own kind.
        TransactionType::Split | TransactionType::SpinOff | TransactionType::Exchange => {
            return Err(not_amended(old, "no trade"));
        }
    };
    if amendment.withholding.is_some() {
        let what = format!("{} is a trade: nothing was withheld from it", old.transaction_id);
        return Err(refusal(what, "give --fee for what the broker took"));
    }
    let (fee, charged) = match (amendment.fee, amendment.charged) {
        (None, None) => (old.fee, old.charged),
        (fee, charged) => (fee.unwrap_or(Fee::ZERO), charged),
    };
    let (quantity, price) = (old.quantity.ok_or_else(damaged)?, old.price.ok_or_else(damaged)?);
    let was_priced = price.times(quantity).ok() == gross;
    let consideration = match (amendment.consideration, was_priced, amendment.quantity) {
        (Some(given), _, _) => given,
        (None, true, _) => Consideration::Price(price),
        (None, false, None) => Consideration::Amount(gross.ok_or_else(damaged)?),
        (None, false, Some(_)) => {
            let what = format!("{} was entered by its amount, which another quantity leaves open", old.transaction_id);
            return Err(refusal(what, "give --price or --amount with --quantity"));
        }
    };
    Ok(Amended::Trade(Trade {
        id,
        identity: None,
        side,
        date,
        time: amendment.time.or(old.trade_time),
        quantity: amendment.quantity.unwrap_or(quantity),
        consideration,
        fee,
        note,
        picked,
        replaces: Some(old.transaction_id),
        // A lot that was counted as of its own day still is; a split leaves its fraction only on its own
        // day.
        as_of: match side {
            Side::Buy => old.as_of.map(|as_of| if as_of == old.trade_date { date } else { as_of.max(date) }),
            Side::Sell => old.as_of.filter(|as_of| *as_of == date),
        },
        settled,
        charged,
    }))
}
