//! The page for who has to find out why something does not work: what is configured, what answers, what the token says.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{RequestCredentials, Response};

use crate::auth::claims::Claims;
use crate::auth::oidc::{self, DiscoveryProblem, Provider};
use crate::auth::report::{self, Told};
use crate::browser::abort::Attempt;
use crate::browser::fetch::{self, Call};
use crate::browser::{clipboard, clock, intl, page};
use crate::config::{AuthMode, Bearer, Renewal, RunConfig, StorageKind};
use crate::domain::report::{Section, as_text};
use crate::features::reaching;
use crate::features::title::use_title;
use crate::i18n::{describe_error, t, t_guests};
use crate::state::guest::GuestCalls;
use crate::ui::button::{Button, ButtonKind, ButtonLink};
use crate::ui::facts::{Fact, Facts};
use crate::ui::icon::glyph;
use crate::ui::public_page::PublicPage;
use crate::ui::support::drawn::{Draw, Drawn};

/// Milliseconds that each question may take.
const LIMIT_MS: u32 = 10_000;
/// The headers of the console that matter, in the order they are shown.
const HEADERS: [&str; 8] = [
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Cache-Control",
];

/// What was found, section by section, as it comes in.
type Found = [RwSignal<Section>; 6];

/// The page.
#[component]
pub fn DiagnosticsPage(
    /// The deployment.
    config: RunConfig,
) -> Drawn {
    use_title(t_guests().diagnostics_title().to_owned());
    let found: Found = std::array::from_fn(|_| RwSignal::new(Section::default()));
    let busy = RwSignal::new(false);
    let base = config.base_path().to_owned();
    let config = StoredValue::new(config);
    let run = move || {
        busy.set(true);
        spawn_local(async move {
            if let Some(config) = config.try_get_value() {
                look(&config, found).await;
            }
            busy.try_set(false);
        });
    };
    run();
    let text = move || as_text(&found.map(|section| section.get()));
    let (news, shown) = (RwSignal::new(""), RwSignal::new(false));
    let node = NodeRef::<html::Pre>::new();
    let copy = move || {
        spawn_local(async move {
            if clipboard::copy(&untrack(text)).await {
                news.try_set(t_guests().diagnostics_copied());
                return;
            }
            shown.try_set(true);
            clock::next_frame().await;
            if let Some(node) = node.try_get_untracked().flatten() {
                clipboard::select(&node);
            }
            news.try_set(t_guests().diagnostics_selected());
        });
    };
    let sections = found.map(|section| view! { <Findings section=section /> }.draw());
    view! {
        <PublicPage brand=t().app_name() title=t_guests().diagnostics_title() lead=t_guests().diagnostics_lead()>
            <div class="row">
                <Button
                    label=t_guests().diagnostics_copy()
                    icon=glyph::COPY
                    kind=ButtonKind::Primary
                    busy=busy
                    busy_label=t_guests().diagnostics_busy()
                    on_click=copy
                />
                <Button label=t_guests().diagnostics_again() icon=glyph::REFRESH busy=busy on_click=run />
            </div>
            <p class="small" role="status">{move || news.get()}</p>
            {move || shown.get().then(|| view! { <div class="failed-details"><pre tabindex="0" node_ref=node>{text}</pre></div> })}
            {sections.into_iter().collect::<Vec<_>>()}
            <div class="row">
                <ButtonLink label=t_guests().diagnostics_back() href=base />
            </div>
        </PublicPage>
    }
    .draw()
}

/// One section, once something is in it.
#[component]
fn Findings(section: RwSignal<Section>) -> Drawn {
    let facts = Signal::derive(move || {
        let lines = section.with(|section| section.lines.clone());
        lines
            .into_iter()
            .map(|(term, value)| Fact::id(term, value))
            .collect::<Vec<_>>()
    });
    let title = Memo::new(move |_| section.with(|section| section.title.clone()));
    (move || {
        let title = title.get();
        (!title.is_empty()).then(|| {
            view! {
                <section class="stack" aria-label=title.clone()>
                    <h2>{title.clone()}</h2>
                    <Facts facts=facts />
                </section>
            }
        })
    })
    .draw()
}

/// Looks at everything; what is here already is told first.
async fn look(config: &RunConfig, [console, configuration, api, provider, headers, session]: Found) {
    console.try_set(of_console(config));
    configuration.try_set(of_config(config));
    let known = report::session(config).await;
    session.try_set(of_session(&report::told(config, known.as_ref())));
    let authorization = known.map(|session| session.authorization);
    api.try_set(of_api(config, authorization).await);
    provider.try_set(of_provider(config).await);
    headers.try_set(of_headers(config).await);
}

fn of_console(config: &RunConfig) -> Section {
    let now = clock::now_ms();
    let online = if page::is_online() {
        t_guests().diagnostics_online()
    } else {
        t_guests().diagnostics_offline()
    };
    Section::new(t_guests().diagnostics_console())
        .with(t_guests().diagnostics_version(), env!("CARGO_PKG_VERSION"))
        .with(t_guests().diagnostics_address(), config.base.as_str())
        .with(t_guests().diagnostics_browser(), page::user_agent())
        .with(t_guests().diagnostics_network(), online)
        .with(t_guests().diagnostics_time(), intl::moment(now, t().language()))
}

fn of_config(config: &RunConfig) -> Section {
    let auth = &config.auth;
    let mode = match auth.mode {
        AuthMode::Oidc => "oidc",
        AuthMode::Token => "token",
        AuthMode::Proxy => "proxy",
    };
    let section = Section::new(t_guests().diagnostics_config())
        .with("api", config.api_origin())
        .with("invite_base", config.invite_base.as_str())
        .with("auth.mode", mode);
    if auth.mode != AuthMode::Oidc {
        return section;
    }
    let bearer = match auth.bearer {
        Bearer::AccessToken => "access_token",
        Bearer::IdToken => "id_token",
    };
    let renewal = match auth.renewal {
        Renewal::Session => "session",
        Renewal::RefreshToken => "refresh_token",
        Renewal::None => "none",
    };
    let storage = match auth.storage {
        StorageKind::Session => "session",
        StorageKind::Memory => "memory",
    };
    section
        .with("auth.issuer", auth.issuer.as_str())
        .with("auth.client_id", auth.client_id.as_str())
        .with("auth.scope", auth.scope.as_str())
        .with("auth.audience", auth.audience.as_deref().unwrap_or(t().none()))
        .with("auth.bearer", bearer)
        .with("auth.renewal", renewal)
        .with("auth.storage", storage)
        .with(t_guests().diagnostics_redirect(), config.redirect_uri())
}

async fn of_api(config: &RunConfig, authorization: Option<String>) -> Section {
    let section = Section::new(t_guests().diagnostics_api());
    let began = clock::ticks_ms();
    let answer = GuestCalls::new(config).setup_required().await;
    let section = match answer {
        Ok(required) => {
            let state = if required {
                t_guests().diagnostics_not_set_up()
            } else {
                t_guests().diagnostics_set_up()
            };
            section
                .with(t_guests().diagnostics_answer(), answered(began))
                .with(t_guests().diagnostics_state(), state)
        }
        Err(error) if error.status.is_some() => {
            return section.with(t_guests().diagnostics_answer(), describe_error(&error));
        }
        Err(error) => {
            let finding = reaching::words(config, reaching::look(config).await);
            return section.with(
                t_guests().diagnostics_answer(),
                [describe_error(&error), finding].join(" "),
            );
        }
    };
    if authorization.is_none() && config.auth.mode != AuthMode::Proxy {
        return section.with(t_guests().diagnostics_server(), t_guests().diagnostics_server_hidden());
    }
    let version = GuestCalls::with(config, authorization).version().await;
    section.with(
        t_guests().diagnostics_server(),
        version.unwrap_or_else(|error| describe_error(&error)),
    )
}

async fn of_provider(config: &RunConfig) -> Section {
    let section = Section::new(t_guests().diagnostics_provider());
    if config.auth.mode != AuthMode::Oidc {
        return section.with(t_guests().diagnostics_answer(), t_guests().diagnostics_no_provider());
    }
    let url = oidc::discovery_url(&config.auth.issuer);
    let began = clock::ticks_ms();
    let section = section.with(t_guests().diagnostics_address(), url.as_str());
    let Some((response, text)) = get(&url).await else {
        return section.with(t_guests().diagnostics_answer(), t_guests().diagnostics_silent());
    };
    if !response.ok() {
        let words = t_guests().diagnostics_status(&response.status().to_string());
        return section.with(t_guests().diagnostics_answer(), words);
    }
    let issuer = match Provider::read(&text, &config.auth.issuer) {
        Ok(_) => t_guests().diagnostics_issuer_fits(),
        Err(DiscoveryProblem::Issuer) => t_guests().diagnostics_issuer_differs(),
        Err(DiscoveryProblem::Format) => t_guests().diagnostics_discovery_unfit(),
    };
    section
        .with(t_guests().diagnostics_answer(), answered(began))
        .with("issuer", issuer)
}

async fn of_headers(config: &RunConfig) -> Section {
    let section = Section::new(t_guests().diagnostics_headers());
    let Some((response, _)) = get(&config.base).await else {
        return section.with(t_guests().diagnostics_answer(), t_guests().diagnostics_silent());
    };
    HEADERS.into_iter().fold(section, |section, name| {
        let value = response.headers().get(name).ok().flatten();
        section.with(
            name,
            value.unwrap_or_else(|| t_guests().diagnostics_no_header().to_owned()),
        )
    })
}

fn of_session(told: &Told) -> Section {
    let section = Section::new(t_guests().diagnostics_session());
    let claims = match told {
        Told::Nobody => return section.with(t_guests().diagnostics_kind(), t_guests().diagnostics_nobody()),
        Told::Proxy => return section.with(t_guests().diagnostics_kind(), t_guests().diagnostics_by_proxy()),
        Told::AccessToken => return section.with(t_guests().diagnostics_kind(), t_guests().diagnostics_by_token()),
        Told::Provider(None) => return section.with(t_guests().diagnostics_kind(), t_guests().diagnostics_opaque()),
        Told::Provider(Some(claims)) => claims,
    };
    let section = section.with(t_guests().diagnostics_kind(), t_guests().diagnostics_by_provider());
    of_claims(section, claims)
}

fn of_claims(section: Section, claims: &Claims) -> Section {
    let section = section
        .with("iss", claims.issuer.as_str())
        .with("aud", claims.audiences.join(", "))
        .with("azp", claims.authorized_party.as_deref().unwrap_or(t().none()))
        .with("sub", claims.subject.as_str())
        .with("exp", moment(claims.expires_at));
    match claims.issued_at {
        Some(issued_at) => section.with("iat", moment(issued_at)),
        None => section,
    }
}

/// Seconds since 1970, with what they mean here.
fn moment(seconds: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
    let words = intl::moment(seconds as f64 * 1000.0, t().language());
    format!("{seconds} ({words})")
}

fn answered(began: f64) -> String {
    t_guests().diagnostics_answered(&format!("{:.0}", clock::ticks_ms() - began))
}

/// Asks for an address; the cookies of a proxy in front of the console go along.
async fn get(url: &str) -> Option<(Response, String)> {
    let attempt = Attempt::begin(LIMIT_MS);
    let call = Call {
        method: "GET",
        url,
        headers: &[],
        body: None,
        credentials: RequestCredentials::SameOrigin,
    };
    let response = fetch::fetch(&call, &attempt).await.ok()?;
    let text = fetch::body_text(&response).await.ok()?;
    attempt.finish();
    Some((response, text))
}
