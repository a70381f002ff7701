//! Dates and times as the reader's language writes them, by the browser's `Intl`.

use std::cell::RefCell;

use js_sys::Intl::DateTimeFormat;
use js_sys::{Array, Date, Function, Object, Reflect};
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
    const PARTS: &[(&str, &str)] = &[
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("timeZoneName", "short"),
    ];
    format(milliseconds, language, PARTS)
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

/// A way of writing moments.
struct Format {
    language: String,
    parts: &'static [(&'static str, &'static str)],
    write: Function,
}

fn format(milliseconds: f64, language: &str, parts: &'static [(&'static str, &'static str)]) -> String {
    thread_local! {
        // Making one takes the browser some twenty times as long as using it, and a list has one moment in each row.
        static MADE: RefCell<Vec<Format>> = const { RefCell::new(Vec::new()) };
    }
    let write = MADE.with_borrow_mut(|made| {
        let known = made.iter().find(|one| one.language == language && one.parts == parts);
        if let Some(known) = known {
            return known.write.clone();
        }
        let write = make(language, parts);
        made.push(Format {
            language: language.to_owned(),
            parts,
            write: write.clone(),
        });
        write
    });
    // What is no moment has no words.
    let written = write.call1(&JsValue::UNDEFINED, &milliseconds.into());
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn make(language: &str, parts: &[(&str, &str)]) -> Function {
    let options = Object::new();
    for (name, value) in parts {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    // Plain English is British here: the day goes before the month.
    let language = if language == "en" { "en-GB" } else { language };
    DateTimeFormat::new(&Array::of1(&language.into()), &options).format()
}
