//! Making a person: in which ways a server lets people in, and what is checked before anything is sent (`contract` 2.3,
//! 2.9, 4.5).

use super::action::Action;
use super::group_choice::{self, GroupChoice};
use super::groups::Groups;
use super::guard::{Caller, Refusal};
use super::invite::{LifeProblem, LifeUnit, life_seconds};
use super::role::Role;
use super::user::{Status, User};

/// How people come into the account on this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// The server's own provider: by an invite link, or at once with a password.
    Embedded,
    /// The server's own provider with passwords switched off: only by an outside sign-in.
    NoPasswords,
    /// An outside provider sends an invitation by e-mail.
    External,
    /// An outside provider that the server cannot ask to invite anybody.
    Unmanaged,
}

impl Admission {
    /// What the account's settings say, and what a refusal told (nothing tells of a missing manager beforehand).
    pub fn of(embedded: bool, local_auth_disabled: bool, no_manager: bool) -> Self {
        match (embedded, local_auth_disabled, no_manager) {
            (true, false, _) => Self::Embedded,
            (true, true, _) => Self::NoPasswords,
            (false, _, false) => Self::External,
            (false, _, true) => Self::Unmanaged,
        }
    }

    /// Whether the server has invite links, new ones or old.
    pub fn has_links(self) -> bool {
        matches!(self, Self::Embedded | Self::NoPasswords)
    }

    fn refusal(self) -> Option<Refusal> {
        match self {
            Self::Embedded | Self::External => None,
            Self::NoPasswords => Some(Refusal::NoLocalSignIn),
            Self::Unmanaged => Some(Refusal::NoProviderManager),
        }
    }
}

/// Whether the caller can make people here. While nobody knows how the server lets people in, only the grant decides.
///
/// # Errors
/// The reason why not.
pub fn may_make(caller: &Caller, admission: Option<Admission>) -> Result<(), Refusal> {
    Action::MakeUser.check(caller)?;
    admission.and_then(Admission::refusal).map_or(Ok(()), Err)
}

/// Whether the caller can have an outside provider send its invitation once more.
///
/// # Errors
/// The reason why not.
pub fn may_resend(caller: &Caller, admission: Option<Admission>) -> Result<(), Refusal> {
    may_make(caller, admission)
}

/// Whether sending an invitation once more means anything for this user: only for whom an outside provider invited and
/// who never came. The embedded provider always refuses it (`contract` 2.7).
pub fn can_be_resent(target: &User, admission: Option<Admission>) -> bool {
    target.status() == Status::Invited && !target.is_service_user && !admission.is_some_and(Admission::has_links)
}

/// Whether somebody new can have this role. The server takes any word for an invitation and makes a role of it that
/// nobody has.
///
/// # Errors
/// The reason why not.
pub fn give_role(role: &Role) -> Result<(), Refusal> {
    match role {
        Role::Owner => Err(Refusal::OwnershipTransfer),
        Role::Other(_) => Err(Refusal::UnknownRole),
        _ => Ok(()),
    }
}

/// How somebody new gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a link that somebody hands to them; they choose a password.
    Link,
    /// With a password that the server makes up.
    Password,
    /// By an e-mail of the outside provider.
    Mail,
}

/// Somebody new, as the server is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// their name
    pub name: String,
    /// their e-mail address
    pub email: String,
    /// their role
    pub role: Role,
    /// ids of their auto groups
    pub auto_groups: Vec<String>,
}

/// What the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUserDraft {
    /// as typed
    pub name: String,
    /// as typed
    pub email: String,
    /// chosen
    pub role: Role,
    /// chosen, in that order
    pub groups: Vec<GroupChoice>,
    /// how they get in
    pub way: Way,
    /// how long the link works: a number, as typed
    pub life: String,
    /// and its unit
    pub unit: LifeUnit,
}

impl Default for NewUserDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            role: Role::User,
            groups: Vec::new(),
            way: Way::Link,
            life: "3".to_owned(),
            unit: LifeUnit::Days,
        }
    }
}

/// What is wrong with an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// There is none.
    Empty,
    /// It is none.
    Malformed,
}

/// What is wrong with the groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupsProblem {
    /// No group has this id any more.
    Unknown(String),
    /// `All` holds every device already.
    All,
}

/// What is wrong with the form, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// there is no name
    pub no_name: bool,
    /// with the address
    pub email: Option<EmailProblem>,
    /// with the role
    pub role: Option<Refusal>,
    /// with the groups
    pub groups: Option<GroupsProblem>,
    /// with how long the link works
    pub life: Option<LifeProblem>,
}

impl Problems {
    /// Whether nothing is wrong.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl NewUserDraft {
    /// What is wrong with it. Groups are judged as far as they are known.
    pub fn problems(&self, groups: Option<&Groups>) -> Problems {
        Problems {
            no_name: self.name.trim().is_empty(),
            email: check_email(self.email.trim()).err(),
            role: give_role(&self.role).err(),
            groups: groups.and_then(|groups| check_groups(&self.groups, groups).err()),
            life: match self.way {
                Way::Link => life_seconds(&self.life, self.unit).err(),
                Way::Password | Way::Mail => None,
            },
        }
    }

    /// Seconds that the link works.
    pub fn seconds(&self) -> Option<u64> {
        life_seconds(&self.life, self.unit).ok()
    }

    /// Whether anything was filled in.
    pub fn is_touched(&self) -> bool {
        !(self.name.trim().is_empty() && self.email.trim().is_empty() && self.groups.is_empty())
    }

    /// What to send, once every group exists.
    pub fn person(&self) -> NewUser {
        NewUser {
            name: self.name.trim().to_owned(),
            email: self.email.trim().to_owned(),
            role: self.role.clone(),
            auto_groups: group_choice::ids(&self.groups),
        }
    }
}

/// Whether a text has the form of an e-mail address. The server looks at that only when the very first owner is made and
/// takes anything else for an address here: somebody who mistyped it would get an account that nobody can reach.
///
/// # Errors
/// What is wrong.
pub fn check_email(email: &str) -> Result<(), EmailProblem> {
    if email.is_empty() {
        return Err(EmailProblem::Empty);
    }
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>()[],;:\\\"".contains(letter);
    let Some((mailbox, host)) = email.rsplit_once('@') else {
        return Err(EmailProblem::Malformed);
    };
    let is_dotted = |part: &str| part.split('.').all(|piece| !piece.is_empty());
    if mailbox.contains('@') || email.contains(odd) || !is_dotted(mailbox) || !is_dotted(host) {
        return Err(EmailProblem::Malformed);
    }
    Ok(())
}

fn check_groups(chosen: &[GroupChoice], groups: &Groups) -> Result<(), GroupsProblem> {
    for choice in chosen {
        let GroupChoice::Existing(id) = choice else { continue };
        match groups.get(id) {
            None => return Err(GroupsProblem::Unknown(id.clone())),
            Some(group) if group.is_all() => return Err(GroupsProblem::All),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whether two addresses are the same to the server: it does not tell capitals from small letters.
pub fn same_address(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(b)
    } else {
        a.to_lowercase() == b.to_lowercase()
    }
}

#[cfg(test)]
#[path = "new_user_tests.rs"]
mod tests;
