//! A `window.fetch` that answers by script and remembers what was asked, until it is dropped.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortSignal, Request};

/// What was asked.
#[derive(Clone)]
pub struct Call {
    /// `METHOD address`
    pub what: String,
    /// the header of that name
    pub authorization: Option<String>,
    /// whether cookies go along
    pub credentials: String,
    /// body
    pub body: String,
    /// fires when the request is given up
    pub signal: AbortSignal,
}

/// What is answered.
pub enum Answer {
    /// A status, a content type and a body.
    Body(u16, &'static str, String),
    /// No connection.
    Broken,
    /// Something that is neither an answer nor an error, as extensions sometimes give.
    Nonsense,
    /// Nothing, until the request is given up.
    Silence,
}

impl Answer {
    /// JSON with a status.
    pub fn json(status: u16, body: &str) -> Self {
        Self::Body(status, "application/json", body.to_owned())
    }
}

/// The fake in place.
pub struct FakeFetch {
    original: JsValue,
    _closure: Closure<dyn Fn(JsValue, JsValue) -> Promise>,
    calls: Rc<RefCell<Vec<Call>>>,
}

impl FakeFetch {
    /// Puts it in place. `answer` gets each call and the number of calls before it.
    pub fn new(answer: impl Fn(&Call, usize) -> Answer + 'static) -> Self {
        let calls = Rc::new(RefCell::new(Vec::<Call>::new()));
        let (seen, answer) = (Rc::clone(&calls), Rc::new(answer));
        let closure = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |what: JsValue, init: JsValue| {
            // What the real one would make of it, or refuse.
            let constructor: Function = field(&js_sys::global(), "Request").unchecked_into();
            let request = match Reflect::construct(&constructor, &Array::of2(&what, &init)) {
                Ok(request) => request.unchecked_into::<Request>(),
                Err(error) => return Promise::reject(&error),
            };
            let call = Call {
                what: [request.method().as_str(), " ", request.url().as_str()].concat(),
                authorization: request.headers().get("authorization").unwrap(),
                credentials: field(&request, "credentials").as_string().unwrap(),
                body: String::new(),
                signal: request.signal(),
            };
            let number = seen.borrow().len();
            seen.borrow_mut().push(call.clone());
            let (seen, answer) = (Rc::clone(&seen), Rc::clone(&answer));
            future_to_promise(async move {
                let body = JsFuture::from(request.text()?).await?.as_string().unwrap_or_default();
                seen.borrow_mut()[number].body.clone_from(&body);
                let call = Call { body, ..call };
                match answer(&call, number) {
                    Answer::Body(status, kind, body) => Ok(response(status, kind, &body)),
                    Answer::Broken => Err(js_sys::TypeError::new("Failed to fetch").into()),
                    Answer::Nonsense => Err(JsValue::UNDEFINED),
                    Answer::Silence => {
                        let given_up = Promise::new(&mut |_, reject| call.signal.set_onabort(Some(&reject)));
                        JsFuture::from(given_up).await
                    }
                }
            })
        });
        let original = field(&js_sys::global(), "fetch");
        set(&js_sys::global(), "fetch", closure.as_ref());
        Self {
            original,
            _closure: closure,
            calls,
        }
    }

    /// Everything that was asked, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.calls.borrow().clone()
    }
}

impl Drop for FakeFetch {
    fn drop(&mut self) {
        set(&js_sys::global(), "fetch", &self.original);
    }
}

/// A `Response` as the browser makes it.
pub fn response(status: u16, kind: &str, body: &str) -> JsValue {
    let (headers, init) = (Object::new(), Object::new());
    set(&headers, "content-type", &kind.into());
    set(&init, "status", &status.into());
    set(&init, "headers", &headers);
    let constructor: Function = field(&js_sys::global(), "Response").unchecked_into();
    Reflect::construct(&constructor, &Array::of2(&body.into(), &init)).unwrap()
}

/// Reads a property.
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

/// Writes a property.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).unwrap();
}
