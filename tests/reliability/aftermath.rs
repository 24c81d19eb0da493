//! What must be found after a mishap.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Output;

use crate::disk::Disk;
use crate::powercut::Image;
use crate::scenario::{COPY, Stage, Start, Trial, program_on};
use crate::shim::Fault;
use crate::witness::examine;

/// Carries out the commands, the last one with a fault.
///
/// # Errors
/// What is wrong then.
pub(crate) fn try_fault(stage: &Stage, fault: Fault, number: u64) -> Result<(), String> {
    let trial = Trial::of(stage);
    let (last, earlier) = stage.scenario.commands.split_last().unwrap();
    for command in earlier {
        trial.run(command);
    }
    let output = trial.shimmed(last).with(fault, number);
    let claim = Claim::of(&output).map_err(|what| format!("{what}\n{}", said(&output)))?;
    let before = earlier.len();
    let (at_least, at_most) = match claim {
        Claim::Done => (before + 1, before + 1),
        Claim::NotDone => (before, before),
        Claim::Nothing => (before, before + 1),
    };
    aftermath(&trial, at_least, at_most).map_err(|what| format!("{what}\n{}", said(&output)))
}

/// Goes on from what a power cut left.
///
/// # Errors
/// What is wrong then.
pub(crate) fn try_image(stage: &Stage, image: &Image) -> Result<(), String> {
    let trial = Trial::on(stage, &image.disk);
    let all = stage.scenario.commands.len();
    if image.acknowledged == all {
        let log = Path::new("data").join("book.db.audit.jsonl");
        if image.disk.content(&log) != Some(&stage.finished_log()) {
            return Err("told as done, and the log on the disk is not complete".to_owned());
        }
    }
    aftermath(&trial, image.acknowledged, all)
}

/// What the user was told.
enum Claim {
    Done,
    NotDone,
    Nothing,
}

impl Claim {
    fn of(output: &Output) -> Result<Self, String> {
        if String::from_utf8_lossy(&output.stderr).contains("panicked") {
            return Err("it panicked".to_owned());
        }
        match output.status.code() {
            Some(0) => Ok(Self::Done),
            Some(1) => Ok(Self::NotDone),
            Some(6) => Ok(Self::Nothing),
            // Killed: by then it may have said that it was done.
            None if output.status.signal() == Some(9) => {
                Ok(if output.stdout.is_empty() { Self::Nothing } else { Self::Done })
            }
            _ => Err(format!("it ended with {}", output.status)),
        }
    }
}

/// What the next commands find: a sound book that has recorded at least so many of the commands
/// and at most so many; and repeating them records what is missing.
fn aftermath(trial: &Trial<'_>, at_least: usize, at_most: usize) -> Result<(), String> {
    let stage = trial.stage;
    let before = trial.disk();
    let next = trial.run(&["holdings", "-O", "json"]);
    let is_there = trial.book().exists();
    if !is_there && stage.scenario.start == Start::NoBook {
        if next.status.code() != Some(1) {
            return Err(format!("without a book, the next command ends otherwise\n{}", said(&next)));
        }
        if at_least > 0 {
            return Err(format!("told as done, and there is no book: {}", listed(&before)));
        }
    } else {
        has_gone_well(stage, &next).map_err(|what| format!("the next command: {what}"))?;
        stage.has_recorded(&examine(&trial.book())?, at_least, at_most)?;
    }
    if stage.scenario.is_backup {
        is_copy_sound(trial, at_least > 0).map_err(|what| format!("the copy: {what}"))?;
    }
    for command in &stage.scenario.again {
        has_gone_well(stage, &trial.run(command)).map_err(|what| format!("repeated: {what}"))?;
    }
    let all = stage.scenario.commands.len();
    let repeated = examine(&trial.book()).and_then(|lines| stage.has_recorded(&lines, all, all));
    repeated.map_err(|what| format!("repeated: {what}"))?;
    let mut expected = vec!["data/book.db", "data/book.db.audit.jsonl"];
    if stage.scenario.is_backup {
        is_copy_sound(trial, true).map_err(|what| format!("the copy, repeated: {what}"))?;
        expected.extend([COPY, "data/copy.db.audit.jsonl"]);
    }
    let names: Vec<_> = trial.disk().names().map(|name| name.display().to_string()).collect();
    if names == expected { Ok(()) } else { Err(format!("left behind: {names:?}")) }
}

/// The copy is a sound book, and where it was told as done, the same as the book; else it may be
/// an older one, or not there.
fn is_copy_sound(trial: &Trial<'_>, is_done: bool) -> Result<(), String> {
    let copy = trial.copy();
    if !copy.exists() && !is_done {
        return Ok(());
    }
    let output = program_on(&copy, &["holdings", "-O", "json"]).output().unwrap();
    let is_quiet = String::from_utf8_lossy(&output.stderr).lines().all(|line| !is_done && line.starts_with("note: "));
    if !output.status.success() || !is_quiet {
        return Err(said(&output));
    }
    let (copied, lines) = (examine(&copy)?, examine(&trial.book())?);
    let is_same = copied == lines || (!is_done && lines.starts_with(&copied));
    if is_same { Ok(()) } else { Err(format!("{} lines of {}", copied.len(), lines.len())) }
}

/// It succeeds and has nothing to remark, unless a person has meddled with the log before.
fn has_gone_well(stage: &Stage, output: &Output) -> Result<(), String> {
    let is_meddled = match stage.scenario.start {
        Start::NoBook | Start::Sound | Start::BackedUp | Start::Undelivered => false,
        Start::LogDeleted | Start::LogCut | Start::LogZeroed => true,
    };
    let remarks = String::from_utf8_lossy(&output.stderr);
    let is_quiet = remarks.lines().all(|line| is_meddled && line.starts_with("note: "));
    if output.status.success() && is_quiet { Ok(()) } else { Err(said(output)) }
}

fn said(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    format!("  {}\n  {}{}", output.status, text(&output.stderr), text(&output.stdout))
}

fn listed(disk: &Disk) -> String {
    disk.names().map(|name| name.display().to_string()).collect::<Vec<_>>().join(", ")
}
