//! Distributing the width of a line among columns.

/// Spaces between two columns.
pub(super) const GAP: u16 = 2;

/// What a column needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnNeed {
    /// The width of its widest cell.
    pub(super) width: usize,
    /// The width to which it can be narrowed.
    pub(super) least: usize,
    /// The width to which it can be narrowed to make room for two figures.
    pub(super) floor: usize,
    /// The width to which it can be narrowed to make room for one figure.
    pub(super) lowest: usize,
    /// The greater, the longer it stays.
    pub(super) importance: u8,
    /// How long it stays on a line that is too short.
    pub(super) stay: Stay,
}

/// How long a column stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// Always: without it rows could not be told apart.
    Always,
    /// Until something has to go: it has the same content in every row, which can be shown once.
    WhileThereIsRoom,
    /// As long as its importance lets it.
    ByImportance,
}

/// What happens to a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placement {
    /// It is shown with this width.
    Column(usize),
    /// Its content, the same in every row, is shown above the table.
    Heading,
    /// It is left out.
    Nowhere,
}

/// Decides about each column, given the width of the line.
///
/// Columns are narrowed first, starting with the widest. If that is not enough, columns with the same
/// content in every row move to the heading, then the least important columns go (among equals, the one
/// further right), except the last two: before these go, the columns that distinguish rows are narrowed
/// further, and one of the two stays.
pub(super) fn fit(asks: &[ColumnNeed], room: usize) -> Vec<Placement> {
    let mut places = vec![Placement::Nowhere; asks.len()];
    let mut shown: Vec<(usize, &ColumnNeed)> = asks.iter().enumerate().collect();
    while least(&shown) > room {
        let Some(at) = next_to_go(&shown, Stay::WhileThereIsRoom) else { break };
        let (column, _) = shown.remove(at);
        places.iter_mut().skip(column).take(1).for_each(|place| *place = Placement::Heading);
    }
    let figures =
        |shown: &[(usize, &ColumnNeed)]| shown.iter().filter(|(_, ask)| ask.stay == Stay::ByImportance).count();
    let is_enough = |shown: &[(usize, &ColumnNeed)]| match figures(shown) {
        0 | 1 => total(shown.iter().map(|(_, ask)| ask.lowest)) <= room,
        2 => total(shown.iter().map(|(_, ask)| ask.floor)) <= room,
        _ => false,
    };
    while least(&shown) > room && !is_enough(&shown) {
        let Some(at) = next_to_go(&shown, Stay::ByImportance) else { break };
        shown.remove(at);
    }
    // A column needs at least one character, and a gap before it.
    while total(shown.iter().map(|_| 1)) > room && shown.len() > 1 {
        shown.pop();
    }
    for ((column, _), width) in shown.iter().zip(shrink(&shown, room)) {
        places.iter_mut().skip(*column).take(1).for_each(|place| *place = Placement::Column(width));
    }
    places
}

fn next_to_go(shown: &[(usize, &ColumnNeed)], stay: Stay) -> Option<usize> {
    let dispensable = shown.iter().enumerate().rev().filter(|(_, (_, ask))| ask.stay == stay);
    dispensable.min_by_key(|(_, (_, ask))| ask.importance).map(|(at, _)| at)
}

fn least(shown: &[(usize, &ColumnNeed)]) -> usize {
    total(shown.iter().map(|(_, ask)| ask.least))
}

/// The widths at which the columns fit into `room`, if possible.
fn shrink(shown: &[(usize, &ColumnNeed)], room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = shown.iter().map(|(_, ask)| ask.width).collect();
    let limits: [fn(&ColumnNeed) -> usize; 4] = [|ask| ask.least, |ask| ask.floor, |ask| ask.lowest, |_| 1];
    for limit in limits {
        while total(widths.iter().copied()) > room {
            let columns = widths.iter_mut().zip(shown).filter(|(width, (_, ask))| **width > limit(ask));
            let Some((width, _)) = columns.max_by_key(|(width, _)| **width) else { break };
            *width = width.saturating_sub(1);
        }
    }
    widths
}

/// The width of a line with columns of these widths.
fn total(widths: impl Iterator<Item = usize>) -> usize {
    widths.reduce(|line, width| line.saturating_add(usize::from(GAP)).saturating_add(width)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Placement::{Column, Heading, Nowhere};
    use super::*;

    fn ask(width: usize, least: usize, importance: u8) -> ColumnNeed {
        ColumnNeed { width, least, floor: least, lowest: least, importance, stay: Stay::ByImportance }
    }

    fn key(width: usize, floor: usize) -> ColumnNeed {
        ColumnNeed { width, least: width, floor, lowest: floor.min(4), importance: 0, stay: Stay::Always }
    }

    fn common(width: usize, importance: u8) -> ColumnNeed {
        ColumnNeed { stay: Stay::WhileThereIsRoom, ..ask(width, width, importance) }
    }

    #[test]
    fn columns_that_fit_get_what_they_ask_for() {
        assert_eq!(fit(&[key(4, 4), common(20, 1)], 26), [Column(4), Column(20)]); // 4 + 2 + 20
        assert_eq!(fit(&[], 0), []);
    }

    #[test]
    fn the_widest_gives_way_first() {
        // 4 + 2 + 30 + 2 + 14 = 52; 10 less for the widest
        let asks = [key(4, 4), ask(30, 10, 1), ask(14, 10, 1)];
        assert_eq!(fit(&asks, 42), [Column(4), Column(20), Column(14)]);
        // 4 + 2 + 12 + 2 + 12 = 32
        assert_eq!(fit(&asks, 32), [Column(4), Column(12), Column(12)]);
    }

    #[test]
    fn then_what_is_the_same_everywhere_goes_into_the_heading() {
        let asks = [key(4, 4), common(9, 90), common(3, 80), ask(8, 8, 7)];
        // 4 + 2 + 9 + 2 + 3 + 2 + 8 = 30; without the third 25, without both 14
        assert_eq!(fit(&asks, 29), [Column(4), Column(9), Heading, Column(8)]);
        assert_eq!(fit(&asks, 24), [Column(4), Heading, Heading, Column(8)]);
    }

    #[test]
    fn then_the_least_important_goes_and_makes_room_for_the_others() {
        let asks = [key(4, 4), ask(30, 10, 5), ask(9, 9, 3), ask(8, 8, 7)];
        // 4 + 2 + 10 + 2 + 9 + 2 + 8 = 37 is the least for all; without the third 4 + 2 + 20 + 2 + 8 = 36
        assert_eq!(fit(&asks, 37), [Column(4), Column(10), Column(9), Column(8)]);
        assert_eq!(fit(&asks, 36), [Column(4), Column(20), Nowhere, Column(8)]);
    }

    #[test]
    fn of_two_equally_important_columns_the_right_one_goes() {
        assert_eq!(fit(&[key(4, 4), ask(5, 5, 1), ask(5, 5, 1)], 15), [Column(4), Column(5), Nowhere]);
    }

    #[test]
    fn what_tells_rows_apart_is_made_narrower_before_the_last_two_figures_go() {
        let asks = [key(12, 6), key(12, 6), ask(9, 9, 5), ask(9, 9, 6)];
        // 8 + 2 + 8 + 2 + 9 + 2 + 9 = 40, and 6 + 2 + 6 + 2 + 9 + 2 + 9 = 36
        assert_eq!(fit(&asks, 40), [Column(8), Column(8), Column(9), Column(9)]);
        assert_eq!(fit(&asks, 35), [Column(11), Column(11), Nowhere, Column(9)]);
        // A third one is not worth a name: 12 + 2 + 12 + 2 + 9 + 2 + 9 = 48
        assert_eq!(
            fit(&[key(12, 6), key(12, 6), ask(9, 9, 4), ask(9, 9, 5), ask(9, 9, 6)], 50),
            [Column(12), Column(12), Nowhere, Column(9), Column(9)]
        );
        // 6 + 2 + 6 + 2 + 9 = 25
        assert_eq!(fit(&asks, 25), [Column(6), Column(6), Nowhere, Column(9)]);
        // Half of a name for the last one: 4 + 2 + 4 + 2 + 9 = 21
        assert_eq!(fit(&asks, 24), [Column(6), Column(5), Nowhere, Column(9)]);
        assert_eq!(fit(&asks, 20), [Column(9), Column(9), Nowhere, Nowhere]);
        assert_eq!(fit(&asks, 4), [Column(1), Column(1), Nowhere, Nowhere]);
    }

    #[test]
    fn the_first_column_stays_even_where_it_has_no_room() {
        assert_eq!(fit(&[key(12, 12), ask(5, 5, 9)], 7), [Column(7), Nowhere]);
        assert_eq!(fit(&[key(12, 12), ask(5, 5, 9)], 1), [Column(1), Nowhere]);
    }
}
