//! Logs that a crash of the program cannot have left: nothing is overwritten.

use std::fs;
use std::os::unix::fs::symlink;

use super::small;
use crate::audit::assert_chain;
use crate::harness::Desk;

/// Nothing is recorded and nothing overwritten; reading warns.
fn is_foreign(desk: &Desk) {
    let before = desk.everything();
    for args in [
        &["buy", "ACME", "1", "130"][..],
        &["add-stock", "NEW", "New"],
        &["add-stock", "ACME", "Acme Corporation"],
        &["update-price", "ACME", "1"],
        &["add-portfolio", "pension"],
        &["audit"],
        &["audit", "--tail", "1"],
    ] {
        let error = desk.error(1, args);
        assert_eq!(error["code"], "foreign_audit_log", "{args:?}: {error}");
        assert!(error["hint"].is_string());
    }
    for args in [&["holdings"][..], &["stocks"], &["transactions"], &["prices", "ACME"]] {
        let run = desk.run(args).exits(0);
        assert!(run.err().starts_with("warning: ") && !run.stdout.is_empty(), "{run}");
    }
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_log_that_is_longer_than_the_book_accounts_for_is_left_alone() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    for more in ["\n", "x", "{\"sequence\":7}\n", "\0"] {
        fs::write(desk.log(), [&whole, more.as_bytes()].concat()).unwrap();
        is_foreign(&desk);
    }
    fs::write(desk.log(), &whole).unwrap();
    desk.run(["buy", "ACME", "1", "130"]).exits(0).silently();
}

#[test]
fn a_log_whose_last_line_was_edited_is_left_alone() {
    let desk = small();
    let whole = fs::read_to_string(desk.log()).unwrap();
    let edited = whole.replacen("\"new_price\":\"120\"", "\"new_price\":\"121\"", 1);
    assert_eq!(edited.len(), whole.len());
    fs::write(desk.log(), edited).unwrap();
    is_foreign(&desk);
}

/// A checkpoint that is missing, behind or different does not make a foreign log the book's.
#[test]
fn an_edited_log_is_left_alone_whatever_is_said_of_how_far_it_goes() {
    let desk = small();
    let whole = fs::read_to_string(desk.log()).unwrap();
    for (ours, theirs) in
        [("Acme Corp", "Acme corp"), ("Grüße", "Große"), ("\"new_price\":\"120\"", "\"new_price\":\"121\"")]
    {
        let edited = whole.replacen(ours, theirs, 1);
        assert_ne!(edited, whole);
        for sql in [
            "DELETE FROM checkpoints WHERE handler = 'audit_log'",
            "UPDATE checkpoints SET sequence = 0 WHERE handler = 'audit_log'",
            "UPDATE checkpoints SET sequence = 2 WHERE handler = 'audit_log'",
            "UPDATE checkpoints SET sequence = 77 WHERE handler = 'audit_log'",
        ] {
            for length in [edited.len(), edited.len() - 3] {
                desk.edit(sql);
                fs::write(desk.log(), &edited.as_bytes()[..length]).unwrap();
                is_foreign(&desk);
            }
        }
    }
    fs::write(desk.log(), &whole).unwrap();
    desk.run(["buy", "ACME", "1", "130"]).exits(0).silently();
    assert_chain(&desk.log_lines());
}

#[test]
fn another_book_s_log_is_left_alone() {
    let (desk, other) = (small(), small());
    fs::copy(other.log(), desk.log()).unwrap();
    is_foreign(&desk);
}

#[test]
fn an_old_copy_of_the_book_does_not_overwrite_the_longer_log() {
    let desk = small();
    let old = fs::read(desk.book()).unwrap();
    desk.ok(["buy", "ACME", "1", "130"]);
    fs::write(desk.book(), old).unwrap();
    is_foreign(&desk);
}

#[test]
fn a_log_that_was_foreign_is_written_anew_once_it_is_moved_away() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    desk.file("book.db.audit.jsonl", "not ours, and much longer than the log\n".repeat(100));
    is_foreign(&desk);
    fs::rename(desk.log(), desk.path("aside")).unwrap();
    desk.ok(["buy", "ACME", "1", "130"]);
    assert_eq!(fs::read(desk.log()).unwrap()[..whole.len()], whole);
}

#[test]
fn a_cut_and_edited_log_is_not_mended_over_the_edit() {
    let desk = small();
    let whole = fs::read_to_string(desk.log()).unwrap();
    // Short, so that it looks like a crash, but the rest was never ours.
    let edited = whole.replacen("Bolt SE", "Volt SE", 1);
    fs::write(desk.log(), &edited[..whole.len() - 10]).unwrap();
    is_foreign(&desk);
}

#[test]
fn what_stands_in_the_log_s_place_is_neither_followed_nor_removed() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    let secret = desk.file("secret", "precious\n");
    fs::remove_file(desk.log()).unwrap();
    symlink(&secret, desk.log()).unwrap();
    let run = desk.run(["buy", "ACME", "1", "130"]).exits(0);
    assert!(run.err().contains("warning: recorded, but the audit log is"), "{run}");
    assert_eq!(fs::read_to_string(&secret).unwrap(), "precious\n");

    fs::remove_file(desk.log()).unwrap();
    fs::create_dir(desk.log()).unwrap();
    let run = desk.run(["buy", "ACME", "1", "130"]).exits(0);
    assert!(run.err().contains("warning: recorded, but the audit log is"), "{run}");
    let run = desk.run(["holdings"]).exits(0);
    assert!(run.err().starts_with("warning: ") && !run.stdout.is_empty(), "{run}");

    fs::remove_dir(desk.log()).unwrap();
    desk.ok(["holdings"]);
    assert_eq!(desk.log_lines().len(), 8);
    assert_eq!(fs::read(desk.log()).unwrap()[..whole.len()], whole);
    assert_chain(&desk.log_lines());
    desk.run(["holdings"]).exits(0).silently();
}
