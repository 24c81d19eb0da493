//! hledger.
//!
//! It has no lots; each posting of shares names its lot in a comment, so that `--pivot lot` adds them
//! up.

use super::journal::{Amount, Commodity, JournalEntry, JournalPrice, Syntax, Text};
use super::ledger::{head, quoted, write_price};
use crate::domain::{Day, Symbol};

pub(super) struct Hledger;

impl Syntax for Hledger {
    fn begin(&mut self, commodities: &[Commodity], out: &mut Text) {
        for Commodity { name, stock } in commodities {
            if let Some((symbol, company)) = stock {
                out.put(&["; ", symbol.as_str(), ": ", company, "\n"]);
            }
            out.put(&["commodity ", &quoted(name), "\n"]);
        }
        out.put(&["\n"]);
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
                    let (quantity, cost) = (of_lot.quantity.plain(), of_lot.size().plain());
                    out.put(&[quantity.as_str(), " ", &quoted(commodity), " @@ ", cost.as_str(), " ", currency.code()]);
                    let (lot, acquired_on) = (of_lot.lot_id.plain(), of_lot.acquired_on.plain());
                    out.put(&["  ; lot:", lot.as_str(), ", acquired:", acquired_on.as_str(), "\n"]);
                }
            }
        }
        out.put(&["\n"]);
    }

    fn price(&mut self, price: &JournalPrice<'_>, out: &mut Text) {
        write_price(price, out);
    }
}
