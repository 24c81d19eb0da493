//! Returns on the money invested.

mod figures;
mod gathering;
mod market_value;
mod performance;
mod scoped;

use std::collections::BTreeMap;

use super::conversion::UsedRates;
use super::read_model::ReadModel;
use super::report_currency::ReportCurrency;
use crate::app::AppError;
use crate::domain::{Currency, Figure, Money, Percentage, PriceHistory, Symbol, TooLarge};
use crate::store::Reader;

pub use figures::{
    FlowKind, Flows, ForeignReturn, Rate, ReturnFlow, Returns, ReturnsBy, ReturnsFilter, Scope, weigh_returns,
};
use gathering::{Holding, Span, gather};
pub use performance::{PeriodReturns, performance, until_standstill};
use scoped::of_scope;

/// Passes the returns that the filter includes to `take`, each in one currency: those of positions, then of
/// stocks, of portfolios and in total. A stock with an unknown value is excluded from a return that it would
/// make unknown, unless nothing else is left. In a report in one currency, flows and values are converted at
/// the rates of their days; the days of the rates are returned.
///
/// # Errors
/// If a stock or the portfolio is unknown, if a sum gets too large, if a rate is missing, if the book
/// cannot be read, or whatever error `take` returns.
pub fn for_each_return(
    reader: Reader<'_>,
    filter: &ReturnsFilter,
    take: &mut dyn FnMut(&Returns) -> Result<(), AppError>,
) -> Result<Vec<UsedRates>, AppError> {
    reader.at_one_moment(|| {
        let money = ReportCurrency::new(reader, filter.conversion)?;
        let versus = filter.versus.as_ref().map(|symbol| price_history(reader, symbol)).transpose()?;
        let holdings = gather(reader, filter)?;
        let mut scopes: BTreeMap<(Scope, &str), Vec<Span<'_>>> = BTreeMap::new();
        for holding in holdings.iter().filter(|holding| holding.is_wanted) {
            for scope in scopes_of(holding, filter) {
                scopes.entry((scope, money.of(holding.currency).code())).or_default().push(holding.whole());
            }
        }
        let mut portfolios: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, currency) in scopes.keys().filter(|(scope, _)| matches!(scope, Scope::Portfolio(_))) {
            let count = portfolios.entry(currency).or_default();
            *count = count.saturating_add(1);
        }
        // If everything in a currency is in one portfolio, the total is that portfolio's return.
        let mut only_ones: BTreeMap<&str, Returns> = BTreeMap::new();
        let mut all = Vec::new();
        for ((scope, currency), holdings) in &scopes {
            let known = if *scope == Scope::Total { only_ones.remove(currency) } else { None };
            let returns = match known {
                Some(returns) => Some(Returns { scope: Scope::Total, ..returns }),
                None => of_what_is_known(scope, holdings, filter, &money)?,
            };
            let Some(mut returns) = returns else { continue };
            if returns.unknown_on().is_some() {
                // It is excluded from the totals, to which the displayed values must add up.
                (returns.market_value, returns.price_date) = (None, None);
            }
            if let Some(versus) = &versus {
                compare(&mut returns, versus, filter, &money)?;
            }
            if matches!(scope, Scope::Portfolio(_)) && portfolios.get(currency) == Some(&1) {
                only_ones.insert(currency, returns.clone());
            }
            match money {
                ReportCurrency::Own => take(&returns)?,
                // Nothing is reported unless all rates are known.
                ReportCurrency::One(_) => all.push(returns),
            }
        }
        let used = money.conclude()?;
        all.iter().try_for_each(take)?;
        Ok(used)
    })
}

fn scopes_of(holding: &Holding, filter: &ReturnsFilter) -> Vec<Scope> {
    let (portfolio, symbol) = (holding.portfolio.clone(), holding.symbol.clone());
    match (filter.by, &filter.symbol) {
        (ReturnsBy::Everything, None) => {
            vec![Scope::Position(portfolio.clone(), symbol), Scope::Portfolio(portfolio), Scope::Total]
        }
        (ReturnsBy::Everything, Some(_)) | (ReturnsBy::Position, _) => {
            vec![Scope::Position(portfolio, symbol), Scope::Total]
        }
        (ReturnsBy::Symbol, _) => vec![Scope::Symbol(symbol), Scope::Total],
        (ReturnsBy::Portfolio, _) => vec![Scope::Portfolio(portfolio), Scope::Total],
        (ReturnsBy::Total, _) => vec![Scope::Total],
    }
}

/// The return of some holdings, excluding those with an unknown value unless no others are left.
fn of_what_is_known(
    scope: &Scope,
    holdings: &[Span<'_>],
    filter: &ReturnsFilter,
    money: &ReportCurrency<'_>,
) -> Result<Option<Returns>, AppError> {
    let all = of_scope(scope.clone(), holdings, filter, money)?;
    if all.as_ref().is_none_or(|returns| returns.unknown_on().is_none()) {
        return Ok(all);
    }
    let (mut left_out, mut known) = (Vec::new(), Vec::new());
    // Holdings of a stock are adjacent.
    for of_stock in holdings.chunk_by(|one, next| one.holding.symbol == next.holding.symbol) {
        let unknown = of_stock.iter().find_map(|span| span.unknown_on(filter).map(|day| (span, day)));
        match unknown {
            Some((span, day)) => left_out.push((span.holding.symbol.clone(), day)),
            None => known.extend_from_slice(of_stock),
        }
    }
    let of_known = of_scope(scope.clone(), &known, filter, money)?;
    Ok(match of_known {
        Some(returns) => Some(Returns { left_out, ..returns }),
        None => all.map(|returns| Returns { unknown: left_out, ..returns }),
    })
}

/// The prices of a stock to compare with, and their currency.
fn price_history(reader: Reader<'_>, symbol: &Symbol) -> Result<(Currency, PriceHistory), AppError> {
    let model = ReadModel::of(reader);
    let stock = model.stock(symbol)?;
    Ok((stock.profile().currency, model.price_history(&stock, Vec::new())?))
}

/// Compares returns with the change of a stock's price from the first to the last day on which something was held.
/// Holdings from before the period start with the value of the day before it, so the comparison starts with the
/// price of that day, too.
fn compare(
    returns: &mut Returns,
    (currency, prices): &(Currency, PriceHistory),
    filter: &ReturnsFilter,
    money: &ReportCurrency<'_>,
) -> Result<(), AppError> {
    let Some((first, last)) = returns.held else { return Ok(()) };
    let begin = if filter.from == Some(first) { first.previous() } else { Some(first) };
    let Some(begin) = begin else { return Ok(()) };
    returns.versus_price_date = prices.quote(last).map(|quote| quote.recorded.date);
    returns.versus_unknown = if prices.quote(begin).is_none() { Some(begin) } else { None };
    returns.versus = prices.change(begin, last);
    let Some((rates, change)) = money.rates().zip(returns.versus) else { return Ok(()) };
    let rates: [_; 2] = [rates.rate(*currency, begin)?, rates.rate(*currency, last)?];
    let [begin, end] = rates;
    returns.versus = end.change_from(&begin).and_then(|of_currency| compounded(change, of_currency).ok());
    Ok(())
}

/// Two changes compounded.
fn compounded(one: Percentage, other: Percentage) -> Result<Percentage, TooLarge> {
    let [one, other] = [one, other].map(|change| Figure::HUNDRED.plus(change.into()));
    let product = one?.times(other?)?.over(Figure::HUNDRED).unwrap_or(Err(TooLarge))?;
    let [change, whole] = [product.minus(Figure::HUNDRED)?, Figure::HUNDRED].map(Money::from);
    change.percentage_of(whole).unwrap_or(Err(TooLarge))
}
