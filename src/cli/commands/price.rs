//! `update-price`, `remove-price` and `rebase-prices`.

use std::io;

use crate::app::{
    AppError, ChangedPrices, PricePeriod, Recorded, UpdatePrice, UpdatedPrice, check_marks, read_price_lines,
    rebase_prices, remove_prices, update_price, update_prices,
};
use crate::cli::args::{PriceOf, Range, RebasePricesArgs, RemovePriceArgs, UpdatePriceArgs, past_days};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Record, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::warn_of_price;
use crate::domain::Day;
use crate::formats::CurrencyMark;
use crate::formats::typed::Marked;

pub(in crate::cli) fn update(args: UpdatePriceArgs, context: &Context<'_>) -> Result<(), AppError> {
    let date = args.date.past_day(context.today)?;
    match (args.of, args.price) {
        (PriceOf::Stock(symbol), Some(Marked { value: price, mark })) => {
            update_one(&UpdatePrice { symbol, date, price }, mark, context)
        }
        (PriceOf::StandardInput, None) => update_many(date, context),
        (PriceOf::Stock(_), None) => {
            Err(usage("the price is missing", "give the price per share, or - for lines of standard input"))
        }
        (PriceOf::StandardInput, Some(_)) => {
            Err(usage("a price has no effect here: prices are read from standard input", "leave it out"))
        }
    }
}

fn usage(message: &str, hint: &str) -> AppError {
    AppError::Usage { code: "usage", message: message.to_owned(), hint: hint.to_owned() }
}

fn update_one(request: &UpdatePrice, mark: Option<CurrencyMark>, context: &Context<'_>) -> Result<(), AppError> {
    let recorded = context.write(|unit| {
        check_marks(unit.reader(), &request.symbol, mark.as_slice())?;
        update_price(unit, request)
    })?;
    let (members, sentence) = described(request, &recorded.value);
    show_recorded(|| Receipt::new(vec![sentence], members).print(&recorded, context));
    Ok(())
}

/// Records the prices of the lines of standard input: all of them, or none.
fn update_many(date: Day, context: &Context<'_>) -> Result<(), AppError> {
    let lines = context.interruptible(|| read_price_lines(io::stdin().lock(), date))?;
    let recorded = context.write(|unit| update_prices(unit, &lines))?;
    let (prices, mut sentences): (Vec<_>, Vec<_>) =
        recorded.value.iter().map(|(request, updated)| described(request, updated)).unzip();
    if sentences.is_empty() {
        sentences.push("standard input has no prices".to_owned());
    }
    let members = Record(vec![("prices", Value::List(prices))]);
    show_recorded(|| Receipt::new(sentences, members).print_as_told(&recorded, context));
    Ok(())
}

/// A price for programs, and as a sentence; warns about one that looks like a mistake.
fn described(request: &UpdatePrice, updated: &UpdatedPrice) -> (Record, String) {
    let profile = updated.stock.profile();
    warn_of_price(&profile.symbol, request.price, updated.old, profile.currency);
    let old = updated.old.map(|old| old.price);
    let change = old.and_then(|old| request.price.change_from(old));
    let members = Record(vec![
        ("stock_id", Value::exact(&updated.stock.id())),
        ("symbol", Value::text(&profile.symbol)),
        ("date", Value::exact(&request.date)),
        ("old_price", Value::optional(old.as_ref())),
        ("price", Value::exact(&request.price)),
        ("change_percentage", Value::optional(change.as_ref())),
        ("currency", Value::text(&profile.currency)),
    ]);
    let price = figure::price(request.price, profile.currency);
    let change = change.map(|change| format!(" ({})", figure::percentage(change))).unwrap_or_default();
    (members, format!("{} at {price} {} on {}{change}", profile.symbol, profile.currency, request.date))
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
