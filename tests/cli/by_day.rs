//! Transactions listed by day, whatever the order of recording.

use proptest::prelude::*;

use crate::harness::{Desk, column};

fn date(day: u32) -> String {
    format!("2024-01-{day:02}")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn transactions_are_listed_by_day_and_by_order_of_recording(
        commands in prop::collection::vec(prop::collection::vec(1_u32..=4, 1..5), 1..7),
        (from, days, tail) in (1_u32..=5, 0_u32..5, 0_usize..12),
    ) {
        let to = from.saturating_add(days);
        let desk = Desk::with_stocks();
        let mut numbered = 1_u32..;
        let mut recorded: Vec<(u32, String)> = Vec::new();
        for mut days in commands {
            days.sort_unstable();
            let trades: Vec<_> = days.into_iter().zip(numbered.by_ref().map(|number| number.to_string())).collect();
            if let [(day, quantity)] = trades.as_slice() {
                desk.ok(["-q", "buy", "ACME", quantity, "1", "--date", &date(*day)]);
            } else {
                let rows = trades.iter().map(|(day, quantity)| format!("{},buy,ACME,{quantity},1", date(*day)));
                let rows = rows.collect::<Vec<_>>().join("\n");
                let file = desk.file("trades.csv", format!("date,action,symbol,quantity,price\n{rows}\n"));
                desk.ok(["-q", "import", file.to_str().unwrap()]);
            }
            recorded.extend(trades);
        }
        recorded.sort_by_key(|(day, _)| *day);
        let listed = |args: &[&str]| {
            let rows = desk.json(["transactions"].iter().chain(args));
            column(&rows, "quantity").into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let expected = |days: std::ops::RangeInclusive<u32>| {
            let within = recorded.iter().filter(|(day, _)| days.contains(day));
            within.map(|(_, quantity)| quantity.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(listed(&[]), expected(1..=5));
        prop_assert_eq!(listed(&["--from", &date(from), "--to", &date(to)]), expected(from..=to));
        let all = expected(1..=5);
        prop_assert_eq!(listed(&["--tail", &tail.to_string()]), &all[all.len().saturating_sub(tail)..]);
        desk.run(["check"]).exits(0).silently();
    }
}
