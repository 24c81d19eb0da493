//! What receipts and reports consist of where one row says it all: a transaction as it was recorded, a
//! split, what a sale realized on one lot. They are part of what this layer promises to those further
//! out: they hold values of the domain, and nothing of how a book keeps them.

pub use crate::store::{
    CommandFate, ConversionRow, ImportRow, ListedStock, LotGain, SplitRow, SummaryRow, TransactionFilter,
    TransactionRow,
};
