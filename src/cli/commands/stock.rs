//! `add-stock` and `edit-stock`.

use crate::app::{AddStock, AppError, Recorded, add_stock, edit_stock};
use crate::cli::args::{AddStockArgs, EditStockArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Record, Value};
use crate::cli::receipt::Receipt;
use crate::domain::{Currency, Stock, StockEdit, StockId};

pub(in crate::cli) fn add(args: AddStockArgs, context: &Context<'_>) -> Result<(), AppError> {
    let request = AddStock {
        fresh_id: StockId::new(context.new_id()),
        symbol: args.symbol,
        company_name: args.company_name,
        sector: args.sector,
        industry: args.industry,
        currency: args.currency,
        usual_currency: context.settings.new_stock_currency.unwrap_or(Currency::USD),
        isin: args.isin,
    };
    let recorded = context.write(|unit| add_stock(unit, &request))?;
    show(&recorded, context);
    Ok(())
}

pub(in crate::cli) fn edit(args: EditStockArgs, context: &Context<'_>) -> Result<(), AppError> {
    let edit = StockEdit {
        symbol: args.symbol,
        company_name: args.name,
        sector: args.sector,
        industry: args.industry,
        currency: args.currency,
        isin: args.isin,
    };
    let recorded = context.write(|unit| edit_stock(unit, &args.stock, &edit))?;
    show(&recorded, context);
    Ok(())
}

fn show(recorded: &Recorded<Stock>, context: &Context<'_>) {
    let stock = recorded.value.profile();
    let members = Record(vec![
        ("stock_id", Value::exact(&recorded.value.id())),
        ("symbol", Value::text(&stock.symbol)),
        ("company_name", Value::text(&stock.company_name)),
        ("sector", Value::optional_text(stock.sector.as_ref())),
        ("industry", Value::optional_text(stock.industry.as_ref())),
        ("currency", Value::text(&stock.currency)),
        ("isin", Value::optional_text(stock.isin.as_ref())),
    ]);
    let sentences = vec![format!("stock {}, {}, in {}", stock.symbol, stock.company_name, stock.currency)];
    show_recorded(|| Receipt::new(sentences, members).print(recorded, context));
}
