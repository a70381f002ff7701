//! Every text in English, and with it the list of all messages: a new message is one line here.
//!
//! `text key(arguments)` is filled by name; `count key(arguments)` chooses its form by a number that `{n}` shows.

use super::catalog::Messages;

macro_rules! message {
    (text $key:ident () $text:literal) => {
        #[doc = $text]
        pub fn $key(&self) -> &'static str {
            self.plain(Key::$key as usize)
        }
    };
    (text $key:ident ($($argument:ident),+) $text:literal) => {
        #[doc = $text]
        pub fn $key(&self, $($argument: &str),+) -> String {
            self.filled(Key::$key as usize, &[$((stringify!($argument), $argument)),+])
        }
    };
    (count $key:ident ($($argument:ident),*) $text:literal) => {
        #[doc = $text]
        pub fn $key(&self, count: u64 $(, $argument: &str)*) -> String {
            self.counted(Key::$key as usize, count, &[$((stringify!($argument), $argument)),*])
        }
    };
}

#[cfg(test)]
macro_rules! arguments {
    (text $($argument:ident),*) => { &[$(stringify!($argument)),*] };
    (count $($argument:ident),*) => { &["n" $(, stringify!($argument))*] };
}

macro_rules! messages {
    ($($kind:ident $key:ident ($($argument:ident),*) = $text:literal;)*) => {
        #[allow(non_camel_case_types, clippy::enum_variant_names)]
        #[derive(Clone, Copy)]
        enum Key { $($key),* }

        /// The keys, in the order of [`Key`].
        pub(super) const KEYS: &[&str] = &[$(stringify!($key)),*];

        /// The English texts in the same order, each ended by a NUL: one text costs less than a table of many.
        const TEXTS: &str = concat!($($text, "\0"),*);

        /// The arguments of each message, for the test that texts use exactly these.
        #[cfg(test)]
        pub(super) const ARGUMENTS: &[&[&str]] = &[$(arguments!($kind $($argument),*)),*];

        impl Messages {
            $(message!($kind $key ($($argument),*) $text);)*
        }
    };
}

/// The English texts, in the order of [`KEYS`].
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    TEXTS.split_terminator('\0')
}

messages! {
    // The shell
    text app_name() = "Roost";
    text title_of(page) = "{page} · Roost";
    text skip_to_content() = "Skip to content";
    text nav_label() = "Main";
    text nav_people() = "People";
    text nav_users() = "Users";
    text nav_more() = "More";
    text account_menu() = "Account menu";
    text person_menu(name) = "Signed in as {name}";
    text sign_out() = "Sign out";
    text theme() = "Theme";
    text theme_light() = "Light";
    text theme_dark() = "Dark";
    text theme_system() = "System";
    text you() = "you";
    text acting_as_service_user() = "You act as a service user. What you do here is recorded under its name.";
    text offline() = "You are offline. What you see may be out of date, and nothing can be saved.";

    // Words used everywhere
    text close() = "Close";
    text cancel() = "Cancel";
    text try_again() = "Try again";
    text show_details() = "Show details";
    text save() = "Save";
    text saving() = "Saving…";
    text discard() = "Discard";
    text undo() = "Undo";
    text never() = "Never";
    text none() = "None";
    text unknown_word(word) = "Unknown: {word}";
    text more_actions(name) = "Actions for {name}";
    text remove_named(name) = "Remove {name}";
    text list_and(first, last) = "{first} and {last}";
    text list_comma(first, rest) = "{first}, {rest}";

    // Time
    text just_now() = "Just now";
    count minutes_ago() = "[one]{n} minute ago[other]{n} minutes ago";
    count hours_ago() = "[one]{n} hour ago[other]{n} hours ago";
    count days_ago() = "[one]Yesterday[other]{n} days ago";
    text time_unreadable() = "Unreadable date";
    text as_of(time) = "As of {time}";

    // Roles and statuses
    text role_owner() = "Owner";
    text role_admin() = "Admin";
    text role_network_admin() = "Network admin";
    text role_auditor() = "Auditor";
    text role_user() = "User";
    text role_billing_admin() = "Billing admin";
    text phrase_owner() = "owner";
    text phrase_admin() = "admin";
    text phrase_network_admin() = "network admin";
    text phrase_auditor() = "auditor";
    text phrase_user() = "user";
    text phrase_billing_admin() = "billing admin";
    text status_active() = "Active";
    text status_invited() = "Invited";
    text status_blocked() = "Blocked";
    text status_pending() = "Pending approval";
    text status_pending_short() = "Pending";

    // Users list
    text users_title() = "Users";
    count users_count() = "[one]{n} user[other]{n} users";
    count users_of(total) = "[one]{n} of {total} users[other]{n} of {total} users";
    text users_loading(n) = "Loading, {n} so far";
    text users_loading_start() = "Loading users";
    text users_refresh() = "Refresh";
    text users_search() = "Search users";
    text users_search_hint() = "Name, e-mail, group, id";
    text users_search_clear() = "Clear search";
    text users_filters() = "Filters";
    count users_show() = "[one]Show {n} user[other]Show {n} users";
    text filter_remove(name) = "Remove the filter {name}";
    text filter_role() = "Role";
    text filter_status() = "Status";
    text filter_group() = "Group";
    text filter_find(name) = "Find {name}";
    text column_name() = "Name";
    text column_status() = "Status";
    text column_role() = "Role";
    text column_groups() = "Auto groups";
    text column_devices() = "Devices";
    text column_last_login() = "Last login";
    text column_actions() = "Actions";
    text sort_by(column) = "Sort by {column}";
    text last_login_help() = "NetBird records when a device signs in. With its built-in identity provider, sign-ins to a console are not recorded.";
    text last_login_not_recorded() = "Never, or not recorded";
    text users_empty_title() = "No users yet";
    text users_empty_text() = "People show up here when they first sign in to your NetBird network.";
    text users_no_match_title(text) = "No user matches “{text}”";
    text users_no_filter_match_title() = "No user matches these filters";
    text users_no_match_filters(filters) = "Filters in use: {filters}.";
    text users_clear_search() = "Clear search";
    text users_clear_filters() = "Clear filters";
    text users_failed_title() = "The list did not load";
    text users_incomplete_title() = "The list is incomplete.";
    count users_incomplete_text() = "[one]The answer broke off after {n} user.[other]The answer broke off after {n} users.";
    text users_stale_title() = "Could not refresh.";
    text users_stale_text(reason, time) = "{reason} This is the list as of {time}.";
    text groups_failed() = "Group names could not be loaded, so ids are shown.";
    text devices_failed() = "Devices could not be counted.";
    count groups_count() = "[one]{n} group[other]{n} groups";
    text group_unknown(id) = "Unknown group {id}";
    text open_user() = "Open user";
    text block_user() = "Block user";
    text unblock_user() = "Unblock user";
    text delete_user() = "Delete user…";

    // Blocking and undoing
    text blocked_done(name) = "{name} is blocked.";
    text unblocked_done(name) = "{name} is unblocked.";
    text blocked_already(name) = "{name} was blocked already.";
    text unblocked_already(name) = "{name} was unblocked already.";
    text undone(name) = "Undone. {name} is as before.";
    text block_failed(name) = "{name} could not be blocked.";
    text unblock_failed(name) = "{name} could not be unblocked.";
    text user_gone(name) = "{name} no longer exists. Somebody else has deleted them.";

    // One user
    text user_loading() = "Loading user";
    text user_not_found_title() = "No such user";
    text user_not_found_text() = "Nobody in this account has this id. They may have been deleted.";
    text back_to_users() = "Back to users";
    text user_failed_title() = "The user did not load";
    text user_form_title() = "Role and groups";
    text field_role() = "Role";
    text field_groups() = "Auto groups";
    text field_blocked() = "Blocked";
    text field_blocked_help() = "A blocked user cannot sign in, and their devices are disconnected at once.";
    text field_status() = "Access";
    text field_groups_help_all() = "New devices of this user join these groups, and those they have move at once.";
    text field_groups_help() = "New devices of this user join these groups.";
    text groups_add() = "Add group";
    text groups_create(name) = "Create group “{name}”";
    text groups_gone_mark() = "no longer exists";
    text groups_all_refused() = "Every device is in All already.";
    text groups_drop_unknown() = "Drop the groups that no longer exist: the server refuses to save with them.";
    text groups_not_loaded() = "Group names are not loaded, so groups cannot be changed.";
    text details_title() = "Details";
    text detail_email() = "E-mail";
    text detail_no_email() = "None";
    text detail_provider() = "Signs in with";
    text detail_provider_local() = "E-mail and password";
    text detail_provider_connector(id) = "Identity provider {id}";
    text detail_provider_unknown() = "Not known";
    text detail_issued() = "Created by";
    text detail_issued_api() = "A person or the API";
    text detail_issued_integration() = "An integration";
    text detail_last_login() = "Last login";
    text detail_id() = "User id";
    text detail_devices() = "Devices";
    count unsaved_changes() = "[one]{n} change not saved[other]{n} changes not saved";
    text nothing_to_save() = "Nothing has been changed.";
    text saved(name) = "{name} is saved.";
    text saved_confirmed(name) = "{name} is saved. The connection broke off, so this was checked.";
    text saved_elsewhere(name, fields) = "{name} is saved. Changed elsewhere and kept: {fields}.";
    text save_failed_title() = "Not saved.";
    text save_nothing_left() = "Somebody else has made the same change already.";
    text save_outcome_unknown() = "The connection broke off, and the user could not be read again. Nobody knows whether the change was made: reload before you save again.";
    text save_outcome_not_done() = "The connection broke off, and the change was not made. Save again.";
    text save_outcome_changed() = "The connection broke off, and the user looks different now. Check before you save again.";
    text group_made(name) = "Group “{name}” was created and stays, although the user was not saved.";
    text group_failed(name) = "Group “{name}” could not be created.";
    text draft_kept(name) = "Your changes to {name} are not saved yet. They are kept here until you come back.";
    text groups_half_typed(text) = "“{text}” is typed but not chosen. Choose a group, or empty the box.";
    text groups_none_match() = "No group matches";
    text breadcrumb() = "Breadcrumb";

    // Conflict
    text conflict_title() = "Changed by somebody else as well";
    text conflict_text(name) = "While you edited {name}, somebody else changed the same field. Nothing is saved yet.";
    text conflict_mine(value) = "Mine: {value}";
    text conflict_theirs(value) = "Theirs: {value}";
    text conflict_unanswered() = "Choose mine or theirs for every field.";
    text value_blocked() = "blocked";
    text value_not_blocked() = "not blocked";
    text value_no_groups() = "no groups";

    // Deleting
    text delete_title(name) = "Delete {name}?";
    text delete_text() = "This cannot be undone. With the user go:";
    text delete_devices_unknown() = "all their devices";
    count delete_devices() = "[one]{n} device[other]{n} devices";
    text delete_no_devices() = "no devices, they have none";
    text delete_tokens() = "their access tokens";
    text delete_login_local() = "their e-mail and password sign-in";
    text delete_login_connector() = "not their sign-in at the identity provider: they can come back as a new user";
    text delete_login_external() = "not their sign-in at the identity provider, unless the server is set up to delete it";
    text delete_keep() = "Keep user";
    text delete_go() = "Delete user";
    text delete_busy() = "Deleting…";
    text deleted(name) = "{name} is deleted.";
    text deleted_already(name) = "{name} had been deleted already.";
    text delete_failed() = "Not deleted.";
    text delete_outcome_unknown() = "The connection broke off, and nobody knows whether the user was deleted. Look at the list before you try again.";

    // Refusals: why a control is disabled
    text refused_permission(operation, module) = "Your role does not include “{module}: {operation}”.";
    text refused_only_admins() = "Only owners and admins can change users.";
    text refused_own_block() = "You cannot block or unblock yourself.";
    text refused_own_role() = "You cannot change your own role.";
    text refused_own_deletion() = "You cannot delete yourself.";
    text refused_owners_role() = "Only an owner can change the role of an owner.";
    text refused_owner_block() = "An owner cannot be blocked.";
    text refused_owner_deletion() = "An owner cannot be deleted.";
    text refused_owner_gives() = "Only an owner can hand on the ownership.";
    text refused_transfer() = "The ownership is handed on in a step of its own, not here.";
    text refused_service_owner() = "A service user cannot own the account.";
    text refused_integration() = "An integration manages this user; only that integration can delete them.";
    text refused_waits() = "They wait for approval. Unblocking would leave their request open.";
    text refused_unknown_caller() = "Roost does not know yet what you may do.";
    text block_needs_known_groups() = "They are in a group that no longer exists. Open the user and drop it first.";
    text refused_unknown_role() = "This version does not know that role.";
    text operation_create() = "create";
    text operation_read() = "read";
    text operation_update() = "update";
    text operation_delete() = "delete";

    // Forbidden
    text forbidden_users_title() = "You may not see users";
    text forbidden_text(role, permission) = "Your role, {role}, lacks the permission “{permission}”. An owner or admin can grant it.";
    text forbidden_plain() = "An owner or admin can change your role.";
    text no_permissions_title() = "Your role has no permissions here";
    text no_permissions_text(role) = "This NetBird server gives the role {role} nothing to see or do. An owner or admin can give you another role.";
    text blocked_title() = "You are blocked";
    text blocked_text() = "An administrator has blocked this user. Only an owner or admin can unblock you.";
    text pending_title() = "Waiting for approval";
    text pending_text() = "You have signed in. An owner or admin must approve you before you can go on.";
    text session_failed_title() = "Roost could not find out who you are";
    text not_found_title() = "There is no such page";
    text not_found_text() = "The address may be mistyped, or the page may have moved.";

    // Signing in
    text sign_in_title() = "Sign in";
    text sign_in_lead(host) = "Users, tokens and settings of the NetBird network at {host}.";
    text sign_in_sso() = "Continue with single sign-on";
    text sign_in_sso_busy() = "Going to the identity provider…";
    text sign_in_or() = "or";
    text sign_in_token() = "Use an access token";
    text sign_in_token_note() = "A token stays in this tab and is forgotten when you close it.";
    text sign_in_token_label() = "Access token";
    text sign_in_token_help() = "It starts with nbp_ and has 40 characters.";
    text sign_in_token_submit() = "Sign in";
    text sign_in_token_remember() = "Keep me signed in when I reload this tab";
    text sign_in_back() = "Back";
    text signed_out_title() = "You are signed out";
    text signed_out_text() = "This tab has forgotten everything it knew.";
    text signed_out_elsewhere() = "You signed out in another tab.";
    text session_expired() = "Your session has ended. Sign in again to go on.";
    text token_empty() = "Paste an access token.";
    text token_length(n) = "This is not an access token: it has {n} characters instead of 40.";
    text token_prefix() = "This is not an access token: it does not start with nbp_.";
    text token_checksum() = "Part of the token is missing or mistyped. Copy it again.";
    text token_refused() = "The server does not know this token. It may have been deleted or have expired.";
    text proxy_refused() = "The proxy in front of this console did not sign you in. Sign in there, then try again.";

    // Parts of the program
    text part_loading() = "Loading this page";
    text part_failed_title() = "This page did not load";
    text part_failed_text() = "A part of the console could not be downloaded. Nothing was changed. Try again, or load the page again if a new version is being put in place.";

    // What went wrong while signing in
    text auth_failed_title() = "Signing in did not work";
    text auth_provider_unreachable(host) = "The identity provider at {host} does not answer. Check that it runs and that this page may reach it.";
    text auth_discovery() = "The identity provider answered, but not with an OpenID configuration that can be used.";
    text auth_issuer() = "The identity provider calls itself something else than the configured issuer. The two must be equal, character by character.";
    text auth_state() = "This sign-in was not started in this tab, or it was finished already. Start again.";
    text auth_denied(reason) = "The identity provider refused: {reason}.";
    text auth_token(reason) = "The identity provider did not hand out a token: {reason}.";
    text auth_id_token(claim) = "The identity provider's answer does not fit this console (“{claim}”). Check the client in the configuration.";
    text auth_clock() = "The identity provider's token is not valid at the time of this computer. Check the clock.";
    text auth_loop() = "The server refused a fresh sign-in twice, so Roost stopped trying. The token's issuer, audience or time does not suit the server.";
    text auth_loop_claims(issuer, audience, end) = "It says: iss {issuer}, aud {audience}, exp {end}.";
    text auth_part() = "A part of the console could not be downloaded. Check the connection, then load the page again.";
    text auth_other() = "Something in between did not work. Start again.";

    // Configuration
    text config_failed_title() = "The configuration cannot be used";
    text config_missing() = "config.json could not be read. It belongs beside index.html.";
    text config_whole(problem) = "config.json: {problem}";
    text config_key(key, problem) = "config.json, {key}: {problem}";

    // Errors by kind: what happened
    text error_offline() = "The server cannot be reached.";
    text error_timeout() = "The server did not answer in time.";
    text error_unauthorized() = "You are not signed in any more.";
    text error_forbidden() = "The server does not allow this.";
    text error_not_found() = "The server does not know this.";
    text error_conflict() = "The server says there is one already.";
    text error_precondition() = "The server is not set up for this.";
    text error_invalid() = "The server did not accept this.";
    text error_rate_limited() = "The server asks to slow down. Wait a minute and try again.";
    text error_server(status) = "The server answered {status}.";
    text error_decode() = "The server's answer cannot be understood.";
    text error_not_json() = "Something else than NetBird answered. A proxy or a network that asks for a sign-in may stand in between.";
    text error_aborted() = "This was cancelled.";
    text error_unaddressable() = "No address can hold this id, so nothing was sent.";
    text error_nothing_changed() = "Nothing was changed.";
    text error_detail(message) = "The server says: “{message}”";
    text error_detail_here(message) = "Details: “{message}”";
    text error_status(status) = "Status {status}";
}
