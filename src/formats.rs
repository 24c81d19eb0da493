//! The world's files, pure: what brokers, banks and other programs write, read as activities.
//!
//! ```text
//! bytes → reader → rows of named columns → table → activities
//! ```
//!
//! [`Activities`] takes any source of bytes, recognises by its columns which format it is of, and hands
//! over what each row says, as values of the domain, or what is wrong with it. It knows no book:
//! whether a symbol exists or a trade is there already is for the caller to say.
//!
//! What hands [type](typed) is read here too, so that a number or a sign is the same in both.
//!
//! A format is a [table](Format): data, not code. The readers only flatten a file, be it lines,
//! sections, JSON, XML or OFX, to rows of named columns; the table says by which columns a file
//! is known, which rows are what, and how their figures belong together. Tables of users are of the
//! same schema as those that come with the program.

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
