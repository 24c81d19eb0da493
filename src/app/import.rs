//! Import of trades and prices from CSV files.

pub mod file;
