//! Sorts rows by day, on disk if they are too many for memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek, Write};

use serde::{Deserialize, Serialize};

use super::file::ImportRow;
use crate::domain::{Day, Moment};
use crate::store::StoreError;

/// Sorts the rows of several files by day. Up to a limit, they are kept in memory; beyond it, sorted runs are
/// written to private temporary files and merged when read. Rows that are already in order are not sorted.
#[derive(Default)]
pub struct SortBuffer {
    rows: Vec<BufferedRow>,
    runs: Vec<File>,
}

/// A row and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BufferedRow {
    /// The index of the file.
    pub file: u64,
    /// The line; negative if the file lists the newest rows first.
    place: i64,
    /// The row.
    pub row: ImportRow,
}

type Key = ((Day, Moment), u64, i64);

impl BufferedRow {
    /// The line in the file.
    pub fn line(&self) -> u64 {
        self.place.unsigned_abs()
    }

    fn key(&self) -> Key {
        ((self.row.day(), self.row.moment()), self.file, self.place)
    }
}

impl SortBuffer {
    /// The number of rows kept in memory.
    const IN_MEMORY: usize = 128 * 1024;

    /// Adds a row.
    ///
    /// # Errors
    /// If there is no room for temporary data.
    pub fn push(&mut self, file: u64, line: u64, row: ImportRow) -> Result<(), StoreError> {
        let place = i64::try_from(line).unwrap_or(i64::MAX);
        self.rows.push(BufferedRow { file, place, row });
        if self.rows.len() < Self::IN_MEMORY { Ok(()) } else { self.spill() }
    }

    /// Reverses the order of rows of the same moment: their file lists the newest first.
    ///
    /// # Errors
    /// If there is no room for temporary data.
    pub fn reverse(&mut self, is_meant: impl Fn(&BufferedRow) -> bool) -> Result<(), StoreError> {
        let reverse = |row: &mut BufferedRow| {
            if is_meant(row) {
                row.place = row.place.saturating_neg();
            }
        };
        self.rows.iter_mut().for_each(reverse);
        for run in std::mem::take(&mut self.runs) {
            let mut rows = Run::of(&run)?.collect::<Result<Vec<_>, _>>()?;
            rows.iter_mut().for_each(reverse);
            self.runs.push(written(rows)?);
        }
        Ok(())
    }

    /// Sorts by day and moment, then by file, then by the file's own order. Called once, after the last row.
    ///
    /// # Errors
    /// If there is no room for temporary data.
    pub fn sort(&mut self) -> Result<(), StoreError> {
        if self.runs.is_empty() {
            self.rows.sort_by_key(BufferedRow::key);
            return Ok(());
        }
        self.spill()?;
        self.rows = Vec::new();
        Ok(())
    }

    /// Passes the rows to `take` in order. Can be repeated.
    ///
    /// # Errors
    /// If the temporary data cannot be read, or if `take` fails.
    pub fn for_each<E: From<StoreError>>(&self, take: &mut dyn FnMut(&BufferedRow) -> Result<(), E>) -> Result<(), E> {
        self.rows.iter().try_for_each(&mut *take)?;
        let (mut runs, mut next) = (Vec::new(), BinaryHeap::new());
        for run in &self.runs {
            let mut run = Run::of(run)?;
            if let Some(first) = run.next().transpose()? {
                next.push(Reverse((first.key(), runs.len())));
                runs.push((first, run));
            }
        }
        while let Some(mut least) = next.peek_mut() {
            let Some((row, run)) = runs.get_mut(least.0.1) else { break };
            take(row)?;
            match run.next().transpose()? {
                Some(after) => {
                    least.0.0 = after.key();
                    *row = after;
                }
                None => drop(PeekMut::pop(least)),
            }
        }
        Ok(())
    }

    /// Moves the rows in memory to a temporary file.
    fn spill(&mut self) -> Result<(), StoreError> {
        let run = written(self.rows.drain(..))?;
        self.runs.push(run);
        Ok(())
    }
}

/// Sorts rows and writes them to a temporary file, each preceded by its length.
fn written(rows: impl IntoIterator<Item = BufferedRow>) -> Result<File, StoreError> {
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(BufferedRow::key);
    let mut file = BufWriter::new(temporary()?);
    let mut bytes = Vec::new();
    for row in &rows {
        bytes.clear();
        bytes = postcard::to_extend(row, bytes).map_err(std::io::Error::other)?;
        file.write_all(&u32::try_from(bytes.len()).map_err(std::io::Error::other)?.to_le_bytes())?;
        file.write_all(&bytes)?;
    }
    Ok(file.into_inner().map_err(std::io::IntoInnerError::into_error)?)
}

/// An unnamed file in the system's temporary directory.
fn temporary() -> Result<File, StoreError> {
    tempfile::tempfile().map_err(|error| {
        let error = StoreError::from(error);
        if let StoreError::Io(cause) = error {
            let folder = std::env::temp_dir();
            StoreError::Io(format!("cannot make a temporary file in {} (TMPDIR): {cause}", folder.display()))
        } else {
            error
        }
    })
}

/// The rows of a temporary file.
struct Run<'f> {
    file: BufReader<&'f File>,
    bytes: Vec<u8>,
}

impl<'f> Run<'f> {
    fn of(mut file: &'f File) -> Result<Self, StoreError> {
        file.rewind()?;
        Ok(Self { file: BufReader::new(file), bytes: Vec::new() })
    }

    fn row(&mut self, length: u32) -> Result<BufferedRow, StoreError> {
        self.bytes.resize(usize::try_from(length).unwrap_or_default(), 0);
        self.file.read_exact(&mut self.bytes)?;
        postcard::from_bytes(&self.bytes).map_err(|error| StoreError::Io(error.to_string()))
    }
}

impl Iterator for Run<'_> {
    type Item = Result<BufferedRow, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut length = [0; 4];
        match self.file.read_exact(&mut length) {
            Ok(()) => Some(self.row(u32::from_le_bytes(length))),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => None,
            Err(error) => Some(Err(error.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::import::file::{ConvertRow, PriceRow};
    use crate::domain::{ConversionKind, ConversionTerms};
    use crate::formats::RatioIs;

    fn row(day: &str) -> ImportRow {
        let [symbol, price] = ["ACME", "1"].map(str::to_owned);
        let (symbol, price) = (symbol.parse().unwrap(), price.parse().unwrap());
        ImportRow::Price(PriceRow { date: day.parse().unwrap(), symbol, price, currency: None })
    }

    fn sorted(count: u64) -> Vec<(u64, u64)> {
        let mut buffer = SortBuffer::default();
        let [even, odd] = ["2024-01-02", "2024-01-01"].map(row);
        for line in 0..count {
            let row = if line.is_multiple_of(2) { &even } else { &odd };
            buffer.push(line % 3, line, row.clone()).unwrap();
        }
        buffer.reverse(|row| row.file == 1).unwrap();
        buffer.sort().unwrap();
        let mut rows = Vec::new();
        let mut take = |row: &BufferedRow| {
            rows.push((row.file, row.line()));
            Ok::<_, StoreError>(())
        };
        buffer.for_each(&mut take).unwrap();
        rows
    }

    #[test]
    fn rows_are_ordered_by_day_file_and_place_and_a_reversed_file_backwards() {
        assert_eq!(sorted(9), [(0, 3), (1, 7), (1, 1), (2, 5), (0, 0), (0, 6), (1, 4), (2, 2), (2, 8)]);
    }

    /// They are written without the names of members.
    #[test]
    fn the_terms_of_a_conversion_come_back_from_a_temporary_file() {
        let [symbol, new_symbol] = ["OLD", "NEW"].map(|symbol| symbol.parse().unwrap());
        let terms = ConversionTerms {
            ratio: "1:5".parse().unwrap(),
            cost_share: None,
            new_value: "26.38".parse().ok(),
            old_value: "120.85".parse().ok(),
            cash: None,
            pay: None,
            rule: None,
            cash_in_lieu: "7.5".parse().ok(),
        };
        let (date, kind) = ("2021-11-04".parse().unwrap(), ConversionKind::SpinOff);
        let ratio_is = RatioIs::Stated;
        let (portfolio, id, currency) = (None, None, None);
        let row = ConvertRow { date, kind, symbol, new_symbol, terms, ratio_is, portfolio, id, currency };
        let row = BufferedRow { file: 0, place: 2, row: ImportRow::Convert(Box::new(row)) };
        let file = written([row.clone()]).unwrap();
        let back: Vec<BufferedRow> = Run::of(&file).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(back, [row]);
    }

    #[test]
    fn what_does_not_fit_in_memory_is_ordered_alike() {
        let many = u64::try_from(SortBuffer::IN_MEMORY).unwrap() * 2 + 10;
        let rows = sorted(many);
        assert_eq!(rows.len() as u64, many);
        let mut expected: Vec<_> = (0..many).collect();
        let key = |line: u64| {
            let place = i64::try_from(line).unwrap();
            (line.is_multiple_of(2), line % 3, if line % 3 == 1 { -place } else { place })
        };
        expected.sort_by_key(|line| key(*line));
        assert_eq!(rows, expected.into_iter().map(|line| (line % 3, line)).collect::<Vec<_>>());
    }
}
