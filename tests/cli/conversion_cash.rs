//! Cash in spin-offs and exchanges, and conversions of which no shares are held.

use crate::harness::{Desk, pick};

/// A hundred shares at 100 each, and forty at 120 in another portfolio.
fn desk() -> Desk {
    let desk = Desk::new();
    for symbol in ["OLD", "NEW", "NEXT"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["add-portfolio", "empty"]);
    desk.ok(["buy", "OLD", "100", "100", "--date", "2015-03-02"]);
    desk.ok(["buy", "OLD", "40", "120", "--date", "2015-03-02", "-p", "ira"]);
    desk
}

fn ok(desk: &Desk, command: &str) {
    desk.ok(command.split(' '));
}

fn moved(desk: &Desk, options: &[&str]) -> Vec<String> {
    let rows = desk.json([&["transactions", "--from", "2020-01-01"], options].concat());
    rows.as_array().unwrap().iter().map(|row| pick(row, &["type", "portfolio", "symbol", "total_amount"])).collect()
}

#[test]
fn what_is_listed_of_a_conversion_is_the_cash_that_moved_in_its_portfolio() {
    let desk = desk();
    ok(&desk, "exchange OLD NEW 1:2 --date 2020-06-01 --cash 25 --value 250 --rule boot --id merger");
    // 25 × 40 and 25 × 100.
    let merger = ["EXCHANGE ira OLD 1000", "EXCHANGE main OLD 2500"];
    assert_eq!(moved(&desk, &[]), merger);
    assert!(desk.ok(["transactions"]).contains(" 2,500.00 "));
    let csv = desk.ok(["transactions", "--type", "exchange", "-O", "csv"]);
    assert!(csv.lines().nth(1).unwrap().contains(",ira,OLD,EXCHANGE,2020-06-01,,,0,1000,USD,"), "{csv}");
    assert_eq!(moved(&desk, &["-p", "ira", "--tail", "1"]), ["EXCHANGE ira OLD 1000"]);
    // Rights that are exercised are paid for: 20 × 3 ÷ 2 × 60. A fraction is paid out: 50 × 3 ÷ 7 leaves 3/7.
    ok(&desk, "exchange NEW NEXT 3:2 --pay 60 --date 2021-01-04 -p ira");
    ok(&desk, "exchange NEW NEXT 3:7 --date 2021-01-05 -p main --round down --cash-in-lieu 5");
    assert_eq!(moved(&desk, &["--symbol", "NEXT"]), ["EXCHANGE ira NEW -1800", "EXCHANGE main NEW 5"]);
    // A late one has its cash too, and a voided one is listed as it was.
    ok(&desk, "buy OLD 2 100 --date 2019-01-02 -p ira --id late");
    assert_eq!(moved(&desk, &["--symbol", "OLD"]), ["EXCHANGE ira OLD 1050", "EXCHANGE main OLD 2500"]);
    ok(&desk, "void late");
    ok(&desk, "undo");
    ok(&desk, "undo");
    ok(&desk, "void merger");
    assert!(moved(&desk, &[]).iter().all(|row| !row.contains("OLD")));
    assert_eq!(moved(&desk, &["--all", "--symbol", "OLD", "--type", "exchange"]), merger);
    desk.run(["check"]).exits(0);
}

#[test]
fn the_receipt_tells_the_cash_of_all_portfolios() {
    let desk = desk();
    let command = "exchange OLD NEW 1:2 --date 2020-06-01 --cash 25 --value 250 --rule boot";
    assert!(desk.ok(command.split(' ')).contains("\ncash +3,500.00 USD\n"));
    assert_eq!(desk.json(command.split(' '))["total_amount"], "3500");
    let paid = desk.json("exchange NEW NEXT 1:1 --pay 2 --date 2020-06-02".split(' '));
    // Seventy new shares.
    assert_eq!(paid["total_amount"], "-140");
}

#[test]
fn what_lists_them_is_imported_again_as_it_was() {
    let desk = desk();
    ok(&desk, "exchange OLD NEW 1:2 --date 2020-06-01 --cash 25 --value 250 --rule boot -p ira");
    ok(&desk, "return-capital OLD 30 --date 2020-07-01");
    let other = Desk::new();
    other.file("book.csv", desk.ok(["transactions", "-O", "csv"]));
    other.ok(["import", "book.csv", "--add-stocks", "--add-portfolios"]);
    assert_eq!(moved(&other, &[]), ["EXCHANGE ira OLD 1000", "RETURN_CAPITAL main OLD 30"]);
}

#[test]
fn one_that_finds_nothing_is_recorded_and_says_so() {
    let desk = desk();
    let says = |command: &str| desk.run(command.split(' ')).exits(0).err();
    let nothing =
        |there: &str| format!("note: no OLD is held{there} before the trades of 2014-06-02, so nothing is converted\n");
    let dates = " --date 2014-06-02";
    assert_eq!(says(&format!("exchange OLD NEW 1:1{dates} -n")), nothing(""));
    assert_eq!(says(&format!("exchange OLD NEW 1:1{dates}")), nothing(""));
    assert_eq!(
        says(&format!("spin-off OLD NEXT 1:1 --cost-share 5{dates} -p ira -O json")),
        nothing(" in portfolio ira")
    );
    // An earlier purchase recorded later is converted.
    ok(&desk, "buy OLD 1 10 --date 2014-01-02 -p ira");
    let held = desk.json(["holdings", "-p", "ira"]);
    let held: Vec<_> = held.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity"])).collect();
    assert_eq!(held, ["NEW 1", "OLD 40"]);
    // If another portfolio holds some, it is named.
    let elsewhere = says("exchange OLD NEW 1:1 --date 2020-06-01 -p empty -n");
    assert!(elsewhere.ends_with("nothing is converted; the portfolios ira, main hold some\n"), "{elsewhere}");
    let unknown = desk.error(3, "exchange OLD NEW 1:1 --date 2020-06-01 -p nope".split(' '));
    assert_eq!(unknown["hint"], "the portfolios ira, main hold some: choose one with --portfolio");
    // If shares are held, there is no warning.
    assert_eq!(says("exchange OLD NEW 1:1 --date 2020-06-01"), "");
}

#[test]
fn rows_of_a_file_that_find_nothing_say_so_once_all_are_read() {
    let desk = desk();
    let header = "date,action,symbol,new_symbol,ratio,quantity,price,portfolio\n";
    let merger = "2019-06-03,exchange,OLD,NEW,1:2,,,empty\n";
    let file = desk.file("alone.csv", format!("{header}{merger}"));
    let said = desk.run(["import", file.to_str().unwrap()]).exits(0).err();
    let note =
        "alone.csv:2: no OLD is held in portfolio empty before the trades of 2019-06-03, so nothing is converted";
    assert!(said.contains(note), "{said}");
    ok(&desk, "undo");
    // The purchase comes after it.
    let bought = "2019-06-01,buy,OLD,,,4,10,empty\n";
    let file = desk.file("both.csv", format!("{header}{merger}{bought}"));
    let said = desk.run(["import", file.to_str().unwrap()]).exits(0).err();
    assert!(!said.contains("nothing is converted"), "{said}");
}

#[test]
fn a_split_of_the_same_day_comes_first_and_a_note_says_so() {
    let desk = desk();
    let note = |ratio: &str| {
        format!(
            "note: OLD is split 1:4 on 2019-06-03, too, before the spin-off: its ratio {ratio} is one for shares after the \
             split; if it is for those before, void it and enter it with the day before as its date\n"
        )
    };
    let says = |command: &str| desk.run(command.split(' ')).exits(0).err();
    assert_eq!(says("spin-off OLD NEW 1:2 --cost-share 20 --date 2019-06-03"), "");
    assert_eq!(says("split OLD 1:4 --date 2019-06-03"), note("1:2"));
    // 100 ÷ 4 ÷ 2, and 100 ÷ 4 × 2.
    let held = |symbol: &str| pick(&desk.json(["holdings", symbol, "-p", "main"])[0], &["quantity", "cost_basis"]);
    assert_eq!(held("NEW"), "12.5 2000");
    ok(&desk, "undo");
    ok(&desk, "undo");
    assert_eq!(says("split OLD 1:4 --date 2019-06-03"), "");
    assert_eq!(says("spin-off OLD NEW 2:1 --cost-share 20 --date 2019-06-03"), note("2:1"));
    assert_eq!(held("NEW"), "50 2000");
    ok(&desk, "undo");
    assert_eq!(says("spin-off OLD NEW 1:2 --cost-share 20 --date 2019-06-02"), "");
    assert_eq!(held("NEW"), "50 2000");
}
