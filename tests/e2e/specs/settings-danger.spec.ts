// The end of an account: asked with its name, once, with nothing beside it; and what a failure or a lost answer leaves.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { signInAs, signInThrough, submitToken } from "../support/console.ts";
import { account, openSettings } from "../support/settings.ts";
import { expect, test } from "../support/test.ts";

const DOMAIN = "netbird.selfhosted";

async function ask(page: Page) {
  await page.getByRole("button", { name: "Delete account…" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Delete the account ${DOMAIN}?` });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** What the tab keeps, but for the choice of how things look. */
async function kept(page: Page): Promise<string[]> {
  return page.evaluate(() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)]);
}

test("the owner deletes the account: counted, named, once, and nothing follows", async ({ page, standin }) => {
  // The whole way: what one goes back to afterwards is the console, too.
  await signInThrough(page, "Olivia Marsh", "/settings/danger");
  const { id } = await account(standin);
  const users = (await standin.api("GET", "/api/users")) as { is_service_user: boolean }[];
  const peers = (await standin.api("GET", "/api/peers")) as unknown[];
  const groups = (await standin.api("GET", "/api/groups")) as unknown[];
  const dialog = await ask(page);
  await expect(dialog.getByRole("button", { name: "Keep account" })).toBeFocused();
  const people = users.filter((user) => !user.is_service_user).length;
  for (const line of [
    `${people} users`,
    `${users.length - people} service users`,
    "All access tokens",
    `${peers.length} devices lose their connection`,
    `${groups.length} groups, and all policies, routes and setup keys`,
    "Password sign-ins on this server, including yours",
  ]) {
    await expect(dialog.getByRole("listitem").filter({ hasText: line })).toBeVisible();
  }
  await expect(dialog).toContainText(id);
  await expectAccessible(page, "asked");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  const field = dialog.getByRole("textbox", { name: `Type ${DOMAIN} to delete it` });
  await expect(field).toBeFocused();
  await expect(dialog.getByText("This is neither the domain nor the id of the account.")).toBeVisible();
  await expectAccessible(page, "wrong name");
  await field.fill(DOMAIN.toUpperCase());
  await standin.forgetCalls();
  const button = dialog.getByRole("button", { name: "Delete account" });
  await button.evaluate((one: HTMLButtonElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  await expect(page.getByText("The account and everything in it has been deleted.")).toBeVisible();
  await expect(page).toHaveURL("/sign-in");
  await expectAccessible(page, "gone");
  expect((await kept(page)).filter((key) => !/signed.?out/i.test(key))).toEqual([]);
  // A tab that is shown again, or a step back, asks for nothing either.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await page.goBack();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // A start without a session asks, as nobody, whether the server is set up.
  const calls = (await standin.calls()).filter((call) => call.path !== "/api/instance" || call.authorization !== null);
  expect(calls.map((call) => `${call.method} ${call.path}`)).toEqual([`DELETE /api/accounts/${id}`]);
});

test("other tabs of the account are signed out with it", async ({ page, context }) => {
  await openSettings(page, "danger");
  const other = await context.newPage();
  await other.goto("/users");
  await expect(other.getByRole("table", { name: "Users" })).toBeVisible();
  const dialog = await ask(page);
  await dialog.getByRole("textbox").fill(DOMAIN);
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
});

test("a refusal leaves everything: signed in, the account there, the console at work", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, 500);
  await openSettings(page, "danger");
  await standin.fault({ path: "/api/accounts/", method: "DELETE", kind: "status", times: 1 });
  const dialog = await ask(page);
  const { id } = await account(standin);
  await dialog.getByRole("textbox").fill(id);
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(dialog.getByText("The account was not deleted, and you are still signed in.")).toBeVisible();
  await expectAccessible(page, "refused");
  await dialog.getByRole("button", { name: "Keep account" }).click();
  await page.getByRole("link", { name: /^Users/ }).click();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("table", { name: "Users" })).toHaveAttribute("aria-rowcount", "42");
  expect(await kept(page)).toContain("roost.session");
});

test("a lost answer: a sign-in is not used to ask, because that would make a new account", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, "network");
  await openSettings(page, "danger");
  await standin.fault({ path: "/api/accounts/", method: "DELETE", kind: "reset_after", times: 1 });
  const dialog = await ask(page);
  await dialog.getByRole("textbox").fill(DOMAIN);
  await standin.forgetCalls();
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(page.getByText("it is unclear whether it is gone")).toBeVisible();
  await expectAccessible(page, "unknown");
  const calls = await standin.calls();
  // Chromium itself repeats what met a connection that had worked before; the console asks nothing.
  expect(new Set(calls.map((call) => call.method))).toEqual(new Set(["DELETE"]));
});

test("a lost answer: an access token can ask, and says that the account is gone", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, "network");
  watch.expectFailure("/api/users/current", 404);
  const token = await standin.ownerToken();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
  await submitToken(page, token);
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "Danger zone" }).click();
  await standin.fault({ path: "/api/accounts/", method: "DELETE", kind: "reset_after", times: 1 });
  const dialog = await ask(page);
  await dialog.getByRole("textbox").fill(DOMAIN);
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(page.getByText("The account and everything in it has been deleted.")).toBeVisible();
});

test("nobody but the owner is offered it, and the reason is said", async ({ page, standin }) => {
  await signInAs(page, "Agnes Novak", "/settings/danger");
  const button = page.getByRole("button", { name: "Delete account…" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription("Only the owner may delete the account.");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog")).toBeHidden();
  expect(await standin.calls("DELETE")).toEqual([]);
});

test("by keyboard alone, and in the dark on a phone", async ({ page, standin }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 320, height: 640 });
  await openSettings(page, "danger");
  await page.getByRole("button", { name: "Delete account…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: `Delete the account ${DOMAIN}?` });
  await expect(dialog.getByRole("button", { name: "Keep account" })).toBeFocused();
  await expectAccessible(page, "on a phone");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Delete account…" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type(DOMAIN);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  expect(await standin.calls("DELETE", "/api/accounts/")).toHaveLength(1);
});
