//! Pages for when there is nothing to work on: who is kept out, what is not there, what cannot start.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::browser::chunk::chunk;
use crate::config::ConfigError;
use crate::domain::role::Role;
use crate::features::later::{Frame, Part, later};
use crate::features::title::use_title;
use crate::i18n::{describe_error, p, role_phrase, t};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind, ButtonLink};
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::public_page::PublicPage;
use crate::ui::strip::MessageAction;

/// Why somebody is kept out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptOut {
    /// An administrator has blocked them.
    Blocked,
    /// Nobody has approved them yet.
    Pending,
    /// The server has no permissions for their role.
    NoPermissions(Role),
}

impl KeptOut {
    /// What is the matter, and what can be done about it.
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Blocked => (p().blocked_title(), p().blocked_text().to_owned()),
            Self::Pending => (p().pending_title(), p().pending_text().to_owned()),
            Self::NoPermissions(role) => (p().no_permissions_title(), p().no_permissions_text(&role_phrase(role))),
        }
    }
}

chunk!(sign_in, load_kept_out: fn draw_kept_out(why: KeptOut, again: Callback<()>, sign_out: Callback<()>) -> Drawn {
    let (title, text) = why.words();
    use_title(title.to_owned());
    view! {
        <PageHeader title=title lined=true />
        <ErrorView title=title text=text icon=glyph::LOCK failed=false retry=MessageAction::new(t().try_again(), again).with(glyph::REFRESH)>
            <Button label=t().sign_out() kind=ButtonKind::Quiet on_click=sign_out />
        </ErrorView>
    }
    .draw()
});

/// For somebody who is kept out: why, with the ways on.
#[component]
pub fn KeptOutPage(
    /// Why.
    why: KeptOut,
    /// Asks again.
    again: Callback<()>,
    /// Ends the session.
    sign_out: Callback<()>,
) -> Drawn {
    let draw = move || draw_kept_out(why.clone(), again, sign_out);
    later(Frame::Shell, Part::new(load_kept_out, draw))
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
    use_title(p().config_failed_title().to_owned());
    let text = match error {
        None => p().config_missing().to_owned(),
        Some(error) if error.key.is_empty() => p().config_whole(&error.problem),
        Some(error) => p().config_key(&error.key, &error.problem),
    };
    view! {
        <PublicPage brand=t().app_name() title=p().config_failed_title() lead=text>
            <Button label=t().try_again() icon=glyph::REFRESH on_click=move || crate::browser::page::reload() />
        </PublicPage>
    }
    .draw()
}
