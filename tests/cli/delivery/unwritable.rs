//! Logs that cannot be written or only appended to.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use super::small;
use crate::audit::assert_chain;
use crate::harness::Desk;

/// A log with a file attribute, until the guard is dropped.
struct Attribute<'d>(&'d Desk, &'static str);

impl<'d> Attribute<'d> {
    /// A log that can only be appended to; `None` if the file system or the user does not permit it.
    fn append_only(desk: &'d Desk) -> Option<Self> {
        Self::set(desk, "a")
    }

    fn set(desk: &'d Desk, attribute: &'static str) -> Option<Self> {
        let done = desk.program("chattr").arg(format!("+{attribute}")).arg(desk.log()).output();
        done.is_ok_and(|done| done.status.success()).then(|| Self(desk, attribute))
    }
}

impl Drop for Attribute<'_> {
    fn drop(&mut self) {
        let _ = self.0.program("chattr").arg(format!("-{}", self.1)).arg(self.0.log()).status();
    }
}

#[test]
fn a_log_that_cannot_be_written_says_what_to_do_and_is_caught_up_with_once_that_is_done() {
    let desk = small();
    let advised = |advice: &str| {
        let run = desk.run(["buy", "ACME", "1", "130"]).exits(0);
        assert!(
            run.err().starts_with("warning: recorded, but the audit log is ") && run.err().contains(advice),
            "{run}"
        );
    };
    let log = fs::read(desk.log()).unwrap();
    if let Some(_guard) = Attribute::set(&desk, "i") {
        advised("chattr -i");
        let told = desk.run(["audit", "verify"]).exits(0).silently().out();
        assert!(told.contains("agree, except for 1 event not yet delivered to the log\n"), "{told}");
    }
    desk.ok(["stocks"]);
    for stand_in in ["mkdir", "mkfifo"] {
        fs::rename(desk.log(), desk.path("aside")).unwrap();
        assert!(desk.program(stand_in).arg(desk.log()).status().unwrap().success());
        advised("`stockbook audit repair`");
        desk.run(["audit", "repair"]).exits(0);
        fs::remove_file(desk.path("aside")).unwrap();
    }
    assert_eq!(fs::read(desk.log()).unwrap()[..log.len()], log);
    assert_chain(&desk.log_lines());
    // One that can be neither written nor moved.
    if let Some(_guard) = Attribute::append_only(&desk) {
        let mut foreign = fs::OpenOptions::new().append(true).open(desk.log()).unwrap();
        std::io::Write::write_all(&mut foreign, b"x").unwrap();
        let error = desk.error(1, ["audit", "repair"]);
        assert_eq!(error["code"], "log_stuck");
        assert!(error["hint"].as_str().unwrap().contains("chattr -a"), "{error}");
    }
}

#[test]
fn a_log_that_an_administrator_s_command_makes_is_the_owner_s_of_the_book() {
    let desk = small();
    let owner = (Some(65534), Some(65534));
    // Only an administrator can give files away.
    if std::os::unix::fs::chown(desk.book(), owner.0, owner.1).is_err() {
        return;
    }
    fs::remove_file(desk.log()).unwrap();
    desk.ok(["stocks"]);
    let made = fs::metadata(desk.log()).unwrap();
    assert_eq!((made.uid(), made.gid(), made.mode() & 0o7777), (65534, 65534, 0o600));
}

#[test]
fn a_log_that_may_only_be_appended_to_gets_what_it_lacks_and_no_more() {
    let desk = small();
    let Some(guard) = Attribute::append_only(&desk) else { return };
    let whole = fs::read(desk.log()).unwrap();
    for sequence in 0..=6 {
        desk.edit(&format!("UPDATE checkpoints SET sequence = {sequence}"));
        desk.run(["stocks"]).exits(0).silently();
        assert_eq!(fs::read(desk.log()).unwrap(), whole, "after {sequence}");
    }
    desk.run(["buy", "ACME", "1", "130"]).exits(0).silently();
    assert_chain(&desk.log_lines());
    assert_eq!(desk.log_lines().len(), 7);
    drop(guard);

    // A torn line can be completed, a zero-filled one cannot.
    let whole = fs::read(desk.log()).unwrap();
    fs::write(desk.log(), &whole[..whole.len() / 2]).unwrap();
    let guard = Attribute::append_only(&desk);
    assert!(desk.run(["stocks"]).exits(0).err().contains("cut short"));
    assert_eq!(fs::read(desk.log()).unwrap(), whole);
    drop(guard);

    let mut damaged = whole.clone();
    damaged[whole.len() - 20..].fill(0);
    fs::write(desk.log(), &damaged).unwrap();
    let guard = Attribute::append_only(&desk);
    let run = desk.run(["stocks"]).exits(0);
    assert!(run.err().contains("is append-only") && run.err().contains("chattr -a"), "{run}");
    assert_eq!(fs::read(desk.log()).unwrap(), damaged);
    drop(guard);
    desk.ok(["stocks"]);
    assert_eq!(fs::read(desk.log()).unwrap(), whole);
}
