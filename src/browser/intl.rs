//! Dates and times as the reader's language writes them, by the browser's `Intl`.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

/// A day: 12 Mar 2026.
pub fn date(milliseconds: f64, language: &str) -> String {
    format(
        milliseconds,
        language,
        &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
    )
}

/// A moment in full, in the reader's zone, which is named.
pub fn moment(milliseconds: f64, language: &str) -> String {
    let parts = [
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("timeZoneName", "short"),
    ];
    format(milliseconds, language, &parts)
}

/// A time of day: 14:05.
pub fn time_of_day(milliseconds: f64, language: &str) -> String {
    format(milliseconds, language, &[("hour", "2-digit"), ("minute", "2-digit")])
}

/// RFC 3339, for `<time datetime>`.
pub fn machine(milliseconds: f64) -> Option<String> {
    // Out of range, `toISOString` throws; that is asked before.
    (milliseconds.abs() < 8.64e15).then(|| Date::new(&milliseconds.into()).to_iso_string().into())
}

fn format(milliseconds: f64, language: &str, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (name, value) in parts {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    // Plain English is British here: the day goes before the month.
    let language = if language == "en" { "en-GB" } else { language };
    Date::new(&milliseconds.into())
        .to_locale_string(language, &options)
        .into()
}
