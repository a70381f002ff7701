//! The page: its sections, what is found by a search, what stands in its place, the bar and the review.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::bar::review_bar;
use super::danger::danger;
use super::editor::Editor;
use super::fields::fields;
use super::leaving::question;
use super::review::review;
use super::search::{lead_to, results};
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::permission::{Module, Operation};
use crate::domain::settings::{Draft, Field, Section};
use crate::features::faces;
use crate::features::title::use_title;
use crate::i18n::words_settings::section_name;
use crate::i18n::{describe_error_fully, error_title, operation_name, role_phrase, t, t_settings};
use crate::routes::Route;
use crate::state::console::Console;
use crate::state::query::Status;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::error_view::ErrorView;
use crate::ui::facts::{Fact, Facts};
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::search_input::SearchInput;
use crate::ui::skeleton::SkeletonText;
use crate::ui::strip::{MessageAction, Strip};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, effect, focus};

/// What the page shows.
#[derive(Clone, PartialEq)]
enum Place {
    Fields,
    Loading,
    Forbidden,
    Failed(ApiError),
}

impl Place {
    fn of(editor: Editor) -> Self {
        if editor.console.allows(Module::Settings, Operation::Read) == Some(false) {
            return Self::Forbidden;
        }
        match (editor.base.with(Option::is_some), editor.read.status()) {
            (true, _) => Self::Fields,
            (false, Status::Failed(error)) if error.kind == ErrorKind::Forbidden => Self::Forbidden,
            (false, Status::Failed(error)) => Self::Failed(error),
            (false, _) => Self::Loading,
        }
    }
}

/// The page.
#[component]
pub fn Settings() -> Drawn {
    let console = Console::get();
    let location = use_location();
    let editor = Editor::open(console);
    let section = Memo::new(move |_| match location.pathname.with(|path| console.route(path)) {
        Some(Route::Settings(section)) => section,
        _ => Section::Authentication,
    });
    let title = Signal::derive(move || [section_name(section.get()), t_settings().settings_title()].join(" · "));
    use_title(title);
    let text = RwSignal::new(String::new());
    let place = Memo::new(move |_| Place::of(editor));
    follow_address(section, place, location.hash);
    let body = move || match place.get() {
        Place::Fields => view! { <Pages editor=editor section=section text=text /> }.draw(),
        Place::Loading => view! {
            <div class="page-body">
                <SkeletonText label=t_settings().settings_loading() lines=8 />
            </div>
        }
        .draw(),
        Place::Forbidden => forbidden(console),
        Place::Failed(error) => failed(editor, &error),
    };
    let loading = Signal::derive(move || editor.read.status() == Status::Loading);
    let actions = move || {
        (place.get() == Place::Fields).then(|| {
            view! {
                <SearchInput
                    value=text
                    on_input=move |now| text.set(now)
                    label=t_settings().settings_search()
                    placeholder=t_settings().settings_search_hint()
                    clear_label=t_settings().settings_search_clear()
                    slash=true
                />
                <Button
                    label=t_settings().settings_refresh()
                    kind=ButtonKind::Quiet
                    icon=glyph::REFRESH
                    busy=loading
                    on_click=move || editor.refresh()
                />
            }
        })
    };
    view! {
        <PageHeader title=t_settings().settings_title() lined=true>
            {actions}
        </PageHeader>
        {body}
        {review(editor)}
        {question(editor)}
    }
    .draw()
}

/// Leads to the field that the address names, once it is there.
fn follow_address(section: Memo<Section>, place: Memo<Place>, hash: Memo<String>) {
    effect(move || {
        let named = hash.with(|hash| Field::named(hash.trim_start_matches('#')));
        section.track();
        if let (true, Some(field)) = (place.with(|place| *place == Place::Fields), named) {
            lead_to(field);
        }
    });
}

#[component]
fn Pages(editor: Editor, section: Memo<Section>, text: RwSignal<String>) -> Drawn {
    let searched = Memo::new(move |_| text.with(|text| !text.trim().is_empty()));
    let main = move || {
        if searched.get() {
            let pick = Callback::new(move |()| text.set(String::new()));
            return (move || text.with(|text| results(editor, text, pick))).draw();
        }
        let section = section.get();
        let fields = match section {
            Section::Danger => danger(editor),
            section => fields(editor, section),
        };
        let unknown = (section == Section::Permissions).then(|| unknown(editor));
        view! {
            <h2>{section_name(section)}</h2>
            {fields}
            {unknown}
        }
        .draw()
    };
    view! {
        {trouble(editor)}
        <div class="settings">
            {sections(editor, section, text)}
            <div class="settings-main">{main}</div>
        </div>
        {review_bar(editor)}
    }
    .draw()
}

/// The pages, with the number of fields that are changed in each.
fn sections(editor: Editor, section: Memo<Section>, text: RwSignal<String>) -> Drawn {
    let nav = NodeRef::<html::Nav>::new();
    effect(move || {
        let at = Section::ALL.iter().position(|one| *one == section.get());
        if let (Some(at), Some(nav)) = (at, nav.get()) {
            show_tab(&nav, at);
        }
    });
    let links = Section::ALL.map(|one| {
        let changed = Memo::new(move |_| {
            let edited = editor.draft.with(Draft::edited);
            edited.into_iter().filter(|field| field.entry().section == one).count()
        });
        let count = move || {
            let count = changed.get();
            let words = t_settings().section_changed(u64::try_from(count).unwrap_or_default());
            (count > 0).then(|| {
                view! {
                    <span class="nav-count">
                        <span aria-hidden="true">{count.to_string()}</span>
                        <span class="visually-hidden">{words}</span>
                    </span>
                }
            })
        };
        view! {
            <li>
                <a
                    class="nav-link"
                    href=editor.console.href(&Route::Settings(one))
                    aria-current=move || (section.get() == one).then_some("page")
                    on:click=move |_| text.set(String::new())
                >
                    <span class="nav-text">{section_name(one)}</span>
                    {count}
                </a>
            </li>
        }
        .draw()
    });
    view! {
        <nav class="settings-nav" aria-label=t_settings().settings_sections() node_ref=nav>
            <ul>{links.into_iter().collect::<Vec<_>>()}</ul>
        </nav>
    }
    .draw()
}

/// On a phone the pages are tabs beside each other, and there is no room for all of them.
fn show_tab(nav: &web_sys::HtmlElement, at: usize) {
    if let (Some(list), Some(tab)) = (nav.first_element_child(), focus::find_all(nav, "li").get(at)) {
        let (room, place) = (list.get_bounding_client_rect(), tab.get_bounding_client_rect());
        let middle = |of: &web_sys::DomRect| of.left() + of.width() / 2.0;
        list.scroll_by_with_x_and_y(middle(&place) - middle(&room), 0.0);
    }
}

/// What is not as it should be while the fields are there all the same.
fn trouble(editor: Editor) -> Drawn {
    let stale = move || {
        let (Status::Failed(error), Some(since)) = (editor.read.status(), editor.read.as_of()) else {
            return None;
        };
        let again = MessageAction::new(t().try_again(), Callback::new(move |()| editor.refresh()));
        let text = t_settings().settings_stale_text(&error_title(&error), &faces::time_of_day(since));
        let lead = t_settings().settings_stale_title();
        Some(view! { <Strip tone=Tone::Danger lead=lead text=text action=again /> }.draw())
    };
    let read_only = move || {
        let why = editor.refusal()?;
        Some(view! { <Strip text=t_settings().settings_read_only(&why) /> }.draw())
    };
    let moved = move || {
        let text = editor.moved.get().filter(|_| !editor.reviewing.get())?;
        Some(view! { <Strip tone=Tone::Warning text=text /> }.draw())
    };
    view! {
        {stale}
        {read_only}
        {moved}
    }
    .draw()
}

/// What the server has and this version has no field for.
fn unknown(editor: Editor) -> Drawn {
    let unknown = Memo::new(move |_| editor.with(|account| account.unknown.clone()).unwrap_or_default());
    let facts = Signal::derive(move || {
        let all = unknown.get().into_iter();
        all.map(|(name, text)| Fact::id(name, text)).collect::<Vec<_>>()
    });
    (move || {
        (!unknown.with(Vec::is_empty)).then(|| {
            view! {
                <h3>{t_settings().unknown_title()}</h3>
                <p class="small muted">{t_settings().unknown_text()}</p>
                <Facts facts=facts />
            }
        })
    })
    .draw()
}

fn forbidden(console: Console) -> Drawn {
    let permission = [Module::Settings.as_str(), ": ", operation_name(Operation::Read)].concat();
    let text = move || match console.me() {
        Some(me) => t().forbidden_text(&role_phrase(&me.user.role), &permission),
        None => t().forbidden_plain().to_owned(),
    };
    view! { <ErrorView title=t_settings().settings_forbidden_title() text=text icon=glyph::LOCK failed=false /> }.draw()
}

fn failed(editor: Editor, error: &ApiError) -> Drawn {
    let again = Callback::new(move |()| editor.refresh());
    view! {
        <ErrorView
            title=t_settings().settings_failed_title()
            text=error_title(error)
            retry=MessageAction::new(t().try_again(), again)
            details_label=t().show_details()
            details=describe_error_fully(error)
        />
    }
    .draw()
}
