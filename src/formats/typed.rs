//! Numbers typed by the user: `1,503.50`, `$150`, `150 EUR`, `.5`, `@150`.
//!
//! Plain notation is tried first. In a file the other numbers decide what `1,503` means; a typed number stands alone,
//! so an ambiguous one is refused with both readings.

use std::str::FromStr;

use super::CurrencyMark;
use super::currency_mark::{hundredth, in_hundredths, parted};
use super::numbers::{DecimalMark, Unread, Written, is_gap, read};
use crate::domain::{
    Cash, CostShare, ExchangeRate, Fee, Figure, Money, Percentage, Price, Quantity, ShareValues, ValueError, excerpt,
};

/// A typed value and the currency mark on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked<T> {
    /// The value.
    pub value: T,
    /// The currency mark, if any.
    pub mark: Option<CurrencyMark>,
}

/// Parses a number of shares.
///
/// # Errors
/// If the text is not a quantity, or is ambiguous.
pub fn quantity(text: &str) -> Result<Quantity, ValueError> {
    unmarked(text, str::parse)
}

/// Parses an exchange rate.
///
/// # Errors
/// If the text is not a rate, or is ambiguous.
pub fn rate(text: &str) -> Result<ExchangeRate, ValueError> {
    unmarked(text, str::parse)
}

/// Parses a percentage of a cost.
///
/// # Errors
/// If the text is not a percentage from 0 to 100, or is ambiguous.
pub fn cost_share(text: &str) -> Result<CostShare, ValueError> {
    unmarked(text, str::parse)
}

/// Parses a percentage.
///
/// # Errors
/// If the text is not a percentage, or is ambiguous.
pub fn percentage(text: &str) -> Result<Percentage, ValueError> {
    unmarked(text.strip_suffix('%').map_or(text, str::trim_end), str::parse).map_err(of(text))
}

/// Parses a tolerance in shares: 0 or more.
///
/// # Errors
/// If the text is not such a number, or is ambiguous.
pub fn tolerance(text: &str) -> Result<Figure, ValueError> {
    let refuse = |rule: &str| ValueError::new("tolerance", "invalid_quantity", text, rule);
    unmarked(text, |plain| {
        let shares: Figure = plain.parse().map_err(|_| refuse("is not a plain decimal number"))?;
        if shares.is_negative() { Err(refuse("must be 0 or more")) } else { Ok(shares) }
    })
}

/// Parses a price per share, which may follow an `@`.
///
/// # Errors
/// If the text is not a price, or is ambiguous.
pub fn price(text: &str) -> Result<Marked<Price>, ValueError> {
    let number = text.strip_prefix('@').map_or(text, str::trim_start);
    marked(number, str::parse).map_err(of(text))
}

/// Parses an amount of 0 or more.
///
/// # Errors
/// If the text is not an amount, or is ambiguous.
pub fn amount(text: &str) -> Result<Marked<Money>, ValueError> {
    marked(text, Money::entered)
}

/// Parses a positive amount, in total or per share.
///
/// # Errors
/// If the text is not such an amount, or is ambiguous.
pub fn paid(text: &str) -> Result<Marked<Price>, ValueError> {
    marked(text, |plain| {
        let more_than_nothing: Quantity =
            plain.parse().map_err(|error| ValueError { what: "amount", code: "invalid_amount", ..error })?;
        more_than_nothing.to_string().parse()
    })
}

/// Parses a fee.
///
/// # Errors
/// If the text is not a fee, or is ambiguous.
pub fn fee(text: &str) -> Result<Marked<Fee>, ValueError> {
    marked(text, str::parse)
}

/// Parses an amount with its currency: a code, or a sign that only this currency uses.
///
/// # Errors
/// If either is missing or invalid, or if the amount is ambiguous.
pub fn cash(text: &str) -> Result<Cash, ValueError> {
    let refused = match text.parse() {
        Ok(cash) => return Ok(cash),
        Err(error) => error,
    };
    match amount(text) {
        Ok(Marked { value, mark: Some(CurrencyMark::Code(currency)) }) => Ok(Cash { amount: value, currency }),
        Ok(Marked { mark: Some(CurrencyMark::Dollar | CurrencyMark::Yen) | None, .. }) => Err(refused),
        Err(error) => Err(if error.code == refused.code { error } else { refused }),
    }
}

/// Parses a ratio of two numbers separated by a colon.
///
/// # Errors
/// If the text is not a ratio, or if a side of it is ambiguous.
pub fn ratio<T: FromStr<Err = ValueError>>(text: &str) -> Result<T, ValueError> {
    let refused = match text.parse() {
        Ok(ratio) => return Ok(ratio),
        Err(error) => error,
    };
    let Some((new, old)) = text.split_once(':') else { return Err(refused) };
    match (quantity(new.trim()), quantity(old.trim())) {
        (Ok(new), Ok(old)) => format!("{new}:{old}").parse().map_err(of(text)),
        (Err(error), _) | (_, Err(error)) => Err(ValueError { hint: error.hint.or(refused.hint), ..refused }),
    }
}

/// Parses the values of two stocks' shares.
///
/// # Errors
/// If the text is not two prices separated by a colon, if one is ambiguous, or if their marks contradict each other.
pub fn share_values(text: &str) -> Result<Marked<ShareValues>, ValueError> {
    let refused = match text.parse() {
        Ok(value) => return Ok(Marked { value, mark: None }),
        Err(error) => error,
    };
    let Some((new, old)) = text.split_once(':') else { return Err(refused) };
    let (new, old) = match (price(new.trim()), price(old.trim())) {
        (Ok(new), Ok(old)) => (new, old),
        (Err(error), _) | (_, Err(error)) => return Err(ValueError { hint: error.hint.or(refused.hint), ..refused }),
    };
    let mark = match (new.mark, old.mark) {
        (Some(one), Some(other)) => {
            let rule = "has prices in two currencies";
            Some(one.and(other).ok_or_else(|| ValueError { rule: rule.to_owned(), ..refused })?)
        }
        (one, other) => one.or(other),
    };
    let value = format!("{}:{}", new.value, old.value).parse().map_err(of(text))?;
    Ok(Marked { value, mark })
}

fn unmarked<T>(text: &str, plain: impl Fn(&str) -> Result<T, ValueError>) -> Result<T, ValueError> {
    let refused = match plain(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match reading(text) {
        Some(Reading::Plain(digits)) => plain(&digits).map_err(of(text)),
        Some(Reading::Either([point, comma])) => Err(ValueError {
            rule: "can be read in two ways".to_owned(),
            hint: Some(format!("write it as {point} or {comma}")),
            ..refused
        }),
        Some(Reading::Elsewhere(value)) => Err(refused.with_hint(format!("write it as {value}"))),
        None => Err(refused),
    }
}

fn marked<T>(text: &str, plain: impl Fn(&str) -> Result<T, ValueError>) -> Result<Marked<T>, ValueError> {
    let refused = match unmarked(text, &plain) {
        Ok(value) => return Ok(Marked { value, mark: None }),
        Err(error) => error,
    };
    if let Some((number, code, whole)) = in_hundredths(text) {
        let value = unmarked(number, |number| plain(&hundredth(number))).map_err(of_currency(code));
        return Ok(Marked { value: value.map_err(of(text))?, mark: Some(CurrencyMark::Code(whole)) });
    }
    // A code may be in lower case, but not in mixed case: `GBp` is a penny.
    let is_small = !text.bytes().any(|byte| byte.is_ascii_uppercase());
    let capitals = if is_small { text.to_ascii_uppercase() } else { text.to_owned() };
    match parted(&capitals).filter(|_| text.trim() == text) {
        Some((number, mark)) => {
            let value = unmarked(number.trim(), plain);
            let value = match mark {
                CurrencyMark::Code(currency) => value.map_err(of_currency(currency.code())),
                CurrencyMark::Dollar | CurrencyMark::Yen => value,
            };
            Ok(Marked { value: value.map_err(of(text))?, mark: Some(mark) })
        }
        None => Err(refused),
    }
}

/// Adds the currency to the hint, whose amount would otherwise be taken for one in the stock's currency.
fn of_currency(code: &str) -> impl Fn(ValueError) -> ValueError {
    move |error| ValueError { hint: error.hint.map(|hint| format!("{hint}, in {code}")), ..error }
}

/// Words an error for the text as it was typed.
fn of(text: &str) -> impl Fn(ValueError) -> ValueError {
    move |error| ValueError { value: excerpt(text), ..error }
}

/// How a typed text was read.
enum Reading {
    /// In plain notation.
    Plain(String),
    /// Ambiguous.
    Either([Figure; 2]),
    /// In another notation.
    Elsewhere(Figure),
}

fn reading(text: &str) -> Option<Reading> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let is_gapped = digits.contains(is_gap);
    if !is_gapped && !digits.contains(',') {
        return digits.starts_with('.').then(|| Reading::Plain(format!("{sign}0{digits}")));
    }
    if !digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',' || is_gap(c)) {
        return None;
    }
    let value = |mark| read(digits, &mut Some(mark)).ok().flatten().map(|Written { value, .. }| value);
    let mut shown = None;
    match read(digits, &mut shown) {
        Ok(Some(_)) if shown == Some(DecimalMark::Point) && !is_gapped && !digits.starts_with('0') => {
            Some(Reading::Plain(format!("{sign}{}", digits.replace(',', ""))))
        }
        Ok(written) => written.map(|written| Reading::Elsewhere(written.value)),
        Err(Unread::Ambiguous) => Some(Reading::Either([value(DecimalMark::Point)?, value(DecimalMark::Comma)?])),
        Err(Unread::Fault(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SplitTerms;

    fn shown<T: ToString>(read: Result<Marked<T>, ValueError>) -> String {
        let Marked { value, mark } = read.unwrap();
        mark.map_or_else(|| value.to_string(), |mark| format!("{} {mark}", value.to_string()))
    }

    #[test]
    fn what_a_hand_adds_is_taken_off() {
        for (text, value) in [
            ("150.25", "150.25"),
            (".5", "0.5"),
            ("1,503.50", "1503.5"),
            ("1,234,567", "1234567"),
            ("1,15,600", "115600"),
            ("999,999,999,999,999,999.9999999999", "999999999999999999.9999999999"),
            ("$150", "150 dollars or pesos"),
            ("$ .5", "0.5 dollars or pesos"),
            ("$1,503.50", "1503.5 dollars or pesos"),
            ("150 EUR", "150 EUR"),
            ("150eur", "150 EUR"),
            ("EUR 1,503.50", "1503.5 EUR"),
            ("150€", "150 EUR"),
            ("£1.503", "1.503 GBP"),
            ("¥12", "12 yen or yuan"),
            ("150 GBX", "1.5 GBP"),
            ("GBp 72.25", "0.7225 GBP"),
            ("1,503.5gbx", "15.035 GBP"),
            (".5 ZAc", "0.005 ZAR"),
        ] {
            assert_eq!(shown(amount(text)), value, "{text}");
            assert_eq!(shown(price(text)), value, "{text}");
            assert_eq!(shown(price(&format!("@{text}"))), value, "{text}");
            assert_eq!(shown(paid(text)), value, "{text}");
            assert_eq!(shown(fee(text)), value, "{text}");
            // Quantities and rates have no mark.
            let is_marked = value.contains(' ');
            assert_eq!(
                quantity(text).ok().map(|value| value.to_string()),
                (!is_marked).then(|| value.to_owned()),
                "{text}"
            );
            assert_eq!(
                rate(text).ok().map(|value| value.to_string()),
                (!is_marked).then(|| value.to_owned()),
                "{text}"
            );
        }
        assert!(amount("@5").is_err() && quantity("@5").is_err() && price("@@5").is_err());
    }

    #[test]
    fn what_could_be_two_numbers_is_refused_with_both() {
        for text in ["1,503", "$1,503", "@1,503"] {
            let error = price(text).unwrap_err();
            let refusal = (error.to_string(), error.hint.unwrap());
            let message = format!("price `{text}` can be read in two ways");
            assert_eq!(refusal, (message, "write it as 1503 or 1.503".to_owned()));
        }
        assert_eq!(price("1,503 EUR").unwrap_err().hint.as_deref(), Some("write it as 1503 or 1.503, in EUR"));
        assert_eq!(price("1,503 GBX").unwrap_err().hint.as_deref(), Some("write it as 1503 or 1.503, in GBX"));
        assert_eq!(quantity("12,000").unwrap_err().hint.as_deref(), Some("write it as 12000 or 12"));
        let ratio = ratio::<SplitTerms>("1,503:1").unwrap_err();
        assert_eq!((ratio.code, ratio.hint.as_deref()), ("invalid_ratio", Some("write it as 1503 or 1.503")));
    }

    #[test]
    fn numbers_as_they_are_written_elsewhere_are_refused_with_ours() {
        for (text, ours) in [
            ("1503,50", "1503.5"),
            ("1.503,50", "1503.5"),
            ("0,503", "0.503"),
            ("1'000.5", "1000.5"),
            ("1 000", "1000"),
            ("1503,50 EUR", "1503.5, in EUR"),
            ("0,503.5", "503.5"),
        ] {
            let error = amount(text).unwrap_err();
            assert_eq!(error.hint, Some(format!("write it as {ours}")), "{text}");
            assert_eq!(error.value, text);
        }
    }

    #[test]
    fn everything_else_is_refused_as_it_was_typed() {
        for text in [
            "",
            " ",
            ".",
            "5.",
            "$",
            "EUR",
            "€",
            "-5",
            "$-5",
            "-5 EUR",
            "-$5",
            "-1,503.50",
            "-.5",
            "+5",
            "1e5",
            "(5)",
            "$$5",
            "$5$",
            " $5",
            "5 EUR ",
            "5. GBp",
            "-5 GBX",
            "0.123456789 GBX",
            "5 XYZ",
            "12,34.5",
            "1,503.5.0",
            ",500.5",
            "1,,503",
            "1_000",
            "\u{2212}5",
            "５",
            "1,000,000,000,000,000,000",
            "1,503.12345678901",
            "5%",
        ] {
            assert_eq!(amount(text).unwrap_err().value, text);
        }
        assert_eq!(price("@-5").unwrap_err().to_string(), "price `@-5` must not be negative");
        assert_eq!(paid("$0").unwrap_err().to_string(), "amount `$0` must be greater than 0");
    }

    #[test]
    fn cash_needs_a_mark_of_one_currency() {
        for (text, value) in
            [("1,380.50 EUR", "1380.5 EUR"), ("€1,380.50", "1380.5 EUR"), ("GBP .5", "0.5 GBP"), ("4 GBX", "0.04 GBP")]
        {
            assert_eq!(cash(text).unwrap().to_string(), value);
        }
        for (text, code) in [("$5", "invalid_cash"), ("1,380.50", "invalid_cash"), ("5 EURO", "invalid_currency")] {
            assert_eq!(cash(text).unwrap_err().code, code, "{text}");
        }
        assert_eq!(cash("1,503 EUR").unwrap_err().hint.as_deref(), Some("write it as 1503 or 1.503, in EUR"));
    }

    #[test]
    fn both_sides_of_a_colon_are_numbers_that_are_typed() {
        assert_eq!(ratio::<SplitTerms>(".5:1").unwrap().to_string(), "0.5:1");
        assert_eq!(ratio::<SplitTerms>("1,000.5 : 2").unwrap().to_string(), "1000.5:2");
        let values = share_values("$26.38:1,120.85").unwrap();
        assert_eq!((values.value.old.to_string(), values.mark), ("1120.85".to_owned(), Some(CurrencyMark::Dollar)));
        assert_eq!(share_values("$1:2 CAD").unwrap().mark, "CAD".parse().map(CurrencyMark::Code).ok());
        for bad in ["€1:$2", "$0:$0", "1", "$1:x"] {
            assert_eq!(share_values(bad).unwrap_err().code, "invalid_values", "{bad}");
        }
    }
}
