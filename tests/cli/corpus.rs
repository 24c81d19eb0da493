//! A corpus of hostile input: the exit code and message for each case.
//!
//! The files in `tests/hostile` contain cases, each consisting of a comment that says what it is about, SQL
//! after `> ` by which another program changes the book beforehand, a script for `sh` after `$ `, the exit
//! code, and the output on standard error. Each runs in a folder of its own, with a book of a few trades. No
//! case may panic or write control sequences to a terminal, and a case that fails must change neither book
//! nor log.
//!
//! `STOCKBOOK_BLESS=1 cargo test --test cli corpus` rewrites codes and messages; review the diff.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::harness::{Desk, Run, repository};

/// A script and its expected outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Case {
    comment: Vec<String>,
    sql: Vec<String>,
    script: Vec<String>,
    code: i32,
    said: Vec<String>,
}

impl Case {
    fn of(block: &str) -> Self {
        let lines = |prefix: &str| -> Vec<String> {
            let lines = block.lines().filter_map(|line| line.strip_prefix(prefix));
            lines.map(str::to_owned).collect()
        };
        let (comment, sql, script) = (lines("# "), lines("> "), lines("$ "));
        let is_asked = |line: &&str| ["# ", "> ", "$ "].iter().any(|prefix| line.starts_with(prefix));
        let rest: Vec<&str> = block.lines().skip_while(is_asked).collect();
        let code = rest.first().and_then(|code| code.strip_prefix("exit ")).map_or(-1, |code| code.parse().unwrap());
        Self { comment, sql, script, code, said: rest.iter().skip(1).map(|line| (*line).to_owned()).collect() }
    }

    fn text(&self) -> String {
        let comment = self.comment.iter().map(|line| format!("# {line}"));
        let sql = self.sql.iter().map(|line| format!("> {line}"));
        let script = self.script.iter().map(|line| format!("$ {line}"));
        let outcome = [format!("exit {}", self.code)];
        let lines: Vec<_> = comment.chain(sql).chain(script).chain(outcome).chain(self.said.iter().cloned()).collect();
        lines.join("\n") + "\n"
    }

    /// The case with its actual outcome.
    fn tried(&self, model: &Desk) -> Self {
        let desk = Desk::new();
        fs::copy(model.book(), desk.book()).unwrap();
        fs::copy(model.log(), desk.log()).unwrap();
        if !self.sql.is_empty() {
            desk.edit(&self.sql.join(";"));
        }
        let before = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
        let mut command = desk.program("sh");
        let folder = Path::new(env!("CARGO_BIN_EXE_stockbook")).parent().unwrap();
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        command.env("PATH", path).env("BOOK", desk.book()).args(["-c", &self.script.join("\n")]);
        let run = Run::of(command);
        let code = run.status.code().unwrap_or_else(|| panic!("{run}"));
        let today = Utc::now().date_naive().to_string();
        let err = String::from_utf8_lossy(&run.stderr).replace(&desk.folder().display().to_string(), "[folder]");
        let err = err.replace(&today, "[today]");
        let is_raw = |text: &str| text.chars().any(|c| c != '\n' && stockbook::domain::is_unprintable(c));
        assert!(!is_raw(&err) && !is_raw(&String::from_utf8_lossy(&run.stdout)), "{run}");
        assert!(!err.contains("panicked"), "{run}");
        // Changes that the script itself makes to the book do not count.
        if code != 0 && !self.script.iter().any(|line| line.contains("$BOOK")) {
            let after = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
            assert!(after == before, "book or log has changed\n{run}");
        }
        Self { code, said: err.lines().map(str::to_owned).collect(), ..self.clone() }
    }
}

fn holds(file: &str) {
    let path: PathBuf = repository("tests/hostile").join(file);
    let text = fs::read_to_string(&path).unwrap();
    let cases: Vec<Case> = text.split("\n\n").filter(|block| !block.trim().is_empty()).map(Case::of).collect();
    assert!(cases.len() > 5 && cases.iter().all(|case| !case.script.is_empty()), "{}", path.display());
    let model = Desk::with_stocks();
    model.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    model.ok(["update-price", "ACME", "120", "--date", "2024-01-03"]);
    let tried: Vec<Case> = cases.iter().map(|case| case.tried(&model)).collect();
    if std::env::var_os("STOCKBOOK_BLESS").is_some_and(|value| value == "1") {
        let blocks: Vec<_> = tried.iter().map(Case::text).collect();
        fs::write(&path, blocks.join("\n")).unwrap();
        return;
    }
    let differing: Vec<_> = cases.iter().zip(&tried).filter(|(case, tried)| case != tried).collect();
    let shown: Vec<_> = differing.iter().map(|(case, tried)| format!("{}---\n{}", case.text(), tried.text())).collect();
    assert!(shown.is_empty(), "{}: it should be, and is\n\n{}", path.display(), shown.join("\n"));
}

#[test]
fn numbers_and_dates() {
    holds("numbers-and-dates.txt");
}

#[test]
fn names() {
    holds("names.txt");
}

#[test]
fn csv_files() {
    holds("csv-files.txt");
}

#[test]
fn books() {
    holds("books.txt");
}

#[test]
fn surroundings() {
    holds("surroundings.txt");
}
