//! The page that an invite link opens: what it is about, and a password.

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::heading;
use super::join_form::Invited;
use super::onward::Onward;
use super::waiting::{count_down, until};
use crate::api::error::{ApiError, ErrorKind};
use crate::auth::flow::Reason;
use crate::browser::{boot, page};
use crate::config::RunConfig;
use crate::domain::invite_link::{self, Dead, Invitation};
use crate::features::reaching::diagnostics_link;
use crate::features::title::use_title;
use crate::i18n::{describe_error, t, t_guests};
use crate::state::guest::GuestCalls;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::glyph;
use crate::ui::note::Note;
use crate::ui::public_page::PublicPage;
use crate::ui::skeleton::SkeletonText;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, effect};
/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Asking,
    /// Too many tries: so many milliseconds since 1970 from when on the next one counts.
    Waiting(u64),
    Open(Invitation),
    Dead(Dead, Option<Invitation>),
    Failed(ApiError),
    Joined {
        email: String,
        confirmed: bool,
    },
}

impl State {
    /// Another number for each face of the page.
    fn face(&self) -> u32 {
        match self {
            Self::Asking => 0,
            Self::Waiting(_) => 1,
            Self::Open(_) => 2,
            Self::Dead(..) => 3,
            Self::Failed(_) => 4,
            Self::Joined { .. } => 5,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Asking | Self::Open(_) => t_guests().join_title(),
            Self::Waiting(_) => t_guests().join_wait_title(),
            Self::Dead(Dead::Broken, _) => t_guests().join_broken_title(),
            Self::Dead(Dead::Gone, _) => t_guests().join_gone_title(),
            Self::Dead(Dead::Over, _) => t_guests().join_over_title(),
            Self::Dead(Dead::NoPasswords, _) => t_guests().join_no_passwords_title(),
            Self::Failed(_) => t_guests().join_failed_title(),
            Self::Joined { .. } => t_guests().join_done_title(),
        }
    }

    fn lead(&self, host: &str) -> String {
        let words = match self {
            Self::Asking => "",
            Self::Waiting(_) => t_guests().join_wait_text(),
            Self::Open(_) => return t_guests().join_lead(host),
            Self::Dead(Dead::Broken, _) => t_guests().join_broken_text(),
            Self::Dead(Dead::Gone, _) => t_guests().join_gone_text(),
            Self::Dead(Dead::Over, Some(invitation)) if !invitation.invited_by.is_empty() => {
                return t_guests().join_over_text_by(&invitation.invited_by);
            }
            Self::Dead(Dead::Over, _) => t_guests().join_over_text(),
            Self::Dead(Dead::NoPasswords, _) => t_guests().join_no_passwords_text(),
            Self::Failed(error) => return describe_error(error),
            Self::Joined { email, .. } => return t_guests().join_done_lead(email),
        };
        words.to_owned()
    }
}

/// The link and what is known of it.
#[derive(Clone, Copy)]
pub struct Link {
    calls: StoredValue<GuestCalls, LocalStorage>,
    /// The secret: nowhere else, and only while it is of use.
    secret: StoredValue<Option<String>, LocalStorage>,
    state: RwSignal<State>,
}

impl Link {
    /// Takes the secret out of what stood in an address, and begins anew.
    fn open(self, parameters: &str) {
        let secret = invite_link::secret_in(parameters);
        let known = secret.is_some();
        self.secret.set_value(secret);
        self.state.set(if known {
            State::Asking
        } else {
            State::Dead(Dead::Broken, None)
        });
    }

    /// What is asked with; `None` when the page is gone.
    pub fn parts(self) -> Option<(GuestCalls, String)> {
        Some((self.calls.try_get_value()?, self.secret.try_get_value()??))
    }

    async fn ask(self) {
        let Some((calls, secret)) = self.parts() else { return };
        let state = match calls.invitation(&secret).await {
            Ok(invitation) if invitation.valid => State::Open(invitation),
            Ok(invitation) => State::Dead(Dead::Over, Some(invitation)),
            Err(error) if error.kind == ErrorKind::RateLimited => State::Waiting(until(&error)),
            Err(error) if error.kind == ErrorKind::Unaddressable => State::Dead(Dead::Broken, None),
            Err(error) => match invite_link::dead(error.status, &error.message) {
                Some(dead) => State::Dead(dead, None),
                None => State::Failed(error),
            },
        };
        // Another link may have been opened meanwhile.
        if self.parts().is_some_and(|(_, now)| now == secret) {
            self.state.try_set(state);
        }
    }

    /// The secret is of no more use.
    pub fn end(self, state: State) {
        self.secret.try_set_value(None);
        self.state.try_set(state);
    }
}

/// The page.
#[component]
pub fn InvitePage(
    /// The deployment.
    config: RunConfig,
    /// Called when the sign-in page is next.
    leave: Callback<Reason>,
) -> Drawn {
    let link = Link {
        calls: StoredValue::new_local(GuestCalls::new(&config)),
        secret: StoredValue::new_local(None),
        state: RwSignal::new(State::Asking),
    };
    let state = link.state;
    link.open(&boot::invite());
    // Another link that is opened in this tab changes nothing but the fragment.
    let listener = window_event_listener_untyped("hashchange", move |_| link.open(&page::take_parameters()));
    on_cleanup(move || listener.remove());
    effect(move || {
        if state.with(|state| *state == State::Asking) {
            spawn_local(link.ask());
        }
    });
    let left = RwSignal::new(0);
    let end = move || match state.get() {
        State::Waiting(end) => Some(end),
        _ => None,
    };
    count_down(end, left, move || {
        state.try_set(State::Asking);
    });
    heading::follow(move || state.with(State::face));
    use_title(Signal::derive(move || state.with(|state| state.title().to_owned())));
    let host = StoredValue::new(config.api_host().to_owned());
    let lead = move || state.with(|state| host.with_value(|host| state.lead(host)));
    let foot = diagnostics_link(&config);
    let config = StoredValue::new(config);
    let onward = move |kind| view! { <Onward config=config.get_value() kind=kind leave=leave /> }.draw();
    let task = move || match state.get() {
        State::Asking => view! { <SkeletonText label=t_guests().join_asking() /> }.draw(),
        State::Waiting(_) => view! { <p role="timer">{move || t_guests().join_wait(left.get())}</p> }.draw(),
        State::Open(invitation) => view! { <Invited link=link invitation=invitation /> }.draw(),
        State::Dead(..) => onward(ButtonKind::Secondary),
        State::Failed(_) => view! {
            <Button
                label=t().try_again()
                icon=glyph::REFRESH
                wide=true
                on_click=move || state.set(State::Asking)
            />
        }
        .draw(),
        State::Joined { confirmed, .. } => view! {
            {confirmed.then(|| view! { <Note tone=Tone::Info text=t_guests().join_done_confirmed() /> })}
            {onward(ButtonKind::Primary)}
        }
        .draw(),
    };
    view! {
        <PublicPage
            brand=t().app_name()
            title=move || state.with(State::title)
            lead=lead
            foot=foot
        >
            {task}
        </PublicPage>
    }
    .draw()
}
