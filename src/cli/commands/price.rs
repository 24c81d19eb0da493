//! `update-price`, `remove-price` and `rebase-prices`.

use crate::app::{
    AppError, ChangedPrices, PricePeriod, Recorded, UpdatePrice, rebase_prices, remove_prices, update_price,
};
use crate::cli::args::{Range, RebasePricesArgs, RemovePriceArgs, UpdatePriceArgs, past_days};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Record, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::warn_of_price;

pub(in crate::cli) fn update(args: UpdatePriceArgs, context: &Context<'_>) -> Result<(), AppError> {
    let date = args.date.past_day(context.today)?;
    let request = UpdatePrice { symbol: args.symbol, date, price: args.price };
    let recorded = context.write(|unit| update_price(unit, &request))?;
    let profile = recorded.value.stock.profile();
    warn_of_price(request.price, recorded.value.old, profile.currency);
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

pub(in crate::cli) fn remove(args: &RemovePriceArgs, context: &Context<'_>) -> Result<(), AppError> {
    let [first, last] = past_days(args.date, args.to, context.today)?;
    let period = PricePeriod { symbol: args.symbol.clone(), from: Some(first), to: Some(last) };
    let recorded = context.write(|unit| remove_prices(unit, &period))?;
    let sentence = match recorded.value.prices.as_slice() {
        [] => format!("{} has no recorded price then; nothing to remove", args.symbol),
        [one] => format!("removed the price of {} on {}: {}", args.symbol, one.date, one.price),
        many => format!("removed {} prices of {}", many.len(), args.symbol),
    };
    show_changed(sentence, &recorded, context);
    Ok(())
}

pub(in crate::cli) fn rebase(args: &RebasePricesArgs, context: &Context<'_>) -> Result<(), AppError> {
    let as_of = args.as_of.past_day(context.today)?;
    let Range { from, to } = args.range.resolve(context.today)?;
    let period = PricePeriod { symbol: args.symbol.clone(), from, to };
    let recorded = context.write(|unit| rebase_prices(unit, &period, as_of))?;
    let sentence = match recorded.value.prices.len() {
        0 => format!("no recorded price of {} counts other shares than those of {as_of}", args.symbol),
        1 => format!("1 price of {} counts shares as of {as_of}", args.symbol),
        many => format!("{many} prices of {} count shares as of {as_of}", args.symbol),
    };
    show_changed(sentence, &recorded, context);
    Ok(())
}

fn show_changed(sentence: String, recorded: &Recorded<ChangedPrices>, context: &Context<'_>) {
    let ChangedPrices { stock, prices } = &recorded.value;
    let members = Record(vec![
        ("stock_id", Value::exact(&stock.id())),
        ("symbol", Value::text(&stock.profile().symbol)),
        ("prices", Value::Count(u64::try_from(prices.len()).unwrap_or(u64::MAX))),
    ]);
    show_recorded(|| Receipt::new(vec![sentence], members).print_as_told(recorded, context));
}
