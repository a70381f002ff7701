//! The order of the row elements in the document: recycling jumbles it, and Tab and screen readers follow it.

use crate::ui::support::focus;
use web_sys::{HtmlElement, Node};

/// The slot that a row element stands for.
pub(super) fn slot_of(row: &HtmlElement) -> Option<usize> {
    row.get_attribute("data-slot")?.parse().ok()
}

/// Sorts the row elements of `body` by the position that their slot shows; unused ones go to the end.
///
/// The row that has the focus does not move, because that would take it away: the others go around it.
pub(super) fn settle(body: &HtmlElement, position: impl Fn(usize) -> Option<usize>) {
    let mut rows: Vec<(usize, HtmlElement)> = focus::find_all(body, ":scope > [data-slot]")
        .into_iter()
        .map(|row| (slot_of(&row).and_then(&position).unwrap_or(usize::MAX), row))
        .collect();
    if rows.is_sorted_by_key(|(position, _)| *position) {
        return;
    }
    rows.sort_by_key(|(position, _)| *position);
    let fixed = focus::active().and_then(|active| rows.iter().position(|(_, row)| row.contains(Some(&active))));
    let anchor = fixed.and_then(|at| rows.get(at)).map(|(_, row)| row.clone());
    // What comes after the last row: the end marker of the list.
    let end = body.last_child().filter(|last| last.node_type() != Node::ELEMENT_NODE);
    for (at, (_, row)) in rows.iter().enumerate() {
        let before: Option<&Node> = match fixed {
            Some(fixed) if at == fixed => continue,
            Some(fixed) if at < fixed => anchor.as_deref().map(AsRef::as_ref),
            _ => end.as_ref(),
        };
        let _ = body.insert_before(row, before);
    }
}
