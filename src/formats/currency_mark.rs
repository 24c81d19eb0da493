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

/// Separates a number from the sign or the code of a currency that stands before or after it.
pub(crate) fn parted(number: &str) -> Option<(&str, CurrencyMark)> {
    by_sign(number).or_else(|| by_code(number))
}

/// The mark that a text is, if it is a sign.
pub(crate) fn of_text(text: &str) -> Option<CurrencyMark> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none()).and_then(of_sign)
}

fn by_sign(number: &str) -> Option<(&str, CurrencyMark)> {
    let ends = [number.chars().next(), number.chars().next_back()];
    let [before, after] = [number.strip_prefix(|c| Some(c) == ends[0]), number.strip_suffix(|c| Some(c) == ends[1])];
    [(ends[0], before), (ends[1], after)].into_iter().find_map(|(sign, rest)| Some((rest?, of_sign(sign?)?)))
}

fn of_sign(sign: char) -> Option<CurrencyMark> {
    let code = match sign {
        '$' => return Some(CurrencyMark::Dollar),
        '¥' => return Some(CurrencyMark::Yen),
        '€' => "EUR",
        '£' => "GBP",
        '₹' => "INR",
        '₪' => "ILS",
        '₩' => "KRW",
        _ => return None,
    };
    code.parse().map(CurrencyMark::Code).ok()
}

fn by_code(number: &str) -> Option<(&str, CurrencyMark)> {
    let before = number.split_at_checked(3);
    let after = number.len().checked_sub(3).and_then(|at| number.split_at_checked(at)).map(|(rest, code)| (code, rest));
    [before, after].into_iter().flatten().find_map(|(code, rest)| {
        // In capitals alone: `GBp` is a penny.
        let capitals = code.bytes().all(|byte| byte.is_ascii_uppercase());
        Some((rest, CurrencyMark::Code(capitals.then(|| code.parse().ok())??)))
    })
}

/// The number before or after a code such as `GBX`, that code, and the currency of which it counts hundredths.
pub(super) fn in_hundredths(text: &str) -> Option<(&str, &str, Currency)> {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let number = text.trim_matches(is_letter);
    let code = text.strip_prefix(number).or_else(|| text.strip_suffix(number))?;
    let whole = [code, &code.to_ascii_uppercase()].into_iter().find_map(Currency::of_hundredths)?;
    Some((number.trim(), code, whole))
}

/// The hundredth part of a number in plain notation; anything else as it stands.
pub(super) fn hundredth(number: &str) -> String {
    let (whole, places) = number.split_once('.').unwrap_or((number, "0"));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let digits = format!("{whole:0>3}");
    match digits.split_at_checked(digits.len().saturating_sub(2)) {
        Some((units, cents)) if is_plain(whole) && is_plain(places) => format!("{units}.{cents}{places}"),
        Some(_) | None => number.to_owned(),
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
