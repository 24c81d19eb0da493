//! Quirks of brokers' files that no sample has, each with made-up rows.

use super::brokers::read_of;
use super::rules::refused;
use crate::formats::{Library, Wanted};

#[test]
fn a_tax_belongs_to_the_dividend_that_it_fits_into() {
    let cash = |rows: &[&str]| {
        let header = "Type,SettleDate,ISIN,Description,Amount,CurrencyPrimary";
        format!("{header}\n{}\n", rows.join("\n"))
    };
    let tax = "Withholding Tax,20240613,US0378331005,ACM CASH DIVIDEND USD 2 PER SHARE - US TAX,-7,USD";
    let small = "Dividends,20240613,US0378331005,ACM CASH DIVIDEND USD 0.50 PER SHARE (Bonus Dividend),5,USD";
    let great = "Dividends,20240613,US0378331005,ACM CASH DIVIDEND USD 2 PER SHARE (Ordinary Dividend),20,USD";
    for rows in
        [[tax, small, great], [tax, great, small], [small, tax, great], [small, great, tax], [great, tax, small]]
    {
        let mut read = read_of(&cash(&rows), "none");
        assert_eq!(read.pop().unwrap(), "ibkr-flex-cash: withholding_tax 1;");
        read.sort_by_key(|line| line.ends_with("tax 7"));
        assert!(read[0].ends_with(" 2024-06-13 Dividend US0378331005 5 tax 0"), "{read:?}");
        assert!(read[1].ends_with(" 2024-06-13 Dividend US0378331005 20 tax 7"), "{read:?}");
    }
    // A tax that no dividend covers stays with the one that there is, whose row is refused then.
    for rows in [[tax, small], [small, tax]] {
        let read = read_of(&cash(&rows), "none");
        assert!(read[0].ends_with(" 2024-06-13 Dividend US0378331005 5 tax 7"), "{read:?}");
        assert_eq!(read.len(), 2, "{read:?}");
    }
}

#[test]
fn the_tax_of_a_dividend_that_is_booked_anew_belongs_to_the_new_one() {
    let header = "Type,SettleDate,ISIN,Description,Amount,CurrencyPrimary\n";
    let row =
        |(kind, day, amount): &(&str, u32, &str)| format!("{kind},202403{day:02},US0378331005,ACM,{amount},USD\n");
    let (dividend, tax) = ("Dividends", "Withholding Tax");
    let old = [(dividend, 1, "10"), (tax, 1, "-1.5")];
    let new = [(dividend, 5, "-10"), (dividend, 5, "12"), (tax, 5, "1.5"), (tax, 5, "-1.8")];
    let mut expected = vec![
        "2024-03-01 Dividend US0378331005 10 tax 1.5",
        "2024-03-05 Dividend US0378331005 -10 tax -1.5",
        "2024-03-05 Dividend US0378331005 12 tax 1.8",
    ];
    // In any order.
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let rows: String = old.iter().chain(order.iter().map(|at| &new[*at])).map(row).collect();
        let mut read = read_of(&format!("{header}{rows}"), "none");
        assert_eq!(read.pop().unwrap(), "ibkr-flex-cash: withholding_tax 3;");
        let mut read: Vec<_> = read.iter().map(|line| line.split_once(' ').unwrap().1).collect();
        read.sort_unstable();
        expected.sort_unstable();
        assert_eq!(read, expected, "{rows}");
    }
    // On one day, and a tax that is booked anew alone.
    for (rows, expected) in [
        (
            vec![
                (dividend, 1, "10"),
                (dividend, 1, "-10"),
                (dividend, 1, "12"),
                (tax, 1, "-1.5"),
                (tax, 1, "1.5"),
                (tax, 1, "-1.8"),
            ],
            vec!["10 tax 1.5", "-10 tax -1.5", "12 tax 1.8"],
        ),
        (vec![(dividend, 1, "10"), (tax, 1, "-8"), (tax, 1, "8"), (tax, 1, "-7")], vec!["10 tax 7"]),
        (
            vec![(tax, 1, "-1.5"), (tax, 1, "-15"), (dividend, 1, "100"), (dividend, 1, "10")],
            vec!["100 tax 15", "10 tax 1.5"],
        ),
    ] {
        let mut read = read_of(&format!("{header}{}", rows.iter().map(row).collect::<String>()), "none");
        read.pop();
        assert_eq!(read.len(), expected.len(), "{read:?}");
        assert!(
            read.iter().zip(&expected).all(|(read, it)| read.ends_with(&format!(" Dividend US0378331005 {it}"))),
            "{read:?}"
        );
    }
}

#[test]
fn times_of_trading_212_may_be_named_as_universal() {
    let file = "Action,Time (UTC),ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,\
                Currency (Result),Total,Currency (Total),ID\n\
                Market buy,2024-06-03T10:00:00+00:00,US0378331005,ACM,Acme,10,20.00,GBP,,GBP,200.00,GBP,a1\n\
                Equity rights,2024-06-05 07:36:05,US0378331005,ACM,Acme,2.5,4.00,GBP,,GBP,10.00,GBP,a2\n\
                Stock split close,2024-06-10T07:00:00+00:00,US0378331005,ACM,Acme,12.5,16.80,GBP,,GBP,210.00,GBP,a3\n\
                Stock split open,2024-06-10T07:00:00+00:00,US0378331005,ACM,Acme,25,8.40,GBP,,GBP,210.00,GBP,a4\n";
    let read = read_of(file, "none");
    let expected = [
        "2 2024-06-03 Buy 10 ACM for 200 fee 0",
        "3 2024-06-05 Buy 2.5 ACM for 10 fee 0",
        "4+5 2024-06-10 Split ACM 2:1",
        "trading212:;",
    ];
    assert_eq!(read, expected);
}

#[test]
fn money_withdrawn_at_morgan_stanley_is_no_sale() {
    let header = "Execution Date,Order Number,Plan,Type,Order Status,Price,Quantity,Net Amount,Net Share Proceeds";
    let file = format!(
        "{header}\n\
         04-Mar-2024,W1,GSU Class C,Sale,Complete,$105.70,-30.00,\"$3,170.95\",0\n\
         05-Mar-2024,W2,Cash,Sale,Complete,$1.00,\"-3,170.95\",\"$3,170.95\",0\n"
    );
    let read = read_of(&file, "--map-symbol 'GSU Class C=ACM'");
    assert_eq!(read, ["2 2024-03-04 Sell 30 ACM for 3171 fee 0.05", "morgan-stanley-withdrawals: cash 1;"]);
    let released = "Date,Order Number,Plan,Type,Order Status,Price,Quantity,Net Share Proceeds,Net Share Proceeds\n\
                    25-Mar-2024,N/A,GSU Class C,Released Shares,Completed,\"$2,045.06\",10.60,$0.00,0.000\n";
    let read = read_of(released, "--map-symbol 'GSU Class C=ACM'");
    assert!(read[0].contains("quantity: Quantity(10.6), cost: Price(Price(2045.06))"), "{read:?}");
}

#[test]
fn shares_withheld_from_an_employees_purchase_never_arrive() {
    let row = |details: &str| {
        format!(
            "{{\"Transactions\": [{{\"Date\": \"02/27/2024\", \"Action\": \"Deposit\", \"Symbol\": \"ACM\", \
             \"Quantity\": \"200\", \"Description\": \"ESPP\", \"FeesAndCommissions\": null, \"Amount\": null, \
             \"TransactionDetails\": [{{\"Details\": {{\"PurchaseDate\": \"02/27/2024\", \
             \"PurchasePrice\": \"$91.80\"{details}}}}}]}}]}}"
        )
    };
    let withheld = row(", \"NetSharesDeposited\": \"150\", \"SharesWithheld\": \"50\"");
    assert_eq!(read_of(&withheld, "none")[0], "1 2024-02-27 Buy 150 ACM at 91.8 fee 0");
    for all in [row(", \"NetSharesDeposited\": \"\", \"SharesWithheld\": \"\""), row("")] {
        assert_eq!(read_of(&all, "none")[0], "1 2024-02-27 Buy 200 ACM at 91.8 fee 0");
    }
    let none = row(", \"NetSharesDeposited\": \"0\", \"SharesWithheld\": \"200\"");
    assert_eq!(read_of(&none, "none"), ["schwab-awards-json: zero_quantity 1;"]);
}

#[test]
fn what_revolut_takes_stands_in_the_amount_alone() {
    let file = "Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate\n\
                2024-11-02T13:36:41.123456Z,ACM,BUY - LIMIT,88,$112.50,$9901.00,USD,1.3648\n\
                2024-12-14T13:30:00.797Z,ACM,SELL - MARKET,0.1998348,$402.13,$80.34,USD,1.1241\n";
    let read = read_of(file, "none");
    // 88 × 112.50 = 9900; 0.1998348 × 402.13 = 80.3596.
    assert!(read[0].ends_with("Buy 88 ACM for 9900 fee 1"), "{read:?}");
    assert!(read[1].ends_with("Sell 0.1998348 ACM for 80.36 fee 0.02"), "{read:?}");
    // 100.5 × 10.12 = 1017.06: four cents are rounding of the price, and no fee.
    let rounded = "Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate\n\
                   2024-01-02T10:00:00.000Z,ACM,BUY - MARKET,100.5,$10.12,\"$1,017.10\",USD,1.0\n";
    let read = read_of(rounded, "none");
    assert!(read[0].ends_with("Buy 100.5 ACM for 1017.1 fee 0"), "{read:?}");
}

#[test]
fn amounts_of_xtb_in_another_currency_than_the_price_are_refused() {
    let read = |comment: &str, amount: &str| {
        let header = "ID;Type;Time;Comment;Symbol;Amount";
        let index = "2;Dividend;05.11.2024 22:00:01;US30.cash USD 6.5000/ Indices;US30.cash;-0.05";
        let bought = format!("1;Stocks/ETF purchase;25.07.2024 20:56:07;{comment};ACM.US;{amount}");
        read_of(&format!("{header}\n{bought}\n{index}\n"), "none")
    };
    let whole = read("OPEN BUY 2/4.5 @ 122.34", "-244.68");
    assert!(whole[0].ends_with("Buy 2 ACM.US for 244.68 fee 0"), "{whole:?}");
    assert_eq!(whole[1], "xtb: cfd 1;");
    let other = read("OPEN BUY 2 @ 122.34", "-222.50");
    assert!(other[0].contains("2 x 122.34 is 244.68, but the amount before fees is 222.5"), "{other:?}");
    // A number that is written otherwise is not read in part.
    for (comment, amount) in [
        ("OPEN BUY 1 000 @ 2.500", "-2500.00"),
        ("OPEN BUY 1,5 @ 100.00", "-150.00"),
        ("OPEN BUY 1 @ 1 250.00", "-1.00"),
        ("OPEN BUY 1 @ 100,50", "-100.00"),
    ] {
        let read = read(comment, amount);
        assert!(read[0].contains("quantity"), "{comment}: {read:?}");
    }
}

#[test]
fn prices_in_pence_stand_beside_amounts_in_pounds_at_degiro() {
    let header = "Date,Time,Value date,Product,ISIN,Description,FX,Change,,Balance,,Order Id";
    let file = format!(
        "{header}\n\
         02-04-2024,09:00,02-04-2024,ACME,GB0000000001,Sell 4 ACME@496 GBX (GB0000000001),,GBP,19.84,GBP,114.31,a-1\n\
         01-04-2024,09:00,01-04-2024,ACME,GB0000000001,Buy 4 ACME@400 GBX (GB0000000001),,GBX,-1600.00,GBX,0.00,a-0\n"
    );
    let read = read_of(&file, "none");
    assert!(read[0].contains("Sell 4 GB0000000001 for 19.84"), "{read:?}");
    assert!(read[1].contains("Buy 4 GB0000000001 for 16"), "{read:?}");
}

#[test]
fn shares_that_degiro_books_anew_stay_what_they_are() {
    let header = "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id";
    let rows = |other: &str| {
        format!(
            "{header}\n\
             23-02-2023,04:21,23-02-2023,ACME,{other},\"PRODUCTWIJZIGING : Koop 500 @ 0,039 EUR\",,EUR,\"-19,50\",EUR,\"18,30\",\n\
             23-02-2023,02:30,23-02-2023,ACME,AU0000000001,\"PRODUCTWIJZIGING : Verkoop 500 @ 0,039 EUR\",,EUR,\"19,50\",EUR,\"18,30\",\n"
        )
    };
    assert_eq!(read_of(&rows("AU0000000001"), "none"), ["degiro-account: share_transfer 2;"]);
    let renamed = "3+2 2023-02-23 500 AU0000000001 now AU0000000019";
    assert_eq!(read_of(&rows("AU0000000019"), "none"), [renamed, "degiro-account:;"]);
}

#[test]
fn funds_of_cash_at_degiro_are_cash() {
    let header = "Date,Time,Value date,Product,ISIN,Description,FX,Change,,Balance,,Order Id";
    let fund = "ACME GBP LIQUIDITY FUND,LU0000000001";
    let file = format!(
        "{header}\n\
         09-08-2024,16:10,09-08-2024,{fund},Money Market fund conversion: Buy 0.5 at 1 GBP,,,,GBP,116.31,\n\
         08-08-2024,15:27,31-07-2024,{fund},Fund Distribution,,GBP,0.50,GBP,116.31,\n"
    );
    assert_eq!(read_of(&file, "none"), ["degiro-account: cash_sweep 2;"]);
}

#[test]
fn an_issuer_takes_shares_back_for_cash_and_gives_new_ones_for_it() {
    let header = "Operazione,Data valuta,Descrizione,Titolo,Isin,Segno,Quantita,Divisa,Prezzo,Cambio,Controvalore,\
                  Commissioni Fondi Sw/Ingr/Uscita,Commissioni Fondi Banca Corrispondente,Spese Fondi Sgr,\
                  Commissioni amministrato";
    let file = format!(
        "{header}\n\
         19/06/2024,19/06/2024,Aumento capitale,ACME,IT0000000001, ,3,EUR,5.02,1,15.06,,,,\n\
         13/10/2024,13/10/2024,Rimborso,ACME,IT0000000001, ,2,EUR,9.50,1,19.00,,,,\n"
    );
    let read = read_of(&file, "none");
    assert!(read[0].ends_with("Buy 3 IT0000000001 at 5.02 fee 0"), "{read:?}");
    assert!(read[1].ends_with("Sell 2 IT0000000001 at 9.5 fee 0"), "{read:?}");
}

#[test]
fn ledgers_of_coins_are_named_and_not_read() {
    for (header, row) in [
        (
            "Symbol,Type,Quantity,Price,Value,Fees,Date",
            "BTC,Buy,0.001,\"89,162.28 SEK\",89.16 SEK,0.00 SEK,\"May 5, 2020\"",
        ),
        (
            "Timezone,Date,Time,Type,Currency,Amount,Quote Currency,Quote Price,Status,Transaction ID,Address",
            "Europe/Amsterdam,2023-11-30,11:36:46,buy,ETH,0.0053,EUR,1862.8,Completed,1,",
        ),
        (
            "Timestamp (UTC),Transaction Description,Currency,Amount,To Currency,To Amount,Native Currency,Native Amount,\
             Native Amount (in USD),Transaction Kind,Transaction Hash",
            "2025-01-07 11:43:48,A -> B,A,-4.15,B,150,EUR,143.33,169.36,crypto_exchange,",
        ),
        (
            "Date,Transaction Type,BTC Amount,BTC Price,Currency Pair,Fiat Amount (excl. fees),Fiat Currency,Fee",
            "2024-09-15T14:23:17Z,Sell,0.028,92341.28,BTC/CHF,2629.45,CHF,0.00",
        ),
    ] {
        let library = Library::built_in();
        let said = refused(&format!("{header}\n{row}\n"), &Wanted::Any(&library));
        assert!(said.starts_with("the file is the ledger of a crypto exchange; StockBook keeps shares"), "{said}");
    }
    // A table of one's own may have such columns and others.
    let own = "Symbol,Type,Quantity,Price,Value,Fees,Date,Portfolio\nACM,buy,2,10,20,0,2025-01-02,main\n";
    assert_eq!(read_of(own, "none")[1], "stockbook:;");
}

#[test]
fn what_an_exchange_takes_of_a_sale_may_be_in_its_total_alone() {
    let sale = |total: &str| {
        format!(
            "OFXHEADER:100\n\n<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVTRANLIST><SELLSTOCK><INVSELL>\
             <INVTRAN><FITID>a1<DTTRADE>20240727000000.000[-4:EDT]</INVTRAN><SECID><UNIQUEID>000000001\
             <UNIQUEIDTYPE>CUSIP</SECID><UNITS>-8.00000<UNITPRICE>137.160000000<COMMISSION>+7.9500<FEES>+0.0000\
             <TOTAL>+{total}</INVSELL></SELLSTOCK></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>\
             <SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>000000001<UNIQUEIDTYPE>CUSIP</SECID>\
             <SECNAME>ACME<TICKER>ACM</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1></OFX>\n"
        )
    };
    // 8 × 137.16 = 1097.28, less 7.95 and three cents.
    assert!(read_of(&sale("1089.30"), "none")[0].ends_with("Sell 8 ACM for 1097.28 fee 7.98"));
    // More than five cents are missing, or there is too much.
    for wrong in ["1089.27", "1089.60"] {
        let read = read_of(&sale(wrong), "none");
        assert!(read[0].contains("8 x 137.16 is 1097.28, but the amount before fees is "), "{read:?}");
    }
}

#[test]
fn the_rows_of_a_merger_at_fidelity_belong_together() {
    let file = "Run Date,Action,Symbol,Security Description,Security Type,Quantity,Price ($),Commission ($),Fees ($),\
                Accrued Interest ($),Amount ($),Settlement Date\n\
                09/01/2021, MERGER MER FROM G0000H126#REOR M0099999990001 ACME HOLDINGS INC (ACM) (Cash), ACM, ACME HOLDINGS INC,Cash,6,,,,,,\n\
                09/01/2021, MERGER MER PAYOUT #REOR M0099999990000 OLDCO CORP (G0000H126) (Cash), G0000H126, OLDCO CORP,Cash,-12,,,,,,\n";
    let read = read_of(file, "none");
    assert!(read[0].starts_with("3+2 2021-09-01 G0000H126 Conversion("), "{read:?}");
    assert_eq!(read.len(), 2, "{read:?}");
}

#[test]
fn the_id_of_an_order_at_degiro_may_go_on_in_the_next_line() {
    let header = "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id";
    let row = |text: &str, currency: &str, amount: &str, id: &str| {
        format!("15-12-2022,16:55,15-12-2022,ACME,US0378331005,{text},,{currency},\"{amount}\",EUR,\"0,00\",{id}\n")
    };
    let (cut, rest) = ("5925d76b-eb36-46e3-", ",,,,,,,,,,,b017-a61a6d03c3e7\n");
    let whole = "5925d76b-eb36-46e3-b017-a61a6d03c3e7";
    let rows = |trade: &str, fee: &str| {
        let fee = row("DEGIRO Transactiekosten en/of kosten van derden", "EUR", "-1,00", fee);
        let trade = row("\"Koop 1 @ 33,9 EUR\"", "EUR", "-33,90", trade);
        format!("{header}\n{fee}{rest}{trade}")
    };
    for (trade, fee) in [(whole, cut), (cut, whole), (cut, cut)] {
        let read = read_of(&rows(trade, fee), "none");
        assert!(read[0].ends_with("Buy 1 US0378331005 for 33.9 fee 1"), "{read:?}");
        assert_eq!(read[1], "degiro-account: continuation_line 1 fee 1;", "{read:?}");
    }
    // What is left of an id has to be most of it.
    let read = read_of(&rows(whole, "5925d76b-"), "none");
    assert!(read[0].ends_with("Buy 1 US0378331005 for 33.9 fee 0"), "{read:?}");
}

#[test]
fn a_table_of_the_user_s_does_not_lose_to_one_that_has_more_of_a_file() {
    let file = "Symbol,TradeDate,Quantity,TradePrice,Buy/Sell,CurrencyPrimary\nACM,20240301,10,100,BUY,USD\n\
                Type,SettleDate,ISIN,Amount,CurrencyPrimary\nDividends,20240620,US9220427424,55,USD\n";
    let mut library = Library::built_in();
    assert_eq!(read_of(file, "none").len(), 3);
    let cash = library.named("ibkr-flex-cash").unwrap().text().replace("name = \"ibkr-flex-cash\"", "name = \"mine\"");
    library.add(&cash).unwrap();
    let told = refused(file, &Wanted::Any(&library));
    assert!(told.contains("the columns of several formats") && told.contains("mine"), "{told}");
}

#[test]
fn dates_that_a_spreadsheet_has_shortened_are_dates() {
    let schwab = "Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n\
                  1/5/2024,Buy,SPY,SPDR S&P 500,1,$500.00,,-$500.00\n\
                  1/15/2024 as of 1/12/2024,Cash Dividend,SPY,SPDR S&P 500,,,,$5.00\n";
    let expected = ["2 2024-01-05 Buy 1 SPY for 500 fee 0", "3 2024-01-12 Dividend SPY 5 tax 0", "schwab:;"];
    assert_eq!(read_of(schwab, "none"), expected);
    let fidelity = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Accrued Interest ($),\
                    Amount ($),Cash Balance ($),Settlement Date\n\
                    1/5/2024,YOU BOUGHT APPLE INC (AAPL) (Cash),AAPL,APPLE INC,Cash,10,100,,,,-1000,0,1/7/2024\n";
    for shown in [fidelity.to_owned(), fidelity.replace("1/5/2024", "01-05-2024")] {
        assert_eq!(read_of(&shown, "none"), ["2 2024-01-05 Buy 10 AAPL for 1000 fee 0", "fidelity:;"]);
    }
}

#[test]
fn a_position_that_revolut_closes_is_sold_and_a_merger_has_two_sides() {
    let file = "Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate\n\
                2023-06-06T15:00:00.123456Z,XYZ,MERGER - STOCK,-1.5,,USD 0,USD,1.07\n\
                2023-06-06T15:00:00.123456Z,ABC,MERGER - STOCK,0.75,,USD 0,USD,1.07\n\
                2023-06-07T15:00:00.123456Z,AAPL,POSITION CLOSURE,0.1,,US$4,USD,1.07\n";
    let read = read_of(file, "none");
    assert_eq!(read[0], "4 2023-06-07 Sell 0.1 AAPL for 4 fee 0");
    assert!(read[1].starts_with("2+3 2023-06-06 XYZ Conversion"), "{}", read[1]);
}

#[test]
fn an_option_at_etrade_may_have_neither_type() {
    let file = "TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price,Commission,Description\n\
                12/06/24,0, ,NVDA Dec 13 '24 $150 Put,-5,3972.31,7.95,2.68,PUT  NVDA   12/13/24   150.000\n\
                12/06/24,Bought,EQ,NVDA,1,-100,100,0,NVIDIA CORP\n";
    assert_eq!(read_of(file, "none"), ["3 2024-12-06 Buy 1 NVDA for 100 fee 0", "etrade-2024: option 1;"]);
}
