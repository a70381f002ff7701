//! The way out of the settings: a question while edits are not saved, and none while they are being saved.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::editor::Editor;
use crate::browser::{leaving, lifecycle};
use crate::domain::settings::Draft;
use crate::features::unsaved::UnsavedQuestion;
use crate::i18n::{t_later, t_settings};
use crate::routes::Route;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// Asks once: for a link to another page here, for a reload the browser. A step back in the history is free; what was
/// edited is kept until the reader returns. Only while a save is under way a step back waits: nobody would see how it
/// ended.
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
    effect(move || {
        editor.waiting.set(false);
        if editor.busy.get() {
            leaving::hold(move || {
                editor.waiting.try_set(true);
            });
        }
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
        t_settings().leave_text(u64::try_from(count).unwrap_or_default())
    };
    view! {
        <UnsavedQuestion
            open=Signal::derive(move || wanted.with(Option::is_some))
            question=t_later().leave_title()
            sentence=text
            go_label=t_later().leave_go()
            on_stay=move || wanted.set(None)
            on_go=go
        />
    }
    .draw()
}
