// What was typed before a session ended is there after the way to the provider and back; no secret is among it.
import type { Locator, Page } from "@playwright/test";
import { open as openWaiting, person, PETRA } from "../support/approvals.ts";
import { addGroup, createGroup, expectRows, form, groupsField, openUser, pickedGroups, signInAs, submitToken } from "../support/console.ts";
import { fillPerson, inviteDialog, openInvite } from "../support/inviting.ts";
import { askToken, serviceUser } from "../support/service.ts";
import { LIFETIME_S, pass, PEOPLE, SHORT, signInWithClock, stay } from "../support/session.ts";
import { changeSettings, goToSection, place, stored } from "../support/settings.ts";
import type { Standin } from "../support/standin.ts";
import { expect, needsStandin, test } from "../support/test.ts";

test.beforeEach(async ({ page }) => {
  needsStandin("tokens that end");
  // The small window is refused: there is only the way by this tab.
  await page.addInitScript(() => {
    window.open = () => null;
  });
});

/** Lets the session come to its end and signs in again in this tab. */
async function away(page: Page, server: Standin): Promise<void> {
  await pass(server, LIFETIME_S - 240, page);
  await page.clock.runFor(5_000);
  await stay(page).click();
  await expect(page.getByText("what you typed comes back afterwards, except for passwords and confirmations.")).toBeVisible();
  const here = page.url();
  const answered = page.waitForRequest(/\/oauth2\/token$/);
  await page.getByRole("button", { name: "Sign in in this tab" }).click();
  await answered;
  await expect(page).toHaveURL(here);
}

const kept = (page: Page) => page.evaluate(() => sessionStorage.getItem("roost.drafts") ?? "");
const everything = (page: Page) => page.evaluate(() => JSON.stringify([sessionStorage, localStorage]));

test("settings: every kind of field, finished or not, on all pages; what somebody else changed is asked", async ({
  page,
  launch,
}) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/settings/authentication", 0);
  await place(page, "peer_login_expiration_enabled").getByRole("switch").click();
  await place(page, "peer_inactivity_expiration").getByRole("textbox").fill("45x");
  await goToSection(page, "Groups");
  await page.getByRole("combobox", { name: "Who may sign in" }).fill("half a na");
  await goToSection(page, "Network");
  await page.getByRole("textbox", { name: "IPv4 range" }).fill("10.20.0.0/16");
  await goToSection(page, "Clients");
  await page.getByRole("combobox", { name: "Update clients to" }).selectOption({ label: "A version of your choice" });
  await page.getByRole("textbox", { name: "Version" }).fill("0.50");
  await expect(page.getByText(/^\d changes not saved/)).toBeVisible();
  await changeSettings(server, { network_range: "10.30.0.0/16", dns_domain: "moved.example" });
  await away(page, server);
  await expect(page.getByText("Your unsaved changes to the settings are back.")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Update clients to" })).toHaveValue("version");
  await expect(page.getByRole("textbox", { name: "Version" })).toHaveValue("0.50");
  await goToSection(page, "Network");
  await expect(page.getByRole("textbox", { name: "IPv4 range" })).toHaveValue("10.20.0.0/16");
  await expect(place(page, "dns_domain").getByRole("textbox")).toHaveValue("moved.example");
  await expect(page.getByText(/Somebody else has changed/)).toContainText("IPv4 range");
  await goToSection(page, "Groups");
  await expect(page.getByRole("combobox", { name: "Who may sign in" })).toHaveValue("half a na");
  await goToSection(page, "Authentication");
  await expect(place(page, "peer_login_expiration_enabled").getByRole("switch")).not.toBeChecked();
  await expect(place(page, "peer_inactivity_expiration").getByRole("textbox")).toHaveValue("45x");
  expect(await stored(server, "settings/network_range")).toBe("10.30.0.0/16");
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await expect.poll(() => kept(page)).not.toContain("10.20.0.0");
});

test("an invitation: the dialog opens again with all that was in it, and once closed it stays closed", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server);
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nora Lind", "nora.lind@example.com");
  await dialog.getByLabel("Role").selectOption({ label: "Auditor" });
  await addGroup(page, "Design");
  await createGroup(page, "Night watch");
  await groupsField(page).fill("Cont");
  await dialog.getByLabel("The link works for").fill("36");
  await dialog.getByRole("combobox", { name: "Unit" }).selectOption("hours");
  await away(page, server);
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("Nora Lind");
  await expect(dialog.getByLabel("E-mail")).toHaveValue("nora.lind@example.com");
  await expect(dialog.getByLabel("Role")).toHaveValue("auditor");
  await expect(dialog.getByRole("listitem")).toContainText(["Design", "Night watch"]);
  await expect(groupsField(page)).toHaveValue("Cont");
  await expect(dialog.getByLabel("The link works for")).toHaveValue("36");
  await expect(dialog.getByRole("combobox", { name: "Unit" })).toHaveValue("hours");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => kept(page)).not.toContain("Nora");
  await page.reload();
  await expectRows(page, PEOPLE);
  await expect(dialog).toBeHidden();
});

test("a new service user, and then its first token", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/service-users", 0);
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  await dialog.getByLabel("Name").fill("nightly");
  await dialog.getByLabel("Role").selectOption({ label: "Auditor" });
  await addGroup(page, "Design");
  await away(page, server);
  await expect(dialog.getByLabel("Name")).toHaveValue("nightly");
  await expect(dialog.getByLabel("Role")).toHaveValue("auditor");
  await expect(dialog.getByRole("listitem")).toContainText(["Design"]);
  await dialog.getByLabel("Name").press("Enter");
  const token = page.getByRole("dialog", { name: "New token for nightly" });
  await token.getByLabel("Name").fill("first");
  await token.getByLabel("Valid for").selectOption("other");
  await token.getByLabel("Days").fill("45");
  await away(page, server);
  await expect(token.getByLabel("Name")).toHaveValue("first");
  await expect(token.getByLabel("Days")).toHaveValue("45");
});

test("a token on the page of its user; another one's dialog is empty", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  const { id } = await serviceUser(server, "backup");
  const { id: other } = await serviceUser(server, "monitoring");
  await signInWithClock(page, server, `/users/${id}`, 0);
  const dialog = await askToken(page, "backup");
  await dialog.getByLabel("Name").fill("spare");
  await away(page, server);
  await expect(dialog.getByLabel("Name")).toHaveValue("spare");
  await page.goto(`${server.url}/users/${other}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("monitoring");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect((await askToken(page, "monitoring")).getByLabel("Name")).toHaveValue("");
});

test("another link for an invitation: how long it works", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/invitations", 0);
  const menu = page.getByRole("table", { name: "Invitations" }).getByRole("button", { name: /^Actions for / });
  await menu.first().click();
  await page.getByRole("menuitem", { name: "Make a new link…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Make a new link for / });
  await dialog.getByLabel("The link works for").fill("17");
  await away(page, server);
  await expect(dialog.getByLabel("The link works for")).toHaveValue("17");
});

test("role and groups of somebody who waits", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/approvals", 0);
  const waits = await openWaiting(page, PETRA);
  await waits.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await addGroup(page, "Support");
  await away(page, server);
  await expect(person(page, PETRA).getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
  await expect(person(page, PETRA).getByRole("listitem")).toContainText(["Support"]);
});

test("passwords and what was typed to delete the account are not kept", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/profile", 0);
  const field = (name: string): Locator => page.getByLabel(name, { exact: true });
  await field("Current password").fill("Secret-Before-1");
  await field("New password").fill("Secret-After-2");
  expect(await everything(page)).not.toMatch(/Secret-(Before|After)/);
  await away(page, server);
  await expect(field("Current password")).toHaveValue("");
  await expect(field("New password")).toHaveValue("");
  await page.goto(`${server.url}/settings/danger`);
  await page.getByRole("button", { name: "Delete account…" }).click();
  const typed = page.getByRole("alertdialog").getByRole("textbox");
  await typed.fill("netbird.selfhosted");
  await away(page, server);
  await expect(page.getByRole("button", { name: "Delete account…" })).toBeVisible();
  await expect(page.getByRole("alertdialog")).toBeHidden();
});

test("a session that no storage keeps finds its page and its form again, too", async ({ page, launch }) => {
  const server = await launch({ args: [...SHORT, "--auth", "storage=memory"] });
  await signInWithClock(page, server, "/users?q=ada.okafor", 1);
  expect(await everything(page)).not.toContain("Bearer");
  await openUser(page, "Ada Okafor");
  await addGroup(page, "Contractors");
  await expect(form(page).getByText("1 change not saved")).toBeVisible();
  await away(page, server);
  await expect(page.getByText("Your unsaved changes to Ada Okafor are back.")).toBeVisible();
  await expect(pickedGroups(page).filter({ hasText: "Contractors" })).toBeVisible();
  expect(await everything(page)).not.toContain("Bearer");
});

test("with an access token the sign-in page comes between, and then the dialog is open again", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure(/^\/api\//, 401);
  await page.goto("/sign-in");
  const token = page.getByRole("button", { name: "Use an access token" });
  await token.click();
  const owner = await standin.ownerToken();
  await submitToken(page, owner);
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nora Lind", "nora.lind@example.com");
  await standin.fault({ path: "/api/users", kind: "status", status: 401 });
  await dialog.getByRole("button", { name: "Make invite link" }).click();
  const again = async (with_: string) => {
    await expect(page.getByText("Your session has ended. Sign in again to go on.")).toBeVisible();
    await token.or(page.getByLabel("Access token", { exact: true })).first().click();
    await submitToken(page, with_);
    await expectRows(page, PEOPLE);
  };
  await again(owner);
  await expect(inviteDialog(page).getByLabel("Name", { exact: true })).toHaveValue("Nora Lind");
  expect(await kept(page)).not.toContain(owner);
});

test("what was made after its page was left is not offered a second time", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await page.getByRole("link", { name: "Service users" }).click();
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("night-shift");
  await expect.poll(() => kept(page)).toContain("night-shift");
  await standin.fault({ path: "/api/users", method: "POST", kind: "delay", delay_ms: 1_000, times: 1 });
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.goBack();
  await expect(page.getByText("night-shift is created.")).toBeVisible();
  expect(await kept(page)).not.toContain("night-shift");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1, name: "Service users" })).toBeVisible();
  await expect(page.getByRole("row", { name: /night-shift/ })).toBeVisible();
  await expect(dialog).toBeHidden();
});
