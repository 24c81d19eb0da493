//! Output at a terminal.

use std::fs;

use crate::harness::{Desk, Run};

/// Runs a command at a terminal of its own; `None` if there is no program that provides one.
fn at_terminal(desk: &Desk, command: &str) -> Option<String> {
    with_settings(desk, "", command)
}

/// The same, with variables of the environment.
fn with_settings(desk: &Desk, settings: &str, command: &str) -> Option<String> {
    let line = format!("{settings} '{}' {command}", env!("CARGO_BIN_EXE_stockbook"));
    let is_there = desk.program("script").arg("--version").output().is_ok_and(|run| run.status.success());
    let mut script = desk.program("script");
    script.args(["-qec", &line, "/dev/null"]);
    is_there.then(|| Run::of(script).out())
}

#[test]
fn a_check_tells_what_it_looked_at() {
    let desk = Desk::with_stocks();
    let Some(shown) = at_terminal(&desk, "check") else { return };
    assert!(shown.starts_with('\u{1b}') && shown.contains("audit_log"), "{shown:?}");
    assert_eq!(at_terminal(&desk, "check -q").unwrap(), "");
}

#[test]
fn lines_of_a_log_that_others_wrote_cannot_steer_it() {
    let desk = Desk::with_stocks();
    let log = fs::read_to_string(desk.log()).unwrap();
    // Not the last line, so that the log still passes for the book's; valid JSON all the same.
    let edited = log.replacen("Acme Corp", "\u{9b}31m\u{202e}", 1);
    assert_eq!(edited.len(), log.len() - 1);
    fs::write(desk.log(), edited.replacen('\u{202e}', "\u{202e}x", 1)).unwrap();
    let Some(shown) = at_terminal(&desk, "audit") else { return };
    assert!(shown.contains("\\u009b31m\\u202exoration") && !shown.contains('\u{9b}'), "{shown:?}");
    let Some(shown) = at_terminal(&desk, "audit -O csv") else { return };
    assert!(shown.contains("\\u009b31m\\u202e") && !shown.contains('\u{202e}'), "{shown:?}");
    // To a file or a pipe, the lines go unchanged.
    assert_eq!(desk.ok(["audit"]), fs::read_to_string(desk.log()).unwrap());
}

#[test]
fn json_for_a_terminal_is_the_same_json() {
    let desk = Desk::with_stocks();
    let Some(shown) = at_terminal(&desk, "stocks -O json") else { return };
    assert_eq!(shown.replace("\r\n", "\n"), desk.ok(["stocks", "-O", "json"]));
}

#[test]
fn what_is_said_beside_the_result_is_wrapped_between_words_and_commands() {
    let desk = Desk::with_stocks();
    let Some(shown) = with_settings(&desk, "COLUMNS=46 NO_COLOR=1", "buy ACNE 1 1") else { return };
    insta::assert_snapshot!(shown.replace("\r\n", "\n"), @"
    error: unknown symbol ACNE
    hint: did you mean ACME? or add it, with its
      name: `stockbook add-stock ACNE ACNE`
    ");
    let shown = with_settings(&desk, "COLUMNS=50 NO_COLOR=1", "import -n nowhere/trades.csv").unwrap();
    assert!(shown.lines().all(|line| line.len() <= 50), "{shown}");
    // Not in a pipe.
    let mut command = desk.command(["buy", "ACNE", "1", "1"]);
    command.env("COLUMNS", "46");
    let said = Run::of(command).exits(3).err();
    assert!(said.ends_with("\nhint: did you mean ACME? or add it, with its name: `stockbook add-stock ACNE ACNE`\n"));
}

#[test]
fn a_table_in_colours_that_fits_is_not_wrapped() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "150.25", "--date", "2024-01-02"]);
    let sale = "sell ACME 4 180 --date 2024-03-28 --dry-run";
    let Some(shown) = with_settings(&desk, "COLUMNS=80", sale) else { return };
    let head = shown.lines().find(|line| line.contains("LOT")).unwrap();
    assert!(head.contains("GAIN") && head.contains('\u{1b}'), "{shown:?}");
}
