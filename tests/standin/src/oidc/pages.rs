//! Owns the provider's pages: plain HTML without scripts, under a policy of their own.

use std::fmt::Write as _;

use axum::response::Response;

use super::BASE;
use super::login::Choice;
use crate::html::{self, escape};
use crate::http;

/// The pages' style sheet.
pub fn style() -> Response {
    html::style(include_str!("standin.css"))
}

/// The login page. `return_origin` is where the answer to the form leads in the end: browsers check it too.
pub fn login(status: u16, state: &str, choices: &[Choice], return_origin: &str) -> Response {
    let mut body = String::from("<h1>Sign in</h1><p>Enter your credentials</p>");
    if status != 200 {
        body.push_str("<p class=\"wrong\" role=\"alert\">Invalid Email Address or password.</p>");
    }
    let action = escape(&format!(
        "{BASE}/auth/local/login?{}",
        http::query([("back", ""), ("state", state)])
    ));
    let _ = write!(
        body,
        "<form method=\"post\" action=\"{action}\">\
         <label for=\"login\">Email Address</label>\
         <input id=\"login\" name=\"login\" type=\"email\" autocomplete=\"username\" required>\
         <label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required>\
         <button class=\"main\">Sign in</button></form>"
    );
    if !choices.is_empty() {
        let _ = write!(
            body,
            "<section aria-labelledby=\"people\"><h2 id=\"people\">Or be somebody from the demo data</h2>\
             <form method=\"post\" action=\"{action}\"><ul>"
        );
        for choice in choices {
            let _ = write!(
                body,
                "<li><button name=\"person\" value=\"{}\"><bdi>{}</bdi>, {}</button></li>",
                escape(&choice.id),
                escape(&choice.name),
                escape(&choice.remark)
            );
        }
        body.push_str("</ul></form></section>");
    }
    page(status, "Sign in", &body, return_origin)
}

/// The page after a sign-out; `back` is `""` when nobody said where to go.
pub fn signed_out(back: &str) -> Response {
    let mut body = String::from("<h1>Logged Out</h1><p>You have been successfully logged out.</p>");
    if !back.is_empty() {
        let _ = write!(body, "<p><a href=\"{}\">← Back to Application</a></p>", escape(back));
    }
    page(200, "Logged Out", &body, "")
}

/// A request that cannot be answered by going back.
pub fn bad_request(text: &str) -> Response {
    page(
        400,
        "Bad Request",
        &format!("<h1>Bad Request</h1><p>{}</p>", escape(text)),
        "",
    )
}

fn page(status: u16, title: &str, body: &str, form_origin: &str) -> Response {
    html::page(status, title, &format!("{BASE}/standin.css"), body, form_origin)
}
