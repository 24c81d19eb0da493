//! Warnings about doubtful prices.

use crate::app::is_far_from_last;
use crate::cli::output::figure;
use crate::cli::say::say;
use crate::domain::{Currency, Price, PriceInForce, Symbol};

/// Warns on standard error about a price that is far from the last one, but was recorded nevertheless.
pub(in crate::cli) fn warn_of_price(symbol: &Symbol, price: Price, last: Option<PriceInForce>, currency: Currency) {
    let Some(last) = last.filter(|last| is_far_from_last(price, last.price)) else { return };
    let far = if price > last.price { "ten times the last price or more" } else { "a tenth of the last price or less" };
    let [price, before] = [price, last.price].map(|price| figure::price(price, currency));
    say(&format!("warning: {price} of {symbol} is {far}, {before} on {}; is the decimal point right?", last.date));
}
