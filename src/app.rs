//! Use cases: what each command does, in the words of the domain.
//!
//! A use case is a function on a [`UnitOfWork`](crate::store::UnitOfWork). [`Session`] runs it: it
//! finds or begins the book, waits its turn, commits, delivers, and knows what to do when one of
//! these fails.

pub mod import;

mod audit_trail;
mod backup;
mod check;
mod holdings;
mod log_repair;
mod log_verification;
mod lookup;
mod portfolios;
mod session;
mod stocks;
mod trades;

pub use audit_trail::{AuditFilter, AuditTrail};
pub use backup::{BackUp, back_up};
pub use check::{Check, CheckProblem, CheckReport, check, repair};
pub use holdings::{HoldingsFilter, holdings};
pub use log_repair::LogRepair;
pub use log_verification::{LogReport, verify_log};
pub use lookup::{known_portfolio, known_stock};
pub use portfolios::{AddPortfolio, add_portfolio};
pub use session::{Mode, News, Outcome, Recorded, Session, SessionError};
pub use stocks::{AddStock, UpdatePrice, UpdatedPrice, add_stock, update_price};
pub use trades::{TradeReceipt, TradeRequest, TradeTerms, execute_trade};
