//! The English texts of the pages for guests: setting a server up, accepting an invitation, what keeps somebody out,
//! diagnostics. A new message is one line here; see `en_later`.

use super::catalog::{Catalog, Table};

messages! {
    /// The texts of the pages for guests.
    PublicMessages:

    // On all of them
    text guest_sign_in() = "Sign in";
    text guest_name() = "Name";
    text guest_email() = "E-mail";
    text guest_password() = "Password";
    text guest_show_password() = "Show password";
    text rule_long(n) = "At least {n} bytes: a letter with an accent counts as two, an emoji as four";
    text rule_fits(n) = "At most {n} bytes";
    text rule_digit() = "A digit";
    text rule_uppercase() = "A capital letter";
    text rule_special() = "A character that is neither a letter nor a digit, such as a space";
    text broken_long(n) = "Choose a longer one: the server requires at least {n} bytes.";
    text broken_fits(n) = "Choose a shorter one: the server takes {n} bytes at most.";
    text broken_digit() = "Add a digit.";
    text broken_uppercase() = "Add a capital letter.";
    text broken_special() = "Add a character that is neither a letter nor a digit.";

    // The first owner
    text setup_title() = "Set up this server";
    text setup_lead(host) = "Nobody has an account at {host} yet. Whoever signs up here owns it.";
    text setup_asking() = "Checking whether this server is set up";
    text setup_name_missing() = "Enter your name: the server requires one.";
    text setup_email_missing() = "Enter your e-mail address.";
    text setup_email_malformed() = "This is not an e-mail address. One looks like name@example.com.";
    text setup_email_help() = "You sign in with it.";
    text setup_token() = "Create an access token as well";
    text setup_token_help() = "For a program that continues the setup. Anyone who later signs in with an external provider then gets an account of their own, so leave it off if people will. Servers that do not allow it ignore it.";
    text setup_days() = "Token valid for";
    text setup_days_help() = "Days, 1 to 365.";
    text setup_days_whole() = "Enter a whole number of days.";
    text setup_days_range() = "A token lasts 1 to 365 days.";
    text setup_go() = "Create owner";
    text setup_busy() = "Creating…";
    text setup_failed() = "Nothing was set up.";
    text setup_lost_not_done() = "No clear answer came, and nothing was set up. Try again.";
    text setup_lost() = "No clear answer came, so it is unclear whether the owner was created. Check again, then sign in or try again.";
    text setup_check() = "Check again";
    text setup_done_title() = "The server is set up";
    text setup_done_lead(email) = "{email} owns it. Sign in with this address and your password.";
    text setup_done_confirmed() = "No clear answer came, so this was checked.";
    text setup_no_token() = "This server issues no access token during setup. You can create one on your profile once you are signed in.";
    text setup_token_lost() = "The access token did not arrive. You can create another on your profile once you are signed in.";
    text setup_token_name() = "setup-token";
    text setup_token_ends(date) = "Ends on {date}";
    text setup_already_title() = "This server is already set up";
    text setup_already_lead() = "It has an owner. Sign in, or ask the owner to invite you.";
    text setup_failed_title() = "The server did not say whether it is set up";

    // Accepting an invitation
    text join_title() = "You are invited";
    text join_lead(host) = "Choose a password to join the NetBird network at {host}.";
    text join_asking() = "Loading the invitation";
    text join_by() = "Invited by";
    text join_by_nobody() = "Somebody who has left";
    text join_ends() = "Link ends";
    text join_no_end() = "No end";
    text join_go() = "Join";
    text join_busy() = "Joining…";
    text join_failed() = "You have not joined.";
    text join_lost_not_done() = "No clear answer came, and you have not joined. Try again.";
    text join_lost() = "No clear answer came, so it is unclear whether you have joined. Check again: if the invitation is gone, your password is set.";
    text join_check() = "Check again";
    text join_server_error() = "The server could not create your user and does not say why. This address may already be in use: try to sign in.";
    text join_done_title() = "You have joined";
    text join_done_lead(email) = "Sign in with {email} and the password you have just chosen.";
    text join_done_confirmed() = "No clear answer came, but the invitation has been used, so your password is set.";
    text join_wait_title() = "Too many tries";
    text join_wait_text() = "This server limits how often invitations can be opened. This page continues by itself.";
    count join_wait() = "[one]Continues in {n} second.[other]Continues in {n} seconds.";
    count join_wait_button() = "[one]Too many tries: the server takes the next one in {n} second.[other]Too many tries: the server takes the next one in {n} seconds.";
    text join_broken_title() = "The link is not complete";
    text join_broken_text() = "Open the whole link again: it is not stored, so reloading the page loses it. If it still does not open, ask the person who invited you for a new one.";
    text join_gone_title() = "This link no longer works";
    text join_gone_text() = "It was used, deleted, or replaced by a newer one. If you have already chosen your password, sign in.";
    text join_over_title() = "This invitation has expired";
    text join_over_text() = "Ask the person who invited you for a new link.";
    text join_over_text_by(name) = "Ask {name} for a new link.";
    text join_no_passwords_title() = "Invite links do not work here";
    text join_no_passwords_text() = "Password sign-in is switched off on this server. Sign in with its identity provider, or ask the person who invited you.";
    text join_failed_title() = "The invitation did not load";

    // What keeps somebody out
    text not_found_title() = "There is no such page";
    text not_found_text() = "The address may be mistyped, or the page may have moved.";
    text gone_title() = "You no longer have access to this account";
    text gone_text() = "Your user was deleted. If you sign in again, the server may treat you as a new user who needs approval.";
    text unknown_role_title() = "Unknown role";
    text unknown_role_text(role) = "Your role is “{role}”. It has no permissions on this server. An owner or admin can give you another role.";
    text pending_look() = "Check now";
    text pending_looks() = "This page checks every 30 seconds and continues by itself.";

    // What does not answer
    text session_failed_title() = "Roost could not find out who you are";
    text unreachable_title(host) = "{host} cannot be reached";
    text reach_answers(host) = "{host} is answering now. Try again.";
    text reach_not_readable(host, origin) = "{host} answers, but the browser does not let this page read it. Either the server sends no CORS headers for {origin}, or NetBird’s API is not under /api at this address.";
    text reach_unreachable(host) = "Nothing answers at {host}. Its name may not exist, its certificate may be rejected, or the server may be down; browsers do not tell pages which. Open the address in its own tab to see what the browser says.";
    text reach_offline() = "This computer is offline.";
    text reach_forbidden(host) = "The console’s own security policy blocks requests to {host}. Add it to connect-src in the headers of the console.";
    text reach_foreign(host) = "What answers at {host} is not NetBird’s API, or serves it under another path. Check “api” in config.json.";
    text diagnostics_link() = "Diagnostics";

    // Diagnostics
    text diagnostics_title() = "Diagnostics";
    text diagnostics_lead() = "How this console is configured and what it can reach. Tokens are never included.";
    text diagnostics_copy() = "Copy as text";
    text diagnostics_copied() = "Copied to the clipboard.";
    text diagnostics_selected() = "This browser did not let Roost copy. The text is selected: copy it with your keyboard.";
    text diagnostics_again() = "Check again";
    text diagnostics_busy() = "Checking…";
    text diagnostics_back() = "Back to the console";
    text diagnostics_console() = "Console";
    text diagnostics_version() = "Version";
    text diagnostics_address() = "Address";
    text diagnostics_browser() = "Browser";
    text diagnostics_network() = "Network";
    text diagnostics_online() = "Online";
    text diagnostics_offline() = "Offline";
    text diagnostics_time() = "Time";
    text diagnostics_config() = "Configuration";
    text diagnostics_redirect() = "Redirect URI";
    text diagnostics_api() = "Management API";
    text diagnostics_answer() = "Answer";
    text diagnostics_answered(ms) = "Yes, after {ms} ms";
    text diagnostics_state() = "State";
    text diagnostics_set_up() = "Set up";
    text diagnostics_not_set_up() = "Not set up yet";
    text diagnostics_server() = "Version";
    text diagnostics_server_hidden() = "Shown only to signed-in users";
    text diagnostics_provider() = "Identity provider";
    text diagnostics_no_provider() = "None configured";
    text diagnostics_silent() = "None that this page can read";
    text diagnostics_status(status) = "Status {status}";
    text diagnostics_issuer_fits() = "As configured";
    text diagnostics_issuer_differs() = "Not as configured: the two must match, character by character";
    text diagnostics_discovery_unfit() = "Not a usable OpenID configuration";
    text diagnostics_headers() = "Headers of the console";
    text diagnostics_no_header() = "Not sent";
    text diagnostics_session() = "Session";
    text diagnostics_kind() = "Signed in";
    text diagnostics_nobody() = "No";
    text diagnostics_by_proxy() = "By a proxy in front";
    text diagnostics_by_token() = "By an access token, which contains no details";
    text diagnostics_by_provider() = "By the identity provider";
    text diagnostics_opaque() = "By the identity provider, with a token that cannot be read";

    // Signing in and out
    text proxy_left_title() = "You have left the console";
    text proxy_left_text() = "Everything in this page has been cleared. You are still signed in at the proxy in front of it: sign out there, or close the browser.";
    text proxy_enter() = "Open the console again";
    text auth_loop_audience(wanted) = "The token is not for “{wanted}”, which the server most likely expects: have the identity provider add it to the audience.";
}
