//! The order of lots by cost per share, for the method that sells the highest cost first.
#![expect(clippy::arithmetic_side_effects, reason = "whole numbers of any length never overflow; no divisor is 0")]

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};

use super::lot::{Bought, Lot, LotKey, SeenSplit};
use crate::domain::fraction::Fraction;
use crate::domain::{Day, Money, Shares, SplitRatio};

/// A lot ranked by its original cost per share, adjusted for splits since then: the highest first and, among
/// equals, the oldest first. The remaining cost is no substitute, because it is rounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranked {
    pub(super) key: LotKey,
    bought: Bought,
    splits: SplitRatio,
}

impl Ranked {
    pub(super) fn new(lot: &Lot, splits: &[SeenSplit]) -> Self {
        let splits = together(splits, |day| day > lot.key.acquired_on);
        Self { key: lot.key, bought: lot.bought.clone(), splits }
    }

    fn cost(&self) -> (Money, &Shares, &SplitRatio) {
        (self.bought.cost, &self.bought.shares, &self.splits)
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        Money::compare_per_share(other.cost(), self.cost()).then(self.key.cmp(&other.key))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The combined ratio of the splits on those days that `is_wanted` accepts.
pub(super) fn together(splits: &[SeenSplit], is_wanted: impl Fn(Day) -> bool) -> SplitRatio {
    splits.iter().filter(|(_, day, _)| is_wanted(*day)).map(|(.., ratio)| ratio).collect()
}

/// The original cost per share of a lot as an integer, by which the stored lots can be sorted: a higher cost
/// never has a smaller number.
///
/// The shares are counted as before all splits, so that a later split, which changes the cost per share of
/// all lots alike, does not change the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CostRank(i64);

impl CostRank {
    /// Significant digits of the cost.
    const DIGITS: u32 = 16;
    /// How many numbers stand for the costs of one power of ten: two for each value of
    /// [`DIGITS`](Self::DIGITS) digits, of which the second means that digits were cut off.
    const RANGE: i64 = 2 * 10_i64.pow(Self::DIGITS);
    /// The power of ten above the smallest costs with a number of their own.
    const LOWEST: i64 = -200;
    /// The power of ten above the smallest costs that are too large for one.
    const HIGHEST: i64 = 200;
    /// The first and the last number, which stand for every cost beyond.
    const ENDS: [i64; 2] = [1, (Self::HIGHEST - Self::LOWEST) * Self::RANGE + 1];

    pub(super) fn of(lot: &Lot, splits: &[SeenSplit]) -> Self {
        let Bought { shares, cost } = &lot.bought;
        let until = together(splits, |day| day <= lot.key.acquired_on);
        Self::of_cost(&Fraction::of_decimal(cost.decimal()).times(&until.fraction()).over(&shares.fraction()))
    }

    fn of_cost(cost: &Fraction) -> Self {
        let [lowest, highest] = Self::ENDS;
        if cost.numerator().sign() != Sign::Plus {
            return Self(lowest);
        }
        let digits = |number: &BigInt| i64::try_from(number.to_string().len()).unwrap_or(i64::MAX);
        // A power of ten greater than the cost, by a factor of at most a hundred.
        let above = digits(cost.numerator()) - digits(cost.denominator()) + 1;
        let ten = |power: i64| BigInt::from(10).pow(u32::try_from(power).unwrap_or(0));
        let places = i64::from(Self::DIGITS) + 1 - above;
        let (scaled, divisor) = (cost.numerator() * ten(places), cost.denominator() * ten(-places));
        // The significant digits, or one more.
        let (mut leading, mut is_exact) = (&scaled / &divisor, &scaled % &divisor == BigInt::ZERO);
        let mut power = above - 1;
        if leading >= ten(i64::from(Self::DIGITS)) {
            is_exact &= &leading % 10 == BigInt::ZERO;
            leading /= 10;
            power = above;
        }
        if power < Self::LOWEST {
            return Self(lowest);
        }
        if power >= Self::HIGHEST {
            return Self(highest);
        }
        let leading = i64::try_from(leading).unwrap_or_default();
        Self((power - Self::LOWEST) * Self::RANGE + 2 * leading + i64::from(!is_exact))
    }

    /// The rank that had this [`Self::number`].
    #[must_use]
    pub fn restore(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub fn number(self) -> i64 {
        self.0
    }

    /// Whether all lots with this number have the same cost; otherwise their exact cost decides which comes
    /// first.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.0 & 1 == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::{Moment, SplitTerms, TransactionId};

    fn lot(acquired_on: &str, shares: &str, cost: &str) -> Lot {
        let (quantity, cost_basis): (Shares, Money) = (shares.parse().unwrap(), cost.parse().unwrap());
        let key = LotKey { acquired_on: acquired_on.parse().unwrap(), moment: Moment::After, place: 1 };
        let bought = Bought { shares: quantity.clone(), cost: cost_basis };
        Lot { key, lot_id: TransactionId::new(Uuid::nil()), quantity, cost_basis, bought }
    }

    fn split(day: &str, terms: &str) -> SeenSplit {
        let ratio = terms.parse::<SplitTerms>().unwrap().ratio();
        (TransactionId::new(Uuid::nil()), day.parse().unwrap(), ratio)
    }

    fn rank(shares: &str, cost: &str) -> CostRank {
        CostRank::of(&lot("2024-01-02", shares, cost), &[])
    }

    #[test]
    fn what_costs_more_has_the_greater_number() {
        let rising = [
            rank("1", "0"),
            rank("999999999999999999", "0.0000000001"),
            rank("3", "1"),
            rank("1", "1"),
            rank("7", "9.9999999999"),
            rank("1", "10"),
            rank("1", "10.0000000001"),
            rank("0.0000000001", "999999999999999999"),
        ];
        assert!(rising.is_sorted_by(|one, next| one < next), "{rising:?}");
        assert_eq!(rank("3", "1"), rank("9", "3"));
        assert!(rank("8", "1").is_exact() && !rank("3", "1").is_exact() && !rank("1", "0").is_exact());
        // The same first 16 digits: 0.3333333333333333…
        assert_eq!(rank("3", "1"), rank("2.9999999999999999999", "1"));
    }

    #[test]
    fn a_later_split_leaves_it_as_it_is_and_an_earlier_one_counts() {
        let splits = [split("2024-03-01", "3:1"), split("2025-03-01", "7:2")];
        let (before, between) = (lot("2024-01-02", "1", "90"), lot("2024-05-02", "1", "30"));
        assert_eq!(CostRank::of(&before, &splits), CostRank::of(&before, &[]));
        // A share for 90 became three, and one of these cost 30.
        assert_eq!(CostRank::of(&before, &splits), CostRank::of(&between, &splits));
        assert_eq!(CostRank::of(&between, &splits), CostRank::of(&between, &splits[..1]));
    }

    #[test]
    fn costs_beyond_all_numbers_have_those_of_the_ends() {
        let ten = |power: u32| Fraction::new(BigInt::from(10).pow(power), 1.into());
        let inverse = |power: u32| Fraction::from(1).over(&ten(power));
        let ranks =
            [inverse(400), inverse(300), inverse(190), ten(190), ten(300), ten(400)].map(|it| CostRank::of_cost(&it));
        assert_eq!((ranks[0], ranks[5]), (ranks[1], ranks[4]));
        assert!(ranks[1] < ranks[2] && ranks[2] < ranks[3] && ranks[3] < ranks[4]);
        assert!(!ranks[0].is_exact() && ranks[2].is_exact() && ranks[3].is_exact() && !ranks[5].is_exact());
    }

    #[test]
    fn a_number_is_the_one_that_books_store() {
        // The power of ten above the cost, counted from −200; then twice its first sixteen digits, and one more
        // if others follow.
        for (shares, cost, power, digits, is_cut) in [
            ("1", "1", 1, 1_000_000_000_000_000, 0),
            ("1", "0.99", 0, 9_900_000_000_000_000, 0),
            ("1", "10", 2, 1_000_000_000_000_000, 0),
            ("8", "1", 0, 1_250_000_000_000_000, 0),
            ("3", "1", 0, 3_333_333_333_333_333, 1),
            ("3", "200", 2, 6_666_666_666_666_666, 1),
            ("7", "9", 1, 1_285_714_285_714_285, 1),
        ] {
            let number = (power + 200) * 20_000_000_000_000_000 + 2 * digits + is_cut;
            assert_eq!(rank(shares, cost).number(), number, "{cost} ÷ {shares}");
            assert_eq!(CostRank::restore(number), rank(shares, cost));
        }
    }

    #[test]
    fn numbers_rise_up_to_the_ends_and_not_beyond() {
        let ten = |power: i32| {
            let power_of_ten = Fraction::new(BigInt::from(10).pow(power.unsigned_abs()), 1.into());
            if power < 0 { Fraction::from(1).over(&power_of_ten) } else { power_of_ten }
        };
        let powers = (-205..=-195).chain(195..=205);
        let costs = powers.flat_map(|power| [1, 5, 9].map(|digit| (power, ten(power).times(&Fraction::from(digit)))));
        let ranks: Vec<_> = costs.map(|(power, cost)| (power, CostRank::of_cost(&cost))).collect();
        for (power, rank) in &ranks {
            assert_eq!(rank.is_exact(), (-201..=198).contains(power), "10^{power}");
        }
        let ranks: Vec<_> = ranks.into_iter().map(|(_, rank)| rank).collect();
        assert!(ranks.is_sorted_by(|one, next| one < next || (one == next && !one.is_exact())), "{ranks:?}");
        let ends = [ranks.first(), ranks.last()].map(|end| end.unwrap().number());
        assert_eq!((ends, CostRank::of_cost(&Fraction::from(0)).number()), (CostRank::ENDS, CostRank::ENDS[0]));
    }

    proptest! {
        #[test]
        fn numbers_never_rank_two_lots_the_other_way_round(
            lots in prop::collection::vec((1..=12, 1_u64..=40, 0_u64..=40), 2..8),
            splits in prop::collection::vec((1..=12, 1_u64..=12, 1_u64..=12), 0..4),
        ) {
            let splits = splits.iter().filter(|(_, new, old)| new != old);
            let splits: Vec<_> =
                splits.map(|(month, new, old)| split(&format!("2024-{month:02}-01"), &format!("{new}:{old}"))).collect();
            let lots: Vec<_> = lots.iter().map(|(month, shares, cost)| {
                lot(&format!("2024-{month:02}-01"), &shares.to_string(), &cost.to_string())
            }).collect();
            for (one, other) in lots.iter().flat_map(|one| lots.iter().map(move |other| (one, other))) {
                let [first, second] = [one, other].map(|lot| CostRank::of(lot, &splits));
                let [one, other] = [one, other].map(|lot| Ranked::new(lot, &splits));
                let exactly = Money::compare_per_share(one.cost(), other.cost());
                prop_assert!(first.cmp(&second) == exactly || (first == second && !first.is_exact()));
            }
        }
    }
}
