//! `check`.

use std::io::{self, IsTerminal as _};

use crate::app::{AppError, Check, CheckProblem, CheckReport, Mode, Outcome, Recorded};
use crate::cli::args::CheckArgs;
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Format, Record, Row, Table, Tone, Value, csv, json_line};

pub(in crate::cli) fn check(args: &CheckArgs, context: &Context<'_>) -> Result<(), AppError> {
    if !args.repair {
        return show(&context.check()?, Vec::new(), args, context);
    }
    let Recorded { value: report, mode, outcome, .. } = context.repair()?;
    let more = vec![
        ("repairs", Value::Words(report.repairs.clone())),
        ("rematched", Value::List(Vec::new())),
        ("recorded", Value::Truth(mode == Mode::Record && outcome == Outcome::New)),
        ("dry_run", Value::Truth(mode == Mode::DryRun)),
        ("events", Value::List(Vec::new())),
    ];
    show(&report, more, args, context)
}

/// Prints a report, with additional members in JSON, and sets the exit code by the result.
fn show(
    report: &CheckReport,
    more: Vec<(&'static str, Value)>,
    args: &CheckArgs,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let checks: Vec<Record> = report.checks.iter().map(check_record).collect();
    let text = match context.page.format() {
        Format::Table => as_tables(report, args, context),
        Format::Json => {
            let problems = report.problems.iter().map(problem_record).collect();
            let mut members = vec![("checks", Value::List(checks)), ("problems", Value::List(problems))];
            members.extend(more);
            json_line(&Record(members))?
        }
        Format::Csv => csv(&checks, CHECK_MEMBERS)?,
    };
    context.page.print(&text)?;
    conclude(report, context)
}

/// The exit code for the result.
fn conclude(report: &CheckReport, context: &Context<'_>) -> Result<(), AppError> {
    if report.is_sound() {
        return Ok(());
    }
    let has = |code: &str| report.problems.iter().any(|problem| problem.code == code && !problem.can_be_repaired);
    let hint = if report.problems.iter().all(|problem| problem.can_be_repaired) {
        "`stockbook check --repair` rebuilds what is wrong from what is sound"
    } else if has("damaged_page") || has("damaged_book") {
        "the file itself is damaged: restore a backup of the book and its log"
    } else if has("unreadable_log") {
        "the log could not be read: make it readable, and check again"
    } else if has("structure_differs") {
        "another program has changed the book's structure: undo that, or restore a backup of the book and its log"
    } else if has("not_repaired") {
        "everything else was repaired; `stockbook audit repair` tries again"
    } else {
        "facts are not as they were recorded, and nothing can rebuild them: restore a backup of the book and its log"
    };
    let message = format!("{} found in {}", counted(report.problems.len()), context.book().display());
    Err(AppError::Found { code: "not_sound", message, hint: Some(hint.to_owned()) })
}

fn counted(problems: usize) -> String {
    if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") }
}

fn as_tables(report: &CheckReport, args: &CheckArgs, context: &Context<'_>) -> String {
    let is_wanted = !context.is_quiet && (args.verbose || io::stdout().is_terminal());
    let mut text = String::new();
    if is_wanted {
        text.push_str(&context.page.draw(&checks_table(&report.checks)));
    }
    if report.problems.is_empty() && !is_wanted && !context.is_quiet {
        text.push_str(&as_sentence(report, context));
    }
    if !report.problems.is_empty() {
        if is_wanted {
            text.push('\n');
        }
        text.push_str(&context.page.draw(&problems_table(&report.problems)));
    }
    if context.is_quiet || report.repairs.is_empty() {
        return text;
    }
    if context.mode == Mode::DryRun {
        text.push_str("dry run, nothing is repaired\n");
    }
    report.repairs.iter().fold(text, |text, repair| text + repair + "\n")
}

/// The result as a sentence, if no table is shown.
fn as_sentence(report: &CheckReport, context: &Context<'_>) -> String {
    let unknown = report.checks.iter().filter(|check| check.is_ok.is_none()).count();
    let book = context.book().display();
    match unknown {
        0 => format!("{book} is sound: {} checks, no problem\n", report.checks.len()),
        _ => format!("no problem found in {book}, but {unknown} of {} checks could not be made\n", report.checks.len()),
    }
}

fn checks_table(checks: &[Check]) -> Table {
    let columns = vec![Column::key("check", 100), Column::key("result", 90), Column::prose("detail", 80)];
    let cells = |check: &Check| {
        let result = match check.is_ok {
            Some(true) => Cell::plain("ok"),
            Some(false) => Cell::new("wrong", Tone::Loss),
            None => Cell::plain("?"),
        };
        Row::Data(vec![Cell::plain(check.name.as_str()), result, Cell::plain(check.detail.as_str())])
    };
    Table { columns, rows: checks.iter().map(cells).collect() }
}

fn problems_table(problems: &[CheckProblem]) -> Table {
    let columns = vec![Column::key("check", 100), Column::key("problem", 80), Column::prose("what", 90)];
    let cells = |problem: &CheckProblem| {
        Row::Data(vec![
            Cell::plain(problem.check.as_str()),
            Cell::new(problem.code, Tone::Loss),
            Cell::plain(problem.message.as_str()),
        ])
    };
    Table { columns, rows: problems.iter().map(cells).collect() }
}

const CHECK_MEMBERS: &[&str] = &["name", "ok", "detail"];

fn check_record(check: &Check) -> Record {
    Record(vec![
        ("name", Value::text(&check.name)),
        ("ok", check.is_ok.map_or(Value::Null, Value::Truth)),
        ("detail", Value::text(&check.detail)),
    ])
}

fn problem_record(problem: &CheckProblem) -> Record {
    Record(vec![
        ("check", Value::text(&problem.check)),
        ("code", Value::text(&problem.code)),
        ("message", Value::text(&problem.message)),
        ("can_be_repaired", Value::Truth(problem.can_be_repaired)),
    ])
}
