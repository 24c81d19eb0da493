//! The records of a file, split into fields.

use std::io::{self, Read};

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord, Terminator};

use encoding_rs::UTF_8;

use super::delimiter::Delimiter;
use crate::formats::{Fault, Lines};

/// The maximum length of a field in bytes.
const FIELD_LIMIT: usize = 64 * 1024;

/// The records of a file without blank ones.
pub(super) struct Records<R> {
    reader: Reader<Lines<R>>,
    fields: StringRecord,
}

impl<R: Read> Records<R> {
    /// Detects the delimiter.
    pub(super) fn open(source: R) -> io::Result<Self> {
        let mut lines = Lines::new(source, UTF_8);
        let delimiter = match lines.peek()? {
            Some(first) => match Delimiter::declared(first) {
                Some(declared) => {
                    lines.skip();
                    declared
                }
                None => Delimiter::of_header(first),
            },
            None => Delimiter::Comma,
        };
        let reader = ReaderBuilder::new()
            .delimiter(delimiter.byte())
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(lines);
        Ok(Self { reader, fields: StringRecord::new() })
    }

    /// Moves on to the next record and returns the line on which it begins; `None` after the last.
    pub(super) fn advance(&mut self) -> io::Result<Option<u64>> {
        loop {
            self.reader.get_mut().begin_record();
            if !self.reader.read_record(&mut self.fields).map_err(io_error)? {
                return Ok(None);
            }
            if self.fields.iter().any(|field| !field.trim().is_empty()) {
                return Ok(Some(self.reader.get_ref().record()));
            }
        }
    }

    /// The fields of the current record.
    pub(super) fn fields(&self) -> &StringRecord {
        &self.fields
    }
}

fn io_error(error: csv::Error) -> io::Error {
    if matches!(error.kind(), ErrorKind::Io(_))
        && let ErrorKind::Io(error) = error.into_kind()
    {
        return error;
    }
    // Unreachable: lines are UTF-8, and records may have any number of fields.
    io::Error::other("the CSV parser failed")
}

/// Refuses a record with too long a field.
pub(super) fn check_lengths(fields: &StringRecord) -> Result<(), Fault> {
    if fields.as_slice().len() > FIELD_LIMIT && fields.iter().any(|field| field.len() > FIELD_LIMIT) {
        return Err(Fault::new("field_too_long", "a field is longer than 64 KiB"));
    }
    Ok(())
}
