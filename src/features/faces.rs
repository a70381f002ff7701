//! How the domain's values look: a status as a badge, a moment as words, a provider by name.

use roost_list::LastLogin;

use crate::browser::{clock, intl};
use crate::domain::time::{Moment, ago};
use crate::domain::user::{Status, User};
use crate::i18n::{ago_words, date_words, status_name, t, t_keys, t_later, time_words};
use crate::ui::badge::{BadgeFace, BadgeLook};
use crate::ui::facts::Fact;
use crate::ui::icon::glyph;
use crate::ui::time_text::TimeFace;

/// A user's status.
pub fn status_badge(status: &Status) -> BadgeFace {
    let (look, icon) = match status {
        Status::Active => (BadgeLook::Well, glyph::CHECK_CIRCLE),
        Status::Pending => (BadgeLook::Warning, glyph::CLOCK),
        Status::Invited => (BadgeLook::Info, glyph::INVITE),
        Status::Blocked => (BadgeLook::Danger, glyph::BAN),
        Status::Other(_) => (BadgeLook::Muted, glyph::HELP),
    };
    let short = (*status == Status::Pending).then(|| t().status_pending_short().to_owned());
    BadgeFace {
        look,
        glyph: icon,
        text: status_name(status),
        short,
    }
}

/// When somebody last signed in, as far as the server records it.
pub fn last_login(value: LastLogin) -> TimeFace {
    TimeFace {
        full: last_login_tip(value),
        ..last_login_brief(value)
    }
}

/// The same for a row of a list, without the moment in full: a browser takes longer to write that than to draw the row,
/// so it is left until somebody points at it.
pub fn last_login_brief(value: LastLogin) -> TimeFace {
    match value {
        LastLogin::At(seconds) => past(i64::from(seconds)),
        LastLogin::Never => TimeFace {
            text: t().never().to_owned(),
            full: last_login_tip(value),
            muted: true,
            ..TimeFace::default()
        },
        LastLogin::Unreadable => TimeFace {
            text: t().time_unreadable().to_owned(),
            muted: true,
            ..TimeFace::default()
        },
    }
}

/// What there is to say beyond that.
pub fn last_login_tip(value: LastLogin) -> Option<String> {
    match value {
        LastLogin::At(seconds) => Some(intl::moment(f64::from(seconds) * 1000.0, t().language())),
        LastLogin::Never => Some(t().last_login_not_recorded().to_owned()),
        LastLogin::Unreadable => None,
    }
}

/// How long ago a moment of the server was, with the moment in full.
pub fn moment_ago(moment: Moment) -> TimeFace {
    match moment {
        Moment::At(seconds) => TimeFace {
            full: Some(intl::moment(milliseconds(seconds), t().language())),
            ..past(seconds)
        },
        Moment::Never => TimeFace {
            text: t().never().to_owned(),
            muted: true,
            ..TimeFace::default()
        },
        Moment::Unreadable => TimeFace {
            text: t().time_unreadable().to_owned(),
            muted: true,
            ..TimeFace::default()
        },
    }
}

/// The day of a moment of the server, with the moment in full.
pub fn moment_date(moment: Moment) -> TimeFace {
    match moment {
        Moment::At(seconds) => TimeFace {
            text: date(milliseconds(seconds)),
            ..moment_ago(moment)
        },
        Moment::Never | Moment::Unreadable => moment_ago(moment),
    }
}

#[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
fn milliseconds(seconds: i64) -> f64 {
    seconds as f64 * 1000.0
}

/// A moment in the past, in seconds since 1970.
fn past(seconds: i64) -> TimeFace {
    let milliseconds = milliseconds(seconds);
    let text = ago_words(ago(seconds, clock::now_s())).unwrap_or_else(|| date(milliseconds));
    TimeFace {
        text,
        machine: intl::machine(milliseconds),
        ..TimeFace::default()
    }
}

/// "As of 14:05".
pub fn as_of(milliseconds: f64) -> String {
    t().as_of(&time_of_day(milliseconds))
}

/// "14:05", in the reader's zone.
pub fn time_of_day(milliseconds: f64) -> String {
    intl::local(milliseconds)
        .map(|local| time_words(local.hour, local.minute))
        .unwrap_or_default()
}

/// "12 Mar 2026", in the reader's zone.
pub fn date(milliseconds: f64) -> String {
    intl::local(milliseconds)
        .map(|local| date_words(local.year, local.month, local.day))
        .unwrap_or_default()
}

/// Where somebody's sign-in comes from.
pub fn provider(user: &User) -> String {
    provider_name(user.idp_id.as_deref())
}

/// A connector, by its id.
pub fn provider_name(id: Option<&str>) -> String {
    match id {
        Some("local") => t().detail_provider_local().to_owned(),
        Some(id) if !id.is_empty() => t().detail_provider_connector(id),
        _ => t().detail_provider_unknown().to_owned(),
    }
}

/// Where a user comes from.
pub fn issued(word: &str) -> String {
    match word {
        "api" => t().issued_api().to_owned(),
        "integration" => t().issued_integration().to_owned(),
        "" => t().detail_provider_unknown().to_owned(),
        other => other.to_owned(),
    }
}

/// A person's e-mail address.
pub fn email(user: &User) -> Fact {
    if user.email.is_empty() {
        Fact::text(t_later().detail_email(), t_later().detail_no_email())
    } else {
        Fact::address(t_later().detail_email(), user.email.clone())
    }
}

/// What tells one user from all others, before something is done to them.
pub fn who(user: &User) -> Vec<Fact> {
    let second = if user.is_service_user {
        Fact::text(t_keys().detail_kind(), t_keys().service_kind())
    } else {
        email(user)
    };
    vec![
        Fact::name(t().column_name(), user.display_name()),
        second,
        Fact::id(t_later().detail_id(), user.id.0.clone()),
    ]
}
