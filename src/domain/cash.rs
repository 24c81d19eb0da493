//! Amounts of money with their currency.

use std::fmt;
use std::str::FromStr;

use super::{Currency, Money, ValueError, excerpt};

/// An amount of money and its currency: `1380.50 EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cash {
    /// The amount.
    pub amount: Money,
    /// Its currency.
    pub currency: Currency,
}

impl Cash {
    /// An amount in a currency, if both are present.
    #[must_use]
    pub fn of(amount: Option<Money>, currency: Option<Currency>) -> Option<Self> {
        amount.zip(currency).map(|(amount, currency)| Self { amount, currency })
    }

    /// The difference; `None` if the currencies differ or the result has too many digits.
    #[must_use]
    pub fn less(self, part: Self) -> Option<Self> {
        let amount = self.amount.minus(part.amount).ok().filter(|_| self.currency == part.currency)?;
        Some(Self { amount, ..self })
    }

    /// The sum; `None` if the currencies differ or the result has too many digits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let amount = self.amount.plus(other.amount).ok().filter(|_| self.currency == other.currency)?;
        Some(Self { amount, ..self })
    }

    /// The same amount with the sign of another one.
    #[must_use]
    pub fn signed_as(self, other: Money) -> Self {
        let is_other = self.amount.is_negative() != other.is_negative();
        Self { amount: if is_other { self.amount.negated() } else { self.amount }, ..self }
    }
}

impl FromStr for Cash {
    type Err = ValueError;

    /// Parses an amount of 0 or more, followed by a currency code.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let trimmed = text.trim();
        let number = trimmed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let code = trimmed.get(number.len()..).unwrap_or_default();
        if number.is_empty() || code.is_empty() {
            return Err(ValueError {
                what: "cash",
                code: "invalid_cash",
                value: excerpt(text),
                rule: "is not an amount and the code of its currency".to_owned(),
                hint: Some("write it like '1380.50 EUR'".to_owned()),
            });
        }
        Ok(Self { amount: Money::entered(number.trim_end())?, currency: code.parse()? })
    }
}

impl fmt::Display for Cash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_needs_its_currency() {
        for (text, shown) in [("1380.50 EUR", "1380.5 EUR"), (" 7chf ", "7 CHF"), ("0  JPY", "0 JPY")] {
            assert_eq!(text.parse::<Cash>().unwrap().to_string(), shown);
        }
        for (text, code) in [
            ("1380.50", "invalid_cash"),
            ("EUR", "invalid_cash"),
            ("", "invalid_cash"),
            ("-5 EUR", "invalid_amount"),
            ("1380.50 EURO", "invalid_currency"),
            ("EUR 5", "invalid_cash"),
            ("5 EUR 6 USD", "invalid_amount"),
        ] {
            assert_eq!(text.parse::<Cash>().unwrap_err().code, code, "{text}");
        }
    }

    #[test]
    fn a_size_takes_the_sign_of_what_it_settles() {
        let five: Cash = "5 EUR".parse().unwrap();
        let of = |total: &str| five.signed_as(total.parse().unwrap()).to_string();
        assert_eq!((of("3"), of("0"), of("-3")), ("5 EUR".to_owned(), "5 EUR".to_owned(), "-5 EUR".to_owned()));
    }
}
