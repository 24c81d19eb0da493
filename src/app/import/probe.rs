//! Which reader a file is for.

use std::io::{self, Chain, Cursor, Read};
use std::sync::Arc;

use super::ImportRequest;
use super::broker_rows::told;
use super::file::{FileKind, FileRows, ReadOptions};
use crate::formats::{self, Activities, Format, OpenError, RowFault, Wanted};

/// A file that was begun to be read: what was read, and the rest.
pub(super) type Begun<R> = Chain<Cursor<Vec<u8>>, R>;

/// Who reads a file.
#[derive(Debug)]
pub(super) enum Reader {
    /// The reader of StockBook's own tables, which is the fastest.
    Own,
    /// The reader of all formats.
    Format(Arc<Format>),
}

/// What the user says of the formats of files.
pub struct FormatChoice {
    /// The formats that are known.
    pub library: formats::Library,
    /// The one that all files are of, if the user says so.
    pub only: Option<Arc<Format>>,
    /// What the user says of the files.
    pub options: formats::ReadOptions,
}

/// Columns that StockBook writes and that its fast reader leaves out.
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

/// Bytes at the beginning of a file that are looked at.
const START: usize = 256 * 1024;

/// Finds out who reads a file.
///
/// # Errors
/// If it cannot be read. What is wrong with it as a whole is handed over beside it.
pub(super) fn probe<R: Read>(
    mut source: R,
    request: &ImportRequest<'_>,
) -> io::Result<(Begun<R>, Result<Reader, RowFault>)> {
    /// Bytes of a document that are looked at: its records may stand anywhere.
    const WHOLE: u64 = 64 * 1024 * 1024;
    let mut start = Vec::new();
    source.by_ref().take(START as u64).read_to_end(&mut start)?;
    if matches!(start.trim_ascii_start().first(), Some(b'<' | b'{' | b'[')) {
        source.by_ref().take(WHOLE).read_to_end(&mut start)?;
    }
    let reader = reader(&start, request)?;
    Ok((Cursor::new(start).chain(source), reader))
}

fn reader(start: &[u8], request: &ImportRequest<'_>) -> io::Result<Result<Reader, RowFault>> {
    let FormatChoice { library, only, options } = request.formats;
    let is_plain = is_plain(request);
    // No other format is known by columns of our own trades alone.
    if only.is_none()
        && library.is_built_in()
        && is_plain
        && has_own_columns_alone(start, request.options)?
        && FileRows::new(whole_lines(start), request.options).all(|row| matches!(row, Ok((_, Ok(_)))))
    {
        return Ok(Ok(Reader::Own));
    }
    let wanted = match only {
        Some(format) => Wanted::Only(format),
        None => Wanted::Any(library),
    };
    // Whoever names columns by hand means those.
    let is_mapped = only.is_none() && !request.options.columns.is_empty();
    let own = || Ok::<_, io::Error>(own_reader(start, request.options)?.filter(|it| !(is_mapped && it.code == UNREAD)));
    Ok(match Activities::open(start, &wanted, options) {
        Ok(activities) if !activities.format().is_fallback() => Ok(Reader::Format(Arc::clone(activities.format()))),
        Ok(activities) => match own()? {
            None if is_plain => Ok(quicker(start, request, activities.format())?),
            Some(fault) if is_mapped || !LEFT_TO_TABLES.contains(&fault.code) => Err(fault),
            None | Some(_) => Ok(Reader::Format(Arc::clone(activities.format()))),
        },
        Err(OpenError::Input(error)) => return Err(error),
        Err(OpenError::Refused(fault)) => match own()? {
            // What the user says of its columns makes a file one of our own.
            None if is_mapped => match own_format(library, start, request.options)? {
                Some(format) => Ok(quicker(start, request, format)?),
                None => Ok(Reader::Own),
            },
            Some(own) if is_mapped || (fault.code == "unknown_format" && !LEFT_TO_TABLES.contains(&own.code)) => {
                Err(own)
            }
            None | Some(_) => Err(fault),
        },
    })
}

/// The reader of our own tables, unless that of all formats understands more of the rows that a file begins with:
/// it knows how files write numbers, times and notes that are not plain, and what stands below a table.
fn quicker(start: &[u8], request: &ImportRequest<'_>, format: &Arc<Format>) -> io::Result<Reader> {
    let start = whole_lines(start);
    let refused = FileRows::new(start, request.options).map(|row| Ok(row?.1.is_err()));
    let refused = count(refused)?;
    if refused == 0 {
        return Ok(Reader::Own);
    }
    let activities = match Activities::open(start, &Wanted::Only(format), &request.formats.options) {
        Ok(activities) => activities,
        Err(OpenError::Input(error)) => return Err(error),
        Err(OpenError::Refused(_)) => return Ok(Reader::Own),
    };
    let mut is_unclear = false;
    let refused_by_all = activities.map(|activity| {
        let fault = activity?.and_then(told).err();
        is_unclear |= fault.as_ref().is_some_and(|fault| TOLD_BETTER.contains(&fault.code));
        Ok(fault.is_some())
    });
    let is_better = count(refused_by_all)? < refused || is_unclear;
    Ok(if is_better { Reader::Format(Arc::clone(format)) } else { Reader::Own })
}

/// Faults of which the reader of all formats says more: both readings of a number, or what an amount should be.
const TOLD_BETTER: [&str; 2] = ["ambiguous_number", "amount_mismatch"];

/// What a file begins with, without a line that may be cut off.
fn whole_lines(start: &[u8]) -> &[u8] {
    let end = start.iter().rposition(|byte| *byte == b'\n').filter(|_| start.len() >= START);
    end.map_or(start, |end| start.get(..end).unwrap_or(start))
}

/// How many rows are refused.
fn count(mut are_refused: impl Iterator<Item = io::Result<bool>>) -> io::Result<usize> {
    are_refused.try_fold(0_usize, |count, is_refused| Ok(count.saturating_add(usize::from(is_refused?))))
}

/// The format of the one of our own tables that a file has, by the columns that the user names.
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

/// Whether the user asks for nothing that the reader of our own tables does not know.
fn is_plain(request: &ImportRequest<'_>) -> bool {
    let formats::ReadOptions { actions, symbols, decimal, columns, .. } = &request.formats.options;
    actions.is_empty() && symbols.is_empty() && decimal.is_none() && columns.len() == request.options.columns.len()
}

/// Faults of the reader of our own tables that the tables of formats know more about.
const LEFT_TO_TABLES: [&str; 3] = ["missing_column", "not_utf8", UNREAD];

/// A column that the reader of our own tables leaves out.
const UNREAD: &str = "unread_column";

/// Whether a file has trades and the columns of our own table of them alone.
fn has_own_columns_alone(start: &[u8], options: &ReadOptions) -> io::Result<bool> {
    let mut rows = FileRows::new(start, options);
    rows.next().transpose()?;
    let summary = rows.summary();
    Ok(summary.kind == Some(FileKind::Trades) && summary.ignored_columns.is_empty())
}

/// Why the reader of our own tables cannot read all of a file; nothing if it can.
fn own_reader(start: &[u8], options: &ReadOptions) -> io::Result<Option<RowFault>> {
    let mut rows = FileRows::new(start, options);
    let first = rows.next().transpose()?;
    let summary = rows.summary();
    Ok(match first {
        // What is wrong with the header leaves open what the file is of.
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
