//! Owns which slot of a virtual table shows which row: pure arithmetic.
//!
//! A fixed pool of row elements is recycled: the row at position `p` of the order stands in slot `p mod pool`, so that
//! scrolling by one row changes one slot. A row that has the focus is held: its slot keeps it wherever the page
//! scrolls, and one spare slot stands in for the row that would have come there.

use std::ops::Range;

/// Rows drawn beyond each edge of the window, so that a fast scroll meets rows, not gaps.
pub const OVERSCAN: usize = 8;

/// How many slots a window of this height needs, the spare one not counted. At least one row is assumed to be 1 px.
pub fn pool_size(window_px: f64, row_px: f64) -> usize {
    rows_in(window_px.max(0.0), row_px) + 2 + 2 * OVERSCAN
}

/// The positions to draw: those in the window and [`OVERSCAN`] more on each side.
///
/// `scrolled_px` is how far the top of the first row is above the top of the window; negative when below it.
pub fn range(scrolled_px: f64, window_px: f64, row_px: f64, count: usize) -> Range<usize> {
    let first = rows_in(scrolled_px.max(0.0), row_px).min(count);
    let beyond = rows_in((scrolled_px + window_px).max(0.0), row_px)
        .saturating_add(1)
        .min(count);
    first.saturating_sub(OVERSCAN)..beyond.saturating_add(OVERSCAN).min(count)
}

/// Whole rows in a length.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "never negative, and saturating"
)]
fn rows_in(length_px: f64, row_px: f64) -> usize {
    (length_px / row_px.max(1.0)) as usize
}

/// Which position each slot shows; the last of the `pool + 1` slots is the spare one.
///
/// `held` is the slot that must keep its row, and the position of that row.
pub fn assign(range: Range<usize>, pool: usize, held: Option<(usize, usize)>) -> Vec<Option<usize>> {
    let mut slots = vec![None; pool + 1];
    if pool == 0 {
        return slots;
    }
    // More rows than slots cannot be drawn: those at the end are left out.
    let end = range.end.min(range.start.saturating_add(pool));
    for position in range.start..end {
        if held.is_some_and(|(_, kept)| kept == position) {
            continue;
        }
        let natural = position % pool;
        let slot = if held.is_some_and(|(slot, _)| slot == natural) {
            pool
        } else {
            natural
        };
        if let Some(place) = slots.get_mut(slot) {
            *place = Some(position);
        }
    }
    if let Some((slot, kept)) = held
        && let Some(place) = slots.get_mut(slot)
    {
        *place = Some(kept);
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: f64 = 48.0;

    fn shown(slots: &[Option<usize>]) -> Vec<usize> {
        let mut all: Vec<_> = slots.iter().flatten().copied().collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn the_range_is_the_window_and_eight_rows_on_each_side() {
        assert_eq!(range(0.0, 480.0, ROW, 1000), 0..19);
        assert_eq!(range(4800.0, 480.0, ROW, 1000), 92..119);
        assert_eq!(range(1000.0 * ROW - 480.0, 480.0, ROW, 1000), 982..1000);
    }

    #[test]
    fn a_table_below_or_above_the_window_still_has_a_range() {
        assert_eq!(range(-300.0, 480.0, ROW, 1000), 0..12);
        assert_eq!(range(-9000.0, 480.0, ROW, 1000), 0..9);
        assert_eq!(range(1.0e9, 480.0, ROW, 10), 2..10);
        assert_eq!(range(0.0, 480.0, ROW, 0), 0..0);
    }

    #[test]
    fn the_pool_holds_every_range() {
        for window in [1.0, 320.0, 481.0, 900.5, 2160.0] {
            for row in [32.0, 48.0, 64.0, 97.3] {
                let pool = pool_size(window, row);
                for step in 0..500 {
                    let range = range(f64::from(step) * 7.7, window, row, 10_000);
                    assert!(range.len() <= pool, "{range:?} in {pool}");
                }
            }
        }
    }

    #[test]
    fn scrolling_by_one_row_changes_one_slot() {
        let before = assign(10..40, 30, None);
        let after = assign(11..41, 30, None);
        assert_eq!(before.iter().zip(&after).filter(|(a, b)| a != b).count(), 1);
    }

    #[test]
    fn every_position_is_shown_once() {
        let slots = assign(95..125, 30, None);
        assert_eq!(shown(&slots), (95..125).collect::<Vec<_>>());
        assert_eq!(slots[30], None);
    }

    #[test]
    fn a_held_row_keeps_its_slot_out_of_range_and_nothing_goes_missing() {
        let slots = assign(500..530, 30, Some((7, 7)));
        assert_eq!(slots[7], Some(7));
        assert_eq!(slots[30], Some(517), "the spare slot stands in");
        assert_eq!(shown(&slots).len(), 31);
    }

    #[test]
    fn a_held_row_in_range_is_not_shown_twice() {
        assert_eq!(shown(&assign(0..30, 30, Some((7, 7)))), (0..30).collect::<Vec<_>>());
    }

    #[test]
    fn the_spare_slot_itself_can_be_held() {
        let slots = assign(900..930, 30, Some((30, 517)));
        assert_eq!(slots[30], Some(517));
        assert_eq!(shown(&slots).len(), 31);
        let back = assign(500..530, 30, Some((30, 517)));
        assert_eq!(shown(&back), (500..530).collect::<Vec<_>>());
    }

    #[test]
    fn a_row_that_moved_keeps_its_slot_at_its_new_position() {
        let slots = assign(0..30, 30, Some((7, 22)));
        assert_eq!(slots[7], Some(22));
        assert_eq!(shown(&slots), (0..30).collect::<Vec<_>>());
    }

    #[test]
    fn without_slots_or_rows_nothing_is_shown() {
        assert_eq!(assign(0..0, 30, None).iter().flatten().count(), 0);
        assert_eq!(assign(0..10, 0, None), [None]);
    }
}
