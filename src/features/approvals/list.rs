//! All who wait: names as links, since when, and who is being looked at.

use leptos::prelude::*;

use super::inbox::{Inbox, focus_later};
use crate::domain::approval::{Standing, standing};
use crate::domain::time::Moment;
use crate::domain::user::{User, UserId};
use crate::features::faces;
use crate::i18n::{t, t_later};
use crate::state::console::Console;
use crate::ui::name_text::{BreakableText, NameText};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::keyed::{Line, keyed};
use crate::ui::time_text::{TimeFace, TimeText};

/// So many are drawn: who waits longest comes first, and the others follow as these are decided.
const MOST: usize = 200;

/// The list.
#[component]
pub fn WaitingList(inbox: Inbox, current: Memo<Option<UserId>>) -> Drawn {
    let lines = move || {
        let people = inbox.people().into_iter().take(MOST);
        people.map(|user| line(inbox, current, user)).collect()
    };
    let more = move || inbox.count().checked_sub(MOST).filter(|more| *more > 0);
    view! {
        <nav class="waiting" aria-label=t_later().approvals_list()>
            <ul>{keyed(lines)}</ul>
            {move || {
                more().map(|more| {
                    let more = u64::try_from(more).unwrap_or_default();
                    view! { <p class="waiting-more field-help">{t_later().approvals_more(more)}</p> }
                })
            }}
        </nav>
    }
    .draw()
}

/// What belongs to a line is made where the line is drawn: what is made here ends with the next change of the list.
fn line(inbox: Inbox, current: Memo<Option<UserId>>, user: User) -> Line {
    let key = user.id.0.clone();
    (key, (move || draw_line(inbox, current, user.clone())).into())
}

fn draw_line(inbox: Inbox, current: Memo<Option<UserId>>, user: User) -> Drawn {
    let console = Console::get();
    let id = StoredValue::new(user.id.clone());
    // Name and address may change while the line stays.
    let now = Signal::derive(move || {
        let known = id.with_value(|id| console.users.user(id));
        known.unwrap_or_else(|| user.clone())
    });
    let href = id.with_value(|id| inbox.href(Some(id)));
    let since = Signal::derive(move || {
        let seconds = id.with_value(|id| inbox.since(id));
        seconds.map_or_else(TimeFace::default, |seconds| faces::moment_ago(Moment::At(seconds)))
    });
    let is_current = move || current.with(|current| id.with_value(|id| current.as_ref() == Some(id)));
    let note = move || {
        let let_in = now.with(standing) == Some(Standing::LetIn);
        let_in.then(|| view! { <span class="waiting-note">{t_later().approvals_let_in_short()}</span> })
    };
    view! {
        <li class="waiting-line">
            <a
                class="waiting-link"
                href=href
                aria-current=move || is_current().then_some("true")
                on:click=move |_| focus_later("#case-title")
            >
                <span class="waiting-name">
                    <NameText name=Signal::derive(move || now.with(|user| user.display_name().to_owned())) />
                </span>
                <span class="waiting-since">
                    <TimeText face=since />
                </span>
                <span class="waiting-mail">
                    <BreakableText text=Signal::derive(move || now.with(second_line)) />
                </span>
                {note}
            </a>
        </li>
    }
    .draw()
}

fn second_line(user: &User) -> String {
    if user.email.is_empty() {
        t().none().to_owned()
    } else {
        user.email.clone()
    }
}
