//! What can happen. Written for ever: a member may be added, none renamed or removed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

use super::text::deserialize_by_text;
use super::{
    BookId, CompanyName, CostBasisMethod, Currency, Day, Fee, Industry, Money, Note, Percentage, PortfolioId,
    PortfolioName, Price, Quantity, Sector, StockId, Symbol, TransactionId, ValueError,
};

/// A fact about the book, as its aggregates raise it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "event_type", content = "data")]
pub enum DomainEvent {
    /// A book was begun.
    #[serde(rename = "BookCreatedEvent")]
    BookCreated(BookCreatedEvent),
    /// A stock was added.
    #[serde(rename = "StockCreatedEvent")]
    StockCreated(StockCreatedEvent),
    /// A stock's price on a day was recorded or replaced.
    #[serde(rename = "StockPriceUpdatedEvent")]
    StockPriceUpdated(StockPriceUpdatedEvent),
    /// A portfolio was added.
    #[serde(rename = "PortfolioCreatedEvent")]
    PortfolioCreated(PortfolioCreatedEvent),
    /// Shares were bought or sold.
    #[serde(rename = "TransactionExecutedEvent")]
    TransactionExecuted(TransactionExecutedEvent),
}

impl DomainEvent {
    /// Its type.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        match self {
            Self::BookCreated(_) => EventType::BookCreated,
            Self::StockCreated(_) => EventType::StockCreated,
            Self::StockPriceUpdated(_) => EventType::StockPriceUpdated,
            Self::PortfolioCreated(_) => EventType::PortfolioCreated,
            Self::TransactionExecuted(_) => EventType::TransactionExecuted,
        }
    }
}

/// The type of an event, without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventType {
    /// [`BookCreatedEvent`]
    BookCreated,
    /// [`PortfolioCreatedEvent`]
    PortfolioCreated,
    /// [`StockCreatedEvent`]
    StockCreated,
    /// [`StockPriceUpdatedEvent`]
    StockPriceUpdated,
    /// [`TransactionExecutedEvent`]
    TransactionExecuted,
}

impl EventType {
    /// All types.
    pub const ALL: [Self; 5] = [
        Self::BookCreated,
        Self::PortfolioCreated,
        Self::StockCreated,
        Self::StockPriceUpdated,
        Self::TransactionExecuted,
    ];

    /// The name under which events of the type are recorded.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BookCreated => "BookCreatedEvent",
            Self::PortfolioCreated => "PortfolioCreatedEvent",
            Self::StockCreated => "StockCreatedEvent",
            Self::StockPriceUpdated => "StockPriceUpdatedEvent",
            Self::TransactionExecuted => "TransactionExecutedEvent",
        }
    }
}

impl FromStr for EventType {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let known = Self::ALL.into_iter().find(|it| it.as_str() == text);
        known.ok_or_else(|| ValueError::new("event type", "invalid_event_type", text, "is not one of ours"))
    }
}

/// The event's data alone; its type is written beside it by [`super::RecordedEvent`].
impl Serialize for DomainEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::BookCreated(event) => event.serialize(serializer),
            Self::StockCreated(event) => event.serialize(serializer),
            Self::StockPriceUpdated(event) => event.serialize(serializer),
            Self::PortfolioCreated(event) => event.serialize(serializer),
            Self::TransactionExecuted(event) => event.serialize(serializer),
        }
    }
}

/// A book was begun. Always the first event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookCreatedEvent {
    /// The new book.
    pub book_id: BookId,
    /// The version of the event format, now 1.
    pub format_version: u32,
}

impl BookCreatedEvent {
    /// The event format that this program writes.
    pub const FORMAT_VERSION: u32 = 1;
}

/// A stock was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockCreatedEvent {
    /// The new stock.
    pub stock_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
    /// Its company.
    pub company_name: CompanyName,
    /// The company's sector.
    pub sector: Option<Sector>,
    /// The company's industry.
    pub industry: Option<Industry>,
    /// The currency of its prices.
    pub currency: Currency,
}

/// A stock's price on a day was recorded or replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPriceUpdatedEvent {
    /// The stock.
    pub stock_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
    /// The day that the price is of.
    pub price_date: Day,
    /// The price in force on that day until now.
    pub old_price: Option<Price>,
    /// The price in force on that day from now on.
    pub new_price: Price,
    /// The change, where there was a price other than 0.
    pub change_percentage: Option<Percentage>,
}

/// A portfolio was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioCreatedEvent {
    /// The new portfolio.
    pub portfolio_id: PortfolioId,
    /// Its name.
    pub name: PortfolioName,
    /// How its sales are matched to lots.
    pub cost_basis_method: CostBasisMethod,
}

/// Shares were bought or sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionExecutedEvent {
    /// The transaction; a purchase's id is also its lot's.
    pub transaction_id: TransactionId,
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// The stock.
    pub stock_id: StockId,
    /// The portfolio's name.
    pub portfolio: PortfolioName,
    /// The stock's symbol.
    pub symbol: Symbol,
    /// Purchase or sale.
    pub transaction_type: TransactionType,
    /// The day of the trade.
    pub trade_date: Day,
    /// Shares that changed hands.
    pub quantity: Quantity,
    /// Price per share; where an amount was given, its quotient at ten places.
    pub price: Price,
    /// The broker's fee.
    pub fee: Fee,
    /// Cash that moved: the amount plus the fee of a purchase, less the fee of a sale.
    pub total_amount: Money,
    /// The currency of price, fee and total.
    pub currency: Currency,
    /// The user's note.
    pub note: Option<Note>,
}

/// What a transaction did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransactionType {
    /// Shares were bought.
    Buy,
    /// Shares were sold.
    Sell,
}

impl TransactionType {
    /// The word under which it is recorded.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Buy => "BUY",
            Self::Sell => "SELL",
        }
    }
}

impl fmt::Display for TransactionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for TransactionType {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text.to_ascii_uppercase().as_str() {
            "BUY" => Ok(Self::Buy),
            "SELL" => Ok(Self::Sell),
            _ => Err(ValueError::new("transaction type", "invalid_type", text, "is not one of buy, sell")),
        }
    }
}

impl Serialize for TransactionType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

deserialize_by_text!(TransactionType);
