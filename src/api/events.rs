//! The audit log: since when somebody waits, and who changed the settings (`contract` 2.14).

use roost_list::rfc3339_seconds;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::approval::Joins;
use crate::domain::settings::Field;
use crate::domain::settings::log::{LogEntry, is_about_settings, of_code};
use crate::domain::user::UserId;

/// What the log calls somebody's first call.
const JOINED: &str = "user.join";

/// When people joined. The server knows no filter: all 10,000 events come, and the others are dropped at once.
pub fn joins() -> Request<Joins> {
    Request::get(&["events", "audit"]).list().decode(decode_joins)
}

fn decode_joins(text: &str) -> Result<Joins, ApiError> {
    let value = json::parse(text)?;
    let mut joins = Joins::default();
    for event in json::items(&value)? {
        let event = Fields::of(event)?;
        if event.text("activity_code")?.as_deref() != Some(JOINED) {
            continue;
        }
        let moment = event.text("timestamp")?;
        // A moment that cannot be read is none: "since when" is left out, the person is not.
        if let (Some(user), Some(seconds)) = (event.text("target_id")?, moment.as_deref().and_then(rfc3339_seconds)) {
            joins.add(user, seconds);
        }
    }
    Ok(joins)
}

/// Who changed the settings; of all events the others are dropped, as for [`joins`].
pub fn settings_log() -> Request<Vec<LogEntry>> {
    Request::get(&["events", "audit"]).list().decode(decode_settings)
}

fn decode_settings(text: &str) -> Result<Vec<LogEntry>, ApiError> {
    let value = json::parse(text)?;
    let mut log = Vec::new();
    for event in json::items(&value)? {
        let fields = Fields::of(event)?;
        let code = fields.text("activity_code")?.unwrap_or_default();
        // An entry without a number is before or after nothing.
        let id = fields.text("id")?.and_then(|id| id.parse().ok());
        let (true, Some(id)) = (is_about_settings(&code), id) else {
            continue;
        };
        let is_v6 = event.pointer("/meta/new_network_range_v6").is_some();
        log.push(LogEntry {
            id,
            by: UserId(fields.text("initiator_id")?.unwrap_or_default()),
            name: fields.text("initiator_name")?.unwrap_or_default(),
            field: of_code(&code).map(|field| match field {
                Field::NetworkRange if is_v6 => Field::NetworkRangeV6,
                field => field,
            }),
        });
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn only_joins_count_and_only_with_a_moment() {
        let text = r#"[
            {"activity_code":"user.join","target_id":"u","timestamp":"2026-08-22T19:00:00.123456789Z","meta":{}},
            {"activity_code":"user.join","target_id":"v","timestamp":"yesterday"},
            {"activity_code":"user.block","target_id":"w","timestamp":"2026-08-22T19:00:00Z"},
            {"activity_code":"odd.new","target_id":null}]"#;
        let joins = decode_joins(text).unwrap();
        let of = |id: &str| joins.of(&UserId(id.to_owned()));
        assert_eq!((of("u"), of("v"), of("w")), (Some(1_787_425_200), None, None));
        assert_eq!(decode_joins("null").unwrap(), Joins::default());
        assert!(decode_joins(r#"{"message":"x"}"#).is_err());
        assert!(decode_joins(r#"[{"activity_code":7}]"#).is_err());
    }

    #[test]
    fn changes_of_settings_come_with_who_and_what() {
        let text = r#"[
            {"id":"12","activity_code":"account.network.range.update","initiator_id":"u","initiator_name":"Ada",
             "meta":{"old_network_range_v6":"","new_network_range_v6":"fd00::/64"}},
            {"id":"11","activity_code":"account.network.range.update","initiator_id":"u","initiator_name":"Ada","meta":{}},
            {"id":"10","activity_code":"account.setting.later.enable","initiator_id":"v","initiator_name":""},
            {"id":"9","activity_code":"user.block","initiator_id":"v"},
            {"id":"odd","activity_code":"account.dns.domain.update","initiator_id":"v"}]"#;
        let entry = |id, by: &str, name: &str, field| LogEntry {
            id,
            by: UserId(by.to_owned()),
            name: name.to_owned(),
            field,
        };
        assert_eq!(
            decode_settings(text).unwrap(),
            [
                entry(12, "u", "Ada", Some(Field::NetworkRangeV6)),
                entry(11, "u", "Ada", Some(Field::NetworkRange)),
                entry(10, "v", "", None),
            ]
        );
        assert_eq!(decode_settings("null").unwrap(), []);
        assert!(decode_settings(r#"{"message":"x"}"#).is_err());
    }
}
