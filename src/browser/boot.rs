//! What `boot.mjs` began before the program was there: the configuration, what a page with a session asks first, and on the
//! way back from the provider what it says about itself.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Response};

/// What boot.mjs calls an invite link's parameters.
const INVITE: &str = "roostInvite";

/// An answer on its way.
pub struct Prefetch {
    /// The path that was asked for.
    pub path: String,
    /// A promise of the response.
    pub response: Promise,
    /// Gives it up.
    pub controller: Option<AbortController>,
}

/// What boot.mjs calls the answer with the configuration.
pub const CONFIG: &str = "config";
/// What it calls the provider's discovery document, asked for on the way back from it.
pub const PROVIDER: &str = "provider";

/// HTTP status and text of an answer. `None` when it could not be had, or was not asked for.
pub async fn answer(name: &str) -> Option<(u16, String)> {
    let promise = field(&boot(), name).dyn_into::<Promise>().ok()?;
    let answer = JsFuture::from(promise).await.ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
    let status = field(&answer, "status").as_f64()? as u16;
    Some((status, field(&answer, "text").as_string()?))
}

/// The answers that are on their way, if they were asked for with just this session; else they are given up.
pub fn early_for(api: &str, authorization: Option<&str>) -> Vec<Prefetch> {
    let boot = boot();
    let Ok(early) = field(&boot, "early").dyn_into::<Array>() else {
        return Vec::new();
    };
    let asked_for = field(&boot, "earlyFor").as_string();
    let _ = Reflect::set(&boot, &JsValue::from_str("early"), &JsValue::NULL);
    let mut answers = Vec::new();
    for one in early.iter() {
        answers.extend(prefetch(&one));
    }
    let is_ours = |authorization| asked_for == Some([api, "\n", authorization].concat());
    if !authorization.is_some_and(is_ours) {
        for early in answers.drain(..) {
            if let Some(controller) = early.controller {
                controller.abort();
            }
        }
    }
    answers
}

fn prefetch(early: &JsValue) -> Option<Prefetch> {
    Some(Prefetch {
        path: field(early, "path").as_string()?,
        response: field(early, "response").dyn_into().ok()?,
        controller: field(early, "abort").dyn_into().ok(),
    })
}

/// The text of an answer that came early and is short, which is read already.
pub fn whole_text(response: &Response) -> Option<String> {
    field(response, "whole").as_string()
}

/// Query and fragment of an invite link, which left the address before anything else was done. Good for once.
pub fn invite() -> String {
    let text = field(&js_sys::global(), INVITE).as_string().unwrap_or_default();
    let _ = Reflect::set(&js_sys::global(), &JsValue::from_str(INVITE), &JsValue::NULL);
    text
}

/// Shows the page of last resort: the program cannot go on.
pub fn fatal(message: &str) {
    let show = field(&js_sys::global(), "roostFatal");
    if let Some(show) = show.dyn_ref::<js_sys::Function>() {
        let _ = show.call1(&JsValue::UNDEFINED, &JsValue::from_str(message));
    }
}

fn boot() -> JsValue {
    field(&js_sys::global(), "roostBoot")
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
