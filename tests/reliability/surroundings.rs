//! A clock that is wrong, and a system that has no thread or no memory to spare.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::shim::library;
use crate::stage::{place, program};

/// A folder with a place for a book, and a variable that the shim heeds.
struct Place {
    folder: TempDir,
    variable: (&'static str, String),
}

impl Place {
    fn with(name: &'static str, value: &str) -> Self {
        Self { folder: tempfile::tempdir_in(place()).unwrap(), variable: (name, value.to_owned()) }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = program(self.path(), args);
        command.env("LD_PRELOAD", library()).env(self.variable.0, &self.variable.1);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command says that ends with this code.
    fn says(&self, code: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

fn send(signal: &str, process: u32) {
    let sent = Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", signal, &process.to_string()]).status();
    assert!(sent.unwrap().success());
}

#[test]
fn a_clock_before_1970_is_taken_at_its_word() {
    for (seconds, today, tomorrow) in
        [(-1_i64, "1969-12-31", "1970-01-01"), (-1_893_456_000, "1910-01-01", "1910-01-02")]
    {
        let place = Place::with("SHIM_CLOCK", &seconds.to_string());
        assert_eq!(place.says(0, &["add-stock", "ACME", "Acme", "-q"]), "");
        assert_eq!(place.says(0, &["buy", "ACME", "1", "5", "-q"]), "");
        let transactions = place.run(&["transactions", "-O", "csv"]);
        assert!(String::from_utf8_lossy(&transactions.stdout).contains(today), "{transactions:?}");
        let refusal = place.says(2, &["buy", "ACME", "1", "5", "--date", tomorrow]);
        assert!(refusal.contains(&format!("is in the future; today is {today}")), "{refusal}");
        for read in [&["holdings"][..], &["audit", "verify", "-q"], &["check"]] {
            place.says(0, read);
        }
    }
}

#[test]
fn a_clock_beyond_the_calendar_counts_as_not_set() {
    for seconds in [i64::MIN, -99_000_000_000_000, 253_402_300_800, i64::MAX] {
        let place = Place::with("SHIM_CLOCK", &seconds.to_string());
        place.says(0, &["add-stock", "ACME", "Acme"]);
        let log = fs::read_to_string(place.path().join("data/book.db.audit.jsonl")).unwrap();
        assert!(log.contains(r#""occurred_at":"1970-01-01T00:00:00.000000Z""#), "{log}");
        place.says(0, &["check"]);
    }
}

#[test]
fn everything_works_without_a_thread_to_spare() {
    let place = Place::with("SHIM_THREADS", "none");
    let rows: Vec<_> = (0..12_000).map(|row| format!("2024-01-02,buy,ACME,1,{row}.25\n")).collect();
    let rows = rows.concat();
    let file = |name: &str, rows: &str| {
        fs::write(place.path().join(name), format!("date,action,symbol,quantity,price\n{rows}")).unwrap();
    };
    file("many.csv", &rows);
    assert!(rows.len() > 256 * 1024, "such a file is read in a thread of its own");
    file("one.csv", "2024-01-03,buy,ACME,1,1\n");
    for args in [
        &["import", "many.csv", "--add-stocks", "-q"][..],
        &["import", "one.csv", "-q"],
        &["import", "many.csv", "-q", "-p", "other"],
        &["buy", "ACME", "1", "5", "-q"],
        &["holdings", "-q"],
        &["backup", "copy.db", "-q"],
        &["audit", "verify", "-q"],
        &["check"],
    ] {
        if args.contains(&"other") {
            place.says(0, &["add-portfolio", "other", "-q"]);
        }
        assert_eq!(place.says(0, args), "", "{args:?}");
    }
    let transactions = place.run(&["transactions", "-O", "csv"]);
    assert_eq!(String::from_utf8(transactions.stdout).unwrap().lines().count(), 24_003);
}

#[test]
fn a_read_can_be_interrupted_without_a_thread_to_spare() {
    let place = Place::with("SHIM_THREADS", "none");
    let mut import = place.command(&["import", "-", "--add-stocks"]).stdin(Stdio::piped()).spawn().unwrap();
    import.stdin.as_mut().unwrap().write_all(b"date,symbol,price\n2024-01-02,NEW,1\n").unwrap();
    thread::sleep(Duration::from_millis(300));
    send("INT", import.id());
    assert_eq!(import.wait().unwrap().code(), Some(130));
    assert!(!place.path().join("data").exists());
}

/// As where there is no memory left to say anything.
#[test]
fn a_process_that_is_ended_from_within_has_recorded_nothing_and_says_so_by_its_code() {
    for signal in ["ABRT", "BUS"] {
        let place = Place::with("SHIM_THREADS", "none");
        let mut import = place.command(&["import", "-", "--add-stocks"]).stdin(Stdio::piped()).spawn().unwrap();
        import.stdin.as_mut().unwrap().write_all(b"date,symbol,price\n2024-01-02,NEW,1\n").unwrap();
        thread::sleep(Duration::from_millis(300));
        send(signal, import.id());
        assert_eq!(import.wait().unwrap().code(), Some(1), "{signal}");
        assert!(!place.path().join("data").exists());
    }
}

#[test]
fn a_lack_of_memory_is_reported_and_not_blamed_on_the_book() {
    let folder = tempfile::tempdir_in(place()).unwrap();
    let run = |megabytes: u32, args: &[&str]| -> Output {
        let limit = (megabytes * 1024).to_string();
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v \"$0\"; exec \"$@\"", &limit, env!("CARGO_BIN_EXE_stockbook")]).args(args);
        command.env_clear().env("STOCKBOOK_BOOK", folder.path().join("book.db")).current_dir(folder.path());
        command.output().unwrap()
    };
    let rows: Vec<_> = (0..8000).map(|row| format!("2024-01-02,buy,ACME,1,{row}.25\n")).collect();
    fs::write(folder.path().join("many.csv"), format!("date,action,symbol,quantity,price\n{}", rows.concat())).unwrap();
    let is_done = |output: &Output| assert!(output.status.success(), "{output:?}");
    is_done(&run(4000, &["import", "many.csv", "--add-stocks"]));
    is_done(&run(4000, &["add-portfolio", "other"]));
    let mut bought = 8000;
    for megabytes in [45, 55, 64, 80, 90, 100, 115, 130, 160, 200] {
        for args in [
            &["buy", "ACME", "1", "1", "--date", "2024-01-02"][..],
            &["import", "many.csv", "-p", "other", "-n"],
            &["holdings"],
            &["transactions"],
            &["returns"],
            &["check"],
            &["audit", "verify"],
            &["backup", "copy.db", "--force"],
        ] {
            let output = run(megabytes, args);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!said.contains("panicked"), "{args:?} in {megabytes} MB: {said}");
            match output.status.code() {
                Some(0) => bought += usize::from(args.contains(&"buy")),
                Some(1) => assert!(said.contains("memory"), "{args:?} in {megabytes} MB: {said}"),
                code => panic!("{args:?} in {megabytes} MB ends with {code:?}: {said}"),
            }
        }
    }
    is_done(&run(4000, &["check"]));
    let transactions = run(4000, &["transactions", "-O", "csv"]);
    assert_eq!(String::from_utf8(transactions.stdout).unwrap().lines().count(), bought + 1);
}
