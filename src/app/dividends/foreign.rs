//! Dividends that are paid in another currency than their stock's.

use crate::app::AppError;
use crate::domain::{Cash, Currency, CurrencyPair, Day, DomainError, ExchangeRate, Figure, Money, Stock, TooLarge};
use crate::store::{Reader, TransactionRow};

/// The currency in which a dividend was paid, as a user gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidIn {
    /// The currency.
    pub currency: Currency,
    /// Units of the stock's currency for one that was paid; as recorded for the day unless given.
    pub rate: Option<ExchangeRate>,
}

/// What was paid, in another currency than the stock's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foreign {
    pair: CurrencyPair,
    given: Option<ExchangeRate>,
}

/// One amount is so much of the other, or as much as this goes into it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Conversion {
    Times(ExchangeRate),
    Over(ExchangeRate),
}

impl Foreign {
    /// What a user says of the currency; nothing if it is the stock's.
    pub(super) fn of(said: Option<PaidIn>, stock: &Stock) -> Result<Option<Self>, DomainError> {
        let Some(PaidIn { currency, rate }) = said else { return Ok(None) };
        let own = stock.profile().currency;
        match (CurrencyPair::new(currency, own), rate) {
            (Ok(pair), given) => Ok(Some(Self { pair, given })),
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

    /// How what was paid on a day becomes an amount of the stock's currency: by the rate that was given, or the
    /// freshest of the recorded ones.
    pub(super) fn conversion(self, reader: Reader<'_>, day: Day) -> Result<Conversion, AppError> {
        if let Some(rate) = self.given {
            return Ok(Conversion::Times(rate));
        }
        let latest =
            |pair| Ok::<_, AppError>(reader.rates().latest(pair, Day::FIRST, day)?.filter(|it| is_fresh(it.date, day)));
        let (direct, inverse) = (latest(self.pair)?, latest(self.pair.inverse())?);
        match (direct, inverse) {
            (Some(direct), inverse) if inverse.is_none_or(|inverse| inverse.date <= direct.date) => {
                Ok(Conversion::Times(direct.rate))
            }
            (_, Some(inverse)) => Ok(Conversion::Over(inverse.rate)),
            (_, None) => Err(DomainError::RateNeeded { pair: self.pair, date: day }.into()),
        }
    }

    /// How what was paid became the amount that was recorded: by the rate that was given, else by that of the record.
    pub(super) fn recorded(self, row: &TransactionRow, amount: Money) -> Result<Money, TooLarge> {
        if let Some(rate) = self.given {
            return Conversion::Times(rate).of(amount);
        }
        let (Some(gross), Some(paid)) = (row.gross_amount(), row.paid) else { return Ok(amount) };
        let share = Figure::from(amount).times(gross.into())?.over(paid.amount.into()).transpose()?;
        let share = share.map_or(amount, Money::from);
        // What follows from two rounded figures can be another in the last digit.
        Ok(row.withholding.filter(|withheld| withheld.is_near(share)).unwrap_or(share))
    }
}

/// Whether a rate of a day still holds on a later one.
fn is_fresh(rate: Day, day: Day) -> bool {
    /// Days that it may be old.
    const AGE: i64 = 7;
    day.days_since(rate) <= AGE
}

impl Conversion {
    /// An amount that was paid, in the stock's currency: rounded half to even at ten places.
    pub(super) fn of(self, amount: Money) -> Result<Money, TooLarge> {
        let amount = Figure::from(amount);
        let converted = match self {
            Self::Times(rate) => amount.times(rate.into())?.rounded(10),
            Self::Over(rate) => amount.over(rate.into()).unwrap_or(Err(TooLarge))?,
        };
        Ok(Money::from(converted))
    }
}
