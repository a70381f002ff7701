//! The account's settings: read without losing a letter, and written with nothing but the edits changed
//! (`contract` 5.1, 5.3).

use serde_json::Value as Json;

use super::error::ApiError;
use super::json::{self, Fields, Unfit};
use super::lossless::{self, Object};
use super::request::Request;
use crate::domain::settings::{Account, Field, Kind, Value};
use crate::domain::time::Moment;

/// The account as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What it says.
    pub account: Account,
    settings: Object,
    onboarding: Object,
}

/// The caller's account; the server lists exactly one.
pub fn current() -> Request<Received> {
    Request::get(&["accounts"]).decode(decode)
}

/// Changes the account: everything goes back as it was received, but for the edits.
///
/// The ranges are what is in use, and sent back they would become what somebody asked for: they go only when they were
/// edited. The introduction is stored apart and goes only with an edit of it. The answer says nothing (`contract` 5.3).
pub fn update(received: &Received, edits: &[(Field, Value)]) -> Request<()> {
    let (mut settings, mut onboarding) = (received.settings.clone(), received.onboarding.clone());
    for field in Field::all().filter(|field| field.is_effective()) {
        settings.remove(field.name());
    }
    let mut has_onboarding = false;
    for (field, value) in edits {
        let text = to_json(value);
        match field.entry().path {
            ["settings", name] => settings.set(name, text),
            ["settings", object, name] => {
                let mut inner = settings.object(object).unwrap_or_default();
                inner.set(name, text);
                settings.set(object, inner.to_text());
            }
            ["onboarding", name] => {
                onboarding.set(name, text);
                has_onboarding = true;
            }
            _ => {}
        }
    }
    let mut body = Object::default();
    body.set("settings", settings.to_text());
    if has_onboarding {
        body.set("onboarding", onboarding.to_text());
    }
    Request::put(&["accounts", &received.account.id]).text_body(body.to_text())
}

fn decode(text: &str) -> Result<Received, ApiError> {
    let items = lossless::items(text)?;
    let first = items.first().ok_or_else(|| ApiError::decode_message("no account"))?;
    let whole = Object::read(first)?;
    let value = json::parse(first)?;
    let fields = Fields::of(&value)?;
    let (settings, onboarding) = (whole.object("settings")?, whole.object("onboarding")?);
    let values = Field::all().map(|field| value_of(&value, field)).collect();
    let mut unknown = Vec::new();
    collect_unknown("settings", &settings, &mut unknown)?;
    collect_unknown("onboarding", &onboarding, &mut unknown)?;
    let text = |name| Ok::<_, Unfit>(fields.text(name)?.unwrap_or_default());
    let mut account = Account::new(fields.must("id")?, text("domain")?, values, unknown);
    account.category = text("domain_category")?;
    account.created_at = Moment::parse(&text("created_at")?);
    account.created_by = text("created_by")?;
    Ok(Received {
        account,
        settings,
        onboarding,
    })
}

/// What a field holds. What it cannot hold is kept as it is.
fn value_of(account: &Json, field: Field) -> Value {
    let entry = field.entry();
    let found = entry.path.iter().try_fold(account, |value, name| value.get(name));
    value_in(entry.kind, found)
}

/// What a field of this kind holds where this was found.
pub(super) fn value_in(kind: Kind, found: Option<&Json>) -> Value {
    let value = match found {
        None | Some(Json::Null) => Value::Absent,
        Some(Json::Bool(on)) => Value::Flag(*on),
        Some(Json::String(text)) => Value::Text(text.clone()),
        Some(Json::Number(number)) if number.as_i64().is_some() => Value::Whole(number.as_i64().unwrap_or_default()),
        Some(Json::Array(items)) if items.iter().all(Json::is_string) => {
            Value::List(items.iter().filter_map(Json::as_str).map(str::to_owned).collect())
        }
        Some(other) => Value::Foreign(other.to_string()),
    };
    match (value.fits(kind), found) {
        (false, Some(other)) => Value::Foreign(other.to_string()),
        _ => value,
    }
}

/// Names below `path` that no field has. The objects that hold fields are looked into, unless they are none.
fn collect_unknown(path: &str, object: &Object, unknown: &mut Vec<(String, String)>) -> Result<(), Unfit> {
    for (name, text) in object.iter() {
        let here = [path, "/", &name].concat();
        let places: Vec<usize> = Field::all()
            .filter_map(|field| {
                let known = field.entry().path;
                let starts = known.join("/") == here || known.join("/").starts_with(&[here.as_str(), "/"].concat());
                starts.then_some(known.len())
            })
            .collect();
        match places.first() {
            None => unknown.push((here, text.to_owned())),
            // It holds fields of its own.
            Some(length) if here.split('/').count() < *length => match object.object(&name) {
                Ok(inner) => collect_unknown(&here, &inner, unknown)?,
                Err(_) => unknown.push((here, text.to_owned())),
            },
            Some(_) => {}
        }
    }
    Ok(())
}

/// A value as it is sent.
pub(super) fn to_json(value: &Value) -> String {
    match value {
        Value::Absent => Json::Null.to_string(),
        Value::Flag(on) => Json::from(*on).to_string(),
        Value::Whole(number) => Json::from(*number).to_string(),
        Value::Text(text) => Json::from(text.as_str()).to_string(),
        Value::List(items) => Json::from(items.clone()).to_string(),
        Value::Foreign(text) => text.clone(),
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
