//! `export`.

use crate::app::{
    self, AppError, ExportFormat, ExportRequest, IfExists, Mode, Outcome, Recorded, WholeFile, write_whole_file,
};
use crate::cli::args::{ExportArgs, ExportedAs, Range};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Record, Value, printable};
use crate::cli::receipt::Receipt;

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
        portfolios: context.portfolios.clone(),
        from,
        to,
        is_interrupted: &|| context.is_interrupted(),
    };
    let Some(file) = &args.output else {
        return context.read(|reader| context.page.stream(|out| app::export(reader, &request, out)));
    };
    let file = WholeFile {
        path: std::path::absolute(file)?,
        if_exists: if args.force { IfExists::Replace } else { IfExists::Keep },
        mode: context.mode,
        fresh_id: context.new_id(),
    };
    context.copy(|book| write_whole_file(book, &file, |reader, out| app::export(reader, &request, out)))?;
    let verb = if context.mode == Mode::DryRun { "would export" } else { "exported" };
    let shown = file.path.display().to_string();
    let sentences = vec![format!("{verb} to {}", printable(&shown))];
    let members = Record(vec![("file", Value::Text(shown))]);
    let recorded = Recorded { value: (), mode: context.mode, outcome: Outcome::New, events: Vec::new() };
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}
