//! The button that leads to somebody new: on the list of people and among the invitations.

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::domain::new_user;
use crate::features::keeping::reopen;
use crate::features::later::{Part, opened_by};
use crate::features::new_user::NewUserDialog;
use crate::i18n::{invite_refusal, t};
use crate::state::console::Console;
use crate::state::drafts;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::glyph;
use crate::ui::support::drawn::{Draw, Drawn};

// Beside the page of one person: both have the field of groups.
chunk!(user, load_form: fn draw_form(open: RwSignal<bool>) -> Drawn {
    view! { <NewUserDialog open=open /> }.draw()
});

/// The button and its dialog.
#[component]
pub fn InviteButton() -> Drawn {
    let console = Console::get();
    let open = RwSignal::new(false);
    let part = Part::new(load_form, move || draw_form(open));
    // It was open when its page was left for the provider.
    reopen(console, move |me| {
        if drafts::has_new_user(me) {
            open.set(true);
        }
        true
    });
    let refused = Signal::derive(move || match console.caller() {
        None => Some(t().refused_unknown_caller().to_owned()),
        Some(caller) => {
            let may = new_user::may_make(&caller, console.admission());
            may.err().and_then(|reason| invite_refusal(&reason))
        }
    });
    view! {
        <Button
            label=t().invite_user()
            icon=glyph::PLUS
            kind=ButtonKind::Primary
            disabled_reason=refused
            on_click=move || open.set(true)
        />
        {opened_by(open, part)}
    }
    .draw()
}
