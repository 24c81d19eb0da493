//! The schema of format tables: what a file looks like, and what its rows mean.
//!
//! Any mistake in a table, such as a misspelt key or an invalid pattern, is detected when the table is parsed, and
//! reported with its line and key.

mod column;
mod error;
mod kind;
mod test;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Error as _;
use toml::Spanned;

pub(crate) use column::{ColumnText, ColumnTexts, NameText, Names, Pattern};
pub use error::TableError;
pub(crate) use error::nearest;
pub use kind::NotRecorded;
pub(crate) use kind::{Is, OneOrMany};
pub(crate) use test::{Test, is_word};

use super::dates::DayOrder;
use super::numbers::DecimalMark;
use crate::domain::Currency;

/// A table for a whole file or, under `also`, for further rows of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableText {
    pub(crate) name: String,
    /// The program and the report, for people.
    #[serde(default)]
    pub(crate) title: String,
    /// How to export such a file.
    #[serde(default)]
    pub(crate) export: String,
    #[serde(default)]
    pub(crate) reader: Reader,
    /// Required columns; one of each list is enough.
    #[serde(default)]
    pub(crate) find: Vec<OneOrMany<NameText>>,
    /// Columns that must be absent.
    #[serde(default)]
    pub(crate) without: Vec<NameText>,
    /// The only columns that may be present.
    pub(crate) only: Option<Vec<NameText>>,
    /// What the first cell of the line after the last row begins with.
    #[serde(default)]
    pub(crate) ends: Vec<String>,
    /// Columns that are all empty in a line that continues the row above.
    #[serde(default)]
    pub(crate) continues: Vec<NameText>,
    /// For files whose lines begin with the name of a section: the names of this one.
    pub(crate) section: Option<OneOrMany<String>>,
    /// Sections of such a file that are ignored without notice.
    #[serde(default)]
    pub(crate) other_sections: Vec<NameText>,
    /// For JSON: the path to the list of rows.
    #[serde(default)]
    pub(crate) path: Vec<String>,
    /// For XML: the root element.
    pub(crate) root: Option<String>,
    /// For XML: the elements that are rows.
    #[serde(default)]
    pub(crate) elements: Vec<String>,
    /// For files of lines: the pattern of a line, with a named group for each column.
    pub(crate) line: Option<Pattern>,
    /// For files of lines: the pattern of lines to ignore.
    pub(crate) comment: Option<Pattern>,
    /// For files with several header lines: the beginning of the second one.
    pub(crate) second_heading: Option<String>,
    /// Tried only if no other table fits.
    #[serde(default)]
    pub(crate) fallback: bool,
    /// Why such a file is not read.
    pub(crate) refuse: Option<String>,
    /// What to do instead.
    pub(crate) hint: Option<String>,
    /// The currency of rows without one.
    pub(crate) currency: Option<Currency>,
    /// The decimal mark; detected if not given.
    pub(crate) decimal: Option<DecimalMark>,
    /// The decimal mark if the file does not show it.
    pub(crate) decimal_if_unclear: Option<DecimalMark>,
    /// The order of day and month; detected if not given.
    pub(crate) dates: Option<DayOrder>,
    /// Whether years may have two digits.
    #[serde(default)]
    pub(crate) short_years: bool,
    /// Whether midnight is a real time of day rather than a placeholder for an unknown one.
    #[serde(default)]
    pub(crate) midnight: bool,
    /// The encoding of files that are not UTF-8.
    pub(crate) encoding: Option<String>,
    #[serde(default)]
    pub(crate) amount_is: AmountIs,
    #[serde(default)]
    pub(crate) fee_is: FeeIs,
    #[serde(default)]
    pub(crate) prices_in: PricesIn,
    #[serde(default)]
    pub(crate) rate_is: RateIs,
    /// Columns in the account's currency, which are converted at the row's rate.
    #[serde(default)]
    pub(crate) in_account_currency: Vec<Field>,
    #[serde(default)]
    pub(crate) dividend_is: DividendIs,
    #[serde(default)]
    pub(crate) dividends_by: DividendsBy,
    #[serde(default)]
    pub(crate) id_is: IdIs,
    /// The pattern of texts in the symbol column that are not symbols, such as a broker's own numbers.
    pub(crate) not_symbols: Option<Pattern>,
    /// The kind of rows without a date.
    pub(crate) undated: Option<NotRecorded>,
    #[serde(default)]
    pub(crate) columns: BTreeMap<Field, ColumnTexts>,
    /// Patterns of lines before the header with values for all rows.
    #[serde(default)]
    pub(crate) preamble: BTreeMap<Field, Pattern>,
    #[serde(default)]
    pub(crate) rule: Vec<Spanned<RuleText>>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<TableText>>,
}

/// The kind of a row, and the conditions for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    /// Conditions on columns of the file, or on our own with an `@` before the name; all must hold.
    #[serde(default)]
    pub(crate) when: BTreeMap<String, OneOrMany<Test>>,
    pub(crate) is: Is,
    /// The row's second kind.
    pub(crate) also: Option<Is>,
    /// The further table whose rows state the same, if the file has it.
    pub(crate) yields_to: Option<String>,
    /// Conditions on columns of the file: the rows for which they hold state the same, if the file has any.
    #[serde(default)]
    pub(crate) yields_to_rows: BTreeMap<String, OneOrMany<Test>>,
    /// What the amount of such rows includes, if that differs from the rest of the table.
    pub(crate) amount_is: Option<AmountIs>,
    /// Columns that such rows define differently.
    #[serde(default)]
    pub(crate) columns: BTreeMap<Field, ColumnTexts>,
}

/// The layout of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reader {
    /// A header and rows.
    #[default]
    Csv,
    /// Lines that begin with the name of a section and `Header` or `Data`.
    Sections,
    /// A row for each date, with a column for each stock.
    Wide,
    /// Lines that match a pattern.
    Lines,
    Json,
    Xml,
    /// Open Financial Exchange in either syntax.
    Ofx,
    /// Quicken Interchange Format.
    Qif,
}

/// Our columns: the values that a row can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    Date,
    Time,
    Action,
    Symbol,
    Isin,
    Name,
    Sector,
    Industry,
    Quantity,
    Price,
    /// The cash of a row; [`AmountIs`] says what it includes.
    Amount,
    /// The total before fees in the currency of the trade.
    Gross,
    Fee,
    /// Tax that reduces the amount of a sale and is not a fee.
    Tax,
    /// The gross amount of a dividend.
    Dividend,
    Withholding,
    Rate,
    Currency,
    /// The net cash of the row in the account's currency.
    Settled,
    SettledCurrency,
    /// For a dividend, the gross amount in the currency in which it was paid.
    Paid,
    PaidCurrency,
    /// The fee as charged, in another currency than that of the trade.
    Charged,
    ChargedCurrency,
    Portfolio,
    /// The portfolio that receives transferred shares.
    To,
    Id,
    Note,
    /// The status of a row, for use in conditions.
    Status,
    Ratio,
    Cost,
    Lot,
    AsOf,
    /// The ex-date of a dividend.
    ExDate,
    /// The portfolio's cost basis method.
    Method,
    /// For an exchange rate.
    Base,
    Quote,
    /// For a spin-off or an exchange: the stock of the new shares.
    NewSymbol,
    NewIsin,
    NewName,
    NewSector,
    NewIndustry,
    /// The percentage of the cost that moves in a spin-off.
    CostShare,
    /// The value of a new share.
    NewValue,
    /// The value of an old share after a spin-off.
    OldValue,
    /// Cash received for each old share.
    Cash,
    /// The price paid for each new share.
    Pay,
    /// What an exchange realizes.
    Rule,
    /// Cash in lieu of the fraction of a new share.
    CashInLieu,
    /// A text that the rows of a merger share, or that names their stocks.
    Event,
}

impl Field {
    pub(crate) const COUNT: usize = 50;

    /// The field of that name.
    pub(crate) fn named(name: &str) -> Result<Self, TableError> {
        let value = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
        Self::deserialize(value).map_err(|error| TableError::of_message(&error.to_string()))
    }
}

/// What the amount of a trade includes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AmountIs {
    /// The amount before fees.
    #[default]
    Gross,
    /// The cash after fees.
    Net,
    /// The cash after fees and taxes.
    #[serde(rename = "net after taxes")]
    NetAfterTaxes,
}

/// Where the fee is stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FeeIs {
    #[default]
    Told,
    /// It is the difference between the amount and quantity times price.
    Implied,
    /// As `Implied`, but a difference that the rounding of the price explains is no fee.
    #[serde(rename = "implied, but for rounding")]
    ImpliedButForRounding,
    /// In its column; but a sale that is short by cents has paid a regulatory fee, which has no column.
    #[serde(rename = "told, but for cents")]
    ToldButForCents,
}

/// The unit of prices, if the currency does not show it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PricesIn {
    #[default]
    Currency,
    Hundredths,
}

/// The direction of the rate. If there is a price, the figures decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum RateIs {
    #[default]
    #[serde(rename = "trade per account")]
    TradePerAccount,
    #[serde(rename = "account per trade")]
    AccountPerTrade,
}

/// What the amount of a dividend includes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DividendIs {
    #[default]
    Gross,
    /// The amount after the tax withheld.
    Net,
}

/// How a dividend is computed if it has no column of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum DividendsBy {
    #[default]
    #[serde(rename = "amount")]
    Amount,
    #[serde(rename = "quantity x price")]
    QuantityTimesPrice,
}

/// What an id identifies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum IdIs {
    /// One row.
    #[default]
    Unique,
    /// An order or a position, which may have several rows.
    Shared,
    /// An order, whose fills and fees are one trade.
    Order,
}

impl TableText {
    /// Parses a table.
    pub(crate) fn parse(text: &str) -> Result<Self, TableError> {
        toml::from_str(text).map_err(|error| TableError::of_toml(&error, text))
    }
}

/// Deserializes a value through its own parser.
fn by_door<'de, D, T, E>(deserializer: D, door: impl FnOnce(&str) -> Result<T, E>) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    E: std::fmt::Display,
{
    door(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words to list in the refusal of an unknown one.
    fn known<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> Vec<String> {
        let refused = toml::from_str::<T>(text).unwrap_err().message().to_owned();
        let (_, listed) = refused.split_once("expected one of ").unwrap();
        listed.split(", ").map(|word| word.trim_matches('`').to_owned()).collect()
    }

    #[test]
    fn the_manual_names_every_key_column_and_kind() {
        let manual = include_str!("../../man/stockbook-formats.5.md");
        let keys = [known::<TableText>("none = 1"), known::<RuleText>("none = 1"), known::<ColumnText>("none = 1")];
        let keys = keys.into_iter().flatten();
        // These are documented under headings of their own.
        let quoted = keys.filter(|key| !["columns", "preamble", "rule", "also", "when", "is"].contains(&key.as_str()));
        let missing: Vec<_> = quoted.filter(|key| !manual.contains(&format!("`{key}`"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let words = known::<BTreeMap<Field, String>>("none = ''").into_iter().chain(Is::words().map(str::to_owned));
        let documented: Vec<_> = manual.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let missing: Vec<_> = words.filter(|word| !documented.contains(&word.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
