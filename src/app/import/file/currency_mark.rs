//! What a row says of its currency.

use std::fmt;

use crate::domain::Currency;

/// What a row says of its currency, by a code or by a sign on a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CurrencyMark {
    /// The currency itself: `EUR`, or a sign of one currency alone such as `€`.
    Code(Currency),
    /// `$`, the sign of many.
    Dollar,
    /// `¥`, the sign of two.
    Yen,
}

/// Currencies whose amounts are written with `$`.
const DOLLARS: [&str; 24] = [
    "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "BND", "FJD", "NAD", "BBD", "BMD", "BSD", "BZD", "JMD", "KYD",
    "TTD", "XCD", "MXN", "ARS", "CLP", "COP", "DOP", "UYU",
];

/// Currencies whose amounts are written with `¥`.
const YENS: [&str; 2] = ["JPY", "CNY"];

impl CurrencyMark {
    /// Whether amounts in the currency bear the mark.
    #[must_use]
    pub fn stands_for(self, currency: Currency) -> bool {
        match self {
            Self::Code(code) => code == currency,
            Self::Dollar => DOLLARS.contains(&currency.code()),
            Self::Yen => YENS.contains(&currency.code()),
        }
    }

    /// What two marks of one row say together; `None` if they contradict each other.
    #[must_use]
    pub fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Code(currency), mark) | (mark, Self::Code(currency)) => {
                mark.stands_for(currency).then_some(Self::Code(currency))
            }
            (Self::Dollar | Self::Yen, Self::Dollar | Self::Yen) => (self == other).then_some(self),
        }
    }

    /// The currency of a new stock of which nothing else is known; `None` if that would be a guess.
    #[must_use]
    pub fn of_new_stock(self) -> Option<Currency> {
        match self {
            Self::Code(currency) => Some(currency),
            Self::Dollar => Some(Currency::USD),
            Self::Yen => None,
        }
    }
}

impl fmt::Display for CurrencyMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(currency) => currency.fmt(f),
            Self::Dollar => f.write_str("dollars or pesos"),
            Self::Yen => f.write_str("yen or yuan"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_of_a_sign_exists() {
        for (mark, codes) in [(CurrencyMark::Dollar, &DOLLARS[..]), (CurrencyMark::Yen, &YENS)] {
            for code in codes {
                assert!(mark.stands_for(code.parse().unwrap()), "{code}");
            }
        }
    }

    #[test]
    fn a_code_wins_over_a_sign_that_stands_for_it() {
        let code = |code: &str| CurrencyMark::Code(code.parse().unwrap());
        let (dollar, yen) = (CurrencyMark::Dollar, CurrencyMark::Yen);
        assert_eq!(dollar.and(code("CAD")), Some(code("CAD")));
        assert_eq!(code("CNY").and(yen), Some(code("CNY")));
        assert_eq!(dollar.and(dollar), Some(dollar));
        for (one, other) in [(dollar, yen), (dollar, code("EUR")), (code("USD"), yen), (code("USD"), code("CAD"))] {
            assert_eq!((one.and(other), other.and(one)), (None, None));
        }
    }
}
