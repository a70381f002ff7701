//! Messages about what was done: the newest last, three at most.

use leptos::prelude::*;

/// So many are on screen at a time; the oldest gives way.
const MOST: usize = 3;

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Success,
    /// Something to know.
    Info,
    /// It did not.
    Error,
}

/// One message.
#[derive(Clone)]
pub struct Toast {
    /// Tells it from the others.
    pub id: u64,
    /// How it is meant.
    pub tone: Tone,
    /// What happened.
    pub text: String,
    /// What can be done about it: the button's words and what it does.
    pub action: Option<(String, Callback<()>)>,
}

/// A handle on the messages.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last_id: StoredValue<u64>,
}

impl Toasts {
    /// No messages.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            last_id: StoredValue::new(0),
        }
    }

    /// What is on screen, tracked.
    pub fn list(self) -> Vec<Toast> {
        self.list.get()
    }

    /// Says that something worked.
    pub fn success(self, text: String) {
        self.add(Tone::Success, text, None);
    }

    /// Says that something worked, and what takes it back.
    pub fn success_with(self, text: String, action: (String, Callback<()>)) {
        self.add(Tone::Success, text, Some(action));
    }

    /// Says something worth knowing.
    pub fn info(self, text: String) {
        self.add(Tone::Info, text, None);
    }

    /// Says something worth knowing, and what can be done about it.
    pub fn info_with(self, text: String, action: (String, Callback<()>)) {
        self.add(Tone::Info, text, Some(action));
    }

    /// Says that something did not work.
    pub fn error(self, text: String) {
        self.add(Tone::Error, text, None);
    }

    /// Says why something did not work where it was asked for; who has left that place hears of it all the same.
    pub fn error_in(self, place: RwSignal<Option<String>>, text: String) {
        if let Some(text) = place.try_set(Some(text)).flatten() {
            self.error(text);
        }
    }

    /// Says that something did not work, and what helps.
    pub fn error_with(self, text: String, action: (String, Callback<()>)) {
        self.add(Tone::Error, text, Some(action));
    }

    /// Takes a message away.
    pub fn dismiss(self, id: u64) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }

    fn add(self, tone: Tone, text: String, action: Option<(String, Callback<()>)>) {
        let Some(id) = self.last_id.try_update_value(|id| {
            *id += 1;
            *id
        }) else {
            return;
        };
        self.list.try_update(|list| {
            list.push(Toast { id, tone, text, action });
            let surplus = list.len().saturating_sub(MOST);
            list.drain(..surplus);
        });
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}
