//! `check` of the audit log.

use std::fs;

use serde_json::json;

use super::{NOTHING, can_be_repaired, check, failed, is_sound, varied};

#[test]
fn a_foreign_log_is_found_and_rewritten() {
    let desk = varied();
    let log = fs::read_to_string(desk.log()).unwrap();
    let edited = log.replacen("Bolt SE", "Volt SE", 1);
    fs::write(desk.log(), &edited).unwrap();
    let (code, report) = check(&desk, &[]);
    assert_eq!((code, failed(&report), can_be_repaired(&report)), (Some(4), vec!["audit_log"], true), "{report}");
    assert_eq!(report["problems"][0]["code"], "edited");
    let before = desk.everything();
    assert_eq!(check(&desk, &["--repair", "-n"]).0, Some(0));
    assert_eq!(desk.changed_since(&before), NOTHING);
    let (code, report) = check(&desk, &["--repair"]);
    assert_eq!((code, &report["recorded"]), (Some(0), &json!(true)), "{report}");
    is_sound(&desk);
    assert_eq!(fs::read_to_string(desk.log()).unwrap(), log);
    // The old file is kept and reported.
    let aside = report["repairs"][0].as_str().unwrap().split(' ').next_back().unwrap().to_owned();
    assert_eq!(fs::read_to_string(aside).unwrap(), edited);
    // What a crash can leave is repaired before the check.
    fs::write(desk.log(), &log[..log.len() / 2]).unwrap();
    let run = desk.run(["check"]).exits(0);
    assert!(run.err().starts_with("note: "), "{run}");
    assert_eq!(fs::read_to_string(desk.log()).unwrap(), log);
    fs::write(desk.log(), &log[..log.len() / 2]).unwrap();
    assert_eq!(check(&desk, &["--repair"]).0, Some(0));
    assert_eq!(fs::read_to_string(desk.log()).unwrap(), log);
}

#[test]
fn anything_but_a_log_is_moved_aside() {
    let desk = varied();
    let log = fs::read_to_string(desk.log()).unwrap();
    fs::remove_file(desk.log()).unwrap();
    fs::create_dir(desk.log()).unwrap();
    desk.edit("DELETE FROM open_lots");
    let (code, report) = check(&desk, &[]);
    assert_eq!((code, failed(&report)), (Some(4), vec!["open_lots", "audit_log"]), "{report}");
    let (code, report) = check(&desk, &["--repair"]);
    assert_eq!((code, report["repairs"].as_array().unwrap().len()), (Some(0), 2), "{report}");
    assert_eq!(fs::read_to_string(desk.log()).unwrap(), log);
    is_sound(&desk);
}

#[test]
fn a_log_that_cannot_be_moved_does_not_keep_the_book_from_being_repaired() {
    let desk = varied();
    let log = fs::read_to_string(desk.log()).unwrap();
    fs::write(desk.log(), log.replacen("Bolt SE", "Volt SE", 1)).unwrap();
    desk.edit("DELETE FROM open_lots");
    let hold = |flag: &str| desk.program("chattr").arg(flag).arg(desk.log()).output();
    if !hold("+i").is_ok_and(|done| done.status.success()) {
        return;
    }
    let (code, report) = check(&desk, &["--repair"]);
    let run = desk.run(["check"]);
    assert!(hold("-i").unwrap().status.success());
    assert_eq!(
        (code, report["problems"].as_array().unwrap().last().unwrap()["code"].as_str()),
        (Some(4), Some("not_repaired"))
    );
    assert_eq!(report["repairs"], json!(["open_lots: rebuilt from the events"]));
    assert!(run.exits(4).out().lines().skip(2).all(|line| line.starts_with("audit_log ")));
    assert_eq!(check(&desk, &["--repair"]).0, Some(0));
    is_sound(&desk);
}

#[test]
fn where_facts_are_wrong_the_log_is_left_alone_too() {
    let desk = varied();
    let log = fs::read_to_string(desk.log()).unwrap();
    fs::write(desk.log(), log.replacen("Bolt SE", "Volt SE", 1)).unwrap();
    desk.edit("UPDATE transactions SET note = 'another'");
    let before = desk.everything();
    let (code, report) = check(&desk, &["--repair"]);
    assert_eq!((code, failed(&report)), (Some(4), vec!["transactions", "audit_log"]), "{report}");
    assert_eq!((&report["repairs"], desk.changed_since(&before)), (&json!([]), NOTHING.to_vec()));
}
