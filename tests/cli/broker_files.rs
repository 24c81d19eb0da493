//! Rows of brokers' files that need no context, or that occur in no sample.

mod dividends;
mod recognition;

use crate::harness::{Desk, pick};

const FIDELITY: &str = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),\
                        Accrued Interest ($),Amount ($),Cash Balance ($),Settlement Date\n";

#[test]
fn trades_under_other_columns_further_down_are_refused_or_left_out() {
    let desk = Desk::new();
    let first = "Symbol,TradeDate,Quantity,TradePrice,Buy/Sell,CurrencyPrimary\nACM,20240301,10,100,BUY,USD\n";
    let second = "Symbol,TradeDay,Quantity,TradePrice,Side,CurrencyPrimary\nACM,20240305,-10,110,SELL,USD\n";
    desk.file("trades.csv", format!("{first}{second}"));
    let refused = desk.refused(3, ["import", "--add-stocks", "trades.csv"]);
    assert!(refused.contains("trades.csv:4: it is a row of a table that is not read"), "{refused}");
    let said = desk.json(["import", "--add-stocks", "--skip-unknown", "trades.csv"]);
    assert_eq!((&said["rows"], &said["imported"]), (&2.into(), &1.into()), "{said}");
    assert_eq!(said["not_recorded"], serde_json::json!({"unknown": 1}), "{said}");
}

#[test]
fn a_sale_may_cost_more_than_it_brings() {
    let rows = "\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\",\"Fees & Comm\",\"Amount\"\n\
                \"12/30/2023\",\"Sell\",\"GONE\",\"GONE CORP\",\"1\",\"$0.0001\",\"$0.03\",\"-$0.03\"\n\
                \"01/02/2023\",\"Buy\",\"GONE\",\"GONE CORP\",\"1\",\"$5.00\",\"\",\"-$5.00\"\n";
    let desk = Desk::new();
    desk.file("schwab.csv", rows);
    desk.ok(["import", "--add-stocks", "schwab.csv"]);
    let sold = &desk.json(["transactions", "--type", "sell"])[0];
    assert_eq!(pick(sold, &["quantity", "fee", "total_amount"]), "1 0.03 -0.03");
    assert_eq!(pick(&desk.json(["gains"])[0], &["proceeds", "gain"]), "-0.03 -5.03");
    assert_eq!(desk.json(["import", "schwab.csv"])["recorded"], false);
    desk.ok(["check"]);
}

/// The result of a file: its format, the number of transactions, the rows not recorded, and the quantity and
/// cost held of each symbol.
fn imported(name: &str, content: &str, options: &[&str]) -> (String, u64, String, String) {
    let desk = Desk::new();
    desk.file(name, content);
    let import = ["import", "--add-stocks", "--add-portfolios", name].into_iter().chain(options.iter().copied());
    let import: Vec<&str> = import.collect();
    let said = desk.json(&import);
    let held = if desk.book().exists() { desk.json(["holdings"]) } else { serde_json::json!([]) };
    let held = held.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity", "cost_basis"]));
    let held = held.collect::<Vec<_>>().join("; ");
    // Nothing is recorded twice.
    let again = desk.json(&import);
    assert_eq!(again["recorded"], false, "{again}");
    let format = said["format"].as_str().unwrap().to_owned();
    (format, said["imported"].as_u64().unwrap(), said["not_recorded"].to_string(), held)
}

#[test]
fn awards_stand_in_two_lines_and_cost_what_they_were_worth() {
    const HEADER: &str = "\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"FeesAndCommissions\",\
                          \"DisbursementElection\",\"Amount\",";
    // 35 of 100 shares were withheld for taxes; the others cost 65 × 140.35.
    let lapses = format!(
        "{HEADER}\"AwardDate\",\"AwardId\",\"FairMarketValuePrice\",\"SalePrice\",\"SharesSoldWithheldForTaxes\",\
         \"NetSharesDeposited\",\"Taxes\"\n\
         \"08/15/2023\",\"Lapse\",\"ACME\",\"Restricted Stock Lapse\",\"100\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"03/21/2022\",\"C1\",\"$140.35\",\"\",\"35\",\"65\",\"$4,912.25\"\n\
         \"05/15/2023\",\"Lapse\",\"ACME\",\"Restricted Stock Lapse\",\"10\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"03/21/2022\",\"C1\",\"$100.00\",\"\",\"10\",\"0\",\"$1,000.00\"\n"
    );
    let told = imported("lapses.csv", &lapses, &[]);
    let not_recorded = "{\"award_notice\":1}".to_owned();
    assert_eq!(told, ("schwab-lapses".to_owned(), 1, not_recorded, "ACME 65 9122.75".to_owned()));

    // For a sale of several lots, the amount counts; the lines of the lots add nothing to it.
    let all = format!(
        "{HEADER}\"Type\",\"Shares\",\"SalePrice\",\"PurchaseDate\",\"PurchasePrice\",\"VestDate\",\"VestFairMarketValue\",\
         \"FairMarketValuePrice\",\"NetSharesDeposited\"\n\
         \"04/20/2024\",\"Sale\",\"ACME\",\"Share Sale\",\"30\",\"$4.48\",\"\",\"$5,995.52\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"RS\",\"20\",\"$200.00\",\"\",\"\",\"12/10/2023\",\"$48.38\",\"\",\"\"\n\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"ESPP\",\"10\",\"$200.00\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"03/01/2024\",\"Tax Withholding\",\"ACME\",\"Debit\",\"\",\"\",\"\",\"-$1.50\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"03/01/2024\",\"Dividend\",\"ACME\",\"Credit\",\"\",\"\",\"\",\"$10.00\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"01/05/2024\",\"Deposit\",\"ACME\",\"ESPP\",\"15\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"12/29/2023\",\"$40.00\",\"\",\"\",\"\",\"\"\n\
         \"12/13/2023\",\"Deposit\",\"ACME\",\"RS\",\"20\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"12/10/2023\",\"$48.38\",\"\",\"\"\n\
         \"12/10/2023\",\"Lapse\",\"ACME\",\"Restricted Stock Lapse\",\"30\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"$48.38\",\"20\"\n"
    );
    let told = imported("awards.csv", &all, &[]);
    let not_recorded = "{\"award_notice\":1,\"withholding_tax\":1}".to_owned();
    // 20 of 48.38 and 10 of 40 were sold: 5 × 40.
    assert_eq!(told, ("schwab-awards".to_owned(), 4, not_recorded, "ACME 5 200".to_owned()));

    let json = r#"{"FromDate": "01/01/2023", "ToDate": "12/31/2023", "Transactions": [
        {"Date": "12/13/2023", "Action": "Deposit", "Symbol": "ACME", "Quantity": "20", "Description": "RS",
         "FeesAndCommissions": null, "DisbursementElection": null, "Amount": null, "TransactionDetails": [{"Details":
         {"AwardDate": "06/09/2022", "AwardId": "1", "VestDate": "12/10/2023", "VestFairMarketValue": "$48.38"}}]},
        {"Date": "10/25/2023", "Action": "Dividend", "Symbol": "ACME", "Quantity": null, "Description": "Credit",
         "FeesAndCommissions": null, "DisbursementElection": null, "Amount": "$135.40", "TransactionDetails": []}]}"#;
    let told = imported("awards.json", json, &[]);
    // 20 × 48.38
    assert_eq!(told, ("schwab-awards-json".to_owned(), 2, "{}".to_owned(), "ACME 20 967.6".to_owned()));
}

const DEGIRO: &str = "Fecha,Hora,Producto,ISIN,Bolsa de referencia,Centro de ejecución,Número,Precio,,Valor local,,\
                      Valor EUR,Tipo de cambio,Comisión AutoFX,Costes de transacción y/o externos EUR,Total EUR,ID Orden\n";

const BOUGHT: &str = "15-02-2023,10:35,ACME PLC,XX0000000002,LSE,AIMX,200,\"0,9500\",GBP,\"-190,00\",GBP,\"-200,00\",\
                      \"0,9500\",\"0,00\",,\"-200,00\",00000000-0000-4000-8000-000000000241\n";

const RENAMED: &str = "29-12-2023,14:34,ACME NEW PLC,XX0000000028,LSE,,200,\"0,9000\",GBP,\"-180,00\",GBP,\"-225,00\",\
                       \"0,8000\",\"0,00\",,\"-225,00\",\n\
                       29-12-2023,14:34,ACME PLC,XX0000000002,LSE,,-200,\"0,9000\",GBP,\"180,00\",GBP,\"225,00\",\
                       \"0,8000\",\"0,00\",,\"225,00\",\n";

const SOLD: &str = "10-06-2024,09:12,ACME NEW PLC,XX0000000028,LSE,AIMX,-50,\"1,1000\",GBP,\"55,00\",GBP,\"68,75\",\
                    \"0,8000\",\"0,00\",,\"68,75\",00000000-0000-4000-8000-000000000242\n";

#[test]
fn a_stock_that_becomes_another_is_renamed_in_the_book_too() {
    let desk = Desk::new();
    desk.file("2023.csv", format!("{DEGIRO}{BOUGHT}"));
    desk.file("2024.csv", format!("{DEGIRO}{SOLD}{RENAMED}"));
    desk.ok(["import", "--add-stocks", "2023.csv"]);
    let held = || {
        let rows = desk.json(["holdings"]);
        rows.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity", "cost_basis"])).collect::<Vec<_>>()
    };
    assert_eq!(held(), ["XX0000000002 200 190"]);
    let said = desk.run(["import", "2024.csv"]).exits(0);
    assert!(
        said.err().contains("XX0000000002 has become XX0000000028: so has the stock of the book"),
        "{}",
        said.err()
    );
    // A quarter of the lot of 190 was sold.
    assert_eq!(held(), ["XX0000000028 150 142.5"]);
    assert_eq!(desk.json(["stocks"]).as_array().unwrap().len(), 1);
    // Both files again: everything is known, under either name.
    for file in ["2023.csv", "2024.csv"] {
        let again = desk.json(["import", file]);
        assert_eq!((&again["recorded"], &again["imported"]), (&false.into(), &0.into()), "{file}: {again}");
    }
    desk.run(["check"]).exits(0);
    desk.ok(["undo"]);
    assert_eq!(held(), ["XX0000000002 200 190"]);
    // With nothing but the change of name, it still counts as an import.
    desk.file("renamed.csv", format!("{DEGIRO}{RENAMED}"));
    assert_eq!(desk.json(["import", "renamed.csv"])["recorded"], true);
    assert_eq!(held(), ["XX0000000028 200 190"]);
    desk.ok(["undo"]);
    assert_eq!(held(), ["XX0000000002 200 190"]);
    desk.run(["check"]).exits(0);

    // If both are in the book, they remain two stocks, and a warning says so.
    desk.ok(["add-stock", "XX0000000028", "Other", "--currency", "GBP"]);
    let said = desk.run(["import", "renamed.csv"]).exits(0).err();
    assert!(said.contains("and the book has both: XX0000000002 and XX0000000028 stay two stocks"), "{said}");
}

#[test]
fn the_content_of_a_file_is_reported_again() {
    let desk = Desk::new();
    let rows = "01/02/2024,YOU BOUGHT ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,10,100,,,,-1000,,\n\
                01/03/2024,YOU BOUGHT BOLT CORP (BOLT) (Cash),BOLT,BOLT CORP,Cash,5,10,,,,-50,,\n\
                02/01/2024,STOCK SPLIT ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,30,,,,,,,\n\
                03/01/2024,DIVIDEND RECEIVED ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,,,,,,20,,\n";
    desk.file("history.csv", format!("{FIDELITY}{rows}"));
    let import = ["import", "--add-stocks", "history.csv"];
    let said = desk.ok(import.iter().chain(&["-n"]));
    for told in ["rows: 2 buy, 1 dividend, 1 split\n", "splits: ACME 4:1 on 2024-02-01\n", "stocks: ACME, BOLT\n"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let said = desk.json(import);
    assert_eq!(said["kinds"], serde_json::json!({"buy": 2, "dividend": 1, "split": 1}));
    assert_eq!(said["splits"], serde_json::json!(["ACME 4:1 on 2024-02-01"]));
    // They are reported even if they are known already.
    assert_eq!(desk.json(import)["kinds"], serde_json::json!({"buy": 2, "dividend": 1, "split": 1}));
}

#[test]
fn our_own_tables_may_have_decimal_commas_where_these_do_not_part_the_fields() {
    let rows = "date;action;symbol;quantity;price;currency\n\
                2024-01-02;buy;ACME;1.000;10,25;EUR\n2024-01-03;buy;BOLT;5;1.250,5;USD\n";
    let told = imported("trades.csv", rows, &[]);
    let held = "ACME 1000 10250; BOLT 5 6252.5".to_owned();
    assert_eq!(told, ("stockbook".to_owned(), 2, "{}".to_owned(), held));
    // The user is asked about what can be read in two ways.
    let desk = Desk::with_stocks();
    desk.file("open.csv", "date;action;symbol;quantity;price\n2024-01-02;buy;ACME;1;1,250\n");
    let refused = desk.refused(3, ["import", "open.csv"]);
    assert!(refused.contains("`1,250`"), "{refused}");
}

#[test]
fn a_stock_that_has_a_name_alone_is_named_by_the_user() {
    let desk = Desk::new();
    desk.file(
        "cash.csv",
        "Date,Details,Amount,Balance\n02/10/2022,Bought 9.5 Acme's Index Fund - Accumulation,-400,23.59\n",
    );
    let refused = desk.refused(3, ["import", "--add-stocks", "cash.csv"]);
    assert!(
        refused.contains("the row has the name `Acme's Index Fund - Accumulation` alone, and no symbol"),
        "{refused}"
    );
    let option = "--map-symbol 'Acme'\\''s Index Fund - Accumulation=SYMBOL'";
    assert!(refused.contains(option), "{refused}");
    let map = "Acme's Index Fund - Accumulation=ACME";
    let said = desk.json(["import", "--add-stocks", "--map-symbol", map, "cash.csv"]);
    assert_eq!(said["imported"], 1, "{said}");
}

#[test]
fn shares_from_another_account_are_told_by_their_value() {
    let desk = Desk::new();
    let came = "07/21/2024,TRANSFER OF ASSETS ACAT RECEIVE (Cash),VOO,VANGUARD S&P 500,Cash,3,687.87,,,,2063.61,,\n";
    desk.file("history.csv", format!("{FIDELITY}{came}"));
    let said = desk.json(["import", "--add-stocks", "history.csv"]);
    let told = "history.csv:2: 1 row of shares from another account: taken as bought on that day at the value in the \
                file, which may not be what they cost; `stockbook amend` puts them right";
    assert!(said["warnings"].to_string().contains(told), "{said}");
    assert_eq!(pick(&desk.json(["holdings"])[0], &["symbol", "quantity", "cost_basis"]), "VOO 3 2063.61");
}
