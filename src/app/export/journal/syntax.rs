//! What an accounting program reads, and how it is written.

use std::rc::Rc;

use super::lots::Move;
use crate::domain::{Currency, Day, Money, Note, Price, Symbol, TimeOfDay, TransactionId};

/// Text that is put together piece by piece: most of an entry's time would go to `write!`.
pub(in crate::app::export) struct Text(pub(super) String);

impl Text {
    pub(in crate::app::export) fn put(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.0.push_str(piece);
        }
    }
}

/// How an accounting program wants to read it.
pub(in crate::app::export) trait Syntax {
    /// Says what the journal is, and which commodities there are.
    fn begin(&mut self, commodities: &[Commodity], out: &mut Text);

    /// What the program calls a stock. It must be unlike all currencies and other stocks.
    fn commodity(&self, symbol: &Symbol) -> String;

    /// Declares an account before it is used for the first time.
    fn open(&mut self, day: Day, account: &str, out: &mut Text);

    /// Writes an entry that balances.
    fn entry(&mut self, entry: &JournalEntry, out: &mut Text);

    /// Writes a price.
    fn price(&mut self, price: &JournalPrice<'_>, out: &mut Text);
}

/// What is counted in a journal.
pub(in crate::app::export) struct Commodity {
    pub(in crate::app::export) name: String,
    /// What it is, of a stock: its symbol and the company's name.
    pub(in crate::app::export) stock: Option<(Symbol, String)>,
}

/// An event as a journal has it.
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
    /// Shares of a commodity that come or go.
    Shares(Move, Rc<str>, Currency),
}

pub(in crate::app::export) struct JournalPrice<'p> {
    pub(in crate::app::export) date: Day,
    pub(in crate::app::export) commodity: &'p str,
    pub(in crate::app::export) price: Price,
    pub(in crate::app::export) currency: Currency,
}
