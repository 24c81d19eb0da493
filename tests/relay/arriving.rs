//! What arrives, and what is refused.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{Desk, Running, until};
use crate::queue::{Arrival, bind, drain};
use crate::server::Server;

/// A book with `buys` events after its first five.
fn history() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk
}

/// `relay` to the shared server, with an exchange of the test's own.
fn relay<'a>(exchange: &'a str, url: &'a str, options: &[&'a str]) -> Vec<&'a str> {
    let relay = ["relay", "--to", url, "--exchange", exchange];
    relay.iter().chain(options).copied().collect()
}

fn standing(desk: &Desk, name: &str) -> Value {
    let standings = desk.json(["handlers"]);
    standings.as_array().unwrap().iter().find(|standing| standing["name"] == name).unwrap().clone()
}

#[test]
fn every_event_arrives_once_exactly_as_its_line_in_the_log() {
    let (url, desk) = (Server::shared().url(), history());
    bind(&url, "lines", "#");
    desk.ok(relay("lines", &url, &[]));
    let arrivals = drain(&url, "lines", "#");
    let bodies: String = arrivals.iter().map(|arrival| arrival.body.clone() + "\n").collect();
    assert_eq!(bodies, fs::read_to_string(desk.log()).unwrap());
    desk.ok(relay("lines", &url, &[]));
    desk.ok(["sell", "ACME", "1", "120"]);
    desk.ok(relay("lines", &url, &[]));
    let arrivals = drain(&url, "lines", "#");
    assert_eq!(arrivals.iter().map(Arrival::sequence).collect::<Vec<_>>(), [6]);
    assert_eq!((&standing(&desk, "relay")["position"], &standing(&desk, "relay")["lag"]), (&6.into(), &0.into()));
}

#[test]
fn a_message_names_its_event() {
    let (url, desk) = (Server::shared().url(), history());
    bind(&url, "about", "#");
    desk.ok(relay("about", &url, &[]));
    for arrival in drain(&url, "about", "#") {
        let event: Value = serde_json::from_str(&arrival.body).unwrap();
        let properties = &arrival.properties;
        assert_eq!(event["event_type"], arrival.routing_key);
        assert_eq!(event["event_type"], properties.kind().as_ref().unwrap().as_str());
        assert_eq!(event["event_id"], arrival.message_id());
        assert_eq!(event["sequence"], arrival.sequence());
        assert_eq!(properties.app_id().as_ref().unwrap().as_str(), "stockbook");
        assert_eq!(properties.content_type().as_ref().unwrap().as_str(), "application/json");
        assert_eq!(*properties.delivery_mode(), Some(2));
        let occurred = chrono::DateTime::parse_from_rfc3339(event["occurred_at"].as_str().unwrap()).unwrap();
        assert_eq!(*properties.timestamp(), Some(u64::try_from(occurred.timestamp()).unwrap()));
    }
}

#[test]
fn an_event_that_no_queue_takes_is_not_lost() {
    let (url, desk) = (Server::shared().url(), history());
    let refusal = desk.error(1, relay("nobody", &url, &[]));
    assert_eq!(refusal["code"], "unrouted");
    assert_eq!(refusal["message"], "no queue takes BookCreatedEvent from the exchange nobody");
    assert_eq!(standing(&desk, "relay")["position"], 0);
    bind(&url, "nobody", "StockCreatedEvent");
    assert_eq!(desk.error(1, relay("nobody", &url, &[]))["code"], "unrouted");
    desk.ok(relay("nobody", &url, &["--unrouted", "pass"]));
    let stocks: Vec<_> = drain(&url, "nobody", "StockCreatedEvent").iter().map(Arrival::sequence).collect();
    assert_eq!(stocks, [3, 4]);
}

#[test]
fn a_broker_that_is_not_there_loses_nothing_and_blocks_nobody() {
    let desk = history();
    let refusal = desk.error(1, relay("gone", "amqp://127.0.0.1:1", &[]));
    assert_eq!(refusal["code"], "broker_failed");
    let mut following = Running::start(desk.command(relay("gone", "amqp://127.0.0.1:1", &["--follow"])));
    until("it has failed", || standing(&desk, "relay")["last_error"].is_string());
    desk.ok(["buy", "ACME", "1", "100", "--wait", "0"]);
    following.signal("TERM");
    assert_eq!(following.ends().code(), Some(0));
    let url = Server::shared().url();
    bind(&url, "gone", "#");
    desk.ok(relay("gone", &url, &[]));
    assert_eq!(drain(&url, "gone", "#").iter().map(Arrival::sequence).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn events_arrive_as_they_are_recorded_until_the_relay_stops() {
    let (url, desk) = (Server::shared().url(), history());
    bind(&url, "live", "#");
    let mut following = Running::start(desk.command(relay("live", &url, &["--follow", "--from", "now"])));
    until("it runs", || desk.path("book.db.followers/relay.json").exists());
    for shares in ["1", "2", "3"] {
        desk.ok(["buy", "ACME", shares, "100"]);
    }
    until("all are relayed", || standing(&desk, "relay")["lag"] == 0);
    following.signal("TERM");
    assert_eq!(following.ends().code(), Some(0));
    assert_eq!(drain(&url, "live", "#").iter().map(Arrival::sequence).collect::<Vec<_>>(), [6, 7, 8]);
}

#[test]
fn one_relay_of_a_name_at_a_time() {
    let (url, desk) = (Server::shared().url(), history());
    bind(&url, "one", "#");
    let _following = Running::start(desk.command(relay("one", &url, &["--follow"])));
    until("it runs", || desk.path("book.db.followers/relay.json").exists());
    assert_eq!(desk.error(5, relay("one", &url, &["--wait", "0"]))["code"], "busy");
    desk.ok(relay("one", &url, &["--wait", "0", "--name", "second"]));
}

#[test]
fn a_password_comes_from_the_environment_or_a_file_and_is_never_typed_or_shown() {
    let (url, desk) = (Server::shared().url(), history());
    bind(&url, "login", "#");
    let refusal = desk.refused(2, relay("login", "amqp://guest:hunter2@127.0.0.1", &[]));
    assert!(refusal.contains("holds a password") && !refusal.contains("hunter2"), "{refusal}");

    let wrong = desk.file("wrong", "guest:hunter2\n");
    let refusal = desk.refused(1, relay("login", &url, &["--credentials", wrong.to_str().unwrap()]));
    assert!(refusal.contains("ACCESS_REFUSED") && !refusal.contains("hunter2"), "{refusal}");

    let mut command = desk.command(relay("login", &url, &[]));
    command.env("STOCKBOOK_AMQP_USER", "guest").env("STOCKBOOK_AMQP_PASSWORD", "hunter2");
    assert_eq!(command.output().unwrap().status.code(), Some(1));

    let right = desk.file("right", "guest:guest\n");
    desk.ok(relay("login", &url, &["--credentials", right.to_str().unwrap()]));
    assert_eq!(drain(&url, "login", "#").len(), 5);
    assert_eq!(desk.error(1, relay("login", &url, &["--credentials", "none"]))["code"], "io_error");
}

#[test]
fn an_exchange_of_another_kind_is_named() {
    let (url, desk) = (Server::shared().url(), history());
    let refusal = desk.refused(1, relay("amq.direct", &url, &[]));
    assert!(refusal.contains("amq.direct"), "{refusal}");
    assert_eq!(desk.error(1, relay(&"x".repeat(256), &url, &[]))["code"], "invalid_exchange");
}

#[test]
fn a_broker_that_hangs_is_given_up_and_does_not_keep_the_relay_from_stopping() {
    let (mut server, desk) = (Server::start(), history());
    let url = server.url();
    bind(&url, "stockbook", "#");
    server.signal("STOP");
    let started = Instant::now();
    assert_eq!(desk.error(1, relay("stockbook", &url, &["--timeout", "1"]))["code"], "broker_failed");
    assert!(started.elapsed() < Duration::from_secs(5));
    let mut following = Running::start(desk.command(relay("stockbook", &url, &["--follow"])));
    thread::sleep(Duration::from_millis(500));
    following.signal("TERM");
    assert_eq!(following.ends().code(), Some(0));
    server.signal("CONT");
    server.kill();
}

#[test]
fn a_broker_that_lets_one_connect_and_is_silent_costs_no_more_with_each_try() {
    let desk = history();
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("amqp://{}", silent.local_addr().unwrap());
    let mut command = desk.command(relay("silent", &url, &["--follow", "--timeout", "1"]));
    command.stderr(Stdio::piped());
    let mut relaying = Running::start(command);
    let mut said = BufReader::new(relaying.child().stderr.take().unwrap()).lines();
    let process = format!("/proc/{}", relaying.child().id());
    let count = |what: &str| fs::read_dir(format!("{process}/{what}")).unwrap().count();
    let mut costs = Vec::new();
    for _ in 0..3 {
        let said = said.next().unwrap().unwrap();
        assert!(said.contains("has not answered in time; trying again"), "{said}");
        thread::sleep(Duration::from_millis(500));
        costs.push((count("task"), count("fd")));
    }
    assert_eq!(costs[2], costs[0]);
    relaying.signal("TERM");
    assert_eq!(relaying.ends().code(), Some(0));
}

#[test]
fn there_is_no_dry_run() {
    history().run(["relay", "--to", "amqp://localhost", "--dry-run"]).exits(2);
}
