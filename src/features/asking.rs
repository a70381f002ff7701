//! What a menu of the list asks for somebody: approval, rejection, deletion. One part of the program has all three, and a
//! first visit to the list does without it.

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::domain::user::User;
use crate::features::approving;
use crate::features::deleting::DeleteUser;
use crate::features::later::{Part, opened};
use crate::features::rejecting::RejectUser;
use crate::i18n::t;
use crate::state::console::Console;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Approve them, at once.
    Approve,
    /// Ask whether to reject them.
    Reject,
    /// Ask whether to delete them.
    Delete,
}

/// What was asked for, and for whom; `None` once it is being dealt with.
pub type Asked = RwSignal<Option<(Wish, User)>>;

chunk!(user, load_answers: fn draw_answers(asked: Asked) -> Drawn {
    view! { <Answers asked=asked /> }.draw()
});

/// Deals with what is asked for.
#[component]
pub fn AskedFor(
    /// What is asked for.
    asked: Asked,
) -> Drawn {
    let console = Console::get();
    let answers = Part::new(load_answers, move || draw_answers(asked));
    let missing = Callback::new(move |()| {
        let deletes = matches!(asked.try_update(Option::take).flatten(), Some((Wish::Delete, _)));
        let not_done = if deletes { t().delete_failed() } else { "" };
        let words = [not_done, t().part_failed_text()].join(" ");
        console.toasts.error(words.trim_start().to_owned());
    });
    opened(move || asked.with(Option::is_some), answers, missing)
}

#[component]
fn Answers(asked: Asked) -> Drawn {
    let console = Console::get();
    let (deleting, rejecting) = (RwSignal::new(None::<User>), RwSignal::new(None::<User>));
    effect(move || {
        let Some((wish, user)) = asked.get() else { return };
        asked.set(None);
        match wish {
            Wish::Approve => approving::approve(console, &user),
            Wish::Reject => rejecting.set(Some(user)),
            Wish::Delete => deleting.set(Some(user)),
        }
    });
    view! {
        <DeleteUser user=deleting on_deleted=Callback::new(|()| ()) />
        <RejectUser user=rejecting on_decided=Callback::new(|_| ()) />
    }
    .draw()
}
