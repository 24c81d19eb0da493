//! Dividends that are paid in another currency than their stock's.

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
    /// Units of the stock's currency for one that was paid; as recorded for the day unless given.
    pub rate: Option<ExchangeRate>,
    /// Days that a recorded rate may be old.
    pub max_rate_age: u16,
}

/// What was paid, in another currency than the stock's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foreign {
    pair: CurrencyPair,
    given: Option<ExchangeRate>,
    max_rate_age: u16,
}

/// How one amount becomes the other.
#[derive(Debug, Clone)]
pub(super) enum Conversion {
    Given(ExchangeRate),
    Found(FoundRate),
}

impl Foreign {
    /// What a user says of the currency; nothing if it is the stock's.
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

    /// An amount of what was paid.
    pub(super) fn cash(self, amount: Money) -> Cash {
        Cash { amount, currency: self.pair.base() }
    }

    /// How what was paid on a day becomes an amount of the stock's currency: by the rate that was given, or by the one
    /// that the recorded ones give.
    pub(super) fn conversion(self, reader: Reader<'_>, day: Day) -> Result<Conversion, AppError> {
        if let Some(rate) = self.given {
            return Ok(Conversion::Given(rate));
        }
        let found = RateFinder::new(reader)?.find(self.pair, day, self.max_rate_age)?;
        found.map(Conversion::Found).ok_or(DomainError::RateNeeded { pair: self.pair, date: day }.into())
    }

    /// How what was paid became the amount that was recorded: by the rate that was given, else by that of the record.
    pub(super) fn recorded(self, row: &TransactionRow, amount: Money) -> Result<Money, TooLarge> {
        if let Some(rate) = self.given {
            return Conversion::Given(rate).of(amount);
        }
        let (Some(gross), Some(paid)) = (row.gross_amount(), row.paid) else { return Ok(amount) };
        let share = Figure::from(amount).times(gross.into())?.over(paid.amount.into()).transpose()?;
        let share = share.map_or(amount, Money::from);
        // What follows from two rounded figures can be another in the last digit.
        Ok(row.withholding.filter(|withheld| withheld.is_near(share)).unwrap_or(share))
    }
}

impl Conversion {
    /// An amount that was paid, in the stock's currency: rounded half to even at ten places.
    pub(super) fn of(&self, amount: Money) -> Result<Money, TooLarge> {
        match self {
            Self::Given(rate) => Ok(Money::from(Figure::from(amount).times((*rate).into())?.rounded(10))),
            Self::Found(rate) => FineAmount::of(amount).times(rate).rounded(),
        }
    }
}
