//! The totals of rows, for programs.

use std::collections::BTreeMap;

use crate::app::AppError;
use crate::cli::output::{Format, Record, Value};
use crate::domain::Money;

/// Sums over records, separate for each currency; unknown amounts are left out.
pub(in crate::cli) struct RecordTotals {
    /// The members to be added up; none if totals are not requested.
    summed: &'static [&'static str],
    sums: BTreeMap<String, BTreeMap<&'static str, Sum>>,
}

/// A sum of amounts or of counts; `None` if it has more digits than a book can hold.
#[derive(Debug, Clone, Copy)]
enum Sum {
    Amount(Option<Money>),
    Count(u64),
}

impl RecordTotals {
    /// Sums of these members, if they are requested.
    ///
    /// # Errors
    /// If they are requested and the format is a table.
    pub(in crate::cli) fn of(summed: Option<&'static [&'static str]>, format: Format) -> Result<Self, AppError> {
        if summed.is_some() && format == Format::Table {
            return Err(AppError::Usage {
                code: "usage",
                message: "--totals has no effect here: a table has totals".to_owned(),
                hint: "leave it out, or use -O json or -O csv".to_owned(),
            });
        }
        Ok(Self { summed: summed.unwrap_or_default(), sums: BTreeMap::new() })
    }

    /// Counts a record.
    pub(in crate::cli) fn add(&mut self, record: &Record) {
        let currency = record.0.iter().find(|(name, _)| *name == "currency");
        let Some((_, Value::Text(currency))) = currency.filter(|_| !self.summed.is_empty()) else { return };
        if !self.sums.contains_key(currency) {
            self.sums.insert(currency.clone(), BTreeMap::new());
        }
        let Some(sums) = self.sums.get_mut(currency) else { return };
        for (name, value) in record.0.iter().filter(|(name, _)| self.summed.contains(name)) {
            let added = match (value, sums.get(name)) {
                (Value::Count(count), Some(Sum::Count(sum))) => Sum::Count(sum.saturating_add(*count)),
                (Value::Count(count), _) => Sum::Count(*count),
                (Value::Exact(text), before) => {
                    let amount = text.parse::<Money>().ok();
                    Sum::Amount(match before {
                        Some(Sum::Amount(sum)) => sum.zip(amount).and_then(|(sum, amount)| sum.plus(amount).ok()),
                        Some(Sum::Count(_)) | None => amount,
                    })
                }
                (
                    Value::Text(_)
                    | Value::Number(_)
                    | Value::Truth(_)
                    | Value::Null
                    | Value::Words(_)
                    | Value::List(_)
                    | Value::Object(_),
                    _,
                ) => continue,
            };
            sums.insert(name, added);
        }
    }

    /// A record for each currency; what cannot be added up is `null`.
    pub(in crate::cli) fn records(&self, members: &[&'static str]) -> Vec<Record> {
        let record = |(currency, sums): (&String, &BTreeMap<&'static str, Sum>)| {
            let value = |name: &'static str| match sums.get(name) {
                Some(Sum::Amount(sum)) => Value::optional(sum.as_ref()),
                Some(Sum::Count(sum)) => Value::Count(*sum),
                None if name == "currency" => Value::text(currency),
                None => Value::Null,
            };
            Record(members.iter().map(|name| (*name, value(name))).collect())
        };
        self.sums.iter().map(record).collect()
    }
}
