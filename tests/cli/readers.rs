//! Users who may read a book but not write it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::thread;

use crate::backups::{NOTHING, assert_sound, small};
use crate::harness::{Desk, Run};

/// A command run by somebody other than the superuser; `None` if there is nobody else.
fn as_nobody(desk: &Desk, args: &[&str]) -> Option<Run> {
    let program = env!("CARGO_BIN_EXE_stockbook");
    if desk.program("id").arg("-u").output().is_ok_and(|id| id.stdout != b"0\n") {
        return Some(desk.run(args));
    }
    let nobody = |args: &[&str]| {
        let mut command = desk.program("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]).args(args);
        command
    };
    let can_be = nobody(&["-V"]).output().is_ok_and(|run| run.status.success());
    can_be.then(|| Run::of(nobody(args)))
}

#[test]
fn a_book_that_cannot_be_written_can_be_read_checked_and_backed_up() {
    let desk = small();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
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
    mode(desk.folder(), 0o755);
}

#[test]
fn who_may_not_write_reads_one_moment_while_the_owner_records() {
    let desk = small();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
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
