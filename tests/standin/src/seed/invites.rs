//! Owns the invite links of the demo company: open ones, one that has run out, one for a role nobody has.

use crate::clock::{HOUR, Nanos};
use crate::ids;
use crate::store::groups::Group;
use crate::store::invites::{self, Invite};

use super::{Field, things};

/// The secret of the first one's link, so that it can be opened; those of the others are unknown.
pub const LINK: &str = "nbi_0123456789ABCDEFGHIJKLMNOPQRST4PMbyp";

/// Name, e-mail, role, names of groups, made so many hours ago, lasts so many hours.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    Nanos,
    Nanos,
);

const INVITES: [Row; 4] = [
    ("Ines Moreau", "ines.moreau@example.com", "user", &["Design"], 3, 72),
    ("Jonas Weber", "jonas.weber@example.com", "admin", &[], 70, 72),
    ("Kaya Demir", "kaya.demir@example.org", "auditor", &["Finance"], 240, 72),
    ("Liam Byrne", "liam.byrne@example.org", "contractor", &[], 30, 720),
];

/// Makes them; the last, by mistake, for a role that does not exist.
pub fn make(field: &mut Field<'_>, groups: &[Group]) -> rusqlite::Result<()> {
    for (number, (name, email, role, member_of, age, lasts)) in INVITES.into_iter().enumerate() {
        let token = ids::token(&mut field.source, ids::INVITE);
        let created_at = field.now - age * HOUR;
        let invite = Invite {
            id: ids::xid(&mut field.source),
            account: field.account.clone(),
            email: email.to_owned(),
            name: name.to_owned(),
            role: role.to_owned(),
            auto_groups: things::ids_of(groups, member_of),
            hash: ids::token_hash(if number == 0 { LINK } else { &token }),
            created_by: field.owner.id.clone(),
            created_at,
            expires_at: created_at + lasts * HOUR,
        };
        invites::insert(field.db, &invite)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_link_is_well_formed() {
        assert_eq!(ids::check_token(LINK, ids::INVITE), Ok(()));
    }
}
