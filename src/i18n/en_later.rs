//! The English texts of the parts of the program that are downloaded when they are needed: a new message is one line
//! here. Who uses one in what a first visit loads puts all of them there.

use super::catalog::{Catalog, Table};

messages! {
    /// The texts of pages and dialogs that come later.
    LaterMessages:

    // What several pages and dialogs say
    text save() = "Save";
    text undo() = "Undo";
    text resend_invitation() = "Resend invitation";
    text back_to_users() = "Back to users";

    // Refusals: why a control is disabled
    text refused_only_admins() = "Only owners and admins can change users.";
    text refused_own_block() = "You cannot block or unblock yourself.";
    text refused_own_role() = "You cannot change your own role.";
    text refused_own_deletion() = "You cannot delete yourself.";
    text refused_owners_role() = "Only an owner can change the role of an owner.";
    text refused_owner_block() = "An owner cannot be blocked.";
    text refused_owner_deletion() = "An owner cannot be deleted.";
    text refused_owner_gives() = "Only an owner can transfer ownership.";
    text refused_transfer() = "Ownership is transferred separately, not here.";
    text refused_service_owner() = "A service user cannot own the account.";
    text refused_integration() = "An integration manages this user; only that integration can delete them.";
    text refused_waits() = "They are waiting for approval. Unblocking would leave their request open.";
    text refused_unknown_role() = "This version does not know that role.";
    text refused_others_tokens() = "Only they can see and change their own tokens.";
    text refused_service_tokens() = "Only owners and admins can see and change the tokens of service users.";
    text refused_not_waiting() = "They are not waiting for approval.";

    // After the account
    text account_deleted() = "The account and everything in it has been deleted. Anyone who signs in now gets a new, empty account.";
    text account_deletion_unknown() = "No clear answer came while the account was being deleted, so it is unclear whether it is gone. Sign in to find out: if it is gone, you get a new, empty one.";

    // A new version on the server
    text newer_text() = "A new version of the console is ready.";
    text newer_load() = "Load it now";
    text newer_unsaved() = "A new version of the console is ready. Save or discard your changes here, then load it.";

    // Preferences on the profile
    text keyboard_title() = "Keyboard";
    text keyboard_single() = "Single-key shortcuts";
    text keyboard_help() = "/ goes to a list's search, A approves and R rejects. Switch this off if you use speech input. The choice stays in this browser.";

    // The list, where it is more than looked at
    text column_no_room(column) = "{column} (needs a wider page)";
    text users_drop_one() = "Remove one of them";
    text users_drop(what, left) = "Remove {what} ({left})";
    text users_drop_text(text) = "the search “{text}”";

    // Words used everywhere
    text cancel() = "Cancel";
    text saving() = "Saving…";
    text discard() = "Discard";
    text approve_save_first() = "Save or discard your changes below first.";
    text remove_named(name) = "Remove {name}";

    // Users list
    text last_login_help() = "NetBird records when a device signs in. With its built-in identity provider, sign-ins to a console are not recorded.";

    // One user
    text user_loading() = "Loading user";
    text user_not_found_title() = "No such user";
    text user_not_found_text() = "Nobody in this account has this id. They may have been deleted.";
    text user_failed_title() = "The user did not load";
    text user_form_title() = "Role and groups";
    text field_role() = "Role";
    text field_groups() = "Auto groups";
    text field_blocked() = "Blocked";
    text field_blocked_help() = "A blocked user cannot sign in, and their devices are disconnected at once.";
    text field_status() = "Access";
    text field_groups_help_all() = "New devices of this user join these groups, and existing devices move at once.";
    text field_groups_help() = "New devices of this user join these groups.";
    text filter_find() = "Find";
    text filter_find_group() = "Find group";
    text groups_add() = "Add group";
    text groups_create(name) = "Create group “{name}”";
    text groups_gone_mark() = "no longer exists";
    text groups_all_refused() = "Every device is already in All.";
    text groups_drop_unknown() = "Remove the groups that no longer exist: the server does not accept them.";
    text groups_not_loaded() = "Group names are not loaded, so groups cannot be changed.";
    text details_title() = "Details";
    text detail_email() = "E-mail";
    text detail_no_email() = "None";
    text detail_provider() = "Signs in with";
    text detail_issued() = "Created by";
    text detail_last_login() = "Last login";
    text detail_id() = "User id";
    count unsaved_changes() = "[one]{n} change not saved[other]{n} changes not saved";
    text nothing_to_save() = "Nothing has been changed.";
    text saved(name) = "{name} is saved.";
    text saved_confirmed(name) = "{name} is saved. No clear answer came, so this was checked.";
    text saved_elsewhere(name, fields) = "{name} is saved. Changed elsewhere and kept: {fields}.";
    text save_failed_title() = "Not saved.";
    text save_nothing_left() = "Nothing was sent: the server already has these values.";
    text save_outcome_changed() = "No clear answer came, and the user looks different now. Check before you save again.";
    text group_failed(name) = "Group “{name}” could not be created.";
    text draft_kept(name) = "Your changes to {name} are not saved yet. They are kept here until you come back.";
    text leave_title() = "Leave without saving?";
    text leave_stay() = "Stay here";
    text leave_go() = "Discard and leave";
    text sign_out_title() = "Sign out without saving?";
    text sign_out_text() = "What you have edited is not saved, and is lost when you sign out.";
    text sign_out_go() = "Discard and sign out";
    text groups_half_typed(text) = "“{text}” is typed but not chosen. Choose a group, or empty the box.";
    text groups_none_match() = "No group matches";
    text breadcrumb() = "Breadcrumb";

    // Blocking and undoing, and what becomes of a save
    text blocked_done(name) = "{name} is blocked.";
    text unblocked_done(name) = "{name} is unblocked.";
    text blocked_already(name) = "{name} was already blocked.";
    text unblocked_already(name) = "{name} was already unblocked.";
    text undone(name) = "Undone. {name} is as before.";
    text block_failed(name) = "{name} could not be blocked.";
    text unblock_failed(name) = "{name} could not be unblocked.";
    text user_gone(name) = "{name} no longer exists. Somebody else has deleted them.";
    text save_outcome_unknown() = "No clear answer came, and the user could not be reloaded. It is unclear whether the change was made: reload before you save again.";
    text save_outcome_not_done() = "No clear answer came, and the change was not made. Save again.";
    text group_made(name) = "Group “{name}” was created, but the user was not saved.";

    // Conflict
    text conflict_title() = "Changed by somebody else as well";
    text conflict_text(name) = "While you edited {name}, somebody else changed the same field. Nothing is saved yet.";
    text conflict_mine(value) = "Mine: {value}";
    text conflict_theirs(value) = "Theirs: {value}";
    text conflict_unanswered() = "Choose mine or theirs for every field.";
    text value_blocked() = "blocked";
    text value_not_blocked() = "not blocked";
    text value_no_groups() = "no groups";

    // Devices and permissions on a person's page
    text devices_loading() = "Loading devices";
    text devices_none() = "No devices. Devices show up here when this person signs in on one.";
    text devices_hidden() = "Your role cannot see these devices.";
    text devices_not_loaded() = "The devices did not load.";
    text device_address() = "Address";
    text device_seen() = "Last seen";
    text device_online() = "Online";
    text device_offline() = "Offline";
    text device_signed_out() = "Must sign in again";
    text may_title() = "Permissions";
    text may_manage(area) = "Manage {area}";
    text may_see(area) = "See {area}";
    text may_partly(area) = "Limited access to {area}";
    text may_own_user() = "See their own user";
    text may_own() = "See their own user and their own devices";
    text may_unknown() = "This version does not know what this role can do.";
    text may_role() = "Given by their role.";
    text may_service() = "Given by its role. A service user can also read everything else.";
    text may_not_now() = "Given by their role once they are approved. Until then they can do nothing.";
    text may_restricted() = "The account hides everything but your own user from you.";
    text area_users() = "users, service users and invitations";
    text area_tokens() = "own access tokens";
    text area_settings() = "account settings";
    text area_account() = "the account itself";
    text area_network() = "groups, networks, routes, DNS and policies";
    text area_devices() = "devices and setup keys";
    text area_providers() = "identity providers";
    text area_activity() = "activity";
    text area_others() = "services, remote jobs and the agent network";

    // Approving and rejecting
    text approvals_loading() = "Loading pending approvals";
    count approvals_count() = "[one]{n} waiting[other]{n} waiting";
    text approvals_tab(n) = "({n}) Approvals";
    text approvals_list() = "Waiting for approval";
    count approvals_more() = "[one]{n} more is waiting, and shows up as you decide on these.[other]{n} more are waiting, and show up as you decide on these.";
    text approvals_empty_title() = "Nobody is waiting";
    text approvals_empty_text() = "People who sign in for the first time show up here when the account requires approval.";
    text approvals_forbidden_title() = "You cannot see who is waiting";
    text approvals_since_failed() = "How long they have been waiting could not be loaded.";
    text approvals_since() = "Waiting since";
    text approvals_begin() = "Initial role and groups";
    text approvals_let_in() = "They were unblocked without approval and already have access. Approving closes the request.";
    text approvals_let_in_short() = "Active, not yet approved";
    count approvals_next() = "[one]Then shows the last one.[other]Then shows the next of {n}.";
    text approvals_all() = "Everyone waiting";
    text approvals_gone_title() = "They are no longer waiting";
    text approvals_gone_text() = "Somebody has already decided, or the address is wrong.";
    text waits_note() = "They are waiting for approval and cannot do anything until somebody decides.";
    text approve_busy() = "Approving…";
    text approved(name) = "{name} is approved.";
    text approved_confirmed(name) = "{name} is approved. No clear answer came, so this was checked.";
    text approved_already(name) = "{name} had already been approved.";
    text approved_with_choice() = "Role and groups are saved.";
    text approved_without_choice() = "The role and groups you chose were not saved.";
    text approve_failed(name) = "{name} is not approved.";
    text approve_saved_first() = "Role and groups are saved, but the approval is not: approve again.";
    text approve_lost(name) = "No clear answer came, so it is unclear whether {name} was approved. Refresh, then check again.";
    text reject_title(name) = "Reject {name}?";
    text reject_text() = "Rejecting deletes them here. It does not keep them out:";
    text reject_back() = "The next time they sign in, they wait for approval again.";
    text reject_instead() = "Blocking keeps them out for good. Roost approves them and blocks them at once; for a moment in between they have access.";
    text reject_keep() = "Keep them waiting";
    text reject_go() = "Reject user";
    text reject_busy() = "Rejecting…";
    text reject_block() = "Block instead";
    text reject_block_busy() = "Blocking…";
    text reject_failed() = "Not rejected.";
    text reject_lost() = "No clear answer came, so it is unclear whether they were rejected. Refresh, then check again.";
    text rejected(name) = "{name} is rejected.";
    text rejected_already(name) = "{name} had already been rejected or deleted.";
    text rejected_approved(name) = "{name} is not rejected: somebody else has approved them.";
    text not_blocked() = "Not blocked.";
    text let_in_not_blocked(name) = "{name} is approved but NOT blocked: they have access. Block them now.";

    // Handing on the ownership
    text danger_title() = "Danger zone";
    text transfer_open() = "Transfer ownership…";
    text transfer_line() = "Makes this person the owner and you an admin.";
    text delete_line() = "Deletes this user with everything that belongs to them.";
    text transfer_oneself() = "You own this account.";
    text transfer_owns() = "They already own the account.";
    text transfer_waiting() = "They are waiting for approval. An owner who cannot sign in would lock the account.";
    text transfer_blocked() = "They are blocked. An owner who cannot sign in would lock the account.";
    text transfer_title(name) = "Transfer ownership to {name}";
    text transfer_they() = "They";
    text transfer_you() = "You";
    text transfer_change(before, after) = "{before} → {after}";
    text transfer_effect_theirs() = "Only they can then delete the account or transfer ownership.";
    text transfer_effect_yours() = "You become an admin: you can still manage users, tokens and settings.";
    text transfer_effect_back() = "You cannot take it back. Only they can return it.";
    text transfer_never_came() = "They have never signed in. Until they do, nobody can act as the owner.";
    text transfer_continue() = "Continue";
    text transfer_question(name) = "Make {name} the owner?";
    text transfer_last() = "This takes effect at once, and you cannot undo it.";
    text transfer_tick(name) = "{name} becomes the owner, and I become an admin";
    text transfer_tick_first() = "Tick the box first.";
    text transfer_go() = "Transfer ownership";
    text transfer_busy() = "Transferring…";
    text transferred(name) = "{name} owns the account now. You are an admin.";
    text transferred_confirmed(name) = "{name} owns the account now. No clear answer came, so this was checked.";
    text transfer_failed() = "Ownership was not transferred.";
    text transfer_lost() = "No clear answer came, so it is unclear who owns the account now. Reload the page before you go on.";

    // Own password
    text password_title() = "Password";
    text password_service() = "A service user has no password. It uses access tokens.";
    text password_elsewhere() = "Your password is kept by the identity provider you sign in with. Change it there.";
    text password_old() = "Current password";
    text password_new() = "New password";
    text password_show_old() = "Show current password";
    text password_show_new() = "Show new password";
    text password_rules() = "The server requires:";
    text password_rule_empty() = "Not empty";
    text password_rule_another() = "Different from the current one";
    text password_rule_fits(n) = "At most {n} bytes: a letter with an accent takes two, an emoji four";
    text password_rule_kept() = "(kept)";
    text password_rule_open() = "(not yet)";
    text password_go() = "Change password";
    text password_busy() = "Changing…";
    text password_done() = "Your password is changed. Open sessions stay signed in, and access tokens stay valid.";
    text password_old_missing() = "Type your current password.";
    text password_old_wrong() = "This is not your current password.";
    text password_new_missing() = "Type a new password.";
    text password_same() = "Choose a password that differs from the current one.";
    text password_long(n) = "Choose a shorter one: the server takes {n} bytes at most.";
    text password_failed() = "Your password was not changed.";
    text password_lost() = "No clear answer came, so it is unclear whether your password was changed. Try again: if your current password is refused, the new one already applies.";

    // Deleting
    text delete_title(name) = "Delete {name}?";
    text delete_text() = "This cannot be undone. Also deleted:";
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
    text deleted_already(name) = "{name} had already been deleted.";
    text delete_outcome_unknown() = "No clear answer came, so it is unclear whether the user was deleted. Check the list before you try again.";

    // Forbidden
    text no_permissions_title() = "Your role has no permissions here";
    text no_permissions_text(role) = "On this NetBird server the role {role} has no permissions. An owner or admin can give you another role.";
    text blocked_title() = "You are blocked";
    text blocked_text() = "An administrator has blocked this user. Only an owner or admin can unblock you.";
    text pending_title() = "Waiting for approval";
    text pending_text() = "You have signed in. An owner or admin must approve you before you can go on.";

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
    text signed_out_text() = "Everything in this tab has been cleared.";
    text signed_out_elsewhere() = "You signed out in another tab.";
    text session_expired() = "Your session has ended. Sign in again to go on.";
    text token_empty() = "Paste an access token.";
    text token_length(n) = "This is not an access token: it has {n} characters instead of 40.";
    text token_prefix() = "This is not an access token: it does not start with nbp_.";
    text token_checksum() = "Part of the token is missing or mistyped. Copy it again.";
    text token_refused() = "The server does not know this token. It may have been deleted or have expired.";
    text proxy_refused() = "The proxy in front of this console did not sign you in. Sign in there, then try again.";

    // What went wrong while signing in
    text auth_failed_title() = "Signing in did not work";
    text auth_provider_unreachable(host) = "The identity provider at {host} does not answer. Check that it is running and that this page can reach it.";
    text auth_discovery() = "The identity provider answered, but not with a usable OpenID configuration. Check auth.issuer in config.json.";
    text auth_issuer() = "The identity provider's issuer is not the configured one. The two must match, character by character.";
    text auth_state() = "This sign-in was not started in this tab, or is already finished. Start again.";
    text auth_token(reason) = "The identity provider did not issue a token: {reason}.";
    text auth_id_token(claim) = "The identity provider's response is not valid for this console (“{claim}”). Check the client in the configuration.";
    text auth_clock() = "The identity provider's token is not valid by this computer's clock. Check the clock.";
    text auth_loop() = "The server refused a fresh sign-in twice, so Roost stopped trying. The server does not accept the token's issuer, audience or time.";
    text auth_loop_claims(issuer, audience, end) = "The token says: iss {issuer}, aud {audience}, exp {end}.";
    text auth_part() = "Part of the console could not be downloaded. Check the connection, then reload the page.";
    text auth_other() = "Something went wrong on the way. Start again.";

    // Configuration
    text config_failed_title() = "The configuration cannot be used";
    text config_missing() = "config.json could not be read. It must be next to index.html.";
    text config_whole(problem) = "config.json: {problem}";
    text config_key(key, problem) = "config.json, {key}: {problem}";
}
