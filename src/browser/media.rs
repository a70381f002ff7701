//! Media queries: what the page's width and the reader's settings allow.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::MediaQueryListEvent;

/// Whether a media query matches; follows it.
pub fn matches(query: &str) -> ReadSignal<bool> {
    let list = window().match_media(query).ok().flatten();
    let (matches, set_matches) = signal(list.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(list) = list {
        let hear = Closure::<dyn FnMut(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
            set_matches.try_set(event.matches());
        });
        list.set_onchange(Some(hear.as_ref().unchecked_ref()));
        // The list of a query lives as long as its listener: both end with the owner.
        let kept = StoredValue::new_local((list, hear));
        on_cleanup(move || {
            kept.try_with_value(|(list, _)| list.set_onchange(None));
            kept.dispose();
        });
    }
    matches
}
