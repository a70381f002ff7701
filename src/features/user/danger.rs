//! What cannot be taken back with a click: handing on the ownership, deleting. Each says what it does, or why it cannot be.

use leptos::prelude::*;

use crate::domain::guard;
use crate::domain::ownership;
use crate::domain::user::User;
use crate::features::edit_fields::refused;
use crate::features::ownership::{TransferDialog, obstacle_words};
use crate::i18n::{t, t_keys, t_later};
use crate::state::console::Console;
use crate::ui::button::Button;
use crate::ui::icon::glyph;
use crate::ui::support::drawn::{Draw, Drawn};

/// The section.
#[component]
pub fn DangerZone(
    /// The user.
    user: Signal<User>,
    /// Asks whether to delete them.
    ask_delete: Callback<User>,
) -> Drawn {
    let console = Console::get();
    let giving = RwSignal::new(None::<User>);
    let obstacle = Signal::derive(move || {
        let Some(caller) = console.caller() else {
            return Some(t().refused_unknown_caller().to_owned());
        };
        user.with(|user| ownership::transfer(&caller, user).err())
            .map(|obstacle| obstacle_words(obstacle).to_owned())
    });
    // A service user never owns an account: no button says so on every one's page.
    let person = Memo::new(move |_| user.with(|user| !user.is_service_user));
    let transfer = move || {
        person.get().then(|| {
            let button = view! {
                <Button
                    label=t_later().transfer_open()
                    icon=glyph::SHIELD
                    disabled_reason=obstacle
                    on_click=move || giving.set(Some(user.get_untracked()))
                />
            };
            line(t_later().transfer_line().to_owned(), obstacle, button.draw())
        })
    };
    let delete_words = if person.get_untracked() {
        t_later().delete_line().to_owned()
    } else {
        t_keys().delete_line_service().to_owned()
    };
    let delete_refused = refused(console, user, guard::delete);
    let delete = view! {
        <Button
            label=move || if person.get() { t().delete_user() } else { t_keys().delete_service() }
            icon=glyph::TRASH
            disabled_reason=delete_refused
            on_click=move || ask_delete.run(user.get_untracked())
        />
    };
    view! {
        <section class="stack danger-zone" aria-labelledby="danger-title">
            <h2 id="danger-title">{t_later().danger_title()}</h2>
            {transfer}
            {line(delete_words, delete_refused, delete.draw())}
        </section>
        <TransferDialog to=giving />
    }
    .draw()
}

/// A button, and beside it what it does, or why it may not be used.
fn line(words: String, refused: Signal<Option<String>>, button: Drawn) -> Drawn {
    view! {
        <div class="danger-line">
            <p class="muted">{move || refused.get().unwrap_or_else(|| words.clone())}</p>
            {button}
        </div>
    }
    .draw()
}
