//! `add-portfolio` and `set-cost-basis`.

use super::args::{AddPortfolioArgs, SetCostBasisArgs};
use super::context::{Context, show_recorded};
use super::receipt::Receipt;
use super::render::{Record, Value};
use crate::app::{AddPortfolio, MethodChange, add_portfolio};
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
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}

pub(super) fn set_cost_basis(args: &SetCostBasisArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let recorded = context.write(|unit| crate::app::set_cost_basis(unit, &args.name, args.method))?;
    let MethodChange { portfolio, old_method, rematched } = &recorded.value;
    let members = Record(vec![
        ("portfolio_id", Value::exact(&portfolio.id())),
        ("name", Value::text(portfolio.name())),
        ("old_method", Value::text(old_method)),
        ("cost_basis_method", Value::text(&portfolio.cost_basis_method())),
    ]);
    let sentence = format!("portfolio {}, cost basis {}, was {old_method}", portfolio.name(), args.method);
    let changed = match rematched.len() {
        0 => "no sale realizes another gain".to_owned(),
        1 => "1 sale realizes another gain".to_owned(),
        many => format!("{many} sales realize another gain"),
    };
    let receipt = Receipt::new(vec![sentence, changed], members).rematched(rematched);
    show_recorded(|| receipt.print(&recorded, context));
    Ok(())
}
