//! What was written while a list was being read: it is written again into that list, which may know nothing of it.

use std::cell::RefCell;

use leptos::prelude::*;
use roost_list::{Store, UserRef};

use super::directory::{Directory, Phase, next};
use crate::browser::chunk::chunk;
use crate::domain::user::{User, UserId};

thread_local! {
    /// Users as the writes left them, `None` for who is gone. Not in the list's own state: only the parts of the program
    /// that write know what it is.
    static WRITTEN: RefCell<Vec<(UserId, Option<User>)>> = const { RefCell::new(Vec::new()) };
}

// Who has written something has that part already.
chunk!(panels: fn write_in_part(directory: Directory, store: StoredValue<Store, LocalStorage>, from: u32) -> u32 {
    let written = WRITTEN.with_borrow(Vec::clone);
    for (id, user) in written.iter().skip(usize::try_from(from).unwrap_or(usize::MAX)) {
        store.try_update_value(|store| write(store, id, user.as_ref(), true));
        directory.seen(id);
    }
    u32::try_from(written.len()).unwrap_or(u32::MAX)
});

impl Directory {
    /// Takes a user as a write's answer has it. One who is not in the list yet is added.
    pub fn put(self, user: &User) {
        self.seen(&user.id);
        self.write(&user.id, Some(user));
    }

    /// Drops a user who is gone.
    pub fn remove(self, id: &UserId) {
        self.write(id, None);
    }

    fn write(self, id: &UserId, user: Option<&User>) {
        let phase = self.phase.try_get_untracked();
        if matches!(phase, Some(Phase::Loading | Phase::Refreshing)) {
            let is_first = next(self.written) == 1;
            WRITTEN.with_borrow_mut(|written| {
                if is_first {
                    written.clear();
                }
                written.push((id.clone(), user.cloned()));
            });
        }
        // In a list that is still coming somebody who is added now would come a second time.
        let add = phase != Some(Phase::Loading);
        self.store.try_update_value(|store| write(store, id, user, add));
        self.reorder();
    }

    /// Writes into a list what was written elsewhere since it was asked for, from the write with this number on; gives how
    /// many there are. What one has done oneself is no news in it.
    pub(super) async fn write_again(self, store: StoredValue<Store, LocalStorage>, from: u32) -> u32 {
        let count = self.written.try_get_value().unwrap_or(from);
        if count > from
            && let Ok(written) = write_in_part(self, store, from).await
        {
            return written;
        }
        count
    }
}

/// Puts a user into a list as a write left them, or takes them out.
fn write(store: &mut Store, id: &UserId, user: Option<&User>, add: bool) {
    match (store.find(id.as_str()), user) {
        (Some(row), Some(user)) => {
            store.replace(row, &UserRef::from(user));
        }
        (Some(row), None) => {
            store.remove(row);
        }
        (None, Some(user)) if add => {
            store.push(&UserRef::from(user));
        }
        (None, _) => {}
    }
}
