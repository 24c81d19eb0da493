//! Who gets how much of a line.

/// Blanks between two columns.
pub(super) const GAP: u16 = 2;

/// What a column would like to have.
pub(super) struct Ask {
    /// The width of its widest cell.
    pub(super) width: usize,
    /// The width that it can still live with.
    pub(super) least: usize,
    /// The greater, the longer it stays.
    pub(super) importance: u8,
}

/// The width of each column on a line of `room`, `None` for a column that has to go.
///
/// Columns that can give way do so, the widest first. Only if that is not enough do whole columns
/// go, the least important first (of equals, the one further right); the first one stays always,
/// in what room there is.
pub(super) fn fit(asks: &[Ask], room: usize) -> Vec<Option<usize>> {
    let mut shown: Vec<(usize, &Ask)> = asks.iter().enumerate().collect();
    while total(shown.iter().map(|(_, ask)| ask.least)) > room {
        let dispensable = shown.iter().enumerate().skip(1).rev().min_by_key(|(_, (_, ask))| ask.importance);
        let Some((place, _)) = dispensable else { break };
        shown.remove(place);
    }
    let mut widths = vec![None; asks.len()];
    for ((column, _), width) in shown.iter().zip(shrink(&shown, room)) {
        if let Some(slot) = widths.get_mut(*column) {
            *slot = Some(width);
        }
    }
    widths
}

/// The widths of columns whose least widths fit into `room`, or of a single one.
fn shrink(shown: &[(usize, &Ask)], room: usize) -> Vec<usize> {
    let mut columns: Vec<(usize, usize)> = shown.iter().map(|(_, ask)| (ask.width, ask.least.min(room))).collect();
    while total(columns.iter().map(|(width, _)| *width)) > room {
        let widest = columns.iter_mut().filter(|(width, least)| width > least).max_by_key(|(width, _)| *width);
        let Some((width, _)) = widest else { break };
        *width = width.saturating_sub(1);
    }
    columns.into_iter().map(|(width, _)| width).collect()
}

/// The width of a line with columns of these widths.
fn total(widths: impl Iterator<Item = usize>) -> usize {
    widths.reduce(|line, width| line.saturating_add(usize::from(GAP)).saturating_add(width)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(width: usize, least: usize, importance: u8) -> Ask {
        Ask { width, least, importance }
    }

    #[test]
    fn columns_that_fit_get_what_they_ask_for() {
        assert_eq!(fit(&[ask(4, 4, 9), ask(20, 10, 1)], 26), [Some(4), Some(20)]); // 4 + 2 + 20
        assert_eq!(fit(&[], 0), []);
    }

    #[test]
    fn the_widest_gives_way_first() {
        // 4 + 2 + 30 + 2 + 14 = 52; 10 less for the widest
        assert_eq!(fit(&[ask(4, 4, 9), ask(30, 10, 1), ask(14, 10, 1)], 42), [Some(4), Some(20), Some(14)]);
        // 4 + 2 + 12 + 2 + 12 = 32
        assert_eq!(fit(&[ask(4, 4, 9), ask(30, 10, 1), ask(14, 10, 1)], 32), [Some(4), Some(12), Some(12)]);
    }

    #[test]
    fn then_the_least_important_goes_and_makes_room_for_the_others() {
        let asks = [ask(4, 4, 0), ask(30, 10, 5), ask(9, 9, 3), ask(8, 8, 7)];
        // 4 + 2 + 10 + 2 + 9 + 2 + 8 = 37 is the least for all; without the third 4 + 2 + 20 + 2 + 8 = 36
        assert_eq!(fit(&asks, 37), [Some(4), Some(10), Some(9), Some(8)]);
        assert_eq!(fit(&asks, 36), [Some(4), Some(20), None, Some(8)]);
    }

    #[test]
    fn of_two_equally_important_columns_the_right_one_goes() {
        assert_eq!(fit(&[ask(4, 4, 0), ask(5, 5, 1), ask(5, 5, 1)], 15), [Some(4), Some(5), None]);
    }

    #[test]
    fn the_first_column_stays_even_where_it_has_no_room() {
        assert_eq!(fit(&[ask(12, 12, 0), ask(5, 5, 9)], 7), [Some(7), None]);
        assert_eq!(fit(&[ask(12, 12, 0), ask(5, 5, 9)], 1), [Some(1), None]);
    }
}
