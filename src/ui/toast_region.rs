//! Owns the messages at the bottom: two regions that are always there, so that what comes into them is heard.

use super::button::{Button, ButtonKind};
use super::icon::{Icon, glyph};
use super::strip::MessageAction;
use super::support::{Tone, focus, say};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::keyed::{Line, keyed};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// One message.
#[derive(Clone)]
pub struct Toast {
    /// Unlike that of any other message.
    pub id: u64,
    /// How serious.
    pub tone: Tone,
    /// One sentence.
    pub text: TextProp,
    /// At most one thing to do: "Undo".
    pub action: Option<MessageAction>,
}

/// How long a plain success stays. Errors and anything with a button stay until they are closed (WCAG 2.2.1).
const STAY: Duration = Duration::from_secs(6);
/// More than these would hide the page.
const MOST: usize = 3;

/// The messages, newest last. The caller owns the list; the region takes no more than the newest three from it.
#[component]
pub fn ToastRegion(
    /// All that are there.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// Called when one should go: closed, acted on, or its time is over.
    #[prop(into)]
    on_leave: Callback<u64>,
    /// The name of the × button.
    #[prop(into)]
    close_label: TextProp,
) -> Drawn {
    let of = move |urgent: bool| {
        let close_label = close_label.clone();
        let line = move |toast: Toast| -> Line {
            let (key, close_label) = (toast.id.to_string(), close_label.clone());
            let line =
                move || view! { <Message toast=toast.clone() on_leave=on_leave close_label=close_label.clone() /> };
            (key, line.into())
        };
        keyed(move || {
            let newest = toasts.with(|all| all.get(all.len().saturating_sub(MOST)..).unwrap_or_default().to_vec());
            let wanted = newest
                .into_iter()
                .filter(|toast| (toast.tone == Tone::Danger) == urgent);
            wanted.map(&line).collect()
        })
    };
    view! {
        <div class="toasts">
            <div role="alert" aria-atomic="false">
                {of(true)}
            </div>
            <div role="status" aria-atomic="false">
                {of(false)}
            </div>
        </div>
    }
    .draw()
}

#[component]
fn Message(toast: Toast, on_leave: Callback<u64>, close_label: TextProp) -> Drawn {
    let id = toast.id;
    // Where the focus was before it came here: it goes back there, not to nowhere.
    let came_from = StoredValue::new_local(None::<HtmlElement>);
    let leave = move || {
        let _ = on_leave.try_run(id);
    };
    let leave_by_hand = move || {
        leave();
        focus::return_to(came_from.try_get_value().flatten());
    };
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(running) = timer.try_update_value(Option::take).flatten() {
            running.clear();
        }
    };
    let goes = toast.action.is_none() && matches!(toast.tone, Tone::Success | Tone::Info);
    // Somebody who reads it or is about to use it has all the time they want.
    let start = move || {
        stop();
        if goes {
            let _ = timer.try_update_value(|timer| *timer = set_timeout_with_handle(leave, STAY).ok());
        }
    };
    start();
    on_cleanup(stop);
    let action = toast.action.map(|action| {
        let run = move || {
            action.run.run(());
            leave_by_hand();
        };
        view! { <Button label=action.label kind=ButtonKind::Link small=true on_click=run /> }
    });
    let class = super::note::format_class("toast ", toast.tone);
    view! {
        <div
            class=class
            on:pointerenter=move |_| stop()
            on:pointerleave=move |_| start()
            on:focusin=move |event| {
                stop();
                let before = event.related_target().and_then(|before| before.dyn_into::<HtmlElement>().ok());
                if let Some(before) = before
                    && before.closest(".toasts").ok().flatten().is_none()
                {
                    let _ = came_from.try_set_value(Some(before));
                }
            }
            on:focusout=move |_| start()
        >
            <Icon glyph=toast.tone.glyph() />
            <span class="toast-text">{say(toast.text)}</span>
            {action}
            <Button
                label=close_label
                kind=ButtonKind::Quiet
                small=true
                icon=glyph::CLOSE
                icon_only=true
                on_click=leave_by_hand
            />
        </div>
    }
    .draw()
}
