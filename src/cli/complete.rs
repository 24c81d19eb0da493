//! Answers the shells' completion scripts with what can be typed at the cursor.
//!
//! The scripts in `completions/` pass the words and receive a line for each candidate, with its
//! description after a tab; a line that begins with a tab means that file names are candidates. What an
//! argument expects follows from the type of its value, so that a new command is completed without a
//! change here.

mod place;

use std::any::TypeId;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, ValueHint};

use super::args;
use super::dates::DateArg;
use super::manual;
use super::output::{figure, printable};
use super::views;
use crate::app::{AppError, BookRecord, CurrencyUse, Glance, LotChoice, RecordFilter};
use crate::domain::{CompanyName, CostBasisMethod, Currency, ExternalId, PortfolioName, Symbol, TransactionType};
use crate::formats::Library;
use place::{Candidates, TypedLine};

/// A candidate and its description.
#[derive(Clone)]
struct Candidate(String, String);

/// The lines of the answer for these words; the last word is at the cursor.
pub(super) fn answer(words: &[OsString], book: &Path) -> String {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let mut root = args::definition();
    root.build();
    let line = TypedLine::read(&root, &words);
    let book = line.values.get("book").map_or_else(|| book.to_owned(), |typed| at_home(typed));
    let mut text = String::new();
    for place in &line.places {
        let (before, candidates) = match place {
            Candidates::Command if line.command.get_name() == "help" => {
                ("", [commands(line.command), topics()].concat())
            }
            Candidates::Command => ("", commands(line.command)),
            Candidates::Option => ("", options(&line)),
            Candidates::Value(arg, before) => {
                if is_file(arg) {
                    text.push_str("\tfiles\n");
                }
                (before.as_str(), values(&line, arg, &book).unwrap_or_default())
            }
        };
        let fitting = candidates.into_iter().filter(|Candidate(value, _)| fits(value, &line.beginning));
        for Candidate(value, meaning) in fitting {
            // A value that contains a tab or a line feed would be misread.
            let parts = ["", before, &*printable(&value), "\t", &*printable(&meaning), "\n"];
            text.extend(parts);
        }
    }
    text
}

/// A path as the shell would expand it: completion receives the words as they were typed.
fn at_home(typed: &str) -> PathBuf {
    let home = typed.strip_prefix("~/").and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
    home.unwrap_or_else(|| PathBuf::from(typed))
}

/// Whether a value begins with what is typed, ignoring case.
fn fits(value: &str, beginning: &str) -> bool {
    value.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}

fn commands(command: &Command) -> Vec<Candidate> {
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    let about = |command: &Command| command.get_about().map(ToString::to_string).unwrap_or_default();
    shown.map(|command| Candidate(command.get_name().to_owned(), about(command))).collect()
}

/// Pages of the manual.
fn topics() -> Vec<Candidate> {
    manual::topics().map(|(name, about)| Candidate(name.to_owned(), about.to_owned())).collect()
}

fn options(line: &TypedLine<'_>) -> Vec<Candidate> {
    let mut fitting: Vec<&Arg> = line.command.get_arguments().collect();
    fitting.retain(|arg| !arg.is_hide_set() && line.can_have(arg));
    let is_about = |arg: &Arg| matches!(arg.get_action(), ArgAction::Help | ArgAction::Version);
    // The command's own options come first.
    fitting.sort_by_key(|arg| (is_about(arg), arg.is_global_set()));
    let option = |arg: &Arg| Some(Candidate(format!("--{}", arg.get_long()?), help(arg)));
    fitting.into_iter().filter_map(option).collect()
}

/// The first sentence of an argument's help.
fn help(arg: &Arg) -> String {
    arg.get_help().map(ToString::to_string).unwrap_or_default()
}

fn is_file(arg: &Arg) -> bool {
    matches!(
        arg.get_value_hint(),
        ValueHint::AnyPath
            | ValueHint::FilePath
            | ValueHint::DirPath
            | ValueHint::ExecutablePath
            | ValueHint::CommandName
            | ValueHint::CommandString
            | ValueHint::CommandWithArguments
    )
}

/// The possible values of an argument, by its type; none for a name that the user invents.
fn values(line: &TypedLine<'_>, arg: &Arg, book: &Path) -> Result<Vec<Candidate>, AppError> {
    let is_read_as = |id: TypeId| arg.get_value_parser().type_id() == id;
    let is_positional = arg.is_positional();
    if arg.get_value_hint() == ValueHint::Other {
        return Ok(Vec::new());
    }
    let fixed: Vec<Candidate> = arg.get_possible_values().iter().filter_map(possible).collect();
    if !fixed.is_empty() {
        return Ok(fixed);
    }
    if is_read_as(TypeId::of::<CostBasisMethod>()) {
        return Ok(CostBasisMethod::ALL.map(|method| Candidate(method.to_string(), method_meaning(method))).into());
    }
    if is_read_as(TypeId::of::<TransactionType>()) {
        let word = |it: TransactionType| it.as_str().to_ascii_lowercase().replace('_', "-");
        return Ok(TransactionType::ALL.map(|it| Candidate(word(it), String::new())).into());
    }
    if is_read_as(TypeId::of::<DateArg>()) {
        return Ok(["today", "yesterday"].map(|day| Candidate(day.to_owned(), String::new())).into());
    }
    if (line.command.get_name(), arg.get_id().as_str()) == ("formats", "name")
        || arg.get_id() == "format" && is_read_as(TypeId::of::<String>())
    {
        return Ok(formats());
    }
    let of_book = |wanted: &dyn Fn(&Glance) -> Result<Vec<Candidate>, AppError>| wanted(&Glance::at(book)?);
    match (line.command.get_name(), arg.get_id().as_str()) {
        ("undo", "batch") => of_book(&imports),
        ("history", "name") => of_book(&|glance| {
            let records = records(glance, &RecordFilter::default(), &line.beginning)?;
            Ok([symbols(glance)?, portfolios(glance)?, records].into_iter().flatten().collect())
        }),
        _ if is_read_as(TypeId::of::<Currency>()) => of_book(&currencies),
        _ if is_read_as(TypeId::of::<Symbol>()) => of_book(&symbols),
        _ if is_read_as(TypeId::of::<PortfolioName>()) => of_book(&portfolios),
        // An option of this type sets an id of the user's own.
        (command, _) if is_read_as(TypeId::of::<ExternalId>()) && is_positional => {
            let types: &[TransactionType] = match command {
                "gain" => &[TransactionType::Sell],
                "amend" => &[TransactionType::Buy, TransactionType::Sell, TransactionType::Dividend],
                _ => &[],
            };
            let wanted = RecordFilter { types, symbol: None };
            of_book(&|glance| records(glance, &wanted, &line.beginning))
        }
        _ if is_read_as(TypeId::of::<LotChoice>()) => {
            let symbol = line.values.get("symbol").and_then(|typed| typed.parse().ok());
            let wanted = RecordFilter { types: &[TransactionType::Buy], symbol };
            of_book(&|glance| records(glance, &wanted, &line.beginning))
        }
        _ => Ok(Vec::new()),
    }
}

fn possible(value: &PossibleValue) -> Option<Candidate> {
    let meaning = value.get_help().map(ToString::to_string).unwrap_or_default();
    (!value.is_hide_set()).then(|| Candidate(value.get_name().to_owned(), meaning))
}

fn method_meaning(method: CostBasisMethod) -> String {
    match method {
        CostBasisMethod::Fifo => "the oldest lot first",
        CostBasisMethod::Lifo => "the newest lot first",
        CostBasisMethod::Hifo => "the lot of the highest cost first",
        CostBasisMethod::Average => "every share at the average cost",
    }
    .to_owned()
}

fn formats() -> Vec<Candidate> {
    let library = Library::built_in();
    library.all().iter().map(|format| Candidate(format.name().to_owned(), format.title().to_owned())).collect()
}

fn symbols(glance: &Glance) -> Result<Vec<Candidate>, AppError> {
    let stocks = glance.stocks()?.into_iter();
    let candidate = |(symbol, name): (Symbol, CompanyName)| {
        // If the imported file had no names, the symbol was used as the name.
        let meaning = if name.to_string() == symbol.as_str() { String::new() } else { name.to_string() };
        Candidate(symbol.to_string(), meaning)
    };
    Ok(stocks.map(candidate).collect())
}

fn currencies(glance: &Glance) -> Result<Vec<Candidate>, AppError> {
    let currencies = glance.currencies()?;
    let meaning = |it: CurrencyUse| match it {
        CurrencyUse::Stocks => "stocks are traded in it",
        CurrencyUse::Rates => "there are rates of it",
    };
    Ok(currencies.into_iter().map(|(it, by)| Candidate(it.to_string(), meaning(by).to_owned())).collect())
}

fn portfolios(glance: &Glance) -> Result<Vec<Candidate>, AppError> {
    let portfolios = glance.portfolios()?;
    let candidate =
        |it: &crate::domain::Portfolio| Candidate(it.name().to_string(), it.cost_basis_method().to_string());
    Ok(portfolios.iter().map(candidate).collect())
}

fn records(glance: &Glance, wanted: &RecordFilter, beginning: &str) -> Result<Vec<Candidate>, AppError> {
    let found = glance.records(wanted, beginning)?;
    let candidate = |record: &BookRecord| {
        let short = figure::short_id(record.id());
        // A broker's ids may all begin with the same characters.
        let is_enough = beginning.len() <= short.len() && glance.is_of_one(&short)?;
        let id = if is_enough { short } else { record.id().to_string() };
        Ok(Candidate(id, views::summary(record)))
    };
    found.iter().map(candidate).collect()
}

fn imports(glance: &Glance) -> Result<Vec<Candidate>, AppError> {
    let imports = glance.imports()?;
    let candidates = imports.iter().map(|import| {
        let files: Vec<&str> = import.completed.files.iter().map(|file| file.name.as_str()).collect();
        let id = import.completed.batch_id.to_string().chars().take(8).collect();
        Candidate(id, files.join(", "))
    });
    Ok(candidates.collect())
}
