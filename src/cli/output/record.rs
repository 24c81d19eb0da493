//! A row for programs: the same members, in the same order, in JSON and CSV.

use std::borrow::Cow;

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::Field;
use crate::domain::Day;

/// A value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, which a spreadsheet must not interpret.
    Text(String),
    /// An exact number, a date or an id: a string in JSON too, so that no reader rounds it.
    Exact(String),
    /// An exact number that is a JSON number, too.
    Number(String),
    /// A count.
    Count(u64),
    /// Yes or no.
    Truth(bool),
    /// Not known.
    Null,
    /// Several sentences; omitted in CSV.
    Words(Vec<String>),
    /// Several records; omitted in CSV.
    List(Vec<Record>),
    /// A nested record; omitted in CSV.
    Object(Record),
}

impl Value {
    /// A text.
    pub fn text(value: &impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    /// A text, if there is one.
    pub fn optional_text(value: Option<&impl ToString>) -> Self {
        value.map_or(Self::Null, Self::text)
    }

    /// A number, a date or an id.
    pub fn exact(value: &impl ToString) -> Self {
        Self::Exact(value.to_string())
    }

    /// A number, a date or an id, if known.
    pub fn optional(value: Option<&impl ToString>) -> Self {
        value.map_or(Self::Null, Self::exact)
    }

    /// The number of days from one day to another; 0 if that is not later.
    #[must_use]
    pub fn days(from: Day, to: Day) -> Self {
        Self::Count(u64::try_from(to.days_since(from)).unwrap_or_default())
    }

    /// The value as a field of a CSV record.
    #[must_use]
    pub fn field(&self) -> Field<'_> {
        match self {
            Self::Text(text) => Field::Text(text),
            Self::Exact(text) | Self::Number(text) => Field::Number(Cow::Borrowed(text)),
            Self::Count(count) => Field::Number(count.to_string().into()),
            Self::Truth(truth) => Field::Number(truth.to_string().into()),
            Self::Null | Self::Words(_) | Self::List(_) | Self::Object(_) => Field::Empty,
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Exact(text) => serializer.serialize_str(text),
            Self::Number(text) => RawValue::from_string(text.clone()).map_err(S::Error::custom)?.serialize(serializer),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Null => serializer.serialize_none(),
            Self::Words(words) => words.serialize(serializer),
            Self::List(records) => records.serialize(serializer),
            Self::Object(record) => record.serialize(serializer),
        }
    }
}

/// A row: members with their names, always all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record(pub Vec<(&'static str, Value)>);

impl Record {
    /// Appends the row as an object of JSON.
    ///
    /// # Errors
    /// Never with our records.
    pub(super) fn push_json(&self, json: &mut Vec<u8>) -> serde_json::Result<()> {
        json.push(b'{');
        for (at, (name, value)) in self.0.iter().enumerate() {
            // Names never need escaping, and checking them would take as long as writing the values.
            json.extend_from_slice(if at == 0 { b"\"" } else { b",\"" });
            json.extend_from_slice(name.as_bytes());
            json.extend_from_slice(b"\":");
            serde_json::to_writer(&mut *json, value)?;
        }
        json.push(b'}');
        Ok(())
    }

    /// The members that CSV has.
    #[must_use]
    pub fn flat(&self) -> Self {
        let is_flat = |(_, value): &&(_, Value)| !matches!(value, Value::Words(_) | Value::List(_) | Value::Object(_));
        Self(self.0.iter().filter(is_flat).cloned().collect())
    }

    /// The names, for a header.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|(name, _)| *name).collect()
    }

    /// The values as fields of a CSV record.
    #[must_use]
    pub fn fields(&self) -> Vec<Field<'_>> {
        self.0.iter().map(|(_, value)| value.field()).collect()
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
