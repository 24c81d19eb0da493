use uuid::Uuid;

use super::*;
use crate::domain::{Moment, Money, Sequence, SplitTerms};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn lot(place: Sequence, acquired_on: &str, shares: &str) -> Lot {
    let (quantity, cost_basis): (Shares, Money) = (shares.parse().unwrap(), "100".parse().unwrap());
    let key = LotKey { acquired_on: day(acquired_on), moment: Moment::After, place };
    let bought = Bought { shares: quantity.clone(), cost: cost_basis };
    Lot { key, lot_id: TransactionId::new(Uuid::from_u128(place.into())), quantity, cost_basis, bought }
}

fn split(id: u128, on: &str, terms: &str) -> SeenSplit {
    (TransactionId::new(Uuid::from_u128(id)), day(on), terms.parse::<SplitTerms>().unwrap().ratio())
}

#[test]
fn a_sale_needs_the_lots_that_its_method_takes_first_and_all_of_them_if_some_are_picked() {
    let quantity: Quantity = "3".parse().unwrap();
    let picked = [PickedLot { lot_id: TransactionId::new(Uuid::nil()), quantity }];
    for (method, needed) in [
        (CostBasisMethod::Fifo, LotsNeeded::Oldest(quantity)),
        (CostBasisMethod::Average, LotsNeeded::Oldest(quantity)),
        (CostBasisMethod::Lifo, LotsNeeded::Newest(quantity)),
        (CostBasisMethod::Hifo, LotsNeeded::Dearest(quantity)),
    ] {
        assert_eq!(LotsNeeded::for_sale(method, quantity, &[]), needed);
        assert_eq!(LotsNeeded::for_sale(method, quantity, &picked), LotsNeeded::All);
    }
}

#[test]
fn lots_are_the_same_if_the_same_is_held_and_the_same_must_be_written() {
    let (one, other) = (lot(1, "2024-01-02", "10"), lot(2, "2024-01-03", "10"));
    let held = |lots: &[&Lot]| OpenLots::restore(lots.iter().copied().cloned(), Vec::new());
    assert_eq!(held(&[&one, &other]), held(&[&other, &one]));
    assert_ne!(held(&[&one, &other]), held(&[&one]));
    let mut sold = held(&[&one, &other]);
    sold.take(&[other]).unwrap();
    assert!(sold.iter().eq([&one]));
    assert_ne!(sold, held(&[&one]));
}

#[test]
fn when_all_lots_leave_those_that_are_stored_are_closed() {
    let (stored, new) = (lot(1, "2024-01-02", "10"), lot(2, "2024-01-03", "10"));
    let mut lots = OpenLots::restore([stored.clone()], Vec::new());
    lots.open(&new).unwrap();
    assert!(lots.changes().eq([LotChange::Opened(&new)]));
    lots.clear();
    assert!(lots.changes().eq([LotChange::Closed(stored.key)]));
}

#[test]
fn a_split_counts_once_and_for_the_lots_of_earlier_days() {
    let (first, second) = (split(8, "2024-03-01", "2:1"), split(9, "2024-04-01", "3:1"));
    let mut lots = OpenLots::restore([lot(1, "2024-03-01", "10")], vec![first.clone()]);
    let ratio = |terms: &str| terms.parse::<SplitTerms>().unwrap().ratio();
    assert_eq!(lots.splits_since(day("2024-02-29")), ratio("2:1"));
    assert_eq!(lots.splits_since(day("2024-03-01")), SplitRatio::NONE);
    lots.split(second).unwrap();
    lots.split(first).unwrap();
    assert_eq!(lots.splits_since(day("2024-02-29")), ratio("6:1"));
    assert_eq!(lots.splits_since(day("2024-03-01")), ratio("3:1"));
}

#[test]
fn parts_of_a_lot_with_different_costs_are_joined_as_bought_together() {
    // Of two portfolios: ten shares for 100, and one whose two old shares, of before the split, cost 30.
    let splits = vec![split(8, "2024-01-02", "7:1"), split(9, "2024-03-01", "2:1")];
    let mut lots = OpenLots::restore([lot(1, "2024-01-02", "10")], splits);
    let (cost, quantity): (Money, Shares) = ("30".parse().unwrap(), "4".parse().unwrap());
    let arriving = lot(1, "2024-01-02", "2");
    lots.open(&Lot { quantity, cost_basis: cost, bought: Bought { cost, ..arriving.bought.clone() }, ..arriving })
        .unwrap();
    let joined = lots.iter().next().unwrap();
    assert_eq!((joined.quantity.to_string().as_str(), joined.cost_basis.to_string().as_str()), ("14", "130"));
    // Fourteen shares are seven of the day of the purchase, whose own split came before it.
    assert_eq!(joined.bought, Bought { shares: "7".parse().unwrap(), cost: "130".parse().unwrap() });
}
