//! The book on disk: one SQLite file.
//!
//! *Facts* are the events, and the rows that state the same in a form from which aggregates can be loaded
//! (such as `stocks`, `prices`, `portfolios`, `transactions`). Everything else (such as `positions`,
//! `open_lots`, `disposals`, `summaries`) is derived, and can be recomputed from the facts.
//!
//! No other module contains SQL.

mod appender;
mod backup;
mod beside;
mod book;
mod delivery;
mod disposals;
mod error;
mod events;
mod facts;
mod gain_totals;
mod glance;
mod guard;
mod identity;
mod integrity;
mod interruption;
mod line_writer;
mod new_book;
mod older_book;
mod opening;
mod output_file;
mod pending;
mod position_cache;
mod positions;
mod private_copy;
mod reader;
mod rebuilt;
mod recomputed;
mod replay;
mod reverted;
mod schema;
mod statements;
mod stored_positions;
mod structure;
mod summaries;
#[cfg(debug_assertions)]
mod trace;
mod unit_of_work;
mod values;
mod wal;
mod wal_index;

pub use backup::{BackupError, BackupOrder, BackupReceipt, LogSource, back_up, check_backup, rehearse_backup};
pub use book::{Access, Book};
pub use disposals::RealizedBy;
pub use error::{CommitError, StoreError};
pub use events::EventStore;
pub use glance::glance;
pub use identity::Identity;
pub use integrity::DanglingReference;
pub use new_book::NewBook;
pub use output_file::{Existing, OutputError, OutputFile};
pub use reader::{
    Command, CommandState, Commands, ConversionRow, Conversions, Entries, IdStatus, IdsFound, ImportRow, ListedStock,
    LotGain, OpenLot, Portfolios, Prices, Rates, Reader, Records, SaleFilter, SaleGain, SaleOrder, Settlement,
    SplitRow, Splits, Stocks, StoredEntry, TransactionFilter, TransactionRow, Transactions, YearGain,
};
pub use rebuilt::Difference;
pub use replay::{Comparison, EventFault, Intent, Replay, Replayed, ReplayedEvents, Table};
pub use structure::StructureFault;
pub use summaries::{Summaries, SummaryRow};
pub use unit_of_work::UnitOfWork;
