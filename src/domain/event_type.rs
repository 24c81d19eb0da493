//! The types of events.

/// The type of an event, without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventType {
    /// [`BookCreatedEvent`](super::BookCreatedEvent)
    BookCreated,
    /// [`PortfolioCreatedEvent`](super::PortfolioCreatedEvent)
    PortfolioCreated,
    /// [`StockCreatedEvent`](super::StockCreatedEvent)
    StockCreated,
    /// [`StockPriceUpdatedEvent`](super::StockPriceUpdatedEvent)
    StockPriceUpdated,
    /// [`StockPriceRemovedEvent`](super::StockPriceRemovedEvent)
    StockPriceRemoved,
    /// [`StockEditedEvent`](super::StockEditedEvent)
    StockEdited,
    /// [`StockRemovedEvent`](super::StockRemovedEvent)
    StockRemoved,
    /// [`PortfolioEditedEvent`](super::PortfolioEditedEvent)
    PortfolioEdited,
    /// [`PortfolioRemovedEvent`](super::PortfolioRemovedEvent)
    PortfolioRemoved,
    /// [`TransactionExecutedEvent`](super::TransactionExecutedEvent)
    TransactionExecuted,
    /// [`DividendReceivedEvent`](super::DividendReceivedEvent)
    DividendReceived,
    /// [`StockSplitEvent`](super::StockSplitEvent)
    StockSplit,
    /// [`StockConvertedEvent`](super::StockConvertedEvent)
    StockConverted,
    /// [`CostAdjustedEvent`](super::CostAdjustedEvent)
    CostAdjusted,
    /// [`TransactionVoidedEvent`](super::TransactionVoidedEvent)
    TransactionVoided,
    /// [`LotsRematchedEvent`](super::LotsRematchedEvent)
    LotsRematched,
    /// [`CostBasisMethodChangedEvent`](super::CostBasisMethodChangedEvent)
    CostBasisMethodChanged,
    /// [`ImportCompletedEvent`](super::ImportCompletedEvent)
    ImportCompleted,
    /// [`IdentitiesReleasedEvent`](super::IdentitiesReleasedEvent)
    IdentitiesReleased,
    /// [`ExchangeRateUpdatedEvent`](super::ExchangeRateUpdatedEvent)
    ExchangeRateUpdated,
    /// [`ExchangeRateRemovedEvent`](super::ExchangeRateRemovedEvent)
    ExchangeRateRemoved,
}

impl EventType {
    /// All types.
    pub const ALL: [Self; 21] = [
        Self::BookCreated,
        Self::PortfolioCreated,
        Self::StockCreated,
        Self::StockPriceUpdated,
        Self::StockPriceRemoved,
        Self::StockEdited,
        Self::StockRemoved,
        Self::PortfolioEdited,
        Self::PortfolioRemoved,
        Self::TransactionExecuted,
        Self::DividendReceived,
        Self::StockSplit,
        Self::StockConverted,
        Self::CostAdjusted,
        Self::TransactionVoided,
        Self::LotsRematched,
        Self::CostBasisMethodChanged,
        Self::ImportCompleted,
        Self::IdentitiesReleased,
        Self::ExchangeRateUpdated,
        Self::ExchangeRateRemoved,
    ];

    /// The name under which events of the type are recorded.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BookCreated => "BookCreatedEvent",
            Self::PortfolioCreated => "PortfolioCreatedEvent",
            Self::StockCreated => "StockCreatedEvent",
            Self::StockPriceUpdated => "StockPriceUpdatedEvent",
            Self::StockPriceRemoved => "StockPriceRemovedEvent",
            Self::StockEdited => "StockEditedEvent",
            Self::StockRemoved => "StockRemovedEvent",
            Self::PortfolioEdited => "PortfolioEditedEvent",
            Self::PortfolioRemoved => "PortfolioRemovedEvent",
            Self::TransactionExecuted => "TransactionExecutedEvent",
            Self::DividendReceived => "DividendReceivedEvent",
            Self::StockSplit => "StockSplitEvent",
            Self::StockConverted => "StockConvertedEvent",
            Self::CostAdjusted => "CostAdjustedEvent",
            Self::TransactionVoided => "TransactionVoidedEvent",
            Self::LotsRematched => "LotsRematchedEvent",
            Self::CostBasisMethodChanged => "CostBasisMethodChangedEvent",
            Self::ImportCompleted => "ImportCompletedEvent",
            Self::IdentitiesReleased => "IdentitiesReleasedEvent",
            Self::ExchangeRateUpdated => "ExchangeRateUpdatedEvent",
            Self::ExchangeRateRemoved => "ExchangeRateRemovedEvent",
        }
    }
}
