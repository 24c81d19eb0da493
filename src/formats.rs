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
//!
//! # From a row of a file to an event
//!
//! A purchase in an export of Freetrade, with the columns that matter here:
//!
//! ```text
//! Timestamp                 Type   Buy / Sell  Ticker  Quantity  Price per Share  Instrument Currency
//! 2024-02-14T15:16:15.350Z  ORDER  BUY         AAPL    10        167.5            USD
//!
//! Account Currency  Total Amount  FX Fee Amount  Base FX Rate  Order ID
//! GBP               1345.23       5.23           1.25          A-01
//! ```
//!
//! 1. [`Activities::open`] reads the beginning of the file. `recognise` tries its lines as headers: they belong to
//!    `tables/freetrade.toml`, whose `find` names the columns by which such a file is recognized.
//! 2. `readers/csv` splits the file into rows. `bound` notes which column holds which field, once per header.
//! 3. `row` finds the first `[[rule]]` of the table that the cells satisfy. It says `is = "buy"`, so `row/trades`
//!    reads a purchase. `row/cells` gives it the fields as dates and numbers (`dates`, `numbers`), `row/money` the
//!    money. By `in_account_currency` the total and the fee are pounds; the rate makes the fee 6.5375 USD, and the
//!    total becomes the settled amount (`row/settlement`). `amounts` refuses a row whose figures do not add up.
//!    What a rule cannot use is refused as well (`row/unused`), lest it be lost.
//! 4. `grouping` passes the activity on. Had the table said that the rows of an order are its fills, it would have
//!    waited for the others (`orders`).
//! 5. In `app/import`, `format_rows` takes the activity, and `broker_rows` makes a row of it that is the same for
//!    all formats. It goes into the `sort_buffer`, from which the rows of all files come in the order of their days.
//! 6. `recorder` finds the stock by ISIN or symbol (`directory`). The row's identity is its order id; without one, it
//!    would be computed from its content (`identity`). If the file is imported again, the book knows the row by it.
//!    What is new is decided as if it had been typed, and from here on everything happens as
//!    [for a trade](crate#how-a-trade-is-recorded): a `TransactionExecutedEvent`.
//!
//! The first four steps, with no file and no book:
//!
//! ```
//! use stockbook::domain::Day;
//! use stockbook::formats::{Action, Activities, Library, ReadOptions, Wanted};
//!
//! let file = "Title,Type,Timestamp,Account Currency,Total Amount,Buy / Sell,Ticker,ISIN,Quantity,Order ID,\
//!             Instrument Currency,Price per Share,Base FX Rate,FX Fee Amount\n\
//!             Apple,ORDER,2024-02-14T15:16:15.350Z,GBP,1345.23,BUY,AAPL,US0378331005,10,A-01,\
//!             USD,167.5,1.25,5.23\n";
//! let (library, options) = (Library::built_in(), ReadOptions::new("2024-12-31".parse::<Day>()?));
//! let mut activities = Activities::open(file.as_bytes(), &Wanted::Any(&library), &options)?;
//! assert_eq!(activities.format().name(), "freetrade");
//! let activity = activities.next().expect("the file has a row")??;
//! let Action::Trade(trade) = activity.action else { panic!("it is a trade") };
//! assert_eq!(trade.fee, Some("6.5375".parse()?));
//! assert_eq!(trade.settled.map(|cash| cash.to_string()).as_deref(), Some("1345.23 GBP"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
