//! The section about a user's tokens: their own, or a service user's; for everybody else why there is nothing to see.

use std::sync::Arc;

use leptos::prelude::*;

use super::new_token::NewToken;
use super::revoking::RevokeToken;
use crate::api::kept_forms::KeptForm;
use crate::api::tokens;
use crate::browser::clock;
use crate::domain::guard;
use crate::domain::permission::Operation;
use crate::domain::time::Moment;
use crate::domain::token::{Token, Urgency, Validity};
use crate::domain::user::User;
use crate::features::{faces, keeping};
use crate::i18n::{describe_error, refusal, t, t_keys};
use crate::state::console::Console;
use crate::state::drafts;
use crate::state::query::{Query, Status};
use crate::ui::badge::{BadgeFace, BadgeLook};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::entry_list::{Entry, EntryList};
use crate::ui::facts::{Fact, FactValue};
use crate::ui::icon::glyph;
use crate::ui::note::Note;
use crate::ui::skeleton::SkeletonText;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, effect};
use crate::ui::time_text::{TimeFace, TimeText};

/// The tokens of one user, as far as the page that shows them has read them.
#[derive(Clone, Copy)]
struct TokenList {
    console: Console,
    user: Signal<User>,
    query: Query<Vec<Token>>,
    /// Raised to read once more.
    again: RwSignal<u32>,
}

impl TokenList {
    /// Reads the tokens as soon as it is known that the caller may see them, and whenever something was done to them.
    fn follow(console: Console, user: Signal<User>) -> Self {
        let list = Self {
            console,
            user,
            query: Query::default(),
            again: RwSignal::new(0),
        };
        let may_see = Memo::new(move |_| list.refusal(Operation::Read).is_none());
        effect(move || {
            list.again.track();
            let (Some(client), true) = (console.client(), may_see.get()) else {
                return;
            };
            let id = user.with_untracked(|user| user.id.clone());
            list.query.run_here(async move { client.send(tokens::list(&id)).await });
        });
        list
    }

    /// Reads them once more.
    fn reload(self) {
        self.again.try_update(|times| *times = times.wrapping_add(1));
    }

    /// Why something may not be done with these tokens, in words, tracked.
    fn refusal(self, operation: Operation) -> Option<String> {
        let Some(caller) = self.console.caller() else {
            return Some(t().refused_unknown_caller().to_owned());
        };
        let allowed = self.user.with(|user| guard::tokens(&caller, user, operation));
        allowed.err().map(|reason| refusal(&reason))
    }
}

/// The section.
#[component]
pub fn Tokens(
    /// Whose.
    #[prop(into)]
    user: Signal<User>,
) -> Drawn {
    let console = Console::get();
    let list = TokenList::follow(console, user);
    let (making, revoking) = (RwSignal::new(None::<User>), RwSignal::new(None::<(User, Token)>));
    // It was open when the page was left for the provider.
    keeping::reopen(console, move |me| {
        let user = user.get_untracked();
        if drafts::from_tab(me, &KeptForm::NewToken(user.id.clone())).is_some() {
            making.set(Some(user));
        }
        true
    });
    let known = Memo::new(move |_| console.caller().is_some());
    let kept_away = Memo::new(move |_| known.get().then(|| list.refusal(Operation::Read)).flatten());
    let body = move || match (known.get(), kept_away.get()) {
        (false, _) => view! { <SkeletonText label=t_keys().tokens_loading() lines=2 /> }.draw(),
        (true, Some(why)) => view! { <p class="muted">{why}</p> }.draw(),
        (true, None) => view! { <Open list=list revoking=revoking /> }.draw(),
    };
    let open = Memo::new(move |_| known.get() && kept_away.with(Option::is_none));
    let make = move || {
        open.get().then(|| {
            view! {
                <Button
                    label=t_keys().token_new_ask()
                    icon=glyph::PLUS
                    disabled_reason=Signal::derive(move || list.refusal(Operation::Create))
                    on_click=move || making.set(Some(user.get_untracked()))
                />
            }
            .draw()
        })
    };
    let reload = Callback::new(move |()| list.reload());
    view! {
        <section class="stack" aria-labelledby="tokens-title">
            <div class="section-head section-wide">
                <h2 id="tokens-title">{t_keys().tokens_title()}</h2>
                {make}
            </div>
            {body}
        </section>
        <NewToken user=making on_change=reload on_end=Callback::new(|()| ()) />
        <RevokeToken token=revoking on_change=reload />
    }
    .draw()
}

/// For who may see them.
#[component]
fn Open(list: TokenList, revoking: RwSignal<Option<(User, Token)>>) -> Drawn {
    let (user, query) = (list.user, list.query);
    let help = move || {
        if user.with(|user| user.is_service_user) {
            t_keys().tokens_service_help()
        } else {
            t_keys().tokens_own_help()
        }
    };
    let blocked = move || user.with(|user| user.is_service_user && user.is_blocked);
    let trouble = move || {
        let Status::Failed(error) = query.status() else {
            return None;
        };
        let lead = match query.as_of() {
            Some(since) => t_keys().tokens_stale(&faces::time_of_day(since)),
            None => t_keys().tokens_failed().to_owned(),
        };
        let text = describe_error(&error);
        Some(
            view! {
                <Note tone=Tone::Danger lead=lead text=text>
                    <Button label=t().try_again() small=true icon=glyph::REFRESH on_click=move || list.reload() />
                </Note>
            }
            .draw(),
        )
    };
    // A memo: a list that is read once more is not drawn anew, only its lines that changed.
    let shape = Memo::new(move |_| match (query.get(), query.status()) {
        (Some(tokens), _) if tokens.is_empty() => Shape::Empty,
        (Some(_), _) => Shape::Filled,
        (None, Status::Failed(_)) => Shape::Nothing,
        (None, _) => Shape::Loading,
    });
    let rows = move || match shape.get() {
        Shape::Loading => view! { <SkeletonText label=t_keys().tokens_loading() lines=2 /> }.draw(),
        Shape::Nothing => ().draw(),
        Shape::Empty => view! { <p class="muted">{t_keys().tokens_empty()}</p> }.draw(),
        Shape::Filled => {
            let entries = Signal::derive(move || {
                let tokens = query.get();
                let entry = |token: &Token| entry(list, token, revoking);
                tokens
                    .iter()
                    .flat_map(|tokens| tokens.iter())
                    .map(entry)
                    .collect::<Vec<_>>()
            });
            view! { <EntryList label=t_keys().tokens_title() entries=entries /> }.draw()
        }
    };
    view! {
        <p class="muted">{help}</p>
        {move || blocked().then(|| view! { <Note tone=Tone::Warning text=t_keys().tokens_blocked() /> })}
        <div role="alert">{trouble}</div>
        {rows}
    }
    .draw()
}

/// What stands where the tokens are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Loading,
    Nothing,
    Empty,
    Filled,
}

fn entry(list: TokenList, token: &Token, revoking: RwSignal<Option<(User, Token)>>) -> Entry {
    let console = list.console;
    let shown = token.clone();
    let badge = move || {
        // Time passes between two reads.
        list.query.as_of();
        Some(badge(shown.validity(clock::now_s())))
    };
    let shown = token.clone();
    let facts = move || facts(console, &shown);
    let (name, shown) = (token.name.clone(), token.clone());
    let actions = move || {
        let shown = shown.clone();
        let ask = move || revoking.set(Some((list.user.get_untracked(), shown.clone())));
        view! {
            <Button
                label=t_keys().token_revoke(&name)
                kind=ButtonKind::Quiet
                icon=glyph::TRASH
                icon_only=true
                disabled_reason=Signal::derive(move || list.refusal(Operation::Delete))
                on_click=ask
            />
        }
    };
    let last_used = match token.last_used {
        Moment::At(seconds) => seconds.to_string(),
        _ => String::new(),
    };
    Entry {
        key: [token.id.as_str(), " ", &last_used].concat(),
        name: token.name.clone(),
        badge: Arc::new(badge),
        facts: Arc::new(facts),
        actions: actions.into(),
    }
}

fn facts(console: Console, token: &Token) -> Vec<Fact> {
    let time = |face: TimeFace| {
        FactValue::View((move || view! { <TimeText face=Signal::stored(face.clone()) focusable=true /> }).into())
    };
    let creator = match console.users.user(&token.created_by) {
        Some(user) => FactValue::Name(user.display_name().to_owned()),
        None => FactValue::Name(t_keys().token_creator_gone(token.created_by.as_str())),
    };
    [
        (t_keys().token_ends(), time(faces::moment_date(token.expires_at))),
        (t_keys().token_created(), time(faces::moment_ago(token.created_at))),
        (t_keys().token_creator(), creator),
        (t_keys().token_last_used(), time(faces::moment_ago(token.last_used))),
    ]
    .map(|(term, value)| Fact {
        term: term.into(),
        value,
    })
    .into()
}

/// What is left of a token, as a badge.
fn badge(validity: Validity) -> BadgeFace {
    let look = match validity.urgency() {
        Urgency::Calm => BadgeLook::Muted,
        Urgency::Soon => BadgeLook::Caution,
        Urgency::Close => BadgeLook::Warning,
        Urgency::Now => BadgeLook::Danger,
    };
    let (glyph, text) = match validity {
        Validity::Days(days) => (glyph::CLOCK, t_keys().token_days_left(days)),
        Validity::Hours(hours) => (glyph::CLOCK, t_keys().token_hours_left(hours)),
        Validity::Expired => (glyph::BAN, t_keys().token_expired().to_owned()),
        Validity::Endless => (glyph::CLOCK, t_keys().token_endless().to_owned()),
        Validity::Unreadable => (glyph::HELP, t().time_unreadable().to_owned()),
    };
    BadgeFace {
        look,
        glyph,
        text,
        short: None,
    }
}
