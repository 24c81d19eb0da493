//! How things are shown in all commands: as members of a record, as a table, in words.

mod disposal;
mod gaps;
mod holdings;
mod holdings_in;
mod holdings_totals;
mod position;
mod price;
mod price_command;
mod problem;
mod rate_uses;
mod rates;
mod reporting_total;
mod settlement;
mod standstill;
mod totals;
mod transaction;
mod unknown;

pub(super) use disposal::{DISPOSAL_MEMBERS, disposal};
pub(super) use gaps::{RowOfReturns, gaps, unpriced};
pub(super) use holdings::holdings_table;
pub(super) use holdings_in::{holdings_in_table, parts_of_gain};
pub(super) use holdings_totals::{Total as HoldingsTotal, totals as holdings_totals};
pub(super) use position::{holds, position};
pub(super) use price::warn_of_price;
pub(super) use price_command::{NOT_COUNTED, about_prices, oldest_price, price_command, what_prices_lack};
pub(super) use problem::{PROBLEM_MEMBERS, problem};
pub(super) use rate_uses::{rate_records, rates_table};
pub(super) use rates::{FOREIGN_RETURN, foreign_return, note_rates, rate_days, with_foreign};
pub(super) use reporting_total::{ReportingTotal, total_in};
pub(super) use settlement::{cash, charged_fee, settlement};
pub(super) use standstill::standstill;
pub(super) use totals::RecordTotals;
pub(super) use transaction::{
    charged, conversion_members, described, later_members, paid, settled, shared_members, summary, terms, transaction,
};
pub(super) use unknown::say_too_long;
