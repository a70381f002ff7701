//! Words for settings: names, help, values, problems, consequences.

use super::{t, t_settings};
use crate::domain::settings::cidr::Oddity;
use crate::domain::settings::{
    Amount, CidrProblem, Consequence, Family, Field, Kind, Problem, Release, Section, Unit, Value, Warning,
};

/// A page of the settings.
pub fn section_name(section: Section) -> &'static str {
    match section {
        Section::Authentication => t_settings().section_authentication(),
        Section::Groups => t_settings().section_groups(),
        Section::Network => t_settings().section_network(),
        Section::Clients => t_settings().section_clients(),
        Section::Permissions => t_settings().section_permissions(),
        Section::Danger => t_settings().section_danger(),
    }
}

/// A setting: its name and what it does.
pub fn field_words(field: Field) -> (&'static str, &'static str) {
    let s = t_settings();
    match field {
        Field::LoginExpirationEnabled => (s.login_enabled(), s.login_enabled_help()),
        Field::LoginExpiration => (s.login(), s.login_help()),
        Field::InactivityExpirationEnabled => (s.inactivity_enabled(), s.inactivity_enabled_help()),
        Field::InactivityExpiration => (s.inactivity(), s.inactivity_help()),
        Field::UserApproval => (s.user_approval(), s.user_approval_help()),
        Field::PeerApproval => (s.peer_approval(), s.peer_approval_help()),
        Field::LocalMfa => (s.mfa(), s.mfa_help()),
        Field::EmbeddedIdp => (s.embedded(), s.mode_help()),
        Field::LocalAuthDisabled => (s.no_passwords(), s.mode_help()),
        Field::GroupsPropagation => (s.propagation(), s.propagation_help()),
        Field::JwtGroups => (s.jwt(), s.jwt_help()),
        Field::JwtClaim => (s.jwt_claim(), s.jwt_claim_help()),
        Field::JwtAllowGroups => (s.jwt_allow(), s.jwt_allow_help()),
        Field::NetworkRange => (s.range(), s.range_help()),
        Field::NetworkRangeV6 => (s.range_v6(), s.range_v6_help()),
        Field::Ipv6Groups => (s.ipv6(), s.ipv6_help()),
        Field::DnsDomain => (s.domain(), s.domain_help()),
        Field::RoutingPeerDns => (s.routing_dns(), s.routing_dns_help()),
        Field::PeerExpose => (s.expose(), s.expose_help()),
        Field::PeerExposeGroups => (s.expose_groups(), s.expose_groups_help()),
        Field::TrafficLogs => (s.traffic(), s.traffic_help()),
        Field::TrafficLogsGroups => (s.traffic_groups(), s.traffic_groups_help()),
        Field::TrafficPackets => (s.packets(), s.packets_help()),
        Field::LazyConnection => (s.lazy(), s.lazy_help()),
        Field::AutoUpdateVersion => (s.update_version(), s.update_version_help()),
        Field::AutoUpdateAlways => (s.update_always(), s.update_always_help()),
        Field::MetricsPush => (s.metrics(), s.metrics_help()),
        Field::UsersViewBlocked => (s.restricted(), s.restricted_help()),
        Field::AgentNetwork => (s.agent(), s.agent_help()),
        Field::AgentNetworkOnly => (s.agent_only(), s.agent_only_help()),
        Field::SignupFormPending => (s.signup_form(), s.signup_form_help()),
        Field::OnboardingFlowPending => (s.onboarding_flow(), s.onboarding_flow_help()),
    }
}

/// The title of the fields that begin with this one.
pub fn group_title(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::LoginExpirationEnabled => t_settings().group_sessions(),
        Field::UserApproval => t_settings().group_newcomers(),
        Field::LocalMfa => t_settings().group_sign_in(),
        Field::GroupsPropagation => t_settings().group_devices(),
        Field::JwtGroups => t_settings().group_provider(),
        Field::NetworkRange => t_settings().group_addresses(),
        Field::DnsDomain => t_settings().group_names(),
        Field::PeerExpose => t_settings().group_exposing(),
        Field::TrafficLogs => t_settings().group_traffic(),
        Field::LazyConnection => t_settings().group_connections(),
        Field::AutoUpdateVersion => t_settings().group_updates(),
        Field::MetricsPush => t_settings().group_metrics(),
        Field::UsersViewBlocked => t_settings().group_people(),
        Field::AgentNetwork => t_settings().group_dashboard(),
        _ => return None,
    })
}

/// A unit in the list of units.
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => t_settings().unit_seconds(),
        Unit::Minutes => t_settings().unit_minutes(),
        Unit::Hours => t_settings().unit_hours(),
        Unit::Days => t_settings().unit_days(),
    }
}

/// A choice of versions.
pub fn release_name(release: Release) -> &'static str {
    match release {
        Release::Unset => t_settings().release_unset(),
        Release::Disabled => t_settings().release_disabled(),
        Release::Latest => t_settings().release_latest(),
        Release::Version => t_settings().release_version(),
    }
}

/// Seconds in words, none of them lost.
pub fn duration_words(seconds: i64) -> String {
    let Ok(whole) = u64::try_from(seconds) else {
        return t_settings().seconds_below_zero(&seconds.unsigned_abs().to_string());
    };
    let unit = Amount::of(seconds).unit;
    let count = whole / u64::try_from(unit.seconds()).unwrap_or(1);
    match unit {
        Unit::Seconds => t_settings().seconds(count),
        Unit::Minutes => t_settings().minutes(count),
        Unit::Hours => t_settings().hours(count),
        Unit::Days => t_settings().days(count),
    }
}

/// A value in words; `group` names a group by its id.
pub fn value_words(field: Field, value: &Value, group: &dyn Fn(&str) -> String) -> String {
    let nothing = || t_settings().value_empty().to_owned();
    match (field.entry().kind, value) {
        (_, Value::Foreign(text)) => text.clone(),
        (Kind::Override, Value::Absent) => t_settings().value_default().to_owned(),
        (Kind::Flag | Kind::Override | Kind::Mode, value) if value.is_on() => t_settings().value_on().to_owned(),
        (Kind::Flag | Kind::Override | Kind::Mode, _) => t_settings().value_off().to_owned(),
        (Kind::Duration(_), Value::Whole(seconds)) => duration_words(*seconds),
        (Kind::Duration(_), _) => duration_words(0),
        (Kind::Release, value) => match Release::parse(value.text()) {
            Release::Version => value.text().to_owned(),
            release => release_name(release).to_lowercase(),
        },
        (Kind::Groups, value) if !value.list().is_empty() => {
            let names: Vec<String> = value.list().iter().map(|id| group(id)).collect();
            super::list_words(&names)
        }
        (Kind::GroupNames, value) if !value.list().is_empty() => super::list_words(value.list()),
        (_, value) if value.text().is_empty() => nothing(),
        (_, value) => value.text().to_owned(),
    }
}

/// What is wrong with a field, and how to put it right.
pub fn problem_words(field: Field, problem: &Problem) -> String {
    let s = t_settings();
    let is_v6 = field.entry().kind == Kind::Cidr(Family::V6);
    let pick = |v4, v6| if is_v6 { v6 } else { v4 };
    let words = match problem {
        Problem::NotWhole => s.problem_number(),
        Problem::TooShort => s.problem_short(),
        Problem::TooLong => s.problem_long(),
        Problem::Negative => s.problem_negative(),
        Problem::Domain => s.problem_domain(),
        Problem::Version => s.problem_version(),
        Problem::NoGroup => s.problem_no_group(),
        Problem::NeedsOn(other) => return s.problem_needs(field_words(*other).0),
        Problem::GoneGroups(ids) => return s.problem_gone(ids.len() as u64),
        Problem::Cidr(problem) => match problem {
            CidrProblem::Form => pick(s.problem_cidr_v4(), s.problem_cidr_v6()),
            CidrProblem::Family => pick(s.problem_not_v4(), s.problem_not_v6()),
            CidrProblem::Loopback => s.problem_loopback(),
            CidrProblem::Multicast => s.problem_multicast(),
            CidrProblem::LinkLocal => s.problem_link_local(),
            CidrProblem::TooSmall => pick(s.problem_small_v4(), s.problem_small_v6()),
            CidrProblem::TooLarge => s.problem_large(),
            CidrProblem::NoRoom(needed, there) => {
                return s.problem_no_room(&whole(*needed), &whole(*there));
            }
        },
    };
    words.to_owned()
}

fn whole(number: u128) -> String {
    t().number(u64::try_from(number).unwrap_or(u64::MAX))
}

/// What one should think about twice.
pub fn warning_words(warning: &Warning) -> String {
    let words = match warning {
        Warning::ShortInactivity => t_settings().warning_inactivity(),
        Warning::StoredAs(range) => return t_settings().warning_stored(range),
        Warning::Odd(Oddity::Everything) => t_settings().warning_everything(),
        Warning::Odd(Oddity::Unspecified) => t_settings().warning_unspecified(),
        Warning::Odd(Oddity::Mapped) => t_settings().warning_mapped(),
        Warning::Odd(Oddity::Public) => t_settings().warning_public(),
        Warning::NoClaim => t_settings().warning_no_claim(),
        Warning::ListUnused => t_settings().warning_list_unused(),
    };
    words.to_owned()
}

/// What follows from a change.
pub fn consequence_words(consequence: &Consequence) -> String {
    let s = t_settings();
    let words = match consequence {
        Consequence::Readdresses(Some(0)) | Consequence::ReaddressesV6(Some(0)) | Consequence::Renames(Some(0)) => {
            s.follows_no_devices()
        }
        Consequence::Readdresses(Some(count)) => return s.follows_readdress(*count as u64),
        Consequence::Readdresses(None) => s.follows_readdress_all(),
        Consequence::ReaddressesV6(Some(count)) => return s.follows_readdress_v6(*count as u64),
        Consequence::ReaddressesV6(None) => s.follows_readdress_v6_all(),
        Consequence::Ipv6Off(Some(count)) => return s.follows_ipv6_off(*count as u64),
        Consequence::Ipv6Off(None) => s.follows_ipv6_off_all(),
        Consequence::Ipv6Lost(count) => return s.follows_ipv6_lost(*count as u64),
        Consequence::Ipv6Gained(count) => return s.follows_ipv6_gained(*count as u64),
        Consequence::SignInAgain(Some(0)) => s.follows_sign_in_none(),
        Consequence::SignInAgain(Some(count)) => return s.follows_sign_in(*count as u64),
        Consequence::SignInAgain(None) => s.follows_sign_in_all(),
        Consequence::LoginForever => s.follows_login_forever(),
        Consequence::InactivityOn => s.follows_inactivity(),
        Consequence::ApprovalOff(0) => s.follows_approval_off_none(),
        Consequence::ApprovalOff(count) => return s.follows_approval_off(*count as u64),
        Consequence::ApprovalOn => s.follows_approval_on(),
        Consequence::CloudOnly => s.follows_cloud_only(),
        Consequence::MfaOn => s.follows_mfa_on(),
        Consequence::MfaOff => s.follows_mfa_off(),
        Consequence::PropagationOn => s.follows_propagation_on(),
        Consequence::PropagationOff => s.follows_propagation_off(),
        Consequence::LockedOut => s.follows_locked_out(),
        Consequence::LockOutUnknown => s.follows_lock_out_unknown(),
        Consequence::LetIn(group) => return s.follows_let_in(group),
        Consequence::Exempt => s.follows_exempt(),
        Consequence::Everybody => s.follows_everybody(),
        Consequence::Renames(Some(count)) => return s.follows_renames(*count as u64),
        Consequence::Renames(None) => s.follows_renames_all(),
        Consequence::ExposeOn => s.follows_expose_on(),
        Consequence::ExposeOff => s.follows_expose_off(),
        Consequence::NotKept => s.follows_not_kept(),
        Consequence::Updates => s.follows_updates(),
        Consequence::RestrictedOn => s.follows_restricted_on(),
        Consequence::RestrictedOff => s.follows_restricted_off(),
    };
    words.to_owned()
}

/// What one ticks before a dangerous change is saved; `None` for what is not dangerous.
pub fn tick_words(consequence: &Consequence) -> Option<&'static str> {
    let s = t_settings();
    Some(match consequence {
        Consequence::Readdresses(_) => s.tick_readdress(),
        Consequence::ReaddressesV6(_) => s.tick_readdress_v6(),
        Consequence::Ipv6Off(_) => s.tick_ipv6_off(),
        Consequence::SignInAgain(_) => s.tick_sign_in(),
        Consequence::ApprovalOff(_) => s.tick_approval_off(),
        Consequence::MfaOff => s.tick_mfa_off(),
        Consequence::LockedOut => s.tick_locked_out(),
        Consequence::LockOutUnknown => s.tick_lock_out_unknown(),
        Consequence::Renames(_) => s.tick_renames(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_lose_no_second() {
        for (seconds, words) in [
            (86_400, "1 day"),
            (90_000, "25 hours"),
            (1_200, "20 minutes"),
            (3_601, "3,601 seconds"),
            (0, "0 seconds"),
            (-5, "5 seconds below zero"),
        ] {
            assert_eq!(duration_words(seconds), words);
        }
    }

    #[test]
    fn no_two_settings_have_the_same_name() {
        let mut names: Vec<&str> = Field::all().map(|field| field_words(field).0).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Field::COUNT);
    }

    #[test]
    fn every_page_begins_with_a_title() {
        for section in Section::ALL {
            if let Some(first) = Field::of(section).next() {
                assert!(group_title(first).is_some(), "{section:?}");
            }
        }
    }

    #[test]
    fn values_are_said_in_words() {
        let name = |id: &str| format!("Group {id}");
        let list = |items: &[&str]| Value::List(items.iter().map(|item| (*item).to_owned()).collect());
        for (field, value, words) in [
            (Field::LocalMfa, Value::Flag(true), "on"),
            (Field::LocalMfa, Value::Absent, "off"),
            (Field::AgentNetwork, Value::Absent, "the server's default"),
            (Field::AgentNetwork, Value::Flag(false), "off"),
            (Field::LoginExpiration, Value::Whole(7_200), "2 hours"),
            (Field::Ipv6Groups, list(&["a", "b"]), "Group a and Group b"),
            (Field::JwtAllowGroups, list(&["staff"]), "staff"),
            (Field::PeerExposeGroups, Value::Absent, "nothing"),
            (Field::DnsDomain, Value::Text("corp".to_owned()), "corp"),
            (Field::DnsDomain, Value::Text(String::new()), "nothing"),
            (
                Field::AutoUpdateVersion,
                Value::Text("latest".to_owned()),
                "the newest version",
            ),
            (Field::AutoUpdateVersion, Value::Text("0.50.1".to_owned()), "0.50.1"),
            (Field::DnsDomain, Value::Foreign("7".to_owned()), "7"),
        ] {
            assert_eq!(value_words(field, &value, &name), words, "{field:?}");
        }
    }

    #[test]
    fn what_is_dangerous_has_a_tick_and_nothing_else_asks_for_one() {
        use crate::domain::settings::Weight;
        for consequence in [
            Consequence::Readdresses(Some(2)),
            Consequence::ReaddressesV6(None),
            Consequence::Ipv6Off(Some(1)),
            Consequence::SignInAgain(Some(1)),
            Consequence::ApprovalOff(0),
            Consequence::MfaOff,
            Consequence::LockedOut,
            Consequence::LockOutUnknown,
            Consequence::Renames(None),
        ] {
            assert_eq!(consequence.weight(), Weight::Danger);
            assert!(tick_words(&consequence).is_some(), "{consequence:?}");
        }
        for consequence in [
            Consequence::MfaOn,
            Consequence::Exempt,
            Consequence::Ipv6Lost(1),
            Consequence::NotKept,
        ] {
            assert!(
                consequence.weight() < Weight::Danger && tick_words(&consequence).is_none(),
                "{consequence:?}"
            );
        }
    }
}
