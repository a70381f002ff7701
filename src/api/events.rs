//! The audit log, as far as knowing since when somebody waits needs it (`contract` 2.14).

use roost_list::rfc3339_seconds;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::approval::Joins;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::user::UserId;

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
}
