//! Those who look at the book, and the one who keeps it: who checks, repairs and copies it.

use std::collections::BTreeMap;
use std::fs;

use sha2::{Digest as _, Sha256};

use super::person::{Answer, Person};
use super::writer::ROWS;
use super::{Mix, SHARED};
use crate::stage::program_on;
use crate::witness::{Examined, examine, hex, with_suffix};

/// Looks at the book in one way after the other.
pub(super) fn read(mix: &Mix, person: &mut Person<'_>, reader: usize) {
    for number in reader.. {
        if mix.is_over() {
            return;
        }
        let before = mix.claims().head();
        let args: &[&str] = match number % 7 {
            0 => &["audit", "head"],
            1 => &["transactions", "--all", "--symbol", SHARED, "--tail", "200", "-O", "json"],
            2 => &["audit", "--tail", "3"],
            3 => &["holdings", "-O", "json"],
            4 => &["check"],
            5 => &["audit", "verify"],
            _ => &["stocks", "-O", "json"],
        };
        let answer = person.run(args);
        if !ends_well(mix, &answer) {
            continue;
        }
        mix.claims().reads += 1;
        let seen = match number % 7 {
            0 => is_head(mix, &answer.out, before),
            1 => imports_are_whole(&answer.out),
            2 => answer.out.split_inclusive('\n').try_for_each(|line| is_line(mix, line)),
            _ => Ok(()),
        };
        if let Err(what) = seen {
            mix.claims().fail(&format!("{what}\n{answer}"));
        }
    }
}

/// Whether it is done. It may be busy or killed, and nothing else.
fn ends_well(mix: &Mix, answer: &Answer) -> bool {
    if !matches!(answer.code, Some(0 | 5) | None) {
        mix.claims().fail(&answer.to_string());
    }
    answer.code == Some(0)
}

/// The head of the log is no older than what was told before.
fn is_head(mix: &Mix, out: &str, before: u64) -> Result<(), String> {
    let (sequence, hash) = out.trim_end().split_once(' ').ok_or("no head")?;
    let sequence = sequence.parse().map_err(|_| "no number")?;
    mix.claims().see(sequence, hash);
    if sequence >= before { Ok(()) } else { Err(format!("{sequence} events, after {before} were told")) }
}

fn is_line(mix: &Mix, line: &str) -> Result<(), String> {
    let event: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let sequence = event["sequence"].as_u64().ok_or("no sequence")?;
    mix.claims().see(sequence, &hex(&Sha256::digest(line.as_bytes())));
    Ok(())
}

/// Of an import all rows are seen or none, but for the one that the first row may have cut off.
fn imports_are_whole(out: &str) -> Result<(), String> {
    let rows: serde_json::Value = serde_json::from_str(out).map_err(|error| error.to_string())?;
    let mut imports = BTreeMap::<&str, usize>::new();
    let notes = rows.as_array().into_iter().flatten().filter_map(|row| row["note"].as_str());
    for (import, _) in notes.filter_map(|note| note.split_once('/')) {
        *imports.entry(import).or_default() += 1;
    }
    let first = rows[0]["note"].as_str().and_then(|note| note.split_once('/')).map(|(import, _)| import);
    // What an undo took back may be imported again.
    let part = imports.iter().find(|(import, count)| **count % ROWS != 0 && Some(**import) != first);
    part.map_or(Ok(()), |(import, count)| Err(format!("{count} rows of the import {import}")))
}

/// Checks, repairs and copies the book by turns.
pub(super) fn keep(mix: &Mix, person: &mut Person<'_>) {
    for number in 0.. {
        if mix.is_over() {
            break;
        }
        let args: &[&str] = match number % 6 {
            0 => &["backup", "copies/old.db", "--force", "--wait", "20"],
            1 => &["check", "--wait", "20"],
            2 => &["audit", "verify"],
            3 => &["check", "--repair", "--wait", "20"],
            4 => &["backup", "copies/new.db", "--wait", "20"],
            _ => &["audit", "repair", "--wait", "20"],
        };
        let before = mix.claims().head();
        let answer = person.run(args);
        if !ends_well(mix, &answer) {
            continue;
        }
        let mut kept = Ok(());
        if args[0] == "backup" {
            kept = is_sound_copy(mix, args[1], before);
            mix.claims().backups += 1;
        } else {
            mix.claims().checks += 1;
        }
        if args[1] == "copies/new.db" {
            let copy = mix.folder.join(args[1]);
            fs::remove_file(with_suffix(&copy, ".audit.jsonl")).unwrap();
            fs::remove_file(copy).unwrap();
        }
        if let Err(what) = kept {
            mix.claims().fail(&format!("{what}\n{answer}"));
        }
    }
}

/// A copy is a sound book that has what was told before.
fn is_sound_copy(mix: &Mix, copy: &str, before: u64) -> Result<(), String> {
    let copy = mix.folder.join(copy);
    // The first command on it delivers what was recorded and not yet delivered when it was taken.
    let check = program_on(&copy, &["check"]).output().unwrap();
    if !check.status.success() {
        return Err(format!("the copy: {check:?}"));
    }
    let lines = examine(&copy).and_then(Examined::sound)?;
    let (sequence, last) = (lines.len() as u64, lines.last().ok_or("an empty copy")?);
    mix.claims().see(sequence, &hex(&Sha256::digest(last.as_bytes())));
    if sequence >= before { Ok(()) } else { Err(format!("{sequence} events in the copy, after {before} were told")) }
}
