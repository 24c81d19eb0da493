//! The book on disk: one SQLite file.
//!
//! *Facts* are the events and the rows that say the same for aggregates to load (`stocks`,
//! `prices`, `portfolios`, `transactions`). Everything else (`positions`, `open_lots`,
//! `disposals`, `summaries`, `checkpoints`) is derived and could be thrown away.
//!
//! No other module speaks SQL.

mod backup;
mod beside;
mod book;
mod commands;
mod cost_ranks;
mod delivery;
mod disposals;
mod draft;
mod entries;
mod error;
mod events;
mod facts;
mod gain_totals;
mod gains;
mod guard;
mod integrity;
mod interruption;
mod line_writer;
mod older_book;
mod output_file;
mod pending;
mod portfolios;
mod positions;
mod prices;
mod private_copy;
mod rebuilt;
mod recomputed;
mod records;
mod replay;
mod retrospect;
mod schema;
mod splits;
mod statements;
mod stocks;
mod structure;
mod succession;
mod summaries;
mod taken_back;
#[cfg(debug_assertions)]
mod trace;
mod transactions;
mod unit_of_work;
mod values;
mod wal;
mod wal_index;

pub use backup::{BackupError, BackupOrder, BackupReceipt, LogSource};
pub use book::{Access, Book};
pub use commands::{Command, CommandFate, ImportRow};
pub use draft::Draft;
pub use entries::{Facts, StoredEntry};
pub use error::StoreError;
pub use events::EventStore;
pub use gains::{LotGain, SaleFilter, YearGain};
pub use integrity::DanglingReference;
pub use output_file::{Existing, OutputError, OutputFile};
pub use prices::DayPrice;
pub use rebuilt::{Difference, RematchedSale};
pub use records::{IdsFound, Standing};
pub use replay::{Comparison, EventFault, Intent, Replay, Replayed, ReplayedEvents, Table};
pub use splits::SplitRow;
pub use stocks::ListedStock;
pub use structure::StructureFault;
pub use summaries::{Summaries, SummaryRow};
pub use transactions::{TransactionFilter, TransactionRow};
pub use unit_of_work::{CommitError, Identity, UnitOfWork};
