//! What a writing command prints.

use serde_json::value::RawValue;

use super::args::Format;
use super::context::Context;
use super::render::{Csv, Record, Value};
use crate::app::{Outcome, Recorded};
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
        self.nested.push(("rematched", "[]".to_owned()));
        let [is_recorded, is_dry_run] = outcome_members(recorded.outcome);
        let events = serde_json::to_string(&events(&recorded.events)?)?;
        let end = format!(",\"events\":{events}");
        self.print_as(&[is_recorded, is_dry_run], &end, recorded.outcome, context)
    }

    /// Prints the receipt of a unit of work that has too many events to print.
    pub(super) fn print_summary<T>(self, recorded: &Recorded<T>, context: &Context<'_>) -> anyhow::Result<()> {
        let [is_recorded, is_dry_run] = outcome_members(recorded.outcome);
        self.print_as(&[is_dry_run, is_recorded], "", recorded.outcome, context)
    }

    fn print_as(
        self,
        last: &[(&'static str, Value)],
        end: &str,
        outcome: Outcome,
        context: &Context<'_>,
    ) -> anyhow::Result<()> {
        let text = match context.format() {
            Format::Table if context.is_quiet => String::new(),
            Format::Table => self.as_sentences(outcome),
            Format::Json => self.as_json(last, end)?,
            Format::Csv => self.as_csv(last)?,
        };
        context.print_recorded(&text);
        Ok(())
    }

    fn as_sentences(&self, outcome: Outcome) -> String {
        let lead = match outcome {
            Outcome::Recorded => "",
            Outcome::DryRun => "dry run, nothing is recorded\n",
            Outcome::Unchanged => "recorded before, nothing is new\n",
        };
        format!("{lead}{}\n", self.sentences.join("\n"))
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
        let mut text = Vec::new();
        let mut csv = Csv::new(&mut text, &record.names())?;
        csv.record(&record.fields())?;
        csv.finish()?;
        Ok(String::from_utf8(text)?)
    }
}

fn outcome_members(outcome: Outcome) -> [(&'static str, Value); 2] {
    let is = |this: Outcome| Value::Truth(outcome == this);
    [("recorded", is(Outcome::Recorded)), ("dry_run", is(Outcome::DryRun))]
}

/// The members of a JSON object, without its braces.
fn inner(object: &str) -> String {
    object.trim_start_matches('{').trim_end_matches('}').to_owned()
}

/// Events as they stand in the audit log.
fn events(stored: &[StoredEvent]) -> Result<Vec<Box<RawValue>>, serde_json::Error> {
    stored.iter().map(|event| RawValue::from_string(event.line.trim_end().to_owned())).collect()
}
