//! Writes every event's line to the audit log beside the book.
//!
//! A line is made, and assigned its offset, inside the unit of work. This handler only copies bytes to where
//! they belong, which any process can do any number of times, and thereby completes whatever a crash left: a
//! missing, short, torn or zero-filled log. Bytes that no crash of ours can have written belong to someone
//! else and are never overwritten.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::Context;

use super::file::{LogFile, OpenLog, is_remnant, read_log};
use super::{LogError, PreparedLog};
use crate::bus::StoredEvent;
use crate::bus::{Condition, EventHandler, ForeignEffect, Progress};
use crate::domain::EventType;
use crate::files::sync_folder_of;

/// The handler that keeps the audit log.
pub struct AuditLog {
    file: LogFile,
    log: Option<OpenLog>,
    /// A log that was written while its events were recorded, not yet under its own name.
    prepared: Option<PreparedLog>,
    is_new: bool,
    /// Whether the book holds any events.
    has_history: bool,
    /// The log was once complete up to this offset.
    settled_end: u64,
    /// The size of the log in bytes when it was inspected.
    size: u64,
}

impl AuditLog {
    /// The name of its checkpoint.
    pub const NAME: &'static str = "audit_log";

    /// The handler that keeps a book's log. If there is no log yet, one that was prepared with the book
    /// becomes it.
    #[must_use]
    pub fn new(file: LogFile, prepared: Option<PreparedLog>) -> Self {
        Self { file, log: None, prepared, is_new: false, has_history: true, settled_end: 0, size: u64::MAX }
    }

    fn path(&self) -> &Path {
        self.file.path()
    }

    fn foreign(&self, why: String) -> anyhow::Error {
        let what = format!("{} is not this book's audit log", self.path().display());
        let hint = if self.has_history {
            "was an old backup of the book copied back, or the log edited? `stockbook audit verify` shows what differs, \
             `stockbook audit repair` moves the log aside and rebuilds it"
        } else {
            "there is no book beside it: restore the book that it belongs to, or move the log away"
        };
        let hint = hint.to_owned();
        ForeignEffect { code: "foreign_audit_log", what, why, hint }.into()
    }

    fn open(&mut self) -> anyhow::Result<&mut OpenLog> {
        if self.log.is_none() {
            let (log, is_new) = OpenLog::at(self.file.path())?;
            self.is_new = self.is_new || is_new;
            self.log = Some(log);
        }
        self.log.as_mut().context("the log is open")
    }

    fn sync(&mut self) -> anyhow::Result<()> {
        let synced = self.open()?.file().sync_data();
        Ok(synced.map_err(|cause| LogError::failed("sync", self.path(), cause))?)
    }

    /// Refuses to overwrite anything that no crash of ours can have left, whatever the checkpoint says.
    fn check_before_writing(&mut self, events: &[StoredEvent]) -> anyhow::Result<()> {
        let Some(start) = events.first().map(StoredEvent::start_offset) else { return Ok(()) };
        if start >= self.size {
            return Ok(());
        }
        let length = events.iter().map(|event| event.line.len()).sum();
        let path = self.path().to_owned();
        let file = self.open()?.file();
        let found = bytes_at(file, start, length).map_err(|cause| LogError::failed("read", &path, cause))?;
        let mut rest = found.as_slice();
        for event in events {
            let (there, after) = rest.split_at(event.line.len().min(rest.len()));
            if !is_remnant(there, &event.line) {
                let sequence = event.sequence;
                return Err(self.foreign(format!("event {sequence} is not the one that the book holds")));
            }
            rest = after;
        }
        Ok(())
    }

    fn write(&mut self, events: &[StoredEvent]) -> anyhow::Result<()> {
        let Some(start) = events.first().map(StoredEvent::start_offset) else { return Ok(()) };
        let mut lines = String::with_capacity(events.iter().map(|event| event.line.len()).sum());
        lines.extend(events.iter().map(|event| event.line.as_str()));
        let lines = lines.as_bytes();
        let path = self.path().to_owned();
        let failed = |doing| {
            let path = path.as_path();
            move |cause| LogError::failed(doing, path, cause)
        };
        match self.open()? {
            // Rewritten even if it looks complete: after a failed fsync, what can be read may not be on
            // disk.
            OpenLog::Seekable(file) => {
                file.seek(SeekFrom::Start(start)).and_then(|_| file.write_all(lines)).map_err(failed("write"))?;
            }
            OpenLog::AppendOnly(file) => {
                let found = bytes_at(file, start, lines.len())
                    .and_then(|found| Ok((found, file.metadata()?.len())))
                    .map_err(failed("read"))?;
                let Some(missing) = missing(&found.0, found.1, start, lines) else {
                    return Err(LogError::AppendOnly(path).into());
                };
                file.write_all(missing).map_err(failed("write"))?;
            }
        }
        Ok(())
    }
}

/// The bytes of the log at an offset: fewer than `length` if the log ends before.
fn bytes_at(file: &mut File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    file.seek(SeekFrom::Start(start))?;
    file.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The end of `lines` that completes a log of this size if appended, if that is possible.
fn missing<'l>(found: &[u8], size: u64, start: u64, lines: &'l [u8]) -> Option<&'l [u8]> {
    lines.strip_prefix(found).filter(|missing| missing.is_empty() || start <= size)
}

impl EventHandler for AuditLog {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn title(&self) -> &'static str {
        "the audit log"
    }

    fn handles(&self, _event_type: EventType) -> bool {
        true
    }

    /// Inspects the log's size and its last line.
    fn inspect(&mut self, progress: &Progress) -> anyhow::Result<Condition> {
        let end = |event: &Option<StoredEvent>| event.as_ref().map_or(0, |event| event.end_offset);
        let (settled, head) = (end(&progress.reached), end(&progress.head));
        let prepared = self.prepared.take();
        (self.settled_end, self.size) = (settled, 0);
        self.has_history = progress.head.is_some();
        let damaged = |what: &str| {
            let note = format!("{} was {what}; it is complete again", self.file.path().display());
            Ok(Condition::Damaged { resume_after: 0, note })
        };
        let found = find_log(self.path());
        let stranger = match &found {
            Err(LogError::NotOwn { what, .. }) => Some(what),
            // A log of ours cannot exist before its book.
            Err(LogError::NotAFile { what, .. }) if !self.has_history => Some(what),
            Ok(_) | Err(_) => None,
        };
        if let Some(what) = stranger {
            return Err(self.foreign(format!("it is {what}")));
        }
        let mut file = match found? {
            Some(file) => file,
            None if settled == 0 => {
                self.prepared = prepared.filter(|prepared| prepared.end() == head);
                let through = self.prepared.as_ref().and(progress.head.as_ref()).map(|head| head.sequence);
                return Ok(through.map_or(Condition::Sound, |through| Condition::Ahead { through }));
            }
            None => return damaged("missing"),
        };
        let cannot_read = |cause| LogError::failed("read", self.file.path(), cause);
        let size = file.metadata().map_err(cannot_read)?.len();
        self.size = size;
        let size = self.file.counted(size, head);
        if size > head {
            return Err(self.foreign(format!("it is {size} bytes long, the book accounts for {head}")));
        }
        let Some(last) = &progress.reached else { return Ok(Condition::Sound) };
        if size < settled {
            return damaged("cut short");
        }
        let found = bytes_at(&mut file, last.start_offset(), last.line.len()).map_err(cannot_read)?;
        if found == last.line.as_bytes() {
            Ok(Condition::Sound)
        } else if is_remnant(&found, &last.line) {
            damaged("overwritten with zeros at its end")
        } else {
            Err(self.foreign(format!("event {} is not the one that the book holds", last.sequence)))
        }
    }

    fn handle(&mut self, events: &[StoredEvent]) -> anyhow::Result<()> {
        self.check_before_writing(events)?;
        let Some(judged) = events.iter().position(|event| event.end_offset == self.settled_end) else {
            return self.write(events);
        };
        // The line that the next inspection looks at is written last, once everything before it is on
        // disk: otherwise a power cut could leave a log that looks complete and is not.
        let (before, rest) = events.split_at(judged);
        self.write(before)?;
        self.sync()?;
        self.write(rest)
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        if let Some(prepared) = self.prepared.take() {
            prepared.publish(self.path()).map_err(|cause| LogError::failed("make", self.path(), cause))?;
            self.is_new = true;
        } else if self.log.is_some() {
            let synced = self.sync();
            self.log = None;
            synced?;
        }
        if std::mem::take(&mut self.is_new) {
            sync_folder_of(self.path()).map_err(|cause| LogError::failed("sync the folder of", self.path(), cause))?;
        }
        Ok(())
    }
}

/// The log, `None` if there is none.
fn find_log(path: &Path) -> Result<Option<File>, LogError> {
    match read_log(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
