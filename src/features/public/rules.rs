//! The server's rules for a first password, each with whether it is kept so far.

use leptos::prelude::*;

use crate::domain::new_password::{LEAST_BYTES, Rule};
use crate::domain::password::MOST_BYTES;
use crate::i18n::{g, p};
use crate::ui::icon::{Icon, glyph};
use crate::ui::support::drawn::{Draw, Drawn};

/// The rules, following what is typed.
#[component]
pub fn Rules(
    /// What there is to keep.
    rules: &'static [Rule],
    /// What was typed.
    password: Signal<String>,
) -> Drawn {
    let lines = move || {
        let password = password.get();
        rules
            .iter()
            .map(|rule| {
                // Of nothing there is nothing good to say yet.
                let kept = !password.is_empty() && rule.is_kept(&password);
                let (icon, state) = if kept {
                    (glyph::CHECK, p().password_rule_kept())
                } else {
                    (glyph::MINUS, p().password_rule_open())
                };
                view! {
                    <li class:rule-kept=kept>
                        <Icon glyph=icon />
                        <span>{rule_words(*rule)} <span class="visually-hidden">{state}</span></span>
                    </li>
                }
                .draw()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="small">
            <p class="muted">{p().password_rules()}</p>
            <ul class="abilities">{lines}</ul>
        </div>
    }
    .draw()
}

fn rule_words(rule: Rule) -> String {
    match rule {
        Rule::Long => g().rule_long(&LEAST_BYTES.to_string()),
        Rule::Fits => g().rule_fits(&MOST_BYTES.to_string()),
        Rule::Digit => g().rule_digit().to_owned(),
        Rule::Uppercase => g().rule_uppercase().to_owned(),
        Rule::Special => g().rule_special().to_owned(),
    }
}

/// What to do about a rule that is broken.
pub fn broken_words(rule: Rule) -> String {
    match rule {
        Rule::Long => g().broken_long(&LEAST_BYTES.to_string()),
        Rule::Fits => g().broken_fits(&MOST_BYTES.to_string()),
        Rule::Digit => g().broken_digit().to_owned(),
        Rule::Uppercase => g().broken_uppercase().to_owned(),
        Rule::Special => g().broken_special().to_owned(),
    }
}
