//! The page of people, and what it shares with that of service users: the count, and the table or what stands in its
//! place.

use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;
use std::sync::Arc;

use leptos::prelude::*;
use roost_list::RowId;

use super::address::Address;
use super::columns::{Columns, ColumnsButton};
use super::empty_states::{NoMatch, NoUsers, NotLoaded};
use super::listed::Listed;
use super::row::Cells;
use super::row_menu::RowMenus;
use super::toolbar::UsersToolbar;
use super::view::{View, number};
use crate::browser::media;
use crate::domain::device;
use crate::domain::list_columns::ListColumn;
use crate::domain::list_query::{COLUMNS, ListQuery, column_name};
use crate::features::asking::{Asked, AskedFor};
use crate::features::faces;
use crate::features::inviting::InviteButton;
use crate::features::title::use_title;
use crate::i18n::{error_title, t};
use crate::state::console::Console;
use crate::state::directory::{Phase, Problem};
use crate::state::places::Place as ScrollPlace;
use crate::state::query::Status;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::result_bar::ResultBar;
use crate::ui::strip::{MessageAction, Strip};
use crate::ui::support::Tone;
use crate::ui::virtual_table::{Anchor, Breakpoint, SortKey as HeadKey, TableHandle, VirtualTable};

/// The list of people.
#[component]
pub fn UsersPage() -> Drawn {
    let listed = Listed::people();
    use_title(listed.words().title.to_owned());
    view! {
        <PageHeader title=listed.words().title>
            <InviteButton />
        </PageHeader>
        <UserList listed=listed />
    }
    .draw()
}

/// What stands under the head of the page: search, filters, and the list.
#[component]
pub fn UserList(
    /// Which users.
    listed: Listed,
) -> Drawn {
    let console = Console::get();
    let address = Address::follow(console, listed);
    let view = View::follow(console, address);
    let asked = Asked::new(None);
    if let Some(client) = console.client() {
        console.users.ensure(&client);
    }
    let handle = TableHandle::new();
    let columns = Columns::stored(listed, handle);
    count_devices_while_shown(console, address, columns);
    let cells = Cells {
        console,
        view,
        listed,
        columns,
        menus: RowMenus::new(console, asked),
    };
    view! {
        <UsersToolbar console=console address=address view=view />
        <ResultBar
            count=move || count_words(console, view, address)
            as_of=move || as_of_words(console)
            news=move || news_words(console, listed)
        >
            <ColumnsButton columns=columns />
            <Button
                label=t().users_refresh()
                kind=ButtonKind::Quiet
                small=true
                icon=glyph::REFRESH
                busy=Signal::derive(move || matches!(console.users.phase(), Phase::Loading | Phase::Refreshing))
                on_click=move || {
                    console.users.all_seen();
                    console.refresh();
                }
            />
        </ResultBar>
        <Trouble console=console listed=listed />
        <Body console=console address=address view=view cells=cells handle=handle />
        <AskedFor asked=asked />
    }
    .draw()
}

fn count_words(console: Console, view: View, address: Address) -> String {
    let words = address.listed().words();
    if console.users.phase() == Phase::Loading {
        return match console.users.loaded() {
            0 => words.loading.to_owned(),
            count => t().users_loading(&t().number(number(count))),
        };
    }
    if !view.is_complete() {
        return String::new();
    }
    let (shown, total) = (number(view.len()), number(view.total()));
    if address.query().is_narrowed() {
        (words.count_of)(shown, &t().number(total))
    } else {
        (words.count)(shown)
    }
}

fn as_of_words(console: Console) -> String {
    console.users.as_of().map(faces::as_of).unwrap_or_default()
}

/// How many rows carry the mark of somebody else's change.
fn news_words(console: Console, listed: Listed) -> String {
    match number(console.users.news_count(listed.service)) {
        0 => String::new(),
        count => t().rows_changed(count),
    }
}

/// What is not as it should be while rows are there all the same.
#[component]
fn Trouble(console: Console, listed: Listed) -> Drawn {
    let list = move || {
        let again = MessageAction::new(t().try_again(), Callback::new(move |()| console.refresh()));
        let (lead, text) = match console.users.problem()? {
            Problem::Failed(error) => {
                let since = console.users.as_of()?;
                (
                    t().users_stale_title(),
                    t().users_stale_text(&error_title(&error), &faces::time_of_day(since)),
                )
            }
            Problem::Incomplete { error, .. } => {
                let broke = (listed.words().incomplete)(number(console.users.count(listed.service)));
                (t().users_incomplete_title(), [broke, error_title(&error)].join(" "))
            }
        };
        Some(view! { <Strip tone=Tone::Danger lead=lead text=text action=again /> }.draw())
    };
    let rest = move || {
        let again = |run: fn(Console)| MessageAction::new(t().try_again(), Callback::new(move |()| run(console)));
        let groups = matches!(console.groups.status(), Status::Failed(error) if !error.is_unauthorized())
            && console.allows_groups() != Some(false);
        let devices = matches!(console.devices.status(), Status::Failed(_));
        [
            groups.then(|| (t().groups_failed(), again(Console::ask_groups))),
            devices.then(|| (t().devices_failed(), again(Console::ask_devices))),
        ]
        .into_iter()
        .flatten()
        .map(|(text, action)| view! { <Strip tone=Tone::Warning text=text action=action /> }.draw())
        .collect_view()
    };
    view! {
        {list}
        {rest}
    }
    .draw()
}

/// The table, or what stands in its place.
#[component]
fn Body(console: Console, address: Address, view: View, cells: Cells, handle: TableHandle) -> Drawn {
    keep_place(console, address, view, handle);
    remember_place(console, address, handle);
    let place = Memo::new(move |_| place(console, address, view));
    (move || match place.get() {
        Place::Table => table(console, address, view, cells, handle),
        Place::NotLoaded => match console.users.problem() {
            Some(Problem::Failed(error)) => view! { <NotLoaded console=console error=error /> }.draw(),
            _ => ().draw(),
        },
        Place::NoUsers => view! { <NoUsers address=address /> }.draw(),
        Place::NoMatch(_) => view! { <NoMatch console=console address=address /> }.draw(),
    })
    .draw()
}

/// What stands under the head.
#[derive(Clone, PartialEq)]
enum Place {
    Table,
    NotLoaded,
    NoUsers,
    /// With what was asked for, so that the words follow it.
    NoMatch(Box<ListQuery>),
}

fn place(console: Console, address: Address, view: View) -> Place {
    let phase = console.users.phase();
    if phase == Phase::Idle && console.users.problem().is_some() {
        return Place::NotLoaded;
    }
    if view.len() > 0 || !view.is_complete() {
        return Place::Table;
    }
    let query = address.query();
    if query.is_narrowed() {
        Place::NoMatch(Box::new(query))
    } else {
        Place::NoUsers
    }
}

fn table(console: Console, address: Address, view: View, cells: Cells, handle: TableHandle) -> Drawn {
    let sort = Signal::derive(move || -> Vec<HeadKey> {
        let keys = address.query().sort;
        keys.iter()
            .map(|key| HeadKey {
                column: column_name(key.column),
                descending: key.descending,
            })
            .collect()
    });
    let on_sort = Callback::new(move |(name, add): (&'static str, bool)| {
        let Some((column, _)) = COLUMNS.iter().find(|(_, known)| *known == name) else {
            return;
        };
        address.change(|query| {
            *query = if add {
                query.also_sorted_by(*column)
            } else {
                query.sorted_by(*column)
            }
        });
    });
    view! {
        <VirtualTable
            label=address.listed().words().title
            columns=cells.columns()
            cells=move |slot| cells.draw(slot)
            count=Signal::derive(move || view.len())
            sort=sort
            on_sort=on_sort
            loading=Signal::derive(move || console.users.phase() == Phase::Loading)
            loading_label=address.listed().words().loading
            handle=handle
        />
    }
    .draw()
}

/// Keeps the reader's row where it is when the list changes, and shows the first rows when the reader asked for others.
fn keep_place(console: Console, address: Address, view: View, handle: TableHandle) {
    let mut before = None::<(ListQuery, Arc<Vec<RowId>>, u32)>;
    effect(move || {
        let (query, rows) = (address.query(), view.rows());
        if let Some((old_query, old_rows, edition)) = &before {
            if *old_query == query {
                handle.reordered(|place| {
                    let now = console.users.row_now(*old_rows.get(place)?, *edition)?;
                    rows.iter().position(|row| *row == now)
                });
            } else {
                handle.scroll_to_top();
            }
        }
        before = Some((query, rows, console.users.edition()));
    });
}

/// Remembers where the list was when the reader leaves it, and goes there when they come back.
fn remember_place(console: Console, address: Address, handle: TableHandle) {
    if let Some(ScrollPlace { index, offset }) = console.places.to_restore() {
        handle.restore(Anchor { index, offset });
    }
    // When the page goes, its address is another's already: it is noted while it is ours.
    let mine = StoredValue::new(String::new());
    effect(move || {
        let href = address.href(&address.query());
        mine.try_set_value(href);
    });
    on_cleanup(move || {
        let place = handle.scrolled_to();
        let place = place.map(|Anchor { index, offset }| ScrollPlace { index, offset });
        mine.try_with_value(|href| console.places.remember(href, place));
    });
}

/// Asks for the numbers of devices while their column shows or orders the list, and not before the first rows do.
fn count_devices_while_shown(console: Console, address: Address, columns: Columns) {
    if address.listed().service {
        return;
    }
    let wide =
        [Breakpoint::Medium, Breakpoint::Large, Breakpoint::Largest].map(|from| (from, media::matches(from.query())));
    effect(move || {
        let from = columns.from(ListColumn::Devices);
        let shown = wide.iter().any(|(width, fits)| from == Some(*width) && fits.get());
        let sorted = address
            .query()
            .sort
            .iter()
            .any(|key| key.column == roost_list::Column::Devices);
        // Where they are hidden, none is no number.
        let hidden = || console.me().is_none_or(|me| device::are_hidden(&me.permissions, true));
        if (shown || sorted) && console.users.loaded() > 0 && !hidden() {
            console.ensure_devices();
        }
    });
}
