//! The bar that says how much is not saved, and leads to the review.

use leptos::prelude::*;

use super::editor::Editor;
use super::search::{address, lead_to};
use crate::domain::settings::{Draft, Section};
use crate::i18n::words_settings::{field_words, section_name};
use crate::i18n::{list_words, t_settings};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::focus;

/// The bar; nothing while nothing is changed.
pub fn review_bar(editor: Editor) -> Drawn {
    let is_shown = Memo::new(move |_| !editor.draft.with(Draft::is_empty));
    let blocked = Memo::new(move |_| editor.blocked_by());
    let changed = move || editor.draft.with(Draft::edited);
    let words = move || {
        let edited = changed();
        let sections: Vec<String> = Section::ALL
            .into_iter()
            .filter(|section| edited.iter().any(|field| field.entry().section == *section))
            .map(|section| section_name(section).to_owned())
            .collect();
        let count = t_settings().bar_changes(u64::try_from(edited.len()).unwrap_or_default());
        [count, t_settings().bar_in(&list_words(&sections))].join(" ")
    };
    let refused = Signal::derive(move || {
        let count = blocked.with(Vec::len);
        (count > 0).then(|| t_settings().bar_problems(u64::try_from(count).unwrap_or_default()))
    });
    let first_problem = move || {
        let field = blocked.with(|fields| fields.first().copied())?;
        let label = t_settings().bar_problem_at(field_words(field).0);
        let lead = move |_| lead_to(field);
        Some(view! { <a class="small" href=address(editor, field) on:click=lead>{label}</a> })
    };
    let discard = move || {
        editor.discard();
        editor.console.toasts.info(t_settings().bar_discarded().to_owned());
        // The bar goes, and its buttons with it.
        focus::return_to(None);
    };
    (move || {
        is_shown.get().then(|| {
            view! {
                <section class="review-bar" aria-label=t_settings().bar_review()>
                    <p role="status">{words}</p>
                    {first_problem}
                    <span class="row">
                        <Button label=t_settings().bar_discard() on_click=discard />
                        <Button
                            label=t_settings().bar_review()
                            kind=ButtonKind::Primary
                            disabled_reason=refused
                            on_click=move || editor.reviewing.set(true)
                        />
                    </span>
                </section>
            }
        })
    })
    .draw()
}
