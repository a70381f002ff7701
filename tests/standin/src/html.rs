//! Owns HTML made here: escaping, and the shell and policy of every page.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

use crate::http;

/// `text` for element content and double-quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

/// A page without scripts, under a policy of its own. `style` is the path of its sheet, `form_origin` another origin that
/// the answer to a form may lead to.
pub fn page(status: u16, title: &str, style: &str, body: &str, form_origin: &str) -> Response {
    let document = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} - stand-in for NetBird</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main>{body}</main></body></html>"
    );
    let mut response = http::html(status, document);
    let headers = response.headers_mut();
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self' {form_origin}"
    );
    http::add_header(headers, CONTENT_SECURITY_POLICY, policy.trim_end());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A style sheet.
pub fn style(sheet: &'static str) -> Response {
    let mut response = http::with_type(200, HeaderValue::from_static("text/css; charset=utf-8"), sheet);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    response
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_can_leave_its_place() {
        assert_eq!(
            super::escape(r#"<a b="c" d='e'>&"#),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;"
        );
    }
}
