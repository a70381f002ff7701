//! The server's rules for a password, each with whether it is kept so far.

use leptos::prelude::*;

use crate::i18n::t_later;
use crate::ui::icon::{Icon, glyph};
use crate::ui::support::drawn::{Draw, Drawn};

/// The list. `rules` gives each in words and whether it is kept, tracked.
pub fn rule_list(rules: impl Fn() -> Vec<(String, bool)> + Send + Sync + 'static) -> Drawn {
    let lines = move || {
        let line = |(words, kept): (String, bool)| {
            let (icon, state) = if kept {
                (glyph::CHECK, t_later().password_rule_kept())
            } else {
                (glyph::MINUS, t_later().password_rule_open())
            };
            view! {
                <li class:rule-kept=kept>
                    <Icon glyph=icon />
                    <span>{words} " " <span class="visually-hidden">{state}</span></span>
                </li>
            }
            .draw()
        };
        rules().into_iter().map(line).collect::<Vec<_>>()
    };
    view! {
        <div class="small">
            <p class="muted">{t_later().password_rules()}</p>
            <ul class="abilities">{lines}</ul>
        </div>
    }
    .draw()
}
