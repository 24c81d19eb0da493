//! Weights, returns and old prices in tables.

use crate::harness::{Desk, column, pick};

#[test]
fn weights_add_up_to_a_hundred_as_they_are_shown() {
    let desk = Desk::with_stocks();
    desk.all_ok(&["add-portfolio ira", "add-stock THIRD Third", "add-stock DARK Dark_Pool"]);
    for (symbol, portfolio) in [("ACME", "main"), ("ACME", "ira"), ("THIRD", "main"), ("BOLT", "ira")] {
        desk.ok(["buy", symbol, "1", "7", "--date", "2024-01-02", "-p", portfolio]);
    }
    // A holding of unknown value has no weight, and does not hide the weights of others.
    desk.ok(["buy", "DARK", "1", "0", "--date", "2024-01-02"]);
    desk.all_ok(&["update-price ACME 9 --date 2024-01-05", "update-price THIRD 9 --date 2024-01-05"]);
    desk.ok(["update-price", "BOLT", "5", "--date", "2024-01-05"]);
    let weighed = |args: &str, members: &[&str]| {
        let rows = desk.json(args.split(' '));
        rows.as_array().unwrap().iter().map(|row| pick(row, members)).collect::<Vec<_>>().join(", ")
    };
    let of = ["symbol", "weight_percentage"];
    // 9 of 27 USD each, and 5 of 5 EUR.
    let thirds = "ACME 33.333333, BOLT 100, ACME 33.333334, DARK null, THIRD 33.333333";
    assert_eq!(weighed("holdings", &of), thirds);
    assert_eq!(weighed("returns --by position", &of), thirds);
    assert_eq!(weighed("returns --by symbol", &of), "ACME 66.666667, BOLT 100, DARK null, THIRD 33.333333");
    let of = ["portfolio", "currency", "weight_percentage"];
    assert_eq!(weighed("returns --by portfolio", &of), "ira EUR 100, ira USD 33.333333, main USD 66.666667");
    assert_eq!(weighed("returns --by total", &of), "null EUR null, null USD null");
    let shown = |args: &str| {
        let table = desk.ok(args.split(' '));
        let shares = table.lines().filter(|line| line.contains("ACME") || line.contains("THIRD"));
        let share = |line: &str| line.split_whitespace().find(|word| word.starts_with("33.")).map(str::to_owned);
        shares.filter_map(share).collect::<Vec<_>>()
    };
    for report in ["holdings --columns symbol,weight", "returns --by position"] {
        assert_eq!(shown(report), ["33.33%", "33.34%", "33.33%"], "{report}");
    }
    let best = &desk.json([""; 0])["best"];
    assert_eq!(pick(best, &["symbol", "weight_percentage"]), "ACME 66.666667");
    let overview = desk.ok([""; 0]);
    assert!(overview.contains("+4.00 USD  +28.57%  weight 66.67%"), "{overview}");
}

#[test]
fn returns_are_of_what_is_asked_for_and_said_once() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["add-stock", "INDEX", "Index Fund"]);
    desk.ok(["add-stock", "DARK", "Dark Pool"]);
    for (portfolio, symbol) in [("main", "ACME"), ("ira", "ACME"), ("main", "INDEX")] {
        desk.ok(["buy", symbol, "10", "100", "--date", "2023-01-02", "-p", portfolio]);
    }
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-02"]);
    desk.ok(["update-price", "INDEX", "50", "--date", "2023-01-01"]);
    desk.ok(["update-price", "INDEX", "55", "--date", "2024-01-02"]);
    let rows = |args: &str| {
        let words = format!("returns --to 2024-01-02 {args}");
        let rows = desk.json(words.split(' '));
        let told = |row: &serde_json::Value| format!("{} {} {}", row["scope"], row["portfolio"], row["symbol"]);
        rows.as_array().unwrap().iter().map(told).collect::<Vec<_>>().join(", ").replace('"', "")
    };
    assert_eq!(rows("--symbol INDEX"), "position main INDEX, total null null");
    assert_eq!(rows("--by symbol"), "symbol null ACME, symbol null INDEX");
    assert_eq!(rows("--by portfolio"), "portfolio ira null, portfolio main null");
    assert_eq!(rows("--by position"), "position ira ACME, position main ACME, position main INDEX");
    assert_eq!(rows("--by total"), "total null null");
    let said = desk.ok(["returns", "--to", "2024-01-02", "--symbol", "INDEX"]);
    assert_eq!(said.matches("550.00").count(), 1, "{said}");
    assert!(said.contains("INDEX in main") && !said.contains("portfolio main"), "{said}");
    // ACME 100 → 120, INDEX 50 → 55: 20 % and 10 %.
    let versus = &desk.json(["returns", "--to", "2024-01-02", "--versus", "INDEX", "--symbol", "ACME"])[0];
    let told = ["versus", "versus_return_percentage", "excess_return_percentage"].map(|name| versus[name].clone());
    assert_eq!(told, ["INDEX", "10", "10"]);
    // Stocks without a price are left out of the total, and named.
    desk.ok(["buy", "DARK", "1", "5", "--date", "2023-06-01"]);
    let all = desk.json(["returns", "--to", "2024-01-02", "--by", "total"]);
    assert_eq!((&all[0]["market_value"], &all[0]["left_out"][0]), (&"2950".into(), &"DARK".into())); // 1,200 + 1,200 + 550
    let said = desk.ok(["returns", "--to", "2024-01-02"]);
    assert!(
        said.contains(
            "total: without DARK, whose value is not known\nno price on 2024-01-02 or before, so no value: DARK\n  \
             record one: stockbook update-price DARK PRICE --date 2024-01-02\n"
        ),
        "{said}"
    );
    assert_eq!(column(&desk.json(["returns", "--to", "2024-01-02", "--by", "symbol"]), "symbol").len(), 3);
}

#[test]
fn old_prices_are_warned_of_in_one_line() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-02"]);
    let warnings = |args: &[&str]| desk.ok(args).lines().filter(|line| line.starts_with("warning: ")).count();
    assert_eq!(warnings(&["holdings", "--as-of", "2024-01-16"]), 0); // 14 days
    assert_eq!(warnings(&["holdings", "--as-of", "2024-01-17"]), 1);
    assert_eq!(warnings(&["returns", "--to", "2024-01-17"]), 1);
    let said = desk.ok(["returns", "--to", "2024-01-17", "--by", "total"]);
    let warning =
        "warning: old prices, the oldest of 2024-01-02: `stockbook holdings --as-of 2024-01-17` shows which\n";
    assert!(said.ends_with(warning), "{said}");
    desk.ok(["buy", "ACME", "1", "150", "--date", "2024-01-10"]);
    let said = desk.ok(["holdings", "--as-of", "2024-01-11"]);
    let warning = "warning: old prices, the oldest of 2024-01-02: ACME; record one: ";
    assert!(said.ends_with(&format!("{warning}stockbook update-price ACME PRICE --date 2024-01-11\n")), "{said}");
}
