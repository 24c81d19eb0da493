use uuid::Uuid;

use super::*;
use crate::domain::{CostBasisMethod, Currency, Money, PortfolioName, Sequence, TimeOfDay};

fn stock() -> StockId {
    StockId::new(Uuid::from_u128(9))
}

fn portfolio(number: u128) -> PortfolioId {
    PortfolioId::new(Uuid::from_u128(number))
}

fn positions() -> [Position; 2] {
    [1, 2].map(|number| {
        let key = PositionKey {
            portfolio_id: portfolio(number),
            portfolio: PortfolioName::main(),
            stock_id: stock(),
            symbol: "ACME".parse().unwrap(),
            currency: Currency::USD,
        };
        Position::new(key, CostBasisMethod::Fifo)
    })
}

/// An entry of 2024-01-02, recorded at `place`.
fn entry(id: u128, place: Sequence, time: Option<&str>, kind: EntryKind) -> Entry {
    let time: Option<TimeOfDay> = time.map(|time| time.parse().unwrap());
    Entry::recorded(
        (TransactionId::new(Uuid::from_u128(id)), stock()),
        ("2024-01-02".parse().unwrap(), time),
        place,
        kind,
    )
}

fn purchase(number: u128, quantity: &str) -> EntryKind {
    EntryKind::purchase(portfolio(number), (quantity.parse().unwrap(), None), "100".parse().unwrap())
}

fn sale(number: u128, quantity: &str) -> EntryKind {
    let (quantity, proceeds) = (quantity.parse().unwrap(), "100".parse::<Money>().unwrap());
    EntryKind::Sale { portfolio: portfolio(number), quantity, proceeds, picked: Vec::new(), as_of: None }
}

fn sent(number: u128, quantity: &str) -> EntryKind {
    EntryKind::TransferOut { portfolio: portfolio(number), quantity: quantity.parse().unwrap(), picked: Vec::new() }
}

fn received(number: u128, quantity: &str) -> EntryKind {
    EntryKind::TransferIn { portfolio: portfolio(number), quantity: quantity.parse().unwrap() }
}

/// What each portfolio holds in the end, the ids of the refused entries, and how many days were reordered.
fn rebuilt(entries: Vec<Entry>) -> ([String; 2], Vec<u128>, usize) {
    let mut positions = positions();
    let rebuilt = rebuild(&mut positions, entries);
    let refused = rebuilt.refusals.iter().map(|refusal| refusal.entry.id.uuid().as_u128()).collect();
    (positions.map(|position| position.totals().quantity.to_string()), refused, rebuilt.reordered.len())
}

fn held(one: &str, other: &str) -> [String; 2] {
    [one, other].map(str::to_owned)
}

#[test]
fn purchases_come_before_the_sales_that_need_them_and_only_before_those() {
    let day = |sold: &str| {
        vec![entry(1, 1, None, purchase(1, "5")), entry(2, 2, None, sale(1, sold)), entry(3, 3, None, purchase(1, "2"))]
    };
    assert_eq!(rebuilt(day("6")), (held("1", "0"), vec![], 1));
    assert_eq!(rebuilt(day("7")), (held("0", "0"), vec![], 1));
    assert_eq!(rebuilt(day("8")), (held("7", "0"), vec![2], 1));
    for enough in ["4", "5"] {
        assert_eq!(rebuilt(day(enough)).2, 0);
    }
}

#[test]
fn a_day_is_left_as_it_is_if_no_purchase_follows_the_sale() {
    let day = vec![entry(1, 1, None, purchase(1, "5")), entry(2, 2, None, sale(1, "8"))];
    assert_eq!(rebuilt(day), (held("5", "0"), vec![2], 0));
}

#[test]
fn a_purchase_with_a_time_is_not_put_before_an_earlier_sale() {
    let day = vec![entry(1, 1, Some("10:00"), sale(1, "3")), entry(2, 2, Some("11:00"), purchase(1, "3"))];
    assert_eq!(rebuilt(day), (held("3", "0"), vec![1], 0));
}

#[test]
fn shares_that_go_to_and_fro_on_a_day_follow_the_order_of_recording() {
    // Each portfolio waits for the other: 1 receives the second transfer and 2 the first.
    let day = vec![
        entry(1, 1, None, purchase(1, "5")),
        entry(2, 2, None, sent(1, "5")),
        entry(2, 3, None, received(2, "5")),
        entry(3, 4, None, sent(2, "4")),
        entry(3, 5, None, received(1, "4")),
        entry(4, 6, None, sale(1, "3")),
    ];
    assert_eq!(rebuilt(day), (held("1", "1"), vec![], 0));
}

#[test]
fn portfolios_that_wait_for_each_other_for_ever_receive_nothing() {
    let day = vec![
        entry(2, 1, Some("10:00"), received(1, "5")),
        entry(3, 2, Some("11:00"), sent(1, "5")),
        entry(3, 3, Some("10:00"), received(2, "5")),
        entry(2, 4, Some("11:00"), sent(2, "5")),
        entry(4, 5, None, purchase(1, "2")),
    ];
    assert_eq!(rebuilt(day), (held("2", "0"), vec![3, 2], 0));
}
