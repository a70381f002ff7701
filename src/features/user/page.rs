//! The page about one person: who, what can be changed, what is known, and the way to delete them.

use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::danger::DangerZone;
use super::details::Details;
use super::devices::OwnDevices;
use super::form::UserForm;
use super::waiting::Waiting;
use crate::domain::ability;
use crate::domain::guard;
use crate::domain::permission::Permissions;
use crate::domain::user::{Status, User, UserId};
use crate::features::abilities::Abilities;
use crate::features::deleting::DeleteUser;
use crate::features::editor::Editor;
use crate::features::faces;
use crate::features::resending::resend_item;
use crate::features::title::use_title;
use crate::features::tokens::Tokens;
use crate::i18n::{error_title, refusal, t, t_keys, t_later};
use crate::routes::Route;
use crate::state::console::Console;
use crate::state::directory::{Phase, Problem};
use crate::ui::badge::Badge;
use crate::ui::breadcrumb::{Breadcrumb, Crumb};
use crate::ui::button::ButtonLink;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::{Icon, glyph};
use crate::ui::menu::{MenuButton, MenuItem};
use crate::ui::name_text::NameText;
use crate::ui::page_header::PageHeader;
use crate::ui::skeleton::SkeletonText;
use crate::ui::strip::MessageAction;

/// The page. A new address is a new page: nothing of one user is ever kept for the next.
#[component]
pub fn UserPage() -> Drawn {
    let console = Console::get();
    if let Some(client) = console.client() {
        console.users.ensure(&client);
    }
    let location = use_location();
    let id = Memo::new(move |_| location.pathname.with(|path| user_id(console, path)));
    (move || match id.get() {
        Some(id) => view! { <OneUser id=id /> }.draw(),
        None => missing(console),
    })
    .draw()
}

fn user_id(console: Console, path: &str) -> Option<UserId> {
    match console.route(path)? {
        Route::User(id) => Some(id),
        _ => None,
    }
}

/// What is known about the address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Yes,
    NotYet,
    No,
    Failed,
}

#[component]
fn OneUser(id: UserId) -> Drawn {
    let console = Console::get();
    let id = StoredValue::new(id);
    let user = Memo::new(move |_| id.with_value(|id| console.users.user(id)));
    effect(move || {
        user.track();
        id.with_value(|id| console.users.seen(id));
    });
    let found = Memo::new(move |_| {
        if user.with(Option::is_some) {
            return Found::Yes;
        }
        match (console.users.phase(), console.users.problem()) {
            (Phase::Loading | Phase::Refreshing, _) | (Phase::Idle, None) => Found::NotYet,
            (_, Some(_)) => Found::Failed,
            (Phase::Ready, None) => Found::No,
        }
    });
    (move || match found.get() {
        Found::Yes => match user.get_untracked() {
            Some(user_now) => view! { <Known first=user_now user=user /> }.draw(),
            None => missing(console),
        },
        Found::NotYet => view! {
            <PageHeader title=t_later().user_loading() lined=true />
            <div class="page-body">
                <SkeletonText label=t_later().user_loading() />
            </div>
        }
        .draw(),
        Found::No => missing(console),
        Found::Failed => failed(console),
    })
    .draw()
}

#[component]
fn Known(first: User, user: Memo<Option<User>>) -> Drawn {
    let console = Console::get();
    let editor = Editor::open(console, first.clone());
    let now = Signal::derive(move || user.get().unwrap_or_else(|| editor.base.get()));
    let name = Signal::derive(move || now.with(|user| user.display_name().to_owned()));
    use_title(name);
    let deleting = RwSignal::new(None::<User>);
    // Service users have no devices.
    let person = Memo::new(move |_| now.with(|user| !user.is_service_user));
    let navigate = use_navigate();
    let is_service = first.is_service_user;
    let (list_name, list) = if is_service {
        (t().nav_service_users(), console.href(&Route::service_users()))
    } else {
        (t().users_title(), console.href(&Route::users()))
    };
    let to_list = list.clone();
    let on_deleted = Callback::new(move |()| {
        editor.discard();
        navigate(
            &to_list,
            NavigateOptions {
                resolve: false,
                replace: true,
                ..NavigateOptions::default()
            },
        );
    });
    let crumbs = vec![Crumb {
        label: list_name.into(),
        href: list.into(),
    }];
    view! {
        <Breadcrumb label=t_later().breadcrumb() crumbs=crumbs here=name />
        <PageHeader
            title_view=move || {
                // A service user is told from a person by its icon, everywhere.
                let icon = is_service.then(|| view! { <ServiceIcon /> });
                view! {
                    {icon}
                    <NameText name=name />
                }
            }
            status=move || view! { <Badge face=Signal::derive(move || Some(now.with(|user| faces::status_badge(&user.status())))) /> }
            lined=true
        >
            <MenuButton label=move || t().more_actions(&name.get()) items=move || menu(console, now, deleting) />
        </PageHeader>
        <div class="detail">
            <div class="detail-main">
                <Waiting user=now edited=Signal::derive(move || editor.is_edited()) />
                <UserForm editor=editor />
                {move || person.get().then(|| view! { <OwnDevices user=now /> })}
                <Tokens user=now />
                <DangerZone user=now ask_delete=Callback::new(move |user| deleting.set(Some(user))) />
            </div>
            <aside class="detail-aside" aria-label=t_later().details_title()>
                <Details user=now />
                <Abilities
                    permissions=Signal::derive(move || now.with(|user| may(console, user)))
                    note=Signal::derive(move || now.with(|user| may_note(console, user)))
                />
            </aside>
        </div>
        <DeleteUser user=deleting on_deleted=on_deleted />
    }
    .draw()
}

/// What stands before the name of a service user.
#[component]
fn ServiceIcon() -> Drawn {
    view! {
        <Icon glyph=glyph::SERVICE />
        <span class="visually-hidden">{t_keys().service_kind()} " "</span>
    }
    .draw()
}

/// What somebody may do: one's own grants as the server tells them, else those of the role.
fn may(console: Console, user: &User) -> Option<Permissions> {
    match console.me() {
        Some(me) if me.user.id == user.id && !me.user.is_service_user => Some(me.permissions),
        _ => ability::of_role(&user.role, user.is_service_user),
    }
}

/// Where that comes from, and what narrows it.
fn may_note(console: Console, user: &User) -> Option<String> {
    let is_me = console.me().is_some_and(|me| me.user.id == user.id);
    let words = match user.status() {
        _ if is_me => return None,
        Status::Blocked | Status::Pending => t_later().may_not_now(),
        _ if user.is_service_user => t_later().may_service(),
        _ => t_later().may_role(),
    };
    Some(words.to_owned())
}

fn menu(console: Console, now: Signal<User>, deleting: RwSignal<Option<User>>) -> Vec<MenuItem> {
    let user = now.get();
    let refused = match console.me() {
        None => Some(t().refused_unknown_caller().to_owned()),
        Some(me) => guard::delete(&me.caller(), &user).err().map(|reason| refusal(&reason)),
    };
    let label = if user.is_service_user {
        t_keys().delete_service()
    } else {
        t().delete_user()
    };
    let resend = resend_item(console, &user);
    let delete = move || deleting.set(Some(user.clone()));
    let delete = MenuItem {
        glyph: Some(glyph::TRASH),
        danger: true,
        disabled_reason: refused,
        ..MenuItem::new(label, delete)
    };
    resend.into_iter().chain([delete]).collect()
}

fn missing(console: Console) -> Drawn {
    use_title(t_later().user_not_found_title().to_owned());
    view! {
        <PageHeader title=t_later().user_not_found_title() lined=true />
        <ErrorView text=t_later().user_not_found_text() icon=glyph::HELP failed=false>
            <ButtonLink label=t_later().back_to_users() href=console.href(&Route::users()) />
        </ErrorView>
    }
    .draw()
}

fn failed(console: Console) -> Drawn {
    use_title(t_later().user_failed_title().to_owned());
    let text = move || match console.users.problem() {
        Some(Problem::Failed(error) | Problem::Incomplete { error, .. }) => error_title(&error),
        None => String::new(),
    };
    let again = Callback::new(move |()| console.refresh());
    view! {
        <PageHeader title=t_later().user_failed_title() lined=true />
        <ErrorView text=text retry=MessageAction::new(t().try_again(), again)>
            <ButtonLink label=t_later().back_to_users() href=console.href(&Route::users()) />
        </ErrorView>
    }
    .draw()
}
