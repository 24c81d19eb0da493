//! Runs the program in a folder of its own, and reports everything about a run that is not as expected.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use insta::internals::SettingsBindDropGuard;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use super::offered;

/// A folder for a book, in which the program is run with an otherwise empty environment.
pub(crate) struct Desk {
    folder: TempDir,
    book: PathBuf,
}

/// The result of running the program.
pub(crate) struct Run {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    command: String,
}

impl Desk {
    /// A folder without a book.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.db");
        Self { folder, book }
    }

    /// A folder with a book of two stocks: ACME in dollars and BOLT in euros.
    pub(crate) fn with_stocks() -> Self {
        let desk = Self::new();
        desk.ok(["add-stock", "ACME", "Acme Corporation", "--sector", "Industrials", "--industry", "Anvils"]);
        desk.ok(["add-stock", "BOLT", "Bolt SE", "--currency", "EUR"]);
        desk
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn book(&self) -> &Path {
        &self.book
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.path("book.db.audit.jsonl")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Makes the files in the folder readable and writable by their owner alone.
    pub(crate) fn make_private(&self) {
        for entry in fs::read_dir(self.folder()).unwrap() {
            fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// Any program, in this folder and environment.
    pub(crate) fn program(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder())
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .env("STOCKBOOK_BOOK", &self.book)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let mut command = self.program(env!("CARGO_BIN_EXE_stockbook"));
        command.args(args);
        command
    }

    /// A shell script in which `$0` is the program.
    pub(crate) fn shell(&self, script: &str) -> Run {
        let mut command = self.program("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_stockbook")]);
        Run::of(command)
    }

    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Run {
        Run::of(self.command(args))
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn fed<A: AsRef<OsStr>>(&self, input: &str, args: impl IntoIterator<Item = A>) -> Run {
        let mut command = self.command(args);
        command.stdin(Stdio::piped());
        let said = described(&command);
        let mut child = start(piped(command));
        let mut stdin = child.stdin.take().unwrap();
        // A program that refuses early need not read on.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Run::from(said, child.wait_with_output().unwrap())
    }

    /// The standard output of a run that succeeds.
    pub(crate) fn ok<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> String {
        self.run(args).exits(0).out()
    }

    /// Runs commands that must succeed, written as they are typed; `_` stands for a space in a word.
    pub(crate) fn all_ok(&self, lines: &[&str]) {
        for line in lines {
            self.ok(line.split(' ').map(|word| word.replace('_', " ")));
        }
    }

    /// The standard error of a run that fails with this code, and prints nothing.
    pub(crate) fn refused<A: AsRef<OsStr>>(&self, code: i32, args: impl IntoIterator<Item = A>) -> String {
        let run = self.run(args).exits(code);
        assert!(run.stdout.is_empty(), "something on standard output\n{run}");
        run.err()
    }

    /// The output of a run with `-O json` that succeeds.
    pub(crate) fn json<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Value {
        let args = args.into_iter().map(|arg| arg.as_ref().to_owned());
        let run = self.run(args.chain(["-O".into(), "json".into()])).exits(0);
        serde_json::from_slice(&run.stdout).unwrap_or_else(|error| panic!("not JSON: {error}\n{run}"))
    }

    /// The members of `error` in the one line that a run with `-O json` prints when it fails with this code.
    pub(crate) fn error<A: AsRef<OsStr>>(&self, code: i32, args: impl IntoIterator<Item = A>) -> Value {
        let args: Vec<OsString> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        let run = self.run(["-O".into(), "json".into()].into_iter().chain(args)).exits(code);
        assert!(run.stdout.is_empty(), "something on standard output\n{run}");
        run.json_error()
    }

    /// The lines of the log, as they are in the file.
    pub(crate) fn log_lines(&self) -> Vec<String> {
        let text = fs::read_to_string(self.log()).unwrap();
        text.split_inclusive('\n').map(str::to_owned).collect()
    }

    /// The events that `audit` prints.
    pub(crate) fn audit_lines(&self) -> Vec<Value> {
        events(&self.ok(["audit"]))
    }

    /// The book's SQLite file.
    pub(crate) fn sqlite(&self) -> Connection {
        Connection::open(&self.book).unwrap()
    }

    /// Changes the book behind the program's back, and leaves one file behind.
    pub(crate) fn edit(&self, sql: &str) {
        self.sqlite().execute_batch(sql).unwrap();
    }

    /// One value out of the book.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.sqlite().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Every file and folder here, with its content.
    pub(crate) fn everything(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        collect(self.folder(), &mut found);
        found
    }

    /// The files and folders that have changed.
    pub(crate) fn changed_since(&self, before: &BTreeMap<PathBuf, Option<Vec<u8>>>) -> Vec<PathBuf> {
        let now = self.everything();
        let all: BTreeSet<_> = before.keys().chain(now.keys()).collect();
        all.into_iter().filter(|path| before.get(*path) != now.get(*path)).cloned().collect()
    }

    /// For as long as the guard lives, snapshots show placeholders for what differs between runs.
    pub(crate) fn tidy(&self) -> SettingsBindDropGuard {
        let mut settings = insta::Settings::clone_current();
        settings.add_filter("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "[uuid]");
        settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", "[instant]");
        settings.add_filter(r"\d{4}-\d\d-\d\d \d\d:\d\d", "[minute]");
        settings.add_filter("[0-9a-f]{64}", "[hash]");
        settings.add_filter(&self.folder().display().to_string(), "[folder]");
        settings.bind_to_scope()
    }
}

impl Run {
    pub(crate) fn of(command: Command) -> Self {
        let said = described(&command);
        Self::from(said, start(piped(command)).wait_with_output().unwrap())
    }

    fn from(command: String, output: Output) -> Self {
        let run = Self { command, status: output.status, stdout: output.stdout, stderr: output.stderr };
        for offered in offered::commands(&String::from_utf8_lossy(&run.stderr)) {
            assert_eq!(offered::why_not_pasted(&offered), None, "`{offered}` is offered\n{run}");
        }
        // A shell would take words in angle brackets for redirections.
        let has_placeholder =
            |line: &str| line.split('<').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
        assert!(
            !String::from_utf8_lossy(&run.stderr)
                .lines()
                .any(|line| line.starts_with("hint: ") && has_placeholder(line)),
            "{run}"
        );
        run
    }

    /// Asserts the exit code.
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.status.code(), Some(code), "\n{self}");
        assert!(!self.err().contains("panicked"), "{self}");
        self
    }

    /// Asserts that standard error is empty.
    pub(crate) fn silently(self) -> Self {
        assert!(self.stderr.is_empty(), "\n{self}");
        self
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.stdout.clone()).unwrap_or_else(|_| panic!("standard output is not UTF-8\n{self}"))
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.stderr.clone()).unwrap_or_else(|_| panic!("standard error is not UTF-8\n{self}"))
    }

    /// The members of the error, which is printed as one line of JSON.
    pub(crate) fn json_error(&self) -> Value {
        let err = self.err();
        assert_eq!(err.lines().count(), 1, "an error is one line\n{self}");
        let said: Value = serde_json::from_str(&err).unwrap_or_else(|error| panic!("not JSON: {error}\n{self}"));
        assert_eq!(members(&said), ["error"], "{self}");
        said["error"].clone()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "command: {}", self.command)?;
        writeln!(f, "{}", self.status)?;
        writeln!(f, "--- standard output\n{}", String::from_utf8_lossy(&self.stdout))?;
        write!(f, "--- standard error\n{}---", String::from_utf8_lossy(&self.stderr))
    }
}

/// A program that runs in parallel with the test and does not outlive it.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(command: Command) -> Self {
        Self(start(command))
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Sends a signal, by its name.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.0.id().to_string();
        let sent = Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", name, &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits a while for the exit status.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let mut status = None;
        until("the program ends", || {
            status = self.0.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until a condition holds, but not forever.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(10), "it did not come about that {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The names of an object's members, in their order.
pub(crate) fn members(object: &Value) -> Vec<&str> {
    object.as_object().unwrap_or_else(|| panic!("not an object: {object}")).keys().map(String::as_str).collect()
}

/// Events, one a line.
pub(crate) fn events(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One member of every row, as text.
pub(crate) fn column<'v>(rows: &'v Value, member: &str) -> Vec<&'v str> {
    rows.as_array().unwrap().iter().map(|row| row[member].as_str().unwrap()).collect()
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn piped(mut command: Command) -> Command {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(command: Command) -> Child {
    let mut command = command;
    command.spawn().unwrap_or_else(|error| panic!("{}: {error}", described(&command)))
}

fn described(command: &Command) -> String {
    format!("{command:?}\ndirectory: {}", command.get_current_dir().unwrap_or(Path::new(".")).display())
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if fs::symlink_metadata(&path).unwrap().is_dir() {
            found.insert(path.clone(), None);
            collect(&path, found);
        } else {
            // A pipe would be waited for.
            let content = fs::metadata(&path).is_ok_and(|metadata| metadata.is_file()).then(|| fs::read(&path).ok());
            found.insert(path, content.flatten());
        }
    }
}

/// Some members of an object, as a line.
pub(crate) fn pick(object: &Value, members: &[&str]) -> String {
    let text = |member: &&str| match &object[*member] {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            object[*member].to_string()
        }
    };
    members.iter().map(text).collect::<Vec<_>>().join(" ")
}
