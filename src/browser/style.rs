//! The style sheet of everything that is downloaded later: index.html names it, and it is fetched with the first part.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::document;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// Browsers leave a disabled sheet where it is.
const LATER: &str = "later-style";
const DISABLED: &str = "disabled";

/// Begins to fetch it, unless it is here or on its way, and waits for it. `false` when it cannot be had; a further try
/// asks anew. Where nothing names it, as in tests of single components, there is nothing to wait for.
pub fn fetch_later() -> impl Future<Output = bool> {
    let link = document().get_element_by_id(LATER);
    let arriving = link.as_ref().filter(|link| !is_here(link)).map(|link| {
        // Listened to at once: a failure that nobody hears of is an error in the console.
        let arriving = JsFuture::from(arrival(link));
        let _ = link.remove_attribute(DISABLED);
        arriving
    });
    async move {
        let (Some(link), Some(arriving)) = (link, arriving) else {
            return true;
        };
        let came = arriving.await.is_ok();
        if !came {
            let _ = link.set_attribute(DISABLED, "");
        }
        came
    }
}

fn is_here(link: &Element) -> bool {
    !link.has_attribute(DISABLED) && Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null())
}

fn arrival(link: &Element) -> Promise {
    let on = |event: &str, then: &Function| {
        let _ = link.add_event_listener_with_callback(event, then);
    };
    Promise::new(&mut |came, failed| {
        on("load", &came);
        on("error", &failed);
    })
}
