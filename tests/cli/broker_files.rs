//! What becomes of rows of brokers' files that stand alone, or that no sample has.

use crate::harness::{Desk, pick, repository};

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

#[test]
fn formats_without_a_sample_are_checked_against_their_rows() {
    // Name, content, options; format, transactions, what was not recorded, and what is held. The sums are beside the rows.
    let files = [
        (
            "account.csv",
            "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id\n\
             15-03-2024,09:00,15-03-2024,ACME NV,NL0010273215,Dividendbelasting,,EUR,\"-1,50\",EUR,\"998,50\",\n\
             15-03-2024,09:00,15-03-2024,ACME NV,NL0010273215,Dividend,,EUR,\"10,00\",EUR,\"1000,00\",\n\
             20-02-2024,10:05,20-02-2024,ACME NV,NL0010273215,\"Verkoop 4 @ 30 EUR\",,EUR,\"120,00\",EUR,\"990,00\",o2\n\
             10-01-2024,10:05,10-01-2024,ACME NV,NL0010273215,DEGIRO Transactiekosten en/of kosten van derden,,EUR,\"-2,00\",EUR,\"870,00\",o1\n\
             10-01-2024,10:05,10-01-2024,ACME NV,NL0010273215,\"Koop 10 @ 25,5 EUR\",,EUR,\"-255,00\",EUR,\"872,00\",o1\n\
             02-01-2024,08:00,02-01-2024,,,iDEAL Deposit,,EUR,\"1127,00\",EUR,\"1127,00\",\n",
            // 6/10 of 257, the fee of the order in it
            ("degiro-account", 3, "{\"cash\":1,\"fee\":1,\"withholding_tax\":1}", "NL0010273215 6 154.2"),
        ),
        (
            "equate.csv",
            "Date,Order type,Instrument,Quantity,Execution price,Fees,Net proceeds,Net units\n\
             2024-05-01,Withhold-to-cover,ACME,100,12.5,,,60\n\
             2024-06-01,Sell at market price,ACME,20,15,1,299,\n\
             2024-06-02,Transfer to bank,,,,,-299,\n",
            // 40 × 12.50
            ("equateplus", 2, "{\"cash\":1}", "ACME 40 500"),
        ),
        (
            "releases.csv",
            "Vest Date,Order Number,Plan,Type,Status,Price,Quantity,Net Cash Proceeds,Net Share Proceeds,Tax Payment Method\n\
             25-Apr-2024,RB1,ACME,Release,Complete,$40.00,10.000,$0.00,6.000,Fractional Shares\n\
             25-May-2024,RB2,ACME,Release,Staged,$50.00,10.000,$0.00,5.500,Fractional Shares\n",
            // 6 × 40 + 5.5 × 50
            ("morgan-stanley-releases", 2, "{}", "ACME 11.5 515"),
        ),
        (
            "both.csv",
            "Date,Order Number,Plan,Type,Order Status,Price,Quantity,Net Amount,Net Share Proceeds,Tax Payment Method\n\
             25-Apr-2022,RB1,ACME,Release,Complete,$40.00,10.000,$0.00,6.000,Fractional Shares\n\
             25-May-2022,WR1,ACME,Sale,Complete,$50.00,-2.000,$99.89,0,N/A\n\
             Please note that sales of shares are reported net.\n",
            // 4 × 40
            ("morgan-stanley-releases", 2, "{}", "ACME 4 160"),
        ),
        (
            "questrade.csv",
            "Transaction Date,Settlement Date,Action,Symbol,Description,Quantity,Price,Gross Amount,Commission,Net Amount,\
             Currency,Account #,Activity Type,Account Type\n\
             2024-01-10 12:00:00 AM,2024-01-12 12:00:00 AM,Buy,ACME.TO,ACME LTD,10,25.50,-255.00,-4.95,-259.95,CAD,1,Trades,TFSA\n\
             2024-02-20 12:00:00 AM,2024-02-22 12:00:00 AM,Sell,ACME.TO,ACME LTD,-4,30,120.00,-4.95,115.05,CAD,1,Trades,TFSA\n\
             2024-03-01 12:00:00 AM,2024-03-01 12:00:00 AM,DIV,ACME.TO,ACME LTD,0,0,0,0,3.00,CAD,1,Dividends,TFSA\n\
             2024-03-02 12:00:00 AM,2024-03-02 12:00:00 AM,CON,,CONTRIBUTION,0,0,0,0,500,CAD,1,Deposits,TFSA\n",
            // 6/10 of 259.95
            ("questrade", 3, "{\"cash\":1}", "ACME.TO 6 155.97"),
        ),
        (
            "westpac.csv",
            "Code,Company,Date,Type,Quantity,Unit Price ($),Trade Value ($),Brokerage+GST ($),GST ($),Contract Note,Total Value ($)\n\
             ACM,ACME LIMITED,10/01/2024,Buy,100,2.50,250.00,19.95,1.81,11111,269.95\n\
             ACM,ACME LIMITED,20/02/2024,Sell,40,3.00,120.00,19.95,1.81,11112,100.05\n",
            // 6/10 of 269.95
            ("westpac", 2, "{}", "ACM 60 161.97"),
        ),
        (
            "withdrawals.csv",
            "Execution Date,Order Number,Plan,Type,Order Status,Price,Quantity,Net Amount,Net Share Proceeds,Tax Payment Method\n\
             22-Feb-2024,WR1,ACME,Sale,Complete,$146.00,-92,\"$13,431.89\",0,N/A\n",
            ("", 0, "cannot sell 92 ACME", ""),
        ),
    ];
    for (name, content, (format, count, not_recorded, held)) in files {
        if format.is_empty() {
            let desk = Desk::new();
            desk.file(name, content);
            let refused = desk.refused(3, ["import", "--add-stocks", name]);
            assert!(refused.contains(not_recorded), "{name}: {refused}");
            continue;
        }
        let told = imported(name, content, &[]);
        assert_eq!(told, (format.to_owned(), count, not_recorded.to_owned(), held.to_owned()), "{name}");
    }
}

#[test]
fn files_of_another_kind_are_named_and_refused() {
    let files = [
        (
            "n26.csv",
            "\"Date\",\"Payee\",\"Account number\",\"Transaction type\",\"Payment reference\",\"Amount (EUR)\"\n2024-01-02,Shop,DE1,Card,,-3\n",
            "bank account",
        ),
        (
            "coins.csv",
            "Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price\n2024-01-02T00:00:00Z,Buy,BTC,0.1,40000\n",
            "crypto exchange",
        ),
        (
            "orders.csv",
            "Symbol,Side,Type,Qty,Limit Price,Status,Placing Time,Order ID\nACME,Buy,Limit,10,9.5,Cancelled,2024-01-02 10:00:00,1\n",
            "log of orders",
        ),
        (
            "book.xml",
            "<?xml version=\"1.0\"?>\n<client><version>60</version><securities/></client>\n",
            "Portfolio Performance's own file",
        ),
        (
            "bank.ofx",
            "OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240102<TRNAMT>-3<FITID>1</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n",
            "bank account or a card",
        ),
        ("sheet.xlsx", "PK\u{3}\u{4}rest", "save the sheet as CSV"),
    ];
    let desk = Desk::new();
    for (name, content, what) in files {
        desk.file(name, content);
        let refused = desk.refused(3, ["import", "--add-stocks", name]);
        assert!(refused.contains(what), "{name}: {refused}");
        assert!(!desk.book().exists());
    }
}

#[test]
fn columns_of_a_format_that_are_called_otherwise_are_named() {
    let desk = Desk::new();
    let rows = "Date,Was,Ticker,Description,Quantity,Price,Fees & Comm,Amount\n\
                05/28/2024,Buy,ACME,ACME INC,20,480.00,,-9600.00\n";
    desk.file("renamed.csv", rows);
    let refused = desk.refused(3, ["import", "--add-stocks", "renamed.csv"]);
    assert!(refused.contains("the nearest: schwab lacks \"Action\", \"Symbol\""), "{refused}");
    assert!(refused.contains("--format schwab --map COLUMN=HEADER"), "{refused}");
    let refused =
        desk.refused(3, ["import", "--add-stocks", "--format", "schwab", "--map", "symbol=Ticker", "renamed.csv"]);
    assert!(refused.contains("schwab lacks \"Action\"") && refused.contains("--map COLUMN=HEADER"), "{refused}");
    let maps = ["--map", "symbol=Ticker", "--map", "action=Was"];
    let told = imported("renamed.csv", rows, &[&["--format", "schwab"], maps.as_slice()].concat());
    assert_eq!(told, ("schwab".to_owned(), 1, "{}".to_owned(), "ACME 20 9600".to_owned()));
}

#[test]
fn a_time_that_all_rows_of_a_statement_have_is_none() {
    let statement = std::fs::read_to_string(repository("tests/samples/ofx/statement-sgml.ofx")).unwrap();
    let times = |statement: &str| {
        let desk = Desk::new();
        desk.file("statement.ofx", statement);
        desk.ok(["import", "--add-stocks", "--add-portfolios", "--skip-unknown", "statement.ofx"]);
        let rows = desk.json(["transactions"]);
        let times: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["trade_time"].clone()).collect();
        assert!(times.len() > 3, "{rows}");
        times
    };
    let at_four = statement.replace("000000.000[", "160000.000[");
    assert!(times(&at_four).iter().all(serde_json::Value::is_null));
    // One that has another says that they are times.
    let one_other = at_four.replacen("DTTRADE>20230710160000", "DTTRADE>20230710093000", 1);
    let times = times(&one_other);
    assert!(times.contains(&"09:30:00".into()) && times.contains(&"16:00:00".into()), "{times:?}");
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
    // Of the lot of 190 a quarter was sold.
    assert_eq!(held(), ["XX0000000028 150 142.5"]);
    assert_eq!(desk.json(["stocks"]).as_array().unwrap().len(), 1);
    // Both files again: all is known, under either name.
    for file in ["2023.csv", "2024.csv"] {
        let again = desk.json(["import", file]);
        assert_eq!((&again["recorded"], &again["imported"]), (&false.into(), &0.into()), "{file}: {again}");
    }
    desk.run(["check"]).exits(0);
    desk.ok(["undo"]);
    assert_eq!(held(), ["XX0000000002 200 190"]);
    // With nothing but the change of name the import is one all the same.
    desk.file("renamed.csv", format!("{DEGIRO}{RENAMED}"));
    assert_eq!(desk.json(["import", "renamed.csv"])["recorded"], true);
    assert_eq!(held(), ["XX0000000028 200 190"]);
    desk.ok(["undo"]);
    assert_eq!(held(), ["XX0000000002 200 190"]);
    desk.run(["check"]).exits(0);

    // Where both are in the book they stay two, and that is told.
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
    // Known already, they are told all the same.
    assert_eq!(desk.json(import)["kinds"], serde_json::json!({"buy": 2, "dividend": 1, "split": 1}));
}

#[test]
fn our_own_tables_may_have_decimal_commas_where_these_do_not_part_the_fields() {
    let rows = "date;action;symbol;quantity;price;currency\n\
                2024-01-02;buy;ACME;1.000;10,25;EUR\n2024-01-03;buy;BOLT;5;1.250,5;USD\n";
    let told = imported("trades.csv", rows, &[]);
    let held = "ACME 1000 10250; BOLT 5 6252.5".to_owned();
    assert_eq!(told, ("stockbook".to_owned(), 2, "{}".to_owned(), held));
    // What can be read in two ways is asked for.
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
    // What else was exchanged with it is not known.
    let other = Desk::new();
    other.file("account.csv", format!("{header}{}{bought}{apple}", of_two.replace("-8.50", "-9.50")));
    let refused = other.refused(3, ["import", "--add-stocks", "account.csv"]);
    assert!(refused.contains("IE00B3XXRP09 is traded in EUR, not in USD"), "{refused}");
}
