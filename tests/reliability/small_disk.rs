//! Disks that are full to the last block: small file systems, some with blocks smaller than the pages of
//! mapped memory. Only root can mount them; otherwise the tests say that they are left out.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::stage::{place, program_on};
use crate::witness::{Examined, examine};

/// A file system in a file.
struct SmallDisk {
    home: TempDir,
}

impl SmallDisk {
    /// Makes and mounts one with blocks of this size; `None` where that is not possible.
    fn of(block_size: usize) -> Option<Self> {
        let disk = Self { home: tempfile::tempdir_in(place()).unwrap() };
        fs::create_dir(disk.folder()).unwrap();
        let image = disk.home.path().join("image");
        File::create(&image).unwrap().set_len(6 << 20).unwrap();
        let block_size = block_size.to_string();
        let options = ["-q", "-F", "-m", "0", "-O", "^has_journal", "-b", &block_size];
        let is_made = does(Command::new("mkfs.ext4").args(options).arg(&image));
        let is_mounted = is_made && does(Command::new("mount").args(["-o", "loop"]).args([&image, &disk.folder()]));
        is_mounted.then_some(disk)
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("disk")
    }

    fn book(&self) -> PathBuf {
        self.folder().join("book.db")
    }

    fn run(&self, args: &[&str]) -> Output {
        program_on(&self.book(), args).output().unwrap()
    }

    /// Leaves so many bytes free, until the filling is removed again.
    fn leave(&self, free: u64) {
        let filling = self.folder().join("filling");
        let mut file = File::create(&filling).unwrap();
        // Until there is no room for another byte; what is to be free is given back.
        let block = [7; 1 << 10];
        while file.write_all(&block).is_ok() {}
        file.set_len(file.metadata().unwrap().len().saturating_sub(free)).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.folder().join("filling")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = does(Command::new("umount").arg(self.folder()));
    }
}

fn does(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Buys and reads with ever more room left, and returns the results.
fn fill(disk: &SmallDisk, kilobytes: impl Iterator<Item = u64>) {
    assert!(disk.run(&["add-stock", "ACME", "Acme"]).status.success());
    let mut recorded = 0;
    let mut codes = Vec::new();
    for left in kilobytes {
        disk.leave(left * 1024);
        let id = format!("with {left}");
        let bought = disk.run(&["buy", "ACME", "1", "1", "--date", "2024-01-02", "--id", &id]);
        let looked = disk.run(&["holdings", "-O", "csv"]);
        disk.make_room();
        let said = String::from_utf8_lossy(&bought.stderr);
        match bought.status.code() {
            Some(0) => recorded += 1,
            Some(1) => assert!(said.starts_with("error: the disk is full"), "{left} KB left: {said}"),
            code => panic!("{left} KB left: {code:?}: {said}"),
        }
        // Whatever is recorded can be looked at, on a full disk too.
        assert_eq!(looked.status.code(), Some(0), "{left} KB left: {looked:?}");
        let shown = String::from_utf8_lossy(&looked.stdout);
        let quantity = if recorded > 0 { format!(",{recorded},") } else { String::new() };
        assert!(shown.contains(&quantity), "{left} KB left: {shown}");
        codes.push(bought.status.code());
    }
    assert!(codes.contains(&Some(0)) && codes.contains(&Some(1)), "{codes:?}");
    assert!(disk.run(&["check"]).status.success());
    is_recorded(&disk.book(), recorded);
}

fn is_recorded(book: &Path, trades: usize) {
    let lines = examine(book).and_then(Examined::sound).unwrap();
    assert_eq!(lines.iter().filter(|line| line.contains("TransactionExecutedEvent")).count(), trades);
}

#[test]
fn a_full_disk_is_a_reported_error_and_never_a_crash() {
    for block_size in [1024, 4096] {
        let Some(disk) = SmallDisk::of(block_size) else {
            eprintln!("left out: small disks; they need root, mkfs.ext4 and mount");
            return;
        };
        fill(&disk, (0..320).step_by(16).chain([1000, 2000]));
    }
}

#[test]
fn a_disk_without_room_for_another_file_is_full_too() {
    let Some(disk) = SmallDisk::of(4096) else {
        eprintln!("left out: small disks; they need root, mkfs.ext4 and mount");
        return;
    };
    assert!(disk.run(&["add-stock", "ACME", "Acme"]).status.success());
    let others = disk.folder().join("others");
    fs::create_dir(&others).unwrap();
    let many = (0..9999).take_while(|number: &u32| File::create(others.join(number.to_string())).is_ok()).count();
    assert!(many > 100, "{many}");
    for args in [&["buy", "ACME", "1", "1", "--date", "2024-01-02"][..], &["holdings"]] {
        let run = disk.run(args);
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.code() == Some(1) && said.starts_with("error: the disk is full"), "{said}");
    }
    fs::remove_dir_all(&others).unwrap();
    assert!(disk.run(&["check"]).status.success());
    is_recorded(&disk.book(), 0);
}

#[test]
#[ignore = "takes a few minutes"]
fn a_full_disk_is_reported_with_any_number_of_bytes_left() {
    for block_size in [1024, 2048, 4096] {
        let disk = SmallDisk::of(block_size).expect("root, mkfs.ext4 and mount");
        fill(&disk, (0..400).chain([600, 800, 1000, 1020, 1024, 1028, 1100, 2000]));
    }
}

#[test]
fn every_other_command_reports_a_full_disk_too() {
    let Some(disk) = SmallDisk::of(1024) else {
        eprintln!("left out: small disks; they need root, mkfs.ext4 and mount");
        return;
    };
    for args in [&["add-stock", "ACME", "Acme"][..], &["buy", "ACME", "9", "1", "--date", "2024-01-02"]] {
        assert!(disk.run(args).status.success());
    }
    let copy = disk.folder().join("copy.db");
    let copy = copy.to_str().unwrap();
    for left in [0, 9 << 10, 40 << 10, 200 << 10] {
        for args in [
            &["stocks"][..],
            &["transactions"],
            &["gains"],
            &["returns"],
            &["audit"],
            &["audit", "verify"],
            &["audit", "repair"],
            &["check"],
            &["check", "--repair"],
            &["backup", copy, "--force"],
            &["sell", "ACME", "1", "2", "--date", "2024-01-03"],
            &["update-price", "ACME", "3", "--date", "2024-01-03"],
        ] {
            disk.leave(left);
            let output = disk.run(args);
            disk.make_room();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!([Some(0), Some(1)].contains(&output.status.code()), "{args:?}, {left} bytes left: {output:?}");
            let is_told = said.contains("the disk is full") || said.contains("No space left");
            assert!(output.status.success() || is_told, "{args:?}, {left} bytes left: {said}");
        }
    }
    assert!(disk.run(&["check"]).status.success());
}

/// The index of the WAL is mapped memory: where a block is smaller than a page of memory, whoever writes to a
/// part of it for which the disk has no block is killed.
#[test]
fn the_wal_index_has_room_to_grow_on_a_disk_with_small_blocks() {
    for block_size in [1024, 2048] {
        let Some(disk) = SmallDisk::of(block_size) else {
            eprintln!("left out: small disks; they need root, mkfs.ext4 and mount");
            return;
        };
        let rows = "2024-01-02,buy,ACME,1,10\n".repeat(1000);
        let trades = disk.folder().join("trades.csv");
        fs::write(&trades, format!("date,action,symbol,quantity,price\n{rows}")).unwrap();
        assert!(disk.run(&["import", "--add-stocks", trades.to_str().unwrap()]).status.success());
        // It holds the book until somebody reads what it prints, which is more than a pipe takes.
        let mut stuck = program_on(&disk.book(), &["transactions", "-O", "json"]);
        let mut stuck = stuck.stdout(Stdio::piped()).spawn().unwrap();
        let index = disk.folder().join("book.db-shm");
        let started = Instant::now();
        loop {
            assert!(started.elapsed() < Duration::from_secs(10), "{block_size}: {:?}", index.metadata());
            let Ok(found) = index.metadata() else { continue };
            // For that of the WAL that is open, and of one that fills the disk.
            if found.len() >= 2 << 15 && found.blocks() * 512 >= found.len() {
                break;
            }
        }
        // Others read and record meanwhile.
        assert!(disk.run(&["buy", "ACME", "1", "1", "--date", "2024-01-02", "--wait", "0"]).status.success());
        assert!(disk.run(&["holdings", "--wait", "0"]).status.success());
        let mut printed = String::new();
        stuck.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        assert!(stuck.wait().unwrap().success());
        assert!(disk.run(&["check"]).status.success());
    }
}
