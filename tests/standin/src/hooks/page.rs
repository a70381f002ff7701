//! Owns the page `/_standin`: what is on, and forms to switch it, without scripts.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use super::BASE;
use super::conditions::Conditions;
use super::faults::On;
use super::kind::Kind;
use super::log::Entry;
use super::meanwhile::FORM_CHANGES;
use crate::app::App;
use crate::html::{self, escape};

/// How many of the latest calls are shown.
const LATEST: usize = 25;

/// Paths to choose from; any other can be typed.
const PATHS: [&str; 9] = [
    "/",
    "/api/",
    "/api/users",
    "/api/users/current",
    "/api/groups",
    "/api/peers",
    "/api/accounts",
    "/api/events/audit",
    "/oauth2/token",
];

/// The page's style sheet: that of the provider's pages, and its own.
pub fn style() -> Response {
    html::style(concat!(include_str!("../oidc/standin.css"), include_str!("page.css")))
}

/// `GET /_standin`.
pub async fn show(State(app): State<Arc<App>>) -> Response {
    render(&app, 200, None)
}

/// The page, with why the last form was refused.
pub fn render(app: &App, status: u16, refusal: Option<&str>) -> Response {
    let mut body = String::from("<h1>Stand-in server</h1><p>Switch the troubles of real life on and off.</p>");
    if let Some(refusal) = refusal {
        let _ = write!(body, "<p class=\"wrong\" role=\"alert\">{}</p>", escape(refusal));
    }
    what_is_on(&mut body, app);
    fault_form(&mut body);
    if let Some(backend) = &app.backend {
        change_form(&mut body);
        conditions_form(&mut body, &backend.conditions.now());
    }
    chaos_form(&mut body);
    latest(&mut body, &app.log.latest(LATEST));
    reset_form(&mut body);
    html::page(status, "Switches", &format!("{BASE}/page.css"), &body, "")
}

fn what_is_on(out: &mut String, app: &App) {
    out.push_str("<section aria-labelledby=\"on\"><h2 id=\"on\">What is on</h2>");
    if let Some(chaos) = app.chaos.settings() {
        let _ = write!(
            out,
            "<p>Chaos with seed {}: {} % each of five troubles below <code>{}</code>.</p>",
            chaos.seed,
            chaos.share * 100.0,
            escape(&chaos.path)
        );
    }
    let faults = app.faults.list();
    if faults.is_empty() {
        out.push_str("<p>No fault is on.</p></section>");
        return;
    }
    out.push_str(
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-labelledby=\"on\"><table><thead><tr>\
         <th scope=\"col\">What</th><th scope=\"col\">For</th><th scope=\"col\">Calls left</th>\
         <th scope=\"col\">More</th><th scope=\"col\">Switch</th></tr></thead><tbody>",
    );
    for on in &faults {
        fault_row(out, on);
    }
    out.push_str("</tbody></table></div><div class=\"buttons\">");
    button(out, "all_off", "Switch all faults off");
    out.push_str("</div></section>");
}

fn fault_row(out: &mut String, on: &On) {
    let fault = &on.fault;
    let method = fault.method.as_deref().unwrap_or(if fault.kind == Kind::Change {
        "GET"
    } else {
        "Any method"
    });
    let left = if fault.times == 0 {
        "Until switched off".to_owned()
    } else {
        fault.times.to_string()
    };
    let path = if fault.exact {
        format!("exactly {}", fault.path)
    } else {
        fault.path.clone()
    };
    let _ = write!(
        out,
        "<tr><td>{}</td><td>{} <code>{}</code></td><td>{left}</td><td>{}</td><td>",
        escape(&fault.words()),
        escape(method),
        escape(&path),
        escape(&fault.details())
    );
    let _ = write!(
        out,
        "<form method=\"post\" action=\"{BASE}\"><input type=\"hidden\" name=\"n\" value=\"{n}\">\
         <button name=\"do\" value=\"off\" aria-label=\"Switch off: {words}, {path}\">Switch off</button></form>\
         </td></tr>",
        n = on.n,
        words = escape(&fault.words()),
        path = escape(&path),
    );
}

/// A form of one button.
fn button(out: &mut String, what: &str, words: &str) {
    let _ = write!(
        out,
        "<form method=\"post\" action=\"{BASE}\"><button name=\"do\" value=\"{what}\">{words}</button></form>"
    );
}

fn open_form(out: &mut String, id: &str, heading: &str, hint: &str) {
    let _ = write!(
        out,
        "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{heading}</h2><p>{hint}</p>\
         <form method=\"post\" action=\"{BASE}\"><div class=\"fields\">"
    );
}

fn close_form(out: &mut String, what: &str, words: &str) {
    let _ = write!(
        out,
        "</div><div class=\"buttons\"><button class=\"main\" name=\"do\" value=\"{what}\">{words}</button></div>\
         </form></section>"
    );
}

fn input(out: &mut String, id: &str, name: &str, label: &str, more: &str) {
    let _ = write!(
        out,
        "<div><label for=\"{id}\">{label}</label><input id=\"{id}\" name=\"{name}\" {more}></div>"
    );
}

fn select<'a>(
    out: &mut String,
    id: &str,
    name: &str,
    label: &str,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) {
    let _ = write!(
        out,
        "<div><label for=\"{id}\">{label}</label><select id=\"{id}\" name=\"{name}\">"
    );
    for (value, words) in options {
        let _ = write!(out, "<option value=\"{value}\">{words}</option>");
    }
    out.push_str("</select></div>");
}

fn check(out: &mut String, id: &str, label: &str, is_on: bool) {
    let checked = if is_on { " checked" } else { "" };
    let _ = write!(
        out,
        "<div><label class=\"check\"><input type=\"checkbox\" name=\"{id}\" value=\"true\"{checked}>{label}</label></div>"
    );
}

fn fault_form(out: &mut String) {
    open_form(
        out,
        "fault",
        "Let calls fail",
        "The oldest fault that fits a call is played and used up.",
    );
    let kinds: Vec<(String, &str)> = Kind::ALL
        .into_iter()
        .filter(|(kind, _)| *kind != Kind::Change)
        .map(|(kind, words)| (kind.name(), words))
        .collect();
    let kinds = kinds.iter().map(|(name, words)| (name.as_str(), *words));
    select(out, "kind", "kind", "What happens", kinds);
    input(
        out,
        "path",
        "path",
        "Path begins with",
        "value=\"/api/\" list=\"paths\" required",
    );
    let methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS"].map(|method| (method, method));
    select(
        out,
        "method",
        "method",
        "Method",
        std::iter::once(("", "Any but OPTIONS")).chain(methods),
    );
    let number = |more: &str| format!("type=\"number\" min=\"0\" {more}");
    input(
        out,
        "times",
        "times",
        "Calls (0 = until switched off)",
        &number("value=\"1\" required"),
    );
    input(
        out,
        "status",
        "status",
        "Status",
        "type=\"number\" min=\"200\" max=\"599\" placeholder=\"500\"",
    );
    input(out, "retry_after", "retry_after", "Retry-After in seconds", &number(""));
    input(
        out,
        "delay_ms",
        "delay_ms",
        "Delay in milliseconds",
        &number("placeholder=\"0\""),
    );
    input(
        out,
        "jitter_ms",
        "jitter_ms",
        "At most so many more",
        &number("placeholder=\"0\""),
    );
    input(out, "seed", "seed", "Seed of the jitter", &number("placeholder=\"0\""));
    input(out, "field", "field", "Only the field", "placeholder=\"Every field\"");
    input(out, "body", "body", "Body instead", "");
    check(out, "exact", "Exactly this path", false);
    out.push_str("<datalist id=\"paths\">");
    for path in PATHS {
        let _ = write!(out, "<option value=\"{path}\"></option>");
    }
    out.push_str("</datalist>");
    close_form(out, "fault", "Switch on");
}

fn change_form(out: &mut String) {
    open_form(
        out,
        "change",
        "Let somebody else change something",
        "Right after the next read of a path, so that what was read is out of date.",
    );
    input(
        out,
        "change-path",
        "path",
        "After the next GET of",
        "value=\"/api/users\" list=\"paths\" required",
    );
    select(out, "what", "what", "What changes", FORM_CHANGES);
    input(
        out,
        "target",
        "target",
        "User, group or setting",
        "required aria-describedby=\"target-hint\"",
    );
    input(out, "value", "value", "New value", "aria-describedby=\"value-hint\"");
    out.push_str(
        "<div class=\"wide\"><p class=\"hint\" id=\"target-hint\">A user by e-mail address or id, a group by name or id, \
         a setting by its name in JSON.</p><p class=\"hint\" id=\"value-hint\">Groups are separated by commas; blocked is \
         true or false; a setting is JSON.</p></div>",
    );
    close_form(out, "change", "Switch on");
}

fn conditions_form(out: &mut String, now: &Conditions) {
    open_form(
        out,
        "conditions",
        "The server as a whole",
        "These stay until they are switched off.",
    );
    let clock = format!("type=\"number\" value=\"{}\" required", now.provider_clock_seconds);
    input(
        out,
        "clock",
        "provider_clock_seconds",
        "Provider's clock ahead by seconds",
        &clock,
    );
    let late = format!("type=\"number\" min=\"0\" value=\"{}\" required", now.events_late_ms);
    input(out, "late", "events_late_ms", "Events late by milliseconds", &late);
    check(
        out,
        "token_endpoint_is_stuck",
        "The token endpoint never answers",
        now.token_endpoint_is_stuck,
    );
    check(
        out,
        "signs_with_retired_key",
        "New tokens are signed by a retired key",
        now.signs_with_retired_key,
    );
    check(
        out,
        "refresh_tokens_work",
        "Refresh tokens work, each once",
        now.refresh_tokens_work,
    );
    check(
        out,
        "asks_nobody_anew",
        "The provider asks nobody anew who they are",
        now.asks_nobody_anew,
    );
    out.push_str("</div><div class=\"buttons\"><button class=\"main\" name=\"do\" value=\"conditions\">Apply</button>");
    // Beside the fields it ignores, in the same form: a second one would need a heading of its own.
    out.push_str("<button name=\"do\" value=\"rotate\">Rotate the signing key</button></div></form></section>");
}

fn chaos_form(out: &mut String) {
    open_form(
        out,
        "chaos",
        "Chaos",
        "So many of 100 calls each are late, answered 500, answered 429, reset, answered with garbage. The same seed is the \
         same sequence.",
    );
    input(
        out,
        "chaos-seed",
        "seed",
        "Seed",
        "type=\"number\" min=\"0\" value=\"1\" required",
    );
    input(
        out,
        "share",
        "percent",
        "Percent of each",
        "type=\"number\" min=\"0\" max=\"20\" step=\"any\" value=\"5\" required",
    );
    input(
        out,
        "chaos-path",
        "path",
        "Path begins with",
        "value=\"/api/\" list=\"paths\" required",
    );
    out.push_str("</div><div class=\"buttons\"><button class=\"main\" name=\"do\" value=\"chaos\">Begin</button>");
    out.push_str("<button name=\"do\" value=\"calm\">End</button></div></form></section>");
}

fn latest(out: &mut String, entries: &[Entry]) {
    out.push_str("<section aria-labelledby=\"latest\"><h2 id=\"latest\">Latest calls</h2>");
    if entries.is_empty() {
        out.push_str("<p>No call yet.</p></section>");
        return;
    }
    out.push_str(
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-labelledby=\"latest\"><table><thead><tr>\
         <th scope=\"col\">Status</th><th scope=\"col\">Method</th><th scope=\"col\">Path</th>\
         <th scope=\"col\">What went wrong</th></tr></thead><tbody>",
    );
    for entry in entries.iter().rev() {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td><code>{}</code></td><td>{}</td></tr>",
            entry
                .status
                .map_or_else(|| "None".to_owned(), |status| status.to_string()),
            escape(&entry.method),
            escape(&entry.path),
            escape(entry.played.as_deref().unwrap_or_default())
        );
    }
    out.push_str("</tbody></table></div></section>");
}

fn reset_form(out: &mut String) {
    out.push_str(
        "<section aria-labelledby=\"reset\"><h2 id=\"reset\">Begin anew</h2>\
         <p>Empties the database, fills it with its seed again, and switches everything off.</p><div class=\"buttons\">",
    );
    button(out, "reset", "Reset everything");
    out.push_str("</div></section>");
}
