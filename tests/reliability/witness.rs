//! Looks at a book and its log with other eyes than the program's: SQLite, JSON and SHA-256 alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OpenFlags};
use rust_decimal::Decimal;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The lines of a sound book and its log, line feeds included.
///
/// # Errors
/// What is wrong with them.
pub(crate) fn examine(book: &Path) -> Result<Vec<String>, String> {
    let log =
        fs::read(with_suffix(book, ".audit.jsonl")).map_err(|error| format!("the log cannot be read: {error}"))?;
    if with_suffix(book, "-wal").exists() {
        return Err("a command ended well and left a -wal".to_owned());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let uri = format!("file:{}?immutable=1", book.display());
    let sqlite = Connection::open_with_flags(uri, flags).map_err(|error| error.to_string())?;
    let lines = Reader(&sqlite).examine().map_err(|error| format!("the book is not sound: {error}"))?;
    if log != lines.concat().as_bytes() {
        let there = log.split_inclusive(|byte| *byte == b'\n').count();
        return Err(format!("the log has {there} lines, {} bytes; the book {} lines", log.len(), lines.len()));
    }
    Ok(lines)
}

/// The path with something added to its last name.
pub(crate) fn with_suffix(book: &Path, suffix: &str) -> std::path::PathBuf {
    let mut path = book.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

struct Reader<'c>(&'c Connection);

type Rows = Vec<Vec<String>>;

impl Reader<'_> {
    fn examine(&self) -> Result<Vec<String>, String> {
        equal("integrity_check", &self.rows("PRAGMA integrity_check")?, &vec![vec!["ok".to_owned()]])?;
        equal("foreign_key_check", &self.rows("PRAGMA foreign_key_check")?, &Rows::new())?;
        let lines = self.chain()?;
        let count = lines.len().to_string();
        for checkpoint in self.rows("SELECT handler, sequence FROM checkpoints")? {
            equal("checkpoint", &checkpoint[1], &count)?;
        }
        self.commands_follow(lines.len())?;
        let events: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap_or_default()).collect();
        self.facts_are_those_of(&events)?;
        Ok(lines)
    }

    /// The lines, if they are numbered without gaps, each with the hash of the one before.
    fn chain(&self) -> Result<Vec<String>, String> {
        let (mut lines, mut ids) = (Vec::new(), BTreeSet::new());
        let (mut hash, mut end) = ("0".repeat(64), 0);
        let sql = "SELECT sequence, event_type, end_offset, line FROM events ORDER BY sequence";
        for (row, number) in self.rows(sql)?.into_iter().zip(1_u64..) {
            let [sequence, event_type, end_offset, line] = row.try_into().map_err(|_| "columns")?;
            let event: Value = serde_json::from_str(&line).map_err(|error| format!("{error}: {line}"))?;
            end += line.len();
            equal("line feeds", &line.find('\n'), &Some(line.len() - 1))?;
            equal("sequence", &[sequence, event["sequence"].to_string()], &[number.to_string(), number.to_string()])?;
            equal("previous_hash", &text(&event, "previous_hash"), &hash)?;
            equal("end_offset", &end_offset, &end.to_string())?;
            equal("event_type", &text(&event, "event_type"), &event_type)?;
            if !ids.insert(text(&event, "event_id")) {
                return Err(format!("event {number} has the id of an earlier one"));
            }
            hash = hex(&Sha256::digest(line.as_bytes()));
            lines.push(line);
        }
        Ok(lines)
    }

    /// Every event belongs to one command.
    fn commands_follow(&self, events: usize) -> Result<(), String> {
        let mut last = 0;
        for command in self.rows("SELECT first_sequence, last_sequence FROM commands ORDER BY first_sequence")? {
            equal("the first event of a command", &command[0], &(last + 1).to_string())?;
            last = command[1].parse().map_err(|_| "a command without a last event")?;
        }
        equal("the last event of the last command", &last, &events)
    }

    /// The rows that a program loads are what the events say.
    fn facts_are_those_of(&self, events: &[Value]) -> Result<(), String> {
        let of = |kind: &'static str| {
            events.iter().filter(move |event| event["event_type"] == kind).map(|event| event["data"].clone())
        };
        let sorted = |rows: &mut dyn Iterator<Item = Vec<String>>| rows.collect::<BTreeSet<_>>();
        let stored = |sql: &str| Ok::<_, String>(self.rows(sql)?.into_iter().collect::<BTreeSet<_>>());
        let members = |data: &Value, names: &[&str]| names.iter().map(|name| text(data, name)).collect::<Vec<_>>();

        let stocks = &["symbol", "company_name", "currency"];
        equal(
            "stocks",
            &stored("SELECT symbol, company_name, currency FROM stocks")?,
            &sorted(&mut of("StockCreatedEvent").map(|data| members(&data, stocks))),
        )?;
        equal(
            "portfolios",
            &stored("SELECT name FROM portfolios")?,
            &sorted(&mut of("PortfolioCreatedEvent").map(|data| members(&data, &["name"]))),
        )?;
        let trades =
            ["portfolio", "symbol", "transaction_type", "trade_date", "quantity", "price", "fee", "total_amount"];
        let trade =
            |data: &Value| [vec![text(data, "transaction_id").replace('-', "")], members(data, &trades)].concat();
        equal(
            "transactions",
            &stored(
                "SELECT lower(hex(transaction_id)), name, symbol, type, trade_date, quantity, price, fee, total_amount
                 FROM transactions JOIN portfolios USING (portfolio) JOIN stocks USING (stock)",
            )?,
            &sorted(&mut of("TransactionExecutedEvent").map(|data| trade(&data))),
        )?;
        // A later price of the same day replaces an earlier one.
        let price = |data: Value| ([text(&data, "symbol"), text(&data, "price_date")], text(&data, "new_price"));
        let prices: BTreeMap<_, _> = of("StockPriceUpdatedEvent").map(price).collect();
        equal(
            "prices",
            &stored("SELECT symbol, price_date, price FROM prices JOIN stocks USING (stock)")?,
            &sorted(&mut prices.into_iter().map(|([symbol, date], price)| vec![symbol, date, price])),
        )?;

        let voided: BTreeSet<_> = of("TransactionVoidedEvent").map(|data| text(&data, "transaction_id")).collect();
        let mut held = BTreeMap::<[String; 2], Decimal>::new();
        for data in of("TransactionExecutedEvent").filter(|data| !voided.contains(&text(data, "transaction_id"))) {
            let quantity: Decimal = text(&data, "quantity").parse().map_err(|_| "a quantity")?;
            let signed = if data["transaction_type"] == "SELL" { -quantity } else { quantity };
            *held.entry([text(&data, "portfolio"), text(&data, "symbol")]).or_default() += signed;
        }
        for (sql, what) in [
            ("SELECT name, symbol, quantity FROM positions", "positions"),
            ("SELECT portfolio_name, symbol, quantity FROM summaries", "summaries"),
            ("SELECT name, symbol, quantity FROM open_lots", "open lots"),
        ] {
            let join = " JOIN portfolios USING (portfolio) JOIN stocks USING (stock)";
            let sql = if what == "summaries" { sql.to_owned() } else { format!("{sql}{join}") };
            let mut kept = BTreeMap::<[String; 2], Decimal>::new();
            for row in self.rows(&sql)? {
                let [portfolio, symbol, quantity] = row.try_into().map_err(|_| "columns")?;
                *kept.entry([portfolio, symbol]).or_default() +=
                    quantity.parse::<Decimal>().map_err(|_| "a quantity")?;
            }
            let open = |held: &BTreeMap<[String; 2], Decimal>| {
                held.iter()
                    .filter(|(_, held)| !held.is_zero())
                    .map(|(key, held)| (key.clone(), *held))
                    .collect::<Vec<_>>()
            };
            equal(what, &open(&kept), &open(&held))?;
        }
        Ok(())
    }

    fn rows(&self, sql: &str) -> Result<Rows, String> {
        let read = || {
            let mut statement = self.0.prepare(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| {
                (0..columns).map(|column| row.get::<_, Sql>(column).map(|value| shown(&value))).collect()
            })?;
            rows.collect::<rusqlite::Result<Rows>>()
        };
        read().map_err(|error| format!("{error}: {sql}"))
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn shown(value: &Sql) -> String {
    match value {
        Sql::Null => "null".to_owned(),
        Sql::Integer(number) => number.to_string(),
        Sql::Real(number) => number.to_string(),
        Sql::Text(text) => text.clone(),
        Sql::Blob(bytes) => format!("{bytes:?}"),
    }
}

fn text(object: &Value, member: &str) -> String {
    object[member].as_str().unwrap_or("null").to_owned()
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?} instead of {expected:?}")) }
}
