//! What is wrong with the audit log or the history.

use crate::cli::output::{Record, Value};
use crate::log::Problem;

/// The members of a problem.
pub(in crate::cli) const PROBLEM_MEMBERS: &[&str] = &["code", "sequence", "line", "message"];

/// A problem, as `audit verify`, `audit repair` and `backup` show it.
pub(in crate::cli) fn problem(problem: &Problem) -> Record {
    Record(vec![
        ("code", Value::text(&problem.kind.code())),
        ("sequence", Value::Count(problem.sequence)),
        ("line", problem.line.map_or(Value::Null, Value::Count)),
        ("message", Value::text(problem)),
    ])
}
