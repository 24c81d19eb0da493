//! Choosing the reader of a file.

use std::io::{self, Chain, Cursor, Read};
use std::sync::Arc;

use super::ImportRequest;
use super::broker_rows::to_row;
use super::file::{FileKind, FileRows, ReadOptions};
use crate::formats::{self, Activities, Format, OpenError, RowFault, Wanted};

/// The beginning of a file that was read to detect its format, and the rest.
pub(super) type Begun<R> = Chain<Cursor<Vec<u8>>, R>;

/// A reader of files.
#[derive(Debug)]
pub(super) enum Reader {
    /// The fast reader of StockBook's own tables.
    Own,
    /// The reader of all formats.
    Format(Arc<Format>),
}

/// The user's options about formats.
pub struct FormatChoice {
    /// The known formats.
    pub library: formats::Library,
    /// The format of all files, if the user names one.
    pub only: Option<Arc<Format>>,
    /// The options for reading files.
    pub options: formats::ReadOptions,
}

/// Columns that StockBook writes and that its fast reader ignores.
const MORE_COLUMNS: [&str; 15] = [
    "isin",
    "withholding",
    "settlement_amount",
    "settlement_currency",
    "paid_amount",
    "paid_currency",
    "fee_currency",
    "charged_fee",
    "charged_currency",
    "to",
    "new_symbol",
    "ratio",
    "total_amount",
    "transaction_id",
    "trade_time",
];

/// The number of bytes at the beginning of a file that are examined at first.
pub(super) const START: u64 = 256 * 1024;
/// The number of bytes that are examined in a document, whose records may be anywhere, and in a file for
/// which the reader chosen by its first bytes has refused rows.
pub(super) const MOST: u64 = 64 * 1024 * 1024;

/// Chooses the reader of a file by its first `most` bytes.
///
/// # Errors
/// If the file cannot be read. A fault of the file as a whole is part of the result.
pub(super) fn probe<R: Read>(
    mut source: R,
    most: u64,
    request: &ImportRequest<'_>,
) -> io::Result<(Begun<R>, Result<Reader, RowFault>)> {
    let mut start = Vec::new();
    let read = source.by_ref().take(most).read_to_end(&mut start)?;
    if matches!(start.trim_ascii_start().first(), Some(b'<' | b'{' | b'[')) {
        source.by_ref().take(MOST).read_to_end(&mut start)?;
    }
    let lines = if u64::try_from(read).is_ok_and(|read| read >= most) { whole_lines(&start) } else { &start };
    let reader = reader(&start, lines, request)?;
    Ok((Cursor::new(start).chain(source), reader))
}

/// Chooses the reader by the start of a file; `lines` is the start without a last line that is cut off.
fn reader(start: &[u8], lines: &[u8], request: &ImportRequest<'_>) -> io::Result<Result<Reader, RowFault>> {
    let FormatChoice { library, only, options } = request.formats;
    let is_plain = is_plain(request);
    // No other format is recognized by the columns of our trades alone.
    if only.is_none()
        && library.is_built_in()
        && is_plain
        && has_own_columns_alone(start, request.options)?
        && FileRows::new(lines, request.options).all(|row| matches!(row, Ok((_, Ok(_)))))
    {
        return Ok(Ok(Reader::Own));
    }
    let wanted = match only {
        Some(format) => Wanted::Only(format),
        None => Wanted::Any(library),
    };
    // `--map` without `--format` means our own tables.
    let is_mapped = only.is_none() && !request.options.columns.is_empty();
    let own =
        || Ok::<_, io::Error>(own_reader(start, request.options)?.filter(|fault| !(is_mapped && fault.code == UNREAD)));
    Ok(match Activities::open(start, &wanted, options) {
        Ok(activities) if !activities.format().is_fallback() => Ok(Reader::Format(Arc::clone(activities.format()))),
        Ok(activities) => match own()? {
            None if is_plain => Ok(quicker(lines, request, activities.format())?),
            Some(fault) if is_mapped || !LEFT_TO_TABLES.contains(&fault.code) => Err(fault),
            None | Some(_) => Ok(Reader::Format(Arc::clone(activities.format()))),
        },
        Err(OpenError::Input(error)) => return Err(error),
        Err(OpenError::Refused(fault)) => match own()? {
            // Columns that the user maps make the file one of our own.
            None if is_mapped => match own_format(library, start, request.options)? {
                Some(format) => Ok(quicker(lines, request, format)?),
                None => Ok(Reader::Own),
            },
            Some(own) if is_mapped || (fault.code == "unknown_format" && !LEFT_TO_TABLES.contains(&own.code)) => {
                Err(own)
            }
            None | Some(_) => Err(fault),
        },
    })
}

/// Returns the reader of our own tables, unless the reader of all formats understands more of the first rows,
/// because it knows footers, and more notations of numbers, times and notes.
fn quicker(lines: &[u8], request: &ImportRequest<'_>, format: &Arc<Format>) -> io::Result<Reader> {
    let refused = FileRows::new(lines, request.options).map(|row| Ok(row?.1.is_err()));
    let refused = count(refused)?;
    if refused == 0 {
        return Ok(Reader::Own);
    }
    let activities = match Activities::open(lines, &Wanted::Only(format), &request.formats.options) {
        Ok(activities) => activities,
        Err(OpenError::Input(error)) => return Err(error),
        Err(OpenError::Refused(_)) => return Ok(Reader::Own),
    };
    let mut is_unclear = false;
    let refused_by_all = activities.map(|activity| {
        let fault = activity?.and_then(to_row).err();
        is_unclear |= fault.as_ref().is_some_and(|fault| TOLD_BETTER.contains(&fault.code));
        Ok(fault.is_some())
    });
    let is_better = count(refused_by_all)? < refused || is_unclear;
    Ok(if is_better { Reader::Format(Arc::clone(format)) } else { Reader::Own })
}

/// Faults for which the reader of all formats has the better message: it gives both readings of a number, or
/// the expected amount.
const TOLD_BETTER: [&str; 2] = ["ambiguous_number", "amount_mismatch"];

/// The beginning of a file without a last line that may be cut off.
fn whole_lines(start: &[u8]) -> &[u8] {
    let end = start.iter().rposition(|byte| *byte == b'\n');
    end.map_or(start, |end| start.get(..end).unwrap_or(start))
}

/// The number of rows refused.
fn count(mut are_refused: impl Iterator<Item = io::Result<bool>>) -> io::Result<usize> {
    are_refused.try_fold(0_usize, |count, is_refused| Ok(count.saturating_add(usize::from(is_refused?))))
}

/// The own table that a file has, judged by the columns that the user names.
fn own_format<'l>(
    library: &'l formats::Library,
    start: &[u8],
    options: &ReadOptions,
) -> io::Result<Option<&'l Arc<Format>>> {
    let mut rows = FileRows::new(start, options);
    rows.next().transpose()?;
    let name = match rows.summary().kind {
        Some(FileKind::Trades) => "stockbook",
        Some(FileKind::Prices) => "stockbook-prices",
        None => return Ok(None),
    };
    Ok(library.named(name).ok())
}

/// Whether the reader of our own tables knows all options that the user gave.
fn is_plain(request: &ImportRequest<'_>) -> bool {
    let formats::ReadOptions { actions, symbols, decimal, columns, .. } = &request.formats.options;
    actions.is_empty() && symbols.is_empty() && decimal.is_none() && columns.len() == request.options.columns.len()
}

/// Faults of the reader of our own tables that other formats may explain better.
const LEFT_TO_TABLES: [&str; 3] = ["missing_column", "not_utf8", UNREAD];

/// A column that the reader of our own tables ignores.
const UNREAD: &str = "unread_column";

/// Whether a file has trades, and no columns but those of our own table of trades.
fn has_own_columns_alone(start: &[u8], options: &ReadOptions) -> io::Result<bool> {
    let mut rows = FileRows::new(start, options);
    rows.next().transpose()?;
    let summary = rows.summary();
    Ok(summary.kind == Some(FileKind::Trades) && summary.ignored_columns.is_empty())
}

/// Why the reader of our own tables cannot read the whole file; `None` if it can.
fn own_reader(start: &[u8], options: &ReadOptions) -> io::Result<Option<RowFault>> {
    let mut rows = FileRows::new(start, options);
    let first = rows.next().transpose()?;
    let summary = rows.summary();
    Ok(match first {
        // With a faulty header it is unknown what the file contains.
        Some((_, Err(fault))) if summary.kind.is_none() => Some(fault),
        _ => {
            let is_more = |column: &String| MORE_COLUMNS.contains(&column.to_ascii_lowercase().as_str());
            let more = summary.ignored_columns.iter().find(|column| is_more(column));
            more.map(|column| RowFault {
                line: 1,
                code: UNREAD,
                message: format!("the column {column} is read by the reader of all formats"),
                hint: None,
            })
        }
    })
}
