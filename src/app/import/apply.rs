//! Records an import in a unit of work.

use super::file::{ImportRow, RowFault};
use super::format_rows::count;
use super::known_rows::Judged;
use super::late_rows::{LateRows, Rematch};
use super::methods::apply_methods;
use super::rate_rows;
use super::recorder::{Placed, Recorder, ReversalOutcome, check_reversal, exchanged, note_conversions};
use super::refusal::{Refusal, RowRefusal};
use super::renames::rename;
use super::sort_buffer::BufferedRow;
use super::sorted_rows::{ReadFiles, SortedRows};
use super::{BadRows, FileFault, ImportError, ImportReceipt, ImportRequest, Observer};
use crate::app::AppError;
use crate::domain::{Day, DomainEvent, ImportCompletedEvent, TransactionId};
use crate::store::UnitOfWork;

/// Records the rows in order.
///
/// # Errors
/// [`ImportError::Refused`] with the bad rows; or if the book cannot be read or written, or if the user interrupts.
pub fn apply(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    sorted: &SortedRows,
    observer: &dyn Observer,
) -> Result<ImportReceipt, AppError> {
    let warnings = apply_methods(unit, request, &sorted.stocks)?;
    let renamed = rename(unit, request, &sorted.renames)?;
    // Fees in another currency may need a rate from the same files.
    let mut faults = sorted.faults.clone();
    let of_rates = rate_rows::record(unit, request, (&sorted.rates, sorted.rows), observer, &mut faults)?;
    let recorder = Recorder::new(unit, request, &sorted.stocks);
    let (uncovering, waiting) = (Vec::new(), Vec::new());
    let mut work = Work { recorder, request, sorted, observer, faults, uncovering, waiting, done: 0, first_day: None };
    work.record_all()?;
    let Work { mut recorder, mut faults, uncovering, first_day, .. } = work;
    let (mut not_recorded, mut notes) = (sorted.not_recorded.clone(), sorted.notes.clone());
    if let (Some(held), Some(first_day), true) = (&sorted.held, first_day, sorted.faults.is_empty()) {
        for (line, fault) in recorder.add_openings(held, first_day)? {
            faults.add(locate(request, request.opening_index(), line, fault));
        }
    }
    let (late, rows) = match recorder.rematch() {
        // If entries of the book are no longer valid, the refused rows may be the reason.
        Err(AppError::Domain(_)) if !faults.is_empty() => (Rematch::default(), LateRows::default()),
        late => late?,
    };
    let is_listed = |(.., fault): &(u64, u64, RowRefusal)| sorted.faults.is_empty() || fault.is_by_itself;
    for (file, line, fault) in late.faults.into_iter().filter(is_listed) {
        faults.add(locate(request, file, line, fault));
    }
    if faults.is_empty() {
        for (file, line, fault) in late.uncovering {
            faults.add(at(request, file, line, fault));
        }
    }
    for (kind, rows) in check_reversals(&mut recorder, request, sorted, (&mut faults, &mut notes))? {
        count(&mut not_recorded, kind, rows);
    }
    for (entry, fault) in uncovering.into_iter().filter(|_| sorted.faults.is_empty()) {
        if !rows.place(entry).is_some_and(|place| faults.has(place)) {
            faults.add(fault);
        }
    }
    if faults.is_empty() {
        recorder.check_prices()?;
        note_conversions(&mut recorder)?;
        let mut receipt = recorder.conclude().with(sorted.rows, notes).with_rates(of_rates);
        receipt.renamed = renamed.stocks;
        receipt.notes.extend(renamed.notes);
        receipt.warnings.extend(renamed.warnings);
        for (kind, rows) in not_recorded {
            count(&mut receipt.not_recorded, kind, rows);
        }
        receipt.warnings.extend(warnings);
        return complete(unit, request, receipt, sorted.files.clone());
    }
    Err(ImportError::Refused { rows: sorted.rows, faults }.into())
}

/// The state of an import while its rows are being recorded.
struct Work<'r, 'i, 'b> {
    recorder: Recorder<'i, 'b>,
    request: &'r ImportRequest<'r>,
    sorted: &'r SortedRows,
    observer: &'r dyn Observer,
    faults: BadRows,
    /// Rows that would leave an entry without enough shares. They are reported unless that entry's own row is
    /// bad.
    uncovering: Vec<(TransactionId, FileFault)>,
    /// Rows that pick lots which are not recorded yet. In a file without times, the purchase may follow on
    /// the same day.
    waiting: Vec<(BufferedRow, Option<Judged>)>,
    done: u64,
    /// The day of the first row that is not a price.
    first_day: Option<Day>,
}

impl Work<'_, '_, '_> {
    fn record_all(&mut self) -> Result<(), AppError> {
        let sorted = self.sorted;
        let mut of_day: Vec<BufferedRow> = Vec::new();
        let is_plain = sorted.is_plain();
        sorted.buffer.for_each::<AppError>(&mut |row| {
            let current;
            let row = if is_plain {
                row
            } else {
                let Some(now) = sorted.current(row) else { return Ok(()) };
                current = now;
                &current
            };
            let converted = exchanged(&mut self.recorder, row)?;
            let row = converted.as_ref().unwrap_or(row);
            let day = row.row.day();
            if of_day.first().is_some_and(|first| first.row.day() != day) {
                self.record_day(&mut of_day)?;
            }
            self.record_waiting(Some(day))?;
            if self.recorder.go_to(day)? {
                of_day.push(row.clone());
                return Ok(());
            }
            self.record(row, None)
        })?;
        self.record_day(&mut of_day)?;
        self.record_waiting(None)
    }

    /// Records the rows of a day for which the book already has transactions; they are matched with those together.
    fn record_day(&mut self, rows: &mut Vec<BufferedRow>) -> Result<(), AppError> {
        let judged = self.recorder.judge(rows, &self.sorted.files)?;
        rows.drain(..).zip(judged).try_for_each(|(row, judged)| self.record(&row, judged))
    }

    fn record(&mut self, row: &BufferedRow, judged: Option<Judged>) -> Result<(), AppError> {
        self.observer.advance(self.done, Some(self.sorted.rows));
        self.done = self.done.saturating_add(1);
        if self.observer.is_interrupted() {
            return Err(AppError::Interrupted);
        }
        let again = row.row.picks_lots().then(|| judged.clone());
        match (self.attempt(row, judged)?, again) {
            (None, _) => {}
            (Some(fault), Some(judged)) if fault.code == "unknown_id" => self.waiting.push((row.clone(), judged)),
            (Some(fault), _) => self.refuse(row, fault),
        }
        Ok(())
    }

    /// Retries the rows that were set aside, unless `day` is still their day.
    fn record_waiting(&mut self, day: Option<Day>) -> Result<(), AppError> {
        if self.waiting.first().is_some_and(|(first, _)| Some(first.row.day()) == day) {
            return Ok(());
        }
        for (row, judged) in std::mem::take(&mut self.waiting) {
            if let Some(fault) = self.attempt(&row, judged)? {
                self.refuse(&row, fault);
            }
        }
        Ok(())
    }

    /// Records a row, or returns why it cannot be recorded.
    fn attempt(&mut self, row: &BufferedRow, judged: Option<Judged>) -> Result<Option<RowRefusal>, AppError> {
        let (file, line) = (row.file, row.line());
        if !matches!(row.row, ImportRow::Price(_)) {
            self.first_day.get_or_insert(row.row.day());
        }
        match self.recorder.record(Placed { file, line, row: &row.row, judged }) {
            Ok(()) => Ok(None),
            Err(Refusal::Row(fault)) => Ok(Some(fault)),
            Err(Refusal::Uncovers(entry, fault)) => {
                let fault = locate(self.request, file, line, fault);
                if self.uncovering.len() < BadRows::KEPT {
                    self.uncovering.push((entry, fault));
                } else {
                    self.faults.add(fault);
                }
                Ok(None)
            }
            Err(Refusal::All(error)) => Err(error),
        }
    }

    fn refuse(&mut self, row: &BufferedRow, fault: RowRefusal) {
        // A row that fails only because another one could not be read is not reported.
        if self.sorted.faults.is_empty() || fault.is_by_itself {
            self.faults.add(locate(self.request, row.file, row.line(), fault));
        }
    }
}

/// Checks each reversal against the book; returns the kinds and numbers of the rows that it explains.
fn check_reversals(
    recorder: &mut Recorder<'_, '_>,
    request: &ImportRequest<'_>,
    sorted: &SortedRows,
    (faults, notes): (&mut BadRows, &mut Vec<String>),
) -> Result<Vec<(&'static str, u64)>, AppError> {
    let mut counts = Vec::new();
    for reversal in &sorted.reversed.by {
        let (file, line) = (reversal.file, reversal.line);
        match check_reversal(recorder, reversal)? {
            ReversalOutcome::Rows(rows) => {
                let note = |note| format!("{}: {note}", request.place((file, line)));
                notes.extend(reversal.other_tax().map(note));
                counts.push((reversal.kind(), rows));
            }
            ReversalOutcome::Unknown(fault) if request.skips_unknown => {
                notes.push(format!("{}: not recorded: {}", request.place((file, line)), fault.message));
                counts.push(("unknown", 1));
            }
            ReversalOutcome::Unknown(fault) | ReversalOutcome::InBook(fault) => {
                faults.add(locate(request, file, line, fault));
            }
        }
    }
    Ok(counts)
}

fn locate(request: &ImportRequest<'_>, index: u64, line: u64, fault: RowRefusal) -> FileFault {
    let mut located = at(request, index, line, fault);
    if located.fault.code == "insufficient_quantity" && request.opening.is_none() {
        located.fault.hint = Some(format!(
            "if the history begins late, a file of what is held now shows what was held before it: `{}`",
            request.with_opening()
        ));
    }
    located
}

fn at(request: &ImportRequest<'_>, index: u64, line: u64, fault: RowRefusal) -> FileFault {
    let RowRefusal { code, message, hint, is_by_itself: _ } = fault;
    FileFault { index, file: request.file_name(index), fault: RowFault { line, code, message, hint } }
}

/// Raises the event that completes the import, if anything was recorded.
fn complete(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    mut receipt: ImportReceipt,
    files: ReadFiles,
) -> Result<ImportReceipt, AppError> {
    receipt.format = files.format();
    let ImportReceipt { rows, imported, prices, rates, stocks_added, portfolios_added, renamed, .. } = receipt;
    let (identities, duplicates) = (receipt.identities.clone(), receipt.duplicates.clone());
    let recorded = imported.saturating_add(prices).saturating_add(rates);
    if recorded > 0 || stocks_added > 0 || portfolios_added > 0 || renamed > 0 || !identities.is_empty() {
        unit.record(DomainEvent::ImportCompleted(ImportCompletedEvent {
            batch_id: request.batch_id,
            format: receipt.format.clone(),
            files: files.into_files(),
            rows,
            recorded,
            prices,
            stocks_added,
            portfolios_added,
            rates,
            identities,
            duplicates,
        }))?;
    }
    Ok(receipt)
}
