//! `add-portfolio`, `edit-portfolio`, `portfolios` and `set-cost-basis`.

use crate::app::{self, AddPortfolio, AppError, MethodChange, Recorded, add_portfolio, rename_portfolio};
use crate::cli::args::{AddPortfolioArgs, EditPortfolioArgs, SetCostBasisArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Value};
use crate::cli::receipt::Receipt;
use crate::domain::{Portfolio, PortfolioId};

pub(in crate::cli) fn add(args: AddPortfolioArgs, context: &Context<'_>) -> Result<(), AppError> {
    let fresh_id = PortfolioId::new(context.new_id());
    let request = AddPortfolio { fresh_id, name: args.name, cost_basis_method: args.cost_basis };
    let recorded = context.write(|unit| add_portfolio(unit, &request))?;
    show(&recorded, context);
    Ok(())
}

pub(in crate::cli) fn edit(args: &EditPortfolioArgs, context: &Context<'_>) -> Result<(), AppError> {
    let recorded = context.write(|unit| rename_portfolio(unit, &args.portfolio, &args.name))?;
    show(&recorded, context);
    Ok(())
}

fn show(recorded: &Recorded<Portfolio>, context: &Context<'_>) {
    let portfolio = &recorded.value;
    let sentences = vec![format!("portfolio {}, cost basis {}", portfolio.name(), portfolio.cost_basis_method())];
    show_recorded(|| Receipt::new(sentences, record(portfolio)).print(recorded, context));
}

const MEMBERS: &[&str] = &["portfolio_id", "name", "cost_basis_method"];

fn record(portfolio: &Portfolio) -> Record {
    Record(vec![
        ("portfolio_id", Value::exact(&portfolio.id())),
        ("name", Value::text(portfolio.name())),
        ("cost_basis_method", Value::text(&portfolio.cost_basis_method())),
    ])
}

pub(in crate::cli) fn list(context: &Context<'_>) -> Result<(), AppError> {
    let portfolios = context.read(app::portfolios)?;
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| portfolios.iter().map(record).collect(),
        table: &|| table(&portfolios),
        nothing: None,
    })
}

fn table(portfolios: &[Portfolio]) -> Table {
    let columns = vec![Column::key("portfolio", 100), Column::text("cost basis", 90)];
    let cells = |portfolio: &Portfolio| {
        let method = portfolio.cost_basis_method().as_str();
        Row::Data(vec![Cell::plain(portfolio.name().as_str()), Cell::plain(method)])
    };
    Table { columns, rows: portfolios.iter().map(cells).collect() }
}

pub(in crate::cli) fn set_cost_basis(args: &SetCostBasisArgs, context: &Context<'_>) -> Result<(), AppError> {
    let recorded = context.write(|unit| app::set_cost_basis(unit, &args.name, args.method))?;
    let MethodChange { portfolio, old_method, rematched } = &recorded.value;
    let members = Record(vec![
        ("portfolio_id", Value::exact(&portfolio.id())),
        ("name", Value::text(portfolio.name())),
        ("old_method", Value::text(old_method)),
        ("cost_basis_method", Value::text(&portfolio.cost_basis_method())),
    ]);
    let sentence = format!("portfolio {}, cost basis {}, was {old_method}", portfolio.name(), args.method);
    let changed = match rematched.len() {
        0 => "no sale realizes a different gain".to_owned(),
        1 => "1 sale realizes a different gain".to_owned(),
        many => format!("{many} sales realize a different gain"),
    };
    let receipt = Receipt::new(vec![sentence, changed], members).rematched(rematched);
    show_recorded(|| receipt.print(&recorded, context));
    Ok(())
}
