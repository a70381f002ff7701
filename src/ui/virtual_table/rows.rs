//! The rows: slots of the pool, each an element that shows whichever row it is given.

use super::column::{RowCells, RowSlot};
use super::handle::TableHandle;
use super::window::top_of;
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use crate::ui::support::effect;
use crate::ui::support::keyed::keyed;
use crate::ui::support::px;
use crate::ui::support::written::{set_attribute, written};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{KeyboardEvent, ResizeObserver};

/// The group of rows, as high as all of them together.
#[component]
pub(super) fn Rows(
    classes: Arc<[String]>,
    cells: RowCells,
    count: Signal<usize>,
    selected: Option<Callback<usize, bool>>,
    handle: TableHandle,
) -> Drawn {
    let body = NodeRef::<html::Div>::new();
    handle.start(count);
    effect(move || {
        if let Some(body) = body.get() {
            handle.mounted(&body);
        }
    });
    let mut drawn = false;
    effect(move || {
        count.track();
        // Before any change the table is looked after where it is mounted.
        if std::mem::replace(&mut drawn, true) {
            handle.update();
        }
    });
    let listeners = [
        window_event_listener(leptos::ev::scroll, move |_| handle.scrolled()),
        window_event_listener(leptos::ev::resize, move |_| handle.resized()),
    ];
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
        handle.stop();
    });
    let slots = handle.slots();
    let line = move |(slot, index): (usize, RwSignal<Option<usize>>)| {
        let (classes, cells) = (Arc::clone(&classes), cells.clone());
        let line = move || row(slot, index, &classes, &cells, selected, handle);
        (slot.to_string(), ContentFn::from(line))
    };
    let rows = keyed(move || slots.get().into_iter().enumerate().map(&line).collect());
    view! {
        <div
            class="vt-body"
            role="rowgroup"
            node_ref=body
            on:keydown=move |event: KeyboardEvent| {
                // Before the focus moves on, the rows must follow each other in the document as they do on screen.
                if event.key() == "Tab" {
                    handle.settle();
                }
            }
        >
            {rows}
        </div>
    }
    .draw()
}

fn row(
    slot: usize,
    index: RwSignal<Option<usize>>,
    classes: &[String],
    cells: &RowCells,
    selected: Option<Callback<usize, bool>>,
    handle: TableHandle,
) -> Drawn {
    let node = NodeRef::<html::Div>::new();
    // All rows have one height; the first slot stands for them.
    if slot == 0 {
        watch_height(node, handle);
    }
    let height = handle.row_height();
    let cells: Vec<_> = cells
        .draw(RowSlot { index })
        .into_iter()
        .zip(classes)
        .map(|(content, class)| {
            view! {
                <div class=class.clone() role="cell">
                    {content}
                </div>
            }
            .draw()
        })
        .collect();
    let row = view! {
        <div class="vt-row" role="row" data-slot=slot.to_string() node_ref=node>
            {cells}
        </div>
    }
    .draw();
    let Some(element) = node.get_untracked() else {
        return row;
    };
    let style = web_sys::HtmlElement::style(&element);
    written(row, move || {
        let (index, height) = (index.get(), height.get());
        element.set_hidden(index.is_none());
        let number = index.map(|index| (index + 2).to_string());
        set_attribute(&element, "aria-rowindex", number.as_deref());
        if let Some(selected) = selected {
            let is_selected = index.is_some_and(|index| selected.run(index));
            let _ = element.class_list().toggle_with_force("vt-selected", is_selected);
        }
        let mut place = String::from("translateY(");
        place.push_str(&px(top_of(index.unwrap_or_default(), height)));
        place.push(')');
        let _ = style.set_property("transform", &place);
    })
}

/// Tells the handle how high a row is, now and whenever that changes (text size, breakpoint).
fn watch_height(node: NodeRef<html::Div>, handle: TableHandle) {
    let watch = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    effect(move || {
        let Some(row) = node.get() else { return };
        let measured = row.clone();
        let closure =
            Closure::<dyn FnMut()>::new(move || handle.measured(measured.get_bounding_client_rect().height()));
        if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            observer.observe(&row);
            watch.set_value(Some((observer, closure)));
        }
    });
    on_cleanup(move || {
        if let Some((observer, _)) = watch.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}
