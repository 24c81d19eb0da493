//! Refused rows and how they are named.

use super::{counts, faults, import};
use crate::harness::{Desk, column};

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
fn equal_faults_are_told_together() {
    let desk = Desk::with_stocks();
    let rows = "2024-01-02,buy,ACME,4,5,ira\n".repeat(3);
    let file = desk.file("a.csv", format!("date,action,symbol,quantity,price,portfolio\n{rows}"));
    let said = desk.refused(3, ["import", file.to_str().unwrap()]);
    assert!(said.contains("unknown portfolio ira (3 rows, first ") && said.contains("a.csv:2)"), "{said}");
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
    // Shares that no row adds are missing in the sale, and again in the transfer of others.
    let unread = format!("2024-01-02,buy,BOLT,abc,10,main,\n2024-02-02,sell,BOLT,5,12,main,\n{moved}");
    assert_eq!(refused(&unread), ["t.csv:2 invalid_number"]);
    let short = format!("2024-01-02,buy,BOLT,10,10,main,\n2024-02-04,sell,BOLT,15,12,main,\n{moved}");
    assert_eq!(refused(&short), ["t.csv:3 insufficient_quantity"]);
    // A transfer alone is faulty by its own row.
    let none = format!("2024-03-04,buy,BOLT,2,10,main,\n{moved}");
    assert_eq!(refused(&none), ["t.csv:3 insufficient_quantity", "t.csv:4 insufficient_quantity"]);
    // A sale in the book is no longer covered, and a row is faulty.
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
