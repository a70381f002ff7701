//! An address that is no page, and a configuration that cannot be used.

use leptos::prelude::*;

use crate::browser::page;
use crate::config::ConfigError;
use crate::features::title::use_title;
use crate::i18n::{t, t_guests, t_later};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonLink};
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::public_page::PublicPage;
use crate::ui::support::drawn::{Draw, Drawn};

/// For an address that is no page.
#[component]
pub fn NoPage() -> Drawn {
    use_title(t_guests().not_found_title().to_owned());
    let console = Console::get();
    view! {
        <PageHeader title=t_guests().not_found_title() lined=true />
        <ErrorView text=t_guests().not_found_text() icon=glyph::HELP failed=false>
            <ButtonLink label=t_later().back_to_users() href=console.href(&Route::users()) />
        </ErrorView>
    }
    .draw()
}

/// For a configuration that cannot be used. Nothing else is drawn: the console does not start on a guess.
#[component]
pub fn ConfigFailed(
    /// What is wrong; `None` when there is no file.
    error: Option<ConfigError>,
) -> Drawn {
    use_title(t_later().config_failed_title().to_owned());
    let text = match error {
        None => t_later().config_missing().to_owned(),
        Some(error) if error.key.is_empty() => t_later().config_whole(&error.problem),
        Some(error) => t_later().config_key(&error.key, &error.problem),
    };
    view! {
        <PublicPage brand=t().app_name() title=t_later().config_failed_title() lead=text>
            <Button label=t().try_again() icon=glyph::REFRESH on_click=page::reload />
        </PublicPage>
    }
    .draw()
}
