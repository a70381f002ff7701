//! The English texts that a first visit to the list may show: a new message is one line here, or in `en_later`.

use super::catalog::{Catalog, Table};

messages! {
    /// The texts of the frame, the list, and what can go wrong anywhere.
    Messages:

    // The shell
    text app_name() = "Roost";
    text title_of(page) = "{page} · Roost";
    text skip_to_content() = "Skip to content";
    text nav_label() = "Main";
    text nav_people() = "People";
    text nav_users() = "Users";
    text nav_access() = "Access";
    text nav_service_users() = "Service users";
    text nav_approvals() = "Approvals";
    text nav_waiting() = "waiting";
    text nav_invitations() = "Invitations";
    text nav_invitations_short() = "Invites";
    text nav_account() = "Account";
    text nav_settings() = "Settings";
    text nav_you() = "You";
    text nav_profile() = "Profile";
    text nav_more() = "More";
    text person_menu(name, role) = "Signed in as {name}, {role}";
    text sign_out() = "Sign out";
    text theme() = "Theme";
    text theme_light() = "Light";
    text theme_dark() = "Dark";
    text theme_system() = "System";
    text you() = "you";
    text acting_as_service_user() = "You are acting as a service user. What you do here is recorded under its name.";
    text offline() = "You are offline. What you see may be out of date, and nothing can be saved.";

    // Words used everywhere
    text close() = "Close";
    text try_again() = "Try again";
    text show_details() = "Show details";
    text never() = "Never";
    text none() = "None";
    text unknown_word(word) = "Unknown: {word}";
    text more_actions(name) = "Actions for {name}";
    text list_and(first, last) = "{first} and {last}";
    text list_comma(first, rest) = "{first}, {rest}";

    // Time
    text just_now() = "Just now";
    count minutes_ago() = "[one]{n} minute ago[other]{n} minutes ago";
    count hours_ago() = "[one]{n} hour ago[other]{n} hours ago";
    count days_ago() = "[one]Yesterday[other]{n} days ago";
    text time_unreadable() = "Unreadable date";
    text months() = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    text date(day, month, year) = "{day} {month} {year}";
    text time_of_day(hour, minute) = "{hour}:{minute}";
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
    text filter_provider() = "Signs in with";
    text filter_issued() = "Created by";
    text filter_login() = "Last login";
    text column_name() = "Name";
    text column_status() = "Status";
    text column_role() = "Role";
    text column_groups() = "Auto groups";
    text column_devices() = "Devices";
    text column_last_login() = "Last login";
    text column_actions() = "Actions";
    text column_email() = "E-mail";
    text column_id() = "Id";
    text columns() = "Columns";
    text row_added() = "new";
    text row_changed() = "changed";
    count rows_changed() = "[one]{n} changed elsewhere[other]{n} changed elsewhere";
    text sort_by(column) = "Sort by {column}";
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
    count users_incomplete_text() = "[one]The response was cut off after {n} user.[other]The response was cut off after {n} users.";
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
    text invite_user() = "Invite user";
    text approve_user() = "Approve user";
    text reject_user() = "Reject user…";

    // One user
    text detail_provider_local() = "E-mail and password";
    text detail_provider_connector(id) = "Identity provider {id}";
    text detail_provider_unknown() = "Not known";
    text issued_api() = "A person or the API";
    text issued_integration() = "An integration";

    // Deleting
    text delete_failed() = "Not deleted.";

    // Refusals: why a control is disabled
    text refused_permission(operation, module) = "Your role does not include “{module}: {operation}”.";
    text refused_unknown_caller() = "Your permissions have not loaded yet.";
    text block_needs_known_groups() = "They are in a group that no longer exists. Open the user and remove that group first.";
    text refused_no_local_sign_in() = "Password sign-in is switched off on this server: people sign in with their identity provider.";
    text refused_no_manager() = "This server cannot invite people: it has no access to its identity provider.";
    text operation_create() = "create";
    text operation_read() = "read";
    text operation_update() = "update";
    text operation_delete() = "delete";

    // Forbidden
    text forbidden_users_title() = "You cannot see users";
    text forbidden_text(role, permission) = "Your role, {role}, lacks the permission “{permission}”. An owner or admin can grant it.";
    text forbidden_plain() = "An owner or admin can change your role.";

    // Parts of the program
    text part_loading() = "Loading this page";
    text part_failed_title() = "This page did not load";
    text part_failed_text() = "Part of the console could not be downloaded. Nothing was changed. Try again, or reload the page if a new version is being installed.";

    // Errors by kind: what happened
    text error_offline() = "The server cannot be reached.";
    text error_timeout() = "The server did not answer in time.";
    text error_unauthorized() = "You are no longer signed in.";
    text error_forbidden() = "The server does not allow this.";
    text error_not_found() = "The server could not find this.";
    text error_conflict() = "The server says this already exists.";
    text error_precondition() = "The server is not set up for this.";
    text error_invalid() = "The server did not accept this.";
    text error_rate_limited() = "Too many requests. Wait a minute and try again.";
    text error_server(status) = "The server answered {status}.";
    text error_decode() = "The server's response could not be understood.";
    text error_not_json() = "Something other than NetBird answered. A proxy or a network's sign-in page may be in the way.";
    text error_aborted() = "This was cancelled.";
    text error_unaddressable() = "This id cannot be used in a URL, so nothing was sent.";
    text error_nothing_changed() = "Nothing was changed.";
    text error_detail(message) = "The server says: “{message}”.";
    text error_detail_here(message) = "Details: “{message}”.";
    text error_status(status) = "Status {status}";
}
