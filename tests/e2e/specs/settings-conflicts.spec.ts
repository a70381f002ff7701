// Two people in the same settings, lost answers, and half a save: nothing is overwritten, and what is said is so.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { change, changeSettings, confirm, goToSection, openReview, openSettings, place, review, stored } from "../support/settings.ts";
import { expect, test } from "../support/test.ts";

/** Opens the review and waits until it has looked into the audit log. */
async function openWatchedReview(page: Page): Promise<void> {
  const looked = page.waitForResponse((response) => response.url().endsWith("/api/events/audit"));
  await openReview(page);
  await (await looked).finished();
}

/** Edits something and opens the review. */
async function editUnderWatch(page: Page): Promise<void> {
  await openSettings(page, "clients");
  await page.getByRole("switch", { name: "Metrics from clients" }).check();
  await openWatchedReview(page);
}

/** What somebody else does right after the save has looked at the settings. */
const MEANWHILE = {
  path: "/api/accounts",
  method: "GET",
  kind: "change",
  change: { what: "setting", name: "dns_domain", value: "theirs.internal" },
  times: 1,
} as const;

test("somebody else changes another field: it is kept, and the review is looked at again", async ({ page, standin }) => {
  await openSettings(page, "network");
  await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
  await openReview(page);
  await changeSettings(standin, { metrics_push_enabled: true });
  await confirm(page);
  await expect(review(page).getByText("Somebody else has changed “Metrics from clients”.")).toBeVisible();
  expect(await stored(standin, "settings/dns_domain")).toBe("");
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/dns_domain")).toBe("mine.internal");
  expect(await stored(standin, "settings/metrics_push_enabled")).toBe(true);
});

test("the same field changed by two people in two browsers: mine or theirs, never silently", async ({ page, another, standin }) => {
  const other = await another();
  await openSettings(page, "network");
  await openSettings(other, "network", "Ada Okafor");
  await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
  await other.getByRole("textbox", { name: "DNS domain" }).fill("theirs.internal");
  await openReview(other);
  await confirm(other);
  await expect(other.getByText("The settings are saved.")).toBeVisible();

  await openReview(page);
  await confirm(page);
  const line = change(page, "DNS domain");
  await expect(line.getByText("You and somebody else changed this. Which one stays?")).toBeVisible();
  await expect(review(page).getByText("Choose mine or theirs first.").first()).toBeVisible();
  await expect(line.getByRole("deletion")).toHaveText("theirs.internal");
  expect(await stored(standin, "settings/dns_domain")).toBe("theirs.internal");
  await line.getByRole("radio", { name: "Theirs: theirs.internal" }).check();
  await line.getByRole("radio", { name: "Mine: mine.internal" }).check();
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/dns_domain")).toBe("mine.internal");
});

test("theirs is taken: nothing is sent for it, and the rest is saved", async ({ page, standin }) => {
  await openSettings(page, "network");
  await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
  await page.getByRole("switch", { name: "Resolve names on routing devices" }).uncheck();
  await openReview(page);
  await changeSettings(standin, { dns_domain: "theirs.internal" });
  await confirm(page);
  await change(page, "DNS domain").getByRole("radio", { name: /^Theirs/ }).check();
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/dns_domain")).toBe("theirs.internal");
  expect(await stored(standin, "settings/routing_peer_dns_resolution_enabled")).toBe(false);
  await expect(page.getByRole("textbox", { name: "DNS domain" })).toHaveValue("theirs.internal");
});

test("somebody else has done the same: nothing is left to save", async ({ page, standin }) => {
  await openSettings(page, "clients");
  await page.getByRole("switch", { name: "Metrics from clients" }).check();
  await openReview(page);
  await changeSettings(standin, { metrics_push_enabled: true });
  await standin.forgetCalls();
  await confirm(page);
  await expect(page.getByText("Nothing was sent: the server already has these values.")).toBeVisible();
  await expect(review(page)).toBeHidden();
  expect(await standin.calls("PUT")).toEqual([]);
});

test("a save whose answer is lost is cleared up by reading", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, "network");
  watch.expectFailure(/^\/api\/accounts/, 502);
  await openSettings(page, "clients");
  await page.getByRole("switch", { name: "Metrics from clients" }).check();
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", status: 502, times: 1 });
  await openReview(page);
  await confirm(page);
  await expect(review(page).getByText("No clear answer came, and nothing was saved. Save again.")).toBeVisible();
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "truncated", times: 1 });
  await confirm(page);
  await expect(page.getByText("The settings are saved. No clear answer came, so this was checked.")).toBeVisible();
  expect(await stored(standin, "settings/metrics_push_enabled")).toBe(true);
});

test("a save that is lost while somebody else changes the same setting asks whose stays", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, 502);
  await openSettings(page, "network");
  await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
  await openReview(page);
  await standin.fault(MEANWHILE);
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", status: 502, times: 1 });
  await confirm(page);
  await expect(review(page).getByText("No clear answer came, and the settings look different now.")).toBeVisible();
  await change(page, "DNS domain").getByRole("radio", { name: "Mine: mine.internal" }).check();
  expect(await stored(standin, "settings/dns_domain")).toBe("theirs.internal");
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/dns_domain")).toBe("mine.internal");
});

test("a save and every later read are lost: nobody claims to know", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, 502);
  watch.expectFailure(/^\/api\/accounts/, 500);
  await openSettings(page, "clients");
  await page.getByRole("switch", { name: "Metrics from clients" }).check();
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", status: 502, times: 1 });
  await openReview(page);
  await standin.fault({ path: "/api/accounts", method: "GET", kind: "change", change: { what: "user_name", user: "ada.okafor@example.com", name: "Ada Okafor" }, times: 1 });
  await standin.fault({ path: "/api/accounts", method: "GET", kind: "status", status: 500, times: 0 });
  await confirm(page);
  await expect(review(page).getByText("It is unclear whether they were saved")).toBeVisible();
  await expect(review(page).getByRole("button", { name: "Save 1 change" })).toBeVisible();
});

test("the server refuses after it has stored the introduction: what is stored is said, and what is not", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, 422);
  await standin.api("POST", "/api/groups", { name: "Short lived" });
  await openSettings(page, "permissions");
  await page.getByRole("switch", { name: "Sign-up form pending" }).check();
  await page.getByRole("switch", { name: "Restrict ordinary users" }).uncheck();
  await goToSection(page, "Network");
  const groups = page.getByRole("combobox", { name: "Groups with IPv6" });
  await groups.fill("Short lived");
  await page.getByRole("option", { name: "Short lived", exact: true }).click();
  await groups.press("Tab");
  // The group goes in the moment before the save: the server then refuses all but the introduction.
  const deleted = { what: "group_deleted", group: "Short lived" };
  await standin.fault({ path: "/api/accounts", method: "GET", kind: "change", change: deleted, times: 1 });
  await openReview(page);
  await confirm(page);
  await expect(review(page).getByText("Only this was saved: “Sign-up form pending”.")).toBeVisible();
  expect(await stored(standin, "onboarding/signup_form_pending")).toBe(true);
  expect(await stored(standin, "settings/regular_users_view_blocked")).toBe(true);
  await expect(review(page).getByRole("listitem")).toHaveCount(2);
  await review(page).getByRole("button", { name: "Back to settings" }).click();
  await page.getByRole("button", { name: "Revert Groups with IPv6" }).click();
  await openReview(page);
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/regular_users_view_blocked")).toBe(false);
});

test("refused or failed: the review stays with what was edited", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, 500);
  await openSettings(page, "clients");
  await page.getByRole("switch", { name: "Metrics from clients" }).check();
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", times: 1 });
  await openReview(page);
  await confirm(page);
  await expect(review(page).getByText("Nothing was changed.")).toBeVisible();
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
});

test("a change elsewhere is seen by a refresh, edits stay, and a conflict is asked about in the review", async ({ page, standin }) => {
  await openSettings(page, "network");
  await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
  await changeSettings(standin, { dns_domain: "theirs.internal", routing_peer_dns_resolution_enabled: false });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Somebody else has changed “DNS domain” and “Resolve names on routing devices”.")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Resolve names on routing devices" })).not.toBeChecked();
  await expect(place(page, "dns_domain").getByText("Was theirs.internal")).toBeVisible();
  await openReview(page);
  await expect(change(page, "DNS domain").getByRole("radio", { name: "Mine: mine.internal" })).toBeVisible();
});

test("what somebody else does between the look and the save is said: who, and what", async ({ page, standin }) => {
  await editUnderWatch(page);
  await standin.fault(MEANWHILE);
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  const told = page.getByText(/ changed “DNS domain” while you saved\. One of you may have overwritten the other/);
  await expect(told).toBeVisible();
  const events = (await standin.api("GET", "/api/events/audit")) as Record<string, string>[];
  const theirs = events.find((event) => event["meta"]?.["new_dns_domain" as never] === "theirs.internal");
  await expect(told).toContainText(String(theirs?.["initiator_name"]));
  await expect(told).not.toContainText("Metrics from clients");
  await expectAccessible(page, "told who else changed something");
  // It was overwritten, and what is shown is what is there.
  expect(await stored(standin, "settings/dns_domain")).toBe("");
});

test("changes of one's own, and those that the review has named, are not told after the save", async ({ page, standin }) => {
  await editUnderWatch(page);
  await standin.fault(MEANWHILE);
  await page.getByRole("button", { name: "Back to settings" }).click();
  await page.getByRole("button", { name: "Refresh" }).click();
  await openWatchedReview(page);
  await confirm(page);
  await expect(review(page).getByText("Somebody else has changed “DNS domain”.")).toBeVisible();
  // Each review and what it named: three looks so far. The last one is after the save.
  const looks = async () => (await standin.calls("GET", "/api/events/audit")).filter((call) => call.status === 200).length;
  await expect.poll(looks).toBe(3);
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  await expect.poll(looks).toBe(4);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await expect(page.getByText("while you saved")).toBeHidden();
  expect(await stored(standin, "settings/dns_domain")).toBe("theirs.internal");
});

test("a log that cannot be read stands in no save's way", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/events/audit", 403);
  await standin.fault({ path: "/api/events/audit", kind: "status", status: 403, times: 0 });
  await editUnderWatch(page);
  await standin.fault(MEANWHILE);
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: /\w/ })).toHaveCount(0);
  expect(await standin.calls("GET", "/api/events/audit")).toHaveLength(1);
});
