//! Ledger.

use std::borrow::Cow;
use std::io::{self, Write};

use super::journal::{Amount, Commodity, JournalEntry, JournalPrice, Syntax};
use crate::domain::{Day, Symbol};

pub(super) struct Ledger;

impl Syntax for Ledger {
    fn begin(&mut self, commodities: &[Commodity], out: &mut dyn Write) -> io::Result<()> {
        for Commodity { name, stock } in commodities {
            writeln!(out, "commodity {}", quoted(name))?;
            if let Some((symbol, company)) = stock {
                writeln!(out, "    note {symbol}: {company}")?;
            }
        }
        writeln!(out, "\ntag id\ntag time\ntag note\n")
    }

    fn commodity(&self, symbol: &Symbol) -> String {
        symbol.to_string()
    }

    fn open(&mut self, _: Day, account: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "account {account}\n")
    }

    fn entry(&mut self, entry: &JournalEntry, out: &mut dyn Write) -> io::Result<()> {
        head(entry, out)?;
        for posting in &entry.postings {
            write!(out, "    {}  ", posting.account)?;
            match &posting.amount {
                Amount::Cash(amount, currency) => writeln!(out, "{amount} {}", currency.code())?,
                Amount::Shares(of_lot, commodity, currency) => {
                    let (acquired_on, lot, code) = (of_lot.acquired_on, of_lot.lot_id, currency.code());
                    write!(out, "{} {} ", of_lot.quantity, quoted(commodity))?;
                    if let Some(unit) = of_lot.unit {
                        writeln!(out, "{{{unit} {code}}} [{acquired_on}] ({lot}) @ {unit} {code}")?;
                    } else {
                        let cost = of_lot.size();
                        writeln!(out, "{{{{{cost} {code}}}}} [{acquired_on}] ({lot}) @@ {cost} {code}")?;
                    }
                }
            }
        }
        writeln!(out)
    }

    fn price(&mut self, price: &JournalPrice<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_price(price, out)
    }
}

/// The name of a commodity, in quotes unless it is of letters alone.
pub(super) fn quoted(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_uppercase()) { name.into() } else { format!("\"{name}\"").into() }
}

/// The first line of an entry, and its comments.
pub(super) fn head(entry: &JournalEntry, out: &mut dyn Write) -> io::Result<()> {
    let JournalEntry { date, text, id, time, note, .. } = entry;
    writeln!(out, "{date} * {text}")?;
    if let Some(id) = id {
        writeln!(out, "    ; id: {id}")?;
    }
    if let Some(time) = time {
        writeln!(out, "    ; time: {time}")?;
    }
    if let Some(note) = note {
        // A bracket in a comment is read as a date.
        writeln!(out, "    ; note: {}", note.as_str().replace('[', "[ "))?;
    }
    Ok(())
}

pub(super) fn write_price(price: &JournalPrice<'_>, out: &mut dyn Write) -> io::Result<()> {
    let JournalPrice { date, commodity, price, currency } = price;
    writeln!(out, "P {date} {} {price} {}", quoted(commodity), currency.code())
}
