//! Who comes with no session at all, told before anything is asked of the provider.

use super::tab;
use crate::config::{AuthMode, RunConfig};

/// Whether nobody is signed in in this tab who could be. Behind a proxy everybody is.
pub fn is_one(config: &RunConfig) -> bool {
    config.auth.mode != AuthMode::Proxy && tab::session(config).is_none()
}
