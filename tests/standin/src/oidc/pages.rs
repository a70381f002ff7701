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

/// The login page; `passwords` = there are any. `providers` are names and addresses; `return_origin` is where the answer
/// to the form leads in the end: browsers check it too.
pub fn login(
    status: u16,
    state: &str,
    passwords: bool,
    choices: &[Choice],
    providers: &[(String, String)],
    return_origin: &str,
) -> Response {
    let mut body = String::from("<h1>Sign in</h1>");
    if passwords {
        body.push_str("<p>Enter your credentials</p>");
    }
    if status != 200 {
        body.push_str("<p class=\"wrong\" role=\"alert\">Invalid Email Address or password.</p>");
    }
    let action = escape(&format!(
        "{BASE}/auth/local/login?{}",
        http::query([("back", ""), ("state", state)])
    ));
    if passwords {
        let _ = write!(
            body,
            "<form method=\"post\" action=\"{action}\">\
         <label for=\"login\">Email Address</label>\
         <input id=\"login\" name=\"login\" type=\"email\" autocomplete=\"username\" required>\
         <label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required>\
         <button class=\"main\">Sign in</button></form>"
        );
    }
    if !providers.is_empty() {
        body.push_str("<section aria-labelledby=\"providers\"><h2 id=\"providers\">Or sign in somewhere else</h2><ul>");
        for (name, address) in providers {
            let (name, address) = (escape(name), escape(address));
            let _ = write!(
                body,
                "<li><a class=\"button\" href=\"{address}\">Continue with <bdi>{name}</bdi></a></li>"
            );
        }
        body.push_str("</ul></section>");
    }
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

/// The page for the code of an authenticator; `secret` is shown to who has to set one up first.
pub fn second_factor(wrong: bool, action: &str, secret: Option<&str>, return_origin: &str) -> Response {
    let mut body = String::from("<h1>Two-factor authentication</h1><p>Enter the code of your authenticator app</p>");
    if wrong {
        body.push_str("<p class=\"wrong\" role=\"alert\">Invalid code. Please try again.</p>");
    }
    if let Some(secret) = secret {
        let _ = write!(
            body,
            "<p>Add this key to your app first: <code>{}</code></p>",
            escape(secret)
        );
    }
    let _ = write!(
        body,
        "<form method=\"post\" action=\"{}\"><label for=\"code\">Code</label>\
         <input id=\"code\" name=\"code\" inputmode=\"numeric\" autocomplete=\"one-time-code\" required>\
         <button class=\"main\">Continue</button></form>",
        escape(action)
    );
    page(
        if wrong { 401 } else { 200 },
        "Two-factor authentication",
        &body,
        return_origin,
    )
}

/// The page of an outside provider. `origins` are where the answer to its form leads: browsers check them too.
pub fn outside(name: &str, action: &str, wrong: bool, origins: &str) -> Response {
    let mut body = format!(
        "<h1>Sign in at <bdi>{}</bdi></h1><p>An outside provider, played by the stand-in. Any address will do.</p>",
        escape(name)
    );
    if wrong {
        body.push_str("<p class=\"wrong\" role=\"alert\">Enter an e-mail address.</p>");
    }
    let _ = write!(
        body,
        "<form method=\"post\" action=\"{}\"><label for=\"email\">E-mail address</label>\
         <input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"username\" required>\
         <button class=\"main\">Continue</button></form>",
        escape(action)
    );
    page(if wrong { 400 } else { 200 }, "Sign in", &body, origins)
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
