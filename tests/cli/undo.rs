//! `undo`.

use serde_json::{Value, json};

use crate::harness::{Desk, column};

/// The reports of a book, except for ids.
fn reports(desk: &Desk) -> Vec<Value> {
    let mut said = vec![
        desk.json(["holdings", "--all"]),
        desk.json(["gains"]),
        desk.json(["transactions"]),
        desk.json(["stocks"]),
        desk.json(["portfolios"]),
    ];
    for symbol in column(&desk.json(["stocks"]), "symbol") {
        said.push(desk.json(["prices", symbol]));
    }
    for row in said.iter_mut().filter_map(Value::as_array_mut).flatten().filter_map(Value::as_object_mut) {
        row.remove("transaction_id");
        row.remove("sale_id");
        row.remove("stock_id");
        row.remove("portfolio_id");
    }
    said
}

/// Commands of every kind, each after those that it needs.
const COMMANDS: &[&[&str]] = &[
    &["add-portfolio", "pension"],
    &["buy", "ACME", "10", "10", "--date", "2024-01-02", "--id", "first"],
    &["buy", "ACME", "10", "20", "--date", "2024-01-05", "--id", "second"],
    &["sell", "ACME", "5", "30", "--date", "2024-02-01", "--id", "sold"],
    &["sell", "ACME", "5", "30", "--date", "2024-02-02", "--id", "picked", "--lot", "second"],
    &["dividend", "ACME", "5", "--date", "2024-02-03", "--id", "paid"],
    &["split", "ACME", "2:1", "--date", "2024-02-10", "--id", "split"],
    &["transfer", "ACME", "4", "--to", "pension", "--date", "2024-03-01", "--id", "moved"],
    &["update-price", "ACME", "7", "--date", "2024-02-01"],
    &["update-price", "ACME", "8", "--date", "2024-02-01"],
    &["update-price", "ACME", "9", "--date", "2024-02-04"],
    &["amend", "first", "--fee", "2"],
    &["amend", "sold", "--date", "2024-02-05"],
    &["void", "moved"],
    &["void", "picked"],
    &["void", "paid"],
    &["void", "split"],
    &["set-cost-basis", "main", "average"],
    &["edit-stock", "ACME", "--symbol", "PEAK", "--name", "Peak", "--sector", "Energy"],
    &["add-stock", "ACME", "Another"],
    &["edit-portfolio", "pension", "--name", "old age"],
    &["rebase-prices", "PEAK", "--as-of", "2024-05-01"],
    &["remove-price", "PEAK", "2024-02-01"],
    &["import", "trades.csv", "--add-stocks"],
    &["import", "prices.csv"],
];

#[test]
fn whatever_a_command_recorded_is_taken_back_and_can_be_entered_again() {
    let desk = Desk::with_stocks();
    desk.file("trades.csv", "date,action,symbol,quantity,price\n2024-02-02,buy,NEW,2,1\n2024-02-03,sell,NEW,1,2\n");
    desk.file("prices.csv", "date,symbol,price\n2024-04-03,NEW,10\n2024-04-05,PEAK,11\n");
    let mut stages = Vec::new();
    for command in COMMANDS {
        let before = reports(&desk);
        desk.ok(*command);
        let after = reports(&desk);
        assert_ne!(before, after, "{command:?}");
        desk.ok(["undo", "--dry-run"]);
        assert_eq!(reports(&desk), after, "{command:?}");
        desk.ok(["undo"]);
        assert_eq!(reports(&desk), before, "{command:?}");
        desk.ok(["check"]);
        desk.ok(*command);
        assert_eq!(reports(&desk), after, "{command:?}");
        stages.push(before);
    }
    // One by one, back to the empty book.
    for (command, before) in COMMANDS.iter().zip(stages).rev() {
        desk.ok(["undo"]);
        assert_eq!(reports(&desk), before, "{command:?}");
    }
    desk.ok(["check"]);
    desk.ok(["undo"]);
    desk.ok(["undo"]);
    assert_eq!(desk.json(["stocks"]), json!([]));
    assert_eq!(column(&desk.json(["portfolios"]), "name"), ["main"]);
    assert_eq!(desk.error(3, ["undo"])["code"], "not_amendable");
    desk.ok(["check"]);
}

#[test]
fn an_import_is_undone_by_its_id_and_later_records_stay() {
    let desk = Desk::with_stocks();
    desk.file(
        "one.csv",
        "date,action,symbol,quantity,price,id\n2024-02-02,buy,ACME,3,1,a\n2024-02-04,buy,BOLT,1,2,b\n",
    );
    let batch = desk.json(["import", "one.csv"])["batch_id"].as_str().unwrap().to_owned();
    desk.ok(["update-price", "ACME", "5", "--date", "2024-02-02"]);
    desk.ok(["sell", "ACME", "2", "4", "--date", "2024-02-05", "--id", "sold"]);
    // Later entries need its shares.
    let before = desk.everything();
    assert_eq!(desk.error(3, ["undo", &batch])["code"], "insufficient_quantity");
    assert_eq!(desk.everything(), before);
    desk.ok(["void", "sold"]);
    let undone = desk.json(["undo", &batch[..8]]);
    assert_eq!((&undone["batch_id"], &undone["voided_count"]), (&json!(batch), &json!(2)));
    assert_eq!(desk.json(["holdings", "--all"]), json!([]));
    assert_eq!(desk.json(["prices", "ACME"])[0]["price"], "5");
    assert_eq!(desk.json(["undo", &batch])["recorded"], false);
    assert_eq!(desk.json(["imports"])[0]["undone"], true);
    // What was undone may be imported again, despite the later void.
    let again = desk.json(["import", "one.csv"]);
    assert_eq!((&again["imported"], &again["skipped_duplicates"]), (&json!(2), &json!(0)));
    let bought = desk.json(["transactions", "--symbol", "ACME"])[0]["transaction_id"].clone();
    assert_eq!(desk.json(["amend", "a", "--fee", "1"])["voided_id"], bought);
    assert_eq!(desk.json(["import", "one.csv"])["skipped_duplicates"], 2);
    assert_eq!(desk.json(["imports"]).as_array().unwrap().len(), 2);
    assert_eq!(desk.error(3, ["undo", "ffffffff"])["code"], "not_amendable");
    desk.ok(["check"]);
}

#[test]
fn what_an_import_added_stays_if_a_later_record_is_of_it() {
    let desk = Desk::new();
    let rows = "2024-01-02,buy,ACME,1,5,pension\n2024-01-02,buy,BOLT,1,5,other\n";
    let file = format!("date,action,symbol,quantity,price,portfolio\n{rows}");
    desk.file("one.csv", file);
    let batch = desk.json(["import", "one.csv", "--add-stocks", "--add-portfolios"])["batch_id"].clone();
    desk.ok(["buy", "ACME", "2", "6", "--date", "2024-01-03", "-p", "pension"]);
    let undone = desk.json(["undo", batch.as_str().unwrap()]);
    assert_eq!((&undone["stocks_removed"], &undone["portfolios_removed"]), (&json!(["BOLT"]), &json!(["other"])));
    assert_eq!(undone["kept"].as_array().unwrap().len(), 2, "{undone}");
    assert_eq!(column(&desk.json(["holdings"]), "quantity"), ["2"]);
    desk.ok(["check"]);
}

#[test]
fn an_import_identifies_its_files_by_content() {
    let desk = Desk::with_stocks();
    desk.file("two.csv", "date,action,symbol,quantity,price\n2024-02-02,buy,ACME,1,1\n2024-02-03,sell,ACME,1,2\n");
    let batch = desk.json(["import", "two.csv"])["batch_id"].clone();
    // printf 'date,action,symbol,quantity,price\n2024-02-02,buy,ACME,1,1\n2024-02-03,sell,ACME,1,2\n' | sha256sum
    let sha256 = "13a4096db8adda643e5a4652b9c90f9bc1c5a5b030a5997817fd8167fbbf1212";
    let event = desk.json(["audit", "--type", "ImportCompletedEvent"]);
    assert_eq!(
        event["data"],
        json!({
            "batch_id": batch,
            "format": "stockbook",
            "files": [{"name": "two.csv", "sha256": sha256}],
            "rows": 2,
            "recorded": 2,
            "prices": 0,
            "stocks_added": 0,
            "portfolios_added": 0,
        })
    );
    // Rows that are all recorded already make no import.
    desk.ok(["import", "two.csv"]);
    assert_eq!(desk.ok(["audit", "--type", "ImportCompletedEvent"]).lines().count(), 1);
    desk.ok(["check"]);
}

#[test]
fn undo_is_refused_with_all_entries_that_need_the_record() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "5", "--date", "2024-01-02", "--id", "purchase"]);
    let sales = ["2024-02-01", "2024-03-01"].map(|day| {
        let sale = desk.json(["sell", "ACME", "4", "6", "--date", day]);
        sale["transaction_id"].as_str().unwrap().to_owned()
    });
    let error = desk.refused(3, ["void", "purchase"]);
    for sale in sales {
        assert!(error.contains(&sale), "{error}");
    }
}

#[test]
fn an_undone_import_reports_what_later_ones_skipped_because_of_it() {
    let desk = Desk::with_stocks();
    let head = "date,action,symbol,quantity,price\n";
    let (first, second) = ("2024-01-02,buy,ACME,10,5\n", "2024-01-03,buy,ACME,4,5\n2024-03-01,split,ACME,2:1,\n");
    let old = desk.file("old.csv", format!("{head}{first}{second}"));
    let all = desk.file("all.csv", format!("{head}{first}{second}2024-01-04,buy,ACME,1,5\n"));
    let batch = desk.json(["import", old.to_str().unwrap()])["batch_id"].as_str().unwrap().to_owned();
    let later = desk.json(["import", all.to_str().unwrap()]);
    assert_eq!(later["skipped_duplicates"], 3);
    let said = desk.ok(["undo", &batch, "--dry-run"]);
    assert!(said.contains("all.csv) had skipped 3 rows as duplicates of these; import it again"), "{said}");
    let undone = desk.json(["undo", &batch]);
    assert_eq!(undone["skipped_later"], json!([{"batch_id": later["batch_id"], "rows": 3}]));
    assert_eq!(desk.json(["import", all.to_str().unwrap()])["imported"], 3);
}

#[test]
fn a_void_is_undone_of_a_record_that_an_undone_amendment_brought_back() {
    let desk = Desk::with_stocks();
    desk.all_ok(&[
        "update-price ACME 90 --date 2024-01-01",
        "buy ACME 10 100 --date 2024-01-02 --id bought",
        "dividend ACME 8 --date 2024-02-01 --id paid",
    ]);
    for (record, amendment) in [("bought", "--price 99"), ("paid", "--amount 9")] {
        let before = reports(&desk);
        for _ in 0..2 {
            desk.ok(format!("amend {record} {amendment}").split(' '));
            desk.ok(["undo"]);
            desk.ok(["void", record]);
            desk.ok(["undo"]);
            assert_eq!(reports(&desk), before, "{record}");
        }
    }
    desk.run(["check"]).exits(0);
}

#[test]
fn an_import_with_rows_of_every_kind_is_undone_and_imported_again() {
    let desk = Desk::with_stocks();
    desk.all_ok(&[
        "add-portfolio pension",
        "add-stock SPUN Spun",
        "buy ACME 10 100 --date 2024-01-02 --id bought",
        "buy ACME 3 100 --date 2024-01-03",
        "sell ACME 1 110 --date 2024-01-04",
        "dividend ACME 8 --date 2024-02-01",
        "split ACME 3:2 --date 2024-02-05 --id split",
        "transfer ACME 4 --to pension --date 2024-02-06 --id moved",
        "transfer ACME 1 --to pension --date 2024-02-07",
        "transfer ACME 2 --out --date 2024-02-08 --id gone",
        "spin-off ACME SPUN 1:3 --cost-share 10 --date 2024-03-01 --id spun",
        "return-capital ACME 2 --date 2024-03-04 -p main",
        "adjust-cost ACME 1 --date 2024-03-05 -p pension --id kept",
        "exchange SPUN ACME 1:1 --date 2024-03-06 -p main",
        "write-off SPUN --date 2024-03-07 --id lost",
    ]);
    let before = reports(&desk);
    let other = Desk::with_stocks();
    other.all_ok(&["add-portfolio pension", "add-stock SPUN Spun"]);
    other.file("all.csv", desk.ok(["export", "csv"]));
    for _ in 0..3 {
        let imported = other.json(["import", "all.csv"]);
        assert_eq!(imported["skipped_duplicates"], 0, "{imported}");
        assert_eq!(reports(&other), before);
        assert_eq!(other.json(["import", "all.csv"])["recorded"], false);
        other.ok(["check"]);
        other.ok(["undo"]);
    }
}
