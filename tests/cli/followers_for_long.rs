//! Long tests of followers: `cargo test --release --test cli followers_for_long -- --ignored --nocapture`.

use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::harness::{Desk, Running, until};

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).checked_rem(end).unwrap_or_default()
    }
}

#[test]
#[ignore = "takes some minutes"]
fn no_event_is_lost_or_out_of_order_over_a_thousand_kills() {
    let desk = Desk::with_stocks();
    let mut dice = Dice(20_260_101);
    // One write per line: what a kill interrupts is not a line.
    let script = "echo $$ >pid.new; mv pid.new pid; while read -r line; do printf '\\n%s\\n' \"$line\" >>got; done";
    let mut recorded = 4;
    let (mut runners, mut programs) = (0, 0);
    while runners + programs < 1000 {
        for _ in 0..dice.below(3) {
            desk.ok(["buy", "ACME", "1", "100"]);
            recorded += 1;
        }
        let batch = (dice.below(4) + 1).to_string();
        let mut following =
            Running::start(desk.command(["follow", "sink", "--batch", &batch, "--", "sh", "-c", script]));
        thread::sleep(Duration::from_millis(dice.below(80)));
        let pid = fs::read_to_string(desk.path("pid")).unwrap_or_default();
        if dice.below(2) == 0 && desk.shell(&format!("kill -KILL {pid} 2>&-")).status.success() {
            programs += 1;
            thread::sleep(Duration::from_millis(dice.below(20)));
        }
        following.signal("KILL");
        following.ends();
        runners += 1;
        let _ = fs::remove_file(desk.path("pid"));
    }
    desk.ok(["follow", "sink", "--once", "--", "sh", "-c", script]);
    let got = fs::read_to_string(desk.path("got")).unwrap();
    let whole = got.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let arrived: Vec<u64> = whole.map(|event| event["sequence"].as_u64().unwrap()).collect();
    let mut seen = BTreeSet::new();
    let firsts: Vec<u64> = arrived.iter().copied().filter(|sequence| seen.insert(*sequence)).collect();
    println!("{runners} runners and {programs} programs killed; {recorded} events, {} arrivals", arrived.len());
    assert_eq!(firsts, (1..=recorded).collect::<Vec<u64>>());
}

/// Five followers, two of which hang all the time.
fn followers(desk: &Desk) -> Vec<Running> {
    let followers: Vec<_> = (1..=5)
        .map(|number| {
            let name = format!("follower-{number}");
            let program: &[&str] = if number <= 2 { &["sleep", "600"] } else { &["cat"] };
            let options = ["follow", name.as_str(), "--from", "now", "--timeout", "600", "--"];
            let mut command = desk.command(options.iter().chain(program));
            command.stdout(std::process::Stdio::null());
            Running::start(command)
        })
        .collect();
    until("all run", || (1..=5).all(|number| desk.path(&format!("book.db.followers/follower-{number}.json")).exists()));
    followers
}

#[test]
#[ignore = "takes some minutes"]
fn a_purchase_takes_no_longer_with_five_followers() {
    let desk = Desk::with_stocks();
    let (mut alone, mut followed) = (Vec::new(), Vec::new());
    for round in 0..20 {
        let _following = (round % 2 == 1).then(|| followers(&desk));
        for _ in 0..20 {
            let started = Instant::now();
            desk.ok(["buy", "ACME", "1", "100"]);
            if round % 2 == 1 { &mut followed } else { &mut alone }.push(started.elapsed());
            thread::sleep(Duration::from_millis(300));
        }
    }
    let [alone, followed] = [alone, followed].map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1000.0
    });
    println!(
        "a purchase takes {followed:.2} ms with five followers, {alone:.2} ms without, {:.3} times",
        followed / alone
    );
    assert!(followed <= alone * 1.05);
}
