//! The form's state: what it holds, what is wrong with it, and the way to send it once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::error::ErrorKind;
use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::new::KeptNewUser;
use crate::domain::group_choice;
use crate::domain::groups::Group;
use crate::domain::new_user::{self, Admission, NewUserDraft, Problems, Way, check_email, same_address};
use crate::domain::secret::{Secret, SecretKind};
use crate::domain::user::User;
use crate::features::keeping;
use crate::features::life_field::link_ends;
use crate::features::secret;
use crate::i18n::{describe_error, refusal, t, t_keys, t_later};
use crate::state::console::Console;
use crate::state::new_users::{self, Made, Present};

/// Why nobody was made, or what is lost.
#[derive(Clone, PartialEq)]
pub struct Ended {
    /// In words.
    pub text: String,
    /// Who was made although their secret is lost.
    pub made: Option<Present>,
}

/// A handle on the form.
#[derive(Clone, Copy)]
pub struct Form {
    console: Console,
    open: RwSignal<bool>,
    /// What it holds.
    pub draft: RwSignal<NewUserDraft>,
    /// What is typed into the groups field and not chosen.
    pub typed: RwSignal<String>,
    /// Somebody has tried to send it: what is missing is said from now on.
    pub tried: RwSignal<bool>,
    /// It is being sent.
    pub busy: RwSignal<bool>,
    /// How the last try ended, when not well.
    pub ended: RwSignal<Option<Ended>>,
    /// Who has the address, as the server said.
    found: RwSignal<Option<Present>>,
    /// Who has the address that is typed, as far as is known here.
    pub taken: Memo<Option<Present>>,
}

impl Form {
    /// An empty one. It closes its dialog by `open`.
    pub fn new(console: Console, open: RwSignal<bool>) -> Self {
        let draft = RwSignal::new(NewUserDraft::default());
        let found = RwSignal::new(None::<Present>);
        let email = Memo::new(move |_| draft.with(|draft| draft.email.trim().to_owned()));
        let taken = Memo::new(move |_| {
            let email = email.get();
            if check_email(&email).is_err() || !open.get() {
                return None;
            }
            found
                .get()
                .filter(|present| same_address(address_of(present), &email))
                .or_else(|| known(console, &email))
        });
        let form = Self {
            console,
            open,
            draft,
            typed: RwSignal::new(String::new()),
            tried: RwSignal::new(false),
            busy: RwSignal::new(false),
            ended: RwSignal::new(None),
            found,
            taken,
        };
        keeping::keep(
            console,
            move || open.get().then_some(KeptForm::NewUser),
            move || KeptNewUser(draft.get(), form.typed.get()).write(),
            move |left| {
                if let Some(KeptNewUser(left, typed)) = left.as_ref().and_then(KeptNewUser::read) {
                    draft.set(left);
                    form.typed.set(typed);
                }
            },
        );
        form
    }

    /// Changes what it holds.
    pub fn edit(self, edit: impl FnOnce(&mut NewUserDraft)) {
        self.ended.set(None);
        self.draft.update(edit);
    }

    /// How they get in: an outside provider leaves no choice. Tracked.
    pub fn way(self) -> Way {
        way(self.console.admission(), &self.draft.get())
    }

    /// What is wrong with it once somebody has tried to send it, tracked.
    pub fn problems(self) -> Problems {
        if !self.tried.get() {
            return Problems::default();
        }
        let groups = self.console.groups.get();
        self.draft.with(|draft| draft.problems(groups.as_deref()))
    }

    /// Empties it and closes the dialog, unless it is being sent.
    pub fn cancel(self) {
        if !self.busy.get_untracked() {
            self.done();
        }
    }

    fn done(self) {
        self.open.try_set(false);
        self.draft.try_set(NewUserDraft::default());
        self.typed.try_set(String::new());
        self.tried.try_set(false);
        self.ended.try_set(None);
        self.found.try_set(None);
    }

    /// Sends it: once, however often it is called while it works. `false` when something is wrong with it.
    pub fn submit(self) -> bool {
        if self.busy.get_untracked() {
            return true;
        }
        self.tried.set(true);
        self.ended.set(None);
        let console = self.console;
        let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
            return true;
        };
        let admission = untrack(|| console.admission());
        let mut draft = self.draft.get_untracked();
        draft.way = way(admission, &draft);
        let groups = console.groups.get_untracked();
        let half_typed = !self.typed.with_untracked(|typed| typed.trim().is_empty());
        let is_taken = self.taken.with_untracked(Option::is_some);
        if half_typed || is_taken || !draft.problems(groups.as_deref()).is_none() {
            return false;
        }
        if let Err(reason) = new_user::may_make(&caller, admission) {
            self.fail(refusal(&reason), &[]);
            return true;
        }
        self.busy.set(true);
        spawn_local(async move {
            if draft.way != Way::Mail && !secret::ready().await {
                self.busy.try_set(false);
                return self.fail(t_keys().secret_not_ready().to_owned(), &[]);
            }
            let made = StoredValue::new(Vec::<String>::new());
            let group_made = move |name: &str, group: Group| {
                made.try_update_value(|made| made.push(name.to_owned()));
                self.draft
                    .try_update(|draft| group_choice::made(&mut draft.groups, name, &group.id));
                console.group_made(group);
            };
            let known = groups.unwrap_or_default();
            let ended = new_users::make(&client, draft, &known, &group_made).await;
            self.busy.try_set(false);
            self.tell(ended, &made.try_get_value().unwrap_or_default());
            made.dispose();
        });
        true
    }

    fn tell(self, ended: Made, groups: &[String]) {
        let console = self.console;
        match ended {
            Made::Link(made) => {
                self.done();
                let link = console.invite_link(&made.token);
                let secret = Secret::new(SecretKind::InviteLink, made.invite.display_name(), link);
                console.secrets.show(secret.until(link_ends(made.invite.ends_at)), None);
                console.ask_invites();
            }
            Made::WithPassword(made) => {
                self.done();
                let secret = Secret::new(SecretKind::Password, made.user.display_name(), made.password);
                console.secrets.show(secret, None);
                console.users.put(&made.user);
            }
            Made::Mailed(user, confirmed) => {
                self.done();
                console.users.put(&user);
                let name = user.display_name();
                console.toasts.success(if confirmed {
                    t_keys().invite_mailed_confirmed(name)
                } else {
                    t_keys().invite_mailed(name)
                });
            }
            Made::SecretLost(present) => self.lost(present),
            Made::Taken(present) => {
                match &present {
                    Present::User(user) => console.users.put(user),
                    Present::Invite(_) => console.ask_invites(),
                }
                self.found.try_set(Some(present));
            }
            // The field of groups marks it and says what to do.
            Made::GroupGone(now) => console.groups.set(now),
            Made::GroupFailed(group, error) => {
                let why = [t_later().group_failed(&group), describe_error(&error)].join(" ");
                self.fail([t_keys().invite_not_made(), &why].join(" "), groups);
            }
            Made::Failed(error) if error.says_no_provider_manager() => {
                console.remember_no_manager();
                self.fail([t_keys().invite_not_made(), t().refused_no_manager()].join(" "), groups);
            }
            Made::Failed(error) => {
                match error.kind {
                    // The server was started in another mode, or the caller's role was changed: ask, and follow.
                    ErrorKind::Precondition => console.ask_account(),
                    ErrorKind::Forbidden => console.ask_access(),
                    _ => {}
                }
                let mut words = vec![t_keys().invite_not_made().to_owned(), describe_error(&error)];
                // The one answer to an address that the provider knows and the account does not (contract 2.3).
                let with_password = self.draft.try_with_untracked(|draft| draft.way == Way::Password);
                if error.kind == ErrorKind::Server && with_password == Some(true) {
                    words.push(t_keys().invite_maybe_known().to_owned());
                }
                self.fail(words.join(" "), groups);
            }
            Made::NotMade => self.fail(t_keys().invite_lost_not_made().to_owned(), groups),
            Made::Unknown => self.fail(t_keys().invite_lost_unknown().to_owned(), groups),
        }
    }

    /// Somebody was made, and the only answer with their secret is lost.
    fn lost(self, present: Present) {
        let console = self.console;
        let text = match &present {
            Present::User(user) => {
                console.users.put(user);
                t_keys().invite_password_lost(user.display_name())
            }
            Present::Invite(invite) => {
                console.ask_invites();
                t_keys().invite_link_lost(invite.display_name())
            }
        };
        self.end(text, Some(present));
    }

    fn fail(self, text: String, groups: &[String]) {
        let mut words = vec![text];
        words.extend(groups.iter().map(|group| t_later().group_made(group)));
        self.end(words.join(" "), None);
    }

    fn end(self, text: String, made: Option<Present>) {
        let ended = Ended {
            text: text.clone(),
            made,
        };
        // Who has left the page hears of it all the same.
        if self.ended.try_set(Some(ended)).is_some() {
            self.console.toasts.error(text);
        }
    }
}

fn way(admission: Option<Admission>, draft: &NewUserDraft) -> Way {
    if admission.is_some_and(Admission::has_links) {
        draft.way
    } else {
        Way::Mail
    }
}

fn address_of(present: &Present) -> &str {
    match present {
        Present::User(user) => &user.email,
        Present::Invite(invite) => &invite.email,
    }
}

/// Who has an address, as far as the lists in memory know. Tracked.
fn known(console: Console, email: &str) -> Option<Present> {
    console.users.track();
    let user = console.users.with(|store| {
        let row = store.iter().find(|row| same_address(row.email(), email))?;
        Some(User::from(&row.to_user()))
    });
    if let Some(user) = user.flatten() {
        return Some(Present::User(user));
    }
    let invites = console.invites.get()?;
    let invite = invites.iter().find(|invite| same_address(&invite.email, email))?;
    Some(Present::Invite(invite.clone()))
}
