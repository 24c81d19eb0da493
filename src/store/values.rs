//! Converts between columns and domain values. Everything that is read is validated by its type.

use std::fmt::Display;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::{ToSql, ToSqlOutput, Type, ValueRef};
use uuid::Uuid;

use crate::domain::{Cash, Moment, Plain, PortfolioFilter, PortfolioName, TransactionId};

impl ToSql for Plain {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes())))
    }
}

impl ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::After => ToSqlOutput::Borrowed(ValueRef::Text(b"3")),
            Self::Split | Self::Conversion | Self::Before | Self::At(_) | Self::Last => {
                ToSqlOutput::from(self.to_string())
            }
        })
    }
}

/// The moment of the transaction `t` as columns of moments hold it.
pub(super) const MOMENT: &str = "CASE WHEN t.trade_time IS NOT NULL THEN '2 ' || t.trade_time
    WHEN t.type = 'SELL' AND t.as_of IS NOT NULL THEN '0'
    WHEN t.type = 'TRANSFER_IN' OR t.as_of IS NOT NULL THEN '1' WHEN t.type = 'TRANSFER_OUT' THEN '4' ELSE '3' END";

/// A text known to be UTF-8, because validating it again would take as long as writing it.
pub(super) struct Utf8<'t>(pub(super) &'t [u8]);

impl ToSql for Utf8<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

/// The value of a text column.
pub(super) fn text<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    parsed(column, row.get_ref(column)?.as_str()?)
}

/// The value of a text column that may be null.
pub(super) fn optional<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.get_ref(column)?.as_str_or_null()?.map(|text| parsed(column, text)).transpose()
}

/// The amount and the currency in two columns, unless they are null.
pub(super) fn cash(row: &Row<'_>, [amount, currency]: [usize; 2]) -> rusqlite::Result<Option<Cash>> {
    Ok(Cash::of(optional(row, amount)?, optional(row, currency)?))
}

/// Parses the text of a column.
pub(super) fn parsed<T>(column: usize, text: &str) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// The UUID in a blob column.
pub(super) fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Uuid::from_slice(row.get_ref(column)?.as_blob()?)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(error)))
}

/// The two integers that represent a transaction's id: the halves of its UUID, mapped so that SQLite's
/// signed integers sort like UUIDs.
pub(super) fn halves(id: TransactionId) -> (i64, i64) {
    let (high, low) = id.uuid().as_u64_pair();
    (high.cast_signed() ^ i64::MIN, low.cast_signed() ^ i64::MIN)
}

/// The id whose [halves] are in two columns.
pub(super) fn id(row: &Row<'_>, [high, low]: [usize; 2]) -> rusqlite::Result<TransactionId> {
    let half = |column| row.get(column).map(|half: i64| (half ^ i64::MIN).cast_unsigned());
    Ok(TransactionId::new(Uuid::from_u64_pair(half(high)?, half(low)?)))
}

/// The value of an integer column that is never negative.
pub(super) fn natural(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// An integer as SQLite stores it; a number beyond its range, which no book reaches, becomes its
/// maximum.
pub(super) fn integer(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The names of a filter as one text, a JSON array of `listed_as`; null if it includes all portfolios.
pub(super) fn listed(portfolios: &PortfolioFilter) -> Option<String> {
    let names: Vec<&str> = portfolios.names().iter().map(PortfolioName::as_str).collect();
    (!names.is_empty()).then(|| serde_json::Value::from(names).to_string())
}

/// An optional value as an optional text.
pub(super) fn shown<T: Display>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    proptest! {
        #[test]
        fn the_halves_of_an_id_are_ordered_as_ids_are(one: u128, other: u128, shift in 0_u32..128) {
            let [one, other] = [one, one ^ (other >> shift)].map(|number| TransactionId::new(Uuid::from_u128(number)));
            prop_assert_eq!(halves(one).cmp(&halves(other)), one.cmp(&other));
        }
    }

    #[test]
    fn an_id_is_read_from_its_halves() {
        let connection = Connection::open_in_memory().unwrap();
        for number in [0, 1, u128::MAX, 1 << 63, 1 << 127, 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210] {
            let known = TransactionId::new(Uuid::from_u128(number));
            let read = connection.query_row("SELECT ?1, ?2", halves(known), |row| id(row, [0, 1]));
            assert_eq!(read.unwrap(), known);
        }
    }
}
