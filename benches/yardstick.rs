//! How fast `stockbook` is, with `sqlite3` as the yardstick.
//!
//! `cargo bench --bench yardstick` times whole processes, from start to exit, in turns (A, B, A, B, …)
//! so that whatever else the machine does falls on both, and prints the medians; with `-- --quick`
//! it takes fewer turns. A ratio above what is allowed is marked, but no failure: machines are noisy.
//!
//! All files lie in cargo's target folder. A `buy` and its yardstick mostly wait for that disk.

#[path = "yardstick/history.rs"]
mod history;
#[path = "yardstick/stopwatch.rs"]
mod stopwatch;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::history::History;
use crate::stopwatch::{Medians, alternate, hundredths, run};

const SHORT: usize = 1_000;
const LONG: usize = 100_000;

/// How many times as long as `sqlite3` StockBook may take, in hundredths.
const YARDSTICK: u128 = 300;
/// How many times as long as with a short history StockBook may take with a long one, in hundredths.
const FLAT: u128 = 120;

fn main() -> Result<()> {
    let asked = |name: &str| std::env::args().any(|argument| argument == name);
    // Cargo adds --bench when it is to measure; without it this is `cargo test --benches`.
    if !asked("--bench") {
        return Ok(());
    }
    let (pairs, imports) = if asked("--quick") { (5, 1) } else { (21, 5) };
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).context("cannot make a temporary folder")?;
    let folder = folder.path();
    prepare(folder)?;

    let mut out = io::stdout().lock();
    writeln!(out, "Medians of {pairs} pairs; of an import, of {imports}\n")?;
    writeln!(out, "{:<24}  {:<24}  {:>8}  {:>8}  {:>6}  {:>7}", "A", "B", "A ms", "B ms", "A / B", "allowed")?;
    let mut show = |a: &str, b: &str, medians: &Medians, allowed: Option<u128>| {
        let Medians { a: a_time, b: b_time } = medians;
        let (a_time, b_time, ratio) = (hundredths(a_time / 10), hundredths(b_time / 10), hundredths(medians.ratio()));
        let mark = if allowed.is_some_and(|allowed| medians.ratio() > allowed) { "  over" } else { "" };
        let allowed = allowed.map_or_else(String::new, hundredths);
        writeln!(out, "{a:<24}  {b:<24}  {a_time:>8}  {b_time:>8}  {ratio:>6}  {allowed:>7}{mark}")
    };

    let holdings = |trades| move |_| stockbook(folder, &["--book", &book(trades), "holdings"]);
    let select = |_| {
        let sql = "SELECT symbol, quantity, cost_basis, market_value FROM summaries";
        sqlite3(folder, &[&book(LONG), sql])
    };
    let buy =
        |trades| move |_| stockbook(folder, &["--book", &book(trades), "buy", "CO07", "3", "101.25", "--fee", "1"]);
    let insert = |_| {
        let sql = "INSERT INTO trades VALUES ('2024-01-31', 'buy', 'CO07', '3', '101.25', '1')";
        sqlite3(folder, &["table.db", "PRAGMA synchronous = FULL", sql])
    };
    show("holdings at 100,000", "sqlite3 select", &alternate(pairs, holdings(LONG), select)?, Some(YARDSTICK))?;
    show("buy at 100,000", "sqlite3 insert", &alternate(pairs, buy(LONG), insert)?, Some(YARDSTICK))?;
    show("holdings at 100,000", "holdings at 1,000", &alternate(pairs, holdings(LONG), holdings(SHORT))?, Some(FLAT))?;
    show("buy at 100,000", "buy at 1,000", &alternate(pairs, buy(LONG), buy(SHORT))?, Some(FLAT))?;

    let import = |turn| {
        let new = format!("new-{turn}.db");
        stockbook(folder, &["--book", &new, "import", "--add-stocks", &trades_file(LONG)])
    };
    let load = |turn| {
        let new = format!("new-table-{turn}.db");
        sqlite3(folder, &[&new, &format!(".import --csv {} trades", trades_file(LONG))])
    };
    let medians = alternate(imports, import, load)?;
    show("import of 100,000", "sqlite3 .import", &medians, None)?;
    let (a, b) = (hundredths(medians.a / 10_000), hundredths(medians.b / 10_000));
    writeln!(out, "\nImporting 100,000 trades took {a} s (goal: 1 s); sqlite3 needed {b} s for the same file.")?;
    Ok(())
}

/// Makes the two books, and a table as long as the longer one.
fn prepare(folder: &Path) -> Result<()> {
    run(&mut sqlite3(folder, &["--version"])).context("this benchmark needs the program sqlite3 as its yardstick")?;
    for trades in [SHORT, LONG] {
        let history = History::of(trades)?;
        let (trades_file, prices_file) = (trades_file(trades), format!("prices-{trades}.csv"));
        fs::write(folder.join(&trades_file), history.trades)?;
        fs::write(folder.join(&prices_file), history.prices)?;
        run(&mut stockbook(folder, &["--book", &book(trades), "import", "--add-stocks", &trades_file, &prices_file]))?;
    }
    let load = format!(".import --csv {} trades", trades_file(LONG));
    run(&mut sqlite3(folder, &["table.db", "PRAGMA journal_mode = WAL", &load]))
}

fn book(trades: usize) -> String {
    format!("book-{trades}.db")
}

fn trades_file(trades: usize) -> String {
    format!("trades-{trades}.csv")
}

/// The program that cargo has just built, deaf to the settings of whoever runs the benchmark.
fn stockbook(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stockbook"));
    command.current_dir(folder).args(arguments);
    command.env_remove("STOCKBOOK_PORTFOLIO").env_remove("STOCKBOOK_OUTPUT_FORMAT");
    command
}

fn sqlite3(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("sqlite3");
    // Stops at the first error, where it would else go on and exit with 0.
    command.current_dir(folder).arg("-bail").args(arguments);
    command
}
