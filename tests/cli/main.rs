//! Tests of the compiled program, as used by people and scripts and in hostile circumstances.

#[cfg(test)]
mod after_conversions;
#[cfg(test)]
mod allocation;
#[cfg(test)]
mod amending;
#[cfg(test)]
mod as_of;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod audit_repair;
#[cfg(test)]
mod audit_verify;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod broker_actions;
#[cfg(test)]
mod broker_files;
#[cfg(test)]
mod brokers;
#[cfg(test)]
mod by_day;
#[cfg(test)]
mod cancellations;
#[cfg(test)]
mod cash_in_lieu;
#[cfg(test)]
mod charged_fees;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod company_rows;
#[cfg(test)]
mod completing;
#[cfg(test)]
mod config;
#[cfg(test)]
mod conservation;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod conversion_cash;
#[cfg(test)]
mod conversions;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod currencies;
mod currency_reports;
#[cfg(test)]
mod delivery;
#[cfg(test)]
mod dividend_yields;
#[cfg(test)]
mod dividends;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod each_holder;
#[cfg(test)]
mod effort;
#[cfg(test)]
mod exits;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod explain_realized;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod files;
#[cfg(test)]
mod followers_for_long;
#[cfg(test)]
mod following;
#[cfg(test)]
mod foreign_log;
#[cfg(test)]
mod gains;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod history;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod hostile_books;
#[cfg(test)]
mod hostile_rows;
#[cfg(test)]
mod house;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod late_beginning;
#[cfg(test)]
mod late_taxes;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod leaving;
#[cfg(test)]
mod leftovers;
#[cfg(test)]
mod listings;
#[cfg(test)]
mod manual;
#[cfg(test)]
mod many_rows;
#[cfg(test)]
mod meant;
#[cfg(test)]
mod members;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod names;
#[cfg(test)]
mod naming;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod older_books;
#[cfg(test)]
mod openings;
#[cfg(test)]
mod order;
#[cfg(test)]
mod overview;
#[cfg(test)]
mod own_tables;
#[cfg(test)]
mod paging;
#[cfg(test)]
mod paired_rows;
#[cfg(test)]
mod performance;
#[cfg(test)]
mod periods;
#[cfg(test)]
mod portfolios;
#[cfg(test)]
mod prices;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod published_actions;
#[cfg(test)]
mod rates;
#[cfg(test)]
mod readers;
#[cfg(test)]
mod reconciling;
#[cfg(test)]
mod repeated_actions;
#[cfg(test)]
mod report;
#[cfg(test)]
mod reported_conversions;
#[cfg(test)]
mod reported_splits;
#[cfg(test)]
mod returns;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod sections;
mod settled;
#[cfg(test)]
mod shown_lots;
#[cfg(test)]
mod splits;
mod symbols;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod taken_back;
#[cfg(test)]
mod terminal;
#[cfg(test)]
#[path = "../testkit/testkit.rs"]
mod testkit;
#[cfg(test)]
mod told;
#[cfg(test)]
mod torn;
#[cfg(test)]
mod trades;
#[cfg(test)]
mod twins;
mod typed;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod waiting;
#[cfg(test)]
mod without_effect;

#[cfg(test)]
use testkit::harness;
