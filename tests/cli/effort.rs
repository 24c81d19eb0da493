//! The work that a command requires of SQLite does not grow with the history, whichever statements it runs: a
//! debug build logs all of them with the number of virtual machine steps.
#![cfg(debug_assertions)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use chrono::Local;
use rusqlite::Connection;
use serde_json::Value;

use crate::harness::Desk;

/// The number of trades in the largest book.
const MOST: usize = 2000;

/// Statements with their numbers of steps.
type Effort = BTreeMap<String, u64>;

fn days() -> impl Iterator<Item = String> {
    let months = (1990..2024).flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}")));
    months.flat_map(|month| (1..=28).map(move |day| format!("{month}-{day:02}")))
}

/// A book of stocks that are bought more often than sold, so that lots accumulate, in portfolios with two
/// methods; one stock has a price on each of these days. It covers the same years, however many trades there
/// are.
fn book(trades: usize) -> Desk {
    let desk = Desk::new();
    let kinds = ["main,buy,ACME,3", "main,buy,BOLT,2", "main,sell,ACME,1", "ira,buy,COAL,5", "main,sell,BOLT,1.5"];
    let (mut rows, mut prices) = (String::new(), String::new());
    for ((at, kind), day) in kinds.iter().cycle().enumerate().zip(days().step_by(MOST.div_euclid(trades))).take(trades)
    {
        writeln!(rows, "{day},{kind},10.{:02}", at % 89).unwrap();
        writeln!(prices, "{day},ACME,11").unwrap();
    }
    desk.ok(["add-portfolio", "ira", "--cost-basis", "hifo"]);
    desk.file("trades.csv", format!("date,portfolio,action,symbol,quantity,price\n{rows}"));
    desk.file("prices.csv", format!("date,symbol,price\n{prices}"));
    desk.ok(["import", "--add-stocks", "trades.csv", "prices.csv"]);
    desk
}

/// Runs a command and returns its statements, each with the steps of all its runs.
pub(crate) fn traced(desk: &Desk, command: &[&str]) -> Effort {
    let mut effort = Effort::new();
    let mut runs: BTreeMap<String, u64> = BTreeMap::new();
    for (sql, so_far) in trace(desk, command) {
        let before = runs.insert(sql.clone(), so_far).unwrap_or_default();
        // A statement that is prepared again counts from 0.
        let steps = so_far.checked_sub(before).filter(|steps| *steps > 0).unwrap_or(so_far);
        let all = effort.entry(sql).or_default();
        *all = all.saturating_add(steps);
    }
    effort
}

/// Runs a command and returns its statements, each with the steps of its longest run.
fn effort(desk: &Desk, command: &[&str]) -> Effort {
    let mut effort = Effort::new();
    for (sql, steps) in trace(desk, command) {
        let most = effort.entry(sql).or_default();
        *most = steps.max(*most);
    }
    effort
}

/// Runs a command and returns its statements in order, each with its steps so far.
fn trace(desk: &Desk, command: &[&str]) -> Vec<(String, u64)> {
    let trace = desk.path("trace.jsonl");
    let mut traced = desk.command(command);
    let output = traced.env("STOCKBOOK_TRACE", &trace).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let statement = |line: &str| {
        let said: Value = serde_json::from_str(line).unwrap();
        (said["sql"].as_str().unwrap().to_owned(), said["steps"].as_u64().unwrap())
    };
    let statements = fs::read_to_string(&trace).unwrap().lines().map(statement).collect();
    fs::remove_file(trace).unwrap();
    statements
}

/// Commands that take as long with a long history as with a short one.
const FLAT: [&[&str]; 31] = [
    &["buy", "ACME", "1", "12", "--id", "bought"],
    &["sell", "BOLT", "3", "12", "--id", "sold"],
    &["amend", "bought", "--fee", "1"],
    &["undo"],
    &["amend", "sold", "--quantity", "4", "--price", "13"],
    &["undo"],
    &["buy", "ACME", "1", "12", "--id", "first"],
    &["sell", "ACME", "4", "12", "--id", "second"],
    &["void", "second"],
    &["void", "first"],
    &["sell", "BOLT", "1", "12"],
    &["undo"],
    &["-p", "ira", "sell", "COAL", "7", "12"],
    &["undo"],
    &["update-price", "ACME", "13"],
    &["dividend", "ACME", "5", "--id", "paid"],
    &["buy", "ACME", "1", "12"],
    &["void", "paid"],
    &["add-stock", "DUNE", "Dune Inc."],
    &["-q"],
    &["holdings"],
    &["allocation", "--by", "portfolio"],
    &["summary"],
    &["gains", "--by", "year"],
    &["gains", "--year", "1990", "--by", "symbol"],
    &["gains", "--symbol", "BOLT", "--by", "year"],
    &["stocks"],
    &["transactions", "--tail", "3"],
    &["audit", "--tail", "3"],
    &["audit", "--since-sequence", "100"],
    &["audit", "head"],
];

/// Tables with a row for each stock, portfolio, position or corporate action, of which there are few: they do
/// not grow with the history.
const SMALL: [&str; 10] = [
    "book",
    "checkpoints",
    "conversions",
    "gain_totals",
    "portfolios",
    "positions",
    "splits",
    "stocks",
    "streams",
    "summaries",
];

/// The growing tables that a statement scans completely, by its plan. Reading only the first rows of an order
/// is not a scan.
fn scanned(book: &Connection, sql: &str) -> Vec<String> {
    if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|verb| sql.starts_with(verb)) {
        return Vec::new();
    }
    let mut plan = book.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let unbound = vec![rusqlite::types::Null; plan.parameter_count()];
    let details = plan.query_map(rusqlite::params_from_iter(unbound), |row| row.get::<_, String>("detail")).unwrap();
    let words: Vec<_> = sql.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut tables = book.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut scanned = Vec::new();
    for detail in details.map(Result::unwrap) {
        let Some(scan) = detail.strip_prefix("SCAN ") else { continue };
        let name = scan.split(' ').next().unwrap();
        let is_table = |word: &&str| tables.iter().any(|table| table == word);
        let named = words.windows(2).find(|pair| pair[1] == name && is_table(&pair[0])).map_or(name, |pair| pair[0]);
        if is_table(&named) && !SMALL.contains(&named) && !words.contains(&"LIMIT") {
            scanned.push(format!("{detail}: {sql}"));
        }
    }
    scanned
}

#[test]
fn what_a_command_asks_of_the_book_does_not_grow_with_it() {
    let [short, long] = [200, MOST].map(book);
    let last = (long.log_lines().len() - 3).to_string();
    let mut growing = Vec::new();
    for command in FLAT {
        let on_long: &[&str] = if command[0] == "audit" && command[1] == "--since-sequence" {
            &["audit", "--since-sequence", &last]
        } else {
            command
        };
        growing.extend(grown((&short, command), (&long, on_long)));
    }
    assert!(growing.is_empty(), "\n{}", growing.join("\n"));
}

/// The statements that take more steps in a book with a long history than in one with a short history.
fn grown((short, command): (&Desk, &[&str]), (long, on_long): (&Desk, &[&str])) -> Vec<String> {
    let (few, many) = (effort(short, command), effort(long, on_long));
    assert!(many.len() > 5, "{command:?}: {many:?}");
    let mut growing = Vec::new();
    for (sql, steps) in many {
        let Some(with_few) = few.get(&sql).copied() else {
            panic!("{command:?}: only with a long history: {sql}");
        };
        if steps > with_few.saturating_mul(2).saturating_add(20) {
            growing.push(format!("{command:?}: {with_few} steps, then {steps}: {sql}"));
        }
        growing.extend(scanned(&long.sqlite(), &sql).iter().map(|scan| format!("{command:?}: {scan}")));
    }
    growing
}

/// A book with this many days, each with a purchase that is sold at once and rates of several currencies, and
/// with a last lot.
fn bought_and_sold(count: usize) -> Desk {
    let desk = Desk::new();
    let (mut trades, mut rates) = (String::new(), String::new());
    for day in days().take(count) {
        writeln!(trades, "{day},buy,ACME,3,10\n{day},sell,ACME,3,11").unwrap();
        for quote in ["USD", "CHF", "GBP"] {
            writeln!(rates, "{day},EUR,{quote},1.25").unwrap();
        }
    }
    desk.file("trades.csv", format!("date,action,symbol,quantity,price\n{trades}2024-01-02,buy,ACME,5,10\n"));
    desk.file("rates.csv", format!("date,base,quote,rate\n{rates}2024-01-02,EUR,USD,1.25\n"));
    desk.ok(["import", "--add-stocks", "trades.csv", "rates.csv"]);
    desk
}

const IN_EUROS: [&str; 5] = ["holdings", "--in", "EUR", "--max-rate-age", "20000"];

/// Sold lots, and rates of other days, none of which holdings in one currency need.
#[test]
fn what_holdings_in_one_currency_ask_of_the_book_grows_with_neither_closed_lots_nor_rates() {
    let [short, long] = [5, 300].map(bought_and_sold);
    let columns = [&IN_EUROS[..], &["-O", "csv", "--columns", "symbol,value,gain"]].concat();
    let growing: Vec<String> =
        [&IN_EUROS[..], &columns].into_iter().flat_map(|command| grown((&short, command), (&long, command))).collect();
    assert!(growing.is_empty(), "\n{}", growing.join("\n"));
}

/// Each sale is read once, with its gains and in no order, and the names of the stocks once for all of them.
#[test]
fn what_sales_realized_in_one_currency_takes_few_steps_a_sale() {
    let [few, many] = [5, 300].map(|days| {
        let desk = bought_and_sold(days);
        [[&IN_EUROS[..], &["-O", "json"]].concat(), vec!["-q", "--in", "EUR", "--max-rate-age", "20000"]]
            .map(|command| traced(&desk, &command).values().sum::<u64>())
    });
    for (few, many) in few.into_iter().zip(many) {
        let a_sale = (many - few).div_euclid(295);
        assert!(a_sale < 30, "{a_sale} steps a sale");
    }
}

/// All lots of a stock were exchanged for another, and others received shares of a third in a spin-off.
#[test]
fn what_a_command_asks_after_a_merger_does_not_grow_with_the_book() {
    let [short, long] = [200, MOST].map(|trades| {
        let desk = book(trades);
        desk.ok(["add-stock", "NEXT", "Next"]);
        desk.ok(["add-stock", "SPUN", "Spun"]);
        desk.ok(["add-stock", "THEN", "Then"]);
        desk.ok(["exchange", "COAL", "NEXT", "2:1", "--date", "2024-01-04"]);
        desk.ok(["spin-off", "ACME", "SPUN", "2:1", "--cost-share", "20", "--date", "2024-01-05"]);
        // Which leaves thirds.
        desk.ok(["exchange", "BOLT", "THEN", "7:3", "--date", "2024-01-06"]);
        desk
    });
    let commands: [&[&str]; 26] = [
        &["buy", "ACME", "1", "12"],
        &["sell", "ACME", "1", "12"],
        &["-p", "ira", "buy", "NEXT", "1", "12"],
        &["undo"],
        &["-p", "ira", "sell", "NEXT", "7", "12"],
        &["undo"],
        &["sell", "SPUN", "0.5", "12", "--id", "sold"],
        &["void", "sold"],
        // They leave nothing of some lots.
        &["sell", "SPUN", "27", "12"],
        &["undo"],
        &["sell", "THEN", "10", "12"],
        &["undo"],
        &["sell", "THEN", "10", "12", "--id", "then"],
        &["amend", "then", "--price", "13"],
        &["void", "then"],
        &["buy", "THEN", "1", "12"],
        &["undo"],
        &["dividend", "THEN", "5"],
        &["undo"],
        &["sell", "THEN", "30", "12"],
        &["-p", "ira", "buy", "COAL", "1", "12"],
        &["dividend", "SPUN", "5"],
        &["update-price", "NEXT", "13"],
        &["-q"],
        &["holdings"],
        &["transactions", "--tail", "3"],
    ];
    let growing: Vec<String> =
        commands.into_iter().flat_map(|command| grown((&short, command), (&long, command))).collect();
    assert!(growing.is_empty(), "\n{}", growing.join("\n"));
}

/// In three portfolios, two of many stocks were converted, one of them at a ratio that leaves fractions.
#[test]
fn what_a_command_asks_after_a_merger_does_not_grow_with_the_number_of_stocks() {
    let [few, many] = [10, 400].map(|stocks| {
        let desk = Desk::new();
        let mut rows = "date,portfolio,action,symbol,quantity,price\n".to_owned();
        for (stock, portfolio) in (0..stocks).flat_map(|stock| ["main", "ira", "joint"].map(|name| (stock, name))) {
            writeln!(rows, "2010-01-04,{portfolio},buy,S{stock},5,10\n2011-01-03,{portfolio},buy,S{stock},4,12")
                .unwrap();
        }
        desk.file("trades.csv", rows);
        desk.ok(["import", "--add-stocks", "--add-portfolios", "trades.csv"]);
        desk.ok(["add-stock", "NEXT", "Next"]);
        desk.ok(["add-stock", "SPUN", "Spun"]);
        desk
    });
    let commands = "exchange S1 NEXT 7:3 --date 2020-01-06; spin-off S2 SPUN 1:7 --cost-share 10 --date 2020-01-07; \
        buy NEXT 1 5; undo; sell NEXT 1 5 --id sold; void sold; sell NEXT 13 6 --id other; amend other --price 7; undo; undo; \
        buy S1 1 5 --date 2019-01-02; undo; buy NEXT 1 5 --date 2019-06-03; undo; dividend S2 1 --per-share; undo; \
        return-capital NEXT 5 -p main; undo; adjust-cost SPUN 3 --per-share; undo; write-off SPUN -p ira; undo; write-off SPUN; undo; split NEXT 2:1; undo; \
        transfer NEXT 2 --to ira; undo; spin-off NEXT SPUN 1:3 --cost-share 3 --date 2021-01-05; undo; \
        exchange S3 S4 3:2 --date 2021-01-05; undo; explain holding NEXT; history sold; transactions --tail 3";
    let mut growing = Vec::new();
    for command in commands.split("; ") {
        let command: Vec<&str> = command.split(' ').collect();
        growing.extend(grown((&few, &command), (&many, &command)));
    }
    assert!(growing.is_empty(), "\n{}", growing.join("\n"));
}

#[test]
fn what_was_settled_in_a_currency_is_found_without_the_other_transactions() {
    let desk = book(200);
    desk.ok(["update-rate", "EUR", "USD", "1.1", "--date", "1990-01-01"]);
    desk.ok(["buy", "ACME", "1", "12", "--settled", "11 EUR"]);
    desk.ok(["dividend", "ACME", "3", "--currency", "EUR", "--rate", "1.1"]);
    for command in [&["holdings"][..], &["gains"], &["dividends"]] {
        let in_euros = [command, &["--in", "EUR", "--max-rate-age", "20000"]].concat();
        let asked = effort(&desk, &in_euros);
        let about_settlements: Vec<_> = asked.keys().filter(|sql| sql.contains("settlement_currency = ")).collect();
        assert!(!about_settlements.is_empty(), "{command:?}");
        let scans = about_settlements.iter().flat_map(|sql| scanned(&desk.sqlite(), sql));
        assert_eq!(scans.collect::<Vec<_>>(), Vec::<String>::new(), "{command:?}");
    }
}

#[test]
fn the_overview_looks_at_the_dividends_of_a_year_and_not_at_its_trades() {
    let steps = |trades: usize| {
        let desk = Desk::with_stocks();
        let yesterday = Local::now().date_naive() - chrono::Days::new(1);
        let rows = format!("{yesterday},buy,ACME,1,10\n").repeat(trades);
        desk.file("trades.csv", format!("date,action,symbol,quantity,price\n{rows}"));
        desk.ok(["import", "trades.csv"]);
        desk.ok(["dividend", "ACME", "3"]);
        assert_eq!(desk.json(["-q"])["currencies"][0]["dividends_twelve_months"], "3");
        effort(&desk, &["-q"]).values().sum::<u64>()
    };
    let (few, many) = (steps(20), steps(400));
    assert!(many < few.saturating_add(few.div_euclid(10)), "{few} steps, then {many}");
}

#[test]
fn a_statement_that_grows_would_be_noticed() {
    let [short, long] = [100, 1000].map(book);
    let [few, many] = [&short, &long].map(|desk| effort(desk, &["transactions"]));
    let most = |effort: &Effort| effort.values().max().copied().unwrap();
    assert!(most(&many) > most(&few).saturating_mul(5));
    assert!(many.keys().any(|sql| !scanned(&long.sqlite(), sql).is_empty()));
}

#[test]
fn only_the_end_of_the_audit_log_is_read() {
    let desk = book(300);
    let lines = desk.log_lines();
    let last_three = lines[lines.len() - 3..].concat();
    // A reader of these bytes would find that they are not events of the book.
    let mut log = fs::read(desk.log()).unwrap();
    let end = log.len() - last_three.len();
    log[..end].fill(b'x');
    fs::write(desk.log(), &log).unwrap();
    assert_eq!(desk.ok(["audit", "--tail", "3"]), last_three);
    let cursor = (lines.len() - 3).to_string();
    assert_eq!(desk.ok(["audit", "--since-sequence", &cursor]), last_three);
    desk.run(["buy", "ACME", "1", "12", "-q"]).exits(0).silently();
    desk.run(["audit", "verify"]).exits(4);
}

#[test]
fn help_and_version_open_no_book() {
    let desk = book(1);
    for args in [&["--help"][..], &["--version"], &["help", "import"], &["buy", "--help"]] {
        let trace = desk.path("trace.jsonl");
        let mut command = desk.command(args);
        assert!(command.env("STOCKBOOK_TRACE", &trace).output().unwrap().status.success(), "{args:?}");
        assert!(!trace.exists(), "{args:?}");
    }
}

#[test]
fn a_story_makes_each_state_of_its_position_anew_once() {
    const LATE: usize = 5;
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme Corporation"]);
    desk.ok(["buy", "ACME", "100", "10", "--date", "2024-01-31"]);
    desk.ok(["sell", "ACME", "50", "12", "--date", "2024-06-30", "--id", "sold"]);
    for day in (1..=LATE).rev() {
        desk.ok(["buy", "ACME", "1", &format!("{day}"), "--date", &format!("2024-01-{day:02}")]);
    }
    let reads_entries = |sql: &str| sql.contains("FROM events e CROSS JOIN transactions t") && sql.contains("t.lots");
    let entries_read = trace(&desk, &["history", "sold"]).iter().filter(|(sql, _)| reads_entries(sql)).count();
    // As the sale was recorded, and after each purchase; its state before a purchase is that after the one
    // before.
    assert_eq!(entries_read, LATE.saturating_add(1));
}
