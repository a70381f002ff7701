//! The server's rules for a first password, in words: as a list, and what to do about one that is broken.

use leptos::prelude::*;

use crate::domain::new_password::{LEAST_BYTES, Rule};
use crate::domain::password::MOST_BYTES;
use crate::features::rule_list::rule_list;
use crate::i18n::t_guests;
use crate::ui::support::drawn::Drawn;

/// The rules, following what is typed.
#[component]
pub fn Rules(
    /// What there is to keep.
    rules: &'static [Rule],
    /// What was typed.
    password: Signal<String>,
) -> Drawn {
    rule_list(move || {
        let password = password.get();
        // Of nothing there is nothing good to say yet.
        let line = |rule: &Rule| (rule_words(*rule), !password.is_empty() && rule.is_kept(&password));
        rules.iter().map(line).collect()
    })
}

fn rule_words(rule: Rule) -> String {
    match rule {
        Rule::Long => t_guests().rule_long(&LEAST_BYTES.to_string()),
        Rule::Fits => t_guests().rule_fits(&MOST_BYTES.to_string()),
        Rule::Digit => t_guests().rule_digit().to_owned(),
        Rule::Uppercase => t_guests().rule_uppercase().to_owned(),
        Rule::Special => t_guests().rule_special().to_owned(),
    }
}

/// What to do about a rule that is broken.
pub fn broken_words(rule: Rule) -> String {
    match rule {
        Rule::Long => t_guests().broken_long(&LEAST_BYTES.to_string()),
        Rule::Fits => t_guests().broken_fits(&MOST_BYTES.to_string()),
        Rule::Digit => t_guests().broken_digit().to_owned(),
        Rule::Uppercase => t_guests().broken_uppercase().to_owned(),
        Rule::Special => t_guests().broken_special().to_owned(),
    }
}
