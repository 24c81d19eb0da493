//! How numbers are written for programs.

use clap::ValueEnum;
use rust_decimal::Decimal;

use super::{Record, Value};

/// The type of numbers in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Numbers {
    /// Strings, so that no reader rounds them
    #[default]
    Text,
    /// Numbers, for filters that compare; all digits are there, but most readers keep 15 to 17
    Json,
}

/// How exact numbers are written for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digits {
    /// Their type in JSON.
    pub numbers: Numbers,
    /// The maximum number of decimal places, to which numbers are rounded half to even; unlimited if
    /// `None`.
    pub places: Option<u32>,
}

impl Digits {
    /// A record with its numbers written in this way.
    #[must_use]
    pub fn of_record(self, record: Record) -> Record {
        if self == Self::default() {
            return record;
        }
        Record(record.0.into_iter().map(|(name, value)| (name, self.of(value))).collect())
    }

    /// Records with their numbers written in this way.
    #[must_use]
    pub fn of_records(self, records: Vec<Record>) -> Vec<Record> {
        records.into_iter().map(|record| self.of_record(record)).collect()
    }

    /// A value with its numbers written in this way; dates, ids and words are not changed.
    #[must_use]
    pub fn of(self, value: Value) -> Value {
        match value {
            Value::Exact(text) => self.of_exact(text),
            Value::List(records) => Value::List(self.of_records(records)),
            Value::Object(record) => Value::Object(self.of_record(record)),
            value @ (Value::Text(_)
            | Value::Number(_)
            | Value::Count(_)
            | Value::Truth(_)
            | Value::Null
            | Value::Words(_)) => value,
        }
    }

    fn of_exact(self, text: String) -> Value {
        let Ok(number) = Decimal::from_str_exact(&text) else { return Value::Exact(text) };
        let text = match self.places.map(|places| number.round_dp(places).normalize()) {
            Some(rounded) if rounded.is_zero() => "0".to_owned(),
            Some(rounded) => rounded.to_string(),
            None => text,
        };
        match self.numbers {
            Numbers::Text => Value::Exact(text),
            Numbers::Json => Value::Number(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &Value, numbers: Numbers, places: Option<u32>) -> String {
        serde_json::to_string(&Digits { numbers, places }.of(value.clone())).unwrap()
    }

    #[test]
    fn numbers_are_rounded_half_to_even() {
        for (exact, places, rounded) in [
            ("0.125", 2, "\"0.12\""),
            ("0.135", 2, "\"0.14\""),
            ("-0.004", 2, "\"0\""),
            ("10", 2, "\"10\""),
            ("153.1621621622", 0, "\"153\""),
            ("999999999999999999.9999999999", 4, "\"1000000000000000000\""),
        ] {
            assert_eq!(written(&Value::Exact(exact.into()), Numbers::Text, Some(places)), rounded);
        }
    }

    #[test]
    fn numbers_keep_all_their_digits_and_nothing_else_becomes_one() {
        let number = Value::Exact("999999999999999999.9999999999".into());
        assert_eq!(written(&number, Numbers::Json, None), "999999999999999999.9999999999");
        for other in ["2024-01-02", "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "2024-01-02T09:30:00.123456Z", ""] {
            assert_eq!(written(&Value::Exact(other.into()), Numbers::Json, Some(0)), format!("\"{other}\""));
        }
        assert_eq!(written(&Value::Text("7203".into()), Numbers::Json, Some(0)), "\"7203\"");
        let nested = Value::List(vec![Record(vec![("gain", Value::Exact("-1.5".into())), ("days", Value::Count(3))])]);
        assert_eq!(written(&nested, Numbers::Json, None), r#"[{"gain":-1.5,"days":3}]"#);
    }
}
