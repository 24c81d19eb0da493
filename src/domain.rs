//! The rules of the book, pure: values, aggregates and the events that they raise.
//!
//! Nothing here reads a clock, a file or a table, or generates an id. Whatever varies is passed in as an
//! argument, what happened is returned as a [`DomainEvent`], and what is not allowed is a
//! [`DomainError`], after which nothing has changed.

mod accounting;
mod adjustment;
mod aggregate;
mod arithmetic;
mod calendar;
mod cash;
mod character;
mod charged_fee;
mod conversion;
mod cost_adjustment;
mod cost_basis;
mod currency;
mod day;
mod entry;
mod error;
mod event;
mod event_type;
mod exchange_rate;
mod fraction;
mod ids;
mod import_events;
mod instant;
mod isin;
mod lots;
mod moment;
mod number;
mod plain;
mod portfolio;
mod portfolio_filter;
mod position;
mod position_key;
mod rate_events;
mod shares;
mod shell_word;
mod split;
mod split_history;
mod split_terms;
mod stock;
mod stream;
mod symbol;
mod text;
mod time_of_day;
mod trade;
mod transaction;
mod transaction_type;
mod value_error;

pub use accounting::{
    EntryOrder, FineAmount, FoundRate, GainTotals, HoldingPeriod, PriceChange, PriceHistory, Quote, RateWay,
    RematchedSale, Term, TradePrice, Valuation, find_rate, returns, weights,
};
pub use adjustment::{AdjustmentDoubt, AdjustmentEvidence, adjustment_doubt};
pub use aggregate::{AggregateRoot, RaisedEvents};
pub use arithmetic::TooLarge;
pub use calendar::{CalendarPeriod, CalendarUnit};
pub use cash::Cash;
pub use character::{is_right_to_left, is_unprintable};
pub use charged_fee::fee_by_settlement;
pub use conversion::{
    Conversion, ConversionKind, ConversionRatio, ConversionTerms, CostShare, ExchangeRule, ShareValues,
    StockConvertedEvent,
};
pub use cost_adjustment::CostAdjustmentKind;
pub use cost_basis::CostBasisMethod;
pub use currency::Currency;
pub use day::{Day, Year};
pub use entry::{Entry, EntryKind, LaterEntries, LaterEntry, count_openings};
pub use error::{DomainError, Purpose};
pub use event::{
    BookCreatedEvent, CostBasisMethodChangedEvent, DomainEvent, PortfolioCreatedEvent, PortfolioEditedEvent,
    PortfolioRemovedEvent, StockCreatedEvent, StockEditedEvent, StockPriceRemovedEvent, StockPriceUpdatedEvent,
    StockRemovedEvent,
};
pub use event_type::EventType;
pub use exchange_rate::{CurrencyPair, DayRate, ExchangeRates};
pub use ids::{BatchId, BookId, EventId, ExternalId, PortfolioId, StockId, TransactionId};
pub use import_events::{DuplicateRows, IdentitiesReleasedEvent, ImportCompletedEvent, ImportedFile, KnownIdentity};
pub use instant::Instant;
pub use isin::Isin;
pub use lots::{Bought, CostRank, Lot, LotChange, LotKey, LotsNeeded, OpenLots, PickedLot, SeenSplit};
pub use moment::Moment;
pub use number::{ExchangeRate, Fee, Figure, Money, Percentage, Price, Quantity};
pub use plain::Plain;
pub use portfolio::Portfolio;
pub use portfolio_filter::PortfolioFilter;
pub use position::{
    Disposal, Holding, ListedLot, PaidLot, Position, PositionTotals, Rebuilt, RefusedEntry, rebuild, rebuild_watched,
};
pub use position_key::PositionKey;
pub use rate_events::{ExchangeRateRemovedEvent, ExchangeRateUpdatedEvent};
pub use shares::Shares;
pub(crate) use shell_word::make_folder;
pub use shell_word::shell_word;
pub use split::SplitRatio;
pub use split_history::{PriceInForce, SplitHistory};
pub use split_terms::SplitTerms;
pub use stock::{Stock, StockEdit, StockProfile};
pub use stream::{Sequence, Stream, Version};
pub use symbol::Symbol;
pub use text::{CompanyName, Industry, Note, PortfolioName, Sector};
pub(crate) use text::{deserialize_by_text, serde_by_text};
pub use time_of_day::TimeOfDay;
pub use trade::{Consideration, CostAdjustment, Dividend, Side, Trade, Transfer};
pub use transaction::{
    CostAdjustedEvent, DividendReceivedEvent, LotsRematchedEvent, Rounding, StockSplitEvent, TransactionExecutedEvent,
    TransactionVoidedEvent,
};
pub use transaction_type::TransactionType;
pub use value_error::{ValueError, excerpt};
