//! StockBook: a portfolio kept in one file, by a domain that raises events.

pub mod app;
pub mod cli;
pub mod domain;
