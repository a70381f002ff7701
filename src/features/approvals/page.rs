//! The page: head, what is wrong, and list and person or what stands in their place.

use leptos::prelude::*;

use super::case::Case;
use super::inbox::Inbox;
use super::list::WaitingList;
use crate::api::error::ErrorKind;
use crate::domain::area::Area;
use crate::domain::permission::{Module, Operation};
use crate::domain::user::{User, UserId};
use crate::features::faces;
use crate::features::origin::{Origins, is_outside};
use crate::features::rejecting::RejectUser;
use crate::features::title::use_title;
use crate::i18n::{describe_error, error_title, operation_name, role_phrase, t, t_later};
use crate::routes::Route;
use crate::state::console::Console;
use crate::state::directory::{Phase, Problem};
use crate::ui::button::{Button, ButtonKind, ButtonLink};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::skeleton::SkeletonText;
use crate::ui::strip::{MessageAction, Strip};
use crate::ui::support::Tone;
use crate::ui::support::drawn::{Draw, Drawn};

/// What stands under the head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Forbidden,
    Loading,
    Failed,
    Empty,
    People,
}

/// Who waits for approval.
#[component]
pub fn Approvals() -> Drawn {
    let console = Console::get();
    if let Some(client) = console.client() {
        console.users.ensure(&client);
    }
    let inbox = Inbox::follow(console);
    let rejecting = RwSignal::new(None::<User>);
    let origins = Origins::ask(console, move || inbox.people().iter().any(is_outside));
    let place = Memo::new(move |_| place(console, inbox));
    let count = move || match (place.get(), inbox.count()) {
        (Place::People, count) => t_later().approvals_count(u64::try_from(count).unwrap_or_default()),
        _ => String::new(),
    };
    use_title(Signal::derive(move || match (place.get(), inbox.count()) {
        (Place::People, count) => t_later().approvals_tab(&count.to_string()),
        _ => t().nav_approvals().to_owned(),
    }));
    let on_decided = Callback::new(move |user: User| inbox.go_on(&user.id));
    view! {
        <PageHeader title=t().nav_approvals() count=count lined=true>
            <Button
                label=t().users_refresh()
                kind=ButtonKind::Quiet
                icon=glyph::REFRESH
                busy=Signal::derive(move || matches!(console.users.phase(), Phase::Loading | Phase::Refreshing))
                on_click=move || console.refresh()
            />
        </PageHeader>
        {move || trouble(console, inbox, place.get())}
        {move || match place.get() {
            Place::Forbidden => forbidden(console),
            Place::Loading => view! { <div class="page-body"><SkeletonText label=t_later().approvals_loading() /></div> }.draw(),
            Place::Failed => failed(console),
            Place::Empty => view! { <Empty title=t_later().approvals_empty_title() text=t_later().approvals_empty_text() /> }.draw(),
            Place::People => people(console, inbox, origins, rejecting),
        }}
        <RejectUser user=rejecting on_decided=on_decided />
    }
    .draw()
}

fn place(console: Console, inbox: Inbox) -> Place {
    if let Some(me) = console.me()
        && !Area::Approvals.is_open_to(&me.permissions)
    {
        return Place::Forbidden;
    }
    match (console.users.phase(), console.users.problem()) {
        (Phase::Idle, Some(Problem::Failed(error))) if error.kind == ErrorKind::Forbidden => Place::Forbidden,
        (Phase::Idle, Some(_)) => Place::Failed,
        // Nobody can say that nobody waits before the whole list is there.
        (Phase::Idle | Phase::Loading, _) => Place::Loading,
        (_, Some(Problem::Incomplete { .. })) if inbox.count() == 0 => Place::Failed,
        _ if inbox.count() == 0 => Place::Empty,
        _ => Place::People,
    }
}

/// What is not as it should be while people are shown all the same.
fn trouble(console: Console, inbox: Inbox, place: Place) -> Drawn {
    if matches!(place, Place::Forbidden | Place::Failed | Place::Loading) {
        return ().draw();
    }
    let again = || MessageAction::new(t().try_again(), Callback::new(move |()| console.refresh()));
    let list = match console.users.problem() {
        Some(Problem::Failed(error)) => {
            let since = console.users.as_of().map(faces::time_of_day).unwrap_or_default();
            Some((
                t().users_stale_title(),
                t().users_stale_text(&error_title(&error), &since),
            ))
        }
        Some(Problem::Incomplete { error, .. }) => Some((t().users_incomplete_title(), error_title(&error))),
        None => None,
    };
    let list = list.map(|(lead, text)| view! { <Strip tone=Tone::Danger lead=lead text=text action=again() /> }.draw());
    let since = inbox
        .since_failed()
        .then(|| view! { <Strip tone=Tone::Warning text=t_later().approvals_since_failed() action=again() /> }.draw());
    view! {
        {list}
        {since}
    }
    .draw()
}

fn forbidden(console: Console) -> Drawn {
    let permission = [Module::Users.as_str(), ": ", operation_name(Operation::Read)].concat();
    let text = move || match console.me() {
        Some(me) => t().forbidden_text(&role_phrase(&me.user.role), &permission),
        None => t().forbidden_plain().to_owned(),
    };
    view! {
        <ErrorView title=t_later().approvals_forbidden_title() text=text icon=glyph::LOCK failed=false>
            <ButtonLink label=t_later().back_to_users() href=console.href(&Route::users()) />
        </ErrorView>
    }
    .draw()
}

fn failed(console: Console) -> Drawn {
    let text = move || match console.users.problem() {
        Some(Problem::Failed(error) | Problem::Incomplete { error, .. }) => describe_error(&error),
        None => String::new(),
    };
    let retry = MessageAction::new(t().try_again(), Callback::new(move |()| console.refresh()));
    view! { <ErrorView title=t().users_failed_title() text=text retry=retry /> }.draw()
}

/// The list, and one of them beside it; where there is no room for both, one or the other.
fn people(console: Console, inbox: Inbox, origins: Origins, rejecting: RwSignal<Option<User>>) -> Drawn {
    let current = Memo::new(move |_| inbox.current());
    let shows_list = Memo::new(move |_| !(inbox.is_narrow() && inbox.named().is_some()));
    let person = move || {
        let Some(id) = current.get() else {
            let coming = || {
                view! {
                    <section class="case">
                        <SkeletonText label=t_later().approvals_loading() />
                    </section>
                }
                .draw()
            };
            return (!inbox.is_narrow()).then(coming);
        };
        Some(match console.users.user_untracked(&id) {
            Some(user) if user.pending_approval => {
                view! { <Case first=user inbox=inbox origins=origins rejecting=rejecting /> }.draw()
            }
            _ => decided_elsewhere(console, inbox, &id),
        })
    };
    view! {
        <div class="inbox">
            {move || shows_list.get().then(|| view! { <WaitingList inbox=inbox current=current /> }.draw())}
            {person}
        </div>
    }
    .draw()
}

/// The address names somebody who does not wait, or not any more.
fn decided_elsewhere(console: Console, inbox: Inbox, id: &UserId) -> Drawn {
    let known = console.users.user_untracked(id);
    let link = known
        .map(|user| view! { <ButtonLink label=t().open_user() href=console.href(&Route::User(user.id)) /> }.draw());
    view! {
        <section class="case stack" aria-labelledby="case-title">
            <h2 id="case-title" tabindex="-1">
                {t_later().approvals_gone_title()}
            </h2>
            <p class="muted">{t_later().approvals_gone_text()}</p>
            <div class="row">
                {link}
                <span on:click=move |_| inbox.turn()>
                    <ButtonLink label=t_later().approvals_all() href=inbox.href(None) />
                </span>
            </div>
        </section>
    }
    .draw()
}
