//! Running the commands of a document in a shell.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::document::{Step, root};

/// What a command printed, and its exit code.
pub(super) struct Outcome {
    pub(super) output: Vec<String>,
    pub(super) exit_code: String,
}

/// Marks in the session's output where a command ends.
const MARK: char = '\u{1e}';

/// Runs all steps in one session of a shell, with as many columns as are given.
pub(super) fn run(shell: &str, steps: &[Step], columns: Option<&str>) -> Vec<Outcome> {
    let folder = tempfile::tempdir().unwrap();
    let (work, home) = (folder.path().join("work"), folder.path().join("home"));
    fs::create_dir(&work).unwrap();
    fs::create_dir(&home).unwrap();
    copy(&root().join("examples"), &work.join("examples"));
    let script = folder.path().join("session.sh");
    let status = if shell == "fish" { "$status" } else { "$?" };
    let commands = steps.iter().map(|step| format!("{}\nprintf '\\036%s\\036' \"{status}\"\n", step.command));
    fs::write(&script, commands.collect::<String>()).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_stockbook")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let done = Command::new("sh")
        .args(["-c", "exec \"$0\" \"$1\" 2>&1", shell])
        .arg(&script)
        .current_dir(&work)
        .env_clear()
        .envs([("PATH", path.as_str()), ("TZ", "UTC"), ("LANG", "C.UTF-8")])
        .env("HOME", &home)
        .envs(columns.map(|columns| ("COLUMNS", columns)))
        .stdin(Stdio::null())
        .output()
        .expect("console blocks need sh");
    outcomes(&String::from_utf8(done.stdout).unwrap())
}

fn outcomes(printed: &str) -> Vec<Outcome> {
    let mut pieces = printed.split(MARK);
    let mut outcomes = Vec::new();
    while let (Some(output), Some(exit_code)) = (pieces.next(), pieces.next()) {
        let output = output.lines().map(|line| line.trim_end().to_owned()).collect();
        outcomes.push(Outcome { output, exit_code: exit_code.to_owned() });
    }
    outcomes
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Whether a program can be started, which recipes need.
pub(super) fn has(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}
