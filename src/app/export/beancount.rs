//! Beancount.

use super::journal::{Amount, Commodity, JournalEntry, JournalPrice, Syntax, Text};
use crate::domain::{Day, Symbol};

pub(super) struct Beancount;

impl Syntax for Beancount {
    fn begin(&mut self, commodities: &[Commodity], out: &mut Text) {
        out.put(&["option \"title\" \"StockBook\"\n"]);
        for currency in commodities.iter().filter(|commodity| commodity.stock.is_none()) {
            out.put(&["option \"operating_currency\" \"", &currency.name, "\"\n"]);
        }
        // A cost per share with infinitely many digits differs from the lot's cost in the 27th digit.
        out.put(&["option \"inferred_tolerance_default\" \"*:0.0000000001\"\n\n"]);
        for Commodity { name, stock } in commodities {
            out.put(&["1970-01-01 commodity ", name, "\n"]);
            if let Some((symbol, company)) = stock {
                out.put(&["  name: ", &quoted(company), "\n  symbol: ", &quoted(symbol.as_str()), "\n"]);
            }
        }
        out.put(&["\n"]);
    }

    /// Capital letters, digits and `'._-`, beginning with a letter, ending with a letter or digit, at
    /// most 24 characters.
    fn commodity(&self, symbol: &Symbol) -> String {
        const LONGEST: usize = 20;
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let mut name: String = symbol.as_str().chars().map(|c| if is_allowed(c) { c } else { '-' }).collect();
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) || ["TRUE", "FALSE", "NULL"].contains(&name.as_str()) {
            name.insert(0, 'X');
        }
        name.truncate(LONGEST);
        if !name.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            name.push('X');
        }
        name
    }

    fn open(&mut self, day: Day, account: &str, out: &mut Text) {
        out.put(&[day.plain().as_str(), " open ", account, "\n\n"]);
    }

    fn entry(&mut self, entry: &JournalEntry, out: &mut Text) {
        let JournalEntry { date, text, id, time, note, postings } = entry;
        out.put(&[date.plain().as_str(), " * ", &quoted(text), "\n"]);
        if let Some(id) = id {
            out.put(&["  id: \"", id.plain().as_str(), "\"\n"]);
        }
        if let Some(time) = time {
            out.put(&["  time: \"", &time.to_string(), "\"\n"]);
        }
        if let Some(note) = note {
            out.put(&["  note: ", &quoted(note.as_str()), "\n"]);
        }
        for posting in postings {
            out.put(&["  ", &posting.account, "  "]);
            match &posting.amount {
                Amount::Cash(amount, currency) => out.put(&[amount.plain().as_str(), " ", currency.code(), "\n"]),
                Amount::Shares(of_lot, commodity, currency) => {
                    let (acquired_on, lot) = (of_lot.acquired_on.plain(), of_lot.lot_id.plain());
                    out.put(&[of_lot.quantity.plain().as_str(), " ", commodity, " "]);
                    let (open, cost, close) = match of_lot.unit {
                        Some(unit) => ("{", unit, "\"}\n"),
                        None => ("{{", of_lot.size(), "\"}}\n"),
                    };
                    out.put(&[open, cost.plain().as_str(), " ", currency.code(), ", ", acquired_on.as_str(), ", \""]);
                    out.put(&[lot.as_str(), close]);
                }
            }
        }
        out.put(&["\n"]);
    }

    fn price(&mut self, price: &JournalPrice<'_>, out: &mut Text) {
        let JournalPrice { date, commodity, price, currency } = price;
        let (date, price) = (date.plain(), price.plain());
        out.put(&[date.as_str(), " price ", commodity, " ", price.as_str(), " ", currency.code(), "\n"]);
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['\\', '"']) {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        ["\"", text, "\""].concat()
    }
}
