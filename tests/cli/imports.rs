//! Import of trades and prices.

mod faulty_rows;
mod new_stocks;

use std::ffi::OsStr;
use std::fs;

use serde_json::{Value, json};

use crate::harness::{Desk, Run, column, pick, repository};

/// Imports files in the folder, with additional arguments.
fn import(desk: &Desk, args: &[&str]) -> Value {
    desk.json(["import"].iter().chain(args))
}

/// The rows of a refused import: file, line and code of each.
fn faults(desk: &Desk, args: &[&str]) -> Vec<String> {
    let before = desk.everything();
    let error = desk.error(3, ["import"].iter().chain(args));
    assert_eq!(error["code"], "import_refused");
    assert_eq!(desk.everything(), before);
    let fault = |detail: &Value| {
        let text = |member: &str| detail[member].as_str().unwrap().to_owned();
        format!("{}:{} {}", text("file"), detail["line"], text("code"))
    };
    error["details"].as_array().unwrap().iter().map(fault).collect()
}

fn counts(said: &Value) -> [u64; 5] {
    ["rows", "imported", "skipped_duplicates", "stocks_added", "prices"].map(|member| said[member].as_u64().unwrap())
}

fn quantity(desk: &Desk) -> String {
    desk.json(["holdings"])[0]["quantity"].as_str().unwrap().to_owned()
}

fn examples() -> [std::path::PathBuf; 2] {
    [repository("examples/prices.csv"), repository("examples/trades.csv")]
}

fn import_examples(desk: &Desk, files: &[impl AsRef<OsStr>]) -> Value {
    let options: [&OsStr; 2] = ["import".as_ref(), "--add-stocks".as_ref()];
    desk.json(options.into_iter().chain(files.iter().map(AsRef::as_ref)))
}

/// Asserts that two plain decimals differ by at most a millionth.
fn assert_close(exact: &str, rounded: &str) {
    let millionths = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{:0<6}", fraction.get(..6).unwrap_or(fraction)).parse::<i64>().unwrap()
    };
    assert!(millionths(exact).abs_diff(millionths(rounded)) <= 1, "{exact} is not {rounded}");
}

/// Symbol, shares, cost basis and realized gain of the examples, from an independent computation with exact
/// fractions; amounts rounded to six places.
const EXPECTED: [[&str; 4]; 5] = [
    ["AAPL", "53.7035", "5517.429970", "2337.148527"],
    ["AMZN", "217.9972", "9206.331553", "6019.659423"],
    ["GOOG", "13.6787", "5605.118076", "4804.500275"],
    ["IBM", "121.2555", "10853.584668", "1843.532575"],
    ["MSFT", "464.595", "10861.953034", "1068.642448"],
];

fn assert_examples_are_held(desk: &Desk) {
    let held = desk.json(["holdings"]);
    let rows = held.as_array().unwrap();
    assert_eq!(rows.len(), EXPECTED.len());
    for (row, [symbol, quantity, cost_basis, realized_gain]) in rows.iter().zip(EXPECTED) {
        assert_eq!((&row["symbol"], &row["quantity"]), (&json!(symbol), &json!(quantity)));
        assert_close(row["cost_basis"].as_str().unwrap(), cost_basis);
        assert_close(row["realized_gain"].as_str().unwrap(), realized_gain);
    }
}

#[test]
fn where_nothing_was_imported_a_note_says_so() {
    let run = Desk::with_stocks().run(["imports"]).exits(0);
    assert_eq!(
        (run.out().as_str(), run.err().as_str()),
        ("", "note: nothing was imported; `stockbook import` reads a file\n")
    );
}

#[test]
fn the_examples_come_to_what_was_computed_independently() {
    let desk = Desk::new();
    assert_eq!(counts(&import_examples(&desk, &examples())), [712, 152, 0, 5, 560]);
    assert_examples_are_held(&desk);
    assert_eq!(counts(&import_examples(&desk, &examples())), [712, 0, 712, 0, 0]);
    assert_examples_are_held(&desk);
}

#[test]
fn the_order_of_files_does_not_matter() {
    let desk = Desk::new();
    let [prices, trades] = examples();
    import_examples(&desk, &[trades, prices]);
    assert_examples_are_held(&desk);
}

#[test]
fn a_file_whose_dates_run_backwards_is_read_bottom_up() {
    let desk = Desk::new();
    let trades = fs::read_to_string(&examples()[1]).unwrap();
    let (header, rows) = trades.split_once('\n').unwrap();
    let reversed = rows.lines().rev().collect::<Vec<_>>().join("\n");
    let path = desk.file("reversed.csv", format!("{header}\n{reversed}"));
    import_examples(&desk, &[path]);
    assert_examples_are_held(&desk);
}

#[test]
fn trades_of_one_day_in_a_backwards_file_keep_their_true_order() {
    let desk = Desk::with_stocks();
    // Newest first, as brokers list them: bought, then sold, on the same day.
    desk.file(
        "newest.csv",
        "date,action,symbol,quantity,price\n\
         2024-01-05,buy,ACME,1,10\n\
         2024-01-03,sell,ACME,5,11\n\
         2024-01-03,buy,ACME,5,10\n",
    );
    assert_eq!(counts(&import(&desk, &["newest.csv"])), [3, 3, 0, 0, 0]);
    assert_eq!(quantity(&desk), "1");
    // In ascending order, the same rows are a sale that needs its purchase, which is put first.
    desk.file(
        "oldest.csv",
        "date,action,symbol,quantity,price\n\
         2024-01-06,sell,BOLT,5,11\n\
         2024-01-06,buy,BOLT,5,10\n\
         2024-01-08,buy,BOLT,1,10\n",
    );
    assert_eq!(counts(&import(&desk, &["oldest.csv"])), [3, 3, 0, 0, 0]);
    assert_eq!(desk.json(["gains", "--symbol", "BOLT"])[0]["gain"], "5"); // 5 × (11 − 10)
}

#[test]
fn an_unsorted_file_is_sorted_by_date() {
    let desk = Desk::with_stocks();
    desk.file(
        "mixed.csv",
        "date,action,symbol,quantity,price\n\
         2024-01-05,sell,ACME,5,11\n\
         2024-01-03,buy,ACME,4,10\n\
         2024-01-04,buy,ACME,2,10\n",
    );
    import(&desk, &["mixed.csv"]);
    assert_eq!(quantity(&desk), "1");
    assert_eq!(column(&desk.json(["transactions"]), "trade_date"), ["2024-01-03", "2024-01-04", "2024-01-05"]);
    let days: Vec<_> = desk.audit_lines()[4..].iter().map(|event| event["data"]["trade_date"].clone()).collect();
    let end = serde_json::Value::Null; // the event of the import itself has none
    assert_eq!(days, ["2024-01-03".into(), "2024-01-04".into(), "2024-01-05".into(), end]);
}

#[test]
fn a_stream_is_imported_like_a_file() {
    let desk = Desk::new();
    let trades = fs::read_to_string(&examples()[1]).unwrap();
    desk.fed(&trades, ["import", "--add-stocks", "-", "-q"]).exits(0).silently();
    assert_examples_are_held(&desk);
}

#[test]
fn all_files_are_one_unit_of_work() {
    let desk = Desk::with_stocks();
    desk.file("sales.csv", "date,action,symbol,quantity,price\n2024-01-05,sell,ACME,5,11\n");
    desk.file("purchases.csv", "date,action,symbol,quantity,price\n2024-01-03,buy,ACME,5,10\n");
    desk.file("bad.csv", "date,symbol,price\n2024-01-03,ACME,x\n");
    assert_eq!(faults(&desk, &["sales.csv", "purchases.csv", "bad.csv"]), ["bad.csv:2 invalid_price"]);
    assert_eq!(faults(&desk, &["sales.csv"]), ["sales.csv:2 insufficient_quantity"]);
    assert_eq!(counts(&import(&desk, &["sales.csv", "purchases.csv"])), [2, 2, 0, 0, 0]);
    let lines = desk.audit_lines();
    assert_eq!(lines[4]["occurred_at"], lines[5]["occurred_at"]);
}

#[test]
fn a_missing_file_among_good_ones_records_nothing() {
    let desk = Desk::with_stocks();
    desk.file("good.csv", "date,symbol,price\n2024-01-03,ACME,1\n");
    let before = desk.everything();
    assert_eq!(desk.error(1, ["import", "good.csv", "nowhere.csv"])["code"], "input_error");
    assert_eq!(desk.error(1, ["import", "good.csv", "."])["code"], "input_error");
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_stock_s_own_file_needs_its_symbol() {
    let desk = Desk::with_stocks();
    desk.file(
        "export.csv",
        "Date,Open,High,Low,Close,Volume\n2024-01-03,1,2,0.5,1.5,100\n2024-01-04,1,2,0.5,1.75,100\n",
    );
    assert_eq!(counts(&import(&desk, &["export.csv", "--symbol", "acme"])), [2, 0, 0, 0, 2]);
    assert_eq!(column(&desk.json(["prices", "ACME"]), "price"), ["1.5", "1.75"]);
    assert_eq!(desk.error(3, ["import", "export.csv"])["code"], "import_refused");
}

#[test]
fn columns_of_other_names_are_mapped() {
    let desk = Desk::with_stocks();
    desk.file("depot.csv", "Datum;Art;Wertpapier;Anzahl;Kurs\n03.01.2024;buy;ACME;5;10\n");
    let map = ["--map", "date=Datum", "--map", "action=Art", "--map", "symbol=Wertpapier", "--map", "quantity=Anzahl"];
    let more = ["--map", "price=Kurs", "--date-format", "DD.MM.YYYY", "depot.csv"];
    assert_eq!(counts(&import(&desk, &[&map[..], &more].concat())), [1, 1, 0, 0, 0]);
    assert_eq!(desk.json(["transactions"])[0]["trade_date"], "2024-01-03");
    assert_eq!(desk.run(["import", "depot.csv", "--map", "no-such=Kurs"]).exits(2).out(), "");
}

#[test]
fn dates_that_could_be_two_days_need_a_format() {
    let desk = Desk::with_stocks();
    desk.file("prices.csv", "date,symbol,price\n01/02/2024,ACME,1\n");
    assert_eq!(faults(&desk, &["prices.csv"]), ["prices.csv:2 invalid_date"]);
    import(&desk, &["prices.csv", "--date-format", "DD/MM/YYYY"]);
    import(&desk, &["prices.csv", "--date-format", "%m/%d/%Y"]);
    assert_eq!(column(&desk.json(["prices", "ACME"]), "date"), ["2024-01-02", "2024-02-01"]);
    desk.file("plain.csv", "date,symbol,price\nJan 3 2000,ACME,1\n4 Jan 2000,ACME,1\n2000-01-05T23:30:00Z,ACME,1\n");
    import(&desk, &["plain.csv"]);
    let early = desk.json(["prices", "ACME", "--to", "2000-12-31"]);
    assert_eq!(column(&early, "date"), ["2000-01-03", "2000-01-04", "2000-01-05"]);
}

#[test]
fn numbers_as_exports_write_them() {
    let desk = Desk::with_stocks();
    desk.file(
        "trades.csv",
        "\u{feff}Date\tAction\tSymbol\tQuantity\tPrice\tFee\tAmount\r\n\
         2024-01-03\tBUY\tacme\t1,200.0\t$1,150.25\t$1.50\t\r\n\
         2024-01-04\tSell\tACME\t-200\t\t\t\"$240,000.00\"\r\n",
    );
    assert_eq!(counts(&import(&desk, &["trades.csv"])), [2, 2, 0, 0, 0]);
    let rows = desk.json(["transactions"]);
    // 1200 × 1150.25 + 1.5; 240,000 ÷ 200
    assert_eq!(column(&rows, "total_amount"), ["1380301.5", "240000"]);
    assert_eq!(column(&rows, "price"), ["1150.25", "1200"]);
}

#[test]
fn a_row_goes_to_its_portfolio_or_else_to_the_one_asked_for() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "one"]);
    desk.ok(["add-portfolio", "two"]);
    desk.file(
        "trades.csv",
        "date,action,symbol,quantity,price,portfolio\n2024-01-03,buy,ACME,1,1,one\n2024-01-03,buy,ACME,2,1,\n",
    );
    import(&desk, &["trades.csv", "-p", "two"]);
    let held = desk.json(["holdings"]);
    assert_eq!((column(&held, "portfolio"), column(&held, "quantity")), (vec!["one", "two"], vec!["1", "2"]));
}

#[test]
fn files_that_are_no_csv_are_told_by_what_they_are() {
    let desk = Desk::with_stocks();
    desk.file("book.xlsx", b"PK\x03\x04\x14\0\x06\0");
    desk.file("latin.csv", b"date,symbol,price,note\n2024-01-02,ACME,1,Gr\xFC\xDFe\n");
    assert_eq!(faults(&desk, &["book.xlsx"]), ["book.xlsx:1 not_csv"]);
    assert_eq!(faults(&desk, &["latin.csv"]), ["latin.csv:2 not_utf8"]);
    assert_eq!(faults(&desk, &["book.db"]), ["book.db:1 not_csv"]);
    assert_eq!(faults(&desk, &["/dev/zero"]), ["/dev/zero:1 not_csv"]);
}

#[test]
fn a_file_in_utf_16_is_read() {
    let desk = Desk::with_stocks();
    let text = "date,symbol,price\n2024-01-02,ACME,5\n";
    let file = desk.file("utf16.csv", text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    assert_eq!(desk.json(["import", file.to_str().unwrap()])["prices"], 1);
}

#[test]
fn a_header_without_rows_is_nothing_to_do() {
    let desk = Desk::with_stocks();
    desk.file("empty.csv", "date,symbol,price\n");
    let run = desk.run(["import", "empty.csv", "-O", "json"]).exits(0);
    assert!(run.err().contains("0 rows"), "{run}");
    assert_eq!(desk.log_lines().len(), 4);
}

#[test]
fn a_table_of_what_was_touched_ends_an_import() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "BOLT", "1", "1", "--date", "2024-01-02"]);
    desk.file("trades.csv", "date,action,symbol,quantity,price,colour\n2024-01-03,buy,ACME,2,10,red\n");
    let run = desk.run(["import", "trades.csv"]).exits(0);
    insta::assert_snapshot!(run.out(), @"
    imported 1 transaction from 1 row

    SYMBOL     COMPANY           QUANTITY  AVG COST  COST BASIS  PRICE  PRICED  VALUE  GAIN  GAIN %  WEIGHT  REALIZED
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    ACME       Acme Corporation         2     10.00       20.00                                                  0.00
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total USD                                             20.00                                                  0.00

    no price, so not counted: ACME
      record one: stockbook update-price ACME PRICE
    ");
    insta::assert_snapshot!(run.err(), @"note: trades.csv: not read: colour");
    let again = desk.ok(["import", "trades.csv"]);
    let table = run.out().split_once('\n').unwrap().1.to_owned();
    assert_eq!(again, format!("imported 0 transactions from 1 row; skipped 1 duplicate\n{table}"));
}

#[test]
fn an_import_of_many_rows_is_whole_or_not_at_all_when_killed() {
    let desk = Desk::with_stocks();
    let rows: Vec<_> = (0..20_000).map(|row| format!("2024-01-03,buy,ACME,1,{row}\n")).collect();
    let rows = rows.concat();
    desk.file("many.csv", format!("date,action,symbol,quantity,price\n{rows}"));
    for milliseconds in [5, 60, 150, 300] {
        let mut command = desk.command(["import", "many.csv", "-q"]);
        command.stderr(std::process::Stdio::null());
        let running = crate::harness::Running::start(command);
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        drop(running);
        let listed = desk.json(["transactions"]).as_array().unwrap().len();
        assert!(listed == 0 || listed == 20_000, "{listed}");
    }
    let run = Run::of(desk.command(["import", "many.csv", "-q"])).exits(0);
    assert!(!run.err().contains("error"), "{run}");
    assert_eq!(quantity(&desk), "20000");
    assert_eq!(desk.log_lines().len(), 20_005); // the book, its portfolio, two stocks, the import
}

#[test]
fn a_file_tells_of_splits_dividends_and_lots_held_from_before() {
    let desk = Desk::new();
    // Worked by hand: 10 at 99 from before, 10 at 120; the split makes 40 and 40 of them, before the sale on
    // its day, which takes the lot that it names: 20 of those at 30; 20 × 35 − 20 × 30 = 100.
    desk.file(
        "history.csv",
        "date,action,symbol,quantity,price,amount,fee,id,lot\n\
         2020-05-04,opening,ACME,10,,990,,old,\n\
         2024-01-02,buy,ACME,10,120,,,new,\n\
         2024-03-01,sell,ACME,20,35,,,,new:20\n\
         2024-03-01,split,ACME,4:1,,,,,\n\
         2024-04-15,dividend,ACME,,,12.5,,,\n",
    );
    let said = desk.json(["import", "--add-stocks", "history.csv"]);
    assert_eq!(pick(&said, &["rows", "imported", "skipped_duplicates"]), "5 5 0");
    let held = &desk.json(["holdings"])[0];
    let members = ["quantity", "cost_basis", "average_cost", "realized_gain", "dividends"];
    assert_eq!(pick(held, &members), "60 1590 26.5 100 12.5");
    let again = desk.json(["import", "--add-stocks", "history.csv"]);
    assert_eq!(pick(&again, &["rows", "imported", "skipped_duplicates", "recorded"]), "5 0 5 false");
    let types: Vec<_> = desk.json(["transactions"]).as_array().unwrap().iter().map(|it| it["type"].clone()).collect();
    assert_eq!(types, ["BUY", "BUY", "SPLIT", "SELL", "DIVIDEND"]);
    desk.ok(["check"]);
}

#[test]
fn rows_that_come_before_what_the_book_has_are_matched_with_it() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-02-01"]);
    desk.ok(["sell", "ACME", "10", "130", "--date", "2024-03-01"]);
    desk.file(
        "late.csv",
        "date,action,symbol,quantity,price\n2024-01-02,buy,ACME,4,50\n2024-02-15,sell,ACME,2,60\n\
         2024-01-15,split,ACME,1:2,\n",
    );
    // 4 ÷ 2 = 2 at 100, of which 2 are sold for 60; the ten at 100 are left for the sale at 130.
    desk.ok(["import", "late.csv"]);
    let held = &desk.json(["holdings", "--all"])[0];
    assert_eq!(pick(held, &["quantity", "cost_basis", "realized_gain"]), "0 0 220");
    desk.ok(["check"]);
    desk.file("early.csv", "date,action,symbol,quantity,price\n2024-02-20,sell,ACME,1,60\n");
    let before = desk.everything();
    let error = desk.error(3, ["import", "early.csv"]);
    let fault = &error["details"][0];
    assert_eq!(pick(fault, &["file", "line", "code"]), "early.csv 2 insufficient_quantity");
    assert!(fault["message"].as_str().unwrap().starts_with("the sale of 2024-03-01 "), "{error}");
    assert_eq!(desk.everything(), before);
}

#[test]
fn the_prices_of_trades_are_recorded_where_that_is_asked_for_and_the_book_has_none() {
    let desk = Desk::with_stocks();
    desk.ok(["update-price", "ACME", "9", "--date", "2024-01-03"]);
    let rows = "2024-01-02,buy,ACME,4,5,\n2024-01-03,buy,ACME,1,6,\n2024-01-04,sell,ACME,2,,14\n";
    let file = desk.file("a.csv", format!("date,action,symbol,quantity,price,amount\n{rows}"));
    desk.ok(["import", file.to_str().unwrap()]);
    let done = desk.json(["import", "--trade-prices", file.to_str().unwrap()]);
    assert_eq!((&done["imported"], &done["prices"]), (&0.into(), &2.into()));
    let prices = desk.json(["prices", "ACME"]);
    let prices: Vec<_> = prices.as_array().unwrap().iter().map(|row| row["price"].as_str().unwrap()).collect();
    // 14 / 2
    assert_eq!(prices, ["5", "9", "7"]);
}
