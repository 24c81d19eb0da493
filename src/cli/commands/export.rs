//! `export`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::app::{self, AppError, ExportFormat, ExportRequest, Mode, Outcome, Recorded};
use crate::cli::args::{ExportArgs, ExportedAs, Range};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Record, Value, printable};
use crate::cli::receipt::Receipt;
use crate::store::{Book, Existing, OutputError, OutputFile};

pub(in crate::cli) fn export(args: &ExportArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let request = ExportRequest {
        format: match args.format {
            ExportedAs::Csv => ExportFormat::Csv,
            ExportedAs::Json => ExportFormat::Json,
            ExportedAs::Ledger => ExportFormat::Ledger,
            ExportedAs::Hledger => ExportFormat::Hledger,
            ExportedAs::Beancount => ExportFormat::Beancount,
        },
        portfolio: context.portfolio.clone(),
        from,
        to,
        is_interrupted: &|| context.is_interrupted(),
    };
    let Some(file) = &args.output else {
        return context.read(|reader| context.page.stream(|out| app::export(reader, &request, out)));
    };
    let file = std::path::absolute(file)?;
    context.copy(|book| write_file(&file, args, book, &request, context))?;
    let verb = if context.mode == Mode::DryRun { "would export" } else { "exported" };
    let shown = file.display().to_string();
    let sentences = vec![format!("{verb} to {}", printable(&shown))];
    let members = Record(vec![("file", Value::Text(shown))]);
    let recorded = Recorded { value: (), mode: context.mode, outcome: Outcome::New, events: Vec::new() };
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}

/// Writes the file as a whole or not at all; in a dry run, nothing anywhere.
fn write_file(
    file: &Path,
    args: &ExportArgs,
    book: &Book,
    request: &ExportRequest<'_>,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    let write = |out: &mut dyn Write| app::export(book.reader(), request, out);
    match context.mode {
        Mode::DryRun => {
            OutputFile::check(file, existing, book.path())?;
            write(&mut io::sink())
        }
        Mode::Record => {
            let output = OutputFile::begin(file, existing, book.path(), context.new_id())?;
            let mut out: BufWriter<&File> = BufWriter::new(output.file());
            let written = write(&mut out).and_then(|()| Ok(out.flush()?));
            written.map_err(|error| of_file(error, file))?;
            drop(out);
            Ok(output.publish()?)
        }
    }
}

/// What fails where standard output is not meant.
fn of_file(error: AppError, file: &Path) -> AppError {
    if let AppError::Output(cause) = error {
        OutputError::Unwritable { path: file.to_owned(), cause }.into()
    } else {
        error
    }
}
