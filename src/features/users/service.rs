//! The list of service users. The page travels with that of one user; the list in it is that of people.

use leptos::prelude::*;

use super::listed::{Listed, Words};
use super::new_service::NewService;
use super::page::UserList;
use crate::browser::chunk::chunk;
use crate::domain::area::Area;
use crate::domain::guard;
use crate::features::later::{Frame, Part, later};
use crate::features::title::use_title;
use crate::i18n::{operation_name, refusal, role_phrase, t, t_keys};
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::support::drawn::{Draw, Drawn};

chunk!(user, load_service_users: fn draw_service_users() -> Drawn {
    view! { <ServiceUsers /> }.draw()
});

/// The page.
#[component]
pub fn ServiceUsersPage() -> Drawn {
    later(Frame::Shell, Part::new(load_service_users, draw_service_users))
}

fn service_words() -> Words {
    Words {
        title: t().nav_service_users(),
        count: |count| t_keys().service_count(count),
        count_of: |count, total| t_keys().service_of(count, total),
        loading: t_keys().service_loading(),
        search: t_keys().service_search(),
        search_hint: t_keys().service_search_hint(),
        show: |count| t_keys().service_show(count),
        incomplete: |count| t_keys().service_incomplete(count),
        no_match: |text| t_keys().service_no_match(text),
        no_filter_match: t_keys().service_no_filter_match(),
        empty_title: t_keys().service_empty_title(),
        empty_text: t_keys().service_empty_text(),
        open: t_keys().service_open(),
        block: t_keys().service_block(),
        unblock: t_keys().service_unblock(),
        delete: t_keys().delete_service(),
    }
}

#[component]
fn ServiceUsers() -> Drawn {
    let console = Console::get();
    let listed = Listed {
        service: true,
        wording: service_words,
    };
    use_title(listed.words().title.to_owned());
    let open = RwSignal::new(false);
    // While nobody knows who is signed in, the list is on its way.
    let forbidden = Memo::new(move |_| {
        console
            .me()
            .is_some_and(|me| !Area::ServiceUsers.is_open_to(&me.permissions))
    });
    let refused = Signal::derive(move || match console.caller() {
        None => Some(t().refused_unknown_caller().to_owned()),
        Some(caller) => guard::edit(&caller).err().map(|reason| refusal(&reason)),
    });
    let body = move || {
        if forbidden.get() {
            return view! { <Forbidden console=console /> }.draw();
        }
        view! {
            <UserList listed=listed />
            <NewService open=open />
        }
        .draw()
    };
    view! {
        <PageHeader title=listed.words().title>
            <Button
                label=t_keys().service_new_ask()
                kind=ButtonKind::Primary
                icon=glyph::PLUS
                disabled_reason=refused
                on_click=move || open.set(true)
            />
        </PageHeader>
        {body}
    }
    .draw()
}

/// The caller may not see service users.
#[component]
fn Forbidden(console: Console) -> Drawn {
    let text = move || match (console.me(), Area::ServiceUsers.needs()) {
        (Some(me), Some((module, operation))) => {
            let permission = [module.as_str(), ": ", operation_name(operation)].concat();
            t().forbidden_text(&role_phrase(&me.user.role), &permission)
        }
        _ => t().forbidden_plain().to_owned(),
    };
    view! { <ErrorView title=t_keys().service_forbidden_title() text=text icon=glyph::LOCK failed=false /> }.draw()
}
