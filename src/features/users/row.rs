//! The columns of the list, and what a row shows in them. Cells are drawn once for a slot and follow its row.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::tachys::renderer::types::{Element, Text};
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use roost_list::Row;

use super::listed::Listed;
use super::view::View;
use crate::api::users::CurrentUser;
use crate::domain::approval;
use crate::domain::guard;
use crate::domain::list_query::column_name;
use crate::domain::role::Role;
use crate::domain::user::{Status, User, UserId};
use crate::features::asking::{Asked, Wish};
use crate::features::resending::resend_item;
use crate::features::{blocking, faces};
use crate::i18n::{refusal, role_name, t};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::badge::{BadgeFace, BadgeSpot};
use crate::ui::icon::{IconSize, IconSpot, glyph};
use crate::ui::menu::{MenuButton, MenuItem};
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
    /// What a menu asks for.
    pub asked: Asked,
}

impl Cells {
    /// The columns, in the order they are drawn. Service users sign in nowhere and own no devices.
    pub fn columns(service: bool) -> Vec<Column> {
        use roost_list::Column as Key;
        let sorted = |key, title, track| Column::new(column_name(key), title, track).sortable();
        let actions = Column::new("actions", t().column_actions(), "3.5rem")
            .head(|| view! { <span class="visually-hidden">{t().column_actions()}</span> })
            .from(Breakpoint::Medium);
        let mut columns = vec![
            sorted(Key::Name, t().column_name(), "minmax(0, 2.2fr)"),
            sorted(Key::Status, t().column_status(), "minmax(7rem, 1.1fr)"),
            sorted(Key::Role, t().column_role(), "minmax(6rem, 1fr)").from(Breakpoint::Medium),
            sorted(Key::Groups, t().column_groups(), "minmax(0, 2fr)").from(if service {
                Breakpoint::Large
            } else {
                Breakpoint::Largest
            }),
        ];
        if !service {
            columns.push(
                sorted(Key::Devices, t().column_devices(), "6rem")
                    .at_end()
                    .from(Breakpoint::Largest),
            );
            columns.push(sorted(Key::LastLogin, t().column_last_login(), "minmax(7rem, 1fr)").from(Breakpoint::Large));
        }
        columns.push(actions);
        columns
    }

    /// The contents of a slot's cells, one for each column. All but the menu are written by one effect.
    pub fn draw(self, slot: RowSlot) -> Vec<Drawn> {
        let login = move || {
            self.view
                .peek(slot.now()?, |row| faces::last_login_tip(row.last_login()))?
        };
        let mut parts = Parts::new(self.listed.service, login);
        let [name, status, role, groups, devices, login] = parts.cells().map(still);
        let name = written(name, move || parts.write(self.console, self.face(slot)));
        let mut cells = vec![name, status, role, groups];
        if !self.listed.service {
            cells.extend([devices, login]);
        }
        cells.push(self.actions(slot));
        cells
    }

    /// Something about the row that a slot shows now; the default while it shows none. Tracked.
    fn read<T: Default>(self, slot: RowSlot, read: impl FnOnce(Row<'_>) -> T) -> T {
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
                is_me: row.is_current(),
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

    fn actions(self, slot: RowSlot) -> Drawn {
        let label = move || t().more_actions(&self.read(slot, |row| row.display_name().to_owned()));
        let items = move || {
            let user = slot
                .now()
                .and_then(|place| self.view.peek(place, |row| User::from(&row.to_user())));
            user.map(|user| self.menu(&user)).unwrap_or_default()
        };
        view! { <MenuButton label=label items=items /> }.draw()
    }

    fn menu(self, user: &User) -> Vec<MenuItem> {
        let console = self.console;
        let (me, words) = (console.me(), self.listed.words());
        let open = MenuItem {
            glyph: Some(glyph::USER),
            href: Some(console.href(&Route::User(user.id.clone()))),
            label: words.open.to_owned(),
            ..MenuItem::default()
        };
        let (label, icon, wish) = if user.is_blocked {
            (words.unblock, glyph::CHECK_CIRCLE, false)
        } else {
            (words.block, glyph::BAN, true)
        };
        let blocked = user.clone();
        let block = MenuItem {
            glyph: Some(icon),
            disabled_reason: block_refusal(console, me.as_ref(), user),
            ..MenuItem::new(label, move || blocking::set_blocked(console, &blocked, wish))
        };
        let delete = MenuItem {
            glyph: Some(glyph::TRASH),
            danger: true,
            starts_group: true,
            disabled_reason: refused(me.as_ref(), |caller| guard::delete(caller, user)),
            ..self.asking(words.delete, Wish::Delete, user)
        };
        let resend = resend_item(console, user);
        if !user.pending_approval {
            return [Some(open), resend, Some(block), Some(delete)]
                .into_iter()
                .flatten()
                .collect();
        }
        let approve = MenuItem {
            glyph: Some(glyph::CHECK),
            disabled_reason: refused(me.as_ref(), |caller| approval::approve(caller, user)),
            ..self.asking(t().approve_user(), Wish::Approve, user)
        };
        let reject = MenuItem {
            glyph: Some(glyph::CLOSE),
            disabled_reason: refused(me.as_ref(), |caller| approval::reject(caller, user)),
            ..self.asking(t().reject_user(), Wish::Reject, user)
        };
        vec![open, approve, reject, block, delete]
    }

    /// A line of the menu that asks for something.
    fn asking(self, label: &str, wish: Wish, user: &User) -> MenuItem {
        let (asked, user) = (self.asked, user.clone());
        MenuItem::new(label, move || asked.set(Some((wish, user.clone()))))
    }
}

/// What a row shows of its user.
#[derive(Default)]
struct Face {
    id: String,
    name: String,
    email: String,
    is_me: bool,
    status: Option<BadgeFace>,
    role: String,
    groups: Vec<String>,
    devices: Option<u32>,
    login: TimeFace,
}

/// The parts of a row that change with its user.
struct Parts {
    name_cell: Element,
    link: Element,
    name: NameSpot,
    email: NameSpot,
    you: Element,
    status: BadgeSpot,
    role_cell: Element,
    role: Text,
    groups: TagListSpot,
    devices_cell: Element,
    devices: Text,
    login: TimeSpot,
    _login_tip: RemoveEventHandler<Element>,
    shown: Face,
}

impl Parts {
    fn new(service: bool, login_tip: impl Fn() -> Option<String> + 'static) -> Self {
        let name_cell = element("div", "two-lines");
        let first = element_in(&name_cell, "span", "vt-cut");
        if service {
            Rndr::insert_node(&first, &IconSpot::new(glyph::SERVICE, IconSize::Normal).svg, None);
        }
        let link = element_in(&first, "a", "row-link");
        let you = element_in(&first, "span", "you");
        set_text(&text_in(&you), t().you());
        set_attribute(&you, "hidden", Some(""));
        let second = element_in(&name_cell, "span", "second-line");
        set_attribute(&second, "data-tip-cut", Some(""));
        let role_cell = element("span", "vt-cut");
        set_attribute(&role_cell, "data-tip-cut", Some(""));
        let devices_cell = element("span", "number");
        let login = TimeSpot::new();
        Self {
            name: NameSpot::new(&link),
            email: NameSpot::new(&element_in(&second, "bdi", "")),
            name_cell,
            link,
            you,
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

    /// The contents of the cells from the name to the last login.
    fn cells(&self) -> [Element; 6] {
        [
            &self.name_cell,
            &self.status.badge,
            &self.role_cell,
            &self.groups.list,
            &self.devices_cell,
            &self.login.time,
        ]
        .map(Element::clone)
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
        if shown.is_me != face.is_me {
            set_attribute(&self.you, "hidden", (!face.is_me).then_some(""));
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

/// Why a user cannot be blocked or unblocked with one click: a rule, or a group that is gone and must be dropped first.
fn block_refusal(console: Console, me: Option<&CurrentUser>, user: &User) -> Option<String> {
    let rule = refused(me, |caller| guard::toggle_block(caller, user));
    let gone = || {
        let groups = console.groups.get_untracked()?;
        (!groups.unknown(&user.auto_groups).is_empty()).then(|| t().block_needs_known_groups().to_owned())
    };
    rule.or_else(gone)
}

/// A rule's reason in words; while nobody knows who is signed in, that is the reason.
fn refused(
    me: Option<&CurrentUser>,
    rule: impl FnOnce(&guard::Caller) -> Result<(), guard::Refusal>,
) -> Option<String> {
    match me {
        None => Some(t().refused_unknown_caller().to_owned()),
        Some(me) => rule(&me.caller()).err().map(|reason| refusal(&reason)),
    }
}
