//! A file that a report goes to: there as a whole, or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use uuid::Uuid;

use super::{AppError, Mode};
use crate::store::{Book, Existing, OutputError, OutputFile, Reader};

/// A file to be written.
pub struct WholeFile {
    /// Where.
    pub path: PathBuf,
    /// What becomes of one that is there already.
    pub if_there: IfThere,
    /// In a dry run nothing is written anywhere.
    pub mode: Mode,
    /// For the private name under which it is written.
    pub fresh_id: Uuid,
}

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfThere {
    /// It stays, and there is no new one.
    Keep,
    /// The new one takes its place.
    Replace,
}

/// Lets `write` write a file as a whole or not at all.
///
/// # Errors
/// If the name is taken or is one of the book's, if the file cannot be written, or as `write` fails.
pub fn write_whole_file(
    book: &Book,
    file: &WholeFile,
    write: impl FnOnce(Reader<'_>, &mut dyn Write) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let existing = match file.if_there {
        IfThere::Keep => Existing::Keep,
        IfThere::Replace => Existing::Replace,
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

/// What fails where standard output is not meant.
fn of_file(error: AppError, file: &WholeFile) -> AppError {
    if let AppError::Output(cause) = error {
        OutputError::Unwritable { path: file.path.clone(), cause }.into()
    } else {
        error
    }
}
