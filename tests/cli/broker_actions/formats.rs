//! Corporate actions in the formats of individual brokers.

use serde_json::Value;

use super::{BOUGHT, held, import, refused};
use crate::harness::{Desk, column, pick};

pub(super) fn ibkr(rows: &[&str]) -> String {
    let trades = "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,\
                  Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code\n\
                  Trades,Data,Order,Stocks,USD,GE,\"2021-11-23, 12:46:38\",300,10,10,-3000,0,3000,0,0,O\n\
                  Trades,Data,Order,Stocks,USD,TWTR,\"2021-11-23, 12:46:38\",10,40,40,-400,0,400,0,0,O\n";
    let header = "Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,Proceeds,\
                  Value,Realized P/L,Code\n";
    let line = |row: &&str| format!("Corporate Actions,Data,Stocks,USD,{row},0,0,\n");
    format!("{trades}{header}{}", rows.iter().map(line).collect::<String>())
}

#[test]
fn corporate_actions_of_an_activity_statement() {
    let desk = Desk::new();
    let cash = "2022-10-28,\"2022-10-27, 20:25:00\",\"TWTR(US90184L1026) Merged(Acquisition) for USD 54.20 per Share \
                (TWTR, TWITTER INC, US90184L1026)\",-10,542";
    let stock = ["30", "-300"].map(|shares| {
        let of = if shares == "30" { "GEA, GE AEROSPACE, US3696043013" } else { "GE, GENERAL ELECTRIC, US3696041033" };
        format!(
            "2023-08-02,\"2023-08-01, 20:25:00\",\"GE(US3696041033) Merged(Acquisition)  WITH US3696043013 1 for 10 \
             ({of})\",{shares},0"
        )
    });
    let file = ibkr(&[cash, &stock[0], &stock[1]]);
    import(&desk, &file);
    assert_eq!(held(&desk), ["GE 0 0 0", "GEA 30 3000 0", "TWTR 0 0 142"]);
    assert_eq!(import(&desk, &file)["imported"], 0);
    let spin_off = "2023-01-04,\"2023-01-03, 20:25:00\",\"GE(US3696043013) Spinoff  1 for 3 (GEHC, GE HEALTHCARE, \
                    US36266G1076)\",100,0";
    let told = refused(&Desk::new(), &ibkr(&[spin_off]));
    let command = "stockbook spin-off GE GEHC 1:3 --date 2023-01-04 --values NEW_PRICE:OLD_PRICE -p main";
    assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
    // Under another ISIN the stock is the same.
    let isin =
        ["(GE, GENERAL ELECTRIC, US3696043013)\",300", "(GE.OLD, GENERAL ELECTRIC, US3696041033)\",-300"].map(|of| {
            format!("2023-08-02,\"2023-08-01, 20:25:00\",\"GE(US3696041033) CUSIP/ISIN Change to (US3696043013) {of},0")
        });
    let desk = Desk::new();
    import(&desk, &ibkr(&[&isin[0], &isin[1]]));
    assert_eq!(held(&desk), ["GE 300 3000 0", "TWTR 10 400 0"]);
}

#[test]
fn pairs_of_degiro_and_trade_republic() {
    let header = "Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,\
                  AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,\n";
    let row = |day: &str, product: &str, isin: &str, shares: &str, price: &str, id: &str| {
        let value = if price == "0.00" { "0.00" } else { "-1000.00" };
        format!("{day},09:00,{product},{isin},XET,,{shares},{price},EUR,{value},EUR,{value},,0.00,,{value},{id},\n")
    };
    let order = "11111111-2222-3333-4444-555555555555";
    let bought = row("02-01-2020", "OLD CORP", "US0378331005", "100", "10.00", order);
    let left = row("01-10-2023", "OLD CORP", "US0378331005", "-100", "0.00", "");
    let came = |shares: &str| row("01-10-2023", "NEW CORP", "US88160R1014", shares, "0.00", "");
    let desk = Desk::new();
    import(&desk, &format!("{header}{}{left}{bought}", came("40")));
    assert_eq!(held(&desk), ["US0378331005 0 0 0", "US88160R1014 40 1000 0"]);
    let desk = Desk::new();
    import(&desk, &format!("{header}{}{left}{bought}", came("100")));
    assert_eq!(held(&desk), ["US88160R1014 100 1000 0"]);
    let told = refused(&Desk::new(), &format!("{header}{}{bought}", came("20")));
    let command = "stockbook spin-off OLD_SYMBOL US88160R1014 NEW:OLD --date 2023-10-01";
    assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
    let header = "datetime,date,account_type,category,type,asset_class,name,symbol,shares,price,amount,fee,tax,currency,\
                  original_amount,original_currency,fx_rate,description,transaction_id\n";
    let row = |day: &str, what: &str, isin: &str, shares: &str, money: &str| {
        format!("{day}T09:00:00Z,{day},DEFAULT,{what},STOCK,Some,{isin},{shares},{money},,,EUR,,,,,{day}{shares}\n")
    };
    let bought = row("2020-01-02", "TRADING,BUY", "US0378331005", "100", "10,-1000");
    let left = row("2023-10-01", "CORPORATE_ACTION,MERGER", "US0378331005", "-100", ",");
    let came = row("2023-10-01", "CORPORATE_ACTION,MERGER", "US88160R1014", "40", ",");
    let desk = Desk::new();
    let said = import(&desk, &format!("{header}{bought}{left}{came}"));
    assert_eq!(pick(&said["kinds"], &["buy", "exchange"]), "1 1");
    assert_eq!(column(&desk.json(["transactions", "--type", "exchange"]), "ratio"), ["40:100"]);
    let told = refused(&Desk::new(), &format!("{header}{bought}{came}"));
    assert!(told[0].contains("`MERGER` of US88160R1014, by which 40 shares came, may move cost"), "{told:?}");
}

#[test]
fn corporate_actions_of_a_flex_query_as_xml() {
    let element = |name: &str, attributes: &str| {
        format!(
            "<{name} accountId=\"U1\" currency=\"USD\" assetCategory=\"STK\" levelOfDetail=\"DETAIL\" {attributes} />\n"
        )
    };
    let trade = |symbol: &str, shares: &str, price: &str, cost: &str| {
        let attributes = format!(
            "symbol=\"{symbol}\" description=\"{symbol} INC\" tradeID=\"7{shares}\" reportDate=\"20211123\" \
             tradeDate=\"20211123\" dateTime=\"20211123;124638\" quantity=\"{shares}\" tradePrice=\"{price}\" \
             proceeds=\"-{cost}\" ibCommission=\"0\" ibCommissionCurrency=\"USD\" buySell=\"BUY\""
        );
        element("Trade", &attributes).replace("DETAIL", "EXECUTION")
    };
    let action = |symbol: &str, what: &str, shares: &str, proceeds: &str| {
        let attributes = format!(
            "symbol=\"{symbol}\" description=\"{what}\" reportDate=\"20230802\" dateTime=\"20230801;202500\" \
             quantity=\"{shares}\" proceeds=\"{proceeds}\" transactionID=\"9{shares}\""
        );
        element("CorporateAction", &attributes)
    };
    let file = |rows: &[String]| {
        format!(
            "<FlexQueryResponse queryName=\"Sample\" type=\"AF\">\n<FlexStatements count=\"1\">\n<FlexStatement \
             accountId=\"U1\">\n{}</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n",
            rows.concat()
        )
    };
    let bought = [trade("GE", "300", "10", "3000"), trade("TWTR", "10", "40", "400")].concat();
    let merged = "GE(US3696041033) MERGED(Acquisition)  WITH US3696043013 1 FOR 10";
    let pair = [
        action("GEA", &format!("{merged} (GEA, GE AEROSPACE, US3696043013)"), "30", "0"),
        action("GE", &format!("{merged} (GE, GENERAL ELECTRIC, US3696041033)"), "-300", "0"),
    ]
    .concat();
    let for_cash = "TWTR(US90184L1026) MERGED(Acquisition) FOR USD 54.20 PER SHARE (TWTR, TWITTER INC, US90184L1026)";
    let sold = action("TWTR", for_cash, "-10", "542").replace("202308", "202210");
    let desk = Desk::new();
    let all = file(&[bought.clone(), pair, sold]);
    let said = import(&desk, &all);
    assert_eq!(pick(&said["kinds"], &["buy", "exchange", "sell"]), "2 1 1");
    // 542 − 400; and 3000 for 30, held since they were bought.
    assert_eq!(held(&desk), ["GE 0 0 0", "GEA 30 3000 0", "TWTR 0 0 142"]);
    assert_eq!(column(&desk.json(["transactions", "--type", "exchange"]), "trade_date"), ["2023-08-02"]);
    assert_eq!(import(&desk, &all)["imported"], 0);
    desk.ok(["check"]);
    // A row that says too little is refused, with the command to enter.
    let spun = "GE(US3696041033) SPINOFF  1 FOR 3 (GEHC, GE HEALTHCARE, US36266G1076)";
    let told = refused(&Desk::new(), &file(&[bought.clone(), action("GEHC", spun, "100", "0")]));
    let command = "stockbook spin-off GE GEHC 1:3 --date 2023-08-02 --values NEW_PRICE:OLD_PRICE -p main";
    assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
    let both = [action("GEA", merged, "30", "0"), action("GE", merged, "-300", "150")].concat();
    let told = refused(&Desk::new(), &file(&[bought.clone(), both]));
    let command = "stockbook exchange GE GEA 30:300 --date 2023-08-02 --cash 0.5 --value NEW_PRICE --rule RULE -p main";
    assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
    // Under another ISIN the stock is the same.
    let isin = "GE(US3696041033) CUSIP/ISIN CHANGE TO (US3696043013)";
    let renamed = [
        action("GE", &format!("{isin} (GE, GENERAL ELECTRIC, US3696043013)"), "300", "0"),
        action("GE.OLD", &format!("{isin} (GE.OLD, GENERAL ELECTRIC, US3696041033)"), "-300", "0"),
    ]
    .concat();
    let desk = Desk::new();
    import(&desk, &file(&[bought, renamed]));
    assert_eq!(held(&desk), ["GE 300 3000 0", "TWTR 10 400 0"]);
}

#[test]
fn corporate_actions_of_schwab_as_json() {
    let file = |rows: &[&str]| {
        let object = |row: &&str| {
            let members = ["Date", "Action", "Symbol", "Description", "Quantity", "Price", "Fees & Comm", "Amount"];
            let cells = row.split('|').map(Value::from);
            Value::Object(members.iter().map(|it| (*it).to_owned()).zip(cells).collect())
        };
        serde_json::json!({
            "FromDate": "01/01/2020",
            "ToDate": "12/31/2023",
            "BrokerageTransactions": rows.iter().map(object).collect::<Vec<_>>(),
        })
        .to_string()
    };
    let desk = Desk::new();
    let all = file(&[
        "10/02/2023|Stock Merger|NEW|NEW CORP XXXMERGER|85|||",
        "10/02/2023|Stock Merger|OLD|OLD CORP|-100|||",
        "11/08/2022|Cash Merger Adj|GONE|GONE CORP XXXMANDATORY MERGER|-100|||",
        "11/08/2022|Cash Merger|GONE|GONE CORP XXXMANDATORY MERGER||||$5420.00",
        "06/09/2022|Name Change|META|META PLATFORMS|10|||",
        "06/09/2022|Name Change|FB|META PLATFORMS|-10|||",
        "02/02/2021|Buy|FB|FACEBOOK INC|10|$250.00||-$2500.00",
        "01/02/2020|Buy|GONE|GONE CORP|100|$20.00||-$2000.00",
        BOUGHT,
    ]);
    let said = import(&desk, &all);
    assert_eq!(pick(&said["kinds"], &["buy", "exchange", "sell"]), "3 1 1");
    // 5420 − 2000.
    assert_eq!(held(&desk), ["GONE 0 0 3420", "META 10 2500 0", "NEW 85 1000 0", "OLD 0 0 0"]);
    assert_eq!(import(&desk, &all)["imported"], 0);
    desk.ok(["check"]);
    let told = refused(&Desk::new(), &file(&["11/04/2021|Spin-off|BABY|BABY HLDGS|20|||", BOUGHT]));
    let command = "stockbook spin-off OLD_SYMBOL BABY NEW:OLD --date 2021-11-04 --values NEW_PRICE:OLD_PRICE -p main";
    assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
    let told = refused(
        &Desk::new(),
        &file(&[
            "10/02/2023|Cash/Stock Merger|NEW|NEW CORP|50|||",
            "10/02/2023|Cash/Stock Merger|OLD|OLD CORP||||$150.00",
            "10/02/2023|Cash/Stock Merger|OLD|OLD CORP|-100|||",
            BOUGHT,
        ]),
    );
    let command =
        "stockbook exchange OLD NEW 50:100 --date 2023-10-02 --cash 1.5 --value NEW_PRICE --rule RULE -p main";
    assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
}

#[test]
fn capital_that_interactive_brokers_lists_among_dividends_lowers_the_cost() {
    let statement = |text: &str, amount: &str| {
        format!(
            "Statement,Data,Title,Activity\n\
             Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code\n\
             Trades,Data,Order,Stocks,USD,ABC,\"2024-01-03, 10:00:00\",100,10,10,-1000,0,1000,0,0,O\n\
             Dividends,Header,Currency,Date,Description,Amount\n\
             Dividends,Data,USD,2024-03-01,ABC(US0378331005) Cash Dividend USD 0.50 per Share (Ordinary Dividend),50\n\
             Dividends,Data,USD,2024-06-03,ABC(US0378331005) Cash Dividend USD 0.20 per Share {text},{amount}\n"
        )
    };
    let desk = Desk::new();
    let said = import(&desk, &statement("(Return of Capital)", "20"));
    assert_eq!(pick(&said["kinds"], &["buy", "dividend", "return-capital"]), "1 1 1");
    assert_eq!(held(&desk), ["ABC 100 980 0"]);
    let told = refused(&Desk::new(), &statement("(Return of Capital) - Reversal", "-20"));
    assert!(told[0].ends_with("an amount of -20 takes an earlier one back"), "{told:?}");
    let flex = "CurrencyPrimary,Symbol,Description,ISIN,SettleDate,Amount,Type,TransactionID\n\
        USD,ABC,ABC(US0378331005) CASH DIVIDEND USD 0.10 PER SHARE (Return of Capital),US0378331005,20240903,10,Dividends,77\n";
    import(&desk, flex);
    assert_eq!(held(&desk), ["ABC 100 970 0"]);
    let xml = "<FlexQueryResponse><FlexStatements><FlexStatement><CashTransactions><CashTransaction currency=\"USD\" symbol=\"ABC\" \
        isin=\"US0378331005\" description=\"ABC(US0378331005) CASH DIVIDEND USD 0.10 PER SHARE (Return of Capital)\" \
        assetCategory=\"STK\" dateTime=\"20241203\" settleDate=\"20241203\" amount=\"10\" type=\"Dividends\" transactionID=\"78\" \
        levelOfDetail=\"DETAIL\"/></CashTransactions></FlexStatement></FlexStatements></FlexQueryResponse>";
    import(&desk, xml);
    assert_eq!(held(&desk), ["ABC 100 960 0"]);
}

#[test]
fn a_fund_is_traded_in_the_currency_of_its_trades() {
    let degiro = "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id\n\
        30-09-2025,15:00,30-09-2025,WORLD ETF,US0378331005,Dividend,,USD,\"20,33\",USD,\"20,33\",\n\
        15-03-2025,10:32,15-03-2025,WORLD ETF,US0378331005,\"Koop 15 @ 76,50 EUR\",,EUR,\"-1147,50\",EUR,\"-115,09\",b2c3d4e5-0000-0000-0000-000000000002\n";
    let run = Desk::new().fed(degiro, ["import", "-", "--add-stocks"]).exits(3);
    // The newest row is the dividend, which is paid in another.
    assert!(run.err().contains(":2: US0378331005 is traded in EUR, not in USD"), "{}", run.err());
}
