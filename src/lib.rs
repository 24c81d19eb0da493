//! StockBook keeps a person's stocks, trades and prices in one local file, exactly and durably.
//!
//! ```text
//! main → cli → app → store → bus → domain          handlers → bus, store, domain
//! ```
//!
//! One command, seen as data: [`cli`] parses what was typed into values of the [`domain`], each
//! through the one door of its type. A use case in [`app`] works on a unit of work: it loads
//! aggregates, calls one method that checks the rules and raises events, and saves, which writes
//! the rows and drains the events into the history, never one without the other. The
//! [`store`] commits both together. Only then does the [`bus`] hand the events to the
//! [`handlers`], which write the audit log and refresh the summary cache; a handler that could not
//! is brought up to date by a later command, from its durable checkpoint.
//!
//! Arrows point inward only: `domain` knows nothing of the others, SQL is spoken in `store` alone,
//! and only `main` knows which handlers there are.

pub mod app;
pub mod bus;
pub mod cli;
pub mod domain;
pub mod handlers;
pub mod store;
