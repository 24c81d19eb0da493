//! A process that is stopped at any moment while it opens, uses or closes the book: others wait for it no
//! longer than `--wait` allows, and the book is sound.

use std::fs;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::scenario::{READ, Scenario, Start};
use crate::shim::Shimmed;
use crate::stage::{Stage, Trial};

const BUY: &[&str] = &["buy", "ACME", "1", "10", "--date", "2024-05-06"];

/// How long the others are told to wait, and what a slow machine may add to it: less than the ten
/// seconds for which SQLite waits of its own accord.
const WAIT: &str = "1";
const SLACK: Duration = Duration::from_secs(5);

/// Stops the command before each of its calls, or before every so many of them.
fn stop_everywhere(start: Start, command: &'static [&'static str], stride: usize) {
    let commands = vec![BUY];
    let stage = Stage::set(Scenario { name: "stop", start, commands, again: Vec::new(), is_backup: false }, "");
    for (stops, number) in (1..).step_by(stride).enumerate() {
        let trial = Trial::of(&stage);
        let mut stopped = trial.shimmed(command).stopped_at(number);
        if !is_stopped(&mut stopped) {
            assert_eq!(stopped.wait().unwrap().code(), Some(0), "{command:?} at call {number}");
            assert!(stops > 0, "{command:?} made no call");
            return;
        }
        let others = [&["holdings", "--wait", WAIT][..], &["buy", "BOLT", "1", "1", "--wait", WAIT]];
        let asked = others.map(|args| (args, start_other(&trial, args)));
        let started = Instant::now();
        for (args, other) in asked {
            let output = other.wait_with_output().unwrap();
            let took = started.elapsed();
            let context = format!("{args:?} while {command:?} is stopped at call {number}: {output:?}, {took:?}");
            assert!([Some(0), Some(5)].contains(&output.status.code()), "{context}");
            assert!(took < SLACK, "{context}");
        }
        go_on(&stopped);
        assert_eq!(stopped.wait().unwrap().code(), Some(0), "{command:?}, stopped at call {number}");
        is_sound(&trial.run(&["check"]));
    }
}

fn start_other(trial: &Trial<'_>, args: &[&str]) -> Child {
    let Shimmed { mut command, .. } = trial.shimmed(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn is_sound(check: &Output) {
    assert!(check.status.success(), "{check:?}");
}

/// Waits until a process is stopped; `false` if it has ended instead.
fn is_stopped(process: &mut Child) -> bool {
    let stat = format!("/proc/{}/stat", process.id());
    loop {
        let state = fs::read_to_string(&stat).unwrap();
        match state.rsplit(") ").next().and_then(|rest| rest.chars().next()) {
            Some('T') => return true,
            Some('Z') => return false,
            _ => thread::sleep(Duration::from_millis(1)),
        }
    }
}

fn go_on(process: &Child) {
    let pid = process.id().to_string();
    assert!(Command::new("sh").args(["-c", "kill -s CONT \"$0\"", &pid]).status().unwrap().success());
}

#[test]
fn no_process_waits_too_long_for_a_stopped_one() {
    stop_everywhere(Start::Sound, BUY, 11);
    stop_everywhere(Start::Sound, READ, 6);
}

#[test]
#[ignore = "takes a few minutes"]
fn no_process_waits_too_long_for_one_stopped_anywhere() {
    for start in [Start::Sound, Start::Undelivered] {
        stop_everywhere(start, BUY, 1);
        stop_everywhere(start, READ, 1);
    }
}
