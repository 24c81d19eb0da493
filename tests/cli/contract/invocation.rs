//! The places of options, environment variables, and output to a pipe.

use super::filled;
use crate::harness::{Desk, Run};

#[test]
fn summary_is_another_word_for_holdings() {
    let desk = filled();
    assert_eq!(desk.ok(["summary", "--all"]), desk.ok(["holdings", "--all"]));
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let desk = filled();
    let expected = desk.ok(["holdings", "-O", "json", "-p", "main"]);
    assert_eq!(desk.ok(["-O", "json", "-p", "main", "holdings"]), expected);
    assert_eq!(desk.ok(["--output-format", "json", "holdings", "--portfolio", "main"]), expected);
    let book = desk.book().to_str().unwrap();
    let elsewhere = |args: &[&str]| {
        let mut command = desk.command(args);
        command.env_remove("STOCKBOOK_BOOK");
        Run::of(command).exits(0).out()
    };
    assert_eq!(elsewhere(&["--book", book, "holdings", "-O", "json"]), expected);
    assert_eq!(elsewhere(&["holdings", "-O", "json", "--book", book]), expected);
}

#[test]
fn the_environment_sets_what_options_override() {
    let desk = filled();
    desk.ok(["add-portfolio", "pension"]);
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = desk.command(args);
        command.envs(variables.iter().copied());
        Run::of(command).exits(0).out()
    };
    let json = desk.ok(["holdings", "-O", "json"]);
    assert_eq!(run(&["holdings"], &[("STOCKBOOK_OUTPUT_FORMAT", "json")]), json);
    assert_eq!(run(&["holdings", "-O", "json"], &[("STOCKBOOK_OUTPUT_FORMAT", "csv")]), json);
    assert_eq!(run(&["holdings", "-O", "json"], &[("STOCKBOOK_PORTFOLIO", "pension")]), "[]\n");
    assert_eq!(run(&["holdings", "-O", "json", "-p", "main"], &[("STOCKBOOK_PORTFOLIO", "pension")]), json);
    let bought = run(&["buy", "ACME", "1", "1", "-O", "json"], &[("STOCKBOOK_PORTFOLIO", "pension")]);
    assert!(bought.contains("\"portfolio\":\"pension\""), "{bought}");
    let book = desk.book().to_str().unwrap();
    assert_eq!(run(&["holdings", "-O", "json", "-p", "main", "--book", book], &[("STOCKBOOK_BOOK", "/nowhere")]), json);
}

#[test]
fn quiet_says_nothing_on_success() {
    let desk = Desk::new();
    let file = desk.file("new.csv", "date,action,symbol,quantity,price,other\n2024-01-03,buy,NEW,1,1,\n");
    for args in [
        vec!["add-stock".as_ref(), "ACME".as_ref(), "Acme".as_ref()],
        vec!["buy".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["sell".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["update-price".as_ref(), "ACME".as_ref(), "1".as_ref()],
        vec!["add-portfolio".as_ref(), "pension".as_ref()],
        vec!["import".as_ref(), "--add-stocks".as_ref(), file.as_os_str()],
    ] {
        let run = desk.run(args.into_iter().chain(["-q".as_ref()])).exits(0).silently();
        assert_eq!(run.out(), "", "{run}");
    }
    // A requested help text is a result, not an error.
    assert!(desk.ok(["-q", "stocks"]).contains("ACME"));
    assert!(desk.ok(["-q", "buy", "ACME", "1", "1", "-O", "json"]).contains("transaction_id"));
}

#[test]
fn a_pipe_gets_the_same_table_without_colour() {
    let desk = filled();
    let plain = desk.ok(["holdings"]);
    assert!(!plain.contains('\u{1b}'));
    let coloured = desk.ok(["holdings", "--color", "always"]);
    assert!(coloured.contains("\u{1b}[32m") && coloured.contains("\u{1b}[31m"), "{coloured}");
    let without = |text: &str| {
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            plain.push_str(before);
            rest = after.split_once('m').unwrap().1;
        }
        plain + rest
    };
    assert_eq!(without(&coloured), plain);
    let with = |name: &str, args: &[&str]| {
        let mut command = desk.command(args);
        command.env(name, "1");
        Run::of(command).exits(0).out()
    };
    assert_eq!(with("CLICOLOR_FORCE", &["holdings"]), coloured);
    assert_eq!(with("CLICOLOR_FORCE", &["holdings", "--color", "never"]), plain);
    assert_eq!(with("NO_COLOR", &["holdings", "--color", "always"]), coloured);
    assert_eq!(with("NO_COLOR", &["holdings"]), plain);
}
