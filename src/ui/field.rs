//! Owns the frame of a form field: label, help, error, and the ids that tie them to the control inside.

use super::icon::{Icon, glyph};
use super::support::{next_id, say};
use crate::ui::support::drawn::{Content, Draw, Drawn};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What a control inside a [`Field`] reads from its context.
#[derive(Clone, Debug)]
pub struct FieldIds {
    /// The id of the control; the label points at it.
    pub control: String,
    /// The id of the label, for controls that are groups.
    pub label: String,
    /// For `aria-describedby`: help and error, as far as they are there.
    pub described_by: Signal<String>,
    /// For `aria-invalid`.
    pub invalid: Signal<bool>,
}

impl FieldIds {
    /// Those of the field around this control, else fresh ones without help and error.
    pub fn around() -> Self {
        use_context().unwrap_or_else(|| Self {
            control: next_id(),
            label: String::new(),
            described_by: Signal::default(),
            invalid: Signal::default(),
        })
    }

    /// The value of `aria-describedby`: absent rather than empty.
    pub fn described(&self) -> impl Fn() -> Option<String> + Copy + Send + Sync + 'static {
        let described_by = self.described_by;
        move || Some(described_by.get()).filter(|ids| !ids.is_empty())
    }

    /// The value of `aria-invalid`.
    pub fn wrong(&self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
        let invalid = self.invalid;
        move || invalid.get().then_some("true")
    }
}

/// How wide a field is: as wide as what goes into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldWidth {
    /// 96 px.
    Number,
    /// 256 px: a role.
    Choice,
    /// 448 px at most: text, groups.
    #[default]
    Text,
    /// As wide as there is room.
    Full,
}

/// Label above, control, help below; an error takes the place of the help.
#[component]
pub fn Field(
    /// What goes in.
    #[prop(into)]
    label: TextProp,
    /// The word "optional", where the field is.
    #[prop(optional, into)]
    extra: Option<TextProp>,
    /// One or two sentences below the control.
    #[prop(optional, into)]
    help: Option<TextProp>,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Why the control inside may not be changed: heard with it, whatever the control itself says.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// How wide it is.
    #[prop(optional)]
    width: FieldWidth,
    /// Differs from what is saved: it carries the perch.
    #[prop(optional, into)]
    changed: Signal<bool>,
    /// The control; it finds its ids by [`FieldIds::around`].
    children: Content,
) -> Drawn {
    let (control, label_id, help_id, error_id) = (next_id(), next_id(), next_id(), next_id());
    let reason_id = next_id();
    let has_help = help.is_some();
    let invalid = Signal::derive(move || error.with(Option::is_some));
    let described_by = {
        let (help_id, error_id, reason_id) = (help_id.clone(), error_id.clone(), reason_id.clone());
        Signal::derive(move || {
            let mut ids = match (invalid.get(), has_help) {
                (true, _) => error_id.clone(),
                (false, true) => help_id.clone(),
                (false, false) => String::new(),
            };
            if reason.with(Option::is_some) {
                ids.push(' ');
                ids.push_str(&reason_id);
            }
            ids
        })
    };
    let ids = FieldIds {
        control: control.clone(),
        label: label_id.clone(),
        described_by,
        invalid,
    };
    let class = match width {
        FieldWidth::Number => "field field-number",
        FieldWidth::Choice => "field field-choice",
        FieldWidth::Text => "field",
        FieldWidth::Full => "field field-full",
    };
    let help_view = help.map(|help| {
        view! {
            <p class="field-help" id=help_id hidden=move || invalid.get()>
                {say(help)}
            </p>
        }
    });
    view! {
        <div class=class class:field-changed=move || changed.get()>
            <label class="field-label" id=label_id for=control>
                {say(label)}
                {extra.map(|extra| view! { <span class="field-extra">" " {say(extra)}</span> })}
            </label>
            <Provider value=ids>{children.run()}</Provider>
            {help_view}
            {move || reason.get().map(|reason| view! { <span id=reason_id.clone() class="visually-hidden">{reason}</span> })}
            <div aria-live="polite" id=error_id>
                {move || {
                    error
                        .get()
                        .map(|error| {
                            view! {
                                <p class="field-error">
                                    <Icon glyph=glyph::ALERT />
                                    <span>{error}</span>
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
    .draw()
}
