//! Writes a report to a file: as a whole, or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use uuid::Uuid;

use super::{AppError, Mode};
use crate::store::{Book, Existing, OutputError, OutputFile, Reader};

/// A file to be written.
pub struct WholeFile {
    /// Its path.
    pub path: PathBuf,
    /// What to do with an existing file.
    pub if_exists: IfExists,
    /// In a dry run nothing is written.
    pub mode: Mode,
    /// Makes the temporary name unique under which it is written.
    pub fresh_id: Uuid,
}

/// What to do with an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfExists {
    /// It is kept, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
}

/// Has `write` write a file, which appears as a whole or not at all.
///
/// # Errors
/// If the name is taken or is one of the book's, if the file cannot be written, or whatever error
/// `write` returns.
pub fn write_whole_file(
    book: &Book,
    file: &WholeFile,
    write: impl FnOnce(Reader<'_>, &mut dyn Write) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let existing = match file.if_exists {
        IfExists::Keep => Existing::Keep,
        IfExists::Replace => Existing::Replace,
    };
    match file.mode {
        Mode::DryRun => {
            OutputFile::check(&file.path, existing, book.path())?;
            write(book.reader(), &mut io::sink())
        }
        Mode::Record => {
            let output = OutputFile::begin(&file.path, existing, book.path(), file.fresh_id)?;
            let mut out: BufWriter<&File> = BufWriter::new(output.file());
            let written = write(book.reader(), &mut out).and_then(|()| Ok(out.flush()?));
            written.map_err(|error| of_file(error, file))?;
            drop(out);
            Ok(output.publish()?)
        }
    }
}

/// An error of standard output, attributed to the file.
fn of_file(error: AppError, file: &WholeFile) -> AppError {
    if let AppError::Output(cause) = error {
        OutputError::Unwritable { path: file.path.clone(), cause }.into()
    } else {
        error
    }
}
