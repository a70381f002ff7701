//! Run-time configuration: `config.json`, parsed and validated.
