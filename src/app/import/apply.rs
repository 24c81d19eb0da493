//! Carrying out an import in a unit of work.

use super::file::{ImportRow, RowFault};
use super::reading::{ReadFiles, StagedFiles};
use super::recorder::{Placed, Recorder};
use super::refusal::{Fault, Refusal};
use super::stream::{Piece, RowStream};
use super::{FileFault, ImportError, ImportReceipt, ImportRequest, Observer, StartOver};
use crate::app::SessionError;
use crate::domain::ImportCompletedEvent;
use crate::store::{StagedRow, UnitOfWork};

/// Records the staged rows, in the order of their dates.
///
/// # Errors
/// [`ImportError::Refused`] with the bad rows; or if the book cannot be read or written, or if
/// the user interrupts.
pub fn apply(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    staged: &StagedFiles,
    observer: &dyn Observer,
) -> anyhow::Result<ImportReceipt> {
    let mut recorder = Recorder::new(unit, request, Some(&staged.currencies));
    let mut faults = staged.faults.clone();
    let mut done = 0_u64;
    staged.stage.for_each(&mut |staged_row: &StagedRow<ImportRow>| {
        observer.advance(done, Some(staged.rows));
        done = done.saturating_add(1);
        if observer.is_interrupted() {
            return Err(anyhow::Error::from(SessionError::Interrupted));
        }
        let StagedRow { file, line, row, .. } = staged_row;
        match recorder.record(&Placed { file: *file, line: *line, row, identity: None }) {
            Ok(()) => Ok(()),
            Err(Refusal::Row(fault)) => {
                // What follows from a row that could not be read is not that row's fault.
                if staged.faults.is_empty() || fault.is_by_itself {
                    faults.add(locate(request, *file, *line, fault));
                }
                Ok(())
            }
            Err(Refusal::All(error)) => Err(error),
        }
    })?;
    let late = recorder.rematch()?;
    for (file, line, fault) in late.into_iter().filter(|(.., fault)| staged.faults.is_empty() || fault.is_by_itself) {
        faults.add(locate(request, file, line, fault));
    }
    if faults.is_empty() {
        recorder.check_prices()?;
        let receipt = recorder.conclude().with(staged.rows, staged.notes.clone());
        return complete(unit, request, receipt, staged.files.clone());
    }
    Err(ImportError::Refused { rows: staged.rows, faults }.into())
}

fn locate(request: &ImportRequest<'_>, index: u64, line: u64, fault: Fault) -> FileFault {
    let Fault { code, message, hint, is_by_itself: _ } = fault;
    FileFault { index, file: request.file_name(index), fault: RowFault { line, code, message, hint } }
}

/// Records the rows of [`ImportRequest::can_stream`] while they are read.
///
/// # Errors
/// [`StartOver`] if anything is out of the ordinary: the rows are not in the order of their dates,
/// or one of them is bad, or says more of its stock's currency than those before it. Or if the
/// book cannot be read or written, or if the user interrupts.
pub fn stream(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    observer: &dyn Observer,
) -> anyhow::Result<ImportReceipt> {
    let stream = RowStream::begin(unit, request)?;
    unit.expect_many();
    let mut recorder = Recorder::new(unit, request, None);
    let start_over = |refusal| match refusal {
        Refusal::Row(_) => StartOver.into(),
        Refusal::All(error) => error,
    };
    loop {
        match stream.next()? {
            Piece::Rows(rows) => {
                observer.advance(stream.bytes_read(), stream.total_bytes());
                for streamed in rows {
                    if observer.is_interrupted() {
                        return Err(SessionError::Interrupted.into());
                    }
                    recorder.record(&streamed.placed()).map_err(start_over)?;
                }
            }
            Piece::End { rows, notes, files } => {
                recorder.settle().map_err(start_over)?;
                if !recorder.rematch()?.is_empty() {
                    return Err(StartOver.into());
                }
                recorder.check_prices()?;
                let receipt = recorder.conclude().with(rows, notes);
                return complete(unit, request, receipt, files);
            }
        }
    }
}

/// Records that the import is complete, if it recorded anything.
fn complete(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    receipt: ImportReceipt,
    files: ReadFiles,
) -> anyhow::Result<ImportReceipt> {
    let ImportReceipt { rows, imported, prices, stocks_added, .. } = receipt;
    let recorded = imported.saturating_add(prices);
    if recorded > 0 || stocks_added > 0 {
        let (format, files) = files.into_files();
        unit.complete_import(ImportCompletedEvent {
            batch_id: request.batch_id,
            format: format.to_owned(),
            files,
            rows,
            recorded,
            prices,
            stocks_added,
            portfolios_added: 0,
        })?;
    }
    Ok(receipt)
}
