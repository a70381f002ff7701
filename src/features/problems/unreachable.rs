//! The page for when the server does not say who the caller is: what answered, what did not, and what that may mean.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::Ways;
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::reach::Finding;
use crate::features::reaching;
use crate::features::title::use_title;
use crate::i18n::{describe_error, t, t_guests};
use crate::state::console::Console;
use crate::ui::error_view::ErrorView;
use crate::ui::note::Note;
use crate::ui::page_header::PageHeader;
use crate::ui::strip::MessageAction;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// The page.
#[component]
pub fn NotAnswered(
    /// What went wrong.
    error: ApiError,
    /// The ways on.
    ways: Ways,
) -> Drawn {
    let console = Console::get();
    let config = console.config();
    let silent = matches!(error.kind, ErrorKind::Offline | ErrorKind::Timeout);
    let title = if silent {
        t_guests().unreachable_title(config.api_host())
    } else {
        t_guests().session_failed_title().to_owned()
    };
    use_title(title.clone());
    let (text, status) = (describe_error(&error), error.status);
    // Something is there that knows nothing of NetBird's paths.
    let foreign = error.is_foreign_answer() || status == Some(404) || error.kind == ErrorKind::Decode;
    let finding = RwSignal::new(None::<Finding>);
    let words = {
        let config = config.clone();
        move || {
            let words = match finding.get() {
                Some(finding) => reaching::words(&config, finding),
                None if foreign => t_guests().reach_foreign(config.api_host()),
                None => return None,
            };
            Some(view! { <Note text=words /> })
        }
    };
    if silent {
        effect(move || {
            let config = config.clone();
            spawn_local_scoped_with_cancellation(async move {
                finding.try_set(Some(reaching::look(&config).await));
            });
        });
    }
    view! {
        <PageHeader title=title lined=true />
        <ErrorView text=text retry=MessageAction::new(t().try_again(), ways.again)>
            {ways.out()}
        </ErrorView>
        <div class="page-body" role="status">{words}</div>
    }
    .draw()
}
