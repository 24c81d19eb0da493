//! Beancount.

use std::io::{self, Write};

use super::journal::{Amount, Commodity, JournalEntry, JournalPrice, Syntax};
use crate::domain::{Day, Symbol};

pub(super) struct Beancount;

impl Syntax for Beancount {
    fn begin(&mut self, commodities: &[Commodity], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "option \"title\" \"StockBook\"")?;
        for currency in commodities.iter().filter(|commodity| commodity.stock.is_none()) {
            writeln!(out, "option \"operating_currency\" \"{}\"", currency.name)?;
        }
        // A cost per share that has no end differs from the lot's cost in the 27th digit.
        writeln!(out, "option \"inferred_tolerance_default\" \"*:0.0000000001\"")?;
        writeln!(out)?;
        for Commodity { name, stock } in commodities {
            writeln!(out, "1970-01-01 commodity {name}")?;
            if let Some((symbol, company)) = stock {
                writeln!(out, "  name: {}", quoted(company))?;
                writeln!(out, "  symbol: {}", quoted(symbol.as_str()))?;
            }
        }
        writeln!(out)
    }

    /// Capital letters, digits and `'._-`; a letter first, a letter or a digit last, and 24 characters at most.
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

    fn open(&mut self, day: Day, account: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{day} open {account}\n")
    }

    fn entry(&mut self, entry: &JournalEntry, out: &mut dyn Write) -> io::Result<()> {
        let JournalEntry { date, text, id, time, note, postings } = entry;
        writeln!(out, "{date} * {}", quoted(text))?;
        if let Some(id) = id {
            writeln!(out, "  id: \"{id}\"")?;
        }
        if let Some(time) = time {
            writeln!(out, "  time: \"{time}\"")?;
        }
        if let Some(note) = note {
            writeln!(out, "  note: {}", quoted(note.as_str()))?;
        }
        for posting in postings {
            write!(out, "  {}  ", posting.account)?;
            match &posting.amount {
                Amount::Cash(amount, currency) => writeln!(out, "{amount} {}", currency.code())?,
                Amount::Shares(of_lot, commodity, currency) => {
                    let (acquired_on, lot, code) = (of_lot.acquired_on, of_lot.lot_id, currency.code());
                    write!(out, "{} {commodity} ", of_lot.quantity)?;
                    match of_lot.unit {
                        Some(unit) => writeln!(out, "{{{unit} {code}, {acquired_on}, \"{lot}\"}}")?,
                        None => writeln!(out, "{{{{{} {code}, {acquired_on}, \"{lot}\"}}}}", of_lot.size())?,
                    }
                }
            }
        }
        writeln!(out)
    }

    fn price(&mut self, price: &JournalPrice<'_>, out: &mut dyn Write) -> io::Result<()> {
        let JournalPrice { date, commodity, price, currency } = price;
        writeln!(out, "{date} price {commodity} {price} {}", currency.code())
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
