//! Numbers as exports write them, turned into plain notation for the types of the domain.
//!
//! Malformed numbers are passed on unchanged: the domain refuses them and says why.

use std::borrow::Cow;

use crate::domain::{Quantity, Side, ValueError};
use crate::formats::CurrencyMark;

/// A number of shares; that of a sale may be negative.
pub(super) fn quantity(cell: &str, side: Side) -> Result<Quantity, ValueError> {
    let unsigned = match side {
        Side::Buy => cell,
        Side::Sell => cell.strip_prefix('-').unwrap_or(cell),
    };
    without_thousands(unsigned).parse()
}

/// An amount, and the currency mark on it.
pub(super) fn money<T>(
    cell: &str,
    read: impl FnOnce(&str) -> Result<T, ValueError>,
) -> Result<(T, Option<CurrencyMark>), ValueError> {
    if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Ok((read(cell)?, None));
    }
    let marked = without_sign(cell).or_else(|| without_code(cell));
    let (number, mark) = marked.map_or((cell, None), |(number, mark)| (number, Some(mark)));
    Ok((read(&without_thousands(number))?, mark))
}

fn without_sign(cell: &str) -> Option<(&str, CurrencyMark)> {
    let before = cell.chars().next().map(|sign| (sign, cell.strip_prefix(sign)));
    let after = cell.chars().next_back().map(|sign| (sign, cell.strip_suffix(sign)));
    [before, after].into_iter().flatten().find_map(|(sign, number)| Some((number?.trim(), meaning(sign)?)))
}

fn meaning(sign: char) -> Option<CurrencyMark> {
    match sign {
        '$' => Some(CurrencyMark::Dollar),
        '¥' => Some(CurrencyMark::Yen),
        '€' => "EUR".parse().map(CurrencyMark::Code).ok(),
        '£' => "GBP".parse().map(CurrencyMark::Code).ok(),
        _ => None,
    }
}

fn without_code(cell: &str) -> Option<(&str, CurrencyMark)> {
    let before = cell.split_at_checked(3);
    let after = cell.len().checked_sub(3).and_then(|at| cell.split_at_checked(at)).map(|(number, code)| (code, number));
    [before, after].into_iter().flatten().find_map(|(code, number)| {
        // Upper case only: `GBp` is a penny.
        let capitals = code.bytes().all(|byte| byte.is_ascii_uppercase());
        Some((number.trim(), CurrencyMark::Code(capitals.then(|| code.parse().ok())??)))
    })
}

/// Removes the commas between well-formed groups of thousands. A single comma, as in `1,234`, could be a decimal mark
/// and stays.
fn without_thousands(number: &str) -> Cow<'_, str> {
    if !number.contains(',') {
        return Cow::Borrowed(number);
    }
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
        && !fraction.is_some_and(|fraction| fraction.contains(','));
    let could_be_decimals = fraction.is_none() && whole.matches(',').count() == 1;
    if grouped && !could_be_decimals { Cow::Owned(number.replace(',', "")) } else { Cow::Borrowed(number) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Price;

    fn price(cell: &str) -> Result<String, ValueError> {
        let (price, mark) = money(cell, str::parse::<Price>)?;
        Ok(mark.map_or_else(|| price.to_string(), |mark| format!("{price} {mark}")))
    }

    #[test]
    fn signs_codes_and_thousands_are_dropped() {
        for (cell, shown) in [
            ("150.25", "150.25"),
            ("$150.25", "150.25 dollars or pesos"),
            ("$ 1,234,567.89", "1234567.89 dollars or pesos"),
            ("150.25€", "150.25 EUR"),
            ("£1,000.0", "1000 GBP"),
            ("¥12", "12 yen or yuan"),
            ("USD 325.37", "325.37 USD"),
            ("325.37 EUR", "325.37 EUR"),
            ("CHF5", "5 CHF"),
            ("999,999,999", "999999999"),
            ("0.500", "0.5"),
        ] {
            assert_eq!(price(cell).unwrap(), shown, "{cell}");
        }
    }

    #[test]
    fn a_decimal_comma_is_refused_with_the_way_to_write_it() {
        for cell in [
            "1,234",
            "€1,234",
            "1.234,56",
            "1000,5",
            "12,34,567",
            "1,2345",
            "0,500",
            ",500",
            "1,234,",
            "1,,234",
            "1.5,000",
            "€5,50",
        ] {
            let error = price(cell).unwrap_err();
            assert_eq!(error.hint.as_deref(), Some("write it like 1000.50"), "{cell}");
        }
    }

    #[test]
    fn other_notations_are_refused() {
        for cell in [
            "+5",
            "1e5",
            "(5)",
            "-5",
            "$-5",
            "1 000",
            "1'000",
            "kr 5",
            "5 GBp",
            "XYZ 5",
            "$",
            "USD",
            "",
            "\u{2212}5",
            "５",
            "$$5",
            "€",
        ] {
            assert!(price(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn only_a_sale_may_have_a_negative_quantity() {
        let read = |cell, side| quantity(cell, side).map(|quantity| quantity.to_string());
        assert_eq!(read("-1,000.5", Side::Sell).unwrap(), "1000.5");
        assert_eq!(read("12", Side::Sell).unwrap(), "12");
        for (cell, side) in
            [("-5", Side::Buy), ("--5", Side::Sell), ("-0", Side::Sell), ("$5", Side::Buy), ("-", Side::Sell)]
        {
            assert!(read(cell, side).is_err(), "{cell}");
        }
    }
}
