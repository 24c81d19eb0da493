//! What arrives when the server, the relay and the consumer fail in between.

use std::fmt::Write as _;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::harness::{Desk, Running};
use crate::queue::{Consumer, assert_complete, bind};
use crate::server::Server;

/// A file with `count` prices of a stock, one a day, which are an event each.
fn prices(desk: &Desk, name: &str, count: usize) -> String {
    let mut csv = "date,symbol,price\n".to_owned();
    let first = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
    for (day, price) in first.iter_days().zip(1..=count) {
        writeln!(csv, "{day},{name},{price}").unwrap();
    }
    let file = desk.file(&format!("{name}.csv"), csv);
    desk.ok(["add-stock", name, name]);
    file.to_str().unwrap().to_owned()
}

fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(180), "it did not come about that {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Ten thousand events, recorded in five parts while they are relayed. The relay is killed in the second,
/// the server in the third, and the consumer is slower than both.
#[test]
fn every_event_arrives_in_order_whoever_is_killed() {
    let (mut server, desk) = (Server::start(), Desk::new());
    let url = server.url();
    bind(&url, "stockbook", "#");
    let consumer = Consumer::start(&url, "stockbook", 100, Duration::from_millis(40));
    let start = || Running::start(desk.command(["relay", "--to", &url, "--follow", "--timeout", "10"]));
    desk.ok(["add-stock", "A", "A"]);
    let mut relaying = start();
    for (part, name) in ["P", "Q", "R", "S", "T"].into_iter().enumerate() {
        let file = prices(&desk, name, 1998);
        desk.ok(["import", &file]);
        let arrived = consumer.count();
        wait("some have arrived", || consumer.count() > arrived + 300);
        match part {
            1 => {
                relaying.signal("KILL");
                relaying.ends();
                relaying = start();
            }
            2 => {
                server.kill();
                desk.ok(["update-price", "A", "1", "--wait", "0"]);
                server.go_on();
            }
            _ => {}
        }
    }
    let log = fs::read_to_string(desk.log()).unwrap();
    assert!(log.lines().count() >= 10_000);
    wait("all have arrived", || consumer.events() == log.lines().count());
    relaying.signal("TERM");
    assert_eq!(relaying.ends().code(), Some(0));
    let arrivals = consumer.end();
    assert_complete(&arrivals, &log);
}

/// As long as it takes to kill the server twenty times, and the relay a few times in between.
#[test]
#[ignore = "takes some minutes"]
fn no_event_is_lost_over_twenty_kills_of_the_server() {
    let (mut server, desk) = (Server::start(), Desk::new());
    let url = server.url();
    bind(&url, "stockbook", "#");
    let consumer = Consumer::start(&url, "stockbook", 500, Duration::from_millis(5));
    let start = || Running::start(desk.command(["relay", "--to", &url, "--follow", "--timeout", "10"]));
    desk.ok(["add-stock", "A", "A"]);
    let mut relaying = start();
    for round in 0..20_u64 {
        let file = prices(&desk, &format!("P{round}"), 1000);
        desk.ok(["import", &file]);
        thread::sleep(Duration::from_millis(round * 137 % 700));
        if round % 3 == 0 {
            relaying.signal("KILL");
            relaying.ends();
            relaying = start();
            thread::sleep(Duration::from_millis(round * 71 % 300));
        }
        server.kill();
        server.go_on();
        println!("killed {} times, {} arrivals", round + 1, consumer.count());
    }
    let log = fs::read_to_string(desk.log()).unwrap();
    wait("all have arrived", || consumer.events() == log.lines().count());
    relaying.signal("TERM");
    assert_eq!(relaying.ends().code(), Some(0));
    let arrivals = consumer.end();
    println!("{} events, {} arrivals", log.lines().count(), arrivals.len());
    assert_complete(&arrivals, &log);
}
