//! `audit repair`.

use super::verify::file_name;
use crate::app::{AppError, LogRepair, Mode, Recorded};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Record, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::problem;
use crate::log::LogState;

pub(super) fn repair(context: &Context<'_>) -> Result<(), AppError> {
    let recorded = context.repair_log()?;
    let LogRepair { report, moved_to } = &recorded.value;
    let verdict = &report.verdict;
    let problems: Vec<Record> = verdict.problems.iter().map(problem).collect();
    let moved_to = moved_to.as_ref().map(|path| path.display().to_string());
    let members = Record(vec![
        ("log_file", Value::text(&report.log_file.display())),
        ("moved_to", Value::optional_text(moved_to.as_ref())),
        ("problems", Value::List(problems)),
    ]);
    let receipt = Receipt::new(sentences(&recorded), members);
    show_recorded(|| receipt.print_as_told(&recorded, context));
    if !verdict.problems.iter().all(|problem| problem.kind.is_of_log()) {
        context.page.say("warning: the book itself is not sound; `stockbook audit verify` shows more");
    }
    Ok(())
}

fn sentences(recorded: &Recorded<LogRepair>) -> Vec<String> {
    let LogRepair { report, moved_to } = &recorded.value;
    let (log, events) = (file_name(&report.log_file), figure::count(report.verdict.events));
    let (complete, move_it, write) = match recorded.mode {
        Mode::Record => ("completed", "moved", "wrote"),
        Mode::DryRun => ("would complete", "would move", "would write"),
    };
    match report.verdict.log_state() {
        LogState::Sound => vec![format!("{log} is the book's: nothing to repair")],
        LogState::Incomplete => vec![format!("{complete} {log} from the book: {events} events")],
        LogState::Foreign => {
            let to = moved_to.as_ref().map_or_else(|| format!("{log}.bad- and the time"), |path| file_name(path));
            vec![format!("{move_it} {log} to {to}"), format!("{write} {log} anew from the book: {events} events")]
        }
    }
}
