//! What a writing command prints.

use serde_json::value::RawValue;

use super::args::Format;
use super::context::Context;
use super::holdings::csv;
use super::render::{Record, Value};
use crate::app::{Mode, Outcome, Recorded};
use crate::domain::StoredEvent;

/// What a command did, for eyes and for programs.
pub(super) struct Receipt {
    /// The result in sentences.
    pub(super) sentences: Vec<String>,
    /// The members that are single values.
    pub(super) members: Record,
    /// Members that are lists or objects, as JSON, printed after the others.
    pub(super) nested: Vec<(&'static str, String)>,
}

impl Receipt {
    /// Prints the receipt of a unit of work, with its events, in the format that was asked for.
    pub(super) fn print<T>(mut self, recorded: &Recorded<T>, context: &Context<'_>) -> anyhow::Result<()> {
        if recorded.outcome == Outcome::Unchanged {
            self.sentences.insert(0, "recorded before, nothing is new".to_owned());
        }
        self.print_as_told(recorded, context)
    }

    /// As [`Self::print`], where the sentences themselves tell whether anything was done.
    pub(super) fn print_as_told<T>(mut self, recorded: &Recorded<T>, context: &Context<'_>) -> anyhow::Result<()> {
        self.nested.push(("rematched", "[]".to_owned()));
        let [is_recorded, is_dry_run] = outcome_members(recorded);
        let events = serde_json::to_string(&events(&recorded.events)?)?;
        self.print_as(&[is_recorded, is_dry_run], &format!(",\"events\":{events}"), recorded, context)
    }

    /// Prints the receipt of a unit of work that has too many events to print.
    pub(super) fn print_summary<T>(self, recorded: &Recorded<T>, context: &Context<'_>) -> anyhow::Result<()> {
        let [is_recorded, is_dry_run] = outcome_members(recorded);
        self.print_as(&[is_dry_run, is_recorded], "", recorded, context)
    }

    fn print_as<T>(
        self,
        last: &[(&'static str, Value)],
        end: &str,
        recorded: &Recorded<T>,
        context: &Context<'_>,
    ) -> anyhow::Result<()> {
        let text = match context.format() {
            Format::Table if context.is_quiet => String::new(),
            Format::Table => self.as_sentences(recorded),
            Format::Json => self.as_json(last, end)?,
            Format::Csv => self.as_csv(last)?,
        };
        context.print(&text)
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

    fn as_json(&self, last: &[(&'static str, Value)], end: &str) -> anyhow::Result<String> {
        let mut parts = vec![inner(&serde_json::to_string(&self.members)?)];
        parts.extend(self.nested.iter().map(|(name, json)| format!("\"{name}\":{json}")));
        parts.push(inner(&serde_json::to_string(&Record(last.to_vec()))?));
        Ok(format!("{{{}{end}}}\n", parts.join(",")))
    }

    fn as_csv(&self, last: &[(&'static str, Value)]) -> anyhow::Result<String> {
        let mut record = self.members.clone();
        record.0.extend_from_slice(last);
        let header = record.names();
        csv(&[record], &header)
    }
}

fn outcome_members<T>(recorded: &Recorded<T>) -> [(&'static str, Value); 2] {
    let is_dry_run = recorded.mode == Mode::DryRun;
    let is_recorded = !is_dry_run && recorded.outcome == Outcome::New;
    [("recorded", Value::Truth(is_recorded)), ("dry_run", Value::Truth(is_dry_run))]
}

/// The members of a JSON object, without its braces.
fn inner(object: &str) -> String {
    object.trim_start_matches('{').trim_end_matches('}').to_owned()
}

/// Events as they stand in the audit log.
fn events(stored: &[StoredEvent]) -> Result<Vec<Box<RawValue>>, serde_json::Error> {
    stored.iter().map(|event| RawValue::from_string(event.line.trim_end().to_owned())).collect()
}
