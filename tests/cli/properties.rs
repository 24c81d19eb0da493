//! Properties of any sequence of trades.

#![expect(clippy::arithmetic_side_effects, reason = "the model counts in numbers far below what i128 can hold")]

use std::collections::VecDeque;

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;
use stockbook::domain::{
    AggregateRoot as _, Consideration, CostBasisMethod, DomainEvent, Money, Position, Shares, Side, Trade,
    TransactionType,
};

use crate::harness::{Desk, events};
use crate::testkit::positions::{self, acme};

/// A trade in whole numbers: ten-thousandths of a share, cents per share, cents of fee.
#[derive(Debug, Clone)]
struct Intent {
    side: Side,
    quantity: i128,
    price: i128,
    fee: i128,
}

/// The simplest correct model of a position, in whole numbers: shares in 10⁻⁴, money in 10⁻¹⁰.
#[derive(Debug, Clone, Default)]
struct Model {
    lots: VecDeque<(i128, i128)>,
    realized: i128,
    spent: i128,
    earned: i128,
}

/// 10⁻⁶ (ten-thousandths times cents) and 10⁻² in units of 10⁻¹⁰.
const PRODUCT: i128 = 10_000;
const CENT: i128 = 100_000_000;

impl Model {
    fn held(&self) -> i128 {
        self.lots.iter().map(|(quantity, _)| quantity).sum()
    }

    fn cost(&self) -> i128 {
        self.lots.iter().map(|(_, cost)| cost).sum()
    }

    /// Whether the trade was possible.
    fn execute(&mut self, intent: &Intent) -> bool {
        let amount = intent.quantity * intent.price * PRODUCT;
        let fee = intent.fee * CENT;
        if intent.side == Side::Buy {
            self.lots.push_back((intent.quantity, amount + fee));
            self.spent += amount + fee;
            return true;
        }
        if intent.quantity > self.held() {
            return false;
        }
        let mut left = intent.quantity;
        let mut cost = 0;
        while left > 0 {
            let (quantity, lot_cost) = self.lots.pop_front().unwrap();
            if quantity <= left {
                (left, cost) = (left - quantity, cost + lot_cost);
            } else {
                let part = half_even(lot_cost * left, quantity);
                self.lots.push_front((quantity - left, lot_cost - part));
                (left, cost) = (0, cost + part);
            }
        }
        self.realized += amount - fee - cost;
        self.earned += amount - fee;
        true
    }
}

/// The quotient of two numbers, the first not negative, rounded half to even.
fn half_even(dividend: i128, divisor: i128) -> i128 {
    let (whole, rest) = (dividend / divisor, dividend % divisor);
    match (2 * rest).cmp(&divisor) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + whole % 2,
    }
}

/// A whole number of 10^-places, in plain notation.
fn decimal(value: i128, places: usize) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    format!("{sign}{whole}.{fraction}")
}

fn money(value: i128) -> Money {
    decimal(value, 10).parse().unwrap()
}

fn position() -> Position {
    Position::new(acme(), CostBasisMethod::Fifo)
}

fn trade(id: usize, intent: &Intent) -> Trade {
    let quantity = decimal(intent.quantity, 4).parse().unwrap();
    let price = Consideration::Price(decimal(intent.price, 2).parse().unwrap());
    let trade = positions::trade(1000 + id as u128, intent.side, "2024-01-02".parse().unwrap(), quantity, price);
    Trade { fee: decimal(intent.fee, 2).parse().unwrap(), ..trade }
}

/// The place of a trade in the order of recording.
fn place(id: usize) -> u64 {
    u64::try_from(id).unwrap()
}

fn intents(longest: usize) -> impl Strategy<Value = Vec<Intent>> {
    let side = prop_oneof![3 => Just(Side::Buy), 2 => Just(Side::Sell)];
    // Small numbers often coincide, so that lots end exactly; large ones have long quotients.
    let quantity = prop_oneof![1_i128..=5, 1_i128..=100_000, 1_i128..=9_999_999_999];
    let intent = (side, quantity, 0_i128..=99_999, 0_i128..=999).prop_map(|(side, quantity, price, fee)| Intent {
        side,
        quantity,
        price,
        fee,
    });
    prop::collection::vec(intent, 1..longest)
}

fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn shares_and_cost_are_conserved_and_are_those_of_the_simplest_model(intents in intents(40)) {
        let (mut position, mut model) = (position(), Model::default());
        let (mut left_cost, mut proceeds) = (Money::ZERO, Money::ZERO);
        for (id, intent) in intents.iter().enumerate() {
            let before = position.clone();
            let result = position.execute(&trade(id, intent), place(id));
            prop_assert_eq!(result.is_ok(), model.execute(intent), "{:?}", result);
            if result.is_err() {
                prop_assert_eq!(&position, &before);
                continue;
            }
            let disposals = position.pull_disposals();
            let sold = disposals.iter().try_fold(Shares::ZERO, |sum, part| sum.plus(&part.quantity)).unwrap();
            let expected = if intent.side == Side::Sell { intent.quantity } else { 0 };
            prop_assert_eq!(sold, decimal(expected, 4).parse().unwrap());
            for part in &disposals {
                left_cost = left_cost.plus(part.cost_basis).unwrap();
                proceeds = proceeds.plus(part.proceeds).unwrap();
                prop_assert_eq!(part.gain, part.proceeds.minus(part.cost_basis).unwrap());
            }
            let totals = position.totals();
            prop_assert_eq!(&totals.quantity, &decimal(model.held(), 4).parse::<Shares>().unwrap());
            prop_assert_eq!(totals.cost_basis, money(model.cost()));
            prop_assert_eq!(totals.realized_gain, money(model.realized));
            let lots = position.holding().lots().iter().try_fold((Shares::ZERO, Money::ZERO), |(shares, cost), lot| {
                Ok::<_, stockbook::domain::TooLarge>((shares.plus(&lot.quantity)?, cost.plus(lot.cost_basis)?))
            });
            prop_assert_eq!(lots.unwrap(), (totals.quantity.clone(), totals.cost_basis));
        }
        // The amounts spent are the cost left and the cost of the sales; nothing is lost.
        prop_assert_eq!(position.totals().cost_basis.plus(left_cost).unwrap(), money(model.spent));
        prop_assert_eq!(proceeds, money(model.earned));
    }

    #[test]
    fn selling_what_is_shown_closes_the_position(intents in intents(20)) {
        let mut position = position();
        for (id, intent) in intents.iter().enumerate() {
            let _ = position.execute(&trade(id, intent), place(id));
        }
        let totals = position.totals().clone();
        prop_assume!(!totals.quantity.is_zero());
        let sale = Trade { quantity: totals.quantity.to_string().parse().unwrap(), ..trade(999, &intents[0]) };
        position.execute(&Trade { side: Side::Sell, ..sale }, 999).unwrap();
        prop_assert_eq!((position.totals().quantity.clone(), position.totals().cost_basis), (Shares::ZERO, Money::ZERO));
        prop_assert_eq!(position.holding().lots().iter().count(), 0);
    }

    #[test]
    fn a_position_restored_between_any_two_trades_goes_on_as_if_it_had_not_been(intents in intents(20)) {
        let (mut whole, mut restored) = (position(), position());
        for (id, intent) in intents.iter().enumerate() {
            let (one, other) = (whole.execute(&trade(id, intent), place(id)), restored.execute(&trade(id, intent), place(id)));
            prop_assert_eq!(one, other);
            let lots: Vec<_> = restored.holding().lots().iter().cloned().collect();
            restored = Position::restore(restored.key().clone(), CostBasisMethod::Fifo, restored.totals().clone(), restored.version(), lots, Vec::new());
        }
        prop_assert_eq!(whole.totals(), restored.totals());
        prop_assert!(whole.holding().lots().iter().eq(restored.holding().lots().iter()));
        let (_, events) = whole.pull_events();
        let executed = |event: &DomainEvent| matches!(event, DomainEvent::TransactionExecuted(_));
        prop_assert!(events.iter().all(executed));
    }
}

/// A file with these trades, one per day, without the impossible ones.
fn trades_file(intents: &[Intent]) -> (String, usize) {
    let mut model = Model::default();
    let mut file = "date,action,symbol,quantity,price,fee\n".to_owned();
    let mut rows = 0;
    for (day, intent) in (1..).zip(intents.iter()) {
        if model.execute(intent) {
            let (quantity, price, fee) =
                (decimal(intent.quantity, 4), decimal(intent.price, 2), decimal(intent.fee, 2));
            let line =
                format!("2024-01-{day:02},{},ACME,{quantity},{price},{fee}\n", TransactionType::from(intent.side));
            file.push_str(&line);
            rows += 1;
        }
    }
    (file, rows)
}

/// The members that an event and a listed transaction share, by the names of the listing.
fn as_listed(event: &Value) -> Vec<Value> {
    let data = &event["data"];
    let members = [
        "transaction_id",
        "portfolio",
        "symbol",
        "transaction_type",
        "trade_date",
        "quantity",
        "price",
        "fee",
        "total_amount",
        "currency",
        "note",
    ];
    members.iter().map(|member| data[member].clone()).collect()
}

fn listed(row: &Value) -> Vec<Value> {
    let members = [
        "transaction_id",
        "portfolio",
        "symbol",
        "type",
        "trade_date",
        "quantity",
        "price",
        "fee",
        "total_amount",
        "currency",
        "note",
    ];
    members.iter().map(|member| row[member].clone()).collect()
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn the_audit_log_tells_the_same_trades_as_the_book(intents in intents(28)) {
        let desk = Desk::with_stocks();
        let (file, rows) = trades_file(&intents);
        desk.fed(&file, ["import", "-", "-q"]).exits(0);
        let audit = events(&desk.ok(["audit", "--type", "TransactionExecutedEvent"]));
        let told: Vec<_> = audit.iter().map(as_listed).collect();
        let book = desk.json(["transactions"]);
        let kept: Vec<_> = book.as_array().unwrap().iter().map(listed).collect();
        prop_assert_eq!(kept.len(), rows);
        prop_assert_eq!(told, kept);
    }
}
