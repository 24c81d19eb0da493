//! Files read in a thread of their own while their rows are recorded.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::file::{FileRows, ImportRow, ReadOptions};
use super::probe::{self, probe};
use super::reading::{self, Counted, Digest, ReadFiles};
use super::recorder::Placed;
use super::{ImportRequest, Source, StartOver};
use crate::domain::Day;

/// The rows of all files in the order of their dates, as they are read.
pub(super) struct RowStream {
    pieces: Receiver<Piece>,
    bytes: Arc<AtomicU64>,
    total: Option<u64>,
}

/// What comes out of the stream.
pub(super) enum Piece {
    /// Some rows.
    Rows(Vec<StreamedRow>),
    /// That there are no more.
    End {
        /// How many there were.
        rows: u64,
        /// What the user should know, in sentences.
        notes: Vec<String>,
        /// What was read.
        files: ReadFiles,
    },
}

/// A good row and where it stands.
pub(super) struct StreamedRow {
    file: u64,
    line: u64,
    row: ImportRow,
}

impl StreamedRow {
    pub(super) fn placed(&self) -> Placed<'_> {
        Placed { file: self.file, line: self.line, row: &self.row, judged: None }
    }
}

impl RowStream {
    /// Rows that are handed over at once.
    const BATCH: usize = 256;
    /// Pieces that may be waiting.
    const PENDING: usize = 16;

    /// Begins to read.
    pub(super) fn begin(request: &ImportRequest<'_>) -> Result<Self, StartOver> {
        for source in request.sources {
            let input = source.open().map_err(|_| StartOver)?;
            let (_, reader) = probe(input, request).map_err(|_| StartOver)?;
            if !matches!(reader, Ok(probe::Reader::Own)) {
                return Err(StartOver);
            }
        }
        let (send, pieces) = sync_channel(Self::PENDING);
        let bytes = Arc::new(AtomicU64::new(0));
        let reader =
            Reader { sources: request.sources.to_vec(), options: request.options.clone(), bytes: Arc::clone(&bytes) };
        // A reader that stops before the end leaves everything else to the careful way.
        let read = move || {
            let _ = reader.read(&send);
        };
        thread::Builder::new().name("rows".to_owned()).spawn(read).map_err(|_| StartOver)?;
        Ok(Self { pieces, bytes, total: request.sources.iter().map(Source::size).sum() })
    }

    /// The next rows.
    pub(super) fn next(&self) -> Result<Piece, StartOver> {
        self.pieces.recv().map_err(|_| StartOver)
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn total_bytes(&self) -> Option<u64> {
        self.total
    }
}

/// What the thread works with.
struct Reader {
    sources: Vec<Source>,
    options: ReadOptions,
    bytes: Arc<AtomicU64>,
}

impl Reader {
    /// Reads all files at once, always from the one that is at the earliest day.
    fn read(&self, pieces: &SyncSender<Piece>) -> Result<(), StartOver> {
        let mut files = Vec::new();
        for (index, source) in (0..).zip(&self.sources) {
            let (input, digest) = (source.open().map_err(|_| StartOver)?, Digest::default());
            let input = Counted { input, read: Arc::clone(&self.bytes), digest: digest.clone() };
            let mut file = OrderedFile { index, rows: FileRows::new(input, &self.options), next: None, digest };
            file.take()?;
            files.push(file);
        }
        let mut batch = Vec::with_capacity(RowStream::BATCH);
        while let Some(file) = files.iter_mut().filter(|file| file.next.is_some()).min_by_key(|file| file.place()) {
            let Some((line, row)) = file.take()? else { continue };
            // It comes before the other rows of its day, which may have passed already.
            if matches!(row, ImportRow::Split(_)) {
                return Err(StartOver);
            }
            batch.push(StreamedRow { file: file.index, line, row });
            if batch.len() == RowStream::BATCH {
                let full = std::mem::replace(&mut batch, Vec::with_capacity(RowStream::BATCH));
                pieces.send(Piece::Rows(full)).map_err(|_| StartOver)?;
            }
        }
        let (mut rows, mut notes, mut read) = (0_u64, Vec::new(), ReadFiles::default());
        for (file, source) in files.iter().zip(&self.sources) {
            let summary = file.rows.summary();
            rows = rows.saturating_add(summary.rows);
            read.add(source, summary, &file.digest);
            notes.extend(reading::notes(&source.name(), summary, true));
        }
        pieces.send(Piece::Rows(batch)).map_err(|_| StartOver)?;
        pieces.send(Piece::End { rows, notes, files: read }).map_err(|_| StartOver)
    }
}

/// A file of good rows whose days only ever go on.
struct OrderedFile<'o, R> {
    index: u64,
    rows: FileRows<'o, R>,
    next: Option<(u64, ImportRow)>,
    digest: Digest,
}

impl<R: Read> OrderedFile<'_, R> {
    /// By day, then by file, as [`crate::store::Stage`] has it.
    fn place(&self) -> Option<(Day, u64)> {
        self.next.as_ref().map(|(_, row)| (row.day(), self.index))
    }

    /// Takes the next row, and looks at the one after it.
    fn take(&mut self) -> Result<Option<(u64, ImportRow)>, StartOver> {
        let after = match self.rows.next() {
            Some(Ok((line, Ok(row)))) => Some((line, row)),
            Some(Ok((_, Err(_))) | Err(_)) => return Err(StartOver),
            None => None,
        };
        if let (Some((_, row)), Some((_, after))) = (&self.next, &after)
            && after.day() < row.day()
        {
            return Err(StartOver);
        }
        Ok(std::mem::replace(&mut self.next, after))
    }
}
