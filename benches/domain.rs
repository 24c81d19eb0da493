//! How long the rules take by themselves, without file or process: `cargo bench --bench domain`.
#![expect(clippy::unwrap_used, reason = "the values are made up here; one that is refused ends the benchmark")]
#![expect(clippy::arithmetic_side_effects, reason = "the numbers made up here are small")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use stockbook::domain::{
    AggregateRoot as _, Consideration, CostBasisMethod, Day, EventId, Position, Price, Quantity, Side, Symbol, Trade,
    ValueError,
};
use stockbook::log::{EventHash, RecordedEvent};
use uuid::Uuid;

#[path = "../tests/testkit/positions.rs"]
mod positions;

use positions::acme;

fn main() {
    divan::main();
}

const METHODS: [CostBasisMethod; 4] =
    [CostBasisMethod::Fifo, CostBasisMethod::Lifo, CostBasisMethod::Hifo, CostBasisMethod::Average];

/// A sale that takes three of many lots; it does not depend on how many there are.
#[divan::bench(args = METHODS, consts = [100, 10_000])]
fn matching<const LOTS: u64>(bencher: Bencher, method: CostBasisMethod) {
    let mut position = position_of(LOTS, method);
    // The first sale of highest cost ranks the lots, the others find them ranked.
    position.execute(&trade(Side::Sell, LOTS, "1"), LOTS).unwrap();
    let sale = trade(Side::Sell, LOTS + 1, "25");
    bencher.with_inputs(|| position.clone()).bench_values(|mut position| {
        position.execute(black_box(&sale), LOTS + 1).unwrap();
        position
    });
}

#[divan::bench]
fn parsing_a_quantity() -> Result<Quantity, ValueError> {
    black_box("1234.5678").parse()
}

#[divan::bench]
fn parsing_a_price() -> Result<Price, ValueError> {
    black_box("150.25").parse()
}

#[divan::bench]
fn parsing_a_symbol() -> Result<Symbol, ValueError> {
    black_box("BRK.B").parse()
}

#[divan::bench]
fn parsing_a_date() -> Result<Day, ValueError> {
    black_box("2024-03-28").parse()
}

/// A trade as a line of the audit log.
#[divan::bench]
fn encoding_an_event(bencher: Bencher) {
    let event = recorded_purchase();
    bencher.bench(|| black_box(&event).to_line().unwrap());
}

/// The hash of a trade's line.
#[divan::bench]
fn hashing_a_line(bencher: Bencher) {
    let line = recorded_purchase().to_line().unwrap();
    bencher.counter(BytesCount::of_str(&line)).bench(|| EventHash::of(black_box(&line)));
}

/// A position with lots of ten shares, no two at the same price.
fn position_of(lots: u64, method: CostBasisMethod) -> Position {
    let mut position = Position::new(acme(), method);
    for place in 0..lots {
        position.execute(&trade(Side::Buy, place, "10"), place).unwrap();
    }
    // As if it came from a book.
    position.pull_events();
    position
}

/// The prices of successive trades go up and down.
fn trade(side: Side, place: u64, quantity: &str) -> Trade {
    let price = format!("{}.{:02}", 100 + place * 37 % 101, place % 100);
    let price = Consideration::Price(price.parse().unwrap());
    let day = "2024-01-02".parse().unwrap();
    let trade = positions::trade(u128::from(place), side, day, quantity.parse().unwrap(), price);
    Trade { fee: "1.25".parse().unwrap(), ..trade }
}

fn recorded_purchase() -> RecordedEvent {
    let mut position = position_of(0, CostBasisMethod::Fifo);
    position.execute(&trade(Side::Buy, 1, "10"), 1).unwrap();
    let (_, mut raised) = position.pull_events();
    RecordedEvent {
        sequence: 1_000,
        event_id: EventId::new(Uuid::from_u128(3)),
        occurred_at: "2024-01-02T09:30:00.123456Z".parse().unwrap(),
        data: raised.remove(0),
        previous_hash: EventHash::of("the line before"),
    }
}
