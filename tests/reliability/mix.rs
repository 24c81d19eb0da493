//! Writers, readers without write permission, backups, checks and repairs on one book for a while, each of
//! which may be killed or stopped at any moment.

mod claims;
mod person;
mod reader;
mod writer;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use crate::powercut::Chance;
use crate::stage::{place, program};
use claims::Claims;
use person::{Person, User};

/// What all of them share.
struct Mix {
    folder: PathBuf,
    ends: Instant,
    claims: Mutex<Claims>,
}

/// The stock that all writers trade.
const SHARED: &str = "SHARED";

/// The stock that one writer alone trades.
fn own(writer: usize) -> String {
    format!("OWN{writer}")
}

impl Mix {
    fn claims(&self) -> MutexGuard<'_, Claims> {
        self.claims.lock().unwrap()
    }

    fn is_over(&self) -> bool {
        Instant::now() >= self.ends || self.claims().is_enough()
    }

    fn book(&self) -> PathBuf {
        self.folder.join("data").join("book.db")
    }

    /// Runs all of them on a new book.
    fn run(writers: usize, time: Duration) {
        let folder = tempfile::tempdir_in(place()).unwrap();
        let claims = Mutex::default();
        let mix = Self { folder: folder.path().to_owned(), ends: Instant::now() + time, claims };
        mix.prepare(writers);
        let others = User::without_permission(&mix.folder);
        if others == User::Owner {
            println!("left out: readers who may not write, as only root can become another user");
        }
        let person = |name: &str, seed, user| Person::new(&mix, name, Chance(seed), user);
        thread::scope(|scope| {
            let mix = &mix;
            for writer in 0..writers {
                let mut person = person(&format!("writer {writer}"), writer as u64 + 1, User::Owner);
                scope.spawn(move || writer::write(mix, &mut person, writer));
            }
            for (at, user) in [others, others, User::Owner].into_iter().enumerate() {
                let mut person = person(&format!("reader {at}"), at as u64 + 100, user);
                scope.spawn(move || reader::read(mix, &mut person, at));
            }
            let mut person = person("keeper", 200, User::Owner);
            scope.spawn(move || reader::keep(mix, &mut person));
        });
        let mut claims = mix.claims();
        claims.settle(&mix.book());
        println!("{claims}");
        let failures = claims.failures.concat();
        if !failures.is_empty() {
            println!("the book is kept in {}", folder.keep().display());
        }
        assert!(failures.is_empty(), "{failures}");
    }

    /// A book that everybody may read.
    fn prepare(&self, writers: usize) {
        for (name, mode) in [("data", 0o755), ("copies", 0o755), ("temporary", 0o1777)] {
            fs::create_dir(self.folder.join(name)).unwrap();
            open_up(&self.folder.join(name), mode);
        }
        open_up(&self.folder, 0o755);
        let run = |args: &[&str]| {
            assert!(program(&self.folder, args).stdout(Stdio::null()).status().unwrap().success(), "{args:?}");
        };
        run(&["add-stock", SHARED, "Shared Inc."]);
        run(&["buy", SHARED, "20", "10", "--date", "2024-01-02"]);
        for writer in 0..writers {
            run(&["add-stock", &own(writer), "Own Inc."]);
        }
        for name in ["data/book.db", "data/book.db.audit.jsonl"] {
            open_up(&self.folder.join(name), 0o644);
        }
    }
}

fn open_up(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_mix_of_commands_loses_and_confuses_nothing() {
    Mix::run(2, Duration::from_secs(4));
}

/// `MIX_SECONDS` in the environment is the duration; a minute by default.
#[test]
#[ignore = "takes as long as it is told to"]
fn a_long_mix_of_commands_loses_and_confuses_nothing() {
    let seconds = std::env::var("MIX_SECONDS").map_or(60, |seconds| seconds.parse().unwrap());
    Mix::run(4, Duration::from_secs(seconds));
}
