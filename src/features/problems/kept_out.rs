//! The page of somebody whom the server keeps out: why, and the ways on. Who waits for approval need do nothing.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::{KeptOut, Ways};
use crate::browser::clock;
use crate::domain::role::Role;
use crate::features::title::use_title;
use crate::i18n::{role_phrase, t, t_guests, t_later};
use crate::state::console::Console;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::strip::MessageAction;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// So often, in milliseconds, it is looked whether somebody has approved meanwhile.
const LOOK_EVERY_MS: u32 = 30_000;

impl KeptOut {
    /// What is the matter, and what can be done about it.
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Blocked => (t_later().blocked_title(), t_later().blocked_text().to_owned()),
            Self::Pending => (
                t_later().pending_title(),
                [t_later().pending_text(), t_guests().pending_looks()].join(" "),
            ),
            Self::Gone => (t_guests().gone_title(), t_guests().gone_text().to_owned()),
            Self::NoPermissions(Role::Other(word)) => {
                (t_guests().unknown_role_title(), t_guests().unknown_role_text(word))
            }
            Self::NoPermissions(role) => (
                t_later().no_permissions_title(),
                t_later().no_permissions_text(&role_phrase(role)),
            ),
        }
    }
}

/// The page.
#[component]
pub fn KeptOutPage(
    /// Why.
    why: KeptOut,
    /// The ways on.
    ways: Ways,
) -> Drawn {
    let console = Console::get();
    let (title, text) = why.words();
    use_title(title.to_owned());
    let waits = why == KeptOut::Pending;
    let again = if waits {
        // Only what can have changed is asked for.
        Callback::new(move |()| console.look_again())
    } else {
        ways.again
    };
    if waits {
        effect(move || {
            spawn_local_scoped_with_cancellation(async move {
                loop {
                    clock::sleep_ms(LOOK_EVERY_MS).await;
                    console.look_again();
                }
            });
        });
    }
    view! {
        <PageHeader title=title lined=true />
        <ErrorView
            text=text
            icon=if waits { glyph::CLOCK } else { glyph::LOCK }
            failed=false
            retry=MessageAction::new(if waits { t_guests().pending_look() } else { t().try_again() }, again)
        >
            {ways.out()}
        </ErrorView>
    }
    .draw()
}
