//! Writes prices as they were on their days.

use hashbrown::HashSet;

use crate::app::AppError;
use crate::app::export::ExportRequest;
use crate::app::export::chronicle::Chronicle;
use crate::domain::{Currency, Day, Price, PriceInForce, Symbol};

type TakePrice<'t> = &'t mut dyn FnMut(Day, &Symbol, Price, Currency) -> Result<(), AppError>;

/// Writes the prices of a period by stock and day, per share as counted on the day. The latest earlier price
/// is repeated on the first day of the period and, adjusted, on the day of each split, so that the value of
/// holdings has no gaps or jumps.
pub(super) fn write(
    chronicle: &Chronicle<'_>,
    request: &ExportRequest<'_>,
    symbols: &HashSet<Symbol>,
    take: TakePrice<'_>,
) -> Result<(), AppError> {
    for (symbol, stock) in chronicle.stocks.iter().filter(|(symbol, _)| symbols.contains(*symbol)) {
        let recorded = chronicle.reader.prices().recorded(stock, None, None)?;
        let history = chronicle.reader.splits().history(stock)?;
        let mut days: Vec<(Day, PriceInForce)> = recorded.iter().map(|price| (price.date, *price)).collect();
        for day in chronicle.splits_of(symbol).map(|split| split.effective_date).chain(request.from) {
            let before = recorded.partition_point(|price| price.date < day).checked_sub(1);
            days.extend(before.and_then(|at| recorded.get(at)).map(|price| (day, *price)));
        }
        // A price of the day itself comes first.
        days.sort_by_key(|(day, price)| (*day, std::cmp::Reverse(price.date)));
        days.dedup_by_key(|(day, _)| *day);
        for (day, price) in days.into_iter().filter(|(day, _)| request.covers(*day)) {
            // A price with too many digits on its day is left out.
            if let Ok(on_day) = history.price_on(price, day) {
                take(day, symbol, on_day.price, stock.profile().currency)?;
            }
        }
    }
    Ok(())
}
