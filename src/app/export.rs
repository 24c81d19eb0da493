//! Exports the book's data for other programs: one module per format, over one reading of the book.
//!
//! Everything that is written comes from [`chronicle`], day by day in the order in which it counts. For the
//! [`journal`]s of accounting programs, the positions are [replayed](replay) at the same time, to determine
//! which lots each entry changes.

mod beancount;
mod chronicle;
mod csv;
mod hledger;
mod journal;
mod json;
mod ledger;
mod replay;
mod request;

use std::io::Write;

use super::{AppError, known_portfolios};
use crate::store::Reader;
use chronicle::Chronicle;
use journal::write_journal;
pub use request::{ExportFormat, ExportRequest};

/// Writes an export of the book as it is at one moment.
///
/// # Errors
/// If the portfolio is unknown, if the book cannot be read, if `out` cannot be written, or if the
/// user stops it.
pub fn export(reader: Reader<'_>, request: &ExportRequest<'_>, out: &mut dyn Write) -> Result<(), AppError> {
    reader.at_one_moment(|| {
        known_portfolios(reader, &request.portfolios)?;
        let chronicle = Chronicle::of(reader)?;
        match request.format {
            ExportFormat::Csv => csv::write(&chronicle, request, out),
            ExportFormat::Json => json::write(&chronicle, request, out),
            ExportFormat::Ledger => write_journal(&chronicle, request, &mut ledger::Ledger, out),
            ExportFormat::Hledger => write_journal(&chronicle, request, &mut hledger::Hledger, out),
            ExportFormat::Beancount => write_journal(&chronicle, request, &mut beancount::Beancount, out),
        }
    })
}
