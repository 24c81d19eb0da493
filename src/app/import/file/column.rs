//! The columns of an import file and their names.

use std::str::FromStr;

use crate::domain::{ValueError, excerpt};

/// A column of an import file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The day of the trade or price.
    Date,
    /// The time of the trade.
    Time,
    /// The action: `buy`, `sell`, `opening`, `dividend` or `split`.
    Action,
    /// The stock.
    Symbol,
    /// The number of shares.
    Quantity,
    /// The price per share.
    Price,
    /// The total before fees.
    Amount,
    /// The broker's fee.
    Fee,
    /// The portfolio.
    Portfolio,
    /// The user's note.
    Note,
    /// The file's id for the trade.
    Id,
    /// The currency.
    Currency,
    /// The lots that a sale picks.
    Lot,
    /// The day as of which the quantity of an opening lot counts shares.
    AsOf,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 14] = [
        Self::Date,
        Self::Time,
        Self::Action,
        Self::Symbol,
        Self::Quantity,
        Self::Price,
        Self::Amount,
        Self::Fee,
        Self::Portfolio,
        Self::Note,
        Self::Id,
        Self::Currency,
        Self::Lot,
        Self::AsOf,
    ];

    /// The column's name in a header, unless the user maps it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Action => "action",
            Self::Symbol => "symbol",
            Self::Quantity => "quantity",
            Self::Price => "price",
            Self::Amount => "amount",
            Self::Fee => "fee",
            Self::Portfolio => "portfolio",
            Self::Note => "note",
            Self::Id => "id",
            Self::Currency => "currency",
            Self::Lot => "lot",
            Self::AsOf => "as_of",
        }
    }
}

/// A file's name for one of our columns: `price=Kurs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMapping {
    column: Column,
    header: String,
}

impl ColumnMapping {
    /// Our column.
    #[must_use]
    pub fn column(&self) -> Column {
        self.column
    }

    /// The name in the file's header.
    #[must_use]
    pub fn header(&self) -> &str {
        &self.header
    }
}

impl FromStr for ColumnMapping {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: String| ValueError {
            what: "column mapping",
            code: "invalid_map",
            value: excerpt(text),
            rule,
            hint: Some("write it like price=Kurs or 'date=Trade Date'".to_owned()),
        };
        let (name, header) =
            text.split_once('=').ok_or_else(|| refuse("is not of the form COLUMN=HEADER".to_owned()))?;
        let (name, header) = (name.trim(), header.trim());
        let column = Column::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(name));
        let known = || Column::ALL.map(Column::name).join(", ");
        let column = column.ok_or_else(|| refuse(format!("does not begin with one of our columns: {}", known())))?;
        if header.is_empty() {
            return Err(refuse("must name a column of the file's header".to_owned()));
        }
        Ok(Self { column, header: header.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_names_our_column_and_the_file_s_header() {
        let mapping: ColumnMapping = "Date = Trade Date".parse().unwrap();
        assert_eq!((mapping.column(), mapping.header()), (Column::Date, "Trade Date"));
        let mapping: ColumnMapping = "note=a=b".parse().unwrap();
        assert_eq!(mapping.header(), "a=b");
    }

    #[test]
    fn a_mapping_without_a_known_column_or_a_header_is_refused() {
        for bad in ["", "price", "=Kurs", "kurs=price", "price=", "price= "] {
            assert_eq!(bad.parse::<ColumnMapping>().unwrap_err().code, "invalid_map", "{bad}");
        }
    }
}
