//! Events of positions: what was traded, received, split, moved and taken back.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Cash, CostAdjustmentKind, Currency, Day, Entry, EntryKind, Fee, Money, Note, PickedLot, PortfolioId, PortfolioName,
    Price, Quantity, Sequence, SplitTerms, StockId, Symbol, TimeOfDay, TransactionId, TransactionType,
};

/// Shares were bought or sold, or moved between portfolios.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionExecutedEvent {
    /// The transaction; a purchase's id is also its lot's, and both sides of a transfer have one.
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
    /// Cash that moved: the amount plus the fee of a purchase, less the fee of a sale.
    pub total_amount: Money,
    /// The currency of price, fee and total.
    pub currency: Currency,
    /// The user's note.
    pub note: Option<Note>,
    /// The lots that the caller picked for a sale or transfer; absent where the portfolio's rule holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<PickedLot>,
    /// The voided transaction whose place it takes; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// Of a lot held from before: the day as of which its quantity counts shares. Of a sale: the day of the
    /// split whose fraction it sells, before all trades. Absent of all else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The id that stands for it from now on, which something had that was taken back; absent where
    /// its own does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
    /// The time of the trade; absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade_time: Option<TimeOfDay>,
    /// The total in the currency of the account that it was settled in, of the total's sign; absent where it
    /// was not given, as its currency is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_amount: Option<Money>,
    /// The currency of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_currency: Option<Currency>,
    /// The fee as it was charged, where that was in another currency than the stock's; absent where it was not, as
    /// its currency is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charged_fee: Option<Money>,
    /// The currency in which it was charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charged_currency: Option<Currency>,
}

impl TransactionExecutedEvent {
    /// What it was settled with, where that was given.
    #[must_use]
    pub fn settled(&self) -> Option<Cash> {
        Cash::of(self.settlement_amount, self.settlement_currency)
    }

    /// The fee as it was charged, where that was in another currency than the stock's.
    #[must_use]
    pub fn charged(&self) -> Option<Cash> {
        Cash::of(self.charged_fee, self.charged_currency)
    }

    /// What it means to a position, recorded at `place`.
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
            // The others have events of their own.
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
    /// The day on which it was paid.
    pub pay_date: Day,
    /// The gross amount.
    pub amount: Money,
    /// The tax withheld from it.
    pub withholding: Money,
    /// The currency of both.
    pub currency: Currency,
    /// The user's note.
    pub note: Option<Note>,
    /// The voided dividend whose place it takes; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// The first day on which a buyer got no claim to it any more; absent where it was not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ex_date: Option<Day>,
    /// As of [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
    /// The time of the payment; absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_time: Option<TimeOfDay>,
    /// The gross amount in the currency in which it was paid, where that is not the stock's; absent where it is,
    /// as its currency is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_amount: Option<Money>,
    /// The currency in which it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_currency: Option<Currency>,
    /// As of [`TransactionExecutedEvent`]: what was received, net of what was withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_amount: Option<Money>,
    /// As of [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_currency: Option<Currency>,
}

impl DividendReceivedEvent {
    /// What was paid, where that was in another currency than the stock's.
    #[must_use]
    pub fn paid(&self) -> Option<Cash> {
        Cash::of(self.paid_amount, self.paid_currency)
    }

    /// What it was settled with, where that was given.
    #[must_use]
    pub fn settled(&self) -> Option<Cash> {
        Cash::of(self.settlement_amount, self.settlement_currency)
    }

    /// The cash that was received: the amount less what was withheld.
    #[must_use]
    pub fn net(&self) -> Money {
        // What is withheld is a part of the amount, so that the difference has no more digits.
        self.amount.minus(self.withholding).unwrap_or(self.amount)
    }

    /// What it means to a position, recorded at `place`.
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
    /// So many new shares and old ones.
    #[serde(flatten)]
    pub terms: SplitTerms,
    /// The voided split that it brings back; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// As of [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
    /// How a broker rounded the shares; absent where it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounding>,
    /// What it paid for the fraction, whose sale is an event of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_in_lieu: Option<Money>,
}

/// How a broker rounds a number of shares after a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// To whole shares; it pays for the fraction.
    Down,
}

/// A transaction, dividend, split or transfer was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionVoidedEvent {
    /// What was taken back.
    pub transaction_id: TransactionId,
    /// Why.
    pub reason: Option<Note>,
}

/// Something recorded before a position's last entry had its sales matched to lots again.
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
    /// The day from which on sales were matched again.
    pub from_date: Day,
    /// What led to it: a transaction or split, or a portfolio whose method was changed.
    pub cause: Uuid,
    /// The position's realized gain until now.
    pub realized_gain_before: Money,
    /// The position's realized gain from now on.
    pub realized_gain_after: Money,
}

/// What the shares of a position had cost became less or more.
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
    /// The amount: of capital that was returned, the cash.
    pub amount: Money,
    /// Which way.
    pub kind: CostAdjustmentKind,
    /// The user's note.
    pub note: Option<Note>,
    /// The voided one whose place it takes; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// As of [`TransactionExecutedEvent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
}

impl CostAdjustedEvent {
    /// What it means to a position, recorded at `place`.
    #[must_use]
    pub fn entry(&self, place: Sequence) -> Entry {
        let kind = EntryKind::CostAdjustment { portfolio: self.portfolio_id, kind: self.kind, amount: self.amount };
        Entry::recorded((self.transaction_id, self.stock_id), (self.adjust_date, None), place, kind)
    }
}
