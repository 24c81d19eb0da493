//! Examines a book and its log independently of the program, with SQLite, JSON and SHA-256 alone.

mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OpenFlags};
use rust_decimal::Decimal;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A book whose facts are sound: what is recorded, and the state of what is derived from it.
pub(crate) struct Examined {
    /// The lines that the log should have, line feeds included.
    pub(crate) lines: Vec<String>,
    /// What is wrong with what is derived in the book.
    pub(crate) derived: Result<(), String>,
    /// What is wrong with the log.
    pub(crate) log: Result<(), String>,
}

/// Examines a book and its log.
///
/// # Errors
/// What is wrong with the facts.
pub(crate) fn examine(book: &Path) -> Result<Examined, String> {
    if with_suffix(book, "-wal").exists() {
        return Err("a command ended well and left a -wal".to_owned());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let uri = format!("file:{}?immutable=1", book.display());
    let sqlite = Connection::open_with_flags(uri, flags).map_err(|error| error.to_string())?;
    let (lines, derived) = Reader(&sqlite).examine().map_err(|error| format!("the book is not sound: {error}"))?;
    let log = fs::read(with_suffix(book, ".audit.jsonl")).map_err(|error| format!("the log cannot be read: {error}"));
    let log = log.and_then(|log| {
        let there = log.split_inclusive(|byte| *byte == b'\n').count();
        let differs = || format!("the log has {there} lines, {} bytes; the book {} lines", log.len(), lines.len());
        if log == lines.concat().as_bytes() { Ok(()) } else { Err(differs()) }
    });
    Ok(Examined { lines, derived, log })
}

impl Examined {
    /// The lines, if all is sound.
    ///
    /// # Errors
    /// What is wrong.
    pub(crate) fn sound(self) -> Result<Vec<String>, String> {
        self.derived?;
        self.log?;
        Ok(self.lines)
    }
}

/// The path with something added to its last name.
pub(crate) fn with_suffix(book: &Path, suffix: &str) -> std::path::PathBuf {
    let mut path = book.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

struct Reader<'c>(&'c Connection);

type Rows = Vec<Vec<String>>;

/// Shares by portfolio and stock.
type Held = BTreeMap<[String; 2], Decimal>;

/// The events that the lines tell.
struct Events(Vec<Value>);

impl Events {
    /// What the events of a type say.
    fn of(&self, kind: &'static str) -> impl Iterator<Item = &Value> {
        self.all().filter(move |(other, _)| *other == kind).map(|(_, data)| data)
    }

    /// All events: their types and what they say.
    fn all(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|event| (event["event_type"].as_str().unwrap_or_default(), &event["data"]))
    }

    /// What is left of things that are made, changed and removed by events of three types.
    fn left_of(&self, kinds: [&'static str; 3], key: &[&str], members: &[&str]) -> BTreeSet<Vec<String>> {
        let mut left = BTreeMap::new();
        for (kind, data) in self.all() {
            let texts = |members: &[&str]| members.iter().map(|member| text(data, member)).collect::<Vec<_>>();
            if kind == kinds[2] {
                left.remove(&texts(key));
            } else if kinds.contains(&kind) {
                let values = left.entry(texts(key)).or_insert_with(|| vec!["null".to_owned(); members.len()]);
                // An event that does not name a member leaves it.
                for (value, member) in values.iter_mut().zip(members).filter(|(_, member)| data.get(member).is_some()) {
                    *value = text(data, member);
                }
            }
        }
        left.into_iter().map(|(key, values)| [key, values].concat()).collect()
    }

    /// The shares that are held after all that was not voided.
    fn held(&self) -> Result<Held, String> {
        let voided: BTreeSet<_> = self.of("TransactionVoidedEvent").map(|data| text(data, "transaction_id")).collect();
        let splits = self.of("StockSplitEvent").map(|data| (text(data, "effective_date"), 0, "split_id", data));
        let conversions =
            self.of("StockConvertedEvent").map(|data| (text(data, "effective_date"), 1, "conversion_id", data));
        let trades =
            self.of("TransactionExecutedEvent").map(|data| (text(data, "trade_date"), 2, "transaction_id", data));
        let all = splits.chain(conversions).chain(trades);
        let mut entries: Vec<_> = all.filter(|(.., id, data)| !voided.contains(&text(data, id))).collect();
        entries.sort_by_key(|(date, order, ..)| (date.clone(), *order));
        let mut held = Held::new();
        for (_, order, _, data) in entries {
            let stock = text(data, "stock_id");
            if order < 2 {
                let (new, old) = (number(&text(data, "new_shares"))?, number(&text(data, "old_shares"))?);
                let is_kept = text(data, "kind") == "spin_off";
                let to = if order == 0 { stock.clone() } else { text(data, "new_stock_id") };
                let holders: Vec<_> =
                    held.iter().filter(|([_, of], _)| *of == stock).map(|(key, _)| key.clone()).collect();
                for holder in holders {
                    let quantity = if is_kept { held.get(&holder).copied() } else { held.remove(&holder) };
                    let [portfolio, _] = holder;
                    *held.entry([portfolio, to.clone()]).or_default() += quantity.unwrap_or_default() * new / old;
                }
                continue;
            }
            let quantity = number(&text(data, "quantity"))?;
            let comes = ["BUY", "TRANSFER_IN"].contains(&text(data, "transaction_type").as_str());
            *held.entry([text(data, "portfolio_id"), stock]).or_default() += if comes { quantity } else { -quantity };
        }
        Ok(shown_shares(held))
    }
}

/// Shares to ten decimal places, where there are any.
fn shown_shares(mut held: Held) -> Held {
    for quantity in held.values_mut() {
        *quantity = quantity.round_dp(10).normalize();
    }
    held.retain(|_, quantity| !quantity.is_zero());
    held
}

fn number(text: &str) -> Result<Decimal, String> {
    text.parse::<Decimal>().map(|number| number.normalize()).map_err(|error| format!("{error}: {text}"))
}

impl Reader<'_> {
    fn examine(&self) -> Result<(Vec<String>, Result<(), String>), String> {
        equal("integrity_check", &self.rows("PRAGMA integrity_check")?, &vec![vec!["ok".to_owned()]])?;
        equal("foreign_key_check", &self.rows("PRAGMA foreign_key_check")?, &Rows::new())?;
        let lines = self.chain()?;
        let count = lines.len().to_string();
        for checkpoint in self.rows("SELECT handler, sequence FROM checkpoints")? {
            equal("checkpoint", &checkpoint[1], &count)?;
        }
        self.commands_follow(lines.len())?;
        let events = Events(lines.iter().map(|line| serde_json::from_str(line).unwrap_or_default()).collect());
        self.facts_are_those_of(&events)?;
        let derived = self.quantities_are_those_of(&events);
        Ok((lines, derived))
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
            let known = event_type.parse().ok().and_then(|number: usize| TYPES.get(number.checked_sub(1)?));
            equal("event_type", &Some(text(&event, "event_type").as_str()), &known.copied())?;
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

    /// As many shares are kept as were bought and not sold.
    fn quantities_are_those_of(&self, events: &Events) -> Result<(), String> {
        let held = events.held()?;
        let (stock, portfolio) = (uuid("stock_id"), uuid("portfolio_id"));
        for table in ["positions", "open_lots", "summaries"] {
            let mut kept = Held::new();
            let sql = format!(
                "SELECT {portfolio}, {stock}, quantity
                 FROM {table} JOIN portfolios USING (portfolio) JOIN stocks USING (stock)"
            );
            for row in self.rows(&sql)? {
                let [portfolio, stock, quantity] = row.try_into().map_err(|_| "columns")?;
                *kept.entry([portfolio, stock]).or_default() += number(&quantity)?;
            }
            equal(table, &shown_shares(kept), &held)?;
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

/// The types of events, by the numbers that the book has for them, from 1.
const TYPES: [&str; 21] = [
    "BookCreatedEvent",
    "PortfolioCreatedEvent",
    "StockCreatedEvent",
    "StockPriceUpdatedEvent",
    "TransactionExecutedEvent",
    "DividendReceivedEvent",
    "StockSplitEvent",
    "TransactionVoidedEvent",
    "LotsRematchedEvent",
    "CostBasisMethodChangedEvent",
    "StockPriceRemovedEvent",
    "StockEditedEvent",
    "StockRemovedEvent",
    "PortfolioEditedEvent",
    "PortfolioRemovedEvent",
    "ImportCompletedEvent",
    "IdentitiesReleasedEvent",
    "ExchangeRateUpdatedEvent",
    "ExchangeRateRemovedEvent",
    "StockConvertedEvent",
    "CostAdjustedEvent",
];

/// The id of a stock or portfolio: the book has its bytes.
fn uuid(column: &str) -> String {
    let part = |from, length| format!("substr(lower(hex({column})), {from}, {length})");
    [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)].join(" || '-' || ")
}

pub(crate) fn hex(bytes: &[u8]) -> String {
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

/// A member as SQL shows it.
fn text(object: &Value, member: &str) -> String {
    object[member].as_str().unwrap_or("null").to_owned()
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?} instead of {expected:?}")) }
}
