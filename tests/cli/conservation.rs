//! Invariants of positions: nothing is lost, and the order of recording does not matter.

#![expect(clippy::arithmetic_side_effects, reason = "small numbers, made up here")]

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use proptest::test_runner::Config;
use stockbook::domain::{
    Bought, Consideration, Conversion, ConversionKind, ConversionTerms, CostAdjustment, CostAdjustmentKind,
    CostBasisMethod, Day, Disposal, Entry, EntryKind, ExchangeRule, Lot, Moment, Money, PortfolioId, PortfolioName,
    Position, PositionKey, Price, Quantity, Shares, Side, SplitTerms, StockId, TimeOfDay, TooLarge, Trade,
    TransactionId, rebuild, rebuild_watched,
};
use uuid::Uuid;

use crate::testkit::positions::{self, acme};

const PORTFOLIOS: [u128; 2] = [1, 2];
const STOCKS: [u128; 2] = [8, 9];

/// Something that may happen, in small numbers that often coincide: its kind, its portfolio, on which of a
/// few days and perhaps at which hour, with which quantity and amount.
#[derive(Debug, Clone, Copy)]
struct Happening {
    what: u8,
    portfolio: usize,
    stock: usize,
    day: u8,
    hour: Option<u8>,
    quantity: u16,
    amount: u16,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let place = (0_usize..2, 0_usize..2, 1_u8..=28, prop::option::of(0_u8..24));
    let happening = (0_u8..14, place, 1_u16..500, 0_u16..5000).prop_map(
        |(what, (portfolio, stock, day, hour), quantity, amount)| Happening {
            what,
            portfolio,
            stock,
            day,
            hour,
            quantity,
            amount,
        },
    );
    // Many things on few days, so that their order matters, or on many days.
    (prop::collection::vec(happening, 1..40), any::<bool>()).prop_map(|(mut happenings, has_few_days)| {
        happenings.iter_mut().filter(|_| has_few_days).for_each(|happening| happening.day = happening.day % 3 + 1);
        happenings
    })
}

fn methods() -> impl Strategy<Value = [CostBasisMethod; 2]> {
    let method = || prop::sample::select(CostBasisMethod::ALL.to_vec());
    (method(), method()).prop_map(|(one, other)| [one, other])
}

fn entries(happenings: &[Happening]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (place, happening) in (1_u64..).step_by(2).zip(happenings) {
        let Happening { what, portfolio, stock, day, hour, quantity, amount } = *happening;
        let of_stock = |stock: usize| StockId::new(Uuid::from_u128(STOCKS[stock]));
        let time = hour.and_then(|hour| TimeOfDay::of(hour, 0, 0));
        let of = |portfolio: usize| PortfolioId::new(Uuid::from_u128(PORTFOLIOS[portfolio]));
        let (owner, other) = (of(portfolio), of(1 - portfolio));
        let id = TransactionId::new(Uuid::from_u128(u128::from(place)));
        let date: Day = format!("2024-01-{day:02}").parse().unwrap();
        // Sevenths of a share and of a cent, so that parts do not come out even.
        let quantity = format!("{}.{:04}", quantity / 7, quantity % 7 * 1429).parse().ok();
        let Some(quantity) = quantity else { continue };
        let money: Money = format!("{amount}.{:02}", amount % 97).parse().unwrap();
        let mut add = |place, kind| entries.push(Entry::recorded((id, of_stock(stock)), (date, time), place, kind));
        match what {
            0..=3 => add(place, EntryKind::purchase(owner, (quantity, None), money)),
            4..=6 => add(
                place,
                EntryKind::Sale { portfolio: owner, quantity, proceeds: money, picked: Vec::new(), as_of: None },
            ),
            7 => {
                add(place, EntryKind::TransferOut { portfolio: owner, quantity, picked: Vec::new() });
                add(place.saturating_add(1), EntryKind::TransferIn { portfolio: other, quantity });
            }
            8 => add(place, EntryKind::Dividend { portfolio: owner, amount: money, net: money }),
            10 | 11 => {
                let only = (amount % 3 == 0).then_some(owner);
                let terms = terms(what == 10, amount);
                let kind = if what == 10 { ConversionKind::SpinOff } else { ConversionKind::Exchange };
                let conversion = Conversion { kind, new_stock: of_stock(1 - stock), portfolio: only, terms };
                add(place, EntryKind::Conversion(Box::new(conversion)));
            }
            12 | 13 => {
                let kind = if what == 12 { CostAdjustmentKind::ReturnOfCapital } else { CostAdjustmentKind::Addition };
                add(place, EntryKind::CostAdjustment { portfolio: owner, kind, amount: money });
            }
            _ => {
                let ratio = ["2:1", "1:3", "3:2", "1:7", "7:1"][usize::from(amount % 5)];
                add(place, EntryKind::Split(ratio.parse::<SplitTerms>().unwrap().ratio()));
            }
        }
    }
    entries
}

/// The terms of a spin-off or an exchange by a number: all that keep the cost that is moved.
fn terms(is_spin_off: bool, number: u16) -> ConversionTerms {
    let pick = |texts: [&str; 4]| texts[usize::from(number / 3 % 4)].to_owned();
    let price = |text: &str| Some(text.parse::<Price>().unwrap());
    let by_rule = !is_spin_off && number.is_multiple_of(2);
    let by_values = is_spin_off && number.is_multiple_of(2);
    let rule = pick(["boot", "part", "boot", "part"]).parse().unwrap();
    ConversionTerms {
        ratio: pick(["1:1", "1:7", "3:2", "0.85:1"]).parse().unwrap(),
        cost_share: (is_spin_off && !by_values).then(|| pick(["0", "4.18", "33.3333333333", "100"]).parse().unwrap()),
        new_value: if by_rule || by_values { price(&pick(["10", "0.37", "0", "3.3"])) } else { None },
        old_value: if by_values { price(&pick(["70", "1.3", "5", "0.01"])) } else { None },
        cash: if by_rule { price(&pick(["1", "0.013", "7", "20"])) } else { None },
        pay: None,
        rule: if is_spin_off { None } else { Some(if by_rule { rule } else { ExchangeRule::CarryOver }) },
        cash_in_lieu: number.is_multiple_of(5).then(|| "1.23".parse().unwrap()),
    }
}

fn positions(methods: [CostBasisMethod; 2]) -> Vec<Position> {
    let key = |id: u128, stock: u128| PositionKey {
        portfolio_id: PortfolioId::new(Uuid::from_u128(id)),
        portfolio: if id == 1 { PortfolioName::main() } else { "pension".parse().unwrap() },
        stock_id: StockId::new(Uuid::from_u128(stock)),
        symbol: if stock == STOCKS[0] { "ACME" } else { "COYOTE" }.parse().unwrap(),
        ..acme()
    };
    let owners = || PORTFOLIOS.iter().zip(methods);
    STOCKS.iter().flat_map(|stock| owners().map(|(id, method)| Position::new(key(*id, *stock), method))).collect()
}

/// The entries that are possible, and their result.
fn carried_out(methods: [CostBasisMethod; 2], mut entries: Vec<Entry>) -> (Vec<Entry>, Vec<Position>) {
    loop {
        let mut made = positions(methods);
        let refused: BTreeSet<TransactionId> =
            rebuild(&mut made, entries.clone()).refusals.iter().map(|refusal| refusal.entry.id).collect();
        if refused.is_empty() {
            return (entries, made);
        }
        entries.retain(|entry| !refused.contains(&entry.id));
    }
}

/// The entries in the order in which they are applied, unless a day needs its purchases first: then removing
/// or adding one may change the order of the others.
fn in_turn(methods: [CostBasisMethod; 2], entries: Vec<Entry>) -> Option<Vec<Entry>> {
    let mut turn = Vec::new();
    let recorded: HashMap<_, _> = entries.iter().map(|entry| (entry.place, entry.clone())).collect();
    let rebuilt = rebuild(&mut positions(methods), entries.clone());
    rebuild_watched(&mut positions(methods), entries, &mut |entry, _| turn.push(entry.place)).unwrap();
    let turn: Vec<Entry> = turn.iter().filter_map(|place| recorded.get(place).cloned()).collect();
    // Nor if transfers go round in a circle.
    let is_in_order = |position: &Position| {
        let of_position = turn.iter().filter(|entry: &&Entry| position.key().is_changed_by(entry));
        of_position.is_sorted_by_key(Entry::order)
    };
    let is_usual = rebuilt.reordered.is_empty() && positions(methods).iter().all(is_in_order);
    is_usual.then_some(turn)
}

/// The position as if it had been stored and loaded, apart from the splits, which only a sale needs.
fn restored(position: &Position) -> Position {
    let (key, method) = (position.key().clone(), position.holding().cost_basis_method());
    let lots: Vec<_> = position.holding().lots().iter().cloned().collect();
    Position::restore(key, method, position.totals().clone(), position.version(), lots, Vec::new())
}

fn trade(entry: &Entry, side: Side, quantity: Quantity, amount: Money) -> Trade {
    let time = if let Moment::At(time) = entry.moment { Some(time) } else { None };
    let trade = positions::trade(entry.id.uuid().as_u128(), side, entry.date, quantity, Consideration::Amount(amount));
    Trade { time, ..trade }
}

/// By how much an entry changed the cost basis, if it changed it this way.
fn adjusted(entry: &Entry, wanted: CostAdjustmentKind) -> Option<Money> {
    let EntryKind::CostAdjustment { kind, amount, .. } = entry.kind else { return None };
    (kind == wanted).then_some(amount)
}

fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    amounts.fold(Money::ZERO, |sum, amount| sum.plus(amount).unwrap())
}

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn shares_and_cost_are_conserved(happenings in happenings(), methods in methods()) {
        let (entries, made) = carried_out(methods, entries(&happenings));
        for position in &made {
            let totals = position.totals();
            let lots = position.holding().lots().iter().try_fold((Shares::ZERO, Money::ZERO), |(shares, cost), lot| {
                Ok::<_, TooLarge>((shares.plus(&lot.quantity)?, cost.plus(lot.cost_basis)?))
            });
            let (shares, cost) = lots.unwrap();
            prop_assert_eq!(&shares, &totals.quantity);
            // Under average cost, the pool has the cost and the lots have the dates.
            if position.holding().cost_basis_method() != CostBasisMethod::Average {
                prop_assert_eq!(cost, totals.cost_basis);
            }
            prop_assert_eq!(sum(position.holding().disposals().iter().map(|it| it.gain)), totals.realized_gain);
        }
        // The cost of all purchases is that of the shares left and of the shares sold. Costs added later
        // count too, as do returns of capital up to the cost.
        let spent = sum(entries.iter().filter_map(|entry| {
            let adjusted = adjusted(entry, CostAdjustmentKind::Addition);
            if let EntryKind::Purchase { cost_basis, .. } = entry.kind { Some(cost_basis) } else { adjusted }
        }));
        let back: HashMap<TransactionId, Money> = entries.iter().filter_map(|entry| {
            Some((entry.id, adjusted(entry, CostAdjustmentKind::ReturnOfCapital)?))
        }).collect();
        let disposals = || made.iter().flat_map(|position| position.holding().disposals());
        let left = sum(made.iter().map(|position| position.totals().cost_basis));
        let sold = sum(disposals().map(|disposal| disposal.cost_basis));
        let beyond = sum(disposals().filter(|part| back.contains_key(&part.sale_id)).map(|part| part.proceeds));
        let returned = sum(back.values().copied()).minus(beyond).unwrap();
        prop_assert_eq!(left.plus(sold).unwrap().plus(returned).unwrap(), spent);
        let of_sale: HashMap<TransactionId, Money> = entries.iter().filter_map(|entry| {
            if let EntryKind::Sale { proceeds, .. } = entry.kind { Some((entry.id, proceeds)) } else { None }
        }).collect();
        let earned = disposals().filter(|part| of_sale.contains_key(&part.sale_id)).map(|part| part.proceeds);
        prop_assert_eq!(sum(earned), sum(of_sale.values().copied()));
    }

    #[test]
    fn the_order_in_which_entries_become_known_does_not_matter(
        happenings in happenings(),
        methods in methods(),
        seed in any::<u64>(),
    ) {
        let (entries, made) = carried_out(methods, entries(&happenings));
        let mut shuffled = entries.clone();
        // Any order will do: by a number unrelated to the entries.
        shuffled.sort_by_key(|entry| entry.place.wrapping_mul(6_364_136_223_846_793_005).rotate_left(17) ^ seed);
        let mut again = positions(methods);
        prop_assert_eq!(rebuild(&mut again, shuffled).refusals, vec![]);
        prop_assert_eq!(&again, &made);
    }

    #[test]
    fn the_last_entry_taken_back_leaves_what_there_would_be_without_it(
        happenings in happenings(),
        methods in methods(),
    ) {
        let (entries, mut made) = carried_out(methods, entries(&happenings));
        let Some(mut entries) = in_turn(methods, entries) else { return Ok(()) };
        let lot = |entry: &Entry| {
            let EntryKind::Purchase { ref shares, cost_basis, .. } = entry.kind else { return None };
            let key = entry.lot_key();
            let bought = Bought { shares: shares.clone(), cost: cost_basis };
            Some((entry.id, Lot { key, lot_id: entry.id, quantity: shares.clone(), cost_basis, bought }))
        };
        let lots: HashMap<TransactionId, Lot> = entries.iter().filter_map(lot).collect();
        while let Some(last) = entries.pop() {
            let mut without = positions(methods);
            prop_assert_eq!(rebuild(&mut without, entries.clone()).refusals, vec![]);
            let is_of_one = |position: &Position| last.portfolio().is_some() && position.key().is_changed_by(&last);
            if let Some(at) = made.iter().position(is_of_one) {
                let is_sale = matches!(last.kind, EntryKind::Sale { .. });
                let disposals = made[at].holding().disposals().iter().filter(|part| is_sale && part.sale_id == last.id);
                let taken = |part: &Disposal| {
                    let Disposal { quantity, cost_basis, part: told, .. } = part.clone();
                    let whole = || Lot { quantity, cost_basis, ..lots[&part.lot_id].clone() };
                    (told.map_or_else(whole, |it| *it), part.clone())
                };
                let realized: Vec<_> = disposals.map(taken).collect();
                let mut position = restored(&made[at]);
                position.revert(&last, &realized);
                let mut expected = without[at].clone();
                expected.note_last_entry(made[at].totals().last_entry);
                let is_left_to_a_rebuild = match last.kind {
                    EntryKind::Purchase { .. } => {
                        expected.totals().quantity.is_zero() && made[at].totals().first_trade_date == Some(last.date)
                    }
                    EntryKind::Sale { .. } => position.holding().cost_basis_method() == CostBasisMethod::Average,
                    EntryKind::Dividend { .. } => false,
                    EntryKind::TransferOut { .. }
                    | EntryKind::TransferIn { .. }
                    | EntryKind::Split(_)
                    | EntryKind::Conversion(_)
                    | EntryKind::CostAdjustment { .. } => true,
                };
                prop_assert_eq!(position.is_stale(), is_left_to_a_rebuild);
                if !position.is_stale() {
                    prop_assert_eq!(position.totals(), expected.totals());
                    prop_assert!(position.holding().lots().iter().eq(expected.holding().lots().iter()));
                }
            }
            made = without;
        }
    }

    #[test]
    fn what_is_recorded_one_by_one_is_what_is_made_anew(happenings in happenings(), method in methods()) {
        let first = positions(method).swap_remove(0).key().clone();
        let is_of_one = |entry: &Entry| first.is_changed_by(entry);
        let mut grown = positions(method).swap_remove(0);
        let mut known = Vec::new();
        for entry in entries(&happenings).into_iter().filter(is_of_one) {
            let mut next = grown.clone();
            let recorded = match &entry.kind {
                EntryKind::Purchase { quantity, cost_basis, .. } => {
                    next.execute(&trade(&entry, Side::Buy, *quantity, *cost_basis), entry.place)
                }
                EntryKind::Sale { quantity, proceeds, .. } => {
                    next.execute(&trade(&entry, Side::Sell, *quantity, *proceeds), entry.place)
                }
                EntryKind::Split(ratio) => next.split(entry.id, entry.date, ratio.clone(), entry.place),
                EntryKind::CostAdjustment { kind, amount, .. } => {
                    let (id, kind, date, amount) = (entry.id, *kind, entry.date, *amount);
                    let adjustment = CostAdjustment { id, identity: None, kind, date, amount, note: None };
                    // It has no time.
                    if entry.moment != Moment::After {
                        continue;
                    }
                    next.adjust_cost(&adjustment, entry.place)
                }
                EntryKind::Dividend { .. }
                | EntryKind::TransferIn { .. }
                | EntryKind::TransferOut { .. }
                | EntryKind::Conversion(_) => continue,
            };
            known.push(entry);
            let mut anew = positions(method);
            anew.truncate(1);
            let refusals = rebuild(&mut anew, known.clone()).refusals;
            let mut anew = anew.swap_remove(0);
            // Nothing impossible is applied, and nothing possible is refused.
            prop_assert!(recorded.is_err() || next.is_stale() || refusals.is_empty());
            if recorded.is_err() || !refusals.is_empty() {
                prop_assert!(!refusals.is_empty());
                known.pop();
                continue;
            }
            if !next.is_stale() {
                prop_assert_eq!(next.totals(), anew.totals());
                prop_assert!(next.holding().lots().iter().eq(anew.holding().lots().iter()));
            }
            anew.pull_disposals();
            grown = anew;
        }
    }

    #[test]
    fn what_grows_step_by_step_is_what_is_made_anew(happenings in happenings(), methods in methods()) {
        let (entries, _) = carried_out(methods, entries(&happenings));
        let Some(entries) = in_turn(methods, entries) else { return Ok(()) };
        let mut steps: Vec<(Entry, Vec<Position>)> = Vec::new();
        let mut grown = positions(methods);
        let _ = rebuild_watched(&mut grown, entries, &mut |entry, now| steps.push((entry.clone(), now.to_vec())));
        for (n, (_, grown)) in steps.iter().enumerate().step_by(7) {
            let known = steps.iter().take(n + 1).map(|(entry, _)| entry.clone()).collect();
            let mut anew = positions(methods);
            prop_assert_eq!(rebuild(&mut anew, known).refusals, vec![]);
            // The position remembers what was recorded for the rest of the day.
            let mut grown = grown.clone();
            anew.iter_mut().chain(&mut grown).for_each(|it| it.note_last_entry(Some((Day::LAST, Moment::Last))));
            prop_assert_eq!(anew, grown);
        }
    }
}
