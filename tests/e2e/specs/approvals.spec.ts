// The inbox of those who wait: deciding on them one after the other, by button and key, and what goes wrong on the way.
import type { Locator, Page } from "@playwright/test";
import { addGroup, createGroup, expectRows, openRowMenu, openUser, row, signInAs } from "../support/console.ts";
import { installClock } from "../support/clock.ts";
import { callApi, type ApiUser, type Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const PETRA = "Petra Vogel";

/** Everybody of the demo data who waits, as the API has them now. */
async function waiting(standin: Standin): Promise<(ApiUser & { pending_approval: boolean })[]> {
  const users = (await standin.api("GET", "/api/users")) as (ApiUser & { pending_approval: boolean })[];
  return users.filter((user) => user.pending_approval);
}

async function user(standin: Standin, id: string): Promise<(ApiUser & { pending_approval: boolean }) | undefined> {
  const users = (await standin.api("GET", "/api/users")) as (ApiUser & { pending_approval: boolean })[];
  return users.find((one) => one.id === id);
}

function inbox(page: Page): Locator {
  return page.getByRole("navigation", { name: "Waiting for approval" });
}

/** The person that is looked at. */
function person(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

async function open(page: Page, name: string): Promise<Locator> {
  await inbox(page).getByRole("link", { name: new RegExp(name) }).click();
  await expect(person(page, name).getByRole("heading", { name })).toBeFocused();
  return person(page, name);
}

test("who waits, since when, and from where: longest first, counted in navigation and title", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Approvals");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length);
  await expect(page).toHaveTitle(`(${all.length}) Approvals · Roost`);
  await expect(page.getByText(`${all.length} waiting`, { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: `Approvals ${all.length} waiting` })).toHaveAttribute("aria-current", "page");

  const events = (await standin.api("GET", "/api/events/audit")) as { activity_code: string; target_id: string; timestamp: string }[];
  const since = (id: string) => events.find((event) => event.activity_code === "user.join" && event.target_id === id)?.timestamp ?? "";
  const expected = [...all].sort((a, b) => since(a.id).localeCompare(since(b.id))).map((one) => one.email);
  await expect(inbox(page).getByRole("listitem")).toContainText(expected);
  const first = all.find((one) => one.email === expected[0]);
  const shown = person(page, String(first?.name));
  await expect(shown).toContainText("Waiting since");
  await expect(shown.locator("time").first()).toHaveAttribute("datetime", /^\d{4}-/);
  await expect(shown).toContainText("E-mail and password");
  await expect(shown).toContainText(String(first?.id));
});

test("approve one with role and groups: one update that keeps them blocked, then the approval, then the next", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const case_ = await open(page, PETRA);
  await expect(page).toHaveURL(/\/approvals\?user=/);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await addGroup(page, "Support");
  await createGroup(page, "Newcomers");
  await standin.forgetCalls();
  await case_.getByRole("button", { name: "Approve user" }).evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText(`${PETRA} is approved. Role and groups are saved.`)).toBeVisible();
  const { id } = await standin.person("petra.vogel");
  const writes = (await standin.calls()).filter((call) => call.method !== "GET" && call.method !== "OPTIONS");
  expect(writes.map((call) => [call.method, call.path])).toEqual([
    ["POST", "/api/groups"],
    ["PUT", `/api/users/${id}`],
    ["POST", `/api/users/${id}/approve`],
  ]);
  expect(await user(standin, id)).toMatchObject({ role: "auditor", is_blocked: false, pending_approval: false });
  expect((await user(standin, id))?.auto_groups).toHaveLength(2);
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - 1);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();
  await expect(page).toHaveTitle(`(${all.length - 1}) Approvals · Roost`);
});

test("without a choice there is one write; an empty inbox is calm", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Ada Okafor", "/approvals");
  await standin.forgetCalls();
  for (const [at] of all.entries()) {
    await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - at);
    await page.getByRole("button", { name: "Approve user" }).click();
    await expect(page.getByRole("status").getByText(/ is approved\.$/)).not.toHaveCount(0);
  }
  await expect(page.getByRole("heading", { name: "Nobody is waiting" })).toBeVisible();
  await expect(page).toHaveTitle("Approvals · Roost");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("link", { name: "Approvals", exact: true })).toBeVisible();
  expect(await standin.calls("PUT")).toEqual([]);
  expect((await standin.calls("POST")).length).toBe(all.length);
  expect(await waiting(standin)).toEqual([]);
});

test("by keyboard alone: A approves, R asks, and neither while somebody types", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await page.getByRole("link", { name: /^Approvals/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Approvals" })).toBeFocused();
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length);
  await expect(page.getByRole("button", { name: "Approve user" })).toHaveAttribute("aria-keyshortcuts", "A");

  // To the groups of the person: letters are text there.
  await page.getByRole("combobox", { name: "Auto groups" }).focus();
  await page.keyboard.type("ar");
  await expect(page.getByRole("combobox", { name: "Auto groups" })).toHaveValue("ar");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Auto groups" })).toHaveValue("");
  expect(await waiting(standin)).toHaveLength(all.length);

  await page.keyboard.press("Tab");
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("a");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - 1);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();

  await page.keyboard.press("r");
  const question = page.getByRole("alertdialog", { name: /^Reject / });
  await expect(question.getByRole("button", { name: "Keep waiting" })).toBeFocused();
  // Behind the question both keys are silent.
  await page.keyboard.press("a");
  expect(await waiting(standin)).toHaveLength(all.length - 1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(question.getByRole("button", { name: "Reject user" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await expect.poll(async () => (await waiting(standin)).length).toBe(all.length - 2);
});

test("rejecting says that they can come back and deletes them once", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id, email } = await standin.person("petra.vogel");
  await (await open(page, PETRA)).getByRole("button", { name: "Reject user…" }).click();
  const question = page.getByRole("alertdialog", { name: `Reject ${PETRA}?` });
  for (const text of [email, id, "they wait for approval again", "Blocking keeps them out for good"]) {
    await expect(question).toContainText(text);
  }
  await question.getByRole("button", { name: "Reject user" }).evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText(`${PETRA} is rejected.`)).toBeVisible();
  const deletions = await standin.calls("DELETE");
  expect(deletions.map((call) => call.path)).toEqual([`/api/users/${id}/reject`]);
  expect(await user(standin, id)).toBeUndefined();
});

test("block instead: approved and blocked, and they wait no more", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  await (await open(page, PETRA)).getByRole("button", { name: "Reject user…" }).click();
  await page.getByRole("button", { name: "Block instead" }).click();
  await expect(page.getByText(`${PETRA} is blocked.`)).toBeVisible();
  expect(await user(standin, id)).toMatchObject({ is_blocked: true, pending_approval: false });
});

test("block instead, and the block fails: it is said aloud that they are in", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  await (await open(page, PETRA)).getByRole("button", { name: "Reject user…" }).click();
  await standin.fault({ path: `/api/users/${id}`, exact: true, method: "PUT", kind: "status" });
  await page.getByRole("button", { name: "Block instead" }).click();
  await expect(page.getByText(`${PETRA} is approved and NOT blocked: they are in. Block them now.`)).toBeVisible();
  expect(await user(standin, id)).toMatchObject({ is_blocked: false, pending_approval: false });
});

test("the second call fails: what was done and what not is said, and it goes on from there", async ({ page, standin, watch }) => {
  watch.expectFailure(/approve$/, 500);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.fault({ path: `/api/users/${id}/approve`, kind: "status" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  const alert = case_.getByRole("alert");
  await expect(alert).toContainText("Role and groups are saved");
  await expect(alert).toContainText(`${PETRA} is not approved. The server answered 500.`);
  expect(await user(standin, id)).toMatchObject({ role: "auditor", is_blocked: true, pending_approval: true });
  await standin.forgetCalls();
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved.`)).toBeVisible();
  expect(await standin.calls("PUT"), "what was saved is not saved again").toEqual([]);
  expect(await user(standin, id)).toMatchObject({ role: "auditor", is_blocked: false, pending_approval: false });
});

test("the first call fails: nobody is approved", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.fault({ path: `/api/users/${id}`, exact: true, method: "PUT", kind: "status" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(case_.getByRole("alert")).toContainText(`${PETRA} is not approved. Not saved. The server answered 500.`);
  expect((await standin.calls("POST")).filter((call) => call.path.endsWith("/approve"))).toEqual([]);
  expect(await user(standin, id)).toMatchObject({ role: "user", is_blocked: true, pending_approval: true });
});

test("a lost answer is cleared up by looking: approved, rejected, or not", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, "network");
  watch.expectFailure(/^\/api\/users\//, 502);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const people = await waiting(standin);
  const [one, two] = people.filter((person) => person.name !== PETRA);
  if (!one || !two) throw new Error("too few wait");

  // Not done: it is said, and the next try does it.
  const petra = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await standin.fault({ path: `/api/users/${petra.id}/approve`, kind: "status", status: 502 });
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(case_.getByRole("alert")).toContainText(`${PETRA} is not approved. The server answered 502.`);
  await standin.fault({ path: `/api/users/${petra.id}/approve`, kind: "reset_after" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved. The connection broke off, so this was checked.`)).toBeVisible();

  await open(page, one.name);
  await standin.fault({ path: `/api/users/${one.id}/reject`, kind: "reset_after" });
  await page.getByRole("button", { name: "Reject user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reject user" }).click();
  await expect(page.getByText(`${one.name} is rejected.`)).toBeVisible();
  expect(await user(standin, one.id)).toBeUndefined();

  await open(page, two.name);
  await standin.fault({ path: `/api/users/${two.id}/reject`, kind: "status", status: 502 });
  await page.getByRole("button", { name: "Reject user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reject user" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("Not rejected. The server answered 502.");
  expect(await user(standin, two.id)).toMatchObject({ pending_approval: true });
});

test("somebody else was quicker: approved, rejected, or another role chosen", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/approvals");
  const petra = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.change(petra.id, { role: "network_admin" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  const conflict = page.getByRole("dialog", { name: "Changed by somebody else as well" });
  await expect(conflict).toBeVisible();
  expect(await user(standin, petra.id)).toMatchObject({ role: "network_admin", pending_approval: true });
  await conflict.getByRole("radio", { name: "Mine: Auditor" }).check();
  // Meanwhile they are approved: what was chosen for somebody who waits is not written any more.
  await standin.api("POST", `/api/users/${petra.id}/approve`);
  await conflict.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`${PETRA} had been approved already. Role and groups as you chose them were not saved.`)).toBeVisible();
  expect(await user(standin, petra.id)).toMatchObject({ role: "network_admin", pending_approval: false });

  const [next] = await waiting(standin);
  if (!next) throw new Error("nobody waits");
  await open(page, next.name);
  await standin.api("DELETE", `/api/users/${next.id}/reject`);
  await page.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${next.name} no longer exists. Somebody else has deleted them.`)).toBeVisible();
});

test("who was unblocked without approval is in the inbox, says so, and can be approved", async ({ page, standin }) => {
  const { id } = await standin.person("petra.vogel");
  await standin.change(id, { is_blocked: false });
  await signInAs(page, "Olivia Marsh", `/approvals?user=${encodeURIComponent(id)}`);
  await expect(inbox(page).getByRole("link", { name: new RegExp(PETRA) })).toContainText("Active, not yet approved");
  await expect(person(page, PETRA)).toContainText("They are in already");
  await person(page, PETRA).getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved.`)).toBeVisible();
  expect(await user(standin, id)).toMatchObject({ is_blocked: false, pending_approval: false });
});

test("from the list and from the person's own page", async ({ page, standin }) => {
  const all = await waiting(standin);
  const [first, second] = all.filter((one) => one.name !== PETRA);
  if (!first || !second) throw new Error("too few wait");
  await signInAs(page, "Olivia Marsh", `/users?q=${encodeURIComponent(PETRA)}`);
  await (await openRowMenu(page, PETRA)).getByRole("menuitem", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved.`)).toBeVisible();
  await expect(row(page, PETRA)).toContainText("Active");
  await page.goto(`/users?q=${encodeURIComponent(first.email)}`);
  await (await openRowMenu(page, first.name)).getByRole("menuitem", { name: "Reject user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reject user" }).click();
  await expect(page.getByText(`${first.name} is rejected.`)).toBeVisible();
  await page.goto(`/users?q=${encodeURIComponent(second.email)}`);
  await openUser(page, second.name);
  await expect(page.getByText("They wait for approval and cannot do anything")).toBeVisible();
  await page.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${second.name} is approved.`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve user" })).toBeHidden();
});

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
  await expect(page.getByRole("heading", { name: "You may not see who waits" })).toBeVisible();
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
});

test("nothing loads: a failure is no empty inbox; without the log people are shown all the same", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  watch.expectFailure("/api/events/audit", 500);
  await standin.fault({ path: "/api/events/audit", kind: "status", times: 0 });
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(inbox(page).getByRole("listitem")).not.toHaveCount(0);
  await expect(page.getByText("Since when they wait could not be read.")).toBeVisible();
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
  await expect(page.getByRole("heading", { name: "They do not wait any more" })).toBeVisible();
  await page.getByRole("link", { name: "All who wait" }).click();
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
  await case_.getByRole("link", { name: "All who wait" }).click();
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

  await show("hidden");
  await page.clock.fastForward("00:30");
  await show("visible");
  await show("hidden");
  await page.clock.fastForward("01:01");
  expect((await standin.calls("GET", "/api/users")).length, "half a minute is too little").toBe(0);
  await show("visible");
  await expect(page.getByRole("link", { name: `Approvals ${before - 1} waiting` })).toBeVisible();
  expect((await standin.calls("GET", "/api/users")).length).toBe(1);
  expect(await page.evaluate(() => scrollY)).toBe(600);
});

test("an outside provider is named, for who may know its name", async ({ page, standin }) => {
  const origin = standin.url;
  const [provider] = (await standin.api("GET", "/api/identity-providers")) as { id: string; name: string }[];
  if (!provider) throw new Error("the demo data has no outside provider");
  const users = (await callApi(origin, `Token ${await standin.ownerToken()}`, "GET", "/api/users")) as (ApiUser & { pending_approval: boolean; idp_id?: string })[];
  const body = users.map((one) => (one.email.startsWith("petra.vogel@") ? { ...one, idp_id: provider.id } : one));
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body, times: 0 });
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(await open(page, PETRA)).toContainText(provider.name);
});
