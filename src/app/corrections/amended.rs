//! A transaction as it is entered again, with changes.

use crate::app::picking::LotChoice;
use crate::domain::{
    Cash, Consideration, CostBasisMethod, Day, Dividend, DomainError, Fee, LotsNeeded, Money, Note, PickedLot,
    Quantity, Side, Symbol, TimeOfDay, Trade, TransactionId, TransactionType,
};
use crate::formats::CurrencyMark;
use crate::store::TransactionRow;

/// The changes to a transaction. `None` leaves a member as it is.
#[derive(Debug, Clone, Default, PartialEq)]
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

/// What is entered in place of a transaction.
pub(super) enum Amended {
    Trade(Trade),
    Dividend(Dividend),
}

impl Amended {
    pub(super) fn id(&self) -> TransactionId {
        match self {
            Self::Trade(trade) => trade.id,
            Self::Dividend(dividend) => dividend.id,
        }
    }

    pub(super) fn date(&self) -> Day {
        match self {
            Self::Trade(trade) => trade.date,
            Self::Dividend(dividend) => dividend.date,
        }
    }

    pub(super) fn in_place_of(self, other: TransactionId, identity: TransactionId) -> Self {
        let (replaces, identity) = (Some(other), Some(identity));
        match self {
            Self::Trade(trade) => Self::Trade(Trade { identity, replaces, ..trade }),
            Self::Dividend(dividend) => Self::Dividend(Dividend { identity, replaces, ..dividend }),
        }
    }

    /// The lots that it can affect.
    pub(super) fn lots_needed(&self, method: CostBasisMethod) -> LotsNeeded {
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
///
/// # Errors
/// [`DomainError::NotAmendable`] if it is not a trade or dividend, if it lacks what is to be changed, or if
/// the changes are ambiguous.
pub(super) fn amended(
    old: &TransactionRow,
    amendment: &Amendment,
    id: TransactionId,
    picked: Vec<PickedLot>,
) -> Result<Amended, DomainError> {
    match old.transaction_type {
        TransactionType::Buy => trade(old, amendment, id, (Side::Buy, picked)).map(Amended::Trade),
        TransactionType::Sell => trade(old, amendment, id, (Side::Sell, picked)).map(Amended::Trade),
        TransactionType::Dividend => dividend(old, amendment, id).map(Amended::Dividend),
        TransactionType::TransferIn | TransactionType::TransferOut => Err(not_amended(old, "a transfer")),
        TransactionType::ReturnCapital => Err(not_amended(old, "a return of capital")),
        TransactionType::AdjustCost => Err(not_amended(old, "an addition to the cost")),
        // These have records of their own types.
        TransactionType::Split | TransactionType::SpinOff | TransactionType::Exchange => {
            Err(not_amended(old, "no trade"))
        }
    }
}

fn dividend(old: &TransactionRow, amendment: &Amendment, id: TransactionId) -> Result<Dividend, DomainError> {
    let is_trade = amendment.quantity.is_some() || amendment.fee.is_some() || amendment.charged.is_some();
    let amount = match amendment.consideration {
        Some(Consideration::Amount(amount)) => Some(amount),
        Some(Consideration::Price(_)) => None,
        None => old.gross_amount(),
    };
    let amount = amount.filter(|_| !is_trade).ok_or_else(|| {
        refusal(
            format!("{} is a dividend: it has no quantity, price or fee", old.transaction_id),
            "give --amount, --withholding, --settled, --date, --time or --note",
        )
    })?;
    if let Some(paid) = old.paid.filter(|_| amendment.consideration.is_some() || amendment.withholding.is_some()) {
        let what = format!("{} was paid in {}, from which its amounts follow", old.transaction_id, paid.currency);
        return Err(refusal(what, "void it, and record it again with --currency and --rate"));
    }
    Ok(Dividend {
        id,
        identity: None,
        date: amendment.date.unwrap_or(old.trade_date),
        ex_date: old.ex_date,
        time: amendment.time.or(old.trade_time),
        amount,
        withholding: amendment.withholding.or(old.withholding).unwrap_or_default(),
        note: amendment.note.clone().or_else(|| old.note.clone()),
        replaces: Some(old.transaction_id),
        paid: old.paid,
        // What an account was charged is an independent fact: other corrections do not change it.
        settled: amendment.settled.or(old.settled),
    })
}

fn trade(
    old: &TransactionRow,
    amendment: &Amendment,
    id: TransactionId,
    (side, picked): (Side, Vec<PickedLot>),
) -> Result<Trade, DomainError> {
    if amendment.withholding.is_some() {
        let what = format!("{} is a trade: nothing was withheld from it", old.transaction_id);
        return Err(refusal(what, "give --fee for what the broker took"));
    }
    let date = amendment.date.unwrap_or(old.trade_date);
    let (fee, charged) = match (amendment.fee, amendment.charged) {
        (None, None) => (old.fee, old.charged),
        (fee, charged) => (fee.unwrap_or(Fee::ZERO), charged),
    };
    let damaged = || refusal(format!("{} lacks a quantity or amount", old.transaction_id), "restore a backup");
    Ok(Trade {
        id,
        identity: None,
        side,
        date,
        time: amendment.time.or(old.trade_time),
        quantity: amendment.quantity.or(old.quantity).ok_or_else(damaged)?,
        consideration: consideration(old, amendment)?.ok_or_else(damaged)?,
        fee,
        note: amendment.note.clone().or_else(|| old.note.clone()),
        picked,
        replaces: Some(old.transaction_id),
        // A lot that counted shares as of its own day still does, and the fraction of a split exists only on
        // the day of that split.
        as_of: match side {
            Side::Buy => old.as_of.map(|as_of| if as_of == old.trade_date { date } else { as_of.max(date) }),
            Side::Sell => old.as_of.filter(|as_of| *as_of == date),
        },
        // What an account was charged is an independent fact: other corrections do not change it.
        settled: amendment.settled.or(old.settled),
        charged,
    })
}

/// The price or amount of an amended trade: the given one, or else the one that was entered originally;
/// `None` if the transaction has neither.
fn consideration(old: &TransactionRow, amendment: &Amendment) -> Result<Option<Consideration>, DomainError> {
    if amendment.consideration.is_some() {
        return Ok(amendment.consideration);
    }
    let (Some(price), Some(quantity)) = (old.price, old.quantity) else { return Ok(None) };
    let gross = old.gross_amount();
    if price.times(quantity).ok() == gross {
        return Ok(Some(Consideration::Price(price)));
    }
    if amendment.quantity.is_some() {
        let what = format!("{} was entered by its amount, which another quantity leaves open", old.transaction_id);
        return Err(refusal(what, "give --price or --amount with --quantity"));
    }
    Ok(gross.map(Consideration::Amount))
}

pub(super) fn refusal(what: String, hint: impl Into<String>) -> DomainError {
    DomainError::NotAmendable { what, hint: hint.into() }
}
