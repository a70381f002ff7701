//! The rows: slots of the pool, each an element that shows whichever row it is given.

use super::column::{Column, RowSlot};
use super::handle::TableHandle;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::px;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{KeyboardEvent, ResizeObserver};

/// The group of rows, as high as all of them together.
#[component]
pub(super) fn Rows(
    columns: Signal<Vec<Column>>,
    count: Signal<usize>,
    selected: Option<Callback<usize, bool>>,
    handle: TableHandle,
) -> Drawn {
    let body = NodeRef::<html::Div>::new();
    handle.start(count);
    Effect::new(move |_| {
        if let Some(body) = body.get() {
            handle.mounted(&body);
        }
    });
    Effect::new(move |_| {
        count.track();
        handle.update();
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
            <For
                each=move || slots.get().into_iter().enumerate()
                key=|(slot, _)| *slot
                children=move |(slot, index)| row(slot, index.into(), columns, selected, handle)
            />
        </div>
    }
    .draw()
}

fn row(
    slot: usize,
    index: Signal<Option<usize>>,
    columns: Signal<Vec<Column>>,
    selected: Option<Callback<usize, bool>>,
    handle: TableHandle,
) -> Drawn {
    let node = NodeRef::<html::Div>::new();
    // All rows have one height; the first slot stands for them.
    if slot == 0 {
        watch_height(node, handle);
    }
    let height = handle.row_height();
    let transform = move || {
        #[expect(clippy::cast_precision_loss, reason = "below 2^52 rows nothing is lost")]
        let top = index.get().unwrap_or_default() as f64 * height.get();
        let mut text = String::from("translateY(");
        text.push_str(&px(top));
        text.push(')');
        text
    };
    let cells = move || {
        let slot = RowSlot { index };
        columns
            .get()
            .into_iter()
            .map(|column| {
                let (class, content) = (column.class(), (column.cell)(slot));
                view! {
                    <div class=class role="cell">
                        {content}
                    </div>
                }
                .draw()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div
            class="vt-row"
            class:vt-selected=move || index.get().zip(selected).is_some_and(|(index, selected)| selected.run(index))
            role="row"
            data-slot=slot.to_string()
            aria-rowindex=move || index.get().map(|index| (index + 2).to_string())
            hidden=move || index.get().is_none()
            style:transform=transform
            node_ref=node
        >
            {cells}
        </div>
    }
    .draw()
}

/// Tells the handle how high a row is, now and whenever that changes (text size, breakpoint).
fn watch_height(node: NodeRef<html::Div>, handle: TableHandle) {
    let watch = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move |_| {
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
