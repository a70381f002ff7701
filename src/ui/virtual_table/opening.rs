//! How a table opens: some rows in each frame, so that they and the page around them hold up nobody.

use super::handle::TableHandle;
use leptos::prelude::*;

/// So many rows come with the page around them, which is work enough for a frame.
const FIRST: usize = 3;
/// So many rows come with every further frame, and so many slots are made at once.
pub(super) const STEP: usize = 8;

impl TableHandle {
    /// How many rows may be shown by now, from the first on. Called with the first rows it opens the table: more may be
    /// shown with every frame, until they fill the `pool`. In the midst of a list, where a reader comes back to, all
    /// may at once.
    pub(super) fn opened(self, scrolled: f64, pool: usize) -> usize {
        let opened = self.opened.try_get_value().unwrap_or_default();
        if scrolled > 0.0 || opened > pool {
            self.open_to(usize::MAX)
        } else if opened == 0 {
            // The next frame is that of these rows.
            request_animation_frame(move || self.open_further());
            self.open_to(FIRST)
        } else {
            opened
        }
    }

    /// Whether the table has yet to show its first rows. Unless it goes to a place at once they are those at the top, and
    /// it need not ask where it is: that costs a layout of the page around it, and the rows one more.
    pub(super) fn is_to_open(self) -> bool {
        self.opened.try_get_value() == Some(0)
    }

    fn open_further(self) {
        request_animation_frame(move || {
            let opened = self.opened.try_get_value().unwrap_or_default();
            if opened == 0 || opened == usize::MAX {
                return;
            }
            self.open_to(opened + STEP);
            self.update();
            self.open_further();
        });
    }

    fn open_to(self, opened: usize) -> usize {
        self.opened.try_set_value(opened);
        opened
    }
}
