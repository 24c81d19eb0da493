//! What becomes of rows of brokers' files that stand alone, or that no sample has.

use crate::harness::{Desk, pick};

const FIDELITY: &str = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),\
                        Accrued Interest ($),Amount ($),Cash Balance ($),Settlement Date\n";

#[test]
fn tax_withheld_counts_once_whether_it_finds_its_dividend_or_not() {
    let desk = Desk::new();
    let rows = "01/02/2024,YOU BOUGHT ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,10,100,,,,-1000,,\n\
                03/01/2024,DIVIDEND RECEIVED ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,,,,,,20,,\n\
                03/01/2024,FOREIGN TAX PAID ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,,,,,,-3,,\n\
                04/01/2024,FOREIGN TAX PAID ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,,,,,,-1.5,,\n";
    desk.file("history.csv", format!("{FIDELITY}{rows}"));
    let said = desk.json(["import", "--add-stocks", "history.csv"]);
    // Of four rows two are recorded, and two tell of taxes.
    assert_eq!((&said["rows"], &said["imported"]), (&4.into(), &2.into()), "{said}");
    assert_eq!(said["not_recorded"], serde_json::json!({"withholding_tax": 2}), "{said}");
    let told = "history.csv:5: 1 row of tax withheld without a dividend of the same stock and day: not recorded";
    assert!(said["warnings"].to_string().contains(told), "{said}");
}

/// What a file comes to: the format, the number of transactions, what was not recorded, and by symbol the quantity
/// and the cost of what is held.
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
    // Of 100 shares 35 were kept for taxes; those that came cost 65 × 140.35.
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

    // Of a sale of several lots the amount counts; their lines add nothing to it.
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
