//! The rules for a new password, each with whether it is kept so far.

use leptos::prelude::*;

use crate::i18n::p;
use crate::ui::icon::{Icon, glyph};
use crate::ui::support::drawn::{Draw, Drawn};

/// The rules in words, following what is typed: each with whether it is kept.
pub fn rule_list(rules: impl Fn() -> Vec<(String, bool)> + Send + Sync + 'static) -> Drawn {
    let lines = move || rules().into_iter().map(line).collect::<Vec<_>>();
    view! {
        <div class="small">
            <p class="muted">{p().password_rules()}</p>
            <ul class="abilities">{lines}</ul>
        </div>
    }
    .draw()
}

fn line((words, kept): (String, bool)) -> Drawn {
    let (icon, state) = if kept {
        (glyph::CHECK, p().password_rule_kept())
    } else {
        (glyph::MINUS, p().password_rule_open())
    };
    view! {
        <li class:rule-kept=kept>
            <Icon glyph=icon />
            <span>{words} <span class="visually-hidden">{state}</span></span>
        </li>
    }
    .draw()
}
