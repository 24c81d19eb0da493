//! Ledger.

use std::borrow::Cow;

use super::journal::{Amount, Commodity, JournalEntry, JournalPrice, Syntax, Text};
use crate::domain::{Day, Symbol};

pub(super) struct Ledger;

impl Syntax for Ledger {
    fn begin(&mut self, commodities: &[Commodity], out: &mut Text) {
        for Commodity { name, stock } in commodities {
            out.put(&["commodity ", &quoted(name), "\n"]);
            if let Some((symbol, company)) = stock {
                out.put(&["    note ", symbol.as_str(), ": ", company, "\n"]);
            }
        }
        out.put(&["\ntag id\ntag time\ntag note\n\n"]);
    }

    fn commodity(&self, symbol: &Symbol) -> String {
        symbol.to_string()
    }

    fn open(&mut self, _: Day, account: &str, out: &mut Text) {
        out.put(&["account ", account, "\n\n"]);
    }

    fn entry(&mut self, entry: &JournalEntry, out: &mut Text) {
        head(entry, out);
        for posting in &entry.postings {
            out.put(&["    ", &posting.account, "  "]);
            match &posting.amount {
                Amount::Cash(amount, currency) => out.put(&[amount.plain().as_str(), " ", currency.code(), "\n"]),
                Amount::Shares(of_lot, commodity, currency) => {
                    let (acquired_on, lot, code) = (of_lot.acquired_on.plain(), of_lot.lot_id.plain(), currency.code());
                    out.put(&[of_lot.quantity.plain().as_str(), " ", &quoted(commodity), " "]);
                    let (open, cost, close, at) = match of_lot.unit {
                        Some(unit) => ("{", unit, "} [", "@ "),
                        None => ("{{", of_lot.size(), "}} [", "@@ "),
                    };
                    let cost = cost.plain();
                    out.put(&[open, cost.as_str(), " ", code, close, acquired_on.as_str(), "] (", lot.as_str(), ") "]);
                    out.put(&[at, cost.as_str(), " ", code, "\n"]);
                }
            }
        }
        out.put(&["\n"]);
    }

    fn price(&mut self, price: &JournalPrice<'_>, out: &mut Text) {
        write_price(price, out);
    }
}

/// The name of a commodity, quoted unless it consists of letters.
pub(super) fn quoted(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_uppercase()) { name.into() } else { format!("\"{name}\"").into() }
}

/// The first line of an entry, and its comments.
pub(super) fn head(entry: &JournalEntry, out: &mut Text) {
    let JournalEntry { date, text, id, time, note, .. } = entry;
    out.put(&[date.plain().as_str(), " * ", text, "\n"]);
    if let Some(id) = id {
        out.put(&["    ; id: ", id.plain().as_str(), "\n"]);
    }
    if let Some(time) = time {
        out.put(&["    ; time: ", &time.to_string(), "\n"]);
    }
    if let Some(note) = note {
        // A bracket in a comment would be parsed as a date.
        out.put(&["    ; note: ", &note.as_str().replace('[', "[ "), "\n"]);
    }
}

pub(super) fn write_price(price: &JournalPrice<'_>, out: &mut Text) {
    let JournalPrice { date, commodity, price, currency } = price;
    let (date, price) = (date.plain(), price.plain());
    out.put(&["P ", date.as_str(), " ", &quoted(commodity), " ", price.as_str(), " ", currency.code(), "\n"]);
}
