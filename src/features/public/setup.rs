//! The page where the first owner of a server is made.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::heading;
use super::onward::Onward;
use super::setup_form::Form;
use crate::api::error::ApiError;
use crate::auth::flow::Reason;
use crate::browser::leaving;
use crate::config::RunConfig;
use crate::features::reaching::diagnostics_link;
use crate::features::secret;
use crate::features::title::use_title;
use crate::i18n::{describe_error, t, t_guests};
use crate::state::guest::GuestCalls;
use crate::state::secrets::Secrets;
use crate::ui::button::Button;
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
    Form,
    Done { email: String, news: Option<String> },
    Already,
    Failed(ApiError),
}

impl State {
    /// Another number for each face of the page.
    fn face(&self) -> u32 {
        match self {
            Self::Asking | Self::Form => 0,
            Self::Done { .. } => 1,
            Self::Already => 2,
            Self::Failed(_) => 3,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Asking | Self::Form => t_guests().setup_title(),
            Self::Done { .. } => t_guests().setup_done_title(),
            Self::Already => t_guests().setup_already_title(),
            Self::Failed(_) => t_guests().setup_failed_title(),
        }
    }

    fn lead(&self, host: &str) -> String {
        match self {
            Self::Asking => String::new(),
            Self::Form => t_guests().setup_lead(host),
            Self::Done { email, .. } => t_guests().setup_done_lead(email),
            Self::Already => t_guests().setup_already_lead().to_owned(),
            Self::Failed(error) => describe_error(error),
        }
    }
}

/// The page.
#[component]
pub fn SetupPage(
    /// The deployment.
    config: RunConfig,
    /// Whether the server has said that it has no owner; else it is asked.
    required: bool,
    /// Called when the sign-in page is next.
    leave: Callback<Reason>,
) -> Drawn {
    leaving::listen();
    let calls = StoredValue::new_local(GuestCalls::new(&config));
    let state = RwSignal::new(if required { State::Form } else { State::Asking });
    let secrets = Secrets::new();
    effect(move || {
        if state.with(|state| *state != State::Asking) {
            return;
        }
        spawn_local(async move {
            let Some(calls) = calls.try_get_value() else { return };
            let answer = match calls.setup_required().await {
                Ok(true) => State::Form,
                Ok(false) => State::Already,
                Err(error) => State::Failed(error),
            };
            state.try_set(answer);
        });
    });
    heading::follow(move || state.with(State::face));
    let host = StoredValue::new(config.api_host().to_owned());
    use_title(Signal::derive(move || state.with(|state| state.title().to_owned())));
    let lead = move || state.with(|state| host.with_value(|host| state.lead(host)));
    let foot = diagnostics_link(&config);
    let config = StoredValue::new(config);
    let onward = move || view! { <Onward config=config.get_value() leave=leave /> }.draw();
    let task = move || match state.get() {
        State::Asking => view! { <SkeletonText label=t_guests().setup_asking() /> }.draw(),
        State::Form => view! { <Form calls=calls.get_value() state=state secrets=secrets /> }.draw(),
        State::Done { news, .. } => view! {
            {news.map(|news| view! { <Note tone=Tone::Info text=news /> })}
            {onward()}
        }
        .draw(),
        State::Already => onward(),
        State::Failed(_) => view! {
            <Button
                label=t().try_again()
                icon=glyph::REFRESH
                wide=true
                on_click=move || state.set(State::Asking)
            />
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
        {secret::place(secrets)}
    }
    .draw()
}
