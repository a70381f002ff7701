//! Owns which events a change of an account's settings writes (contract 2.14).

use crate::store::accounts::{Account, Settings};

/// Code and meta of an event.
pub type Change = (String, Vec<(&'static str, String)>);

type Flag = (&'static str, fn(&Settings) -> bool);

/// Settings that are on or off, with the beginning of their codes.
const FLAGS: [Flag; 9] = [
    ("account.setting.peer.login.expiration", |settings| {
        settings.peer_login_expiration_enabled
    }),
    ("account.setting.routing.peer.dns.resolution", |settings| {
        settings.routing_peer_dns_resolution_enabled
    }),
    ("account.setting.lazy.connection", |settings| {
        settings.lazy_connection_enabled
    }),
    ("account.setting.group.propagation", |settings| {
        settings.groups_propagation_enabled
    }),
    ("account.setting.auto.update.always", |settings| {
        settings.auto_update_always
    }),
    ("account.setting.peer.expose", |settings| settings.peer_expose_enabled),
    ("account.setting.metrics.push", |settings| settings.metrics_push_enabled),
    ("account.setting.local.mfa", |settings| settings.local_mfa_enabled),
    ("account.setting.ipv6", |settings| {
        settings
            .ipv6_enabled_groups
            .as_ref()
            .is_some_and(|groups| !groups.is_empty())
    }),
];

/// What NetBird writes for a range that nobody asked for.
const NO_RANGE: &str = "invalid Prefix";

/// The events of a change.
pub fn of(before: &Account, after: &Account) -> Vec<Change> {
    let (old, new) = (&before.settings, &after.settings);
    let mut changes: Vec<Change> = Vec::new();
    let mut add = |code: &str, meta: Vec<(&'static str, String)>| changes.push((code.to_owned(), meta));
    for (code, is_on) in FLAGS {
        if is_on(old) != is_on(new) {
            add(
                &format!("{code}.{}", if is_on(new) { "enable" } else { "disable" }),
                Vec::new(),
            );
        }
    }
    if old.peer_login_expiration != new.peer_login_expiration {
        add("account.setting.peer.login.expiration.update", Vec::new());
    }
    // Switching it on by itself is written nowhere, and the duration only while it is on.
    if new.peer_inactivity_expiration_enabled {
        if old.peer_inactivity_expiration != new.peer_inactivity_expiration {
            add("account.peer.inactivity.expiration.update", Vec::new());
        }
    } else if old.peer_inactivity_expiration_enabled {
        add("account.peer.inactivity.expiration.disable", Vec::new());
    }
    if old.auto_update_version != new.auto_update_version {
        add(
            "account.settings.auto.version.update",
            vec![("version", new.auto_update_version.clone())],
        );
    }
    if old.dns_domain != new.dns_domain {
        add(
            "account.dns.domain.update",
            vec![
                ("old_dns_domain", old.dns_domain.clone()),
                ("new_dns_domain", new.dns_domain.clone()),
            ],
        );
    }
    if before.network_range != after.network_range {
        add(
            "account.network.range.update",
            vec![
                ("old_network_range", before.network_range.clone()),
                ("new_network_range", after.network_range.clone()),
            ],
        );
    }
    // Of IPv6 it is what was asked for that is compared, not what is in use.
    if old.network_range_v6 != new.network_range_v6 {
        let text = |range: &Option<String>| range.clone().unwrap_or_else(|| NO_RANGE.to_owned());
        add(
            "account.network.range.update",
            vec![
                ("old_network_range_v6", text(&old.network_range_v6)),
                ("new_network_range_v6", text(&new.network_range_v6)),
            ],
        );
    }
    changes
}
