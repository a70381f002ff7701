//! Having an outside provider send its invitation once more: for whom it can work, and what became of it.

use leptos::task::spawn_local;

use crate::browser::chunk::chunk;
use crate::domain::new_user;
use crate::domain::user::User;
use crate::i18n::{describe_error, refusal, t, t_keys, t_later};
use crate::state::console::Console;
use crate::state::new_users::{self, Resent};
use crate::ui::icon::glyph;
use crate::ui::menu::MenuItem;

chunk!(user: fn resend_in_part(console: Console, user: User) -> () {
    run(console, user);
});

/// The line of a user's menu; none where it could never work.
pub fn resend_item(console: Console, user: &User) -> Option<MenuItem> {
    let admission = console.admission();
    if !new_user::can_be_resent(user, admission) {
        return None;
    }
    let refused = match console.caller() {
        None => Some(t().refused_unknown_caller().to_owned()),
        Some(caller) => {
            let may = new_user::may_resend(&caller, admission);
            may.err().map(|reason| refusal(&reason))
        }
    };
    let user = user.clone();
    let item = MenuItem::new(t_later().resend_invitation(), move || resend(console, user.clone()));
    Some(item.icon(glyph::INVITE).disabled(refused))
}

fn resend(console: Console, user: User) {
    spawn_local(async move {
        if resend_in_part(console, user).await.is_err() {
            console.toasts.error(t().part_failed_text().to_owned());
        }
    });
}

/// Sends it once; a second click while the first is under way does nothing.
fn run(console: Console, user: User) {
    let Some(client) = console.client() else { return };
    if !console.begin_write(&user.id) {
        return;
    }
    spawn_local(async move {
        let ended = new_users::resend(&client, &user.id).await;
        console.end_write(&user.id);
        tell(console, &user, ended);
    });
}

fn tell(console: Console, user: &User, ended: Resent) {
    let name = user.display_name();
    let toasts = console.toasts;
    let failed = |why: &str| [t_keys().resend_failed(name).as_str(), why].join(" ");
    match ended {
        Resent::Done => toasts.success(t_keys().resent(name)),
        Resent::Outdated(error) => {
            toasts.error(if error.says_activated() {
                t_keys().resend_accepted(name)
            } else {
                failed(&describe_error(&error))
            });
            console.refresh();
        }
        Resent::Failed(error) if error.says_no_provider_manager() => {
            console.remember_no_manager();
            toasts.error(failed(t().refused_no_manager()));
        }
        Resent::Failed(error) => toasts.error(failed(&describe_error(&error))),
        Resent::Unknown => toasts.error(t_keys().resend_unknown(name)),
    }
}
