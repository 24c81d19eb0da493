//! What every trial of a scenario begins with, and the folder of one trial.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::disk::{Disk, Recording};
use crate::scenario::{BACK_UP, COPY, ENTERED, LOG, READ, Scenario, Start};
use crate::shim::{Call, Fault, Shimmed, read_record};
use crate::witness::{Examined, examine, with_suffix};

/// A scenario with the folder that every trial begins with.
pub(crate) struct Stage {
    pub(crate) scenario: Scenario,
    /// What is taken away from the program's protocol, by the names in shim.c.
    pub(crate) weakened: &'static str,
    home: TempDir,
    /// The lines of the book before the commands.
    base: Vec<String>,
    /// How many lines there are after each command.
    lines_after: Vec<usize>,
    /// The calls of each command, when nothing goes wrong.
    pub(crate) calls: Vec<Vec<Call>>,
    pub(crate) recording: Recording,
    /// The log that someone wrote into, if that is how it starts.
    pub(crate) foreign_log: Vec<u8>,
}

/// A folder of its own for one trial.
pub(crate) struct Trial<'s> {
    pub(crate) stage: &'s Stage,
    folder: TempDir,
}

impl Stage {
    pub(crate) fn set(scenario: Scenario, weakened: &'static str) -> Self {
        let home = tempfile::tempdir_in(place()).unwrap();
        fs::create_dir(home.path().join("start")).unwrap();
        fs::write(home.path().join("rows.csv"), rows()).unwrap();
        let recording = Recording { before: Disk::default(), steps: Vec::new(), synced_by: Vec::new() };
        let (base, lines_after, calls) = (Vec::new(), Vec::new(), Vec::new());
        let foreign_log = Vec::new();
        let mut stage = Self { scenario, weakened, home, base, lines_after, calls, recording, foreign_log };
        stage.prepare();
        stage.rehearse();
        stage
    }

    /// Makes the folder that trials begin with.
    fn prepare(&mut self) {
        if self.scenario.start == Start::NoBook {
            return;
        }
        let folder = self.home.path().join("start");
        if self.scenario.start == Start::EarlierFormat {
            fs::create_dir(folder.join("data")).unwrap();
            let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/1");
            for suffix in ["", ".audit.jsonl"] {
                let book = with_suffix(&book_in(&folder), suffix);
                fs::copy(with_suffix(&made.join("book.db"), suffix), book).unwrap();
            }
            self.base = examine(&book_in(&folder)).and_then(Examined::sound).unwrap();
            return;
        }
        let enter = |command| assert_success(&program(&folder, command).output().unwrap());
        let (last, before) = ENTERED.split_last().unwrap();
        for command in before {
            enter(command);
        }
        if self.scenario.start == Start::BackedUp {
            enter(BACK_UP);
        }
        enter(last);
        let log = with_suffix(&book_in(&folder), ".audit.jsonl");
        let bytes = fs::read(&log).unwrap();
        let kept = bytes.len() - 700;
        match self.scenario.start {
            Start::NoBook | Start::EarlierFormat | Start::Sound | Start::BackedUp => {}
            Start::Undelivered => self.leave_undelivered(&folder),
            Start::LogDeleted => fs::remove_file(log).unwrap(),
            Start::LogCut => fs::write(log, &bytes[..bytes.len() / 2]).unwrap(),
            Start::LogZeroed => fs::write(log, [&bytes[..kept], &[0; 700]].concat()).unwrap(),
            Start::LogForeign => {
                self.foreign_log = [&bytes, &b"{\"sequence\":99}\n"[..]].concat();
                fs::write(log, &self.foreign_log).unwrap();
            }
            Start::DerivedWrong => {
                let book = Connection::open(book_in(&folder)).unwrap();
                let wrong =
                    "DELETE FROM open_lots WHERE acquired_on = '2024-01-03'; UPDATE positions SET quantity = '1';
                             UPDATE summaries SET quantity = '77'";
                book.execute_batch(wrong).unwrap();
            }
        }
        // The lines that the book has, whatever has become of the log.
        let trial = Trial::of(self);
        trial.run_unweakened(READ);
        let base = examine(&trial.book()).unwrap().lines;
        drop(trial);
        self.base = base;
    }

    fn leave_undelivered(&self, folder: &Path) {
        let command = ["buy", "ACME", "1", "140", "--date", "2024-01-05"];
        let rehearsal = Trial::of(self);
        let record = self.home.path().join("record");
        rehearsal.shimmed(&command).recorded(&record);
        let is_line = |call: &&Call| call.kind == 'w' && call.path.to_string_lossy().ends_with(".audit.jsonl");
        let line = read_record(&record).iter().find(is_line).unwrap().number;
        fs::remove_file(record).unwrap();
        let shimmed = Shimmed { command: program(folder, &command), folder, weakened: "" };
        assert!(shimmed.with(Fault::Kill, line).status.code().is_none());
    }

    /// Carries out the commands while nothing goes wrong.
    fn rehearse(&mut self) {
        let unwatched = Trial::of(self);
        let lines_after = |command: &&[&str]| {
            unwatched.run_unweakened(command);
            examine(&unwatched.book()).unwrap().lines.len()
        };
        let lines_after = self.scenario.commands.iter().map(lines_after).collect();

        let trial = Trial::of(self);
        let record = self.home.path().join("record");
        let mut calls = Vec::new();
        let recording = Recording::of(trial.folder.path(), || {
            for command in &self.scenario.commands {
                assert_success(&trial.shimmed(command).recorded(&record));
                calls.push(read_record(&record));
                fs::remove_file(&record).unwrap();
            }
            calls.concat()
        });
        let seen = recording.after();
        let there = Disk::read(trial.folder.path());
        assert!(seen.digest() == there.digest(), "{}: the shim does not see every call", self.scenario.name);
        drop((trial, unwatched));
        (self.lines_after, self.calls, self.recording) = (lines_after, calls, recording);
    }

    /// The log after all commands, when nothing goes wrong.
    pub(crate) fn finished_log(&self) -> Vec<u8> {
        self.recording.after().content(Path::new(LOG)).map(<[u8]>::to_vec).unwrap_or_default()
    }

    /// Whether a book with these lines has recorded at least so many of the commands and at most so
    /// many, each of them whole.
    ///
    /// # Errors
    /// If not.
    pub(crate) fn has_recorded(&self, lines: &[String], at_least: usize, at_most: usize) -> Result<(), String> {
        if lines.get(..self.base.len()) != Some(&self.base) {
            return Err("lines that were there before are not there any more".to_owned());
        }
        let after: Vec<usize> = [self.base.len()].into_iter().chain(self.lines_after.iter().copied()).collect();
        let (count, expected) = (lines.len(), &after[at_least..=at_most]);
        if expected.contains(&count) { Ok(()) } else { Err(format!("{count} lines instead of {expected:?}")) }
    }
}

impl<'s> Trial<'s> {
    /// A trial that begins where the scenario does.
    pub(crate) fn of(stage: &'s Stage) -> Self {
        Self::on(stage, &Disk::read(&stage.home.path().join("start")))
    }

    /// A trial that begins with this.
    pub(crate) fn on(stage: &'s Stage, disk: &Disk) -> Self {
        let folder = tempfile::tempdir_in(stage.home.path()).unwrap();
        disk.lay_out(folder.path());
        Self { stage, folder }
    }

    pub(crate) fn book(&self) -> PathBuf {
        book_in(self.folder.path())
    }

    pub(crate) fn copy(&self) -> PathBuf {
        self.folder.path().join(COPY)
    }

    /// Runs a command while nothing goes wrong.
    pub(crate) fn run(&self, command: &[&str]) -> Output {
        self.shimmed(command).run()
    }

    fn run_unweakened(&self, command: &[&str]) {
        assert_success(&program(self.folder.path(), command).output().unwrap());
    }

    /// A command with the shim, weakened as the scenario is.
    pub(crate) fn shimmed(&self, command: &[&str]) -> Shimmed<'_> {
        let (folder, weakened) = (self.folder.path(), self.stage.weakened);
        Shimmed { command: program(folder, command), folder, weakened }
    }

    /// What is in the folder.
    pub(crate) fn disk(&self) -> Disk {
        Disk::read(self.folder.path())
    }
}

fn assert_success(output: &Output) {
    assert!(output.status.success(), "{output:?}");
}

/// In memory where that is possible: the tests sync a lot.
pub(crate) fn place() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if tempfile::tempdir_in(&memory).is_ok() { memory } else { std::env::temp_dir() }
}

fn book_in(folder: &Path) -> PathBuf {
    folder.join("data").join("book.db")
}

pub(crate) fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = program_on(&book_in(folder), args);
    command.current_dir(folder);
    command
}

/// The program on a book, in an environment that holds nothing else.
pub(crate) fn program_on<A: AsRef<OsStr>>(book: &Path, args: &[A]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stockbook"));
    command.args(args).env_clear().env("TZ", "UTC").env("STOCKBOOK_BOOK", book).stdin(Stdio::null());
    command
}

/// A thousand trades on forty days, a quarter of them sales; one of the stocks is new.
fn rows() -> String {
    let row = |row: usize| {
        let (month, day) = (2 + row / 500, 1 + row / 25 % 20);
        let (action, quantity) = if row % 4 == 3 { ("sell", 2) } else { ("buy", 3) };
        let symbol = if row % 8 < 4 { "ACME" } else { "DRUM" };
        format!("2024-{month:02}-{day:02},{action},{symbol},{quantity},{},1\n", 100 + row % 37)
    };
    "date,action,symbol,quantity,price,fee\n".to_owned() + &(0..1000).map(row).collect::<String>()
}
