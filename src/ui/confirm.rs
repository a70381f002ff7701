//! Owns the confirmation of what cannot be undone: who, what goes with it, and the safe button focused.

use super::button::{Button, ButtonKind};
use super::dialog::{Dialog, DialogSize};
use super::facts::{Fact, Facts};
use super::note::Note;
use super::support::{Tone, say};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A third answer, between the two: what can be done instead.
#[derive(Clone)]
pub struct OtherWay {
    /// "Block instead".
    pub label: TextProp,
    /// It is being carried out.
    pub busy: Signal<bool>,
    /// Takes its place while it is carried out for long.
    pub busy_label: TextProp,
    /// Why it may not be chosen.
    pub disabled_reason: Signal<Option<String>>,
    /// Does it.
    pub run: Callback<()>,
}

/// Asks before something is destroyed. The caller closes it, after success too; a failure stays in it.
#[component]
pub fn Confirm(
    /// Whether it is open; the caller's to change.
    #[prop(into)]
    open: Signal<bool>,
    /// The question with the name in it: "Delete Jonas Brandt?".
    #[prop(into)]
    question: TextProp,
    /// What tells this one from others: name, e-mail, id.
    #[prop(optional, into)]
    facts: Signal<Vec<Fact>>,
    /// What goes with it, with counts.
    #[prop(optional, into)]
    effects: Signal<Vec<String>>,
    /// One sentence between facts and effects.
    #[prop(optional, into)]
    sentence: Option<TextProp>,
    /// The safe answer: "Keep user". It has the focus.
    #[prop(into)]
    keep_label: TextProp,
    /// The other answer: "Delete user".
    #[prop(into)]
    danger_label: TextProp,
    /// Takes the place of the other answer while it is carried out for long.
    #[prop(into)]
    busy_label: TextProp,
    /// It is being carried out.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What can be done instead. While one answer is carried out, the others do nothing.
    #[prop(optional, into)]
    other: Option<OtherWay>,
    /// What went wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called on the safe answer and on Escape.
    #[prop(into)]
    on_keep: Callback<()>,
    /// Called on the other answer.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> Drawn {
    let other_busy = other.as_ref().map_or_else(Signal::default, |other| other.busy);
    let is_busy = Signal::derive(move || busy.get() || other_busy.get());
    let foot = move || {
        let other = other.clone().map(|other| {
            view! {
                <Button
                    label=other.label
                    busy=other.busy
                    busy_label=other.busy_label
                    disabled_reason=other.disabled_reason
                    on_click=move || {
                        if !is_busy.get_untracked() {
                            other.run.run(());
                        }
                    }
                />
            }
        });
        view! {
            <Button label=keep_label.clone() autofocus=true on_click=move || {
                if !is_busy.get_untracked() {
                    on_keep.run(());
                }
            } />
            {other}
            <Button
                label=danger_label.clone()
                kind=ButtonKind::Danger
                busy=busy
                busy_label=busy_label.clone()
                on_click=move || {
                    if !is_busy.get_untracked() {
                        on_confirm.run(());
                    }
                }
            />
        }
        .draw()
    };
    view! {
        <Dialog open=open on_close=on_keep title=question size=DialogSize::Confirm locked=is_busy alert=true foot=foot>
            {move || (!facts.with(Vec::is_empty)).then(|| view! { <Facts facts=facts /> })}
            {sentence.clone().map(|text| view! { <p>{say(text)}</p> })}
            {move || {
                (!effects.with(Vec::is_empty))
                    .then(|| {
                        let rows = effects.get().into_iter().map(|effect| view! { <li>{effect}</li> });
                        view! { <ul class="confirm-effects">{rows.collect_view()}</ul> }
                    })
            }}
            <div aria-live="assertive">
                {move || error.get().map(|error| view! { <Note tone=Tone::Danger text=error /> })}
            </div>
        </Dialog>
    }
    .draw()
}
