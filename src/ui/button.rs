//! Owns buttons, and links that look like them.

use super::icon::{Glyph, Icon};
use super::kbd::Kbd;
use super::support::effect;
use super::support::{next_id, say};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::time::Duration;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Filled with the accent; at most one in a view.
    Primary,
    /// With a border.
    #[default]
    Secondary,
    /// Without a border.
    Quiet,
    /// Without a border, in the accent colour: an action inside a message.
    Link,
    /// Filled with the danger colour; only the last button of its own confirmation.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Secondary => "btn btn-secondary",
            Self::Quiet => "btn btn-quiet",
            Self::Link => "btn btn-quiet btn-link",
            Self::Danger => "btn btn-danger",
        }
    }
}

fn classes(kind: ButtonKind, small: bool, wide: bool, bare: bool) -> String {
    let mut class = String::from(kind.class());
    for (on, name) in [(small, " btn-small"), (wide, " btn-wide"), (bare, " btn-bare")] {
        if on {
            class.push_str(name);
        }
    }
    class
}

/// A button. While it is busy or may not be used it stays focusable and ignores clicks.
#[allow(
    clippy::fn_params_excessive_bools,
    reason = "properties are named where they are given"
)]
#[component]
pub fn Button(
    /// Verb and object; the accessible name also when only the icon shows.
    #[prop(into)]
    label: TextProp,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// 28 px high instead of 32, for bars and table heads.
    #[prop(optional)]
    small: bool,
    /// As wide as its container.
    #[prop(optional)]
    wide: bool,
    /// Stands before the label.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Only the icon shows; the label becomes the name and the tooltip.
    #[prop(optional)]
    icon_only: bool,
    /// The key that does the same, shown after the label: one key, as `aria-keyshortcuts` writes it. `None` while such
    /// keys are switched off.
    #[prop(default = None)]
    key_hint: Option<&'static str>,
    /// The work it started is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Takes the label's place after 400 ms of work: "Saving…".
    #[prop(optional, into)]
    busy_label: Option<TextProp>,
    /// Why it may not be used now; `None` when it may.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// The id of the form it submits, where it stands outside: in the foot of a dialog.
    #[prop(optional, into)]
    form: Option<String>,
    /// Has the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The element, for the caller's focus handling.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// Called on click and on the keys that count as one.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
) -> Drawn {
    let is_off = move || busy.get() || disabled_reason.with(Option::is_some);
    let takes_long = takes_long(busy, busy_label.is_some());
    let reason_id = next_id();
    let described_by = {
        let id = reason_id.clone();
        move || disabled_reason.with(Option::is_some).then(|| id.clone())
    };
    let name = label.clone();
    let face = match (icon_only, busy_label) {
        (true, _) => None,
        (false, None) => Some(view! { <span>{say(label.clone())}</span> }.draw()),
        (false, Some(busy_label)) => Some(
            view! {
                <span class="btn-labels">
                    <span data-off=move || takes_long.get().then_some("")>{say(label.clone())}</span>
                    <span data-off=move || (!takes_long.get()).then_some("")>{say(busy_label)}</span>
                </span>
            }
            .draw(),
        ),
    };
    let tip = move || {
        disabled_reason
            .get()
            .or_else(|| icon_only.then(|| label.get().to_string()))
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=classes(kind, small, wide, icon_only)
            aria-label=move || icon_only.then(|| name.get())
            aria-disabled=move || is_off().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-keyshortcuts=key_hint
            aria-describedby=described_by
            data-tip=tip
            form=form
            autofocus=autofocus
            node_ref=node_ref
            on:click=move |event| {
                if busy.get_untracked() || disabled_reason.with_untracked(Option::is_some) {
                    event.prevent_default();
                } else if let Some(on_click) = on_click {
                    on_click.run(());
                }
            }
        >
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            {face}
            {key_hint.map(|key| view! { <Kbd key=key /> })}
        </button>
        {move || {
            disabled_reason
                .get()
                .map(|reason| view! { <span id=reason_id.clone() class="visually-hidden">{reason}</span> })
        }}
    }
    .draw()
}

/// True once `busy` has been true for 400 ms: quick work shows no second label.
fn takes_long(busy: Signal<bool>, wanted: bool) -> RwSignal<bool> {
    let long = RwSignal::new(false);
    if wanted {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(running) = timer.try_update_value(Option::take).flatten() {
                running.clear();
            }
        };
        effect(move || {
            stop();
            if busy.get() {
                let started = set_timeout_with_handle(
                    move || {
                        let _ = long.try_set(true);
                    },
                    Duration::from_millis(400),
                );
                timer.set_value(started.ok());
            } else {
                long.set(false);
            }
        });
        on_cleanup(stop);
    }
    long
}

/// A link with the looks of a button.
#[component]
pub fn ButtonLink(
    /// What one finds there.
    #[prop(into)]
    label: TextProp,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// 28 px high instead of 32.
    #[prop(optional)]
    small: bool,
    /// As wide as its container.
    #[prop(optional)]
    wide: bool,
    /// Leads out of what is running here: the browser loads it anew.
    #[prop(optional)]
    external: bool,
    /// Stands before the label.
    #[prop(optional, into)]
    icon: Option<Glyph>,
) -> Drawn {
    view! {
        <a rel=external.then_some("external") class=classes(kind, small, wide, false) href=move || href.get()>
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            <span>{say(label)}</span>
        </a>
    }
    .draw()
}
