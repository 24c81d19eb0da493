//! `import`.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::formats::{add_table, known_format, library};
use crate::app::import::FormatChoice;
use crate::app::import::file::ReadOptions;
use crate::app::import::{ImportReceipt, ImportRequest, Observer, PriceBasis, Similar, Source, Twins, apply, read};
use crate::app::{self, AppError, HoldingsBy, HoldingsFilter, Mode, PriceAge, Recorded};
use crate::cli::args::{FormatArgs, ImportArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::offer::Offers;
use crate::cli::output::{Format, Record, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::{holdings_table, what_prices_lack};
use crate::domain::{BatchId, Currency, PortfolioId, StockId};
use crate::formats;

pub(in crate::cli) fn import(args: ImportArgs, context: &Context<'_>) -> Result<(), AppError> {
    let sources = sources(args.files)?;
    let opening = args.additions.opening.map(Source::File);
    let options = ReadOptions {
        symbol: args.symbol,
        columns: args.format.map.iter().filter_map(|map| map.own.clone()).collect(),
        date_format: args.date_format,
        time_zone: args.time_zone,
        today: context.today,
    };
    let formats = format_choice(&args.format, &options, context)?;
    let progress = Progress::new(context);
    let portfolio = context.written_portfolio();
    let new_stock_id = || StockId::new(context.new_id());
    let new_stock_id: Option<&dyn Fn() -> StockId> = if args.additions.add_stocks { Some(&new_stock_id) } else { None };
    let new_portfolio_id = || PortfolioId::new(context.new_id());
    let new_portfolio_id: Option<&dyn Fn() -> PortfolioId> =
        if args.additions.add_portfolios { Some(&new_portfolio_id) } else { None };
    let price_basis = match (args.adjusted, args.unadjusted) {
        (Some(as_of), _) => PriceBasis::AsOf(as_of.past_day(context.today)?),
        (None, true) => PriceBasis::OwnDay,
        (None, false) => PriceBasis::Unsaid,
    };
    let batch_id = BatchId::new(context.new_id());
    let request = ImportRequest {
        batch_id,
        sources: &sources,
        options: &options,
        formats: &formats,
        skips_unknown: args.format.skip_unknown,
        portfolio: &portfolio,
        named_portfolio: context.portfolios.only(),
        price_basis,
        records_trade_prices: args.additions.trade_prices,
        opening: opening.as_ref(),
        twins: if args.distinct { Twins::Distinct } else { Twins::Same },
        similar: args.similar.map_or(Similar::Refuse, Similar::from),
        new_stock_id,
        new_stock_currency: args.additions.currency,
        usual_currency: context.settings.new_stock_currency.unwrap_or(Currency::USD),
        new_portfolio_id,
    };
    let rows = context.interruptible(|| read(&request, &progress))?;
    let recorded = context.write(|unit| apply(unit, &request, &rows, &progress))?;
    progress.finish();
    let receipt = &recorded.value;
    show_recorded(|| {
        Receipt::new(sentences(receipt), members(receipt, batch_id, &context.page.offers))
            .print_summary(&recorded, context)?;
        show_holdings(&recorded, context)
    });
    // Last, so that a long table does not scroll them out of sight.
    if !context.is_quiet {
        receipt.notes.iter().for_each(|note| context.page.say(&format!("note: {note}")));
        receipt.warnings.iter().for_each(|warning| context.page.say(&format!("warning: {warning}")));
    }
    Ok(())
}

fn members(receipt: &ImportReceipt, batch_id: BatchId, offers: &Offers) -> Record {
    let counts = |rows: &BTreeMap<&'static str, u64>| {
        Value::Object(Record(rows.iter().map(|(kind, rows)| (*kind, Value::Count(*rows))).collect()))
    };
    let notices = receipt.warnings.iter().chain(&receipt.notes);
    Record(vec![
        ("batch_id", Value::exact(&batch_id)),
        ("format", Value::text(&receipt.format)),
        ("rows", Value::Count(receipt.rows)),
        ("imported", Value::Count(receipt.imported)),
        ("skipped_duplicates", Value::Count(receipt.skipped_duplicates)),
        ("similar", Value::Count(receipt.similar)),
        ("stocks_added", Value::Count(receipt.stocks_added)),
        ("portfolios_added", Value::Count(receipt.portfolios_added)),
        ("prices", Value::Count(receipt.prices)),
        ("prices_replaced", Value::Count(receipt.prices_replaced)),
        ("not_recorded", counts(&receipt.not_recorded)),
        ("warnings", Value::Words(notices.map(|said| offers.named(said).into_owned()).collect())),
        ("openings", Value::Count(receipt.openings)),
        ("kinds", counts(&receipt.kinds)),
        ("splits", Value::Words(receipt.splits.iter().cloned().collect())),
        ("rates", Value::Count(receipt.rates)),
        ("rates_replaced", Value::Count(receipt.rates_replaced)),
    ])
}

/// The known formats, the format of the files if the user named one, and the user's mappings.
fn format_choice(args: &FormatArgs, own: &ReadOptions, context: &Context<'_>) -> Result<FormatChoice, AppError> {
    let mut library = library(context)?;
    let only = match (&args.mapping, &args.format) {
        (Some(file), _) => Some(add_table(&mut library, file)?),
        (None, Some(name)) => Some(known_format(&library, name)?),
        (None, None) => None,
    };
    let options = formats::ReadOptions {
        symbol: own.symbol.clone(),
        columns: args.map.iter().map(|map| map.column.clone()).collect(),
        actions: args.map_action.clone(),
        symbols: args.map_symbol.clone(),
        date_format: own.date_format.clone(),
        time_zone: own.time_zone.clone(),
        decimal: args.decimal.map(Into::into),
        ..formats::ReadOptions::new(own.today)
    };
    Ok(FormatChoice { library, only, options })
}

fn sources(files: Vec<PathBuf>) -> Result<Vec<Source>, AppError> {
    let is_stdin = |file: &PathBuf| file == Path::new("-");
    if files.iter().filter(|file| is_stdin(file)).count() > 1 {
        return Err(AppError::Usage {
            code: "usage",
            message: "standard input can be read only once".to_owned(),
            hint: "name `-` once, or save the second file".to_owned(),
        });
    }
    Ok(files.into_iter().map(|file| if is_stdin(&file) { Source::StandardInput } else { Source::File(file) }).collect())
}

/// The result of an import: the format if it is not our own, what was recorded, and what was not.
fn sentences(receipt: &ImportReceipt) -> Vec<String> {
    let mut sentences = Vec::new();
    if !matches!(receipt.format.as_str(), "stockbook" | "prices") {
        sentences.push(format!("format {}", receipt.format));
    }
    sentences.push(sentence(receipt));
    if !matches!(receipt.format.as_str(), "stockbook" | "prices") {
        sentences.extend(met(receipt));
    }
    if !receipt.not_recorded.is_empty() {
        let kind = |(kind, rows): (&&str, &u64)| format!("{} {}", figure::count(*rows), kind.replace('_', " "));
        let kinds: Vec<_> = receipt.not_recorded.iter().map(kind).collect();
        sentences.push(format!("rows with nothing to record: {}", kinds.join(", ")));
    }
    sentences
}

/// What the rows of another program's file record, for comparison with that program.
fn met(receipt: &ImportReceipt) -> Vec<String> {
    /// How many stocks and splits are listed by name.
    const NAMED: usize = 12;
    let listed = |names: Vec<String>| {
        let more = names.len().saturating_sub(NAMED);
        let shown = names.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
        if more == 0 { shown } else { format!("{shown} and {more} more") }
    };
    let kinds: Vec<_> = receipt.kinds.iter().map(|(kind, rows)| format!("{} {kind}", figure::count(*rows))).collect();
    let stocks: BTreeSet<_> = receipt.touched.iter().map(|(_, symbol)| symbol).collect();
    let stocks = stocks.into_iter().map(ToString::to_string).collect();
    let named = [("rows", kinds), ("splits", receipt.splits.iter().cloned().collect()), ("stocks", stocks)];
    let named = named.into_iter().filter(|(_, names): &(_, Vec<String>)| !names.is_empty());
    named.map(|(what, names)| format!("{what}: {}", listed(names))).collect()
}

fn sentence(receipt: &ImportReceipt) -> String {
    let count = |number: u64, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    let rows = count(receipt.rows, "row", "rows");
    // What a file is about is reported even if it had nothing new; everything else only if there is
    // something.
    let usual = match receipt.format.as_str() {
        "prices" => count(receipt.prices, "price", "prices"),
        _ if receipt.kinds.contains_key("rate") => count(receipt.rates, "rate", "rates"),
        _ => count(receipt.imported, "transaction", "transactions"),
    };
    let counted = [
        (receipt.imported, "transaction", "transactions"),
        (receipt.prices, "price", "prices"),
        (receipt.rates, "rate", "rates"),
    ];
    let counted = counted.into_iter().filter(|(number, ..)| *number > 0);
    let imported: Vec<String> = counted.map(|(number, one, many)| count(number, one, many)).collect();
    let mut sentence = match imported.split_last() {
        None => format!("imported {usual} from {rows}"),
        Some((last, [])) => format!("imported {last} from {rows}"),
        Some((last, others)) => format!("imported {} and {last} from {rows}", others.join(", ")),
    };
    if receipt.openings > 0 {
        sentence = format!("{sentence}; added {}", count(receipt.openings, "lot from before", "lots from before"));
    }
    if receipt.stocks_added > 0 {
        sentence = format!("{sentence}; added {}", count(receipt.stocks_added, "stock", "stocks"));
    }
    if receipt.portfolios_added > 0 {
        sentence = format!("{sentence}; added {}", count(receipt.portfolios_added, "portfolio", "portfolios"));
    }
    if receipt.prices_replaced > 0 {
        sentence = format!("{sentence}; replaced {}", count(receipt.prices_replaced, "price", "prices"));
    }
    if receipt.rates_replaced > 0 {
        sentence = format!("{sentence}; replaced {}", count(receipt.rates_replaced, "rate", "rates"));
    }
    if receipt.skipped_duplicates > 0 {
        sentence = format!("{sentence}; skipped {}", count(receipt.skipped_duplicates, "duplicate", "duplicates"));
    }
    if receipt.similar > 0 {
        let what = if receipt.identities.is_empty() { "recorded" } else { "skipped" };
        sentence = format!("{sentence}; {what} {}", count(receipt.similar, "similar row", "similar rows"));
    }
    sentence
}

/// Shows the holdings that the import affected, if the output is a table.
fn show_holdings(recorded: &Recorded<ImportReceipt>, context: &Context<'_>) -> Result<(), AppError> {
    if context.page.format() != Format::Table || context.is_quiet || context.mode == Mode::DryRun {
        return Ok(());
    }
    let filter = HoldingsFilter::default();
    let mut rows = context.read(|reader| app::holdings(reader, &filter))?;
    let ImportReceipt { touched, priced, .. } = &recorded.value;
    rows.retain(|row| priced.contains(&row.symbol) || touched.contains(&(row.portfolio.clone(), row.symbol.clone())));
    if !rows.is_empty() {
        context
            .page
            .print(&format!("\n{}", context.page.draw(&holdings_table(&rows, HoldingsBy::Position, &[], None))))?;
        let ages = rows.iter().map(|row| (&row.symbol, PriceAge::of(row, context.today)));
        if let Some(note) = what_prices_lack(ages.filter(|(_, age)| *age == PriceAge::Missing), None) {
            context.page.add_below(&note)?;
        }
    }
    Ok(())
}

/// A progress bar, for imports that take longer than a second on a terminal.
struct Progress<'c> {
    context: &'c Context<'c>,
    started: Instant,
    bar: RefCell<Option<ProgressBar>>,
    total: Cell<Option<u64>>,
    last: Cell<u64>,
    is_wanted: bool,
}

impl<'c> Progress<'c> {
    const PATIENCE: Duration = Duration::from_secs(1);
    /// Reading the clock for every row would be too slow.
    const STRIDE: u64 = 1024;

    fn new(context: &'c Context<'c>) -> Self {
        Self {
            context,
            started: Instant::now(),
            bar: RefCell::new(None),
            total: Cell::new(None),
            last: Cell::new(0),
            is_wanted: io::stderr().is_terminal() && !context.is_quiet,
        }
    }

    fn show(&self, done: u64, total: Option<u64>) {
        let mut bar = self.bar.borrow_mut();
        if self.total.replace(total) != total {
            // Another phase, with other units.
            bar.take().iter().for_each(ProgressBar::finish_and_clear);
        }
        let bar = bar.get_or_insert_with(|| match total {
            Some(total) => {
                let style = ProgressStyle::with_template("{wide_bar} {percent:>3} %  {eta} left");
                let bar = ProgressBar::new(total);
                style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
            }
            None => ProgressBar::new_spinner(),
        });
        bar.set_position(done);
    }

    fn finish(&self) {
        self.bar.borrow_mut().take().iter().for_each(ProgressBar::finish_and_clear);
    }
}

impl Observer for Progress<'_> {
    fn advance(&self, done: u64, total: Option<u64>) {
        let is_due = done < self.last.get() || done.saturating_sub(self.last.get()) >= Self::STRIDE;
        if self.is_wanted && is_due {
            self.last.set(done);
            if self.started.elapsed() > Self::PATIENCE {
                self.show(done, total);
            }
        }
    }

    fn is_interrupted(&self) -> bool {
        self.context.is_interrupted()
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.finish();
    }
}
