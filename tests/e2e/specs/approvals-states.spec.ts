// The inbox of those who wait: who sees it, what it says when something is missing, hostile names, phones, tabs that return.
import { inbox, open, PETRA, person, waiting } from "../support/approvals.ts";
import { installClock } from "../support/clock.ts";
import { expectRows, signInAs } from "../support/console.ts";
import type { ApiUser } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

for (const name of ["Agnes Novak", "Nils Lindqvist"]) {
  test(`${name} sees who waits and decides nothing, and each control says why`, async ({ page, standin }) => {
    await signInAs(page, name, "/approvals");
    await expect(inbox(page).getByRole("listitem")).not.toHaveCount(0);
    await standin.forgetCalls();
    for (const [button, operation] of [["Approve user", "update"], ["Reject user…", "delete"]] as const) {
      const one = page.getByRole("button", { name: button });
      await expect(one).toHaveAttribute("aria-disabled", "true");
      await expect(one).toHaveAccessibleDescription(`Your role does not include “users: ${operation}”.`);
      await one.click({ force: true });
    }
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("a");
    await page.keyboard.press("r");
    await expect(page.getByRole("alertdialog")).toBeHidden();
    expect((await standin.calls()).filter((call) => call.method !== "GET")).toEqual([]);
  });
}

test("who may not read users does not see the inbox, also by its address", async ({ page, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Adam Okafor", "/approvals");
  await expect(page.getByRole("heading", { name: "You cannot see who is waiting" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Approvals/ })).toBeHidden();
});

test("a screen that is out of date: the server's refusal is said", async ({ page, standin, watch }) => {
  watch.expectFailure(/approve$/, 403);
  await signInAs(page, "Ada Okafor", "/approvals");
  const case_ = await open(page, PETRA);
  const { id } = await standin.person("ada.okafor");
  await standin.change(id, { role: "auditor" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(case_.getByRole("alert")).toContainText(`${PETRA} is not approved. The server does not allow this.`);
  // What one may do is asked for anew.
  const approve = case_.getByRole("button", { name: "Approve user" });
  await expect(approve).toHaveAttribute("aria-disabled", "true");
  await expect(approve).toHaveAccessibleDescription("Your role does not include “users: update”.");
});

test("nothing loads: a failure is no empty inbox; without the log people are shown all the same", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  watch.expectFailure("/api/events/audit", 500);
  await standin.fault({ path: "/api/events/audit", kind: "status", times: 0 });
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(inbox(page).getByRole("listitem")).not.toHaveCount(0);
  await expect(page.getByText("How long they have been waiting could not be loaded.")).toBeVisible();
  await expect(page.getByText("Waiting since")).toBeHidden();
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "status", times: 0 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Could not refresh.")).toBeVisible();
  await expect(inbox(page).getByRole("listitem")).not.toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { name: "The list did not load" })).toBeVisible();
  await expect(page.getByText("Nobody is waiting")).toBeHidden();
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(inbox(page).getByRole("listitem")).not.toHaveCount(0);
});

test("names that would like to be more than text, ids that would like to be paths", async ({ page, standin }) => {
  const users = (await standin.api("GET", "/api/users")) as ApiUser[];
  const model = users.find((one) => one.email.startsWith("petra.vogel@"));
  const name = "<img src=x onerror=alert(1)>";
  const body = [...users, { ...model, id: "google-oauth2|a b%2e#?", name, email: "odd@example.org", idp_id: "<b>" }];
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body, times: 0 });
  await signInAs(page, "Olivia Marsh", "/approvals");
  await inbox(page).getByRole("link", { name: /onerror/ }).click();
  await expect(person(page, name)).toContainText("Identity provider <b>");
  await expect(page).toHaveURL(/user=google-oauth2%7Ca%20b%252e%23%3F$/);
  await page.reload();
  await expect(person(page, name).getByRole("heading", { name })).toBeVisible();
  await expect(page.locator("img, script:not([src])")).toHaveCount(0);
});

test("an unknown person in the address, and the whole way back", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/approvals?user=nobody");
  await expect(page.getByRole("heading", { name: "They are no longer waiting" })).toBeVisible();
  await page.getByRole("link", { name: "Everyone waiting" }).click();
  await expect(page).toHaveURL(/\/approvals$/);
  await expect(page.getByRole("button", { name: "Approve user" })).toBeVisible();
});

test("on a phone the list, then the person as a page of its own", async ({ page, standin }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length);
  await expect(page.getByRole("button", { name: "Approve user" })).toBeHidden();
  const case_ = await open(page, PETRA);
  await expect(inbox(page)).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await case_.getByRole("link", { name: "Everyone waiting" }).click();
  await expect(inbox(page)).toBeVisible();
  await open(page, PETRA);
  await page.goBack();
  await expect(inbox(page)).toBeVisible();
});

test("a tab that comes back after more than a minute reads the list again, and nothing jumps", async ({ page, standin }) => {
  await installClock(page);
  await signInAs(page, "Olivia Marsh", "/users");
  await expectRows(page, 41);
  await page.evaluate(() => scrollTo(0, 600));
  const show = (state: string) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, state);
  const { id } = await standin.person("petra.vogel");
  await standin.api("POST", `/api/users/${id}/approve`);
  const before = Number((await page.getByRole("link", { name: /^Approvals/ }).textContent())?.match(/\d+/)?.[0]);
  await standin.forgetCalls();
  const lists = async () => (await standin.calls("GET")).filter((call) => call.path === "/api/users").length;

  await show("hidden");
  await page.clock.fastForward("00:30");
  await show("visible");
  await show("hidden");
  await page.clock.fastForward("01:01");
  expect((await standin.calls()).length, "half a minute is too little").toBe(0);
  await show("visible");
  await expect(page.getByRole("link", { name: `Approvals ${before - 1} waiting` })).toBeVisible();
  expect(await lists()).toBe(1);
  expect(await standin.calls("GET", "/api/users/current"), "what one may do is asked for, too").toHaveLength(1);
  expect(await page.evaluate(() => scrollY)).toBe(600);
});

test("an outside provider is named, for who may know its name", async ({ page, standin }) => {
  const [provider] = (await standin.api("GET", "/api/identity-providers")) as { id: string; name: string }[];
  if (!provider) throw new Error("the demo data has no outside provider");
  const users = (await standin.api("GET", "/api/users")) as ApiUser[];
  const body = users.map((one) => (one.email.startsWith("petra.vogel@") ? { ...one, idp_id: provider.id } : one));
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body, times: 0 });
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(await open(page, PETRA)).toContainText(provider.name);
});
