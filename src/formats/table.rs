//! A table as it is written: what a file of one format looks like, and what its rows mean.
//!
//! The types here are the schema. Whatever is wrong with a table, a misspelt key or a pattern that
//! does not close, is found as it is read, and told with its line and key.

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

/// One table: of a whole file or, under `also`, of a further kind of rows in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableText {
    pub(crate) name: String,
    /// For people: which program and which report.
    #[serde(default)]
    pub(crate) title: String,
    /// How to get such a file there.
    #[serde(default)]
    pub(crate) export: String,
    #[serde(default)]
    pub(crate) reader: Reader,
    /// Columns that must be there; any one of a list.
    #[serde(default)]
    pub(crate) find: Vec<OneOrMany<NameText>>,
    /// Columns that must not be there.
    #[serde(default)]
    pub(crate) without: Vec<NameText>,
    /// No other columns than these may be there.
    pub(crate) only: Option<Vec<NameText>>,
    /// With what the first cell of the line begins that ends the rows.
    #[serde(default)]
    pub(crate) ends: Vec<String>,
    /// Columns that are all empty in a line that goes on with the row above it.
    #[serde(default)]
    pub(crate) continues: Vec<NameText>,
    /// Of a file whose lines begin with the name of a section: which one, by its names in different files.
    pub(crate) section: Option<OneOrMany<String>>,
    /// Sections of such a file that no table reads and nobody misses.
    #[serde(default)]
    pub(crate) other_sections: Vec<NameText>,
    /// Of a JSON file: the way to the list of rows.
    #[serde(default)]
    pub(crate) path: Vec<String>,
    /// Of an XML file: its outermost element.
    pub(crate) root: Option<String>,
    /// Of an XML file: the elements that are rows.
    #[serde(default)]
    pub(crate) elements: Vec<String>,
    /// Of a file of lines: what a line is, with a named group for every column.
    pub(crate) line: Option<Pattern>,
    /// Of a file of lines: what lines to leave out.
    pub(crate) comment: Option<Pattern>,
    /// Of a file with more headings than one: what the second begins with.
    pub(crate) second_heading: Option<String>,
    /// Tried only where no other table fits.
    #[serde(default)]
    pub(crate) fallback: bool,
    /// Why a file like this is not read.
    pub(crate) refuse: Option<String>,
    /// The way out then.
    pub(crate) hint: Option<String>,
    /// The currency of rows that name none.
    pub(crate) currency: Option<Currency>,
    /// What stands before the decimals; told by the file where it is not said.
    pub(crate) decimal: Option<DecimalMark>,
    /// What stands before the decimals where the file does not tell.
    pub(crate) decimal_if_unclear: Option<DecimalMark>,
    /// What comes first in a date; told by the file where it is not said.
    pub(crate) dates: Option<DayOrder>,
    /// Whether years may have two digits.
    #[serde(default)]
    pub(crate) short_years: bool,
    /// Whether midnight is a time like any other, and not the mark of an unknown one.
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
    /// Columns whose figures are in the account's currency, to be converted by the row's rate.
    #[serde(default)]
    pub(crate) in_account_currency: Vec<Field>,
    #[serde(default)]
    pub(crate) dividend_is: DividendIs,
    #[serde(default)]
    pub(crate) dividends_by: DividendsBy,
    #[serde(default)]
    pub(crate) id_is: IdIs,
    /// What rows without a date are.
    pub(crate) undated: Option<NotRecorded>,
    #[serde(default)]
    pub(crate) columns: BTreeMap<Field, ColumnTexts>,
    /// What lines before the header say of all rows.
    #[serde(default)]
    pub(crate) preamble: BTreeMap<Field, Pattern>,
    #[serde(default)]
    pub(crate) rule: Vec<Spanned<RuleText>>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<TableText>>,
}

/// What a row is, and when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    /// Conditions on columns of the file, or on ours with an `@` before the name; all must hold.
    #[serde(default)]
    pub(crate) when: BTreeMap<String, OneOrMany<Test>>,
    pub(crate) is: Is,
    /// What the row is besides.
    pub(crate) also: Option<Is>,
    /// The further table of the file whose rows tell the same, where it is there.
    pub(crate) yields_to: Option<String>,
    /// What of the row's cash the amount is, where not as elsewhere in the table.
    pub(crate) amount_is: Option<AmountIs>,
    /// Columns that are others in this case.
    #[serde(default)]
    pub(crate) columns: BTreeMap<Field, ColumnTexts>,
}

/// How a file is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reader {
    /// A header, and rows.
    #[default]
    Csv,
    /// Lines that begin with the name of their section and `Header` or `Data`.
    Sections,
    /// Dates down, and a column for each stock.
    Wide,
    /// Lines of one pattern.
    Lines,
    Json,
    Xml,
    /// Open Financial Exchange, of either syntax.
    Ofx,
    /// Quicken Interchange Format.
    Qif,
}

/// What a row can say: a column of ours.
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
    /// The cash of a row; [`AmountIs`] says what of it.
    Amount,
    /// The total before fees, in the currency of the trade.
    Gross,
    Fee,
    /// Tax that lowers a sale's amount and is no fee.
    Tax,
    /// The gross amount of a dividend.
    Dividend,
    Withholding,
    Rate,
    Currency,
    /// The cash of the whole row in the account's currency.
    Settled,
    SettledCurrency,
    /// Of a dividend, the gross amount in the currency in which it was paid.
    Paid,
    PaidCurrency,
    /// The fee as it was charged, in another currency than the trade's.
    Charged,
    ChargedCurrency,
    Portfolio,
    /// The portfolio that shares are transferred to.
    To,
    Id,
    Note,
    /// What became of a row, which conditions ask for.
    Status,
    Ratio,
    Cost,
    Lot,
    AsOf,
    /// Of a dividend.
    ExDate,
    /// The portfolio's cost basis method.
    Method,
    /// Of a rate.
    Base,
    Quote,
    /// Of a spin-off or an exchange: the stock of the new shares.
    NewSymbol,
    NewIsin,
    NewName,
    NewSector,
    NewIndustry,
    /// The percentage of the cost that goes over in a spin-off.
    CostShare,
    /// What a new share was worth.
    NewValue,
    /// What an old share was worth after a spin-off.
    OldValue,
    /// Cash for each old share.
    Cash,
    /// What was paid for each new share.
    Pay,
    /// What an exchange realizes.
    Rule,
    /// What was paid for the fraction of a new share.
    CashInLieu,
    /// What the rows of a merger have in common, or name each other by.
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

/// What of a trade's cash the amount is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AmountIs {
    /// Before fees.
    #[default]
    Gross,
    /// After fees.
    Net,
    /// After fees and taxes.
    #[serde(rename = "net after taxes")]
    NetAfterTaxes,
}

/// Where the fee is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FeeIs {
    #[default]
    Told,
    /// The difference of the amount and quantity times price.
    Implied,
    /// Told, but for a sale that is short by cents: it has paid what is taken for the supervision of markets, for which
    /// there is no column.
    #[serde(rename = "told, but for cents")]
    ToldButForCents,
}

/// The unit of prices, where the currency does not tell it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PricesIn {
    #[default]
    Currency,
    Hundredths,
}

/// Which way the rate goes; where a price allows it, the arithmetic tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum RateIs {
    #[default]
    #[serde(rename = "trade per account")]
    TradePerAccount,
    #[serde(rename = "account per trade")]
    AccountPerTrade,
}

/// What of a dividend its amount is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DividendIs {
    #[default]
    Gross,
    /// What is left after the tax that was withheld.
    Net,
}

/// What a dividend comes from where it has no column of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum DividendsBy {
    #[default]
    #[serde(rename = "amount")]
    Amount,
    #[serde(rename = "quantity x price")]
    QuantityTimesPrice,
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum IdIs {
    /// One row.
    #[default]
    Unique,
    /// An order or a position, which several rows may be of.
    Shared,
    /// An order, whose rows tell one trade together: its fills, and its fees.
    Order,
}

impl TableText {
    /// Reads a table.
    pub(crate) fn parse(text: &str) -> Result<Self, TableError> {
        toml::from_str(text).map_err(|error| TableError::of_toml(&error, text))
    }
}

/// Reads a text through a door of its own.
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

    /// The words that a refusal of one that is none of them lists.
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
        // These are headings of their own.
        let quoted = keys.filter(|key| !["columns", "preamble", "rule", "also", "when", "is"].contains(&key.as_str()));
        let missing: Vec<_> = quoted.filter(|key| !manual.contains(&format!("`{key}`"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let words = known::<BTreeMap<Field, String>>("none = ''").into_iter().chain(Is::words().map(str::to_owned));
        let told: Vec<_> = manual.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let missing: Vec<_> = words.filter(|word| !told.contains(&word.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
