//! The output of a command that records.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::context::Context;
use super::output::{Format, Record, Value, csv, figure, json_line};
use crate::app::{AppError, Mode, Outcome, Recorded};
use crate::bus::StoredEvent;
use crate::domain::RematchedSale;

/// What a command did, for people and for programs.
pub(super) struct Receipt {
    /// The result as sentences.
    sentences: Vec<String>,
    /// The result as members.
    members: Record,
    /// Members that follow the events.
    last: Record,
    /// The rows in CSV, if the command did something several times.
    rows: Vec<Record>,
}

impl Receipt {
    pub(super) fn new(sentences: Vec<String>, members: Record) -> Self {
        Self { sentences, members, last: Record(Vec::new()), rows: Vec::new() }
    }

    /// Adds a member after all others.
    pub(super) fn ending(mut self, name: &'static str, value: Value) -> Self {
        self.last.0.push((name, value));
        self
    }

    /// Prints a row in CSV for each of these, which must have the same members, instead of one for the whole.
    pub(super) fn rows(self, rows: Vec<Record>) -> Self {
        Self { rows, ..self }
    }

    /// Adds the sales whose realized gain changes.
    pub(super) fn rematched(mut self, sales: &[RematchedSale]) -> Self {
        let record = |sale: &RematchedSale| {
            Record(vec![
                ("sale_id", Value::exact(&sale.sale_id)),
                ("symbol", Value::text(&sale.symbol)),
                ("sold_on", Value::exact(&sale.sold_on)),
                ("gain_before", Value::exact(&sale.gain_before)),
                ("gain_after", Value::exact(&sale.gain_after)),
            ])
        };
        self.sentences.extend(sales.iter().map(sentence));
        self.members.0.push(("rematched", Value::List(sales.iter().map(record).collect())));
        self
    }

    /// Prints the receipt of a unit of work, with its events, in the requested format.
    pub(super) fn print<T>(mut self, recorded: &Recorded<T>, context: &Context<'_>) -> Result<(), AppError> {
        if recorded.outcome == Outcome::Unchanged {
            self.sentences.insert(0, "already recorded; nothing new".to_owned());
        }
        self.print_as_told(recorded, context)
    }

    /// Like [`Self::print`], for sentences that say themselves whether anything was done.
    pub(super) fn print_as_told<T>(mut self, recorded: &Recorded<T>, context: &Context<'_>) -> Result<(), AppError> {
        if !self.members.0.iter().any(|(name, _)| *name == "rematched") {
            self.members.0.push(("rematched", Value::List(Vec::new())));
        }
        for members in std::iter::once(&mut self.members).chain(&mut self.rows) {
            members.0.extend(outcome_members(recorded));
        }
        self.print_with(Some(&recorded.events), recorded, context)
    }

    /// Prints the receipt of a unit of work that has too many events to print.
    pub(super) fn print_summary<T>(mut self, recorded: &Recorded<T>, context: &Context<'_>) -> Result<(), AppError> {
        let [is_recorded, is_dry_run] = outcome_members(recorded);
        self.members.0.extend([is_dry_run, is_recorded]);
        self.print_with(None, recorded, context)
    }

    fn print_with<T>(
        mut self,
        events: Option<&[StoredEvent]>,
        recorded: &Recorded<T>,
        context: &Context<'_>,
    ) -> Result<(), AppError> {
        for members in [&mut self.members, &mut self.last].into_iter().chain(&mut self.rows) {
            *members = context.page.digits.of_record(std::mem::replace(members, Record(Vec::new())));
        }
        let text = match context.page.format() {
            Format::Table if context.is_quiet => String::new(),
            Format::Table => context.page.wrapped_sentences(&self.as_sentences(recorded)),
            Format::Json => {
                let events = events.map(lines).transpose().map_err(AppError::unreadable_event)?;
                json_line(&WithEvents { members: &self.members, events, last: &self.last })?
            }
            Format::Csv => {
                let rows = if self.rows.is_empty() { std::slice::from_ref(&self.members) } else { &self.rows };
                let flat: Vec<Record> = rows.iter().map(Record::flat).collect();
                csv(&flat, &flat.first().map(Record::names).unwrap_or_default())?
            }
        };
        context.page.print(&text)
    }

    fn as_sentences<T>(&self, recorded: &Recorded<T>) -> String {
        let mut lines: Vec<&str> = Vec::new();
        if recorded.mode == Mode::DryRun {
            lines.push("dry run, nothing is recorded");
        }
        lines.extend(self.sentences.iter().map(String::as_str));
        lines.push("");
        lines.join("\n")
    }
}

fn sentence(sale: &RematchedSale) -> String {
    let RematchedSale { sale_id, symbol, currency, sold_on, gain_before, gain_after } = sale;
    let id = sale_id.to_string();
    let [before, after] = figure::distinguishable([*gain_before, *gain_after], *currency);
    format!("the sale of {symbol} on {sold_on} ({}) realizes {after}, not {before}", id.get(..8).unwrap_or(&id))
}

fn outcome_members<T>(recorded: &Recorded<T>) -> [(&'static str, Value); 2] {
    let is_dry_run = recorded.mode == Mode::DryRun;
    let is_recorded = !is_dry_run && recorded.outcome == Outcome::New;
    [("recorded", Value::Truth(is_recorded)), ("dry_run", Value::Truth(is_dry_run))]
}

/// The members of a receipt with its events as they are in the audit log.
struct WithEvents<'r> {
    members: &'r Record,
    events: Option<Vec<Box<RawValue>>>,
    last: &'r Record,
}

impl Serialize for WithEvents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in &self.members.0 {
            map.serialize_entry(name, value)?;
        }
        if let Some(events) = &self.events {
            map.serialize_entry("events", events)?;
        }
        for (name, value) in &self.last.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Events as they are in the audit log.
fn lines(stored: &[StoredEvent]) -> Result<Vec<Box<RawValue>>, serde_json::Error> {
    stored.iter().map(|event| RawValue::from_string(event.line.trim_end().to_owned())).collect()
}
