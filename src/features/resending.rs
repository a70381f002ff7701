//! Having an outside provider send its invitation once more: for whom it can work, and what became of it.

use leptos::task::spawn_local;

use crate::browser::chunk::{Working, chunk};
use crate::domain::new_user;
use crate::domain::user::User;
use crate::i18n::{describe_error, p, refusal, t};
use crate::state::console::Console;
use crate::state::new_users::{self, Resent};
use crate::ui::icon::glyph;
use crate::ui::menu::MenuItem;

chunk!(user, load_resend: fn resend_in_part(console: Console, user: User) -> Working<()> {
    Box::pin(run(console, user))
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
    let item = MenuItem::new(t().resend_invitation(), move || resend(console, user.clone()));
    Some(item.icon(glyph::INVITE).disabled(refused))
}

/// Sends it once; a second click while the first is under way does nothing.
fn resend(console: Console, user: User) {
    if !console.begin_write(&user.id) {
        return;
    }
    spawn_local(async move {
        let id = user.id.clone();
        match resend_in_part(console, user).await {
            Ok(working) => working.await,
            Err(_) => console.toasts.error(t().part_failed_text().to_owned()),
        }
        console.end_write(&id);
    });
}

async fn run(console: Console, user: User) {
    let Some(client) = console.client() else { return };
    let name = user.display_name();
    let toasts = console.toasts;
    let failed = |why: &str| [p().resend_failed(name).as_str(), why].join(" ");
    match new_users::resend(&client, &user.id).await {
        Resent::Done => toasts.success(p().resent(name)),
        Resent::Outdated(error) => {
            toasts.error(if error.says_activated() {
                p().resend_accepted(name)
            } else {
                failed(&describe_error(&error))
            });
            console.users.load(&client);
        }
        Resent::Failed(error) if error.says_no_provider_manager() => {
            console.remember_no_manager();
            toasts.error(failed(t().refused_no_manager()));
        }
        Resent::Failed(error) => toasts.error(failed(&describe_error(&error))),
        Resent::Unknown => toasts.error(p().resend_unknown(name)),
    }
}
