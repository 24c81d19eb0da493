//! Files of Canadian brokers, whose texts tell what has no column, each with made-up rows.

use super::brokers::read_of;

#[test]
fn what_questrade_tells_in_its_texts_alone_is_read() {
    let names = "Transaction Date,Settlement Date,Action,Symbol,Description,Quantity,Price,Gross Amount,Commission,\
                 Net Amount,Currency,Account #,Activity Type,Account Type\n";
    let row = |day: &str, what: &str, shares: &str, money: &str, kind: &str| {
        format!("2025-03-{day} 12:00:00 AM,2025-03-{day} 12:00:00 AM,{what},{shares},{money},55500001,{kind},Margin\n")
    };
    let file = [
        // 2 × 200 and 4.95 are 404.95 American dollars, or 566.93 Canadian ones.
        row("03", "Buy,AVGO,BROADCOM INC EXCHANGE RATE 1.4000", "2", "200.00,-400.00,-4.95,-566.93,CAD", "Trades"),
        row("04", "TF6,XYZ,\"XYZ CORP TRANSFER BOOK VALUE 5,000.00\"", "100", "0,0,0,0,CAD", "Transfers"),
        row("05", "REI,ABC.TO,ABC CORP REINV@C$7.12345", "3", "0,0,0,-21.37,CAD", "Dividend reinvestment"),
        row("06", "DIV,ABC.TO,ABC CORP RETURN OF CAPITAL ON 3 SHS", "0", "0,0,0,0.21,CAD", "Dividends"),
        row("07", "DIS,D0000002,QZX CORP SPINOFF ON 100 SHS", "20", "0,0,0,0,USD", "Dividends"),
        row("08", "EXP,AAPL.OPT,CALL AAPL 06/20/25 50.00 APPLE INC - EXPIRED", "-1", "0,0,0,0,USD", "Trades"),
        row("09", "DIV,XYZ,XYZ CORP CASH DIV ON 100 SHS NON-RES TAX WITHHELD", "0", "0,0,0,-1.50,CAD", "Dividends"),
        row("09", "DIV,XYZ,XYZ CORP CASH DIV ON 100 SHS", "0", "0,0,0,10.00,CAD", "Dividends"),
    ];
    let read = read_of(&format!("{names}{}", file.concat()), "none");
    assert_eq!(read[0], "2 2025-03-03 Buy 2 AVGO for 400 fee 4.95");
    assert_eq!(read[1], "4 2025-03-05 Buy 3 ABC.TO for 21.37 fee 0");
    assert!(read[2].contains("ABC.TO CostChange { kind: ReturnOfCapital"), "{}", read[2]);
    assert!(read[3].contains("D0000002 CorporateAction"), "{}", read[3]);
    assert!(read[4].contains("XYZ Opening") && read[4].contains("cost: Amount(Money(5000"), "{}", read[4]);
    assert_eq!(read[5], "9+8 2025-03-09 Dividend XYZ 10 tax 1.5");
    assert_eq!(read[6], "questrade: option 1 withholding_tax 1;");
}

#[test]
fn a_row_of_a_stock_whose_text_has_a_comma_without_quotes_is_no_money() {
    let names = "Transaction Date,Settlement Date,Action,Symbol,Description,Quantity,Price,Gross Amount,Commission,\
                 Net Amount,Currency,Account #,Activity Type,Account Type\n";
    let row = "2025-03-04,2025-03-04,TF6,XYZ,XYZ CORP BOOK VALUE 5,000.00,100,0,0,0,0,CAD,55500001,Transfers,Margin\n";
    let expected = ["line 2: the row has 15 fields, the header 14", "questrade:;"];
    assert_eq!(read_of(&format!("{names}{row}"), "none"), expected);
}

#[test]
fn what_is_no_share_at_wealthsimple_is_not_recorded() {
    let names = "transaction_date,settlement_date,account_id,account_type,activity_type,activity_sub_type,direction,\
                 symbol,underlying_symbol,name,currency,quantity,unit_price,commission,net_cash_amount\n";
    let rows = "2025-08-13,2025-08-13,HQ1,TFSA,Trade,BUY,LONG,VFV,,Vanguard,CAD,10,100.00,0,-1000.00\n\
                2025-08-16,,HQ1,TFSA,MoneyMovement,EFT,,,,,CAD,5000,,,5000\n\
                2025-09-26,,HQ1,TFSA,Dividend,,,,,,CAD,10.00,,,10.00\n\
                2025-10-10,2025-10-10,HQ1,TFSA,Trade,BUY,LONG,QQQ   260930P00460000,,,USD,1,2.50,0,-250.00\n\
                2025-10-11,,HQ2,Crypto,Trade,BUY,,BTC,,Bitcoin,CAD,0.01,40000,0,-400\n\
                \"As of 2026-04-21 00:50 GMT-04:00\"\n";
    let expected =
        ["2 2025-08-13 Buy 10 VFV for 1000 fee 0", "wealthsimple: cash 1 crypto 1 dividend_without_symbol 1 option 1;"];
    assert_eq!(read_of(&format!("{names}{rows}"), "none"), expected);
}

#[test]
fn shares_moved_and_capital_paid_back_at_rbc_are_told_apart_from_money() {
    let names = "\"Date\",\"Activity\",\"Symbol\",\"Symbol Description\",\"Quantity\",\"Price\",\"Settlement Date\",\"Account\",\"Value\",\"Currency\",\"Description\"\n";
    let row = |day: &str, what: &str, shares: &str, value: &str, text: &str| {
        format!("\"May {day}, 2024\",{what},ZNQ,BMO FUND,{shares},,\"May {day}, 2024\",1,{value},CAD,{text}\n")
    };
    let file = [
        row("2", "Return of Capital", "", "0", "RTC - RETURN OF CAPITAL ADJUSTMENT TO BOOK COST"),
        row("3", "Return of Capital", "", "4.50", "RTC - RETURN OF CAPITAL ON 9 SHS"),
        row("6", "Transfers", "-4", "0", "TFO - TRANSFER OUT"),
        row("7", "Transfers", "5", "0", "TFI - BMO FUND DTC 8396"),
        row("8", "Reorganization", "-100", "0", "CONSOLIDATION"),
        row("8", "Reorganization", "10", "0", "CONSOLIDATION"),
    ];
    let read = read_of(&format!("{names}{}", file.concat()), "none");
    assert!(read[0].contains("ZNQ CostChange { kind: ReturnOfCapital, amount: Money(4.5"), "{}", read[0]);
    assert!(read[1].starts_with("4 2024-05-06 ZNQ TransferOut"), "{}", read[1]);
    assert!(read[2].contains("5 shares arrive without a price"), "{}", read[2]);
    assert_eq!(read[3], "6+7 2024-05-08 Split ZNQ 1:10");
    assert_eq!(read[4], "rbc: tax_adjustment 1;");
}
