//! Tests what the documents promise.

use std::fs;
use std::path::Path;

use super::document::{Step, bless, documents, is_there, linked_files, root, steps, table, text};
use super::{normal, session};

#[test]
fn console_blocks_print_what_the_documents_say() {
    let mut failures = Vec::new();
    let mut found = 0;
    for document in documents() {
        found += check(&document, &mut failures);
    }
    assert!(found >= 60, "only {found} commands found in console blocks");
    assert!(failures.is_empty(), "not true any more:\n\n{}", failures.join("\n"));
}

/// Runs a document's commands, reports differences from what it shows, and counts them.
fn check(document: &Path, failures: &mut Vec<String>) -> usize {
    let source = fs::read_to_string(document).unwrap();
    let mut said = steps(&source);
    for program in ["jq", "sha256sum"] {
        leave_out(&mut said, program);
    }
    let columns = document.starts_with(root().join("man")).then_some("80");
    let outcomes = session::run("sh", &said, columns);
    assert_eq!(outcomes.len(), said.len(), "the session of {} ended early", document.display());
    let is_blessing = std::env::var_os("STOCKBOOK_BLESS").is_some_and(|value| value == "1");
    let mut names = normal::Names::default();
    let mut printed = said.clone();
    let mut is_true = true;
    for ((step, outcome), said) in printed.iter_mut().zip(outcomes).zip(&said) {
        let is_same = is_same(&mut names, &said.output, &outcome.output);
        is_true &= is_same;
        if outcome.exit_code != "0" || !(is_same || is_blessing) {
            failures.push(failure(document, said, &outcome));
        }
        step.output = outcome.output;
    }
    // All of it: ids are the same throughout a session.
    if is_blessing && !is_true {
        bless(document, &source, &printed);
    }
    said.len()
}

const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

fn tutorial() -> String {
    fs::read_to_string(root().join("man/stockbook-tutorial.7.md")).unwrap()
}

/// Whether a shell is installed; if everything is to be tested, it must be.
fn can_try(shell: &str) -> bool {
    let is_there = session::has(shell);
    assert!(is_there || std::env::var_os("STOCKBOOK_TEST_ALL").is_none(), "{shell} is not installed");
    is_there
}

#[test]
fn the_tutorial_goes_the_same_way_in_every_shell() {
    let mut said = steps(&tutorial());
    leave_out(&mut said, "jq");
    for shell in SHELLS.into_iter().filter(|shell| can_try(shell)) {
        let outcomes = session::run(shell, &said, Some("80"));
        assert_eq!(outcomes.len(), said.len(), "the session in {shell} ended early");
        let mut names = normal::Names::default();
        for (step, outcome) in said.iter().zip(&outcomes) {
            let is_same = outcome.exit_code == "0" && is_same(&mut names, &step.output, &outcome.output);
            assert!(is_same, "{shell}: {}", failure(Path::new("the tutorial"), step, outcome));
        }
    }
}

#[test]
fn what_is_to_be_typed_is_understood_by_every_shell() {
    let documents = [tutorial(), text()];
    let blocks: Vec<&str> = documents
        .iter()
        .flat_map(|it| it.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()))
        .collect();
    assert!(blocks.len() > 4);
    for shell in SHELLS.into_iter().filter(|shell| can_try(shell)) {
        for block in &blocks {
            let mut check = std::process::Command::new(shell);
            let done = check.args(["-n", "-c", block]).output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success() && said.is_empty(), "{shell}: {said}\n{block}");
        }
    }
}

#[test]
fn the_lines_for_cron_say_nothing_where_nothing_is_wrong() {
    let page = tutorial();
    let is_line = |line: &&str| line.contains("$HOME/.cargo/bin/stockbook ");
    let commands = page.lines().filter(is_line).filter_map(|line| line.get(line.find("$HOME/.cargo")?..));
    // What a user of the page has at its end, where the lines look for it.
    let prepared = "mkdir -p $HOME/.cargo/bin $HOME/books $HOME/Downloads && cp year.db* $HOME/books/ && \
                    cp schwab.csv $HOME/Downloads/ && ln -s \"$(command -v stockbook)\" $HOME/.cargo/bin/";
    let bare = |command: &str| format!("env -i HOME=\"$HOME\" PATH=/usr/bin:/bin sh -c '{command}'");
    let lines: Vec<String> = std::iter::once(prepared.to_owned()).chain(commands.map(bare)).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let mut said = steps(&page);
    leave_out(&mut said, "jq");
    let known = said.len();
    said.extend(lines.into_iter().map(|command| Step { line: 0, command, output: Vec::new() }));
    for (step, outcome) in said.iter().zip(session::run("sh", &said, None)).skip(known) {
        let is_quiet = outcome.exit_code == "0" && outcome.output.concat().is_empty();
        assert!(is_quiet, "{}", failure(Path::new("the tutorial"), step, &outcome));
    }
}

#[test]
fn every_command_is_shown_in_the_manual() {
    let typed: Vec<String> = documents()
        .iter()
        .flat_map(|document| steps(&fs::read_to_string(document).unwrap()))
        .map(|step| step.command)
        .collect();
    let is_shown = |name: &str| {
        let words = |command: &String| command.split_whitespace().any(|word| word == name);
        typed.iter().any(|command| command.contains("stockbook ") && words(command))
    };
    let command = stockbook::cli::command();
    let shown = command.get_subcommands().filter(|it| !it.is_hide_set());
    let names = shown.map(|it| it.get_name().to_owned());
    let missing: Vec<String> = names.filter(|name| !is_shown(name)).collect();
    assert!(missing.is_empty(), "commands of which no example is tested: {missing:?}");
}

/// Leaves out the commands that need a program which is not installed, and says so; if everything is to be
/// tested, that is a failure.
fn leave_out(said: &mut Vec<Step>, program: &str) {
    if session::has(program) {
        return;
    }
    assert!(std::env::var_os("STOCKBOOK_TEST_ALL").is_none(), "the recipes need {program}");
    let before = said.len();
    said.retain(|step| !step.command.split(|c: char| !c.is_alphanumeric()).any(|word| word == program));
    println!("left out, for want of {program}: {} commands", before.abs_diff(said.len()));
}

fn is_same(names: &mut normal::Names, said: &[String], printed: &[String]) -> bool {
    said.len() == printed.len() && said.iter().zip(printed).all(|(said, printed)| names.is_same(said, printed))
}

fn failure(document: &Path, said: &Step, outcome: &session::Outcome) -> String {
    format!(
        "{}:{}: $ {}\n--- it says\n{}\n--- it printed (exit code {})\n{}\n",
        document.display(),
        said.line,
        said.command,
        said.output.join("\n"),
        outcome.exit_code,
        outcome.output.join("\n")
    )
}

#[test]
fn every_exit_code_is_in_the_table() {
    let output = fs::read_to_string(root().join("man/stockbook-output.5.md")).unwrap();
    let codes: Vec<String> = table(&output, "Exit code").into_iter().map(|cells| cells[0].clone()).collect();
    assert_eq!(codes, ["`0`", "`1`", "`2`", "`3`", "`4`", "`5`", "`6`", "`130`"]);
}

#[test]
fn every_command_and_option_is_mentioned() {
    let readme = text();
    let command = stockbook::cli::command();
    let shown = command.get_subcommands().filter(|it| !it.is_hide_set());
    let commands = shown.flat_map(|it| it.get_name_and_visible_aliases());
    let is_mentioned =
        |name: &&str| readme.contains(&format!("stockbook {name}")) || readme.contains(&format!("`{name}`"));
    let missing: Vec<&str> = commands.filter(|name| !is_mentioned(name)).collect();
    assert!(missing.is_empty(), "commands that the README does not mention: {missing:?}");
    let longs = command.get_arguments().filter_map(|arg| arg.get_long());
    let missing: Vec<&str> = longs.filter(|long| !readme.contains(&format!("--{long}"))).collect();
    assert!(missing.is_empty(), "global options that the README does not mention: {missing:?}");
}

#[test]
fn links_point_to_files_that_are_there() {
    let broken: Vec<String> = linked_files(&text()).into_iter().filter(|path| !is_there(path)).collect();
    assert!(broken.is_empty(), "links of the README that point nowhere: {broken:?}");
}

#[test]
fn the_readme_is_short() {
    let lines = text().lines().count();
    assert!(lines <= 250, "the README has {lines} lines; what is longer belongs into the manual pages");
}

#[test]
fn the_two_commands_are_there_as_they_are_typed() {
    let readme = text();
    let first = "cargo run --release -- --book demo.db import --add-stocks examples/prices.csv examples/trades.csv";
    assert!(readme.lines().any(|line| line == first));
    assert!(readme.lines().any(|line| line == "cargo test"));
}
