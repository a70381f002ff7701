//! Groups of peers: names for ids, what can be chosen, and names that can be given.

use roost_list::natural_key;

/// A group of peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Opaque id.
    pub id: String,
    /// Display name, unique in the account.
    pub name: String,
    /// `api`, `jwt` or `integration`.
    pub issued: String,
}

impl Group {
    /// The group that holds every peer. It cannot be an auto group (`contract` 2.12, 4.1).
    pub fn is_all(&self) -> bool {
        self.name == "All"
    }
}

/// All groups of the account, by name and by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    all: Vec<Group>,
    /// Places in `all`, in the order of the names.
    by_name: Vec<usize>,
    /// Places in `all`, in the order of the ids.
    by_id: Vec<usize>,
}

/// The places of groups in the order of their keys.
fn order(groups: &[Group], key: fn(&Group) -> Vec<u8>) -> Vec<usize> {
    let mut keyed: Vec<(Vec<u8>, usize)> = groups.iter().map(key).zip(0..).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// What is wrong with the name of a new group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupNameProblem {
    /// Nothing but spaces.
    Empty,
    /// A group of that name is there already.
    Taken,
}

impl Groups {
    /// Takes the groups in any order.
    pub fn new(all: Vec<Group>) -> Self {
        Self {
            by_name: order(&all, |group| natural_key(&group.name)),
            by_id: order(&all, |group| group.id.clone().into_bytes()),
            all,
        }
    }

    /// All groups, sorted by name: `web-2` before `web-10`.
    pub fn iter(&self) -> impl Iterator<Item = &Group> {
        self.by_name.iter().filter_map(|at| self.all.get(*at))
    }

    /// The group of that id.
    pub fn get(&self, id: &str) -> Option<&Group> {
        let found = self
            .by_id
            .binary_search_by_key(&id, |at| self.all.get(*at).map_or("", |group| &group.id))
            .ok()?;
        self.all.get(*self.by_id.get(found)?)
    }

    /// The group of exactly that name, as the server compares them.
    pub fn named(&self, name: &str) -> Option<&Group> {
        self.all.iter().find(|group| group.name == name)
    }

    /// The name to show for an id.
    pub fn name<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        self.get(id).map(|group| group.name.as_str())
    }

    /// Those of `ids` that no group has: left over from deleted groups. The server refuses any update that keeps one.
    pub fn unknown<'a>(&self, ids: &'a [String]) -> Vec<&'a str> {
        ids.iter()
            .map(String::as_str)
            .filter(|id| self.get(id).is_none())
            .collect()
    }

    /// Whether a new group may have that name; the name as it would be sent.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_new_name<'a>(&self, name: &'a str) -> Result<&'a str, GroupNameProblem> {
        let name = name.trim();
        if name.is_empty() {
            Err(GroupNameProblem::Empty)
        } else if self.named(name).is_some() {
            Err(GroupNameProblem::Taken)
        } else {
            Ok(name)
        }
    }

    /// The same groups and one more (or one renamed).
    #[must_use]
    pub fn with(&self, group: Group) -> Self {
        let mut groups: Vec<Group> = self.all.iter().filter(|known| known.id != group.id).cloned().collect();
        groups.push(group);
        Self::new(groups)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> Groups {
        let group = |id: &str, name: &str| Group {
            id: id.into(),
            name: name.into(),
            issued: "api".into(),
        };
        Groups::new(vec![group("1", "zebra"), group("2", "All"), group("3", "Apple")])
    }

    #[test]
    fn sorted_by_name_in_any_case() {
        assert_eq!(
            groups().iter().map(|group| group.name.as_str()).collect::<Vec<_>>(),
            ["All", "Apple", "zebra"]
        );
    }

    #[test]
    fn numbers_in_names_are_numbers() {
        let names = ["Group 10", "group 2", "Group 1", "Büro", "Group 100", "Burg"];
        let groups = Groups::new(
            names
                .map(|name| Group {
                    id: name.into(),
                    name: name.into(),
                    issued: "api".into(),
                })
                .into(),
        );
        assert_eq!(
            groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(),
            ["Burg", "Büro", "Group 1", "group 2", "Group 10", "Group 100"]
        );
        assert_eq!(
            groups.name("Group 100"),
            Some("Group 100"),
            "found by its id all the same"
        );
    }

    #[test]
    fn unknown_ids_are_found() {
        let ids = ["1".to_owned(), "gone".to_owned()];
        assert_eq!(groups().unknown(&ids), ["gone"]);
        assert_eq!(groups().name("3"), Some("Apple"));
    }

    #[test]
    fn new_names_are_trimmed_and_checked() {
        assert_eq!(groups().check_new_name("  On call "), Ok("On call"));
        assert_eq!(groups().check_new_name(" "), Err(GroupNameProblem::Empty));
        assert_eq!(groups().check_new_name("Apple"), Err(GroupNameProblem::Taken));
        assert_eq!(
            groups().check_new_name("apple"),
            Ok("apple"),
            "the server tells them apart"
        );
    }

    #[test]
    fn a_new_group_is_found_at_once() {
        let more = groups().with(Group {
            id: "4".into(),
            name: "Night".into(),
            issued: "api".into(),
        });
        assert_eq!(more.name("4"), Some("Night"));
        assert_eq!(more.iter().count(), 4);
    }
}
