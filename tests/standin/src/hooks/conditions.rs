//! Owns what is wrong with the whole server for as long as it is on: the provider's clock, its keys, its token endpoint,
//! late events.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What can be wrong; the default is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conditions {
    /// So far the provider's clock is ahead of the API's: it moves `iat`, `exp` and `auth_time` of new tokens.
    pub provider_clock_seconds: i32,
    /// So long an event takes to appear in the audit log.
    pub events_late_ms: u32,
    /// The token endpoint answers nothing, as after the first refresh of a session.
    pub token_endpoint_is_stuck: bool,
    /// New tokens are signed by the key that was retired last, which is no longer among the published ones.
    pub signs_with_retired_key: bool,
    /// Refresh tokens work, each once; one that comes a second time ends all that came of it.
    pub refresh_tokens_work: bool,
    /// The provider takes no notice of `prompt=login` and `max_age`: a session is enough for it.
    pub asks_nobody_anew: bool,
    /// ID tokens do without a signature.
    pub id_token_is_unsigned: bool,
    /// Laid over the discovery document; `null` takes a field out.
    pub discovery: Map<String, Value>,
    /// Laid over the claims of ID tokens.
    pub id_token: Map<String, Value>,
    /// Laid over what the token endpoint answers with tokens.
    pub token_answer: Map<String, Value>,
    /// Laid over the parameters that the browser is sent back with.
    pub callback: Map<String, Value>,
}

/// An answer with fields laid over it; `null` takes one out.
pub fn overlaid(answer: Value, over: &Map<String, Value>) -> Value {
    match answer {
        Value::Object(mut fields) => {
            for (name, value) in over {
                if value.is_null() {
                    fields.remove(name);
                } else {
                    fields.insert(name.clone(), value.clone());
                }
            }
            Value::Object(fields)
        }
        other => other,
    }
}

/// The conditions as they are now.
#[derive(Default)]
pub struct Switchboard(RwLock<Conditions>);

impl Switchboard {
    pub fn now(&self) -> Conditions {
        self.read().clone()
    }

    pub fn set(&self, conditions: Conditions) {
        self.change(|kept| *kept = conditions);
    }

    pub fn change(&self, change: impl FnOnce(&mut Conditions)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }

    fn read(&self) -> RwLockReadGuard<'_, Conditions> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Conditions {
    /// These with the fields of `changes` laid over them.
    pub fn with(&self, changes: &Value) -> Result<Self, String> {
        let Some(changes) = changes.as_object() else {
            return Err("send an object of conditions".to_owned());
        };
        let mut fields = serde_json::to_value(self).map_err(|error| error.to_string())?;
        if let Some(fields) = fields.as_object_mut() {
            fields.extend(changes.clone());
        }
        serde_json::from_value(fields).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_lie_replaces_adds_and_takes_out() {
        let over = json!({ "a": 2, "b": null, "c": [] });
        let told = overlaid(json!({ "a": 1, "b": 1, "d": 1 }), over.as_object().unwrap());
        assert_eq!(told, json!({ "a": 2, "c": [], "d": 1 }));
    }

    #[test]
    fn what_is_not_sent_stays() {
        let late = Conditions::default().with(&json!({ "events_late_ms": 500 })).unwrap();
        let both = late.with(&json!({ "provider_clock_seconds": -90 })).unwrap();
        assert_eq!((both.events_late_ms, both.provider_clock_seconds), (500, -90));
        for wrong in [json!({ "events_late": 1 }), json!({ "events_late_ms": -1 }), json!([])] {
            assert!(both.with(&wrong).is_err(), "{wrong}");
        }
    }
}
