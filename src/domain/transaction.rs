//! Events of positions: what was traded, received, split, moved and voided.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Cash, CostAdjustmentKind, Currency, Day, Entry, EntryKind, Fee, Money, Note, PickedLot, PortfolioId, PortfolioName,
    Price, Quantity, Sequence, SplitTerms, StockId, Symbol, TimeOfDay, TransactionId, TransactionType,
};

/// Shares were bought or sold, or moved between portfolios.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionExecutedEvent {
    /// The transaction; a purchase's id is also its lot's, and both sides of a transfer share one.
    pub transaction_id: TransactionId,
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// The stock.
    pub stock_id: StockId,
    /// The portfolio's name.
    pub portfolio: PortfolioName,
    /// The stock's symbol.
    pub symbol: Symbol,
    /// Purchase, sale or side of a transfer.
    pub transaction_type: TransactionType,
    /// The day of the trade.
    pub trade_date: Day,
    /// Shares that changed hands.
    pub quantity: Quantity,
    /// Price per share; where an amount was given, its quotient at ten places. 0 for a transfer.
    pub price: Price,
    /// The broker's fee.
    pub fee: Fee,
    /// The cash that moved: the amount plus the fee for a purchase, less the fee for a sale.
    pub total_amount: Money,
    /// The currency of price, fee and total.
    pub currency: Currency,
    /// The user's note.
    pub note: Option<Note>,
    /// The lots that the user picked for a sale or transfer; absent if the portfolio's method decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<PickedLot>,
    /// The voided transaction that it replaces; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// For an opening lot: the day as of which its quantity counts shares. For a sale of the fraction that a
    /// split left, which comes before all trades: the day of the split. Otherwise absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The id that identifies it from now on, if that is not its own because it belonged to something that
    /// was undone; otherwise absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
    /// The time of the trade; absent if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade_time: Option<TimeOfDay>,
    /// The settlement amount in the account's currency, with the sign of the total; absent if not given,
    /// as is its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_amount: Option<Money>,
    /// The currency of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_currency: Option<Currency>,
    /// The fee as it was charged, if that was in a currency other than the stock's; otherwise absent, as
    /// is its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charged_fee: Option<Money>,
    /// The currency in which it was charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charged_currency: Option<Currency>,
}

impl TransactionExecutedEvent {
    /// The settlement amount, if given.
    #[must_use]
    pub fn settled(&self) -> Option<Cash> {
        Cash::of(self.settlement_amount, self.settlement_currency)
    }

    /// The fee as it was charged, if that was in a currency other than the stock's.
    #[must_use]
    pub fn charged(&self) -> Option<Cash> {
        Cash::of(self.charged_fee, self.charged_currency)
    }

    /// The entry that it makes in the position, recorded at `place`.
    #[must_use]
    pub fn entry(&self, place: Sequence) -> Entry {
        let (portfolio, quantity) = (self.portfolio_id, self.quantity);
        let kind = match self.transaction_type {
            TransactionType::Sell => {
                let (proceeds, picked) = (self.total_amount, self.lots.clone());
                EntryKind::Sale { portfolio, quantity, proceeds, picked, as_of: self.as_of }
            }
            TransactionType::TransferOut => EntryKind::TransferOut { portfolio, quantity, picked: self.lots.clone() },
            TransactionType::TransferIn => EntryKind::TransferIn { portfolio, quantity },
            // The other types have events of their own.
            TransactionType::Buy
            | TransactionType::Dividend
            | TransactionType::Split
            | TransactionType::SpinOff
            | TransactionType::Exchange
            | TransactionType::ReturnCapital
            | TransactionType::AdjustCost => EntryKind::purchase(portfolio, (quantity, self.as_of), self.total_amount),
        };
        Entry::recorded((self.transaction_id, self.stock_id), (self.trade_date, self.trade_time), place, kind)
    }
}

/// A dividend was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DividendReceivedEvent {
    /// The transaction.
    pub transaction_id: TransactionId,
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// The stock.
    pub stock_id: StockId,
    /// The portfolio's name.
    pub portfolio: PortfolioName,
    /// The stock's symbol.
    pub symbol: Symbol,
    /// The payment day.
    pub pay_date: Day,
    /// The gross amount.
    pub amount: Money,
    /// The tax withheld from it.
    pub withholding: Money,
    /// The currency of both.
    pub currency: Currency,
    /// The user's note.
    pub note: Option<Note>,
    /// The voided dividend that it replaces; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// The ex-date: the first day on which a buyer is not entitled to it; absent if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ex_date: Option<Day>,
    /// As in [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
    /// The time of the payment; absent if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_time: Option<TimeOfDay>,
    /// The gross amount in the currency in which it was paid, if that is not the stock's; otherwise
    /// absent, as is its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_amount: Option<Money>,
    /// The currency in which it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_currency: Option<Currency>,
    /// As in [`TransactionExecutedEvent`]: the amount received, net of withholding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_amount: Option<Money>,
    /// As in [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_currency: Option<Currency>,
}

impl DividendReceivedEvent {
    /// The gross payment, if it was in a currency other than the stock's.
    #[must_use]
    pub fn paid(&self) -> Option<Cash> {
        Cash::of(self.paid_amount, self.paid_currency)
    }

    /// The settlement amount, if given.
    #[must_use]
    pub fn settled(&self) -> Option<Cash> {
        Cash::of(self.settlement_amount, self.settlement_currency)
    }

    /// The cash received: the amount less the tax withheld.
    #[must_use]
    pub fn net(&self) -> Money {
        // The tax withheld is a part of the amount, so the difference has no more digits.
        self.amount.minus(self.withholding).unwrap_or(self.amount)
    }

    /// The entry that it makes in the position, recorded at `place`.
    #[must_use]
    pub fn entry(&self, place: Sequence) -> Entry {
        let kind = EntryKind::Dividend { portfolio: self.portfolio_id, amount: self.amount, net: self.net() };
        Entry::recorded((self.transaction_id, self.stock_id), (self.pay_date, self.pay_time), place, kind)
    }
}

/// A stock was split, effective before the trades of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockSplitEvent {
    /// The split.
    pub split_id: TransactionId,
    /// The stock.
    pub stock_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
    /// The day.
    pub effective_date: Day,
    /// The number of new shares for a number of old ones.
    #[serde(flatten)]
    pub terms: SplitTerms,
    /// The voided split that it restores; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// As in [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
    /// How a broker rounded the shares; absent if it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounding>,
    /// The cash paid for the fraction, whose sale is an event of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_in_lieu: Option<Money>,
}

/// How a broker rounds a number of shares after a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// Down to whole shares, paying cash for the fraction.
    Down,
}

/// A transaction, dividend, split, conversion or transfer was voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionVoidedEvent {
    /// The voided record.
    pub transaction_id: TransactionId,
    /// Why.
    pub reason: Option<Note>,
}

/// A position's sales were matched to lots anew, because of something recorded before its last entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotsRematchedEvent {
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// The stock.
    pub stock_id: StockId,
    /// The portfolio's name.
    pub portfolio: PortfolioName,
    /// The stock's symbol.
    pub symbol: Symbol,
    /// The day from which sales were matched anew.
    pub from_date: Day,
    /// The cause: a transaction or split, or a portfolio whose method was changed.
    pub cause: Uuid,
    /// The position's realized gain before.
    pub realized_gain_before: Money,
    /// The position's realized gain after.
    pub realized_gain_after: Money,
}

/// The cost of a position's shares was adjusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostAdjustedEvent {
    /// The transaction.
    pub transaction_id: TransactionId,
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// The stock.
    pub stock_id: StockId,
    /// The portfolio's name.
    pub portfolio: PortfolioName,
    /// The stock's symbol.
    pub symbol: Symbol,
    /// The day.
    pub adjust_date: Day,
    /// The amount: for a return of capital, the cash.
    pub amount: Money,
    /// The direction.
    pub kind: CostAdjustmentKind,
    /// The user's note.
    pub note: Option<Note>,
    /// The voided adjustment that it replaces; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// As in [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
}

impl CostAdjustedEvent {
    /// The entry that it makes in the position, recorded at `place`.
    #[must_use]
    pub fn entry(&self, place: Sequence) -> Entry {
        let kind = EntryKind::CostAdjustment { portfolio: self.portfolio_id, kind: self.kind, amount: self.amount };
        Entry::recorded((self.transaction_id, self.stock_id), (self.adjust_date, None), place, kind)
    }
}
