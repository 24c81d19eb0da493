//! `export`: what it writes, and where to.

use std::fs;

use crate::harness::{Desk, column, members};
use crate::testkit::abroad::abroad;

/// A book with everything that a table of transactions can contain.
fn book() -> Desk {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme, Inc.", "--sector", "Tech", "--industry", "Tools", "--isin", "US0378331005"]);
    desk.ok(["add-stock", "BOLT", "=Bolt", "--currency", "EUR"]);
    desk.ok(["set-cost-basis", "main", "hifo"]);
    desk.ok(["add-portfolio", "pension", "--cost-basis", "average"]);
    let commands = [
        "buy ACME 3 --amount 100 --fee 1 --date 2010-01-01 --note =1+1 --time 09:30",
        "buy ACME 10 20 --date 2010-01-02 --id first",
        "buy ACME 2 30 --date 2010-01-02 --id second --time 08:00",
        "sell ACME 1.5 40 --date 2010-02-01 --fee 0.5 --lot first:0.5 --lot second:1",
        "amend first --price 21",
        "buy ACME 1 1 --date 2010-02-02 --id mistake",
        "void mistake",
        "split ACME 3:7 --date 2010-03-01 --round down --cash-in-lieu 3",
        "dividend ACME 5 --withholding 1 --date 2010-04-01 --ex-date 2010-03-10",
        "transfer ACME 2 --to pension --date 2010-05-01 --lot first",
        "buy ACME 4 25 --date 2010-05-02 -p pension",
        "sell ACME 3 50 --date 2010-06-02 -p pension",
        "transfer ACME 1 --out --date 2010-06-03 -p pension",
        "buy BOLT 7 --amount 100.01 --date 2010-06-01 -p pension",
        "update-price ACME 60 --date 2010-01-15",
        "update-price BOLT 15 --date 2010-06-02",
        "update-rate EUR USD 1.3512 --date 2010-06-02",
        "add-stock BABY =Baby --sector Tech --industry Toys --isin US88160R1014",
        "add-stock NEXT Next --currency EUR",
        "spin-off ACME BABY 2:7 --date 2010-05-10 --values 5:13",
        "exchange BOLT NEXT 0.85:1 --date 2010-07-01 --round down --cash-in-lieu 11.5 -p pension",
        "exchange ACME CARD 1:2 --cash 1 --value 50 --rule part --date 2010-08-02 -p pension",
        "return-capital ACME 0.3 --per-share --date 2010-08-03",
        "adjust-cost NEXT 1.23 --date 2010-08-03 -p pension --note kept",
        "write-off BABY --date 2010-08-04 -p pension",
    ];
    desk.ok(["add-stock", "CARD", "Card"]);
    for command in commands {
        desk.ok(command.split(' '));
    }
    let opening = "date,action,symbol,quantity,price,as_of\n2009-01-01,opening,ACME,40,2,2010-03-05\n";
    desk.fed(opening, ["import", "-", "-q"]).exits(0);
    desk
}

#[test]
fn a_csv_file_is_read_back_into_an_equal_book() {
    let desk = book();
    let file = desk.path("book.csv");
    desk.ok(["export", "csv", "-o", file.to_str().unwrap()]);
    let other = Desk::new();
    other.ok(["import", "--add-stocks", "--add-portfolios", file.to_str().unwrap()]);
    for report in
        [["transactions", "", ""], ["gains", "--by", "lot"], ["holdings", "--all", "-q"], ["portfolios", "", ""]]
    {
        let report: Vec<&str> = report.into_iter().filter(|word| !word.is_empty()).collect();
        let of = |desk: &Desk| {
            let mut rows = desk.json(&report).as_array().unwrap().clone();
            // Prices are not transactions, and each book has its own portfolio ids.
            for row in &mut rows {
                for member in [
                    "price_date",
                    "market_value",
                    "unrealized_gain",
                    "unrealized_gain_percentage",
                    "weight_percentage",
                    "price_age_days",
                    "portfolio_id",
                ] {
                    row.as_object_mut().unwrap().remove(member);
                }
                if report[0] == "holdings" {
                    row.as_object_mut().unwrap().remove("price");
                }
            }
            rows
        };
        assert_eq!(of(&other), of(&desk), "{report:?}");
    }
    let again = other.ok(["export", "csv"]);
    assert_eq!(again, fs::read_to_string(&file).unwrap());
    // And again into the same book: nothing is new.
    let import = ["import", file.to_str().unwrap()];
    assert_eq!(desk.json(import)["imported"], 0);
}

#[test]
fn a_book_of_several_currencies_says_the_same_in_one_once_it_is_read_back() {
    let desk = abroad();
    // The fees do not need rates again, so these may come later; they are read as listed.
    let other = Desk::new();
    other.fed(&desk.ok(["export", "csv"]), ["import", "-", "--add-stocks", "--add-portfolios"]).exits(0);
    for quote in ["USD", "CHF"] {
        other.fed(&desk.ok(["rates", "EUR", quote, "-O", "csv"]), ["import", "-"]).exits(0);
        assert_eq!(other.json(["rates", "EUR", quote]), desk.json(["rates", "EUR", quote]));
    }
    assert_eq!(other.ok(["export", "csv"]), desk.ok(["export", "csv"]));
    for report in
        ["gains --by lot", "holdings --all --as-of 2024-12-31", "dividends", "returns --to 2024-12-31 --flows"]
    {
        for into in ["EUR", "USD", "CHF"] {
            let report: Vec<&str> = report.split(' ').chain(["--in", into]).collect();
            let said = desk.json(&report);
            assert_eq!(other.json(&report), said, "{report:?}");
            assert!(said.as_array().unwrap().len() > 1, "{report:?}: {said}");
        }
    }
}

/// The only row with the currency of a stock that was never bought is its split.
#[test]
fn a_stock_with_nothing_but_a_split_keeps_its_currency() {
    let desk = Desk::new();
    desk.ok(["add-stock", "BOLT", "Bolt", "--currency", "EUR"]);
    desk.ok(["split", "BOLT", "2:1", "--date", "2020-02-20"]);
    let file = desk.file("book.csv", desk.ok(["export", "csv"]));
    let other = Desk::new();
    other.ok(["import", "--add-stocks", file.to_str().unwrap()]);
    assert_eq!(column(&other.json(["stocks"]), "currency"), ["EUR"]);
    assert_eq!(other.ok(["export", "csv"]), fs::read_to_string(&file).unwrap());
    // In a file with our own columns too.
    let own = Desk::new();
    let file = own.file("own.csv", "date,action,symbol,quantity,currency\n2020-02-20,split,BOLT,2:1,EUR\n");
    own.ok(["import", "--add-stocks", file.to_str().unwrap()]);
    assert_eq!(column(&own.json(["stocks"]), "currency"), ["EUR"]);
}

#[test]
fn a_time_that_all_entries_have_is_kept() {
    let desk = Desk::with_stocks();
    for price in ["1", "2"] {
        desk.ok(["buy", "ACME", "1", price, "--date", "2020-02-20", "--time", "12:00"]);
    }
    let exported = desk.ok(["export", "csv"]);
    let other = Desk::with_stocks();
    other.fed(&exported, ["import", "-", "-q"]).exits(0);
    assert_eq!(other.ok(["export", "csv"]), exported);
}

#[test]
fn a_sale_of_a_lot_that_was_bought_on_its_day_is_read_back() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "5", "110", "--date", "2024-02-01", "--id", "lot"]);
    desk.ok(["sell", "ACME", "2", "120", "--date", "2024-02-01", "--time", "10:00", "--lot", "lot:2"]);
    desk.ok(["add-portfolio", "other"]);
    desk.ok(["transfer", "ACME", "1", "--to", "other", "--date", "2024-02-01", "--time", "11:00", "--lot", "lot:1"]);
    let exported = desk.ok(["export", "csv"]);
    let other = Desk::with_stocks();
    let read = || other.fed(&exported, ["import", "-", "-q", "--add-portfolios"]);
    read().exits(0);
    assert_eq!(other.ok(["export", "csv"]), exported);
    assert_eq!(other.ok(["gains"]), desk.ok(["gains"]));
    // Nothing is new about it.
    let events = other.log_lines();
    read().exits(0);
    assert_eq!(other.log_lines(), events);
    // A lot that is not in the file either remains unknown.
    let without: String =
        exported.lines().filter(|line| !line.contains(",buy,")).fold(String::new(), |all, line| all + line + "\n");
    let refused = Desk::with_stocks().fed(&without, ["import", "-", "-q", "--add-portfolios", "-O", "json"]).exits(3);
    assert!(refused.err().contains("unknown_id"), "{}", refused.err());
}

#[test]
fn a_portfolio_keeps_its_method_where_something_is_recorded_in_it() {
    let desk = book();
    let file = desk.file("book.csv", desk.ok(["export", "csv"]));
    let other = Desk::with_stocks();
    other.ok(["buy", "ACME", "1", "1", "--date", "2009-01-01"]);
    let import = ["import", "--add-stocks", "--add-portfolios", "--similar", "record", file.to_str().unwrap()];
    let said = other.json(import);
    let warnings = said["warnings"].to_string();
    assert!(warnings.contains("set-cost-basis main hifo"), "{warnings}");
    let portfolios = other.json(["portfolios"]);
    assert_eq!(column(&portfolios, "cost_basis_method"), ["fifo", "average"]);
}

#[test]
fn a_period_and_a_portfolio_are_what_is_exported() {
    let desk = book();
    let dates = |args: &[&str]| {
        let text = desk.ok(["export", "csv"].iter().chain(args));
        text.lines().skip(1).map(|line| line[..10].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(dates(&["--from", "2010-05-02", "--to", "2010-06-01"]), ["2010-05-02", "2010-05-10", "2010-06-01"]);
    // The split and the spin-off belong to the stock, and the transfer to both portfolios.
    assert_eq!(
        dates(&["-p", "pension"]),
        [
            "2010-03-01",
            "2010-05-01",
            "2010-05-02",
            "2010-05-10",
            "2010-06-01",
            "2010-06-02",
            "2010-06-03",
            "2010-07-01",
            "2010-08-02",
            "2010-08-03",
            "2010-08-04"
        ]
    );
    assert!(desk.refused(3, ["export", "csv", "-p", "nobody"]).contains("unknown portfolio nobody"));
}

#[test]
fn json_holds_everything() {
    let desk = book();
    let json: serde_json::Value = serde_json::from_str(&desk.ok(["export", "json"])).unwrap();
    let lists = [
        "portfolios",
        "stocks",
        "splits",
        "conversions",
        "transactions",
        "gains",
        "lots",
        "prices",
        "rates",
        "imports",
    ];
    assert_eq!(members(&json), lists);
    let count = |list: &str| json[list].as_array().unwrap().len();
    // The purchase that was amended and the one that was voided are there too.
    assert_eq!(count("transactions"), desk.json(["transactions", "--all"]).as_array().unwrap().len());
    assert_eq!(count("gains"), desk.json(["gains", "--by", "lot"]).as_array().unwrap().len());
    assert_eq!(
        (count("stocks"), count("portfolios"), count("splits"), count("prices"), count("imports")),
        (5, 2, 1, 2, 1)
    );
    assert_eq!(json["rates"][0], without(&desk.json(["rates", "EUR", "USD"])[0], &["change_percentage"]));
    assert_eq!(json["gains"][0], without(&desk.json(["gains", "--by", "lot"])[0], &[]));
    // A pool is one lot: its cost is that of the position.
    let pool: Vec<_> = json["lots"].as_array().unwrap().iter().filter(|lot| lot["portfolio"] == "pension").collect();
    assert_eq!(pool.len(), 2);
    // As they are stored, and as computed from the entries up to the last day.
    let replayed: serde_json::Value = serde_json::from_str(&desk.ok(["export", "json", "--to", "2010-12-31"])).unwrap();
    assert_eq!(json["lots"], replayed["lots"]);
}

fn without(value: &serde_json::Value, names: &[&str]) -> serde_json::Value {
    let mut value = value.clone();
    for name in names {
        value.as_object_mut().unwrap().remove(*name);
    }
    value
}

#[test]
fn a_journal_of_a_period_begins_with_what_was_held() {
    let desk = Desk::with_stocks();
    for command in [
        "buy ACME 10 100 --fee 3 --date 2020-01-02 --id first",
        "sell ACME 4 120 --fee 1 --date 2021-03-01",
        "update-price ACME 150 --date 2021-12-31",
        "split ACME 2:1 --date 2022-06-01",
        "sell ACME 2 80 --date 2022-07-01",
    ] {
        desk.ok(command.split(' '));
    }
    let _tidy = desk.tidy();
    // (1000 + 3) ÷ 10 = 100.30 a share; 2 × 80 − 2 × 50.15 = 59.70
    insta::assert_snapshot!(desk.ok(["export", "beancount", "--from", "2022-01-01"]), @r#"
    option "title" "StockBook"
    option "operating_currency" "EUR"
    option "operating_currency" "USD"
    option "inferred_tolerance_default" "*:0.0000000001"

    1970-01-01 commodity EUR
    1970-01-01 commodity USD
    1970-01-01 commodity ACME
      name: "Acme Corporation"
      symbol: "ACME"
    1970-01-01 commodity BOLT
      name: "Bolt SE"
      symbol: "BOLT"

    2022-01-01 open Assets:Main:ACME

    2022-01-01 open Equity:Opening-Balances

    2022-01-01 * "opening balance of ACME"
      Assets:Main:ACME  6 ACME {100.3 USD, 2020-01-02, "[uuid]"}
      Equity:Opening-Balances  -601.8 USD

    2022-06-01 * "split ACME 2:1"
      id: "[uuid]"
      Assets:Main:ACME  -6 ACME {100.3 USD, 2020-01-02, "[uuid]"}
      Assets:Main:ACME  12 ACME {50.15 USD, 2020-01-02, "[uuid]"}

    2022-07-01 open Assets:Main:Cash

    2022-07-01 open Income:Main:ACME:Gains

    2022-07-01 * "sell 2 ACME at 80"
      id: "[uuid]"
      Assets:Main:ACME  -2 ACME {50.15 USD, 2020-01-02, "[uuid]"}
      Assets:Main:Cash  160 USD
      Income:Main:ACME:Gains  -59.7 USD

    2022-01-01 price ACME 150 USD
    2022-06-01 price ACME 75 USD
    "#);
    insta::assert_snapshot!(desk.ok(["export", "ledger", "--from", "2022-06-01", "--to", "2022-06-01"]), @"
    commodity EUR
    commodity USD
    commodity ACME
        note ACME: Acme Corporation
    commodity BOLT
        note BOLT: Bolt SE

    tag id
    tag time
    tag note

    account Assets:Main:ACME

    account Equity:Opening-Balances

    2022-06-01 * opening balance of ACME
        Assets:Main:ACME  6 ACME {100.3 USD} [2020-01-02] ([uuid]) @ 100.3 USD
        Equity:Opening-Balances  -601.8 USD

    2022-06-01 * split ACME 2:1
        ; id: [uuid]
        Assets:Main:ACME  -6 ACME {100.3 USD} [2020-01-02] ([uuid]) @ 100.3 USD
        Assets:Main:ACME  12 ACME {50.15 USD} [2020-01-02] ([uuid]) @ 50.15 USD

    P 2022-06-01 ACME 75 USD
    ");
}

#[test]
fn a_file_is_there_as_a_whole_or_not_at_all() {
    let desk = book();
    let file = desk.file("taken.csv", "mine");
    let name = file.to_str().unwrap();
    assert_eq!(desk.error(1, ["export", "csv", "-o", name])["code"], "file_exists");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    desk.ok(["export", "csv", "-o", name, "--force"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), desk.ok(["export", "csv"]));
    for (name, code) in [
        ("book.db", "output_onto_book"),
        ("book.db.audit.jsonl", "output_onto_book"),
        (".", "not_a_file"),
        ("nowhere/x.csv", "unwritable_file"),
    ] {
        assert_eq!(desk.error(1, ["export", "csv", "--force", "-o", name])["code"], code, "{name}");
    }
    let before = desk.everything();
    desk.ok(["export", "csv", "-n", "-o", "new.csv"]);
    assert_eq!(desk.error(1, ["export", "csv", "-n", "-o", name])["code"], "file_exists");
    assert!(desk.changed_since(&before).is_empty());
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let desk = Desk::with_stocks();
    let buys: Vec<String> = (100..1000_u32).map(|price| format!("2024-01-02,buy,ACME,1,{price}")).collect();
    desk.file("buys.csv", format!("date,action,symbol,quantity,price\n{}\n", buys.join("\n")));
    desk.ok(["import", "buys.csv"]);
    // In units of 512 bytes: enough for SQLite's files beside the book, but not for the exported file.
    let run = desk.shell("ulimit -f 80; exec \"$0\" export csv -o out.csv").exits(1);
    assert!(run.err().starts_with(&format!("error: cannot write {}: ", desk.path("out.csv").display())), "{run}");
    assert!(!desk.path("out.csv").exists());
}
