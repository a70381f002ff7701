//! What can be done with a row of the list. The menus come with a part of the program: most visits only look.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::row::Cells;
use crate::api::users::CurrentUser;
use crate::browser::chunk::chunk;
use crate::domain::approval;
use crate::domain::guard;
use crate::domain::user::User;
use crate::features::asking::{Asked, Wish};
use crate::features::blocking;
use crate::features::later::{at_once, fetched};
use crate::features::resending::resend_item;
use crate::i18n::{refusal, t};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::icon::glyph;
use crate::ui::menu::{MenuItem, MenuPanel};
use crate::ui::menu_button::{MenuOpener, MenuPlace};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::virtual_table::RowSlot;

/// The menus of all rows; copies are the same.
#[derive(Clone, Copy)]
pub struct RowMenus {
    console: Console,
    /// What they ask for.
    asked: Asked,
    /// Their part of the program is here.
    here: RwSignal<bool>,
}

chunk!(panels, load_menu: fn draw_menu(cells: Cells, slot: RowSlot, place: MenuPlace) -> Drawn {
    let label = move || label(cells, slot);
    let items = move || {
        let user = slot
            .now()
            .and_then(|place| cells.view.peek(place, |row| User::from(&row.to_user())));
        user.map(|user| cells.items(&user)).unwrap_or_default()
    };
    view! { <MenuPanel place=place label=label items=items /> }.draw()
});

fn label(cells: Cells, slot: RowSlot) -> String {
    t().more_actions(&cells.read(slot, |row| row.display_name().to_owned()))
}

impl RowMenus {
    /// Menus that ask through `asked`.
    pub fn new(console: Console, asked: Asked) -> Self {
        Self {
            console,
            asked,
            here: RwSignal::new(false),
        }
    }

    /// The button of a slot, with the menu of whichever row it shows.
    pub fn button(self, cells: Cells, slot: RowSlot) -> Drawn {
        let place = MenuPlace::new();
        let panel = move || {
            (move || {
                if !place.is_open() {
                    return None;
                }
                if self.here.get() {
                    return at_once(Box::pin(draw_menu(cells, slot, place)));
                }
                self.fetch(Some(place));
                None
            })
            .draw()
        };
        view! {
            <MenuOpener
                label=move || label(cells, slot)
                place=place
                panel=panel
                on_near=move || self.fetch(None)
            />
        }
        .draw()
    }

    /// Fetches the part. `asked_by` waits for it: when it cannot be had, it closes again and says why.
    fn fetch(self, asked_by: Option<MenuPlace>) {
        if self.here.try_get_untracked() != Some(false) {
            return;
        }
        spawn_local(async move {
            if fetched(Box::pin(load_menu())).await {
                self.here.try_set(true);
            } else if let Some(place) = asked_by {
                place.close();
                self.console.toasts.error(t().part_failed_text().to_owned());
            }
        });
    }

    /// A line of the menu that asks for something.
    fn asking(self, label: &str, wish: Wish, user: &User) -> MenuItem {
        let (asked, user) = (self.asked, user.clone());
        MenuItem::new(label, move || asked.set(Some((wish, user.clone()))))
    }
}

impl Cells {
    fn items(self, user: &User) -> Vec<MenuItem> {
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
            ..self.menus.asking(words.delete, Wish::Delete, user)
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
            ..self.menus.asking(t().approve_user(), Wish::Approve, user)
        };
        let reject = MenuItem {
            glyph: Some(glyph::CLOSE),
            disabled_reason: refused(me.as_ref(), |caller| approval::reject(caller, user)),
            ..self.menus.asking(t().reject_user(), Wish::Reject, user)
        };
        vec![open, approve, reject, block, delete]
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
