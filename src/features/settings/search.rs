//! Finding a setting by the name on screen or the name in the API.

use leptos::prelude::*;

use super::editor::Editor;
use crate::domain::settings::Field;
use crate::i18n::s;
use crate::i18n::words_settings::{field_words, section_name};
use crate::routes::Route;
use crate::ui::empty::Empty;
use crate::ui::support::drawn::{Draw, Drawn};

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

/// What was found: links to the fields.
pub fn results(editor: Editor, text: &str, on_pick: Callback<()>) -> Drawn {
    let found = found(text);
    if found.is_empty() {
        return view! { <Empty title=s().settings_no_match(text.trim()) /> }.draw();
    }
    let rows = found.iter().map(|field| {
        view! {
            <li class="entry">
                <div class="entry-body">
                    <a class="entry-name" href=address(editor, *field) on:click=move |_| on_pick.run(())>
                        {field_words(*field).0}
                    </a>
                    <span class="small muted">
                        {section_name(field.entry().section)} " · " <code class="mono">{field.name()}</code>
                    </span>
                </div>
            </li>
        }
        .draw()
    });
    let count = s().settings_found(u64::try_from(found.len()).unwrap_or_default());
    view! {
        <p class="small muted" role="status">
            {count}
        </p>
        <ul class="entries">{rows.collect::<Vec<_>>()}</ul>
    }
    .draw()
}
