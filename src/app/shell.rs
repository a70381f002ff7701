//! The frame around the console's pages: navigation, who is signed in, messages, and who may not come further.

use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use std::sync::Arc;

use crate::browser::chunk::chunk;
use crate::browser::lifecycle;
use crate::domain::area::Area;
use crate::domain::settings::Section;
use crate::features::later::{Part, fetched, opened, opened_by};
use crate::features::problems::{KeptOut, Problem, ProblemPage, Ways};
use crate::features::renewal::RenewalPlace;
use crate::features::secret::SecretPlace;
use crate::features::unsaved;
use crate::i18n::{role_name, t};
use crate::routes::Route;
use crate::state::access::Access;
use crate::state::console::Console;
use crate::state::keeper::Keeper;
use crate::state::query::Status;
use crate::state::theme::Theme;
use crate::state::toasts::{Toast, Tone as ToastTone};
use crate::ui::icon::{Glyph, glyph};
use crate::ui::menu::{MenuItem, MenuPanel};
use crate::ui::menu_button::MenuPlace;
use crate::ui::shell::{MoreSheet, NavGroup, NavItem, Person, Shell, ShellTexts};
use crate::ui::strip::{MessageAction, Strip};
use crate::ui::support::Tone;
use crate::ui::support::floating::Align;
use crate::ui::toast_region::{Toast as ToastFace, ToastRegion};

chunk!(panels, load_more: fn draw_more(
    open: RwSignal<bool>,
    nav: Signal<Vec<NavGroup>>,
    person: Person,
    texts: ShellTexts
) -> Drawn {
    view! { <MoreSheet open=open nav=nav person=person texts=texts /> }.draw()
});

/// The frame. The page is drawn unless the server keeps the caller out.
#[component]
pub fn ConsoleShell(
    /// The session.
    keeper: Keeper,
    /// Ends the session.
    sign_out: Callback<()>,
    /// The page.
    children: ContentFn,
) -> Drawn {
    let console = Console::get();
    let account = Signal::derive(move || {
        console
            .account
            .get()
            .map(|account| account.domain.clone())
            .unwrap_or_default()
    });
    let texts = ShellTexts {
        skip: t().skip_to_content().into(),
        nav: t().nav_label().into(),
        more: t().nav_more().into(),
        close: t().close().into(),
    };
    let online = lifecycle::online();
    let acts_as_service_user = move || console.me().is_some_and(|me| me.user.is_service_user);
    let (nav, person) = (navigation(console), person(console, sign_out));
    let more_open = RwSignal::new(false);
    let more = {
        let (person, texts) = (person.clone(), texts.clone());
        Part::new(load_more, move || {
            draw_more(more_open, nav, person.clone(), texts.clone())
        })
    };
    let page = StoredValue::new(children);
    // A memo: who is signed in becomes known while the page is there, and must not draw it anew.
    let obstacle = Memo::new(move |_| obstacle(console));
    let ways = Ways {
        again: Callback::new(move |()| console.start()),
        sign_out,
    };
    view! {
        <Shell
            brand=t().app_name()
            account=account
            home=console.href(&Route::users())
            nav=nav
            person=person
            texts=texts
            more_open=more_open
            more=move || opened_by(more_open, more)
        >
            <Show when=move || !online.get()>
                <Strip tone=Tone::Warning text=t().offline() />
            </Show>
            <Show when=acts_as_service_user>
                <Strip tone=Tone::Info text=t().acting_as_service_user() />
            </Show>
            <RenewalPlace keeper=keeper />
            {move || match obstacle.get() {
                None => page.with_value(ContentFn::run),
                Some(problem) => view! { <ProblemPage problem=problem ways=ways /> }.draw(),
            }}
        </Shell>
        <SecretPlace />
        <ToastRegion
            toasts=Signal::derive(move || console.toasts.list().into_iter().map(toast_face).collect::<Vec<_>>())
            on_leave=move |id| console.toasts.dismiss(id)
            close_label=t().close()
        />
    }
    .draw()
}

/// What stands in the page's place; `None` also while nobody knows yet who is signed in.
fn obstacle(console: Console) -> Option<Problem> {
    let kept_out = match (console.access.get().as_deref(), console.access.status()) {
        (Some(Access::Blocked), _) => KeptOut::Blocked,
        (Some(Access::Pending), _) => KeptOut::Pending,
        (Some(Access::Gone), _) => KeptOut::Gone,
        (Some(Access::Granted(me)), _) if !me.user.is_service_user && me.permissions.modules.is_empty() => {
            KeptOut::NoPermissions(me.user.role.clone())
        }
        (None, Status::Failed(error)) if !error.is_unauthorized() => return Some(Problem::NotAnswered(error)),
        _ => return None,
    };
    Some(Problem::KeptOut(kept_out))
}

/// The places of the navigation that are open to the caller: none to whoever is kept out; while nobody knows who that is,
/// what is open to everybody.
fn navigation(console: Console) -> Signal<Vec<NavGroup>> {
    let count = move |service: bool| {
        // A memo: the list changes more often than its length.
        let count = Memo::new(move |_| console.users.as_of().map(|_| console.users.count(service)));
        Signal::derive(move || Some(t().number(u64::try_from(count.get()?).unwrap_or_default())))
    };
    let (users, service_users) = (count(false), count(true));
    // The page of a service user belongs to their list, although its address is that of every user.
    let pathname = use_location().pathname;
    let at_service_user = Memo::new(move |_| match pathname.with(|path| console.route(path)) {
        Some(Route::User(id)) => console.users.user(&id).is_some_and(|user| user.is_service_user),
        _ => false,
    });
    let people = place(console, &Route::users(), t().nav_users(), glyph::USERS, users);
    let at_people = people.current;
    let approvals = NavItem {
        badge: waiting(console),
        badge_label: Some(t().nav_waiting().into()),
        ..place(
            console,
            &Route::Approvals(None),
            t().nav_approvals(),
            glyph::APPROVALS,
            Signal::default(),
        )
    };
    // Counted once somebody has looked: a first visit asks for the list of people and not for these, too.
    let invitations = Route::Invitations(String::new());
    let places = vec![
        (
            Area::Users,
            NavItem {
                current: Signal::derive(move || at_people.get() && !at_service_user.get()),
                ..people
            },
        ),
        (Area::Approvals, approvals),
        (
            Area::Invitations,
            NavItem {
                short: Some(t().nav_invitations_short().into()),
                ..place(
                    console,
                    &invitations,
                    t().nav_invitations(),
                    glyph::INVITE,
                    console.invite_count.into(),
                )
            },
        ),
    ];
    let own = vec![(
        Area::Profile,
        place(
            console,
            &Route::Profile,
            t().nav_profile(),
            glyph::USER,
            Signal::default(),
        ),
    )];
    let services = place(
        console,
        &Route::service_users(),
        t().nav_service_users(),
        glyph::SERVICE,
        service_users,
    );
    let at_services = services.current;
    let access = vec![(
        Area::ServiceUsers,
        NavItem {
            current: Signal::derive(move || at_services.get() || at_service_user.get()),
            in_bar: false,
            ..services
        },
    )];
    let account = vec![(
        Area::Settings,
        NavItem {
            in_bar: false,
            ..place(
                console,
                &Route::Settings(Section::Authentication),
                t().nav_settings(),
                glyph::SETTINGS,
                Signal::default(),
            )
        },
    )];
    let groups = StoredValue::new([
        (t().nav_people(), places),
        (t().nav_access(), access),
        (t().nav_account(), account),
        (t().nav_you(), own),
    ]);
    // A memo: only another answer to what is open draws the navigation anew.
    let open = Memo::new(move |_| {
        let permissions = console.me().map(|me| me.permissions).unwrap_or_default();
        let admission = console.admission();
        // Whoever is kept out would come to the same page everywhere.
        let is_in = !matches!(obstacle(console), Some(Problem::KeptOut(_)));
        Area::ALL.map(|area| is_in && area.is_offered(&permissions, admission))
    });
    Signal::derive(move || {
        let open = open.get();
        let is_open = |area: Area| Area::ALL.iter().zip(open).any(|(other, open)| *other == area && open);
        groups.with_value(|groups| {
            groups
                .iter()
                .map(|(title, places)| NavGroup {
                    title: (*title).into(),
                    items: places
                        .iter()
                        .filter(|(area, _)| is_open(*area))
                        .map(|(_, item)| item.clone())
                        .collect(),
                })
                .filter(|group| !group.items.is_empty())
                .collect()
        })
    })
}

/// How many wait for approval. A memo: the list changes more often than that.
fn waiting(console: Console) -> Signal<Option<String>> {
    let count = Memo::new(move |_| console.users.waiting());
    Signal::derive(move || match count.get() {
        0 => None,
        count => Some(t().number(u64::try_from(count).unwrap_or_default())),
    })
}

fn place(console: Console, route: &Route, label: &'static str, glyph: Glyph, count: Signal<Option<String>>) -> NavItem {
    let href = console.href(route);
    let prefix = console.place(route);
    let pathname = use_location().pathname;
    let current = Memo::new(move |_| {
        pathname.with(|path| {
            path.strip_prefix(&prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    });
    NavItem {
        href,
        label: label.into(),
        short: None,
        glyph,
        count,
        badge: Signal::default(),
        badge_label: None,
        current: current.into(),
        in_bar: true,
    }
}

fn person(console: Console, sign_out: Callback<()>) -> Person {
    let name = Signal::derive(move || match console.me() {
        Some(me) => me.user.display_name().to_owned(),
        // Whom the server keeps out it does not name, but their sign-in may.
        None => console
            .signed_in_as
            .get()
            .unwrap_or_else(|| t().nav_account().to_owned()),
    });
    let role = Signal::derive(move || console.me().map(|me| role_name(&me.user.role)).unwrap_or_default());
    // What stands on the button is part of its name (WCAG 2.5.3).
    let label = Signal::derive(move || match role.get() {
        role if role.is_empty() => name.get(),
        role => t().person_menu(&name.get(), &role),
    });
    // Who cannot be given the menu can still sign out.
    let missing = move |place: MenuPlace| {
        Callback::new(move |()| {
            place.close();
            let way_out = (t().sign_out().to_owned(), sign_out);
            console.toasts.error_with(t().part_failed_text().to_owned(), way_out);
        })
    };
    let menu = move |place: MenuPlace| {
        let part = Part::new(load_person, move || draw_person(place, label, sign_out));
        opened(move || place.is_open(), part, missing(place))
    };
    Person {
        name,
        role,
        menu: Arc::new(menu),
        on_near: (|| {
            spawn_local(async {
                // Whether it came shows when it is opened.
                fetched(Box::pin(load_person())).await;
            });
        })
        .into(),
        label: label.into(),
    }
}

chunk!(panels, load_person: fn draw_person(place: MenuPlace, label: Signal<String>, sign_out: Callback<()>) -> Drawn {
    let (sign_out, question) = unsaved::asked_before(sign_out);
    let items = move || person_items(sign_out);
    view! {
        <MenuPanel place=place label=label items=items align=Align::Start />
        {question}
    }
    .draw()
});

/// What the person who is signed in can do with themselves.
fn person_items(sign_out: Callback<()>) -> Vec<MenuItem> {
    let present = Theme::present();
    let words = |theme: Theme| match theme {
        Theme::Light => t().theme_light(),
        Theme::Dark => t().theme_dark(),
        Theme::System => t().theme_system(),
    };
    let mut items: Vec<MenuItem> = Theme::ALL
        .into_iter()
        .map(|choice| MenuItem {
            checked: Some(choice == present),
            ..MenuItem::new(words(choice), move || choice.choose())
        })
        .collect();
    if let Some(first) = items.first_mut() {
        first.group_title = Some(t().theme().to_owned());
    }
    items.push(MenuItem {
        glyph: Some(glyph::SIGN_OUT),
        starts_group: true,
        ..MenuItem::new(t().sign_out(), sign_out)
    });
    items
}

fn toast_face(toast: Toast) -> ToastFace {
    let tone = match toast.tone {
        ToastTone::Success => Tone::Success,
        ToastTone::Info => Tone::Info,
        ToastTone::Error => Tone::Danger,
    };
    let action = toast.action.map(|(label, run)| MessageAction::new(label, run));
    ToastFace {
        id: toast.id,
        tone,
        text: toast.text.into(),
        action,
    }
}
