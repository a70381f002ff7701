//! Somebody new: invited by a link or an e-mail, or made at once with a password.

mod dialog;
mod form;

pub use dialog::NewUserDialog;
