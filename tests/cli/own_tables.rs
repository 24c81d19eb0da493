//! StockBook's own tables, as spreadsheets and people write them.

use serde_json::Value;

use crate::harness::Desk;

fn recorded(text: &str, options: &[&str]) -> Vec<Value> {
    let desk = Desk::new();
    desk.file("in.csv", text);
    desk.ok([&["import", "--add-stocks", "in.csv"], options].concat());
    desk.run(["check"]).exits(0);
    let rows = desk.json(["transactions"]);
    rows.as_array().unwrap().clone()
}

fn refused(text: &str) -> Value {
    let desk = Desk::new();
    desk.file("in.csv", text);
    let before = desk.everything();
    let error = desk.error(3, ["import", "--add-stocks", "in.csv"]);
    assert_eq!(desk.everything(), before, "{text}");
    error["details"][0].clone()
}

/// Quantity, price and fee of each trade.
fn numbers(text: &str) -> Vec<String> {
    let shown = |row: &Value, member| row[member].as_str().unwrap().to_owned();
    recorded(text, &[])
        .iter()
        .map(|row| ["quantity", "price", "fee"].map(|member| shown(row, member)).join(" "))
        .collect()
}

const HEADER: &str = "date,action,symbol,quantity,price,fee\n";

#[test]
fn one_unambiguous_number_decides_how_all_are_read() {
    let thousands = "date\taction\tsymbol\tquantity\tprice\n\
                     2024-01-05\tbuy\tACME\t1,000\t$1,180.50\n2024-01-06\tbuy\tACME\t1,234.50\t$1,181\n";
    assert_eq!(numbers(thousands), ["1000 1180.5 0", "1234.5 1181 0"]);
    let decimals =
        format!("{HEADER}2024-01-05,buy,ACME,\"1.000\",\"12,25\",\"1,5\"\n2024-01-06,buy,ACME,2,\"1,125\",\n");
    assert_eq!(numbers(&decimals), ["1000 12.25 1.5", "2 1.125 0"]);
    let grouped = format!("{HEADER}2024-01-05,buy,ACME,1 000,12.25,(1.50)\n2024-01-06,buy,ACME,1'000,12.25,+1.50\n");
    assert_eq!(numbers(&grouped), ["1000 12.25 1.5"; 2]);
}

#[test]
fn an_ambiguous_number_is_refused_with_both_readings() {
    for header in [HEADER.to_owned(), HEADER.replace("fee", "isin")] {
        let text = format!("{header}2024-01-05,buy,ACME,\"2,375\",\"81,250\",\n");
        let fault = refused(&text);
        assert_eq!(fault["code"], "ambiguous_number", "{fault}");
        let message = "`2,375` could be 2375 or 2.375, and nothing in the file says which";
        assert_eq!(fault["message"], message, "{header}");
        let [point, comma] = [".", ","].map(|mark| recorded(&text, &["--decimal", mark])[0]["quantity"].clone());
        assert_eq!((point, comma), ("2375".into(), "2.375".into()));
    }
    // A point precedes decimals, as in StockBook's output.
    let points = HEADER.replace("fee", "isin") + "2024-01-05,buy,ACME,2.375,81.250,\n";
    assert_eq!(recorded(&points, &[])[0]["quantity"], "2.375");
}

#[test]
fn a_time_may_stand_behind_a_date_of_the_user_s_form() {
    let text = "Date;Action;Symbol;Quantity;Price\n09-08-2022 12:22:24;Buy;ACME;640.0;31.255\n\
                10-08-2022;Buy;ACME;1;31\n11-08-2022 1:05 PM;Buy;ACME;1;31\n";
    let rows = recorded(text, &["--date-format", "DD-MM-YYYY"]);
    let times: Vec<_> = rows.iter().map(|row| [&row["trade_date"], &row["trade_time"]]).collect();
    assert_eq!(times[0], ["2022-08-09", "12:22:24"]);
    assert_eq!(times[1], [&Value::from("2022-08-10"), &Value::Null]);
    assert_eq!(times[2], ["2022-08-11", "13:05:00"]);
}

#[test]
fn line_breaks_in_a_note_become_blanks() {
    let text = "date,action,symbol,quantity,price,note,portfolio\n\
                2024-01-05,buy,ACME,1,10,\"bought\r\nwith the\n\n bonus\",\"my\nown\"\n";
    let desk = Desk::new();
    desk.file("in.csv", text);
    desk.ok(["import", "--add-stocks", "--add-portfolios", "in.csv"]);
    let row = desk.json(["transactions"])[0].clone();
    assert_eq!((&row["note"], &row["portfolio"]), (&"bought with the bonus".into(), &"my own".into()));
}

#[test]
fn text_below_a_table_is_not_a_row() {
    let text = format!("{HEADER}2024-01-05,buy,ACME,1,10,\n,,,,,\nTotal,,,1,,\n");
    assert_eq!(recorded(&text, &[]).len(), 1);
}

#[test]
fn a_value_without_meaning_for_its_row_is_refused() {
    for header in [
        "date,action,symbol,quantity,price,amount,fee,lot,as_of\n",
        "date,action,symbol,quantity,price,amount,fee,lot,as_of,isin\n",
    ] {
        for (row, code) in [
            // 1,234.50 without quotes would be one share at 234.50.
            ("2024-01-05,buy,ACME,1,234.50,,,,,,10\n", "ragged_row"),
            ("2024-01-05,split,ACME,4,,,,,\n", "invalid_ratio"),
            ("2024-01-05,buy,ACME,5,10,60,,,\n", "amount_mismatch"),
            ("2024-01-05,buy,ACME,5,-10,,,,\n", "invalid_price"),
            ("2024-01-05,buy,ACME,-5,10,,,,\n", "invalid_quantity"),
            ("2024-01-05,opening,ACME,-5,10,,,,\n", "invalid_quantity"),
            ("2024-01-05,dividend,ACME,,,2,1,,\n", "unexpected_value"),
            ("2024-01-05,buy,ACME,1,2,,,x:1,\n", "unexpected_value"),
            ("2024-01-05,buy,ACME,1,2,,,,2024-01-04\n", "invalid_as_of"),
            ("2024-01-05,opening,ACME,1,2,,,,2999-01-04\n", "invalid_date"),
            ("2024-01-05,sell,ACME,1,2,,,,2024-01-06\n", "unexpected_value"),
            ("2024-01-05,dividend,ACME,,,2,,,2024-01-05\n", "unexpected_value"),
            ("2024-01-05,split,ACME,4:1,,,,,2024-01-05\n", "unexpected_value"),
        ] {
            let fault = refused(&format!("{header}{row}"));
            assert_eq!(fault["code"], code, "{header}{row}{fault}");
        }
    }
}

#[test]
fn what_stands_far_below_in_a_file_is_understood_as_in_a_short_one() {
    let header = "date,action,symbol,quantity,price,fee,note\n";
    let row = "2024-01-02,buy,ACME,10,150.25,1,";
    let last = "2024-01-03,sell,ACME,10,\"1,150.25\",(1.00),\n2024-01-03,buy,ACME,10,150.25,-,\nTotal,,,,,-1.00,\n";
    for rows in [3, 3_000] {
        let desk = Desk::with_stocks();
        let note = "x".repeat(100);
        let rows: Vec<String> = (0..rows).map(|at| format!("{row}{note}{at}\n")).collect();
        let rows = rows.concat();
        let file = format!("{header}{rows}{last}");
        desk.file("trades.csv", &file);
        let imported = desk.json(["import", "trades.csv"]);
        assert_eq!(imported["imported"], rows.lines().count() + 2);
        let sold = &desk.json(["transactions", "--type", "sell"])[0];
        assert_eq!((&sold["price"], &sold["fee"]), (&"1150.25".into(), &"1".into()));
        // What no reader understands is still refused by its row.
        desk.file("wrong.csv", format!("{file}{row}\n2024-01-05,gift,ACME,1,1,1,\n"));
        let line = rows.lines().count() + 6;
        let refused = desk.error(3, ["import", "wrong.csv"]);
        let lines = refused["details"].as_array().unwrap().iter().map(|fault| &fault["line"]);
        assert!(lines.clone().any(|fault| *fault == line), "{refused}");
    }
}
