//! What must be true after a fault.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Output;

use crate::disk::Disk;
use crate::powercut::Image;
use crate::scenario::{COPY, LOG, Scenario, Start};
use crate::shim::Fault;
use crate::stage::{Stage, Trial, program_on};
use crate::witness::examine;

/// Carries out the commands, the last one with a fault.
///
/// # Errors
/// What is wrong afterwards.
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

/// Continues from what a power cut left.
///
/// # Errors
/// What is wrong afterwards.
pub(crate) fn try_image(stage: &Stage, image: &Image) -> Result<(), String> {
    let trial = Trial::on(stage, &image.disk);
    let all = stage.scenario.commands.len();
    let is_log_complete = image.disk.content(Path::new(LOG)) == Some(&stage.finished_log());
    if image.acknowledged == all && !is_log_complete {
        return Err("told as done, and the log on the disk is not complete".to_owned());
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
            // Killed, possibly after it had reported success.
            None if output.status.signal() == Some(9) => {
                Ok(if output.stdout.is_empty() { Self::Nothing } else { Self::Done })
            }
            _ => Err(format!("it ended with {}", output.status)),
        }
    }
}

/// Checks what the next commands find: a sound book that has recorded a number of commands within a range;
/// repeating them records what is missing.
fn aftermath(trial: &Trial<'_>, at_least: usize, at_most: usize) -> Result<(), String> {
    let Scenario { start, commands, again, is_backup, .. } = &trial.stage.scenario;
    let is_done = at_least == commands.len();
    let before = trial.disk();
    let next = trial.run(&["holdings", "-O", "json"]);
    if !trial.book().exists() && *start == Start::NoBook {
        if next.status.code() != Some(1) {
            return Err(format!("without a book, the next command ends otherwise\n{}", said(&next)));
        }
        if at_least > 0 {
            return Err(format!("told as done, and there is no book: {}", listed(&before)));
        }
    } else {
        has_gone_well(trial, &next, is_done).map_err(|what| format!("the next command: {what}"))?;
        is_sound(trial, is_done, at_least, at_most)?;
    }
    if *is_backup {
        is_copy_sound(trial, is_done).map_err(|what| format!("the copy: {what}"))?;
    }
    if again.is_empty() {
        return Ok(());
    }
    for command in again {
        has_gone_well(trial, &trial.run(command), is_done).map_err(|what| format!("repeated: {what}"))?;
    }
    is_sound(trial, true, commands.len(), commands.len()).map_err(|what| format!("repeated: {what}"))?;
    let mut expected = vec!["data/book.db", "data/book.db.audit.jsonl"];
    if *is_backup {
        is_copy_sound(trial, true).map_err(|what| format!("the copy, repeated: {what}"))?;
        expected.extend([COPY, "data/copy.db.audit.jsonl"]);
    }
    let disk = trial.disk();
    let is_aside = |name: &&Path| name.to_string_lossy().contains(".audit.jsonl.bad-");
    let (aside, rest): (Vec<_>, Vec<_>) = disk.names().partition(is_aside);
    if rest.iter().all(|name| expected.iter().any(|expected| *name == Path::new(expected)))
        && rest.len() == expected.len()
        && aside.len() == usize::from(*start == Start::LogForeign)
    {
        Ok(())
    } else {
        Err(format!("left behind: {}", listed(&disk)))
    }
}

/// The book is sound, and what someone had changed behind its back is as they left it or repaired; repaired
/// if success was reported.
fn is_sound(trial: &Trial<'_>, is_done: bool, at_least: usize, at_most: usize) -> Result<(), String> {
    let (stage, examined) = (trial.stage, examine(&trial.book())?);
    stage.has_recorded(&examined.lines, at_least, at_most)?;
    if is_done || stage.scenario.start != Start::DerivedWrong {
        examined.derived?;
    }
    if stage.scenario.start != Start::LogForeign {
        return examined.log;
    }
    let disk = trial.disk();
    let is_foreign = |name: &Path| disk.content(name) == Some(stage.foreign_log.as_slice());
    if !disk.names().any(is_foreign) {
        return Err(format!("what someone wrote into the log is lost: {}", listed(&disk)));
    }
    if !is_done && is_foreign(Path::new(LOG)) { Ok(()) } else { examined.log }
}

/// The copy is a sound book and, if success was reported, equal to the book; otherwise it may be an older
/// one, or missing.
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
    let (copied, lines) = (examine(&copy)?.sound()?, examine(&trial.book())?.lines);
    let is_same = copied == lines || (!is_done && lines.starts_with(&copied));
    if is_same { Ok(()) } else { Err(format!("{} lines of {}", copied.len(), lines.len())) }
}

/// It succeeds without a message, unless a person has changed the log before.
fn has_gone_well(trial: &Trial<'_>, output: &Output, is_done: bool) -> Result<(), String> {
    let expected: &[&str] = match trial.stage.scenario.start {
        Start::NoBook
        | Start::Sound
        | Start::Undelivered
        | Start::DerivedWrong
        | Start::BackedUp
        | Start::EarlierFormat => &[],
        Start::LogDeleted | Start::LogCut | Start::LogZeroed => &["note: "],
        Start::LogForeign if is_done => &[],
        Start::LogForeign => &["note: ", "warning: "],
    };
    let remarks = String::from_utf8_lossy(&output.stderr);
    let is_quiet = remarks.lines().all(|line| expected.iter().any(|expected| line.starts_with(expected)));
    if output.status.success() && is_quiet { Ok(()) } else { Err(said(output)) }
}

fn said(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    format!("  {}\n  {}{}", output.status, text(&output.stderr), text(&output.stdout))
}

fn listed(disk: &Disk) -> String {
    disk.names().map(|name| name.display().to_string()).collect::<Vec<_>>().join(", ")
}
