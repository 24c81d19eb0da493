//! The commands: each turns what was typed into a request to a use case, and shows the result.

mod allocation;
mod audit;
mod backup;
mod chart;
mod check;
mod companies;
mod config;
mod corporate_action;
mod correction;
mod dividends;
mod explain;
mod export;
mod follow;
mod formats;
mod gains;
mod handlers;
mod history;
mod holdings;
mod import;
mod listings;
mod overview;
mod performance;
mod portfolio;
mod preview;
mod price;
mod rate;
mod reconcile;
#[cfg(feature = "amqp")]
mod relay;
mod report;
mod returns;
mod stock;
mod trade;
mod undo;

use super::args::{Cli, Command};
use super::complete;
use super::context::Context;
use crate::app::AppError;

/// Carries out a command; without one, shows the overview.
pub(super) fn run(cli: Cli, context: &Context<'_>) -> Result<(), AppError> {
    let Some(command) = cli.command else { return overview::overview(cli.conversion, context) };
    match command {
        Command::AddStock(args) => stock::add(args, context),
        Command::EditStock(args) => stock::edit(args, context),
        Command::UpdatePrice(args) => price::update(args, context),
        Command::RemovePrice(args) => price::remove(&args, context),
        Command::RebasePrices(args) => price::rebase(&args, context),
        Command::UpdateRate(args) => rate::update(&args, context),
        Command::RemoveRate(args) => rate::remove(&args, context),
        Command::Buy(args) => trade::buy(&args, context),
        Command::Sell(args) => trade::sell(&args, context),
        Command::Dividend(args) => corporate_action::dividend(args, context),
        Command::Split(args) => corporate_action::split(args, context),
        Command::Company(command) => companies::run(command, context),
        Command::Transfer(args) => corporate_action::transfer(args, context),
        Command::Void(args) => correction::void(&args, context),
        Command::Amend(args) => correction::amend(args, context),
        Command::Undo(args) => undo::undo(&args, context),
        Command::Imports => undo::imports(context),
        Command::AddPortfolio(args) => portfolio::add(args, context),
        Command::EditPortfolio(args) => portfolio::edit(&args, context),
        Command::Portfolios => portfolio::list(context),
        Command::SetCostBasis(args) => portfolio::set_cost_basis(&args, context),
        Command::Import(args) => import::import(args, context),
        Command::Holdings(args) => holdings::holdings(&args, context),
        Command::Gains(args) => gains::gains(args, context),
        Command::Reconcile(args) => reconcile::reconcile(&args, context),
        Command::Returns(args) => returns::returns(&args, context),
        Command::Performance(args) => performance::performance(&args, context),
        Command::Chart(args) => chart::chart(&args, context),
        Command::Report(args) => report::report(&args, context),
        Command::Dividends(args) => dividends::dividends(&args, context),
        Command::Allocation(args) => allocation::allocation(&args, context),
        Command::Stocks => listings::stocks(context),
        Command::Transactions(args) => listings::transactions(args, context),
        Command::Explain(args) => explain::explain(&args, context),
        Command::Export(args) => export::export(&args, context),
        Command::History(args) => history::history(&args, context),
        Command::Prices(args) => listings::prices(&args, context),
        Command::Rates(args) => rate::list(&args, context),
        Command::Audit(args) => audit::audit(&args, context),
        Command::Follow(args) => follow::follow(args, context),
        #[cfg(feature = "amqp")]
        Command::Relay(args) => relay::relay(args, context),
        Command::Handlers(args) => handlers::handlers(&args, context),
        Command::Backup(args) => backup::backup(&args, context),
        Command::Formats(args) => formats::formats(&args, context),
        Command::Config => config::config(context),
        Command::Complete { words } => context.page.print_raw(&complete::answer(&words, context.book())),
        Command::Check(args) => check::check(&args, context),
    }
}
