//! `add-portfolio`.

use super::args::AddPortfolioArgs;
use super::context::{Context, show_recorded};
use super::receipt::Receipt;
use super::render::{Record, Value};
use crate::app::{AddPortfolio, add_portfolio};
use crate::domain::PortfolioId;

pub(super) fn add(args: AddPortfolioArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let fresh_id = PortfolioId::new(context.new_id());
    let request = AddPortfolio { fresh_id, name: args.name, cost_basis_method: args.cost_basis };
    let recorded = context.write(|unit| add_portfolio(unit, &request))?;
    let portfolio = &recorded.value;
    let members = Record(vec![
        ("portfolio_id", Value::exact(&portfolio.id())),
        ("name", Value::text(portfolio.name())),
        ("cost_basis_method", Value::text(&portfolio.cost_basis_method())),
    ]);
    let sentences = vec![format!("portfolio {}, cost basis {}", portfolio.name(), portfolio.cost_basis_method())];
    show_recorded(|| Receipt { sentences, members, nested: Vec::new() }.print(&recorded, context));
    Ok(())
}
