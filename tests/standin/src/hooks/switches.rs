//! Owns what switching does, for the JSON calls and for the forms of the page alike. Refusals are one sentence.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::Value;

use super::chaos;
use super::conditions::Conditions;
use super::faults::Fault;
use crate::api::instance;
use crate::app::{App, Backend};
use crate::errors::{self, ApiError};
use crate::seed;

/// Switches a fault on.
pub fn add_fault(app: &App, fault: Value) -> Result<(), String> {
    let fault: Fault = serde_json::from_value(fault).map_err(|error| error.to_string())?;
    if let Some(refusal) = fault.refusal() {
        return Err(refusal);
    }
    app.faults.add(fault);
    Ok(())
}

/// Begins chaos, from the first of its sequence.
pub fn begin_chaos(app: &App, settings: Value) -> Result<(), String> {
    let settings: chaos::Settings = serde_json::from_value(settings).map_err(|error| error.to_string())?;
    if let Some(refusal) = settings.refusal() {
        return Err(refusal);
    }
    app.chaos.begin(settings);
    Ok(())
}

/// Changes some of the conditions. A retired key is made when there is none to sign with.
pub async fn set_conditions(app: &App, changes: Value) -> Result<Conditions, String> {
    let backend = backend(app)?;
    let conditions = backend.conditions.now().with(&changes)?;
    if conditions.signs_with_retired_key && !backend.keys.have_a_retired_one() {
        rotate_key(app).await?;
    }
    backend.conditions.set(conditions.clone());
    Ok(conditions)
}

/// Gives the provider another key; tokens signed by the one before are worth nothing from now on.
pub async fn rotate_key(app: &App) -> Result<(), String> {
    let backend = backend(app)?;
    run(move || backend.keys.rotate(&backend.database)).await
}

/// A fresh start: the seed again, nothing wrong, nothing in the log.
pub async fn reset(app: &App) -> Result<(), String> {
    app.faults.clear();
    app.chaos.end();
    app.log.clear();
    let Some(backend) = app.backend.clone() else {
        return Ok(());
    };
    backend.conditions.set(Conditions::default());
    run(move || {
        let sown = backend.database.transaction(|db| {
            seed::sow_again(db, backend.seed, backend.idp)?;
            let required = instance::is_setup_required(db)?;
            backend.setup_required.store(required, Ordering::Relaxed);
            Ok(())
        });
        backend.clock.set_ahead(backend.started_ahead);
        backend.limits.forget();
        sown.map_err(|error: rusqlite::Error| ApiError::from(error).message)
    })
    .await?
}

/// The API's part of this server.
pub fn backend(app: &App) -> Result<Arc<Backend>, String> {
    app.backend
        .clone()
        .ok_or_else(|| "there is only the console here".to_owned())
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        errors::report(&error);
        "internal server error".to_owned()
    })
}
