// axe over each state of each page, light and dark.
import { expectAccessible } from "../support/axe.ts";
import {
  createGroup,
  expectComplete,
  expectRows,
  form,
  groupsField,
  openPersonMenu,
  openRowMenu,
  openUser,
  save,
  searchBox,
  signInAs,
  signOut,
} from "../support/console.ts";
import { fillPerson, inviteDialog, openInvite } from "../support/inviting.ts";
import { expect, test } from "../support/test.ts";

const LIST = { path: "/api/users", exact: true, method: "GET" };

test("the list: filled", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await expectComplete(page);
  await expectAccessible(page, "filled");
});

test("the list: menus and filters", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  await openRowMenu(page, "Ada Okafor");
  await expectAccessible(page, "row menu");
  await page.keyboard.press("Escape");
  await openPersonMenu(page);
  await expectAccessible(page, "menu of the person");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Group", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Group" })).toBeVisible();
  await expectAccessible(page, "filter open");
  await page.getByRole("dialog", { name: "Group" }).getByRole("checkbox").first().check();
  await page.keyboard.press("Escape");
  await expectAccessible(page, "filter on");
  await searchBox(page).fill("nobody");
  await expect(page.getByRole("heading", { name: "No user matches “nobody”" })).toBeVisible();
  await expectAccessible(page, "no match");
});

test("the list: message and question", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
  await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
  await expectAccessible(page, "message with Undo");
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "question before deleting");
});

test("the list: kept, failed, loading", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  watch.expectFailure("/api/groups", 500);
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  await standin.fault({ ...LIST, kind: "status", times: 0 });
  await standin.fault({ path: "/api/groups", kind: "status", times: 0 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Could not refresh.")).toBeVisible();
  await expectAccessible(page, "kept list");
  await page.reload();
  await expect(page.getByRole("heading", { name: "The list did not load" })).toBeVisible();
  await page.getByText("Show details").click();
  await expectAccessible(page, "failed");
  await standin.heal();
  await standin.fault({ ...LIST, kind: "hang", times: 0 });
  await page.reload();
  await expect(page.getByText("Loading users").first()).toBeAttached();
  await expectAccessible(page, "loading");
});

test("the list: empty, forbidden", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 403);
  await signInAs(page, "Olivia Marsh", "/users?status=blocked");
  await expectRows(page, 3);
  await page.goto("/users");
  await expectRows(page, 41);
  await standin.fault({ ...LIST, kind: "garbage", body: [], times: 0 });
  await page.reload();
  await expect(page.getByRole("heading", { name: "No users yet" })).toBeVisible();
  await expectAccessible(page, "empty");
  await standin.heal();
  await standin.fault({ ...LIST, kind: "status", status: 403, times: 0 });
  await page.reload();
  await expect(page.getByRole("heading", { name: "You may not see users" })).toBeVisible();
  await expectAccessible(page, "forbidden");
  await standin.heal();
});

test("the list: broken off", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", "network");
  await standin.fault({ ...LIST, kind: "truncated", times: 0 });
  await signInAs(page, "Olivia Marsh");
  await expect(page.getByText("The list is incomplete.")).toBeVisible();
  await expectAccessible(page, "broken off");
});

test("the person's page: as it opens, edited, group list, refused, not found", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await expectAccessible(page, "as it opens");
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await createGroup(page, "Night watch");
  await expectAccessible(page, "edited");
  await groupsField(page).fill("e");
  await expect(page.getByRole("listbox")).toBeVisible();
  await expectAccessible(page, "list of groups");
  await groupsField(page).fill("");
  await groupsField(page).press("Tab");
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "status" });
  await save(page);
  await expect(page.getByText("Not saved.")).toBeVisible();
  await expectAccessible(page, "refused");
  await page.goto("/users/nobody");
  await expect(page.getByRole("heading", { level: 1, name: "No such user" })).toBeVisible();
  await expectAccessible(page, "not found");
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { level: 1, name: "There is no such page" })).toBeVisible();
  await expectAccessible(page, "no such page");
});

test("the person's page: the same field on both sides", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  const { id } = await standin.person("adam.okafor");
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.change(id, { role: "network_admin" });
  await save(page);
  await expect(page.getByRole("dialog", { name: "Changed by somebody else as well" })).toBeVisible();
  await expectAccessible(page, "conflict");
});

test("the person's page: a group that is gone, and one's own page", async ({ page, standin }) => {
  const users = (await standin.api("GET", "/api/users")) as { email: string }[];
  const body = users.map((user) =>
    user.email === "adam.okafor@example.com" ? { ...user, auto_groups: ["gone-group"] } : user,
  );
  await standin.fault({ ...LIST, kind: "garbage", body, times: 0 });
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await expect(form(page).getByText("Unknown group gone-group")).toBeVisible();
  await form(page).getByRole("checkbox", { name: "Blocked" }).check();
  await expect(form(page).getByRole("button", { name: "Save" })).toHaveAccessibleDescription(/Drop the groups/);
  await expectAccessible(page, "unknown group");
  await page.getByRole("button", { name: "Remove Unknown group gone-group" }).click();
  await expect(form(page).getByRole("button", { name: "Save" })).not.toHaveAttribute("aria-disabled", "true");
  await page.goto("/users?q=olivia");
  await openUser(page, "Olivia Marsh");
  await expectAccessible(page, "own page");
});

test("read-only for an auditor", async ({ page }) => {
  await signInAs(page, "Agnes Novak", "/users?q=adam.okafor");
  await openRowMenu(page, "Adam Okafor");
  await expectAccessible(page, "menu with reasons");
  await page.keyboard.press("Escape");
  await openUser(page, "Adam Okafor");
  await expectAccessible(page, "read-only");
});

for (const [name, title] of [
  ["Boris Blake", "You are blocked"],
  ["Petra Vogel", "Waiting for approval"],
  ["Bill Okonkwo", "Your role has no permissions here"],
] as const) {
  test(`kept out: ${title}`, async ({ page, watch }) => {
    for (const status of [403, 404, 412]) watch.expectFailure(/^\/api\//, status);
    await signInAs(page, name);
    await expect(page.getByRole("heading", { name: title }).first()).toBeVisible();
    await expectAccessible(page, title);
  });
}

test("inviting: as it opens, wrong, taken, refused, the secret", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users/invites", 500);
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  await expectAccessible(page, "invite, as it opens");
  const go = dialog.getByRole("button", { name: "Make invite link" });
  await dialog.getByLabel("The link works for").fill("x");
  await go.click();
  await expectAccessible(page, "invite, wrong");
  await dialog.getByLabel("The link works for").fill("3");
  await fillPerson(dialog, "Kaya", "kaya.demir@example.org");
  await expect(dialog.getByRole("button", { name: "Make a new link" })).toBeVisible();
  await expectAccessible(page, "invite, taken");
  await fillPerson(dialog, "Nina", "nina@example.com");
  await standin.fault({ path: "/api/users/invites", method: "POST", kind: "status" });
  await go.click();
  await expect(dialog.getByRole("alert")).toContainText("The server answered 500.");
  await expectAccessible(page, "invite, refused");
  await go.click();
  await expect(page.getByRole("dialog", { name: "Invitation for Nina" })).toBeVisible();
  await expectAccessible(page, "invite, secret");
});

test("invitations: filled, menu, new link, question, no match, empty, failed, kept", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users/invites", 500);
  const list = { path: "/api/users/invites", exact: true, method: "GET" };
  await signInAs(page, "Olivia Marsh", "/invitations");
  const actions = page.getByRole("button", { name: "Actions for Ines Moreau" });
  await expect(actions).toBeVisible();
  await expectAccessible(page, "invitations, filled");
  await actions.click();
  await expectAccessible(page, "invitations, menu");
  await page.getByRole("menuitem", { name: "Make a new link…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "invitations, new link");
  await page.keyboard.press("Escape");
  await actions.click();
  await page.getByRole("menuitem", { name: "Delete invitation…" }).click();
  await expectAccessible(page, "invitations, question");
  await page.getByRole("button", { name: "Keep invitation" }).click();
  await standin.fault({ ...list, kind: "status", times: 0 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Could not refresh.")).toBeVisible();
  await expectAccessible(page, "invitations, kept");
  await page.goto("/invitations");
  await expect(page.getByRole("heading", { name: "The invitations did not load" })).toBeVisible();
  await expectAccessible(page, "invitations, failed");
  await standin.heal();
  await page.goto("/invitations?q=nobody");
  await expect(page.getByRole("heading", { name: "No invitation matches “nobody”" })).toBeVisible();
  await expectAccessible(page, "invitations, no match");
  await standin.fault({ ...list, kind: "garbage", body: [], times: 0 });
  await page.goto("/invitations");
  await expect(page.getByRole("heading", { name: "No invitations yet" })).toBeVisible();
  await expectAccessible(page, "invitations, empty");
});

test("inviting where the server has another way, or none", async ({ page, launch, watch }) => {
  watch.expectFailure("/api/users", 412);
  const server = await launch({ args: ["--mode", "none"] });
  await signInAs(page, "Olivia Marsh", `${server.url}/invitations`);
  await expect(page.getByRole("heading", { name: "This server has no invite links" })).toBeVisible();
  await expectAccessible(page, "invitations, none on this server");
  await page.getByRole("link", { name: "Back to users" }).click();
  const dialog = await openInvite(page);
  await expectAccessible(page, "invite by e-mail");
  await fillPerson(dialog, "Nina", "nina@example.com");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(inviteDialog(page).getByRole("alert")).toBeVisible();
  await expectAccessible(page, "invite, no manager");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expectAccessible(page, "invite, button off");
});

test("invitations that one may only look at, or not even that", async ({ page, another, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Agnes Novak", "/invitations");
  await page.getByRole("button", { name: "Actions for Ines Moreau" }).click();
  await expectAccessible(page, "invitations, read-only");
  const other = await another();
  await signInAs(other, "Uma Sato", "/invitations");
  await expect(other.getByRole("heading", { name: "You may not see invitations" })).toBeVisible();
  await expectAccessible(other, "invitations, forbidden");
});

test("signing in: asked, with an error, with a token, signed out", async ({ page, standin }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Continue with single sign-on" })).toBeVisible();
  await expectAccessible(page, "asked");
  await page.getByRole("button", { name: "Use an access token" }).click();
  await expectAccessible(page, "token");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Paste an access token.")).toBeVisible();
  await expectAccessible(page, "token refused");
  await page.goto("/callback?code=a&state=b");
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page, "failed");
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await page.getByRole("button", { name: "Olivia Marsh, owner" }).click();
  await expectRows(page, 41);
  await signOut(page);
  await page.getByRole("link", { name: /Back to Application/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  await expectAccessible(page, "signed out");
  await standin.fault({ path: "/config.json", kind: "garbage", body: '{"a":1}', times: 0 });
  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "The configuration cannot be used" })).toBeVisible();
  await expectAccessible(page, "configuration");
});

test("what is on no page of its own: last resort, API gone", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 503);
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await standin.fault({ path: "/api/", kind: "status", status: 503, times: 0 });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Roost could not find out who you are" })).toBeVisible();
  await expectAccessible(page, "API gone");
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "The console has stopped" })).toBeVisible();
  await expectAccessible(page, "last resort");
});

test("on a phone: the list, the filter sheet, the person", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  await expectAccessible(page, "phone, list");
  await page.getByRole("button", { name: "Filters" }).click();
  await expect(page.getByRole("dialog", { name: "Filters" })).toBeVisible();
  await expectAccessible(page, "phone, filter sheet");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More" }).click();
  await expectAccessible(page, "phone, more");
  await page.keyboard.press("Escape");
  await openInvite(page);
  await expectAccessible(page, "phone, invite");
  await page.keyboard.press("Escape");
  await openUser(page, "Adam Okafor");
  await expectAccessible(page, "phone, person");
  await page.goto("/invitations");
  await expect(page.getByRole("button", { name: "Actions for Ines Moreau" })).toBeVisible();
  await expectAccessible(page, "phone, invitations");
});

test("service users: the list, no match, a new one, its refusal", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  await signInAs(page, "Olivia Marsh", "/service-users");
  await expect(page.getByRole("link", { name: "terraform" })).toBeVisible();
  await expectAccessible(page, "service users");
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  await dialog.getByRole("button", { name: "Create service user" }).click();
  await expectAccessible(page, "new service user, name missing");
  await dialog.getByLabel("Name").fill("robot");
  await standin.fault({ path: "/api/users", exact: true, method: "POST", kind: "status" });
  await dialog.getByRole("button", { name: "Create service user" }).click();
  await expect(dialog.getByText("No service user was created.")).toBeVisible();
  await expectAccessible(page, "new service user, refused");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("searchbox", { name: "Search service users" }).fill("nobody");
  await expect(page.getByRole("heading", { name: "No service user matches “nobody”" })).toBeVisible();
  await expectAccessible(page, "no service user matches");
});

test("tokens: filled, expired, a new one, its secret, a revocation, failed", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens/, 500);
  await signInAs(page, "Olivia Marsh", "/service-users");
  await page.getByRole("link", { name: "legacy-importer" }).click();
  await expect(page.getByText("Expired").first()).toBeVisible();
  await expectAccessible(page, "tokens, expired");
  await page.getByRole("button", { name: "New token…" }).click();
  const dialog = page.getByRole("dialog", { name: "New token for legacy-importer" });
  await dialog.getByRole("combobox", { name: "Valid for" }).selectOption({ label: "Another number of days" });
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expectAccessible(page, "new token, incomplete");
  await dialog.getByLabel("Name").fill("x");
  await dialog.getByLabel("Days", { exact: true }).fill("5");
  await standin.fault({ path: "/api/users/", method: "POST", kind: "status" });
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText("No token was created.")).toBeVisible();
  await expectAccessible(page, "new token, refused");
  await standin.fault({ path: "/api/users/", method: "POST", kind: "garbage" });
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText("No token was created.")).toBeVisible();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("dialog", { name: "Token “x, legacy-importer”" })).toBeVisible();
  await expectAccessible(page, "the secret of a token");
  await page.getByRole("button", { name: "I have saved it" }).click();
  await page.getByRole("button", { name: "Revoke x…" }).click();
  await expect(page.getByRole("alertdialog", { name: "Revoke x?" })).toBeVisible();
  await expectAccessible(page, "before a revocation");
  await page.getByRole("button", { name: "Keep token" }).click();
  const address = new URL(page.url()).pathname.replace("/users/", "/api/users/");
  await standin.fault({ path: `${address}/tokens`, kind: "status", times: 0 });
  await page.reload();
  await expect(page.getByText("The tokens did not load.")).toBeVisible();
  await expectAccessible(page, "tokens, failed");
});

test("tokens: none, refused, one's own; service users forbidden", async ({ page, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Agnes Novak", "/profile");
  await expect(page.getByText("No tokens yet.")).toBeVisible();
  await expectAccessible(page, "own tokens, none");
  await page.goto("/service-users");
  await page.getByRole("link", { name: "terraform" }).click();
  await expect(page.getByText("Only owners and admins can see and change the tokens of service users.")).toBeVisible();
  await expectAccessible(page, "tokens, refused");
  await page.context().clearCookies();
  await page.evaluate(() => sessionStorage.clear());
  await signInAs(page, "Uma Sato", "/service-users");
  await expect(page.getByRole("heading", { name: "You may not see service users" })).toBeVisible();
  await expectAccessible(page, "service users, forbidden");
});
