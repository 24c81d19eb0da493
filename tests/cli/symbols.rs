//! Symbols with blanks, slashes and ampersands, wherever a symbol may occur.

use serde_json::{Value, json};

use crate::harness::{Desk, column, pick, repository};

const SYMBOLS: [&str; 3] = ["BF/B", "BRK B", "M&M.NS"];

/// A desk with a book in which 6 of 10 shares of each are left, and a file adds one more.
fn desk() -> Desk {
    let desk = Desk::new();
    for symbol in SYMBOLS {
        desk.ok(["add-stock", &symbol.to_lowercase(), "A & <b>Co</b>"]);
        desk.ok(["buy", symbol, "10", "100", "--date", "2024-01-05"]);
        desk.ok(["sell", symbol, "4", "120", "--date", "2024-02-05"]);
    }
    let rows = SYMBOLS.map(|symbol| format!("2024-03-01,buy,{symbol},1,130\n")).concat();
    desk.file("more.csv", format!("date,action,symbol,quantity,price\n{rows}"));
    desk.ok(["import", "more.csv"]);
    desk
}

fn figures(desk: &Desk) -> Vec<Vec<String>> {
    let held = desk.json(["holdings"]);
    ["symbol", "quantity", "cost_basis", "realized_gain"].map(|member| strings(&held, member)).into()
}

fn strings(values: &Value, member: &str) -> Vec<String> {
    column(values, member).into_iter().map(str::to_owned).collect()
}

#[test]
fn every_report_finds_them() {
    let desk = desk();
    let prices = "BF/B 50\nBRK B\t400\nm&m.ns 30\n";
    desk.fed(prices, ["update-price", "-", "--date", "2024-03-05"]).exits(0);
    assert_eq!(column(&desk.json(["holdings"]), "symbol"), SYMBOLS);
    for (symbol, price) in SYMBOLS.into_iter().zip(["50", "400", "30"]) {
        let held = desk.json(["holdings", symbol]);
        // 10 − 4 + 1 shares; 6 × 100 + 130.
        assert_eq!(pick(&held[0], &["symbol", "quantity", "cost_basis", "price"]), format!("{symbol} 7 730 {price}"));
        // 4 × (120 − 100)
        let gains = desk.json(["gains", "--symbol", symbol]);
        assert_eq!(pick(&gains[0], &["symbol", "gain"]), format!("{symbol} 80"));
        let sale = gains[0]["sale_id"].as_str().unwrap();
        assert_eq!(desk.json(["explain", "gain", sale])["symbol"], symbol);
        assert_eq!(desk.json(["explain", "holding", symbol])["symbol"], symbol);
        assert!(desk.ok(["history", symbol]).contains(&format!("bought 10 {symbol} at")));
        assert_eq!(column(&desk.json(["transactions", "--symbol", symbol]), "type"), ["BUY", "SELL", "BUY"]);
        assert_eq!(column(&desk.json(["prices", symbol]), "symbol"), [symbol]);
        assert_eq!(desk.ok(["audit", "--symbol", symbol]).lines().count(), 5);
        assert!(desk.ok(["holdings"]).contains(symbol));
        assert!(desk.ok(["holdings", "-O", "csv"]).contains(&format!("\nmain,{symbol},")));
    }
    desk.ok(["report", "--html", "page.html"]);
    let page = std::fs::read_to_string(desk.path("page.html")).unwrap();
    assert!(page.contains("M&amp;M.NS") && page.contains("BRK B") && !page.contains("M&M"), "{page}");
    desk.ok(["split", "BRK B", "2:1", "--date", "2024-04-02"]);
    desk.ok(["exchange", "BF/B", "M&M.NS", "2:1", "--date", "2024-04-03"]);
    let held = desk.json(["holdings"]);
    let quantities: Vec<String> =
        held.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity"])).collect();
    assert_eq!(quantities, ["BRK B 14", "M&M.NS 21"]); // 7 × 2; 7 + 7 × 2
    desk.run(["check"]).exits(0);
}

#[test]
fn every_export_has_them_and_what_can_be_read_is_read_back() {
    let desk = desk();
    desk.fed("BF/B 50\nBRK B 400\nM&M.NS 30\n", ["update-price", "-", "--date", "2024-03-05"]).exits(0);
    let held = figures(&desk);
    desk.file("transactions.csv", desk.ok(["transactions", "-O", "csv"]));
    desk.file("export.csv", desk.ok(["export", "csv"]));
    desk.file(
        "journal",
        desk.ok(["export", "ledger"])
            .lines()
            .filter(|line| line.starts_with("P "))
            .fold(String::new(), |lines, line| lines + line + "\n"),
    );
    for file in ["transactions.csv", "export.csv"] {
        let other = Desk::new();
        other.file("in.csv", std::fs::read(desk.path(file)).unwrap());
        other.ok(["import", "--add-stocks", "in.csv"]);
        assert_eq!(figures(&other), held, "{file}");
        other.file("prices", std::fs::read(desk.path("journal")).unwrap());
        other.ok(["import", "--format", "prices-ledger", "prices"]);
        assert_eq!(strings(&other.json(["holdings"]), "price"), ["50", "400", "30"]);
        other.run(["check"]).exits(0);
    }
    let told: Value = serde_json::from_str(&desk.ok(["export", "json"])).unwrap();
    assert_eq!(column(&told["stocks"], "symbol"), SYMBOLS);
    for format in ["ledger", "hledger"] {
        let journal = desk.ok(["export", format]);
        for symbol in SYMBOLS {
            assert!(journal.contains(&format!("commodity \"{symbol}\"\n")), "{journal}");
        }
    }
    let journal = desk.ok(["export", "beancount"]);
    for (symbol, commodity) in SYMBOLS.into_iter().zip(["BF-B", "BRK-B", "M-M.NS"]) {
        assert!(journal.contains(&format!("commodity {commodity}\n")), "{journal}");
        assert!(journal.contains(&format!("  symbol: \"{symbol}\"\n")), "{journal}");
    }
}

#[test]
fn they_are_new_names_and_old_ones() {
    let desk = desk();
    desk.ok(["edit-stock", "BF/B", "--symbol", "bf b"]);
    for symbol in ["BF/B", "BF B", "bf/b"] {
        assert_eq!(column(&desk.json(["transactions", "--symbol", symbol]), "symbol"), ["BF B"; 3]);
    }
    let count = desk.ok(["audit", "--symbol", "BF/B"]).lines().count();
    assert_eq!(count, 5); // the stock, three trades, the edit
    desk.file("map.csv", "date,action,symbol,quantity,price\n2024-03-02,buy,Mahindra,1,130\n");
    desk.ok(["import", "--format", "stockbook", "--map-symbol", "Mahindra=M&M.NS", "map.csv"]);
    desk.file("one.csv", "date,action,quantity,price\n2024-03-04,buy,2,130\n");
    desk.ok(["import", "--symbol", "brk b", "one.csv"]);
    desk.file("held.csv", "symbol,quantity\nBF B,7\nBRK B,9\nM&M.NS,8\n");
    desk.ok(["reconcile", "held.csv"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn what_is_offered_can_be_pasted() {
    let desk = desk();
    for (args, code, offered) in [
        (&["buy", "A&B", "1", "1"][..], 3, "stockbook add-stock 'A&B' 'A&B'"),
        (&["buy", "BRK C", "1", "1"], 3, "stockbook add-stock 'BRK C' 'BRK C'"),
        (&["buy", "10", "BRK B", "150"], 2, "stockbook buy 'BRK B' 10 150"),
    ] {
        assert!(desk.refused(code, args).contains(&format!("`{offered}`")), "{args:?}");
    }
    let shown = desk.ok(["holdings", "BRK B"]);
    assert!(shown.contains("stockbook update-price 'BRK B' PRICE"), "{shown}");
    desk.ok(["update-price", "M&M.NS", "30", "--date", "2024-03-05"]);
    desk.ok(["update-price", "M&M.NS", "30", "--date", "2024-03-11"]);
    let warned = desk.run(["split", "M&M.NS", "4:1", "--date", "2024-03-10"]).exits(0).err();
    assert!(warned.contains("`stockbook rebase-prices 'M&M.NS'`"), "{warned}");
}

#[test]
fn files_of_our_own_and_of_prices_have_symbols_of_several_words() {
    let desk = Desk::new();
    desk.file("trades.csv", "date,action,symbol,quantity,price\n2024-01-05,buy,Acme Global Fund,1,100\n");
    desk.ok(["import", "--add-stocks", "trades.csv"]);
    let trades = desk.ok(["transactions", "-O", "csv"]);
    desk.file("again.csv", &trades);
    assert_eq!(desk.json(["import", "again.csv"])["skipped_duplicates"], 1);
    desk.file("held.csv", "symbol,quantity\nacme global fund,1\n");
    desk.ok(["reconcile", "held.csv"]);
    desk.file("prices", "P 2024-03-05 \"ACME GLOBAL FUND\" 120 USD\nP 2024-03-06 \"ACME GLOBAL FUND\" 121\n");
    desk.ok(["import", "prices"]);
    assert_eq!(strings(&desk.json(["prices", "ACME GLOBAL FUND"]), "price"), ["120", "121"]);
}

#[test]
fn a_broker_s_share_class_is_a_symbol_and_its_other_names_are_not() {
    let desk = Desk::new();
    let row = |symbol: &str| {
        format!("Trades,Data,Order,Stocks,USD,{symbol},\"2024-01-05, 10:00:00\",10,100,100,-1000,0,1000,0,0,O\n")
    };
    let header = "Statement,Header,Field Name,Field Value\nStatement,Data,BrokerName,Interactive Brokers\n\
                  Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,\
                  Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code\n";
    desk.file("good.csv", [header, &row("BRK B"), &row("JPM PRC")].concat());
    desk.ok(["import", "--add-stocks", "good.csv"]);
    assert_eq!(column(&desk.json(["holdings"]), "symbol"), ["BRK B", "JPM PRC"]);
    desk.file("bad.csv", [header, &row("ACME GLOBAL FUND")].concat());
    let refused = desk.refused(3, ["import", "--add-stocks", "bad.csv"]);
    assert!(refused.contains("--map-symbol 'ACME GLOBAL FUND=SYMBOL'"), "{refused}");
}

#[test]
fn a_stock_that_a_file_knows_by_isin_gets_a_symbol_of_its_own() {
    let desk = Desk::new();
    let file = repository("tests/samples/trade-republic/export-comma.csv");
    let file = file.to_str().unwrap();
    let run = desk.run(["import", "--add-stocks", file]).exits(0);
    let offered = "`stockbook edit-stock DE0007164600 --symbol SYMBOL`";
    assert!(run.err().contains(offered), "{}", run.err());
    desk.ok(["edit-stock", "DE0007164600", "--symbol", "SAP"]);
    // The file contains nothing new, and its stock is the one that has another symbol now.
    let again = desk.json(["import", "--add-stocks", file]);
    assert_eq!((&again["imported"], &again["stocks_added"], &again["warnings"]), (&json!(0), &json!(0), &json!([])));
    assert!(column(&desk.json(["stocks"]), "symbol").contains(&"SAP"));
}
