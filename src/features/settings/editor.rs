//! The forms' state: what was read, what was edited since, and the way to save it.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value as Json;

use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::settings::KeptSettings;
use crate::api::peers;
use crate::api::settings::{self, Received};
use crate::auth::flow;
use crate::browser::clock;
use crate::domain::permission::{Module, Operation};
use crate::domain::settings::{
    Account, AllowList, Draft, Facts, Field, Input, Kind, Peer, Problem, Side, Value, Warning, conflicts, differences,
    problem, warning,
};
use crate::features::keeping;
use crate::i18n::words_settings::{field_words, value_words};
use crate::i18n::{list_words, operation_name, t, t_settings};
use crate::state::console::Console;
use crate::state::drafts::times_let_go;
use crate::state::query::{Query, Status};
use crate::state::settings::{Left, has_moved, keep, take};
use crate::ui::support::effect;

/// A field that was changed here and elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// which
    pub field: Field,
    /// what the form holds
    pub mine: Value,
    /// whose stays
    pub side: Option<Side>,
}

/// A handle on the forms. It belongs to the page, not to one of its sections.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The session's state.
    pub console: Console,
    /// What the server says.
    pub read: Query<Received>,
    /// The account the edits are made on.
    pub base: RwSignal<Option<Arc<Received>>>,
    /// The edits.
    pub draft: RwSignal<Draft>,
    /// What is typed into a field of groups and not chosen.
    typed: StoredValue<Vec<(Field, RwSignal<String>)>>,
    /// The devices; asked for once something is edited. Behind one handle: every closure of the page holds the editor.
    peers: StoredValue<Query<Vec<Peer>>>,
    /// The review is open.
    pub reviewing: RwSignal<bool>,
    /// A save is under way.
    pub busy: RwSignal<bool>,
    /// Somebody has tried to go back while a save was under way.
    pub waiting: RwSignal<bool>,
    /// Why the last save did not work.
    pub error: RwSignal<Option<String>>,
    /// What somebody else changed while the review was open.
    pub moved: RwSignal<Option<String>>,
    /// Questions that the review has to ask.
    pub conflicts: RwSignal<Vec<Conflict>>,
    /// The newest entry of the audit log as the review opened; `None` = not known.
    pub(super) log: StoredValue<Option<u64>>,
    /// When it was opened, as far as edits that were given up are concerned.
    begun: u32,
}

impl Editor {
    /// Reads the settings, and takes up the edits that were left.
    pub fn open(console: Console) -> Self {
        let typed = Field::all()
            .filter(|field| matches!(field.entry().kind, Kind::Groups | Kind::GroupNames))
            .map(|field| (field, RwSignal::new(String::new())));
        let editor = Self {
            console,
            read: Query::default(),
            base: RwSignal::new(None),
            draft: RwSignal::new(Draft::default()),
            typed: StoredValue::new(typed.collect()),
            peers: StoredValue::new(Query::default()),
            reviewing: RwSignal::new(false),
            busy: RwSignal::new(false),
            waiting: RwSignal::new(false),
            error: RwSignal::new(None),
            moved: RwSignal::new(None),
            conflicts: RwSignal::new(Vec::new()),
            log: StoredValue::new(None),
            begun: times_let_go(),
        };
        editor.refresh();
        effect(move || {
            if let Some(received) = editor.read.get() {
                untrack(|| editor.take(received));
            }
        });
        effect(move || {
            if !editor.draft.with(Draft::is_empty) && editor.peers().is_idle() {
                editor.ask_peers();
            }
        });
        editor.watch();
        keeping::keep(
            console,
            move || editor.base.with(Option::is_some).then_some(KeptForm::Settings),
            move || editor.held(),
            move |left| editor.take_up(left.as_ref()),
        );
        on_cleanup(move || editor.keep());
        editor
    }

    /// What would be lost with the page, tracked.
    fn held(self) -> Option<Json> {
        let is_typed = |(field, typed): &(Field, RwSignal<String>)| {
            let typed = typed.get();
            (!typed.trim().is_empty()).then_some((*field, typed))
        };
        let typed = self.typed.with_value(|all| all.iter().filter_map(is_typed).collect());
        let kept = self.with_draft(|account, draft| KeptSettings::of(account, draft, typed));
        kept.flatten().map(|kept| kept.write())
    }

    /// Takes up what a page before this one left in the tab: edits on the account as it was then.
    fn take_up(self, left: Option<&Json>) {
        let left = left.and_then(KeptSettings::read);
        let (Some(left), Some(now)) = (left, self.base.get_untracked()) else {
            return;
        };
        if !self.draft.with_untracked(Draft::is_empty) {
            return;
        }
        let Some((base, draft)) = left.lay_over(&now) else {
            return;
        };
        self.base.set(Some(Arc::new(base)));
        self.draft.set(draft);
        for (field, text) in left.typed {
            if let Some(typed) = self.typed(field) {
                typed.set(text);
            }
        }
        self.console.toasts.info(t_settings().left_back().to_owned());
        self.take(now);
    }

    /// Reads the settings once more.
    pub fn refresh(self) {
        if let Some(client) = self.console.client() {
            self.read.run(async move { client.send(settings::current()).await });
        }
    }

    /// The devices.
    pub(super) fn peers(self) -> Query<Vec<Peer>> {
        self.peers.try_get_value().unwrap_or_default()
    }

    /// Asks for the devices.
    pub(super) fn ask_peers(self) {
        if let Some(client) = self.console.client() {
            self.peers()
                .run(async move { client.send(peers::for_settings()).await });
        }
    }

    /// Looks at the account, tracked.
    pub fn with<T>(self, look: impl FnOnce(&Account) -> T) -> Option<T> {
        self.base.with(|base| base.as_ref().map(|base| look(&base.account)))
    }

    /// Looks at the account and the edits, tracked.
    pub fn with_draft<T>(self, look: impl FnOnce(&Account, &Draft) -> T) -> Option<T> {
        self.with(|account| self.draft.with(|draft| look(account, draft)))
    }

    /// What a field shows, tracked.
    pub fn input(self, field: Field) -> Input {
        self.with_draft(|account, draft| draft.input(account, field))
            .unwrap_or(Input::Flag(false))
    }

    /// What is wrong with a field, tracked.
    pub fn problem(self, field: Field) -> Option<Problem> {
        let groups = self.console.groups.get();
        let peers = self.peers().get().map(|peers| peers.len());
        self.with_draft(|account, draft| problem(account, draft, field, groups.as_deref(), peers))?
    }

    /// What one should think about twice, tracked.
    pub fn warning(self, field: Field) -> Option<Warning> {
        self.with_draft(|account, draft| warning(account, draft, field))?
    }

    /// Fields that stand in the way of a save, tracked. What is typed and not chosen does, too.
    pub fn blocked_by(self) -> Vec<Field> {
        Field::all()
            .filter(|field| self.problem(*field).is_some() || self.is_half_typed(*field))
            .collect()
    }

    /// What is typed into a field of groups; `None` for other fields.
    pub fn typed(self, field: Field) -> Option<RwSignal<String>> {
        let find = |all: &Vec<(Field, RwSignal<String>)>| {
            all.iter().find(|(known, _)| *known == field).map(|(_, typed)| *typed)
        };
        self.typed.with_value(find)
    }

    /// Whether something is typed there and not chosen, tracked.
    pub fn is_half_typed(self, field: Field) -> bool {
        self.typed(field)
            .is_some_and(|typed| typed.with(|typed| !typed.trim().is_empty()))
    }

    /// Changes a field.
    pub fn set(self, field: Field, input: Input) {
        if untrack(|| self.refusal()).is_some() {
            return;
        }
        self.error.set(None);
        self.base.with_untracked(|base| {
            if let Some(base) = base {
                self.draft.update(|draft| draft.set(&base.account, field, input));
            }
        });
    }

    /// Puts a field back as the server has it.
    pub fn put_back(self, field: Field) {
        self.draft.update(|draft| draft.put_back(field));
        if let Some(typed) = self.typed(field) {
            typed.set(String::new());
        }
        self.conflicts
            .update(|all| all.retain(|conflict| conflict.field != field));
    }

    /// Puts everything back.
    pub fn discard(self) {
        self.draft.set(Draft::default());
        self.typed
            .with_value(|all| all.iter().for_each(|(_, typed)| typed.set(String::new())));
        self.conflicts.set(Vec::new());
        self.error.set(None);
        self.moved.set(None);
    }

    /// Why nothing may be changed, tracked.
    pub fn refusal(self) -> Option<String> {
        match self.console.allows(Module::Settings, Operation::Update) {
            Some(true) => None,
            Some(false) => Some(t().refused_permission(operation_name(Operation::Update), Module::Settings.as_str())),
            None => Some(t().refused_unknown_caller().to_owned()),
        }
    }

    /// A value in words, with groups by their names, tracked.
    pub fn words(self, field: Field, value: &Value) -> String {
        let groups = self.console.groups.get();
        let name = |id: &str| {
            let known = groups.as_deref().and_then(|groups| groups.name(id));
            known.map_or_else(|| t().group_unknown(id), str::to_owned)
        };
        value_words(field, value, &name)
    }

    /// What consequences are told from, tracked.
    pub fn facts(self) -> Facts {
        let claim = self.with_draft(|account, draft| draft.value(account, Field::JwtClaim).text().to_owned());
        let me = self.console.me();
        let by_password = me.as_ref().is_some_and(|me| me.user.idp_id.as_deref() == Some("local"));
        let own = match me {
            Some(me) if me.user.is_service_user => AllowList::Unknown,
            Some(_) if by_password => AllowList::Exempt,
            _ => claim
                .and_then(|claim| flow::listed_in_claim(&claim))
                .map_or(AllowList::Unknown, AllowList::Groups),
        };
        Facts {
            peers: self.peers().get().map(|peers| peers.to_vec()),
            waiting: self.console.users.waiting(),
            own,
            now: clock::now_s(),
        }
    }

    /// Whether the devices could not be counted, tracked.
    pub fn is_uncounted(self) -> bool {
        matches!(self.peers().status(), Status::Failed(_))
    }

    /// Takes the account as the server has it. Edits stay; what both sides changed becomes a question.
    fn take(self, now: Arc<Received>) {
        let known = self.base.try_get_untracked().flatten();
        let Some(base) = known else {
            self.begin(now);
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        if has_moved(&base, &now) && !self.draft.with_untracked(Draft::is_empty) {
            let fields = differences(&base.account, &now.account);
            self.moved.set(Some(moved_words(&fields)));
        }
        self.rebase(now);
    }

    /// The first reading: edits that were left on another one are laid over it.
    fn begin(self, now: Arc<Received>) {
        let caller = self.console.caller_untracked().map(|caller| caller.id);
        let left = caller.and_then(|caller| take(&caller, &now.account.id));
        match left {
            Some(left) => {
                self.base.set(Some(left.base));
                self.draft.set(left.draft);
                self.take(now);
            }
            None => self.base.set(Some(now)),
        }
    }

    pub(super) fn rebase(self, now: Arc<Received>) {
        let questions = self.base.with_untracked(|base| {
            let base = base.as_ref()?;
            self.draft.with_untracked(|draft| {
                let open = conflicts(&base.account, draft, &now.account).into_iter();
                let asked = open.map(|field| Conflict {
                    field,
                    mine: draft.value(&base.account, field),
                    side: None,
                });
                Some(asked.collect::<Vec<_>>())
            })
        });
        self.draft.try_update(|draft| draft.settle(&now.account));
        self.conflicts.try_update(|known| {
            let questions = questions.unwrap_or_default();
            known.retain(|old| questions.iter().all(|new| new.field != old.field));
            known.extend(questions);
            // What both sides agree on by now is no question.
            known.retain(|one| self.draft.with_untracked(|draft| draft.is_edited(one.field)));
        });
        self.base.try_set(Some(now));
    }

    /// Keeps the edits when the page goes, also while they are being saved: the session may have ended under the save.
    fn keep(self) {
        let draft = self.draft.try_get_untracked().unwrap_or_default();
        let caller = self.console.caller_untracked().map(|caller| caller.id);
        if let (false, Some(base), Some(caller)) = (draft.is_empty(), self.base.try_get_untracked().flatten(), caller) {
            let begun = self.begun;
            let is_kept = keep(Left {
                caller,
                base,
                draft,
                begun,
            });
            if is_kept && self.busy.try_get_untracked() != Some(true) {
                self.console.toasts.info(t_settings().left_open().to_owned());
            }
        }
    }
}

/// A name inside a sentence.
pub fn quoted(name: &str) -> String {
    ["“", name, "”"].concat()
}

pub(super) fn moved_words(fields: &[Field]) -> String {
    let names: Vec<String> = fields.iter().map(|field| quoted(field_words(*field).0)).collect();
    if names.is_empty() {
        t_settings().review_moved_unknown().to_owned()
    } else {
        t_settings().review_moved(&list_words(&names))
    }
}
