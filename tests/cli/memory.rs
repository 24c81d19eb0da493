//! Long reports need little memory: the rows of tables are stored compactly until the widths of the columns
//! are known, and machine-readable output is printed as it is computed.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;

use crate::harness::Desk;

/// More than a debug build needs for a table with one row, but less than it would need for one of these with
/// a few hundred bytes per cell.
const KILOBYTES: u64 = 130_000;

#[test]
fn a_report_of_twelve_thousand_rows_takes_little_memory() {
    let desk = Desk::new();
    let mut rows = "date,action,symbol,quantity,price\n".to_owned();
    for n in 0..6_000 {
        for action in ["buy", "sell"] {
            writeln!(rows, "20{:02}-{:02}-{:02},{action},ACME,1,{n}.5", 10 + n / 600, n / 50 % 12 + 1, n / 3 % 28 + 1)
                .unwrap();
        }
    }
    desk.file("trades.csv", rows);
    desk.ok(["-q", "import", "--add-stocks", "trades.csv"]);
    for (command, lines) in [
        ("transactions", 12_002),
        ("gains --by lot", 6_004),
        ("returns --flows", 36_002),
        // An array of a position, a portfolio and the total.
        ("returns --flows -O json", 5),
    ] {
        let run = desk.shell(&format!("ulimit -v {KILOBYTES}; exec \"$0\" {command}")).exits(0);
        assert_eq!(run.out().lines().count(), lines, "{command}");
    }
}
