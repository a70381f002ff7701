//! Invite links: requests and what comes back (`contract` 2.9). Only the embedded provider has them.

use roost_list::rfc3339_seconds;
use serde_json::Value;
use zeroize::Zeroizing;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::invite::{Invite, InviteId};
use crate::domain::invite_link::Invitation;
use crate::domain::new_user::NewUser;
use crate::domain::role::Role;

/// The field that holds the secret of a link, in the only two answers that have one.
const TOKEN: &str = "invite_token";

/// A new invitation and the secret of its link, which the server never says again.
pub struct MadeInvite {
    /// The invitation.
    pub invite: Invite,
    /// The secret; empty when the answer has none.
    pub token: Zeroizing<String>,
}

/// Another link for an invitation.
pub struct NewLink {
    /// The secret; empty when the answer has none.
    pub token: Zeroizing<String>,
    /// When it ends, in seconds since 1970.
    pub ends_at: Option<i64>,
}

/// All invitations, also those that have ended.
pub fn list() -> Request<Vec<Invite>> {
    Request::get(&["users", "invites"]).list().decode(decode_invites)
}

/// Invites somebody. The link works for so many seconds.
pub fn create(person: &NewUser, seconds: u64) -> Request<MadeInvite> {
    let body = json::plain([
        ("email", person.email.as_str().into()),
        ("name", person.name.as_str().into()),
        ("role", person.role.as_str().into()),
        ("auto_groups", person.auto_groups.as_slice().into()),
        ("expires_in", seconds.into()),
    ]);
    Request::post(&["users", "invites"])
        .json_body(&body)
        .decode(decode_made)
}

/// Makes another link, which works for so many seconds. The one before works no more.
pub fn regenerate(id: &InviteId, seconds: u64) -> Request<NewLink> {
    Request::post(&["users", "invites", &id.0, "regenerate"])
        .json_body(&json::plain([("expires_in", seconds.into())]))
        .decode(decode_link)
}

/// Takes an invitation back.
pub fn delete(id: &InviteId) -> Request<()> {
    Request::delete(&["users", "invites", &id.0])
}

/// What a link is about. Anybody may ask, five times in a row.
pub fn info(secret: &str) -> Request<Invitation> {
    Request::get(&["users", "invites", secret]).once().decode(decode_info)
}

/// Accepts an invitation with a password. Anybody may who has the link.
pub fn accept(secret: &str, password: &str) -> Request<()> {
    Request::post(&["users", "invites", secret, "accept"]).json_body(&json::plain([("password", password.into())]))
}

fn decode_info(text: &str) -> Result<Invitation, ApiError> {
    let value = json::parse(text)?;
    let fields = Fields::of(&value)?;
    Ok(Invitation {
        email: fields.must("email")?,
        name: fields.text("name")?.unwrap_or_default(),
        invited_by: fields.text("invited_by")?.unwrap_or_default(),
        ends_at: fields.text("expires_at")?.and_then(|text| rfc3339_seconds(&text)),
        valid: fields.flag("valid")?,
    })
}

fn decode_invites(text: &str) -> Result<Vec<Invite>, ApiError> {
    let value = json::parse(text)?;
    json::items(&value)?.iter().map(invite).collect()
}

fn decode_made(text: &str) -> Result<MadeInvite, ApiError> {
    let (value, token) = json::with_secret(text, TOKEN)?;
    Ok(MadeInvite {
        invite: invite(&value)?,
        token,
    })
}

fn decode_link(text: &str) -> Result<NewLink, ApiError> {
    let (value, token) = json::with_secret(text, TOKEN)?;
    let ends = Fields::of(&value)?.text("invite_expires_at")?;
    Ok(NewLink {
        token,
        ends_at: ends.and_then(|text| rfc3339_seconds(&text)),
    })
}

fn invite(value: &Value) -> Result<Invite, ApiError> {
    let fields = Fields::of(value)?;
    let text = |name| Ok::<_, ApiError>(fields.text(name)?.unwrap_or_default());
    let ends_as_sent = text("expires_at")?;
    let groups = fields.value("auto_groups").map_or(Ok(&[][..]), json::items)?;
    let no_text = || ApiError::decode_message("an id of a group is no text");
    let auto_groups = groups
        .iter()
        .map(|id| id.as_str().map(str::to_owned).ok_or_else(no_text));
    Ok(Invite {
        id: InviteId(fields.must("id")?),
        email: text("email")?,
        name: text("name")?,
        role: Role::parse(&text("role")?),
        auto_groups: auto_groups.collect::<Result<_, _>>()?,
        created_at: rfc3339_seconds(&text("created_at")?),
        ends_at: rfc3339_seconds(&ends_as_sent),
        ends_as_sent,
        expired: fields.flag("expired")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> NewUser {
        NewUser {
            name: "Nina \"N\"".to_owned(),
            email: "nina@example.com".to_owned(),
            role: Role::Auditor,
            auto_groups: vec!["g1".to_owned()],
        }
    }

    #[test]
    fn an_invitation_is_sent_whole_with_whole_seconds() {
        let request = create(&person(), 86_400);
        assert_eq!(request.path(), Ok("/api/users/invites"));
        assert_eq!(
            request.body(),
            Some(
                r#"{"email":"nina@example.com","name":"Nina \"N\"","role":"auditor","auto_groups":["g1"],"expires_in":86400}"#
            )
        );
    }

    #[test]
    fn an_id_from_elsewhere_stays_one_segment_or_goes_nowhere() {
        let id = |text: &str| InviteId(text.to_owned());
        assert_eq!(delete(&id("a|b c")).path(), Ok("/api/users/invites/a%7Cb%20c"));
        let request = regenerate(&id("x?y#z"), 3_600);
        assert_eq!(request.path(), Ok("/api/users/invites/x%3Fy%23z/regenerate"));
        assert_eq!(request.body(), Some(r#"{"expires_in":3600}"#));
        for nowhere in ["", ".", "..", "a/b"] {
            assert!(delete(&id(nowhere)).path().is_err(), "{nowhere}");
            assert!(regenerate(&id(nowhere), 3_600).path().is_err(), "{nowhere}");
        }
    }

    #[test]
    fn a_list_decodes_with_nulls_unknown_roles_and_unreadable_dates() {
        let text = r#"[{"id":"1","email":"a@example.com","name":null,"role":"contractor","auto_groups":null,
            "expires_at":"soon","created_at":"2026-08-22T19:00:00.5Z","expired":true,"later":{"x":1}}]"#;
        let read = decode_invites(text).unwrap();
        let [one] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(one.role.as_str(), "contractor");
        assert_eq!(one.display_name(), "a@example.com");
        assert_eq!((one.created_at, one.ends_at), (Some(1_787_425_200), None));
        assert!(one.expired && one.auto_groups.is_empty());
        assert_eq!(decode_invites("null").unwrap(), []);
    }

    #[test]
    fn what_is_no_invitation_is_said() {
        for wrong in [
            "{}",
            r#"[{"email":"a@example.com"}]"#,
            r#"[{"id":"1","auto_groups":[1]}]"#,
            r#"[{"id":"1","expired":"yes"}]"#,
            r#"[{"id":1}]"#,
        ] {
            assert!(decode_invites(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_link_is_asked_about_and_accepted_by_its_secret() {
        assert_eq!(info("nbi_x").path(), Ok("/api/users/invites/nbi_x"));
        assert!(info("a/../b").path().is_err() && accept("..", "x").path().is_err());
        let request = accept("nbi_x", "Pass \"1\"");
        assert_eq!(request.path(), Ok("/api/users/invites/nbi_x/accept"));
        assert_eq!(request.body(), Some(r#"{"password":"Pass \"1\""}"#));
    }

    #[test]
    fn what_a_link_is_about_decodes() {
        let text = r#"{"email":"nina@example.com","name":"Nina","expires_at":"2026-08-22T19:00:00Z","valid":true,
            "invited_by":null,"more":1}"#;
        let read = decode_info(text).unwrap();
        assert_eq!(
            (read.email.as_str(), read.invited_by.as_str()),
            ("nina@example.com", "")
        );
        assert!(read.valid && read.ends_at == Some(1_787_425_200));
        assert!(decode_info("{}").is_err());
        assert!(!decode_info(r#"{"email":"a@example.com"}"#).unwrap().valid);
    }

    #[test]
    fn the_secret_is_taken_out_and_its_absence_is_no_error() {
        let made = decode_made(r#"{"id":"1","email":"a@example.com","invite_token":"nbi_x"}"#).unwrap();
        assert_eq!(made.token.as_str(), "nbi_x");
        let silent = decode_made(r#"{"id":"1","email":"a@example.com"}"#).unwrap();
        assert_eq!(
            silent.token.as_str(),
            "",
            "the invitation exists, and that is what counts"
        );
        let link = decode_link(r#"{"invite_token":"nbi_y","invite_expires_at":"2026-08-22T19:00:00Z"}"#).unwrap();
        assert_eq!((link.token.as_str(), link.ends_at), ("nbi_y", Some(1_787_425_200)));
        assert!(decode_link(r#"{"invite_token":7}"#).is_err());
    }
}
