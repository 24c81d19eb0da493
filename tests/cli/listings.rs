//! The same ISIN in several currencies: each listing is a separate stock, and the refusal says what to enter
//! for it.

use crate::harness::{Desk, pick};

const TRADE_REPUBLIC: &str = "\"datetime\",\"date\",\"account_type\",\"category\",\"type\",\"asset_class\",\"name\",\"symbol\",\
    \"shares\",\"price\",\"amount\",\"fee\",\"tax\",\"currency\",\"original_amount\",\"original_currency\",\"fx_rate\",\
    \"description\",\"transaction_id\",\"counterparty_name\",\"counterparty_iban\",\"payment_reference\",\"mcc_code\"\n\
    \"2024-01-03T10:00:00.000000Z\",\"2024-01-03\",\"DEFAULT\",\"TRADING\",\"BUY\",\"STOCK\",\"Apple\",\"US0378331005\",\
    \"10.0000000000\",\"170.00\",\"-1700.00\",\"-1.00\",\"\",\"EUR\",\"\",\"\",\"\",\"Buy trade\",\
    \"00000000-0000-0000-0000-000000000001\",\"\",\"\",\"\",\"\"\n";

const DEGIRO: &str = "Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,\
    AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,\n\
    05-02-2024,15:30,APPLE INC,US0378331005,NDQ,XNAS,5,188.0000,USD,-940.00,USD,-870.37,1.0800,-2.18,-2.00,-874.55,,\
    11111111-1111-1111-1111-111111111111\n";

fn held(desk: &Desk) -> Vec<String> {
    let members = ["symbol", "currency", "quantity"];
    desk.json(["holdings"]).as_array().unwrap().iter().map(|row| pick(row, &members)).collect()
}

/// The command after a text in the refusal, up to its end.
fn told<'t>(refusal: &'t str, before: &str) -> Vec<&'t str> {
    let (_, command) = refusal.split_once(before).unwrap_or_else(|| panic!("{refusal}"));
    command.lines().next().unwrap().split(' ').filter(|word| !word.is_empty()).collect()
}

#[test]
fn a_listing_in_another_currency_gets_the_symbol_that_the_refusal_names() {
    let desk = Desk::new();
    desk.fed(TRADE_REPUBLIC, ["import", "-", "--add-stocks"]).exits(0);
    let refused = desk.fed(DEGIRO, ["import", "-", "--add-stocks"]).exits(3).err();
    let options = told(&refused, "give it a symbol: ");
    assert_eq!(options, ["--map-symbol", "US0378331005=US0378331005.USD"], "{refused}");
    desk.fed(DEGIRO, [&["import", "-", "--add-stocks"][..], &options].concat()).exits(0);
    assert_eq!(held(&desk), ["US0378331005 EUR 10", "US0378331005.USD USD 5"]);
    // From then on its rows are found by currency.
    let more = DEGIRO.replace("05-02-2024", "06-02-2024").replace("11111111-", "22222222-");
    desk.fed(&more, ["import", "-"]).exits(0);
    assert_eq!(held(&desk), ["US0378331005 EUR 10", "US0378331005.USD USD 10"]);
    // One option cannot separate the rows of a file.
    let (head, row) = DEGIRO.split_at(DEGIRO.find("05-02-2024").unwrap());
    let other = "06-02-2024,15:30,APPLE INC,US0378331005,TDG,XGAT,5,175.0000,EUR,-875.00,EUR,-875.00,,0.00,-1.00,-876.00,,\
                 33333333-3333-3333-3333-333333333333\n";
    let refused = Desk::new().fed(&format!("{head}{row}{other}"), ["import", "-", "--add-stocks"]).exits(3).err();
    assert!(refused.contains("put those in EUR into a file of their own"), "{refused}");
    // Stocks that are new need the option for them.
    let other = Desk::new();
    other.fed(TRADE_REPUBLIC, ["import", "-", "--add-stocks"]).exits(0);
    let refused = other.fed(DEGIRO, ["import", "-"]).exits(3).err();
    assert!(refused.contains("US0378331005.USD --add-stocks"), "{refused}");
}

#[test]
fn dividends_alone_add_no_stock_beside_the_one_with_their_isin() {
    let desk = Desk::new();
    desk.ok(["add-stock", "AAPL", "Apple", "--isin", "US0378331005"]);
    desk.ok(["buy", "AAPL", "10", "150", "--date", "2024-01-03"]);
    let dividend = TRADE_REPUBLIC
        .replace("TRADING", "CASH")
        .replace("\"BUY\",\"STOCK\"", "\"DIVIDEND\",\"STOCK\"")
        .replace("\"170.00\",\"-1700.00\",\"-1.00\"", "\"\",\"2.20\",\"\"");
    let refused = desk.fed(&dividend, ["import", "-", "--add-stocks"]).exits(3).err();
    assert!(refused.contains("AAPL"), "{refused}");
    assert!(refused.contains("`dividend AAPL AMOUNT --currency EUR`"), "{refused}");
    // They belong to a separate listing.
    let options = told(&refused, "a stock of their own: ");
    desk.fed(&dividend, [&["import", "-", "--add-stocks"][..], &options].concat()).exits(0);
    let stocks = desk.json(["stocks"]);
    let stocks: Vec<_> = stocks.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "currency"])).collect();
    assert_eq!(stocks, ["AAPL USD", "US0378331005.EUR EUR"]);
}
