//! Users who may read a book but not write it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::backups::{NOTHING, assert_sound, small};
use crate::harness::{Desk, Run};

/// A command of somebody other than the superuser; `None` if there is nobody else.
fn of_nobody(desk: &Desk, args: &[&str]) -> Option<Command> {
    let program = env!("CARGO_BIN_EXE_stockbook");
    if desk.program("id").arg("-u").output().is_ok_and(|id| id.stdout != b"0\n") {
        return Some(desk.command(args));
    }
    let nobody = |args: &[&str]| {
        let mut command = desk.program("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]).args(args);
        command
    };
    let can_be = nobody(&["-V"]).output().is_ok_and(|run| run.status.success());
    can_be.then(|| nobody(args))
}

fn as_nobody(desk: &Desk, args: &[&str]) -> Option<Run> {
    of_nobody(desk, args).map(Run::of)
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_book_that_cannot_be_written_can_be_read_checked_and_backed_up() {
    let desk = small();
    fs::create_dir(desk.path("elsewhere")).unwrap();
    mode(&desk.path("elsewhere"), 0o777);
    mode(desk.book(), 0o444);
    mode(&desk.log(), 0o444);
    mode(desk.folder(), 0o555);
    let held = desk.ok(["holdings"]);
    let before = desk.everything();
    for args in [&["holdings"][..], &["check"], &["audit", "verify", "-q"], &["backup", "elsewhere/copy.db", "-n"]] {
        let Some(run) = as_nobody(&desk, args) else { return };
        let run = run.exits(0).silently();
        assert!(args[0] != "holdings" || run.out() == held, "{run}");
    }
    for args in [&["buy", "ACME", "1", "1"][..], &["check", "--repair"], &["audit", "repair"], &["add-stock", "N", "N"]]
    {
        let run = as_nobody(&desk, args).unwrap().exits(1);
        assert!(run.err().contains("read-only"), "{run}");
    }
    assert_eq!(desk.changed_since(&before), NOTHING);
    as_nobody(&desk, &["backup", "elsewhere/copy.db"]).unwrap().exits(0).silently();
    assert_sound(&desk.path("elsewhere/copy.db"));
    let run = as_nobody(&desk, &["backup", "copy.db"]).unwrap().exits(1);
    assert!(run.err().starts_with("error: cannot write "), "{run}");
    mode(&desk.path("elsewhere/copy.db"), 0o444);
    let run = as_nobody(&desk, &["backup", "elsewhere/copy.db", "--force"]).unwrap().exits(1);
    assert!(run.err().starts_with("error: cannot write "), "{run}");
    mode(desk.folder(), 0o755);
}

#[test]
fn a_book_is_read_from_anywhere_whether_its_file_or_its_folder_cannot_be_written() {
    let desk = small();
    // More than is copied at a time.
    let note = "long ".repeat(200);
    let rows = (0..900).map(|_| format!("2024-01-09,buy,BOLT,1,2,{note}\n"));
    let trades = format!("date,action,symbol,quantity,price,note\n{}", rows.collect::<String>());
    desk.fed(&trades, ["import", "-q", "-"]).exits(0);
    assert!(fs::metadata(desk.book()).unwrap().len() > 1 << 20);
    let held = desk.ok(["holdings"]);
    for (file, folder) in [(0o444, 0o777), (0o666, 0o555)] {
        mode(desk.book(), file);
        mode(&desk.log(), 0o444);
        mode(desk.folder(), folder);
        let before = desk.everything();
        for place in [desk.folder(), Path::new("/")] {
            let Some(mut command) = of_nobody(&desk, &["holdings"]) else { return };
            command.current_dir(place);
            assert_eq!(Run::of(command).exits(0).silently().out(), held, "{file:o} {folder:o} {}", place.display());
        }
        mode(&desk.log(), 0o600);
        // A log that cannot be read is not one that is missing.
        let error = as_nobody(&desk, &["audit", "verify", "-O", "json"]).unwrap().exits(1).json_error();
        assert_eq!(error["code"], "io_error", "{error}");
        let mut command = of_nobody(&desk, &["holdings"]).unwrap();
        command.env("TMPDIR", desk.path("nowhere"));
        let run = Run::of(command).exits(1);
        assert!(run.err().starts_with("error: cannot copy "), "{run}");
        assert_eq!(desk.changed_since(&before), NOTHING, "{file:o} {folder:o}");
    }
    mode(desk.folder(), 0o755);
}

#[test]
fn who_may_not_write_reads_one_moment_while_the_owner_records() {
    let desk = small();
    mode(desk.book(), 0o644);
    mode(&desk.log(), 0o644);
    mode(desk.folder(), 0o755);
    thread::scope(|scope| {
        let recording = scope.spawn(|| {
            for _ in 0..40 {
                desk.ok(["buy", "ACME", "1", "2", "--date", "2024-01-09"]);
            }
        });
        while !recording.is_finished() {
            for args in [&["check"][..], &["audit", "verify", "-q"], &["holdings"]] {
                let Some(run) = as_nobody(&desk, args) else { return };
                run.exits(0);
            }
        }
        recording.join().unwrap();
    });
    let held = desk.ok(["holdings"]);
    let before = desk.everything();
    assert_eq!(as_nobody(&desk, &["holdings"]).unwrap().exits(0).silently().out(), held);
    assert_eq!(desk.changed_since(&before), NOTHING);
}
