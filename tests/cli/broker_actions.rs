//! What brokers' files tell of mergers, spin-offs, names that change and fractions that are paid for.

use serde_json::Value;

use crate::harness::{Desk, column, pick};

const SCHWAB: &str =
    "\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\",\"Fees & Comm\",\"Amount\"\n";

fn schwab(rows: &[&str]) -> String {
    let line = |row: &&str| {
        let cells: Vec<String> = row.split('|').map(|cell| format!("\"{cell}\"")).collect();
        format!("{}\n", cells.join(","))
    };
    format!("{SCHWAB}{}", rows.iter().map(line).collect::<String>())
}

const BOUGHT: &str = "01/02/2020|Buy|OLD|OLD CORP|100|$10.00||-$1000.00";

fn import(desk: &Desk, file: &str) -> Value {
    let run = desk.fed(file, ["import", "-", "--add-stocks", "--currency", "USD", "-O", "json"]).exits(0);
    serde_json::from_str(&run.out()).unwrap()
}

/// The refusals, each with its hint.
fn refused(desk: &Desk, file: &str) -> Vec<String> {
    let run = desk.fed(file, ["import", "-", "--add-stocks", "--currency", "USD"]).exits(3);
    run.err().lines().skip(1).map(|line| line.trim_start().to_owned()).collect()
}

fn held(desk: &Desk) -> Vec<String> {
    let members = ["symbol", "quantity", "cost_basis", "realized_gain"];
    desk.json(["holdings", "--all"]).as_array().unwrap().iter().map(|row| pick(row, &members)).collect()
}

#[test]
fn shares_for_shares_are_an_exchange_by_the_numbers_of_both() {
    let merger =
        ["10/02/2023|Stock Merger|NEW|NEW CORP XXXMERGER|85|||", "10/02/2023|Stock Merger|OLD|OLD CORP|-100|||"];
    let desk = Desk::new();
    let file = schwab(&[&merger[..], &[BOUGHT]].concat());
    let said = import(&desk, &file);
    assert_eq!(pick(&said["kinds"], &["buy", "exchange"]), "1 1");
    assert_eq!(held(&desk), ["NEW 85 1000 0", "OLD 0 0 0"]);
    assert_eq!(import(&desk, &file)["skipped_duplicates"], 2);
    // The ratio that the company named, and a fraction that was paid for, come to as many shares.
    let typed = Desk::new();
    import(&typed, &schwab(&[BOUGHT]));
    typed.ok(["add-stock", "NEW", "New"]);
    let exchange = "exchange OLD NEW 0.8533:1 --date 2023-10-01 --round down --cash-in-lieu 7.5";
    typed.ok(exchange.split(' '));
    let in_lieu = "10/05/2023|Cash In Lieu|NEW|NEW CORP||||$7.50";
    let said = import(&typed, &schwab(&[&merger[..], &[in_lieu, BOUGHT]].concat()));
    assert_eq!(pick(&said, &["imported", "skipped_duplicates"]), "0 3");
}

#[test]
fn shares_for_cash_are_a_sale_and_a_new_name_is_no_change() {
    let desk = Desk::new();
    let said = import(
        &desk,
        &schwab(&[
            "11/08/2022|Cash Merger Adj|OLD|OLD CORP XXXMANDATORY MERGER|-100|||",
            "11/08/2022|Cash Merger|OLD|OLD CORP XXXMANDATORY MERGER||||$5420.00",
            "06/09/2022|Name Change|META|META PLATFORMS|10|||",
            "06/09/2022|Name Change|FB|META PLATFORMS|-10|||",
            "02/02/2021|Buy|FB|FACEBOOK INC|10|$250.00||-$2500.00",
            BOUGHT,
        ]),
    );
    assert_eq!(pick(&said["kinds"], &["buy", "sell"]), "2 1");
    assert_eq!(held(&desk), ["META 10 2500 0", "OLD 0 0 4420"]);
    // Shares and cash: what is realized is for the user to say.
    let both = [
        "10/02/2023|Cash/Stock Merger|NEW|NEW CORP|50|||",
        "10/02/2023|Cash/Stock Merger|OLD|OLD CORP||||$150.00",
        "10/02/2023|Cash/Stock Merger|OLD|OLD CORP|-100|||",
        BOUGHT,
    ];
    let desk = Desk::new();
    let told = refused(&desk, &schwab(&both));
    assert!(told[0].contains("`Cash/Stock Merger` of OLD, by which 100 shares left, may move cost"), "{told:?}");
    let command =
        "stockbook exchange OLD NEW 50:100 --date 2023-10-02 --cash 1.5 --value NEW_PRICE --rule RULE -p main";
    assert!(told[0].contains(&format!("tell; enter {command}")), "{told:?}");
    assert!(told[1].contains("enter the command, and import again"), "{told:?}");
    // Which works as it stands, once what is in capitals is filled in.
    import(&desk, &schwab(&[BOUGHT]));
    desk.ok(["add-stock", "NEW", "New"]);
    let filled = command.replace("NEW_PRICE", "30").replace("RULE", "boot");
    desk.ok(filled.split(' ').skip(1));
    assert_eq!(import(&desk, &schwab(&both))["imported"], 0);
}

#[test]
fn a_spin_off_is_refused_with_the_command_and_known_once_it_was_entered() {
    let rows = ["11/04/2021|Spin-off|BABY|BABY HLDGS|20|||", BOUGHT];
    let desk = Desk::new();
    let told = refused(&desk, &schwab(&rows));
    assert!(
        told[0].contains("standard input:2: `Spin-off` of BABY, by which 20 shares came, may move cost"),
        "{told:?}"
    );
    let command = "stockbook spin-off OLD_SYMBOL BABY NEW:OLD --date 2021-11-04 --values NEW_PRICE:OLD_PRICE -p main";
    assert!(told[0].contains(command), "{told:?}");
    let left_out = desk.fed(&schwab(&rows), ["import", "-", "--add-stocks", "--skip-unknown", "-O", "json"]).exits(0);
    let said: Value = serde_json::from_str(&left_out.out()).unwrap();
    assert_eq!((&said["imported"], &said["not_recorded"]["unknown"]), (&1.into(), &1.into()));
    desk.ok(["add-stock", "BABY", "Baby"]);
    let filled = command.replace("OLD_SYMBOL", "OLD").replace("NEW:OLD", "1:5").replace("NEW_PRICE:OLD_PRICE", "1:4");
    desk.ok(filled.split(' ').skip(1));
    let said = import(&desk, &schwab(&rows));
    assert_eq!(pick(&said, &["imported", "skipped_duplicates"]), "0 2");
    assert_eq!(held(&desk)[0].split(' ').next(), Some("BABY"));
}

#[test]
fn a_fraction_that_a_split_left_is_sold_for_what_was_paid_and_another_is_refused() {
    let desk = Desk::new();
    import(&desk, &schwab(&["01/02/2020|Buy|OLD|OLD CORP|101|$10.00||-$1010.00"]));
    desk.ok(["split", "OLD", "1:10", "--date", "2020-06-01"]);
    let paid = schwab(&["06/04/2020|Cash In Lieu|OLD|OLD CORP||||$9.00"]);
    assert_eq!(import(&desk, &paid)["kinds"]["cash-in-lieu"], 1);
    // 1 of 101 shares had cost 10.
    assert_eq!(held(&desk), ["OLD 10 1000 -1"]);
    assert_eq!(import(&desk, &paid)["skipped_duplicates"], 1);
    desk.ok(["check"]);
    let told = refused(&desk, &schwab(&["06/04/2021|Cash In Lieu|OLD|OLD CORP||||$9.00"]));
    assert!(told[0].contains("9 was paid for a fraction of OLD, and no split of the book has left one"), "{told:?}");
    let command = "stockbook split OLD NEW:OLD --date 2021-06-04 --round down --cash-in-lieu 9 -p main";
    assert!(told[0].contains(command), "{told:?}");
}

#[test]
fn cash_beside_a_refused_split_belongs_to_its_command() {
    let split = "06/01/2020|Reverse Split|OLD|OLD CORP|10|||";
    let left = "06/01/2020|Reverse Split|OLD.OLD|OLD CORP|-101|||";
    let paid = "06/04/2020|Cash In Lieu|OLD|OLD CORP||||$9.00";
    let bought = "01/02/2020|Buy|OLD|OLD CORP|101|$10.00||-$1010.00";
    let desk = Desk::new();
    let file = schwab(&[paid, split, left, bought]);
    let told = refused(&desk, &file);
    assert_eq!(told.iter().filter(|line| line.contains("enter stockbook split")).count(), 1, "{told:?}");
    let command = "split OLD NEW:OLD --date 2020-06-01";
    assert!(told.iter().any(|line| line.ends_with(&format!("enter stockbook {command}"))), "{told:?}");
    let more = "--round down --cash-in-lieu 9 -p main";
    let expected = format!(
        "standard input:2: 9 was paid for a fraction of OLD by what standard input:4 tells; enter the command for \
         that row with {more}"
    );
    assert!(told.contains(&expected), "{told:?}");
    // So it does.
    import(&desk, &schwab(&[bought]));
    desk.ok(format!("{command} {more}").replace("NEW:OLD", "1:10").split(' '));
    assert_eq!(import(&desk, &file)["imported"], 0);
    assert_eq!(held(&desk), ["OLD 10 1000 -1"]);
    // And the split alone does, too.
    let desk = Desk::new();
    import(&desk, &schwab(&[bought]));
    desk.ok(command.replace("NEW:OLD", "1:10").split(' '));
    assert_eq!(import(&desk, &file)["imported"], 1);
    assert_eq!(held(&desk), ["OLD 10 1000 -1"]);
    // Of an exchange that the user has to enter, the command names the portfolio.
    let merger = "06/01/2020|Cash/Stock Merger|NEW|NEW CORP|50|||";
    let gone = "06/01/2020|Cash/Stock Merger|OLD|OLD CORP|-101||";
    let paid = "06/04/2020|Cash In Lieu|NEW|NEW CORP||||$9.00";
    let told = refused(&Desk::new(), &schwab(&[paid, merger, &format!("{gone}|$150.00"), bought]));
    let expected = "a fraction of NEW by what standard input:4 tells; enter the command for that row with --round \
                    down --cash-in-lieu 9";
    assert!(told.iter().any(|line| line.ends_with(expected)), "{told:?}");
}

#[test]
fn capital_that_was_returned_lowers_the_cost() {
    let desk = Desk::new();
    let said = import(&desk, &schwab(&["03/02/2020|Return Of Capital|OLD|OLD CORP||||$40.00", BOUGHT]));
    assert_eq!(pick(&said["kinds"], &["buy", "return-capital"]), "1 1");
    assert_eq!(held(&desk), ["OLD 100 960 0"]);
}

fn ibkr(rows: &[&str]) -> String {
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
    // What says too little is refused with the command to enter.
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

/// Two mergers of one account on one day, as several brokers tell them.
#[test]
fn mergers_of_one_day_are_told_apart_by_what_the_rows_say() {
    let expected = ["GEA 30 3000 0", "NEW 85 1000 0"];
    let open = |desk: &Desk| held(desk).into_iter().filter(|row| !row.contains(" 0 0 ")).collect::<Vec<_>>();
    // IBKR says the same of both sides of a merger, and names the new shares in it.
    let side = |what: &str, of: &str, shares: &str| {
        format!("2023-08-02,\"2023-08-01, 20:25:00\",\"{what} ({of})\",{shares},0")
    };
    let ge = "GE(US3696041033) Merged(Acquisition)  WITH US3696043013 1 for 10";
    let twtr = "TWTR(US90184L1026) Merged(Acquisition)  WITH US88160R1014 17 for 2";
    let rows = [
        side(ge, "GEA, GE AEROSPACE, US3696043013", "30"),
        side(twtr, "NEW, NEW CORP, US88160R1014", "85"),
        side(ge, "GE, GENERAL ELECTRIC, US3696041033", "-300"),
        side(twtr, "TWTR, TWITTER INC, US90184L1026", "-10"),
    ];
    let desk = Desk::new();
    import(&desk, &ibkr(&rows.each_ref().map(String::as_str)));
    assert_eq!(open(&desk), ["GEA 30 3000 0", "NEW 85 400 0"]);
    desk.ok(["check"]);
    // Schwab names what was given in the description, or calls the mergers otherwise.
    let bought = "01/03/2020|Buy|GEX|GENERAL ELECTRIC|300|$10.00||-$3000.00";
    let named = [
        "10/02/2023|Stock Merger|NEW|NEW CORP XXXMERGER FROM OLD|85|||",
        "10/02/2023|Stock Merger|GEA|GE AEROSPACE XXXMERGER FROM GEX|30|||",
        "10/02/2023|Stock Merger|GEX|GENERAL ELECTRIC|-300|||",
        "10/02/2023|Stock Merger|OLD|OLD CORP|-100|||",
    ];
    let desk = Desk::new();
    import(&desk, &schwab(&[&named[..], &[bought, BOUGHT]].concat()));
    assert_eq!(open(&desk), expected);
    let otherwise = [
        "10/02/2023|Stock Merger|NEW|NEW CORP|85|||",
        "10/02/2023|Cash Merger Adj|GEX|GENERAL ELECTRIC|-300|||",
        "10/02/2023|Cash Merger|GEX|GENERAL ELECTRIC||||$4000.00",
        "10/02/2023|Stock Merger|OLD|OLD CORP|-100|||",
    ];
    let desk = Desk::new();
    import(&desk, &schwab(&[&otherwise[..], &[bought, BOUGHT]].concat()));
    assert_eq!(held(&desk), ["GEX 0 0 1000", "NEW 85 1000 0", "OLD 0 0 0"]);
    // Where the rows do not say, each is refused with what to enter.
    let silent = named.map(|row| row.replace(" XXXMERGER FROM OLD", "").replace(" XXXMERGER FROM GEX", ""));
    let silent: Vec<&str> = silent.iter().map(String::as_str).chain([bought, BOUGHT]).collect();
    let told = refused(&Desk::new(), &schwab(&silent));
    for command in [
        "stockbook exchange OLD_SYMBOL NEW 85:OLD --date 2023-10-02 -p main",
        "stockbook exchange GEX NEW_SYMBOL NEW:300 --date 2023-10-02 -p main",
    ] {
        assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
    }
    // Trade Republic tells both sides at the same time, DEGIRO too.
    let header = "datetime,date,account_type,category,type,asset_class,name,symbol,shares,price,amount,fee,tax,currency,\
                  original_amount,original_currency,fx_rate,description,transaction_id\n";
    let row = |at: &str, what: &str, isin: &str, shares: &str, money: &str| {
        let day = &at[..10];
        format!("{at},{day},DEFAULT,{what},STOCK,Some,{isin},{shares},{money},,,EUR,,,,,{day}{shares}\n")
    };
    let [merged, bought] = ["CORPORATE_ACTION,MERGER", "TRADING,BUY"];
    let file = [
        row("2020-01-02T09:00:00Z", bought, "US0378331005", "100", "10,-1000"),
        row("2020-01-03T09:00:00Z", bought, "US3696041033", "300", "10,-3000"),
        row("2023-10-01T09:00:00Z", merged, "US0378331005", "-100", ","),
        row("2023-10-01T09:00:05Z", merged, "US3696041033", "-300", ","),
        row("2023-10-01T09:00:00Z", merged, "US88160R1014", "85", ","),
        row("2023-10-01T09:00:05Z", merged, "US3696043013", "30", ","),
    ];
    let desk = Desk::new();
    import(&desk, &format!("{header}{}", file.concat()));
    assert_eq!(open(&desk), ["US3696043013 30 3000 0", "US88160R1014 85 1000 0"]);
}

/// DEGIRO books what was given and what came at one time, or at midnight, under names of the companies.
#[test]
fn mergers_of_one_time_are_told_apart_by_the_names_of_the_companies() {
    let header = "Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,\
                  AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,\n";
    let order = "11111111-2222-3333-4444-555555555555";
    let bought = |product: &str, isin: &str, shares: &str| {
        format!(
            "02-01-2020,09:00,{product},{isin},XET,,{shares},10.00,EUR,-{shares}0.00,EUR,-{shares}0.00,,0.00,,-{shares}0.00,\
             {order},\n"
        )
    };
    let moved = |time: &str, product: &str, isin: &str, shares: &str| {
        format!("01-10-2023,{time},{product},{isin},XET,,{shares},0.00,EUR,0.00,EUR,0.00,,0.00,,0.00,,\n")
    };
    let file = |time: &str, names: [&str; 4]| {
        [
            header.to_owned(),
            moved(time, names[0], "US3696043013", "30"),
            moved(time, names[1], "US0378331005", "-100"),
            moved(time, names[2], "US88160R1014", "40"),
            moved(time, names[3], "US3696041033", "-300"),
            bought(names[1], "US0378331005", "100"),
            bought(names[3], "US3696041033", "300"),
        ]
        .concat()
    };
    for time in ["00:00", "09:00"] {
        let desk = Desk::new();
        import(&desk, &file(time, ["GENERAL ELECTRIC CO", "ALTEN SA", "ALTEN NV", "GENERAL ELECTRIC"]));
        let open: Vec<_> = held(&desk).into_iter().filter(|row| !row.contains(" 0 0 ")).collect();
        assert_eq!(open, ["US3696043013 30 3000 0", "US88160R1014 40 1000 0"], "{time}");
        let told = refused(&Desk::new(), &file(time, ["GE", "ALTEN SA", "NEW NV", "GENERAL ELECTRIC"]));
        // The file has no words for it.
        let came = "a corporate action of US3696043013, by which 30 shares came, may move cost";
        assert!(told.len() == 5 && told[0].contains(came), "{told:?}");
    }
}

#[test]
fn what_a_broker_calls_a_split_is_entered_as_one() {
    let desk = Desk::new();
    let swissquote = "Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;Balance;Currency\n\
        11-08-2024 14:31:42;4;Stock Split;NESN;NESTLE;CH0038863350;1.0;0;0;0.00;0;0.00;CHF\n\
        10-08-2024 14:31:42;5;Buy;NESN;NESTLE;CH0038863350;1;100.00;15.39;0.00;-115.39;0.00;CHF\n";
    let refused = desk.fed(swissquote, ["import", "-", "--add-stocks", "-O", "json"]).exits(3).json_error();
    let fault = refused["details"][0]["message"].as_str().unwrap();
    assert!(
        fault.contains("of NESN, by which 1 share came, is a split, whose ratio this row does not tell"),
        "{fault}"
    );
    assert!(fault.ends_with("split NESN NEW:OLD --date 2024-08-11"), "{fault}");
    // Of Robinhood the shares that it added give the ratio, where that is a whole one.
    let robinhood = "Activity Date,Process Date,Settle Date,Instrument,Description,Trans Code,Quantity,Price,Amount\n\
        8/16/2024,8/16/2024,8/19/2024,NVDA,NVIDIA,SPL,9,,\n\
        7/8/2024,7/8/2024,7/9/2024,NVDA,NVIDIA,Buy,2,$120.00,($240.00)\n";
    let refused = desk.fed(robinhood, ["import", "-", "--add-stocks", "-O", "json"]).exits(3).json_error();
    let fault = refused["details"][0]["message"].as_str().unwrap();
    let told = "a split added 9 NVDA to 2 on 2024-08-16, which is no whole ratio; enter stockbook split NVDA NEW:OLD --date 2024-08-16";
    assert_eq!(fault, told);
}

#[test]
fn fewer_shares_for_those_of_the_same_stock_are_a_split() {
    let bought = "01/20/2024|Buy|ABC|ABC CORP|100|$10.00||-$1000.00";
    let fewer = |day: &str, old: &str, before: &str| {
        [
            format!("{day}|Reverse Split|ABC|ABC CORP|10|||"),
            format!("{day}|Reverse Split|{old}|ABC CORP XXXREVERSE SPLIT EFF: {day}|-{before}|||"),
        ]
    };
    let file = |day: &str, old: &str, before: &str, further: &[&str]| {
        let halves = fewer(day, old, before);
        schwab(&[&halves.each_ref().map(String::as_str)[..], further].concat())
    };
    // The old shares go by their CUSIP while it is on, or by their symbol.
    for old in ["00123Q104", "ABC"] {
        let desk = Desk::new();
        let said = import(&desk, &file("06/20/2024", old, "100", &[bought]));
        assert_eq!(pick(&said["kinds"], &["buy", "split"]), "1 1", "{old}");
        assert_eq!(said["splits"], serde_json::json!(["ABC 1:10 on 2024-06-20"]));
        assert_eq!(held(&desk), ["ABC 10 1000 0"], "{old}");
    }
    // The name changed, too.
    let desk = Desk::new();
    import(&desk, &file("06/20/2024", "OLD", "100", &[BOUGHT]));
    assert_eq!(held(&desk), ["ABC 10 1000 0", "OLD 0 0 0"]);
    // 105 at 1:10 are 10 and a half, which was paid for.
    let more = "01/20/2024|Buy|ABC|ABC CORP|105|$10.00||-$1050.00";
    let in_lieu = "06/25/2024|Cash In Lieu|ABC|ABC CORP||||$4.00";
    let desk = Desk::new();
    let whole = file("06/20/2024", "00123Q104", "105", &[in_lieu, more]);
    let told = refused(&desk, &whole);
    let command = "split ABC NEW:OLD --date 2024-06-20";
    assert!(told.iter().any(|line| line.ends_with(&format!("no whole ratio; enter stockbook {command}"))), "{told:?}");
    desk.ok(["add-stock", "ABC", "ABC"]);
    desk.ok(command.replace("NEW:OLD", "1:10").split(' '));
    import(&desk, &whole);
    // 4 for half a share, which cost 50.
    assert_eq!(held(&desk), ["ABC 10 1000 -46"]);
    let fidelity = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Accrued Interest ($),Amount ($),Settlement Date\n\
        03/08/2021,REVERSE SPLIT R/S FROM 001230107#REOR M0000000010001 ABC NEW (001230206) (Cash),ABC,ABC NEW,Cash,130,,,,,,\n\
        03/08/2021,REVERSE SPLIT R/S TO 001230206#REOR M0000000010000 ABC (001230107) (Cash),ABC,ABC,Cash,-1300,,,,,,\n\
        02/08/2021,YOU BOUGHT ABC (ABC) (Cash),ABC,ABC,Cash,1300,2,,,,-2600,02/10/2021\n";
    let desk = Desk::new();
    import(&desk, fidelity);
    assert_eq!(held(&desk), ["ABC 130 2600 0"]);
}

#[test]
fn halves_of_a_split_in_two_files_are_entered_as_one() {
    let head = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n";
    let row = |row: &str| row.replace("FOO", "US0378331005,FOO,Foo");
    let bought = row("Market buy,2024-06-03 10:00:00,FOO,100,20.00,USD,,2000.00,USD,EOF1\n");
    let [old, new] = [
        row("Stock split close,2024-12-31 23:59:00,FOO,100,,USD,,,USD,\n"),
        row("Stock split open,2025-01-01 00:00:00,FOO,10,,USD,,,USD,\n"),
    ];
    let desk = Desk::new();
    let years = [("2024.csv", format!("{bought}{old}")), ("2025.csv", new)];
    for (name, rows) in years {
        desk.file(name, format!("{head}{rows}"));
    }
    let import = ["import", "2024.csv", "2025.csv", "--add-stocks"];
    let run = desk.run(import).exits(3);
    let told = run.err();
    let command = "split FOO NEW:OLD --date 2024-12-31";
    assert!(told.contains("`half of a split` of FOO, by which 100 shares left, is a split, whose ratio"), "{told}");
    assert!(told.contains(&format!("enter stockbook {command}")), "{told}");
    desk.ok(["add-stock", "FOO", "Foo"]);
    desk.ok(command.replace("NEW:OLD", "1:10").split(' '));
    desk.ok(import);
    assert_eq!(held(&desk), ["FOO 10 2000 0"]);
}

#[test]
fn ratios_of_rounded_halves_are_those_of_the_same_split() {
    let head = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n";
    let file = |old: &str, new: &str, id: &str| {
        let row = |what: &str, shares: &str, total: &str| {
            format!("{what},US0378331005,FOO,Foo,{shares},,USD,,{total},USD,{id}{}\n", shares.len())
        };
        let bought = row("Market buy,2025-08-27 08:00:05", old, "7.00");
        let halves = [("open", new), ("close", old)]
            .map(|(half, shares)| row(&format!("Stock split {half},2025-09-02 06:06:46"), shares, "7.00"));
        format!("{head}{bought}{}", halves.concat())
    };
    let desk = Desk::new();
    import(&desk, &file("3.2451471300", "0.3245147100", "a"));
    desk.ok(["add-portfolio", "isa"]);
    let isa = file("1.1111111170", "0.1111111100", "b");
    desk.fed(&isa, ["import", "-", "-p", "isa"]).exits(0);
    // The ratio is the first one: 1.111111117 x 0.32451471 / 3.24514713 = 0.1111111107.
    assert_eq!(held(&desk).len(), 2);
    assert!(held(&desk).contains(&"FOO 0.1111111107 7 0".to_owned()), "{:?}", held(&desk));
    let typed = Desk::new();
    typed.ok(["add-stock", "FOO", "Foo"]);
    typed.ok(["split", "FOO", "1:10", "--date", "2025-09-02"]);
    import(&typed, &isa);
    assert_eq!(held(&typed), ["FOO 0.1111111117 7 0"]);
    // Another ratio is another split.
    let other = file("1.1111111170", "0.1112111100", "c");
    let told = typed.fed(&other, ["import", "-"]).exits(3);
    assert!(told.err().contains("FOO was split 1:10 on 2025-09-02, not"), "{}", told.err());
}

#[test]
fn shares_that_came_of_a_stock_that_is_held_are_entered_as_a_split() {
    let head = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n";
    let bought = "Market buy,2024-06-03 10:00:00,US0378331005,FOO,Foo,100,20.00,USD,,2000.00,USD,EOF1\n";
    let came = |name: &str| format!("Stock distribution,2024-07-10 07:00:00,US0378331005,{name},Foo,3,0,USD,,0,USD,\n");
    let desk = Desk::new();
    let file = format!("{head}{bought}{}", came("FOO"));
    let told = refused(&desk, &file);
    // 100 were held, and 3 came.
    let command = "split FOO 103:100 --date 2024-07-10";
    assert!(told[0].ends_with(&format!("enter stockbook {command}")), "{told:?}");
    desk.ok(["add-stock", "FOO", "Foo"]);
    desk.ok(command.split(' '));
    import(&desk, &file);
    assert_eq!(held(&desk), ["FOO 103 2000 0"]);
    // None of it was held: of another company.
    let told = refused(&Desk::new(), &format!("{head}{}", came("FOO")));
    assert!(told[0].contains("stockbook spin-off OLD_SYMBOL FOO"), "{told:?}");
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
