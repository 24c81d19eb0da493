//! `reconcile`: the positions of samples, compared with books made from them that lack one thing.

#![expect(clippy::float_arithmetic, reason = "made-up positions need no last digit")]

use serde_json::Value;

use crate::harness::{Desk, repository};

const ALL: [&str; 10] = [
    "positions/fidelity.csv",
    "positions/ibkr-open-positions.csv",
    "positions/plain-with-cost.csv",
    "positions/plain.csv",
    "positions/schwab-all-accounts.csv",
    "positions/schwab.csv",
    "ofx/statement-xml.ofx",
    "ofx/statement-sgml.ofx",
    "ibkr/flex.xml",
    "vanguard-us/combined.csv",
];

/// A position of a sample: the complete book has bought it.
#[derive(Debug, Clone)]
struct Held {
    symbol: String,
    currency: String,
    quantity: f64,
    cost: Option<f64>,
}

fn sample(name: &str) -> String {
    repository("tests/samples").join(name).display().to_string()
}

/// The suggestions for an empty book.
fn held(name: &str) -> Vec<Held> {
    let desk = Desk::new();
    desk.ok(["add-stock", "ZZZZ", "Nothing"]);
    let run = desk.run(["reconcile", &sample(name), "-O", "json"]).exits(4);
    let rows: Value = serde_json::from_str(&run.out()).unwrap();
    let number = |value: &Value| value.as_str().map(|text| text.parse::<f64>().unwrap());
    let read = |row: &Value| Held {
        symbol: row["symbol"].as_str().unwrap().to_owned(),
        currency: row["currency"].as_str().unwrap_or("USD").to_owned(),
        quantity: number(&row["file_quantity"]).unwrap(),
        cost: number(&row["file_cost_basis"]),
    };
    rows.as_array().unwrap().iter().map(read).filter(|held| held.quantity > 0.0).collect()
}

fn short(number: f64) -> String {
    let text = format!("{number:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A book that has everything except one thing of one stock.
fn book(all: &[Held], of: usize, cause: &str) -> Option<Desk> {
    let desk = Desk::new();
    for (at, Held { symbol, currency, quantity, cost }) in all.iter().enumerate() {
        desk.ok(["add-stock", symbol, symbol, "--currency", currency]);
        let cost = cost.unwrap_or(quantity * 50.0);
        let mut bought = (*quantity, cost);
        if at == of {
            bought = match cause {
                // Of 2:1, 4:1, 1:8 and 3:2.
                "split" => (quantity / [2.0, 4.0, 0.125, 1.5][of % 4], cost),
                "reinvestment" => (quantity * 0.99, cost * 0.985),
                "sale" => (quantity * 1.3, cost * 1.3),
                "fraction" if quantity.fract() == 0.0 => (quantity + 0.25, cost * (quantity + 0.25) / quantity),
                _ => return None,
            };
        }
        let (shares, amount) = (short(bought.0), format!("{:.2}", bought.1));
        desk.ok(["buy", symbol, &shares, "--amount", &amount, "--date", "2020-01-02"]);
    }
    Some(desk)
}

#[test]
fn what_was_left_out_is_named_first_and_its_command_makes_both_agree() {
    let (mut found, mut tried, mut missed) = (0, 0, Vec::new());
    for name in ALL {
        let all = held(name);
        assert!(!all.is_empty(), "{name}");
        for (of, cause) in
            (0..all.len()).flat_map(|of| ["split", "reinvestment", "sale", "fraction"].map(|it| (of, it)))
        {
            let Some(desk) = book(&all, of, cause) else { continue };
            let file = sample(name);
            let run = desk.run(["reconcile", &file, "-O", "json"]).exits(4);
            let rows: Value = serde_json::from_str(&run.out()).unwrap();
            let row = rows.as_array().unwrap().iter().find(|row| row["symbol"] == *all[of].symbol).unwrap();
            let first = &row["suggestions"][0];
            tried += 1;
            if first["cause"] == cause {
                found += 1;
            } else {
                missed.push(format!("{name}: {cause} of {}: {first}", all[of].symbol));
            }
            for command in first["commands"].as_array().unwrap() {
                let script = command.as_str().unwrap().replacen("stockbook", "\"$0\"", 1);
                desk.shell(&script).exits(0);
            }
            desk.run(["reconcile", &file]).exits(0);
        }
    }
    assert!(tried >= 30, "{tried}");
    assert!(found * 10 >= tried * 9, "{found} of {tried}: {missed:#?}");
}

#[test]
fn both_sides_are_shown_and_what_one_lacks_is_a_row_of_nothing() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["buy", "BOLT", "3", "10", "--date", "2024-01-02"]);
    let file = desk.file("held.csv", "symbol,quantity,cost_basis\nACME,20,1000\nNEW,5,50\n");
    let run = desk.run(["reconcile", file.to_str().unwrap(), "--date", "2024-02-01"]).exits(4);
    insta::assert_snapshot!(run.out(), @"
    SYMBOL  BOOK  FILE  DIFFERENCE  BOOK COST  FILE COST  PERHAPS
    ─────────────────────────────────────────────────────────────────────
    ACME      10    20          10   1,000.00   1,000.00  a split 2:1
    BOLT       3     0          -3      30.00             a sale of 3
    NEW        0     5           5       0         50     a purchase of 5

    ACME: a split 2:1
      stockbook split ACME 2:1 --date 2024-02-01

    BOLT: a sale of 3
      stockbook sell BOLT 3 --amount 30 --date 2024-02-01 -p main

    NEW: a purchase of 5
      stockbook add-stock NEW NEW
      stockbook buy NEW 5 --amount 50 --date 2024-02-01
    ");
    assert_eq!(run.err(), "error: 3 of 3 positions differ\n");
}

#[test]
fn a_file_without_positions_is_refused() {
    let desk = Desk::with_stocks();
    let file = desk.file("trades.csv", "date,action,symbol,quantity,price\n2024-01-02,buy,ACME,1,1\n");
    assert_eq!(desk.error(3, ["reconcile", file.to_str().unwrap()])["code"], "import_refused");
    assert_eq!(desk.error(1, ["reconcile", "nowhere.csv"])["code"], "input_error");
}

/// The first suggestion for a stock.
fn first(desk: &Desk, file: &str, symbol: &str) -> Value {
    let run = desk.run(["reconcile", file, "--date", "2024-02-01", "-O", "json"]).exits(4);
    let rows: Value = serde_json::from_str(&run.out()).unwrap();
    rows.as_array().unwrap().iter().find(|row| row["symbol"] == symbol).unwrap()["suggestions"][0].clone()
}

/// Pastes the commands of the first suggestion, after which both sides agree, in cost as well.
fn pasted(desk: &Desk, file: &str, suggestion: &Value) {
    for command in suggestion["commands"].as_array().unwrap() {
        let script = command.as_str().unwrap().replacen("stockbook", "\"$0\"", 1);
        desk.shell(&script).exits(0);
    }
    let run = desk.run(["reconcile", file, "--date", "2024-02-01", "-O", "json"]).exits(0);
    let rows: Value = serde_json::from_str(&run.out()).unwrap();
    for row in rows.as_array().unwrap().iter().filter(|row| !row["file_cost_basis"].is_null()) {
        let cost = |member: &str| row[member].as_str().unwrap().parse::<f64>().unwrap();
        let (book, told) = (cost("book_cost_basis"), cost("file_cost_basis"));
        assert!((book - told).abs() <= told * 0.005 + 0.01, "{row}");
    }
}

#[test]
fn a_stock_that_is_gone_and_one_that_came_are_an_exchange() {
    for cost in [",cost_basis\nNEW,85,1000\nBOLT,3,30\n", "\nNEW,85\nBOLT,3\n"] {
        let desk = Desk::with_stocks();
        desk.ok(["buy", "ACME", "100", "10", "--date", "2020-01-02"]);
        desk.ok(["buy", "BOLT", "3", "10", "--date", "2020-01-02"]);
        let path = desk.file("held.csv", format!("symbol,quantity{cost}"));
        let file = path.to_str().unwrap();
        for symbol in ["NEW", "ACME"] {
            let suggestion = first(&desk, file, symbol);
            assert_eq!(suggestion["text"], "an exchange of ACME for NEW 17:20");
            assert_eq!(suggestion["commands"][1], "stockbook exchange ACME NEW 17:20 --date 2024-02-01 -p main");
        }
        let suggestion = first(&desk, file, "NEW");
        assert_eq!(
            (&suggestion["cause"], &suggestion["commands"][0]),
            (&"exchange".into(), &"stockbook add-stock NEW NEW --currency USD".into())
        );
        pasted(&desk, file, &suggestion);
    }
    // At another cost, it is a sale and a purchase.
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "100", "10", "--date", "2020-01-02"]);
    let file = desk.file("held.csv", "symbol,quantity,cost_basis\nNEW,85,1500\n");
    assert_eq!(first(&desk, file.to_str().unwrap(), "NEW")["cause"], "purchase");
}

#[test]
fn cost_that_has_gone_over_is_a_spin_off() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "100", "10", "--date", "2020-01-02"]);
    let path = desk.file("held.csv", "symbol,quantity,cost_basis\nACME,100,958\nBABY,20,42\n");
    let file = path.to_str().unwrap();
    let suggestion = first(&desk, file, "BABY");
    assert_eq!(suggestion["text"], "a spin-off of ACME into BABY 1:5");
    // 42 of 1000.
    let command = "stockbook spin-off ACME BABY 1:5 --cost-share 4.2 --date 2024-02-01 -p main";
    assert_eq!(suggestion["commands"][1], command);
    pasted(&desk, file, &suggestion);
}

#[test]
fn fractions_that_were_paid_out_are_part_of_what_gave_them() {
    // 103 ÷ 5 is 20.6, of 2060 that went over 20/20.6; and 103 × 0.65 is 66.95, of 10300 as much as 66/66.95.
    for (held, symbol, text, command) in [
        (
            "ACME,103,8240\nBABY,20,2000\n",
            "BABY",
            "a spin-off of ACME into BABY 1:5 whose fraction of 0.6 was paid out",
            "spin-off ACME BABY 1:5 --cost-share 20 --round down --cash-in-lieu 60",
        ),
        (
            "NEW,66,10153.85\n",
            "ACME",
            "an exchange of ACME for NEW 0.65:1 whose fraction of 0.95 was paid out",
            "exchange ACME NEW 0.65:1 --round down --cash-in-lieu 146.15",
        ),
    ] {
        let desk = Desk::with_stocks();
        desk.ok(["buy", "ACME", "103", "100", "--date", "2020-01-02"]);
        let path = desk.file("held.csv", format!("symbol,quantity,cost_basis\n{held}"));
        let suggestion = first(&desk, path.to_str().unwrap(), symbol);
        assert_eq!(suggestion["text"], text);
        assert_eq!(suggestion["commands"][1], format!("stockbook {command} --date 2024-02-01 -p main"));
        pasted(&desk, path.to_str().unwrap(), &suggestion);
    }
}

#[test]
fn less_cost_beside_as_short_a_ratio_may_be_cash() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "90", "12", "--date", "2020-01-02"]);
    let path = desk.file("held.csv", "symbol,quantity,cost_basis\nNEW,45,900\n");
    let file = path.to_str().unwrap();
    assert_eq!(first(&desk, file, "NEW")["cause"], "purchase");
    let run = desk.run(["reconcile", file, "--date", "2024-02-01", "-O", "json"]).exits(4);
    let rows: Value = serde_json::from_str(&run.out()).unwrap();
    let suggestion = rows[0]["suggestions"].as_array().unwrap().last().unwrap();
    assert_eq!(suggestion["text"], "an exchange of ACME for NEW 1:2 and cash");
    // 1080 − 900 for 90 shares, and 900 for 45 of the new ones.
    let command = "stockbook exchange ACME NEW 1:2 --cash 2 --value 20 --rule boot --date 2024-02-01 -p main";
    assert_eq!(suggestion["commands"][1], command);
    pasted(&desk, file, suggestion);
}

#[test]
fn without_costs_as_many_shares_of_two_stocks_alone_are_told_from_the_others() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "40", "10", "--date", "2020-01-02"]);
    desk.ok(["buy", "BOLT", "90", "10", "--date", "2020-01-02"]);
    let path = desk.file("held.csv", "symbol,quantity\nNEWA,40\nNEWB,45\n");
    let file = path.to_str().unwrap();
    assert_eq!(first(&desk, file, "NEWA")["text"], "an exchange of ACME for NEWA 1:1");
    // This leaves one and one, but is not known yet.
    assert_eq!(first(&desk, file, "NEWB")["cause"], "purchase");
}

#[test]
fn without_costs_shares_that_fit_one_stock_alone_may_be_a_spin_off() {
    let suggested = |bought: &[&str], held: &str| -> (Desk, String, Vec<Value>) {
        let desk = Desk::with_stocks();
        desk.ok(["add-portfolio", "ira"]);
        for bought in bought {
            desk.ok(bought.split(' ').chain(["10", "--date", "2020-01-02"]));
        }
        let file = desk.file("held.csv", format!("symbol,quantity,price\n{held}")).to_str().unwrap().to_owned();
        let run = desk.run(["reconcile", &file, "--date", "2024-02-01", "-O", "json"]).exits(4);
        let rows: Value = serde_json::from_str(&run.out()).unwrap();
        let row = rows.as_array().unwrap().iter().find(|row| row["symbol"] == "BABY").unwrap();
        let suggestions = row["suggestions"].as_array().unwrap().clone();
        (desk, file, suggestions)
    };
    let few = &["buy ACME 60 -p main", "buy ACME 40 -p ira", "buy BOLT 37"];
    for (prices, command, text) in [
        (["120", "25"], "--values 25:120", "a spin-off of ACME into BABY 1:5"),
        (["", "25"], "--cost-share 0", "a spin-off of ACME into BABY 1:5 that takes no cost over"),
    ] {
        let held = format!("ACME,100,{}\nBOLT,37,\nBABY,20,{}\n", prices[0], prices[1]);
        let (desk, file, suggestions) = suggested(few, &held);
        assert_eq!([&suggestions[0]["cause"], &suggestions[1]["text"]], ["purchase", text]);
        // In both portfolios.
        let command = format!("stockbook spin-off ACME BABY 1:5 {command} --date 2024-02-01");
        assert_eq!(suggestions[1]["commands"][1], command);
        pasted(&desk, &file, &suggestions[1]);
    }
    // A fraction of 0.6 for 15, of the 25 that the price is.
    let (desk, file, suggestions) = suggested(&["buy ACME 103"], "ACME,103,120\nBABY,20,25\n");
    let command =
        "stockbook spin-off ACME BABY 1:5 --values 25:120 --round down --cash-in-lieu 15 --date 2024-02-01 -p main";
    assert_eq!(suggestions[1]["commands"][1], command);
    pasted(&desk, &file, &suggestions[1]);
    // One for five and one for two, and a ratio that no company would choose.
    for (bought, held) in [
        (["buy ACME 100", "buy BOLT 40"], "ACME,100,120\nBOLT,40,7\nBABY,20,25\n"),
        (["buy ACME 100", "buy BOLT 37"], "ACME,100,120\nBOLT,37,7\nBABY,21,25\n"),
    ] {
        assert_eq!(suggested(&bought, held).2.len(), 1);
    }
}

#[test]
fn a_split_goes_before_a_trade_for_nearly_nothing() {
    // 40 for 50 more, where each had cost 20; and 90 of 100 sold that had cost 4 % of all.
    for (bought, held, text) in [("50 20", "100,1040", "a split 2:1"), ("100 10", "10,960", "a split 1:10")] {
        let desk = Desk::with_stocks();
        let [shares, price] = [0, 1].map(|at| bought.split(' ').nth(at).unwrap());
        desk.ok(["buy", "ACME", shares, price, "--date", "2020-01-02"]);
        let path = desk.file("held.csv", format!("symbol,quantity,cost_basis\nACME,{held}\n"));
        assert_eq!(first(&desk, path.to_str().unwrap(), "ACME")["text"], text);
    }
}

#[test]
fn where_one_entry_does_not_do_two_are_named() {
    // Twice as many and 6 for what their dividend brought; and half of twice as many sold.
    for (held, cost, text) in [
        ("206", "1033", "a split 2:1, and a dividend reinvested in 6"),
        ("150", "750", "a split 2:1, and a sale of 50"),
    ] {
        let desk = Desk::with_stocks();
        desk.ok(["buy", "ACME", "100", "10", "--date", "2020-01-02"]);
        let path = desk.file("held.csv", format!("symbol,quantity,cost_basis\nACME,{held},{cost}\n"));
        let suggestion = first(&desk, path.to_str().unwrap(), "ACME");
        assert_eq!(suggestion["text"], text);
        assert_eq!(suggestion["commands"].as_array().unwrap().len(), 2, "{suggestion}");
        pasted(&desk, path.to_str().unwrap(), &suggestion);
    }
    // A purchase at a price like the others does alone.
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "100", "10", "--date", "2020-01-02"]);
    let path = desk.file("held.csv", "symbol,quantity,cost_basis\nACME,206,2100\n");
    assert_eq!(first(&desk, path.to_str().unwrap(), "ACME")["cause"], "purchase");
}

#[test]
fn prices_of_the_file_are_recorded_if_that_is_asked_for() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let path = desk.file("held.csv", "symbol,quantity,price,currency\nACME,10,120.5,USD\nBOLT,5,7,USD\nNEW,5,7,USD\n");
    let reconcile = ["reconcile", path.to_str().unwrap(), "--date", "2024-02-01"];
    let prices = |desk: &Desk, symbol: &str| desk.json(["prices", symbol]).as_array().unwrap().len();
    desk.run(reconcile).exits(4);
    assert_eq!(prices(&desk, "ACME"), 0);
    let run = desk.run(reconcile.iter().chain(&["--prices", "-n"])).exits(4);
    assert!(run.err().starts_with("would record 1 price of 2024-02-01\n"), "{run}");
    assert_eq!(prices(&desk, "ACME"), 0);
    let run = desk.run(reconcile.iter().chain(&["--prices"])).exits(4);
    assert!(run.err().starts_with("recorded 1 price of 2024-02-01\n"), "{run}");
    let recorded = desk.json(["prices", "ACME"]);
    assert_eq!((&recorded[0]["date"], &recorded[0]["price"]), (&"2024-02-01".into(), &"120.5".into()));
    // BOLT is traded in euros, and NEW is not in the book.
    assert_eq!(prices(&desk, "BOLT"), 0);
    let run = desk.run(reconcile.iter().chain(&["--prices"])).exits(4);
    assert!(run.err().starts_with("recorded 0 prices of 2024-02-01\n"), "{run}");
    for (name, symbol, price) in [
        ("positions/fidelity.csv", "AAPL", "250.42"),
        ("positions/schwab.csv", "SCHD", "27.32"),
        ("ibkr/flex.xml", "BMW", "78.96"),
    ] {
        let desk = Desk::new();
        desk.ok(["add-stock", symbol, symbol, "--currency", if symbol == "BMW" { "EUR" } else { "USD" }]);
        desk.run(["reconcile", &sample(name), "--prices", "--date", "2024-12-31"]).exits(4);
        assert_eq!(desk.json(["prices", symbol])[0]["price"], price, "{name}");
    }
}
