//! Editing a user without losing anybody's work: the draft, the three-way merge, and what became of a lost answer.

use super::group_choice::{self, GroupChoice};
use super::groups::Groups;
use super::guard::{self, Caller, Refusal};
use super::role::Role;
use super::user::User;

/// The parts of a user that can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditField {
    /// the role
    Role,
    /// the auto groups
    Groups,
    /// blocked or not
    Blocked,
}

impl EditField {
    /// All, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Role, Self::Groups, Self::Blocked];
}

/// What the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDraft {
    /// role chosen
    pub role: Role,
    /// groups chosen, in the order of choosing
    pub groups: Vec<GroupChoice>,
    /// blocked or not
    pub blocked: bool,
}

/// The whole body of `PUT /users/{id}`: the server replaces all three, and takes an absent `is_blocked` for false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserUpdate {
    /// role
    pub role: Role,
    /// ids of the auto groups
    pub auto_groups: Vec<String>,
    /// blocked or not
    pub is_blocked: bool,
}

/// Whose value a field edited on both sides gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// what the form holds
    Mine,
    /// what the server holds by now
    Theirs,
}

/// The answers given to conflicts so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// for the role
    pub role: Option<Side>,
    /// for the groups
    pub groups: Option<Side>,
    /// for blocked
    pub blocked: Option<Side>,
}

impl Resolution {
    /// The answer for one field.
    pub fn get(&self, field: EditField) -> Option<Side> {
        match field {
            EditField::Role => self.role,
            EditField::Groups => self.groups,
            EditField::Blocked => self.blocked,
        }
    }

    /// Answers one field.
    pub fn set(&mut self, field: EditField, side: Side) {
        match field {
            EditField::Role => self.role = Some(side),
            EditField::Groups => self.groups = Some(side),
            EditField::Blocked => self.blocked = Some(side),
        }
    }
}

/// What a merge came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Nothing left to ask.
    Ready {
        /// the draft to save: mine where I edited, theirs elsewhere
        draft: UserDraft,
        /// fields that changed elsewhere and were kept; the message names them
        elsewhere: Vec<EditField>,
    },
    /// These fields were edited on both sides, differently, and have no answer yet.
    Ask(Vec<EditField>),
}

impl UserDraft {
    /// The form as it opens.
    pub fn of(user: &User) -> Self {
        Self {
            role: user.role.clone(),
            groups: user.auto_groups.iter().cloned().map(GroupChoice::Existing).collect(),
            blocked: user.is_blocked,
        }
    }

    /// Whether `field` differs from `base`. The order of groups means nothing.
    pub fn differs(&self, base: &User, field: EditField) -> bool {
        !same(self, &Self::of(base), field)
    }

    /// The fields that differ from `base`.
    pub fn changed(&self, base: &User) -> Vec<EditField> {
        EditField::ALL
            .into_iter()
            .filter(|field| self.differs(base, *field))
            .collect()
    }

    /// Whether it holds a group to be made of which one exists by now; those become ordinary ones.
    pub fn find_groups(&mut self, groups: &Groups) -> bool {
        let mut is_found = false;
        for choice in &mut self.groups {
            if let GroupChoice::New(name) = choice
                && let Some(group) = groups.named(name)
            {
                *choice = GroupChoice::Existing(group.id.clone());
                is_found = true;
            }
        }
        is_found
    }

    fn take_field(&mut self, from: &Self, field: EditField) {
        match field {
            EditField::Role => self.role = from.role.clone(),
            EditField::Groups => self.groups.clone_from(&from.groups),
            EditField::Blocked => self.blocked = from.blocked,
        }
    }

    /// Puts back what was answered with theirs: the edit is given up, whatever becomes of the save.
    pub fn give_up(&mut self, base: &User, answers: Resolution) {
        let opened = Self::of(base);
        for field in EditField::ALL {
            if answers.get(field) == Some(Side::Theirs) {
                self.take_field(&opened, field);
            }
        }
    }

    /// The body to send, once every group exists.
    pub fn update(&self) -> UserUpdate {
        UserUpdate {
            role: self.role.clone(),
            auto_groups: group_choice::ids(&self.groups),
            is_blocked: self.blocked,
        }
    }
}

impl UserUpdate {
    /// The body that changes nothing.
    pub fn of(user: &User) -> Self {
        Self {
            role: user.role.clone(),
            auto_groups: user.auto_groups.clone(),
            is_blocked: user.is_blocked,
        }
    }

    /// Whether `user` is what this body asks for.
    pub fn is_done(&self, user: &User) -> bool {
        self.role == user.role
            && self.is_blocked == user.is_blocked
            && sorted(&self.auto_groups) == sorted(&user.auto_groups)
    }
}

fn sorted(ids: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn same(a: &UserDraft, b: &UserDraft, field: EditField) -> bool {
    match field {
        EditField::Role => a.role == b.role,
        EditField::Blocked => a.blocked == b.blocked,
        EditField::Groups => {
            a.groups.iter().all(|choice| b.groups.contains(choice))
                && b.groups.iter().all(|choice| a.groups.contains(choice))
        }
    }
}

/// Merges what the form holds with what the server holds by now. `base` is the user as the form was opened on.
pub fn merge(base: &User, mine: &UserDraft, theirs: &User, answers: Resolution) -> Merge {
    let opened = UserDraft::of(base);
    let now = UserDraft::of(theirs);
    let mut draft = mine.clone();
    let mut elsewhere = Vec::new();
    let mut open = Vec::new();
    for field in EditField::ALL {
        let mine_edited = !same(mine, &opened, field);
        let theirs_edited = !same(&now, &opened, field);
        let side = match (mine_edited, theirs_edited) {
            (_, false) => Side::Mine,
            (false, true) => {
                elsewhere.push(field);
                Side::Theirs
            }
            (true, true) if same(mine, &now, field) => Side::Mine,
            (true, true) => match answers.get(field) {
                Some(side) => side,
                None => {
                    open.push(field);
                    continue;
                }
            },
        };
        if side == Side::Theirs {
            draft.take_field(&now, field);
        }
    }
    if open.is_empty() {
        Merge::Ready { draft, elsewhere }
    } else {
        Merge::Ask(open)
    }
}

/// What the form holds after a save: the user as they are by now, and what was edited after `sent` was sent.
pub fn settle(sent: &UserDraft, form: &UserDraft, saved: &User) -> UserDraft {
    let mut draft = UserDraft::of(saved);
    for field in EditField::ALL {
        if !same(sent, form, field) {
            draft.take_field(form, field);
        }
    }
    draft
}

/// What the form counts as opened on when somebody has written what it holds: that is no edit any more. `None` = nothing
/// of the kind.
pub fn agree(base: &User, form: &UserDraft, now: &User) -> Option<User> {
    let there = UserDraft::of(now);
    let agreed: Vec<_> = form
        .changed(base)
        .into_iter()
        .filter(|field| same(form, &there, *field))
        .collect();
    let mut opened = base.clone();
    for field in &agreed {
        match field {
            EditField::Role => opened.role = now.role.clone(),
            EditField::Groups => opened.auto_groups.clone_from(&now.auto_groups),
            EditField::Blocked => opened.is_blocked = now.is_blocked,
        }
    }
    (!agreed.is_empty()).then_some(opened)
}

/// Checks a merged draft against the rules once more, on the user as they are by now: who was a member when the form
/// opened may be the owner today.
///
/// # Errors
/// The first rule that speaks against it.
pub fn check(caller: &Caller, now: &User, draft: &UserDraft) -> Result<(), Refusal> {
    guard::edit(caller)?;
    guard::give_role(caller, now, &draft.role)?;
    if draft.blocked != now.is_blocked {
        guard::toggle_block(caller, now)?;
    }
    Ok(())
}

/// What became of a write whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server did it.
    Done,
    /// The server did not do it.
    NotDone,
    /// Something else is there now.
    Changed,
}

/// Judges a lost write by a later read: what was asked for, what was there before, what is there now.
pub fn outcome(sent: &UserUpdate, before: &User, now: &User) -> Outcome {
    if sent.is_done(now) {
        Outcome::Done
    } else if UserUpdate::of(before).is_done(now) {
        Outcome::NotDone
    } else {
        Outcome::Changed
    }
}

#[cfg(test)]
#[path = "user_edit_tests.rs"]
mod tests;
