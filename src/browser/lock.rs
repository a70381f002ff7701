//! Work that only one tab may do at a time (Web Locks). Where the browser has none, on plain http say, every tab may.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Does `work` as soon as no other tab holds `name`, which is held until it is done or the page goes. `None` when the
/// browser refuses.
pub async fn alone<T: 'static>(name: &str, work: impl Future<Output = T> + 'static) -> Option<T> {
    let Some((locks, request)) = locks() else {
        return Some(work.await);
    };
    let result = Rc::new(RefCell::new(None));
    let place = Rc::clone(&result);
    let held = Closure::once_into_js(move |_: JsValue| -> Promise {
        future_to_promise(async move {
            let done = work.await;
            place.borrow_mut().replace(done);
            Ok(JsValue::UNDEFINED)
        })
    });
    let asked = request.call2(&locks, &name.into(), &held).ok()?;
    let _ = JsFuture::from(Promise::resolve(&asked)).await;
    result.borrow_mut().take()
}

fn locks() -> Option<(JsValue, Function)> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
