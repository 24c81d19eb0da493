//! `formats`, and the known formats.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::app::AppError;
use crate::cli::args::FormatsArgs;
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Value};
use crate::formats::{Format, Library};

pub(in crate::cli) fn formats(args: &FormatsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let library = library(context)?;
    if let Some(name) = &args.name {
        return context.page.print_raw(known_format(&library, name)?.text());
    }
    let mut formats: Vec<_> = library.all().to_vec();
    formats.sort_by(|one, other| one.name().cmp(other.name()));
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| formats.iter().map(|format| record(format)).collect(),
        table: &|| table(&formats, context.page.screen.room()),
        nothing: None,
    })
}

const MEMBERS: &[&str] = &["name", "title", "export", "is_read"];

fn record(format: &Format) -> Record {
    Record(vec![
        ("name", Value::text(&format.name())),
        ("title", Value::text(&format.title())),
        ("export", Value::text(&format.export())),
        ("is_read", Value::Truth(!format.is_refused())),
    ])
}

fn table(formats: &[Arc<Format>], room: usize) -> Table {
    /// The width that the names and two columns of sentences need.
    const ROOMY: usize = 72;
    // With less room, sentences are shortened, but not names.
    let sentences = if room < ROOMY { Column::text } else { Column::prose };
    let columns = vec![Column::key("format", 100), sentences("what it is", 90), sentences("how to export it", 60)];
    let cells = |format: &Arc<Format>| {
        Row::Data(vec![Cell::plain(format.name()), Cell::plain(format.title()), Cell::plain(format.export())])
    };
    Table { columns, rows: formats.iter().map(cells).collect() }
}

/// The formats that come with the program, and the user's own, in a folder beside the configuration
/// file.
pub(super) fn library(context: &Context<'_>) -> Result<Library, AppError> {
    let mut library = Library::built_in();
    let Some(folder) = context.settings.formats_folder() else { return Ok(library) };
    let listed = fs::read_dir(&folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut files: Vec<_> = match listed {
        Ok(files) => files,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(library),
        Err(error) => return Err(AppError::system(format!("read {}", folder.display()))(error)),
    };
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    for file in files {
        add_table(&mut library, &file)?;
    }
    Ok(library)
}

/// Adds the format that a file describes.
pub(super) fn add_table(library: &mut Library, file: &Path) -> Result<Arc<Format>, AppError> {
    let bytes = fs::read(file).map_err(AppError::system(format!("read {}", file.display())))?;
    let invalid = |message: String, hint: String| AppError::Usage {
        code: "invalid_format",
        message: format!("{}: {message}", file.display()),
        hint,
    };
    let text = str::from_utf8(&bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        invalid(format!("line {line}: the table is not UTF-8 text"), "save it as UTF-8 in your editor".to_owned())
    })?;
    library.add(text).map_err(|error| {
        let hint = error.hint.clone();
        invalid(
            error.to_string(),
            hint.unwrap_or_else(|| "`stockbook formats schwab` prints a table to begin with".to_owned()),
        )
    })
}

/// The format with this name.
pub(super) fn known_format(library: &Library, name: &str) -> Result<Arc<Format>, AppError> {
    // The word is unambiguous.
    let name = if name.eq_ignore_ascii_case("prices") { "stockbook-prices" } else { name };
    library.named(name).map(Arc::clone).map_err(|nearest| AppError::Usage {
        code: "unknown_format",
        message: format!("there is no format `{}`", crate::domain::excerpt(name)),
        hint: nearest.map_or_else(
            || "`stockbook formats` lists them".to_owned(),
            |nearest| format!("did you mean {nearest}? `stockbook formats` lists them"),
        ),
    })
}
