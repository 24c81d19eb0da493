//! The commands that messages offer, which can be pasted as they are.

use std::process::Command;

use super::harness::repository;

/// The commands in backquotes in a message.
pub(super) fn commands(said: &str) -> Vec<String> {
    // In JSON, the quotes of a shell are not escaped, and there are no others.
    let quoted = said.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|quoted| quoted.starts_with("stockbook ")).map(str::to_owned).collect()
}

/// Why a command that is offered does not work when it is pasted; one word alone names a command.
pub(super) fn why_not_pasted(offered: &str) -> Option<String> {
    let script = format!("printf '%s\\0' {offered}");
    let run = Command::new("sh").args(["-c", &script]).output().unwrap();
    if !run.status.success() || !run.stderr.is_empty() {
        return Some(format!("a shell does not understand it: {}", String::from_utf8_lossy(&run.stderr)));
    }
    let words = String::from_utf8(run.stdout).unwrap();
    let words: Vec<&str> = words.trim_end_matches('\0').split('\0').collect();
    if let ["stockbook", "help", page] = words[..]
        && ["5", "7"].iter().any(|section| repository(&format!("man/stockbook-{page}.{section}.md")).exists())
    {
        return None;
    }
    let error = stockbook::cli::command().try_get_matches_from(&words).err()?;
    let is_help = !error.use_stderr();
    (!is_help && words.len() > 2).then(|| error.to_string())
}

#[test]
fn every_offered_command_can_be_run() {
    let said = "error: no\nhint: `stockbook void a1b2c3`, or `--force`; then `stockbook check`\n";
    assert_eq!(commands(said), ["stockbook void a1b2c3", "stockbook check"]);
    assert_eq!(why_not_pasted("stockbook add-portfolio 'old age'"), None);
    assert_eq!(why_not_pasted("stockbook split"), None);
    assert_eq!(why_not_pasted("stockbook help tutorial"), None);
    assert!(why_not_pasted("stockbook help nonsense").is_some());
    for broken in ["stockbook void <ID>", "stockbook update-price A 1 --amount 3", "stockbook add-stock A 'b"] {
        assert!(why_not_pasted(broken).is_some(), "{broken}");
    }
}
