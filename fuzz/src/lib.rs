//! What must hold for any bytes at all. The fuzzer calls it, and so do the tests, with the seeds.

use std::fmt::{Debug, Display};
use std::io::Cursor;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use stockbook::app::import::file::{ColumnMapping, DateFormat, FileRows, ReadOptions};
use stockbook::bus::{History, Progress, StoredEvent, StreamNumber};
use stockbook::domain::{
    CompanyName, Consideration, CostBasisMethod, Currency, Day, EventType, ExternalId, Fee, Industry, Instant, Money,
    Note, Percentage, PortfolioName, Position, Price, Quantity, Sector, Sequence, Shares, Side, SplitTerms, Symbol,
    TooLarge, Trade, TransactionId, TransactionType,
};
use stockbook::formats::{self, Activities, Format, Library, Wanted};
use stockbook::log::{EventHash, Head, RecordedEvent, compare};
use uuid::Uuid;

#[path = "../../tests/testkit/positions.rs"]
mod positions;

use positions::acme;

/// A file to be imported. The first byte chooses among options.
pub fn csv_reader(data: &[u8]) {
    let Some((choice, file)) = data.split_first() else { return };
    let is_chosen = |bit: u8| choice & (1 << bit) != 0;
    let parsed = |texts: &[&str]| texts.iter().filter_map(|text| text.parse().ok()).collect();
    let options = ReadOptions {
        symbol: is_chosen(0).then(|| "ACME".parse().ok()).flatten(),
        columns: if is_chosen(1) { parsed(&["price=Kurs", "date=a"]) } else { Vec::new() },
        date_format: is_chosen(2).then(|| "DD/MM/YYYY".parse::<DateFormat>().ok()).flatten(),
        time_zone: is_chosen(3).then(|| "Asia/Tokyo".parse().ok()).flatten(),
        today: "2024-12-31".parse().unwrap(),
    };
    let mut rows = FileRows::new(file, &options);
    let (mut count, mut last) = (0, 0);
    for row in &mut rows {
        let (line, row) = row.unwrap();
        if let Ok(row) = &row {
            assert!(row.day() <= options.today, "a day to come");
        }
        // A fault of the file as a whole comes last, wherever it is.
        assert!(row.is_err() || line > last, "line {line} after {last}");
        last = last.max(line);
        count += 1;
    }
    assert!(rows.summary().rows <= count, "{} of {count} rows", rows.summary().rows);
}

/// A file of any format that is known.
pub fn format_reader(data: &[u8]) {
    static LIBRARY: LazyLock<Library> = LazyLock::new(Library::built_in);
    read(data, &Wanted::Any(&LIBRARY));
}

/// A table and a file of it, parted by a NUL.
pub fn format_table(data: &[u8]) {
    let (table, file) = match data.iter().position(|byte| *byte == 0) {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, &data[data.len()..]),
    };
    match Format::parse(&String::from_utf8_lossy(table)) {
        Ok(format) => read(file, &Wanted::Only(&Arc::new(format))),
        Err(error) => assert!(!error.to_string().chars().any(char::is_control), "{error:?}"),
    }
}

fn read(file: &[u8], wanted: &Wanted<'_>) {
    let options = formats::ReadOptions::new("2024-12-31".parse().unwrap());
    let mut activities = match Activities::open(file, wanted, &options) {
        Ok(activities) => activities,
        Err(error) => return assert!(!error.to_string().chars().any(char::is_control), "{error:?}"),
    };
    for activity in &mut activities {
        match activity.unwrap() {
            Ok(activity) => assert!(activity.when.is_none_or(|when| when.day <= options.today), "a day to come"),
            Err(fault) => assert!(!fault.message.chars().any(char::is_control), "{fault:?}"),
        }
    }
    assert!(activities.next().is_none());
}

/// Lines of an audit log: one by itself, and a whole log that was tampered with.
pub fn event_reader(data: &[u8]) {
    static HISTORY: LazyLock<Vec<StoredEvent>> = LazyLock::new(history);
    if let Ok(event) = serde_json::from_slice::<RecordedEvent>(data) {
        let line = event.to_line().unwrap_or_default();
        assert_eq!(serde_json::from_str::<RecordedEvent>(&line).ok(), Some(event), "{line}");
    }
    let events = HISTORY.as_slice();
    let lines: Vec<&[u8]> = events.iter().map(|event| event.line.as_bytes()).collect();
    let forged = forge(&lines, data);
    let progress = Progress { reached: events.last().cloned(), head: events.last().cloned() };
    let size = forged.len().try_into().unwrap_or(u64::MAX);
    let verdict = compare(&mut Cursor::new(&forged), size, &Events(events), &progress, &[], &mut || Ok(())).unwrap();
    assert_eq!(verdict.problems.is_empty(), forged == lines.concat(), "{:?}", verdict.problems);
}

/// What users type. What is accepted is the same when it is shown and read again, and can be
/// reckoned with.
pub fn value_parsers(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    // More lines try nothing that a few do not, and take longer.
    for text in text.split('\n').take(8).chain([text]) {
        round::<Symbol>(text);
        round::<Currency>(text);
        round::<Day>(text);
        round::<Instant>(text);
        round::<Quantity>(text);
        round::<Price>(text);
        round::<Fee>(text);
        round::<Money>(text);
        if let Ok(shares) = text.parse::<Shares>() {
            assert_eq!(shares.exact().parse().ok(), Some(shares));
        }
        round::<SplitTerms>(text);
        round::<Percentage>(text);
        round::<CompanyName>(text);
        round::<Sector>(text);
        round::<Industry>(text);
        round::<Note>(text);
        round::<PortfolioName>(text);
        round::<CostBasisMethod>(text);
        round::<ExternalId>(text);
        round::<TransactionType>(text);
        round::<EventHash>(text);
        round::<Head>(text);
        let _ = text.parse::<DateFormat>();
        let _ = text.parse::<ColumnMapping>();
    }
    trade(&text.split('\n').collect::<Vec<_>>());
}

fn round<T: FromStr + Display + Debug + PartialEq>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let shown = value.to_string();
        assert!(shown.parse::<T>().is_ok_and(|again| again == value), "{value:?} from {text:?} is shown as {shown:?}");
    }
}

/// Purchases, sales and splits of whatever amounts there are: `quantity price fee` by turns, or a
/// ratio in place of the quantity. The first byte chooses the method.
fn trade(words: &[&str]) {
    let choice = words.first().and_then(|word| word.bytes().next()).unwrap_or_default();
    let mut position = Position::new(acme(), CostBasisMethod::ALL[usize::from(choice) % CostBasisMethod::ALL.len()]);
    for (words, place) in words.chunks_exact(3).zip(1..) {
        let before = position.clone();
        let id = TransactionId::new(Uuid::from_u128(place.into()));
        let done = match (words[0].parse().map(SplitTerms::ratio), words[0].parse(), words[1].parse::<Price>()) {
            (Ok(ratio), ..) => position.split(id, Day::LAST, ratio, place),
            (_, Ok(quantity), Ok(price)) => {
                let amount = words[1].parse().ok().filter(|_| place % 3 == 0).map(Consideration::Amount);
                let side = if place % 2 == 1 { Side::Buy } else { Side::Sell };
                let consideration = amount.unwrap_or(Consideration::Price(price));
                let trade = positions::trade(place.into(), side, Day::LAST, quantity, consideration);
                let trade = Trade { fee: words[2].parse().unwrap_or(Fee::ZERO), ..trade };
                position.execute(&trade, place)
            }
            _ => continue,
        };
        if done.is_err() {
            assert_eq!(position, before);
        }
        if position.is_stale() {
            return;
        }
        let lots = position.holding().lots().iter().try_fold((Shares::ZERO, Money::ZERO), |(shares, cost), lot| {
            Ok::<_, TooLarge>((shares.plus(&lot.quantity)?, cost.plus(lot.cost_basis)?))
        });
        if let Ok((shares, cost)) = lots {
            assert_eq!(shares, position.totals().quantity);
            // Under average cost, shares leave at the pool's cost, not their lot's.
            if position.holding().cost_basis_method() != CostBasisMethod::Average {
                assert_eq!(cost, position.totals().cost_basis);
            }
        }
        position.pull_disposals();
    }
}

/// A short history.
fn history() -> Vec<StoredEvent> {
    const DATA: [(&str, &str); 6] = [
        ("BookCreatedEvent", r#"{"book_id":"00000000-0000-0000-0000-00000000000b","format_version":1}"#),
        (
            "PortfolioCreatedEvent",
            r#"{"portfolio_id":"00000000-0000-0000-0000-0000000000f0","name":"main","cost_basis_method":"fifo"}"#,
        ),
        (
            "StockCreatedEvent",
            r#"{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"ACME","company_name":"Acme","sector":null,"industry":null,"currency":"USD"}"#,
        ),
        (
            "StockPriceUpdatedEvent",
            r#"{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"ACME","price_date":"2026-01-30","old_price":null,"new_price":"0.5","change_percentage":null}"#,
        ),
        (
            "StockPriceUpdatedEvent",
            r#"{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"ACME","price_date":"2026-01-31","old_price":"0.5","new_price":"1","change_percentage":"100"}"#,
        ),
        (
            "TransactionExecutedEvent",
            r#"{"transaction_id":"00000000-0000-0000-0000-0000000000d0","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"ACME","transaction_type":"BUY","trade_date":"2026-01-30","quantity":"10","price":"150.25","fee":"1","total_amount":"1503.5","currency":"USD","note":null}"#,
        ),
    ];
    let mut events = Vec::<StoredEvent>::new();
    for ((event_type, data), sequence) in DATA.into_iter().zip(1..) {
        let previous_hash = events.last().map_or(EventHash::NONE, |event| EventHash::of(&event.line));
        let event_id = Uuid::from_u128(sequence.into());
        let line = format!(
            "{{\"sequence\":{sequence},\"event_id\":\"{event_id}\",\"event_type\":\"{event_type}\",\
             \"occurred_at\":\"2026-01-31T09:30:00.123456Z\",\"data\":{data},\"previous_hash\":\"{previous_hash}\"}}\n"
        );
        let end_offset = events.last().map_or(0, |event| event.end_offset) + line.len() as u64;
        let event_type = EventType::ALL.into_iter().find(|it| it.as_str() == event_type).unwrap();
        events.push(StoredEvent { sequence, stream: StreamNumber::default(), event_type, line, end_offset });
    }
    events
}

struct Events<'e>(&'e [StoredEvent]);

impl History for Events<'_> {
    fn load_since(&self, sequence: Sequence, limit: usize) -> anyhow::Result<Vec<StoredEvent>> {
        Ok(self.0.iter().filter(|event| event.sequence > sequence).take(limit).cloned().collect())
    }
}

/// A log made of the lines of another and of what is not in it, as the bytes say.
fn forge(lines: &[&[u8]], data: &[u8]) -> Vec<u8> {
    let mut log = Vec::new();
    let mut next = lines.iter().cycle();
    let mut data = data.iter().copied();
    while let Some(step) = data.next() {
        let chosen = lines[usize::from(step / 8) % lines.len()];
        match step % 8 {
            0..=2 => log.extend_from_slice(next.next().unwrap_or(&chosen)),
            3 => drop(next.next()),
            4 => log.extend_from_slice(chosen),
            5 => {
                let mut altered = chosen.to_vec();
                let at = usize::from(data.next().unwrap_or_default()) * 3 % altered.len();
                altered[at] ^= data.next().unwrap_or(1).max(1);
                log.extend(altered);
            }
            6 => log.extend_from_slice(&chosen[..usize::from(data.next().unwrap_or_default()) * 3 % chosen.len()]),
            _ => log.extend(data.by_ref().take(usize::from(step / 8))),
        }
    }
    log
}
