//! Addresses in the configuration: with TLS, or on the computer itself.

use super::ConfigError;

/// Host and port of an address.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether it is an address with https, or with http on the computer itself.
pub fn is_address(address: &str) -> bool {
    check_address("", address).is_ok()
}

/// An address with https, or with http on the computer itself.
///
/// # Errors
/// What is allowed.
pub fn check_address(key: &str, address: &str) -> Result<(), ConfigError> {
    let odd = address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>'));
    let Some(name) = host_name(host(address)).filter(|_| !odd) else {
        return Err(error(key, "must be an address such as https://netbird.example.com"));
    };
    let loopback = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
    if address.starts_with("https://") || (address.starts_with("http://") && loopback) {
        return Ok(());
    }
    Err(error(
        key,
        "must begin with https:// (http:// only for this computer: 127.0.0.1, localhost, [::1])",
    ))
}

/// Scheme, host and port, and nothing else.
///
/// # Errors
/// What is allowed.
pub fn check_origin(key: &str, origin: &str) -> Result<(), ConfigError> {
    check_address(key, origin)?;
    if origin.split_once("://").is_some_and(|(_, rest)| rest == host(origin)) {
        return Ok(());
    }
    Err(error(
        key,
        "must be an origin without a path or a slash at its end: https://netbird.example.com",
    ))
}

/// From a page that came by https a browser asks no http address but the computer's own.
///
/// # Errors
/// The address is such a one.
pub fn check_mixed(key: &str, address: &str, page: &str) -> Result<(), ConfigError> {
    if page.starts_with("https://") && address.starts_with("http://") && !is_address(address) {
        return Err(error(
            key,
            "must begin with https://, as this page does: a browser refuses anything else (mixed content)",
        ));
    }
    Ok(())
}

/// An issuer has no query and no fragment (OpenID Connect Discovery 1.0, 2).
///
/// # Errors
/// What is allowed.
pub fn check_issuer(key: &str, issuer: &str) -> Result<(), ConfigError> {
    check_address(key, issuer)?;
    if issuer.contains(['?', '#']) {
        return Err(error(key, "must be the issuer as its tokens say it, without ? and #"));
    }
    Ok(())
}

fn error(key: &str, problem: &str) -> ConfigError {
    ConfigError {
        key: key.to_owned(),
        problem: problem.to_owned(),
    }
}

/// The host without its port; `None` when it is no host. Who signs in (`me@host`) has no place in a configuration.
fn host_name(host_and_port: &str) -> Option<&str> {
    let end = if host_and_port.starts_with('[') {
        host_and_port.find(']')? + 1
    } else {
        host_and_port.find(':').unwrap_or(host_and_port.len())
    };
    let (name, port) = host_and_port.split_at_checked(end)?;
    let port_fits = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok_and(|port| port > 0);
    (port_fits && !name.is_empty() && !name.contains('@')).then_some(name)
}
