//! The syntax of an accounting program.

use std::rc::Rc;

use super::lots::Move;
use crate::domain::{Currency, Day, Money, Note, Price, Symbol, TimeOfDay, TransactionId};

/// Text that is appended piece by piece, because `write!` would take most of the time of an export.
pub(in crate::app::export) struct Text(pub(super) String);

impl Text {
    pub(in crate::app::export) fn put(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.0.push_str(piece);
        }
    }
}

/// The syntax of an accounting program.
pub(in crate::app::export) trait Syntax {
    /// Writes a heading, and the commodities.
    fn begin(&mut self, commodities: &[Commodity], out: &mut Text);

    /// The program's name for a stock, different from all currencies and other stocks.
    fn commodity(&self, symbol: &Symbol) -> String;

    /// Declares an account before it is used for the first time.
    fn open(&mut self, day: Day, account: &str, out: &mut Text);

    /// Writes an entry that balances.
    fn entry(&mut self, entry: &JournalEntry, out: &mut Text);

    /// Writes a price.
    fn price(&mut self, price: &JournalPrice<'_>, out: &mut Text);
}

/// A currency or a stock, as a journal counts it.
pub(in crate::app::export) struct Commodity {
    pub(in crate::app::export) name: String,
    /// For a stock: its symbol and the company's name.
    pub(in crate::app::export) stock: Option<(Symbol, String)>,
}

/// An entry of a journal.
#[derive(Debug)]
pub(in crate::app::export) struct JournalEntry {
    pub(in crate::app::export) date: Day,
    pub(in crate::app::export) text: String,
    pub(in crate::app::export) id: Option<TransactionId>,
    pub(in crate::app::export) time: Option<TimeOfDay>,
    pub(in crate::app::export) note: Option<Note>,
    pub(in crate::app::export) postings: Vec<Posting>,
}

#[derive(Debug)]
pub(in crate::app::export) struct Posting {
    pub(in crate::app::export) account: Rc<str>,
    pub(in crate::app::export) amount: Amount,
}

#[derive(Debug)]
pub(in crate::app::export) enum Amount {
    Cash(Money, Currency),
    /// Shares of a commodity that are added or removed.
    Shares(Move, Rc<str>, Currency),
}

pub(in crate::app::export) struct JournalPrice<'p> {
    pub(in crate::app::export) date: Day,
    pub(in crate::app::export) commodity: &'p str,
    pub(in crate::app::export) price: Price,
    pub(in crate::app::export) currency: Currency,
}
