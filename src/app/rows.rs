//! Rows of receipts and reports: a transaction as it was recorded, a split, what a sale realized on one lot.
//! They are part of this layer's interface, and hold domain values independently of how a book stores them.

pub use crate::store::{
    CommandState, ConversionRow, ImportRow, ListedStock, LotGain, SplitRow, SummaryRow, TransactionFilter,
    TransactionRow,
};
