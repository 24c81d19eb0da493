//! Fees that brokers charge in a currency other than the stock's.

use super::AppError;
use super::rate_finder::RateFinder;
use super::reports::Conversion;
use crate::domain::{Cash, CurrencyPair, DomainError, Fee, Figure, FineAmount, Money, Stock, Trade, fee_by_settlement};
use crate::store::Reader;

/// Fills in the fee of a trade in the stock's currency if only the fee charged in another currency is given.
/// The rate is that of the trade's settlement in that currency or, without one, a recorded rate for its day.
///
/// # Errors
/// [`DomainError::FeeRateNeeded`] if there is neither, [`DomainError::FeeBeyondSettlement`] if the two contradict each
/// other; if the fee has too many digits, or if the book cannot be read.
pub(super) fn with_known_fee(reader: Reader<'_>, stock: &Stock, trade: Trade) -> Result<Trade, AppError> {
    let is_open = |charged: &Cash| trade.fee == Fee::ZERO && !charged.amount.is_zero();
    let Some(charged) = trade.charged.filter(is_open) else { return Ok(trade) };
    let fee = match CurrencyPair::new(charged.currency, stock.profile().currency) {
        Err(_) => Ok(charged.amount),
        Ok(pair) => {
            if let Some(fee) = by_settlement(&trade, stock, charged)? {
                Ok(fee)
            } else {
                let found = RateFinder::new(reader)?.find(pair, trade.date, Conversion::MAX_RATE_AGE)?;
                let rate = found.ok_or(DomainError::FeeRateNeeded { charged, pair, date: trade.date })?;
                FineAmount::at(charged.amount, &rate).rounded()
            }
        }
    };
    let fee = fee.map_err(DomainError::too_large("the fee", &stock.profile().symbol))?;
    Ok(Trade { fee: Figure::from(fee).try_into()?, ..trade })
}

/// The fee at the rate of the trade's settlement.
fn by_settlement(trade: &Trade, stock: &Stock, charged: Cash) -> Result<Option<Money>, DomainError> {
    let Some(settled) = trade.settled.filter(|settled| settled.currency == charged.currency) else { return Ok(None) };
    let too_large = || DomainError::too_large("the fee", &stock.profile().symbol);
    let gross = trade.gross().map_err(too_large())?;
    let fee = fee_by_settlement(trade.side, gross, (charged.amount, settled.amount)).map_err(too_large())?;
    if fee.is_none() && !gross.is_zero() {
        return Err(DomainError::FeeBeyondSettlement { charged, settled });
    }
    Ok(fee)
}
