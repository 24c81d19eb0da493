//! `audit verify` and `audit head`.

use std::path::Path;

use crate::app::{AppError, LogReport};
use crate::cli::args::AuditVerifyArgs;
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Format, Record, Row, Table, Tone, Value, csv, figure, json_line};
use crate::cli::views::{PROBLEM_MEMBERS, problem};
use crate::log::{EventHash, Head, LogState, Problem, Verdict};

pub(super) fn head(context: &Context<'_>) -> Result<(), AppError> {
    let last = context.read_sound(|book| Ok(book.events().head()?))?;
    let Some(last) = last else { return Err(AppError::damaged("it has no events")) };
    let (sequence, hash) = (last.sequence, EventHash::of(&last.line));
    let record = Record(vec![("sequence", Value::Count(sequence)), ("hash", Value::exact(&hash))]);
    let text = match context.page.format() {
        Format::Table => format!("{sequence} {hash}\n"),
        Format::Json => json_line(&record)?,
        Format::Csv => csv(&[record], &["sequence", "hash"])?,
    };
    context.page.print(&text)
}

pub(super) fn verify(args: &AuditVerifyArgs, context: &Context<'_>) -> Result<(), AppError> {
    let report = context.verify_log(&args.head)?;
    let problems = &report.verdict.problems;
    let text = match context.page.format() {
        Format::Table if problems.is_empty() && context.is_quiet => String::new(),
        Format::Table if problems.is_empty() => as_sentence(&report, args.head.len()),
        Format::Table => context.page.draw(&as_table(problems)),
        Format::Json => as_json(&report)?,
        Format::Csv => csv(&problems.iter().map(problem).collect::<Vec<_>>(), PROBLEM_MEMBERS)?,
    };
    context.page.print(&text)?;
    if problems.is_empty() { Ok(()) } else { Err(found(&report)) }
}

fn as_sentence(report: &LogReport, heads: usize) -> String {
    let heads = match heads {
        0 => String::new(),
        1 => ", and the noted head belongs to this history".to_owned(),
        _ => format!(", and the {heads} noted heads belong to this history"),
    };
    let head = report.verdict.head.map(|Head { sequence, hash }| format!("head {sequence} {hash}\n"));
    let pending = match report.verdict.pending {
        0 => String::new(),
        1 => ", except for 1 event not yet delivered to the log".to_owned(),
        many => format!(", except for {} events not yet delivered to the log", figure::count(many)),
    };
    format!(
        "{} events: the chain holds, log and book agree{pending}{heads}\n{}",
        figure::count(report.verdict.events),
        head.unwrap_or_default()
    )
}

fn as_table(problems: &[Problem]) -> Table {
    let columns = vec![
        Column::number("sequence", 95),
        Column::number("line", 80),
        Column::key("problem", 100),
        Column::prose("what", 90),
    ];
    let cells = |problem: &Problem| {
        Row::Data(vec![
            Cell::plain(problem.sequence.to_string()),
            problem.line.map_or_else(Cell::empty, |line| Cell::plain(line.to_string())),
            Cell::new(problem.kind.code(), Tone::Loss),
            Cell::plain(problem.to_string()),
        ])
    };
    Table { columns, rows: problems.iter().map(cells).collect() }
}

fn as_json(report: &LogReport) -> Result<String, AppError> {
    let LogReport { log_file, verdict } = report;
    let Verdict { left_off, pending, .. } = verdict;
    let members = Record(vec![
        ("events", Value::Count(verdict.events)),
        ("head_sequence", verdict.head.map_or(Value::Null, |head| Value::Count(head.sequence))),
        ("head_hash", Value::optional(verdict.head.map(|head| head.hash).as_ref())),
        ("log_file", Value::text(&log_file.display())),
        ("problems", Value::List(verdict.problems.iter().map(problem).collect())),
        ("problems_left_off", Value::Count(*left_off)),
        ("pending", Value::Count(*pending)),
    ]);
    json_line(&members)
}

/// The name of the log in a sentence, without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn found(report: &LogReport) -> AppError {
    let LogReport { log_file, verdict } = report;
    let count = u64::try_from(verdict.problems.len()).unwrap_or(u64::MAX).saturating_add(verdict.left_off);
    let problems = if count == 1 { "1 problem".to_owned() } else { format!("{} problems", figure::count(count)) };
    let is_of_log = verdict.problems.iter().all(|problem| problem.kind.is_of_log());
    let hint = match verdict.log_state() {
        _ if !is_of_log => "it is not the log alone: compare the book with a backup of it",
        LogState::Sound | LogState::Incomplete => "the next command completes the log from the book",
        LogState::Foreign => "`stockbook audit repair` moves the log aside and rebuilds it from the book",
    };
    AppError::Found {
        code: "problems_found",
        message: format!("{problems} found in {}", file_name(log_file)),
        hint: Some(hint.to_owned()),
    }
}
