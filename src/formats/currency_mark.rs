//! Currency codes and signs on the figures of a row.

use std::fmt;

use crate::domain::Currency;

/// The currency that a row states: a code, or a sign on a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CurrencyMark {
    /// A currency: its code such as `EUR`, or a sign that only this currency uses such as `€`.
    Code(Currency),
    /// `$`, which many currencies use.
    Dollar,
    /// `¥`, which two currencies use.
    Yen,
}

/// Currencies whose amounts are written with `$`.
const DOLLARS: [&str; 24] = [
    "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "BND", "FJD", "NAD", "BBD", "BMD", "BSD", "BZD", "JMD", "KYD",
    "TTD", "XCD", "MXN", "ARS", "CLP", "COP", "DOP", "UYU",
];

/// Signs of more than one character; those that end others come after them.
const SIGNS: [(&str, &str); 13] = [
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("SG$", "SGD"),
    ("NT$", "TWD"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
];

/// Currencies whose amounts are written with `¥`.
const YENS: [&str; 2] = ["JPY", "CNY"];

impl CurrencyMark {
    /// Whether the mark can stand for the currency.
    #[must_use]
    pub fn stands_for(self, currency: Currency) -> bool {
        match self {
            Self::Code(code) => code == currency,
            Self::Dollar => DOLLARS.contains(&currency.code()),
            Self::Yen => YENS.contains(&currency.code()),
        }
    }

    /// The more precise of two marks on one row; `None` if they contradict each other.
    #[must_use]
    pub fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Code(currency), mark) | (mark, Self::Code(currency)) => {
                mark.stands_for(currency).then_some(Self::Code(currency))
            }
            (Self::Dollar | Self::Yen, Self::Dollar | Self::Yen) => (self == other).then_some(self),
        }
    }

    /// The default currency for a mark; `None` if that would be a guess.
    #[must_use]
    pub fn of_new_stock(self) -> Option<Currency> {
        match self {
            Self::Code(currency) => Some(currency),
            Self::Dollar => Some(Currency::USD),
            Self::Yen => None,
        }
    }
}

/// Splits a number from the currency sign or code before or after it.
pub(crate) fn parted(number: &str) -> Option<(&str, CurrencyMark)> {
    by_long_sign(number).or_else(|| by_sign(number)).or_else(|| by_code(number))
}

fn by_long_sign(number: &str) -> Option<(&str, CurrencyMark)> {
    SIGNS.iter().find_map(|(sign, code)| {
        let rest = number.strip_prefix(sign).or_else(|| number.strip_suffix(sign))?;
        Some((rest, CurrencyMark::Code(code.parse().ok()?)))
    })
}

/// The mark for a text that is a currency sign.
pub(crate) fn of_text(text: &str) -> Option<CurrencyMark> {
    let mut characters = text.chars();
    let short = characters.next().filter(|_| characters.next().is_none()).and_then(of_sign);
    short.or_else(|| by_long_sign(text).filter(|(rest, _)| rest.is_empty()).map(|(_, mark)| mark))
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
        // Upper case only: `GBp` is a penny.
        let capitals = code.bytes().all(|byte| byte.is_ascii_uppercase());
        Some((rest, CurrencyMark::Code(capitals.then(|| code.parse().ok())??)))
    })
}

/// Splits a number from a code such as `GBX`; returns it with the currency of which the code is a hundredth.
pub(super) fn in_hundredths(text: &str) -> Option<(&str, &str, Currency)> {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let number = text.trim_matches(is_letter);
    let code = text.strip_prefix(number).or_else(|| text.strip_suffix(number))?;
    // `72.5p`, as Britain writes it.
    let named = if code == "p" { "GBp" } else { code };
    let whole = [named, &named.to_ascii_uppercase()].into_iter().find_map(Currency::of_hundredths)?;
    Some((number.trim(), code, whole))
}

/// A hundredth of a number in plain notation; anything else is returned unchanged.
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
    fn a_sign_may_have_letters() {
        for (number, rest, code) in
            [("US$12", "12", "USD"), ("12 C$", "12 ", "CAD"), ("5 SG$", "5 ", "SGD"), ("1zł", "1", "PLN")]
        {
            assert_eq!(parted(number), Some((rest, CurrencyMark::Code(code.parse().unwrap()))), "{number}");
        }
        assert_eq!(of_text("R$"), Some(CurrencyMark::Code("BRL".parse().unwrap())));
        assert_eq!(parted("$12"), Some(("12", CurrencyMark::Dollar)));
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
