//! Logs SQLite's statements and their cost; in debug builds only, and only if `STOCKBOOK_TRACE` names a file.
//! Tests search it for statements whose cost grows with the history.

use std::fs::OpenOptions;
use std::io::Write as _;

use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, StatementStatus};
use serde_json::json;

/// Logs every statement that the connection runs, one JSON object per line, with the number of virtual
/// machine instructions of all its runs so far.
pub(super) fn watched(mut connection: Connection) -> rusqlite::Result<Connection> {
    let Some(path) = std::env::var_os("STOCKBOOK_TRACE") else { return Ok(connection) };
    let write = move |event: TraceEvent<'_>| {
        let TraceEvent::Profile(statement, _) = event else { return };
        let line = json!({ "sql": statement.sql(), "steps": statement.get_status(StatementStatus::VmStep) });
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let _ = file.and_then(|mut file| writeln!(file, "{line}"));
    };
    connection.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(write))?;
    Ok(connection)
}
