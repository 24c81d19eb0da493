//! Checking and repairing while others use the book, and being killed meanwhile.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use super::{check, dump, is_sound, varied};
use crate::harness::Running;

#[test]
fn while_others_write_nothing_is_found_that_is_not_there() {
    let desk = varied();
    let script = "i=0; while [ $i -lt 300 ]; do i=$((i + 1)); \"$0\" buy ACME 1 1 -q --date 2024-02-01 || exit 1; done";
    let mut command = desk.program("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_stockbook")]);
    let mut writing = Running::start(command);
    for _ in 0..20 {
        is_sound(&desk);
    }
    assert!(writing.child().try_wait().unwrap().is_none(), "it has written all that it wanted before the end");
}

#[test]
fn looking_waits_for_nobody_and_repairing_waits_its_turn() {
    let desk = varied();
    desk.edit("DELETE FROM open_lots");
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(check(&desk, &["--wait", "0"]).0, Some(4));
    let error = desk.error(5, ["check", "--repair", "--wait", "0"]);
    assert_eq!(error["code"], "busy");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(check(&desk, &["--repair", "--wait", "0"]).0, Some(0));
}

#[test]
fn a_repair_that_is_killed_is_there_whole_or_not_at_all() {
    let desk = varied();
    let wanted = dump(&desk);
    desk.edit("DELETE FROM open_lots; DELETE FROM positions; UPDATE summaries SET quantity = '1'");
    let (broken, damaged) = (fs::read(desk.book()).unwrap(), dump(&desk));
    let started = Instant::now();
    desk.ok(["check", "--repair", "-q"]);
    let unhurt = started.elapsed();
    let (mut before, mut after) = (0, 0);
    // On a busy machine, the next run may take longer or shorter.
    for round in 0..400_u32 {
        if round >= 40 && before > 0 && after > 0 {
            break;
        }
        fs::write(desk.book(), &broken).unwrap();
        let mut command = desk.command(["check", "--repair", "-q"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = Running::start(command);
        thread::sleep(unhurt * (round % 40) / 25);
        let _ = running.child().kill();
        running.ends();
        let found = dump(&desk);
        if found == wanted {
            after += 1;
        } else {
            assert!(found == damaged, "neither as before nor as after");
            before += 1;
        }
        let _ = fs::remove_file(desk.path("book.db-wal"));
        let _ = fs::remove_file(desk.path("book.db-shm"));
    }
    assert!(before > 0 && after > 0, "{before} {after}");
}
