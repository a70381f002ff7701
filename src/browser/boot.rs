//! What `boot.mjs` began before the program was there: the configuration, the list of users, and on the
//! way back from the provider what it says about itself.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// What boot.mjs calls an invite link's parameters.
const INVITE: &str = "roostInvite";

/// A list on its way.
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

/// The list of users that is on its way, if it was asked for with just this session; else it is given up.
pub fn users_for(api: &str, authorization: Option<&str>) -> Option<Prefetch> {
    let boot = boot();
    let response = field(&boot, "users").dyn_into::<Promise>().ok()?;
    let controller = field(&boot, "usersAbort").dyn_into::<AbortController>().ok();
    let asked_for = field(&boot, "usersFor").as_string()?;
    let _ = Reflect::set(&boot, &JsValue::from_str("users"), &JsValue::NULL);
    if authorization.is_some_and(|authorization| asked_for == [api, "\n", authorization].concat()) {
        return Some(Prefetch {
            path: "/api/users".to_owned(),
            response,
            controller,
        });
    }
    if let Some(controller) = controller {
        controller.abort();
    }
    None
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
