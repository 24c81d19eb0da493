//! One unit of work has one identity: a command can be repeated safely if its outcome is uncertain.

use serde_json::{Value, json};

use crate::harness::{Desk, column};

const ID: &str = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

/// Runs a command that must record nothing, and returns what it prints.
fn records_nothing(desk: &Desk, args: &[&str]) -> Value {
    let before = desk.log_lines();
    let said = desk.json(args);
    assert_eq!((&said["recorded"], &said["dry_run"]), (&json!(false), &json!(false)), "{said}");
    assert_eq!(desk.log_lines(), before);
    said
}

fn conflicts(desk: &Desk, args: &[&str], code: &str) {
    let before = desk.everything();
    let error = desk.error(3, args);
    assert_eq!(error["code"], code, "{error}");
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_trade_repeated_under_its_id_is_recorded_once_and_answered_again() {
    let desk = Desk::with_stocks();
    let buy = ["buy", "ACME", "10", "100", "--fee", "5", "--date", "2024-01-02", "--note", "n", "--id", ID];
    let first = desk.json(buy);
    assert_eq!((&first["recorded"], &first["transaction_id"]), (&json!(true), &json!(ID)));
    let second = records_nothing(&desk, &buy);
    assert_eq!(second["events"], json!([]));
    for member in ["transaction_id", "quantity", "price", "fee", "total_amount", "position", "trade_date"] {
        assert_eq!(first[member], second[member], "{member}");
    }
    assert_eq!(desk.json(["transactions"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_sale_repeated_under_its_id_tells_its_gain_again() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let sell = ["sell", "ACME", "10", "110", "--date", "2024-01-03", "--id", "order 7"];
    let first = desk.json(sell);
    let second = records_nothing(&desk, &sell);
    assert_eq!(first["realized_gain"], "100");
    for member in ["transaction_id", "realized_gain", "disposals", "position"] {
        assert_eq!(first[member], second[member], "{member}");
    }
}

#[test]
fn what_is_left_out_of_a_retry_matches_anything() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--fee", "5", "--date", "2024-01-02", "--note", "n", "--id", ID]);
    records_nothing(&desk, &["buy", "ACME", "10", "100", "--id", ID]);
    records_nothing(&desk, &["buy", "acme", "10.0", "100.00", "--fee", "5.0", "--id", &ID.to_uppercase()]);
}

#[test]
fn the_same_id_with_other_content_is_refused() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--fee", "5", "--date", "2024-01-02", "--note", "n", "--id", ID]);
    for other in [
        &["sell", "ACME", "10", "100", "--id", ID][..],
        &["buy", "BOLT", "10", "100", "--id", ID],
        &["buy", "ACME", "11", "100", "--id", ID],
        &["buy", "ACME", "10", "101", "--id", ID],
        &["buy", "ACME", "10", "--amount", "1001", "--id", ID],
        &["buy", "ACME", "10", "100", "--fee", "6", "--id", ID],
        &["buy", "ACME", "10", "100", "--date", "2024-01-03", "--id", ID],
        &["buy", "ACME", "10", "100", "--note", "m", "--id", ID],
        &["buy", "ACME", "10", "100", "-p", "pension", "--id", ID],
    ] {
        conflicts(&desk, other, "id_conflict");
    }
    // The same amount in other words.
    records_nothing(&desk, &["buy", "ACME", "10", "--amount", "1000", "--id", ID]);
}

#[test]
fn any_text_is_an_id_within_its_portfolio() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    let buy = |portfolio: &str| desk.json(["buy", "ACME", "1", "1", "-p", portfolio, "--id", "Order № 17"]);
    let (one, two) = (buy("main"), buy("pension"));
    assert_ne!(one["transaction_id"], two["transaction_id"]);
    // Version 5, in the variant of RFC 9562.
    assert_eq!(&one["transaction_id"].as_str().unwrap()[14..15], "5");
    assert_eq!(buy("main")["transaction_id"], one["transaction_id"]);
    assert_eq!(buy("main")["recorded"], false);
    // The resolved id names the same record.
    let resolved = one["transaction_id"].as_str().unwrap();
    records_nothing(&desk, &["buy", "ACME", "1", "1", "--id", resolved]);
    assert_eq!(desk.json(["transactions"]).as_array().unwrap().len(), 2);
}

#[test]
fn without_an_id_the_same_trade_twice_is_two_trades() {
    let desk = Desk::with_stocks();
    let ids: Vec<_> = (0..2).map(|_| desk.json(["buy", "ACME", "1", "1"])["transaction_id"].clone()).collect();
    assert_ne!(ids[0], ids[1]);
    // Random: version 4.
    assert!(ids.iter().all(|id| &id.as_str().unwrap()[14..15] == "4"), "{ids:?}");
}

#[test]
fn a_stock_added_again_is_confirmed_and_another_of_its_symbol_refused() {
    let desk = Desk::with_stocks();
    let first = desk.json(["stocks"])[0]["stock_id"].clone();
    let again = records_nothing(&desk, &["add-stock", "acme", "Acme Corporation"]);
    assert_eq!(again["stock_id"], first);
    assert_eq!((&again["sector"], &again["currency"]), (&json!("Industrials"), &json!("USD")));
    records_nothing(&desk, &["add-stock", "ACME", "Acme Corporation", "--sector", "Industrials", "--currency", "USD"]);
    conflicts(&desk, &["add-stock", "ACME", "Acme Inc."], "symbol_exists");
    conflicts(&desk, &["add-stock", "ACME", "Acme Corporation", "--currency", "EUR"], "symbol_exists");
    conflicts(&desk, &["add-stock", "ACME", "Acme Corporation", "--sector", "Energy"], "symbol_exists");
}

#[test]
fn a_portfolio_added_again_is_confirmed_and_another_of_its_name_refused() {
    let desk = Desk::with_stocks();
    let first = desk.json(["add-portfolio", "pension"]);
    assert_eq!(first["recorded"], true);
    let again = records_nothing(&desk, &["add-portfolio", "pension"]);
    assert_eq!(first["portfolio_id"], again["portfolio_id"]);
    records_nothing(&desk, &["add-portfolio", "main"]);
}

#[test]
fn the_first_command_of_all_may_be_to_add_main() {
    let desk = Desk::new();
    let run = desk.run(["add-portfolio", "main"]).exits(0);
    assert!(run.err().is_empty(), "{run}");
    assert_eq!(desk.audit_lines().len(), 2);
}

#[test]
fn the_same_price_of_a_day_is_known_and_another_replaces_it() {
    let desk = Desk::with_stocks();
    let update = |price: &'static str| ["update-price", "ACME", price, "--date", "2024-01-02"];
    assert_eq!(desk.json(update("10"))["recorded"], true);
    records_nothing(&desk, &update("10.00"));
    assert_eq!(desk.json(update("11"))["recorded"], true);
    assert_eq!(desk.json(update("10"))["recorded"], true);
    assert_eq!(column(&desk.json(["prices", "ACME"]), "price"), ["10"]);
}

#[test]
fn what_was_recorded_before_is_said_for_eyes_too() {
    let desk = Desk::with_stocks();
    let said = desk.ok(["add-stock", "ACME", "Acme Corporation"]);
    insta::assert_snapshot!(said, @"
    already recorded; nothing new
    stock ACME, Acme Corporation, in USD
    ");
}

const FILE: &str = "\
date,action,symbol,quantity,price,fee,id
2024-01-02,buy,ACME,10,100,1,
2024-01-02,buy,ACME,10,100,1,
2024-01-03,sell,ACME,5,110,,order 1
";

/// The counts of an import: imported, skipped, prices.
fn import(desk: &Desk, file: &str) -> [u64; 3] {
    let path = desk.file("import.csv", file);
    let said = desk.json(["import".as_ref(), path.as_os_str()]);
    ["imported", "skipped_duplicates", "prices"].map(|member| said[member].as_u64().unwrap())
}

#[test]
fn a_file_imported_again_records_nothing() {
    let desk = Desk::with_stocks();
    assert_eq!(import(&desk, FILE), [3, 0, 0]);
    let before = desk.log_lines();
    let path = desk.path("import.csv");
    let said = desk.json(["import".as_ref(), path.as_os_str()]);
    assert_eq!(
        (&said["recorded"], &said["imported"], &said["skipped_duplicates"]),
        (&json!(false), &json!(0), &json!(3))
    );
    assert_eq!(desk.log_lines(), before);
}

#[test]
fn equal_rows_of_one_file_are_as_many_trades() {
    let desk = Desk::with_stocks();
    assert_eq!(import(&desk, FILE), [3, 0, 0]);
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "15");
    // A third one is new; the other two are not.
    let one_more = format!("{FILE}2024-01-02,buy,BOLT,10,100,1,\n");
    assert_eq!(import(&desk, &one_more), [1, 3, 0]);
}

#[test]
fn a_file_that_overlaps_records_what_is_new() {
    let desk = Desk::with_stocks();
    let rows = "date,action,symbol,quantity,price\n2024-01-02,buy,ACME,1,10\n2024-01-03,buy,ACME,1,10\n";
    assert_eq!(import(&desk, rows), [2, 0, 0]);
    // Columns in another order and numbers in another form: still the same rows.
    let later = "price,quantity,symbol,action,date\n10.00,1.0,acme,BUY,2024-01-03\n10,1,ACME,buy,2024-01-04\n";
    assert_eq!(import(&desk, later), [1, 1, 0]);
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "3");
}

#[test]
fn a_row_with_an_id_is_known_by_it_and_refused_with_other_content() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "10", "--date", "2024-01-02", "--id", "order 1"]);
    let row =
        |quantity: &str| format!("date,action,symbol,quantity,price,id\n2024-01-02,buy,ACME,{quantity},10,order 1\n");
    assert_eq!(import(&desk, &row("1")), [0, 1, 0]);
    let path = desk.file("import.csv", row("2"));
    let error = desk.error(3, ["import".as_ref(), path.as_os_str()]);
    assert_eq!((&error["details"][0]["code"], &error["details"][0]["line"]), (&json!("id_conflict"), &json!(2)));
}

#[test]
fn a_price_that_the_book_has_is_skipped_and_another_replaces_it() {
    let desk = Desk::with_stocks();
    let rows = "date,symbol,price\n2024-01-02,ACME,10\n2024-01-03,ACME,11\n";
    assert_eq!(import(&desk, rows), [0, 0, 2]);
    assert_eq!(import(&desk, rows), [0, 2, 0]);
    assert_eq!(import(&desk, "date,symbol,price\n2024-01-02,ACME,10\n2024-01-03,ACME,12\n"), [0, 1, 1]);
    assert_eq!(column(&desk.json(["prices", "ACME"]), "price"), ["10", "12"]);
}

#[test]
fn the_apostrophe_is_taken_off_every_kind_of_row() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "=cash"]);
    let file = "\
date,action,symbol,quantity,price,amount,portfolio,note,id,lot
2024-01-02,buy,ACME,10,100,,'=cash,'+10,'+1,
2024-01-03,sell,ACME,1,100,,'=cash,'@sold,'+2,'+1
2024-01-04,dividend,ACME,,,5,'=cash,'=1+1,'+3,
2024-01-05,split,ACME,2:1,,,'=cash,,'+4,
";
    let path = desk.file("import.csv", file);
    desk.ok(["import".as_ref(), path.as_os_str()]);
    let recorded = desk.json(["transactions", "-p", "=cash"]);
    assert_eq!(column(&recorded, "type"), ["BUY", "SELL", "DIVIDEND", "SPLIT"]);
    let notes: Vec<_> = recorded.as_array().unwrap().iter().map(|row| row["note"].clone()).collect();
    assert_eq!(json!(notes), json!(["+10", "@sold", "=1+1", null]));
    for (id, row) in ["+1", "+2", "+3", "+4"].into_iter().zip(recorded.as_array().unwrap()) {
        let said = desk.json(["history", id]);
        assert_eq!(said[0]["transaction_id"], row["transaction_id"], "{id}");
    }
}

#[test]
fn what_is_repeated_by_the_symbol_that_a_stock_had_is_the_same() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    let commands = [
        "buy ACME 1 2 --id B --date 2024-01-02",
        "dividend ACME 1 --id D --date 2024-01-03",
        "split ACME 2:1 --id S --date 2024-01-04",
        "transfer ACME 1 --to pension --id T --date 2024-01-05",
    ];
    for command in commands {
        desk.ok(command.split(' '));
    }
    desk.ok(["edit-stock", "ACME", "--symbol", "CORP"]);
    for command in commands {
        records_nothing(&desk, &command.split(' ').collect::<Vec<_>>());
    }
    let rows = "2024-01-02,buy,ACME,1,2,,B\n2024-01-03,dividend,ACME,,,1,D\n2024-01-04,split,ACME,2:1,,,S\n";
    let file = format!("date,action,symbol,quantity,price,amount,id\n{rows}");
    assert_eq!(import(&desk, &file), [0, 3, 0]);
    // Another stock may have the symbol now.
    desk.ok(["add-stock", "ACME", "Another"]);
    conflicts(&desk, &["buy", "ACME", "1", "2", "--id", "B"], "id_conflict");
}

#[test]
fn an_id_is_compared_alike_whether_it_is_typed_or_imported() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    let ids = [1, 2, 3].map(|number| format!("{number}0000000-0000-4000-8000-000000000001"));
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--note", "n", "--id", &ids[0]]);
    desk.ok(["dividend", "ACME", "5", "--date", "2024-01-03", "--note", "n", "--id", &ids[1]]);
    desk.ok(["split", "ACME", "2:1", "--date", "2024-01-04", "--id", &ids[2]]);
    let rows = |portfolio: &str, date: &str, note: &str| {
        let day = |number: u32| if date.is_empty() { format!("2024-01-0{number}") } else { date.to_owned() };
        [
            format!("{},buy,ACME,10,100,,{portfolio},{note},{}", day(2), ids[0]),
            format!("{},dividend,ACME,,,5,{portfolio},{note},{}", day(3), ids[1]),
            format!("{},split,ACME,2:1,,,{portfolio},,{}", day(4), ids[2]),
        ]
    };
    let run = |row: &str| {
        let path = desk.file("row.csv", format!("date,action,symbol,quantity,price,amount,portfolio,note,id\n{row}\n"));
        desk.run(["import".as_ref(), path.as_os_str(), "-O".as_ref(), "json".as_ref()])
    };
    let differs = |row: &str| run(row).exits(3).json_error()["details"][0]["message"].as_str().unwrap().to_owned();
    for row in rows("", "", "").iter().chain(&rows("main", "", "n")) {
        let said: Value = serde_json::from_slice(&run(row).exits(0).stdout).unwrap();
        assert_eq!(said["skipped_duplicates"], 1, "{row}");
    }
    let [trade, dividend, split] = rows("pension", "", "");
    assert!(differs(&trade).ends_with("different portfolio"));
    assert!(differs(&dividend).ends_with("different portfolio"));
    // A split belongs to the stock, whichever portfolio reports it.
    run(&split).exits(0);
    let refused = |args: &[&str]| desk.error(3, args)["message"].as_str().unwrap().to_owned();
    assert!(refused(&["dividend", "ACME", "5", "-p", "pension", "--id", &ids[1]]).ends_with("different portfolio"));
    for row in rows("", "2024-01-01", "") {
        assert!(differs(&row).ends_with("different date"), "{row}");
    }
    for row in &rows("", "", "m")[..2] {
        assert!(differs(row).ends_with("different note"), "{row}");
    }
    // Each with the id of another kind.
    for (row, others) in rows("", "", "").iter().zip([[1, 2], [0, 2], [0, 1]]) {
        for other in others {
            let (own, _) = row.rsplit_once(',').unwrap();
            assert!(differs(&format!("{own},{}", ids[other])).ends_with("different type"), "{row}");
        }
    }
}
