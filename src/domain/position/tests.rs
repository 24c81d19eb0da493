use uuid::Uuid;

use super::*;
use crate::domain::{Consideration, PickedLot, Side};
use crate::domain::{Currency, PortfolioId, PortfolioName, StockId};

fn position() -> Position {
    Position::new(
        PositionKey {
            portfolio_id: PortfolioId::new(Uuid::from_u128(1)),
            portfolio: PortfolioName::main(),
            stock_id: StockId::new(Uuid::from_u128(2)),
            symbol: "ACME".parse().unwrap(),
            currency: Currency::USD,
        },
        CostBasisMethod::Fifo,
    )
}

fn trade(id: u128, side: Side, date: &str, quantity: &str, price: &str, fee: &str) -> Trade {
    Trade {
        id: TransactionId::new(Uuid::from_u128(id)),
        side,
        date: date.parse().unwrap(),
        time: None,
        quantity: quantity.parse().unwrap(),
        consideration: Consideration::Price(price.parse().unwrap()),
        fee: fee.parse().unwrap(),
        note: None,
        picked: Vec::new(),
        identity: None,
        replaces: None,
        as_of: None,
        settled: None,
        charged: None,
    }
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[test]
fn a_purchase_costs_its_amount_and_its_fee() {
    let mut position = position();
    position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "150.25", "1"), 10).unwrap();
    assert_eq!(position.totals().cost_basis, money("1503.5")); // 10 × 150.25 + 1
    let (follows, events) = position.pull_events();
    let [DomainEvent::TransactionExecuted(event)] = &events[..] else { panic!() };
    assert_eq!((follows, event.total_amount), (0, money("1503.5")));
    assert_eq!(position.pull_events(), (1, vec![]));
}

#[test]
fn a_sale_takes_the_oldest_lots_and_realizes_proceeds_less_cost() {
    let mut position = position();
    position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "100", "5"), 10).unwrap();
    position.execute(&trade(11, Side::Buy, "2024-02-01", "10", "120", "0"), 11).unwrap();
    position.execute(&trade(12, Side::Sell, "2024-03-01", "15", "130", "3"), 12).unwrap();
    let disposals = position.pull_disposals();
    // Proceeds 15 × 130 − 3 = 1947: 10/15 of it 1298, the rest 649.
    assert_eq!((disposals[0].proceeds, disposals[0].cost_basis), (money("1298"), money("1005")));
    assert_eq!((disposals[1].proceeds, disposals[1].cost_basis), (money("649"), money("600")));
    assert_eq!(position.totals().realized_gain, money("342")); // 1947 − 1005 − 600
    assert_eq!(position.totals().cost_basis, money("600"));
    let left: Vec<_> =
        position.holding().lots().iter().map(|lot| (lot.lot_id.uuid().as_u128(), lot.quantity.clone())).collect();
    assert_eq!(left, [(11, "5".parse().unwrap())]);
}

#[test]
fn a_sale_under_average_cost_takes_the_pool_s_cost_and_its_last_lot_the_rest() {
    let mut position = position().with_method(CostBasisMethod::Average);
    position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "100", "0"), 10).unwrap();
    position.execute(&trade(11, Side::Buy, "2024-02-01", "10", "130", "0"), 11).unwrap();
    position.execute(&trade(12, Side::Sell, "2024-03-01", "15", "150", "0"), 12).unwrap();
    // The pool: 20 shares for 2300. 15/20 of it leave, 1725: 10/20 with the first lot, 1150, and the rest, 575.
    let costs: Vec<_> = position.pull_disposals().into_iter().map(|disposal| disposal.cost_basis).collect();
    assert_eq!(costs, [money("1150"), money("575")]);
    assert_eq!(position.totals().cost_basis, money("575")); // 2300 − 1725
}

#[test]
fn a_position_that_needs_a_rebuild_still_does_after_an_entry_that_comes_last() {
    let mut position = position();
    position.execute(&trade(10, Side::Buy, "2024-02-01", "10", "100", "0"), 10).unwrap();
    assert!(!position.is_stale());
    position.execute(&trade(11, Side::Buy, "2024-01-02", "10", "100", "0"), 11).unwrap();
    assert!(position.is_stale());
    position.execute(&trade(12, Side::Buy, "2024-03-01", "10", "100", "0"), 12).unwrap();
    assert!(position.is_stale());
}

#[test]
fn a_part_of_a_lot_is_rounded_and_the_last_share_takes_the_rest() {
    let mut position = position();
    position.execute(&trade(10, Side::Buy, "2024-01-02", "3", "33.3333", "0.0002"), 10).unwrap();
    for id in 11..14 {
        position
            .execute(&trade(id, Side::Sell, "2024-01-03", "1", "40", "0"), Sequence::try_from(id).unwrap())
            .unwrap();
    }
    let costs: Vec<_> = position.pull_disposals().iter().map(|disposal| disposal.cost_basis).collect();
    // 100.0001 ÷ 3 = 33.33336666…; 66.6667333333 ÷ 2 = 33.33336666665, half to even; the rest.
    assert_eq!(costs, [money("33.3333666667"), money("33.3333666666"), money("33.3333666667")]);
    assert_eq!(position.totals().cost_basis, Money::ZERO);
    assert_eq!(position.totals().quantity, Shares::ZERO);
}

#[test]
fn a_refused_trade_leaves_the_position_as_it_was() {
    let mut position = position();
    position.execute(&trade(10, Side::Buy, "2024-01-02", "3", "100", "0"), 10).unwrap();
    let before = position.clone();
    let oversell = position.execute(&trade(11, Side::Sell, "2024-01-05", "12", "100", "0"), 11).unwrap_err();
    assert_eq!(oversell.to_string(), "cannot sell 12 ACME: 3 held in portfolio main on 2024-01-05");
    let large = "999999999999999999";
    let error = position.execute(&trade(13, Side::Buy, "2024-01-05", large, large, "0"), 13).unwrap_err();
    assert_eq!(error.code(), "too_large");
    assert_eq!(position, before);
}

#[test]
fn an_amount_is_kept_exactly_and_the_price_is_its_quotient() {
    let mut position = position();
    let consideration = Consideration::Amount(money("100"));
    let trade = Trade { consideration, ..trade(10, Side::Buy, "2024-01-02", "3", "0", "0.5") };
    position.execute(&trade, 10).unwrap();
    let (_, events) = position.pull_events();
    let [DomainEvent::TransactionExecuted(event)] = &events[..] else { panic!() };
    assert_eq!((event.price.to_string().as_str(), event.total_amount), ("33.3333333333", money("100.5")));
}

/// Two purchases and a sale of one and a half of them, and what the sale realized.
fn traded(method: CostBasisMethod) -> (Position, Position, Vec<(Lot, Disposal)>) {
    let mut position = position().with_method(method);
    position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "100", "5"), 10).unwrap();
    position.execute(&trade(11, Side::Buy, "2024-02-01", "10", "120", "0"), 11).unwrap();
    let before = position.clone();
    position.execute(&sale(), 12).unwrap();
    let realized = position.pull_disposals().into_iter().map(|part| {
        let lot = before.holding.lots.iter().find(|lot| lot.lot_id == part.lot_id).unwrap().clone();
        (Lot { quantity: part.quantity.clone(), cost_basis: part.cost_basis, ..lot }, part)
    });
    let realized = realized.collect();
    (before, position, realized)
}

fn sale() -> Trade {
    trade(12, Side::Sell, "2024-03-01", "15", "130", "3")
}

fn entered(trade: &Trade, place: Sequence) -> Entry {
    trade.executed(position().key()).unwrap().entry(place)
}

fn is_as(position: &Position, other: &Position) -> bool {
    !position.is_stale()
        && position.totals() == other.totals()
        && position.holding.lots.iter().eq(other.holding.lots.iter())
}

#[test]
fn a_sale_that_is_taken_back_returns_the_shares_to_their_lots() {
    for method in [CostBasisMethod::Fifo, CostBasisMethod::Lifo, CostBasisMethod::Hifo] {
        let (mut before, mut position, realized) = traded(method);
        position.revert(&entered(&sale(), 12), &realized);
        before.note_last_entry(Some((sale().date, Moment::After)));
        assert!(is_as(&position, &before), "{method}: {position:#?}");
    }
}

#[test]
fn a_purchase_that_is_taken_back_leaves_with_its_whole_lot() {
    let (_, mut position, _) = traded(CostBasisMethod::Average);
    let before = position.clone();
    let bought = trade(13, Side::Buy, "2024-03-01", "3", "33.3333", "0.0002");
    position.execute(&bought, 13).unwrap();
    position.revert(&entered(&bought, 13), &[]);
    assert!(is_as(&position, &before), "{position:#?}");
}

/// The lots, by number, that a sale takes from a position that sells the highest cost first.
fn dearest(position: &mut Position, id: u128, date: &str, quantity: &str) -> Vec<u128> {
    position.pull_disposals();
    position.execute(&trade(id, Side::Sell, date, quantity, "130", "0"), Sequence::try_from(id).unwrap()).unwrap();
    position.pull_disposals().iter().map(|part| part.lot_id.uuid().as_u128()).collect()
}

fn split(position: &mut Position, id: u128, date: &str, ratio: &str) {
    let ratio = ratio.parse::<crate::domain::SplitTerms>().unwrap().ratio();
    let (id, place) = (TransactionId::new(Uuid::from_u128(id)), Sequence::try_from(id).unwrap());
    position.split(id, date.parse().unwrap(), ratio, place).unwrap();
}

fn buys(position: &mut Position, id: u128, date: &str, (quantity, amount): (&str, &str)) {
    let consideration = Consideration::Amount(money(amount));
    let bought = Trade { consideration, ..trade(id, Side::Buy, date, quantity, "0", "0") };
    position.execute(&bought, Sequence::try_from(id).unwrap()).unwrap();
}

#[test]
fn a_lot_of_which_a_part_was_sold_ranks_by_what_it_had_cost() {
    let mut position = position().with_method(CostBasisMethod::Hifo);
    buys(&mut position, 10, "2024-01-02", ("3", "200"));
    buys(&mut position, 11, "2024-01-03", ("6", "400"));
    // Of 200 ÷ 3 each share leaves 66.6666666667, so that what stays would seem to have cost a trifle
    // less than the 400 ÷ 6 of the other lot, which is the same.
    assert_eq!(dearest(&mut position, 12, "2024-01-04", "1"), [10]);
    assert_eq!(dearest(&mut position, 13, "2024-01-05", "1"), [10]);
    assert_eq!(dearest(&mut position, 14, "2024-01-06", "2"), [10, 11]);
}

#[test]
fn lots_from_before_and_after_awkward_splits_rank_by_the_same_shares() {
    let mut position = position().with_method(CostBasisMethod::Hifo);
    // 210 each, of which three for seven makes 490 each, and seven for five of these 350 each.
    buys(&mut position, 10, "2024-01-02", ("7", "1470"));
    split(&mut position, 11, "2024-01-03", "3:7");
    buys(&mut position, 12, "2024-01-04", ("3", "1470"));
    buys(&mut position, 13, "2024-01-05", ("3", "1470.0000000001"));
    split(&mut position, 14, "2024-01-06", "7:5");
    buys(&mut position, 15, "2024-01-07", ("1", "350"));
    assert_eq!(dearest(&mut position, 16, "2024-01-08", "4.3"), [13, 10]);
    assert_eq!(dearest(&mut position, 17, "2024-01-09", "8.5"), [10, 12, 15]);
}

#[test]
fn a_lot_that_is_picked_twice_is_picked_once_for_both() {
    let (position, _, _) = traded(CostBasisMethod::Fifo);
    let lot_id = TransactionId::new(Uuid::from_u128(10));
    let pick = |quantity: &str| PickedLot { lot_id, quantity: quantity.parse().unwrap() };
    let sold = |picked: &[PickedLot], quantity: &str| {
        let mut position = position.clone();
        let sale = trade(12, Side::Sell, "2024-03-01", quantity, "130", "3");
        position.execute(&Trade { picked: picked.to_vec(), ..sale }, 12).map(|()| position)
    };
    let (twice, once) = (sold(&[pick("3"), pick("4")], "7").unwrap(), sold(&[pick("7")], "7").unwrap());
    assert_eq!((twice.totals(), twice.holding().disposals()), (once.totals(), once.holding().disposals()));
    assert!(twice.holding().lots().iter().eq(once.holding().lots().iter()));
    // 4 and 7 are 11, and 10 are left.
    let refused = sold(&[pick("4"), pick("7")], "11").unwrap_err();
    assert!(matches!(refused, DomainError::LotShort { ref held, .. } if held.to_string() == "10"), "{refused}");
}

#[test]
fn what_a_position_cannot_tell_is_left_to_a_rebuild() {
    let (before, sold, realized) = traded(CostBasisMethod::Fifo);
    let reverted = |mut position: Position, entry: &Entry, realized: &[_]| {
        position.revert(entry, realized);
        position.is_stale()
    };
    let sale = entered(&sale(), 12);
    assert!(reverted(sold.clone(), &sale, &realized[1..]));
    // Some of this lot was sold, and below, a lot may have been the position's first.
    assert!(reverted(sold, &entered(&trade(11, Side::Buy, "2024-02-01", "10", "120", "0"), 11), &[]));
    let only = trade(10, Side::Buy, "2024-01-02", "10", "100", "5");
    let mut position = position();
    position.execute(&only, 10).unwrap();
    assert!(reverted(position, &entered(&only, 10), &[]));
    let (_, average, realized) = traded(CostBasisMethod::Average);
    assert!(reverted(average, &sale, &realized));
    let halves = "3:2".parse::<crate::domain::SplitTerms>().unwrap().ratio();
    let split = Entry { kind: EntryKind::Split(halves), ..sale };
    assert!(reverted(before, &split, &[]));
}

#[test]
fn the_displayed_shares_of_lots_with_fractions_add_up_to_what_is_sold() {
    let mut position = position();
    position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "100", "0"), 10).unwrap();
    position.execute(&trade(11, Side::Buy, "2024-02-01", "10", "120", "0"), 11).unwrap();
    split(&mut position, 12, "2024-02-02", "1:3");
    position.execute(&trade(13, Side::Sell, "2024-03-01", "6.6666666667", "300", "0"), 13).unwrap();
    let disposals = position.pull_disposals();
    let (shown, exact): (Vec<_>, Vec<_>) = disposals
        .iter()
        .map(|disposal| (disposal.quantity.exact(), disposal.part.as_ref().unwrap().quantity.exact()))
        .unzip();
    // Twice 10 ÷ 3, the second as the difference of 6.6666666667 and 3.3333333333.
    assert_eq!((shown, exact), (vec!["3.3333333333".into(), "3.3333333334".into()], vec!["10/3".to_owned(); 2]));
    assert_eq!(position.totals().quantity, Shares::ZERO);
}

#[test]
fn the_newest_lot_is_displayed_alike_whether_the_older_ones_are_loaded_or_not() {
    let mut whole = position().with_method(CostBasisMethod::Lifo);
    whole.execute(&trade(10, Side::Buy, "2024-01-02", "10", "100", "0"), 10).unwrap();
    whole.execute(&trade(11, Side::Buy, "2024-02-01", "10", "120", "0"), 11).unwrap();
    split(&mut whole, 12, "2024-02-02", "1:3");
    let newest = whole.holding().lots().iter().next_back().unwrap().clone();
    let key = newest.key;
    let method = CostBasisMethod::Lifo;
    let part = Position::restore(whole.key().clone(), method, whole.totals().clone(), 3, [newest], Vec::new());
    for position in [whole, part] {
        assert_eq!(position.holding().shown_of(key).exact(), "3.3333333334");
    }
}

#[test]
fn a_disposal_names_the_part_of_its_lot_if_that_does_not_follow_from_the_purchase() {
    let has_part = |adjusted_on: Option<&str>| {
        let mut position = position();
        position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "100", "0"), 10).unwrap();
        if let Some(date) = adjusted_on {
            let adjustment = CostAdjustment {
                id: TransactionId::new(Uuid::from_u128(11)),
                identity: None,
                kind: crate::domain::CostAdjustmentKind::Addition,
                date: date.parse().unwrap(),
                amount: money("5"),
                note: None,
            };
            position.adjust_cost(&adjustment, 11).unwrap();
        }
        position.execute(&trade(12, Side::Buy, "2024-01-04", "10", "100", "0"), 12).unwrap();
        position.execute(&trade(13, Side::Sell, "2024-03-01", "15", "130", "3"), 13).unwrap();
        position.pull_disposals().iter().map(|disposal| disposal.part.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(has_part(None), [false, false]);
    // On the day of the purchase too: the lot has another cost since.
    assert_eq!(has_part(Some("2024-01-02")), [true, false]);
    assert_eq!(has_part(Some("2024-01-03")), [true, false]);
}

#[test]
fn disposals_say_the_same_whether_they_name_the_part_of_the_lot_or_not() {
    let (_, _, realized) = traded(CostBasisMethod::Fifo);
    let [(lot, one), (_, other)] = &realized[..] else { panic!() };
    let with_part = Disposal { part: Some(Box::new(lot.clone())), ..one.clone() };
    assert!(one.says_the_same_as(&with_part) && with_part.says_the_same_as(one));
    assert!(!one.says_the_same_as(other) && !one.says_the_same_as(&Disposal { gain: money("1"), ..one.clone() }));
}

#[test]
fn only_lots_that_are_sold_by_cost_have_a_rank() {
    for method in [CostBasisMethod::Fifo, CostBasisMethod::Lifo, CostBasisMethod::Hifo, CostBasisMethod::Average] {
        let (before, _, _) = traded(method);
        let ranks: Vec<_> = before.holding().lots().iter().filter_map(|lot| before.holding().cost_rank(lot)).collect();
        // (10 × 100 + 5) ÷ 10 and 120.
        assert!(ranks.is_empty() != (method == CostBasisMethod::Hifo) && ranks.is_sorted(), "{method}");
    }
}

#[test]
fn a_trade_keeps_what_it_was_settled_with_and_whose_identity_it_has() {
    let cash = |amount: &str| Some(crate::domain::Cash { amount: money(amount), currency: Currency::EUR });
    let identity = Some(TransactionId::new(Uuid::from_u128(20)));
    let replaces = Some(TransactionId::new(Uuid::from_u128(21)));
    let bought = trade(10, Side::Buy, "2024-01-02", "10", "100", "1");
    let mut position = position();
    let (settled, charged) = (cash("920"), cash("0.9"));
    position.execute(&Trade { identity, replaces, settled, charged, ..bought }, 10).unwrap();
    let (_, events) = position.pull_events();
    assert_eq!((events[0].identity(), events[0].replaces()), (identity, replaces));
    assert_eq!(events[0].recorded_id(), Some(TransactionId::new(Uuid::from_u128(10))));
    let [DomainEvent::TransactionExecuted(event)] = &events[..] else { panic!() };
    assert_eq!((event.settled(), event.charged()), (settled, charged));
}
