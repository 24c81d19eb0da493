//! Fees that brokers charge in a currency other than the stock's.

use super::AppError;
use super::rate_finder::RateFinder;
use super::reports::Conversion;
use crate::domain::{
    Cash, CurrencyPair, DomainError, Fee, Figure, FineAmount, Money, Stock, TooLarge, Trade, fee_by_settlement,
};
use crate::store::Reader;

/// The trade with its fee in the stock's currency, if only the fee charged in another is given: by the
/// rate of the trade's settlement in that currency, otherwise by a recorded rate for its day.
///
/// # Errors
/// [`DomainError::FeeRateNeeded`] if there is neither; if the fee has too many digits, or if the book
/// cannot be read.
pub(super) fn with_known_fee(reader: Reader<'_>, stock: &Stock, trade: Trade) -> Result<Trade, AppError> {
    let is_open = |charged: &Cash| trade.fee == Fee::ZERO && !charged.amount.is_zero();
    let Some(charged) = trade.charged.filter(is_open) else { return Ok(trade) };
    let fee = match CurrencyPair::new(charged.currency, stock.profile().currency) {
        Err(_) => Ok(charged.amount),
        Ok(pair) => {
            if let Some(fee) = by_settlement(&trade, charged).transpose() {
                fee
            } else {
                let found = RateFinder::new(reader)?.find(pair, trade.date, Conversion::MAX_RATE_AGE)?;
                let rate = found.ok_or(DomainError::FeeRateNeeded { charged, pair, date: trade.date })?;
                FineAmount::of(charged.amount).times(&rate).rounded()
            }
        }
    };
    let symbol = || stock.profile().symbol.clone();
    let fee = fee.map_err(|TooLarge| DomainError::TooLarge { figure: "the fee", symbol: symbol() })?;
    Ok(Trade { fee: Figure::from(fee).try_into()?, ..trade })
}

/// The fee at the rate of the trade's settlement.
fn by_settlement(trade: &Trade, charged: Cash) -> Result<Option<Money>, TooLarge> {
    match trade.settled.filter(|settled| settled.currency == charged.currency) {
        Some(settled) => fee_by_settlement(trade.side, trade.gross()?, (charged.amount, settled.amount)),
        None => Ok(None),
    }
}
