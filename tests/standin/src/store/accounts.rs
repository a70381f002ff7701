//! Owns the rows of `accounts` and their settings.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use crate::clock::Nanos;

/// The domain of every account that a sign-in makes on a self-hosted server.
pub const SELF_HOSTED: &str = "netbird.selfhosted";

/// One account.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: String,
    pub domain: String,
    pub domain_category: String,
    pub created_at: Nanos,
    pub created_by: String,
    pub settings: Settings,
    /// The IPv4 range in use, a CIDR.
    pub network_range: String,
    /// The IPv6 range in use, a CIDR.
    pub network_range_v6: String,
    pub signup_form_pending: bool,
    pub onboarding_flow_pending: bool,
}

/// The settings as they are stored (contract 5.1); server modes and ranges in use are laid over them on the way out.
/// What a request leaves out is the default.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the API has these flags")]
pub struct Settings {
    pub agent_network_only: bool,
    pub auto_update_always: bool,
    pub auto_update_version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dashboard_features: Option<DashboardFeatures>,
    pub dns_domain: String,
    pub extra: Extra,
    pub groups_propagation_enabled: bool,
    pub ipv6_enabled_groups: Option<Vec<String>>,
    pub jwt_allow_groups: Vec<String>,
    pub jwt_groups_claim_name: String,
    pub jwt_groups_enabled: bool,
    pub lazy_connection_enabled: bool,
    pub local_mfa_enabled: bool,
    pub metrics_push_enabled: bool,
    /// The IPv4 range somebody asked for, a CIDR.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_range: Option<String>,
    /// The IPv6 range somebody asked for, a CIDR.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_range_v6: Option<String>,
    pub peer_expose_enabled: bool,
    pub peer_expose_groups: Option<Vec<String>>,
    pub peer_inactivity_expiration: i64,
    pub peer_inactivity_expiration_enabled: bool,
    pub peer_login_expiration: i64,
    pub peer_login_expiration_enabled: bool,
    pub regular_users_view_blocked: bool,
    pub routing_peer_dns_resolution_enabled: bool,
}

/// What the dashboard shows, whatever its own defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DashboardFeatures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_network: Option<bool>,
}

/// The object `extra` of the settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the API has these flags")]
pub struct Extra {
    pub network_traffic_logs_enabled: bool,
    pub network_traffic_logs_groups: Option<Vec<String>>,
    pub network_traffic_packet_counter_enabled: bool,
    pub peer_approval_enabled: bool,
    pub user_approval_required: bool,
}

impl Settings {
    /// What a new account starts with; `all_group` is its group `All`.
    pub fn fresh(all_group: &str) -> Self {
        Self {
            agent_network_only: false,
            auto_update_always: false,
            auto_update_version: "disabled".to_owned(),
            dashboard_features: None,
            dns_domain: String::new(),
            extra: Extra {
                network_traffic_logs_enabled: false,
                network_traffic_logs_groups: None,
                network_traffic_packet_counter_enabled: false,
                peer_approval_enabled: false,
                user_approval_required: true,
            },
            groups_propagation_enabled: true,
            ipv6_enabled_groups: Some(vec![all_group.to_owned()]),
            jwt_allow_groups: Vec::new(),
            jwt_groups_claim_name: String::new(),
            jwt_groups_enabled: false,
            lazy_connection_enabled: true,
            local_mfa_enabled: false,
            metrics_push_enabled: false,
            network_range: None,
            network_range_v6: None,
            peer_expose_enabled: false,
            peer_expose_groups: None,
            peer_inactivity_expiration: 600,
            peer_inactivity_expiration_enabled: false,
            peer_login_expiration: 86_400,
            peer_login_expiration_enabled: true,
            regular_users_view_blocked: true,
            routing_peer_dns_resolution_enabled: true,
        }
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Account> {
    let settings = row.get_ref(5)?.as_str()?;
    Ok(Account {
        id: row.get(0)?,
        domain: row.get(1)?,
        domain_category: row.get(2)?,
        created_at: row.get(3)?,
        created_by: row.get(4)?,
        settings: serde_json::from_str(settings)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(5, rusqlite::types::Type::Text, error.into()))?,
        network_range: row.get(6)?,
        network_range_v6: row.get(7)?,
        signup_form_pending: row.get(8)?,
        onboarding_flow_pending: row.get(9)?,
    })
}

/// The account with that id, which exists for every user.
pub fn get(db: &Connection, id: &str) -> rusqlite::Result<Account> {
    db.prepare_cached("SELECT * FROM accounts WHERE id = ?1")?
        .query_row([id], from_row)
}

/// The account with that id, if there is one.
pub fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<Account>> {
    get(db, id).optional()
}

/// The account that newcomers join: the one whose domain is that of a self-hosted server.
pub fn to_join(db: &Connection) -> rusqlite::Result<Option<Account>> {
    db.prepare_cached("SELECT * FROM accounts WHERE domain = ?1 ORDER BY created_at LIMIT 1")?
        .query_row([SELF_HOSTED], from_row)
        .optional()
}

/// Whether there is any account.
pub fn any(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM accounts")?.exists([])
}

fn settings_text(settings: &Settings) -> String {
    String::from_utf8(crate::json::line(settings)).unwrap_or_default()
}

/// Whether any account wants a code after the password.
pub fn any_with_local_mfa(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM accounts WHERE json_extract(settings, '$.local_mfa_enabled')")?
        .exists([])
}

/// Stores what an update can change: settings, ranges in use, onboarding.
pub fn update(db: &Connection, account: &Account) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE accounts SET settings = ?2, network_range = ?3, network_range_v6 = ?4, signup_form_pending = ?5,
         onboarding_flow_pending = ?6 WHERE id = ?1",
        params![
            account.id,
            settings_text(&account.settings).trim_end(),
            account.network_range,
            account.network_range_v6,
            account.signup_form_pending,
            account.onboarding_flow_pending,
        ],
    )
    .map(drop)
}

/// Removes an account with its users, groups, tokens and peers.
pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM accounts WHERE id = ?1", [id]).map(drop)
}

/// Stores a new account.
pub fn insert(db: &Connection, account: &Account) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO accounts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            account.id,
            account.domain,
            account.domain_category,
            account.created_at,
            account.created_by,
            settings_text(&account.settings).trim_end(),
            account.network_range,
            account.network_range_v6,
            account.signup_form_pending,
            account.onboarding_flow_pending,
        ],
    )
    .map(drop)
}
