//! How fast events go to a broker, and in how much memory.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{BasicProperties, Connection, ConnectionProperties};

use crate::harness::Desk;
use crate::queue::{bind, bound, purge, runtime};
use crate::server::Server;

/// A book with this many prices, of stocks with 10,000 each.
fn history(events: usize) -> Desk {
    let desk = Desk::new();
    let first = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
    let mut csv = "date,symbol,price\n".to_owned();
    for stock in 0..events.div_ceil(10_000) {
        for (day, price) in first.iter_days().zip(1..=events.min(10_000)) {
            writeln!(csv, "{day},S{stock},{price}").unwrap();
        }
    }
    let file = desk.file("prices.csv", csv);
    desk.ok(["import", "--add-stocks", file.to_str().unwrap()]);
    desk
}

/// Publishes bodies as `relay` does, but that they are in memory and nothing is looked at or remembered.
fn bare_loop(url: &str, log: &str) -> Duration {
    runtime().block_on(async {
        let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        let mut headers = FieldTable::default();
        headers.insert("sequence".into(), AMQPValue::LongLongInt(1));
        let properties = BasicProperties::default()
            .with_content_type("application/json".into())
            .with_delivery_mode(2)
            .with_message_id("6ba7b810-9dad-41d1-80b4-00c04fd430c8".into())
            .with_type("StockPriceUpdatedEvent".into())
            .with_app_id("stockbook".into())
            .with_timestamp(1_769_851_800)
            .with_headers(headers);
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let started = Instant::now();
        let mut pending = Vec::new();
        for line in log.lines() {
            let key = "StockPriceUpdatedEvent".into();
            let sent = channel.basic_publish("stockbook".into(), key, options, line.as_bytes(), properties.clone());
            pending.push(sent.await.unwrap());
        }
        for confirm in pending {
            assert!(confirm.await.unwrap().is_ack());
        }
        let took = started.elapsed();
        connection.close(200, "done".into()).await.unwrap();
        took
    })
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

#[test]
#[ignore = "takes a minute"]
fn a_relay_is_at_least_half_as_fast_as_a_bare_loop() {
    const EVENTS: u32 = 100_000;
    let (server, desk) = (Server::start(), history(EVENTS as usize));
    let url = server.url();
    bind(&url, "stockbook", "#");
    let log = fs::read_to_string(desk.log()).unwrap();
    let (mut bare, mut relayed) = (Vec::new(), Vec::new());
    for round in 0..5 {
        bare.push(bare_loop(&url, &log));
        purge(&url, "stockbook");
        let started = Instant::now();
        desk.ok(["relay", "--to", &url, "--name", &format!("round-{round}")]);
        relayed.push(started.elapsed());
        purge(&url, "stockbook");
    }
    let rate = |seconds: f64| f64::from(EVENTS) / seconds;
    let (bare, relayed) = (rate(median(bare)), rate(median(relayed)));
    println!("relayed {relayed:.0} events/s, a bare loop {bare:.0} events/s, {:.2} times", relayed / bare);
    assert!(relayed * 2.0 >= bare);
}

/// A queue that keeps the last thousand, so that the server need not keep them all.
fn bind_short(url: &str) {
    runtime().block_on(async {
        let (connection, channel) = bound(url, "stockbook", "none").await.unwrap();
        let mut arguments = FieldTable::default();
        arguments.insert("x-max-length".into(), AMQPValue::LongInt(1000));
        channel.queue_declare("short".into(), QueueDeclareOptions::durable(), arguments).await.unwrap();
        let (bind, none) = (QueueBindOptions::default(), FieldTable::default());
        channel.queue_bind("short".into(), "stockbook".into(), "#".into(), bind, none).await.unwrap();
        connection.close(200, "done".into()).await.unwrap();
    });
}

/// What a process has had in memory at most, in kilobytes.
fn peak(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn peak_of(mut relay: Command) -> u64 {
    let mut relay = relay.spawn().unwrap();
    let mut most = 0;
    loop {
        most = peak(relay.id()).unwrap_or(most).max(most);
        if let Some(status) = relay.try_wait().unwrap() {
            assert!(status.success());
            return most;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
#[ignore = "takes some minutes"]
fn memory_is_flat_over_a_million_events() {
    let (server, desk) = (Server::start(), history(1_000_000));
    let url = server.url();
    bind_short(&url);
    let started = Instant::now();
    let all = peak_of(desk.command(["relay", "--to", &url]));
    let took = started.elapsed();
    let tenth = peak_of(desk.command(["relay", "--to", &url, "--name", "tenth", "--from", "900000"]));
    println!("{all} kB over a million events in {took:.1?}, {tenth} kB over a hundred thousand");
    assert!(all < tenth + tenth / 5);
}
