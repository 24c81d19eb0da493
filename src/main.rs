//! The `stockbook` program.
//!
//! The composition root: the only place where all parts meet.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike as _, Local, NaiveDateTime, TimeDelta, Utc};
use stockbook::bus::EventBus;
use stockbook::cli::{self, Environment};
use stockbook::domain::{Day, Instant};
use stockbook::handlers::SummaryCache;
use stockbook::log::AuditLog;
use stockbook::store::Book;
use uuid::Uuid;

fn main() -> ExitCode {
    let mut environment = Environment {
        now,
        today: today_here,
        local: time_here,
        warning: None,
        new_id: Uuid::new_v4,
        subscribe: handlers,
    };
    if !has_sound_zone() {
        environment =
            Environment { today: today_in_utc, local: time_in_utc, warning: Some(UNSOUND_ZONE), ..environment };
    }
    cli::run(env::args_os(), &environment)
}

/// Registers everything that reacts to events.
fn handlers(book: &Book) -> EventBus<'_> {
    let mut bus = EventBus::new(book);
    bus.register_handler(AuditLog::new(book.log().clone(), book.take_prepared_log()));
    bus.register_handler(SummaryCache::new(book.summaries()));
    bus
}

fn now() -> Instant {
    Instant::from(utc())
}

fn today_here() -> Day {
    Day::nearest(utc().with_timezone(&Local).date_naive())
}

fn time_here(instant: Instant) -> NaiveDateTime {
    instant.utc().with_timezone(&Local).naive_local()
}

fn time_in_utc(instant: Instant) -> NaiveDateTime {
    instant.utc().naive_utc()
}

fn today_in_utc() -> Day {
    Day::nearest(utc().date_naive())
}

/// The system's clock. It may be before 1970, which chrono's own function does not allow; a time whose
/// year does not have four digits, as log lines require, counts as not set.
fn utc() -> DateTime<Utc> {
    let epoch = DateTime::UNIX_EPOCH;
    let time = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => TimeDelta::from_std(since).ok().and_then(|since| epoch.checked_add_signed(since)),
        Err(error) => TimeDelta::from_std(error.duration()).ok().and_then(|until| epoch.checked_sub_signed(until)),
    };
    time.filter(|time| (1..=9999).contains(&time.year())).unwrap_or(epoch)
}

const UNSOUND_ZONE: &str =
    "the local time zone (TZ) is not a regular file of a time zone's size; days are those of UTC";

/// Whether it is safe to look up the local time zone. Its file is read as a whole: a pipe would block,
/// and a device would be read until memory runs out.
fn has_sound_zone() -> bool {
    // A missing file is not read.
    let is_sound = |path: &Path| fs::metadata(path).map_or(true, |file| file.is_file() && file.len() <= LARGEST_ZONE);
    // A value that is not UTF-8 counts as not set.
    let zone = env::var("TZ").unwrap_or_else(|_| "localtime".to_owned());
    match zone.as_str() {
        "" => true,
        "localtime" => is_sound(Path::new("/etc/localtime")),
        named => {
            let name = named.strip_prefix(':').unwrap_or(named);
            ZONE_FOLDERS.iter().all(|folder| is_sound(&Path::new(folder).join(name)))
        }
    }
}

/// The maximum size in bytes of a time zone file: existing ones have a few thousand.
const LARGEST_ZONE: u64 = 1 << 20;

/// Where chrono looks for time zones, unless an absolute path names one; on Windows these do not exist.
const ZONE_FOLDERS: [&str; 4] = ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];
