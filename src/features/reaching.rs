//! Finding out why the API does not answer, and saying it.

use leptos::prelude::*;

use crate::browser::{page, probe};
use crate::config::RunConfig;
use crate::domain::reach::{Finding, Seen};
use crate::i18n::t_guests;
use crate::routes::Route;
use crate::ui::support::drawn::{ContentFn, Draw};

/// Asks once more, in the one way that tells what a page can find out.
pub async fn look(config: &RunConfig) -> Finding {
    let answer = probe::ask(&[config.api_origin(), "/api/instance"].concat()).await;
    let seen = Seen {
        online: page::is_online(),
        elsewhere: config.api_origin() != config.own_origin(),
        answered: answer.came,
        forbidden: answer.forbidden,
    };
    seen.finding()
}

/// What a finding means, and what to do about it.
pub fn words(config: &RunConfig, finding: Finding) -> String {
    let host = config.api_host();
    match finding {
        Finding::Answers => t_guests().reach_answers(host),
        Finding::NotReadable => t_guests().reach_not_readable(host, config.own_origin()),
        Finding::Unreachable => t_guests().reach_unreachable(host),
        Finding::Offline => t_guests().reach_offline().to_owned(),
        Finding::Forbidden => t_guests().reach_forbidden(host),
    }
}

/// The way to the diagnostics, for the foot of a page that stands alone.
pub fn diagnostics_link(config: &RunConfig) -> ContentFn {
    let href = Route::Diagnostics.href(config.base_path());
    ContentFn::from(move || view! { <a href=href.clone()>{t_guests().diagnostics_link()}</a> }.draw())
}
