//! Tax that was withheld from a dividend, in a file that was made after the one from which the book has the
//! dividend.

use crate::harness::Desk;

const HEADER: &str = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Accrued \
                      Interest ($),Amount ($),Cash Balance ($),Settlement Date\n";
const PAID: &str = "10/10/2024,DIVIDEND RECEIVED TAIWAN (TSM) (Cash),TSM,TAIWAN,Cash,0.000,,,,,10,--,\n";
const TAX: &str = "10/10/2024,FOREIGN TAX PAID TAIWAN (TSM) (Cash),TSM,TAIWAN,Cash,0.000,,,,,-2.1,--,\n";

fn imported(desk: &Desk, rows: &[&str]) -> (String, String) {
    desk.file("fidelity.csv", [HEADER, &rows.concat()].concat());
    let run = desk.run(["import", "fidelity.csv", "--add-stocks"]).exits(0);
    let dividend = desk.json(["dividends"])[0].clone();
    (run.err(), dividend["withholding"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn tax_of_a_dividend_that_the_book_has_without_it_is_said() {
    let desk = Desk::new();
    assert_eq!(imported(&desk, &[PAID]), (String::new(), "0".to_owned()));
    let id = desk.json(["dividends"])[0]["transaction_id"].as_str().unwrap().to_owned();
    let correction = format!("amend {id} --withholding 2.1");
    let said = format!(
        "warning: 2.1 USD were withheld from the dividend of TSM on 2024-10-10, and 0 in the book, which stays as it \
         is; `stockbook {correction}` corrects it\n"
    );
    for _ in 0..2 {
        assert_eq!(imported(&desk, &[TAX, PAID]), (said.clone(), "0".to_owned()));
    }
    desk.ok(correction.split(' '));
    assert_eq!(imported(&desk, &[TAX, PAID]), (String::new(), "2.1".to_owned()));
    desk.ok(["undo"]);
    desk.ok(["amend", &id, "--withholding", "2.2"]);
    assert_eq!(imported(&desk, &[TAX, PAID]), (String::new(), "2.2".to_owned()));
}

#[test]
fn nothing_is_said_of_tax_that_the_book_has_or_of_a_voided_dividend() {
    let desk = Desk::new();
    assert_eq!(imported(&desk, &[TAX, PAID]), (String::new(), "2.1".to_owned()));
    assert_eq!(imported(&desk, &[PAID]), (String::new(), "2.1".to_owned()));
    assert_eq!(imported(&desk, &[PAID, TAX]), (String::new(), "2.1".to_owned()));

    let desk = Desk::new();
    imported(&desk, &[PAID]);
    let id = desk.json(["dividends"])[0]["transaction_id"].as_str().unwrap().to_owned();
    desk.ok(["void", &id]);
    assert_eq!(imported(&desk, &[TAX, PAID]).0, "");
}
