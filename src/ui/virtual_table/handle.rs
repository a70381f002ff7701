//! Which rows are drawn and where the page is scrolled to: the machine behind the table, and the caller's grip on it.

use super::document_order::{self, slot_of};
use super::opening::STEP;
use super::window::{top_of, window_height};
use crate::ui::row_pool::{assign, pool_size, range};
use crate::ui::support::{focus, px};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Before the first row was measured, px.
const ASSUMED_ROW: f64 = 48.0;
/// A row that has left what is drawn by no more stays until its slot is needed: to hide it and to show the slot again a
/// frame later would cost a layout of all its cells.
const LINGER: usize = 2;
/// Without a scroll for so long the page is at rest.
const REST: Duration = Duration::from_millis(150);

/// A place in the list: a row and how far its top edge is above that of the window, px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Anchor {
    /// The position of the row in the order.
    pub index: usize,
    /// How much of it is scrolled away.
    pub offset: f64,
}

type Slot = RwSignal<Option<usize>>;

/// What belongs to the element; browser objects stay on their thread.
struct Inner {
    body: HtmlElement,
    owner: Owner,
}

/// The caller's grip on a [`VirtualTable`](super::VirtualTable). Copy it freely; before the table is drawn and after
/// it is gone every call does nothing.
#[derive(Clone, Copy)]
pub struct TableHandle {
    slots: RwSignal<Vec<Slot>>,
    pub(super) row: RwSignal<f64>,
    count: StoredValue<Signal<usize>>,
    inner: StoredValue<Option<Inner>, LocalStorage>,
    pub(super) pending: StoredValue<Option<Anchor>>,
    rest: StoredValue<Option<TimeoutHandle>>,
    pub(super) scrolled_to: StoredValue<Option<Anchor>>,
    moved: StoredValue<bool>,
    height: StoredValue<f64>,
    /// How many rows may be shown by now: see `opening`.
    pub(super) opened: StoredValue<usize>,
    /// What was measured last: how far the list is scrolled, and the height of the window.
    pub(super) seen: StoredValue<Option<(f64, f64)>>,
}

impl Default for TableHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl TableHandle {
    /// A grip on a table that is yet to be drawn. It belongs to the owner that is current.
    pub fn new() -> Self {
        Self {
            slots: RwSignal::new(Vec::new()),
            row: RwSignal::new(ASSUMED_ROW),
            count: StoredValue::new(Signal::stored(0)),
            inner: StoredValue::new_local(None),
            pending: StoredValue::new(None),
            rest: StoredValue::new(None),
            scrolled_to: StoredValue::new(None),
            moved: StoredValue::new(false),
            height: StoredValue::new(-1.0),
            opened: StoredValue::new(0),
            seen: StoredValue::new(None),
        }
    }

    /// Scrolls to a place, at once if the row is there already, else as soon as it is.
    pub fn restore(self, anchor: Anchor) {
        let _ = self.pending.try_update_value(|pending| *pending = Some(anchor));
        self.update();
    }

    /// Scrolls no further than needed to show a whole row between the sticky head and what covers the bottom.
    pub fn scroll_to(self, index: usize) {
        let (Some(scrolled), Some(row)) = (self.scrolled_px(), self.row.try_get_untracked()) else {
            return;
        };
        let (head, foot) = self.covered_px();
        let top = top_of(index, row) - scrolled;
        let room = window_height() - foot;
        if top < head {
            self.scroll_by(top - head);
        } else if top + row > room {
            self.scroll_by(top + row - room);
        }
        self.update();
    }

    /// Scrolls to a row and gives the focus to the first link or control in it.
    pub fn focus(self, index: usize) {
        self.scroll_to(index);
        // The row may have been hidden until now, and what is hidden takes no focus.
        request_animation_frame(move || {
            let Some(row) = self.element(index) else { return };
            if let Some(target) = focus::find(&row, ".row-link").or_else(|| focus::find(&row, "a[href], button, input"))
            {
                focus::focus_in_place(&target);
            }
        });
    }

    /// Scrolls to the top of the list, if it is above the window: after another search.
    pub fn scroll_to_top(self) {
        if self.at_top() {
            return;
        }
        if let Some(scrolled) = self.scrolled_px()
            && scrolled > 0.0
        {
            self.scroll_by(-scrolled);
            self.update();
        }
    }

    /// Call after the order has changed (and `count` with it), with where the row at an old position is now.
    ///
    /// The row that has the focus keeps it. That row, else the one under the pointer, else the one at the upper edge,
    /// stays where it is on screen; at the top of the list there is nothing else to keep, and the new first rows show.
    pub fn reordered(self, moved_to: impl Fn(usize) -> Option<usize>) {
        let held = self.held();
        let anchor = held
            .map(|(_, index)| index)
            .or_else(|| self.pointed_at())
            .or_else(|| (!self.at_top()).then(|| self.anchor().map(|anchor| anchor.index))?);
        let (Some(before), Some(row)) = (anchor, self.row.try_get_untracked()) else {
            return self.update();
        };
        let Some(after) = moved_to(before) else {
            return self.update();
        };
        if let Some((slot, _)) = held {
            self.show_in(slot, Some(after));
        }
        self.set_height();
        if before != after {
            self.scroll_by(top_of(after, row) - top_of(before, row));
        }
        self.update();
    }

    pub(super) fn slots(self) -> RwSignal<Vec<Slot>> {
        self.slots
    }

    pub(super) fn row_height(self) -> RwSignal<f64> {
        self.row
    }

    pub(super) fn start(self, count: Signal<usize>) {
        let _ = self.count.try_update_value(|known| *known = count);
    }

    pub(super) fn mounted(self, body: &HtmlElement) {
        let Some(owner) = Owner::current() else { return };
        // Slots made while scrolling must live as long as the table, not as long as this effect's run.
        let owner = owner.parent().unwrap_or(owner);
        let inner = Inner {
            body: body.clone(),
            owner,
        };
        let _ = self.inner.try_update_value(|known| *known = Some(inner));
        if self.rows() == Some(0) {
            // Nothing to show yet: the page that is just being drawn comes first.
            set_timeout(move || self.update(), Duration::ZERO);
        } else {
            self.update();
        }
    }

    pub(super) fn stop(self) {
        let _ = self.inner.try_update_value(|inner| *inner = None);
        let _ = self.height.try_update_value(|height| *height = -1.0);
        let _ = self.opened.try_update_value(|opened| *opened = 0);
        self.forget_seen();
        let _ = self.slots.try_update_untracked(Vec::clear);
        if let Some(timer) = self.rest.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    pub(super) fn scrolled(self) {
        self.forget_seen();
        let _ = self.moved.try_update_value(|moved| *moved = true);
        self.update();
        let place = self.seen().and_then(|(scrolled, _)| self.anchor_at(scrolled));
        let _ = self.scrolled_to.try_update_value(|known| *known = place);
        self.settle_at_rest();
    }

    pub(super) fn resized(self) {
        self.forget_seen();
        self.update();
    }

    /// The height of a row, px; 0 while the row that is measured is not shown.
    pub(super) fn measured(self, height: f64) {
        let Some(known) = self.row.try_get_untracked() else {
            return;
        };
        if height < 1.0 {
            return;
        }
        let is = |other: f64| (height - other).abs() < 0.01;
        // Rows are as high as the style sheet has them until they are told otherwise, which costs the style of all.
        if !(is(known) && is(ASSUMED_ROW))
            && let Some(body) = self.body()
        {
            let _ = body.style().set_property("--vt-row", &px(height));
        }
        if is(known) {
            return;
        }
        self.forget_seen();
        let anchor = self.anchor();
        self.row.set(height);
        self.set_height();
        if let Some(anchor) = anchor {
            self.jump(anchor);
        }
        self.update();
    }

    /// Gives every slot the row it should show now.
    pub(super) fn update(self) {
        let (Some(count), Some(row)) = (self.rows(), self.row.try_get_untracked()) else {
            return;
        };
        self.set_height();
        let mut is_at_top = self.is_to_open();
        if let Some(anchor) = self.pending.try_get_value().flatten()
            && anchor.index < count
        {
            let _ = self.pending.try_update_value(Option::take);
            self.jump(anchor);
            is_at_top = false;
        }
        let seen = if is_at_top {
            Some(self.seen_or_top())
        } else {
            self.seen()
        };
        let Some((scrolled, window)) = seen else { return };
        let there = self.slots.try_with_untracked(Vec::len).unwrap_or_default();
        // Never fewer than before: a slot may have the focus.
        let pool = pool_size(window, row).max(there.saturating_sub(1));
        let opened = if count == 0 { 0 } else { self.opened(scrolled, pool) };
        if there <= pool {
            let step = if count == 0 { there + STEP } else { opened };
            if step > there {
                self.grow(there, step.min(pool + 1));
            }
            if count == 0 {
                // To make all of them takes longer than a frame, and nobody waits for them.
                set_timeout(move || self.update(), Duration::ZERO);
            }
        }
        // A focused row that no longer exists cannot be held.
        let held = self.held().filter(|(_, index)| *index < count);
        let range = range(scrolled, window, row, count.min(opened));
        let near = range.start.saturating_sub(LINGER)..range.end.saturating_add(LINGER).min(count);
        let wanted = assign(range, pool, held);
        for (slot, index) in wanted.iter().enumerate() {
            let stays = || {
                self.shown_in(slot)
                    .filter(|shown| near.contains(shown) && !wanted.contains(&Some(*shown)))
            };
            self.show_in(slot, index.or_else(stays));
        }
        self.settle_at_rest();
    }

    /// Puts the row elements into the order in which they are seen, for Tab and for screen readers.
    pub(super) fn settle(self) {
        let (Some(body), Some(slots)) = (self.body(), self.slots.try_get_untracked()) else {
            return;
        };
        document_order::settle(&body, |slot| slots.get(slot)?.try_get_untracked()?);
    }

    fn settle_at_rest(self) {
        if self.rest.try_with_value(Option::is_some) != Some(false) {
            return;
        }
        let timer = set_timeout_with_handle(
            move || {
                let _ = self.rest.try_update_value(Option::take);
                if self.moved.try_update_value(std::mem::take) == Some(true) {
                    self.settle_at_rest();
                } else {
                    self.settle();
                }
            },
            REST,
        );
        let _ = self.rest.try_update_value(|rest| *rest = timer.ok());
    }

    fn shown_in(self, slot: usize) -> Option<usize> {
        self.slots
            .try_with_untracked(|slots| slots.get(slot)?.try_get_untracked()?)?
    }

    fn show_in(self, slot: usize, index: Option<usize>) {
        let signal = self
            .slots
            .try_with_untracked(|slots| slots.get(slot).copied())
            .flatten();
        if let Some(signal) = signal
            && signal.try_get_untracked().is_some_and(|shown| shown != index)
        {
            signal.set(index);
        }
    }

    /// Makes more slots: as many as `wanted`, where `there` are.
    fn grow(self, there: usize, wanted: usize) {
        let owner = self
            .inner
            .try_with_value(|inner| inner.as_ref().map(|inner| inner.owner.clone()))
            .flatten();
        let Some(owner) = owner else { return };
        let more: Vec<Slot> = owner.with(|| (there..wanted).map(|_| RwSignal::new(None)).collect());
        let _ = self.slots.try_update(|slots| slots.extend(more));
    }

    /// The slot that has the focus, and its row.
    fn held(self) -> Option<(usize, usize)> {
        let body = self.body()?;
        let active = focus::active().filter(|active| body.contains(Some(active)))?;
        let slot = slot_of(&active.closest("[data-slot]").ok()??.dyn_into().ok()?)?;
        let signal = self.slots.try_with_untracked(|slots| slots.get(slot).copied())??;
        Some((slot, signal.try_get_untracked()??))
    }

    /// The row under the pointer: a click that is on its way must not meet its neighbour.
    fn pointed_at(self) -> Option<usize> {
        let body = self.body()?;
        let row = focus::find(&body, ":scope > [data-slot]:hover")?;
        self.shown_in(slot_of(&row)?)
    }

    fn element(self, index: usize) -> Option<HtmlElement> {
        let slot = self.slots.try_with_untracked(|slots| {
            slots
                .iter()
                .position(|slot| slot.try_get_untracked().flatten() == Some(index))
        })??;
        let body = self.body()?;
        focus::find_all(&body, ":scope > [data-slot]")
            .into_iter()
            .find(|row| slot_of(row) == Some(slot))
    }

    pub(super) fn body(self) -> Option<HtmlElement> {
        self.inner
            .try_with_value(|inner| inner.as_ref().map(|inner| inner.body.clone()))
            .flatten()
    }

    pub(super) fn rows(self) -> Option<usize> {
        self.count.try_get_value()?.try_get_untracked()
    }

    /// Makes the group of rows as high as all of them. Only when that changed: it is asked for at every scroll.
    fn set_height(self) {
        let (Some(body), Some(count), Some(row)) = (self.body(), self.rows(), self.row.try_get_untracked()) else {
            return;
        };
        let height = top_of(count, row);
        let is_news = self
            .height
            .try_update_value(|known| std::mem::replace(known, height).to_bits() != height.to_bits());
        if is_news == Some(true) {
            let _ = body.style().set_property("block-size", &px(height));
        }
    }
}
