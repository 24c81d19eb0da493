//! Import of trades and prices.

use std::ffi::OsStr;
use std::fs;

use serde_json::{Value, json};

use crate::harness::{Desk, Run, column, pick, repository};

/// Imports files that lie in the folder, with more arguments.
fn import(desk: &Desk, args: &[&str]) -> Value {
    desk.json(["import"].iter().chain(args))
}

/// What a refused import says of its rows: file, line and code each.
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

/// The difference of two plain decimals is at most a millionth.
fn assert_close(exact: &str, rounded: &str) {
    let millionths = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{:0<6}", fraction.get(..6).unwrap_or(fraction)).parse::<i64>().unwrap()
    };
    assert!(millionths(exact).abs_diff(millionths(rounded)) <= 1, "{exact} is not {rounded}");
}

/// Symbol, shares, cost basis and realized gain of the examples, from a computation with exact
/// fractions that shares no code with this one; amounts rounded at six places.
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
    // Forwards, the same order of rows is a sale that needs its purchase: that goes first.
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
fn every_bad_row_is_told_by_file_and_line() {
    let desk = Desk::with_stocks();
    desk.file(
        "a.csv",
        "date,action,symbol,quantity,price\n\
         2024-01-03,buy,ACME,5,10\n\
         2024-02-30,buy,ACME,5,10\n\
         2024-01-03,hold,ACME,5,10\n\
         1024-01-03,buy,ACME,5,10\n",
    );
    desk.file("b.csv", "symbol;date;price\nACME;2024-01-03;1\n\nBOLT;2024-01-03;-1\nBO#LT;2024-01-03;1\n");
    let expected = [
        "a.csv:3 invalid_date",
        "a.csv:4 unsupported_action",
        "a.csv:5 invalid_date",
        "b.csv:4 invalid_price",
        "b.csv:5 invalid_symbol",
    ];
    assert_eq!(faults(&desk, &["a.csv", "b.csv"]), expected);
    insta::assert_snapshot!(desk.refused(3, ["import", "a.csv", "b.csv"]), @"
    error: nothing was imported: 5 faults in 7 rows
      a.csv:3: date `2024-02-30` is not in the calendar
      a.csv:4: action `hold` is not supported; known are buy, sell, opening, dividend, split, return-capital, adjust-cost, write-off, transfer, spin-off, exchange
      a.csv:5: date `1024-01-03` is outside the years 1900 to 9999
      b.csv:4: price `-1` must not be negative
      b.csv:5: symbol `BO#LT` contains U+0023; only A-Z 0-9 . - _ ^ = : / & and single blanks are allowed
    hint: b.csv:5: write it as an exchange does, like AAPL, BRK.B or 7203.T
    ");
}

#[test]
fn bad_rows_of_the_book_s_making_are_all_told_too() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-02-01"]);
    desk.file(
        "trades.csv",
        "date,action,symbol,quantity,price,portfolio,currency\n\
         2024-01-03,sell,ACME,5,10,,\n\
         2024-02-03,sell,BOLT,5,10,,\n\
         2024-02-03,buy,BOLT,5,10,pension,\n\
         2024-02-03,buy,BOLT,5,10,,USD\n",
    );
    let expected = [
        "trades.csv:2 insufficient_quantity",
        "trades.csv:3 insufficient_quantity",
        "trades.csv:4 unknown_portfolio",
        "trades.csv:5 currency_mismatch",
    ];
    assert_eq!(faults(&desk, &["trades.csv"]), expected);
}

#[test]
fn unknown_symbols_are_refused_all_at_once_with_the_nearest_known() {
    let desk = Desk::with_stocks();
    desk.file("prices.csv", "date,symbol,price\n2024-01-03,ACMF,1\n2024-01-04,BLOT,1\n2024-01-05,ACME,1\n");
    assert_eq!(faults(&desk, &["prices.csv"]), ["prices.csv:2 unknown_symbol", "prices.csv:3 unknown_symbol"]);
    let said = desk.refused(3, ["import", "prices.csv"]);
    assert!(said.contains("ACMF") && said.contains("BLOT") && said.contains("did you mean ACME"), "{said}");
    assert!(said.ends_with("? `stockbook import --add-stocks prices.csv` adds the symbols that are new\n"), "{said}");
    desk.file(
        "new.csv",
        "date,action,symbol,quantity,price,portfolio\n2024-01-02,buy,NEWCO,1,5,\n2024-01-03,buy,NEWCO,1,5,ira\n",
    );
    let said = desk.refused(3, ["import", "-q", "new.csv"]);
    assert!(
        said.ends_with("\nhint: `stockbook import --add-stocks -q new.csv` adds the symbols that are new\n"),
        "{said}"
    );
    let said = desk.refused(3, ["import", "--add-stocks", "new.csv"]);
    assert!(
        said.ends_with("; `stockbook import --add-portfolios --add-stocks new.csv` adds the portfolios that are new\n"),
        "{said}"
    );
    assert_eq!(counts(&import(&desk, &["prices.csv", "--add-stocks"])), [3, 0, 0, 2, 3]);
    assert_eq!(column(&desk.json(["stocks"]), "symbol"), ["ACME", "ACMF", "BLOT", "BOLT"]);
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
fn a_stock_that_is_added_has_the_currency_of_its_rows() {
    let desk = Desk::new();
    desk.file(
        "prices.csv",
        "date,symbol,price,currency\n2024-01-03,EURO,1,EUR\n2024-01-03,DOLL,1,\n2024-01-03,YEN,¥100,JPY\n",
    );
    import(&desk, &["prices.csv", "--add-stocks"]);
    assert_eq!(column(&desk.json(["stocks"]), "currency"), ["USD", "EUR", "JPY"]);
    desk.file("other.csv", "date,symbol,price,currency\n2024-01-04,EURO,1,USD\n");
    assert_eq!(faults(&desk, &["other.csv"]), ["other.csv:2 currency_mismatch"]);
}

#[test]
fn a_currency_sign_is_no_guess() {
    let desk = Desk::with_stocks();
    desk.file(
        "trades.csv",
        "date,action,symbol,quantity,price,fee\n\
         2024-01-03,buy,BOLT,1,$10,\n\
         2024-01-03,buy,ACME,1,$10,\n\
         2024-01-03,buy,ACME,1,10,¥1\n\
         2024-01-03,buy,BOLT,1,€10,\n",
    );
    assert_eq!(faults(&desk, &["trades.csv"]), ["trades.csv:2 currency_mismatch", "trades.csv:4 currency_mismatch"]);
    let said = desk.refused(3, ["import", "trades.csv"]);
    assert!(said.contains("BOLT is traded in EUR, not in dollars or pesos"), "{said}");
    desk.ok(["add-stock", "MAPL", "Maple Inc", "--currency", "CAD"]);
    desk.file("prices.csv", "date,symbol,price\n2024-01-03,MAPL,$10\n2024-01-03,ACME,$10\n");
    assert_eq!(counts(&import(&desk, &["prices.csv"])), [2, 0, 0, 0, 2]);
}

#[test]
fn a_stock_that_is_added_by_a_sign_alone_is_no_guess() {
    let desk = Desk::new();
    desk.file("yen.csv", "date,symbol,price\n2024-01-03,YEN,¥1000\n2024-01-04,YEN,1001\n");
    let refused = ["yen.csv:2 ambiguous_currency", "yen.csv:3 ambiguous_currency"];
    assert_eq!(faults(&desk, &["yen.csv", "--add-stocks"]), refused);
    let said = desk.refused(3, ["import", "yen.csv", "--add-stocks"]);
    assert!(said.contains("add a currency column"), "{said}");
    desk.file(
        "signs.csv",
        "date,symbol,price,currency\n\
         2024-01-03,DOLL,$1,\n\
         2024-01-03,MAPL,$1,\n\
         2024-01-04,MAPL,$1,CAD\n\
         2024-01-05,YEN,¥1000,\n\
         2024-01-06,YEN,¥1000,CNY\n",
    );
    import(&desk, &["signs.csv", "--add-stocks"]);
    assert_eq!(column(&desk.json(["stocks"]), "currency"), ["USD", "CAD", "CNY"]);
}

#[test]
fn two_prices_of_a_stock_on_one_day_are_refused() {
    let desk = Desk::with_stocks();
    desk.file("a.csv", "date,symbol,price\n2024-01-03,ACME,10\n2024-01-03,BOLT,11\n2024-01-04,ACME,11\n");
    desk.file("b.csv", "date,symbol,price\n2024-01-04,ACME,11.0\n2024-01-03,ACME,12\n2024-01-03,ACME,10\n");
    assert_eq!(faults(&desk, &["a.csv", "b.csv"]), ["b.csv:3 conflicting_price"]);
    insta::assert_snapshot!(desk.refused(3, ["import", "a.csv", "b.csv"]), @"
    error: nothing was imported: 1 fault in 6 rows
      b.csv:3: the price of ACME on 2024-01-03 is 12 here and 10 at a.csv:2
    hint: keep one of the two
    ");
    desk.file("b.csv", "date,symbol,price\n2024-01-04,ACME,11.0\n2024-01-03,ACME,10\n");
    assert_eq!(counts(&import(&desk, &["a.csv", "b.csv"])), [5, 0, 2, 0, 3]);
    assert_eq!(counts(&import(&desk, &["a.csv", "b.csv"])), [5, 0, 5, 0, 0]);
    // Another import may correct a price.
    desk.file("c.csv", "date,symbol,price\n2024-01-03,ACME,12\n");
    assert_eq!(counts(&import(&desk, &["c.csv"])), [1, 0, 0, 0, 1]);
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
    ");
    insta::assert_snapshot!(run.err(), @"note: trades.csv: not read: colour");
    insta::assert_snapshot!(desk.ok(["import", "trades.csv"]), @"
    imported 0 transactions from 1 row; skipped 1 duplicate

    SYMBOL     COMPANY           QUANTITY  AVG COST  COST BASIS  PRICE  PRICED  VALUE  GAIN  GAIN %  WEIGHT  REALIZED
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    ACME       Acme Corporation         2     10.00       20.00                                                  0.00
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total USD                                             20.00                                                  0.00
    ");
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
    // Worked by hand: 10 at 99 from before, 10 at 120 − the split makes 40 and 40 of them, before the
    // sale of its day, which takes the lot that it names: 20 of those at 30; 20 × 35 − 20 × 30 = 100.
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
fn rows_of_other_kinds_are_refused_by_what_is_wrong_with_them() {
    let desk = Desk::with_stocks();
    desk.file(
        "bad.csv",
        "date,action,symbol,quantity,price,amount,fee,lot\n\
         2024-01-02,split,ACME,4,,,,\n\
         2024-01-02,dividend,ACME,1,2,,,\n\
         2024-01-02,dividend,ACME,,,2,1,\n\
         2024-01-02,buy,ACME,1,2,,,x:1\n\
         2024-01-02,sell,ACME,1,2,,,nosuchlot\n",
    );
    let expected = [
        "bad.csv:2 invalid_ratio",
        "bad.csv:3 missing_value",
        "bad.csv:4 unexpected_value",
        "bad.csv:5 unexpected_value",
    ];
    assert_eq!(faults(&desk, &["bad.csv"]), [&expected[..], &["bad.csv:6 unknown_id"]].concat());
}

#[test]
fn of_very_many_bad_rows_the_first_are_told_and_the_others_counted() {
    let desk = Desk::new();
    desk.file("bad.csv", "date,symbol,price\nx,ACME,1\n");
    let rows: Vec<String> = (0..1234).map(|number| format!("x{number},ACME,1\n")).collect();
    desk.file("prices.csv", format!("date,symbol,price\n2024-01-31,ACME,2\n{}", rows.concat()));
    let error = desk.error(3, ["import", "--add-stocks", "prices.csv"]);
    assert_eq!(error["message"], "nothing was imported: 1234 faults in 1235 rows; the first 1000 follow");
    let details = error["details"].as_array().unwrap();
    let lines: Vec<_> = details.iter().map(|detail| detail["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, (3..1003).collect::<Vec<_>>());
    assert_eq!(error["details_omitted"], 234);
    let said = desk.refused(3, ["import", "--add-stocks", "prices.csv"]);
    assert_eq!(said.lines().count(), 1 + 1000 + 1 + 1, "message, rows, their rest and a hint");
    assert_eq!(said.lines().rev().nth(1), Some("  and 234 more"));
    let few = desk.error(3, ["import", "--add-stocks", "bad.csv"]);
    assert!(few.get("details_omitted").is_none());
}

#[test]
fn unknown_portfolios_are_added_where_that_is_asked_for() {
    let desk = Desk::with_stocks();
    let file = desk.file("a.csv", "date,action,symbol,quantity,price,portfolio\n2024-01-02,buy,ACME,1,5,ira\n");
    let error = desk.error(3, ["import", file.to_str().unwrap()]);
    assert!(error.to_string().contains("--add-portfolios"), "{error}");
    let done = desk.json(["import", "--add-portfolios", file.to_str().unwrap()]);
    assert_eq!((&done["imported"], &done["portfolios_added"]), (&1.into(), &1.into()));
    assert_eq!(desk.json(["holdings"])[0]["portfolio"], "ira");
    desk.ok(["undo"]);
    assert_eq!(desk.json(["portfolios"]).as_array().unwrap().len(), 1);
}

#[test]
fn the_currency_of_new_stocks_can_be_told() {
    let desk = Desk::new();
    let file = desk.file("a.csv", "date,action,symbol,quantity,price\n2024-01-02,buy,NEW,1,5\n");
    desk.ok(["import", "--add-stocks", "--currency", "CHF", file.to_str().unwrap()]);
    assert_eq!(desk.json(["stocks"])[0]["currency"], "CHF");
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

#[test]
fn equal_faults_are_told_together() {
    let desk = Desk::with_stocks();
    let rows = "2024-01-02,buy,ACME,4,5,ira\n".repeat(3);
    let file = desk.file("a.csv", format!("date,action,symbol,quantity,price,portfolio\n{rows}"));
    let said = desk.refused(3, ["import", file.to_str().unwrap()]);
    assert!(said.contains("unknown portfolio ira (3 rows, first ") && said.contains("a.csv:2)"), "{said}");
}

#[test]
fn a_stock_is_known_by_its_isin_and_the_currency_that_it_is_traded_in() {
    let desk = Desk::new();
    desk.ok(["add-stock", "AAPL", "Apple", "--isin", "US0378331005"]);
    let header = "date,action,symbol,isin,quantity,price,currency\n";
    let rows = "2024-01-02,buy,APC,US0378331005,1,5,USD\n2024-01-02,buy,APC.DE,US0378331005,2,4,EUR\n";
    let file = desk.file("a.csv", format!("{header}{rows}"));
    let done = desk.json(["import", "--add-stocks", file.to_str().unwrap()]);
    assert_eq!((&done["imported"], &done["stocks_added"]), (&2.into(), &1.into()));
    let held = desk.json(["holdings"]);
    assert_eq!((column(&held, "symbol"), column(&held, "quantity")), (vec!["AAPL", "APC.DE"], vec!["1", "2"]));
    // Another ISIN under a known symbol is another stock.
    let other = desk.file("b.csv", format!("{header}2024-01-03,buy,AAPL,US5949181045,1,5,USD\n"));
    assert_eq!(faults(&desk, &["b.csv"]), ["b.csv:2 isin_mismatch"]);
    assert!(other.exists());
}

#[test]
fn what_follows_from_a_refused_row_does_not_stand_for_it() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["buy", "ACME", "3", "10", "--date", "2024-01-08"]);
    desk.ok(["sell", "ACME", "3", "12", "--date", "2024-02-08"]);
    let header = "date,action,symbol,quantity,price,portfolio,to\n";
    let moved = "2024-03-02,transfer,BOLT,2,,main,ira\n2024-03-03,sell,BOLT,2,13,ira,\n";
    let refused = |rows: &str| {
        desk.file("t.csv", format!("{header}{rows}"));
        faults(&desk, &["t.csv"])
    };
    // Shares that no row brings are missing in the sale, and again where others are moved.
    let unread = format!("2024-01-02,buy,BOLT,abc,10,main,\n2024-02-02,sell,BOLT,5,12,main,\n{moved}");
    assert_eq!(refused(&unread), ["t.csv:2 invalid_number"]);
    let short = format!("2024-01-02,buy,BOLT,10,10,main,\n2024-02-04,sell,BOLT,15,12,main,\n{moved}");
    assert_eq!(refused(&short), ["t.csv:3 insufficient_quantity"]);
    // What is moved alone is at fault with its own row.
    let none = format!("2024-03-04,buy,BOLT,2,10,main,\n{moved}");
    assert_eq!(refused(&none), ["t.csv:3 insufficient_quantity", "t.csv:4 insufficient_quantity"]);
    // A sale that the book has is no longer covered, and a row is bad.
    let late = "2024-01-09,sell,ACME,1,10,main,\n2024-01-10,sell,NOPE,1,10,main,\n";
    assert_eq!(refused(late), ["t.csv:3 unknown_symbol"]);
}

#[test]
fn a_row_that_uncovers_what_the_book_has_is_named() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "5", "--date", "2024-01-02"]);
    desk.ok(["sell", "ACME", "10", "6", "--date", "2024-03-01"]);
    for row in ["2024-02-01,sell,ACME,5,7", "2024-02-01,split,ACME,1:2,"] {
        let rows = format!("2024-01-10,buy,ACME,1,5\n{row}\n2024-02-20,buy,ACME,1,5\n2024-03-02,sell,ACME,1,5\n");
        desk.file("late.csv", format!("date,action,symbol,quantity,price\n{rows}"));
        assert_eq!(faults(&desk, &["late.csv"]), ["late.csv:3 insufficient_quantity"], "{row}");
        let refused = desk.refused(3, ["import", "late.csv"]);
        assert!(refused.contains("  late.csv:3: the sale of 2024-03-01 (id "), "{refused}");
        assert!(refused.contains("would no longer be covered: cannot sell 10 ACME"), "{refused}");
        assert!(refused.contains("hint: void or amend that one first"), "{refused}");
    }
}
