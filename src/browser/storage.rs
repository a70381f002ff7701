//! The browser's storage, which may be missing, full or full of somebody else's data: then it is simply empty.

use web_sys::Storage;

/// What is kept for as long as the tab.
pub fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What is kept for as long as the browser: preferences only.
pub fn browser() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Reads an item.
pub fn get(storage: Option<&Storage>, key: &str) -> Option<String> {
    storage?.get_item(key).ok().flatten()
}

/// Writes an item; `false` when it could not be kept.
pub fn set(storage: Option<&Storage>, key: &str, value: &str) -> bool {
    storage.is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Removes an item.
pub fn remove(storage: Option<&Storage>, key: &str) {
    if let Some(storage) = storage {
        let _ = storage.remove_item(key);
    }
}
