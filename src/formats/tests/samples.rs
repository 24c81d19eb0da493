//! Every sample says what must come of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::books::Books;
use crate::domain::{Consideration, Figure, Side};
use crate::formats::{
    Action, Activities, Activity, Library, OpenError, ReadOptions, RowFault, RowOrder, Summary, TradeDetails, Wanted,
};

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// What was read from a sample.
pub(super) struct Read {
    pub(super) activities: Vec<Activity>,
    pub(super) faults: Vec<RowFault>,
    pub(super) summary: Summary,
}

/// What a sample has to be read with.
pub(super) fn options(sample: &Value) -> ReadOptions {
    let mut options = ReadOptions::new("2026-01-31".parse().unwrap());
    let text = sample["options"].as_str().unwrap();
    for option in text.split("--").map(str::trim).filter(|option| !option.is_empty()) {
        match option.split_once(' ') {
            Some(("map-symbol", map)) => options.symbols.push(map.trim_matches('\'').parse().unwrap()),
            Some(("symbol", symbol)) => options.symbol = Some(symbol.parse().unwrap()),
            _ => assert!(["none", "add-portfolios"].contains(&option) || option.starts_with("currency"), "{option}"),
        }
    }
    options
}

fn read(sample: &Value) -> Result<Read, RowFault> {
    let options = options(sample);
    let file = std::fs::File::open(folder().join(sample["path"].as_str().unwrap())).unwrap();
    let library = Library::built_in();
    let mut reading = match Activities::open(file, &Wanted::Any(&library), &options) {
        Ok(reading) => reading,
        Err(OpenError::Refused(fault)) => return Err(fault),
        Err(error) => panic!("{error}"),
    };
    let (mut activities, mut faults) = (Vec::new(), Vec::new());
    for activity in &mut reading {
        match activity.unwrap() {
            Ok(activity) => activities.push(activity),
            Err(fault) => faults.push(fault),
        }
    }
    let summary = reading.summary().clone();
    // By day; within a day by the time, and else in the order in which the rows came.
    let is_reversed = summary.order() == RowOrder::NewestFirst;
    activities.sort_by_key(|activity| if is_reversed { u64::MAX.saturating_sub(activity.line) } else { activity.line });
    activities.sort_by_key(|activity| {
        let day = activity.when.map(|when| when.day);
        let time = activity.when.and_then(|when| when.time);
        (day, !matches!(activity.action, Action::Split(_)), time)
    });
    Ok(Read { activities, faults, summary })
}

/// What stands for nothing in the lists that are compared.
const NONE: &str = "-";

/// The currency of an activity, or the only one of its file.
fn currency(activity: &Activity, sample: &Value) -> String {
    let own = activity.currency.map(|mark| mark.to_string());
    own.filter(|own| own.len() == 3).unwrap_or_else(|| sample["currency"].as_str().unwrap_or("?").to_owned())
}

pub(super) fn stock(activity: &Activity) -> String {
    let security = &activity.security;
    let symbol = security.symbol.as_ref().map(ToString::to_string);
    let isin = security.isin.map(|isin| isin.to_string());
    let name = security.name.as_ref().map(|name| name.to_string().to_uppercase());
    symbol.or(isin).or(name).or(security.label.clone()).unwrap_or_default()
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| value.to_string())
}

fn list<'v>(sample: &'v Value, member: &str) -> &'v [Value] {
    sample[member].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// These members of an object, in one line.
fn line(object: &Value, members: &[&str]) -> String {
    let texts: Vec<_> = members.iter().map(|member| shown(object[*member].as_str())).collect();
    texts.join(" ")
}

/// Two lists to be compared: what was read, and what was expected.
#[derive(Default)]
struct Compared {
    got: Vec<String>,
    want: Vec<String>,
}

impl Compared {
    fn sorted(mut self) -> Self {
        self.got.sort();
        self.want.sort();
        self
    }

    fn note_difference(self, what: &str, found: &mut Vec<String>) {
        if self.got != self.want {
            let [got, want] = [self.got, self.want].map(|lines| lines.join("\n         "));
            found.push(format!("{what}\n    got  {got}\n    want {want}"));
        }
    }
}

fn trade(activity: &Activity) -> Option<&TradeDetails> {
    if let Action::Trade(trade) = &activity.action { Some(trade) } else { None }
}

fn trades(activities: &[Activity], sample: &Value) -> Compared {
    let mut compared = Compared::default();
    for (activity, trade) in activities.iter().filter_map(|activity| Some((activity, trade(activity)?))) {
        let action = match (trade.side, trade.reinvested) {
            (_, true) => "reinvest",
            (Side::Buy, false) => "buy",
            (Side::Sell, false) => "sell",
        };
        let when = activity.when.unwrap();
        let [time, price, id] =
            [shown(when.time), shown(trade.price), shown(activity.id.as_ref().map(|activity| activity.id.clone()))];
        let fee = trade.fee.map_or("0".to_owned(), |fee| fee.to_string());
        let (stock, quantity, currency) = (stock(activity), trade.quantity, currency(activity, sample));
        let portfolio = shown(activity.portfolio.as_ref());
        let day = when.day;
        compared
            .got
            .push(format!("{day} {time} {action} {stock} {quantity} {price} {fee} {currency} {id} {portfolio}"));
    }
    for entry in list(sample, "trades") {
        // A time without seconds, or midnight, which tells nothing.
        let time = entry["time"].as_str().filter(|time| !time.starts_with("00:00"));
        let time = shown(time.map(|time| if time.len() == 5 { format!("{time}:00") } else { time.to_owned() }));
        let portfolio = shown(entry["portfolio"].as_str().filter(|name| *name != "Default"));
        let symbol = entry["symbol"].as_str().unwrap().to_uppercase();
        let [date, action] = ["date", "action"].map(|member| entry[member].as_str().unwrap());
        let rest = line(entry, &["quantity", "price", "fee", "currency", "id"]);
        compared.want.push(format!("{date} {time} {action} {symbol} {rest} {portfolio}"));
    }
    compared
}

/// Where the file has an amount in the trade's currency, it is that of ours to the cent.
fn amounts(activities: &[Activity], sample: &Value) -> Compared {
    let mut compared = Compared::default();
    for (trade, entry) in activities.iter().filter_map(trade).zip(list(sample, "trades")) {
        let Some(want) = entry["amount"].as_str() else { continue };
        let want: Figure = want.parse().unwrap();
        let got = match trade.consideration {
            Consideration::Amount(amount) => Figure::from(amount),
            Consideration::Price(price) => Figure::from(price).times(trade.quantity.into()).unwrap(),
        };
        compared.got.push(got.rounded(2).to_string());
        compared.want.push(want.rounded(2).to_string());
    }
    compared
}

fn dividends(activities: &[Activity], sample: &Value) -> Compared {
    let mut compared = Compared::default();
    for entry in activities {
        if let Action::Dividend(dividend) = &entry.action {
            let (day, stock, currency) = (entry.when.unwrap().day, stock(entry), currency(entry, sample));
            compared.got.push(format!("{day} {stock} {} {} {currency}", dividend.amount, dividend.withholding));
        }
    }
    let members = ["date", "symbol", "amount", "withholding", "currency"];
    compared.want = list(sample, "dividends").iter().map(|entry| line(entry, &members).to_uppercase()).collect();
    compared.sorted()
}

fn splits(activities: &[Activity], sample: &Value) -> Compared {
    let mut compared = Compared::default();
    for entry in activities {
        if let Action::Split(split) = &entry.action {
            let want = list(sample, "splits").iter().find(|want| want["symbol"] == stock(entry).as_str());
            let knows = |member: &str| want.is_some_and(|want| !want[member].is_null());
            let terms = shown(split.terms.filter(|_| knows("ratio")));
            let added = shown(split.added.filter(|_| knows("shares_added")));
            compared.got.push(format!("{} {} {terms} {added}", entry.when.unwrap().day, stock(entry)));
        }
    }
    let members = ["date", "symbol", "ratio", "shares_added"];
    compared.want = list(sample, "splits").iter().map(|entry| line(entry, &members)).collect();
    compared.sorted()
}

fn prices(activities: &[Activity], sample: &Value) -> Compared {
    let mut compared = Compared::default();
    for entry in activities {
        let day = entry.when.map(|when| when.day);
        if let Action::Price(price) = &entry.action {
            compared.got.push(format!("{} {} {price} {}", stock(entry), shown(day), currency(entry, sample)));
        } else if let Action::Rate { currencies: Ok([base, quote]), rate } = &entry.action {
            compared.got.push(format!("{base} {} {rate} {quote}", shown(day)));
        }
    }
    let members = ["symbol", "date", "price", "currency"];
    compared.want = list(sample, "prices").iter().map(|entry| line(entry, &members)).collect();
    compared.sorted()
}

fn positions(activities: &[Activity], sample: &Value) -> Compared {
    let mut compared = Compared::default();
    for entry in activities {
        if let Action::Position { quantity, cost, .. } = &entry.action {
            compared.got.push(format!("{} {quantity} {}", stock(entry), shown(*cost)));
        }
    }
    let members = ["symbol", "quantity", "cost_basis"];
    compared.want = list(sample, "positions").iter().map(|entry| line(entry, &members)).collect();
    compared.sorted()
}

fn not_recorded(Read { activities, summary, .. }: &Read, sample: &Value) -> Compared {
    let Some(want) = sample["other"].as_object() else { return Compared::default() };
    let mut counts: BTreeMap<&str, u64> =
        summary.not_recorded.iter().map(|(kind, rows)| (kind.name(), *rows)).collect();
    let alone = activities.iter().filter(|entry| matches!(entry.action, Action::Withholding { .. })).count();
    if alone > 0 {
        let count = counts.entry("withholding_tax").or_default();
        *count = count.checked_add(u64::try_from(alone).unwrap()).unwrap();
    }
    Compared {
        got: counts.iter().map(|(kind, rows)| format!("{kind} {rows}")).collect(),
        want: want.iter().map(|(kind, rows)| format!("{kind} {rows}")).collect(),
    }
    .sorted()
}

fn of_stocks(got: &BTreeMap<String, String>, want: &Value) -> Compared {
    let want = want.as_object().into_iter().flatten().filter(|(_, entry)| **entry != "0");
    Compared {
        got: got.iter().map(|(stock, entry)| format!("{stock} {entry}")).collect(),
        want: want.map(|(stock, entry)| format!("{} {}", stock.to_uppercase(), shown(entry.as_str()))).collect(),
    }
    .sorted()
}

fn differences(sample: &Value) -> Vec<String> {
    let refused: Vec<u64> = list(sample, "refused").iter().map(|entry| entry["line"].as_u64().unwrap()).collect();
    let read = match read(sample) {
        Ok(read) => read,
        Err(fault) => {
            let is_meant = sample["exit"] == 3 && refused == [fault.line] && list(sample, "trades").is_empty();
            return if is_meant { Vec::new() } else { vec![format!("refused: {fault} {:?}", fault.hint)] };
        }
    };
    let Read { activities, faults, .. } = &read;
    let mut found = Vec::new();
    trades(activities, sample).note_difference("trades", &mut found);
    amounts(activities, sample).note_difference("amounts", &mut found);
    dividends(activities, sample).note_difference("dividends", &mut found);
    splits(activities, sample).note_difference("splits", &mut found);
    prices(activities, sample).note_difference("prices", &mut found);
    positions(activities, sample).note_difference("positions", &mut found);
    not_recorded(&read, sample).note_difference("not recorded", &mut found);

    let mut books = Books::default();
    books.given(list(sample, "transfers"), &refused);
    books.enter(&read);
    let lines = faults.iter().map(|fault| fault.line).chain(books.oversold.iter().copied());
    let lines = Compared {
        got: lines.map(|line| line.to_string()).collect(),
        want: refused.iter().map(u64::to_string).collect(),
    };
    lines.sorted().note_difference(&format!("refused lines: {faults:?}"), &mut found);
    of_stocks(&books.quantities(), &sample["final_quantities"]).note_difference("quantities", &mut found);
    // More sold than held has no cost.
    if books.oversold.is_empty() {
        of_stocks(&books.costs(), &sample["cost_basis"]).note_difference("cost", &mut found);
    }
    found
}

#[test]
fn every_sample_gives_what_is_expected_of_it() {
    let expected = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let expected: Vec<Value> = serde_json::from_str(&expected).unwrap();
    assert_eq!(expected.len(), 102);
    let mut wrong = Vec::new();
    for sample in &expected {
        let found = differences(sample);
        if !found.is_empty() {
            wrong.push(format!("{}: {}", sample["path"], found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of 102:\n{}", wrong.len(), wrong.join("\n"));
}
