//! CSV files of trades and prices, read row by row.
