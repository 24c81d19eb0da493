//! What becomes of rows of brokers' files that stand alone, or that no sample has.

use crate::harness::Desk;

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
