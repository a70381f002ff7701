//! The English texts of a session's end and renewal, of proving anew who one is, and of what a provider refuses. A new
//! message is one line here; see `en_later`.

use super::catalog::{Catalog, Table};

messages! {
    /// The texts of sessions.
    SessionMessages:

    // Before and after the end
    text session_title() = "Your session is about to end";
    text session_over_title() = "Your session has ended";
    count session_left() = "[one]You will be signed out in {n} minute.[other]You will be signed out in {n} minutes.";
    text session_left_soon() = "You will be signed out in less than a minute.";
    text session_over() = "Your session has ended. What you typed is still here: sign in again to go on.";
    text session_stay() = "Stay signed in";
    text session_again() = "Sign in again";
    text session_later() = "Not now";
    text session_ask() = "The identity provider wants you to sign in again.";
    text session_window() = "Continue in the small window. If you closed it, open it again.";
    text session_blocked() = "The browser blocked the window. Allow pop-ups for this page, or sign in here: what you typed comes back afterwards, except for passwords and confirmations.";
    text session_here() = "Sign in in this tab";
    text draft_back(name) = "Your unsaved changes to {name} are back.";
    text session_renewed() = "You stay signed in.";
    text session_only_here() = "You are signed out here. The identity provider did not answer, so your session there is still open: whoever uses this browser next may get in without a password. Sign out there, too.";

    // Before what is dangerous
    text step_up_delete() = "Sign in again to delete the account: this confirms that it is still you.";
    text step_up_transfer() = "Sign in again to transfer ownership: this confirms that it is still you.";
    text step_up_approvals() = "Sign in again to let newcomers in without approval: this confirms that it is still you.";
    text step_up_go() = "Confirm it is you";
    text step_up_first() = "First confirm that it is you.";
    text step_up_looking() = "Asking the identity provider how you signed in.";
    text step_up_blocked() = "The browser blocked the window. Allow pop-ups for this page, then try again.";
    text step_up_denied(reason) = "The identity provider did not confirm it ({reason}). Try again.";
    text step_up_other() = "Somebody else signed in there. Try again, as the person who is signed in here.";
    text step_up_done() = "Confirmed: it is you.";
    text step_up_unasked() = "Your identity provider did not ask you to sign in again, so nothing is confirmed. You can go on.";

    // Clocks
    count clock_minutes() = "[one]{n} minute[other]{n} minutes";
    count clock_hours() = "[one]{n} hour[other]{n} hours";
    text clock_ahead(time) = "This computer's clock is {time} ahead of the identity provider's.";
    text clock_behind(time) = "This computer's clock is {time} behind the identity provider's.";
    text auth_clock_why() = "The identity provider's token is not valid by this computer's clock.";
    text auth_clock_do() = "Set the clock, then sign in again.";

    // What the provider refuses, and why it is not asked
    text auth_offline() = "This computer is offline, so the identity provider cannot be reached. Connect it, then try again.";
    text auth_denied_access(reason) = "The identity provider did not let you in ({reason}). Sign in as somebody who may use this console, or ask an administrator.";
    text auth_denied_scope(reason) = "The identity provider does not know a scope that this console requests ({reason}). Correct auth.scope in config.json.";
    text auth_denied_login() = "Your session at the identity provider has ended. Sign in again.";
    text auth_denied_busy(reason) = "The identity provider cannot answer now ({reason}). Try again in a minute.";
    text auth_denied_client(reason) = "The identity provider does not accept this console's request ({reason}). Compare the client in config.json with the one registered there.";
    text auth_denied(reason) = "The identity provider refused: {reason}. Try again, and ask an administrator if this keeps happening.";
    text auth_other_person() = "A different person signed in. Sign in as the same person as before to keep your unsaved changes.";
    text auth_handed_on_title() = "This window is done";
    text auth_handed_on() = "Sign-in continues in the tab you came from. Close this window.";
}
