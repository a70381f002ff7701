//! Dates and times in the reader's zone: a moment in full as `Intl` writes it, and the numbers that the short forms take.

use std::cell::OnceCell;

use js_sys::Intl::DateTimeFormat;
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::JsValue;

/// A moment as clocks and calendars in the reader's zone show it.
///
/// The short forms are written by the messages and not by `Intl`: every first visit shows some, and to make its first
/// format takes a browser ten milliseconds and more, and two megabytes for as long as the page is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// The year.
    pub year: u32,
    /// The month, from 0.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// The hour, from 0 to 23.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
}

/// A moment in the reader's zone; none for what is no moment.
pub fn local(milliseconds: f64) -> Option<Local> {
    is_moment(milliseconds).then(|| {
        let date = Date::new(&milliseconds.into());
        Local {
            year: date.get_full_year(),
            month: date.get_month(),
            day: date.get_date(),
            hour: date.get_hours(),
            minute: date.get_minutes(),
        }
    })
}

/// A moment in full, in the reader's zone, which is named. The language is the page's, which stays the same.
pub fn moment(milliseconds: f64, language: &str) -> String {
    thread_local! {
        // Making it takes the browser some twenty times as long as using it.
        static WRITE: OnceCell<Function> = const { OnceCell::new() };
    }
    let write = WRITE.with(|write| write.get_or_init(|| make(language)).clone());
    // What is no moment has no words.
    let written = write.call1(&JsValue::UNDEFINED, &milliseconds.into());
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// RFC 3339, for `<time datetime>`.
pub fn machine(milliseconds: f64) -> Option<String> {
    // Out of range, `toISOString` throws; that is asked before.
    is_moment(milliseconds).then(|| Date::new(&milliseconds.into()).to_iso_string().into())
}

/// Whether a `Date` can hold it.
fn is_moment(milliseconds: f64) -> bool {
    milliseconds.abs() < 8.64e15
}

fn make(language: &str) -> Function {
    const PARTS: [(&str, &str); 8] = [
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("timeZoneName", "short"),
    ];
    let options = Object::new();
    for (name, value) in PARTS {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    // Plain English is British here: the day goes before the month.
    let language = if language == "en" { "en-GB" } else { language };
    DateTimeFormat::new(&Array::of1(&language.into()), &options).format()
}
