//! Use cases: what each command does, in the words of the domain.
//!
//! A use case is a function on a [`UnitOfWork`]. [`Session`] runs it: it opens or creates the book,
//! waits for the lock, commits, delivers, and knows what to do when one of these fails.

pub mod import;

mod audit_trail;
mod backup;
mod check;
mod completion;
mod conversions;
mod corrections;
mod cost_changes;
mod currency_marks;
mod destination;
mod dividends;
mod each_holder;
mod error;
mod export;
mod fees;
mod following;
mod held_shares;
mod linked_entries;
mod log_repair;
mod log_verification;
mod lookup;
mod picking;
mod portfolios;
mod preview;
mod prices;
mod rate_finder;
mod rates;
mod reconcile;
mod record;
mod rematch;
mod reports;
mod rows;
mod same_record;
mod session;
mod splits;
mod stocks;
mod trades;
mod transfers;
mod undo;
mod write_offs;
mod written_file;

pub use audit_trail::{AuditFilter, AuditTrail};
pub use backup::{BackUp, BackedUp, back_up};
pub use check::{Check, CheckProblem, CheckReport, check, repair};
pub use completion::{CurrencyUse, Glance, RecordFilter};
pub use conversions::{ConversionReceipt, ConversionRequest, convert_stock};
pub use corrections::{AmendReceipt, Amendment, VoidReceipt, amend, void_record};
pub use cost_changes::{CostChange, CostChangeReceipt, CostChangeRequest, change_cost};
pub use currency_marks::check_marks;
pub use destination::Destination;
pub use dividends::{Claim, DividendReceipt, DividendRequest, PaidIn, Payment, receive_dividend};
pub use error::{AppError, ErrorKind, MissingRate, MissingRates};
pub use export::{ExportFormat, ExportRequest, export};
#[cfg(feature = "amqp")]
pub use following::{Broker, BrokerAddress, BrokerError, Login, Publishing, Unrouted};
pub use following::{
    Follow, FollowError, FollowerName, FollowerStatus, Program, Recipient, Runner, Start, Surroundings, Until,
    followers, forget_follower, replay_follower,
};
pub use held_shares::AllShares;
pub use log_repair::LogRepair;
pub use log_verification::{LogReport, verify_log};
pub use lookup::{known_portfolio, known_portfolios, known_record, known_stock, listed_symbol};
pub use picking::LotChoice;
pub use portfolios::{AddPortfolio, MethodChange, add_portfolio, rename_portfolio, set_cost_basis};
pub use preview::Preview;
pub use prices::{
    ChangedPrices, PriceLines, PricePeriod, UpdatePrice, UpdatedPrice, is_far_from_last, read_price_lines,
    rebase_prices, remove_prices, update_price, update_prices,
};
pub use rates::{ListedRate, rates, remove_rates, update_rate};
pub use reconcile::{
    Explanation, MissingEntry, MovedCost, ReconcileRequest, Reconciled, reconcile, record_closing_prices,
};
pub use record::BookRecord;
pub use rematch::ReorderedDay;
pub use reports::{
    Allocation, AllocationBy, AllocationPart, Conversion, CurrencyOverview, DayChange, DayPrice, DividendPayment,
    DividendRow, DividendsBy, DividendsFilter, Drift, ExplainedIn, FlowKind, Flows, ForeignGain, ForeignReturn,
    GainExplanation, GainIn, GainRow, GainsBy, GainsFilter, Happening, HappeningKind, History, HoldingExplanation,
    HoldingIn, HoldingsBy, HoldingsFilter, LotExplanation, LotPurchase, LotStep, Overview, OverviewFilter, PageFigures,
    PageFilter, Period, PeriodReturns, PositionStep, PriceAge, Rate, RateUse, Realized, RealizedBy, RealizedPart,
    RealizingRecord, RematchCause, ReturnFlow, Returns, ReturnsBy, ReturnsFilter, Scope, StockExplanation, StockGain,
    Target, UsedRates, ValueFilter, ValueOverTime, ValuePoint, allocation, dividends as dividend_report,
    dividends_together, explain_gain, explain_gain_in, explain_holding, explain_holding_in, for_each_gain,
    for_each_gain_in, for_each_lot_gain, for_each_lot_gain_in, for_each_return, for_each_transaction, history,
    holding_weights, holdings, holdings_by_symbol, holdings_in, holdings_in_by_symbol, overview, page_figures,
    page_total, performance, portfolios, prices, stocks, until_standstill, value_over_time, weigh_returns,
};
pub use rows::{
    CommandState, ConversionRow, ImportRow, ListedStock, LotGain, SplitRow, SummaryRow, TransactionFilter,
    TransactionRow,
};
pub use session::{Book, Mode, Notice, Outcome, Reader, Recorded, Session, UnitOfWork};
pub use splits::{CashInLieu, FractionSale, Nearby, SplitReceipt, SplitRequest, split_stock};
pub use stocks::{AddStock, add_stock, edit_stock};
pub use trades::{TradeReceipt, TradeRequest, TradeTerms, execute_trade};
pub use transfers::{TransferReceipt, TransferRequest, transfer_shares};
pub use undo::{UndoReceipt, imports, undo, undo_import};
pub use write_offs::{WriteOffReceipt, WriteOffRequest, write_off};
pub use written_file::{IfExists, WholeFile, write_whole_file};
