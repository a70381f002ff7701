//! One call of `window.fetch`. No answer of the browser, and nothing an extension has put in fetch's place, can end the
//! program here: gloo-net panics on a header it cannot set and on a rejection that is no `Error`.

use js_sys::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCredentials, RequestInit, Response};

use super::abort::Attempt;
use super::boot;

/// What is asked for.
pub struct Call<'a> {
    /// The method's name on the wire.
    pub method: &'a str,
    /// The address.
    pub url: &'a str,
    /// Names and values.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: Option<&'a str>,
    /// Whether the page's cookies go along.
    pub credentials: RequestCredentials,
}

/// Sends it, within the time of an attempt.
///
/// # Errors
/// The browser's text: there was no answer.
pub async fn fetch(call: &Call<'_>, attempt: &Attempt) -> Result<Response, String> {
    let promise = begin(call, attempt).map_err(|error| text_of(&error))?;
    received(JsFuture::from(promise).await)
}

/// The answer that a promise of fetch gave.
///
/// # Errors
/// The browser's text: there was no answer.
pub fn received(result: Result<JsValue, JsValue>) -> Result<Response, String> {
    result
        .and_then(JsCast::dyn_into::<Response>)
        .map_err(|error| text_of(&error))
}

/// Reads the body to its end, where boot.mjs has not done so.
///
/// # Errors
/// The browser's text: it broke off.
pub async fn body_text(response: &Response) -> Result<String, String> {
    if let Some(text) = boot::whole_text(response) {
        return Ok(text);
    }
    let promise = response.text().map_err(|error| text_of(&error))?;
    let text = JsFuture::from(promise).await.map_err(|error| text_of(&error))?;
    Ok(text.as_string().unwrap_or_default())
}

fn begin(call: &Call<'_>, attempt: &Attempt) -> Result<js_sys::Promise, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in call.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(call.method);
    init.set_headers(&headers);
    init.set_credentials(call.credentials);
    init.set_signal(attempt.signal().as_ref());
    if let Some(body) = call.body {
        init.set_body(&JsValue::from_str(body));
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    Ok(window.fetch_with_str_and_init(call.url, &init))
}

fn text_of(error: &JsValue) -> String {
    error
        .dyn_ref::<Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_default()
}
