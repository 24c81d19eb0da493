//! Bars next to figures.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use super::layout::GAP;
use super::{Column, Screen, Table};

/// The narrowest bar that is useful.
const NARROWEST: usize = 9;
/// The widest, so that the eye still finds its row.
const WIDEST: usize = 41;
/// The width without a screen.
const USUAL: usize = 21;

/// Eighths of a block, from the left.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A table with bars in the space that it leaves free, or without bars if there is too little. `build`
/// makes it with bars of some width, or without.
#[must_use]
pub fn with_bars(screen: Screen, build: impl Fn(Option<usize>) -> Table) -> Table {
    let plain = build(None);
    let room = match screen.width {
        None | Some(0) => return build(Some(USUAL)),
        Some(width) => usize::from(width),
    };
    let left = room.saturating_sub(plain.width()).saturating_sub(usize::from(GAP));
    if left < NARROWEST { plain } else { build(Some(left.min(WIDEST))) }
}

impl Table {
    /// The number of columns of a line in which nothing is shortened.
    fn width(&self) -> usize {
        let widths = self.columns.iter().enumerate().map(|(at, Column { header, .. })| {
            let gap = if at == 0 { 0 } else { usize::from(GAP) };
            self.rows.width(at).max(header.len()).saturating_add(gap)
        });
        widths.fold(0, usize::saturating_add)
    }
}

/// A bar from the left whose length is to `width` as `value` is to `largest`.
#[must_use]
pub fn bar(value: Decimal, largest: Decimal, width: usize, screen: Screen) -> String {
    if !screen.unicode {
        return "#".repeat(steps(value, largest, width));
    }
    let eighths = steps(value, largest, width.saturating_mul(EIGHTHS.len()));
    let (whole, rest) = (eighths.div_euclid(EIGHTHS.len()), eighths.rem_euclid(EIGHTHS.len()));
    format!("{}{}", "█".repeat(whole), EIGHTHS.get(rest).copied().unwrap_or_default())
}

/// A bar to the right of a line in the middle, or to the left of it for a negative value, in the
/// proportion of `value` to `largest`.
#[must_use]
pub fn bar_around_zero(value: Decimal, largest: Decimal, width: usize, screen: Screen) -> String {
    let side = width.saturating_sub(1).div_euclid(2);
    let halves = if screen.unicode { 2 } else { 1 };
    let steps = steps(value.abs(), largest, side.saturating_mul(halves));
    let (whole, half) = (steps.div_euclid(halves), steps.rem_euclid(halves));
    let blank = " ".repeat(side.saturating_sub(whole).saturating_sub(half));
    let (block, axis, right, left) = if screen.unicode { ("█", "│", "▌", "▐") } else { ("#", "|", "", "") };
    if value < Decimal::ZERO {
        return format!("{blank}{}{}{axis}", left.repeat(half), block.repeat(whole));
    }
    format!("{}{axis}{}{}", " ".repeat(side), block.repeat(whole), right.repeat(half))
}

/// The number of steps out of `all`, in the proportion of `value` to `largest`.
#[must_use]
pub fn steps(value: Decimal, largest: Decimal, all: usize) -> usize {
    let of_all = value.checked_div(largest).and_then(|share| share.checked_mul(Decimal::from(all)));
    let rounded = of_all.map(|steps| steps.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero));
    rounded.and_then(|steps| steps.to_usize()).unwrap_or_default().min(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Screen = Screen { width: None, color: false, unicode: false };
    const UNICODE: Screen = Screen { unicode: true, ..PLAIN };

    fn d(value: i64) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(d(50), d(100), 9, UNICODE), "████▌"); // 36 of 72 eighths
        assert_eq!(bar(d(1), d(100), 9, UNICODE), "▏"); // 0.72, rounded
        assert_eq!(bar(d(50), d(100), 10, PLAIN), "#####");
        for nothing in [bar(d(0), d(100), 9, UNICODE), bar(d(1), d(0), 9, PLAIN), bar(d(-3), d(9), 9, PLAIN)] {
            assert_eq!(nothing, "");
        }
    }

    #[test]
    fn losses_go_to_the_left_and_gains_to_the_right() {
        assert_eq!(bar_around_zero(d(10), d(10), 9, UNICODE), "    │████");
        assert_eq!(bar_around_zero(d(-5), d(10), 9, UNICODE), "  ██│");
        assert_eq!(bar_around_zero(d(1), d(10), 9, UNICODE), "    │▌"); // 0.8 halves
        assert_eq!(bar_around_zero(d(-1), d(10), 9, UNICODE), "   ▐│");
        assert_eq!(bar_around_zero(d(-5), d(10), 9, PLAIN), "  ##|");
        assert_eq!(bar_around_zero(d(0), d(0), 9, PLAIN), "    |");
    }
}
