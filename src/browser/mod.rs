//! Thin wrappers over what the browser offers.

pub mod abort;
pub mod boot;
pub mod chunk;
pub mod clipboard;
pub mod clock;
pub mod download;
pub mod fetch;
pub mod intl;
pub mod leaving;
pub mod lifecycle;
pub mod links;
pub mod lock;
pub mod media;
pub mod page;
pub mod probe;
pub mod storage;
pub mod style;
