//! Followers: programs that receive the events.

use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{Desk, Running, events, until};

/// A book with `count` events after its first five.
fn history(count: usize) -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    for price in (100_u32..).take(count) {
        desk.ok(["update-price", "ACME", &price.to_string(), "--date", "2024-01-03"]);
    }
    desk
}

/// What a follower's program received, with a program that copies it.
fn once(desk: &Desk, options: &[&str]) -> String {
    let follow = ["follow", "copy", "--once"].iter().chain(options).chain(&["--", "cat"]);
    desk.ok(follow)
}

fn sequences(lines: &str) -> Vec<u64> {
    events(lines).iter().map(|event| event["sequence"].as_u64().unwrap()).collect()
}

/// The state of a follower or handler.
fn standing(desk: &Desk, name: &str) -> Value {
    let standings = desk.json(["handlers"]);
    let found = standings.as_array().unwrap().iter().find(|standing| standing["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {standings}")).clone()
}

#[test]
fn every_event_arrives_once_exactly_as_its_line_in_the_log() {
    let desk = history(2);
    assert_eq!(once(&desk, &[]), fs::read_to_string(desk.log()).unwrap());
    assert_eq!(once(&desk, &[]), "");
    desk.ok(["sell", "ACME", "1", "120"]);
    assert_eq!(once(&desk, &[]), *desk.log_lines().last().unwrap());
}

#[test]
fn a_batch_has_no_more_events_than_wanted() {
    let desk = history(2);
    let got = desk.ok(["follow", "count", "--once", "--batch", "3", "--", "sh", "-c", "wc -l"]);
    assert_eq!(got.split_whitespace().collect::<Vec<_>>(), ["3", "3", "1"]);
}

#[test]
fn events_of_other_types_are_passed() {
    let desk = history(2);
    let prices = ["--type", "stockpriceupdatedevent"];
    assert_eq!(sequences(&once(&desk, &prices)), [6, 7]);
    desk.ok(["sell", "ACME", "1", "120"]);
    assert_eq!(once(&desk, &prices), "");
    assert_eq!(standing(&desk, "copy")["position"], 8);
}

#[test]
fn a_new_follower_begins_at_the_given_event_and_an_old_one_continues() {
    let desk = history(2);
    assert_eq!(sequences(&once(&desk, &["--from", "5"])), [6, 7]);
    assert_eq!(once(&desk, &["--from", "0"]), "");
    assert_eq!(desk.ok(["follow", "late", "--from", "now", "--once", "--", "cat"]), "");
    desk.ok(["sell", "ACME", "1", "120"]);
    assert_eq!(sequences(&desk.ok(["follow", "late", "--once", "--", "cat"])), [8]);
    let refusal = desk.error(3, ["follow", "early", "--from", "99", "--once", "--", "cat"]);
    assert_eq!(refusal["code"], "unknown_event");
    assert!(standing(&desk, "late")["last_delivery"].is_string());
}

#[test]
fn events_that_a_program_refuses_come_again() {
    let desk = history(2);
    let script = "cat >>got; [ -e allowed ] || exit 7";
    let follow = ["follow", "sink", "--once", "--", "sh", "-c", script];
    let refusal = desk.error(7, follow);
    assert_eq!(refusal["code"], "program_failed");
    assert_eq!(refusal["message"], "sh ended with exit code 7");
    let stands = standing(&desk, "sink");
    assert_eq!((&stands["position"], &stands["lag"]), (&0.into(), &7.into()));
    assert_eq!(stands["last_error"], "sh ended with exit code 7");
    desk.file("allowed", "");
    desk.ok(follow);
    let stands = standing(&desk, "sink");
    assert_eq!((&stands["position"], &stands["lag"], &stands["last_error"]), (&7.into(), &0.into(), &Value::Null));
    assert_eq!(sequences(&fs::read_to_string(desk.path("got")).unwrap()), [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_failing_program_is_tried_again() {
    let desk = history(0);
    let script = "cat >>got; [ -e allowed ]";
    let mut following = Running::start(desk.command(["follow", "sink", "--", "sh", "-c", script]));
    until("the program has failed", || desk.path("got").exists());
    assert_eq!(standing(&desk, "sink")["running"], true);
    desk.file("allowed", "");
    until("the program has accepted", || standing(&desk, "sink")["lag"] == 0);
    following.signal("TERM");
    assert_eq!(following.ends().code(), Some(0));
    assert_eq!(standing(&desk, "sink")["running"], false);
}

#[test]
fn a_program_that_cannot_be_run_ends_the_follower() {
    let desk = history(0);
    let refusal = desk.error(1, ["follow", "sink", "--", "./not-there"]);
    assert_eq!(refusal["code"], "program_not_started");
}

#[test]
fn a_hanging_program_is_ended_with_its_children() {
    let desk = history(0);
    let script = "trap '' TERM; (sleep 4; touch went-on) & sleep 60";
    let started = Instant::now();
    let refusal = desk.error(124, ["follow", "slow", "--once", "--timeout", "1", "--", "sh", "-c", script]);
    assert_eq!(refusal["message"], "sh did not end within 1 s");
    thread::sleep(Duration::from_secs(6).saturating_sub(started.elapsed()));
    assert!(!desk.path("went-on").exists());
}

#[test]
fn a_program_that_is_ended_by_a_signal_says_so_with_its_code() {
    let desk = history(0);
    let refusal = desk.error(137, ["follow", "sink", "--once", "--", "sh", "-c", "kill -KILL $$"]);
    assert_eq!(refusal["message"], "sh was ended by signal 9");
}

#[test]
fn a_program_need_not_read() {
    let desk = history(0);
    desk.ok(["follow", "deaf", "--once", "--", "sh", "-c", "exec <&-; exit 0"]);
    assert_eq!(standing(&desk, "deaf")["lag"], 0);
}

#[test]
fn a_program_left_running_keeps_nobody_waiting() {
    let desk = history(0);
    let script = "cat >/dev/null; sleep 30 >/dev/null 2>&1 & echo $! >pid";
    desk.ok(["follow", "forks", "--once", "--", "sh", "-c", script]);
    desk.ok(["follow", "forks", "--once", "--wait", "0", "--", "cat"]);
    desk.shell("kill $(cat pid)").exits(0);
}

#[test]
fn one_runner_at_a_time() {
    let desk = history(0);
    let script = "cat >>got; while ! [ -e go ]; do sleep 0.05; done";
    let mut first = Running::start(desk.command(["follow", "sink", "--once", "--", "sh", "-c", script]));
    until("the first one is at work", || desk.path("got").exists());
    let refusal = desk.error(5, ["follow", "sink", "--once", "--wait", "0", "--", "cat"]);
    assert_eq!(refusal["code"], "busy");
    assert_eq!(desk.error(5, ["handlers", "forget", "sink", "--wait", "0"])["code"], "busy");
    // It blocks neither other followers nor commands that record.
    desk.ok(["buy", "ACME", "1", "100", "--wait", "0"]);
    desk.ok(["follow", "other", "--once", "--wait", "0", "--", "cat"]);
    let mut second = Running::start(desk.command(["follow", "sink", "--once", "--", "sh", "-c", "cat >>got"]));
    desk.file("go", "");
    assert!(first.ends().success());
    assert!(second.ends().success());
    assert_eq!(sequences(&fs::read_to_string(desk.path("got")).unwrap()), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn the_program_of_a_killed_runner_ends_before_the_next_begins() {
    let desk = history(0);
    let script = "while ! [ -e go ]; do sleep 0.05; done; cat >>got";
    let mut first = Running::start(desk.command(["follow", "sink", "--once", "--", "sh", "-c", script]));
    until("the first one is at work", || desk.path("book.db.followers/sink.json").exists());
    thread::sleep(Duration::from_millis(500));
    first.signal("KILL");
    first.ends();
    assert_eq!(desk.error(5, ["follow", "sink", "--once", "--wait", "0", "--", "cat"])["code"], "busy");
    desk.file("go", "");
    desk.ok(["follow", "sink", "--once", "--", "sh", "-c", "cat >>got"]);
    assert_eq!(sequences(&fs::read_to_string(desk.path("got")).unwrap()), [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
}

#[test]
fn events_arrive_as_they_are_recorded() {
    let desk = history(0);
    let mut following =
        Running::start(desk.command(["follow", "sink", "--from", "now", "--", "sh", "-c", "cat >>got"]));
    until("it runs", || desk.path("book.db.followers/sink.json").exists());
    for shares in ["1", "2", "3"] {
        desk.ok(["buy", "ACME", shares, "100"]);
    }
    until("all have arrived", || fs::read_to_string(desk.path("got")).is_ok_and(|got| sequences(&got) == [6, 7, 8]));
    following.signal("INT");
    assert_eq!(following.ends().code(), Some(0));
}

#[test]
fn a_stopped_follower_lets_its_program_end() {
    let desk = history(0);
    let script = "touch begun; sleep 1; cat >>got";
    let mut following = Running::start(desk.command(["follow", "sink", "--", "sh", "-c", script]));
    until("the program runs", || desk.path("begun").exists());
    following.signal("TERM");
    assert_eq!(following.ends().code(), Some(0));
    assert_eq!(standing(&desk, "sink")["lag"], 0);
    assert_eq!(sequences(&fs::read_to_string(desk.path("got")).unwrap()), [1, 2, 3, 4, 5]);
}

#[test]
fn a_rewritten_log_is_followed_on() {
    let desk = history(1);
    let mut following = Running::start(desk.command(["follow", "sink", "--", "sh", "-c", "cat >>got"]));
    until("all have arrived", || desk.path("got").exists());
    fs::remove_file(desk.log()).unwrap();
    desk.ok(["buy", "ACME", "1", "100"]);
    until("the next has arrived", || {
        fs::read_to_string(desk.path("got")).is_ok_and(|got| sequences(&got) == [1, 2, 3, 4, 5, 6, 7])
    });
    following.signal("TERM");
    following.ends();
}

#[test]
fn a_cursor_of_another_history_is_refused() {
    let desk = history(1);
    once(&desk, &[]);
    for name in ["book.db", "book.db.audit.jsonl"] {
        fs::remove_file(desk.path(name)).unwrap();
    }
    desk.ok(["add-stock", "ACME", "Acme Corporation"]);
    for price in ["1", "2", "3", "4", "5"] {
        desk.ok(["update-price", "ACME", price, "--date", "2024-01-03"]);
    }
    let refusal = desk.error(1, ["follow", "copy", "--once", "--", "cat"]);
    assert_eq!(refusal["code"], "history_differs");
    desk.ok(["handlers", "replay", "copy"]);
    assert_eq!(once(&desk, &[]), fs::read_to_string(desk.log()).unwrap());
}

#[test]
fn an_edited_line_is_not_handed_on() {
    let desk = history(1);
    let mut following = Running::start(desk.command(["follow", "sink", "--", "sh", "-c", "cat >>got"]));
    until("all have arrived", || desk.path("got").exists());
    let forged = desk.log_lines().last().unwrap().replace("\"sequence\":6", "\"sequence\":7");
    let mut log = fs::OpenOptions::new().append(true).open(desk.log()).unwrap();
    std::io::Write::write_all(&mut log, forged.as_bytes()).unwrap();
    assert_eq!(following.ends().code(), Some(1));
    assert_eq!(sequences(&fs::read_to_string(desk.path("got")).unwrap()), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn replaying_delivers_again() {
    let desk = history(1);
    once(&desk, &[]);
    desk.ok(["handlers", "replay", "copy", "--from", "4"]);
    assert_eq!(sequences(&once(&desk, &[])), [5, 6]);
    desk.ok(["handlers", "replay", "summary_cache"]);
    desk.ok(["handlers", "replay", "audit_log", "--from", "2"]);
    desk.ok(["check"]);
    assert_eq!(desk.error(3, ["handlers", "replay", "nobody"])["code"], "unknown_handler");
    assert_eq!(desk.error(3, ["handlers", "replay", "copy", "--from", "99"])["code"], "unknown_event");
    assert_eq!(desk.error(3, ["handlers", "replay", "audit_log", "--from", "99"])["code"], "unknown_event");
}

#[test]
fn a_forgotten_follower_leaves_nothing() {
    let desk = history(1);
    let before = desk.everything();
    once(&desk, &[]);
    desk.ok(["handlers", "forget", "copy"]);
    assert_eq!(desk.changed_since(&before), Vec::<std::path::PathBuf>::new());
    assert_eq!(desk.error(3, ["handlers", "forget", "copy"])["code"], "unknown_handler");
}

#[test]
fn a_link_in_the_place_of_a_cursor_is_not_written_through() {
    let desk = history(0);
    once(&desk, &[]);
    let other = desk.file("other", "mine");
    std::os::unix::fs::symlink(&other, desk.path("book.db.followers/copy.new")).unwrap();
    desk.ok(["buy", "ACME", "1", "100"]);
    desk.run(["follow", "copy", "--once", "--", "cat"]).exits(1);
    assert_eq!(fs::read_to_string(other).unwrap(), "mine");
}

#[test]
fn handlers_are_listed_with_how_far_they_have_come() {
    let desk = history(1);
    once(&desk, &["--from", "now"]);
    desk.ok(["sell", "ACME", "1", "120"]);
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.ok(["handlers"]), @r"
    NAME           KIND      POSITION  LAG  LAST DELIVERY     RUNNING  LAST ERROR
    ─────────────────────────────────────────────────────────────────────────────
    audit_log      handler          7    0  [minute]
    summary_cache  handler          7    0  [minute]
    copy           follower         6    1
    ");
    insta::assert_snapshot!(desk.ok(["handlers", "-O", "csv"]), @r"
    name,kind,position,lag,last_delivery,last_error,running
    audit_log,handler,7,0,[instant],,false
    summary_cache,handler,7,0,[instant],,false
    copy,follower,6,1,,,false
    ");
}

#[test]
fn a_handler_that_is_behind_says_why() {
    let desk = history(1);
    let last = desk.audit_lines().pop().unwrap();
    assert_eq!(standing(&desk, "audit_log")["last_delivery"], last["occurred_at"]);
    fs::rename(desk.log(), desk.path("elsewhere")).unwrap();
    fs::create_dir(desk.log()).unwrap();
    desk.ok(["buy", "ACME", "1", "100"]);
    let stands = standing(&desk, "audit_log");
    assert!(stands["last_error"].as_str().is_some_and(|why| why.contains("book.db.audit.jsonl")), "{stands}");
    assert_eq!(standing(&desk, "summary_cache")["last_error"], Value::Null);
}

#[test]
fn no_event_is_lost_or_out_of_order_whoever_is_killed() {
    let desk = history(0);
    let script = "while read -r line; do echo \"$line\" >>got; done; [ $(($$ % 3)) -ne 0 ]";
    let mut recorded = 5;
    for round in 0..20_u64 {
        let mut following = Running::start(desk.command(["follow", "sink", "--batch", "2", "--", "sh", "-c", script]));
        for _ in 0..2 {
            desk.ok(["buy", "ACME", "1", "100"]);
            recorded += 1;
        }
        thread::sleep(Duration::from_millis(round * 37 % 230));
        following.signal("KILL");
        following.ends();
    }
    desk.ok(["follow", "sink", "--once", "--", "sh", "-c", "cat >>got"]);
    let mut seen = BTreeSet::new();
    let got = fs::read_to_string(desk.path("got")).unwrap();
    let firsts: Vec<u64> = sequences(&got).into_iter().filter(|sequence| seen.insert(*sequence)).collect();
    assert_eq!(firsts, (1..=recorded).collect::<Vec<u64>>());
}
