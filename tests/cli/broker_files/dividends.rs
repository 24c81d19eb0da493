//! Dividends in brokers' files and the taxes withheld from them.

use super::FIDELITY;
use crate::harness::{Desk, pick};

#[test]
fn tax_withheld_counts_once_whether_it_finds_its_dividend_or_not() {
    let desk = Desk::new();
    let rows = "01/02/2024,YOU BOUGHT ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,10,100,,,,-1000,,\n\
                03/01/2024,DIVIDEND RECEIVED ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,,,,,,20,,\n\
                03/01/2024,FOREIGN TAX PAID ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,,,,,,-3,,\n\
                04/01/2024,FOREIGN TAX PAID ACME CORP (ACME) (Cash),ACME,ACME CORP,Cash,,,,,,-1.5,,\n";
    desk.file("history.csv", format!("{FIDELITY}{rows}"));
    let said = desk.json(["import", "--add-stocks", "history.csv"]);
    // Two of the four rows are recorded; two are about taxes.
    assert_eq!((&said["rows"], &said["imported"]), (&4.into(), &2.into()), "{said}");
    assert_eq!(said["not_recorded"], serde_json::json!({"withholding_tax": 2}), "{said}");
    let told = "history.csv:5: 1 row of tax withheld without a dividend of the same stock and day: not recorded";
    assert!(said["warnings"].to_string().contains(told), "{said}");
}

#[test]
fn a_dividend_that_is_booked_anew_keeps_its_own_tax() {
    let said = |rows: &str| {
        let desk = Desk::new();
        let header = "Type,SettleDate,Symbol,ISIN,Amount,CurrencyPrimary\n";
        let row = |row: &str| {
            let (kind, day, amount) = (&row[..3], &row[3..5], &row[6..]);
            let kind = if kind == "Div" { "Dividends" } else { "Withholding Tax" };
            format!("{kind},202403{day},ACM,US0378331005,{amount},USD\n")
        };
        desk.file("cash.csv", format!("{header}{}", rows.split(' ').map(row).collect::<String>()));
        let warnings = desk.json(["import", "--add-stocks", "cash.csv"])["warnings"].to_string();
        let paid = desk.json(["dividends"]);
        let paid = paid.as_array().unwrap().iter().map(|row| pick(row, &["date", "amount", "withholding"]));
        (paid.collect::<Vec<_>>().join("; "), warnings)
    };
    for (rows, recorded) in [
        ("Div01=10 Tax01=-1.5 Div05=-10 Div05=12 Tax05=1.5 Tax05=-1.8", "2024-03-05 12 1.8"),
        ("Div01=10 Tax01=-3 Div05=-10 Div05=10 Tax05=3 Tax05=-1.5", "2024-03-05 10 1.5"),
    ] {
        assert_eq!(said(rows), (recorded.to_owned(), "[]".to_owned()), "{rows}");
    }
    let (recorded, warnings) = said("Div01=10 Tax01=-1.5 Div05=-10 Div05=12 Tax05=-1.8");
    assert_eq!(recorded, "2024-03-05 12 1.8");
    let told = "cash.csv:4: it takes back a dividend on ACM from which 1.5 of tax was withheld, and 0 of it: neither is recorded";
    assert!(warnings.contains(told), "{warnings}");
}

#[test]
fn a_dividend_that_was_recorded_without_its_tax_is_not_recorded_again() {
    let desk = Desk::new();
    let header = "Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;\
                  Balance;Currency";
    let row = "27-09-2024 16:35:13;00000000;Dividend;ACM;ACME N;US0378331005;1.0;30.00;10.50;0.00;19.50;500.00;CHF";
    desk.file("swissquote.csv", format!("{header}\n{row}\n"));
    // As an earlier version recorded this row.
    desk.ok(["add-stock", "ACM", "Acme", "--currency", "CHF", "--isin", "US0378331005"]);
    desk.ok(["dividend", "ACM", "19.50", "--date", "2024-09-27"]);
    let refused = desk.error(3, ["import", "swissquote.csv"]);
    assert_eq!(refused["details"][0]["code"], "similar", "{refused}");
}

#[test]
fn a_dividend_counts_by_the_money_that_was_exchanged_for_it() {
    let header = "Date,Time,Value date,Product,ISIN,Description,FX,Change,,Balance,,Order Id\n";
    let fund = "VANGUARD S&P500,IE00B3XXRP09";
    let order = "b2c3d4e5-0000-0000-0000-000000000002";
    let bought =
        format!("15-03-2025,10:32,15-03-2025,{fund},Buy 15 Vanguard S&P500@76.5 EUR,,EUR,-1147.50,EUR,0,{order}\n");
    let of_two = format!(
        "03-10-2025,06:52,02-10-2025,,,FX Credit,,EUR,6.80,EUR,104.34,\n\
         03-10-2025,06:52,02-10-2025,,,FX Debit,1.2500,USD,-8.50,USD,0.00,\n\
         02-10-2025,08:01,01-10-2025,APPLE INC,US0378331005,Dividend,,USD,3.40,USD,8.50,\n\
         02-10-2025,08:01,01-10-2025,{fund},Dividend Tax,,USD,-0.90,USD,5.10,\n\
         02-10-2025,08:01,01-10-2025,{fund},Dividend,,USD,6.00,USD,6.00,\n"
    );
    let apple = "15-03-2025,10:30,15-03-2025,APPLE INC,US0378331005,Buy 1 Apple@200 USD,,USD,-200.00,USD,0,c1\n";
    let earlier = format!(
        "03-07-2025,06:52,02-07-2025,,,FX Credit,,EUR,2.00,EUR,104.34,\n\
         03-07-2025,06:52,02-07-2025,,,FX Debit,1.0000,USD,-2.00,USD,0.00,\n\
         02-07-2025,08:01,01-07-2025,{fund},Dividend,,USD,2.00,USD,2.00,\n"
    );
    let desk = Desk::new();
    desk.file("account.csv", format!("{header}{of_two}{earlier}{bought}{apple}"));
    let said = desk.json(["import", "--add-stocks", "account.csv"]);
    assert_eq!(said["not_recorded"], serde_json::json!({"fx": 4, "withholding_tax": 1}), "{said}");
    let paid = desk.json(["transactions", "--type", "dividend"]);
    let members = ["symbol", "currency", "total_amount", "withholding", "paid_amount", "paid_currency"];
    let paid: Vec<String> = paid.as_array().unwrap().iter().map(|row| pick(row, &members)).collect();
    // 6.00 less 0.90 at 1.25 are 4.80 less 0.72; that of Apple is in its own currency.
    let expected =
        ["IE00B3XXRP09 EUR 2 0 2 USD", "IE00B3XXRP09 EUR 4.08 0.72 6 USD", "US0378331005 USD 3.4 0 null null"];
    let mut paid = paid;
    paid.sort();
    assert_eq!(paid, expected);
    assert_eq!(desk.json(["import", "account.csv"])["recorded"], false);
    desk.ok(["check"]);
    // It is unknown what else was exchanged along with it.
    let other = Desk::new();
    other.file("account.csv", format!("{header}{}{bought}{apple}", of_two.replace("-8.50", "-9.50")));
    let refused = other.refused(3, ["import", "--add-stocks", "account.csv"]);
    assert!(refused.contains("IE00B3XXRP09 is traded in EUR, not in USD"), "{refused}");
}
