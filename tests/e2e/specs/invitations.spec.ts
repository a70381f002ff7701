// Letting people in: by a link, with a password, by somebody else's e-mail; and the list of those who were invited.
import type { Page } from "@playwright/test";
import { addGroup, createGroup, expectRows, groupsField, list, openRowMenu, openUser, row, signInAs, signInWithPassword } from "../support/console.ts";
import { closeSecret, fillPerson, inviteDialog, linkInfo, openInvite, readSecret, type ApiInvite } from "../support/inviting.ts";
import type { Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const INVITES = "/api/users/invites";

function invitations(page: Page) {
  return page.getByRole("table", { name: "Invitations" });
}

async function expectInvites(page: Page, count: number): Promise<void> {
  await expect(invitations(page)).toHaveAttribute("aria-rowcount", String(count + 1));
}

async function openInviteMenu(page: Page, name: string) {
  await invitations(page).getByRole("button", { name: `Actions for ${name}` }).click();
  return page.getByRole("menu", { name: `Actions for ${name}` });
}

async function invited(standin: Standin, email: string): Promise<ApiInvite | undefined> {
  return ((await standin.api("GET", INVITES)) as ApiInvite[]).find((one) => one.email === email);
}

test("somebody is invited by a link that is shown once and works", async ({ page, standin, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  await fillPerson(dialog, "  Nina Petit ", " Nina.Petit@example.com ");
  await dialog.getByLabel("Role").selectOption({ label: "Auditor" });
  await addGroup(page, "Design");
  await createGroup(page, "Night watch");
  await dialog.getByLabel("The link works for").fill("36");
  await dialog.getByRole("combobox", { name: "Unit" }).selectOption("hours");
  await expect(dialog.getByText(/^Until \d+ \w+ \d{4}, \d{2}:\d{2}\.$/)).toBeVisible();
  await dialog.getByRole("button", { name: "Make invite link" }).click();

  const shown = await readSecret(page, "Invitation for Nina Petit");
  await expect(dialog).toBeHidden();
  expect(shown.secret).toMatch(new RegExp(`^${standin.url}/invite#token=nbi_[0-9A-Za-z]{36}$`));
  await expect(shown.dialog).toContainText(/The link works until \d+ \w+ \d{4}, \d{2}:\d{2}\./);
  await shown.dialog.getByRole("button", { name: "Copy link" }).click();
  await expect(shown.dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown.secret);
  await closeSecret(page, shown.dialog, shown.secret);
  await expect(page.getByRole("button", { name: "Invite user" })).toBeFocused();
  expect(await linkInfo(standin.url, shown.secret)).toMatchObject({ email: "Nina.Petit@example.com", valid: true });

  const made = await invited(standin, "Nina.Petit@example.com");
  const groups = (await standin.api("GET", "/api/groups")) as { id: string; name: string }[];
  const names = made?.auto_groups.map((id) => groups.find((group) => group.id === id)?.name);
  expect({ ...made, names }).toMatchObject({ name: "Nina Petit", role: "auditor", names: ["Design", "Night watch"] });
  const life = Date.parse(made?.expires_at ?? "") - Date.parse(made?.created_at ?? "");
  expect(Math.round(life / 1000)).toBe(36 * 3600);

  // The next one starts from nothing.
  await openInvite(page);
  await expect(dialog.getByLabel("E-mail")).toHaveValue("");
  await expect(dialog.getByRole("listitem")).toHaveCount(0);
  await expect(dialog.getByLabel("Role")).toHaveValue("user");
});

test("somebody is created with a password that is shown once and lets them in", async ({ page, standin, another }) => {
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nina Petit", "nina.petit@example.com");
  await dialog.getByLabel("Role").selectOption({ label: "Auditor" });
  await dialog.getByRole("radio", { name: /At once, with a password/ }).check();
  await expect(dialog.getByLabel("The link works for")).toBeHidden();
  await dialog.getByRole("button", { name: "Create user" }).click();
  const { dialog: shown, secret } = await readSecret(page, "Password for Nina Petit");
  expect(secret).toHaveLength(16);
  for (let press = 0; press < 5; press += 1) await page.keyboard.press("Escape");
  await expect(shown).toBeVisible();
  await closeSecret(page, shown, secret);
  await expectRows(page, 42);
  await expect(row(page, "Nina Petit")).toContainText("Auditor");
  expect(await standin.calls("POST", "/api/users")).toHaveLength(1);
  const hers = await another();
  await signInWithPassword(hers, "nina.petit@example.com", secret);
  await expect(list(hers)).toBeVisible();
});

test("what is wrong is said before anything is sent, and the first of it has the focus", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  const go = dialog.getByRole("button", { name: "Make invite link" });
  await expect(dialog.locator("[aria-invalid]")).toHaveCount(0);
  await go.click();
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/Enter their name/);
  await expect(dialog.getByLabel("E-mail")).toHaveAccessibleDescription("Enter their e-mail address.");
  await fillPerson(dialog, "Nina", "nina@");
  await go.click();
  await expect(dialog.getByLabel("E-mail")).toBeFocused();
  await expect(dialog.getByLabel("E-mail")).toHaveAccessibleDescription(/This is not an e-mail address/);
  await dialog.getByLabel("E-mail").fill("nina@example.com");
  for (const [number, words] of [
    ["0", "A link works for at least an hour."],
    ["1.5", "Enter a whole number."],
    ["106752", "The server allows at most 106,751 days."],
  ] as const) {
    await dialog.getByLabel("The link works for").fill(number);
    await go.click();
    await expect(dialog.getByLabel("The link works for")).toBeFocused();
    await expect(dialog.getByLabel("The link works for")).toHaveAccessibleDescription(words);
  }
  await expect(dialog.getByRole("option", { name: /^Owner/ })).toBeDisabled();
  await expect(dialog.getByRole("option", { name: /^Owner/ })).toContainText("transferred separately");
  expect(await standin.calls("POST")).toEqual([]);
});

test("groups: All says why not, a half-typed one is asked about, one that is gone is found", async ({ page, standin }) => {
  const { id } = (await standin.api("POST", "/api/groups", { name: "Short lived" })) as { id: string };
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nina", "nina@example.com");
  await groupsField(page).fill("All");
  const all = page.getByRole("option", { name: /^All/ });
  await expect(all).toContainText("Every device is already in All.");
  await expect(all).toHaveAttribute("aria-disabled", "true");
  await all.click({ force: true });
  await expect(dialog.getByRole("listitem")).toHaveCount(0);
  await groupsField(page).fill("Desi");
  await groupsField(page).press("Tab");
  await dialog.getByRole("button", { name: "Make invite link" }).click();
  await expect(groupsField(page)).toBeFocused();
  await expect(groupsField(page)).toHaveAccessibleDescription(/“Desi” is typed but not chosen/);
  await groupsField(page).fill("");
  await addGroup(page, "Short lived");
  // Somebody else deletes it: the server would keep its id for ever.
  await standin.api("DELETE", `/api/groups/${id}`);
  await dialog.getByRole("button", { name: "Make invite link" }).click();
  await expect(groupsField(page)).toHaveAccessibleDescription(new RegExp(`There is no longer a group with the id ${id}`));
  expect(await standin.calls("POST", INVITES)).toEqual([]);
  await dialog.getByRole("button", { name: `Remove Unknown group ${id}` }).click();
  await dialog.getByRole("button", { name: "Make invite link" }).click();
  await expect(page.getByRole("dialog", { name: "Invitation for Nina" })).toBeVisible();
});

test("an address that somebody has is said while it is typed, with the way on", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  const email = dialog.getByLabel("E-mail");
  await fillPerson(dialog, "Ada again", "ADA.Okafor@example.com");
  await expect(email).toHaveAccessibleDescription("Ada Okafor is already a user with this address.");
  await expect(dialog.getByRole("link", { name: "Open user" })).toBeVisible();
  await dialog.getByRole("button", { name: "Make invite link" }).click();
  await expect(email).toBeFocused();
  await email.fill("ines.moreau@EXAMPLE.com");
  await expect(email).toHaveAccessibleDescription("Ines Moreau has already been invited at this address.");
  await email.fill("kaya.demir@example.org");
  await expect(email).toHaveAccessibleDescription(/Kaya Demir was invited at this address, but the link has expired/);
  expect(await standin.calls("POST")).toEqual([]);
  await dialog.getByRole("button", { name: "Make a new link" }).click();
  const question = page.getByRole("dialog", { name: "Make a new link for Kaya Demir?" });
  await question.getByRole("button", { name: "Make new link" }).click();
  const { dialog: shown, secret } = await readSecret(page, "Invitation for Kaya Demir");
  await closeSecret(page, shown, secret);
  expect(await linkInfo(standin.url, secret)).toMatchObject({ email: "kaya.demir@example.org", valid: true });
});

test("an address that somebody got meanwhile is found before anything is sent", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nina", "nina@example.com");
  const other = { name: "Nina Elsewhere", email: "NINA@example.com", role: "user", auto_groups: [], is_service_user: false };
  await standin.api("POST", "/api/users", other);
  await standin.forgetCalls();
  await dialog.getByRole("button", { name: "Make invite link" }).click();
  await expect(dialog.getByLabel("E-mail")).toHaveAccessibleDescription("Nina Elsewhere is already a user with this address.");
  expect(await standin.calls("POST")).toEqual([]);
});

test("the list: who is invited, found and sorted by an address that a reload keeps", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await page.getByRole("link", { name: "Invitations" }).click();
  await expect(page).toHaveTitle("Invitations · Roost");
  await expectInvites(page, 4);
  await expect(page.getByRole("status").filter({ hasText: "4 invitations" })).toBeVisible();
  const rows = invitations(page).getByRole("row");
  await expect(rows.nth(1)).toContainText(/Ines Moreau.*Valid.*User.*Design.*3 hours ago.*In 3 days/);
  await expect(rows.nth(2)).toContainText(/Liam Byrne.*Unknown: contractor/);
  await expect(rows.nth(4)).toContainText(/Kaya Demir.*Expired.*Auditor.*Finance/);
  await expect(page.getByRole("link", { name: /Invitations/ })).toContainText("4");
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL("/invitations?sort=name");
  await expect(rows.nth(4)).toContainText("Liam Byrne");
  await page.getByRole("searchbox", { name: "Search invitations" }).fill("example.org");
  await expectInvites(page, 2);
  await expect(page).toHaveURL("/invitations?q=example.org&sort=name");
  await page.reload();
  await expectInvites(page, 2);
  await expect(page.getByRole("status").filter({ hasText: "2 of 4 invitations" })).toBeVisible();
  await page.getByRole("searchbox").fill("finance");
  await expectInvites(page, 1);
  await page.getByRole("searchbox").fill("nobody");
  await expect(page.getByRole("heading", { name: "No invitation matches “nobody”" })).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Clear search" }).last().click();
  await expectInvites(page, 4);
  await page.goBack();
  await expect(page).toHaveURL("/invitations");
});

test("a new link kills the old one and says so beforehand", async ({ page, standin }) => {
  const body = { name: "Nina", email: "nina@example.com", role: "user", auto_groups: [] };
  const { invite_token: old } = (await standin.api("POST", INVITES, body)) as { invite_token: string };
  await signInAs(page, "Olivia Marsh", "/invitations?q=nina");
  await expectInvites(page, 1);
  await (await openInviteMenu(page, "Nina")).getByRole("menuitem", { name: "Make a new link…" }).click();
  const question = page.getByRole("dialog", { name: "Make a new link for Nina?" });
  await expect(question).toContainText("The previous link stops working at once.");
  await question.getByLabel("The link works for").fill("2");
  // Enter in the field is the button.
  await question.getByLabel("The link works for").press("Enter");
  const { dialog, secret } = await readSecret(page, "Invitation for Nina");
  await closeSecret(page, dialog, secret);
  expect(await linkInfo(standin.url, `=${old}`)).toBeNull();
  expect(await linkInfo(standin.url, secret)).toMatchObject({ valid: true });
  await expect(invitations(page).getByRole("row").nth(1)).toContainText("In 2 days");
});

test("an invitation is deleted after a question, and with the last one the page is empty", async ({ page, standin }) => {
  for (const { id, email } of (await standin.api("GET", INVITES)) as ApiInvite[]) {
    if (!email.startsWith("ines")) await standin.api("DELETE", `${INVITES}/${id}`);
  }
  await signInAs(page, "Olivia Marsh", "/invitations");
  await expectInvites(page, 1);
  await (await openInviteMenu(page, "Ines Moreau")).getByRole("menuitem", { name: "Delete invitation…" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete the invitation for Ines Moreau?" });
  await expect(question).toContainText("ines.moreau@example.com");
  await question.getByRole("button", { name: "Keep invitation" }).click();
  await expectInvites(page, 1);
  await (await openInviteMenu(page, "Ines Moreau")).getByRole("menuitem", { name: "Delete invitation…" }).click();
  await question.getByRole("button", { name: "Delete invitation" }).click();
  await expect(page.getByText("The invitation for Ines Moreau is deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No invitations yet" })).toBeVisible();
  expect(await invited(standin, "ines.moreau@example.com")).toBeUndefined();
  await page.getByRole("main").getByRole("button", { name: "Invite user" }).last().click();
  await expect(inviteDialog(page)).toBeVisible();
});

test("an outside provider: an e-mail, listed as invited, sent again on demand", async ({ page, launch, watch }) => {
  const server = await launch({ args: ["--mode", "external"] });
  await signInAs(page, "Olivia Marsh", `${server.url}/users`);
  await expect(page.getByRole("link", { name: "Invitations" })).toBeHidden();
  const dialog = await openInvite(page);
  await expect(dialog.getByRole("radio")).toHaveCount(0);
  await expect(dialog).toContainText("The identity provider sends them an e-mail.");
  await fillPerson(dialog, "Nina Petit", "nina.petit@example.com");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText("Nina Petit is invited. The identity provider sends them an e-mail.")).toBeVisible();
  await expect(row(page, "Nina Petit")).toContainText("Invited");
  const send = page.getByRole("menuitem", { name: "Resend invitation" });
  await openRowMenu(page, "Nina Petit");
  await send.click();
  await expect(page.getByText("The identity provider sends Nina Petit the invitation again.")).toBeVisible();
  await page.goto(`${server.url}/users?q=ada.okafor`);
  await openRowMenu(page, "Ada Okafor");
  await expect(send, "she has come").toBeHidden();
  await page.keyboard.press("Escape");

  // On her own page as well; by then she has signed in elsewhere.
  await page.goto(`${server.url}/users?q=nina`);
  await openUser(page, "Nina Petit");
  watch.expectFailure(/\/invite$/, 412);
  const body = { message: "can't invite a user with an activated NetBird account", code: 412 };
  await server.fault({ path: "/api/users/", method: "POST", kind: "status", status: 412, body });
  await page.getByRole("button", { name: "Actions for Nina Petit" }).click();
  await send.click();
  await expect(page.getByText("Nina Petit has since signed in, so there is nothing to send.")).toBeVisible();

  // The page of invite links says where else to look, and asks the server nothing.
  await page.goto(`${server.url}/invitations`);
  await expect(page.getByRole("heading", { name: "This server has no invite links" })).toBeVisible();
  expect(await server.calls("GET", INVITES)).toEqual([]);
  await page.getByRole("link", { name: "Back to users" }).click();
  await expectRows(page, 42);
});

test("a provider without a manager: explained once, and remembered", async ({ page, launch, watch }) => {
  const server = await launch({ args: ["--mode", "none"] });
  watch.expectFailure("/api/users", 412);
  await signInAs(page, "Olivia Marsh", `${server.url}/users`);
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nina Petit", "nina.petit@example.com");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  const why = "This server cannot invite people: it has no access to its identity provider.";
  await expect(dialog.getByRole("alert")).toContainText(`Nobody was invited or created. ${why}`);
  await expect(dialog.getByRole("button", { name: "Send invitation" })).toBeHidden();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  const button = page.getByRole("button", { name: "Invite user" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(why);
  await button.click({ force: true });
  await expect(dialog).toBeHidden();
  expect(await server.calls("POST", "/api/users")).toHaveLength(1);
});

test("sign-in by password switched off: nobody is made, and old links say that they are of no use", async ({ page, launch }) => {
  const server = await launch({ args: ["--local-auth", "off"] });
  await page.goto(`${server.url}/users`);
  await page.getByRole("button", { name: "Olivia Marsh, " }).click();
  await expect(list(page)).toBeVisible();
  const button = page.getByRole("button", { name: "Invite user" });
  await expect(button).toHaveAccessibleDescription(/Password sign-in is switched off/);
  await page.getByRole("link", { name: "Invitations" }).click();
  await expect(page.getByRole("heading", { name: "No invitations yet" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "so nobody can accept an invite link" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: "Invite user" })).toHaveCount(1);
});

for (const { name, reason } of [
  { name: "Agnes Novak", reason: /does not include “users: create”/ },
  { name: "Nils Lindqvist", reason: /does not include “users: create”/ },
]) {
  test(`${name} sees who is invited and may change nothing, with reasons`, async ({ page, standin }) => {
    await signInAs(page, name, "/invitations");
    await expectInvites(page, 4);
    await expect(page.getByRole("button", { name: "Invite user" })).toHaveAccessibleDescription(reason);
    const menu = await openInviteMenu(page, "Ines Moreau");
    await expect(menu.getByRole("menuitem", { name: /Make a new link/ })).toContainText("“users: update”");
    await expect(menu.getByRole("menuitem", { name: /Delete invitation/ })).toContainText("“users: delete”");
    await menu.getByRole("menuitem", { name: /Delete invitation/ }).click({ force: true });
    await expect(page.getByRole("alertdialog")).toBeHidden();
    expect(await standin.calls("DELETE")).toEqual([]);
  });
}

test("an ordinary user is told which permission is missing, and nothing is asked", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Uma Sato", "/invitations");
  await expect(page.getByRole("heading", { name: "You cannot see invitations" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("lacks the permission “users: read”");
  await expect(page.getByRole("link", { name: "Invitations" })).toBeHidden();
  expect(await standin.calls("GET", INVITES)).toEqual([]);
});

test("invitations with hostile names stay text", async ({ page, standin }) => {
  const name = "<img src=x onerror=alert(1)>";
  const body = { name, email: "mallory@evil\u202e.example", role: "<b>root</b>", auto_groups: ["<i>g</i>"] };
  await standin.api("POST", INVITES, body);
  await signInAs(page, "Olivia Marsh", "/invitations?q=onerror");
  await expectInvites(page, 1);
  const line = invitations(page).getByRole("row").nth(1);
  await expect(line).toContainText(name);
  await expect(line).toContainText("Unknown: <b>root</b>");
  await expect(line).toContainText("U+202E");
  await (await openInviteMenu(page, name)).getByRole("menuitem", { name: "Delete invitation…" }).click();
  await expect(page.getByRole("alertdialog", { name: `Delete the invitation for ${name}?` })).toBeVisible();
  await page.getByRole("button", { name: "Keep invitation" }).click();
  await (await openInviteMenu(page, name)).getByRole("menuitem", { name: "Make a new link…" }).click();
  await page.getByRole("button", { name: "Make new link" }).click();
  const { dialog, secret } = await readSecret(page, `Invitation for ${name}`);
  await closeSecret(page, dialog, secret);
  await expect(page.locator("img, script:not([src])")).toHaveCount(0);
});

test("somebody is invited by keys alone, and Escape puts everything back", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/invitations");
  await expectInvites(page, 4);
  const button = page.getByRole("button", { name: "Invite user" });
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = inviteDialog(page);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.type("Nobody");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("");
  await page.keyboard.type("Nina Petit");
  await page.keyboard.press("Tab");
  await page.keyboard.type("nina@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Design");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("listitem")).toHaveText("Design");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("button", { name: "Create user" })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  const shown = page.getByRole("dialog", { name: "Invitation for Nina Petit" });
  await expect(shown.getByRole("button", { name: "Copy link" })).toBeFocused();
  await expectInvites(page, 5);
  expect(await standin.calls("POST", INVITES)).toHaveLength(1);
});
