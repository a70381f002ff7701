//! What is known about a user beside what can be edited.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use crate::domain::user::User;
use crate::features::faces;
use crate::features::origin::{Origins, is_outside};
use crate::i18n::{t, t_keys, t_later};
use crate::state::console::Console;
use crate::ui::facts::{Fact, FactValue, Facts};
use crate::ui::time_text::TimeText;

/// The facts.
#[component]
pub fn Details(
    /// The user.
    #[prop(into)]
    user: Signal<User>,
) -> Drawn {
    let console = Console::get();
    let origins = Origins::ask(console, move || user.with(is_outside));
    view! {
        <section class="stack" aria-labelledby="details-title">
            <h2 id="details-title">{t_later().details_title()}</h2>
            <Facts facts=Signal::derive(move || facts(origins, &user.get())) />
            {move || {
                (!user.with(|user| user.is_service_user))
                    .then(|| view! { <p class="field-help">{t_later().last_login_help()}</p> })
            }}
        </section>
    }
    .draw()
}

fn facts(origins: Origins, user: &User) -> Vec<Fact> {
    let issued = match user.issued.as_str() {
        "integration" => t().issued_integration(),
        "api" => t().issued_api(),
        _ => t().detail_provider_unknown(),
    };
    // It has no address, signs in nowhere and owns no devices.
    if user.is_service_user {
        return vec![
            Fact::text(t_keys().detail_kind(), t_keys().service_kind()),
            Fact::text(t_later().detail_issued(), issued),
            Fact::id(t_later().detail_id(), user.id.0.clone()),
        ];
    }
    let login = faces::last_login(user.last_login);
    let login = FactValue::View(
        (move || {
            let login = login.clone();
            view! { <TimeText face=Signal::stored(login) focusable=true /> }
        })
        .into(),
    );
    vec![
        faces::email(user),
        Fact::name(t_later().detail_provider(), origins.words(user)),
        Fact {
            term: t_later().detail_last_login().into(),
            value: login,
        },
        Fact::text(t_later().detail_issued(), issued),
        Fact::id(t_later().detail_id(), user.id.0.clone()),
    ]
}
