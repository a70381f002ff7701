//! What the session knows about letting people in: how the server does it, the invitations there are, and the link that
//! a secret makes.

use leptos::prelude::*;
use zeroize::Zeroizing;

use super::console::Console;
use crate::api::invites;
use crate::domain::new_user::Admission;

impl Console {
    /// How people come into the account, tracked; `None` while the account is not known.
    pub fn admission(self) -> Option<Admission> {
        let account = self.account.get()?;
        let no_manager = self.no_manager.get();
        Some(Admission::of(
            account.embedded_idp,
            account.local_auth_disabled,
            no_manager,
        ))
    }

    /// Keeps in mind for the session that the server has no manager of its provider: nothing else tells.
    pub fn remember_no_manager(self) {
        self.no_manager.try_set(true);
    }

    /// Asks for the invitations.
    pub fn ask_invites(self) {
        if let Some(client) = self.client() {
            self.invites.run(async move { client.send(invites::list()).await });
        }
    }

    /// The link with this secret.
    pub fn invite_link(self, token: &str) -> Zeroizing<String> {
        self.config
            .try_with_value(|config| {
                let base = config.invite_base.as_str();
                // With room for all of it from the start: a string that grows leaves copies behind.
                let mut link = Zeroizing::new(String::with_capacity(base.len() + token.len()));
                link.push_str(base);
                link.push_str(token);
                link
            })
            .unwrap_or_default()
    }
}
