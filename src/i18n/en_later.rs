//! The English texts of the parts of the program that are downloaded when they are needed: a new message is one line
//! here. Who uses one in what a first visit loads puts all of them there.

use super::catalog::{Half, Table};

messages! {
    /// The texts of pages and dialogs that come later.
    LaterMessages:

    // Words used everywhere
    text cancel() = "Cancel";
    text saving() = "Saving…";
    text discard() = "Discard";
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
    text detail_issued() = "Created by";
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
    text save_outcome_changed() = "The connection broke off, and the user looks different now. Check before you save again.";
    text group_failed(name) = "Group “{name}” could not be created.";
    text draft_kept(name) = "Your changes to {name} are not saved yet. They are kept here until you come back.";
    text groups_half_typed(text) = "“{text}” is typed but not chosen. Choose a group, or empty the box.";
    text groups_none_match() = "No group matches";
    text breadcrumb() = "Breadcrumb";

    // Inviting and making people
    text invite_title() = "Invite user";
    text invite_waiting() = "Asking how this server lets people in";
    text invite_unknown_title() = "How this server lets people in is not known";
    text invite_by_mail() = "The identity provider sends them an e-mail. They are listed as invited until they sign in for the first time.";
    text invite_name() = "Name";
    text invite_name_missing() = "Write their name: the server asks for one.";
    text invite_email() = "E-mail";
    text invite_email_missing() = "Write their e-mail address.";
    text invite_email_malformed() = "This is not an e-mail address. One looks like name@example.com.";
    text invite_taken_user(name) = "{name} has this address and is a user already.";
    text invite_taken_open(name) = "{name} is invited by this address already.";
    text invite_taken_over(name) = "{name} was invited by this address, and the link has ended. A new link is enough.";
    text invite_open_user() = "Open user";
    text invite_new_link() = "Make a new link";
    text invite_group_all() = "Every device is in All already, so the server refuses it here.";
    text invite_group_unknown(id) = "No group has the id {id} any more. Drop it.";
    text invite_groups_help() = "Devices that they add join these groups.";
    text invite_way() = "How they get in";
    text invite_way_link() = "With an invite link";
    text invite_way_link_help() = "You hand the link on. Whoever opens it chooses a password and is in.";
    text invite_way_password() = "At once, with a password";
    text invite_way_password_help() = "The server makes one up. You see it once and hand it on.";
    text invite_life() = "The link works for";
    text invite_life_unit() = "Unit";
    text invite_life_hours() = "hours";
    text invite_life_days() = "days";
    text invite_life_until(date, time) = "Until {date}, {time}.";
    text invite_life_number() = "Write a whole number.";
    text invite_life_short() = "A link works for an hour at least.";
    text invite_life_long(most) = "The server counts no further than {most}.";
    text invite_go_link() = "Make invite link";
    text invite_go_password() = "Create user";
    text invite_go_mail() = "Send invitation";
    text invite_busy() = "Creating…";
    text invite_not_made() = "Nobody was invited or created.";
    text invite_link_ends(date, time) = "The link works until {date}, {time}.";
    text invite_mailed(name) = "{name} is invited. The identity provider sends them an e-mail.";
    text invite_mailed_confirmed(name) = "{name} is invited. The connection broke off, so this was checked.";
    text invite_link_lost(name) = "{name} is invited, but the connection broke off and the link is lost. Nobody can see it again: make a new one.";
    text invite_password_lost(name) = "{name} was created, but the connection broke off and the password is lost. Nobody can see it again: delete the user and create them once more.";
    text invite_lost_not_made() = "The connection broke off, and nobody was created. Try again.";
    text invite_lost_unknown() = "The connection broke off, and nobody knows whether they were created. Look at the lists before you try again.";

    // Invitations
    text invites_title() = "Invitations";
    count invites_count() = "[one]{n} invitation[other]{n} invitations";
    count invites_of(total) = "[one]{n} of {total} invitations[other]{n} of {total} invitations";
    text invites_loading() = "Loading invitations";
    text invites_refresh() = "Refresh";
    text invites_search() = "Search invitations";
    text invites_search_hint() = "Name, e-mail, role, group";
    text invites_ends() = "Link ends";
    text invites_created() = "Invited";
    text invites_valid() = "Valid";
    text invites_expired() = "Expired";
    count invites_minutes_left() = "[one]In {n} minute[other]In {n} minutes";
    count invites_hours_left() = "[one]In {n} hour[other]In {n} hours";
    count invites_days_left() = "[one]In {n} day[other]In {n} days";
    text invites_empty_title() = "No invitations yet";
    text invites_empty_text() = "People you invite show up here until they set their password.";
    text invites_no_match_title(text) = "No invitation matches “{text}”";
    text invites_clear_search() = "Clear search";
    text invites_failed_title() = "The invitations did not load";
    text invites_stale_title() = "Could not refresh.";
    text invites_stale_text(reason, time) = "{reason} These are the invitations as of {time}.";
    text invites_forbidden_title() = "You may not see invitations";
    text invites_external_title() = "This server has no invite links";
    text invites_external_text() = "Its identity provider invites people by e-mail. Invite them in the list of users, where they show as invited until they sign in.";
    text invites_no_passwords() = "Sign-in by password is switched off on this server, so nobody can accept an invite link.";
    text invites_renew() = "Make a new link…";
    text invites_delete() = "Delete invitation…";
    text renew_title(name) = "Make a new link for {name}?";
    text renew_text() = "The link that was handed out before stops working at once.";
    text renew_text_over() = "The link that was handed out before has ended already.";
    text renew_go() = "Make new link";
    text renew_busy() = "Making…";
    text renew_failed() = "No new link was made.";
    text renew_not_done() = "The connection broke off, and no new link was made. The old one is as it was. Try again.";
    text renew_link_lost() = "The connection broke off and the new link is lost, while the old one works no more. Make another.";
    text renew_unknown() = "The connection broke off, and nobody knows whether the old link still works. Make another to be sure.";
    text invite_gone(name) = "The invitation of {name} is there no more: it was accepted or deleted.";
    text take_back_title(name) = "Delete the invitation of {name}?";
    text take_back_text() = "Its link stops working at once. You can invite them anew.";
    text take_back_keep() = "Keep invitation";
    text take_back_go() = "Delete invitation";
    text taken_back(name) = "The invitation of {name} is deleted.";
    text take_back_unknown() = "The connection broke off, and nobody knows whether the invitation was deleted. Look at the list before you try again.";

    // Inviting once more by e-mail
    text resent(name) = "The identity provider sends {name} the invitation once more.";
    text resend_failed(name) = "The invitation of {name} was not sent again.";
    text resend_accepted(name) = "{name} has signed in meanwhile, so there is nothing to send.";
    text resend_unknown(name) = "The connection broke off, and nobody knows whether {name} was sent the invitation. Ask them before you send it again.";

    // Blocking and undoing, and what becomes of a save
    text blocked_done(name) = "{name} is blocked.";
    text unblocked_done(name) = "{name} is unblocked.";
    text blocked_already(name) = "{name} was blocked already.";
    text unblocked_already(name) = "{name} was unblocked already.";
    text undone(name) = "Undone. {name} is as before.";
    text block_failed(name) = "{name} could not be blocked.";
    text unblock_failed(name) = "{name} could not be unblocked.";
    text user_gone(name) = "{name} no longer exists. Somebody else has deleted them.";
    text save_outcome_unknown() = "The connection broke off, and the user could not be read again. Nobody knows whether the change was made: reload before you save again.";
    text save_outcome_not_done() = "The connection broke off, and the change was not made. Save again.";
    text group_made(name) = "Group “{name}” was created and stays, although the user was not saved.";

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
    text delete_outcome_unknown() = "The connection broke off, and nobody knows whether the user was deleted. Look at the list before you try again.";

    // Service users
    text service_kind() = "Service user";
    count service_count() = "[one]{n} service user[other]{n} service users";
    count service_of(total) = "[one]{n} of {total} service users[other]{n} of {total} service users";
    text service_loading() = "Loading service users";
    text service_search() = "Search service users";
    text service_search_hint() = "Name, group, id";
    count service_show() = "[one]Show {n} service user[other]Show {n} service users";
    count service_incomplete() = "[one]The answer broke off after {n} service user.[other]The answer broke off after {n} service users.";
    text service_empty_title() = "No service users yet";
    text service_empty_text() = "A service user is for a program: it has a role and access tokens, and nobody signs in as it.";
    text service_no_match(text) = "No service user matches “{text}”";
    text service_no_filter_match() = "No service user matches these filters";
    text service_forbidden_title() = "You may not see service users";
    text service_open() = "Open service user";
    text service_block() = "Block service user";
    text service_unblock() = "Unblock service user";
    text service_new() = "New service user";
    text service_new_ask() = "New service user…";
    text service_name() = "Name";
    text service_name_help() = "Say which program it is for. It cannot be changed later.";
    text service_name_empty() = "Give the service user a name.";
    text service_make() = "Create service user";
    text service_making() = "Creating…";
    text service_not_made() = "No service user was created.";
    text service_unknown() = "The connection broke off, and nobody knows whether the service user was created. Look at the list before you try again.";
    text service_made(name) = "{name} is created.";
    text service_made_confirmed(name) = "{name} is created. The connection broke off, so this was checked.";
    text service_group_kept(name) = "Group “{name}” was created and stays, although the service user was not.";
    text detail_kind() = "Kind";
    text field_blocked_help_service() = "The tokens of a blocked service user are refused at once.";
    text field_groups_help_service() = "A service user registers no devices, so its groups change nothing today.";
    text delete_service() = "Delete service user…";
    text delete_keep_service() = "Keep service user";
    text delete_go_service() = "Delete service user";
    text delete_text_service() = "This cannot be undone. With the service user go:";
    text delete_tokens_service() = "its access tokens; whatever uses them is refused at once";
    text delete_no_tokens() = "no access tokens, it has none";
    count delete_tokens_count() = "[one]{n} access token; whatever uses it is refused at once[other]{n} access tokens; whatever uses them is refused at once";

    // Tokens
    text tokens_title() = "Tokens";
    text tokens_loading() = "Loading tokens";
    text tokens_empty() = "No tokens yet.";
    text tokens_failed() = "The tokens did not load.";
    text tokens_stale(time) = "Could not refresh. These are the tokens as of {time}.";
    text tokens_blocked() = "This service user is blocked. Its tokens do not work until it is unblocked.";
    text tokens_own_help() = "With a token a program acts as you, with all you may do.";
    text tokens_service_help() = "With a token a program acts as this service user, with all its role may do.";
    text token_new() = "New token";
    text token_new_ask() = "New token…";
    text token_ends() = "Ends";
    text token_created() = "Created";
    text token_creator() = "Created by";
    text token_creator_gone(id) = "Deleted user {id}";
    text token_last_used() = "Last used";
    text token_expired() = "Expired";
    text token_endless() = "No end";
    count token_days_left() = "[one]Ends in {n} day[other]Ends in {n} days";
    count token_hours_left() = "[one]Ends within the hour[other]Ends in {n} hours";
    text token_revoke(name) = "Revoke {name}…";
    text token_for(name) = "New token for {name}";
    text token_name() = "Name";
    text token_name_help() = "Say what uses it. It cannot be changed later.";
    text token_name_empty() = "Give the token a name.";
    text token_lasts() = "Valid for";
    count token_days() = "[one]{n} day[other]{n} days";
    text token_days_other() = "Another number of days";
    text token_days_label() = "Days";
    text token_days_whole() = "Enter a whole number of days.";
    text token_days_range() = "A token lasts 1 to 365 days.";
    text token_ends_on(date) = "It ends on {date}.";
    text token_make() = "Create token";
    text token_making() = "Creating…";
    text token_not_made() = "No token was created.";
    text token_lost(name) = "The connection broke off. “{name}” was created, but its secret is lost: nobody can see it any more. Delete it and create another.";
    text token_make_again() = "Delete it and create another";
    text token_unknown() = "The connection broke off, and nobody knows whether the token was created. Look at the tokens before you try again.";
    text token_of(name, owner) = "{name}, {owner}";
    text token_secret_ends(date) = "Ends on {date}";
    text token_made(name) = "“{name}” is created.";
    text revoke_title(name) = "Revoke {name}?";
    text revoke_text() = "This cannot be undone. Whatever uses the token is refused at once.";
    text revoke_owner() = "Belongs to";
    text revoke_keep() = "Keep token";
    text revoke_go() = "Revoke token";
    text revoke_busy() = "Revoking…";
    text revoke_failed() = "Not revoked.";
    text revoked(name) = "{name} is revoked.";
    text revoked_already(name) = "{name} had been revoked already.";
    text revoke_unknown() = "The connection broke off, and nobody knows whether the token was revoked. Look at the tokens before you try again.";

    // Forbidden
    text no_permissions_title() = "Your role has no permissions here";
    text no_permissions_text(role) = "This NetBird server gives the role {role} nothing to see or do. An owner or admin can give you another role.";
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
    text signed_out_text() = "This tab has forgotten everything it knew.";
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

    // One-time secrets
    text secret_password_title(name) = "Password for {name}";
    text secret_token_title(name) = "Token “{name}”";
    text secret_invite_title(name) = "Invitation for {name}";
    text secret_password_lead() = "Copy or download it now: the server never shows it again. They sign in with it and can change it.";
    text secret_token_lead() = "Copy or download it now: the server never shows it again.";
    text secret_invite_lead() = "Copy or download the link now: the server never shows it again. Whoever opens it sets a password and is in.";
    text secret_password() = "Password";
    text secret_token() = "Access token";
    text secret_invite() = "Invitation link";
    text secret_copy_password() = "Copy password";
    text secret_copy_token() = "Copy token";
    text secret_copy_invite() = "Copy link";
    text secret_copied_short() = "Copied";
    text secret_copied() = "It is in the clipboard. Paste it where it is needed before you copy something else.";
    text secret_downloaded() = "It is in a file among your downloads.";
    text secret_selected() = "This browser did not let Roost copy. The text is selected: copy it with your keyboard.";
    text secret_download() = "Download";
    text secret_show() = "Show";
    text secret_hide() = "Hide";
    text secret_saved() = "I have saved it";
    text secret_close() = "Close";
    text secret_stay() = "This is the only time it is shown. Save it, then leave.";
    text secret_not_ready() = "What shows the secret could not be downloaded, so nothing was sent.";
}
