//! The buttons under a form in a dialog: away without doing anything, and do it.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::i18n::t_later;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::support::drawn::{ContentFn, Draw};

/// What the button that does it says.
#[derive(Clone)]
pub struct Doing {
    /// "Create token".
    pub label: TextProp,
    /// Takes its place while it is being done for long.
    pub busy_label: TextProp,
}

/// The foot of a dialog around the form with this id.
pub fn form_foot(form: String, doing: Doing, busy: RwSignal<bool>, close: impl Into<Callback<()>>) -> ContentFn {
    let close = close.into();
    let draw = move || {
        view! {
            <Button label=t_later().cancel() on_click=close />
            <Button
                label=doing.label.clone()
                kind=ButtonKind::Primary
                submit=true
                form=form.clone()
                busy=busy
                busy_label=doing.busy_label.clone()
            />
        }
        .draw()
    };
    draw.into()
}
