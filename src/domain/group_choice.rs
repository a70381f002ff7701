//! Groups chosen in a form: those that exist, and those to be made when the form is saved.

use super::groups::Groups;

/// A group chosen in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupChoice {
    /// By id; the group may be gone.
    Existing(String),
    /// By the name it is to have.
    New(String),
}

/// The names of groups still to be made.
pub fn new_names(choices: &[GroupChoice]) -> Vec<String> {
    let new = |choice: &GroupChoice| match choice {
        GroupChoice::New(name) => Some(name.clone()),
        GroupChoice::Existing(_) => None,
    };
    choices.iter().filter_map(new).collect()
}

/// Replaces the group to be made by the one that was: it is never made twice, whatever happens next.
pub fn made(choices: &mut [GroupChoice], name: &str, id: &str) {
    for choice in choices {
        if matches!(choice, GroupChoice::New(wanted) if wanted == name) {
            *choice = GroupChoice::Existing(id.to_owned());
        }
    }
}

/// Ids that no group has.
pub fn unknown<'a>(choices: &'a [GroupChoice], groups: &Groups) -> Vec<&'a str> {
    let unknown = |choice: &'a GroupChoice| match choice {
        GroupChoice::Existing(id) if groups.get(id).is_none() => Some(id.as_str()),
        _ => None,
    };
    choices.iter().filter_map(unknown).collect()
}

/// Whether groups that exist are among them.
pub fn has_existing(choices: &[GroupChoice]) -> bool {
    choices.iter().any(|choice| matches!(choice, GroupChoice::Existing(_)))
}

/// The ids to send, each once, in the order of choosing. Groups still to be made are left out.
pub fn ids(choices: &[GroupChoice]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(choices.len());
    for choice in choices {
        if let GroupChoice::Existing(id) = choice
            && !ids.contains(id)
        {
            ids.push(id.clone());
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::groups::Group;

    fn existing(id: &str) -> GroupChoice {
        GroupChoice::Existing(id.to_owned())
    }

    fn new(name: &str) -> GroupChoice {
        GroupChoice::New(name.to_owned())
    }

    #[test]
    fn a_group_that_was_made_is_an_ordinary_one() {
        let mut choices = vec![new("Night"), existing("g1"), new("Day"), new("Night")];
        assert_eq!(new_names(&choices), ["Night", "Day", "Night"]);
        made(&mut choices, "Night", "g1");
        assert_eq!(choices, [existing("g1"), existing("g1"), new("Day"), existing("g1")]);
        assert_eq!(new_names(&choices), ["Day"]);
        assert_eq!(ids(&choices), ["g1"]);
    }

    #[test]
    fn only_what_exists_can_be_unknown() {
        let groups = Groups::new(vec![Group {
            id: "g1".to_owned(),
            name: "Night".to_owned(),
            issued: "api".to_owned(),
        }]);
        let choices = [existing("gone"), existing("g1"), new("gone too")];
        assert_eq!(unknown(&choices, &groups), ["gone"]);
        assert!(has_existing(&choices));
        assert!(!has_existing(&[new("Night")]));
    }
}
