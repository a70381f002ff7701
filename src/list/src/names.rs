//! What the rows do not say: the names of groups and roles, and how many devices a user has.

use crate::fold::fold;
use crate::intern::ByText;

/// Names that a search and the order of the groups column go by. Without a name, a group goes by its id and a role by the
/// server's word.
#[derive(Debug, Default)]
pub struct Names {
    groups: ByText<Box<str>>,
    roles: ByText<Box<str>>,
}

impl Names {
    /// No names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names a group.
    pub fn set_group(&mut self, id: &str, name: &str) {
        name_it(&mut self.groups, id, name);
    }

    /// Words a role, in the reader's language.
    pub fn set_role(&mut self, role: &str, label: &str) {
        name_it(&mut self.roles, role, label);
    }

    /// A group's name, folded.
    pub(crate) fn group(&self, id: &str) -> Box<str> {
        self.groups.get(id).cloned().unwrap_or_else(|| fold(id).into())
    }

    /// A role's words, folded: what the reader sees, and the server's own.
    pub(crate) fn role(&self, role: &str) -> [Box<str>; 2] {
        let own: Box<str> = fold(role).into();
        [self.roles.get(role).cloned().unwrap_or_else(|| own.clone()), own]
    }
}

fn name_it(names: &mut ByText<Box<str>>, value: &str, name: &str) {
    if let Some(place) = names.entry(value, Box::default()) {
        *place = fold(name).into();
    }
}

/// How many devices each user has, counted from the list of peers. A peer that was added by a setup key has no user.
#[derive(Debug, Default)]
pub struct Devices {
    by_user: ByText<u32>,
}

impl Devices {
    /// No devices.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a device of this user; `""` is nobody.
    pub fn add(&mut self, user_id: &str) {
        if user_id.is_empty() {
            return;
        }
        if let Some(count) = self.by_user.entry(user_id, 0) {
            *count += 1;
        }
    }

    /// How many devices the user has.
    pub fn of(&self, user_id: &str) -> u32 {
        self.by_user.get(user_id).copied().unwrap_or_default()
    }
}

/// The `user_id` of each peer.
impl<'a> FromIterator<&'a str> for Devices {
    fn from_iter<I: IntoIterator<Item = &'a str>>(users: I) -> Self {
        let mut devices = Self::new();
        users.into_iter().for_each(|user| devices.add(user));
        devices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_without_a_user_count_for_nobody() {
        let devices: Devices = ["a", "", "b", "a", ""].into_iter().collect();
        assert_eq!(
            [devices.of("a"), devices.of("b"), devices.of("c"), devices.of("")],
            [2, 1, 0, 0]
        );
    }

    #[test]
    fn without_a_name_the_id_and_the_servers_word_count() {
        let mut names = Names::new();
        names.set_group("g1", "Büro");
        names.set_role("network_admin", "Netzwerk-Admin");
        assert_eq!((&*names.group("g1"), &*names.group("G2")), ("buro", "g2"));
        assert_eq!(
            names.role("network_admin"),
            ["netzwerk-admin".into(), "network_admin".into()]
        );
        assert_eq!(names.role("Odd"), ["odd".into(), "odd".into()]);
    }
}
