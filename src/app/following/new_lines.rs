//! Reads the lines of the audit log after a position, and verifies each before passing it on.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

use serde::Deserialize;

use super::cursor::LogPosition;
use super::error::FollowError;
use super::name::FollowerName;
use crate::domain::{EventType, Sequence};
use crate::log::{EventHash, LONGEST_LINE, read_log};

/// The events that a recipient receives at a time.
pub(super) struct LineBatch {
    /// Their lines, line feeds included.
    pub(super) lines: Vec<u8>,
    /// Their number.
    pub(super) count: usize,
    /// The position after them.
    pub(super) reached: LogPosition,
}

/// The members of a line that a follower needs.
#[derive(Deserialize)]
struct LineMembers<'a> {
    sequence: Sequence,
    event_type: &'a str,
    previous_hash: EventHash,
}

/// The log, read from a position on.
pub(super) struct NewLines {
    follower: FollowerName,
    log: PathBuf,
    file: Option<BufReader<File>>,
    place: LogPosition,
    types: Vec<EventType>,
}

impl NewLines {
    /// The size of a batch in bytes, which a single line may exceed.
    const BYTES: usize = 1 << 20;

    /// Creates a reader of a log after a follower's position. Only events of these types are passed on; all
    /// if there are none.
    pub(super) fn after(follower: FollowerName, log: PathBuf, place: LogPosition, types: Vec<EventType>) -> Self {
        Self { follower, log, file: None, place, types }
    }

    /// Up to `limit` events that are there now. Events of other types are skipped.
    pub(super) fn next_batch(&mut self, limit: usize) -> Result<LineBatch, FollowError> {
        let mut batch = LineBatch { lines: Vec::new(), count: 0, reached: self.place.clone() };
        let Some(mut file) = self.current()? else { return Ok(batch) };
        let mut line = Vec::new();
        while batch.count < limit && batch.lines.len() < Self::BYTES {
            line.clear();
            let mut longest = file.by_ref().take(LONGEST_LINE);
            longest.read_until(b'\n', &mut line).map_err(|error| FollowError::unusable(&self.log, error))?;
            // A line without an end is being written; it will be read again from its beginning.
            if line.last() != Some(&b'\n') {
                file.seek(SeekFrom::Start(self.place.line_end))
                    .map_err(|error| FollowError::unusable(&self.log, error))?;
                break;
            }
            if self.pass(&line)? {
                batch.lines.extend_from_slice(&line);
                batch.count = batch.count.saturating_add(1);
            }
        }
        batch.reached = self.place.clone();
        self.file = Some(file);
        Ok(batch)
    }

    /// Passes a line, which must follow the position; returns whether its type is wanted.
    fn pass(&mut self, text: &[u8]) -> Result<bool, FollowError> {
        let line: Option<LineMembers<'_>> = serde_json::from_slice(text).ok();
        let follows = |line: &LineMembers<'_>| {
            Some(line.sequence) == self.place.sequence.checked_add(1) && line.previous_hash == self.place.hash
        };
        let line = line.filter(follows).ok_or_else(|| self.parted())?;
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let line_start = self.place.line_end;
        let line_end = line_start.saturating_add(length);
        let is_wanted = self.types.is_empty() || self.types.iter().any(|wanted| wanted.as_str() == line.event_type);
        self.place = LogPosition { sequence: line.sequence, hash: EventHash::of(text), line_start, line_end };
        Ok(is_wanted)
    }

    /// The file that is the log now, at the position; `None` if there is none.
    fn current(&mut self) -> Result<Option<BufReader<File>>, FollowError> {
        match self.file.take() {
            Some(file) if self.is_current(&file) => Ok(Some(file)),
            _ => self.open(),
        }
    }

    /// Whether the file is still the log, and not one that was removed and rewritten.
    fn is_current(&self, file: &BufReader<File>) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
            let there = std::fs::symlink_metadata(&self.log).ok().map(identity);
            there.is_some() && there == file.get_ref().metadata().ok().map(identity)
        }
        #[cfg(not(unix))]
        {
            let _ = file;
            false
        }
    }

    /// Opens the log and verifies that the line before the position is still there.
    fn open(&self) -> Result<Option<BufReader<File>>, FollowError> {
        if !self.log.exists() {
            return Ok(None);
        }
        let file = read_log(&self.log).map_err(|error| FollowError::Log { cause: error.to_string() })?;
        let mut file = BufReader::new(file);
        let failed = |error| FollowError::unusable(&self.log, error);
        let LogPosition { line_start, line_end, .. } = self.place;
        // A shorter log is being rewritten.
        if file.get_ref().metadata().map_err(failed)?.len() < line_end {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(line_start)).map_err(failed)?;
        let length = line_end.saturating_sub(line_start).min(LONGEST_LINE);
        let mut line = Vec::new();
        file.by_ref().take(length).read_to_end(&mut line).map_err(failed)?;
        let is_there = length == 0 || EventHash::of(&line) == self.place.hash;
        if is_there { Ok(Some(file)) } else { Err(self.parted()) }
    }

    fn parted(&self) -> FollowError {
        FollowError::Parted { name: self.follower.clone(), sequence: self.place.sequence }
    }
}
