//! Owns the forms of the page `/_standin`: what they send is what the JSON calls take, in form fields.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::{BASE, BODY_LIMIT, meanwhile, page, switches};
use crate::app::App;
use crate::http::{self, Fields};

/// `POST /_standin`: back to the page, or the page with what is wrong.
pub async fn submit(State(app): State<Arc<App>>, request: Request) -> Response {
    let Ok(body) = axum::body::to_bytes(request.into_body(), BODY_LIMIT).await else {
        return page::render(&app, 400, Some("The form is too large"));
    };
    match perform(&app, &Fields::parse(&body)).await {
        Ok(()) => http::redirect(303, BASE),
        Err(refusal) => page::render(&app, 400, Some(&refusal)),
    }
}

async fn perform(app: &App, form: &Fields) -> Result<(), String> {
    match form.get("do") {
        "fault" => {
            let numbers = ["times", "status", "retry_after", "delay_ms", "jitter_ms", "seed"];
            let mut fault = fields(form, &["path", "method", "kind", "body", "field"], &numbers)?;
            fault.insert("exact".to_owned(), is_checked(form, "exact"));
            switches::add_fault(app, fault.into())
        }
        "change" => {
            let mut fault = fields(form, &["path"], &[])?;
            fault.insert("kind".to_owned(), "change".into());
            fault.insert("exact".to_owned(), true.into());
            let change = meanwhile::from_form(form.get("what"), form.get("target"), form.get("value"));
            fault.insert("change".to_owned(), change);
            switches::add_fault(app, fault.into())
        }
        "off" => {
            // Used up meanwhile is as good as switched off.
            app.faults.remove(form.get("n").parse().unwrap_or_default());
            Ok(())
        }
        "all_off" => {
            app.faults.clear();
            Ok(())
        }
        "conditions" => {
            let mut changes = fields(form, &[], &["provider_clock_seconds", "events_late_ms"])?;
            for name in [
                "token_endpoint_is_stuck",
                "signs_with_retired_key",
                "refresh_tokens_work",
                "asks_nobody_anew",
            ] {
                changes.insert(name.to_owned(), is_checked(form, name));
            }
            switches::set_conditions(app, changes.into()).await.map(drop)
        }
        "rotate" => switches::rotate_key(app).await,
        "chaos" => {
            let mut settings = fields(form, &["path"], &["seed"])?;
            let percent: f64 = form
                .get("percent")
                .parse()
                .map_err(|_| "percent is a number".to_owned())?;
            settings.insert("share".to_owned(), json!(percent / 100.0));
            switches::begin_chaos(app, settings.into())
        }
        "calm" => {
            app.chaos.end();
            Ok(())
        }
        "reset" => switches::reset(app).await,
        what => Err(format!("there is no switch {what}")),
    }
}

/// The fields that were filled in, as JSON.
fn fields(form: &Fields, texts: &[&str], numbers: &[&str]) -> Result<Map<String, Value>, String> {
    let mut out = Map::new();
    for name in texts.iter().filter(|name| !form.get(name).is_empty()) {
        out.insert((*name).to_owned(), form.get(name).into());
    }
    for name in numbers.iter().filter(|name| !form.get(name).is_empty()) {
        let number: i64 = form
            .get(name)
            .parse()
            .map_err(|_| format!("{name} is a whole number"))?;
        out.insert((*name).to_owned(), number.into());
    }
    Ok(out)
}

fn is_checked(form: &Fields, name: &str) -> Value {
    (form.get(name) == "true").into()
}
