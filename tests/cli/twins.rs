//! Equal and nearly equal trades: which are the same, and which are two.

use serde_json::Value;

use crate::harness::Desk;

const HEADER: &str = "date,action,symbol,quantity,price,fee\n";

fn import(desk: &Desk, args: &[&str]) -> Value {
    desk.json([&["import", "--add-stocks"], args].concat())
}

/// The number of transactions that count.
fn count(desk: &Desk) -> usize {
    desk.json(["transactions"]).as_array().unwrap().len()
}

#[test]
fn equal_trades_at_two_times_are_two_whichever_file_they_are_in() {
    let desk = Desk::new();
    let header = "date,action,symbol,quantity,price\n";
    desk.file("morning.csv", format!("{header}2025-12-03 09:31:00,buy,ABC,10,40\n"));
    desk.file("afternoon.csv", format!("{header}2025-12-03 15:31:00,buy,ABC,10,40\n"));
    assert_eq!(import(&desk, &["morning.csv"])["imported"], 1);
    assert_eq!(import(&desk, &["afternoon.csv"])["imported"], 1);
    let again = import(&desk, &["morning.csv", "afternoon.csv"]);
    assert_eq!((&again["imported"], &again["skipped_duplicates"]), (&0.into(), &2.into()));
    desk.ok(["check"]);
}

#[test]
fn an_instant_is_the_same_in_every_zone() {
    let desk = Desk::new();
    let header = "date,action,symbol,quantity,price\n";
    desk.file("utc.csv", format!("{header}2025-12-03T15:31:00Z,buy,ABC,10,40\n"));
    desk.file("local.csv", format!("{header}2025-12-03T10:31:00-05:00,buy,ABC,10,40\n"));
    import(&desk, &["utc.csv"]);
    assert_eq!(import(&desk, &["local.csv"])["skipped_duplicates"], 1);
}

#[test]
fn equal_rows_of_two_files_are_one_unless_they_are_told_to_be_distinct_and_it_is_said_how_many() {
    let desk = Desk::new();
    desk.file("a.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1\n2025-12-03,buy,ABC,10,40,1\n"));
    desk.file("b.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1\n2025-12-04,buy,ABC,10,40,1\n"));
    let said = import(&desk, &["a.csv", "b.csv"]);
    assert_eq!((&said["imported"], &said["skipped_duplicates"]), (&3.into(), &1.into()), "{said}");
    let warning = said["warnings"][0].as_str().unwrap();
    assert!(warning.starts_with("1 row is equal to a row of another file"), "{said}");
    let other = Desk::new();
    other.file("a.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1\n2025-12-03,buy,ABC,10,40,1\n"));
    other.file("b.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1\n2025-12-04,buy,ABC,10,40,1\n"));
    assert_eq!(import(&other, &["--distinct", "a.csv", "b.csv"])["imported"], 4);
    assert_eq!(import(&other, &["--distinct", "a.csv", "b.csv"])["skipped_duplicates"], 4);
}

#[test]
fn a_price_and_the_amount_that_it_makes_are_one_trade() {
    let desk = Desk::new();
    desk.file("price.csv", "date,action,symbol,quantity,price,fee\n2025-12-03,buy,ABC,4,2.50,1\n");
    desk.file("amount.csv", "date,action,symbol,quantity,amount,fee\n2025-12-03,buy,ABC,4,10,1.0\n");
    import(&desk, &["price.csv"]);
    assert_eq!(import(&desk, &["amount.csv"])["skipped_duplicates"], 1);
}

#[test]
fn what_was_typed_and_is_imported_is_refused_as_similar_until_one_says_what_it_is() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "40", "--fee", "1", "--date", "2025-12-03"]);
    let typed = desk.json(["transactions"])[0]["transaction_id"].as_str().unwrap().to_owned();
    desk.file("day.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1\n2025-12-04,buy,ABC,1,40,\n"));
    let error = desk.error(3, ["import", "day.csv"]);
    let fault = &error["details"][0];
    assert_eq!((&fault["code"], &fault["line"]), (&"similar".into(), &2.into()), "{error}");
    assert!(fault["message"].as_str().unwrap().contains(&typed), "{error}");

    let said = import(&desk, &["--similar", "skip", "day.csv"]);
    assert_eq!((&said["imported"], &said["similar"]), (&1.into(), &1.into()), "{said}");
    assert_eq!(count(&desk), 2);
    // From then on it is a duplicate, also when the positions are rebuilt from the events.
    desk.ok(["check"]);
    let again = import(&desk, &["day.csv"]);
    assert_eq!(
        (&again["skipped_duplicates"], &again["similar"], &again["recorded"]),
        (&2.into(), &0.into(), &false.into())
    );
}

#[test]
fn similar_rows_can_be_recorded_as_trades_of_their_own() {
    let desk = Desk::new();
    desk.file("one.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,\n"));
    desk.file("two.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1.5\n"));
    import(&desk, &["one.csv"]);
    let said = import(&desk, &["--similar", "record", "two.csv"]);
    assert_eq!((&said["imported"], &said["similar"]), (&1.into(), &1.into()));
    assert_eq!(count(&desk), 2);
    assert_eq!(import(&desk, &["one.csv", "two.csv"])["skipped_duplicates"], 2);
}

#[test]
fn one_transaction_answers_for_one_row_and_rows_of_a_file_for_themselves() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "40", "--date", "2025-12-03"]);
    // The second equals the first of the file, which does not matter.
    desk.file("two.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1\n2025-12-03,buy,ABC,10,40,2\n"));
    let error = desk.error(3, ["import", "two.csv"]);
    assert_eq!(error["details"].as_array().unwrap().len(), 1, "{error}");
    let said = import(&desk, &["--similar", "skip", "two.csv"]);
    assert_eq!((&said["imported"], &said["similar"]), (&1.into(), &1.into()));
}

#[test]
fn what_a_row_of_the_command_is_answers_for_no_other() {
    let desk = Desk::new();
    desk.file("one.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,\n"));
    import(&desk, &["one.csv"]);
    // The export now has another trade, with a fee; the other one is known.
    desk.file("two.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1.5\n2025-12-03,buy,ABC,10,40,\n"));
    let said = import(&desk, &["two.csv"]);
    assert_eq!((&said["imported"], &said["skipped_duplicates"]), (&1.into(), &1.into()));
}

#[test]
fn two_ids_of_a_file_are_two_trades_and_an_id_that_is_new_is_similar() {
    let desk = Desk::new();
    let header = "date,action,symbol,quantity,price,id\n";
    desk.file("one.csv", format!("{header}2025-12-03,buy,ABC,10,40,A1\n"));
    desk.file("two.csv", format!("{header}2025-12-03,buy,ABC,10,40,A2\n"));
    import(&desk, &["one.csv"]);
    assert_eq!(import(&desk, &["two.csv"])["imported"], 1);
    // An export without ids, then one with them.
    let desk = Desk::new();
    desk.file("plain.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,\n"));
    desk.file("one.csv", format!("{header}2025-12-03,buy,ABC,10,40,A1\n"));
    import(&desk, &["plain.csv"]);
    assert_eq!(desk.error(3, ["import", "one.csv"])["details"][0]["code"], "similar");
}

#[test]
fn a_row_that_was_taken_for_a_transaction_is_that_one_whatever_its_fee_and_undo_takes_that_back() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "40", "--date", "2025-12-03"]);
    let header = "date,action,symbol,quantity,price,fee,id\n";
    desk.file("day.csv", format!("{header}2025-12-03,buy,ABC,10,40,1.5,A1\n"));
    let skipped = import(&desk, &["--similar", "skip", "day.csv"]);
    assert_eq!(skipped["recorded"], true, "{skipped}");
    assert_eq!(import(&desk, &["day.csv"])["skipped_duplicates"], 1);
    // The purchase is found by that id, but has different content.
    assert_eq!(desk.error(3, ["buy", "ABC", "10", "40", "--fee", "1.5", "--id", "A1"])["code"], "id_conflict");

    let undone = desk.json(["undo"]);
    assert_eq!((&undone["identities_released"], &undone["voided_count"]), (&1.into(), &0.into()), "{undone}");
    assert_eq!(count(&desk), 1);
    assert_eq!(desk.error(3, ["import", "day.csv"])["details"][0]["code"], "similar");
    desk.ok(["check"]);
    // The command before it was the purchase.
    desk.ok(["undo"]);
    assert_eq!(import(&desk, &["day.csv"])["imported"], 1);
    desk.ok(["check"]);
}

#[test]
fn ids_of_different_tables_do_not_tell_trades_apart() {
    let desk = Desk::new();
    let header = "date,action,symbol,quantity,price,id\n";
    // Whatever they look like, and whether typed or imported.
    let uuids = ["6ba7b810-9dad-41d1-80b4-00c04fd430c8", "6ba7b811-9dad-41d1-80b4-00c04fd430c8"];
    for (number, id) in [uuids[0], uuids[1], "A1"].into_iter().enumerate() {
        desk.file("own.csv", format!("{header}2025-12-03,buy,ABC,10,40,{id}\n"));
        assert_eq!(import(&desk, &["own.csv"])["imported"], 1, "{number}");
    }
    desk.ok(["buy", "ABC", "10", "40", "--date", "2025-12-03", "--id", "typed"]);
    desk.file("own.csv", format!("{header}2025-12-03,buy,ABC,10,40,A2\n"));
    assert_eq!(import(&desk, &["own.csv"])["imported"], 1);
    assert_eq!(count(&desk), 5);
    // Another table has another id for the trade.
    let broker = "\
Action,Time,ISIN,Ticker,Name,ID,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total)
Market buy,2025-12-03 10:00:00,,ABC,A B C,EOF1,10,40,USD,,400,USD
";
    desk.file("broker.csv", broker);
    assert_eq!(desk.error(3, ["import", "broker.csv"])["details"][0]["code"], "similar");
}

#[test]
fn rows_of_one_id_are_taken_for_one_transaction() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "40", "--date", "2025-12-03"]);
    let header = "date,action,symbol,quantity,price,fee,id\n";
    desk.file("one.csv", format!("{header}2025-12-03,buy,ABC,10,40,1,A1\n"));
    desk.file("two.csv", format!("{header}2025-12-03,buy,ABC,10,40,1,A1\n"));
    desk.file("other.csv", format!("{header}2025-12-03,buy,ABC,11,40,1,A1\n"));
    let refused = desk.error(3, ["import", "--similar", "skip", "one.csv", "other.csv"]);
    assert_eq!(refused["details"][0]["code"], "id_conflict", "{refused}");
    let said = import(&desk, &["--similar", "skip", "one.csv", "two.csv"]);
    assert_eq!((&said["imported"], &said["similar"], &said["skipped_duplicates"]), (&0.into(), &1.into(), &1.into()));
    assert_eq!(count(&desk), 1);
}

#[test]
fn what_was_voided_or_undone_is_like_nothing() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "40", "--date", "2025-12-03", "--id", "typed"]);
    desk.ok(["void", "typed"]);
    desk.file("day.csv", format!("{HEADER}2025-12-03,buy,ABC,10,40,1\n"));
    assert_eq!(import(&desk, &["day.csv"])["imported"], 1);
    desk.ok(["undo"]);
    assert_eq!(import(&desk, &["day.csv"])["imported"], 1);
    assert_eq!(count(&desk), 1);
}

#[test]
fn times_decide_which_row_a_transaction_answers_for() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    for time in ["09:00", "10:00"] {
        desk.ok(["buy", "ABC", "10", "40", "--date", "2025-12-03", "--time", time]);
    }
    // The first could be either of the two, the second only one.
    let header = "date,time,action,symbol,quantity,price\n";
    desk.file("day.csv", format!("{header}2025-12-03,,buy,ABC,10,40\n2025-12-03,09:00,buy,ABC,10,40\n"));
    let said = import(&desk, &["--similar", "skip", "day.csv"]);
    assert_eq!((&said["imported"], &said["similar"]), (&0.into(), &2.into()), "{said}");
    desk.file("noon.csv", format!("{header}2025-12-03,12:00,buy,ABC,10,40\n"));
    assert_eq!(import(&desk, &["noon.csv"])["imported"], 1);
}

#[test]
fn totals_are_similar_to_half_a_cent_and_not_to_more() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "3", "33.335", "--date", "2025-12-03"]); // 100.005
    desk.file("near.csv", "date,action,symbol,quantity,amount\n2025-12-03,buy,ABC,3,100\n");
    desk.file("far.csv", "date,action,symbol,quantity,amount\n2025-12-03,buy,ABC,3,100.02\n");
    assert_eq!(desk.error(3, ["import", "near.csv"])["details"][0]["code"], "similar");
    assert_eq!(import(&desk, &["far.csv"])["imported"], 1);
}

#[test]
fn a_dividend_is_similar_before_taxes_and_an_opening_is_no_purchase() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "40", "--date", "2025-12-03"]);
    desk.ok(["dividend", "ABC", "12", "--withholding", "3", "--date", "2025-12-04"]);
    desk.file("dividend.csv", "date,action,symbol,quantity,amount\n2025-12-04,dividend,ABC,,12\n");
    desk.file("opening.csv", format!("{HEADER}2025-12-03,opening,ABC,10,40,\n"));
    assert_eq!(desk.error(3, ["import", "dividend.csv"])["details"][0]["code"], "similar");
    assert_eq!(import(&desk, &["opening.csv"])["imported"], 1);
}

#[test]
fn a_large_file_that_goes_on_from_what_is_there_knows_it_and_asks_about_what_is_similar() {
    use std::fmt::Write as _;
    let rows = |fee: &str| {
        let mut rows = "date,action,symbol,quantity,price,fee,note\n".to_owned();
        // Wide rows, so that they are read while they are recorded.
        let note = "x".repeat(300);
        for number in 0..1200 {
            let (day, price) = (number / 60 + 1, number % 60 + 100);
            writeln!(rows, "2024-01-{day:02},buy,ABC,1,{price},{fee},{note}").unwrap();
        }
        rows
    };
    let desk = Desk::new();
    desk.file("all.csv", rows(""));
    assert_eq!(import(&desk, &["all.csv"])["imported"], 1200);
    assert_eq!(import(&desk, &["all.csv"])["skipped_duplicates"], 1200);
    desk.file("with-fees.csv", rows("1"));
    assert_eq!(desk.error(3, ["import", "with-fees.csv"])["details"].as_array().unwrap().len(), 1000);
    let said = import(&desk, &["--similar", "skip", "with-fees.csv"]);
    assert_eq!((&said["imported"], &said["similar"]), (&0.into(), &1200.into()));
    assert_eq!(import(&desk, &["with-fees.csv"])["skipped_duplicates"], 1200);
    desk.ok(["check"]);
}

#[test]
fn equal_cash_is_similar_whatever_of_it_is_a_fee_or_a_tax() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    // 1000 and 5 paid, 395 received, and a dividend of 30 less 10.50.
    desk.ok(["buy", "ABC", "10", "--amount", "1005", "--date", "2025-12-03"]);
    desk.ok(["sell", "ABC", "2", "--amount", "395", "--date", "2025-12-04"]);
    desk.ok(["dividend", "ABC", "19.50", "--date", "2025-12-05"]);
    let header = "date,action,symbol,quantity,amount,fee,withholding\n";
    for row in ["2025-12-03,buy,ABC,10,1000,5,", "2025-12-04,sell,ABC,2,400,5,", "2025-12-05,dividend,ABC,,30,,10.50"] {
        desk.file("row.csv", format!("{header}{row}\n"));
        assert_eq!(desk.error(3, ["import", "row.csv"])["details"][0]["code"], "similar", "{row}");
    }
    let other = "2025-12-03,buy,ABC,10,1000,4,\n2025-12-03,buy,ABC,9,1000,5,\n2025-12-04,dividend,ABC,,30,,10.50\n\
                 2025-12-05,dividend,ABC,,30,,10\n";
    desk.file("other.csv", format!("{header}{other}"));
    assert_eq!(import(&desk, &["other.csv"])["imported"], 4);
}

#[test]
fn equal_totals_before_fees_come_before_equal_cash() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "--amount", "1005", "--date", "2025-12-03"]);
    // The second has the total, the first only the cash; it is a different trade.
    let rows = "2025-12-03,buy,ABC,10,1000,5\n2025-12-03,buy,ABC,10,1005,1\n";
    desk.file("rows.csv", format!("date,action,symbol,quantity,amount,fee\n{rows}"));
    let said = import(&desk, &["--similar", "skip", "rows.csv"]);
    assert_eq!((&said["imported"], &said["similar"]), (&1.into(), &1.into()), "{said}");
    let fees = desk.json(["transactions"]);
    assert_eq!(fees[1]["fee"], "5", "{fees}");
    assert_eq!(import(&desk, &["rows.csv"])["skipped_duplicates"], 2);
}
