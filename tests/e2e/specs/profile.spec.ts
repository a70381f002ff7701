// One's own page: who one is, what one may do, and one's password.
import type { Locator, Page } from "@playwright/test";
import { PASSWORD } from "../support/standin.ts";
import { signInAs, signInWithPassword, submitToken } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

const NEW = "a";

function fields(page: Page): { old: Locator; fresh: Locator; go: Locator } {
  return {
    old: page.getByLabel("Current password", { exact: true }),
    fresh: page.getByLabel("New password", { exact: true }),
    go: page.getByRole("button", { name: "Change password" }),
  };
}

async function open(page: Page, name = "Olivia Marsh"): Promise<ReturnType<typeof fields>> {
  await signInAs(page, name, "/profile");
  await expect(page.getByRole("heading", { level: 2, name: "Password" })).toBeVisible();
  return fields(page);
}

for (const [name, role, manages, sees] of [
  ["Olivia Marsh", "Owner", "Manage the account itself", null],
  ["Ada Okafor", "Admin", "Manage users, service users and invitations", "See the account itself"],
  ["Agnes Novak", "Auditor", null, "See users, service users and invitations"],
  // The demo account hides everything but their own user from people like him.
  ["Adam Okafor", "User", null, "See their own user"],
] as const) {
  test(`${name} sees their role and what they may do`, async ({ page, watch }) => {
    watch.expectFailure(/^\/api\//, 403);
    await open(page, name);
    await expect(page.getByRole("definition").filter({ hasText: role }).first()).toBeVisible();
    const may = page.getByRole("region", { name: "Permissions" });
    if (manages) await expect(may).toContainText(manages);
    else await expect(may).not.toContainText("Manage");
    if (sees) await expect(may).toContainText(sees);
    await expect(may).not.toContainText("their own devices");
  });
}

test("a new password: the server's rules as one types, one call, and it is the one from then on", async ({ page, standin, watch, another }) => {
  watch.expectFailure(/^\/api\//, 403);
  const { old, fresh, go } = await open(page, "Adam Okafor");
  const rules = page.getByRole("region", { name: "Password" }).getByRole("listitem");
  await expect(rules).toHaveCount(3);
  await expect(rules.nth(0)).toContainText("(not yet)");
  await old.fill(PASSWORD);
  await fresh.fill(PASSWORD);
  await expect(rules.nth(0)).toContainText("(kept)");
  await expect(rules.nth(1)).toContainText("(not yet)");
  await fresh.fill("ü".repeat(37));
  await expect(rules.nth(2), "bytes count, not letters").toContainText("(not yet)");
  await fresh.fill(NEW);
  for (const at of [0, 1, 2]) await expect(rules.nth(at)).toContainText("(kept)");
  await standin.forgetCalls();
  await go.evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText("Your password is changed. Open sessions stay signed in")).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(1);
  for (const field of [old, fresh]) await expect(field).toHaveValue("");
  await page.reload();
  await expect(old, "the session goes on").toBeVisible();
  const other = await another();
  await signInWithPassword(other, "adam.okafor@example.com", NEW, "/profile");
  await expect(other.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
});

test("what is wrong is said at its field, before and after sending", async ({ page, standin, watch }) => {
  watch.expectFailure(/password$/, 422);
  const { old, fresh, go } = await open(page);
  await go.click();
  await expect(old).toHaveAccessibleDescription("Type your current password.");
  await expect(old).toBeFocused();
  await old.fill("wrong");
  await go.click();
  await expect(fresh).toHaveAccessibleDescription("Type a new password.");
  await expect(fresh).toBeFocused();
  await fresh.fill("wrong");
  await go.click();
  await expect(fresh).toHaveAccessibleDescription("Choose a password that differs from the current one.");
  await fresh.fill("x".repeat(73));
  await go.click();
  await expect(fresh).toHaveAccessibleDescription("Choose a shorter one: the server takes 72 bytes at most.");
  expect(await standin.calls("PUT")).toEqual([]);
  await fresh.fill("x");
  await go.click();
  await expect(old).toHaveAccessibleDescription("This is not your current password.");
  await expect(old).toBeFocused();
  await expect(fresh, "what was typed stays").toHaveValue("x");
});

test("password managers know the fields; both can be shown", async ({ page }) => {
  const { old, fresh } = await open(page);
  await expect(old).toHaveAttribute("autocomplete", "current-password");
  await expect(fresh).toHaveAttribute("autocomplete", "new-password");
  await expect(page.locator('input[autocomplete="username"]')).toHaveValue("olivia.marsh@example.com");
  for (const [field, button] of [[old, "Show current password"], [fresh, "Show new password"]] as const) {
    await expect(field).toHaveAttribute("type", "password");
    await page.getByRole("button", { name: button }).click();
    await expect(field).toHaveAttribute("type", "text");
  }
});

test("by keyboard alone", async ({ page, standin }) => {
  const { old } = await open(page);
  await old.focus();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Show current password" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("a longer sentence, with spaces");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(1);
});

test("500 and a lost answer: never a guess", async ({ page, standin, watch }) => {
  watch.expectFailure(/password$/, 500);
  watch.expectFailure(/password$/, "network");
  watch.expectFailure(/password$/, 422);
  const { old, fresh, go } = await open(page);
  await old.fill(PASSWORD);
  await fresh.fill(NEW);
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "status" });
  await go.click();
  const alert = page.getByRole("form", { name: "Password" }).getByRole("alert");
  await expect(alert).toContainText("Your password was not changed. The server answered 500.");
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "reset_after" });
  await go.click();
  await expect(alert).toContainText("it is unclear whether your password was changed");
  expect((await standin.calls("PUT")).length, "both were sent").toBeGreaterThanOrEqual(2);
  // The way out that the message names.
  await go.click();
  await expect(old).toHaveAccessibleDescription("This is not your current password.");
});

test("who signs in elsewhere, and a service user, learn why there is no password here", async ({ page, standin, watch, another }) => {
  watch.expectFailure(/^\/api\//, 403);
  const outside = (await standin.people()).find((person) => person.email.endsWith("@example.org"));
  if (!outside) throw new Error("nobody comes from outside");
  await signInAs(page, outside.name, "/profile");
  await expect(page.getByText("Your password is kept by the identity provider you sign in with.")).toBeVisible();

  const users = (await standin.api("GET", "/api/users?service_user=true")) as { id: string; role: string }[];
  const service = users.find((one) => one.role === "admin") ?? users[0];
  const made = (await standin.api("POST", `/api/users/${service?.id}/tokens`, { name: "test", expires_in: 1 })) as { plain_token: string };
  const other = await another();
  await other.goto("/sign-in");
  await other.getByRole("button", { name: "Use an access token" }).click();
  await submitToken(other, made.plain_token);
  await other.getByRole("link", { name: "Profile" }).click();
  await expect(other.getByText("A service user has no password.")).toBeVisible();
  await expect(other.getByLabel("Current password", { exact: true })).toBeHidden();
});

test("the passwords are nowhere afterwards: page, storage, address, title", async ({ page }) => {
  const secret = "Correct-horse-7-battery";
  const { old, fresh, go } = await open(page);
  await old.fill(PASSWORD);
  await fresh.fill(secret);
  await go.click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  const held = await page.evaluate(() => {
    const fields = [...document.querySelectorAll("input")].map((input) => input.value);
    const kept = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage).flat());
    return [document.documentElement.outerHTML, ...fields, ...kept, location.href, document.title].join("\n");
  });
  expect(held).not.toContain(secret);
  expect(held).not.toContain(PASSWORD);
});
