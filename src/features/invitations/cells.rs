//! The columns of the list, and what a row shows in them.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{clock, intl};
use crate::domain::action::Action;
use crate::domain::invite::{Invite, InviteColumn, Left, left};
use crate::domain::time::ago;
use crate::features::faces;
use crate::i18n::{ago_words, refusal, role_name, t, t_keys};
use crate::state::console::Console;
use crate::ui::badge::{Badge, BadgeFace, BadgeLook};
use crate::ui::icon::glyph;
use crate::ui::menu::{MenuButton, MenuItem};
use crate::ui::name_text::NameText;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::tag::TagList;
use crate::ui::time_text::{TimeFace, TimeText};
use crate::ui::virtual_table::{Breakpoint, Column, RowSlot};

/// What cells need.
#[derive(Clone, Copy)]
pub struct Cells {
    /// The session's state.
    pub console: Console,
    /// What is shown, in order.
    pub rows: Memo<Arc<Vec<Invite>>>,
    /// Called with the invitation that is to get another link.
    pub renew: Callback<Invite>,
    /// Called with the invitation that is to be deleted.
    pub take_back: Callback<Invite>,
}

impl Cells {
    /// The columns, in the order they are drawn.
    pub fn columns() -> Vec<Column> {
        let sorted = |column: InviteColumn, title, track| Column::new(column.as_str(), title, track).sortable();
        vec![
            sorted(InviteColumn::Name, t().column_name(), "minmax(0, 2.2fr)"),
            sorted(InviteColumn::Status, t().column_status(), "minmax(6.5rem, 1fr)"),
            sorted(InviteColumn::Role, t().column_role(), "minmax(6rem, 1fr)").from(Breakpoint::Medium),
            Column::new("groups", t().column_groups(), "minmax(0, 1.6fr)").from(Breakpoint::Largest),
            sorted(InviteColumn::Created, t_keys().invites_created(), "minmax(7rem, 1fr)").from(Breakpoint::Large),
            sorted(InviteColumn::Ends, t_keys().invites_ends(), "minmax(7rem, 1fr)").from(Breakpoint::Medium),
            Column::new("actions", t().column_actions(), "3.5rem")
                .head(|| view! { <span class="visually-hidden">{t().column_actions()}</span> }),
        ]
    }

    /// The contents of a slot's cells, one for each column.
    pub fn draw(self, slot: RowSlot) -> Vec<Drawn> {
        let invite = Memo::new(move |_| slot.read(|place| self.rows.with(|rows| rows.get(place).cloned())));
        let text = move |read: fn(&Invite) -> String| {
            Signal::derive(move || invite.with(|invite| invite.as_ref().map(read).unwrap_or_default()))
        };
        let name = text(|invite| invite.display_name().to_owned());
        let email = text(|invite| invite.email.clone());
        let role = text(|invite| role_name(&invite.role));
        let groups = Signal::derive(move || invite.with(|invite| self.group_names(invite.as_ref())));
        let status = Signal::derive(move || invite.with(|invite| invite.as_ref().map(badge)));
        let created = Signal::derive(move || {
            invite.with(|invite| face(invite.as_ref().and_then(|invite| invite.created_at), since))
        });
        let ends = Signal::derive(move || {
            invite.with(|invite| face(invite.as_ref().and_then(|invite| invite.ends_at), until))
        });
        let label = move || t().more_actions(&name.get());
        let items = move || {
            let invite = invite.get_untracked();
            invite.map(|invite| self.menu(&invite)).unwrap_or_default()
        };
        vec![
            view! {
                <div class="vt-cut two-lines" data-tip-cut="">
                    <span class="first-line">
                        <NameText name=name />
                    </span>
                    <br />
                    <NameText name=email />
                </div>
            }
            .draw(),
            view! { <Badge face=status /> }.draw(),
            view! {
                <span class="vt-cut" data-tip-cut="">
                    {move || role.get()}
                </span>
            }
            .draw(),
            view! { <TagList labels=groups none=t().none() /> }.draw(),
            view! { <TimeText face=created /> }.draw(),
            view! { <TimeText face=ends /> }.draw(),
            view! { <MenuButton label=label items=items /> }.draw(),
        ]
    }

    /// The names of the groups; how many there are, where the caller may not read them.
    fn group_names(self, invite: Option<&Invite>) -> Vec<String> {
        let Some(invite) = invite else { return Vec::new() };
        let known = self.console.groups.get();
        if known.is_none() && !invite.auto_groups.is_empty() && self.console.allows_groups() == Some(false) {
            let count = u64::try_from(invite.auto_groups.len()).unwrap_or_default();
            return vec![t().groups_count(count)];
        }
        group_names(known.as_deref(), invite)
    }

    fn menu(self, invite: &Invite) -> Vec<MenuItem> {
        let refused = |action: Action| (self.console.may(action) != Some(true)).then(|| refusal(&action.refusal()));
        let (renewed, taken_back) = (invite.clone(), invite.clone());
        vec![
            MenuItem::new(t_keys().invites_renew(), move || self.renew.run(renewed.clone()))
                .icon(glyph::REFRESH)
                .disabled(refused(Action::RenewInvitation)),
            MenuItem::new(t_keys().invites_delete(), move || {
                self.take_back.run(taken_back.clone());
            })
            .icon(glyph::TRASH)
            .danger()
            .after_line()
            .disabled(refused(Action::TakeBackInvitation)),
        ]
    }
}

/// The groups of an invitation by name.
pub fn group_names(known: Option<&crate::domain::groups::Groups>, invite: &Invite) -> Vec<String> {
    let name = |id: &String| match known.map(|groups| groups.name(id)) {
        Some(Some(name)) => name.to_owned(),
        Some(None) => t().group_unknown(id),
        None => id.clone(),
    };
    invite.auto_groups.iter().map(name).collect()
}

fn badge(invite: &Invite) -> BadgeFace {
    let (look, icon, text) = if invite.is_over(clock::now_s()) {
        (BadgeLook::Danger, glyph::CLOCK, t_keys().invites_expired())
    } else {
        (BadgeLook::Well, glyph::CHECK_CIRCLE, t_keys().invites_valid())
    };
    BadgeFace {
        look,
        glyph: icon,
        text: text.to_owned(),
        short: None,
    }
}

/// A moment as `words` say it, or as a date.
fn face(seconds: Option<i64>, words: fn(i64) -> Option<String>) -> TimeFace {
    let Some(seconds) = seconds else {
        return TimeFace {
            text: t().time_unreadable().to_owned(),
            muted: true,
            ..TimeFace::default()
        };
    };
    #[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
    let moment = seconds as f64 * 1000.0;
    TimeFace {
        text: words(seconds).unwrap_or_else(|| faces::date(moment)),
        machine: intl::machine(moment),
        full: Some(intl::moment(moment, t().language())),
        muted: false,
    }
}

fn since(seconds: i64) -> Option<String> {
    ago_words(ago(seconds, clock::now_s()))
}

fn until(seconds: i64) -> Option<String> {
    match left(seconds, clock::now_s()) {
        Left::Over => since(seconds),
        Left::Minutes(count) => Some(t_keys().invites_minutes_left(count)),
        Left::Hours(count) => Some(t_keys().invites_hours_left(count)),
        Left::Days(count) => Some(t_keys().invites_days_left(count)),
        Left::Long => None,
    }
}
