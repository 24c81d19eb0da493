//! Reads the files of brokers, banks and other programs as activities. Pure: it opens no file and knows no
//! book.
//!
//! ```text
//! bytes → reader → rows of named columns → table → activities
//! ```
//!
//! [`Activities`] takes any source of bytes, recognises its format by its columns, and returns what each row
//! says as values of the domain, or what is wrong with it. Whether a symbol exists or a trade has already
//! been recorded is for the caller to decide.
//!
//! Numbers that a user [types](typed) are read here, too, so that they are written in the same ways as in
//! files.
//!
//! A format is a [table](Format): data, not code. The readers only flatten a file, be it lines, sections,
//! JSON, XML or OFX, to rows of named columns. The table defines by which columns a file is recognized, what
//! its rows mean, and how their figures are related. The tables of users have the same schema as those of the
//! program.

mod activity;
mod amounts;
mod bound;
mod column;
mod currency_mark;
mod date_format;
mod dates;
mod exchanges;
mod fault;
mod find_names;
mod fold;
mod foreign;
mod format;
mod formula;
mod grouping;
mod library;
mod memo;
mod numbers;
mod options;
mod orders;
mod readers;
mod reading;
mod recognise;
mod reorganizing;
mod row;
mod rule;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod time_zone;
pub mod typed;
mod withholding;

pub use activity::{
    Action, Activity, ConversionDetails, CorporateActionDetails, DividendDetails, OpeningDetails, RatioIs, Reference,
    Scope, Security, SplitDetails, TradeDetails,
};
pub use currency_mark::CurrencyMark;
pub use date_format::DateFormat;
pub use dates::When;
pub(crate) use dates::english_month;
pub(crate) use fault::Fault;
pub use fault::RowFault;
pub use format::Format;
pub use formula::defused;
pub(crate) use formula::restored;
pub use library::Library;
pub use numbers::DecimalMark;
pub use options::{MapAction, MapColumn, MapSymbol, ReadOptions};
pub(crate) use readers::Lines;
pub use reading::{Activities, OpenError, Wanted};
pub use summary::{RowOrder, Summary};
pub use table::{NotRecorded, TableError};
pub use time_zone::TimeZone;
