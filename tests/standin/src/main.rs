//! Starts the stand-in server from the command line and stops it on a signal.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

/// What a wrong command line, a taken port or an unusable folder ends with.
const CANNOT_START: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            // A closed stderr leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "standin: {sentence}");
            ExitCode::from(CANNOT_START)
        }
    }
}

fn run() -> Result<(), String> {
    let Some(options) = standin::parse(std::env::args_os())? else {
        return write!(std::io::stdout(), "{}", standin::USAGE).map_err(|error| error.to_string());
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    let outcome = runtime.block_on(async {
        let mut stop = signals().map_err(|error| format!("cannot listen for signals: {error}"))?;
        let running = standin::start(options).await.map_err(|error| error.to_string())?;
        let mut out = std::io::stdout();
        writeln!(out, "listening on {}", running.url())
            .and_then(|()| out.flush())
            .map_err(|error| format!("cannot write to stdout: {error}"))?;
        stop.recv().await;
        Ok(())
    });
    // Open connections (a kept-alive one, a fault that never answers) must not hold the process up.
    runtime.shutdown_timeout(Duration::from_millis(200));
    outcome
}

/// A channel that hears SIGINT and SIGTERM.
fn signals() -> std::io::Result<tokio::sync::mpsc::Receiver<()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (tell, hear) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        // The receiver is gone only when the process is ending anyway.
        let _ = tell.send(()).await;
    });
    Ok(hear)
}
