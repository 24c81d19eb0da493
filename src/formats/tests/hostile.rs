//! Files and tables that are damaged in every way: they are read or refused, and nothing breaks.

use std::path::Path;
use std::sync::Arc;

use crate::formats::{Activities, Format, Library, ReadOptions, Wanted};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let limit = u64::try_from(limit.max(1)).unwrap();
        usize::try_from(self.0.checked_rem(limit).unwrap()).unwrap()
    }

    /// The bytes with a few of them changed, cut, doubled or moved.
    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        const NASTY: [&[u8]; 16] = [
            b"\"",
            b",",
            b"\n",
            b"\0",
            b"\xff\xfe",
            b"-",
            b"1e30",
            b"99999999999999999999",
            b"=",
            b"[",
            b"]",
            b"(",
            b"'",
            b"\xc3",
            b"0",
            b"*",
        ];
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let from = self.below(bytes.len().max(1));
            let to = from.saturating_add(self.below(20)).min(bytes.len());
            let nasty = NASTY[self.below(NASTY.len())];
            match self.below(4) {
                0 => drop(bytes.splice(from..to, nasty.iter().copied())),
                1 => drop(bytes.drain(from..to)),
                2 => {
                    let copy = bytes[from..to].to_vec();
                    let place = self.below(bytes.len().max(1));
                    drop(bytes.splice(place..place, copy));
                }
                _ => bytes.truncate(to.max(bytes.len() / 2)),
            }
        }
        bytes
    }
}

fn samples() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|extension| extension != "md") {
                files.push(std::fs::read(path).unwrap());
            }
        }
    }
    files.retain(|file| file.len() < 6000);
    files.sort();
    files
}

/// How many activities and faults a file comes to; `None` where it is refused.
fn read(file: &[u8], wanted: &Wanted<'_>) -> Option<usize> {
    let options = ReadOptions::new("2026-01-31".parse().unwrap());
    let mut activities = Activities::open(file, wanted, &options).ok()?;
    let count = activities.by_ref().map(|activity| {
        let activity = activity.unwrap();
        assert!(
            activity.is_err()
                || activity.is_ok_and(|activity| activity.when.is_none_or(|when| when.day <= options.today))
        );
    });
    let count = count.count();
    assert!(activities.next().is_none());
    Some(count)
}

#[test]
fn damaged_files_are_read_or_refused() {
    let library = Library::built_in();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut read_after_all = 0;
    for file in samples() {
        for _ in 0..4 {
            let damaged = dice.damaged(&file);
            read_after_all += usize::from(read(&damaged, &Wanted::Any(&library)).is_some());
        }
    }
    assert!(read_after_all > 100, "{read_after_all}");
}

#[test]
fn damaged_tables_are_refused_or_read_something() {
    let library = Library::built_in();
    let files = samples();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut refused, mut used) = (0, 0);
    for format in library.all() {
        for _ in 0..6 {
            let damaged = dice.damaged(format.text().as_bytes());
            match Format::parse(&String::from_utf8_lossy(&damaged)) {
                Err(error) => {
                    assert!(!error.message.is_empty() && !error.message.contains(char::is_control), "{error:?}");
                    refused += 1;
                }
                Ok(damaged) => {
                    let damaged = Arc::new(damaged);
                    let file = &files[dice.below(files.len())];
                    used += usize::from(read(file, &Wanted::Only(&damaged)).is_some());
                    let own = files.iter().find(|file| read(file, &Wanted::Only(format)).is_some());
                    used += usize::from(own.is_some_and(|own| read(own, &Wanted::Only(&damaged)).is_some()));
                }
            }
        }
    }
    assert!(refused > 50 && used > 10, "{refused} {used}");
}
