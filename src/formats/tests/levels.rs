//! Files that state the same trades twice, or have several tables.

use std::fmt::Write as _;
use std::sync::Arc;

use super::brokers::read_of;
use super::rules::read_by;
use crate::formats::Format;

const FLEX: &str = "AssetClass,Symbol,TradeDate,Quantity,TradePrice,Buy/Sell,CurrencyPrimary,TradeID,LevelOfDetail\n";
const ORDERS: &str = "STK,ACM,20240502,30,20,BUY,USD,,ORDER\nOPT,ACM 240621C00020000,20240502,1,2,BUY,USD,,ORDER\n";
const FILLS: &str = "STK,ACM,20240502,10,20,BUY,USD,1,EXECUTION\nSTK,ACM,20240502,20,20,BUY,USD,2,EXECUTION\n";

#[test]
fn orders_count_where_a_file_does_not_have_their_fills() {
    let orders = ["2 2024-05-02 Buy 30 ACM at 20 fee 0", "ibkr-flex-trades: detail 1;"];
    assert_eq!(read_of(&format!("{FLEX}{ORDERS}"), "none"), orders);
    let fills = |rows: [&str; 2], counts: &str| {
        let [first, second] = rows.map(|line| format!("{line} ACM at 20 fee 0"));
        [first, second, format!("ibkr-flex-trades:{counts};")]
    };
    for (file, lines) in [
        (format!("{FLEX}{FILLS}{ORDERS}"), ["2 2024-05-02 Buy 10", "3 2024-05-02 Buy 20"]),
        (format!("{FLEX}{ORDERS}{FILLS}"), ["4 2024-05-02 Buy 10", "5 2024-05-02 Buy 20"]),
        // The price of an order may be rounded so that its amount does not fit: nobody needs it.
        (
            format!("{FLEX}{}{FILLS}", ORDERS.replace("30,20", "thirty,20")),
            ["4 2024-05-02 Buy 10", "5 2024-05-02 Buy 20"],
        ),
    ] {
        assert_eq!(read_of(&file, "none"), fills(lines, " detail 2"), "{file}");
    }
    let alone = read_of(&format!("{FLEX}{}", ORDERS.replace("30,20", "thirty,20")), "none");
    assert_eq!(alone, ["line 2: `thirty` is not a number", "ibkr-flex-trades: detail 1;"]);
    let element = |name: &str, level: &str, quantity: &str| {
        format!(
            "<{name} assetCategory=\"STK\" symbol=\"ACM\" tradeDate=\"20240502\" quantity=\"{quantity}\" \
             tradePrice=\"20\" currency=\"USD\" buySell=\"BUY\"{level} />\n"
        )
    };
    let xml = |rows: &str| format!("<FlexQueryResponse>\n<Trades>\n{rows}</Trades>\n</FlexQueryResponse>\n");
    let order = element("Order", " levelOfDetail=\"ORDER\"", "30");
    assert_eq!(read_of(&xml(&order), "none"), ["3 2024-05-02 Buy 30 ACM at 20 fee 0", "ibkr-flex-xml:;"]);
    for level in ["", " levelOfDetail=\"EXECUTION\""] {
        let both = xml(&format!("{order}{}", element("Trade", level, "30")));
        assert_eq!(read_of(&both, "none"), ["4 2024-05-02 Buy 30 ACM at 20 fee 0", "ibkr-flex-xml: detail 1;"]);
    }
    let statement = |kinds: [&str; 2]| {
        let rows =
            kinds.map(|kind| format!("Trades,Data,{kind},Stocks,USD,ACM,\"2024-05-02, 10:00:00\",30,20,-600,-1\n"));
        format!(
            "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,Proceeds,Comm/Fee\n{}",
            rows.concat()
        )
    };
    let trade = "2024-05-02 Buy 30 ACM for 600 fee 1";
    for kinds in [["Order", "Trade"], ["Trade", "Order"]] {
        let line = if kinds[0] == "Order" { 2 } else { 3 };
        let expected = [format!("{line} {trade}"), "ibkr-activity: detail 1;".to_owned()];
        assert_eq!(read_of(&statement(kinds), "none"), expected);
    }
    let expected = [format!("2 {trade}"), format!("3 {trade}"), "ibkr-activity:;".to_owned()];
    assert_eq!(read_of(&statement(["Trade", "Trade"]), "none"), expected);
}

#[test]
fn orders_and_fills_of_what_is_no_share_say_nothing_about_those_of_shares() {
    let order = "STK,ACM,20240502,30,20,BUY,USD,,ORDER\n";
    for fill in [
        "CASH,EUR.USD,20240502,10,1.1,BUY,USD,1,EXECUTION\n",
        "OPT,ACM 240621C00020000,20240502,1,2,BUY,USD,2,EXECUTION\n",
    ] {
        for (file, line) in [(format!("{FLEX}{order}{fill}"), 2), (format!("{FLEX}{fill}{order}"), 3)] {
            assert_eq!(read_of(&file, "none")[0], format!("{line} 2024-05-02 Buy 30 ACM at 20 fee 0"), "{file}");
        }
    }
    let statement = "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,Proceeds,Comm/Fee\n\
                     Trades,Data,Trade,Stocks,USD,ACM,\"2024-05-02, 10:00:00\",30,20,-600,-1\n\
                     Trades,Data,Order,Equity and Index Options,USD,ACM 21JUN24 20 C,\"2024-05-03, 10:00:00\",-1,3,300,-1\n\
                     Trades,Data,Order,Forex,USD,EUR.USD,\"2024-05-03, 10:00:00\",100,1.1,-110,-1\n";
    assert_eq!(read_of(statement, "none")[0], "2 2024-05-02 Buy 30 ACM for 600 fee 1");
    let xml = "<FlexQueryResponse>\n<Trades>\n\
               <Trade assetCategory=\"CASH\" symbol=\"EUR.USD\" tradeDate=\"20240502\" quantity=\"30\" tradePrice=\"1.1\" \
               currency=\"USD\" buySell=\"BUY\" levelOfDetail=\"EXECUTION\" />\n\
               <Order assetCategory=\"STK\" symbol=\"ACM\" tradeDate=\"20240502\" quantity=\"30\" tradePrice=\"20\" \
               currency=\"USD\" buySell=\"BUY\" levelOfDetail=\"ORDER\" />\n</Trades>\n</FlexQueryResponse>\n";
    assert_eq!(read_of(xml, "none")[0], "4 2024-05-02 Buy 30 ACM at 20 fee 0");
}

#[test]
fn however_many_rows_repeat_those_of_a_later_table_none_counts_twice() {
    let mut cash = "Date,Details,Amount,Balance\n".to_owned();
    let mut trades = "Date,InvestmentName,TransactionDetails,Quantity,Price,Cost\n".to_owned();
    for row in 0..2_000 {
        let day = format!("{:02}/{:02}/{}", row % 28 + 1, row / 28 % 12 + 1, 2010 + row / 336);
        writeln!(cash, "{day},Bought 2 ACME (ACM),-100.00,1.00").unwrap();
        writeln!(trades, "{day},ACME (ACM),Bought 2 ACME (ACM),2,50.00,100.00").unwrap();
    }
    let both = read_of(&format!("{cash}Balance,1.00\n\n{trades}"), "none");
    assert_eq!(both.len(), 2_001);
    assert_eq!(both[0], "2005 2010-01-01 Buy 2 ACM for 100 fee 0");
    assert_eq!(both[2_000], "vanguard-uk: duplicate_of_investment_row 2000;");
    let alone = read_of(&cash, "none");
    assert_eq!((alone.len(), alone[0].as_str()), (2_001, "2 2010-01-01 Buy 2 ACM for 100 fee 0"));
    // Only so many wait; the next are refused.
    let endless = cash.clone() + &"01/01/2020,Bought 2 ACME (ACM),-100.00,1.00\n".repeat(63_537);
    let refused: Vec<String> = read_of(&endless, "none").into_iter().filter(|line| line.starts_with("line ")).collect();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].starts_with("line 65538: other rows may state the same as this one"), "{refused:?}");
}

#[test]
fn the_sections_of_a_flex_query_are_read_in_any_order_and_others_named() {
    let trades = format!("{FLEX}{FILLS}");
    let cash = "Type,SettleDate,ISIN,Amount,CurrencyPrimary\nDividends,20240620,US9220427424,55,USD\n\
                Withholding Tax,20240620,US9220427424,-8.25,USD\n";
    let other =
        "ClientAccountID,Symbol,Description,Side,Currency\nU1234,ACM,ACME INC,Long,USD\nU1234,XMP,XMPL INC,Long,USD\n";
    for (file, counts) in [
        (format!("{trades}{cash}"), " withholding_tax 1;"),
        (format!("{cash}{trades}"), " withholding_tax 1;"),
        (format!("{cash}{other}{trades}"), " withholding_tax 1; ClientAccountID, Symbol, Description, …: 2"),
        (format!("{trades}{other}{cash}"), " withholding_tax 1; ClientAccountID, Symbol, Description, …: 2"),
    ] {
        let mut read = read_of(&file, "none");
        assert_eq!(read.pop().unwrap(), format!("ibkr-flex-trades:{counts}"), "{file}");
        assert_eq!(read.len(), 3, "{read:?}");
        assert!(read.iter().any(|line| line.ends_with(" 2024-06-20 Dividend US9220427424 55 tax 8.25")), "{read:?}");
    }
    // One section alone is of the table that has it as its own.
    assert_eq!(read_of(cash, "none")[1], "ibkr-flex-cash: withholding_tax 1;");
    let marked = |name: &str, text: &str| {
        let lines = text.lines().enumerate();
        let lines = lines.map(|(at, line)| format!("{},{name},{line}\n", if at == 0 { "HEADER" } else { "DATA" }));
        format!("BOS,{name},\"Some section, so named\"\n{}EOS,{name},2,x\n", lines.collect::<String>())
    };
    let whole = format!("BOF,U1,q,1\nBOA,U1\n{}{}EOA,U1\nEOF,U1,1\n", marked("TRNT", &trades), marked("CTRN", cash));
    let read = read_of(&whole, "none");
    assert_eq!((read.len(), read[3].as_str()), (4, "ibkr-flex-trades: withholding_tax 1;"), "{read:?}");
}

#[test]
fn no_row_of_a_trade_is_lost_below_what_looks_like_another_header() {
    let sale = "STK,ACM,20240503,-10,21,SELL,USD,3,EXECUTION\n";
    let bought = "2 2024-05-02 Buy 10 ACM at 20 fee 0";
    let fill = FILLS.lines().next().unwrap();
    // Neither dashes, nor repeated words, nor those of the row before are a header: the next row is read.
    let repeated = "Pending,ACM,Pending,Pending,Pending,BUY,USD,Pending,EXECUTION";
    for row in ["-,-,-,-,-,-,-,-,-", repeated, "STK,Acme,Friday,Ten,Twenty,Buying,Dollars,None,All"] {
        let read = read_of(&format!("{FLEX}{fill}\n{row}\n{sale}"), "none");
        assert_eq!(read[..2], [bought, "4 2024-05-03 Sell 10 ACM at 21 fee 0"], "{read:?}");
    }
    // Rows below columns that are nearly known are refused.
    let renamed = FLEX.replace("TradeDate", "TradeDay").replace("Buy/Sell", "Side");
    let refused = "line 4: it is a row of a table that is not read, with the columns AssetClass, Symbol, TradeDay, …";
    assert_eq!(read_of(&format!("{FLEX}{fill}\n{renamed}{sale}"), "none"), [bought, refused, "ibkr-flex-trades:;"]);
}

#[test]
fn what_rows_yield_to_is_said_by_texts_of_the_file() {
    let table = |rule: &str| {
        format!(
            "name = \"mine\"\ntitle = \"Mine\"\nfind = [\"Day\", \"Level\"]\ncurrency = \"USD\"\n\n\
             [columns]\ndate = \"Day\"\nsymbol = \"Paper\"\nquantity = \"Shares\"\nprice = \"Price\"\n\n\
             [[rule]]\nwhen = {{ Level = \"Sum\" }}\nis = \"buy\"\n{rule}\n\n[[rule]]\nis = \"buy\"\n"
        )
    };
    let format = Arc::new(Format::parse(&table("yields_to_rows = { Level = \"Part\" }")).unwrap());
    let file = "Day,Level,Paper,Shares,Price\n2025-01-02,Sum,ACME,3,10\n2025-01-02,Part,ACME,3,10\n";
    assert_eq!(read_by(&format, file), ["3 2025-01-02 Buy 3 ACME at 10 fee 0"]);
    for (rule, message) in [
        ("yields_to_rows = { Level = \">0\" }", "`yields_to_rows` has conditions on the texts of the file's columns"),
        ("yields_to_rows = { \"@action\" = \"Part\" }", "`yields_to_rows` has conditions on the texts"),
        ("yields_to_rows = { Level = \"/(/\" }", "`Level`: "),
    ] {
        let error = Format::parse(&table(rule)).unwrap_err().to_string();
        assert!(error.starts_with("line ") && error.contains(message), "{error}");
    }
}
