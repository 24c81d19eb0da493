//! The charts of a page, in SVG. Everything that they show is also given in figures.

use std::fmt::Write as _;

use maud::{Markup, html};
use rust_decimal::Decimal;

use crate::app::{ValueOverTime, ValuePoint};
use crate::cli::output::{axis_amount, steps, top_of};
use crate::domain::{Money, Percentage};

/// The width and height of a chart in its own units; it is stretched to its place.
const SIDE: usize = 1000;

/// The value of a currency as an area, and its cost as a line.
pub(super) fn value(over_time: &ValueOverTime) -> Markup {
    let amounts = over_time.points.iter().flat_map(|point| [Some(point.cost_basis), point.market_value]);
    let top = top_of(amounts.flatten().map(Money::decimal).max().unwrap_or_default());
    let middle = top.checked_div(Decimal::TWO).unwrap_or_default();
    let (Some(first), Some(last)) = (over_time.points.first(), over_time.points.last()) else { return html! {} };
    let title = format!("Value and cost in {} from {} to {}", over_time.currency, first.date, last.date);
    let view = format!("0 0 {SIDE} {SIDE}");
    html! {
        figure class="chart" {
            figcaption {
                strong { (over_time.currency) }
                span class="key" { span class="swatch area" {} "value" }
                span class="key" { span class="swatch line" {} "cost" }
            }
            div class="plot" {
                div class="axis" aria-hidden="true" {
                    span { (axis_amount(top)) } span { (axis_amount(middle)) } span { "0" }
                }
                svg viewBox=(view) preserveAspectRatio="none" role="img" aria-label=(title) {
                    title { (title) }
                    path class="grid" d="M0 1H1000M0 500H1000M0 999H1000" {}
                    @for run in runs(&over_time.points) { path class="value" d=(area(run, first, last, top)) {} }
                    path class="cost" d=(cost(&over_time.points, first, last, top)) {}
                }
                div class="dates" aria-hidden="true" { span { (first.date) } span { (last.date) } }
            }
        }
    }
}

/// The runs of points with a known value, separated by those without.
fn runs(points: &[ValuePoint]) -> impl Iterator<Item = &[ValuePoint]> {
    points.split(|point| point.market_value.is_none()).filter(|run| !run.is_empty())
}

fn x(point: &ValuePoint, first: &ValuePoint, last: &ValuePoint) -> usize {
    let days = |point: &ValuePoint| Decimal::from(point.date.days_since(first.date));
    steps(days(point), days(last), SIDE)
}

fn y(amount: Decimal, top: Decimal) -> usize {
    SIDE.saturating_sub(steps(amount, top, SIDE))
}

fn area(run: &[ValuePoint], first: &ValuePoint, last: &ValuePoint, top: Decimal) -> String {
    let mut path = String::new();
    let (mut begin, mut end) = (None, 0);
    for point in run {
        end = x(point, first, last);
        let start = *begin.get_or_insert(end);
        let lead = if path.is_empty() { format!("M{start} {SIDE}") } else { String::new() };
        let value = point.market_value.unwrap_or_default().decimal();
        let _ = write!(path, "{lead}L{end} {}", y(value, top));
    }
    let _ = write!(path, "L{end} {SIDE}Z");
    path
}

fn cost(points: &[ValuePoint], first: &ValuePoint, last: &ValuePoint, top: Decimal) -> String {
    let mut path = String::new();
    for point in points {
        let (across, up) = (x(point, first, last), y(point.cost_basis.decimal(), top));
        let _ = if path.is_empty() { write!(path, "M{across} {up}") } else { write!(path, "H{across}V{up}") };
    }
    path
}

/// A bar from the left, in the proportion of a share to the largest.
pub(super) fn bar(share: Option<Percentage>, largest: Percentage) -> Markup {
    let width = steps(share.unwrap_or_default().decimal(), largest.decimal(), SIDE);
    html! {
        svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class="share" x="0" y="0" width=(width) height="10" {}
        }
    }
}

/// A bar to the right of the middle, or to the left for a negative rate, in proportion to the largest.
pub(super) fn bar_around_zero(rate: Option<Percentage>, largest: Decimal) -> Markup {
    let rate = rate.unwrap_or_default();
    let half = SIDE.div_euclid(2);
    let width = steps(rate.decimal().abs(), largest, half);
    let (class, start) = if rate.is_negative() { ("loss", half.saturating_sub(width)) } else { ("gain", half) };
    html! {
        svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class=(class) x=(start) y="0" width=(width) height="10" {}
            path class="zero" d="M500 0V10" {}
        }
    }
}
