//! The content of a row by which a transaction is recognized.

use super::file::{CostChangeRow, DividendRow, TradeRow, TransferRow, WriteOffRow};
use crate::domain::{
    Cash, Consideration, Day, ExternalId, Fee, Instant, Money, Quantity, Symbol, TimeOfDay, TransactionType,
};
use crate::store::TransactionRow;

/// The content of a row, or of a transaction in the book.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowFacts<'r> {
    pub(super) day: Day,
    pub(super) time: Option<TimeOfDay>,
    /// The instant, if the file states the offset from UTC.
    pub(super) instant: Option<Instant>,
    pub(super) action: Action,
    pub(super) symbol: &'r Symbol,
    /// `None` for a dividend.
    pub(super) quantity: Option<Quantity>,
    /// The total before fees and taxes.
    pub(super) consideration: Consideration,
    pub(super) fee: Fee,
    /// The tax withheld from a dividend.
    pub(super) withholding: Money,
    /// The fee as charged in another currency, if it is not known in the stock's.
    pub(super) charged: Option<Cash>,
    /// The file's id for it.
    pub(super) id: Option<&'r ExternalId>,
}

/// The type of a transaction; an opening lot differs from a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Opening,
    /// A sale for nothing of all shares held, however many.
    WriteOff,
    Other(TransactionType),
}

impl Action {
    fn new(transaction_type: TransactionType, as_of: Option<Day>) -> Self {
        match (transaction_type, as_of) {
            (TransactionType::Buy, Some(_)) => Self::Opening,
            (other, _) => Self::Other(other),
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "OPENING",
            Self::WriteOff => "WRITE_OFF",
            Self::Other(transaction_type) => transaction_type.as_str(),
        }
    }
}

impl RowFacts<'_> {
    /// The total before fees and taxes; `None` if it has too many digits.
    pub(super) fn gross(&self) -> Option<Money> {
        match (self.consideration, self.quantity) {
            (Consideration::Price(price), Some(quantity)) => price.times(quantity).ok(),
            (Consideration::Price(_), None) => None,
            (Consideration::Amount(amount), _) => Some(amount),
        }
    }

    /// The cash that moved, after fees and taxes; `None` if it is not known.
    pub(super) fn cash(&self) -> Option<Money> {
        let gross = self.gross().filter(|_| self.charged.is_none())?;
        let cash = match self.action {
            Action::Opening | Action::Other(TransactionType::Buy) => gross.plus(self.fee.into()),
            Action::Other(TransactionType::Sell) => gross.minus(self.fee.into()),
            Action::Other(TransactionType::Dividend) => gross.minus(self.withholding),
            Action::WriteOff
            | Action::Other(
                TransactionType::Split
                | TransactionType::TransferIn
                | TransactionType::TransferOut
                | TransactionType::SpinOff
                | TransactionType::Exchange
                | TransactionType::ReturnCapital
                | TransactionType::AdjustCost,
            ) => return None,
        };
        cash.ok()
    }
}

impl<'r> From<&'r TradeRow> for RowFacts<'r> {
    fn from(row: &'r TradeRow) -> Self {
        Self {
            day: row.date,
            time: row.time,
            instant: row.instant,
            action: Action::new(row.side.into(), row.as_of),
            symbol: &row.symbol,
            quantity: Some(row.quantity),
            consideration: row.consideration,
            fee: row.fee.unwrap_or(Fee::ZERO),
            withholding: Money::ZERO,
            charged: row.charged.filter(|_| row.fee.is_none()),
            id: row.id.as_ref(),
        }
    }
}

impl<'r> From<&'r DividendRow> for RowFacts<'r> {
    fn from(row: &'r DividendRow) -> Self {
        Self {
            day: row.date,
            time: row.time,
            instant: row.instant,
            action: Action::Other(TransactionType::Dividend),
            symbol: &row.symbol,
            quantity: None,
            consideration: Consideration::Amount(row.amount),
            fee: Fee::ZERO,
            withholding: row.withholding,
            charged: None,
            id: row.id.as_ref(),
        }
    }
}

impl<'r> From<&'r TransferRow> for RowFacts<'r> {
    fn from(row: &'r TransferRow) -> Self {
        Self {
            day: row.date,
            time: row.time,
            instant: row.instant,
            action: Action::Other(TransactionType::TransferOut),
            symbol: &row.symbol,
            quantity: Some(row.quantity),
            consideration: Consideration::Amount(Money::ZERO),
            fee: Fee::ZERO,
            withholding: Money::ZERO,
            charged: None,
            id: row.id.as_ref(),
        }
    }
}

impl<'r> From<&'r CostChangeRow> for RowFacts<'r> {
    fn from(row: &'r CostChangeRow) -> Self {
        Self {
            day: row.date,
            time: None,
            instant: None,
            action: Action::Other(row.kind.into()),
            symbol: &row.symbol,
            quantity: None,
            consideration: Consideration::Amount(row.amount),
            fee: Fee::ZERO,
            withholding: Money::ZERO,
            charged: None,
            id: row.id.as_ref(),
        }
    }
}

impl<'r> From<&'r WriteOffRow> for RowFacts<'r> {
    fn from(row: &'r WriteOffRow) -> Self {
        Self {
            day: row.date,
            time: None,
            instant: None,
            action: Action::WriteOff,
            symbol: &row.symbol,
            quantity: None,
            consideration: Consideration::Amount(Money::ZERO),
            fee: Fee::ZERO,
            withholding: Money::ZERO,
            charged: None,
            id: row.id.as_ref(),
        }
    }
}

/// The total of a record in the book; `None` if it has too many digits.
pub(super) fn recorded(known: &TransactionRow) -> Option<RowFacts<'_>> {
    Some(RowFacts {
        day: known.trade_date,
        time: known.trade_time,
        instant: None,
        action: Action::new(known.transaction_type, known.as_of),
        symbol: &known.symbol,
        quantity: known.quantity,
        consideration: Consideration::Amount(known.gross_amount()?),
        fee: known.fee,
        withholding: known.withholding.unwrap_or_default(),
        charged: None,
        id: None,
    })
}
