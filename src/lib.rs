//! StockBook keeps a person's stocks, trades and prices in one local file, exactly and durably.
//!
//! ```text
//! main → cli → app → store → log → bus → domain    handlers → bus, store, domain
//!                    app → formats → domain
//! ```
//!
//! One command, seen as data: [`cli`] parses what was typed into values of the [`domain`], each
//! through the one door of its type. A use case in [`app`] works on a unit of work: it loads
//! aggregates, calls one method that checks the rules and raises events, and saves, which writes
//! the rows and drains the events into the history, never one without the other. The
//! [`store`] commits both together. What files of brokers and other programs say is read in
//! [`formats`], by tables that are data. Only then does the [`bus`] hand the events to their
//! handlers: the [`log`] writes their lines to the audit log, and those of [`handlers`] refresh the
//! summary cache; one that could not is brought up to date by a later command, from its durable
//! checkpoint.
//!
//! # The way of a trade
//!
//! `stockbook buy ACME 10 150.25`, file by file: `cli/args/recording` says what can be typed, and
//! `cli/commands/trade` makes a request of it. `app/session` waits for the book's lock
//! (`app/session/lock_wait`), has the `bus` deliver what an earlier command left, and begins a unit of work
//! (`store/unit_of_work`; the first of all in a `store/new_book`). `app/trades` looks stock and portfolio
//! up through `store/reader`, and what may have the trade's id already through `app/same_record`.
//! `store/positions` loads the position with the lots that the trade can touch
//! (`store/stored_positions`), `domain/position` applies the trade to its `holding` and raises the event,
//! and `store/appender` gives that its place, line, hash and offset and has `store/facts` write its row.
//! What comes before other entries is left to `app/rematch`, as in a correction. The commit writes what the
//! `store/position_cache` holds; then the `bus` delivers, to `log/handler` and `handlers/summary_cache`,
//! and `cli/receipt` says what was recorded.
//!
//! # The way of an import
//!
//! `stockbook import trades.csv`: `app/import/probe` finds out who reads a file, the reader of our own
//! tables (`app/import/file`) or that of all [`formats`]. `app/import/reading` judges each row by itself
//! and puts it into the `app/import/sort_buffer`, which hands all rows over in the order of their days,
//! from memory or from sorted temporary files; where they come in order, nothing is sorted.
//! `app/import/apply` takes them one by one. `app/import/recorder` finds the row's stock and portfolio
//! (`directory`), its identity and what the book has of it (`identity`, `known_rows`), and decides as a
//! command would: from `store/positions` on it is the way of a trade. Lines and hashes of many events
//! are made in a thread of their own (`store/line_writer`), which decides nothing. Positions that a row
//! came too late for are rebuilt once all rows are there (`late_rows`).
//!
//! # The way of a report
//!
//! `stockbook holdings`: `main` hands the command line to `cli`, where `args/reporting` says what was typed
//! and `commands/holdings` what is meant. `cli/context` has `app/session` open the book (`store/opening`,
//! behind its lock: `app/session/lock_wait`) and let the [`bus`] deliver what is left. `app/reports/holdings`
//! asks the reader of the book (`store/reader`) for what is held now, which `store/summaries` keeps. For
//! a day of the past, or an instant, it rebuilds the positions instead: `app/reports/read_model` takes
//! that reader [as known](store::Reader::as_known_on) at the instant, finds stocks and portfolios
//! (`store/reader/stocks`, `portfolios`), gathers their entries up to the day (`app/linked_entries` from
//! `store/reader/entries`, `splits`), replays them (`domain/position/rebuild`) and values them at the
//! latest price (`store/reader/prices`, `domain/accounting/valuation`). `cli/views/holdings` lays the
//! rows out and `cli/output` prints them.
//!
//! # The way of a correction
//!
//! `stockbook void <ID>`: `cli/commands/correction` passes what was typed to `app/session`, which begins a
//! unit of work as for a trade. `app/corrections` finds what the id stands for
//! (`app/lookup` and `app/record`, through the same reader, which sees what the unit of work has recorded
//! by then) and takes the transaction out of its position (`store/reverted`,
//! `domain/position/reverting`). The position raises the event, and from there to the line it is the
//! way of a trade (`store/appender`). Where something comes after what was voided, `app/rematch` gathers the
//! entries that are left (`app/linked_entries`), replays them (`domain/position/rebuild`) and puts the
//! positions in place of the old ones (`store/rebuilt`). The commit writes the positions,
//! and the [`bus`] brings the [`log`] and the [`handlers`] to the end of the history before
//! `cli/receipt` says what was done.
//!
//! Arrows point inward only: `domain` knows nothing of the others, SQL is spoken in `store` alone,
//! and only `main` knows which handlers there are.
//!
//! # What is easy to miss
//!
//! - **Delivery is catching up.** Each handler has a durable checkpoint and is brought from there to
//!   the end of the history, whether the events are a millisecond old or were left by a process that
//!   died before it could deliver them. The normal path and the recovery path are the same code. A
//!   handler that fails stops no other one and undoes no trade.
//! - The events in the book are the truth, the audit log is a copy of them: each line, its hash and its
//!   offset are made inside the unit of work and stored with it, so that writing them again is harmless.
//!   A checkpoint is stored in the same database as the events, so that the two cannot disagree.
//! - A new book is written under a private name and renamed into place once it is complete, never over
//!   another file. Nobody ever sees half a book, a refused first command leaves none behind, and of two
//!   processes that begin the same book one wins and the other finds it there.
//! - Shares and costs are conserved: what leaves a lot and what stays adds up to what was there, to the
//!   last digit. Amounts in different currencies are never added.
//! - Signals are held back while a command records, so that an interruption falls before the commit or
//!   after the delivery.
//! - What it takes to record a trade, to void or amend what a position did last, or to show the holdings
//!   does not grow with the history. Some commands look further: voiding a transfer, a sale under average
//!   cost, or one that closed lots of which a split or a conversion may have left fractions (3:2, 1:10)
//!   matches its positions anew. A
//!   report takes time in proportion to what it goes through: no statement looks through a table for
//!   each row of another.
//!
//! # An example
//!
//! The rules need neither file nor clock. Ten shares for 1,503.50, fee included; four of them sold
//! for 719, net of the fee, had cost 4/10 of that, 601.40:
//!
//! ```
//! use stockbook::domain::{Consideration, CostBasisMethod, Currency, Position, PositionKey, PortfolioId, PortfolioName};
//! use stockbook::domain::{Side, StockId, Trade, TransactionId};
//! use uuid::Uuid;
//!
//! let mut position = Position::new(PositionKey {
//!     portfolio_id: PortfolioId::new(Uuid::from_u128(1)),
//!     portfolio: PortfolioName::main(),
//!     stock_id: StockId::new(Uuid::from_u128(2)),
//!     symbol: "AAPL".parse()?,
//!     currency: Currency::USD,
//! }, CostBasisMethod::Fifo);
//! let bought = Trade {
//!     id: TransactionId::new(Uuid::from_u128(3)),
//!     side: Side::Buy,
//!     date: "2024-01-02".parse()?,
//!     time: None,
//!     quantity: "10".parse()?,
//!     consideration: Consideration::Price("150.25".parse()?),
//!     fee: "1".parse()?,
//!     note: None,
//!     picked: vec![],
//!     identity: None,
//!     replaces: None,
//!     as_of: None,
//!     settled: None,
//!     charged: None,
//! };
//! let sold = Trade {
//!     id: TransactionId::new(Uuid::from_u128(4)),
//!     side: Side::Sell,
//!     date: "2024-03-28".parse()?,
//!     time: None,
//!     quantity: "4".parse()?,
//!     consideration: Consideration::Price("180".parse()?),
//!     fee: "1".parse()?,
//!     note: None,
//!     picked: vec![],
//!     identity: None,
//!     replaces: None,
//!     as_of: None,
//!     settled: None,
//!     charged: None,
//! };
//! position.execute(&bought, 1)?;
//! position.execute(&sold, 2)?;
//! assert_eq!(position.totals().realized_gain, "117.6".parse()?); // 719 − 601.40
//! assert_eq!(position.totals().cost_basis, "902.1".parse()?); // 1,503.50 − 601.40
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod app;
pub mod bus;
pub mod cli;
pub mod domain;
mod files;
pub mod formats;
pub mod handlers;
pub mod log;
pub mod store;
