//! Finding a setting by the name on screen or the name in the API.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::editor::Editor;
use crate::browser::clock;
use crate::domain::settings::Field;
use crate::i18n::t_settings;
use crate::i18n::words_settings::{field_words, section_name};
use crate::routes::Route;
use crate::ui::empty::Empty;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::focus;

/// The fields that a text finds: in their names, in what they do, or in what the API calls them.
pub fn found(text: &str) -> Vec<Field> {
    let wanted = text.trim().to_lowercase();
    let holds = |field: &Field| {
        let (name, help) = field_words(*field);
        let api = field.entry().path.join(".");
        [name, help, &api]
            .iter()
            .any(|words| words.to_lowercase().contains(&wanted))
    };
    Field::all().filter(holds).collect()
}

/// The address of a field.
pub fn address(editor: Editor, field: Field) -> String {
    let page = editor.console.href(&Route::Settings(field.entry().section));
    [page.as_str(), "#", field.name()].concat()
}

/// Gives the focus to the control of a field.
pub fn focus_control(field: Field) {
    if let Some(place) = document().get_element_by_id(field.name())
        && let Some(control) = focus::find(&place, "input, select")
    {
        focus::focus(&control);
    }
}

/// Leads into a field as soon as it is there: the focus goes into its control.
pub fn lead_to(field: Field) {
    spawn_local(async move {
        // After the announcer, who leads to the heading of a page that is new.
        clock::next_frame().await;
        clock::next_frame().await;
        if let Some(place) = document().get_element_by_id(field.name()) {
            place.scroll_into_view();
        }
        focus_control(field);
    });
}

/// What was found: links to the fields.
pub fn results(editor: Editor, text: &str, on_pick: Callback<()>) -> Drawn {
    let found = found(text);
    let count = u64::try_from(found.len()).unwrap_or_default();
    if found.is_empty() {
        return view! { <Empty title=t_settings().settings_no_match(text.trim()) /> }.draw();
    }
    let rows = found.into_iter().map(|field| {
        let pick = move |_| {
            on_pick.run(());
            lead_to(field);
        };
        view! {
            <li class="entry">
                <div class="entry-body">
                    <a class="entry-name" href=address(editor, field) on:click=pick>
                        {field_words(field).0}
                    </a>
                    <span class="small muted">
                        {section_name(field.entry().section)} " · " <code class="mono">{field.name()}</code>
                    </span>
                </div>
            </li>
        }
        .draw()
    });
    view! {
        <p class="small muted" role="status">
            {t_settings().settings_found(count)}
        </p>
        <ul class="entries">{rows.collect::<Vec<_>>()}</ul>
    }
    .draw()
}
