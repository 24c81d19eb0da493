//! The present value of cash flows as a function of the rate, and where it is 0.
//!
//! None of the crates that solve for an internal rate of return says how many solutions there are: they apply
//! Newton's method to a guess, or search a bracket near one, and return what they find. Here the roots are
//! isolated first. What is left to solve is so simple that bisection, slow but reliable, is enough.

#![expect(
    clippy::float_arithmetic,
    reason = "a rate is no money: it solves an equation of real powers, which has no exact decimal solution"
)]

use super::DAYS_OF_A_YEAR;

/// An annual growth below this is a rate of −100 % when rounded to six places.
const SMALLEST_GROWTH: f64 = 5e-9;
/// An annual growth above this is a rate of more than 18 digits, in percent.
const LARGEST_GROWTH: f64 = 1e16;
/// The relative error that a sum may have accumulated by rounding.
const NOISE: f64 = 1e-13;
/// Terms of a Taylor polynomial.
const TERMS: usize = 8;
/// Two rates whose forces of interest per day differ by less than this count as one.
const NARROWEST: f64 = 1e-13;

/// The present value of the cash flows as a function of the force of interest per day: at the force `z`, an
/// amount grows by a factor of e^z a day and e^365z a year.
pub(super) struct PresentValue {
    terms: Vec<Term>,
    /// Days from the first flow to the last.
    span: f64,
}

struct Term {
    day: f64,
    amount: f64,
}

/// A range of forces of interest, on one side of 0.
#[derive(Clone, Copy)]
struct ForceRange {
    low: f64,
    high: f64,
}

impl PresentValue {
    /// Creates the function from the sum of each day's flows, with days counted from the first; sorted,
    /// without zeros.
    pub(super) fn new(days: Vec<(i32, f64)>) -> Self {
        let terms: Vec<_> = days.into_iter().map(|(day, amount)| Term { day: f64::from(day), amount }).collect();
        let span = terms.last().map_or(0.0, |term| term.day);
        Self { terms, span }
    }

    /// The annual rates, lowest first, at which the value is 0; `None` if they cannot be counted.
    ///
    /// A rate that would be shown as −100 %, or that has more than 18 digits and becomes infinity, is
    /// included only if there is no other.
    pub(super) fn rates(&self) -> Option<Vec<f64>> {
        let (below, above) = self.bounds();
        let mut rates = Vec::new();
        for range in [below, above] {
            rates.extend(self.isolate(range)?.into_iter().map(|range| annual(self.bisect(range))));
        }
        let ends_positive = |end: Option<&Term>| end.is_some_and(|term| term.amount > 0.0);
        if rates.is_empty() && ends_positive(self.terms.last()) != self.is_positive_at(below.low) {
            rates.push(-1.0);
        }
        if rates.is_empty() && ends_positive(self.terms.first()) != self.is_positive_at(above.high) {
            rates.push(f64::INFINITY);
        }
        Some(rates)
    }

    /// The ranges to search for roots, below and above the force 0. In x = e^−z the present value is a
    /// polynomial, and a root of one is less than 1 + the largest coefficient ÷ the leading one, in
    /// absolute values (Cauchy's bound); likewise for 1 ÷ x, with the first coefficient.
    fn bounds(&self) -> (ForceRange, ForceRange) {
        let largest = self.terms.iter().fold(0.0_f64, |largest, term| largest.max(term.amount.abs()));
        let bound = |end: Option<&Term>| end.map_or(0.0, |term| (largest / term.amount.abs()).ln_1p());
        let per_day = |growth: f64| growth.ln() / f64::from(DAYS_OF_A_YEAR);
        let lowest = per_day(SMALLEST_GROWTH).max(-bound(self.terms.last()));
        let highest = per_day(LARGEST_GROWTH).min(bound(self.terms.first()));
        (ForceRange { low: lowest, high: 0.0 }, ForceRange { low: 0.0, high: highest })
    }

    /// The day to which flows are discounted: the first, or for a negative force the last, so that
    /// no discount factor is above 1. Which day it is changes the size of the value, not its sign.
    fn valuation_day(&self, force: f64) -> f64 {
        if force < 0.0 { self.span } else { 0.0 }
    }

    fn is_positive_at(&self, force: f64) -> bool {
        let day = self.valuation_day(force);
        let value: f64 = self.terms.iter().map(|term| term.amount * (force * (day - term.day)).exp()).sum();
        value > 0.0
    }

    /// The root in a range that contains exactly one and at whose ends the value has different signs.
    fn bisect(&self, ForceRange { mut low, mut high }: ForceRange) -> f64 {
        let is_positive_at_low = self.is_positive_at(low);
        loop {
            let middle = low.midpoint(high);
            if middle <= low || middle >= high || high - low < f64::EPSILON * f64::EPSILON {
                return middle;
            }
            if self.is_positive_at(middle) == is_positive_at_low { low = middle } else { high = middle }
        }
    }

    /// Splits a range into ranges that contain exactly one root each, in ascending order; `None` if the value
    /// touches 0 without crossing it, or comes so close that rounding hides whether it does.
    fn isolate(&self, range: ForceRange) -> Option<Vec<ForceRange>> {
        let mut isolated = Vec::new();
        let mut waiting = vec![range];
        while let Some(range) = waiting.pop() {
            let value = self.expand(range);
            if value.has_no_root() {
                continue;
            }
            if value.is_monotone() {
                if self.is_positive_at(range.low) != self.is_positive_at(range.high) {
                    isolated.push(range);
                }
                continue;
            }
            if range.high - range.low < NARROWEST {
                return None;
            }
            let middle = range.low.midpoint(range.high);
            waiting.push(ForceRange { low: middle, high: range.high });
            waiting.push(ForceRange { low: range.low, high: middle });
        }
        Some(isolated)
    }

    /// The value in a range as a polynomial about its middle.
    ///
    /// In its coefficients, inflows and outflows cancel, so that they stay accurate for an investor with a
    /// high turnover and a small holding. The bound of the omitted terms is computed flow by flow; nothing
    /// cancels there, but in a narrow range they are small.
    fn expand(&self, range: ForceRange) -> Expansion {
        let day = self.valuation_day(range.low);
        let (middle, half) = (range.low.midpoint(range.high), (range.high - range.low) / 2.0);
        let mut expansion = Expansion { coefficients: [0.0; TERMS], rest: 0.0 };
        let mut size = 0.0;
        for term in &self.terms {
            let (days, discount) = (day - term.day, (middle * (day - term.day)).exp());
            let (mut part, mut degree) = (term.amount, 0.0);
            for coefficient in &mut expansion.coefficients {
                *coefficient += part * discount;
                size += (part * discount).abs();
                degree += 1.0;
                part *= days * half / degree;
            }
            expansion.rest += part.abs() * (middle * days + (days * half).abs()).exp();
        }
        expansion.rest += NOISE * size;
        expansion
    }
}

/// The first terms of a function's Taylor series about the middle of a range, scaled so that its ends are −1
/// and 1, and a bound of the sum of all other terms.
struct Expansion {
    coefficients: [f64; TERMS],
    rest: f64,
}

impl Expansion {
    /// Whether the function has no root in the range.
    fn has_no_root(&self) -> bool {
        let [first, others @ ..] = &self.coefficients;
        let others: f64 = others.iter().map(|coefficient| coefficient.abs()).sum();
        first.abs() > others + self.rest
    }

    /// Whether the function is monotone in the range.
    fn is_monotone(&self) -> bool {
        let [_, first, others @ ..] = &self.coefficients;
        let (mut degree, mut sum) = (1.0, 0.0);
        for coefficient in others {
            degree += 1.0;
            sum += degree * coefficient.abs();
        }
        // The derivative multiplies each omitted term by its degree, which cancels a factor of its factorial.
        first.abs() > sum + (degree + 1.0) * self.rest
    }
}

/// The annual rate of a force of interest per day.
fn annual(force: f64) -> f64 {
    (force * f64::from(DAYS_OF_A_YEAR)).exp_m1()
}

/// The annual rate of something that grows by `factor` in `days`.
pub(super) fn annualized(factor: f64, days: i32) -> f64 {
    factor.powf(f64::from(DAYS_OF_A_YEAR) / f64::from(days)) - 1.0
}
