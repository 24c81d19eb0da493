//! Dividends that are paid in a currency other than their stock's.

use crate::app::AppError;
use crate::app::rate_finder::RateFinder;
use crate::domain::{
    Cash, Currency, CurrencyPair, Day, DomainError, ExchangeRate, Figure, FineAmount, FoundRate, Money, Stock, TooLarge,
};
use crate::store::{Reader, TransactionRow};

/// The currency in which a dividend was paid, as a user gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidIn {
    /// The currency.
    pub currency: Currency,
    /// The value of one unit of it in the stock's currency; the recorded rate of the day unless given.
    pub rate: Option<ExchangeRate>,
    /// The maximum age of a recorded rate, in days.
    pub max_rate_age: u16,
}

/// A payment in a currency other than the stock's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foreign {
    pair: CurrencyPair,
    given: Option<ExchangeRate>,
    max_rate_age: u16,
}

/// How an amount is converted to the stock's currency.
#[derive(Debug, Clone)]
pub(super) enum Conversion {
    Given(ExchangeRate),
    Found(FoundRate),
}

impl Foreign {
    /// The payment in the currency that the user gave; `None` if that is the stock's.
    pub(super) fn of(said: Option<PaidIn>, stock: &Stock) -> Result<Option<Self>, DomainError> {
        let Some(PaidIn { currency, rate, max_rate_age }) = said else { return Ok(None) };
        let own = stock.profile().currency;
        match (CurrencyPair::new(currency, own), rate) {
            (Ok(pair), given) => Ok(Some(Self { pair, given, max_rate_age })),
            (Err(_), None) => Ok(None),
            (Err(_), Some(_)) => {
                Err(DomainError::NeedlessRate { symbol: stock.profile().symbol.clone(), currency: own })
            }
        }
    }

    /// An amount in the currency of the payment.
    pub(super) fn cash(self, amount: Money) -> Cash {
        Cash { amount, currency: self.pair.base() }
    }

    /// The conversion of a payment on a day, at the given rate or at one found among the recorded ones.
    pub(super) fn conversion(self, reader: Reader<'_>, day: Day) -> Result<Conversion, AppError> {
        if let Some(rate) = self.given {
            return Ok(Conversion::Given(rate));
        }
        let found = RateFinder::new(reader)?.find(self.pair, day, self.max_rate_age)?;
        found.map(Conversion::Found).ok_or(DomainError::RateNeeded { pair: self.pair, date: day }.into())
    }

    /// An amount converted at the given rate or, without one, at the rate of the record.
    pub(super) fn recorded(self, row: &TransactionRow, amount: Money) -> Result<Money, TooLarge> {
        if let Some(rate) = self.given {
            return Conversion::Given(rate).of(amount);
        }
        let (Some(gross), Some(paid)) = (row.gross_amount(), row.paid) else { return Ok(amount) };
        let share = Figure::from(amount).times(gross.into())?.over(paid.amount.into()).transpose()?;
        let share = share.map_or(amount, Money::from);
        // A result computed from two rounded figures can differ in the last digit.
        Ok(row.withholding.filter(|withheld| withheld.is_near(share)).unwrap_or(share))
    }
}

impl Conversion {
    /// The amount in the stock's currency, rounded half to even at ten places.
    pub(super) fn of(&self, amount: Money) -> Result<Money, TooLarge> {
        match self {
            Self::Given(rate) => Ok(Money::from(Figure::from(amount).times((*rate).into())?.rounded(10))),
            Self::Found(rate) => FineAmount::at(amount, rate).rounded(),
        }
    }
}
