//! Handing on the ownership, in two steps: what both become, then a tick, a fresh sign-in and the word. Nothing is sent
//! before.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::ownership::{self, Obstacle};
use crate::domain::user::User;
use crate::features::faces;
use crate::features::step_up::StepUp;
use crate::i18n::{describe_error, role_name, t, t_later, t_session};
use crate::state::console::Console;
use crate::state::transfer::{self, Transferred};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::checkbox::Checkbox;
use crate::ui::dialog::Dialog;
use crate::ui::facts::{Fact, Facts};
use crate::ui::note::Note;
use crate::ui::support::Tone;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// Why the ownership cannot go to somebody, in words.
pub fn obstacle_words(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NotOwner => t_later().refused_owner_gives(),
        Obstacle::Oneself => t_later().transfer_oneself(),
        Obstacle::OwnsAlready => t_later().transfer_owns(),
        Obstacle::Service => t_later().refused_service_owner(),
        Obstacle::Waiting => t_later().transfer_waiting(),
        Obstacle::Blocked => t_later().transfer_blocked(),
    }
}

/// How far the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// What both become.
    Read,
    /// The tick and the word.
    Confirm,
}

#[derive(Clone, Copy)]
struct Giving {
    console: Console,
    to: RwSignal<Option<User>>,
    step: RwSignal<Step>,
    step_up: StepUp,
    agreed: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
}

/// The dialog. It is open while there is somebody to hand the ownership to.
#[component]
pub fn TransferDialog(
    /// To whom.
    to: RwSignal<Option<User>>,
) -> Drawn {
    let step = RwSignal::new(Step::Read);
    // Each step is a dialog of its own: its title is heard, and the focus begins anew.
    let is_at = move |at: Step| Signal::derive(move || to.with(Option::is_some) && step.get() == at);
    let giving = Giving {
        console: Console::get(),
        to,
        step,
        step_up: StepUp::before(is_at(Step::Confirm)),
        agreed: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    effect(move || {
        if to.with(Option::is_some) {
            giving.step.set(Step::Read);
            giving.agreed.set(false);
            giving.error.set(None);
        }
    });
    let name = move || {
        to.with(|user| user.as_ref().map(|user| user.display_name().to_owned()))
            .unwrap_or_default()
    };
    let close = Callback::new(move |()| {
        if !giving.busy.get_untracked() {
            to.set(None);
        }
    });
    let read_foot = move || {
        view! {
            <Button label=t_later().cancel() autofocus=true on_click=close />
            <Button label=t_later().transfer_continue() kind=ButtonKind::Primary on_click=move || giving.step.set(Step::Confirm) />
        }
        .draw()
    };
    let refused = Signal::derive(move || {
        let unticked = (!giving.agreed.get()).then(|| t_later().transfer_tick_first().to_owned());
        unticked.or_else(|| giving.step_up.refusal())
    });
    let back = move || {
        if !giving.busy.get_untracked() {
            giving.step.set(Step::Read);
        }
    };
    let confirm_foot = move || {
        view! {
            <Button label=t_later().sign_in_back() autofocus=true on_click=back />
            <Button
                label=t_later().transfer_go()
                kind=ButtonKind::Danger
                busy=giving.busy
                busy_label=t_later().transfer_busy()
                disabled_reason=refused
                on_click=move || giving.run()
            />
        }
        .draw()
    };
    view! {
        <Dialog open=is_at(Step::Read) on_close=close title=move || t_later().transfer_title(&name()) foot=read_foot>
            {move || to.get().map(|user| explained(giving.console, &user))}
        </Dialog>
        <Dialog
            open=is_at(Step::Confirm)
            on_close=close
            title=move || t_later().transfer_question(&name())
            locked=giving.busy
            alert=true
            foot=confirm_foot
        >
            {move || to.get().map(|user| view! { <Facts facts=Signal::stored(faces::who(&user)) /> })}
            <Note tone=Tone::Warning text=t_later().transfer_last()>
                <Checkbox
                    label=move || t_later().transfer_tick(&name())
                    checked=giving.agreed
                    on_change=move |agreed| {
                        if !giving.busy.get_untracked() {
                            giving.agreed.set(agreed);
                        }
                    }
                />
            </Note>
            {giving.step_up.view(t_session().step_up_transfer())}
            <div aria-live="assertive">
                {move || giving.error.get().map(|error| view! { <Note tone=Tone::Danger text=error /> })}
            </div>
        </Dialog>
    }
    .draw()
}

/// What both become, and what follows from it.
fn explained(console: Console, user: &User) -> Drawn {
    let mine = console.me().map(|me| role_name(&me.user.role)).unwrap_or_default();
    let become_words = vec![
        Fact::text(
            t_later().transfer_they(),
            t_later().transfer_change(&role_name(&user.role), t().role_owner()),
        ),
        Fact::text(
            t_later().transfer_you(),
            t_later().transfer_change(&mine, t().role_admin()),
        ),
    ];
    let never_came = ownership::has_never_come(user)
        .then(|| view! { <Note tone=Tone::Warning text=t_later().transfer_never_came() /> });
    view! {
        <Facts facts=Signal::stored(faces::who(user)) />
        <Facts facts=Signal::stored(become_words) />
        <ul class="confirm-effects">
            <li>{t_later().transfer_effect_theirs()}</li>
            <li>{t_later().transfer_effect_yours()}</li>
            <li>{t_later().transfer_effect_back()}</li>
        </ul>
        {never_came}
    }
    .draw()
}

impl Giving {
    fn run(self) {
        let console = self.console;
        let (Some(client), Some(caller), Some(user)) =
            (console.client(), console.caller_untracked(), self.to.get_untracked())
        else {
            return;
        };
        let may = self.agreed.get_untracked() && self.step_up.is_done();
        if self.busy.get_untracked() || !may || !console.begin_write(&user.id) {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let ended = transfer::transfer(&client, &caller, &user.id).await;
            console.end_write(&user.id);
            self.busy.try_set(false);
            self.tell(&user, ended);
        });
    }

    fn tell(self, before: &User, ended: Transferred) {
        let console = self.console;
        let name = before.display_name();
        let words = match ended {
            Transferred::Done { user, confirmed } => {
                console.users.put(&user);
                self.to.try_set(None);
                // The caller is somebody else now: what they may do, and their own row.
                console.ask_access();
                console.refresh();
                return console.toasts.success(if confirmed {
                    t_later().transferred_confirmed(name)
                } else {
                    t_later().transferred(name)
                });
            }
            Transferred::Refused(obstacle, now) => {
                console.users.put(&now);
                [t_later().transfer_failed(), obstacle_words(obstacle)].join(" ")
            }
            Transferred::Gone => {
                console.users.remove(&before.id);
                t_later().user_gone(name)
            }
            Transferred::Failed(error) => {
                // Somebody else may have taken the ownership meanwhile: what the caller may do is asked anew.
                console.ask_access();
                [t_later().transfer_failed(), describe_error(&error).as_str()].join(" ")
            }
            Transferred::Lost => {
                console.ask_access();
                t_later().transfer_lost().to_owned()
            }
        };
        console.toasts.error_in(self.error, words);
    }
}
