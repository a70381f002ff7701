//! The columns of the list, and what a row shows in them. Cells are drawn once for a slot and follow its row.

use crate::ui::support::drawn::Drawn;
use leptos::prelude::*;
use leptos::tachys::renderer::types::{Element, Text};
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use roost_list::{News, Row};

use super::columns::{self, Columns};
use super::listed::Listed;
use super::row_menu::RowMenus;
use super::view::View;

use crate::domain::list_columns::ListColumn;
use crate::domain::list_query::column_name;
use crate::domain::role::Role;
use crate::domain::user::{Status, UserId};
use crate::features::faces;
use crate::i18n::{role_name, t};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::badge::{BadgeFace, BadgeSpot};
use crate::ui::icon::{IconSize, IconSpot, glyph};

use crate::ui::name_text::NameSpot;
use crate::ui::support::written::{element, element_in, set_attribute, set_text, still, text_in, written};
use crate::ui::tag::TagListSpot;
use crate::ui::time_text::{TimeFace, TimeSpot, tip_on_demand};
use crate::ui::virtual_table::{Breakpoint, Column, RowSlot};

/// So many groups are named in a row.
const TAGS: usize = 2;

/// What cells need.
#[derive(Clone, Copy)]
pub struct Cells {
    /// The session's state.
    pub console: Console,
    /// The rows.
    pub view: View,
    /// Which users they are.
    pub listed: Listed,
    /// Which columns are shown.
    pub columns: Columns,
    /// What can be done with a row.
    pub menus: RowMenus,
}

impl Cells {
    /// The columns, in the order they are drawn, tracked.
    pub fn columns(self) -> Vec<Column> {
        use roost_list::Column as Key;
        let sorted = |key, title, track| Column::new(column_name(key), title, track).sortable();
        let actions = Column::new("actions", t().column_actions(), "3.5rem")
            .head(|| view! { <span class="visually-hidden">{t().column_actions()}</span> })
            .from(Breakpoint::Medium);
        let mut all = vec![
            sorted(Key::Name, t().column_name(), "minmax(0, 2.2fr)"),
            sorted(Key::Status, t().column_status(), "minmax(7rem, 1.1fr)"),
        ];
        all.extend(self.columns.shown().into_iter().map(|(column, from)| {
            let (key, track) = match column {
                ListColumn::Role => (Key::Role, "minmax(6rem, 1fr)"),
                ListColumn::Groups => (Key::Groups, "minmax(0, 2fr)"),
                ListColumn::Devices => (Key::Devices, "6rem"),
                ListColumn::LastLogin => (Key::LastLogin, "minmax(7rem, 1fr)"),
                ListColumn::Email => (Key::Email, "minmax(0, 1.6fr)"),
                ListColumn::Provider => (Key::Provider, "minmax(0, 1.2fr)"),
                ListColumn::Issued => (Key::Issued, "minmax(0, 1fr)"),
                ListColumn::Id => (Key::Id, "minmax(0, 1.4fr)"),
            };
            let head = sorted(key, columns::title(column), track).from(from);
            if column == ListColumn::Devices {
                head.at_end()
            } else {
                head
            }
        }));
        all.push(actions);
        all
    }

    /// The contents of a slot's cells, one for each column. All but the menu are written by one effect.
    pub fn draw(self, slot: RowSlot) -> Vec<Drawn> {
        let login = move || {
            self.view
                .peek(slot.now()?, |row| faces::last_login_tip(row.last_login()))?
        };
        let shown: Vec<_> = untrack(|| self.columns.shown())
            .into_iter()
            .map(|(column, _)| column)
            .collect();
        let mut parts = Parts::new(self.listed.service, &shown, login);
        let rest: Vec<_> = shown.iter().map(|column| still(parts.cell(*column))).collect();
        let (name, status) = (still(parts.name_cell.clone()), still(parts.status.badge.clone()));
        let mut cells = vec![
            written(name, move || parts.write(self.console, self.face(slot))),
            status,
        ];
        cells.extend(rest);
        cells.push(self.menus.button(self, slot));
        cells
    }

    /// Something about the row that a slot shows now; the default while it shows none. Tracked.
    pub(super) fn read<T: Default>(self, slot: RowSlot, read: impl FnOnce(Row<'_>) -> T) -> T {
        slot.read(|place| self.view.read(place, read).unwrap_or_default())
    }

    /// What a slot shows now, tracked.
    fn face(self, slot: RowSlot) -> Face {
        let groups = self.console.groups.get();
        let devices = self.console.devices.get();
        // Who may not read groups knows how many there are, not which: ids would tell them nothing.
        let nameless = groups.is_none() && self.console.allows_groups() == Some(false);
        let group_name = |id: &str| {
            let known = groups.as_deref().map(|groups| groups.name(id).map(str::to_owned));
            match known {
                Some(Some(name)) => name,
                Some(None) => t().group_unknown(id),
                None => id.to_owned(),
            }
        };
        self.read(slot, |row| {
            let group_count = u64::try_from(row.group_ids().len()).unwrap_or_default();
            Face {
                id: row.id().to_owned(),
                name: row.display_name().to_owned(),
                email: row.email().to_owned(),
                note: if row.is_current() {
                    Some((t().you(), false))
                } else {
                    self.console.users.news_of(row.row_id()).map(|news| {
                        let word = match news {
                            News::Added => t().row_added(),
                            News::Changed => t().row_changed(),
                        };
                        (word, true)
                    })
                },
                more: self.more(&row),
                status: Some(faces::status_badge(&Status::parse(row.status()))),
                role: role_name(&Role::parse(row.role())),
                groups: if nameless && group_count > 0 {
                    vec![t().groups_count(group_count)]
                } else {
                    row.group_ids().map(group_name).collect()
                },
                devices: devices.as_deref().map(|devices| devices.of(row.id())),
                login: faces::last_login_brief(row.last_login()),
            }
        })
    }

    /// The texts of the columns that only a choice shows.
    fn more(self, row: &Row<'_>) -> Vec<String> {
        let shown = untrack(|| self.columns.shown());
        let texts = shown.iter().filter_map(|(column, _)| plain(*column));
        texts.map(|text| text(row)).collect()
    }
}

/// What a row shows of its user.
#[derive(Default)]
struct Face {
    id: String,
    name: String,
    email: String,
    /// A word after the name, and whether it is news.
    note: Option<(&'static str, bool)>,
    status: Option<BadgeFace>,
    role: String,
    groups: Vec<String>,
    devices: Option<u32>,
    login: TimeFace,
    more: Vec<String>,
}

/// The text of a column that holds nothing else; `None` for those with a cell of their own.
fn plain(column: ListColumn) -> Option<fn(&Row<'_>) -> String> {
    match column {
        ListColumn::Role | ListColumn::Groups | ListColumn::Devices | ListColumn::LastLogin => None,
        ListColumn::Email => Some(|row| row.email().to_owned()),
        ListColumn::Provider => Some(|row| faces::provider_name(row.idp_id())),
        ListColumn::Issued => Some(|row| faces::issued(row.issued())),
        ListColumn::Id => Some(|row| row.id().to_owned()),
    }
}

/// A cell that cuts its text, and shows the whole of it on demand.
fn cut(name: &str, class: &str) -> Element {
    let cell = element(name, class);
    set_attribute(&cell, "data-tip-cut", Some(""));
    cell
}

/// The parts of a row that change with its user.
struct Parts {
    name_cell: Element,
    link: Element,
    name: NameSpot,
    email: NameSpot,
    note: Element,
    note_text: Text,
    status: BadgeSpot,
    role_cell: Element,
    role: Text,
    groups: TagListSpot,
    devices_cell: Element,
    devices: Text,
    login: TimeSpot,
    more: Vec<(ListColumn, Element, Text)>,
    _login_tip: RemoveEventHandler<Element>,
    shown: Face,
}

impl Parts {
    fn new(service: bool, shown: &[ListColumn], login_tip: impl Fn() -> Option<String> + 'static) -> Self {
        let name_cell = element("div", "two-lines");
        set_attribute(&name_cell, "data-tip-cut", Some(".vt-cut"));
        let first = element_in(&name_cell, "div", "row-line");
        if service {
            Rndr::insert_node(&first, &IconSpot::new(glyph::SERVICE, IconSize::Normal).svg, None);
        }
        // What is cut is in the link, never the other way round: the link is stretched over its row, and a box that cuts
        // its text with something stretched in it makes Chromium paint the whole row anew in every frame of scrolling.
        let link = element_in(&first, "a", "row-link");
        let name = element_in(&link, "bdi", "vt-cut");
        let note = element_in(&first, "span", "row-note");
        let note_text = text_in(&note);
        set_attribute(&note, "hidden", Some(""));
        let email = element_in(&name_cell, "bdi", "vt-cut");
        let role_cell = cut("span", "vt-cut");
        let devices_cell = element("span", "number");
        let login = TimeSpot::new();
        let more = shown.iter().filter(|column| plain(**column).is_some()).map(|column| {
            let cell = cut("span", "vt-cut");
            let text = text_in(&cell);
            (*column, cell, text)
        });
        Self {
            more: more.collect(),
            name: NameSpot::new(&name),
            email: NameSpot::new(&email),
            name_cell,
            link,
            note,
            note_text,
            status: BadgeSpot::new(),
            role: text_in(&role_cell),
            role_cell,
            groups: TagListSpot::new(TAGS),
            devices: text_in(&devices_cell),
            devices_cell,
            _login_tip: tip_on_demand(&login.time, login_tip),
            login,
            shown: Face::default(),
        }
    }

    /// The content of a column's cell.
    fn cell(&self, column: ListColumn) -> Element {
        let cell = match column {
            ListColumn::Role => &self.role_cell,
            ListColumn::Groups => &self.groups.list,
            ListColumn::Devices => &self.devices_cell,
            ListColumn::LastLogin => &self.login.time,
            plain => match self.more.iter().find(|(other, ..)| *other == plain) {
                Some((_, cell, _)) => cell,
                None => return element("span", ""),
            },
        };
        cell.clone()
    }

    /// Shows a user, and touches only what differs from the last one.
    fn write(&mut self, console: Console, face: Face) {
        let shown = std::mem::replace(&mut self.shown, face);
        let face = &self.shown;
        if shown.id != face.id {
            let href = console.href(&Route::User(UserId(face.id.clone())));
            set_attribute(&self.link, "href", Some(&href));
        }
        self.name.write(&face.name);
        self.email.write(&face.email);
        if shown.note != face.note {
            let (word, is_news) = face.note.unwrap_or_default();
            set_text(&self.note_text, word);
            set_attribute(&self.note, "hidden", face.note.is_none().then_some(""));
            set_attribute(&self.note, "data-news", is_news.then_some(""));
        }
        for ((_, _, text), value) in self.more.iter().zip(&face.more) {
            set_text(text, value);
        }
        self.status.write(face.status.as_ref());
        if shown.role != face.role {
            set_text(&self.role, &face.role);
        }
        self.groups.write(&face.groups, t().none());
        if shown.devices != face.devices {
            let text = face.devices.map(|count| t().number(u64::from(count)));
            set_text(&self.devices, &text.unwrap_or_default());
            set_attribute(&self.devices_cell, "data-zero", (face.devices == Some(0)).then_some(""));
        }
        self.login.write(&face.login);
    }
}
