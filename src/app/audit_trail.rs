//! Reading the audit log.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};

use anyhow::Context;
use serde::Deserialize;

use crate::domain::{Instant, Sequence, Symbol};
use crate::store::{Book, read_log};

/// Which lines to show. `None` does not restrict.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only events of this type, in any case.
    pub event_type: Option<String>,
    /// Only events of this stock.
    pub symbol: Option<Symbol>,
    /// Only events recorded at this instant or later.
    pub since: Option<Instant>,
    /// Only events recorded before this instant.
    pub until: Option<Instant>,
    /// Only events after this one.
    pub since_sequence: Option<Sequence>,
}

/// As much of a line as filters look at.
#[derive(Deserialize)]
struct Line {
    sequence: Sequence,
    event_type: String,
    occurred_at: Instant,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    symbol: Option<Symbol>,
}

impl AuditFilter {
    /// Whether only the place in the log matters, so that no line need be understood.
    fn is_by_place(&self) -> bool {
        self.event_type.is_none() && self.symbol.is_none() && self.since.is_none() && self.until.is_none()
    }

    fn covers(&self, line: &[u8]) -> anyhow::Result<bool> {
        if self.is_by_place() {
            return Ok(true);
        }
        let line: Line = serde_json::from_slice(line).context("a line of the audit log is not an event")?;
        Ok(self.since_sequence.is_none_or(|after| line.sequence > after)
            && self.event_type.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&line.event_type))
            && self.symbol.as_ref().is_none_or(|wanted| Some(wanted) == line.data.symbol.as_ref())
            && self.since.is_none_or(|since| line.occurred_at >= since)
            && self.until.is_none_or(|until| line.occurred_at < until))
    }
}

/// The audit log, read line by line. An unfinished last line is left for later.
pub struct AuditTrail {
    reader: BufReader<File>,
    filter: AuditFilter,
    partial: Vec<u8>,
}

impl AuditTrail {
    /// Opens the log of a book where the filter's first line is. `tail` gives the number of lines
    /// that are wanted from the end.
    ///
    /// # Errors
    /// If the log or the book cannot be read.
    pub fn open(book: &Book, filter: AuditFilter, tail: Option<usize>) -> anyhow::Result<Self> {
        let path = Book::audit_log_path(book.path());
        let start = start_offset(book, &filter, tail)?;
        let mut reader = BufReader::with_capacity(1 << 16, read_log(&path)?);
        reader.seek(SeekFrom::Start(start))?;
        Ok(Self { reader, filter, partial: Vec::new() })
    }

    /// Hands over the lines that there are now and that pass the filter, line feeds included.
    ///
    /// # Errors
    /// If the log cannot be read or a line is no event, or as `take` fails.
    pub fn read(&mut self, take: &mut dyn FnMut(&[u8]) -> anyhow::Result<()>) -> anyhow::Result<()> {
        loop {
            self.reader.read_until(b'\n', &mut self.partial).context("cannot read the audit log")?;
            if self.partial.last() != Some(&b'\n') {
                return Ok(());
            }
            if self.filter.covers(&self.partial)? {
                take(&self.partial)?;
            }
            self.partial.clear();
        }
    }

    /// The last `count` lines that there are now and that pass the filter.
    ///
    /// # Errors
    /// If the log cannot be read, or a line is no event.
    pub fn read_tail(&mut self, count: usize) -> anyhow::Result<VecDeque<Vec<u8>>> {
        let mut last = VecDeque::new();
        self.read(&mut |line| {
            last.push_back(line.to_vec());
            if last.len() > count {
                last.pop_front();
            }
            Ok(())
        })?;
        Ok(last)
    }
}

/// Where reading can begin: the book knows where each line is.
fn start_offset(book: &Book, filter: &AuditFilter, tail: Option<usize>) -> anyhow::Result<u64> {
    let head = book.events().head()?.map_or(0, |event| event.sequence);
    let from_tail = tail
        .filter(|_| filter.is_by_place())
        .map_or(0, |tail| head.saturating_sub(u64::try_from(tail).unwrap_or(u64::MAX)));
    let after = filter.since_sequence.unwrap_or(0).max(from_tail).min(head);
    Ok(book.events().load(after)?.map_or(0, |event| event.end_offset))
}
