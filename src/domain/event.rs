//! What can happen. Events are kept for ever: members may be added, but never renamed or removed.

use serde::{Deserialize, Serialize, Serializer};

use super::{
    BookId, CompanyName, CostAdjustedEvent, CostBasisMethod, Currency, Day, DividendReceivedEvent, EventType,
    ExchangeRateRemovedEvent, ExchangeRateUpdatedEvent, IdentitiesReleasedEvent, ImportCompletedEvent, Industry, Isin,
    LotsRematchedEvent, Note, Percentage, PortfolioId, PortfolioName, Price, Sector, StockConvertedEvent, StockId,
    StockSplitEvent, Symbol, TransactionExecutedEvent, TransactionId, TransactionVoidedEvent,
};

/// A fact about the book, as its aggregates raise it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "event_type", content = "data")]
pub enum DomainEvent {
    /// A book was created.
    #[serde(rename = "BookCreatedEvent")]
    BookCreated(BookCreatedEvent),
    /// A stock was added.
    #[serde(rename = "StockCreatedEvent")]
    StockCreated(StockCreatedEvent),
    /// A stock's price on a day was recorded or replaced.
    #[serde(rename = "StockPriceUpdatedEvent")]
    StockPriceUpdated(StockPriceUpdatedEvent),
    /// A recorded price was removed.
    #[serde(rename = "StockPriceRemovedEvent")]
    StockPriceRemoved(StockPriceRemovedEvent),
    /// The profile of a stock was corrected.
    #[serde(rename = "StockEditedEvent")]
    StockEdited(StockEditedEvent),
    /// A stock was removed.
    #[serde(rename = "StockRemovedEvent")]
    StockRemoved(StockRemovedEvent),
    /// A portfolio was renamed.
    #[serde(rename = "PortfolioEditedEvent")]
    PortfolioEdited(PortfolioEditedEvent),
    /// A portfolio was removed.
    #[serde(rename = "PortfolioRemovedEvent")]
    PortfolioRemoved(PortfolioRemovedEvent),
    /// A portfolio was added.
    #[serde(rename = "PortfolioCreatedEvent")]
    PortfolioCreated(PortfolioCreatedEvent),
    /// Shares were bought or sold.
    #[serde(rename = "TransactionExecutedEvent")]
    TransactionExecuted(TransactionExecutedEvent),
    /// A dividend was received.
    #[serde(rename = "DividendReceivedEvent")]
    DividendReceived(DividendReceivedEvent),
    /// A stock was split.
    #[serde(rename = "StockSplitEvent")]
    StockSplit(StockSplitEvent),
    /// Lots of a stock yielded shares of another.
    #[serde(rename = "StockConvertedEvent")]
    StockConverted(StockConvertedEvent),
    /// The cost of a position's shares was adjusted.
    #[serde(rename = "CostAdjustedEvent")]
    CostAdjusted(CostAdjustedEvent),
    /// A transaction, split or conversion was voided.
    #[serde(rename = "TransactionVoidedEvent")]
    TransactionVoided(TransactionVoidedEvent),
    /// Sales were matched to lots again.
    #[serde(rename = "LotsRematchedEvent")]
    LotsRematched(LotsRematchedEvent),
    /// The cost basis method of a portfolio was changed.
    #[serde(rename = "CostBasisMethodChangedEvent")]
    CostBasisMethodChanged(CostBasisMethodChangedEvent),
    /// Files were imported.
    #[serde(rename = "ImportCompletedEvent")]
    ImportCompleted(ImportCompletedEvent),
    /// Rows of an import that was undone no longer identify transactions.
    #[serde(rename = "IdentitiesReleasedEvent")]
    IdentitiesReleased(IdentitiesReleasedEvent),
    /// The rate of a currency pair on a day was recorded or replaced.
    #[serde(rename = "ExchangeRateUpdatedEvent")]
    ExchangeRateUpdated(ExchangeRateUpdatedEvent),
    /// A recorded rate was removed.
    #[serde(rename = "ExchangeRateRemovedEvent")]
    ExchangeRateRemoved(ExchangeRateRemovedEvent),
}

impl DomainEvent {
    /// Its type.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        match self {
            Self::BookCreated(_) => EventType::BookCreated,
            Self::StockCreated(_) => EventType::StockCreated,
            Self::StockPriceUpdated(_) => EventType::StockPriceUpdated,
            Self::StockPriceRemoved(_) => EventType::StockPriceRemoved,
            Self::StockEdited(_) => EventType::StockEdited,
            Self::StockRemoved(_) => EventType::StockRemoved,
            Self::PortfolioEdited(_) => EventType::PortfolioEdited,
            Self::PortfolioRemoved(_) => EventType::PortfolioRemoved,
            Self::PortfolioCreated(_) => EventType::PortfolioCreated,
            Self::TransactionExecuted(_) => EventType::TransactionExecuted,
            Self::DividendReceived(_) => EventType::DividendReceived,
            Self::StockSplit(_) => EventType::StockSplit,
            Self::StockConverted(_) => EventType::StockConverted,
            Self::CostAdjusted(_) => EventType::CostAdjusted,
            Self::TransactionVoided(_) => EventType::TransactionVoided,
            Self::LotsRematched(_) => EventType::LotsRematched,
            Self::CostBasisMethodChanged(_) => EventType::CostBasisMethodChanged,
            Self::ImportCompleted(_) => EventType::ImportCompleted,
            Self::IdentitiesReleased(_) => EventType::IdentitiesReleased,
            Self::ExchangeRateUpdated(_) => EventType::ExchangeRateUpdated,
            Self::ExchangeRateRemoved(_) => EventType::ExchangeRateRemoved,
        }
    }
}

impl DomainEvent {
    /// The id of the transaction, split or conversion that it records.
    #[must_use]
    pub fn recorded_id(&self) -> Option<TransactionId> {
        self.record().and_then(|[id, ..]| id)
    }

    /// The voided record that it replaces, if any.
    #[must_use]
    pub fn replaces(&self) -> Option<TransactionId> {
        self.record().and_then(|[_, replaces, _]| replaces)
    }

    /// The id that identifies the record from now on, if it is not the record's own.
    #[must_use]
    pub fn identity(&self) -> Option<TransactionId> {
        self.record().and_then(|[.., identity]| identity)
    }

    /// The portfolio that its data names.
    #[must_use]
    pub fn portfolio_id(&self) -> Option<PortfolioId> {
        self.subject().0
    }

    /// The stock that its data names; for a conversion, that of the old shares.
    #[must_use]
    pub fn stock_id(&self) -> Option<StockId> {
        self.subject().1
    }

    fn subject(&self) -> (Option<PortfolioId>, Option<StockId>) {
        match self {
            Self::PortfolioCreated(event) => (Some(event.portfolio_id), None),
            Self::PortfolioEdited(event) => (Some(event.portfolio_id), None),
            Self::PortfolioRemoved(event) => (Some(event.portfolio_id), None),
            Self::CostBasisMethodChanged(event) => (Some(event.portfolio_id), None),
            Self::StockCreated(event) => (None, Some(event.stock_id)),
            Self::StockEdited(event) => (None, Some(event.stock_id)),
            Self::StockRemoved(event) => (None, Some(event.stock_id)),
            Self::StockPriceUpdated(event) => (None, Some(event.stock_id)),
            Self::StockPriceRemoved(event) => (None, Some(event.stock_id)),
            Self::StockSplit(event) => (None, Some(event.stock_id)),
            Self::StockConverted(event) => (None, Some(event.stock_id)),
            Self::TransactionExecuted(event) => (Some(event.portfolio_id), Some(event.stock_id)),
            Self::DividendReceived(event) => (Some(event.portfolio_id), Some(event.stock_id)),
            Self::CostAdjusted(event) => (Some(event.portfolio_id), Some(event.stock_id)),
            Self::LotsRematched(event) => (Some(event.portfolio_id), Some(event.stock_id)),
            Self::BookCreated(_)
            | Self::TransactionVoided(_)
            | Self::ImportCompleted(_)
            | Self::IdentitiesReleased(_)
            | Self::ExchangeRateUpdated(_)
            | Self::ExchangeRateRemoved(_) => (None, None),
        }
    }

    /// The cost basis method that a portfolio has from then on.
    #[must_use]
    pub fn cost_basis_method(&self) -> Option<CostBasisMethod> {
        if let Self::PortfolioCreated(created) = self {
            return Some(created.cost_basis_method);
        }
        if let Self::CostBasisMethodChanged(changed) = self {
            return Some(changed.new_method);
        }
        None
    }

    /// The id of a record, the one that it replaces, and the one that identifies it.
    fn record(&self) -> Option<[Option<TransactionId>; 3]> {
        match self {
            Self::TransactionExecuted(executed) => {
                Some([Some(executed.transaction_id), executed.replaces, executed.identity])
            }
            Self::DividendReceived(received) => {
                Some([Some(received.transaction_id), received.replaces, received.identity])
            }
            Self::StockSplit(split) => Some([Some(split.split_id), split.replaces, split.identity]),
            Self::StockConverted(converted) => {
                Some([Some(converted.conversion_id), converted.replaces, converted.identity])
            }
            Self::CostAdjusted(adjusted) => Some([Some(adjusted.transaction_id), adjusted.replaces, adjusted.identity]),
            Self::BookCreated(_)
            | Self::StockCreated(_)
            | Self::StockPriceUpdated(_)
            | Self::StockPriceRemoved(_)
            | Self::StockEdited(_)
            | Self::StockRemoved(_)
            | Self::PortfolioEdited(_)
            | Self::PortfolioRemoved(_)
            | Self::PortfolioCreated(_)
            | Self::TransactionVoided(_)
            | Self::LotsRematched(_)
            | Self::CostBasisMethodChanged(_)
            | Self::ImportCompleted(_)
            | Self::IdentitiesReleased(_)
            | Self::ExchangeRateUpdated(_)
            | Self::ExchangeRateRemoved(_) => None,
        }
    }
}

/// The event's data alone; the event line contains its type.
impl Serialize for DomainEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::BookCreated(event) => event.serialize(serializer),
            Self::StockCreated(event) => event.serialize(serializer),
            Self::StockPriceUpdated(event) => event.serialize(serializer),
            Self::StockPriceRemoved(event) => event.serialize(serializer),
            Self::StockEdited(event) => event.serialize(serializer),
            Self::StockRemoved(event) => event.serialize(serializer),
            Self::PortfolioEdited(event) => event.serialize(serializer),
            Self::PortfolioRemoved(event) => event.serialize(serializer),
            Self::PortfolioCreated(event) => event.serialize(serializer),
            Self::TransactionExecuted(event) => event.serialize(serializer),
            Self::DividendReceived(event) => event.serialize(serializer),
            Self::StockSplit(event) => event.serialize(serializer),
            Self::StockConverted(event) => event.serialize(serializer),
            Self::CostAdjusted(event) => event.serialize(serializer),
            Self::TransactionVoided(event) => event.serialize(serializer),
            Self::LotsRematched(event) => event.serialize(serializer),
            Self::CostBasisMethodChanged(event) => event.serialize(serializer),
            Self::ImportCompleted(event) => event.serialize(serializer),
            Self::IdentitiesReleased(event) => event.serialize(serializer),
            Self::ExchangeRateUpdated(event) => event.serialize(serializer),
            Self::ExchangeRateRemoved(event) => event.serialize(serializer),
        }
    }
}

/// A book was created. Always the first event.
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
    /// Its ISIN; absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isin: Option<Isin>,
}

/// The profile of a stock was corrected. Contains the whole profile as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockEditedEvent {
    /// The stock.
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
    /// Its ISIN.
    pub isin: Option<Isin>,
    /// The former symbol, under which the stock can still be found; `None` if the symbol is unchanged or an
    /// edit of it was undone.
    pub old_symbol: Option<Symbol>,
}

/// A stock that nothing referred to was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRemovedEvent {
    /// The stock.
    pub stock_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
}

/// A portfolio was renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioEditedEvent {
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// Its name from now on.
    pub name: PortfolioName,
}

/// A portfolio that nothing referred to was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioRemovedEvent {
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// Its name.
    pub name: PortfolioName,
}

/// A stock's price on a day was recorded or replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPriceUpdatedEvent {
    /// The stock.
    pub stock_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
    /// The day of the price.
    pub price_date: Day,
    /// The price in force on that day until now.
    pub old_price: Option<Price>,
    /// The price in force on that day from now on.
    pub new_price: Price,
    /// The change in percent, if there was a price other than 0.
    pub change_percentage: Option<Percentage>,
    /// The day as of which both prices count shares: the price's own day, unless it comes from a history that
    /// is adjusted for later splits. Early versions left it out; it is then the price's own day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis_date: Option<Day>,
}

/// A recorded price was removed: the day has none from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPriceRemovedEvent {
    /// The stock.
    pub stock_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
    /// The day of the price.
    pub price_date: Day,
    /// The price, as it was recorded.
    pub price: Price,
    /// Why.
    pub reason: Option<Note>,
}

/// A portfolio was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioCreatedEvent {
    /// The new portfolio.
    pub portfolio_id: PortfolioId,
    /// Its name.
    pub name: PortfolioName,
    /// Its cost basis method.
    pub cost_basis_method: CostBasisMethod,
}

/// The cost basis method of a portfolio was changed; its whole history is matched by the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostBasisMethodChangedEvent {
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// Its name.
    pub name: PortfolioName,
    /// The former method.
    pub old_method: CostBasisMethod,
    /// The new method.
    pub new_method: CostBasisMethod,
}
