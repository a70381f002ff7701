//! The columns of the list, and what a row shows in them. Cells are drawn once for a slot and follow its row.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use roost_list::Row;

use super::view::View;
use crate::api::users::CurrentUser;
use crate::domain::guard;
use crate::domain::list_query::column_name;
use crate::domain::role::Role;
use crate::domain::user::{Status, User, UserId};
use crate::features::{blocking, faces};
use crate::i18n::{refusal, role_name, t};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::badge::{Badge, BadgeFace};
use crate::ui::icon::glyph;
use crate::ui::menu::{MenuButton, MenuItem};
use crate::ui::name_text::NameText;
use crate::ui::tag::TagList;
use crate::ui::time_text::{TimeFace, TimeText};
use crate::ui::virtual_table::{Breakpoint, Column, RowSlot};

/// What cells need.
#[derive(Clone, Copy)]
pub struct Cells {
    /// The session's state.
    pub console: Console,
    /// The rows.
    pub view: View,
    /// Called with the user to delete.
    pub ask_delete: Callback<User>,
}

impl Cells {
    /// The columns, in the order they are drawn.
    pub fn columns(self) -> Vec<Column> {
        use roost_list::Column as Key;
        vec![
            Column::new(
                column_name(Key::Name),
                t().column_name(),
                "minmax(0, 2.2fr)",
                move |slot| self.name(slot),
            )
            .sortable(),
            Column::new(
                column_name(Key::Status),
                t().column_status(),
                "minmax(7rem, 1.1fr)",
                move |slot| self.status(slot),
            )
            .sortable(),
            Column::new(
                column_name(Key::Role),
                t().column_role(),
                "minmax(6rem, 1fr)",
                move |slot| self.role(slot),
            )
            .sortable()
            .from(Breakpoint::Medium),
            Column::new(
                column_name(Key::Groups),
                t().column_groups(),
                "minmax(0, 2fr)",
                move |slot| self.groups(slot),
            )
            .sortable()
            .from(Breakpoint::Largest),
            Column::new(column_name(Key::Devices), t().column_devices(), "6rem", move |slot| {
                self.devices(slot)
            })
            .sortable()
            .at_end()
            .from(Breakpoint::Largest),
            Column::new(
                column_name(Key::LastLogin),
                t().column_last_login(),
                "minmax(7rem, 1fr)",
                move |slot| self.login(slot),
            )
            .sortable()
            .from(Breakpoint::Large),
            Column::new("actions", t().column_actions(), "3.5rem", move |slot| {
                self.actions(slot)
            })
            .head(|| view! { <span class="visually-hidden">{t().column_actions()}</span> })
            .from(Breakpoint::Medium),
        ]
    }

    /// Something about the row that a slot shows now; the default while it shows none. Tracked.
    fn read<T: Default>(self, slot: RowSlot, read: impl FnOnce(Row<'_>) -> T) -> T {
        slot.read(|place| self.view.read(place, read).unwrap_or_default())
    }

    fn name(self, slot: RowSlot) -> Drawn {
        let name = Signal::derive(move || self.read(slot, |row| row.display_name().to_owned()));
        let href = move || {
            let id = self.read(slot, |row| row.id().to_owned());
            self.console.href(&Route::User(UserId(id)))
        };
        let email = Signal::derive(move || self.read(slot, |row| row.email().to_owned()));
        let is_me = move || self.read(slot, |row| row.is_current());
        view! {
            <div class="two-lines">
                <span class="vt-cut">
                    <a class="row-link" href=href>
                        <NameText name=name />
                    </a>
                    <span class="you" hidden=move || !is_me()>
                        {t().you()}
                    </span>
                </span>
                <span class="second-line" data-tip-cut="">
                    <NameText name=email />
                </span>
            </div>
        }
        .draw()
    }

    fn status(self, slot: RowSlot) -> Drawn {
        let face = Signal::derive(move || -> Option<BadgeFace> {
            self.read(slot, |row| Some(faces::status_badge(&Status::parse(row.status()))))
        });
        view! { <Badge face=face /> }.draw()
    }

    fn role(self, slot: RowSlot) -> Drawn {
        let name = move || self.read(slot, |row| role_name(&Role::parse(row.role())));
        view! { <span class="vt-cut" data-tip-cut="">{name}</span> }.draw()
    }

    fn groups(self, slot: RowSlot) -> Drawn {
        let labels = Signal::derive(move || {
            let groups = self.console.groups.get();
            // Who may not read groups knows how many there are, not which: ids would tell them nothing.
            let nameless = groups.is_none() && self.console.allows_groups() == Some(false);
            self.read(slot, |row| {
                let count = u64::try_from(row.group_ids().len()).unwrap_or_default();
                if nameless && count > 0 {
                    return vec![t().groups_count(count)];
                }
                let name = |id: &str| {
                    let known = groups.as_deref().map(|groups| groups.name(id).map(str::to_owned));
                    match known {
                        Some(Some(name)) => name,
                        Some(None) => t().group_unknown(id),
                        None => id.to_owned(),
                    }
                };
                row.group_ids().map(name).collect::<Vec<_>>()
            })
        });
        view! { <TagList labels=labels none=t().none() /> }.draw()
    }

    fn devices(self, slot: RowSlot) -> Drawn {
        let count = Memo::new(move |_| {
            self.console
                .devices
                .get()
                .map(|devices| self.read(slot, |row| devices.of(row.id())))
        });
        let text = move || count.get().map(|count| t().number(u64::from(count)));
        view! { <span class="number" data-zero=move || (count.get() == Some(0)).then_some("")>{text}</span> }.draw()
    }

    fn login(self, slot: RowSlot) -> Drawn {
        let face = Signal::derive(move || -> TimeFace { self.read(slot, |row| faces::last_login(row.last_login())) });
        view! { <TimeText face=face /> }.draw()
    }

    fn actions(self, slot: RowSlot) -> Drawn {
        let label = move || t().more_actions(&self.read(slot, |row| row.display_name().to_owned()));
        let items = move || {
            let user = slot.now().and_then(|place| self.view.user_at(place));
            user.map(|user| self.menu(&user)).unwrap_or_default()
        };
        view! { <MenuButton label=label items=items /> }.draw()
    }

    fn menu(self, user: &User) -> Vec<MenuItem> {
        let console = self.console;
        let me = console.me();
        let open = MenuItem {
            glyph: Some(glyph::USER),
            href: Some(console.href(&Route::User(user.id.clone()))),
            label: t().open_user().to_owned(),
            ..MenuItem::default()
        };
        let (label, icon, wish) = if user.is_blocked {
            (t().unblock_user(), glyph::CHECK_CIRCLE, false)
        } else {
            (t().block_user(), glyph::BAN, true)
        };
        let blocked = user.clone();
        let block = MenuItem {
            glyph: Some(icon),
            disabled_reason: block_refusal(console, me.as_ref(), user),
            ..MenuItem::new(label, move || blocking::set_blocked(console, &blocked, wish))
        };
        let (deleted, ask_delete) = (user.clone(), self.ask_delete);
        let delete = MenuItem {
            glyph: Some(glyph::TRASH),
            danger: true,
            starts_group: true,
            disabled_reason: refused(me.as_ref(), |caller| guard::delete(caller, user)),
            ..MenuItem::new(t().delete_user(), move || ask_delete.run(deleted.clone()))
        };
        vec![open, block, delete]
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
