//! Splits of a stock's shares.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use rust_decimal::Decimal;

use super::arithmetic::{common_divisor, compare_products};
use super::{Price, Quantity, TooLarge, ValueError};

/// A split as it is announced: so many new shares for so many old ones, `4:1` or `1:10` or `2.5:1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SplitTerms {
    /// Shares after the split, for every [`Self::old_shares`] before it.
    pub new_shares: Quantity,
    /// Shares before the split.
    pub old_shares: Quantity,
}

impl SplitTerms {
    /// The ratio in lowest terms.
    ///
    /// # Errors
    /// If its terms have more digits than a ratio can.
    pub fn ratio(self) -> Result<SplitRatio, TooLarge> {
        let scale = self.new_shares.decimal().scale().max(self.old_shares.decimal().scale());
        let term = |quantity: Quantity| {
            let decimal = quantity.decimal();
            let factor = 10_i128.checked_pow(scale.saturating_sub(decimal.scale())).ok_or(TooLarge)?;
            let term = decimal.mantissa().checked_mul(factor).ok_or(TooLarge)?;
            u64::try_from(term).ok().and_then(NonZeroU64::new).ok_or(TooLarge)
        };
        Ok(SplitRatio::new(term(self.new_shares)?, term(self.old_shares)?))
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
        let terms = Self { new_shares, old_shares };
        terms.ratio().map(|_| terms).map_err(|TooLarge| refuse("has too many digits"))
    }
}

impl fmt::Display for SplitTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.new_shares, self.old_shares))
    }
}

impl fmt::Display for SplitRatio {
    /// So many new shares for so many old ones: `4:1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.new, self.old))
    }
}

/// The ratio of a split, or of several in a row, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SplitRatio {
    new: NonZeroU64,
    old: NonZeroU64,
}

impl SplitRatio {
    /// No split.
    pub const NONE: Self = Self { new: NonZeroU64::MIN, old: NonZeroU64::MIN };

    pub(super) fn new(new: NonZeroU64, old: NonZeroU64) -> Self {
        let common = common_divisor(new.get(), old);
        // What is divided by a factor of its own is not 0.
        let over = |term: NonZeroU64| NonZeroU64::new(term.get() / common).unwrap_or(term);
        Self { new: over(new), old: over(old) }
    }

    pub(super) fn new_shares(self) -> NonZeroU64 {
        self.new
    }

    pub(super) fn old_shares(self) -> NonZeroU64 {
        self.old
    }

    /// The split that takes this one back.
    pub(super) fn inverse(self) -> Self {
        Self { new: self.old, old: self.new }
    }

    /// Whether it changes the number of shares by half or more, either way.
    pub(super) fn is_large(self) -> bool {
        let (new, old) = (Decimal::from(self.new.get()), Decimal::from(self.old.get()));
        let [two, three] = [Decimal::TWO, Decimal::from(3)];
        let compare = |left, right| compare_products([left, two, Decimal::ONE], [right, three, Decimal::ONE]);
        compare(new, old).is_ge() || compare(old, new).is_ge()
    }

    /// Of a [large](Self::is_large) ratio: whether it is on the same side of 1 alone and times
    /// `above ÷ below`, each a product of two prices.
    pub(super) fn is_on_its_side(self, above: [Price; 2], below: [Price; 2]) -> bool {
        let product = |[one, other]: [Price; 2], term: NonZeroU64| [one.decimal(), other.decimal(), term.get().into()];
        let order = compare_products(product(above, self.new), product(below, self.old));
        self.is_large() && order == self.new.cmp(&self.old)
    }

    /// Whether every share becomes a whole number of shares.
    pub(super) fn is_whole(self) -> bool {
        self.old == NonZeroU64::MIN
    }

    /// This split followed by another.
    ///
    /// # Errors
    /// If the ratio has more digits than a ratio can.
    pub fn then(self, next: Self) -> Result<Self, TooLarge> {
        let (left, right) = (Self::new(self.new, next.old), Self::new(next.new, self.old));
        Ok(Self {
            new: left.new.checked_mul(right.new).ok_or(TooLarge)?,
            old: left.old.checked_mul(right.old).ok_or(TooLarge)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(new: u64, old: u64) -> SplitRatio {
        SplitRatio::new(NonZeroU64::new(new).unwrap(), NonZeroU64::new(old).unwrap())
    }

    #[test]
    fn a_ratio_is_two_numbers_and_a_colon() {
        for (text, new, old) in [("4:1", 4, 1), ("1:10", 1, 10), ("2.5:1", 5, 2), ("6:4", 3, 2), ("0.1:0.3", 1, 3)] {
            assert_eq!(text.parse::<SplitTerms>().unwrap().ratio(), Ok(ratio(new, old)), "{text}");
            assert_eq!(text.parse::<SplitTerms>().unwrap().to_string(), text);
        }
        for bad in ["4", "4:0", "0:1", "-4:1", "a:b", "4:1:2", "3:3", "4/1", ":", "999999999999999999:0.0000000001"] {
            assert!(bad.parse::<SplitTerms>().is_err(), "{bad}");
        }
    }

    #[test]
    fn splits_in_a_row_are_one() {
        let (half, thirds) = (ratio(1, 2), ratio(4, 3));
        assert_eq!(half.then(thirds), Ok(ratio(2, 3)));
        assert_eq!(half.then(ratio(2, 1)), Ok(SplitRatio::NONE));
    }
}
