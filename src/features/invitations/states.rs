//! What stands in place of the list: nothing there, nothing found, nothing came, not allowed, not on this server.

use leptos::prelude::*;

use super::address::Address;
use crate::api::error::ApiError;
use crate::domain::new_user::Admission;
use crate::domain::permission::{Module, Operation};
use crate::features::inviting::InviteButton;
use crate::i18n::{describe_error_fully, error_title, operation_name, role_phrase, t, t_keys, t_later};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonLink};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::strip::MessageAction;
use crate::ui::support::drawn::{Draw, Drawn};

/// Nobody is invited.
#[component]
pub fn NoInvitations(console: Console) -> Drawn {
    // Where nobody can accept one, the strip above says why.
    let can_invite = move || console.admission() == Some(Admission::Embedded);
    view! {
        <Empty title=t_keys().invites_empty_title() text=t_keys().invites_empty_text()>
            {move || can_invite().then(|| view! { <InviteButton /> })}
        </Empty>
    }
    .draw()
}

/// Nothing matches what was typed.
#[component]
pub fn NoMatch(address: Address) -> Drawn {
    let title = move || t_keys().invites_no_match_title(address.text.get().trim());
    view! {
        <Empty title=title>
            <Button
                label=t_keys().invites_clear_search()
                on_click=move || {
                    address.type_text(String::new());
                    address.settle();
                }
            />
        </Empty>
    }
    .draw()
}

/// No list came.
#[component]
pub fn NotLoaded(console: Console, error: ApiError) -> Drawn {
    let again = Callback::new(move |()| console.ask_invites());
    view! {
        <ErrorView
            title=t_keys().invites_failed_title()
            text=error_title(&error)
            retry=MessageAction::new(t().try_again(), again)
            details_label=t().show_details()
            details=describe_error_fully(&error)
        />
    }
    .draw()
}

/// The caller may not see invitations.
#[component]
pub fn Forbidden(console: Console) -> Drawn {
    let permission = [Module::Users.as_str(), ": ", operation_name(Operation::Read)].concat();
    let text = move || match console.me() {
        Some(me) => t().forbidden_text(&role_phrase(&me.user.role), &permission),
        None => t().forbidden_plain().to_owned(),
    };
    view! { <ErrorView title=t_keys().invites_forbidden_title() text=text icon=glyph::LOCK failed=false /> }.draw()
}

/// The server's provider is somebody else's: it sends e-mails instead.
#[component]
pub fn NoLinks(console: Console) -> Drawn {
    view! {
        <ErrorView title=t_keys().invites_external_title() text=t_keys().invites_external_text() icon=glyph::INVITE failed=false>
            <ButtonLink label=t_later().back_to_users() href=console.href(&Route::users()) />
        </ErrorView>
    }
    .draw()
}
