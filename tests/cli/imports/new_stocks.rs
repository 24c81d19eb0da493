//! Stocks and portfolios added by an import, and their currency.

use serde_json::json;

use super::{counts, faults, import};
use crate::harness::{Desk, column};

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
fn of_two_listings_in_one_currency_a_row_means_the_one_that_it_names() {
    let desk = Desk::new();
    for symbol in ["APC.DE", "APC.MU"] {
        desk.ok(["add-stock", symbol, "Apple", "--currency", "EUR", "--isin", "US0378331005"]);
    }
    desk.all_ok(&["buy APC.DE 1 5 --date 2024-01-02", "buy APC.MU 2 5 --date 2024-01-02"]);
    let header = "date,action,symbol,isin,quantity,price,currency\n";
    let row = "2024-01-03,buy,APC.MU,US0378331005,4,5,EUR\n2024-01-04,buy,APPL,US0378331005,8,5,EUR\n";
    desk.file("a.csv", format!("{header}{row}"));
    desk.ok(["import", "a.csv"]);
    assert_eq!(column(&desk.json(["holdings"]), "quantity"), ["9", "6"]);
    // What was exported is known again.
    desk.file("all.csv", desk.ok(["export", "csv"]));
    assert_eq!(desk.json(["import", "all.csv"])["recorded"], false);
}

#[test]
fn a_row_whose_symbol_is_one_stock_and_whose_isin_is_another_s_is_no_silent_guess() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "Abc", "--currency", "EUR"]);
    desk.ok(["add-stock", "XYZ", "Xyz", "--currency", "EUR", "--isin", "US0378331005"]);
    desk.all_ok(&["add-stock OLD Old --currency EUR", "edit-stock OLD --symbol NEW --isin US5949181045"]);
    let header = "date,action,symbol,isin,quantity,price,currency\n";
    let rows = "2024-01-03,buy,ABC,US0378331005,4,5,EUR\n2024-01-04,sell,ABC,US0378331005,1,5,EUR\n";
    desk.file("a.csv", format!("{header}{rows}2024-01-03,buy,OLD,US5949181045,1,5,EUR\n"));
    let done = desk.json(["import", "a.csv"]);
    // A former symbol of the stock with the ISIN contradicts nothing.
    assert_eq!(
        done["warnings"],
        json!([
            "ABC has the ISIN US0378331005 in the files, which is that of XYZ: its rows are XYZ's; if they are ABC's, \
             import them after `stockbook edit-stock ABC --isin US0378331005`"
        ])
    );
    assert_eq!(column(&desk.json(["holdings"]), "symbol"), ["NEW", "XYZ"]);
    let said = desk.fed("", ["import", "a.csv"]).exits(0).err();
    assert!(said.contains("note: ABC has the ISIN US0378331005 in the files, which is that of XYZ"), "{said}");
    desk.all_ok(&["undo", "edit-stock ABC --isin US0378331005"]);
    assert_eq!(desk.json(["import", "a.csv"])["warnings"], json!([]));
    assert_eq!(column(&desk.json(["holdings"]), "symbol"), ["ABC", "NEW"]);
}

/// After a reverse split a company may have another ISIN, and after a company has gone another may have its
/// ticker: which of the two it is, the rows do not say.
#[test]
fn two_isins_of_one_symbol_are_said_and_can_be_made_two_stocks() {
    let rows = "date,action,symbol,isin,quantity,price,currency\n\
                2024-01-03,buy,META,US0378331005,4,5,EUR\n2024-01-04,buy,META,US5949181045,1,5,EUR\n\
                2024-01-05,buy,META,,1,5,EUR\n";
    let desk = Desk::new();
    desk.file("a.csv", rows);
    let done = desk.json(["import", "a.csv", "--add-stocks"]);
    assert_eq!(
        done["warnings"],
        json!([
            "META has two ISINs in the files, US0378331005 and US5949181045: all its rows are META's; if US5949181045 is \
             another stock, name it with `--map-symbol US5949181045=SYMBOL`"
        ])
    );
    assert_eq!(column(&desk.json(["holdings"]), "quantity"), ["6"]);
    desk.ok(["undo"]);
    let mapped = desk.json(["import", "a.csv", "--add-stocks", "--map-symbol", "US5949181045=NEW"]);
    assert_eq!(mapped["warnings"], json!([]));
    assert_eq!(column(&desk.json(["holdings"]), "quantity"), ["5", "1"]);
}

#[test]
fn listings_with_one_isin_and_currency_are_exported_and_imported_as_they_are() {
    let desk = Desk::new();
    for (symbol, quantity) in [("APC", "3"), ("APC.L", "5")] {
        desk.ok(["add-stock", symbol, "Apple", "--currency", "EUR", "--isin", "US0378331005"]);
        desk.ok(["buy", symbol, quantity, "5", "--date", "2024-01-02"]);
        desk.ok(["dividend", symbol, "1", "--date", "2024-01-03"]);
    }
    let file = desk.ok(["export", "csv"]);
    let fresh = Desk::new();
    fresh.file("all.csv", &file);
    let done = fresh.json(["import", "all.csv", "--add-stocks"]);
    assert_eq!((&done["imported"], &done["stocks_added"]), (&4.into(), &2.into()));
    let note = done["warnings"][0].as_str().unwrap();
    assert!(note.contains("`--map-symbol APC.L=APC`"), "{note}");
    assert_eq!(fresh.json(["holdings"]), desk.json(["holdings"]));
    assert_eq!(fresh.ok(["export", "csv"]), file);
    let again = fresh.json(["import", "all.csv", "--add-stocks"]);
    assert_eq!((&again["recorded"], &again["warnings"]), (&false.into(), &json!([])));
    // If they are one stock:
    let one = Desk::new();
    one.file("all.csv", &file);
    let done = one.json(["import", "all.csv", "--add-stocks", "--map-symbol", "APC.L=APC"]);
    assert_eq!((&done["stocks_added"], &done["warnings"]), (&1.into(), &json!([])));
}

#[test]
fn a_stock_that_the_book_has_is_recognized_by_its_isin_under_another_symbol_and_that_is_said() {
    let desk = Desk::new();
    desk.ok(["add-stock", "APC", "Apple", "--currency", "EUR", "--isin", "US0378331005"]);
    let header = "date,action,symbol,isin,quantity,price,currency\n";
    desk.file("a.csv", format!("{header}2024-01-03,buy,APC.L,US0378331005,4,5,EUR\n"));
    let done = desk.json(["import", "a.csv", "--add-stocks"]);
    assert_eq!(done["stocks_added"], 0);
    assert_eq!(
        done["warnings"],
        json!([
            "APC.L has the ISIN US0378331005 in the files, which is that of APC: its rows are APC's; if it is another \
             listing, import them after `stockbook add-stock APC.L NAME --currency EUR --isin US0378331005`"
        ])
    );
    desk.ok(["undo"]);
    desk.ok(["add-stock", "APC.L", "NAME", "--currency", "EUR", "--isin", "US0378331005"]);
    assert_eq!(desk.json(["import", "a.csv"])["warnings"], json!([]));
    assert_eq!(column(&desk.json(["holdings"]), "symbol"), ["APC.L"]);
}
