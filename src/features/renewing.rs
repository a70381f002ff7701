//! Another link for an invitation: how long it works, what becomes of the old one, and what became of the request.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::new::KeptLink;
use crate::browser::clock;
use crate::domain::invite::{Invite, LifeUnit, life_seconds};
use crate::domain::secret::{Secret, SecretKind};
use crate::features::life_field::{LifeField, link_ends};
use crate::features::{keeping, secret};
use crate::i18n::{describe_error, role_name, t, t_keys, t_later};
use crate::state::console::Console;
use crate::state::new_users::{self, Renewed};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Dialog;
use crate::ui::facts::{Fact, Facts};
use crate::ui::note::Note;
use crate::ui::support::Tone;
use crate::ui::support::drawn::{Draw, Drawn};

/// The form. Copies are handles on the same.
#[derive(Clone, Copy)]
struct Form {
    console: Console,
    /// Whose link; the dialog is open while there is one.
    invite: RwSignal<Option<Invite>>,
    life: RwSignal<String>,
    unit: RwSignal<LifeUnit>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
}

/// The dialog.
#[component]
pub fn RenewLink(
    /// Whose link. It is open while there is one.
    invite: RwSignal<Option<Invite>>,
) -> Drawn {
    let form = Form {
        console: Console::get(),
        invite,
        life: RwSignal::new(String::new()),
        unit: RwSignal::new(LifeUnit::Days),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    // The words stay while the dialog closes.
    let last = Memo::new(move |before: Option<&Option<Invite>>| invite.get().or_else(|| before.cloned().flatten()));
    keeping::keep(
        form.console,
        move || invite.with(|invite| invite.as_ref().map(|invite| KeptForm::NewLink(invite.id.clone()))),
        move || form.held(),
        move |left| form.begin(left.as_ref()),
    );
    let name = move || {
        last.get()
            .map(|invite| invite.display_name().to_owned())
            .unwrap_or_default()
    };
    let close = Callback::new(move |()| invite.set(None));
    let foot = move || {
        view! {
            <Button label=t_later().cancel() on_click=move || form.cancel() />
            <Button
                label=t_keys().renew_go()
                kind=ButtonKind::Primary
                busy=form.busy
                busy_label=t_keys().renew_busy()
                on_click=move || form.submit()
            />
        }
        .draw()
    };
    let text = move || match last.get() {
        Some(invite) if invite.is_over(clock::now_s()) => t_keys().renew_text_over(),
        _ => t_keys().renew_text(),
    };
    view! {
        <Dialog
            open=Signal::derive(move || invite.with(Option::is_some))
            on_close=close
            title=move || t_keys().renew_title(&name())
            close_label=t().close()
            locked=form.busy
            foot=foot
        >
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    form.submit();
                }
            >
                <Facts facts=Signal::derive(move || last.get().map(|invite| facts(&invite)).unwrap_or_default()) />
                <p>{text}</p>
                <LifeField
                    life=form.life
                    on_life=move |life| form.life.set(life)
                    unit=form.unit
                    on_unit=move |unit| form.unit.set(unit)
                />
                <input type="submit" hidden=true />
            </form>
            <div role="alert">
                {move || form.error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}
            </div>
        </Dialog>
    }
    .draw()
}

fn facts(invite: &Invite) -> Vec<Fact> {
    vec![
        Fact::address(t_later().detail_email(), invite.email.clone()),
        Fact::text(t_later().field_role(), role_name(&invite.role)),
    ]
}

/// What the dialog opens with.
fn usual() -> KeptLink {
    KeptLink {
        life: "3".to_owned(),
        unit: LifeUnit::Days,
    }
}

impl Form {
    /// What would be lost with the page, tracked.
    fn held(self) -> Option<Value> {
        let held = KeptLink {
            life: self.life.get(),
            unit: self.unit.get(),
        };
        (held != usual()).then(|| held.write())
    }

    /// Begins anew, or with what was left.
    fn begin(self, left: Option<&Value>) {
        let KeptLink { life, unit } = left.and_then(KeptLink::read).unwrap_or_else(usual);
        self.life.set(life);
        self.unit.set(unit);
        self.error.set(None);
    }

    fn cancel(self) {
        if !self.busy.get_untracked() {
            self.invite.set(None);
        }
    }

    fn submit(self) {
        let seconds = self
            .life
            .with_untracked(|life| life_seconds(life, self.unit.get_untracked()));
        let (Ok(seconds), Some(invite)) = (seconds, self.invite.get_untracked()) else {
            return;
        };
        let (Some(client), false) = (self.console.client(), self.busy.get_untracked()) else {
            return;
        };
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            if !secret::ready().await {
                self.busy.try_set(false);
                self.error.try_set(Some(t_keys().secret_not_ready().to_owned()));
                return;
            }
            let ended = new_users::renew(&client, &invite.id, seconds).await;
            self.busy.try_set(false);
            self.tell(&invite, ended);
        });
    }

    fn tell(self, invite: &Invite, ended: Renewed) {
        let console = self.console;
        // Whatever came of it: what the list shows may have changed.
        console.ask_invites();
        let name = invite.display_name();
        let words = match ended {
            Renewed::Done(link) => {
                keeping::done(console, &KeptForm::NewLink(invite.id.clone()));
                self.invite.try_set(None);
                let secret = Secret::new(SecretKind::InviteLink, name, console.invite_link(&link.token));
                console.secrets.show(secret.until(link_ends(link.ends_at)), None);
                return;
            }
            Renewed::Gone => {
                self.invite.try_set(None);
                console.toasts.error(t_keys().invite_gone(name));
                return;
            }
            Renewed::Failed(error) => [t_keys().renew_failed(), &describe_error(&error)].join(" "),
            Renewed::NotDone => t_keys().renew_not_done().to_owned(),
            Renewed::LinkLost => t_keys().renew_link_lost().to_owned(),
            Renewed::Unknown => t_keys().renew_unknown().to_owned(),
        };
        console.toasts.error_in(self.error, words);
    }
}
