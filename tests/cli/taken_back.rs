//! Voiding the last record leaves the book as if it had never been recorded.

#![expect(clippy::arithmetic_side_effects, reason = "small numbers, made up here")]

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::harness::Desk;

/// A record: its kind, how many days it is after the one before, its quantity in quarters of a share, its
/// price in cents, and its fee in cents.
#[derive(Debug, Clone, Copy)]
struct Deed {
    kind: Kind,
    days: u32,
    quarters: u32,
    cents: u32,
    fee: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Buy,
    Sell,
    /// A sale of a part of one lot that is picked.
    Pick,
    Dividend,
    Split,
    /// All shares are exchanged for another stock, and these again.
    Convert,
    /// A return of capital.
    Return,
}

/// What happens to it.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Undone,
    /// Amended to another price, then voided.
    Amended,
    /// Voided after everything later has been.
    Voided,
}

fn deeds(kinds: Vec<Kind>, number: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Deed>> {
    let deed = (prop::sample::select(kinds), 0_u32..3, 1_u32..80, 1_u32..9_999, 0_u32..99)
        .prop_map(|(kind, days, quarters, cents, fee)| Deed { kind, days, quarters, cents, fee });
    prop::collection::vec(deed, number)
}

fn fates(number: usize) -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![1 => Just(Fate::Undone), 1 => Just(Fate::Amended), 2 => Just(Fate::Voided)];
    prop::collection::vec(fate, number)
}

fn hundredths(number: u32) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

impl Deed {
    fn quantity(self) -> String {
        hundredths(self.quarters * 25)
    }

    fn row(self, date: &str) -> String {
        let Self { kind, cents, fee, .. } = self;
        let (quantity, price, fee) = (self.quantity(), hundredths(cents), hundredths(fee));
        match kind {
            Kind::Buy => format!("{date},buy,ACME,{quantity},{price},{fee},,\n"),
            Kind::Sell | Kind::Pick => format!("{date},sell,ACME,{quantity},{price},{fee},,\n"),
            Kind::Dividend => format!("{date},dividend,ACME,,,,{price},\n"),
            Kind::Split => format!("{date},split,ACME,{},,,,\n", ["2:1", "3:1", "1:4", "3:2"][cents as usize % 4]),
            Kind::Convert => {
                let ratio = ["2:1", "3:7", "5:3", "1:1"][cents as usize % 4];
                format!("{date},exchange,ACME,{ratio},,,,BOLT\n{date},exchange,BOLT,3:2,,,,ACME\n")
            }
            Kind::Return => format!("{date},return-capital,ACME,,,,{fee},\n"),
        }
    }

    /// Records it, if possible. Returns its id.
    fn record(self, desk: &Desk, date: &str) -> Option<String> {
        let Self { kind, cents, fee, .. } = self;
        let (mut quantity, price, fee) = (self.quantity(), hundredths(cents), hundredths(fee));
        let mut pick = Vec::new();
        if kind == Kind::Pick {
            let mut lots = desk.sqlite();
            let lots = lots.transaction().unwrap();
            // It is found by the first half of its id, which the book stores less 2^63.
            let lot = "SELECT printf('%016x', (lot_high & ~(1 << 63)) | (~lot_high & (1 << 63))), quantity
                FROM open_lots ORDER BY lot_high LIMIT 1";
            let (id, held): (String, String) = lots.query_row(lot, [], |row| Ok((row.get(0)?, row.get(1)?))).ok()?;
            quantity = if held.contains('/') { return None } else { held };
            pick = vec!["--lot".to_owned(), format!("{id}:{quantity}")];
        }
        let word = match kind {
            Kind::Buy => "buy",
            Kind::Sell | Kind::Pick => "sell",
            Kind::Dividend => "dividend",
            Kind::Split | Kind::Convert | Kind::Return => return None,
        };
        let mut command = vec!["-O", "json", word, "ACME"];
        if kind == Kind::Dividend {
            command.push(&price);
        } else {
            command.extend([&quantity, &price, "--fee", &fee]);
        }
        command.extend(["--date", date]);
        let run = desk.run(command.into_iter().map(str::to_owned).chain(pick));
        assert!(!run.err().contains("unknown_id"), "a lot that is open can be picked: {run}");
        let answer: serde_json::Value = serde_json::from_slice(&run.stdout).ok()?;
        Some(answer["transaction_id"].as_str().unwrap().to_owned())
    }
}

/// The rows of all derived tables, except for the day of the last record.
fn derived(desk: &Desk) -> Vec<String> {
    let book = desk.sqlite();
    let mut rows = Vec::new();
    for table in ["positions", "open_lots", "disposals", "conversion_gains", "gain_totals", "summaries"] {
        let mut statement = book.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let mut told = table.to_owned();
            for (column, name) in names
                .iter()
                .enumerate()
                .filter(|(_, name)| !["last_trade_date", "last_moment"].contains(&name.as_str()))
            {
                write!(told, " {name}={:?}", row.get_ref(column).unwrap()).unwrap();
            }
            rows.push(told);
        }
    }
    rows
}

fn is_sound(desk: &Desk) {
    desk.run(["check"]).exits(0).silently();
}

/// The days of the deeds, in order.
fn days(first: u32, deeds: &[Deed]) -> impl Iterator<Item = String> {
    let passed = deeds.iter().scan(first, |day, deed| {
        *day += deed.days;
        Some(*day)
    });
    passed.map(|day| format!("20{:02}-{:02}-{:02}", 10 + day / 300, 1 + day / 25 % 12, 1 + day % 25))
}

const HEADER: &str = "date,action,symbol,quantity,price,fee,amount,new_symbol\n";

const BEFORE: [Kind; 8] =
    [Kind::Buy, Kind::Buy, Kind::Buy, Kind::Sell, Kind::Dividend, Kind::Split, Kind::Convert, Kind::Return];

/// Rows of a file for those deeds that are possible, in order.
fn import(desk: &Desk, first: u32, deeds: &[Deed]) {
    for (deed, date) in deeds.iter().zip(days(first, deeds)) {
        let file = format!("{HEADER}{}", deed.row(&date));
        desk.fed(&file, ["import", "-", "-q"]);
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn what_is_voided_from_the_end_might_never_have_been(
        method in prop::sample::select(vec!["fifo", "lifo", "hifo", "average"]),
        before in deeds(BEFORE.to_vec(), 0..9),
        after in deeds(vec![Kind::Buy, Kind::Sell, Kind::Sell, Kind::Pick, Kind::Dividend], 6..7),
        fates in fates(6),
        together in deeds(vec![Kind::Buy, Kind::Buy, Kind::Sell], 1..5),
    ) {
        let desk = Desk::with_stocks();
        desk.ok(["set-cost-basis", "main", method]);
        // From now on there is a position, although without lots.
        desk.ok(["dividend", "ACME", "1", "--date", "2010-01-01"]);
        import(&desk, 0, &before);
        let mut voidable = Vec::new();
        for ((deed, date), fate) in after.iter().zip(days(40, &after)).zip(fates) {
            let without = derived(&desk);
            let Some(id) = deed.record(&desk, &date) else { continue };
            match fate {
                Fate::Undone => {
                    desk.ok(["undo"]);
                    prop_assert_eq!(derived(&desk), without);
                }
                Fate::Amended => {
                    let amount = if deed.kind == Kind::Dividend { "--amount" } else { "--price" };
                    let amended = desk.json(["amend", &id, amount, "7.77"]);
                    is_sound(&desk);
                    desk.ok(["void", amended["transaction_id"].as_str().unwrap()]);
                    prop_assert_eq!(derived(&desk), without);
                }
                Fate::Voided => voidable.push((id, without)),
            }
            is_sound(&desk);
        }
        let without = derived(&desk);
        let rows: String = together.iter().zip(days(80, &together)).map(|(deed, date)| deed.row(&date)).collect();
        let file = format!("{HEADER}{rows}");
        if desk.fed(&file, ["import", "-"]).status.success() {
            desk.ok(["undo"]);
        }
        prop_assert_eq!(derived(&desk), without);
        for (id, without) in voidable.into_iter().rev() {
            desk.ok(["void", &id]);
            prop_assert_eq!(derived(&desk), without);
            is_sound(&desk);
        }
    }
}

#[test]
fn what_something_comes_after_is_not_taken_for_the_last() {
    for (history, voided) in [
        ("sell a 1 2 2024-02-01; sell b 1 3 2024-02-02", "a"),
        // Recorded late.
        ("sell a 1 2 2024-02-02; sell b 1 3 2024-02-01", "b"),
        ("sell a 1 2 2024-02-01; sell b 1 3 2024-02-01", "a"),
        // In the place of an earlier one of the day.
        ("sell a 1 2 2024-02-01; sell b 1 3 2024-02-01; amend a c", "c"),
        ("buy a 5 2 2024-02-01; sell b 3 3 2024-02-02", "a"),
        ("sell a 1 2 2024-02-01; split 2:1 2024-02-02", "a"),
        ("buy a 1 2 2024-02-01; split 2:1 2024-02-02", "a"),
        // At an earlier time of the day.
        ("sell a 1 2 2024-02-01@15:00; sell b 1 3 2024-02-01@10:00", "b"),
        // A purchase that is put before the sale that needs it.
        ("buy a 5 2 2024-02-01; sell b 12 3 2024-02-01@10:00; sell c 1 3 2024-02-02", "c"),
        ("sell a 1 2 2024-02-01; transfer b 1 2024-02-02", "a"),
        ("sell a 1 2 2024-02-01; transfer b 1 2024-02-02", "b"),
    ] {
        let desk = Desk::with_stocks();
        desk.ok(["add-portfolio", "pension"]);
        // The first sale of one share takes a whole lot, and the other one what it leaves.
        desk.ok(["buy", "ACME", "1", "10", "--date", "2024-01-01"]);
        desk.ok(["buy", "ACME", "9", "11", "--date", "2024-01-02"]);
        let mut amended = None;
        for command in history.split("; ") {
            let words: Vec<&str> = command.split(' ').collect();
            match words[..] {
                ["split", ratio, date] => drop(desk.ok(["split", "ACME", ratio, "--date", date])),
                ["transfer", id, quantity, date] => {
                    desk.ok(["transfer", "ACME", quantity, "--to", "pension", "--date", date, "--id", id]);
                }
                ["amend", id, _] => amended = Some(desk.json(["amend", id, "--price", "4"])["transaction_id"].clone()),
                [side, id, quantity, price, date] => {
                    let (date, time) = date.split_once('@').map_or((date, None), |(date, time)| (date, Some(time)));
                    let time = time.map(|time| ["--time", time]).into_iter().flatten();
                    desk.ok([side, "ACME", quantity, price, "--date", date, "--id", id].into_iter().chain(time));
                }
                _ => panic!("{command}"),
            }
        }
        desk.ok(["void", amended.as_ref().map_or(voided, |id| id.as_str().unwrap())]);
        is_sound(&desk);
    }
}
