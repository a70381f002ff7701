//! The page: head, search, the list or what stands in its place, and the dialogs of its rows.

use std::sync::Arc;

use leptos::prelude::*;

use super::address::{self, Address};
use super::cells::{Cells, group_names};
use super::states::{Forbidden, NoInvitations, NoLinks, NoMatch, NotLoaded};
use super::taking_back::TakeBack;
use crate::api::error::{ApiError, ErrorKind};
use crate::browser::clock;
use crate::domain::action::Action;
use crate::domain::invite::{Invite, InviteColumn};
use crate::domain::new_user::Admission;
use crate::features::inviting::InviteButton;
use crate::features::renewing::RenewLink;
use crate::features::title::use_title;
use crate::features::{faces, keeping};
use crate::i18n::{error_title, role_name, t, t_keys};
use crate::state::console::Console;
use crate::state::drafts;
use crate::state::query::Status;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::result_bar::ResultBar;
use crate::ui::search_input::SearchInput;
use crate::ui::strip::{MessageAction, Strip};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, effect};
use crate::ui::virtual_table::{SortKey, TableHandle, VirtualTable};

/// What the page shows.
#[derive(Clone, PartialEq)]
enum Place {
    List,
    Forbidden,
    NoLinks,
}

impl Place {
    fn of(console: Console) -> Self {
        if console.may(Action::SeeInvitations) == Some(false) {
            return Self::Forbidden;
        }
        let is_refused =
            |kind: ErrorKind| matches!(console.invites.status(), Status::Failed(error) if error.kind == kind);
        let none = console.invites.get().is_none();
        match console.admission() {
            Some(admission) if !admission.has_links() => Self::NoLinks,
            // The account said nothing, but the server does.
            _ if none && is_refused(ErrorKind::Precondition) => Self::NoLinks,
            _ if none && is_refused(ErrorKind::Forbidden) => Self::Forbidden,
            _ => Self::List,
        }
    }
}

/// The page.
#[component]
pub fn Invitations() -> Drawn {
    let console = Console::get();
    use_title(t_keys().invites_title().to_owned());
    ask_once(console);
    let place = Memo::new(move |_| Place::of(console));
    let address = address::follow(console);
    let body = move || match place.get() {
        Place::List => view! { <List console=console address=address /> }.draw(),
        Place::Forbidden => view! { <Forbidden console=console /> }.draw(),
        Place::NoLinks => view! { <NoLinks console=console /> }.draw(),
    };
    let button = move || (place.get() == Place::List).then(|| view! { <InviteButton /> });
    let lined = place.get_untracked() != Place::List;
    view! {
        <PageHeader title=t_keys().invites_title() lined=lined>
            {button}
        </PageHeader>
        {body}
    }
    .draw()
}

/// Asks for the invitations each time the page is opened, as soon as it is known that there can be any.
fn ask_once(console: Console) {
    let may_ask = Memo::new(move |_| {
        let account_is_known = match console.admission() {
            Some(admission) => admission.has_links(),
            None => matches!(console.account.status(), Status::Failed(_)),
        };
        account_is_known && console.may(Action::SeeInvitations) == Some(true)
    });
    effect(move || {
        let count = console
            .invites
            .get()
            .map(|all| u64::try_from(all.len()).unwrap_or_default());
        console.invite_count.set(count.map(|count| t().number(count)));
    });
    effect(move || {
        if may_ask.get() {
            console.ask_invites();
        }
    });
}

#[component]
fn List(console: Console, address: Address) -> Drawn {
    let rows = Memo::new(move |_| {
        let groups = console.groups.get();
        let words = |invite: &Invite| {
            let mut words = group_names(groups.as_deref(), invite);
            words.push(role_name(&invite.role));
            words.join("\n")
        };
        let all = console.invites.get().unwrap_or_default();
        Arc::new(address.query().visible(&all, clock::now_s(), words))
    });
    let (renewing, taking_back) = (RwSignal::new(None::<Invite>), RwSignal::new(None::<Invite>));
    // It was open when the page was left for the provider.
    keeping::reopen(console, move |me| {
        let left = drafts::link_invites(me);
        let Some(all) = console.invites.get() else {
            return left.is_empty();
        };
        if let Some(invite) = all.iter().find(|invite| left.contains(&invite.id)) {
            renewing.set(Some(invite.clone()));
        }
        true
    });
    let cells = Cells {
        console,
        rows,
        renew: Callback::new(move |invite| renewing.set(Some(invite))),
        take_back: Callback::new(move |invite| taking_back.set(Some(invite))),
    };
    let loading = Signal::derive(move || matches!(console.invites.status(), Status::Idle | Status::Loading));
    view! {
        <div class="toolbar" on:focusout=move |_| address.settle()>
            <SearchInput
                value=address.text
                on_input=move |text| address.type_text(text)
                label=t_keys().invites_search()
                placeholder=t_keys().invites_search_hint()
                clear_label=t_keys().invites_clear_search()
                slash=Signal::derive(move || console.shortcuts.are_on())
            />
        </div>
        <ResultBar
            count=move || count_words(console, rows)
            as_of=move || console.invites.as_of().map(faces::as_of).unwrap_or_default()
        >
            <Button
                label=t_keys().invites_refresh()
                kind=ButtonKind::Quiet
                small=true
                icon=glyph::REFRESH
                busy=loading
                on_click=move || console.ask_invites()
            />
        </ResultBar>
        <Trouble console=console />
        <Body console=console address=address cells=cells loading=loading />
        <RenewLink invite=renewing />
        <TakeBack invite=taking_back />
    }
    .draw()
}

fn count_words(console: Console, rows: Memo<Arc<Vec<Invite>>>) -> String {
    let number = |count: usize| u64::try_from(count).unwrap_or_default();
    let Some(all) = console.invites.get() else {
        return match console.invites.status() {
            Status::Failed(_) => String::new(),
            _ => t_keys().invites_loading().to_owned(),
        };
    };
    let shown = rows.with(|rows| rows.len());
    if shown == all.len() {
        t_keys().invites_count(number(shown))
    } else {
        t_keys().invites_of(number(shown), &t().number(number(all.len())))
    }
}

/// What is not as it should be while the list is there all the same.
#[component]
fn Trouble(console: Console) -> Drawn {
    let no_passwords = move || {
        (console.admission() == Some(Admission::NoPasswords))
            .then(|| view! { <Strip tone=Tone::Warning text=t_keys().invites_no_passwords() /> }.draw())
    };
    let stale = move || {
        let (Status::Failed(error), Some(since)) = (console.invites.status(), console.invites.as_of()) else {
            return None;
        };
        let again = MessageAction::new(t().try_again(), Callback::new(move |()| console.ask_invites()));
        let text = t_keys().invites_stale_text(&error_title(&error), &faces::time_of_day(since));
        let lead = t_keys().invites_stale_title();
        Some(view! { <Strip tone=Tone::Danger lead=lead text=text action=again /> }.draw())
    };
    view! {
        {no_passwords}
        {stale}
    }
    .draw()
}

/// What stands under the bar.
#[derive(Clone, PartialEq)]
enum Under {
    Table,
    Empty,
    NoMatch,
    Failed(ApiError),
}

#[component]
fn Body(console: Console, address: Address, cells: Cells, loading: Signal<bool>) -> Drawn {
    let under = Memo::new(move |_| match (console.invites.get(), console.invites.status()) {
        (None, Status::Failed(error)) => Under::Failed(error),
        (Some(all), _) if all.is_empty() => Under::Empty,
        (Some(_), _) if cells.rows.with(|rows| rows.is_empty()) => Under::NoMatch,
        // Also while none has come: the table has the rows' places.
        _ => Under::Table,
    });
    (move || match under.get() {
        Under::Table => table(address, cells, loading),
        Under::Empty => view! { <NoInvitations console=console /> }.draw(),
        Under::NoMatch => view! { <NoMatch address=address /> }.draw(),
        Under::Failed(error) => view! { <NotLoaded console=console error=error /> }.draw(),
    })
    .draw()
}

fn table(address: Address, cells: Cells, loading: Signal<bool>) -> Drawn {
    let sort = Signal::derive(move || {
        let query = address.query();
        vec![SortKey {
            column: query.sort.as_str(),
            descending: query.descending,
        }]
    });
    let on_sort = Callback::new(move |(name, _): (&'static str, bool)| {
        if let Some(column) = InviteColumn::parse(name) {
            address.change(|query| *query = query.sorted_by(column));
        }
    });
    view! {
        <VirtualTable
            label=t_keys().invites_title()
            columns=Cells::columns()
            cells=move |slot| cells.draw(slot)
            count=Signal::derive(move || cells.rows.with(|rows| rows.len()))
            sort=sort
            on_sort=on_sort
            loading=loading
            loading_label=t_keys().invites_loading()
            handle=TableHandle::new()
        />
    }
    .draw()
}
