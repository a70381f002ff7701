//! The forms of the settings: for each edited field what it was opened on, and what it held.

use serde_json::Value as Json;

use crate::api::json::{self, Fields, Unfit};
use crate::api::settings::{Received, to_json, value_in};
use crate::domain::settings::{Account, Amount, Draft, Field, Input, Kind, Release, Unit, Value};

/// The edits of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSettings {
    account: String,
    edits: Vec<(Field, Value, Input)>,
    /// What was typed into fields of groups and not chosen.
    pub typed: Vec<(Field, String)>,
}

impl KeptSettings {
    /// The edits made on `base`, and what is typed besides; `None` while there is nothing of either.
    pub fn of(base: &Account, draft: &Draft, typed: Vec<(Field, String)>) -> Option<Self> {
        let edit = |field: Field| (field, base.get(field).clone(), draft.input(base, field));
        let edits: Vec<_> = draft.edited().into_iter().map(edit).collect();
        (!edits.is_empty() || !typed.is_empty()).then(|| Self {
            account: base.id.clone(),
            edits,
            typed,
        })
    }

    /// The account as the forms were opened on, made of the account as it is now, and the edits. `None` when they are of
    /// another account.
    pub fn lay_over(&self, now: &Received) -> Option<(Received, Draft)> {
        if now.account.id != self.account {
            return None;
        }
        let mut base = now.clone();
        let mut draft = Draft::default();
        for (field, opened, input) in &self.edits {
            base.account = base.account.with(*field, opened.clone());
            draft.set(&base.account, *field, input.clone());
        }
        Some((base, draft))
    }

    /// The edits as they are stored.
    pub fn write(&self) -> Json {
        let edit = |(field, opened, input): &(Field, Value, Input)| {
            json::object([
                ("field", field.name().into()),
                ("opened", json::parse(&to_json(opened)).unwrap_or(Json::Null)),
                ("input", write_input(input)),
            ])
        };
        let typed = |(field, text): &(Field, String)| {
            json::object([("field", field.name().into()), ("text", text.as_str().into())])
        };
        json::object([
            ("account", self.account.as_str().into()),
            ("edits", self.edits.iter().map(edit).collect::<Vec<_>>().into()),
            ("typed", self.typed.iter().map(typed).collect::<Vec<_>>().into()),
        ])
    }

    /// What is stored, unless it is garbled. A field that this version does not know, or that nobody edits, is left out.
    pub fn read(value: &Json) -> Option<Self> {
        Self::try_read(value).ok()
    }

    fn try_read(value: &Json) -> Result<Self, Unfit> {
        let fields = Fields::of(value)?;
        let (mut edits, mut typed) = (Vec::new(), Vec::new());
        for edit in json::items(fields.value("edits").unwrap_or(&Json::Null))? {
            let edit = Fields::of(edit)?;
            let known = Field::named(&edit.must("field")?).filter(|field| field.is_editable());
            let Some(field) = known else { continue };
            let kind = field.entry().kind;
            let input = read_input(kind, edit.value("input").unwrap_or(&Json::Null))?;
            edits.push((field, value_in(kind, edit.value("opened")), input));
        }
        for text in json::items(fields.value("typed").unwrap_or(&Json::Null))? {
            let text = Fields::of(text)?;
            if let Some(field) = Field::named(&text.must("field")?) {
                typed.push((field, text.must("text")?));
            }
        }
        Ok(Self {
            account: fields.must("account")?,
            edits,
            typed,
        })
    }
}

fn write_input(input: &Input) -> Json {
    match input {
        Input::Flag(on) => (*on).into(),
        Input::Override(on) => (*on).into(),
        Input::Text(text) => text.as_str().into(),
        Input::List(items) => items.clone().into(),
        Input::Amount(amount) => json::object([
            ("amount", amount.text.as_str().into()),
            ("unit", amount.unit.as_str().into()),
        ]),
        Input::Release(release, version) => json::object([
            ("release", release.as_str().into()),
            ("version", version.as_str().into()),
        ]),
    }
}

/// Of the shape that a field of this kind has, or nothing: what is sent is made of it.
fn read_input(kind: Kind, value: &Json) -> Result<Input, Unfit> {
    let unfit = || Unfit::field("input", "input of its field");
    let text = |value: &Json| value.as_str().map(str::to_owned).ok_or_else(unfit);
    Ok(match kind {
        Kind::Flag | Kind::Mode => Input::Flag(value.as_bool().ok_or_else(unfit)?),
        Kind::Override if value.is_null() => Input::Override(None),
        Kind::Override => Input::Override(Some(value.as_bool().ok_or_else(unfit)?)),
        Kind::Text | Kind::Cidr(_) | Kind::Domain => Input::Text(text(value)?),
        Kind::Groups | Kind::GroupNames => {
            Input::List(json::items(value)?.iter().map(text).collect::<Result<_, Unfit>>()?)
        }
        Kind::Duration(_) => {
            let fields = Fields::of(value)?;
            Input::Amount(Amount {
                text: fields.must("amount")?,
                unit: Unit::parse(&fields.must("unit")?),
            })
        }
        Kind::Release => {
            let fields = Fields::of(value)?;
            Input::Release(Release::parse(&fields.must("release")?), fields.must("version")?)
        }
    })
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
