//! The table and the window it scrolls in: what is measured, and scrolling.

use super::handle::{Anchor, TableHandle};
use leptos::prelude::*;
use web_sys::{ScrollBehavior, ScrollToOptions};

impl TableHandle {
    /// The row at the upper edge of the window. `None` while the top of the list shows: there is nothing to keep.
    pub fn anchor(self) -> Option<Anchor> {
        self.anchor_at(self.scrolled_px()?)
    }

    /// The same at the last scroll of the window; `None` also before the first.
    pub fn scrolled_to(self) -> Option<Anchor> {
        self.scrolled_to.try_get_value().flatten()
    }

    pub(super) fn anchor_at(self, scrolled: f64) -> Option<Anchor> {
        let row = self.row.try_get_untracked()?;
        let count = self.rows()?;
        if scrolled <= 0.0 || count == 0 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive, and saturating"
        )]
        let index = ((scrolled / row) as usize).min(count - 1);
        Some(Anchor {
            index,
            offset: scrolled - top_of(index, row),
        })
    }

    /// How far the list was scrolled when that was last asked, and the height of the window, px. To ask costs a layout
    /// of all that was written since the last frame, and only scrolling and a resize change it by more than the rows
    /// that are drawn beyond the edges.
    pub(super) fn seen(self) -> Option<(f64, f64)> {
        if let Some(seen) = self.seen.try_get_value().flatten() {
            return Some(seen);
        }
        let seen = (self.scrolled_px()?, window_height());
        let _ = self.seen.try_update_value(|known| *known = Some(seen));
        Some(seen)
    }

    /// The same without asking: what is not known is taken for the top of the list.
    pub(super) fn seen_or_top(self) -> (f64, f64) {
        let seen = self.seen.try_get_value().flatten();
        seen.unwrap_or_else(|| (0.0, window_height()))
    }

    pub(super) fn forget_seen(self) {
        let _ = self.seen.try_update_value(|seen| *seen = None);
    }

    /// Call before the table is drawn anew, with other columns: it opens where it is now.
    pub fn keep_place(self) {
        let anchor = self.anchor();
        let _ = self.pending.try_update_value(|pending| *pending = anchor);
    }

    /// Whether the top of the list shows, as far as was seen.
    pub(super) fn at_top(self) -> bool {
        self.seen().is_some_and(|(scrolled, _)| scrolled <= 0.0)
    }

    /// Scrolls the window, at once.
    pub(super) fn scroll_by(self, distance: f64) {
        let options = ScrollToOptions::new();
        options.set_top(distance);
        options.set_behavior(ScrollBehavior::Instant);
        window().scroll_by_with_scroll_to_options(&options);
        self.forget_seen();
    }

    /// How far the top of the first row is above the top of the window, px.
    pub(super) fn scrolled_px(self) -> Option<f64> {
        Some(-self.body()?.get_bounding_client_rect().top())
    }

    /// What lies over the list at the top (the sticky head) and at the bottom, px.
    pub(super) fn covered_px(self) -> (f64, f64) {
        let head = self.body().and_then(|body| body.previous_element_sibling());
        let head = head.map_or(0.0, |head| head.get_bounding_client_rect().height());
        let style = document()
            .document_element()
            .and_then(|root| window().get_computed_style(&root).ok()?);
        let foot = style.and_then(|style| style.get_property_value("scroll-padding-bottom").ok());
        (
            head,
            foot.and_then(|foot| foot.trim_end_matches("px").parse().ok())
                .unwrap_or_default(),
        )
    }

    pub(super) fn jump(self, anchor: Anchor) {
        if let (Some(scrolled), Some(row)) = (self.scrolled_px(), self.row.try_get_untracked()) {
            self.scroll_by(top_of(anchor.index, row) + anchor.offset - scrolled);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "below 2^52 rows nothing is lost")]
pub(super) fn top_of(index: usize, row: f64) -> f64 {
    index as f64 * row
}

pub(super) fn window_height() -> f64 {
    window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or_default()
}
