//! The story of what was recorded, in order.

mod aggregate;
mod past_gains;
mod record;

use uuid::Uuid;

use crate::app::AppError;
use crate::app::lookup::{known_portfolio, known_record};
use crate::app::record::BookRecord;
use crate::domain::{
    Currency, Day, DomainError, DomainEvent, EventType, ExternalId, Instant, Money, Note, PortfolioName, RematchedSale,
    Sequence, StockPriceUpdatedEvent, StockProfile, Symbol, TransactionId,
};
use crate::store::Reader;

/// The story of a record, a stock or a portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The stock; none for a portfolio.
    pub symbol: Option<Symbol>,
    /// The currency of the stock.
    pub currency: Option<Currency>,
    /// What happened, in order.
    pub happenings: Vec<Happening>,
}

/// Something that happened to what the story is about, or because of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Its event; of several prices the first.
    pub sequence: Sequence,
    /// When it was recorded.
    pub occurred_at: Instant,
    /// The event's type.
    pub event_type: EventType,
    /// The record that it happened to; none where it happened to the stock or the portfolio itself.
    pub id: Option<TransactionId>,
    /// The portfolio; none for what happened to a stock.
    pub portfolio: Option<PortfolioName>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It was recorded.
    Recorded {
        /// What the event says.
        event: Box<DomainEvent>,
        /// What a sale realized then.
        realized_gain: Option<Money>,
    },
    /// It was voided.
    Voided {
        /// Why.
        reason: Option<Note>,
        /// What was entered in its place.
        replaced_by: Option<TransactionId>,
    },
    /// It was said of a stock or a portfolio itself.
    Told(Box<DomainEvent>),
    /// The description of a stock was corrected.
    Edited {
        /// As it was.
        before: Box<StockProfile>,
        /// As it is since.
        after: Box<StockProfile>,
    },
    /// Prices were recorded, one after another.
    Prices {
        /// How many.
        count: u64,
        /// The day as of which they count shares, where that is not the day of each.
        basis_date: Option<Day>,
        /// The first of them.
        first: Box<StockPriceUpdatedEvent>,
        /// The earliest and the latest day.
        days: (Day, Day),
    },
    /// Sales were matched to lots again: others because of it, or itself because of something else.
    Rematched {
        /// What led to it: a transaction or split, or a portfolio whose method was changed.
        cause_id: Uuid,
        /// The same in full.
        cause: RematchCause,
        /// The day from which on sales were matched again.
        from_date: Day,
        /// The sale that realizes a different gain since; none if sales take other lots at most.
        sale: Option<RematchedSale>,
    },
}

/// What led to sales being matched again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RematchCause {
    /// The record that the story is about, or one that replaces it or is replaced by it.
    Itself,
    /// Another transaction or split.
    Record(Box<BookRecord>),
    /// A portfolio's change of method.
    Portfolio(PortfolioName),
}

/// The story of a transaction, dividend, split or transfer, and of the versions that it replaced and
/// those that replaced it; where nothing is recorded under such an id, of the stock with this symbol,
/// or else of the portfolio of this name, removed ones too.
///
/// # Errors
/// If there is no such thing, if the id stands for more than one, or if the book cannot be read.
pub fn history(reader: Reader<'_>, name: &str, owner: Option<&PortfolioName>) -> Result<History, AppError> {
    let owner = owner.map(|name| known_portfolio(reader, name)).transpose()?;
    let id: ExternalId = name.parse()?;
    let unknown = match known_record(reader, &id, owner.as_ref()) {
        Ok(record) => return record::of_record(reader, record),
        Err(AppError::Domain(error)) if matches!(*error, DomainError::UnknownId { .. }) => AppError::Domain(error),
        Err(error) => return Err(error),
    };
    if let Ok(symbol) = name.parse::<Symbol>()
        && let Some(stock) = reader.stocks().find_ever(&symbol)?
    {
        return aggregate::of_stock(reader, &stock, owner.as_ref());
    }
    if let Ok(name) = name.parse::<PortfolioName>()
        && let Some(portfolio) = reader.portfolios().find_ever(&name)?
    {
        return aggregate::of_portfolio(reader, &portfolio);
    }
    Err(unknown)
}
