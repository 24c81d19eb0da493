//! The layout of results: tables for reading, CSV for spreadsheets.
//!
//! Nothing here writes to a terminal or queries one. The capabilities of the terminal are passed in as a
//! [`Screen`], and the text is returned to the caller.

mod bar;
mod cell;
mod chart;
mod csv;
mod digits;
mod draw;
pub mod figure;
mod format;
mod layout;
mod listing;
mod record;
mod rows;
mod safe;
mod shorten;
mod style;
mod table;
mod tone;
mod wrap;

pub use self::bar::{bar, bar_around_zero, steps, with_bars};
pub use self::cell::{Cell, Row};
pub use self::chart::{Chart, axis_amount, chart_columns, top_of};
pub use self::csv::{Csv, Field};
pub use self::digits::{Digits, Numbers};
pub use self::format::Format;
pub use self::listing::{ForEachRecord, JsonArray, Listing, csv, json_array, json_document, json_line, write_records};
pub use self::record::{Record, Value};
pub use self::rows::Rows;
pub use self::safe::{EscapingWriter, printable, printable_json};
pub use self::style::{Dates, Style, Thousands};
pub use self::table::{Align, Column, Kind, Rendered, Screen, Table};
pub use self::tone::Tone;
pub use self::wrap::wrapped;
