//! `add-stock` and `update-price`.

use super::args::{AddStockArgs, UpdatePriceArgs};
use super::context::{Context, show_recorded};
use super::receipt::Receipt;
use super::render::{Record, Value, figure};
use crate::app::{AddStock, UpdatePrice, add_stock};
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

pub(super) fn update_price(args: UpdatePriceArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let date = args.date.past_day(context.today)?;
    let request = UpdatePrice { symbol: args.symbol, date, price: args.price };
    let recorded = context.write(|unit| crate::app::update_price(unit, &request))?;
    let profile = recorded.value.stock.profile();
    let old = recorded.value.old.map(|old| old.price);
    let change = old.and_then(|old| request.price.change_from(old));
    let members = Record(vec![
        ("stock_id", Value::exact(&recorded.value.stock.id())),
        ("symbol", Value::text(&profile.symbol)),
        ("date", Value::exact(&request.date)),
        ("old_price", Value::optional(old.as_ref())),
        ("price", Value::exact(&request.price)),
        ("change_percentage", Value::optional(change.as_ref())),
        ("currency", Value::text(&profile.currency)),
    ]);
    let price = figure::price(request.price, profile.currency);
    let change = change.map(|change| format!(" ({})", figure::percentage(change))).unwrap_or_default();
    let sentences = vec![format!("{} at {price} {} on {date}{change}", profile.symbol, profile.currency)];
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}
