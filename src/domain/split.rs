//! Splits of a stock's shares.

use std::borrow::Borrow;
use std::fmt;
use std::num::NonZeroU64;

use num_bigint::{BigInt, Sign};

use super::arithmetic::common_divisor;
use super::fraction::Fraction;
use super::{Price, Quantity};

/// The exact ratio of a split, or of several successive ones, in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SplitRatio(Ratio);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Ratio {
    /// Nearly every ratio.
    Short { new: NonZeroU64, old: NonZeroU64 },
    /// One with longer terms.
    Long(Box<Fraction>),
}

impl SplitRatio {
    /// No split.
    pub const NONE: Self = Self(Ratio::Short { new: NonZeroU64::MIN, old: NonZeroU64::MIN });

    /// The ratio of new shares to old ones, in lowest terms.
    pub(super) fn of_terms(new: Quantity, old: Quantity) -> Self {
        let term = |quantity: Quantity| Fraction::of_decimal(quantity.decimal());
        Self::of(term(new).over(&term(old)))
    }

    /// The ratio by which shares must grow for each to cost this fraction of what it did; `None` for 0.
    pub(super) fn dividing_by(part: &Fraction) -> Option<Self> {
        (part.numerator().sign() == Sign::Plus).then(|| Self::of(Fraction::from(1).over(part)))
    }

    /// A ratio of new shares to old ones greater than 0.
    fn of(ratio: Fraction) -> Self {
        let term = |term: &BigInt| u64::try_from(term).ok().and_then(NonZeroU64::new);
        match (term(ratio.numerator()), term(ratio.denominator())) {
            (Some(new), Some(old)) => Self(Ratio::Short { new, old }),
            _ => Self(Ratio::Long(Box::new(ratio))),
        }
    }

    /// New shares and old ones, if both are short numbers.
    pub(super) fn short(&self) -> Option<(NonZeroU64, NonZeroU64)> {
        match self.0 {
            Ratio::Short { new, old } => Some((new, old)),
            Ratio::Long(_) => None,
        }
    }

    /// New shares over old ones.
    pub(super) fn fraction(&self) -> Fraction {
        match &self.0 {
            Ratio::Short { new, old } => Fraction::new(new.get().into(), old.get().into()),
            Ratio::Long(ratio) => Fraction::clone(ratio),
        }
    }

    /// The split that reverses this one.
    pub(super) fn inverse(&self) -> Self {
        match &self.0 {
            Ratio::Short { new, old } => Self(Ratio::Short { new: *old, old: *new }),
            Ratio::Long(ratio) => Self::of(Fraction::from(1).over(ratio)),
        }
    }

    /// Whether it is at least 3:2, or 2:3 in a reverse split.
    pub(super) fn is_large(&self) -> bool {
        if *self == Self::NONE {
            return false;
        }
        let (ratio, [half_more, half_less]) = (self.fraction(), [[3, 2], [2, 3]]);
        let limit = |[new, old]: [u64; 2]| Fraction::new(new.into(), old.into());
        ratio >= limit(half_more) || ratio <= limit(half_less)
    }

    /// For a [large](Self::is_large) ratio: whether it stays on the same side of 1 when multiplied by
    /// `above ÷ below`, each a product of two prices.
    pub(super) fn is_on_its_side(&self, above: [Price; 2], below: [Price; 2]) -> bool {
        if !self.is_large() {
            return false;
        }
        let product = |[one, other]: [Price; 2]| {
            Fraction::of_decimal(one.decimal()).times(&Fraction::of_decimal(other.decimal()))
        };
        let ratio = self.fraction();
        ratio.times(&product(above)).cmp(&product(below)) == ratio.cmp(&Fraction::from(1))
    }

    /// This split followed by another.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        if let (Some((new, old)), Some((next_new, next_old))) = (self.short(), next.short()) {
            let [(new, next_old), (next_new, old)] = [(new, next_old), (next_new, old)].map(reduced);
            if let (Some(new), Some(old)) = (new.checked_mul(next_new), old.checked_mul(next_old)) {
                return Self(Ratio::Short { new, old });
            }
        }
        Self::of(self.fraction().times(&next.fraction()))
    }
}

/// Two coprime numbers in the same proportion.
fn reduced((one, other): (NonZeroU64, NonZeroU64)) -> (NonZeroU64, NonZeroU64) {
    let common = common_divisor(one.get(), other);
    // A number divided by one of its factors is not 0.
    let over = |term: NonZeroU64| NonZeroU64::new(term.get() / common).unwrap_or(term);
    (over(one), over(other))
}

impl fmt::Display for SplitRatio {
    /// New shares to old ones: `4:1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.fraction();
        f.pad(&format!("{}:{}", ratio.numerator(), ratio.denominator()))
    }
}

impl<R: Borrow<SplitRatio>> FromIterator<R> for SplitRatio {
    /// The product of successive splits. Long ratios are multiplied all at once, because each step would
    /// reduce them again.
    fn from_iter<I: IntoIterator<Item = R>>(splits: I) -> Self {
        let (mut short, mut long) = (Self::NONE, Vec::new());
        for next in splits {
            short = short.then(next.borrow());
            if let Self(Ratio::Long(ratio)) = short {
                long.push(*ratio);
                short = Self::NONE;
            }
        }
        if long.is_empty() {
            return short;
        }
        long.push(short.fraction());
        Self::of(Fraction::product(long.iter()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SplitTerms;

    fn ratio(text: &str) -> SplitRatio {
        text.parse::<SplitTerms>().unwrap().ratio()
    }

    #[test]
    fn shares_grow_by_the_inverse_of_a_part_of_their_cost_and_not_at_all_for_nothing() {
        let part = |of: u64| Fraction::from(1).over(&Fraction::from(of));
        assert_eq!(SplitRatio::dividing_by(&part(2)), Some(ratio("2:1")));
        assert_eq!(SplitRatio::dividing_by(&Fraction::from(0)), None);
    }

    #[test]
    fn a_ratio_is_two_numbers_and_a_colon() {
        for (text, shown) in [("4:1", "4:1"), ("1:10", "1:10"), ("2.5:1", "5:2"), ("6:4", "3:2"), ("0.1:0.3", "1:3")] {
            assert_eq!(ratio(text).to_string(), shown, "{text}");
            assert_eq!(text.parse::<SplitTerms>().unwrap().to_string(), text);
        }
        // 999999999999999999 × 10^10 : 1
        let long = "999999999999999999:0.0000000001";
        assert_eq!(ratio(long).to_string(), "9999999999999999990000000000:1");
        for bad in ["4", "4:0", "0:1", "-4:1", "a:b", "4:1:2", "3:3", "4/1", ":"] {
            assert!(bad.parse::<SplitTerms>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_large_split_is_one_from_three_for_two_on_in_either_direction() {
        for (terms, is_large) in [
            ("3:2", true),
            ("2:3", true),
            ("4:1", true),
            ("1:10", true),
            ("1.4999999999:1", false),
            ("1:1.4999999999", false),
            ("103:100", false),
        ] {
            assert_eq!(ratio(terms).is_large(), is_large, "{terms}");
        }
        assert!(!SplitRatio::NONE.is_large());
    }

    #[test]
    fn splits_in_a_row_are_one() {
        let (half, thirds) = (ratio("1:2"), ratio("4:3"));
        assert_eq!(half.then(&thirds), ratio("2:3"));
        assert_eq!(half.then(&ratio("2:1")), SplitRatio::NONE);
    }

    #[test]
    fn thousands_of_splits_come_to_an_end() {
        let up = ratio("1.0000000001:0.9999999999");
        let all: SplitRatio = std::iter::repeat_n(&up, 5_000).collect();
        // (1.0000000001 ÷ 0.9999999999)^5000 = 1.00000100000050000…
        let price = "1000000".parse::<Price>().unwrap().adjusted(&all).unwrap();
        assert_eq!(price.to_string(), "999999.0000005");
    }

    #[test]
    fn many_awkward_splits_and_their_contraries_leave_no_trace() {
        let awkward: Vec<SplitRatio> =
            (1..=30).map(|n| ratio(&format!("1.01234567{n:02}:1"))).chain([ratio("103:100")]).collect();
        let all: SplitRatio = awkward.iter().collect();
        assert!(all.short().is_none());
        let back: Vec<SplitRatio> = awkward.iter().map(SplitRatio::inverse).collect();
        assert_eq!(all.then(&back.iter().collect()), SplitRatio::NONE);
    }
}
