//! The commands whose crashes are tried, and the books that they are tried on.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::disk::{Disk, Recording};
use crate::shim::{Call, Fault, Shimmed, read_record};
use crate::witness::{examine, with_suffix};

/// What is there before the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// Nothing, not even the folder.
    NoBook,
    /// A book with a few events and all that belongs to it.
    Sound,
    /// The last command was killed between its commit and the delivery.
    Undelivered,
    /// Someone deleted the log.
    LogDeleted,
    /// The log ends within a line.
    LogCut,
    /// The log ends in zeros.
    LogZeroed,
    /// A backup was made a while ago.
    BackedUp,
}

/// A command, or several in a row, on a book.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) start: Start,
    pub(crate) commands: Vec<Vec<&'static str>>,
    /// What a user does who was not told that they are done.
    pub(crate) again: Vec<Vec<&'static str>>,
    /// Whether they make a copy of the book.
    pub(crate) is_backup: bool,
}

/// The copy of the book that a backup makes.
pub(crate) const COPY: &str = "data/copy.db";

const ADD_STOCK: &[&str] = &["add-stock", "COIL", "Coil Inc.", "--sector", "Industrials"];
const UPDATE_PRICE: &[&str] = &["update-price", "ACME", "130", "--date", "2024-05-06"];
const BUY: &[&str] = &["buy", "ACME", "3", "101.5", "--fee", "1", "--date", "2024-05-06", "--id", "order 1"];
const SELL: &[&str] = &["sell", "ACME", "12", "150", "--date", "2024-05-07", "--id", "order 2"];
const IMPORT: &[&str] = &["import", "--add-stocks", "../rows.csv"];
const READ: &[&str] = &["holdings"];
const BACK_UP: &[&str] = &["backup", COPY];
const BACK_UP_ANEW: &[&str] = &["backup", COPY, "--force"];

/// All that is tried.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let scenario = |name, start, commands: &[&[&'static str]]| {
        let commands: Vec<_> = commands.iter().map(|command| command.to_vec()).collect();
        Scenario { name, start, again: commands.clone(), commands, is_backup: false }
    };
    let backup = |name, start, command: &[&'static str]| {
        let (commands, again) = (vec![command.to_vec()], vec![BACK_UP_ANEW.to_vec()]);
        Scenario { name, start, commands, again, is_backup: true }
    };
    vec![
        scenario("add-stock", Start::Sound, &[ADD_STOCK]),
        scenario("update-price", Start::Sound, &[UPDATE_PRICE]),
        scenario("buy", Start::Sound, &[BUY]),
        scenario("sell", Start::Sound, &[SELL]),
        scenario("import of 1,000 rows", Start::Sound, &[IMPORT]),
        scenario("add-stock, a new book", Start::NoBook, &[ADD_STOCK]),
        scenario("import, a new book", Start::NoBook, &[IMPORT]),
        scenario("buy and sell in a row", Start::Sound, &[BUY, SELL]),
        scenario("holdings, an event undelivered", Start::Undelivered, &[READ]),
        scenario("buy, an event undelivered", Start::Undelivered, &[BUY]),
        scenario("buy, the log deleted", Start::LogDeleted, &[BUY]),
        scenario("buy, the log cut", Start::LogCut, &[BUY]),
        scenario("buy, the log ending in zeros", Start::LogZeroed, &[BUY]),
        backup("backup", Start::Sound, BACK_UP),
        backup("backup in place of another", Start::BackedUp, BACK_UP_ANEW),
    ]
}

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
        let mut stage = Self { scenario, weakened, home, base, lines_after, calls, recording };
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
        let back_up = (self.scenario.start == Start::BackedUp).then_some(BACK_UP);
        let enter: [&[&str]; 6] = [
            &["add-stock", "ACME", "Acme Corporation"],
            &["add-stock", "BOLT", "Bolt SE", "--currency", "EUR"],
            &["buy", "ACME", "10", "100", "--date", "2024-01-02", "--note", "Grüße"],
            &["buy", "ACME", "10", "110.25", "--date", "2024-01-03"],
            &["update-price", "ACME", "120", "--date", "2024-01-03"],
            &["sell", "ACME", "5", "130", "--date", "2024-01-04"],
        ];
        for command in enter[..5].iter().copied().chain(back_up).chain([enter[5]]) {
            let done = program(&folder, command).output().unwrap();
            assert!(done.status.success(), "{done:?}");
        }
        let log = with_suffix(&book_in(&folder), ".audit.jsonl");
        let bytes = fs::read(&log).unwrap();
        match self.scenario.start {
            Start::NoBook | Start::Sound | Start::BackedUp => {}
            Start::Undelivered => self.leave_undelivered(&folder),
            Start::LogDeleted => fs::remove_file(log).unwrap(),
            Start::LogCut => fs::write(log, &bytes[..bytes.len() / 2]).unwrap(),
            Start::LogZeroed => {
                let kept = bytes.len() - 700;
                fs::write(log, [&bytes[..kept], &[0; 700]].concat()).unwrap();
            }
        }
        // The lines that the book has, whatever has become of the log.
        let trial = Trial::of(self);
        trial.run_unweakened(READ);
        let base = examine(&trial.book()).unwrap();
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
        let lines_after = |command: &Vec<&'static str>| {
            unwatched.run_unweakened(command);
            examine(&unwatched.book()).unwrap().len()
        };
        let lines_after = self.scenario.commands.iter().map(lines_after).collect();

        let trial = Trial::of(self);
        let record = self.home.path().join("record");
        let mut calls = Vec::new();
        let recording = Recording::of(trial.folder.path(), || {
            for command in &self.scenario.commands {
                let done = trial.shimmed(command).recorded(&record);
                assert!(done.status.success(), "{command:?}: {done:?}");
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
        let log = Path::new("data").join("book.db.audit.jsonl");
        self.recording.after().content(&log).map(<[u8]>::to_vec).unwrap_or_default()
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
        let done = program(self.folder.path(), command).output().unwrap();
        assert!(done.status.success(), "{command:?}: {done:?}");
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
