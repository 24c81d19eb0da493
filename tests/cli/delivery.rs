//! Events reach the audit log and the caches, whenever the process dies and whatever happens to the files.

mod foreign;
mod unwritable;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use stockbook::app::{Mode, TradeRequest, TradeTerms, execute_trade};
use stockbook::bus::{Batch, Delivery, EventPublisher, StoredEvent};
use stockbook::domain::{Consideration, Currency, PortfolioName, Side, Stock, StockId, StockProfile, TransactionId};
use stockbook::store::{Book, Identity};
use uuid::Uuid;

use crate::audit::{assert_chain, head_hash};
use crate::harness::{Desk, events};

/// A book with a few events of all kinds.
fn small() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--note", "Grüße"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-03"]);
    desk
}

/// A process that dies between the commit and the delivery.
struct Dies;

impl EventPublisher for Dies {
    fn publish_batch(&mut self, _batch: Batch<'_>) -> Delivery {
        Delivery::default()
    }
}

/// Buys as the program does, but stops after the commit.
pub(crate) fn buy_and_die(desk: &Desk, id: u128) {
    let book = Book::open(desk.book(), Duration::from_secs(10)).unwrap();
    let identity = Identity {
        command_id: Uuid::from_u128(id),
        now: || "2024-05-06T07:08:09.000001Z".parse().unwrap(),
        new_id: Uuid::new_v4,
    };
    let mut unit = book.begin(identity).unwrap();
    let terms = TradeTerms {
        side: Side::Buy,
        symbol: "ACME".parse().unwrap(),
        portfolio: PortfolioName::main(),
        quantity: "1".parse().unwrap(),
        consideration: Consideration::Price("130".parse().unwrap()),
        fee: None,
        date: Some("2024-05-06".parse().unwrap()),
        time: None,
        note: None,
        lots: Vec::new(),
        as_of: None,
        settled: None,
        charged: None,
    };
    let fresh_id = TransactionId::new(Uuid::from_u128(id));
    let today = "2024-05-06".parse().unwrap();
    let request = TradeRequest { terms, id: None, fresh_id, today, mode: Mode::Record };
    execute_trade(&mut unit, &request).unwrap();
    let _ = unit.commit(&mut Dies).unwrap();
}

/// The units of work that a publisher is notified of.
#[derive(Default)]
struct Told(Vec<String>);

impl EventPublisher for Told {
    fn publish(&mut self, event: &StoredEvent) -> Delivery {
        self.0.push(format!("event {}", event.sequence));
        Delivery::default()
    }

    fn publish_batch(&mut self, batch: Batch<'_>) -> Delivery {
        self.0.push(match batch {
            Batch::Events(events) => {
                format!("events {:?}", events.iter().map(|event| event.sequence).collect::<Vec<_>>())
            }
            Batch::Range(range) => format!("all of {range:?}"),
        });
        Delivery::default()
    }
}

#[test]
fn a_publisher_is_told_of_one_event_of_several_or_of_the_range_of_very_many() {
    let desk = small();
    let book = Book::open(desk.book(), Duration::from_secs(10)).unwrap();
    let mut told = Told::default();
    let mut number = 0_u128;
    for many in [1, 2, 1001] {
        let identity = Identity {
            command_id: Uuid::new_v4(),
            now: || "2024-05-06T07:08:09.000001Z".parse().unwrap(),
            new_id: Uuid::new_v4,
        };
        let mut unit = book.begin(identity).unwrap();
        for _ in 0..many {
            number += 1;
            let profile = StockProfile {
                symbol: format!("S{number}").parse().unwrap(),
                company_name: "Stock".parse().unwrap(),
                sector: None,
                industry: None,
                currency: Currency::USD,
                isin: None,
            };
            unit.save(&mut Stock::create(StockId::new(Uuid::from_u128(number)), profile)).unwrap();
        }
        let _ = unit.commit(&mut told).unwrap();
    }
    assert_eq!(told.0, ["event 7", "events [8, 9]", "all of 10..=1010"]);
}

#[test]
fn dying_between_commit_and_delivery_loses_nothing_and_repeats_nothing() {
    let desk = small();
    let before = desk.log_lines();
    buy_and_die(&desk, 77);
    // The event is in the book, and not in the log.
    assert_eq!(desk.number("SELECT max(sequence) FROM events"), 7);
    assert_eq!(desk.log_lines(), before);

    // Any command delivers it exactly once, even one that only reads.
    desk.run(["holdings"]).exits(0).silently();
    let after = desk.log_lines();
    assert_eq!(after[..6], before);
    assert_eq!(after.len(), 7);
    assert_chain(&after);
    let event: Value = serde_json::from_str(&after[6]).unwrap();
    assert_eq!(event["data"]["transaction_id"], Uuid::from_u128(77).to_string());
    assert_eq!(event["occurred_at"], "2024-05-06T07:08:09.000001Z");

    // A second one has nothing to do.
    let settled = desk.everything();
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "11");
    assert_eq!(desk.everything(), settled);
}

#[test]
fn several_that_died_are_delivered_in_order_before_the_next_one_s_own() {
    let desk = small();
    for id in [71, 72, 73] {
        buy_and_die(&desk, id);
    }
    desk.run(["buy", "ACME", "1", "140", "--date", "2024-05-07"]).exits(0).silently();
    let lines = desk.log_lines();
    assert_chain(&lines);
    let quantities: Vec<_> =
        lines[6..].iter().map(|line| serde_json::from_str::<Value>(line).unwrap()["data"]["price"].clone()).collect();
    assert_eq!(quantities, ["130", "130", "130", "140"]);
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "14");
}

#[test]
fn a_dry_run_delivers_nothing() {
    let desk = small();
    buy_and_die(&desk, 77);
    let before = desk.everything();
    desk.ok(["buy", "ACME", "1", "140", "--dry-run"]);
    assert_eq!(desk.everything(), before);
}

#[test]
fn half_a_line_that_a_crash_left_is_completed() {
    let desk = small();
    let before = fs::read(desk.log()).unwrap();
    buy_and_die(&desk, 77);
    desk.ok(["stocks"]);
    let whole = fs::read(desk.log()).unwrap();
    for torn in [1, 2, 50, whole.len() - before.len() - 1] {
        // The checkpoint is where it was before the crash.
        desk.edit("UPDATE checkpoints SET sequence = 6");
        fs::write(desk.log(), &whole[..before.len() + torn]).unwrap();
        desk.run(["stocks"]).exits(0).silently();
        assert_eq!(fs::read(desk.log()).unwrap(), whole, "{torn} bytes");
    }
}

#[test]
fn a_deleted_log_is_written_anew_byte_for_byte() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    for args in [&["stocks"][..], &["audit"], &["add-stock", "ACME", "Acme Corporation"]] {
        fs::remove_file(desk.log()).unwrap();
        let run = desk.run(args).exits(0);
        assert!(run.err().starts_with("note: ") && run.err().contains("was missing"), "{run}");
        assert_eq!(fs::read(desk.log()).unwrap(), whole, "{args:?}");
        desk.run(args).exits(0).silently();
    }
    fs::remove_file(desk.log()).unwrap();
    desk.ok(["buy", "ACME", "1", "130", "--date", "2024-05-06"]);
    let after = fs::read(desk.log()).unwrap();
    assert_eq!(after[..whole.len()], whole);
    assert_chain(&desk.log_lines());
}

#[test]
fn a_log_cut_at_any_length_is_completed_byte_for_byte() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme"]);
    let whole = fs::read(desk.log()).unwrap();
    for length in 0..whole.len() {
        fs::write(desk.log(), &whole[..length]).unwrap();
        let run = desk.run(["holdings", "-q"]).exits(0);
        assert!(run.err().contains("was cut short"), "{length} bytes\n{run}");
        assert_eq!(fs::read(desk.log()).unwrap(), whole, "{length} bytes");
    }
}

#[test]
fn a_log_cut_short_is_completed_before_a_command_adds_to_it() {
    let desk = small();
    for eighth in 0..8 {
        let before = fs::read(desk.log()).unwrap();
        fs::write(desk.log(), &before[..before.len() * eighth / 8]).unwrap();
        desk.ok(["buy", "ACME", "1", "130", "--date", "2024-05-06"]);
        let after = fs::read(desk.log()).unwrap();
        assert_eq!(after[..before.len()], before);
        assert_chain(&desk.log_lines());
    }
}

#[test]
fn a_tail_of_zeros_is_written_again() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    let last_line = desk.log_lines().last().unwrap().len();
    for zeros in [1, 100, last_line, last_line + 1, last_line + 500, whole.len()] {
        let mut damaged = whole.clone();
        let from = whole.len() - zeros;
        damaged[from..].fill(0);
        fs::write(desk.log(), &damaged).unwrap();
        let run = desk.run(["holdings"]).exits(0);
        assert!(run.err().contains("zeros"), "{zeros}\n{run}");
        assert_eq!(fs::read(desk.log()).unwrap(), whole, "{zeros} zeros");
    }
}

#[test]
fn a_handler_that_lags_says_by_how_much() {
    let desk = small();
    let first = fs::read(desk.log()).unwrap();
    fs::remove_file(desk.log()).unwrap();
    fs::create_dir(desk.log()).unwrap();
    let said = |desk: &Desk| desk.run(["buy", "ACME", "1", "130"]).exits(0).err();
    assert!(said(&desk).contains("the audit log is 1 event behind"));
    assert!(said(&desk).contains("the audit log is 2 events behind"));
    // The other handler is not blocked.
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "12");
    fs::remove_dir(desk.log()).unwrap();
    fs::write(desk.log(), first).unwrap();
    desk.run(["holdings"]).exits(0).silently();
    assert_eq!(desk.log_lines().len(), 8);
}

#[test]
fn emptied_caches_are_filled_again_and_holdings_are_right_all_the_while() {
    let desk = small();
    let held = desk.json(["holdings"]);
    let log = fs::read(desk.log()).unwrap();
    for sql in [
        "DELETE FROM summaries; DELETE FROM checkpoints WHERE handler = 'summary_cache'",
        "DELETE FROM checkpoints",
        "DELETE FROM summaries; DELETE FROM checkpoints",
        "UPDATE summaries SET quantity = '99'; UPDATE checkpoints SET sequence = 2",
    ] {
        desk.edit(sql);
        assert_eq!(desk.json(["holdings"]), held, "{sql}");
        assert_eq!(desk.number("SELECT count(*) FROM summaries"), 1, "{sql}");
        assert_eq!(desk.number("SELECT count(*) FROM checkpoints WHERE sequence = 6"), 2, "{sql}");
        assert_eq!(fs::read(desk.log()).unwrap(), log, "{sql}");
    }
}

#[test]
fn a_checkpoint_set_back_by_any_number_redelivers_to_the_same_effect() {
    let desk = small();
    let (held, log) = (desk.json(["holdings"]), fs::read(desk.log()).unwrap());
    for sequence in 0..=6 {
        desk.edit(&format!("UPDATE checkpoints SET sequence = {sequence}"));
        let run = desk.run(["stocks"]).exits(0);
        assert!(run.stderr.is_empty(), "{run}");
        assert_eq!(fs::read(desk.log()).unwrap(), log, "after {sequence}");
        assert_eq!(desk.json(["holdings"]), held);
        assert_eq!(desk.number("SELECT min(sequence) FROM checkpoints"), 6);
    }
}

#[test]
fn while_another_process_holds_the_book_reading_tells_what_is_recorded() {
    let desk = small();
    buy_and_die(&desk, 77);
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // The cache is behind and cannot be refreshed: the answer is computed.
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "11");
    other.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn killed_at_any_moment_nothing_is_lost_and_under_the_same_id_nothing_doubled() {
    let desk = Desk::with_stocks();
    for round in 0..24_u64 {
        let id = format!("order {round}");
        let args = ["buy", "ACME", "1", "100", "--date", "2024-01-02", "--id", &id, "-q"];
        let mut child = desk.command(args).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(round * 700));
        let _ = child.kill();
        child.wait().unwrap();
        desk.ok(args);
    }
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "24");
    let lines = desk.log_lines();
    assert_eq!(lines.len(), 28);
    assert_chain(&lines);
    let mut ids = BTreeMap::new();
    for event in events(&lines.concat()).iter().filter(|event| event["event_type"] == "TransactionExecutedEvent") {
        *ids.entry(event["data"]["transaction_id"].to_string()).or_insert(0) += 1;
    }
    assert_eq!(ids.len(), 24);
    assert_eq!(desk.number("SELECT count(*) FROM transactions"), 24);
    let leftovers: Vec<_> =
        desk.everything().into_keys().filter(|path| path.extension().is_some_and(|it| it == "new")).collect();
    assert!(leftovers.is_empty(), "{leftovers:?}");
}

#[test]
fn a_long_history_is_delivered_in_batches() {
    let desk = Desk::new();
    let rows: Vec<_> = (0..2500).map(|row| format!("2024-01-02,buy,ACME,1,{row}\n")).collect();
    let rows = rows.concat();
    let file = format!("date,action,symbol,quantity,price\n{rows}");
    let run = desk.fed(&file, ["import", "--add-stocks", "-", "-O", "json"]).exits(0).silently();
    let said: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(said["imported"], json!(2500));
    let whole = fs::read(desk.log()).unwrap();
    assert_chain(&desk.log_lines());
    fs::write(desk.log(), &whole[..whole.len() / 3]).unwrap();
    desk.ok(["holdings"]);
    assert_eq!(fs::read(desk.log()).unwrap(), whole);
    assert_eq!(head_hash(&desk.log_lines()).len(), 64);
}
