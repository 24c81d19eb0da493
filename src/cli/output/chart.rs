//! A chart of value and cost over time, drawn with characters.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use unicode_width::UnicodeWidthStr as _;

use super::{Screen, bar::steps};

/// Rows of the chart.
const HEIGHT: usize = 12;
/// Eighths of a block, from the bottom.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The width where there is no screen.
const USUAL_WIDTH: usize = 80;
/// Room for the first day and the last.
const NARROWEST: usize = 30;
/// A wider chart is not easier to read.
const WIDEST: usize = 200;

/// The content of a chart: one column for each day.
pub struct Chart<'c> {
    /// The values; `None` if unknown.
    pub values: Vec<Option<Decimal>>,
    /// The costs.
    pub costs: Vec<Decimal>,
    /// The first and the last day, as text.
    pub ends: [String; 2],
    /// An amount as text, as short as possible.
    pub label: &'c dyn Fn(Decimal) -> String,
}

/// The number of columns that a chart has on a screen, given the length of its amounts.
#[must_use]
pub fn chart_columns(screen: Screen, longest_label: usize) -> usize {
    let width = match screen.width {
        None | Some(0) => USUAL_WIDTH,
        Some(width) => usize::from(width),
    };
    width.clamp(NARROWEST, WIDEST).saturating_sub(longest_label).saturating_sub(2)
}

/// The characters that a chart is drawn with.
struct Marks {
    value: char,
    cost: char,
    axis: char,
    corner: char,
    floor: char,
}

impl Marks {
    fn of(screen: Screen) -> Self {
        if screen.unicode {
            Self { value: '█', cost: '─', axis: '│', corner: '└', floor: '─' }
        } else {
            Self { value: '#', cost: '-', axis: '|', corner: '+', floor: '-' }
        }
    }
}

/// A round number for the top of a chart whose half is round too: 1, 2, 3, 4, 6 or 8 followed by zeros.
#[must_use]
pub fn top_of(largest: Decimal) -> Decimal {
    let powers = std::iter::successors(Some(Decimal::ONE), |power| power.checked_mul(Decimal::TEN));
    let tops = powers.flat_map(|power| [1, 2, 3, 4, 6, 8].map(|digit| power.checked_mul(Decimal::from(digit))));
    tops.flatten().find(|top| *top >= largest).unwrap_or(largest)
}

impl Chart<'_> {
    /// The largest amount.
    #[must_use]
    pub fn largest(&self) -> Decimal {
        self.values.iter().flatten().chain(&self.costs).copied().max().unwrap_or_default()
    }

    /// The chart, line by line, with a legend.
    #[must_use]
    pub fn draw(&self, screen: Screen) -> String {
        let marks = Marks::of(screen);
        let top = top_of(self.largest());
        let middle = top.checked_div(Decimal::TWO).unwrap_or_default();
        let labels = [(0, top), (HEIGHT.div_euclid(2), middle)].map(|(row, at)| (row, (self.label)(at)));
        let margin = labels.iter().map(|(_, label)| label.width()).max().unwrap_or_default().max(1);
        let row = |row: usize| {
            let label = labels.iter().find(|(of, _)| *of == row).map_or("", |(_, label)| label);
            let line: String =
                (0..self.costs.len()).map(|column| self.mark(row, column, top, screen, &marks)).collect();
            format!("{label:>margin$} {}{}\n", marks.axis, line.trim_end())
        };
        let rows: String = (0..HEIGHT).map(row).collect();
        let floor = marks.floor.to_string().repeat(self.costs.len());
        let [first, last] = &self.ends;
        let room = self.costs.len().saturating_sub(first.width());
        let unknown = if self.values.contains(&None) { "  ? value not known" } else { "" };
        format!(
            "{rows}{:>margin$} {}{floor}\n{:margin$}  {first}{last:>room$}\n{:margin$}  {} value  {} cost{unknown}\n",
            "0", marks.corner, "", "", marks.value, marks.cost
        )
    }

    /// The character at a position of the chart; rows are counted from the top.
    fn mark(&self, row: usize, column: usize, top: Decimal, screen: Screen, marks: &Marks) -> char {
        let eighths = |amount: Decimal| steps(amount, top, HEIGHT.saturating_mul(8));
        let below = HEIGHT.saturating_sub(row).saturating_sub(1).saturating_mul(8);
        let cost = self.costs.get(column).copied().unwrap_or_default();
        let cost_row = eighths(cost).checked_sub(1).map(|eighth| eighth.div_euclid(8).saturating_mul(8));
        if cost_row == Some(below) {
            return marks.cost;
        }
        let Some(value) = self.values.get(column).copied().flatten() else {
            return if below == 0 { '?' } else { ' ' };
        };
        let filled = eighths(value).saturating_sub(below).min(8);
        if screen.unicode {
            return EIGHTHS.get(filled).copied().unwrap_or(marks.value);
        }
        if filled >= 4 { marks.value } else { ' ' }
    }
}

/// An amount at an axis, without decimals if it is large.
#[must_use]
pub fn axis_amount(amount: Decimal) -> String {
    let whole = amount.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    match whole.to_u64() {
        Some(count) if amount == whole => super::figure::count(count),
        Some(_) | None => amount.normalize().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(value: i64) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn the_top_is_a_round_number() {
        for (largest, top) in [(0, 1), (1, 1), (3, 3), (9, 10), (81, 100), (76_325, 80_000), (401, 600)] {
            assert_eq!(top_of(d(largest)), d(top), "{largest}");
        }
        assert_eq!(top_of(Decimal::MAX), Decimal::MAX);
        assert_eq!([d(80_000), Decimal::new(25, 1)].map(axis_amount), ["80,000", "2.5"]);
    }

    #[test]
    fn a_chart_is_as_wide_as_the_screen_from_60_to_200_columns() {
        let columns = |width| chart_columns(Screen { width, color: false, unicode: true }, 6);
        assert_eq!([None, Some(9), Some(40), Some(100), Some(999)].map(columns), [72, 22, 32, 92, 192]);
    }

    #[test]
    fn the_value_is_an_area_and_the_cost_a_line() {
        let chart = Chart {
            values: vec![None, Some(d(0)), Some(d(50)), Some(d(96)), Some(d(100))],
            costs: vec![d(40), d(40), d(40), d(100), d(0)],
            ends: ["a".to_owned(), "b".to_owned()],
            label: &axis_amount,
        };
        let screen = |unicode| Screen { width: Some(80), color: false, unicode };
        insta::assert_snapshot!(chart.draw(screen(true)), @"
        100 │   ─█
            │   ██
            │   ██
            │   ██
            │   ██
            │   ██
         50 │  ███
            │───██
            │  ███
            │  ███
            │  ███
            │? ███
          0 └─────
             a   b
             █ value  ─ cost  ? value not known
        ");
        insta::assert_snapshot!(chart.draw(screen(false)), @"
        100 |   -#
            |   ##
            |   ##
            |   ##
            |   ##
            |   ##
         50 |  ###
            |---##
            |  ###
            |  ###
            |  ###
            |? ###
          0 +-----
             a   b
             # value  - cost  ? value not known
        ");
    }
}
