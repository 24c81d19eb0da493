//! Splits as they are announced.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Figure, Quantity, Shares, SplitRatio, ValueError};

/// A split as it is announced: new shares for old ones, `4:1` or `1:10` or `2.5:1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SplitTerms {
    /// Shares after the split, for every [`Self::old_shares`] before it.
    pub new_shares: Quantity,
    /// Shares before the split.
    pub old_shares: Quantity,
}

impl SplitTerms {
    /// The ratio in lowest terms.
    #[must_use]
    pub fn ratio(self) -> SplitRatio {
        SplitRatio::of_terms(self.new_shares, self.old_shares)
    }

    /// Whether two ratios differ by less than a millionth, as they may if one was computed from rounded
    /// numbers of shares.
    #[must_use]
    pub fn is_nearly(self, other: Self) -> bool {
        let product =
            |new: Quantity, old: Quantity| Figure::from(new).decimal().checked_mul(Figure::from(old).decimal());
        let products = product(self.new_shares, other.old_shares).zip(product(other.new_shares, self.old_shares));
        let of_million = |(one, other): (Decimal, Decimal)| {
            let millionfold = one.checked_sub(other)?.abs().checked_mul(Decimal::from(1_000_000))?;
            Some(millionfold < other)
        };
        products.and_then(of_million).unwrap_or(false)
    }

    /// The terms of a split that added this many shares to a holding (or removed some, if negative);
    /// `None` unless each share became a whole number of shares, or a whole number of shares became one.
    #[must_use]
    pub fn of_added(held: &Shares, added: Figure) -> Option<Self> {
        let before = held.shown();
        let after = before.checked_add(added.decimal())?;
        let whole = |more: Decimal, fewer: Decimal| {
            let times = more.checked_div(fewer)?;
            let is_whole = times.is_integer() && times.checked_mul(fewer)? == more && times > Decimal::ONE;
            if is_whole { times.to_string().parse::<Quantity>().ok() } else { None }
        };
        let one: Quantity = "1".parse().ok()?;
        if let Some(times) = whole(after, before) {
            return Some(Self { new_shares: times, old_shares: one });
        }
        whole(before, after).map(|times| Self { new_shares: one, old_shares: times })
    }
}

impl FromStr for SplitTerms {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: &str| ValueError::new("split ratio", "invalid_ratio", text, rule);
        let (new, old) = text
            .split_once(':')
            .ok_or_else(|| refuse("is not of the form NEW:OLD").with_hint("write four for one as 4:1"))?;
        let term = |part: &str| part.trim().parse::<Quantity>();
        let (Ok(new_shares), Ok(old_shares)) = (term(new), term(old)) else {
            return Err(refuse("is not of the form NEW:OLD, two numbers greater than 0"));
        };
        if new_shares == old_shares {
            return Err(refuse("leaves the number of shares as it is"));
        }
        Ok(Self { new_shares, old_shares })
    }
}

impl fmt::Display for SplitTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.new_shares, self.old_shares))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_that_differ_by_less_than_a_millionth_are_nearly_the_same() {
        let is_nearly =
            |one: &str, other: &str| one.parse::<SplitTerms>().unwrap().is_nearly(other.parse::<SplitTerms>().unwrap());
        assert!(is_nearly("2000001.9999999999:1000000", "2:1") && is_nearly("1999998.0000000001:1000000", "2:1"));
        assert!(!is_nearly("2000002:1000000", "2:1") && !is_nearly("1999998:1000000", "2:1"));
        assert!(is_nearly("4:2", "2:1") && !is_nearly("2:1", "1:2"));
    }

    #[test]
    fn what_a_split_added_says_its_terms_if_one_of_them_is_one() {
        for (held, added, terms) in [
            ("10", "30", Some("4:1")),
            ("10", "-9", Some("1:10")),
            ("2.5", "2.5", Some("2:1")),
            ("10", "0", None),
            ("10", "5", None),
            ("10", "-10", None),
            ("0", "10", None),
        ] {
            let found = SplitTerms::of_added(&held.parse().unwrap(), added.parse().unwrap());
            assert_eq!(found.map(|found| found.to_string()).as_deref(), terms, "{held} and {added}");
        }
    }
}
