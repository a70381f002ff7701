//! What somebody may do, in words: area by area, what they manage, see, or have no part in.

use leptos::prelude::*;

use crate::domain::ability::{self, Area, Level};
use crate::domain::permission::Permissions;
use crate::i18n::t_later;
use crate::ui::icon::{Glyph, Icon, glyph};
use crate::ui::support::drawn::{Draw, Drawn};

/// The list under its title.
#[component]
pub fn Abilities(
    /// The grants; `None` where nobody knows what the role may.
    #[prop(into)]
    permissions: Signal<Option<Permissions>>,
    /// A sentence about where they come from.
    #[prop(into)]
    note: Signal<Option<String>>,
) -> Drawn {
    let rows = move || match permissions.get() {
        None => view! { <p class="field-help">{t_later().may_unknown()}</p> }.draw(),
        Some(permissions) => list(&permissions),
    };
    view! {
        <section class="stack" aria-labelledby="may-title">
            <h2 id="may-title">{t_later().may_title()}</h2>
            {rows}
            {move || note.get().map(|note| view! { <p class="field-help">{note}</p> })}
        </section>
    }
    .draw()
}

fn list(permissions: &Permissions) -> Drawn {
    let mut lines: Vec<(Level, String)> = Area::ALL
        .into_iter()
        .map(|area| (ability::level(permissions, area), area))
        .filter(|(level, _)| *level != Level::Nothing)
        .map(|(level, area)| (level, words(level, area_name(area))))
        .collect();
    if lines.is_empty() {
        let own = if permissions.is_restricted {
            t_later().may_own_user()
        } else {
            t_later().may_own()
        };
        lines.push((Level::See, own.to_owned()));
    }
    let lines: Vec<Drawn> = lines
        .into_iter()
        .map(|(level, words)| {
            view! {
                <li>
                    <Icon glyph=icon(level) />
                    <span>{words}</span>
                </li>
            }
            .draw()
        })
        .collect();
    view! { <ul class="abilities">{lines}</ul> }.draw()
}

fn icon(level: Level) -> Glyph {
    match level {
        Level::Manage => glyph::CHECK,
        Level::Some => glyph::MINUS,
        Level::See | Level::Nothing => glyph::EYE,
    }
}

fn words(level: Level, area: &str) -> String {
    match level {
        Level::Manage => t_later().may_manage(area),
        Level::Some => t_later().may_partly(area),
        Level::See | Level::Nothing => t_later().may_see(area),
    }
}

fn area_name(area: Area) -> &'static str {
    match area {
        Area::Users => t_later().area_users(),
        Area::Tokens => t_later().area_tokens(),
        Area::Settings => t_later().area_settings(),
        Area::Account => t_later().area_account(),
        Area::Network => t_later().area_network(),
        Area::Devices => t_later().area_devices(),
        Area::Providers => t_later().area_providers(),
        Area::Activity => t_later().area_activity(),
        Area::Others => t_later().area_others(),
    }
}
