//! The `stockbook` program.
//!
//! The composition root: the only place where all parts meet.

use std::process::ExitCode;

use chrono::{Local, Utc};
use stockbook::bus::EventBus;
use stockbook::cli::{self, Environment};
use stockbook::domain::{Day, Instant};
use stockbook::handlers::{AuditLog, SummaryCache};
use stockbook::store::Book;
use uuid::Uuid;

fn main() -> ExitCode {
    let environment =
        Environment { now: || Instant::from(Utc::now()), today, new_id: Uuid::new_v4, subscribe: handlers };
    cli::run(std::env::args_os(), &environment)
}

/// Who reacts to events.
fn handlers(book: &Book) -> EventBus<'_> {
    let mut bus = EventBus::new(book);
    bus.register_handler(AuditLog::of(book));
    bus.register_handler(SummaryCache::new(book.summaries()));
    bus
}

fn today() -> Day {
    let date = Local::now().date_naive();
    Day::try_from(date).unwrap_or(Day::LAST)
}
