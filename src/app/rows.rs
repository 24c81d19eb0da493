//! The parts of receipts and reports that are a single row: a transaction as it was recorded, a split,
//! what a sale realized on one lot. They are part of this layer's interface: they hold domain values,
//! and nothing about how a book stores them.

pub use crate::store::{
    CommandFate, ConversionRow, ImportRow, ListedStock, LotGain, SplitRow, SummaryRow, TransactionFilter,
    TransactionRow,
};
