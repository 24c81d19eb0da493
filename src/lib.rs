//! StockBook keeps a person's stocks, trades and prices in one local file, exactly and durably.
//!
//! ```text
//! main → cli → app → store → log → bus → domain    handlers → bus, store, domain
//!                    app → formats → domain
//! ```
//!
//! Arrows point inward only: `domain` knows nothing of the others, SQL is written in `store` alone,
//! and only `main` knows which handlers there are.
//!
//! What happens to one command: [`cli`] parses what was typed into values of the [`domain`], each
//! validated by its type. A use case in [`app`] works on a unit of work: it loads aggregates, calls one
//! method that checks the rules and raises events, and saves them, which writes the rows and drains the
//! events into the history, never one without the other. The [`store`] commits both together. Only then
//! does the [`bus`] deliver the events to their handlers: the [`log`] writes their lines to the audit
//! log, and those in [`handlers`] refresh the summary cache. A handler that fails is brought up to date by
//! a later command, from its durable checkpoint. Files of brokers and other programs are read by
//! [`formats`], driven by tables that are data.
//!
//! # How a trade is recorded
//!
//! `stockbook buy ACME 10 150.25`, file by file: `cli/args/recording` defines what can be typed, and
//! `cli/commands/trade` turns it into a request. `app/session` waits for the book's lock
//! (`app/session/lock_wait`), has the `bus` deliver whatever an earlier command left undelivered, and begins
//! a unit of work (`store/unit_of_work`; the very first one in a `store/new_book`). `app/trades` looks up
//! stock and portfolio in `store/reader`, and in `app/same_record` whether the book has a record with the
//! trade's id. `store/positions` loads the position with the lots that the trade can touch
//! (`store/stored_positions`), `domain/position` applies the trade to its `holding` and raises the event,
//! and `store/appender` gives the event its number, line, hash and offset and has `store/facts` write its
//! row. A trade that comes before other entries is left to `app/rematch`, as a correction is. The commit
//! writes what `store/position_cache` holds; then the `bus` delivers, to `log/handler` and
//! `handlers/summary_cache`, and `cli/receipt` prints what was recorded.
//!
//! # How a file is imported
//!
//! `stockbook import trades.csv`: `app/import/probe` determines what reads the file: the reader of our own
//! tables (`app/import/file`) or the one of all [`formats`] (`app/import/format_rows`). `app/import/reading`
//! validates each row by itself and puts it into the `app/import/sort_buffer`, which returns all rows in the
//! order of their days, from memory or from sorted temporary files; rows that are in order already are not sorted.
//! `app/import/apply` takes them one by one. `app/import/recorder` finds the row's stock and portfolio
//! (`directory`), its identity and what the book knows of it (`identity`, `known_rows`), and decides as a
//! command would: from `store/positions` on, everything is as for a trade. In a large import, lines and
//! hashes are made in a thread of their own (`store/line_writer`), which decides nothing. Positions for which
//! a row came too late are rebuilt once all rows are recorded (`late_rows`). The documentation of [`formats`] follows
//! one row of a broker's file.
//!
//! # How a report is made
//!
//! `stockbook holdings`: `main` passes the command line to `cli`, where `args/reporting` defines what can be
//! typed and `commands/holdings` what it means. `cli/context` has `app/session` open the book
//! (`store/opening`, once its lock is free: `app/session/lock_wait`) and let the [`bus`] deliver what is left.
//! `app/reports/holdings` asks the reader of the book (`store/reader`) for what is held now, which
//! `store/summaries` maintains. For a day in the past, or an instant, it rebuilds the positions instead:
//! `app/reports/read_model` takes that reader [as known](store::Reader::as_known_on) at the instant, finds
//! stocks and portfolios (`store/reader/stocks`, `portfolios`), collects their entries up to the day
//! (`app/linked_entries` from `store/reader/entries`, `splits`), replays them (`domain/position/rebuild`) and
//! values the result at the latest price (`store/reader/prices`, `domain/accounting/valuation`).
//! `cli/views/holdings` lays out the rows and `cli/output` prints them.
//!
//! # How a mistake is corrected
//!
//! `stockbook void <ID>`: `cli/commands/correction` passes the arguments to `app/session`, which begins a
//! unit of work as for a trade. `app/corrections` finds the record with the id (`app/lookup` and
//! `app/record`, through the same reader, which sees what the unit of work has recorded so far) and reverts
//! the transaction in its position (`store/reverted`, `domain/position/reverting`). The position raises the
//! event, which gets its line as for a trade (`store/appender`). If something comes after what was
//! voided, `app/rematch` collects the remaining entries (`app/linked_entries`), replays them
//! (`domain/position/rebuild`) and replaces the stored positions (`store/rebuilt`). The commit writes the
//! positions, the [`bus`] brings the [`log`] and the [`handlers`] to the end of the history, and
//! `cli/receipt` prints what was done.
//!
//! # What is easy to miss
//!
//! - **Delivery is catching up.** Each handler has a durable checkpoint and is brought from there to
//!   the end of the history, whether the events are a millisecond old or were left by a process that
//!   died before it could deliver them. The normal path and the recovery path are the same code. A
//!   handler that fails neither stops another one nor undoes a trade.
//! - The events in the book are the truth; the audit log is a copy of them. Each line, its hash and its
//!   offset are made inside the unit of work and stored with it, so that writing the line again is harmless.
//!   Checkpoints are stored in the same database as the events, so that the two cannot disagree.
//! - A new book is written under a private name and renamed into place once it is complete, never over
//!   another file. Nobody ever sees half a book, a first command that is refused leaves none behind, and of
//!   two processes that create the same book one wins and the other finds it there.
//! - Shares and costs are conserved: what leaves a lot and what stays adds up to what was there, to the
//!   last digit. Amounts in different currencies are never added.
//! - Signals are held back while a command records, so that an interruption falls before the commit or
//!   after the delivery.
//! - The effort of recording a trade, of voiding or amending the last entries of a position, or of showing
//!   the holdings does not grow with the history. Some commands do more: voiding a transfer, or a sale under
//!   average cost, matches its positions anew. A report takes time in proportion to what it covers: no statement scans a table
//!   for each row of another.
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
