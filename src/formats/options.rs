//! The user's options for reading a file.

use std::str::FromStr;

use super::numbers::DecimalMark;
use super::table::{Field, Is};
use super::{DateFormat, TimeZone};
use crate::domain::{Day, Symbol, ValueError, excerpt};

/// The user's options for reading a file.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The last day that a date may name.
    pub today: Day,
    /// The stock of rows that name none: `--symbol`.
    pub symbol: Option<Symbol>,
    /// The file's names for our columns: `--map`.
    pub columns: Vec<MapColumn>,
    /// The meaning of the file's words for actions: `--map-action`.
    pub actions: Vec<MapAction>,
    /// The symbols of stocks that the file names differently: `--map-symbol`.
    pub symbols: Vec<MapSymbol>,
    /// The format of dates: `--date-format`.
    pub date_format: Option<DateFormat>,
    /// The time zone in which instants are turned into days: `--time-zone`.
    pub time_zone: Option<TimeZone>,
    /// The decimal mark: `--decimal`.
    pub decimal: Option<DecimalMark>,
}

impl ReadOptions {
    /// The defaults, with the last day that a date may name.
    #[must_use]
    pub fn new(today: Day) -> Self {
        Self {
            today,
            symbol: None,
            columns: Vec::new(),
            actions: Vec::new(),
            symbols: Vec::new(),
            date_format: None,
            time_zone: None,
            decimal: None,
        }
    }
}

/// A file's name for one of our columns: `price=Kurs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapColumn {
    pub(crate) field: Field,
    pub(crate) header: String,
}

/// The meaning of a word for an action: `Kauf=buy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapAction {
    pub(crate) word: String,
    pub(crate) is: Is,
}

/// The symbol of a stock that a file names differently: `US0378331005=AAPL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapSymbol {
    pub(crate) from: String,
    pub(crate) to: Symbol,
}

fn parted<'t>(text: &'t str, what: &'static str, example: &str) -> Result<(&'t str, &'t str), ValueError> {
    let (from, to) = text.rsplit_once('=').unwrap_or_default();
    let (from, to) = (from.trim(), to.trim());
    if from.is_empty() || to.is_empty() {
        return Err(refuse(text, what, "is not of the form FROM=TO".to_owned(), example));
    }
    Ok((from, to))
}

fn refuse(text: &str, what: &'static str, rule: String, example: &str) -> ValueError {
    ValueError { what, code: "invalid_map", value: excerpt(text), rule, hint: Some(format!("write it like {example}")) }
}

impl FromStr for MapColumn {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let (what, example) = ("column mapping", "price=Kurs or 'date=Trade Date'");
        // The first `=` separates them, since a header may contain one.
        let (field, header) = text.split_once('=').unwrap_or_default();
        let (field, header) = (field.trim().to_lowercase(), header.trim());
        if header.is_empty() {
            return Err(refuse(text, what, "is not of the form COLUMN=HEADER".to_owned(), example));
        }
        let field = Field::named(&field).map_err(|error| {
            let hint = error.hint.map_or(String::new(), |hint| format!("; {hint}"));
            refuse(text, what, format!("does not begin with one of our columns{hint}"), example)
        })?;
        Ok(Self { field, header: header.to_owned() })
    }
}

impl FromStr for MapAction {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let (what, example) = ("action mapping", "Kauf=buy");
        let (word, is) = parted(text, what, example)?;
        let is = Is::named(&is.to_lowercase()).map_err(|rule| refuse(text, what, format!(": {rule}"), example))?;
        Ok(Self { word: word.to_lowercase(), is })
    }
}

impl FromStr for MapSymbol {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let (from, to) = parted(text, "symbol mapping", "US0378331005=AAPL")?;
        Ok(Self { from: from.to_lowercase(), to: to.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings_are_parted_at_the_equals_sign() {
        let column: MapColumn = "Price = Kurs=EUR".parse().unwrap();
        assert_eq!((column.field, column.header.as_str()), (Field::Price, "Kurs=EUR"));
        assert_eq!("Kauf=buy".parse::<MapAction>().unwrap(), MapAction { word: "kauf".to_owned(), is: Is::Buy });
        let symbol: MapSymbol = "Fund A=B=VEVE".parse().unwrap();
        assert_eq!((symbol.from.as_str(), symbol.to.as_str()), ("fund a=b", "VEVE"));
        assert_eq!(
            "prise=Kurs".parse::<MapColumn>().unwrap_err().rule,
            "does not begin with one of our columns; did you mean `price`?"
        );
        assert!("Kauf=byu".parse::<MapAction>().unwrap_err().rule.contains("did you mean buy?"));
        for bad in ["", "price", "price=", "=Kurs"] {
            assert!(bad.parse::<MapColumn>().is_err() && bad.parse::<MapAction>().is_err(), "{bad}");
            assert!(bad.parse::<MapSymbol>().is_err(), "{bad}");
        }
    }
}
