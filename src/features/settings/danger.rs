//! The account itself: what it is, and the end of it.

use leptos::prelude::*;

use super::deletion::deletion;
use super::editor::Editor;
use crate::domain::settings::Account;
use crate::domain::time::Moment;
use crate::features::faces;
use crate::i18n::{t, t_settings};
use crate::ui::facts::{Fact, Facts};
use crate::ui::support::drawn::{Draw, Drawn};

/// The page.
pub fn danger(editor: Editor) -> Drawn {
    let facts = Signal::derive(move || editor.with(facts).unwrap_or_default());
    view! {
        <h3>{t_settings().account_title()}</h3>
        <Facts facts=facts />
        {deletion(editor)}
    }
    .draw()
}

/// What tells this account from others.
pub(super) fn facts(account: &Account) -> Vec<Fact> {
    let word = |text: &str| {
        if text.is_empty() {
            t().none().to_owned()
        } else {
            text.to_owned()
        }
    };
    #[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
    let created = match account.created_at {
        Moment::At(seconds) => faces::date(seconds as f64 * 1000.0),
        Moment::Never => t().never().to_owned(),
        Moment::Unreadable => t().time_unreadable().to_owned(),
    };
    vec![
        Fact::id(t_settings().account_id(), account.id.clone()),
        Fact::name(t_settings().account_domain(), word(&account.domain)),
        Fact::name(t_settings().account_category(), word(&account.category)),
        Fact::text(t_settings().account_created(), created),
    ]
}
