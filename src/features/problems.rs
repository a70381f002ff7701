//! Pages for when there is nothing to work on: who is kept out, what is not there, what cannot start.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::browser::chunk::chunk;
use crate::config::ConfigError;
use crate::domain::role::Role;
use crate::features::later::{Frame, Part, later};
use crate::features::title::use_title;
use crate::i18n::{describe_error, role_phrase, t};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind, ButtonLink};
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::public_page::PublicPage;
use crate::ui::strip::MessageAction;

/// A page that says why there is none, with the way out.
#[component]
fn Kept(
    /// What is the matter.
    #[prop(into)]
    title: String,
    /// And what can be done about it.
    #[prop(into)]
    text: String,
    /// Asks again.
    again: Callback<()>,
    /// Ends the session.
    sign_out: Callback<()>,
) -> Drawn {
    use_title(title.clone());
    view! {
        <PageHeader title=title.clone() lined=true />
        <ErrorView title=title text=text icon=glyph::LOCK failed=false retry=MessageAction::new(t().try_again(), again).with(glyph::REFRESH)>
            <Button label=t().sign_out() kind=ButtonKind::Quiet on_click=sign_out />
        </ErrorView>
    }
    .draw()
}

/// For somebody an administrator has blocked.
#[component]
pub fn BlockedPage(
    /// Asks again.
    again: Callback<()>,
    /// Ends the session.
    sign_out: Callback<()>,
) -> Drawn {
    view! { <Kept title=t().blocked_title() text=t().blocked_text() again=again sign_out=sign_out /> }.draw()
}

/// For somebody nobody has approved yet.
#[component]
pub fn PendingPage(
    /// Asks again.
    again: Callback<()>,
    /// Ends the session.
    sign_out: Callback<()>,
) -> Drawn {
    view! { <Kept title=t().pending_title() text=t().pending_text() again=again sign_out=sign_out /> }.draw()
}

/// For a role the server has no permissions for.
#[component]
pub fn NoPermissionsPage(
    /// The caller's role.
    role: Role,
    /// Asks again.
    again: Callback<()>,
    /// Ends the session.
    sign_out: Callback<()>,
) -> Drawn {
    let text = t().no_permissions_text(&role_phrase(&role));
    view! { <Kept title=t().no_permissions_title() text=text again=again sign_out=sign_out /> }.draw()
}

/// For when the server does not say who the caller is.
#[component]
pub fn AccessFailed(
    /// What went wrong.
    error: ApiError,
    /// Asks again.
    again: Callback<()>,
    /// Ends the session.
    sign_out: Callback<()>,
) -> Drawn {
    use_title(t().session_failed_title().to_owned());
    view! {
        <PageHeader title=t().session_failed_title() lined=true />
        <ErrorView
            title=t().session_failed_title()
            text=describe_error(&error)
            retry=MessageAction::new(t().try_again(), again).with(glyph::REFRESH)
        >
            <Button label=t().sign_out() kind=ButtonKind::Quiet on_click=sign_out />
        </ErrorView>
    }
    .draw()
}

/// For an address that is no page.
#[component]
pub fn NotFound() -> Drawn {
    use_title(t().not_found_title().to_owned());
    let console = Console::get();
    view! {
        <PageHeader title=t().not_found_title() lined=true />
        <ErrorView title=t().not_found_title() text=t().not_found_text() icon=glyph::HELP failed=false>
            <ButtonLink label=t().back_to_users() href=console.href(&Route::users()) />
        </ErrorView>
    }
    .draw()
}

chunk!(sign_in, load_config_failed: fn draw_config_failed(error: Option<ConfigError>) -> Drawn {
    view! { <ConfigFailedPage error=error /> }.draw()
});

/// For a configuration that cannot be used. Nothing else is drawn: the console does not start on a guess.
#[component]
pub fn ConfigFailed(
    /// What is wrong; `None` when there is no file.
    error: Option<ConfigError>,
) -> Drawn {
    let draw = move || draw_config_failed(error.clone());
    later(Frame::Alone, Part::new(load_config_failed, draw))
}

#[component]
fn ConfigFailedPage(error: Option<ConfigError>) -> Drawn {
    use_title(t().config_failed_title().to_owned());
    let text = match error {
        None => t().config_missing().to_owned(),
        Some(error) if error.key.is_empty() => t().config_whole(&error.problem),
        Some(error) => t().config_key(&error.key, &error.problem),
    };
    view! {
        <PublicPage brand=t().app_name() title=t().config_failed_title() lead=text>
            <Button label=t().try_again() icon=glyph::REFRESH on_click=move || crate::browser::page::reload() />
        </PublicPage>
    }
    .draw()
}
