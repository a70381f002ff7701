//! Everything a page needs, made once for a session and given by context.

use leptos::prelude::*;
use roost_list::{Devices, Names};

use super::access::{Access, who_am_i};
use super::directory::Directory;
use super::drafts::Drafts;
use super::places::Places;
use super::query::{Query, Status};
use super::secrets::Secrets;
use super::shortcuts::Shortcuts;
use super::toasts::Toasts;
use crate::api::accounts::{self, Account};
use crate::api::users::CurrentUser;
use crate::api::{groups, peers};
use crate::browser::lifecycle;
use crate::config::RunConfig;
use crate::domain::action::Action;
use crate::domain::groups::{Group, Groups};
use crate::domain::guard::Caller;
use crate::domain::invite::Invite;
use crate::domain::permission::{Module, Operation};
use crate::domain::role::Role;
use crate::domain::user::UserId;
use crate::i18n::role_name;
use crate::routes::Route;
use crate::transport::Client;

/// A handle on the session's state; copies are the same state.
///
/// One word, because nearly every closure of the console holds it. The state behind it is a few handles more, and is
/// left behind when the session ends: sessions are few, and what the handles lead to goes with its owner.
#[derive(Clone, Copy)]
pub struct Console(&'static State);

impl std::ops::Deref for Console {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// The parts of a session's state.
pub struct State {
    client: StoredValue<Client, LocalStorage>,
    /// The deployment.
    pub(super) config: StoredValue<RunConfig>,
    /// Who is signed in.
    pub access: Query<Access>,
    /// Who that is as the sign-in says it, where the server does not.
    pub signed_in_as: RwSignal<Option<String>>,
    /// All users.
    pub users: Directory,
    /// Names for group ids.
    pub groups: Query<Groups>,
    /// Devices per user; asked for only while something shows them.
    pub devices: Query<Devices>,
    /// The account.
    pub account: Query<Account>,
    /// Invitations by link; asked for by what shows them.
    pub invites: Query<Vec<Invite>>,
    /// How many there are, in words; told by who shows them.
    pub invite_count: RwSignal<Option<String>>,
    /// The server has said that it cannot ask its provider to invite anybody.
    pub(super) no_manager: RwSignal<bool>,
    /// Messages.
    pub toasts: Toasts,
    /// The one-time secret on screen.
    pub secrets: Secrets,
    /// Forms that were left unsaved.
    pub drafts: Drafts,
    /// Whether single keys do something.
    pub shortcuts: Shortcuts,
    /// Where lists were scrolled to.
    pub places: Places,
    /// Users with a write under way: a second one waits for the first.
    writing: RwSignal<Vec<UserId>>,
}

impl Console {
    /// The state of a new session. Nothing is asked for yet.
    pub fn new(client: Client, config: &RunConfig) -> Self {
        let state = State {
            client: StoredValue::new_local(client),
            config: StoredValue::new(config.clone()),
            access: Query::default(),
            signed_in_as: RwSignal::new(None),
            users: Directory::new(),
            groups: Query::default(),
            devices: Query::default(),
            account: Query::default(),
            invites: Query::default(),
            invite_count: RwSignal::new(None),
            no_manager: RwSignal::new(false),
            toasts: Toasts::new(),
            secrets: Secrets::new(),
            drafts: Drafts::new(),
            shortcuts: Shortcuts::stored(),
            places: Places::new(),
            writing: RwSignal::new(Vec::new()),
        };
        let console = Self(Box::leak(Box::new(state)));
        console.users.set_names(names(&Groups::default()));
        // Boxed: the same concrete effect as everywhere else (`ui::support::effect`).
        let name_groups: Box<dyn FnMut()> = Box::new(move || {
            if let Some(groups) = console.groups.get() {
                console.users.set_names(names(&groups));
            }
        });
        let count_devices: Box<dyn FnMut()> = Box::new(move || {
            if let Some(devices) = console.devices.get() {
                console.users.set_devices(devices);
            }
        });
        Effect::new(name_groups);
        Effect::new(count_devices);
        if let Some(client) = console.client() {
            client.hear_forbidden(move || console.ask_access());
        }
        console
    }

    /// The state that `App` has put into the context.
    pub fn get() -> Self {
        expect_context::<Self>()
    }

    /// Sends requests.
    pub fn client(self) -> Option<Client> {
        self.client.try_get_value()
    }

    /// The deployment.
    pub fn config(self) -> RunConfig {
        self.config.get_value()
    }

    /// The address of a page, with the deployment's base path.
    pub fn href(self, route: &Route) -> String {
        self.config
            .try_with_value(|config| route.href(config.base_path()))
            .unwrap_or_default()
    }

    /// Below which address everything belongs to the same place of the navigation.
    pub fn place(self, route: &Route) -> String {
        self.config
            .try_with_value(|config| route.place(config.base_path()))
            .unwrap_or_default()
    }

    /// The page that an address of the browser means.
    pub fn route(self, path: &str) -> Option<Route> {
        self.config
            .try_with_value(|config| Route::parse(path.strip_prefix(config.base_path().trim_end_matches('/'))?))?
    }

    /// Asks for what every page needs; also again, at the reader's word. A list that is under way began when nothing
    /// answered, and is begun anew.
    pub fn start(self) {
        self.ask_access();
        self.ask_rest();
    }

    /// Asks only whether the caller is let in by now; whoever is, gets the rest.
    pub fn look_again(self) {
        let Some(client) = self.client() else { return };
        self.access.run(async move {
            let access = who_am_i(&client).await?;
            if matches!(access, Access::Granted(_)) {
                self.ask_rest();
            }
            Ok(access)
        });
    }

    fn ask_rest(self) {
        self.refresh();
        self.ask_account();
    }

    /// Asks about the account.
    pub fn ask_account(self) {
        if let Some(client) = self.client() {
            self.account.run(async move { client.send(accounts::current()).await });
        }
    }

    /// Asks who is signed in.
    pub fn ask_access(self) {
        if let Some(client) = self.client() {
            self.access.run(async move { who_am_i(&client).await });
        }
    }

    /// Asks for the names of groups.
    pub fn ask_groups(self) {
        if let Some(client) = self.client() {
            self.groups.run(async move { client.send(groups::list()).await });
        }
    }

    /// Takes a group that was made. A read of all groups that began before may know nothing of it, and where they are not
    /// known one group is not all of them: then they are asked for once more.
    pub fn group_made(self, group: Group) {
        let is_coming = untrack(|| self.groups.status()) == Status::Loading;
        let known = self.groups.get_untracked();
        let ask = is_coming || known.is_none();
        if let Some(known) = known {
            self.groups.set(known.with(group));
        }
        if ask {
            self.ask_groups();
        }
    }

    /// Asks for the numbers of devices, if nobody has.
    pub fn ensure_devices(self) {
        if self.devices.is_idle() {
            self.ask_devices();
        }
    }

    /// Asks for the numbers of devices.
    pub fn ask_devices(self) {
        if let Some(client) = self.client() {
            self.devices
                .run(async move { client.send(peers::count_by_user()).await });
        }
    }

    /// Reads users, groups and, where they were asked for, devices once more.
    pub fn refresh(self) {
        let Some(client) = self.client() else { return };
        self.users.load(&client);
        self.ask_groups();
        if !self.devices.is_idle() {
            self.ask_devices();
        }
    }

    /// The signed-in user, tracked; `None` while that is not known.
    pub fn me(self) -> Option<CurrentUser> {
        match self.access.get().as_deref() {
            Some(Access::Granted(me)) => Some((**me).clone()),
            _ => None,
        }
    }

    /// The signed-in user, as far as rules ask, tracked.
    pub fn caller(self) -> Option<Caller> {
        self.me().map(|me| me.caller())
    }

    /// The same, not tracked.
    pub fn caller_untracked(self) -> Option<Caller> {
        match self.access.get_untracked().as_deref() {
            Some(Access::Granted(me)) => Some(me.caller()),
            _ => None,
        }
    }

    /// Whether something is granted, tracked; `None` while that is not known.
    pub fn allows(self, module: Module, operation: Operation) -> Option<bool> {
        self.me().map(|me| me.permissions.allows(module, operation))
    }

    /// Whether an action is granted, tracked; `None` while that is not known.
    pub fn may(self, action: Action) -> Option<bool> {
        let (module, operation) = action.needs();
        self.allows(module, operation)
    }

    /// Whether group names may be read, tracked; `None` while that is not known.
    pub fn allows_groups(self) -> Option<bool> {
        self.may(Action::SeeGroups)
    }

    /// Begins a write of this user, with which the page is not left by itself; `false` when there is one under way.
    pub fn begin_write(self, id: &UserId) -> bool {
        self.writing.try_update(|writing| {
            let free = !writing.contains(id);
            if free {
                writing.push(id.clone());
                lifecycle::note_writes(writing.len());
            }
            free
        }) == Some(true)
    }

    /// Ends a write.
    pub fn end_write(self, id: &UserId) {
        self.writing.try_update(|writing| {
            writing.retain(|other| other != id);
            lifecycle::note_writes(writing.len());
        });
    }

    /// Whether a write of this user is under way, tracked.
    pub fn is_writing(self, id: &UserId) -> bool {
        self.writing.with(|writing| writing.contains(id))
    }

    /// Ends the session: nothing is asked for or shown any more.
    pub fn close(self) {
        if let Some(client) = self.client() {
            client.close();
        }
        self.users.clear();
    }
}

/// What a search finds beside the rows themselves.
fn names(groups: &Groups) -> Names {
    let mut names = Names::new();
    for role in Role::ASSIGNABLE {
        names.set_role(role.as_str(), &role_name(&role));
    }
    for group in groups.iter() {
        names.set_group(&group.id, &group.name);
    }
    names
}
