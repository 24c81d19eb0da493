//! hledger.
//!
//! It keeps no lots; each posting of shares says in its comment which lot it is of, so that `--pivot lot`
//! adds them up.

use std::io::{self, Write};

use super::journal::{Amount, Commodity, JournalEntry, JournalPrice, Syntax};
use super::ledger::{head, quoted, write_price};
use crate::domain::{Day, Symbol};

pub(super) struct Hledger;

impl Syntax for Hledger {
    fn begin(&mut self, commodities: &[Commodity], out: &mut dyn Write) -> io::Result<()> {
        for Commodity { name, stock } in commodities {
            if let Some((symbol, company)) = stock {
                writeln!(out, "; {symbol}: {company}")?;
            }
            writeln!(out, "commodity {}", quoted(name))?;
        }
        writeln!(out)
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
                Amount::Shares(of_lot, commodity, currency) => writeln!(
                    out,
                    "{} {} @@ {} {}  ; lot:{}, acquired:{}",
                    of_lot.quantity,
                    quoted(commodity),
                    of_lot.size(),
                    currency.code(),
                    of_lot.lot_id,
                    of_lot.acquired_on
                )?,
            }
        }
        writeln!(out)
    }

    fn price(&mut self, price: &JournalPrice<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_price(price, out)
    }
}
