//! What stands above the form of somebody who has not been approved: how they stand, and the two answers.

use leptos::prelude::*;

use crate::domain::approval::{self, Standing, standing};
use crate::domain::user::User;
use crate::features::approving;
use crate::features::edit_fields::refused;
use crate::features::rejecting::RejectUser;
use crate::i18n::{t, t_later};
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::glyph;
use crate::ui::note::Note;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, effect, focus};

/// The note; nothing for everybody else.
#[component]
pub fn Waiting(
    /// The user.
    user: Signal<User>,
    /// Whether the form below holds something that an approval would leave out.
    edited: Signal<bool>,
) -> Drawn {
    let console = Console::get();
    let by_rule = refused(console, user, approval::approve);
    let approve_refused = Signal::derive(move || {
        let edited = || edited.get().then(|| t_later().approve_save_first().to_owned());
        by_rule.get().or_else(edited)
    });
    let rejecting = RwSignal::new(None::<User>);
    let how = Memo::new(move |_| user.with(standing));
    // The note takes its buttons along, and the focus with them.
    let mut was_there = false;
    effect(move || {
        let is_there = how.get().is_some();
        if was_there && !is_there {
            focus::return_to(None);
        }
        was_there = is_there;
    });
    let note = move || {
        let text = match how.get()? {
            Standing::Waiting => t_later().waits_note(),
            Standing::LetIn => t_later().approvals_let_in(),
        };
        let busy = Signal::derive(move || user.with(|user| console.is_writing(&user.id)));
        let buttons = view! {
            <div class="row">
                <Button
                    label=t().approve_user()
                    kind=ButtonKind::Primary
                    icon=glyph::CHECK
                    busy=busy
                    disabled_reason=approve_refused
                    on_click=move || approving::approve(console, &user.get_untracked())
                />
                <Button
                    label=t().reject_user()
                    icon=glyph::CLOSE
                    disabled_reason=refused(console, user, approval::reject)
                    on_click=move || rejecting.set(Some(user.get_untracked()))
                />
            </div>
        }
        .draw();
        Some(view! { <Note tone=Tone::Warning text=text>{buttons}</Note> }.draw())
    };
    view! {
        {note}
        <RejectUser user=rejecting on_decided=Callback::new(|_| ()) />
    }
    .draw()
}
