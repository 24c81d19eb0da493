//! Exchange rates: recording, listing, importing and undoing.

use serde_json::Value;

use crate::harness::{Desk, pick, repository};

fn rates(desk: &Desk, pair: &str) -> Vec<String> {
    let rows = desk.json(["rates"].into_iter().chain(pair.split_whitespace()));
    let told = |row: &Value| pick(row, &["base_currency", "quote_currency", "date", "rate"]);
    rows.as_array().unwrap().iter().map(told).collect()
}

#[test]
fn a_rate_is_recorded_replaced_listed_and_taken_back() {
    let desk = Desk::new();
    let update = |rate| ["update-rate", "eur", "USD", rate, "--date", "2024-01-02"];
    assert_eq!(desk.json(update("1.0956"))["recorded"], true);
    // Repeating it records nothing.
    assert_eq!(desk.json(update("1.09560"))["recorded"], false);
    let replaced = desk.json(update("1.1"));
    assert_eq!(pick(&replaced, &["old_rate", "rate"]), "1.0956 1.1");
    let data = &replaced["events"][0]["data"];
    assert_eq!(
        serde_json::to_string(data).unwrap(),
        r#"{"base_currency":"EUR","quote_currency":"USD","rate_date":"2024-01-02","old_rate":"1.0956","new_rate":"1.1"}"#
    );
    desk.ok(["update-rate", "EUR", "USD", "1.045", "--date", "2024-01-03"]);
    assert_eq!(rates(&desk, "EUR USD"), ["EUR USD 2024-01-02 1.1", "EUR USD 2024-01-03 1.045"]);
    // 1.045 ÷ 1.1 − 1 = −5 %
    assert_eq!(desk.json(["rates", "EUR", "USD", "--from", "2024-01-03"])[0]["change_percentage"], "-5");
    assert_eq!(rates(&desk, ""), ["EUR USD 2024-01-03 1.045"]);
    assert_eq!(rates(&desk, "USD EUR"), [""; 0]);
    let other = desk.run(["rates", "USD", "EUR"]).exits(0).err();
    assert_eq!(other, "note: none; but `stockbook rates EUR USD` lists some\n");
    desk.ok(["remove-rate", "EUR", "USD", "2024-01-02", "--to", "2024-01-03"]);
    assert_eq!(rates(&desk, "EUR USD"), [""; 0]);
    desk.run(["check"]).exits(0);
}

#[test]
fn undo_brings_back_what_a_rate_was_unless_it_was_changed_since() {
    let desk = Desk::new();
    for rate in ["1.1", "1.2"] {
        desk.ok(["update-rate", "EUR", "USD", rate, "--date", "2024-01-02"]);
    }
    desk.ok(["remove-rate", "EUR", "USD", "2024-01-02"]);
    assert_eq!(desk.json(["undo"])["rates"], 1);
    assert_eq!(rates(&desk, ""), ["EUR USD 2024-01-02 1.2"]);
    desk.ok(["undo"]);
    assert_eq!(rates(&desk, ""), ["EUR USD 2024-01-02 1.1"]);
    desk.file("rates.csv", "date,base,quote,rate\n2024-01-02,EUR,USD,1.3\n2024-01-03,EUR,USD,1.4\n");
    let batch = desk.json(["import", "rates.csv"])["batch_id"].as_str().unwrap().to_owned();
    assert_eq!(pick(&desk.json(["imports"])[0], &["rows", "imported", "prices", "rates"]), "2 0 0 2");
    desk.ok(["update-rate", "EUR", "USD", "1.5", "--date", "2024-01-02"]);
    let undone = desk.json(["undo", &batch]);
    assert_eq!(
        (&undone["rates"], &undone["kept"][0]),
        (&1.into(), &"rates of EUR/USD that were changed later: 1".into())
    );
    assert_eq!(rates(&desk, "EUR USD"), ["EUR USD 2024-01-02 1.5"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn a_file_of_the_european_central_bank_is_read_as_it_is() {
    let desk = Desk::new();
    // The Cyprus pound no longer exists, and there are no rates for 2024-01-01.
    let header = "Date,USD,JPY,BGN,CYP,GBP,CHF,\n";
    let rows = "2024-01-03,1.0919,155.72,1.9558,N/A,0.86175,0.9311,\n2024-01-01,N/A,N/A,N/A,N/A,N/A,N/A,\n\
                2007-12-31,1.4721,164.93,1.9558,0.585274,0.73335,1.6547,\n";
    desk.file("eurofxref-hist.csv", format!("{header}{rows}"));
    let said = desk.json(["import", "eurofxref-hist.csv"]);
    assert_eq!(pick(&said, &["format", "rates", "skipped_duplicates"]), "prices-ecb 10 0");
    assert_eq!(said["not_recorded"]["unknown_currency"], 1);
    assert_eq!(rates(&desk, "EUR USD"), ["EUR USD 2007-12-31 1.4721", "EUR USD 2024-01-03 1.0919"]);
    // Imported again, it contains nothing new; a corrected rate replaces the old one.
    assert_eq!(desk.json(["import", "eurofxref-hist.csv"])["skipped_duplicates"], 10);
    desk.file("eurofxref-hist.csv", format!("{header}{}", rows.replace("1.0919", "1.092")));
    let said = desk.json(["import", "eurofxref-hist.csv"]);
    assert_eq!(pick(&said, &["rates", "rates_replaced", "skipped_duplicates"]), "1 1 9");
    desk.run(["check"]).exits(0);
    desk.ok(["undo"]);
    assert_eq!(rates(&desk, "EUR USD")[1], "EUR USD 2024-01-03 1.0919");
}

#[test]
fn what_other_programs_say_of_two_currencies_is_a_rate_and_no_price() {
    let desk = Desk::new();
    let sample = repository("tests/samples/prices/pricehist.csv");
    desk.ok(["import", "--add-stocks", sample.to_str().unwrap()]);
    assert_eq!(rates(&desk, ""), ["EUR USD 2024-01-02 1.0956"]);
    desk.file("journal.prices", "P 2024-01-05 GBP 1.27 USD\nP 2024-01-05 VTI 236.2 USD\n");
    let said = desk.json(["import", "journal.prices"]);
    assert_eq!(pick(&said, &["rates", "prices"]), "1 1");
    assert_eq!(rates(&desk, ""), ["EUR USD 2024-01-02 1.0956", "GBP USD 2024-01-05 1.27"]);
}

#[test]
fn a_file_with_two_rates_of_a_day_an_unknown_currency_or_no_rate_is_refused() {
    let desk = Desk::new();
    let code = |rows: &str| {
        desk.file("rates.csv", format!("date,base,quote,rate\n{rows}"));
        let run = desk.run(["import", "rates.csv", "-O", "json"]);
        let error: Value = serde_json::from_slice(&run.exits(3).stderr).unwrap();
        error["error"]["details"][0]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code("2024-01-02,EUR,USD,1.1\n2024-01-02,EUR,USD,1.2\n"), "conflicting_rate");
    assert_eq!(code("2024-01-02,EUR,USX,1.1\n"), "invalid_currency");
    assert_eq!(code("2024-01-02,EUR,EUR,1\n"), "invalid_currency");
    assert_eq!(code("2024-01-02,EUR,USD,0\n"), "invalid_rate");
    assert!(!desk.book().exists());
}
