//! How brokers' files are recognized, and the messages about those that are not read.

use super::imported;
use crate::harness::{Desk, repository};

#[test]
fn formats_without_a_sample_are_checked_against_their_rows() {
    // Name, content, options; format, transactions, rows not recorded, and holdings. The sums are beside the
    // rows.
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
    // A file with other values shows that they are times.
    let one_other = at_four.replacen("DTTRADE>20230710160000", "DTTRADE>20230710093000", 1);
    let times = times(&one_other);
    assert!(times.contains(&"09:30:00".into()) && times.contains(&"16:00:00".into()), "{times:?}");
}
