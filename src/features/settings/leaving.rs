//! The question before the settings are left with edits that are not saved.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::editor::Editor;
use crate::browser::{leaving, lifecycle};
use crate::domain::settings::Draft;
use crate::i18n::s;
use crate::routes::Route;
use crate::ui::confirm::Confirm;
use crate::ui::support::drawn::{Draw, Drawn};

/// Asks once: for a link to another page here, for a reload the browser. A step back in the history is free; what was
/// edited is kept until the reader returns.
pub fn question(editor: Editor) -> Drawn {
    let console = editor.console;
    let wanted = RwSignal::new(None::<String>);
    lifecycle::ask_before_leaving(Signal::derive(move || !editor.draft.with(Draft::is_empty)));
    leaving::hold_links(move |target| {
        let is_dirty = editor.draft.try_with_untracked(Draft::is_empty) == Some(false);
        let route = console.route(&target.page());
        let leads_away = route.is_some_and(|route| !matches!(route, Route::Settings(_)));
        if is_dirty && leads_away {
            wanted.try_set(Some(target.address()));
        }
        is_dirty && leads_away
    });
    let navigate = use_navigate();
    let go = move || {
        let Some(address) = wanted.get_untracked() else { return };
        wanted.set(None);
        editor.discard();
        let options = NavigateOptions {
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(&address, options);
    };
    let text = move || {
        let count = editor.draft.with(|draft| draft.edited().len());
        s().leave_text(u64::try_from(count).unwrap_or_default())
    };
    view! {
        <Confirm
            open=Signal::derive(move || wanted.with(Option::is_some))
            question=s().leave_title()
            sentence=text
            keep_label=s().leave_stay()
            danger_label=s().leave_go()
            busy_label=s().leave_go()
            on_keep=move || wanted.set(None)
            on_confirm=go
        />
    }
    .draw()
}
