//! Feeds the lines of a file to the CSV parser one at a time.
//!
//! Only the parser knows where a record ends, since a quoted field may contain line breaks; only this type knows on
//! which line the record began and how long it may be. The parser never gets more than the line that it asked for, so
//! a line requested within a record belongs to that record.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};

use crate::formats::fault::{Fault, RowFault};
use crate::formats::foreign;

/// The maximum length of a record in bytes.
const RECORD_LIMIT: usize = 1024 * 1024;
const BUFFER: usize = 64 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The lines of a file: UTF-8, each ended by a line feed, without blank ones between records.
///
/// What is wrong with a line is a [`RowFault`] inside the [`io::Error`].
pub(crate) struct Lines<R> {
    source: BufReader<R>,
    /// The encoding of lines that are not UTF-8.
    encoding: &'static Encoding,
    /// The delimiter, if blanks between it and a quote are to be removed.
    delimiter: Option<u8>,
    /// The line terminator, known once a line was read.
    end: Option<u8>,
    line: Vec<u8>,
    /// The number of bytes of `line` passed to the parser.
    dealt: usize,
    /// The number of `line`, counted from 1.
    number: u64,
    /// The number of the line on which the current record began.
    record: Option<u64>,
    /// The number of bytes that the current record may still have.
    left: usize,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        let source = BufReader::with_capacity(BUFFER, source);
        Self {
            source,
            encoding,
            delimiter: None,
            end: None,
            line: Vec::new(),
            dealt: 0,
            number: 0,
            record: None,
            left: RECORD_LIMIT,
        }
    }

    /// Removes blanks between the delimiter and a quote, which the parser would take for part of the field: `"a",
    /// "b"`.
    pub(crate) fn parted_by(self, delimiter: u8) -> Self {
        Self { delimiter: Some(delimiter), ..self }
    }

    /// The next line without consuming it; `None` at the end of the file.
    pub(crate) fn peek(&mut self) -> io::Result<Option<&[u8]>> {
        let found = self.undealt() > 0 || self.advance()?;
        Ok(found.then_some(&self.line))
    }

    /// Skips the line that was peeked at.
    pub(crate) fn skip(&mut self) {
        self.dealt = self.line.len();
    }

    /// Marks the parser's next line as the beginning of a record.
    pub(crate) fn begin_record(&mut self) {
        if self.undealt() == 0 {
            self.record = None;
            self.left = RECORD_LIMIT;
        }
    }

    /// The line on which the current record began.
    pub(crate) fn record(&self) -> u64 {
        self.record.unwrap_or(self.number)
    }

    fn undealt(&self) -> usize {
        self.line.len().saturating_sub(self.dealt)
    }

    /// A line feed, or a lone carriage return in files of old programs.
    fn end(&mut self) -> io::Result<u8> {
        if let Some(end) = self.end {
            return Ok(end);
        }
        let start = self.source.fill_buf()?;
        let [feeds, returns] = [b'\n', b'\r'].map(|end| start.split(|byte| *byte == end).count());
        let end = if returns.saturating_add(1) > feeds.saturating_mul(2) { b'\r' } else { b'\n' };
        self.end = Some(end);
        Ok(end)
    }

    /// Reads the next line that is not blank, or any line within a record.
    fn advance(&mut self) -> io::Result<bool> {
        loop {
            self.line.clear();
            self.dealt = 0;
            let most = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
            let end = self.end()?;
            if self.source.by_ref().take(most).read_until(end, &mut self.line)? == 0 {
                return self.record.map_or(Ok(false), |began| Err(refuse(unclosed_quote("the file"), began)));
            }
            self.number = self.number.saturating_add(1);
            self.check()?;
            if let Some(delimiter) = self.delimiter {
                close_up(&mut self.line, delimiter, self.record.is_some());
            }
            if self.record.is_some() || !self.line.trim_ascii().is_empty() {
                self.record.get_or_insert(self.number);
                self.left = self.left.saturating_sub(self.line.len());
                return Ok(true);
            }
        }
    }

    /// Decodes a line and normalizes its end. Refuses a line that makes its record too long, or one that is not UTF-8
    /// in a file that has to be.
    fn check(&mut self) -> io::Result<()> {
        if self.number == 1
            && self.encoding == UTF_8
            && let Some(fault) = foreign::foreign(&self.line)
        {
            return Err(refuse(fault, 1));
        }
        if self.line.len() > self.left {
            return Err(match self.record {
                Some(began) => refuse(unclosed_quote("1 MiB"), began),
                None => refuse(Fault::new("record_too_long", "the line is longer than 1 MiB"), self.number),
            });
        }
        if let Err(error) = std::str::from_utf8(&self.line) {
            if self.encoding == UTF_8 {
                let byte = error.valid_up_to().saturating_add(1);
                let fault = Fault::new("not_utf8", format!("byte {byte}: not UTF-8"));
                return Err(refuse(fault.with_hint("save the file as UTF-8"), self.number));
            }
            self.line = self.encoding.decode_without_bom_handling(&self.line).0.into_owned().into_bytes();
        }
        if self.number == 1 && self.line.starts_with(BYTE_ORDER_MARK) {
            self.line.drain(..BYTE_ORDER_MARK.len());
        }
        while matches!(self.line.last(), Some(b'\n' | b'\r')) {
            self.line.pop();
        }
        self.line.push(b'\n');
        Ok(())
    }
}

/// Removes blanks between a delimiter and a quote that are not themselves quoted.
fn close_up(line: &mut Vec<u8>, delimiter: u8, begins_quoted: bool) {
    let is_loose = |bytes: &[u8]| matches!(bytes, [first, b' ', b' ' | b'"'] if *first == delimiter);
    if !line.starts_with(b" ") && !line.windows(3).any(is_loose) {
        return;
    }
    let mut closed = Vec::with_capacity(line.len());
    let (mut is_quoted, mut begins_field) = (begins_quoted, !begins_quoted);
    let mut rest = line.as_slice();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if begins_field && *byte == b' ' && after.trim_ascii_start().first() == Some(&b'"') {
            continue;
        }
        closed.push(*byte);
        // A doubled quote closes the field and opens it again.
        let opens = begins_field || closed.ends_with(b"\"\"");
        is_quoted = if *byte == b'"' { !is_quoted && opens } else { is_quoted };
        begins_field = !is_quoted && *byte == delimiter;
    }
    *line = closed;
}

fn refuse(fault: Fault, line: u64) -> io::Error {
    let fault: RowFault = fault.at(line);
    io::Error::other(fault)
}

fn unclosed_quote(within: &str) -> Fault {
    let fault = Fault::new("unclosed_quote", format!("a quote that opens in this row is not closed within {within}"));
    fault.with_hint("close the quote; a quote inside a quoted value is written twice")
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.undealt() == 0 && !self.advance()? {
            return Ok(0);
        }
        let given = self.line.get(self.dealt..).unwrap_or_default().read(buffer)?;
        self.dealt = self.dealt.saturating_add(given);
        Ok(given)
    }
}
