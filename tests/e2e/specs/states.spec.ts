// Who does not come in, and what does not answer: words and a way out for each, and no dead end.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { installClock } from "../support/clock.ts";
import { expectRows, signInAs, signOut } from "../support/console.ts";
import { bundleWith, DIST, type Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";
import { readFileSync } from "node:fs";
import path from "node:path";

const CURRENT = { path: "/api/users/current", exact: true };

function heading(page: Page, name: string) {
  return page.getByRole("heading", { level: 1, name });
}

/** The way out and the way to find out more. */
async function expectWays(page: Page): Promise<void> {
  await expect(page.getByRole("main").getByRole("button", { name: "Sign out" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Diagnostics" })).toBeVisible();
}

/** The menu of who is signed in, by the name that stands on it. */
function accountMenu(page: Page, name: string) {
  return page.getByRole("banner").getByRole("button", { name, exact: true });
}

/** Signs in with the owner's token, kept over a reload, on a console of another origin than its API. */
async function signInByToken(page: Page, site: Standin, standin: Standin): Promise<void> {
  await page.goto(`${site.url}/users`);
  await page.getByLabel("Access token", { exact: true }).fill(await standin.ownerToken());
  await page.getByLabel("Keep me signed in when I reload this tab").check();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectRows(page, 41);
}

test("who waits for approval need do nothing: the page looks every 30 seconds", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await installClock(page);
  const petra = await standin.person("petra.vogel");
  await signInAs(page, "Petra Vogel");
  await expect(heading(page, "Waiting for approval")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("This page checks every 30 seconds and continues by itself.");
  await expectWays(page);
  // The server does not say who that is; the sign-in does.
  await expect(accountMenu(page, "petra.vogel@example.com")).toHaveText("petra.vogel@example.com");
  await standin.forgetCalls();
  await page.clock.runFor(29_000);
  expect(await standin.calls("GET")).toEqual([]);
  await page.clock.runFor(2_000);
  // Who it is and which of the two it is, and nothing else.
  await expect.poll(async () => (await standin.calls("GET")).map((call) => call.path)).toEqual(["/api/users/current", "/api/users"]);
  await expect(heading(page, "Waiting for approval")).toBeVisible();
  await standin.forgetCalls();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect.poll(async () => (await standin.calls("GET")).length).toBe(2);
  await standin.api("POST", `/api/users/${petra.id}/approve`);
  await standin.change(petra.id, { role: "admin" });
  await page.clock.runFor(30_000);
  await expectRows(page, 41);
  // And then it looks no more.
  await page.waitForLoadState("networkidle");
  await standin.forgetCalls();
  await page.clock.runFor(31_000);
  expect((await standin.calls("GET")).filter((call) => call.path === "/api/users/current")).toEqual([]);
});

test("who was blocked while waiting is told so by the next look", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Petra Vogel");
  await expect(heading(page, "Waiting for approval")).toBeVisible();
  const blocked = { message: "failed to validate user permissions: user is blocked", code: 403 };
  await standin.fault({ path: "/api/users", exact: true, kind: "status", status: 403, body: blocked });
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(heading(page, "You are blocked")).toBeVisible();
  await expectWays(page);
});

for (const [status, message] of [
  [404, "user: abc not found"],
  [403, "user is not part of this account"],
  [403, "failed to validate user permissions: user: abc not found"],
] as const) {
  test(`whose user is gone (${status} ${message})`, async ({ page, standin, watch }) => {
    watch.expectFailure("/api/users/current", status);
    await standin.fault({ ...CURRENT, kind: "status", status, body: { message, code: status }, times: 0 });
    await signInAs(page, "Ada Okafor");
    await expect(heading(page, "You no longer have access to this account")).toBeVisible();
    await expect(page).toHaveTitle("You no longer have access to this account · Roost");
    await expectWays(page);
    await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  });
}

test("a role nobody knows, with nothing granted, is named", async ({ page, standin }) => {
  const me = (await standin.api("GET", "/api/users/current")) as Record<string, unknown>;
  const body = { ...me, role: "contractor", permissions: { is_restricted: false, modules: {} } };
  await standin.fault({ ...CURRENT, kind: "garbage", body, times: 0 });
  await signInAs(page, "Olivia Marsh");
  await expect(heading(page, "Unknown role")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Your role is “contractor”.");
  await expectWays(page);
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectRows(page, 41);
});

test("an API that nothing answers for is unreachable, for whatever reason", async ({ page, standin, launch, watch }) => {
  watch.expectFailure(/^\/api\//, "network");
  const site = await launch({ args: ["--api", standin.url] });
  await signInByToken(page, site, standin);
  await standin.fault({ path: "/api/", kind: "reset_before", times: 0 });
  await page.reload();
  const { host } = new URL(standin.url);
  await expect(heading(page, `${host} cannot be reached`)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("status").filter({ hasText: `Nothing answers at ${host}.` })).toContainText("browsers do not tell pages which");
  await expectWays(page);
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectRows(page, 41);
});

test("an API that answers and may not be read is told apart", async ({ page, standin, launch, watch }) => {
  watch.expectComplaint(/blocked by CORS policy/);
  watch.expectFailure(/^\/api\//, "network");
  const site = await launch({ args: ["--api", standin.url] });
  await signInByToken(page, site, standin);
  await standin.fault({ path: "/api/", kind: "no_cors", times: 0 });
  await page.reload();
  const { host } = new URL(standin.url);
  await expect(heading(page, `${host} cannot be reached`)).toBeVisible({ timeout: 20_000 });
  const words = page.getByRole("status").filter({ hasText: `${host} answers, but the browser does not let this page read it.` });
  await expect(words).toContainText(`no CORS headers for ${site.url}`);
  await signOut(page);
  await expect(heading(page, "You are signed out")).toBeVisible();
});

test("an API that the console's own policy does not name", async ({ page, standin, launch, watch }) => {
  watch.expectComplaint(/policy violated: connect-src|Content Security Policy/);
  const site = await launch({ args: ["--api", standin.url] });
  await signInByToken(page, site, standin);
  const session = await page.evaluate(() => sessionStorage.getItem("roost.session") ?? "");
  const headers = readFileSync(path.join(DIST, "_headers"), "utf8").replace(" https://api.invalid", "");
  const bundle = bundleWith({ _headers: headers });
  const strict = await launch({ dist: bundle.folder, args: ["--api", standin.url] });
  await page.addInitScript((text) => sessionStorage.setItem("roost.session", text), session);
  await page.goto(`${strict.url}/users`);
  await expect(page.getByRole("status").filter({ hasText: "The console’s own security policy blocks requests to" })).toBeVisible({ timeout: 20_000 });
  bundle.remove();
});

test("something else than NetBird's API under its address", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await standin.fault({ path: "/api/", kind: "html", times: 0 });
  await page.reload();
  await expect(heading(page, "Roost could not find out who you are")).toBeVisible();
  await expect(page.getByText("is not NetBird’s API")).toBeVisible();
  await expectWays(page);
});

test("the diagnostics are one click away and keep the session", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 503);
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await standin.fault({ path: "/api/", kind: "status", status: 503, times: 0 });
  await page.reload();
  await page.getByRole("main").getByRole("link", { name: "Diagnostics" }).click();
  await expect(heading(page, "Diagnostics")).toBeVisible();
  await standin.heal();
  await page.getByRole("link", { name: "Back to the console" }).click();
  await expectRows(page, 41);
});

test("accessible in each state", async ({ page, standin, watch, launch }) => {
  for (const status of [403, 404]) watch.expectFailure(/^\/api\//, status);
  watch.expectFailure(/^\/api\//, "network");
  const gone = { message: "user: abc not found", code: 404 };
  await standin.fault({ ...CURRENT, kind: "status", status: 404, body: gone, times: 0 });
  await signInAs(page, "Ada Okafor");
  await expect(heading(page, "You no longer have access to this account")).toBeVisible();
  await expectAccessible(page, "gone");
  await standin.heal();
  const site = await launch({ args: ["--api", standin.url] });
  await signInByToken(page, site, standin);
  await standin.fault({ path: "/api/", kind: "reset_before", times: 0 });
  await page.reload();
  await expect(page.getByText("Nothing answers at")).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, "unreachable");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page, "unreachable, on a phone");
});
