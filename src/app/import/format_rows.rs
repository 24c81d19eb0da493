//! Reading the activities of a file in one of the formats.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use hashbrown::HashMap;

use super::broker_rows::{Outcome, to_row};
use super::counted::Digest;
use super::file::{ImportRow, RowFault};
use super::rate_rows::RateRow;
use super::renames::Rename;
use super::sorted_rows::SortedRows;
use super::source::Source;
use super::times::Times;
use super::{FileFault, ImportError, ImportRequest};
use crate::app::AppError;
use crate::domain::{ExternalId, PortfolioName, TransactionType};
use crate::formats::{self, Action, Activities, Activity, Format, OpenError, Security, Summary, Wanted};

/// Faults that `--skip-unknown` turns into notes.
const UNKNOWN: [&str; 3] = ["unknown_action", "corporate_action", "cost_unknown"];

pub(super) fn count(not_recorded: &mut BTreeMap<&'static str, u64>, kind: &'static str, rows: u64) {
    let count = not_recorded.entry(kind).or_default();
    *count = count.saturating_add(rows);
}

/// Reads the activities of a file.
///
/// # Errors
/// If the file cannot be read, if there is no room for temporary data, or if the user interrupts.
pub(super) fn read_format(
    sorted: &mut SortedRows,
    index: u64,
    (source, digest): (&Source, &Digest),
    (input, format): (impl Read, &Arc<Format>),
    request: &ImportRequest<'_>,
    step: &mut dyn FnMut() -> Result<(), AppError>,
) -> Result<(), AppError> {
    let file = source.name();
    let failed = |cause| ImportError::Input { file: file.clone(), cause };
    let mut activities = match Activities::open(input, &Wanted::Only(format), &request.formats.options) {
        Ok(activities) => activities,
        Err(OpenError::Input(cause)) => return Err(failed(cause).into()),
        Err(OpenError::Refused(fault)) => {
            sorted.faults.add(FileFault { index, file, fault });
            return Ok(());
        }
    };
    let mut rows = FormatRows {
        sorted,
        index,
        file: file.clone(),
        format,
        request,
        skipped: Vec::new(),
        ids: HashMap::new(),
        taxes_alone: Vec::new(),
        arrivals: Vec::new(),
        times: Times::default(),
    };
    for activity in &mut activities {
        step()?;
        match activity.map_err(failed)?.and_then(|activity| rows.outcome(activity)) {
            Ok((line, security, outcome)) => rows.take(line, &security, outcome)?,
            Err(fault) => rows.refuse(fault),
        }
    }
    rows.finish(source, activities.summary())?;
    sorted.files.add_format(source, format, digest);
    Ok(())
}

/// The rows of a file while it is being read.
struct FormatRows<'s, 'r> {
    sorted: &'s mut SortedRows,
    /// The index of the file.
    index: u64,
    /// The file's name.
    file: String,
    format: &'r Format,
    request: &'r ImportRequest<'r>,
    /// Faults of rows that `--skip-unknown` leaves out.
    skipped: Vec<RowFault>,
    /// The kind of the first row with each id.
    ids: HashMap<(Option<PortfolioName>, ExternalId), TransactionType>,
    /// The lines of taxes for which the file has no dividend.
    taxes_alone: Vec<u64>,
    /// The lines of shares that came from another account.
    arrivals: Vec<u64>,
    times: Times,
}

impl FormatRows<'_, '_> {
    /// Whether the file is in one of our own formats.
    fn is_own(&self) -> bool {
        self.format.is_fallback()
    }

    fn outcome(&mut self, activity: Activity) -> Result<(u64, Security, Outcome), RowFault> {
        self.taxes_alone.extend(matches!(activity.action, Action::Withholding { .. }).then_some(activity.line));
        let is_arrival = matches!(&activity.action, Action::Opening(opening) if opening.is_transferred);
        self.arrivals.extend((is_arrival && !self.is_own()).then_some(activity.line));
        let (line, security) = (activity.line, activity.security.clone());
        if let Some(method) = activity.method {
            self.sorted.stocks.note_method(activity.portfolio.clone(), method);
        }
        // Histories go back to currencies that no longer exist.
        if matches!(activity.action, Action::Rate { currencies: Err(_), .. }) && !self.is_own() {
            return Ok((line, security, Outcome::NotRecorded("unknown_currency")));
        }
        self.sorted.stocks.note_new_shares(&activity, self.is_own());
        Ok((line, security, to_row(activity)?))
    }

    fn take(&mut self, line: u64, security: &Security, outcome: Outcome) -> Result<(), AppError> {
        let file = self.index;
        match outcome {
            Outcome::Renamed { from, to } => {
                self.sorted.renamed.insert(from.symbol.clone(), to.symbol.clone());
                self.sorted.renames.push(Rename { file, line, from, to });
            }
            Outcome::Row(row) => self.push(line, security, row)?,
            Outcome::Reverses(row) => self.sorted.reversed.add(file, line, *row),
            Outcome::Rate((pair, rate)) => self.sorted.rates.push(RateRow { pair, rate, file, line }),
            Outcome::NotRecorded(kind) => count(&mut self.sorted.not_recorded, kind, 1),
        }
        Ok(())
    }

    fn push(&mut self, line: u64, security: &Security, mut row: ImportRow) -> Result<(), AppError> {
        self.times.follow(&row);
        // A reinvested dividend has one id for the dividend and the purchase.
        if let Some((id, kind)) = row.given_id()
            && *self.ids.entry(id).or_insert(kind) != kind
        {
            row.forget_id();
        }
        if let ImportRow::Convert(row) = &mut row {
            row.portfolio = row.portfolio.take().or_else(|| self.request.converted_in(self.is_own()));
        }
        if self.sorted.reversed.is_reversal(self.index, line, &mut row) {
            return Ok(());
        }
        // Only the trades of a broker imply a country: histories of prices may leave the currency open, as
        // our own tables may.
        let is_open = self.is_own() || matches!(row, ImportRow::Price(_));
        self.sorted.stocks.note(row.symbol(), security, is_open);
        self.sorted.stocks.note_currency(&row);
        Ok(self.sorted.buffer.push(self.index, line, row)?)
    }

    fn refuse(&mut self, fault: RowFault) {
        if self.request.skips_unknown && UNKNOWN.contains(&fault.code) {
            self.skipped.push(fault);
        } else {
            self.sorted.faults.add(FileFault { index: self.index, file: self.file.clone(), fault });
        }
    }

    /// Called once all rows have been read: puts them in order, and notes what is not recorded.
    fn finish(self, source: &Source, summary: &Summary) -> Result<(), AppError> {
        let is_own = self.is_own();
        let Self { sorted, index, file, format, skipped, taxes_alone, arrivals, times, .. } = self;
        // In our own tables a missing time is an empty cell, so all times count.
        if !is_own && times.say_nothing() {
            sorted.timeless.insert(index);
        }
        if summary.order() == formats::RowOrder::NewestFirst {
            sorted.buffer.reverse(|row| row.file == index)?;
        }
        for (kind, rows) in &summary.not_recorded {
            count(&mut sorted.not_recorded, kind.name(), *rows);
        }
        sorted.rows = sorted.rows.saturating_add(summary.rows);
        let unknown = skipped.iter().map(|fault| format!("{file}:{}: not recorded: {}", fault.line, fault.message));
        sorted.notes.extend(unknown);
        if !skipped.is_empty() {
            count(&mut sorted.not_recorded, "unknown", u64::try_from(skipped.len()).unwrap_or(u64::MAX));
        }
        if let Some(rows) = counted(&file, &taxes_alone) {
            let note = format!("{rows} of tax withheld without a dividend of the same stock and day: not recorded");
            sorted.notes.push(note);
        }
        if let Some(rows) = counted(&file, &arrivals) {
            sorted.notes.push(format!(
                "{rows} of shares from another account: taken as bought on that day at the value in the file, which may \
                 not be what they cost; `stockbook amend` puts them right"
            ));
        }
        sorted.notes.extend(unread_sections(&file, summary));
        if summary.rows == 0 && sorted.faults.is_empty() {
            sorted.notes.push(format!("{file}: 0 rows"));
        }
        if format.is_of_positions() && summary.rows > 0 {
            let command = format!("stockbook reconcile {}", source.word());
            let note = format!("{file}: positions are not transactions: `{command}` compares them with the book");
            sorted.notes.push(note);
        }
        Ok(())
    }
}

/// The number of some rows, with the place of the first.
fn counted(file: &str, lines: &[u64]) -> Option<String> {
    let first = lines.iter().min()?;
    Some(match lines.len() {
        1 => format!("{file}:{first}: 1 row"),
        rows => format!("{file}:{first}: {rows} rows"),
    })
}

/// The sections that no table reads: they may explain missing figures.
fn unread_sections(file: &str, summary: &Summary) -> Option<String> {
    let sections = summary.unread_sections.iter().map(|(name, rows)| match rows {
        1 => format!("{name} (1 row)"),
        rows => format!("{name} ({rows} rows)"),
    });
    let sections = sections.collect::<Vec<_>>().join(", ");
    (!sections.is_empty()).then(|| format!("{file}: sections not read: {sections}"))
}
