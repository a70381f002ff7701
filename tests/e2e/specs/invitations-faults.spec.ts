// Inviting when the server or the line does not do as it should: what is there is found, and a lost secret is said to be.
import type { Page } from "@playwright/test";
import { openRowMenu, row, signInAs } from "../support/console.ts";
import { closeSecret, fillPerson, inviteDialog, linkInfo, openInvite, readSecret, type ApiInvite } from "../support/inviting.ts";
import type { Fault, Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const INVITES = "/api/users/invites";
const POST_INVITE = { path: INVITES, exact: true, method: "POST" };
const POST_USER = { path: "/api/users", exact: true, method: "POST" };
const LIST = { path: INVITES, exact: true, method: "GET" };

async function fillNina(page: Page, password = false) {
  await signInAs(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nina", "nina@example.com");
  if (password) await dialog.getByRole("radio", { name: /At once, with a password/ }).check();
  const go = dialog.getByRole("button", { name: password ? "Create user" : "Make invite link" });
  return { dialog, go, alert: dialog.getByRole("alert") };
}

/** Writes that were done: a browser may send one twice on a connection that breaks, of which one arrives. */
async function done(standin: Standin, path: string) {
  return (await standin.calls("POST", path)).filter((call) => call.path === path && call.status === 200);
}

async function invitesOf(standin: Standin, email: string): Promise<ApiInvite[]> {
  return ((await standin.api("GET", INVITES)) as ApiInvite[]).filter((one) => one.email === email);
}

async function openRenewal(page: Page, name: string) {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Make a new link…" }).click();
  return page.getByRole("dialog", { name: `Make a new link for ${name}?` });
}

async function openDeletion(page: Page, name: string) {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete invitation…" }).click();
  return page.getByRole("alertdialog", { name: `Delete the invitation for ${name}?` });
}

for (const { name, fault, says, logs } of [
  { name: "500", fault: { kind: "status", status: 500 }, says: "The server answered 500.", logs: 500 },
  { name: "403", fault: { kind: "status", status: 403 }, says: "The server does not allow this.", logs: 403 },
  { name: "409 that nobody can explain", fault: { kind: "status", status: 409 }, says: "The server says this already exists.", logs: 409 },
  { name: "429", fault: { kind: "status", status: 429 }, says: "Too many requests.", logs: 429 },
] as { name: string; fault: Partial<Fault> & Pick<Fault, "kind">; says: string; logs: number }[]) {
  test(`the server refuses an invitation: ${name}. Nothing typed is lost, and a second try works`, async ({ page, standin, watch }) => {
    watch.expectFailure(INVITES, logs);
    const { dialog, go, alert } = await fillNina(page);
    await standin.fault({ ...POST_INVITE, ...fault });
    await go.click();
    await expect(alert).toContainText(`Nobody was invited or created. ${says}`);
    await expect(dialog.getByLabel("E-mail")).toHaveValue("nina@example.com");
    expect(await standin.calls("POST", INVITES)).toHaveLength(1);
    await go.click();
    await expect(page.getByRole("dialog", { name: "Invitation for Nina" })).toBeVisible();
  });
}

test("a password for an address that only the provider knows: 500, and what that may mean", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  const { go, alert } = await fillNina(page, true);
  await standin.fault({ ...POST_USER, kind: "status", status: 500 });
  await go.click();
  await expect(alert).toContainText("The server answered 500.");
  await expect(alert).toContainText("The identity provider may already know this address.");
});

test("the answer to an invitation is lost: it is there, and a new link is made", async ({ page, standin, watch }) => {
  watch.expectFailure(INVITES, "network");
  const { go, alert } = await fillNina(page);
  await standin.fault({ ...POST_INVITE, kind: "reset_after" });
  await go.click();
  await expect(alert).toContainText("Nina is invited, but the link did not arrive.");
  const [lost] = await invitesOf(standin, "nina@example.com");
  await alert.getByRole("button", { name: "Make a new link" }).click();
  await page.getByRole("button", { name: "Make new link" }).click();
  const { dialog, secret } = await readSecret(page, "Invitation for Nina");
  await closeSecret(page, dialog, secret);
  const now = await invitesOf(standin, "nina@example.com");
  expect(now.map((one) => one.id)).toEqual([lost?.id]);
  expect(await linkInfo(standin.url, secret)).toMatchObject({ valid: true });
  expect(await done(standin, `${INVITES}/${lost?.id}/regenerate`)).toHaveLength(1);
});

for (const kind of ["garbage", "html", "empty"] as const) {
  test(`an answer that is none (${kind}) is looked into, and nobody was invited`, async ({ page, standin }) => {
    const { go, alert } = await fillNina(page);
    await standin.fault({ ...POST_INVITE, kind });
    await go.click();
    await expect(alert).toContainText("No clear answer came, and nobody was created. Try again.");
    expect(await invitesOf(standin, "nina@example.com")).toEqual([]);
  });
}

for (const status of [502, 504]) {
  test(`a proxy answers ${status} to an invitation that never came: looked for, and offered again`, async ({ page, standin, watch }) => {
    watch.expectFailure(INVITES, status);
    const { go, alert } = await fillNina(page);
    await standin.fault({ ...POST_INVITE, kind: "status", status });
    await go.click();
    await expect(alert).toContainText("No clear answer came, and nobody was created. Try again.");
    await go.click();
    await expect(page.getByRole("dialog", { name: "Invitation for Nina" })).toBeVisible();
    expect(await invitesOf(standin, "nina@example.com")).toHaveLength(1);
  });
}

test("the answer is lost and nothing can be read: nobody claims to know", async ({ page, standin, watch }) => {
  for (const status of ["network", 500] as const) watch.expectFailure(INVITES, status);
  const { go, alert } = await fillNina(page);
  await standin.fault({ ...POST_INVITE, kind: "reset_after" });
  // The read before the invitation is answered, those after it are not.
  await standin.fault({ ...LIST, kind: "delay", delay_ms: 1, times: 1 });
  await standin.fault({ ...LIST, kind: "status", status: 500, times: 0 });
  await go.click();
  await expect(alert).toContainText("No clear answer came, so it is unclear whether they were created.");
});

test("the read before fails: nothing is sent", async ({ page, standin, watch }) => {
  watch.expectFailure(INVITES, 500);
  const { go, alert } = await fillNina(page);
  await standin.fault({ ...LIST, kind: "status", status: 500, times: 0 });
  await go.click();
  await expect(alert).toContainText("Nobody was invited or created. The server answered 500.");
  expect(await standin.calls("POST")).toEqual([]);
});

test("the answer with the password is lost: the user is there, and what to do is said", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", "network");
  const { go, alert } = await fillNina(page, true);
  await standin.fault({ ...POST_USER, kind: "reset_after" });
  await go.click();
  await expect(alert).toContainText("Nina was created, but the password did not arrive.");
  await expect(alert).toContainText("delete the user and create them again");
  expect(await done(standin, "/api/users")).toHaveLength(0);
  await alert.getByRole("link", { name: "Open user" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Nina" })).toBeVisible();
  await expect(inviteDialog(page)).toBeHidden();
});

test("an e-mail whose answer is lost was sent all the same, and a new sending of it may have been", async ({ page, launch, watch }) => {
  const server = await launch({ args: ["--mode", "external"] });
  watch.expectFailure(/^\/api\/users/, "network");
  await signInAs(page, "Olivia Marsh", `${server.url}/users?q=nina`);
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nina", "nina@example.com");
  await server.fault({ ...POST_USER, kind: "reset_after" });
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText("Nina is invited. No clear answer came, so this was checked.")).toBeVisible();
  await expect(row(page, "Nina")).toContainText("Invited");
  await server.fault({ path: "/api/users/", method: "POST", kind: "reset_after" });
  await openRowMenu(page, "Nina");
  await page.getByRole("menuitem", { name: "Resend invitation" }).click();
  await expect(page.getByText("it is unclear whether Nina was sent the invitation")).toBeVisible();
});

test("a group that was made before the invitation failed is said to stay, and is not made twice", async ({ page, standin, watch }) => {
  watch.expectFailure(INVITES, 500);
  const { dialog, go, alert } = await fillNina(page);
  await dialog.getByRole("combobox", { name: "Auto groups" }).fill("Night watch");
  await page.getByRole("option", { name: "Create group “Night watch”" }).click();
  await standin.fault({ ...POST_INVITE, kind: "status" });
  await go.click();
  await expect(alert).toContainText("Group “Night watch” was created, but the user was not saved.");
  await go.click();
  await expect(page.getByRole("dialog", { name: "Invitation for Nina" })).toBeVisible();
  expect(await standin.calls("POST", "/api/groups")).toHaveLength(1);
});

test("ten quick clicks are one request: inviting, making, a new link, deleting, sending again", async ({ page, standin, launch }) => {
  const clicks = (one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  };
  const { dialog, go } = await fillNina(page);
  await standin.fault({ path: INVITES, kind: "delay", delay_ms: 300, times: 0 });
  await go.evaluate(clicks);
  await page.keyboard.press("Escape");
  await expect(dialog, "it is being sent").toBeVisible();
  const shown = page.getByRole("dialog", { name: "Invitation for Nina" });
  await shown.getByRole("button", { name: "I have saved it" }).click();
  expect(await standin.calls("POST", INVITES)).toHaveLength(1);

  await page.goto("/invitations?q=nina");
  await (await openRenewal(page, "Nina")).getByRole("button", { name: "Make new link" }).evaluate(clicks);
  await shown.getByRole("button", { name: "I have saved it" }).click();
  expect(await standin.calls("POST", INVITES)).toHaveLength(2);
  await (await openDeletion(page, "Nina")).getByRole("button", { name: "Delete invitation" }).evaluate(clicks);
  await expect(page.getByText("The invitation for Nina is deleted.")).toBeVisible();
  expect(await standin.calls("DELETE", INVITES)).toHaveLength(1);

  const server = await launch({ args: ["--mode", "external"] });
  await signInAs(page, "Olivia Marsh", `${server.url}/users?q=nina`);
  await server.fault({ path: "/api/users", method: "POST", kind: "delay", delay_ms: 1500, times: 0 });
  await openInvite(page);
  await fillPerson(dialog, "Nina", "nina@example.com");
  await dialog.getByRole("button", { name: "Send invitation" }).evaluate(clicks);
  await expect(row(page, "Nina")).toBeVisible();
  expect(await server.calls("POST", "/api/users")).toHaveLength(1);
  for (let turn = 0; turn < 2; turn += 1) {
    await openRowMenu(page, "Nina");
    await page.getByRole("menuitem", { name: "Resend invitation" }).click();
  }
  await expect(page.getByText("sends Nina the invitation again")).toBeVisible();
  expect(await server.calls("POST", "/api/users")).toHaveLength(2);
});

test("where the secret could not be shown, none is asked for", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/assets\/roost-panels-/, 404);
  const { go, alert } = await fillNina(page);
  await standin.fault({ path: "/assets/roost-panels-", kind: "status", status: 404, times: 0 });
  await go.click();
  await expect(alert).toContainText("The dialog for the secret could not be loaded, so nothing was sent.");
  expect(await standin.calls("POST")).toEqual([]);
  watch.takeComplaintsAbout(/integrity/i);
});

test("a new link whose answer is lost: the old one is dead, and another is made", async ({ page, standin, watch }) => {
  watch.expectFailure(new RegExp(`^${INVITES}/`), "network");
  watch.expectFailure(new RegExp(`^${INVITES}/`), 502);
  await signInAs(page, "Olivia Marsh", "/invitations?q=ines");
  const question = await openRenewal(page, "Ines Moreau");
  const go = question.getByRole("button", { name: "Make new link" });
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "status", status: 502 });
  await go.click();
  await expect(question.getByRole("alert")).toContainText("no new link was made. The old one is unchanged.");
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "reset_after" });
  await go.click();
  await expect(question.getByRole("alert")).toContainText("The new link did not arrive, and the old one no longer works");
  await go.click();
  const { dialog, secret } = await readSecret(page, "Invitation for Ines Moreau");
  await closeSecret(page, dialog, secret);
  expect(await linkInfo(standin.url, secret)).toMatchObject({ valid: true });
});

test("an invitation that is gone meanwhile: said, and taken off the list", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/invitations?q=weber");
  const question = await openRenewal(page, "Jonas Weber");
  const [invite] = await invitesOf(standin, "jonas.weber@example.com");
  await standin.api("DELETE", `${INVITES}/${invite?.id}`);
  await question.getByRole("button", { name: "Make new link" }).click();
  await expect(page.getByText("The invitation for Jonas Weber no longer exists")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No invitation matches “weber”" })).toBeVisible();
});

test("a deletion whose answer is lost is cleared up by reading", async ({ page, standin, watch }) => {
  watch.expectFailure(new RegExp(`^${INVITES}/`), "network");
  watch.expectFailure(new RegExp(`^${INVITES}/`), 504);
  watch.expectFailure(new RegExp(`^${INVITES}/`), 404);
  await signInAs(page, "Olivia Marsh", "/invitations");
  const question = await openDeletion(page, "Ines Moreau");
  const go = question.getByRole("button", { name: "Delete invitation" });
  await standin.fault({ path: `${INVITES}/`, method: "DELETE", kind: "status", status: 504 });
  await go.click();
  await expect(question).toContainText("Not deleted. The server answered 504.");
  await standin.fault({ path: `${INVITES}/`, method: "DELETE", kind: "reset_after" });
  await go.click();
  await expect(page.getByText("The invitation for Ines Moreau is deleted.")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "3 invitations" })).toBeVisible();
  const again = await openDeletion(page, "Liam Byrne");
  const [invite] = await invitesOf(standin, "liam.byrne@example.org");
  await standin.api("DELETE", `${INVITES}/${invite?.id}`);
  await again.getByRole("button", { name: "Delete invitation" }).click();
  await expect(page.getByText("The invitation for Liam Byrne no longer exists")).toBeVisible();
});

test("the list: a failure is no empty list, and what was there stays with its time", async ({ page, standin, watch }) => {
  watch.expectFailure(INVITES, 500);
  await signInAs(page, "Olivia Marsh");
  await standin.fault({ ...LIST, kind: "status", times: 0 });
  await page.getByRole("link", { name: "Invitations" }).click();
  const failed = page.getByRole("alert").filter({ hasText: "The invitations did not load" });
  await expect(failed).toContainText("The server answered 500.");
  await expect(page.getByText("No invitations yet")).toBeHidden();
  await standin.heal();
  await failed.getByRole("button", { name: "Try again" }).click();
  const table = page.getByRole("table", { name: "Invitations" });
  await expect(table).toHaveAttribute("aria-rowcount", "5");
  await standin.fault({ ...LIST, kind: "status", times: 0 });
  await page.getByRole("button", { name: "Refresh" }).click();
  const strip = page.getByRole("alert").filter({ hasText: "Could not refresh." });
  await expect(strip).toContainText(/The server answered 500\. These are the invitations as of \d{2}:\d{2}\./);
  await expect(table).toHaveAttribute("aria-rowcount", "5");
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(strip).toBeHidden();
});

test("an answer with nulls, later fields and unknown words is a list all the same", async ({ page, standin }) => {
  for (const kind of ["null_arrays", "extra_fields", "unknown_values"] as const) {
    await standin.fault({ ...LIST, kind, times: 0 });
  }
  await signInAs(page, "Olivia Marsh", "/invitations");
  await expect(page.getByRole("table", { name: "Invitations" })).toHaveAttribute("aria-rowcount", "5");
});

test("the account cannot be read: the dialog says so and goes on when it can", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/accounts", 500);
  await standin.fault({ path: "/api/accounts", kind: "status", times: 0 });
  await signInAs(page, "Olivia Marsh");
  await page.getByRole("button", { name: "Invite user" }).click();
  const alert = inviteDialog(page).getByRole("alert");
  await expect(alert).toContainText("Could not find out how people join this server");
  await standin.heal();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(inviteDialog(page).getByLabel("Name", { exact: true })).toBeVisible();
});
