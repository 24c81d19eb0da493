//! `add-stock`.

use super::args::AddStockArgs;
use super::context::{Context, show_recorded};
use super::receipt::Receipt;
use super::render::{Record, Value};
use crate::app::{AddStock, add_stock};
use crate::domain::StockId;

pub(super) fn add(args: AddStockArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let request = AddStock {
        fresh_id: StockId::new(context.new_id()),
        symbol: args.symbol,
        company_name: args.company_name,
        sector: args.sector,
        industry: args.industry,
        currency: args.currency,
    };
    let recorded = context.write(|unit| add_stock(unit, &request))?;
    let stock = recorded.value.profile();
    let members = Record(vec![
        ("stock_id", Value::exact(&recorded.value.id())),
        ("symbol", Value::text(&stock.symbol)),
        ("company_name", Value::text(&stock.company_name)),
        ("sector", Value::optional_text(stock.sector.as_ref())),
        ("industry", Value::optional_text(stock.industry.as_ref())),
        ("currency", Value::text(&stock.currency)),
    ]);
    let sentences = vec![format!("stock {}, {}, in {}", stock.symbol, stock.company_name, stock.currency)];
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}
