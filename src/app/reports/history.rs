//! The history of what was recorded, in order.

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

/// The history of a record, a stock or a portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The stock; `None` for a portfolio.
    pub symbol: Option<Symbol>,
    /// The currency of the stock.
    pub currency: Option<Currency>,
    /// What happened, in order.
    pub happenings: Vec<Happening>,
}

/// Something that happened to the subject of the history, or because of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Its event; for several prices the first one.
    pub sequence: Sequence,
    /// When it was recorded.
    pub occurred_at: Instant,
    /// The event's type.
    pub event_type: EventType,
    /// The record that it happened to; `None` if it happened to the stock or the portfolio itself.
    pub id: Option<TransactionId>,
    /// The portfolio; `None` for something that happened to a stock.
    pub portfolio: Option<PortfolioName>,
    /// What happened.
    pub kind: HappeningKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HappeningKind {
    /// It was recorded.
    Recorded {
        /// The event.
        event: Box<DomainEvent>,
        /// The gain that a sale realized at the time.
        realized_gain: Option<Money>,
    },
    /// It was voided.
    Voided {
        /// Why.
        reason: Option<Note>,
        /// The record that replaced it.
        replaced_by: Option<TransactionId>,
    },
    /// Another event of a stock or a portfolio itself.
    Other(Box<DomainEvent>),
    /// The profile of a stock was corrected.
    Edited {
        /// The former profile.
        before: Box<StockProfile>,
        /// The profile since then.
        after: Box<StockProfile>,
    },
    /// Prices were recorded in a row.
    Prices {
        /// Their number.
        count: u64,
        /// The day as of which they count shares, if that is not each price's own day.
        basis_date: Option<Day>,
        /// The first of them.
        first: Box<StockPriceUpdatedEvent>,
        /// The earliest and the latest day.
        days: (Day, Day),
    },
    /// Sales were matched anew: others because of the subject, or the subject because of something else.
    Rematched {
        /// The cause: a transaction or split, or a portfolio whose method was changed.
        cause_id: Uuid,
        /// The cause, looked up.
        cause: RematchCause,
        /// The day from which sales were matched anew.
        from_date: Day,
        /// The sale whose realized gain changed; `None` if at most its lots changed.
        sale: Option<RematchedSale>,
    },
}

/// Why sales were matched anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RematchCause {
    /// The record of the history, or a version of it.
    Itself,
    /// Another transaction or split.
    Record(Box<BookRecord>),
    /// A change of a portfolio's cost basis method.
    Portfolio(PortfolioName),
}

/// The history of a transaction, dividend, split or transfer, including the versions that it replaced
/// and those that replaced it; if there is none with such an id, of the stock with this symbol;
/// otherwise of the portfolio with this name, including removed ones.
///
/// # Errors
/// If there is no such thing, if the id is ambiguous, or if the book cannot be read.
pub fn history(reader: Reader<'_>, name: &str, owner: Option<&PortfolioName>) -> Result<History, AppError> {
    let owner = owner.map(|name| known_portfolio(reader, name)).transpose()?;
    let id: ExternalId = name.parse()?;
    let unknown = match known_record(reader, &id, owner.as_ref()) {
        Ok(record) => return record::of_record(reader, record),
        Err(AppError::Domain(error)) if matches!(*error, DomainError::UnknownId(..)) => AppError::Domain(error),
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
