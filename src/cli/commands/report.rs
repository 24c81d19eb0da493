//! `report`.

use std::io::Write;
use std::path::Path;

use crate::app::{
    AppError, Conversion, CurrencyOverview, IfExists, Mode, Outcome, PageFigures, PageFilter, Recorded, UsedRates,
    WholeFile, page_figures, page_total, write_whole_file,
};
use crate::cli::args::{Range, ReportArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::html;
use crate::cli::output::{Record, Value, printable};
use crate::cli::receipt::Receipt;
use crate::cli::views::ReportingTotal;

/// Makes the total of a page in a currency.
type MakeTotal<'m> = dyn Fn(Conversion) -> Result<(Vec<CurrencyOverview>, Vec<UsedRates>), AppError> + 'm;

pub(in crate::cli) fn report(args: &ReportArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let to = to.unwrap_or(context.today).not_after(context.today).map_err(AppError::Value)?;
    let (portfolios, conversion) = (context.portfolios.clone(), args.conversion.conversion());
    let filter = PageFilter { portfolios, from, to, today: context.today, conversion };
    let total_of = |figures: &PageFigures, report: &MakeTotal<'_>| {
        let currencies = figures.overview.currencies.iter().map(|of| of.currency);
        ReportingTotal::of(context.total_in(filter.conversion), currencies, report)
    };
    if args.html == Path::new("-") {
        let page = context.read(|reader| {
            let figures = page_figures(reader, &filter)?;
            let total = total_of(&figures, &|conversion| page_total(reader, &filter, conversion))?;
            Ok(html::page(&figures, &filter, &total))
        })?;
        return context.page.print_raw(&page);
    }
    let file = WholeFile {
        path: std::path::absolute(&args.html)?,
        if_exists: if args.force { IfExists::Replace } else { IfExists::Keep },
        mode: context.mode,
        fresh_id: context.new_id(),
    };
    context.copy(|book| {
        write_whole_file(book, &file, |reader, out: &mut dyn Write| {
            let figures = page_figures(reader, &filter)?;
            let total = total_of(&figures, &|conversion| page_total(reader, &filter, conversion))?;
            Ok(out.write_all(html::page(&figures, &filter, &total).as_bytes())?)
        })
    })?;
    let verb = if context.mode == Mode::DryRun { "would write" } else { "wrote" };
    let shown = file.path.display().to_string();
    let sentences = vec![format!("{verb} {}", printable(&shown))];
    let members = Record(vec![("file", Value::Text(shown))]);
    let recorded = Recorded { value: (), mode: context.mode, outcome: Outcome::New, events: Vec::new() };
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}
