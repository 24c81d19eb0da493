//! Detecting the format of a file by its columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::Header;
use super::fault::Fault;
use super::format::{Format, Part};
use super::library::Library;
use super::readers::{Table, json_rows, line_rows, ofx_rows, qif_rows, records_of, xml_root, xml_rows};
use super::row::Row;
use super::table::Reader;
use crate::domain::excerpt;

/// The number of lines searched for a header.
pub(crate) const HEADER_LINES: usize = 40;
/// The possible delimiters.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// The number of similar formats that are named.
const NEAR: usize = 3;

/// A format that fits, and how to read its rows.
pub(crate) struct Recognised {
    pub(crate) format: Arc<Format>,
    pub(crate) how: How,
}

/// How to read the rows of a file.
pub(crate) enum How {
    /// From its beginning, with this delimiter.
    Delimited(u8),
    /// They have been read already.
    Whole(Table),
}

/// The candidate formats.
pub(crate) enum Among<'l> {
    /// One that the user names.
    One(&'l Arc<Format>),
    /// Those of the library.
    All(&'l Library),
}

impl Among<'_> {
    fn formats(&self) -> impl Iterator<Item = &Arc<Format>> {
        match self {
            Self::One(format) => std::slice::from_ref(*format).iter(),
            Self::All(library) => library.all().iter(),
        }
    }

    fn delimited(&self) -> impl Iterator<Item = &Arc<Format>> {
        let is_delimited =
            |format: &&Arc<Format>| matches!(format.reader, Reader::Csv | Reader::Wide | Reader::Sections);
        self.formats().filter(is_delimited)
    }
}

/// Finds the one format that fits. `whole` is the text of the whole file if it has been read, otherwise `start` is its
/// beginning.
pub(crate) fn recognise(among: &Among<'_>, start: &str, whole: Option<&str>) -> Result<Recognised, Fault> {
    let mut fits = Vec::new();
    if let Some(text) = whole {
        for format in among.formats() {
            if let Some(table) = whole_table(format, text) {
                fits.push(Recognised { format: Arc::clone(format), how: How::Whole(table) });
            }
        }
    }
    let candidates = if fits.is_empty() { candidates(among, start) } else { Vec::new() };
    for (delimiter, headers) in &candidates {
        for format in among.delimited() {
            let known = fits.iter().any(|found: &Recognised| Arc::ptr_eq(&found.format, format));
            if !known && headers.iter().any(|header| fits_any(format, header)) {
                fits.push(Recognised { format: Arc::clone(format), how: How::Delimited(*delimiter) });
            }
        }
    }
    // A readable format takes precedence over one that is only named and shares its columns.
    if fits.iter().any(|found| !found.format.fallback && found.format.refusal.is_none()) {
        fits.retain(|found| found.format.refusal.is_none());
    }
    if fits.iter().any(|found| !found.format.fallback) {
        fits.retain(|found| !found.format.fallback);
    }
    // A table of the user's is never passed over silently.
    if matches!(among, Among::All(library) if !fits.iter().any(|found| library.has_added(&found.format))) {
        retain_best(&mut fits, start);
    }
    match fits.len() {
        0 => Err(unknown(among, &near(among, &candidates), start)),
        1 => fits.pop().ok_or_else(|| Fault::new("unknown_format", "no format fits")),
        _ => Err(ambiguous(&fits)),
    }
}

/// Of formats that share the header of a further table, keeps those that read most of the file's headers;
/// among equal ones, those whose main table is in the file.
fn retain_best(fits: &mut Vec<Recognised>, start: &str) {
    if fits.len() < 2 {
        return;
    }
    let scores: Vec<_> = fits.iter().map(|found| score(found, start)).collect();
    let Some((best, format)) = scores.iter().zip(fits.iter()).max_by_key(|(score, _)| **score) else { return };
    let (best, format) = (*best, Arc::clone(&format.format));
    let mut scores = scores.into_iter();
    fits.retain(|found| scores.next() == Some(best) || !share_a_table(&found.format, &format));
}

fn share_a_table(one: &Format, other: &Format) -> bool {
    one.parts.iter().any(|part| other.parts.iter().any(|known| known.finds_as(part)))
}

/// The number of a format's tables that the beginning of a file has, and whether its main one is among them.
fn score(found: &Recognised, start: &str) -> (usize, bool) {
    let How::Delimited(delimiter) = found.how else { return (0, false) };
    let headers = headers(start, delimiter);
    let has = |part: &&Part| headers.iter().any(|header| fits_part(part, header));
    let parts = &found.format.parts;
    (parts.iter().filter(has).count(), parts.first().as_ref().is_some_and(has))
}

/// The lines that may be headers, by delimiter.
fn candidates(among: &Among<'_>, start: &str) -> Vec<(u8, Vec<Header>)> {
    let occurring = DELIMITERS.into_iter().filter(|delimiter| start.as_bytes().contains(delimiter));
    let of = |delimiter: u8| {
        let mut headers = headers(start, delimiter);
        if let Among::All(library) = among {
            headers.retain(|header| library.find_names().has_any(header));
        }
        (delimiter, headers)
    };
    occurring.map(of).collect()
}

fn headers(start: &str, delimiter: u8) -> Vec<Header> {
    let records = records_of(start, delimiter, HEADER_LINES);
    records.into_iter().filter(|row| row.cells.len() >= 2).map(|row| Header::new(row.cells)).collect()
}

fn fits_any(format: &Format, header: &Header) -> bool {
    format.parts.iter().any(|part| fits_part(part, header))
}

fn fits_part(part: &Part, header: &Header) -> bool {
    let name = header.names.get(0).unwrap_or_default();
    (part.sections.is_empty() || part.is_of_section(name)) && part.fits(header)
}

/// The rows of a file that is read as a whole.
fn whole_table(format: &Format, text: &str) -> Option<Table> {
    let table = match format.reader {
        Reader::Csv | Reader::Wide | Reader::Sections => None,
        Reader::Lines => line_rows(text, format.layout.line.as_ref()?, format.layout.comment.as_ref()),
        Reader::Json => json_rows(text, &format.layout.path),
        Reader::Ofx => match &format.layout.root {
            // It may be a kind of statement that has no shares.
            Some(root) => {
                let is_other = ofx_rows(text).is_none() && text.contains(&format!("<{root}>"));
                is_other.then(Table::default)
            }
            None => ofx_rows(text),
        },
        Reader::Qif => match &format.layout.root {
            // It may be a kind of account that has no shares.
            Some(root) => {
                let is_other = qif_rows(text).is_none() && text.trim_start().starts_with(&format!("!{root}"));
                is_other.then(Table::default)
            }
            None => qif_rows(text),
        },
        Reader::Xml => {
            let is_root = xml_root(text).is_some_and(|root| format.layout.root.as_deref() == Some(&root));
            if is_root { xml_rows(text, &format.layout.elements) } else { None }
        }
    }?;
    let header = table.header();
    let needs_columns = format.reader == Reader::Json;
    let fits = !needs_columns || format.parts.first().is_some_and(|part| part.fits(&header));
    fits.then_some(table)
}

/// A format that nearly fits: its name, the columns that are missing, and the number of columns required.
type Near<'f> = BTreeMap<&'f str, (Vec<String>, usize)>;

fn near<'f>(among: &'f Among<'_>, candidates: &[(u8, Vec<Header>)]) -> Near<'f> {
    let mut near = Near::new();
    for (_, headers) in candidates {
        // A format that is not read does not help.
        for format in among.delimited().filter(|format| !format.is_refused()) {
            let pairs = format.parts.iter().flat_map(|part| headers.iter().map(move |header| (part, header)));
            for (part, header) in pairs.filter(|(part, header)| part.is_near(header)) {
                let missing: Vec<String> = part.missing(header).map(str::to_owned).collect();
                let known = near.get(format.name.as_str()).is_some_and(|(known, _)| known.len() <= missing.len());
                if !missing.is_empty() && !known {
                    near.insert(&format.name, (missing, part.find.len()));
                }
            }
        }
    }
    near
}

fn unknown(among: &Among<'_>, near: &Near<'_>, start: &str) -> Fault {
    let mut nearest: Vec<_> = near.iter().collect();
    nearest
        .sort_by_key(|(_, (missing, of))| (missing.len().saturating_mul(100).checked_div(*of), std::cmp::Reverse(*of)));
    let listed = nearest.iter().take(NEAR).map(|(name, (missing, _))| {
        let names: Vec<_> = missing.iter().map(|name| format!("\"{}\"", excerpt(name))).collect();
        format!("{name} lacks {}", names.join(", "))
    });
    let listed = listed.collect::<Vec<_>>().join("; ");
    match among {
        Among::One(format) => {
            let lacks = if listed.is_empty() { "has other columns".to_owned() } else { listed };
            Fault::new("other_format", format!("the file is not of the format {}: {lacks}", format.name))
                .with_hint(format!(
                    "name the columns that are called otherwise with --map COLUMN=HEADER; `stockbook formats {}` shows which it has",
                    format.name
                ))
        }
        Among::All(_) if listed.is_empty() => {
            let seen = widest(start).map_or_else(String::new, |columns| format!("; its columns are {columns}"));
            Fault::new("unknown_format", format!("no format is known that has the file's columns{seen}")).with_hint(
                "see what is read: `stockbook formats`; for another file write a table of your own, and name it with --mapping",
            )
        }
        Among::All(_) => {
            let first = nearest.first().map_or("NAME", |(name, _)| name);
            Fault::new("unknown_format", format!("no format fits; the nearest: {listed}")).with_hint(format!(
                "if it is one of them, say so and name its columns: --format {first} --map COLUMN=HEADER; or adapt a table \
                 (`stockbook formats {first}`) and name it with --mapping"
            ))
        }
    }
}

/// The columns of the widest line at the beginning of a file.
fn widest(start: &str) -> Option<String> {
    let records = DELIMITERS.into_iter().flat_map(|delimiter| records_of(start, delimiter, HEADER_LINES));
    let filled =
        |row: Row| row.cells.iter().map(str::trim).filter(|name| !name.is_empty()).map(excerpt).collect::<Vec<_>>();
    // Of lines of equal width the first; but a title above the columns may have as many delimiters as they.
    let rows = records.map(filled).filter(|names| names.len() >= 2);
    let widest = rows.reduce(|one, other| if other.len() > one.len() { other } else { one })?;
    Some(widest.join(", "))
}

fn ambiguous(fits: &[Recognised]) -> Fault {
    let names: Vec<_> = fits.iter().map(|found| found.format.name.as_str()).collect();
    Fault::new("ambiguous_format", format!("the file has the columns of several formats: {}", names.join(" and ")))
        .with_hint(format!("say which it is: --format {}", names.first().unwrap_or(&"")))
}
