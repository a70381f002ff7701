//! What the audit log says about the settings: who changed which while somebody else saved (`contract` 2.14).

use super::field::Field;
use crate::domain::user::UserId;

/// An entry of the audit log about the account's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Counts up.
    pub id: u64,
    /// Who did it.
    pub by: UserId,
    /// What they are called; may be empty.
    pub name: String,
    /// What they changed; `None` for a setting that this version does not know.
    pub field: Option<Field>,
}

/// What the log calls the changes of a setting, without what became of it: `.enable`, `.disable`, `.update`.
const CODES: [(&str, Field); 14] = [
    ("account.setting.peer.login.expiration", Field::LoginExpirationEnabled),
    ("account.peer.inactivity.expiration", Field::InactivityExpirationEnabled),
    ("account.setting.peer.approval", Field::PeerApproval),
    ("account.setting.local.mfa", Field::LocalMfa),
    ("account.setting.group.propagation", Field::GroupsPropagation),
    ("account.network.range", Field::NetworkRange),
    ("account.setting.ipv6", Field::Ipv6Groups),
    ("account.dns.domain", Field::DnsDomain),
    ("account.setting.routing.peer.dns.resolution", Field::RoutingPeerDns),
    ("account.setting.peer.expose", Field::PeerExpose),
    ("account.setting.lazy.connection", Field::LazyConnection),
    ("account.settings.auto.version", Field::AutoUpdateVersion),
    ("account.setting.auto.update.always", Field::AutoUpdateAlways),
    ("account.setting.metrics.push", Field::MetricsPush),
];

/// Whether an entry with this code is about the settings.
pub fn is_about_settings(code: &str) -> bool {
    code.starts_with("account.setting") || of_code(code).is_some()
}

/// The setting that an entry with this code is about.
pub fn of_code(code: &str) -> Option<Field> {
    let (stem, end) = code.rsplit_once('.')?;
    let (_, field) = CODES.into_iter().find(|(known, _)| *known == stem)?;
    Some(match (field, end) {
        (Field::LoginExpirationEnabled, "update") => Field::LoginExpiration,
        (Field::InactivityExpirationEnabled, "update") => Field::InactivityExpiration,
        (field, _) => field,
    })
}

/// What one person changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meanwhile {
    /// What they are called; may be empty.
    pub name: String,
    /// Which settings, in the order of the table; none where this version knows none of them.
    pub fields: Vec<Field>,
}

/// The newest entry there is; zero in an empty log.
pub fn newest(log: &[LogEntry]) -> u64 {
    log.iter().map(|entry| entry.id).max().unwrap_or_default()
}

/// Who but `caller` changed settings after the entry `since`, in the order in which they began.
pub fn meanwhile(log: &[LogEntry], since: u64, caller: &UserId) -> Vec<Meanwhile> {
    let mut entries: Vec<&LogEntry> = log
        .iter()
        .filter(|entry| entry.id > since && entry.by != *caller)
        .collect();
    entries.sort_by_key(|entry| entry.id);
    let mut people: Vec<(&UserId, Meanwhile)> = Vec::new();
    for entry in entries {
        let known = people.iter_mut().find(|(by, _)| **by == entry.by);
        match known {
            Some((_, person)) => person.fields.extend(entry.field),
            None => people.push((
                &entry.by,
                Meanwhile {
                    name: entry.name.clone(),
                    fields: entry.field.into_iter().collect(),
                },
            )),
        }
    }
    let in_order = people.into_iter().map(|(_, mut person)| {
        person.fields = Field::all().filter(|field| person.fields.contains(field)).collect();
        person
    });
    in_order.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: u64, by: &str, field: Option<Field>) -> LogEntry {
        LogEntry {
            id,
            by: UserId(by.to_owned()),
            name: by.to_uppercase(),
            field,
        }
    }

    #[test]
    fn codes_lead_to_their_settings() {
        for (code, field) in [
            (
                "account.setting.peer.login.expiration.enable",
                Some(Field::LoginExpirationEnabled),
            ),
            (
                "account.setting.peer.login.expiration.update",
                Some(Field::LoginExpiration),
            ),
            (
                "account.peer.inactivity.expiration.disable",
                Some(Field::InactivityExpirationEnabled),
            ),
            (
                "account.peer.inactivity.expiration.update",
                Some(Field::InactivityExpiration),
            ),
            ("account.dns.domain.update", Some(Field::DnsDomain)),
            ("account.settings.auto.version.update", Some(Field::AutoUpdateVersion)),
            ("account.setting.of.a.later.version.enable", None),
        ] {
            assert!(is_about_settings(code), "{code}");
            assert_eq!(of_code(code), field, "{code}");
        }
        for code in ["account.create", "user.block", "dashboard.login", "", "account"] {
            assert!(!is_about_settings(code), "{code}");
        }
    }

    #[test]
    fn only_what_is_recorded_has_a_code() {
        // A setting that the log says nothing of cannot be watched.
        for (code, field) in CODES {
            let is_known = field.entry().recorded || field == Field::PeerApproval;
            assert!(is_known, "{code}");
        }
        for field in Field::all().filter(|field| field.entry().recorded && field.entry().path.len() == 2) {
            let has_code = CODES.iter().any(|(_, known)| *known == field)
                || matches!(
                    field,
                    Field::LoginExpiration | Field::InactivityExpiration | Field::NetworkRangeV6
                );
            assert!(has_code, "{field:?}");
        }
    }

    #[test]
    fn changes_of_others_after_the_look_are_told_by_person() {
        let log = [
            entry(7, "ada", Some(Field::MetricsPush)),
            entry(6, "me", Some(Field::DnsDomain)),
            entry(5, "bo", None),
            entry(4, "ada", Some(Field::DnsDomain)),
            entry(3, "ada", Some(Field::LocalMfa)),
        ];
        let me = UserId("me".to_owned());
        assert_eq!(newest(&log), 7);
        assert_eq!(newest(&[]), 0);
        assert_eq!(meanwhile(&log, 7, &me), []);
        assert_eq!(
            meanwhile(&log, 3, &me),
            [
                Meanwhile {
                    name: "ADA".to_owned(),
                    fields: vec![Field::DnsDomain, Field::MetricsPush],
                },
                Meanwhile {
                    name: "BO".to_owned(),
                    fields: Vec::new(),
                },
            ]
        );
    }
}
