//! What commands reported, and whether the book and its log agree with it in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use rusqlite::{Connection, Row};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::writer::ROWS;
use crate::stage::program_on;
use crate::witness::{Examined, examine, hex};

/// Failures after which it is enough.
const ENOUGH: usize = 20;

#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) runs: usize,
    /// Runs that were killed before they ended by themselves.
    pub(super) cut_off: usize,
    pub(super) stops: usize,
    pub(super) busy: usize,
    pub(super) refused: usize,
    pub(super) reads: usize,
    pub(super) checks: usize,
    pub(super) backups: usize,
    /// What was reported as recorded, by its sequence.
    events: BTreeMap<u64, Value>,
    /// The first and the last event of each command whose events were reported.
    commands: BTreeSet<(u64, u64)>,
    /// The keys of the transactions that were reported as recorded.
    keys: BTreeSet<String>,
    imports: usize,
    acknowledged: usize,
    /// Hashes of lines that somebody saw.
    seen: BTreeMap<u64, String>,
    pub(super) failures: Vec<String>,
}

impl Claims {
    /// Notes what is wrong.
    pub(super) fn fail(&mut self, what: &str) {
        println!("{what}");
        self.failures.push(format!("{what}\n"));
    }

    pub(super) fn is_enough(&self) -> bool {
        self.failures.len() >= ENOUGH
    }

    /// The last event that was reported.
    pub(super) fn head(&self) -> u64 {
        self.events.keys().next_back().copied().unwrap_or_default()
    }

    /// A command reported success.
    pub(super) fn acknowledge(&mut self, key: &str, command: &str, told: &Value) {
        self.acknowledged += 1;
        match command {
            "buy" | "sell" | "dividend" => _ = self.keys.insert(key.to_owned()),
            "import" => {
                self.imports += 1;
                self.keys.extend((0..ROWS).map(|row| format!("{key}/{row}")));
            }
            _ => {}
        }
        if told["recorded"] != true {
            return;
        }
        let events = told["events"].as_array().map_or(&[][..], Vec::as_slice);
        let sequences: Vec<_> = events.iter().filter_map(|event| event["sequence"].as_u64()).collect();
        if let (Some(first), Some(last)) = (sequences.first(), sequences.last()) {
            self.commands.insert((*first, *last));
        }
        for (sequence, event) in sequences.into_iter().zip(events) {
            if self.events.insert(sequence, event.clone()).is_some() {
                self.fail(&format!("two commands were told that they recorded event {sequence}"));
            }
        }
    }

    /// Somebody saw a line with this hash.
    pub(super) fn see(&mut self, sequence: u64, hash: &str) {
        if let Some(other) = self.seen.insert(sequence, hash.to_owned())
            && other != hash
        {
            self.fail(&format!("event {sequence} was seen with the hashes {other} and {hash}"));
        }
    }

    /// Compares all of it with the book and its log.
    pub(super) fn settle(&mut self, book: &Path) {
        for args in [&["check"][..], &["audit", "verify"]] {
            let output = program_on(book, args).output().unwrap();
            if !output.status.success() || !output.stderr.is_empty() {
                self.fail(&format!("in the end: {args:?}: {output:?}"));
            }
        }
        let settled = examine(book).and_then(Examined::sound).and_then(|lines| {
            self.events_are_there(&lines)?;
            self.keys_are_there_once(&lines)?;
            self.commands_are_those(book)
        });
        if let Err(what) = settled {
            self.fail(&format!("in the end: {what}"));
        }
    }

    fn events_are_there(&self, lines: &[String]) -> Result<(), String> {
        let line = |sequence: u64| {
            let at = usize::try_from(sequence).ok().and_then(|sequence| sequence.checked_sub(1));
            at.and_then(|at| lines.get(at)).ok_or(format!("event {sequence} is not there"))
        };
        for (sequence, told) in &self.events {
            let line = line(*sequence)?;
            if serde_json::from_str::<Value>(line).ok().as_ref() != Some(told) {
                return Err(format!("{told} was told, and recorded is {line}"));
            }
        }
        for (sequence, hash) in &self.seen {
            let line = line(*sequence)?;
            if hex(&Sha256::digest(line.as_bytes())) != *hash {
                return Err(format!("somebody saw another event {sequence} than {line}"));
            }
        }
        Ok(())
    }

    /// What was reported is recorded, and nothing counts twice. What was undone may have been recorded again.
    fn keys_are_there_once(&self, lines: &[String]) -> Result<(), String> {
        let (mut recorded, mut voided) = (BTreeMap::<String, Vec<String>>::new(), BTreeSet::new());
        for line in lines {
            let event: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let (kind, data) = (event["event_type"].as_str().unwrap_or_default(), &event["data"]);
            let id = data["transaction_id"].as_str().unwrap_or_default().to_owned();
            match (kind, data["note"].as_str()) {
                ("TransactionVoidedEvent", _) => _ = voided.insert(id),
                (_, Some(note)) => recorded.entry(note.to_owned()).or_default().push(id),
                _ => {}
            }
        }
        if let Some(lost) = self.keys.iter().find(|key| !recorded.contains_key(*key)) {
            return Err(format!("{lost} was told as done and is not recorded"));
        }
        let counting = |ids: &[String]| ids.iter().filter(|id| !voided.contains(*id)).count();
        let double = recorded.iter().find(|(_, ids)| counting(ids) > 1);
        double.map_or(Ok(()), |(key, ids)| Err(format!("{key} is recorded as {ids:?}")))
    }

    /// No command was split or joined with another, and every recorded command that was not reported was one
    /// that was killed, or an import.
    fn commands_are_those(&self, book: &Path) -> Result<(), String> {
        let number = |row: &Row<'_>, column| row.get::<_, i64>(column).map(i64::cast_unsigned);
        let read = || {
            let book = Connection::open(book)?;
            let mut statement = book.prepare("SELECT first_sequence, last_sequence FROM commands")?;
            let rows = statement.query_map([], |row| Ok((number(row, 0)?, number(row, 1)?)))?;
            rows.collect::<rusqlite::Result<BTreeSet<_>>>()
        };
        let there = read().map_err(|error| error.to_string())?;
        if let Some(other) = self.commands.difference(&there).next() {
            return Err(format!("a command was told that it recorded the events {other:?}"));
        }
        let first_told = self.commands.first().map_or(u64::MAX, |(first, _)| *first);
        let untold = there.difference(&self.commands).filter(|(first, _)| *first > first_told).count();
        let explained = self.cut_off + self.imports;
        if untold <= explained { Ok(()) } else { Err(format!("{untold} commands untold, {explained} explained")) }
    }
}

impl fmt::Display for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { runs, cut_off, stops, busy, refused, reads, checks, backups, .. } = self;
        write!(
            f,
            "{runs} runs, {cut_off} of them killed, {stops} stopped, {busy} busy; {} commands acknowledged with {} events and \
             {} imports, {refused} refused; {reads} reads, {checks} checks and repairs, {backups} backups; {} lines seen",
            self.acknowledged,
            self.events.len(),
            self.imports,
            self.seen.len(),
        )
    }
}
