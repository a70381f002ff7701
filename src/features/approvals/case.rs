//! One who waits: what helps to decide, role and groups to begin with, and the two answers, each with its key.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::inbox::{Inbox, focus_later};
use crate::browser::lifecycle;
use crate::domain::approval::{self, Standing, standing};
use crate::domain::groups::Group;
use crate::domain::time::Moment;
use crate::domain::user::User;
use crate::features::approving;
use crate::features::conflict::ConflictDialog;
use crate::features::edit_fields::{AutoGroupsField, RoleField, refused};
use crate::features::editor::Editor;
use crate::features::faces;
use crate::features::origin::Origins;
use crate::i18n::{t, t_later};
use crate::routes::Route;
use crate::state::approval_writes::{self, Approved, Decided};
use crate::state::console::Console;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind, ButtonLink};
use crate::ui::facts::{Fact, Facts};
use crate::ui::icon::glyph;
use crate::ui::name_text::NameText;
use crate::ui::note::Note;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, focus};
use crate::ui::time_text::TimeText;

const APPROVE: &str = "A";
const REJECT: &str = "R";

/// The person.
#[component]
pub fn Case(first: User, inbox: Inbox, origins: Origins, rejecting: RwSignal<Option<User>>) -> Drawn {
    let console = Console::get();
    let id = StoredValue::new(first.id.clone());
    let editor = Editor::open(console, first.clone());
    let now = Signal::derive(move || {
        let known = id.with_value(|id| console.users.user(id));
        known.unwrap_or_else(|| first.clone())
    });
    lifecycle::ask_before_leaving(Signal::derive(move || !editor.changed().is_empty()));
    let approve_refused = refusal_to_approve(console, editor, now);
    let reject_refused = refused(console, now, approval::reject);
    let approve = move || approve(console, inbox, editor);
    let reject = move || {
        if !editor.busy.get_untracked() {
            rejecting.set(Some(now.get_untracked()));
        }
    };
    keys(console, move |key| {
        if editor.busy.get_untracked() || inbox.is_pressed_twice(key) {
            return false;
        }
        match key {
            APPROVE if untrack(|| approve_refused.with(Option::is_none)) => approve(),
            REJECT if untrack(|| reject_refused.with(Option::is_none)) => reject(),
            _ => return false,
        }
        true
    });
    let hint = move |key| console.shortcuts.are_on_now().then_some(key);
    let back = move || {
        inbox.is_narrow().then(|| {
            view! {
                <a class="case-back" href=inbox.href(None) on:click=move |_| focus_later("h1")>
                    {t_later().approvals_all()}
                </a>
            }
        })
    };
    let let_in = move || {
        (now.with(standing) == Some(Standing::LetIn))
            .then(|| view! { <Note tone=Tone::Warning text=t_later().approvals_let_in() /> })
    };
    let after = move || match inbox.count() {
        count if count > 1 && approve_refused.with(Option::is_none) => {
            t_later().approvals_next(u64::try_from(count - 1).unwrap_or_default())
        }
        _ => String::new(),
    };
    view! {
        <section class="case stack" aria-labelledby="case-title">
            {back}
            <div class="case-head">
                <h2 id="case-title" tabindex="-1">
                    <NameText name=Signal::derive(move || now.with(|user| user.display_name().to_owned())) />
                </h2>
                <Badge face=Signal::derive(move || Some(now.with(|user| faces::status_badge(&user.status())))) />
            </div>
            {let_in}
            <Facts facts=Signal::derive(move || now.with(|user| facts(inbox, origins, user))) />
            <div class="stack" role="group" aria-label=t_later().approvals_begin()>
                <RoleField editor=editor />
                <AutoGroupsField editor=editor />
            </div>
            <div role="alert">
                {move || editor.error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}
            </div>
            // The next one stands where this one stood: the second half of a double click would decide about them.
            <div
                class="row"
                on:click:capture=move |event| {
                    if event.detail() > 1 {
                        event.stop_propagation();
                        event.prevent_default();
                    }
                }
            >
                <Button
                    label=t().approve_user()
                    kind=ButtonKind::Primary
                    icon=glyph::CHECK
                    key_hint=hint(APPROVE)
                    busy=editor.busy
                    busy_label=t_later().approve_busy()
                    disabled_reason=approve_refused
                    on_click=approve
                />
                <Button
                    label=t().reject_user()
                    icon=glyph::CLOSE
                    key_hint=hint(REJECT)
                    disabled_reason=reject_refused
                    on_click=reject
                />
                <ButtonLink
                    label=t().open_user()
                    kind=ButtonKind::Quiet
                    href=id.with_value(|id| console.href(&Route::User(id.clone())))
                />
                <span class="muted small">{after}</span>
            </div>
        </section>
        <ConflictDialog editor=editor on_save=approve />
    }
    .draw()
}

fn facts(inbox: Inbox, origins: Origins, user: &User) -> Vec<Fact> {
    let since = inbox.since(&user.id).map(|seconds| {
        let draw =
            move || view! { <TimeText face=Signal::stored(faces::moment_ago(Moment::At(seconds))) focusable=true /> };
        Fact::view(t_later().approvals_since(), draw)
    });
    let mut facts = vec![faces::email(user)];
    facts.extend(since);
    facts.push(Fact::name(t_later().detail_provider(), origins.words(user)));
    facts.push(Fact::id(t_later().detail_id(), user.id.0.clone()));
    facts
}

/// Why they cannot be approved: a rule, or a group that was chosen and is gone, which the server would refuse.
fn refusal_to_approve(console: Console, editor: Editor, now: Signal<User>) -> Signal<Option<String>> {
    let by_rule = refused(console, now, approval::approve);
    Signal::derive(move || {
        by_rule.get().or_else(|| {
            let changed = !editor.changed().is_empty();
            changed.then(|| editor.save_refusal()).flatten()
        })
    })
}

/// Runs what a single key means, unless such keys are switched off, and not while somebody types, chooses, or answers a question.
fn keys(console: Console, run: impl Fn(&str) -> bool + 'static) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        let free = console.shortcuts.are_on_now() && plain && !event.repeat() && !event.default_prevented();
        if free && !focus::is_typing() && !focus::dialog_is_open() && run(&event.key().to_uppercase()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Saves what was chosen, then approves; once, however often it is called while it works.
fn approve(console: Console, inbox: Inbox, editor: Editor) {
    let Some(client) = console.client() else { return };
    if editor.is_half_typed() {
        return;
    }
    let Some(work) = editor.begin() else { return };
    spawn_local(async move {
        let (base, sent) = (work.request.base.clone(), work.sent);
        let chosen = !work.request.draft.changed(&base).is_empty();
        let group_made = |name: &str, group: Group| editor.group_made(&sent, name, group);
        let ended = approval_writes::save_and_approve(&client, work.request, &work.groups, &group_made).await;
        let sent = editor.end(&base.id, &sent);
        match ended {
            Decided::NotSaved(ended) => {
                editor.tell(&base, ended, &sent);
                let said = editor.error.try_get_untracked().flatten();
                if let Some(said) = said {
                    editor.fail([t_later().approve_failed(base.display_name()), said].join(" "));
                }
            }
            Decided::Then { saved, end } => {
                if let Some(user) = &saved {
                    // The form goes on from there: the next try sends only what is left.
                    editor.take(user, &sent);
                }
                tell(console, inbox, editor, &base, chosen, saved.is_some(), &end);
            }
        }
    });
}

/// Says how it ended: of two writes, what was done and what was not.
fn tell(console: Console, inbox: Inbox, editor: Editor, base: &User, chosen: bool, was_saved: bool, end: &Approved) {
    if matches!(end, Approved::Done { .. } | Approved::Already(_) | Approved::Gone) {
        // Nothing is left to be kept for later.
        editor.discard();
        inbox.go_on(&base.id);
    }
    let (closed, words) = approving::settle(console, base, end);
    let words = match (closed, was_saved) {
        (true, true) => [words.as_str(), t_later().approved_with_choice()].join(" "),
        (true, false) if chosen => [words.as_str(), t_later().approved_without_choice()].join(" "),
        (false, true) => [t_later().approve_saved_first(), words.as_str()].join(" "),
        _ => words,
    };
    match end {
        Approved::Already(_) if chosen => console.toasts.error(words),
        Approved::Done { .. } | Approved::Already(_) => console.toasts.success(words),
        Approved::Gone => console.toasts.error(words),
        Approved::Refused(_) | Approved::Failed(_) | Approved::Lost => editor.fail(words),
    }
}
